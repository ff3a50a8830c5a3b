"""The compiled tables: minerals, their stages, figures, projects and sources."""

from __future__ import annotations

import os
from copy import copy
from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.store.files import DATA, open_read_only
from detente.supply.projects import Project, State, as_it_stood, public

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    Ask = Callable[[str], Iterable[Any]]

FILE = os.path.join(DATA, "supply.sqlite")
WORLD, REST = "world", "other"
YEAR, MONTH, DAY = 4, 7, 10
"""Signs of a year, a month and a day as ISO writes them."""
DATED = ("price", "price-ask", "price-floor")
"""Figures that are public as soon as their day is over."""


class Mineral(NamedTuple):
    """A mineral and what it is counted within, such as dysprosium within heavy rare earths.

    ``as_one`` says of a group that its members are made and sold as one product.
    """

    key: str
    within: tuple[str, ...]
    name: str
    name_zh: str
    words: tuple[str, ...]
    note: str
    as_one: bool = False


class Stage(NamedTuple):
    """A step from the ground to the part: its key and title.

    ``after`` is the stage whose whole product it takes; "" where it begins anew, or takes only a
    part of what another stage makes.
    """

    key: str
    title: str
    after: str = ""


class PublishedFigure(NamedTuple):
    """One published figure.

    Attributes:
        mineral, stage: what it is about; the stage is empty where the source tells none.
        what: ``production, capacity, projection, share, outlook, demand, recycling, reliance,
            import-share, import-share-value, price, price-ask, price-floor, price-ratio,
            consumption, stock, exports, lead-time``.
        country: whose figure it is, ``world`` or ``other`` (the rest of a table).
        of: the market or the product that it is a figure of.
        year: a year, a span of years or a month.
        low, high: decimal texts; equal where exact, ``high`` empty for "more than".
        unit: ``%`` for shares of a hundred, else a quantity or money.
        estimated: whether the source marks it so.
        source, grade, note: where it is from, how it was read, and what the source adds.
    """

    mineral: str
    stage: str
    what: str
    country: str
    of: str
    year: str
    low: str
    high: str
    unit: str
    estimated: bool
    source: str
    grade: str
    note: str


class MineralFlow(NamedTuple):
    """What goes from one country to another in a year.

    Attributes:
        mineral, stage: whose product flows.
        start, end: countries; ``world`` for all together, ``other`` for the rest of a table.
        into: the stage that it enters.
        form: what it is, as the source says.
        year: a year, a span of years or a month.
        low, high: decimal texts; empty where nothing but the way is known.
        unit, measure: tonnes (``quantity``), money (``value``), percent of the imports of ``end``
            (``share``), or nothing (``unknown``). None of them is made from another.
        published: the day by which it was public, where the source tells one.
        source, grade, note: where it is from, how it was read, and what the source adds.
    """

    mineral: str
    stage: str
    start: str
    end: str
    into: str
    form: str
    year: str
    low: str
    high: str
    unit: str
    measure: str
    published: str
    source: str
    grade: str
    note: str


class MineralCode(NamedTuple):
    """A tariff code of a mineral at a stage; ``covers`` says whether all goods of it are that."""

    mineral: str
    stage: str
    schedule: str
    code: str
    covers: str
    note: str


class MineralUnit(NamedTuple):
    """What a tonne of a unit holds: between ``low`` and ``high`` tonnes of its ``kind``.

    ``sums_to`` is the unit in which it may be added to others, such as all oxides; "" for itself.
    """

    kind: str
    low: Fraction
    high: Fraction
    sums_to: str = ""


class ProductItem(NamedTuple):
    """A controlled item that is the product of a mineral at a stage, by a side's list.

    ``covers`` says whether all of the product is that item, a part of it, or only what it is made
    with (``means``).
    """

    mineral: str
    stage: str
    by: str
    item: str
    covers: str
    note: str


class User(NamedTuple):
    """An industry that uses an input: shares as decimal texts, value added in billions a year."""

    input: str
    mineral: str
    value_bn: str
    value_how: str
    code: str
    name: str
    share_of_use: str
    value_added_bn: str
    exposed: str
    cost_share: str
    grade: str
    note: str


