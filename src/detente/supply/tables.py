"""The compiled tables: minerals, their stages, figures, projects and sources."""

from __future__ import annotations

import os

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.store.files import DATA, open_read_only

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = os.path.join(DATA, "supply.sqlite")
WORLD, REST = "world", "other"


class Mineral(NamedTuple):
    """A mineral and what it is counted within, such as dysprosium within heavy rare earths."""

    key: str
    within: str
    name: str
    name_zh: str
    words: tuple[str, ...]
    note: str


class Stage(NamedTuple):
    """A step from the ground to the part: its key and title."""

    key: str
    title: str


class Figure(NamedTuple):
    """One published figure.

    Attributes:
        mineral, stage: what it is about; the stage is empty where the source tells none.
        what: ``production, share, outlook, reliance, import-share, import-share-value, price,
            price-ratio, consumption, stock, exports, lead-time``.
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


class Project(NamedTuple):
    """A plant or mine that was announced; no capacity or year where none was found."""

    name: str
    owner: str
    country: str
    stage: str
    minerals: tuple[str, ...]
    capacity: str
    unit: str
    first_output: str
    full_rate: str
    status: str
    support: str
    source: str
    grade: str
    note: str


class Source(NamedTuple):
    """A publication: how to cite it, its day, and its address where it has one."""

    citation: str
    date: str
    url: str


class Minerals:
    """Everything the tables say, read at once: they are small."""

    def __init__(self, file: str = FILE) -> None:
        """Read the compiled file.

        Raises:
            FileNotFoundError: it is missing.
        """
        kept = open_read_only(file)
        ask = kept.execute
        self.minerals = {
            row[0]: Mineral._make((*row[:4], _many(row[4]), row[5]))
            for row in ask(
                "SELECT mineral, within, name, name_zh, words, note FROM minerals ORDER BY place"
            )
        }
        self.stages: dict[str, list[Stage]] = {}
        for mineral, stage, title in ask("SELECT mineral, stage, title FROM stages ORDER BY place"):
            self.stages.setdefault(mineral, []).append(Stage(stage, title))
        self.figures = [
            Figure._make((*row[:9], bool(row[9]), *row[10:]))
            for row in ask(
                'SELECT mineral, stage, what, country, "of", year, low, high, unit, estimated, '
                "source, grade, note FROM figures ORDER BY place"
            )
        ]
        self.projects = [
            Project._make((*row[:4], _many(row[4]), *row[5:]))
            for row in ask(
                "SELECT project, owner, country, stage, minerals, capacity, unit, first_output, "
                "full_rate, status, support, source, grade, note FROM projects ORDER BY place"
            )
        ]
        self.sources = {
            row[0]: Source(*row[1:])
            for row in ask("SELECT source, citation, date, url FROM sources ORDER BY source")
        }
        kept.close()

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
        """The mineral, then what it is counted within, the nearest first."""
        found = [mineral]
        while found[-1].within:
            found.append(self.minerals[found[-1].within])
        return found

    def about(self, mineral: str, stage: str | None = None) -> list[Figure]:
        """The figures of a mineral, or of one of its stages."""
        return [
            figure
            for figure in self.figures
            if figure.mineral == mineral and stage in (None, figure.stage)
        ]

    def building(self, minerals: Iterable[str], stage: str) -> list[Project]:
        """Projects of a stage that make any of the minerals."""
        wanted = set(minerals)
        return [
            project
            for project in self.projects
            if project.stage == stage and wanted & set(project.minerals)
        ]


def _many(text: str) -> tuple[str, ...]:
    return tuple(each for each in text.split(";") if each)
