"""What a scenario changes: days of provisions that show something else in another register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from detente._shapes import NamedTuple
from detente.core.clock import MINUTES, day_text
from detente.register.book import Register
from detente.register.model import Measure, Provision
from detente.register.runs import Run, run_at, runs

NOTHING = ("announced", "scheduled", "lapsed", "expired", "ended", "never_operated")
"""States in which a provision charges and decides nothing, and never did or will not again."""


class ProvisionChange(NamedTuple):
    """Days ``[start, until)`` of a provision over which two registers differ.

    Times as in the model.
    """

    measure: Measure
    provision: Provision
    start: int
    until: int | None
    before: Run
    after: Run


def changes(before: Register, after: Register, names: Iterable[str]) -> list[ProvisionChange]:
    """The days of some records on which two registers differ, in order of first day.

    Args:
        before: one register.
        after: the other, which has all of the records.
        names: ids of records.
    """
    found: list[ProvisionChange] = []
    for name in names:
        measure = after.measure(name)
        old = _provisions_of(before, name)
        for provision in measure.provisions:
            found += _of_provision(measure, old.get(provision.id), provision)
    return sorted(found, key=lambda each: each.start)


def days_of_change(found: Iterable[ProvisionChange]) -> list[str]:
    """The ISO days on which some difference begins, turns or ends, in order."""
    minutes: set[int] = set()
    for change in found:
        minutes.add(change.start)
        if change.until is not None:
            minutes.add(change.until)
    return [day_text(day) for day in sorted({minute // MINUTES for minute in minutes})]


def _provisions_of(register: Register, name: str) -> dict[str, Provision]:
    """The provisions of a record by id.

    None where there is no such record, or it was but a threat.
    """
    try:
        measure = register.measure(name)
    except KeyError:
        return {}
    return {provision.id: provision for provision in measure.provisions}


def _of_provision(
    measure: Measure, old: Provision | None, new: Provision
) -> Iterator[ProvisionChange]:
    if old is not None and old.periods == new.periods:
        return
    old = old if old is not None else new._replace(periods=())
    edges = sorted({run.start for provision in (old, new) for run in runs(provision) if run.start})
    open_change: ProvisionChange | None = None
    # None closes the last pair: no end of it is known.
    for start, until in pairwise([*edges, None]):
        assert start is not None
        before, after = run_at(old, start), run_at(new, start)
        same = _shown(before) == _shown(after)
        if open_change is not None:
            goes_on = (_shown(open_change.before), _shown(open_change.after))
            if not same and goes_on == (_shown(before), _shown(after)):
                open_change = open_change._replace(until=until)
                continue
            yield open_change
            open_change = None
        if not same:
            open_change = ProvisionChange(measure, new, start, until, before, after)
    if open_change is not None:
        yield open_change


def _shown(run: Run) -> tuple[str, str | None, str | None] | None:
    """What a run shows, whatever the reason for which nothing does."""
    return None if run.state in NOTHING else run[2:5]
