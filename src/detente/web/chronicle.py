"""What was announced, on two sides: events in order, and a drawing of how many in each month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from detente._shapes import NamedTuple
from detente.core.figures import counted
from detente.register.confirmed import unconfirmed_words
from detente.web.frame.words import day_words, days_words, state_words

HALF, GAP, AXIS = 88, 12, 20
"""Pixels: the height of each side, the band between them, and the words of the years."""

NAMED = 3
"""At most this many provisions or values are named in a line; more are counted."""

MONTH = len("2025-11")


class Deed(NamedTuple):
    """What an event does to some provisions alike: days, what shows on them, and to which."""

    days: str
    what: str
    provisions: str


class Happening(NamedTuple):
    """One announcement of one record; its ``speaker`` where it was only announced, else ""."""

    announced: str
    day: str
    by: str
    kind: str
    measure: str
    title: str
    title_zh: str
    title_zh_own: bool
    note: str
    deeds: tuple[Deed, ...]
    sources: tuple[str, ...]
    answers: tuple[str, ...]
    speaker: str = ""


def happenings(events: Iterable[Mapping[str, Any]]) -> list[Happening]:
    """Acts of the timeline, those of one record, day and source together."""
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in events:
        key = (row["announced"], row["measure"], tuple(row["sources"]), row["announced_only"])
        groups.setdefault(key, []).append(row)
    return [_happening(rows) for rows in groups.values()]


def _happening(rows: Sequence[Mapping[str, Any]]) -> Happening:
    first = rows[0]
    titles = {row["title"] for row in rows}
    title = min(titles, key=len)
    deeds: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["effective"] is not None:
            key = (row["effective"], row["until"], row["state"], row["value"] == "free")
            deeds.setdefault(key, []).append(row)
    return Happening(
        announced=first["announced"],
        day=day_words(first["announced"]),
        by=first["by"],
        kind=first["kind"],
        measure=first["measure"],
        title=title if len(titles) == 1 else title.partition(": ")[0],
        title_zh=first["title_zh"],
        title_zh_own=first["title_zh_own"],
        note=first["note"],
        deeds=tuple(_deed(same) for same in deeds.values()),
        sources=tuple(first["sources"]),
        answers=tuple(dict.fromkeys(name for row in rows for name in row["answers"])),
        speaker=(first["speaker"] or "") if first["announced_only"] else "",
    )


def _deed(same: Sequence[Mapping[str, Any]]) -> Deed:
    first = same[0]
    values = list(dict.fromkeys(row["value"] for row in same if row["value"]))
    shown = [_some(values)] if values else []
    if first["state"] == "void":
        shown = ["held never owed"]
    elif first["announced_only"]:
        shown.append(f"would be {state_words(first['announced_state'])}")
    elif first["state"] != "in_force" or not shown:
        shown.append(state_words(first["state"]))
    if not first["confirmed"] and not first["announced_only"]:
        shown.append(unconfirmed_words(first["confirmed_through"]))
    provisions = [row["limb"] for row in same if row["limb"]]
    return Deed(days_words(first["effective"], first["until"]), ", ".join(shown), _some(provisions))


def _some(words: Sequence[str]) -> str:
    more = f" and {len(words) - NAMED} more" if len(words) > NAMED else ""
    return ", ".join(words[:NAMED]) + more


class MonthBar(NamedTuple):
    """How many announcements a side made in a month: place in percent, height in pixels."""

    x: str
    width: str
    y: float
    height: float
    by: str


class MonthSegment(NamedTuple):
    """A month over the whole height: place and width in percent, and its numbers in words."""

    x: str
    width: str
    words: str


class Chronicle(NamedTuple):
    """A drawing, and what a reader who does not see it is told.

    Attributes:
        height: pixels.
        bars: announcements by month and side.
        segments: months with an announcement, and what to say of each.
        grid: heights of the lines across, and the number of announcements that each stands for.
        axis_y: the line between the sides.
        years: place and words of the marks of time.
        years_y: where these words stand.
        title: what is drawn.
        description: what it shows, in a sentence.
        rows: the same as a table: month, then the number of each side.
        span: the first day that is drawn, and the first one after it.
    """

    height: int
    bars: tuple[MonthBar, ...]
    segments: tuple[MonthSegment, ...]
    grid: tuple[tuple[float, int], ...]
    axis_y: int
    years: tuple[tuple[str, str], ...]
    years_y: int
    title: str
    description: str
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    span: tuple[str, str]


STEPS = (1, 2, 5, 10, 20, 50, 100)
"""Distances between lines across, in announcements."""

FEW = 3
"""Lines across on each side that are enough."""

QUIET_YEARS = 2
"""Years without any announcement before which nothing is drawn."""

MARGIN = 4
"""Percent of the width that the numbers beside the lines take."""

UPPER, LOWER = "US", "CN"
"""The side that is drawn above the line, and the one that is drawn below it."""


def draw(found: Sequence[Happening]) -> Chronicle | None:
    """How many announcements each side made in each month; None where there are none."""
    every = [each for each in found if each.by in (UPPER, LOWER)]
    if not every:
        return None
    sided = _dense(every)
    months = list(_months(sided[0].announced, sided[-1].announced))
    counts = {month: [0, 0] for month in months}
    for each in sided:
        counts[each.announced[:MONTH]][each.by == LOWER] += 1
    most = max(max(pair) for pair in counts.values())
    bars = []
    for number, pair in enumerate(counts.values()):
        for side, count in enumerate(pair):
            if count:
                bars.append(_bar(number, len(months), side, count / most))
    earlier = len(every) - len(sided)
    busiest = max(counts, key=lambda month: sum(counts[month]))
    totals = [sum(pair[side] for pair in counts.values()) for side in (0, 1)]
    are = "is" if earlier == 1 else "are"
    left_out = f" {counted(earlier, 'earlier one')} {are} not drawn." if earlier else ""
    return Chronicle(
        height=2 * HALF + GAP + AXIS,
        bars=tuple(bars),
        segments=tuple(_segments(counts)),
        grid=tuple(_grid(most)),
        axis_y=HALF + GAP // 2,
        years=tuple(_years(months)),
        years_y=2 * HALF + GAP + AXIS - 5,
        title="Announcements of each side, month by month",
        description=(
            f"{totals[0]} announcements of the United States, drawn upward, and {totals[1]} of "
            f"China, drawn downward, from {months[0]} to {months[-1]}; the most fell in {busiest}."
            + left_out
        ),
        rows=tuple((month, tuple(pair)) for month, pair in counts.items() if any(pair)),
        span=(f"{months[0]}-01", f"{_after(months[-1])}-01"),
    )


def _dense(found: Sequence[Happening]) -> list[Happening]:
    """In order of announcement, without what lies years before all the rest."""
    ordered = sorted(found, key=lambda each: each.announced)
    start = 0
    for number, (before, after) in enumerate(pairwise(ordered), 1):
        if int(after.announced[:4]) - int(before.announced[:4]) > QUIET_YEARS:
            start = number
    return ordered[start:]


def _bar(number: int, months: int, side: int, share: float) -> MonthBar:
    height = max(3.0, share * HALF)
    y = HALF - height if side == 0 else HALF + GAP
    width = f"{0.8 * (100 - MARGIN) / months:.3f}%"
    return MonthBar(
        _across(number + 0.1, months), width, round(y, 1), round(height, 1), (UPPER, LOWER)[side]
    )


def _across(number: float, months: int) -> str:
    """Where a month begins, right of the numbers that stand beside the lines."""
    return f"{MARGIN + number / months * (100 - MARGIN):.3f}%"


def _segments(counts: Mapping[str, Sequence[int]]) -> Iterator[MonthSegment]:
    width = f"{(100 - MARGIN) / len(counts):.3f}%"
    for number, (month, pair) in enumerate(counts.items()):
        if any(pair):
            described = f"{month}: United States {pair[0]}, China {pair[1]}"
            yield MonthSegment(_across(number, len(counts)), width, described)


def _grid(most: int) -> Iterator[tuple[float, int]]:
    """Lines across on both sides; the smallest round distance that needs few of them."""
    step = next((each for each in STEPS if most <= each * FEW), STEPS[-1])
    for number in range(step, most + 1, step):
        reach = number / most * HALF
        yield round(HALF - reach, 1), number
        yield round(HALF + GAP + reach, 1), number


def _months(first: str, last: str) -> Iterator[str]:
    month = first[:MONTH]
    while month <= last[:MONTH]:
        yield month
        month = _after(month)


def _after(month: str) -> str:
    """The next month."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year:04d}-{number + 1:02d}" if number < 12 else f"{year + 1:04d}-01"


def _years(months: Sequence[str]) -> Iterator[tuple[str, str]]:
    marks = [(number, month[:4]) for number, month in enumerate(months) if month.endswith("-01")]
    step = 1 + len(marks) // 9
    for number, year in marks[::step]:
        if number / len(months) < 0.95:
            yield _across(number, len(months)), year
    if not marks:
        yield _across(0, len(months)), months[0]
