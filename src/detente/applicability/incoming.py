"""What the law of a side says of goods that come in, beside what they owe.

A tariff code only suggests that goods may be what a record names: each row says by which facts it
would be settled, and nothing here decides it. A record is named while it is law, and from the day
on which it was announced where its first day lies ahead.
"""

from __future__ import annotations

from detente._lean import read_json
from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.clock import MINUTES, minute_text
from detente.core.recent import cached
from detente.register.model import CodeRow, Test
from detente.register.periods import state_at, timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from detente.answers.shared import ImportMeasure
    from detente.register.book import Register
    from detente.register.model import EntryFact, Measure, Provision

    Holds = Callable[[Test], bool | None]

IN_FORCE, SCHEDULED = "in_force", "scheduled"
"""States of a provision in which goods are told of it."""

PLACES = ("from", "made_in", "reach")
"""Conditions of a provision on where goods come from: who sends them, who made them, or either."""


CODES_CACHED = 512
"""Of how many codes what names them is kept: a file asks for the same ones again and again."""

ANY_CODE = CodeRow("", "", "stated", "", "", "", "")
"""The row of a provision that asks of goods of any code."""


class ImportedGoods(NamedTuple):
    """Goods that come into a side.

    Attributes:
        code: digits of the tariff code.
        made_in: ISO country of origin.
        start: ISO country that they are sent from.
        to: ISO country that they come into.
        minute: when, on the wall clock of that side.
        known_on: day number; law announced later is left out. None for all that is known.
    """

    code: str
    made_in: str
    start: str
    to: str
    minute: int
    known_on: int | None


class NamedItem(NamedTuple):
    """An item beside a code: its row, its tests, and the provisions that name it with parties."""

    row: CodeRow
    tests: tuple[tuple[Test, ...], ...]
    naming: tuple[tuple[Measure, Provision, tuple[str, ...]], ...]


def touching(register: Register, goods: ImportedGoods, holds: Holds) -> list[ImportMeasure]:
    """The provisions that may touch goods that come in, each once, in the order of the table.

    Args:
        register: the register asked.
        goods: the goods and their way.
        holds: whether a test holds by what was stated; None where nothing was.
    """
    found: dict[tuple[str, str], ImportMeasure] = {}
    for row, alternatives, naming in _named(register, goods.to, goods.code):
        if row.of and not register.inside((row.of,), goods.made_in):
            continue
        left = [each for each in alternatives if all(holds(test) is not False for test in each)]
        if alternatives and not left:
            continue
        tests = [test for each in left for test in each]
        for measure, provision, parties in naming:
            if not _may_fire(register, provision, goods, holds):
                continue
            asked = _asked(register, (*tests, *provision.when), parties, holds)
            key = (measure.id, provision.id)
            if key in found:
                known = found[key]
                known["asks"] = list(dict.fromkeys((*known["asks"], *asked)))
            else:
                found[key] = _row(register, measure, provision, row, goods, list(asked))
    return list(found.values())


def asked_of_any(register: Register, goods: ImportedGoods, holds: Holds) -> list[ImportMeasure]:
    """The provisions whose facts are asked of goods of any code that come from some places.

    Args:
        register: the register asked.
        goods: the goods and their way; their code does not matter.
        holds: whether a test holds by what was stated; None where nothing was.
    """
    found = []
    for measure in register.measures(f"{goods.to.lower()}/control", "measure"):
        for provision in measure.provisions:
            if "raised_for" not in provision.control:
                continue
            asked_of = _words(provision, "raised_for")
            if not _comes_from(register, asked_of, goods):
                continue
            if _may_fire(register, provision, goods, holds):
                note = f"goods of any code of {_countries_of(register, asked_of)}"
                row = ANY_CODE._replace(grade=measure.verified[1], note=note)
                asked = list(_asked(register, provision.when, [], holds))
                found.append(_row(register, measure, provision, row, goods, asked))
    return found


def beside_item(
    register: Register, goods: ImportedGoods, named: Iterable[tuple[Measure, Provision]]
) -> list[ImportMeasure]:
    """The provisions that name an item and decide nothing of it, such as fees on a ship's call.

    Args:
        register: the register asked.
        goods: the item and its way; it has no code.
        named: the provisions that name the item.
    """
    found = []
    for measure, provision in named:
        comes = _comes_from(register, measure.places, goods)
        if (
            comes
            and provision.control.keys() == {"items"}
            and _may_fire(register, provision, goods, lambda test: None)
        ):
            row = ANY_CODE._replace(grade=measure.verified[1], note=measure.note or "")
            found.append(_row(register, measure, provision, row, goods, []))
    return found


