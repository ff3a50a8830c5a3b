"""Write the tables of averages into docs/why-the-averages-differ.md, or check if they are current.

Published figures stand in docs/published-averages.tsv, those of China's duties in
docs/published-averages-china.tsv, and its additional duties at each step of 2018 and 2019 in
docs/published-steps-china.tsv; the columns beside them are computed here.
With `--check` nothing is written: the exit code says whether the table is current.
"""

from __future__ import annotations

import csv
import sys
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from detente.answers.average import AveragePoint  # noqa: E402
from detente.average.answer import AverageQuestion, answer_average  # noqa: E402
from detente.goods.schedule import Schedule  # noqa: E402
from detente.register.book import Register  # noqa: E402
from detente.trade.flows import Flows  # noqa: E402

PAGE = ROOT / "docs" / "why-the-averages-differ.md"
PUBLISHED = ROOT / "docs" / "published-averages.tsv"
PUBLISHED_CHINA = ROOT / "docs" / "published-averages-china.tsv"
STEPS_CHINA = ROOT / "docs" / "published-steps-china.tsv"
LINES, CHAPTERS = "us-imports-2024", "us-imports-2017-chapters"
WORLD, CHINA_CHAPTERS = "us-exports-world-2017", "us-exports-2017-chapters"
CHINA_PRODUCTS = "us-exports-2017"
FIRST_CHINA = "2018-01-01"
BAND = "25%"
MARKS = ("averages", "averages-china", "steps-china")
"""Names of the tables in the page, between comments of that name."""


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


def published(path: Path = PUBLISHED) -> list[Published]:
    """The published figures, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        next(rows)
        return [Published(*row) for row in rows]


def computed(weights: str, days: list[str]) -> dict[str, Computed]:
    """Our averages on some days, read off one series."""
    register, schedule, flows = Register.built_in(), Schedule(), Flows()
    asked = AverageQuestion("CN", min(days), max(days), weights=weights, band=BAND)
    series = answer_average(register, schedule, flows, asked)["series"]
    return {day: _at(series, day) for day in days}


def _at(series: list[AveragePoint], day: str) -> Computed:
    point = [each for each in series if each["on"] <= day][-1]
    whole, low = point["average"], point["average_low"]
    if whole is None or low is None:
        raise ValueError(f"no average of {day}")
    return Computed(Fraction(whole) * 100, Fraction(low) * 100)


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


def china_table() -> str:
    """The table of China's additional duties: the published total less its ordinary part, and ours.

    The ordinary part is the published one before the first answer, and after the steps the total of
    the last of them less its additional duties.
    """
    rows, steps = published(PUBLISHED_CHINA), published(STEPS_CHINA)
    first, after, *_ = rows
    ordinary = Fraction(after.percent) - Fraction(steps[-1].percent)
    ours = {name: china_series(name, rows) for name in (WORLD, CHINA_CHAPTERS)}
    names = " | ".join(f"`{name}`" for name in ours)
    lines = [
        f"| day | published | less its ordinary duties | {names} | |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        part = Fraction(first.percent) if row is first else ordinary
        ends = [f"{float(Fraction(end) - part):.2f}" for end in row.percent.split("-")]
        note = "; ".join(each for each in (row.grade, row.note) if each)
        shown = row.percent.replace("-", " to ")
        cells = [" to ".join(dict.fromkeys(_ends(series, row.on))) for series in ours.values()]
        lines.append(f"| {row.on} | {shown} | {' to '.join(ends)} | {' | '.join(cells)} | {note} |")
    return "\n".join(lines)


def steps_table() -> str:
    """The table of the steps of 2018 and 2019: published, and ours by three weightings."""
    rows = published(STEPS_CHINA)
    ours = {name: china_series(name, rows) for name in (WORLD, CHINA_CHAPTERS, CHINA_PRODUCTS)}
    names = " | ".join(f"`{name}`" for name in ours)
    lines = [
        f"| day | step | published | {names} |",
        "|---|---|---|---|---|---|",
    ]
    before = dict.fromkeys(("", *ours), Fraction(0))
    for row in rows:
        now = {"": Fraction(row.percent)}
        now |= {name: Fraction(_ends(series, row.on)[0]) for name, series in ours.items()}
        cells = [f"{float(now[name] - before[name]):+.2f}" for name in now]
        lines.append(f"| {row.on} | {row.note} | {' | '.join(cells)} |")
        before = now
    return "\n".join(lines)


def china_series(weights: str, rows: list[Published]) -> list[AveragePoint]:
    """China's additional duties over the days of some rows, by a weighting."""
    register, schedule, flows = Register.built_in(), Schedule(), Flows()
    start = min(FIRST_CHINA, rows[0].on)
    asked = AverageQuestion("US", start, rows[-1].on, destination="CN", weights=weights)
    return answer_average(register, schedule, flows, asked)["series"]


def _ends(series: list[AveragePoint], day: str) -> list[str]:
    """Both ends of the average of a day, in percent."""
    point = [each for each in series if each["on"] <= day][-1]
    return [_percent(end) for end in (point["average"], point["average_high"]) if end is not None]


def _percent(share: str) -> str:
    return f"{float(Fraction(share) * 100):.2f}"


def renewed(page: str) -> str:
    """The page with its tables written anew.

    Raises:
        ValueError: the page does not have exactly one pair of markers for each.
    """
    for mark, made in zip(MARKS, (table, china_table, steps_table), strict=True):
        start, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
        if page.count(start) != 1 or page.count(end) != 1:
            raise ValueError(f"{PAGE.name} must have one {start} and one {end}")
        before, _, rest = page.partition(start)
        page = f"{before}{start}\n{made()}\n{end}{rest.partition(end)[2]}"
    return page


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
