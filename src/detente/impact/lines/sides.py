"""Which two states are compared: two days of one register, or a register and a scenario of it."""

from __future__ import annotations

from detente.average.flow_rates import Side
from detente.core.clock import MINUTES, day_text
from detente.duty.question import QuestionError
from detente.register.book import Register


def two_days(register: Register, start: str | None, last: str | None) -> tuple[Side, Side]:
    """Two days of one register.

    Raises:
        QuestionError: one of the days is missing.
    """
    if start is None or last is None:
        raise QuestionError(
            "name two days, --from and --to-date, or a scenario with --scenario NAME|FILE"
        )
    return Side(register, start), Side(register, last)


def beside_scenario(
    register: Register, changed: Register, start: str | None, last: str | None
) -> tuple[Side, Side]:
    """A register on a day, and a scenario of it: by default both on the day of its last change.

    Raises:
        QuestionError: the scenario changes no measure.
    """
    last = last or last_change(register, changed)
    if last is None:
        raise QuestionError("the scenario changes no measure, so there is nothing to compare")
    return Side(register, start or last), Side(changed, last)


def last_change(register: Register, changed: Register) -> str | None:
    """The last day on which a state begins in one of the two registers and not in the other."""
    before = {measure.id: measure for measure in register.measures()}
    starts: set[int] = set()
    for measure in changed.measures():
        other = before.get(measure.id)
        if other is not None and other == measure:
            continue
        old = (
            {period for provision in other.provisions for period in provision.periods}
            if other
            else set()
        )
        new = {period for provision in measure.provisions for period in provision.periods}
        starts |= {period.start for period in old ^ new}
    return day_text(max(starts) // MINUTES) if starts else None