class Published(NamedTuple):
    """What a study says of the loss of an input, a loss above nothing; "" where it tells no end."""

    input: str
    study: str
    published: str
    figure: str
    definition: str
    low: str
    value: str
    high: str
    unit: str
    grade: str


class Publication(NamedTuple):
    """A publication: how to cite it, its day, and its address where it has one."""

    citation: str
    date: str
    url: str


PRODUCT = "product-us"
"""The parameter that holds the gross domestic product of the United States."""


class Amount(NamedTuple):
    """A number with its unit, such as "bn dollars of 2017"."""

    value: str
    unit: str

    @property
    def year(self) -> str:
        """The year whose money the unit counts."""
        return self.unit.rpartition(" ")[2]


def _minerals(ask: Ask) -> dict[str, Mineral]:
    rows = ask(
        "SELECT mineral, within, name, name_zh, words, note, as_one FROM minerals ORDER BY place"
    )
    return {
        row[0]: Mineral._make(
            (row[0], _many(row[1]), *row[2:4], _many(row[4]), row[5], bool(row[6]))
        )
        for row in rows
    }


def _stages(ask: Ask) -> dict[str, list[Stage]]:
    found: dict[str, list[Stage]] = {}
    for mineral, *stage in ask('SELECT mineral, stage, title, "after" FROM stages ORDER BY place'):
        found.setdefault(mineral, []).append(Stage._make(stage))
    return found


def _projects(ask: Ask) -> list[Project]:
    """Projects, each with how it stood when."""
    states: dict[tuple[str, str], list[State]] = {}
    for name, stage, *state in ask(
        'SELECT project, stage, "on", state, source, grade, note FROM project_states ORDER BY place'
    ):
        states.setdefault((name, stage), []).append(State._make(state))
    rows = ask(
        "SELECT project, owner, country, stage, minerals, capacity, unit, first_output, full_rate, "
        "status, support, source, grade, note, known_from, offtake, status_on FROM projects "
        "ORDER BY place"
    )
    return [
        Project._make((*row[:4], _many(row[4]), *row[5:], tuple(states.get((row[0], row[3]), ()))))
        for row in rows
    ]


