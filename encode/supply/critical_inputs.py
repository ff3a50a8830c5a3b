"""Encode the users of critical inputs: their value added, the share of the input in their cost.

    python -m encode.supply.critical_inputs [REFERENCE] [--to data/supply]

The quantities are the Survey's, the value added is that of the Bureau of Economic Analysis in its
detailed table of 2017, and the shares of use and the exposed parts are assumptions, marked as such
in each row. Estimates that others published of the same cases stand beside, from the scoreboard.
"""

from __future__ import annotations

import sys
from pathlib import Path

from encode.goods.schedule import write_table
from encode.program import lines_of_read, write_tables
from encode.supply.minerals import FOLDER, rows_of

TARGET = Path("data/supply")
INPUTS = FOLDER / "critical_inputs.csv"
SCOREBOARD = Path("econ/scoreboard.csv")
USERS = ("input", "mineral", "value_bn", "value_how", "code", "user", "share_of_use",
         "value_added_bn", "exposed", "cost_share", "grade", "note")  # fmt: skip
PUBLISHED = ("input", "study", "published", "figure", "definition", "low", "value", "high", "unit",
             "grade")  # fmt: skip
MINERALS = {
    "ndfeb-magnets": "neodymium-praseodymium",
    "natural-graphite": "graphite",
}
"""Inputs whose mineral has another key."""
STUDIES = {
    "usgs-gage": ("gallium", "germanium"),
    "usgs-ga": ("gallium",),
    "usgs-25": ("samarium", "gallium"),
    "imf-ree": ("ndfeb-magnets", "samarium", "yttrium"),
}
"""Rows of the scoreboard by the inputs that they are about."""
GERMANIUM = ("0.01", "", "1.1")
"""What the same study has for germanium alone, in billions of dollars: its lower and upper end."""
CEILING = 0.95
"""An input is never nearly all of a user's cost: a share above this is cut, and its row says so."""


def user_rows(path: Path) -> list[tuple[str, ...]]:
    """The users of every input."""
    found: list[tuple[str, ...]] = []
    for each in rows_of(path):
        share, note = float(each["cost_share"]), each["note"]
        assumed = "share of use or exposed part assumed"
        note = note if "assumed" in note.lower() else f"{note}; {assumed}"
        if share > CEILING:
            note, share = f"{note}; cost share cut to {CEILING}", CEILING
        found.append((
            each["input"], MINERALS.get(each["input"], each["input"]), each["us_value_bn"],
            each["value_how"], each["bea_code"], each["bea_name"], each["share_of_use"],
            each["value_added_2017_bn"], each["exposed_assumed"], f"{share:.7f}", "background",
            note,
        ))  # fmt: skip
    return found


def published_rows(path: Path) -> list[tuple[str, ...]]:
    """What others published of the same cases."""
    found: list[tuple[str, ...]] = []
    for each in rows_of(path):
        for name in STUDIES.get(each["id"], ()):
            # Printed as changes below zero, so that the larger loss is the lower number.
            low, value, high = (_loss(each[key]) for key in ("high", "value", "low"))
            found.append((name, each["study"], each["published"], each["figure"],
                          each["definition"], low, value, high, each["unit"],
                          {"A": "primary"}.get(each["grade"], "secondary")))  # fmt: skip
        if each["id"] == "usgs-gage":
            low, value, high = GERMANIUM
            found.append(("germanium", each["study"], each["published"],
                          "full Chinese ban on germanium alone", each["definition"], low, value,
                          high, "bn $", "secondary"))  # fmt: skip
    return sorted(found)


def _loss(text: str) -> str:
    """A change as a loss: what is printed below nothing, without its sign."""
    return text.strip().removeprefix("-")


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write both tables; return their numbers of rows.

    Raises:
        FileNotFoundError: A publication is missing from `reference`.
    """
    counts = {
        "critical_users.tsv": write_table(
            target / "critical_users.tsv", USERS, user_rows(reference / INPUTS)
        ),
        "critical_published.tsv": write_table(
            target / "critical_published.tsv", PUBLISHED, published_rows(reference / SCOREBOARD)
        ),
    }
    lines = [
        "publication: Users of critical inputs, our computation; published estimates of losses",
        "publisher: Détente, from the Geological Survey and the Bureau of Economic Analysis",
        "terms: our own numbers; value added is work of the United States government",
        "address: https://www.bea.gov/industry/input-output-accounts-data",
        "note: Shares of use and exposed parts are assumptions; value added is of 2017, in dollars",
        "  of that year.",
        "command: python -m encode.supply.critical_inputs",
        "rows:",
        *(f"  {name}: {count}" for name, count in counts.items()),
        "read:",
        *lines_of_read(reference, (INPUTS, SCOREBOARD)),
    ]
    (target / "SOURCE-critical.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return counts


def main() -> int:
    """Write the tables and print how many rows each has."""
    return write_tables(encode, __doc__, TARGET)


if __name__ == "__main__":
    sys.exit(main())
