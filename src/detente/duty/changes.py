"""A day on which the duty of a case becomes another one, as a row of the answer."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.applicability.stack import Stack
from detente.core.clock import MINUTES, day_text, start_of
from detente.duty.case import DutyCase
from detente.duty.outlook import Snapshot, charges
from detente.register.confirmed import read_through

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.answers.duty import ScheduledChange


def change(case: DutyCase, before: Stack, snapshot: Snapshot) -> ScheduledChange:
    """One day on which the stack becomes another: which measures, what, and the new total."""
    old, new = charges(before), charges(snapshot.stack)
    changed = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    words = []
    titles = {each.measure.id: each.measure.title for each in case.scope.candidates}
    as_of = case.as_of._replace(minute=snapshot.minute + MINUTES - 1)
    for name in changed:
        title = titles[name]
        words.append(_change_words(title, old.get(name), new.get(name)))
    return {
        "on": day_text(snapshot.minute // MINUTES),
        "measures": changed,
        "what": "; ".join(words),
        "total_ad_valorem": case.total(snapshot.stack, as_of),
    }


def read_to(case: DutyCase, on: str, measures: Iterable[str]) -> str:
    """How far the law behind a change was read.

    Args:
        case: the case that it changes.
        on: its day.
        measures: ids of the measures that change.

    Returns:
        ISO, the earliest day of the measures; that of the area where they say none.
    """
    by_name = {each.measure.id: each.measure for each in case.scope.candidates}
    found = [by_name[name] for name in measures if name in by_name]
    days = [read_through(case.register, each, start_of(on)) for each in found]
    area = case.register.areas[f"{case.query.destination.lower()}/tariff"]
    return min((day for day in days if day), default=area.reviewed_through)


def _change_words(
    name: str, old: tuple[str, str | None, str] | None, new: tuple[str, str | None, str] | None
) -> str:
    if new is None and old is not None:
        return f"{name} ends (was {old[2]})"
    if old is None and new is not None:
        return f"{name} begins: {new[2]}"
    assert old is not None
    assert new is not None
    if old[2] == new[2]:
        return f"{name} stays {new[2]}, now under {new[1] or 'no heading'}"
    return f"{name} changes from {old[2]} to {new[2]}"
