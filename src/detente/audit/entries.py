"""Entries as they were declared: rows of a table gathered by entry.

Rows of one ``id``, code, origin and day form an entry, one row a heading. Where no row of it names
a heading, or each names several between semicolons, it declares totals. Nothing is dropped: what
cannot be read becomes the entry's ``fault``, in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from detente._shapes import NamedTuple
from detente.applicability.entry_facts import dollars
from detente.audit.cells import (
    COLUMNS,
    FEE_DIGITS,
    amount_in,
    cleaned,
    heading_key,
    headings_in,
    order_of_days,
    read_rate,
)
from detente.batch.columns import FACT
from detente.core.figures import digits_of
from detente.duty.question import QuestionError

OWN = ("id", "heading", "declared_rate", "declared_amount")
"""Columns that a row has for itself; the others tell of the goods of the whole entry."""

STATED_OF_GOODS = ("code", "origin", "on", "value")
Row = tuple[int, dict[str, str]]
"""The number of a row, and its cells."""


class Declared(NamedTuple):
    """One heading as declared: share of the value, cents, and on how many rows."""

    key: str
    heading: str
    share: Fraction | None
    rate: str
    cents: int | None
    rows: tuple[int, ...]


class DeclaredEntry(NamedTuple):
    """One entry as declared.

    Attributes:
        id: as the table names it, or the number of its row.
        rows: numbers of its rows, from 0.
        cells: what a question about it is made from.
        lines: its headings, where each is declared by itself.
        total: its total, where only that is declared.
        times: on how many rows the same total stands with its amount; 1 where they differ.
        headings: keys of the headings listed beside a total; None where none are.
        outside: rows that are no duty of this register (fees, antidumping): class code and cents.
        named: whether the table gives it an id.
        stated: cents of all amounts of its duties that can be read; None where there are none.
        fault: why it cannot be read; "" where it can.
    """

    id: str
    rows: tuple[int, ...]
    cells: Mapping[str, str]
    lines: tuple[Declared, ...] = ()
    total: Declared | None = None
    times: int = 1
    headings: tuple[str, ...] | None = None
    outside: tuple[Declared, ...] = ()
    named: bool = True
    stated: int | None = None
    fault: str = ""


def entries_of(
    rows: Iterable[Mapping[str, str]], percent: bool = False, dates: str = ""
) -> list[DeclaredEntry]:
    """The entries of a table, in order of their first rows.

    Args:
        rows: cells by column; empty cells are "not given".
        percent: whether rates without a percent sign are percentages and not fractions of one.
        dates: how days are written, by ``written``; as the table tells where it is empty.
    """
    rows = list(rows)
    order = dates or order_of_days(rows)
    groups: list[list[Row]] = []
    by_id: dict[str, list[list[Row]]] = {}
    for number, row in enumerate(rows):
        cells = cleaned(row, order)
        name = cells.get("id", "")
        if name:
            group = next((each for each in by_id.get(name, ()) if _joins(each, cells)), None)
        else:
            group = groups[-1] if groups and _continues(groups[-1], cells) else None
        if group is None:
            group = []
            groups.append(group)
            by_id.setdefault(name, []).append(group)
        group.append((number, cells))
    return [_entry(group, percent) for group in groups]


def _equal(key: str, before: str, text: str) -> bool:
    if key == "code":
        return digits_of(before) == digits_of(text)
    return key == "value" and not text.strip("0.")


def _joins(group: list[Row], cells: Mapping[str, str]) -> bool:
    """Whether a row belongs to an entry: nothing that it says of the goods is another thing."""
    for key in ("code", "origin", "on", "line"):
        stated = next((each[key] for _, each in group if key in each), None)
        text = cells.get(key)
        if text is None or stated is None or text.upper() == stated.upper():
            continue
        if not _equal(key, stated, text):
            return False
    return True


def _continues(group: list[Row], cells: Mapping[str, str]) -> bool:
    """Whether a row without an id belongs to the entry of the row before, which has none either.

    Only where both say all of the goods, and alike, and each row has one heading of its own: two
    entries of the same goods on a day would carry the same heading twice. After rows that name
    their headings one without a heading is the ordinary duty; before them it may be a total.
    """
    first = group[0][1]
    if any("id" in each for _, each in group) or not headings_in(first):
        return False
    if not all(key in first and key in cells for key in STATED_OF_GOODS):
        return False
    for key, text in cells.items():
        before = first.get(key, text)
        if not _is_shared(key) or before.upper() == text.upper():
            continue
        if key != "code" or not _equal(key, before, text):
            return False
    code = digits_of(cells["code"])
    try:
        *named, last = (_sole_heading(each, code) for each in (*(row for _, row in group), cells))
    except ValueError:
        return False
    return last not in named


def _sole_heading(cells: Mapping[str, str], code: str) -> str:
    """The key of the one heading of a row; ``ValueError`` where it lists several."""
    heading, *others = headings_in(cells) or [""]
    if others:
        raise ValueError("several headings")
    return heading_key(heading, code)[0]


def _entry(group: list[Row], percent: bool) -> DeclaredEntry:
    numbers = tuple(number for number, _ in group)
    name = next((cells["id"] for _, cells in group if "id" in cells), "")
    stated = name or f"row {numbers[0] + 1}"
    entry = DeclaredEntry(stated, numbers, {}, named=bool(name), stated=_stated(group))
    try:
        entry = entry._replace(cells=_shared(group))
        code = digits_of(entry.cells.get("code", ""))
        duties = [row for row in group if not _is_fee(row[1])]
        fees = [_declared(*row, code, percent) for row in group if row not in duties]
        entry = entry._replace(outside=tuple(fees))
        if duties and all(len(headings_in(cells)) != 1 for _, cells in duties):
            return _in_total(entry, duties, code, percent)
        lines = _together(_declared(*row, code, percent) for row in duties)
        return entry._replace(lines=tuple(lines))
    except ValueError as error:
        return entry._replace(fault=str(error))


def _is_fee(cells: Mapping[str, str]) -> bool:
    """Whether a row has a class code for its heading: a fee, or a duty that is not counted here."""
    return len(digits_of(cells.get("heading", ""))) == FEE_DIGITS


def _stated(group: list[Row]) -> int | None:
    found = [amount_in(cells) for _, cells in group if not _is_fee(cells)]
    known = [cents for cents in found if cents is not None]
    return sum(known) if known else None


def _in_total(entry: DeclaredEntry, group: list[Row], code: str, percent: bool) -> DeclaredEntry:
    """An entry whose rows declare its total: one row, and beside it rows that declare nothing."""
    rows = [
        _declared(number, {**cells, "heading": ""}, code, percent)
        for number, cells in group
        if "declared_rate" in cells or "declared_amount" in cells
    ]
    if not rows:
        raise QuestionError("neither declared_rate nor declared_amount is given")
    (total,) = _together(rows)
    if any(row.rate != total.rate for row in rows) and total.cents is not None:
        # Parts of a total at rates of their own: only the sum of the amounts tells.
        total = total._replace(share=None, rate="")
    equal = len({(row.rate, row.cents) for row in rows}) == 1 and total.cents is not None
    listed = [each for _, cells in group for each in headings_in(cells)]
    keys = tuple(dict.fromkeys(heading_key(each, code)[0] for each in listed)) if listed else None
    times = len(rows) if equal else 1
    return entry._replace(total=total._replace(heading=""), times=times, headings=keys)


def _shared(group: list[Row]) -> dict[str, str]:
    """What the rows of an entry say together of its goods.

    Raises:
        QuestionError: two rows say different things.
    """
    found: dict[str, str] = {}
    for _, cells in group:
        for key, text in cells.items():
            if not _is_shared(key):
                continue
            before = found.setdefault(key, text)
            if key == "value" and not before.strip("0."):
                # Reports put the value on one row of an entry and zero on the others.
                found[key] = text
            elif before.upper() != text.upper() and not _equal(key, before, text):
                raise QuestionError(
                    f"its rows differ in {key}: {before} and {text}; lines of one entry are "
                    "told apart by a column `line`"
                )
    return found


def _is_shared(key: str) -> bool:
    return key not in OWN and (key in COLUMNS or key.startswith(FACT))


def _declared(number: int, cells: Mapping[str, str], code: str, percent: bool) -> Declared:
    key, heading = heading_key(cells.get("heading", ""), code)
    amount = cells.get("declared_amount")
    cents = None if amount is None else dollars(amount, "declared_amount")
    value = dollars(cells["value"], "value") if "value" in cells else 0
    implied = Fraction(cents, value) if cents is not None and value else None
    share, rate = read_rate(cells.get("declared_rate", ""), percent, implied)
    return Declared(key, heading, share, rate, cents, (number,))


def _together(lines: Iterable[Declared]) -> Iterator[Declared]:
    """Lines by heading, amounts of a heading that stands on several rows added up."""
    found: dict[str, Declared] = {}
    for line in lines:
        before = found.get(line.key)
        if before is None:
            found[line.key] = line
            continue
        known = [each for each in (before.cents, line.cents) if each is not None]
        found[line.key] = before._replace(
            cents=sum(known) if known else None, rows=(*before.rows, *line.rows)
        )
    yield from found.values()
