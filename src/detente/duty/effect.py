"""What a change of law does to the basket: the total before and after, on the days that count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente._shapes import NamedTuple
from detente.core.clock import MINUTES, day_text
from detente.core.figures import dotted, rate
from detente.duty.answer import filing
from detente.duty.case import DutyCase, build_case
from detente.duty.question import DutyQuestion
from detente.goods.codes import CodeError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.model import BasketGood


class Effect(NamedTuple):
    """One good on one day under two registers; rates as fractions of one, None if not known."""

    good: BasketGood
    on: str
    before: str | None
    after: str | None
    filing_before: tuple[str, ...]
    filing_after: tuple[str, ...]


def days_of(register: Register, names: Iterable[str]) -> list[str]:
    """The days on which something of the named records starts or ends."""
    found: set[int] = set()
    for name in names:
        for provision in register.measure(name).provisions:
            for period in provision.periods:
                found.add(period.start // MINUTES)
                if period.until is not None:
                    found.add(period.until // MINUTES)
    return [day_text(day) for day in sorted(found)]


def own_goods(register: Register, names: Iterable[str]) -> list[BasketGood]:
    """Goods that records name and the basket lacks: one a code or list and place, as examples.

    A record whose provisions name no goods has none of its own: the basket shows what it does. What
    a good is called is the provision that names it, of those without tests where one does, since
    no fact is stated of it.
    """
    known = {(good.code.replace(".", ""), good.origin) for good in register.basket}
    found: dict[tuple[str, str], BasketGood] = {}
    for measure in map(register.measure, names):
        for provision in sorted(measure.provisions, key=lambda provision: bool(provision.when)):
            origin = _origin(register, provision.places or measure.places)
            for code in _codes(register, provision.goods):
                what = provision.title or f"{measure.id}/{provision.id}"
                found.setdefault((code, origin), BasketGood(dotted(code), origin, "", what))
    return [good for key, good in found.items() if key not in known]


def _origin(register: Register, places: tuple[str, ...]) -> str:
    """A country of some places; where they are all but a few, the first such of the basket."""
    place = register.places.get(places[0])
    if place is None:
        return places[0]
    if not place.everywhere:
        return place.countries[0]
    return next(good.origin for good in register.basket if good.origin not in place.countries)


def _codes(register: Register, goods: tuple[str, ...]) -> Iterator[str]:
    """The codes that a provision writes out, and the first code of each list that it names."""
    for name in goods:
        digits = name.replace(".", "")
        if digits.isdigit():
            yield digits
        else:
            yield from [member.code for member in register.codes_of(name)[:1]]


def effects(
    before: Register,
    after: Register,
    schedule: Schedule,
    days: Iterable[str],
    beside: Iterable[BasketGood] = (),
) -> Iterator[Effect]:
    """Every good and day on which two registers say something else.

    Args:
        before: the one register.
        after: the other, whose basket is asked.
        schedule: the goods schedule.
        days: ISO days.
        beside: goods that are asked too, such as ``own_goods``.
    """
    goods = [*after.basket, *beside]
    for day in days:
        for good in goods:
            query = question(good, day)
            try:
                old, new = build_case(before, schedule, query), build_case(after, schedule, query)
            except CodeError:
                continue  # the line did not exist on that day
            row = Effect(good, day, _total(old), _total(new), _filing(old), _filing(new))
            if (row.before, row.filing_before) != (row.after, row.filing_after):
                yield row


def question(good: BasketGood, day: str) -> DutyQuestion:
    """The question about a good of the basket on a day."""
    facts = dict(word.split("=", 1) for word in good.facts.split())
    return DutyQuestion(code=good.code, origin=good.origin, on=day, facts=facts)


def _total(case: DutyCase) -> str | None:
    return rate(case.figures(case.stack).share)


def _filing(case: DutyCase) -> tuple[str, ...]:
    return tuple(filing(case, case.figures(case.stack)))
