"""Pictures drawn as SVG by themselves, without script and without another program.

A picture is a body of shapes whose looks are classes: a page gives them colors of its own, light or
dark, and a file of its own carries the sheet below. Both have a title, a description in words and
the rows that were drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.chart.steps import PALETTE
from detente.core.tables.writing import csv_text

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

WIDTH = 720
SCALE = 2
"""Pixels of a PNG for each unit of a picture."""


class Picture(NamedTuple):
    """A drawing, and what a reader who does not see it is told.

    Attributes:
        name: for addresses and files.
        title: what is drawn.
        description: the same in a sentence or two.
        height: units; the width is always ``WIDTH``.
        body: shapes as SVG.
        columns: of the rows.
        rows: what was drawn, for a table and a CSV file.
        source: where the numbers are from.
    """

    name: str
    title: str
    description: str
    height: int
    body: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str


SHEET = "".join(
    (
        "text{font:11px sans-serif;fill:#222}.small{font-size:10px}.title{font-weight:600}",
        ".grid{stroke:#ddd}.axis{stroke:#777}.rule{stroke:#444;stroke-dasharray:4 3}",
        ".need{stroke:#222;stroke-width:1.5;stroke-dasharray:6 3}.unknown{fill:none;stroke:#777;",
        "stroke-dasharray:3 3}.rest{fill:#aaa}.faint{fill:#aaa;fill-opacity:.4}",
        ".line{fill:none;stroke-width:2}",
        ".ahead{stroke-dasharray:5 4}.hollow{fill:#fff;stroke-width:1.5}",
        *(
            f".c{number}{{fill:{color}}}.l{number}{{stroke:{color}}}"
            f".r{number}{{fill:{color};fill-opacity:.4}}"
            for number, color in enumerate(PALETTE)
        ),
    )
)


def svg_text(picture: Picture) -> str:
    """A file of its own: white ground, the sheet within, title and description first."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{picture.height + 24}" '
        f'viewBox="0 -24 {WIDTH} {picture.height + 24}" role="img">'
        f"<title>{escape(picture.title)}</title><desc>{escape(picture.description)}</desc>"
        f"<style>{SHEET}</style>"
        f'<rect x="0" y="-24" width="{WIDTH}" height="{picture.height + 24}" fill="#fff"/>'
        f"{text(0, -9, picture.title, 'title')}{picture.body}</svg>\n"
    )


def png_bytes(picture: Picture) -> bytes:
    """The same as PNG.

    Raises:
        ChartError: the extra for drawing is not installed.
    """
    from detente.chart.picture import converter

    made: bytes = converter().svg_to_png(svg_text(picture), scale=SCALE)
    return made


def csv_bytes(picture: Picture) -> bytes:
    """The rows that are drawn."""
    return csv_text(picture.columns, picture.rows).encode()


def write_drawn(picture: Picture, path: Path) -> None:
    """Write a picture in the format that the file's suffix names.

    Raises:
        ChartError: the suffix names none of .svg, .png and .csv.
    """
    from detente.chart.picture import ChartError
    from detente.store.whole import write_whole

    makers = {
        ".svg": lambda: svg_text(picture).encode(),
        ".png": lambda: png_bytes(picture),
        ".csv": lambda: csv_bytes(picture),
    }
    suffix = path.suffix.lower()
    if suffix not in makers:
        raise ChartError(f"{path} is not a picture of this kind: write {', '.join(makers)}")
    write_whole(path, makers[suffix]())


def text(x: float, y: float, words: str, look: str = "", anchor: str = "start") -> str:
    """Words at a point."""
    kind = f' class="{look}"' if look else ""
    end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}"{kind}{end}>{escape(words)}</text>'


def rect(x: float, y: float, width: float, height: float, look: str, words: str = "") -> str:
    """A box; ``words`` show when it is pointed at."""
    described = f"<title>{escape(words)}</title>" if words else ""
    # Never thinner than can be seen: a tiny share is not none.
    box = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{max(height, 0.5):.1f}"'
    return f'<rect {box} class="{look}">{described}</rect>'


def line(x1: float, y1: float, x2: float, y2: float, look: str) -> str:
    """A straight line."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{look}"/>'


def trail(points: Sequence[tuple[float, float]], look: str) -> str:
    """A line through points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" class="line {look}"/>'


def dot(x: float, y: float, look: str, words: str = "", radius: float = 3.5) -> str:
    """A point; ``words`` show when it is pointed at."""
    described = f"<title>{escape(words)}</title>" if words else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" class="{look}">{described}</circle>'


def ribbon(
    start: tuple[float, float, float], end: tuple[float, float, float], look: str, words: str
) -> str:
    """A band from one place to another, each x, upper y and height."""
    (x1, y1, h1), (x2, y2, h2) = start, end
    middle = (x1 + x2) / 2
    path = (
        f"M{x1:.1f},{y1:.1f} C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f} "
        f"L{x2:.1f},{y2 + h2:.1f} C{middle:.1f},{y2 + h2:.1f} {middle:.1f},{y1 + h1:.1f} "
        f"{x1:.1f},{y1 + h1:.1f} Z"
    )
    return f'<path d="{path}" class="{look}"><title>{escape(words)}</title></path>'


def legend(names: Iterable[tuple[str, str]], y: float) -> tuple[str, float]:
    """Names with their looks in rows; the shapes, and the y under them."""
    parts, x = [], 0.0
    for name, look in names:
        width = 22 + 6.2 * len(name)
        if x + width > WIDTH and x:
            x, y = 0.0, y + 16
        parts += [rect(x, y - 8, 12, 9, look), text(x + 16, y, name, "small")]
        x += width
    return "".join(parts), y + 14


def cells(row: Iterable[Any]) -> tuple[str, ...]:
    """A row of texts."""
    return tuple("" if each is None else str(each) for each in row)
