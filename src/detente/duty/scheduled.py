"""What of a duty the law itself changed after the last day that was read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.applicability.scope import edges
from detente.core.clock import MINUTES, last_minute_of, long_day, start_of
from detente.duty.changes import change, read_to
from detente.duty.outlook import ahead, charges
from detente.register.confirmed import unconfirmed_words

if TYPE_CHECKING:
    from detente.answers.duty import Scheduled
    from detente.duty.case import DutyCase


def scheduled(case: DutyCase, through: str) -> Scheduled | None:
    """What the law itself changed between the last day that was read and the day asked for.

    Args:
        case: a case of a day after ``through``.
        through: the last day through which the area was read.

    Returns:
        The changes as rows of ``changes_ahead``, and a sentence; None where nothing changed.
    """
    start = case.as_of._replace(minute=last_minute_of(through))
    if not any(start.minute < edge <= case.as_of.minute for edge in edges(case.scope)):
        return None
    before = case.resolve(start)
    rows = []
    for snapshot in ahead(case.scope, start, before):
        if snapshot.minute > case.as_of.minute:
            break
        rows.append(change(case, before, snapshot))
        before = snapshot.stack
    if not rows or charges(before) != charges(case.stack):
        # Within the day asked for the duty may not have turned yet.
        rows = [
            row for row in rows if start_of(row["on"]) // MINUTES < case.as_of.minute // MINUTES
        ]
    # An act that was read and is younger than the area's day confirms what it does itself.
    rows = [row for row in rows if row["on"] > read_to(case, row["on"], row["measures"])]
    if not rows:
        return None
    days = "; ".join(f"on {long_day(row['on'])} {row['what']}" for row in rows)
    text = f"By the law's own dates, {unconfirmed_words(through)}: {days}."
    return {"through": through, "text": text, "changes": rows}
