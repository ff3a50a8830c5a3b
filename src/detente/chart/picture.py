"""From a Vega-Lite dictionary to a file: SVG, PNG, the dictionary itself, or its data as CSV."""

from __future__ import annotations

import json
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.core.tables.writing import csv_text
from detente.store.whole import write_whole

if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from detente.chart.vega import Chart, ChartRow

SUFFIXES = (".svg", ".png", ".json", ".csv")
SCALE = 2  # pixels of a PNG for each unit of the chart
ALWAYS = ("on", "name", "rate")
FURTHER = ("high", "announced", "side", "kind", "state", "title")
NAMING = ("on", "name", "announced", "side", "kind", "state", "title")
"""What tells one row of a chart's data from another."""

INSTALL = 'drawing needs an extra package: pip install "detente[chart]"'


class ChartError(ValueError):
    """A picture that cannot be made; the message says what to do."""


def check_target(path: Path) -> None:
    """Refuse a file whose suffix names no format, before anything is computed.

    Raises:
        ChartError: the suffix is none of those that are written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise ChartError(f"{path} has no suffix of a picture: write {', '.join(SUFFIXES)}")


def write_picture(spec: Chart, path: Path) -> list[str]:
    """Write a chart in the format that the file's suffix names.

    Args:
        spec: a Vega-Lite dictionary that holds its data.
        path: a file that ends in .svg, .png, .json (the dictionary) or .csv (its data).

    Returns:
        Warnings, such as that the words need a font that this machine does not have.

    Raises:
        ChartError: the suffix names no format, or the extra for drawing is not installed.
    """
    check_target(path)
    suffix = path.suffix.lower()
    if suffix == ".json":
        text = json.dumps(spec, ensure_ascii=False, indent=1)
        write_whole(path, f"{text}\n".encode())
    elif suffix == ".csv":
        write_whole(path, chart_csv(spec).encode())
    elif suffix == ".svg":
        write_whole(path, chart_svg(spec).encode())
    else:
        write_whole(path, chart_png(spec))
        if has_han(json.dumps(spec, ensure_ascii=False)) and not chinese_font_at_hand():
            return [
                f"{path} has Chinese words and no font of this machine has their signs: install "
                "one, such as Noto Sans CJK, or write .svg, which the reader's fonts draw"
            ]
    return []


def chart_svg(spec: Chart) -> str:
    """The chart as SVG, with its title and description for those who hear it read.

    Raises:
        ChartError: the extra for drawing is not installed.
    """
    from xml.sax.saxutils import escape

    svg: str = converter().vegalite_to_svg(spec)
    title = spec["title"]["text"] if isinstance(spec.get("title"), dict) else ""
    described = f"<title>{escape(title)}</title><desc>{escape(spec.get('description', ''))}</desc>"
    head, bracket, rest = svg.partition(">")
    return f'{head} role="img"{bracket}{described}{rest}\n'


def chart_png(spec: Chart) -> bytes:
    """The chart as PNG.

    Raises:
        ChartError: the extra for drawing is not installed.
    """
    png: bytes = converter().vegalite_to_png(spec, scale=SCALE)
    return png


def chart_csv(spec: Chart) -> str:
    """The rows that a chart draws, each once: day, name, rate, and what else its rows have."""
    rows: dict[tuple[str, ...], ChartRow] = {}
    for values in _data(spec):
        for row in values:
            if "on" in row:
                rows[tuple(str(row.get(column, "")) for column in NAMING)] = row
    used = [*ALWAYS, *(each for each in FURTHER if any(each in row for row in rows.values()))]
    return csv_text(used, ([row.get(column, "") for column in used] for row in rows.values()))


def has_han(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return any("\u3400" <= sign <= "\u9fff" for sign in text)


def chinese_font_at_hand() -> bool:
    """Whether the machine's list of fonts names one for Chinese; false where there is no list."""
    import shutil
    import subprocess

    program = shutil.which("fc-list")
    if program is None:
        return False
    listed = subprocess.run([program, ":lang=zh", "family"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def converter() -> ModuleType:
    """The library that draws.

    Raises:
        ChartError: the extra for drawing is not installed.
    """
    try:
        import vl_convert
    except ImportError:
        raise ChartError(INSTALL) from None
    return vl_convert


def _data(spec: Any) -> list[list[ChartRow]]:
    """The values of every `data` inside a dictionary, in order."""
    found = []
    if isinstance(spec, dict):
        data = spec.get("data")
        if isinstance(data, dict) and isinstance(data.get("values"), list):
            found.append(data["values"])
        for value in spec.values():
            found += _data(value)
    elif isinstance(spec, list):
        for value in spec:
            found += _data(value)
    return found
