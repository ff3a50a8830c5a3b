"""Runs: the timeline of a provision by what it shows, however many periods show it."""

from __future__ import annotations

from detente._shapes import NamedTuple
from detente.register.model import DutyRate, EffectivePeriod, Provision
from detente.register.periods import Segment, state_at, timeline

_COLUMNS = {"general": "column 1", "other": "column 2", "special": "column 1, special"}


def duty_text(duty: DutyRate) -> str:
    """What a duty charges, in words."""
    return _COLUMNS.get(duty.column, duty.text)


def value_of(provision: Provision, period: EffectivePeriod | None) -> str | None:
    """What a period of a provision charges or decides, in words; None where it does neither."""
    if period is None:
        return None
    if period.duty is not None:
        return duty_text(period.duty)
    decision = provision.control.get("decision")
    return str(decision) if decision and period.state == "in_force" else None


class Run(NamedTuple):
    """Days of a provision over which state, value and heading stay as they are.

    Several periods may follow one another in it, as when a suspension is renewed; ``first`` and
    ``last`` are the periods at its ends, None where there is none.
    """

    start: int | None
    until: int | None
    state: str
    value: str | None
    heading: str | None
    first: EffectivePeriod | None
    last: EffectivePeriod | None


def runs(provision: Provision, known_on: int | None = None) -> list[Run]:
    """The timeline of a provision as runs that tile all time; neighbors show different things."""
    found: list[Run] = []
    for segment in timeline(provision, known_on):
        run = _run(provision, segment, known_on)
        # State, value and heading alone: a renewal with other days and sources is the same run.
        if found and found[-1][2:5] == run[2:5]:
            found[-1] = found[-1]._replace(until=run.until, last=run.last)
        else:
            found.append(run)
    return found


def _run(provision: Provision, segment: Segment, known_on: int | None) -> Run:
    start, until, period = segment
    # The first gap has no start: its last minute stands for all of it.
    minute = start if start is not None else 0 if until is None else until - 1
    heading = provision.heading if period is None else period.heading or provision.heading
    state = state_at(provision, minute, known_on)
    return Run(start, until, state, value_of(provision, period), heading, period, period)


def run_at(provision: Provision, minute: int, known_on: int | None = None) -> Run:
    """The run of a provision that holds a minute."""
    for run in runs(provision, known_on):
        if run.until is None or minute < run.until:
            return run
    raise AssertionError("runs tile all time")


def run_words(run: Run, headed: bool = False) -> str | None:
    """What a run shows: "25%", "10%, suspended", "ended"; None before anything begins.

    Args:
        run: the run.
        headed: name the heading too.
    """
    if run.first is None and run.state in ("scheduled", "announced"):
        return None
    words = [] if run.value is None else [run.value]
    if run.state != "in_force" or not words:
        words.append(run.state.replace("_", " "))
    if headed and run.heading:
        words.append(f"under {run.heading}")
    return ", ".join(words)
