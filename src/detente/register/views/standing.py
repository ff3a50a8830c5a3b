"""The state of a whole record, which follows from its provisions by one rule.

Only provisions that charge or decide something on some day speak, where there are any, and of those
only the ones without a condition, or with a decision of their own: neither an exemption that ran
out nor relief for goods already at sea decides about a measure. If one of them is in force, the
record is; else it is, in this order, suspended, not enforced, informal, scheduled. If none is, all
are over, and the record's state is that of the provision that was over last. A record without
provisions holds over the days of its last event that has some; a threat, a claim or an event is
only ever ``announced``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from detente._shapes import NamedTuple
from detente.register.events import STANDING
from detente.register.model import LAW, DutyRate, Measure, Provision
from detente.register.periods import known
from detente.register.runs import Run, duty_text, runs

ALIVE = ("in_force", "suspended", "not_enforced", "informal", "scheduled", "announced")
"""States of a record that is not over, the strongest first."""


class RecordStanding(NamedTuple):
    """Where a record stands at a minute: its state, the days of that state, its provisions' runs.

    ``duties`` are those charged by the provisions that give the record its state.
    """

    state: str
    since: int | None
    until: int | None
    provisions: tuple[Run, ...]
    duties: tuple[DutyRate, ...]


def standing(measure: Measure, minute: int, known_on: int | None = None) -> RecordStanding:
    """Where a record stands at a minute, by the rule above."""
    runs_of = {provision.id: runs(provision, known_on) for provision in measure.provisions}
    speaking = [runs_of[provision.id] for provision in _speaking(measure, known_on)]
    if measure.provisions:
        marks = {run.start for line in speaking for run in line}
    else:
        marks = _own_edges(measure, known_on)

    def state_at(when: int) -> str:
        if not measure.provisions:
            return _bare_state(measure, when, known_on)
        return _state([_run_at(line, when) for line in speaking])

    state = state_at(minute)
    since, until = _tenure([mark for mark in marks if mark is not None], minute, state_at)
    here = [_run_at(line, minute) for line in speaking if measure.provisions]
    charged = [run.last.duty for run in here if run.state == state and run.last is not None]
    return RecordStanding(
        state,
        since,
        until,
        tuple(_run_at(runs_of[provision.id], minute) for provision in measure.provisions),
        tuple(duty for duty in charged if duty is not None and duty.form != "free"),
    )


def _run_at(line: Sequence[Run], minute: int) -> Run:
    return next(run for run in line if run.until is None or minute < run.until)


def _state(here: Sequence[Run]) -> str:
    states = {run.state for run in here}
    for state in ALIVE:
        if state in states:
            return state
    operated = [run for run in here if run.state != "never_operated"]
    return max(operated or here, key=lambda run: run.start or 0).state


def _tenure(
    marks: Sequence[int], minute: int, state_at: Callable[[int], str]
) -> tuple[int | None, int | None]:
    """The minutes between which a state stays, walking outward from one minute."""
    state = state_at(minute)
    since = until = None
    for mark in sorted((mark for mark in marks if mark <= minute), reverse=True):
        # A mark is an edge of some provision: only the minute before it tells whether the record
        # turned.
        if state_at(mark - 1) != state:
            since = mark
            break
    for mark in sorted(mark for mark in marks if mark > minute):
        if state_at(mark) != state:
            until = mark
            break
    return since, until


def _speaking(measure: Measure, known_on: int | None) -> Sequence[Provision]:
    """The provisions that speak for the whole record."""
    dated = [provision for provision in measure.provisions if known(provision.periods, known_on)]
    charging = [provision for provision in dated if _charges(provision, known_on)]
    # What a control tests is its reach; what a duty tests is mostly an exemption.
    plain = [
        provision
        for provision in charging
        if not provision.when or provision.control.get("decision")
    ]
    return plain or charging or dated or measure.provisions


def _charges(provision: Provision, known_on: int | None) -> bool:
    if provision.control.get("decision", "none") != "none":
        return True
    duties = [period.duty for period in known(provision.periods, known_on)]
    return any(duty is not None and duty.form not in ("free", "unknown") for duty in duties)


def _own_days(measure: Measure, known_on: int | None) -> list[tuple[int, int | None]]:
    """The days of the events of a record without provisions, in order of announcement."""
    return [
        (event.start, event.until)
        for event in measure.events
        if event.start is not None
        and (known_on is None or event.announced <= known_on)
        and not (event.announced_only and measure.reading == LAW)
    ]


def _own_edges(measure: Measure, known_on: int | None) -> set[int | None]:
    return {edge for days in _own_days(measure, known_on) for edge in days}


def _bare_state(measure: Measure, minute: int, known_on: int | None) -> str:
    days = _own_days(measure, known_on)
    if measure.kind not in STANDING or not days:
        return "announced"
    start, until = days[-1]
    if minute < start:
        return "scheduled"
    return "in_force" if until is None or minute < until else "lapsed"


def together(duties: Iterable[DutyRate]) -> str | None:
    """The duties of several provisions in one text: "25%", "7.5% to 100%", or one after another."""
    duties = list(duties)
    added = {duty.rate: duty.text for duty in duties if duty.form == "add"}
    texts = [added[rate] for rate in sorted(added)]
    if len(texts) > 1:
        texts = [f"{texts[0]} to {texts[-1]}"]
    others = {duty_text(duty) for duty in duties if duty.form != "add"}
    return "; ".join([*texts, *sorted(others)]) or None
