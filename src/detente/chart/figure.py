"""Steps over days as a figure that a page draws itself: axes, units, values, marked days.

The other charts of this room are Vega-Lite dictionaries, which make files. A figure is drawn by a
template inside a page, so that it fits any width, follows light and dark, and answers to a pointer
without a script: every stretch of days has a strip over the whole height whose title says the
values. Places across are in percent of the width; paths and heights are in a box of 1000 by 1000,
which the page stretches while its lines keep their width.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from detente._shapes import NamedTuple
from detente.core.figures import long_day, percent

BOX = 1000
"""Units of the box across and down."""

GRIDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0)
"""Distances between the lines of a grid, as fractions; the first that needs few lines is taken."""

FEW = 5
"""Lines of a grid that are enough."""

MONTHS = 5
"""Months whose words fit across a figure."""

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

YEARS = 10
"""Words of years that fit across a figure."""

NOT_KNOWN = "not known"


class Track(NamedTuple):
    """One line of a figure.

    Attributes:
        name: as the legend has it.
        look: the class that gives its color and its dashes.
        points: ISO day and the fraction from that day on, in order; None where it is not known.
    """

    name: str
    look: str
    points: Sequence[tuple[str, float | None]]


class MarkedDay(NamedTuple):
    """A day to mark, in order: its number, its day, its words, and where it stands across.

    ``before`` where its number stands before the day, for want of room behind it.
    """

    number: int
    day: str
    words: str
    x: str = ""
    level: int = 0
    before: bool = False


class DaySegment(NamedTuple):
    """Days on which nothing changes: place and width in percent, and the values in words."""

    x: str
    width: str
    words: str


class FigureRow(NamedTuple):
    """A row of the table beside a figure: the first day, and the value of each line."""

    day: str
    values: tuple[str, ...]


class Drawing(NamedTuple):
    """A drawing and all that is said of it.

    Attributes:
        title: what is drawn.
        description: the same as sentences, for those who do not see it.
        unit: what the upright axis measures.
        grid: place down in percent and words of each line across.
        ticks: place across in percent and words of each year or month.
        lines: name, look, path and last value in words of each line.
        marks: the days that are marked.
        segments: values by stretch of days.
        later: place and width in percent of the days after the review; None where there are none.
        reviewed: the last reviewed day in words; "" where it is not told.
        rows: the table, newest first.
        source: where the figures are from.
        columns: what the columns of the table are.
        areas: name, look, path and last value in words of each part of a stack, the lowest first.
    """

    title: str
    description: str
    unit: str
    grid: tuple[tuple[str, str], ...]
    ticks: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str, str, str], ...]
    marks: tuple[MarkedDay, ...]
    segments: tuple[DaySegment, ...]
    later: tuple[str, str] | None
    reviewed: str
    rows: tuple[FigureRow, ...]
    source: str
    areas: tuple[tuple[str, str, str, str], ...] = ()
    columns: tuple[str, ...] = ()


def step_figure(
    title: str,
    tracks: Sequence[Track],
    days: tuple[str, str],
    *,
    unit: str,
    source: str,
    marks: Iterable[tuple[str, str]] = (),
    reviewed: str = "",
    stacked: Sequence[Track] = (),
) -> Drawing:
    """Lines in steps from one ISO day to another, both drawn.

    Args:
        title: what is drawn.
        tracks: the lines.
        days: the first and the last day.
        unit: what the upright axis measures.
        source: where the figures are from.
        marks: ISO day and words of days to mark.
        reviewed: the last ISO day whose law was read; "" for none.
        stacked: parts that add up to the first line, drawn as areas, the lowest first.

    Raises:
        ValueError: no line has a value.
    """
    span = _Span(*days)
    columns = [*stacked, *tracks]
    known = [value for each in tracks for _, value in each.points if value is not None]
    if not known:
        raise ValueError("there is nothing to draw: no day has a value")
    step = next((each for each in GRIDS if max(known) <= each * FEW), GRIDS[-1])
    # Rounded up, so that the highest value lies below a line of the grid.
    top = step * max(1, -(-max(known) // step))
    changes = sorted({max(day, days[0]) for each in columns for day, _ in each.points})
    table = [FigureRow(day, tuple(_words(_at(each, day)) for each in columns)) for day in changes]
    return Drawing(
        title=title,
        description=f"{title}. " + " ".join(_described(each) for each in tracks),
        unit=unit,
        grid=tuple(_grid(step, top)),
        ticks=tuple(span.ticks()),
        lines=tuple(
            (each.name, each.look, _path(each, span, top), _words(each.points[-1][1]))
            for each in tracks
            if each.points
        ),
        marks=tuple(_marked(marks, span)),
        segments=tuple(_segments(columns, changes, span)),
        later=span.after(reviewed),
        reviewed=long_day(reviewed) if reviewed else "",
        rows=tuple(reversed(table)),
        source=source,
        areas=tuple(_areas(stacked, changes, span, top)),
        columns=tuple(each.name for each in columns),
    )


def _areas(
    parts: Sequence[Track], changes: Sequence[str], span: _Span, top: float
) -> Iterator[tuple[str, str, str, str]]:
    """Parts of a stack as closed paths in the box, one over the other; gaps have no height."""
    base = [0.0] * len(changes)
    for part in parts:
        values = [_at(part, day) or 0.0 for day in changes]
        upper = [low + value for low, value in zip(base, values, strict=True)]
        edge = [*zip(changes, base, upper, strict=True)]
        ends = [*(span.share(day) * BOX for day in changes[1:]), float(BOX)]
        there = "".join(
            f"{'L' if number else 'M'}{span.share(day) * BOX:.1f} {BOX - high / top * BOX:.1f}"
            f"H{end:.1f}"
            for number, ((day, _, high), end) in enumerate(zip(edge, ends, strict=True))
        )
        # Back along the lower edge from the right, which closes the shape.
        back = "".join(
            f"L{end:.1f} {BOX - low / top * BOX:.1f}H{span.share(day) * BOX:.1f}"
            for (day, low, _), end in reversed([*zip(edge, ends, strict=True)])
        )
        if any(values):
            yield part.name, part.look, f"{there}{back}Z", _words(part.points[-1][1])
        base = upper


class _Span:
    """The days that are drawn, and where each lies across."""

    def __init__(self, first: str, last: str) -> None:
        self.first, self.last = first, last
        self._start = date.fromisoformat(first).toordinal()
        self._days = max(1, date.fromisoformat(last).toordinal() + 1 - self._start)

    def share(self, day: str) -> float:
        at = date.fromisoformat(day).toordinal() - self._start
        return min(1.0, max(0.0, at / self._days))

    def percent(self, day: str) -> str:
        return f"{self.share(day) * 100:.2f}%"

    def width(self, first: str, until: str | None) -> str:
        end = 1.0 if until is None else self.share(until)
        return f"{(end - self.share(first)) * 100:.2f}%"

    def ticks(self) -> Iterator[tuple[str, str]]:
        """Beginnings of years; of months where few years begin in the days."""
        years = list(self.years())
        if len(years) > 2:
            yield from years
            return
        year, month = int(self.first[:4]), int(self.first[5:7])
        count = (int(self.last[:4]) - year) * 12 + int(self.last[5:7]) - month
        for number in range(1, count + 1, 1 + count // MONTHS):
            at, name = divmod(month - 1 + number, 12)
            day = f"{year + at}-{name + 1:02d}-01"
            if self.share(day) < ROOM:
                yield self.percent(day), f"{NAMES[name]} {year + at}"

    def years(self) -> Iterator[tuple[str, str]]:
        years = [
            year
            for year in range(int(self.first[:4]), int(self.last[:4]) + 1)
            if f"{year}-01-01" >= self.first
        ]
        for year in years[:: 1 + len(years) // YEARS]:
            yield self.percent(f"{year}-01-01"), str(year)

    def after(self, reviewed: str) -> tuple[str, str] | None:
        if not reviewed or reviewed >= self.last:
            return None
        day = (date.fromisoformat(reviewed) + timedelta(1)).isoformat()
        return self.percent(day), self.width(day, None)


def _grid(step: float, top: float) -> Iterator[tuple[str, str]]:
    for number in range(round(top / step) + 1):
        yield f"{100 - number * step / top * 100:.2f}%", percent(str(round(number * step, 6)), 0)


def _at(track: Track, day: str) -> float | None:
    value = None
    for on, each in track.points:
        if on > day:
            break
        value = each
    return value


def _words(value: float | None) -> str:
    return NOT_KNOWN if value is None else percent(f"{value:.6f}", 1)


def _path(track: Track, span: _Span, top: float) -> str:
    """Steps of a line in the box; a stretch that is not known is left open."""
    parts: list[str] = []
    drawn = False
    for day, value in track.points:
        x = round(span.share(day) * BOX, 1)
        if value is None:
            parts += [f"H{x:g}"] if drawn else []
            drawn = False
            continue
        y = round(BOX - value / top * BOX, 1)
        parts.append(f"H{x:g}V{y:g}" if drawn else f"M{x:g} {y:g}")
        drawn = True
    return "".join([*parts, f"H{BOX}"] if drawn else parts)


def _segments(tracks: Sequence[Track], changes: Sequence[str], span: _Span) -> Iterator[DaySegment]:
    for number, day in enumerate(changes):
        until = changes[number + 1] if number + 1 < len(changes) else None
        values = "; ".join(f"{each.name} {_words(_at(each, day))}" for each in tracks)
        when = f"from {long_day(day)}" + (f" until {long_day(until)}" if until else "")
        yield DaySegment(span.percent(day), span.width(day, until), f"{values}, {when}")


ROOM = 0.92
"""Share of the width behind which the words of a month have no room."""

RIGHT = 0.95
"""Share of the width from which on a number stands before its day."""

LEVELS = 4
"""Heights at which neighboring numbers stand, so that they do not cover each other."""


def _marked(marks: Iterable[tuple[str, str]], span: _Span) -> Iterator[MarkedDay]:
    for number, (day, words) in enumerate(marks, 1):
        level, before = (number - 1) % LEVELS, span.share(day) > RIGHT
        yield MarkedDay(number, day, words, span.percent(day), level, before)


def _described(track: Track) -> str:
    """A line in a sentence."""
    known = [(day, value) for day, value in track.points if value is not None]
    if not known:
        return f"{track.name} has no value."
    highest: Mapping[str, float] = dict(known)
    day = max(highest, key=lambda each: highest[each])
    return (
        f"{track.name} begins at {_words(known[0][1])}, is highest on {long_day(day)} with "
        f"{_words(highest[day])} and ends at {_words(known[-1][1])}."
    )
