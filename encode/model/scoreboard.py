"""Make the table of published estimates that are set beside ours.

    python -m encode.model.scoreboard [REFERENCE] [--to data/model]

REFERENCE holds, under `econ/`, published figures with definition, dates and source, in words of
ours. What is set beside them, by which command, and why the two differ, is kept by hand in
`scoreboard_ours.tsv` beside this program, and what of a cause is measured, by which other command,
in `scoreboard_measured.tsv`; `tools/scoreboard.py` runs the commands.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from encode.goods.schedule import read_kept, write_table
from encode.program import write_tables

SOURCE = Path("econ/scoreboard.csv")
KEPT = Path(__file__).with_name("scoreboard_ours.tsv")
MEASURED = Path(__file__).with_name("scoreboard_measured.tsv")
TARGET = Path("data/model")
COLUMNS = (
    "id", "study", "published", "figure", "definition", "window_or_date", "value", "unit", "low",
    "high", "source", "grade",
)  # fmt: skip


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write both tables; return the rows of each.

    Raises:
        FileNotFoundError: the table of estimates is missing.
        ValueError: a row of ours stands beside no published one.
    """
    with (reference / SOURCE).open(encoding="utf-8", newline="") as file:
        rows = [[row[name].strip() for name in COLUMNS] for row in csv.DictReader(file)]
    kept = read_kept(KEPT)
    if odd := {row["id"] for row in kept} - {row[0] for row in rows}:
        raise ValueError(f"{KEPT.name}: no published figure {min(odd)}")
    measured = read_kept(MEASURED)
    if odd := {row["id"] for row in measured} - {row["id"] for row in kept}:
        raise ValueError(f"{MEASURED.name}: nothing of ours stands beside {min(odd)}")
    names = ("id", "study", "day", "figure", "definition", "window", *COLUMNS[6:])
    return {
        "scoreboard.tsv": write_table(target / "scoreboard.tsv", names, rows),
        "scoreboard-asked.tsv": write_table(
            target / "scoreboard-asked.tsv", list(kept[0]), [list(row.values()) for row in kept]
        ),
        "scoreboard-measured.tsv": write_table(
            target / "scoreboard-measured.tsv",
            list(measured[0]),
            [list(row.values()) for row in measured],
        ),
    }


def main() -> int:
    """Write the tables and print how many rows each has."""
    return write_tables(encode, __doc__, TARGET)


if __name__ == "__main__":
    sys.exit(main())
