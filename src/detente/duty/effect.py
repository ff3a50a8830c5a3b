"""What a change of law does to the basket: the total before and after, on the days that count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente._shapes import NamedTuple
from detente.core.clock import MINUTES, day_text
from detente.core.figures import rate
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


def effects(
    before: Register, after: Register, schedule: Schedule, days: Iterable[str]
) -> Iterator[Effect]:
    """Every good of the basket and day on which two registers say something else."""
    for day in days:
        for good in after.basket:
            asked = question(good, day)
            try:
                old, new = build_case(before, schedule, asked), build_case(after, schedule, asked)
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
