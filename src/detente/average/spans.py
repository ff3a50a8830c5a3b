"""The days of an average as rows: changes, months or years, each the mean of its days.

average(span) = sum over its days of charged(day) / sum over its days of covered(day)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from detente._shapes import NamedTuple
from detente.core.clock import day_number, day_text

CHANGE, MONTH, YEAR = "change", "month", "year"
EVERY = (CHANGE, MONTH, YEAR)


class WeighedSpan(NamedTuple):
    """Days ``[first, until)`` by number, and what falls into them.

    Attributes:
        first: the first day.
        until: the day after the last.
        days: places among the days of the law, each with how many days of the span it stands for.
        period: the calendar month or year that it is, whole; "" otherwise.
    """

    first: int
    until: int
    days: tuple[tuple[int, int], ...]
    period: str

    @property
    def on(self) -> str:
        """The first day, ISO."""
        return day_text(self.first)

    @property
    def through(self) -> str:
        """The last day, ISO."""
        return day_text(self.until - 1)


def find_spans(every: str, days: Sequence[int], last: int) -> tuple[WeighedSpan, ...]:
    """Rows over days of the law.

    Args:
        every: ``change``, ``month`` or ``year``.
        days: days of the law by number, the first asked one first.
        last: the last day asked.
    """
    if every == CHANGE:
        marks = list(days)
    else:
        marks = [days[0], *(mark for mark in _begins(every, days[0], last) if mark > days[0])]
    return tuple(
        WeighedSpan(first, until, tuple(_inside(days, first, until)), _period(every, first, until))
        for first, until in zip(marks, [*marks[1:], last + 1], strict=True)
    )


def _begins(every: str, first: int, last: int) -> Iterable[int]:
    start, end = (date.fromisoformat(day_text(day)) for day in (first, last))
    for year in range(start.year, end.year + 1):
        for month in range(1, 13) if every == MONTH else (1,):
            begin = day_number(date(year, month, 1).isoformat())
            if begin <= last:
                yield begin


def _inside(days: Sequence[int], first: int, until: int) -> Iterable[tuple[int, int]]:
    # The span may begin between two days of the law: the one before still stands for it.
    at = bisect_right(days, first) - 1
    while at < len(days) and days[at] < until:
        end = days[at + 1] if at + 1 < len(days) else until
        yield at, min(end, until) - max(days[at], first)
        at += 1


def _period(every: str, first: int, until: int) -> str:
    """The month or year, where the span is the whole of it."""
    text, after = day_text(first), day_text(until)
    if every == MONTH and text.endswith("-01") and after.endswith("-01"):
        return text[:7]
    if every == YEAR and text.endswith("-01-01") and after.endswith("-01-01"):
        return text[:4]
    return ""