class Minerals:
    """Everything the tables say, read at once: they are small."""

    def __init__(self, file: str = FILE) -> None:
        """Read the compiled file.

        Raises:
            FileNotFoundError: it is missing.
        """
        database = open_read_only(file)
        ask = database.execute
        self.minerals = _minerals(ask)
        self.stages = _stages(ask)
        self.figures = [
            PublishedFigure._make((*row[:9], bool(row[9]), *row[10:]))
            for row in ask(
                'SELECT mineral, stage, what, country, "of", year, low, high, unit, estimated, '
                "source, grade, note FROM figures ORDER BY place"
            )
        ]
        self.projects = _projects(ask)
        self.flows = [
            MineralFlow._make(row)
            for row in ask(
                'SELECT mineral, stage, start, "end", into_stage, form, year, low, high, unit, '
                "measure, published, source, grade, note FROM flows ORDER BY place"
            )
        ]
        self.codes = [
            MineralCode._make(row)
            for row in ask(
                "SELECT mineral, stage, schedule, code, covers, note FROM codes ORDER BY place"
            )
        ]
        self.units = {
            row[0]: MineralUnit(row[1], Fraction(row[2]), Fraction(row[3]), row[4])
            for row in ask("SELECT unit, kind, low, high, sums_to FROM units ORDER BY unit")
        }
        self.items = [
            ProductItem._make(row)
            for row in ask(
                "SELECT mineral, stage, by, item, covers, note FROM items ORDER BY place"
            )
        ]
        self.users = [
            User._make(row)
            for row in ask(
                "SELECT input, mineral, value_bn, value_how, code, user, share_of_use, "
                "value_added_bn, exposed, cost_share, grade, note FROM critical_users "
                "ORDER BY place"
            )
        ]
        self.industries = {
            row[0]: {"isic3": row[1], "isic4": row[2]}
            for row in ask("SELECT code, isic3, isic4 FROM critical_industries ORDER BY code")
        }
        self.parameters = {
            name: Amount(value, unit)
            for name, value, unit in ask("SELECT name, value, unit FROM parameters ORDER BY name")
        }
        self.published = [
            Published._make(row)
            for row in ask(
                "SELECT input, study, published, figure, definition, low, value, high, unit, grade "
                "FROM critical_published ORDER BY place"
            )
        ]
        self.sources = {
            row[0]: Publication(*row[1:])
            for row in ask("SELECT source, citation, date, url FROM sources ORDER BY source")
        }
        database.close()

    @property
    def product(self) -> Amount:
        """The gross domestic product of the United States in a year, which its unit names.

        What users of critical inputs add is in the same unit.
        """
        return self.parameters[PRODUCT]

    @property
    def sums(self) -> dict[str, str]:
        """The unit in which each may be added to others."""
        return {unit: each.sums_to for unit, each in self.units.items() if each.sums_to}

    @property
    def days(self) -> dict[str, str]:
        """The day of each source, as far as it is told: a year, a month or a day."""
        return {key: source.date for key, source in self.sources.items()}

    def as_known(self, day: str) -> Minerals:
        """The same tables with what was public at the end of a day, and nothing newer.

        What a source of a later day says is left out, whatever year it is about. A row with a day
        of its own goes by that.
        """
        # Shallow, since the lists that change are replaced and the others may be shared.
        found = copy(self)
        days = self.days
        found.figures = [
            each for each in self.figures if public(_figure_day(each, days[each.source]), day)
        ]
        found.flows = [
            each for each in self.flows if public(each.published or days[each.source], day)
        ]
        # One without a day may have been known by then, or not: it is kept, and says so.
        found.projects = [
            as_it_stood(each, day)
            for each in self.projects
            if not each.known_from or public(each.known_from, day)
        ]
        return found

    def sent(self, mineral: str, stage: str | None = None) -> list[MineralFlow]:
        """The flows of a mineral, or of one of its stages."""
        return [
            flow for flow in self.flows if flow.mineral == mineral and stage in (None, flow.stage)
        ]

    def named(self, text: str) -> Mineral:
        """The mineral of a key, a name in English or Chinese, a symbol or an abbreviation.

        Raises:
            ValueError: there is none; the message names near ones, or all.
        """
        wanted = text.strip().casefold().replace(" ", "-")
        known: dict[str, Mineral] = {}
        for mineral in self.minerals.values():
            for word in (mineral.key, mineral.name, mineral.name_zh, *mineral.words):
                known.setdefault(word.casefold().replace(" ", "-"), mineral)
        if wanted in known:
            return known[wanted]
        from detente.core.vocabulary import nearest

        near = nearest(wanted, known, 3, 0.6)
        keys = list(dict.fromkeys(known[word].key for word in near)) or list(self.minerals)
        hint = f"did you mean {' or '.join(keys)}?" if near else f"known: {', '.join(keys)}"
        raise ValueError(f"unknown mineral {text!r}: {hint}")

    def lineage(self, mineral: Mineral) -> list[Mineral]:
        """The mineral, then what it is counted within, the nearest first, each once."""
        found = [mineral]
        # The list grows while it is walked, so groups of groups follow in order of nearness.
        for each in found:
            found += [self.minerals[key] for key in each.within if self.minerals[key] not in found]
        return found

    def inside(self, mineral: Mineral) -> set[str]:
        """The minerals that are counted within one, near and far."""
        return {
            each.key
            for each in self.minerals.values()
            if each is not mineral and mineral in self.lineage(each)
        }

    def about(self, mineral: str, stage: str | None = None) -> list[PublishedFigure]:
        """The figures of a mineral, or of one of its stages."""
        return [
            figure
            for figure in self.figures
            if figure.mineral == mineral and stage in (None, figure.stage)
        ]

    def making(self, minerals: Iterable[str], stage: str) -> list[Project]:
        """Projects of a stage that make any of the minerals."""
        wanted = set(minerals)
        return [
            project
            for project in self.projects
            if project.stage == stage and wanted & set(project.minerals)
        ]


def _figure_day(figure: PublishedFigure, source_day: str) -> str:
    """The day from which a figure is public: its own where it is of a single day or month."""
    own = figure.year if len(figure.year) >= MONTH and figure.year[4] == "-" else ""
    return own if own and figure.what in DATED and len(own) <= DAY else source_day


def _many(text: str) -> tuple[str, ...]:
    return tuple(each for each in text.split(";") if each)
