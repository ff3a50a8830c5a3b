"""China's two lists of 2025 on goods of the United States, by subheading.

Neither annex is in hand. For March 2025 a public compilation and a comparison of total duties on
the days before and after agree on all but a few subheadings; where they differ, the comparison is
followed, since it is written in the codes of 2022, which were law. For February 2025 there is the
comparison alone. A subheading of which some lines are listed is unknown, but for
soybeans, whose lines are known by themselves.
"""

import csv
from pathlib import Path

from encode.china.china_lines import BLACK_SOYBEANS, OTHER_SOYBEANS, SOYBEANS
from encode.list_files import CodeList, Row

BY_DUTY = "china/2026-11/cn_2025_lists_hs6.csv"
MARCH = {
    "15": "china/china-15-percent-US-exports-030425.csv",
    "10": "china/china-10-percent-US-exports-030425.csv",
}

FEBRUARY_WORDS = {
    "15": "coal and liquefied natural gas",
    "10": "crude oil, farm machinery, large cars and pickups",
}


def lists_of_2025(reference: Path) -> list[CodeList]:
    """The lists of 10 February and 10 March 2025, by rate."""
    with (reference / BY_DUTY).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        *(_february(rate, _of(rows, "SCTC 2025 No.1", rate)) for rate in FEBRUARY_WORDS),
        *(
            _march(reference / name, rate, _of(rows, "SCTC 2025 No.2", rate))
            for rate, name in MARCH.items()
        ),
    ]


def _of(rows: list[dict[str, str]], notice: str, rate: str) -> list[Row]:
    """Rows of one notice and rate; a subheading listed in part is unknown."""
    found = []
    for row in rows:
        if (row["notice"], float(row["rate_of_listed_lines"])) != (notice, float(rate)):
            continue
        if row["whole_hs6"] == "yes":
            found.append(Row(row["hs6"]))
        else:
            note = f"listed in part: {float(row['coverage']):.0%} of its lines by number"
            found.append(Row(row["hs6"], note=note, state="unknown"))
    return found


def _february(rate: str, rows: list[Row]) -> CodeList:
    meta = (
        ("title", f"China, 10 February 2025, {rate} percent: {FEBRUARY_WORDS[rate]}"),
        ("source", "sctc-1-2025, wto-tariff-tracker"),
        ("place", "HS6, where total duties rose on that day; its list of codes was not read"),
        ("count", f"{len(rows)} subheadings"),
        ("grade", "secondary"),
    )
    return CodeList(f"cn-february-2025-{rate}", meta, tuple(rows))


def _march(path: Path, rate: str, rows: list[Row]) -> CodeList:
    """One of the two lists of March, held against the public compilation.

    Raises:
        ValueError: the compilation has another rate, or more than a few codes of another tariff.
    """
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    if {float(row["tariff"]) for row in read} != {float(rate)}:
        raise ValueError(f"{path.name}: not every row is at {rate} percent.")
    lost = {row["hs-code"] for row in read} - {row.code for row in rows}
    if len(lost) > 7:
        raise ValueError(f"{path.name}: {len(lost)} codes are not in the comparison of duties.")
    if rate == "10":  # the two lines of yellow soybeans, and not the other three
        rows = [row for row in rows if row.code != SOYBEANS] + [Row(SOYBEANS)]
        rows += [Row(line, out=True) for line in (BLACK_SOYBEANS, *OTHER_SOYBEANS)]
    meta = (
        ("title", f"China, 10 March 2025, {rate} percent"),
        ("source", "sctc-2-2025, trade-war-redux, wto-tariff-tracker, chinesetariff"),
        ("place", "HS6 of 2022, by a public compilation and where total duties rose on that day"),
        ("count", f"{len(rows)} subheadings"),
        ("grade", "secondary"),
    )
    return CodeList(f"cn-march-2025-{rate}", meta, tuple(rows))
