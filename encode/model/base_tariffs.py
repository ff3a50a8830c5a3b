"""Make the duties that the United States collected, by division of ISIC and year, for worlds.

    python -m encode.model.base_tariffs [REFERENCE] [--to data/model]

Nothing of REFERENCE is read: the calculated duty by month, chapter and partner is compiled already
(`data/trade/claims/collected.tsv`, of the Census Bureau), and the crosswalk is kept by hand. A
chapter whose headings belong to several divisions goes to the one of most of them; special and
temporary provisions are left out, since what the goods are is not told there.

    rate(year, division, partner) = duty / value, over the chapters of the division

Partners are China, and all others together: a partner with a free-trade agreement pays less than
that, and others more.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from detente.impact.accounts.layout import crosswalk
from encode.goods.schedule import write_table
from encode.program import write_tables

COLLECTED = Path("data/trade/claims/collected.tsv")
CROSSWALK = Path("data/model/crosswalk-hs.tsv")
TARGET = Path("data/model")
ALL, CHINA, OTHERS, NONE = "all", "CN", "others", "-"
CHAPTER = 2
MONTHS = 12
LAST_ORDINARY = "2017"
"""The last year before the additional duties of 2018 on steel, aluminum and goods of China."""


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write the table; return its rows. The folder of publications is not needed.

    Raises:
        FileNotFoundError: a compiled table is missing.
    """
    division = _divisions()
    sums: dict[tuple[str, str, str], list[int]] = {}
    months: dict[str, set[str]] = {}
    with COLLECTED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            months.setdefault(row["month"][:4], set()).add(row["month"])
            of = division.get(row["chapter"], NONE)
            if of == NONE:
                continue
            both = sums.setdefault((row["month"][:4], of, row["partner"]), [0, 0])
            both[0] += int(row["value"])
            both[1] += int(row["duty"])
    rows = []
    for (year, of, partner), (value, duty) in sorted(sums.items()):
        if partner != ALL or len(months[year]) < MONTHS:
            continue
        china = sums.get((year, of, CHINA), [0, 0])
        for name, (worth, paid) in (
            (CHINA, china),
            # By subtraction: of partners the table has China alone, and the sum of all.
            (OTHERS, [value - china[0], duty - china[1]]),
        ):
            if worth > 0:
                alone = "yes" if year <= LAST_ORDINARY else ""
                rows.append((year, of, name, str(worth), str(paid), alone))
    columns = ("year", "division", "partner", "value", "duty", "ordinary_alone")
    return {"base-tariffs.tsv": write_table(target / "base-tariffs.tsv", columns, rows)}


def _divisions() -> dict[str, str]:
    """The division of ISIC Rev. 4 of each chapter: its own, or that of most of its headings."""
    own: dict[str, str] = {}
    under: dict[str, Counter[str]] = {}
    for code, row in crosswalk(CROSSWALK.read_text(encoding="utf-8")).items():
        if len(code) == CHAPTER:
            own[code] = row["isic4"]
        else:
            under.setdefault(code[:CHAPTER], Counter())[row["isic4"]] += 1
    most = {chapter: counts.most_common(1)[0][0] for chapter, counts in under.items()}
    return {**most, **own}


if __name__ == "__main__":
    raise SystemExit(write_tables(encode, __doc__, TARGET))
