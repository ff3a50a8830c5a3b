"""A file of goods or partners, looked over: rows with what matters of each, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import EntryFacts
from detente.check.columns import FACT, Recognised
from detente.check.parties import HIT, UNRESOLVED, PlacedName, screen_names
from detente.core.coverage import is_settled, vouched
from detente.core.tables.written import described as notes_of_cells
from detente.core.tables.written import whole_code
from detente.parties.screening.queries import known_country

if TYPE_CHECKING:
    from typing import Any

    from detente.answers import tables as typed
    from detente.answers.shared import Coverage as CoverageRow
    from detente.check.beside import Beside
    from detente.check.goods import DescribedGoods, Elsewhere, Waiting
    from detente.check.parties import NameOutcome
    from detente.goods.schedule import Schedule
    from detente.parties.masters.further_columns import FurtherColumns
    from detente.parties.screening.queries import FurtherName
    from detente.register.book import Register

Progress = Callable[[int, str], None]

PLACES = 10
"""So many of the largest suppliers are asked about where no places are named."""

REASONS = 20
"""Reasons why rows or names are not settled that a summary has; each row has its own."""

GOODS_COLUMNS = (
    "status", "reason", "rate", "duty", "refundable", "headings", "announced_rate", "cheaper_from",
    "cheaper_until", "rate_then", "saves_then", "cheapest_origin", "rate_there", "saves_there",
    "controlled", "touched",
)  # fmt: skip
PARTY_COLUMNS = ("screened", "listed", "related", "screened_because")
CAVEATS = (
    "Waiting: by the law as read, on the days on which it changes; what is only announced or not "
    "yet ordered is not counted.",
    "Other origins: the rate of the same code from there, without preferences; where goods "
    "originate is a fact, and no choice of whoever buys them.",
    "Controlled: codes that a list of items names of the side that the goods come from; whether "
    "goods are the item hangs on what they are. No open table leads from tariff codes to the "
    "Commerce Control List.",
    "Touched: records that may reach goods of the code that come in, beside the duty; a code only "
    "suggests it, and the questions named settle it.",
)


class CheckQuery(NamedTuple):
    """What is asked of a file.

    Attributes:
        on: the day of rows that have none, ISO.
        today: the clock's day.
        ahead: days ahead that are looked at for waiting; 0 for none.
        origins: places to compare with; empty for the largest suppliers.
        facts: entry facts of every row.
        dates: whether day or month stands first in days; as the file tells where it is empty.
    """

    on: str
    today: str
    ahead: int
    origins: tuple[str, ...]
    facts: Mapping[str, str]
    dates: str = ""


class OtherNames(NamedTuple):
    """Names of parties under headings that mean nothing here, such as a trading name or an owner.

    Attributes:
        columns: the headings.
        further: which of their cells may be names.
    """

    columns: Sequence[str]
    further: FurtherColumns

    def of(self, row: Mapping[str, str]) -> tuple[FurtherName, ...]:
        """Those of a row."""
        return self.further.of([row[each] for each in self.columns])


class CheckedFile(NamedTuple):
    """A file that was looked over.

    Attributes:
        answer: the summary under the keys of the interface.
        columns: names of the columns of the rows: those of the file, and ours.
        rows: the rows.
    """

    answer: typed.FileChecked
    columns: tuple[str, ...]
    rows: list[list[Any]]


def check_table(
    register: Register,
    schedule: Schedule,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    read: Recognised,
    query: CheckQuery,
    progress: Progress = lambda done, doing: None,
    others: OtherNames | None = None,
) -> CheckedFile:
    """Look a table over.

    Args:
        register: the register asked.
        schedule: the goods schedule.
        columns: names of the table's columns.
        rows: its rows, by column.
        read: what its columns mean.
        query: what is asked.
        progress: is told how many steps of four are done, and what is being done.
        others: names beside those of the roles; None for none.

    Raises:
        ValueError: a day or a fact cannot be read.
    """
    EntryFacts(register.facts, query.facts)  # a mistyped fact is not a fault of the rows
    summary, goods = (
        _goods(register, schedule, rows, read, query, progress) if read.has_goods else (None, _NONE)
    )
    progress(3, "screening names")
    names, parties = _parties(rows, read, query, others)
    progress(4, "putting the report together")
    coverage = [*goods.coverage, *parties.coverage]
    added = (*(GOODS_COLUMNS if read.has_goods else ()), *parties.columns)
    described = [
        [*(row[name] for name in columns), *owed, *listed]
        for row, owed, listed in zip(
            rows,
            goods.rows or [[]] * len(rows),
            parties.rows or [[]] * len(rows),
            strict=True,
        )
    ]
    answer: typed.FileChecked = {
        "on": query.on,
        "rows": len(rows),
        "columns": _meanings(read),
        "status": _status(names, goods, parties, coverage),
        "goods": summary,
        "parties": names,
        "coverage": coverage,
        "notes": [*goods.notes, *(CAVEATS if read.has_goods else ())],
    }
    return CheckedFile(vouched(answer), (*columns, *_free(added, columns)), described)


def _meanings(read: Recognised) -> list[typed.ColumnMeaning]:
    """What each column of the file was taken to mean; None for those that are not read."""
    meanings: list[tuple[str, str | None]] = [
        *(
            (name, meaning)
            for meaning, first in read.columns.items()
            for name in (first, *read.more.get(meaning, ()))
        ),
        *((name, f"{FACT}{key}") for key, name in read.facts.items()),
        *((name, None) for name in read.unread),
    ]
    return [{"column": name, "meaning": meaning} for name, meaning in meanings]


def _free(added: Sequence[str], columns: Sequence[str]) -> list[str]:
    """Our columns under names that the file does not have."""
    return [f"detente {name}" if name in columns else name for name in added]


class _Part(NamedTuple):
    rows: list[list[Any]]
    coverage: list[CoverageRow]
    notes: list[str]
    columns: tuple[str, ...] = ()
    open: bool = False


_NONE = _Part([], [], [])


def _status(
    names: typed.NamesChecked | None,
    goods: _Part,
    parties: _Part,
    coverage: Sequence[Mapping[str, Any]],
) -> str:
    """``hit`` where a name may be listed, else ``ok`` over everything read, else ``partly``."""
    if names and names["hit"]:
        return "hit"
    if goods.open or parties.open or not is_settled(coverage):
        return "partly"
    return "ok"


class _GoodsColumns(NamedTuple):
    """The columns of goods as they were read, and what is told of cells that were taken so.

    Attributes:
        texts: by column, each with one text a row.
        facts: of ``texts``, the facts by their key.
        cells: how often cells were taken for something that they do not say word by word.
    """

    texts: dict[str, list[str]]
    facts: dict[str, list[str]]
    cells: Counter[str]


def _goods_columns(
    rows: Sequence[Mapping[str, str]], read: Recognised, query: CheckQuery
) -> _GoodsColumns:
    from detente.check.goods import days_known

    cells: Counter[str] = Counter()

    def texts(meaning: str) -> list[str]:
        name = read.columns.get(meaning)
        return ["" if name is None else row[name].strip() for row in rows]

    facts = {key: [row[name].strip() for row in rows] for key, name in read.facts.items()}
    for key, value in query.facts.items():
        # What a row says itself stands over what was said of all.
        facts[key] = [own or value for own in facts.get(key, [""] * len(rows))]
    columns: dict[str, list[str]] = {
        "code": [whole_code(each, cells) for each in texts("code")],
        "origin": texts("origin"),
        "on": days_known(texts("on"), query.on, query.dates, cells),
        "value": [_plain_money(each) for each in texts("value")],
        **{f"{FACT}{key}": of_rows for key, of_rows in facts.items()},
        **{name: texts(name) for name in ("quantity", "unit") if name in read.columns},
    }
    return _GoodsColumns(columns, facts, cells)


def _goods(
    register: Register,
    schedule: Schedule,
    rows: Sequence[Mapping[str, str]],
    read: Recognised,
    query: CheckQuery,
    progress: Progress,
) -> tuple[typed.GoodsChecked, _Part]:
    """What goods owe now, by waiting and from elsewhere, and what stands beside their duty."""
    from detente.check.beside import GoodsRow, beside, stated
    from detente.check.goods import Elsewhere, GoodsRows, elsewhere, waiting
    from detente.duty.coverage import of_area

    columns, facts, cells = _goods_columns(rows, read, query)
    codes, places, days = (columns[name] for name in ("code", "origin", "on"))
    goods = GoodsRows(register, schedule, columns)
    progress(0, "working out what the rows owe")
    now = goods.described()
    progress(1, "looking at the days ahead")
    later = waiting(goods, now, query.on, query.ahead)
    progress(2, "comparing origins")
    origins = query.origins or largest_suppliers(PLACES)
    there = elsewhere(goods, now, origins) if origins else [Elsewhere(None, None, None)] * len(rows)
    near = beside(
        register,
        [GoodsRow(code, places[at], days[at], stated(facts, at)) for at, code in enumerate(codes)],
    )
    described = [
        [*owes, *later[at], *there[at], near.controlled[at], near.touched[at]]
        for at, owes in enumerate(zip(*now, strict=True))
    ]
    summary = _goods_summary(columns["value"], now, later, there, near, origins)
    # The latest day tells how far the law must have been read for all of them.
    latest = max((day[:10] for day in days), default=query.on)
    notes = [*notes_of_cells(cells), *near.notes]
    coverage = [of_area(register.areas["us/tariff"], latest).row()]
    return summary, _Part(
        described, coverage, notes, open=any(status != "ok" for status in now.status)
    )


def _goods_summary(
    values: Sequence[str],
    now: DescribedGoods,
    later: Sequence[Waiting],
    there: Sequence[Elsewhere],
    near: Beside,
    origins: Sequence[str],
) -> typed.GoodsChecked:
    """How many rows there are of each kind, and what they come to.

    Args:
        values: dollars of each row, as texts.
        now: what the rows owe.
        later: the same by waiting.
        there: the same from elsewhere.
        near: what stands beside their duty.
        origins: the places that were compared.
    """
    cheaper = [each for each in later if each.cheaper_from]
    better = [each for each in there if each.origin]
    return {
        "rows": len(values),
        "by_status": dict(sorted(Counter(now.status).items())),
        "reasons": _reasons(now.reason),
        "value": _sum(_known(values)),
        "duty": _sum(now.duty),
        "without_amount": sum(each is None for each in now.duty),
        "refundable": _sum(now.refundable),
        "cheaper_by_waiting": len(cheaper),
        "saved_by_waiting": _sum([each.saves for each in cheaper]),
        "first_day": min((each.cheaper_from or "" for each in cheaper), default=None),
        "origins": list(origins),
        "cheaper_elsewhere": len(better),
        "saved_elsewhere": _sum([each.saves for each in better]),
        "controlled": sum(map(bool, near.controlled)),
        "touched": sum(map(bool, near.touched)),
        "touches": near.touches,
    }


def _reasons(texts: Iterable[str]) -> list[typed.ReasonCounted]:
    """Reasons with how often each is given, the most frequent first; "" is none."""
    return [
        {"reason": reason, "count": count}
        for reason, count in Counter(filter(None, texts)).most_common(REASONS)
    ]


def places_of(text: str) -> tuple[str, ...]:
    """The places between commas, each by any of its names.

    Raises:
        UnknownWordError: one is not a place; the message offers near ones.
    """
    named = (known_country(each) for each in text.split(","))
    return tuple(each for each in named if each is not None)


def largest_suppliers(count: int) -> tuple[str, ...]:
    """The places from which most is imported, by the trade at hand, groups left out."""
    from detente.trade.flows import Flows

    flows = Flows()
    try:
        alone = [each for each in flows.partners() if len(each.countries) == 1]
        sums = {each.id: flows.total(each.id) for each in alone}
    finally:
        flows.close()
    return tuple(sorted(sums, key=lambda each: -sums[each])[:count])


class _NameInColumn(NamedTuple):
    """A name of a row, and the heading of the column that has no role; "" for one that has."""

    name: PlacedName
    column: str = ""

    @property
    def told(self) -> str:
        """What its row says of it."""
        return f"{self.name.told} ({self.column})" if self.column else self.name.told


def _parties(
    rows: Sequence[Mapping[str, str]],
    read: Recognised,
    query: CheckQuery,
    others: OtherNames | None,
) -> tuple[typed.NamesChecked | None, _Part]:
    def asked(row: Mapping[str, str]) -> list[_NameInColumn]:
        place = read.cell("country", row), read.cell("city", row), read.address_of(row)
        names = filter(None, (read.name_of(role, row) for role in read.roles))
        found = [_NameInColumn(PlacedName(name, *place)) for name in names]
        # Whoever stands at a listed address is meant, though the row names nobody.
        found = found or [_NameInColumn(PlacedName("", *place))] if place[2] else found
        known = {each.name.name for each in found}
        more = [each for each in (others.of(row) if others else ()) if each.name not in known]
        return found + [
            _NameInColumn(PlacedName(each.name, place[0]), each.column) for each in more
        ]

    each_row = [asked(row) for row in rows]
    if not read.names_parties:
        return None, _NONE
    names = [each.name for row in each_row for each in row]
    screened = screen_names(names, query.on, query.today)
    # What stands in a column of further names and is none says nothing of the party of its row.
    stated = {each.name for row in each_row for each in row if not each.column}
    for name in [each for each in screened.found if each not in stated]:
        if screened.found[name].status == UNRESOLVED:
            del screened.found[name]
    described = [
        _of_names(
            [(each, screened.found[each.name]) for each in row if each.name in screened.found]
        )
        for row in each_row
    ]
    statuses = Counter(each.status for each in screened.found.values())
    listed: list[typed.NameListed] = [
        {
            "name": name.name,
            "country": name.country or None,
            "address": name.address or None,
            "listed": each.listed,
        }
        for name, each in screened.found.items()
        if each.status == HIT
    ]
    related: list[typed.NameRelated] = [
        {
            "name": name.name,
            "country": name.country or None,
            "address": name.address or None,
            "related": each.related,
        }
        for name, each in screened.found.items()
        if each.related
    ]
    summary: typed.NamesChecked = {
        "names": len(screened.found),
        "by_status": dict(sorted(statuses.items())),
        "reasons": _reasons(each.reason for each in screened.found.values()),
        "hit": len(listed),
        "hits": listed,
        "related": len(related),
        "related_to": related,
    }
    unsure = any(status != "clear" for status in statuses)
    return summary, _Part(described, screened.coverage, [], PARTY_COLUMNS, unsure)


ORDER = ("hit", "unresolved", "not_screened", "partly", "clear")
"""Verdicts on names, the one that counts most first."""


def _of_names(found: Sequence[tuple[_NameInColumn, NameOutcome]]) -> list[str]:
    """What is said of the names of one row: the worst verdict, hits, related parties, reasons."""
    if not found:
        return [""] * len(PARTY_COLUMNS)
    worst = min((each.status for _, each in found), key=ORDER.index)
    hits = [f"{asked.told}: {each.listed}" for asked, each in found if each.listed]
    related = [f"{asked.told}: {each.related}" for asked, each in found if each.related]
    reasons = (each.reason for _, each in found if each.status == worst and each.reason)
    return [worst, *map("; ".join, (hits, related, dict.fromkeys(reasons)))]


def _plain_money(text: str) -> str:
    """An amount without thousands separators and signs; anything else is left as it is."""
    return text.replace(",", "").replace("$", "").strip()


def _known(texts: Sequence[str]) -> list[Decimal | None]:
    found: list[Decimal | None] = []
    for text in texts:
        plain = text.replace(".", "", 1)
        # Decimal alone would take NaN and 1E9 for amounts.
        found.append(Decimal(text) if plain.isascii() and plain.isdigit() else None)
    return found


def _sum(amounts: Sequence[Decimal | None]) -> str | None:
    """The sum of those that are known; None where none is."""
    known = [each for each in amounts if each is not None]
    return f"{sum(known, Decimal(0)):.2f}" if known else None
