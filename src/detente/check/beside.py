"""What stands beside the duty of goods in a file: items of control lists, records that touch them.

Goods of a file come into the United States. Where they come from decides whose law may hold them
back: a list of controlled items speaks of goods that leave its side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import EntryFacts, FactError
from detente.applicability.incoming import ImportedGoods, asked_of_any, touching
from detente.controls.law import law_of
from detente.core.clock import last_minute_of
from detente.core.vocabulary import UnknownWordError
from detente.parties.screening.queries import known_country

if TYPE_CHECKING:
    from detente.answers import tables as typed
    from detente.answers.shared import ImportMeasure
    from detente.register.book import Register
    from detente.register.model import Test

    Look = Callable[[Register, ImportedGoods, Callable[[Test], bool | None]], list[ImportMeasure]]

TO = "US"
"""Where the goods of a file come in."""

SHORTEST = 6
"""Digits from which on a code leads to items."""


class GoodsRow(NamedTuple):
    """A row of goods: code, origin as it is written, day, and facts stated of it."""

    code: str
    origin: str
    on: str
    facts: tuple[tuple[str, str], ...]


class Beside(NamedTuple):
    """What stands beside the rows.

    Attributes:
        controlled, touched: of each row, items of control lists, and ids of records.
        touches: the records, each with its rows.
        notes: what is asked of goods of any code that come from where some rows do.
    """

    controlled: list[str]
    touched: list[str]
    touches: list[typed.TouchedRows]
    notes: list[str]


def beside(register: Register, rows: Sequence[GoodsRow]) -> Beside:
    """What stands beside the duty of rows of goods.

    Args:
        register: the register asked.
        rows: the goods.
    """
    controlled: dict[tuple[str, str], str] = {}
    touched: dict[GoodsRow, list[ImportMeasure]] = {}
    for row in rows:
        pair = (row.code, row.origin)
        if pair not in controlled:
            controlled[pair] = _controlled(register, *pair)
        if row not in touched:
            touched[row] = _on_its_way(register, row, touching)
    count = Counter(name for row in rows for name in {each["measure"] for each in touched[row]})
    asks: dict[str, dict[str, None]] = {name: {} for name in sorted(count)}
    for each in (each for found in touched.values() for each in found):
        asks[each["measure"]].update(dict.fromkeys(each["asks"]))
    touches: list[typed.TouchedRows] = [
        {
            "measure": name,
            "title": register.measure(name).title,
            "rows": count[name],
            "asks": list(asked),
        }
        for name, asked in asks.items()
    ]
    # What is asked of any code hangs on the way of the goods alone.
    ways = {(row.origin, row.on, row.facts): row for row in touched if _digits(row.code)}
    of_any = [each for row in ways.values() for each in _on_its_way(register, row, asked_of_any)]
    return Beside(
        [controlled[row.code, row.origin] for row in rows],
        ["; ".join(dict.fromkeys(each["measure"] for each in touched[row])) for row in rows],
        touches,
        list(dict.fromkeys(map(_note, of_any))),
    )


def _note(each: ImportMeasure) -> str:
    """What is asked of goods of any code, in a sentence."""
    asks = " ".join(each["asks"])
    note = each["note"]
    return f"{note[:1].upper()}{note[1:]}: {asks} ({each['title']}; {each['citation']})"


def _place(origin: str) -> str | None:
    """The country of a cell; None where it names none."""
    try:
        return known_country(origin)
    except UnknownWordError:
        return None


def _on_its_way(
    register: Register,
    row: GoodsRow,
    look: Look,
) -> list[ImportMeasure]:
    """What is found of a row; nothing where its code, origin or day cannot be read."""
    digits, place = _digits(row.code), _place(row.origin)
    try:
        minute = last_minute_of(row.on[:10])
    except ValueError:
        return []
    if place is None or len(digits) < SHORTEST:
        return []
    try:
        facts = EntryFacts(register.facts, dict(row.facts))
    except FactError:
        facts = EntryFacts(register.facts, {})
    goods = ImportedGoods(digits, place, place, TO, minute, None)
    return look(register, goods, lambda t: facts.holds(t) if facts.is_stated(t.fact) else None)


def _digits(code: str) -> str:
    return "".join(each for each in code if each.isdigit())


def _controlled(register: Register, code: str, origin: str) -> str:
    """The items that a code may be of, on the lists of where the goods come from, if known."""
    digits, place = _digits(code), _place(origin)
    rows = [
        f"{side.by} {row.item}"
        for side in law_of(register).regimes
        if place in (side.by, None)
        for row in (side.catalogue.rows(digits) if len(digits) >= SHORTEST else ())
    ]
    return "; ".join(dict.fromkeys(rows))


def stated(facts: Mapping[str, Sequence[str]], at: int) -> tuple[tuple[str, str], ...]:
    """The facts of one row, those without a value left out."""
    return tuple((key, values[at]) for key, values in facts.items() if values[at])
