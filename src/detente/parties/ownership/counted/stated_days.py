"""Since when and until when a holding is told by open sources: days, months, years, or unreadable.

A year or a month is a span within which a holding began or ended, so it may have stood then. A day
that cannot be read may be any, so the holding may have stood on each.
"""

from __future__ import annotations

from detente.parties.lists.listed_days import is_day, period_of
from detente.parties.ownership.importing import StatedSpan, spans_between

OPEN = "whether it is held on a day is open"


def stated_spans(since: str, until: str) -> tuple[list[StatedSpan], str]:
    """The days on which a holding stands, or may stand.

    Args:
        since: the cell of the first day, or of the day as of which it is told; "" for none.
        until: the cell of the first day without it; "" for none.

    Returns:
        Spans that follow on each other, and "" or what could not be read.
    """
    began, ended = _bounds(since), _bounds(until)
    unread = [text for text, found in ((since, began), (until, ended)) if found is None]
    first, last = began or ("", "")
    end, after = ended or ("", "")
    if first and after and first >= after:
        what = f"until {until} is not after from {since}: {OPEN}"
        return [StatedSpan("", "", sure=False)], what
    told = " and ".join(map(repr, unread))
    fault = f"{told}: no day written YYYY-MM-DD, no month and no year, so {OPEN}" if told else ""
    if unread:
        return [StatedSpan(first, after, sure=False)], fault
    return spans_between((first, last), (end, after)), fault


def _bounds(text: str) -> tuple[str, str] | None:
    """The first and the last day that a cell may mean; "" where it is empty, None for no day."""
    if not text or is_day(text):
        return text, text
    return period_of(text)
