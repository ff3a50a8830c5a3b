"""A country's share of imports over years: a line by value, a step over several by quantity."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.chart.drawn import Picture, cells, dot, legend, line, trail
from detente.chart.mineral_flow import lower
from detente.chart.mineral_time import (
    ABOVE,
    TALL,
    UNDER,
    YEAR,
    Axis,
    ControlMark,
    control_marks,
    frame,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.answers.supply import MineralAnswer

WORDS = {
    "import-share-value": ("by value", "c0", "l0"),
    "import-share": ("by quantity, several years together", "c1", "l1"),
}
COLUMNS = ("year", "country", "kind", "share", "source", "grade", "note")


def import_shares_picture(
    answer: MineralAnswer, events: Sequence[ControlMark] = ()
) -> Picture | None:
    """The share of the country with the most years in US imports; None for fewer than two points.

    Figures of the groups that a mineral is counted within are none of its own, and not drawn.
    """
    rows = [
        each
        for each in answer["import_shares"]
        if each["unit"] == "%" and each["value"][1] is not None
    ]
    countries = [each["country"] for each in rows]
    if len(rows) < 2:
        return None
    country = max(dict.fromkeys(countries), key=countries.count)
    rows = [each for each in rows if each["country"] == country]
    spans = [(_span(each["year"]), each) for each in rows]
    axis = Axis(min(first for (first, _), _ in spans), max(last for (_, last), _ in spans))
    top = 14.0 + ABOVE

    def y(share: float) -> float:
        return top + TALL * (1 - share / 100)

    marks = [(y(25.0 * part), f"{25 * part}%") for part in range(5)]
    parts = [frame(axis, top, marks), control_marks(axis, top, events)]
    for kind, (words, fill, stroke) in WORDS.items():
        points = [
            (span, lower(each["value"]), each) for span, each in spans if each["what"] == kind
        ]
        points.sort(key=lambda point: point[0])
        whole = [
            (axis.x(first + 0.5), y(share)) for (first, last), share, _ in points if first == last
        ]
        if len(whole) > 1:
            parts.append(trail(whole, stroke))
        for (first, last), share, each in points:
            stated = f"{country}, {each['year']}, {words}: {each['value'][0]}%"
            if first != last:
                parts.append(line(axis.x(first), y(share), axis.x(last + 1), y(share), stroke))
            parts.append(dot(axis.x((first + last + 1) / 2), y(share), fill, stated))
    names = [(words, fill) for kind, (words, fill, _) in WORDS.items()
             if kind in {each["what"] for each in rows}]  # fmt: skip
    shown, end = legend(names, top + TALL + UNDER)
    return Picture(
        "import-shares",
        f"{answer['name'].capitalize()}: share of {country} in the imports of the United States",
        "Each point is a year's figure; a step is one figure for several years together. The "
        "country is that which sent, and need not be where it was mined.",
        round(end),
        "".join([*parts, shown]),
        COLUMNS,
        tuple(
            cells((each["year"], each["country"], each["what"], each["value"][0], each["source"],
                   each["grade"], each["note"]))
            for each in rows
        ),
        "; ".join(dict.fromkeys(each["source"] for each in rows)),
    )  # fmt: skip


def _span(year: str) -> tuple[int, int]:
    """The first and the last year of a figure."""
    return int(year[:YEAR]), int(year[-YEAR:])
