"""Timelines of a record: each provision's days as a bar, from left to right through the years.

Positions are percentages of the width, so that a drawing fits any page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from detente._shapes import NamedTuple
from detente.core.figures import counted
from detente.web.frame.words import DAY, days_words, sentence, state_class, state_words

ROW, TOP, BAR, LABEL, GAP = 46, 6, 16, 12, 6
"""Pixels: a row, space above the first, a bar, from a row's top to its words, and on to its bar."""

AXIS = 22
"""Pixels over the first row, for the years."""

MARGIN = 0.04
"""Share of the shown days that is left open after the last day on which something turns."""

MOST_YEARS = 9
"""Years that are named over a drawing; of more, every second or third is."""

ROOM_FOR_LABEL = 0.026
"""Share of the width that one sign takes on the smallest page."""

NAMED = 3
"""At most this many provisions are named; more are counted."""


class TimelineSegment(NamedTuple):
    """Days of one state: place and width in percent, its kind, and its words."""

    x: str
    width: str
    kind: str
    label: str
    words: str


class TimelineRow(NamedTuple):
    """Provisions that stand alike on every day: their text, and where the row begins, in pixels."""

    label: str
    figure: str
    label_y: int
    bar_y: int
    pieces: tuple[TimelineSegment, ...]


class TimelineDrawing(NamedTuple):
    """A drawing, and what a reader who does not see it is told.

    Attributes:
        height: pixels.
        bar_height: pixels.
        axis_y: where the words of the years stand.
        rows: one for each group of provisions.
        years: place and words of the marks of time.
        today: place of the day asked for.
        title: what is drawn.
        description: what it shows, in a sentence.
        kinds: kinds of state that occur, for the legend.
    """

    height: int
    bar_height: int
    axis_y: int
    rows: tuple[TimelineRow, ...]
    years: tuple[tuple[str, str], ...]
    today: str
    title: str
    description: str
    kinds: tuple[tuple[str, str], ...]


LEGEND = {
    "live": "in force",
    "suspended": "suspended or not enforced",
    "over": "over",
    "ahead": "announced or informal",
}


class ShownDays(NamedTuple):
    """The days that are shown, as ordinals ``[first, last)``."""

    first: int
    last: int

    def share(self, day: int) -> float:
        """Where a day lies, from 0 to 1."""
        return min(max((day - self.first) / (self.last - self.first), 0.0), 1.0)


def draw(record: Mapping[str, Any], on: str) -> TimelineDrawing | None:
    """The timelines of a record as ``one_measure`` tells it; None where no provision has a day.

    Args:
        record: the record, whose provisions have a history.
        on: the day that is marked.
    """
    groups = [group for group in grouped(record["limbs"]) if group[0]["history"]]
    if not groups:
        return None
    window = _window([run for group in groups for run in group[0]["history"]], on)
    rows = tuple(_row(number, group, window) for number, group in enumerate(groups))
    height = TOP + ROW * len(rows)
    kinds = dict.fromkeys(piece.kind for row in rows for piece in row.pieces)
    return TimelineDrawing(
        height=height + AXIS,
        bar_height=BAR,
        axis_y=AXIS - 8,
        rows=rows,
        years=tuple(_years(window)),
        today=_place(window.share(_ordinal(on))),
        title=f"The days of {record['title']}",
        description=_description(groups, record["title"]),
        kinds=tuple((kind, LEGEND[kind]) for kind in LEGEND if kind in kinds),
    )


def grouped(provisions: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Provisions whose days and states are the same, together, in order of the first of each."""
    groups: dict[Any, list[Mapping[str, Any]]] = {}
    for provision in provisions:
        key = tuple((run["from"], run["until"], run["state"]) for run in provision["history"])
        groups.setdefault(key, []).append(provision)
    return list(groups.values())


def provision_words(group: Sequence[Mapping[str, Any]]) -> str:
    """The names of provisions, or the first of them and how many more there are."""
    names = [
        provision["title"] or sentence(provision["id"].replace("-", " ")) for provision in group
    ]
    if len(names) > NAMED:
        return f"{len(names)} provisions: {'; '.join(names[:NAMED])} and others"
    return "; ".join(names)


def rate_words(group: Sequence[Mapping[str, Any]], number: int) -> str:
    """What provisions that stand alike charge in one run.

    "" where they differ or charge nothing.
    """
    rates = {provision["history"][number]["rate"] for provision in group}
    rate = rates.pop() if len(rates) == 1 else None
    return rate or ""


def _ordinal(text: str) -> int:
    return date.fromisoformat(text[:DAY]).toordinal()


def _window(runs: Sequence[Mapping[str, Any]], on: str) -> ShownDays:
    edges = [_ordinal(run[key]) for run in runs for key in ("from", "until") if run[key]]
    first, last = min([*edges, _ordinal(on)]), max([*edges, _ordinal(on)]) + 1
    return ShownDays(first, last + max(30, round((last - first) * MARGIN)))


def _row(number: int, group: Sequence[Mapping[str, Any]], window: ShownDays) -> TimelineRow:
    top = AXIS + TOP + ROW * number
    pieces = tuple(
        _piece(run, rate_words(group, at), window) for at, run in enumerate(group[0]["history"])
    )
    headings = dict.fromkeys(provision["heading"] for provision in group if provision["heading"])
    figure = next(iter(headings), "") if len(headings) == 1 else ""
    return TimelineRow(provision_words(group), figure, top + LABEL, top + LABEL + GAP, pieces)


def _piece(run: Mapping[str, Any], rate: str, window: ShownDays) -> TimelineSegment:
    start = window.share(_ordinal(run["from"])) if run["from"] else 0.0
    end = window.share(_ordinal(run["until"])) if run["until"] else 1.0
    kind = state_class(run["state"])
    fits = kind == "live" and len(rate) * ROOM_FOR_LABEL < end - start
    what = ", ".join(filter(None, (rate, state_words(run["state"]))))
    words = f"{what} {days_words(run['from'], run['until'])}".strip()
    return TimelineSegment(_place(start), _place(end - start), kind, rate if fits else "", words)


def _years(window: ShownDays) -> Iterable[tuple[str, str]]:
    """The first days of years, as many as have room."""
    first, last = (date.fromordinal(day).year for day in (window.first, window.last))
    step = 1 + (last - first) // MOST_YEARS
    for year in range(first + 1, last + 1, step):
        at = window.share(date(year, 1, 1).toordinal())
        # A year that begins at the right edge has no room for its number.
        if at < 0.95:
            yield _place(at), str(year)


def _place(share: float) -> str:
    return f"{share * 100:.3f}%"


def _description(groups: Sequence[Sequence[Mapping[str, Any]]], title: str) -> str:
    count = sum(map(len, groups))
    return (
        f"{counted(count, 'provision')} of {title}, each a bar from its first day, "
        "hatched where it is suspended and hollow where it is over."
    )
