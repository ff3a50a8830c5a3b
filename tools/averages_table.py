"""Write the table of averages into docs/why-the-averages-differ.md, or check that it is current.

Published figures stand in docs/published-averages.tsv; the columns beside them are computed here.
With `--check` nothing is written: the exit code says whether the table is current.
"""

from __future__ import annotations

import csv
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from detente.answer.average import AverageQuestion, answer_average  # noqa: E402
from detente.goods.schedule import Schedule  # noqa: E402
from detente.register.book import Register  # noqa: E402
from detente.trade.flows import Flows  # noqa: E402

PAGE = ROOT / "docs" / "why-the-averages-differ.md"
PUBLISHED = ROOT / "docs" / "published-averages.tsv"
LINES, CHAPTERS = "us-imports-2024", "us-imports-2017-chapters"
BAND = "25%"
START, END = "<!-- averages -->", "<!-- /averages -->"


class Published(NamedTuple):
    """A published average: by whom, of which day, in percent, how well known."""

    by: str
    on: str
    percent: str
    grade: str
    note: str


class Computed(NamedTuple):
    """Our average of a day in percent, with metal contents at the whole value and at a share."""

    whole: Fraction
    low: Fraction


def published() -> list[Published]:
    """The published figures, in the order of the file."""
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        next(rows)
        return [Published(*row) for row in rows]


def computed(weights: str, days: list[str]) -> dict[str, Computed]:
    """Our averages on some days, read off one series."""
    register, schedule, flows = Register.built_in(), Schedule(), Flows()
    asked = AverageQuestion("CN", min(days), max(days), weights=weights, band=BAND)
    series = answer_average(register, schedule, flows, asked)["series"]
    return {day: _at(series, day) for day in days}


def _at(series: list[dict[str, Any]], day: str) -> Computed:
    point = [each for each in series if each["on"] <= day][-1]
    return Computed(Fraction(point["average"]) * 100, Fraction(point["average_low"]) * 100)


def table() -> str:
    """The table in Markdown."""
    rows = published()
    days = sorted({row.on for row in rows})
    ours = [computed(weights, days) for weights in (LINES, CHAPTERS)]
    lines = [
        f"| day | published | by | `{LINES}` | `{CHAPTERS}` | |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        cells = [_band(figures[row.on]) for figures in ours]
        note = "; ".join(each for each in (row.grade, row.note) if each)
        lines.append(f"| {row.on} | {row.percent} | {row.by} | {cells[0]} | {cells[1]} | {note} |")
    return "\n".join(lines)


def _band(figure: Computed) -> str:
    whole, low = f"{float(figure.whole):.2f}", f"{float(figure.low):.2f}"
    return whole if whole == low else f"{whole} / {low}"


def renewed(page: str) -> str:
    """The page with its table written anew.

    Raises:
        ValueError: the page does not have exactly one pair of markers.
    """
    if page.count(START) != 1 or page.count(END) != 1:
        raise ValueError(f"{PAGE.name} must have one {START} and one {END}")
    before, _, rest = page.partition(START)
    after = rest.partition(END)[2]
    return f"{before}{START}\n{table()}\n{END}{after}"


def main() -> int:
    """Write the table, or with `--check` compare it, and return the exit code."""
    old = PAGE.read_text(encoding="utf-8")
    new = renewed(old)
    if "--check" in sys.argv[1:]:
        print("averages: current" if new == old else "averages: stale; run this without --check")
        return int(new != old)
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
