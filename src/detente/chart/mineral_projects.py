"""The projects of a mineral on a line of days: what each was in, and when it is to begin.

A filled point is a state with a day, a hollow one what owners announce: the first output, and the
full rate where it is told. Nothing is drawn where no source has a day.
"""

from __future__ import annotations

import math

from detente._shapes import TYPE_CHECKING
from detente.chart.drawn import WIDTH, Picture, cells, dot, legend, line, text, trail
from detente.chart.mineral_time import Axis, ControlMark, as_of, control_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.answers.supply import MineralAnswer, MineralProject, MineralStage, ProjectState

LEFT, ROW, ABOVE, UNDER = 190, 17, 26, 30
"""Units: for names, a project's row, above the rows, and under them."""
LOOKS = {
    "announced": "c2",
    "uncertain": "rest",
    "studies": "c2",
    "permits": "c4",
    "financing": "c4",
    "funded": "c4",
    "building": "c1",
    "commissioning": "c3",
    "ramping": "c5",
    "producing": "c5",
    "delayed": "c0",
    "interrupted": "c0",
}
"""Looks of the states: plans, money and permits, building, commissioning, output, set back."""
NAMED = (
    ("announced or studied", "c2"),
    ("permits or money", "c4"),
    ("building", "c1"),
    ("commissioning", "c3"),
    ("output", "c5"),
    ("delayed or interrupted", "c0"),
)
COLUMNS = ("stage", "project", "country", "when", "what", "capacity", "unit", "source", "note")
LONG = 33
"""Signs of a name that fit beside its row."""


def timeline_picture(answer: MineralAnswer, events: Sequence[ControlMark] = ()) -> Picture | None:
    """All projects outside the countries cut off, a row each; None where none has any day."""
    groups = [(stage, list(_dated(stage))) for stage in answer["stages"]]
    groups = [(stage, projects) for stage, projects in groups if projects]
    if not groups:
        return None
    years = [
        math.floor(as_of(when))
        for _, projects in groups
        for row in projects
        for when in (*_ahead(row).values(), *(each["on"] for each in row["states"]))
    ]
    axis = Axis(min(years), max(years), LEFT)
    parts, rows, y = [], [], float(ABOVE)
    for stage, projects in groups:
        parts.append(text(0, y + 12, stage["title"], "title"))
        y += ROW
        for row in projects:
            parts += _row(axis, row, y + ROW / 2)
            rows += list(_cells(stage, row))
            y += ROW
    parts = [*_ground(axis, y, events), *parts]
    shown, end = legend(NAMED, y + UNDER)
    return Picture(
        "timeline",
        f"{answer['name'].capitalize()}: projects by day",
        "Filled points are states of a project on the day, month or year of a source; hollow ones "
        "are its first output and its full rate as announced, which is not a forecast.",
        round(end),
        "".join([*parts, shown]),
        COLUMNS,
        tuple(rows),
        "; ".join(dict.fromkeys(row[COLUMNS.index("source")] for row in rows)),
    )


def _dated(stage: MineralStage) -> Iterator[MineralProject]:
    """The projects of a stage that have any day, the earliest first."""
    outside = stage["capacity_outside"]
    if outside is None:
        return
    dated = [
        row
        for row in (*outside["projects"], *outside["not_counted"])
        if row["states"] or _ahead(row)
    ]
    yield from sorted(dated, key=lambda row: (_first(row), row["project"]))


def _first(row: MineralProject) -> float:
    return min(as_of(when) for when in (*(s["on"] for s in row["states"]), *_ahead(row).values()))


def _ahead(row: MineralProject) -> dict[str, str]:
    """The years that the owner announces, by what they are of; a span by its later end."""
    described = {"first output": row["first_output"], "full rate": row["full_rate"]}
    return {what: when.partition("/")[2] or when for what, when in described.items() if when}


def _row(axis: Axis, row: MineralProject, y: float) -> list[str]:
    name = f"{row['project']} ({row['country']})"
    short = name if len(name) <= LONG else f"{row['project'][: LONG - 6]}… ({row['country']})"
    parts = [text(LEFT - 8, y + 4, short, "small", "end")]
    points = [(axis.x(as_of(each["on"])), each) for each in row["states"]]
    ahead = [(axis.x(as_of(when)), what, when) for what, when in _ahead(row).items()]
    ends = [x for x, _ in points] + [x for x, _, _ in ahead]
    if len(ends) > 1:
        parts.append(trail([(min(ends), y), (max(ends), y)], "l2 ahead"))
    parts += [
        dot(x, y, "hollow l5", f"{name}: {what} announced for {when}", 4.5)
        for x, what, when in ahead
    ]
    parts += [
        dot(x, y, LOOKS.get(each["state"], "rest"), _words(name, each), 3.2) for x, each in points
    ]
    return parts


def _words(name: str, state: ProjectState) -> str:
    note = f", {state['note']}" if state["note"] else ""
    return f"{name}: {state['state']}, {state['on']}{note}"


def _cells(stage: MineralStage, row: MineralProject) -> Iterator[tuple[str, ...]]:
    about = (stage["stage"], row["project"], row["country"])
    size = (row["capacity"], row["unit"] if row["capacity"] else "")
    for each in row["states"]:
        yield cells((*about, each["on"], each["state"], *size, each["source"], each["note"]))
    for what, when in _ahead(row).items():
        yield cells((*about, when, f"{what} announced", *size, row["source"], row["note"]))


def _ground(axis: Axis, bottom: float, events: Sequence[ControlMark]) -> Iterator[str]:
    """The years under the rows, and the days of controls through them."""
    yield line(LEFT, bottom, WIDTH - 8, bottom, "axis")
    years = range(axis.first, axis.last + 1)
    every = max(1, math.ceil(len(years) / 10))
    for year in years:
        x = axis.x(year)
        if (year - axis.first) % every == 0:
            yield line(x, ABOVE, x, bottom + 5, "grid")
            yield text(x + 2, bottom + 16, str(year))
    yield control_marks(axis, ABOVE, events, bottom)