def _countries_of(register: Register, places: Iterable[str]) -> str:
    """Places as the names of their countries: "China, Hong Kong or Macau"."""
    codes = [
        code
        for place in places
        for code in ((place,) if place in register.countries else register.places[place].countries)
    ]
    *first, last = [register.countries[code] for code in codes]
    return f"{', '.join(first)} or {last}" if first else last


def _named(register: Register, side: str, code: str) -> tuple[NamedItem, ...]:
    """The rows of a code, each with its item's tests and the provisions that name the item."""
    key = (side, code)
    return cached(register.named_items, key, lambda: _read(register, *key), CODES_CACHED)


def _read(register: Register, side: str, code: str) -> tuple[NamedItem, ...]:
    found = []
    for body, naming in register.incoming(side, code):
        row, alternatives = read_json(body)
        provisions = []
        for name, limb, parties in read_json(naming):
            measure = register.measure(name)
            provisions += [
                (measure, each, tuple(parties)) for each in measure.provisions if each.id == limb
            ]
        tests = tuple(tuple(map(_test, one)) for one in alternatives)
        found.append(NamedItem(CodeRow._make(row), tests, tuple(provisions)))
    return tuple(found)


def _test(row: list[Any]) -> Test:
    fact, operator, value = row
    return Test(fact, operator, tuple(value) if isinstance(value, list) else value)


def _comes_from(register: Register, places: Iterable[str], goods: ImportedGoods) -> bool:
    """Whether goods are made in or sent from one of the places."""
    named = tuple(places)
    return register.inside(named, goods.made_in) or register.inside(named, goods.start)


def _may_fire(register: Register, provision: Provision, goods: ImportedGoods, holds: Holds) -> bool:
    """Whether a provision is law or will be, and neither place nor stated fact is against it."""
    if _state(provision, goods) not in (IN_FORCE, SCHEDULED):
        return False
    if any(holds(test) is False for test in provision.when):
        return False
    ways = {"from": (goods.start,), "made_in": (goods.made_in,)}
    return all(
        any(
            register.inside(_words(provision, key), place)
            for place in ways.get(key, (goods.start, goods.made_in))
        )
        for key in PLACES
        if key in provision.control
    )


def _state(provision: Provision, goods: ImportedGoods) -> str:
    """The state of a provision; what was announced only after the day is not scheduled on it."""
    state = state_at(provision, goods.minute, goods.known_on)
    if state != SCHEDULED:
        return state
    day = goods.minute // MINUTES
    known_on = day if goods.known_on is None else min(day, goods.known_on)
    return state_at(provision, goods.minute, known_on)


def _words(provision: Provision, key: str) -> tuple[str, ...]:
    value = provision.control[key]
    return tuple(value) if isinstance(value, (list, tuple)) else (str(value),)


def _asked(
    register: Register, tests: Iterable[Test], parties: Iterable[str], holds: Holds
) -> Iterator[str]:
    """What would settle it: questions of the facts not stated, and of the parties named."""
    for test in tests:
        if holds(test) is None:
            yield _question(register.facts[test.fact], test)
    if parties:
        yield f"Is the exporter {' or '.join(parties)}?"


def _question(fact: EntryFact, test: Test) -> str:
    if fact.type != "word":
        return fact.ask
    words = test.value if isinstance(test.value, tuple) else (str(test.value),)
    return f"{fact.ask} ({' or '.join(words).replace('_', ' ')})"


def _row(
    register: Register,
    measure: Measure,
    provision: Provision,
    row: CodeRow,
    goods: ImportedGoods,
    asked: list[str],
) -> ImportMeasure:
    zone = register.zones[goods.to]
    start, until = _days(provision, goods)
    citation = provision.control.get("citation")
    sources = [register.citation(key) for key in measure.authority]
    area = register.areas.get(measure.area)
    return {
        "by": measure.by,
        "measure": measure.id,
        "limb": provision.id,
        "title": f"{measure.title}: {provision.title}" if provision.title else measure.title,
        "decision": str(provision.control["decision"]) if "decision" in provision.control else None,
        "citation": str(citation) if citation else "; ".join(sources),
        "state": _state(provision, goods),
        "from": None if start is None else minute_text(start, zone),
        "until": None if until is None else minute_text(until, zone),
        "asks": asked,
        "code": row.code,
        "covers": row.covers,
        "grade": row.grade,
        "note": row.note,
        "through": area.reviewed_through if area else None,
    }


def _days(provision: Provision, goods: ImportedGoods) -> tuple[int | None, int | None]:
    """First and last bound of the period that shows, or of the first one ahead."""
    for segment in timeline(provision, goods.known_on):
        if segment.until is not None and segment.until <= goods.minute:
            continue
        if segment.period is not None and segment.period.state == IN_FORCE:
            return segment.start, segment.until
    return None, None
