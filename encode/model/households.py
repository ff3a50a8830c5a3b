"""Make the tables by which a duty at the border is brought to households and industries.

    python -m encode.model.households [REFERENCE] [--to data/model]

REFERENCE holds, under `econ/households/`, computations of ours from the input-output accounts and
the distribution of consumption of the Bureau of Economic Analysis, incomes of the Congressional
Budget Office, and imports of 2024 of the Census Bureau. Published estimates of pass-through are
kept by hand in `pass_through.tsv` beside this program, with their source.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from encode.goods.schedule import read_kept, write_table
from encode.program import lines_of_read, write_tables

FOLDER = Path("econ/households")
DECILES = FOLDER / "decile_direct_import_exposure.csv"
INDUSTRIES = FOLDER / "industry_exposure_to_chinese_inputs_2024.csv"
CONTENT = FOLDER / "pce_import_content_2024.csv"
KEPT = Path(__file__).with_name("pass_through.tsv")
TARGET = Path("data/model")
YEAR = "2024"
HOUSEHOLDS = "132000000"
"""Households over which the accounts are spread."""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write the tables; return the rows of each.

    Raises:
        FileNotFoundError: a table is missing.
    """
    deciles = [
        [
            row["decile"], row["pce_usd_per_household_2024"], row["direct_import_content_usd"],
            row["chinese_content_usd"], row["cbo_income_2027_usd"],
        ]
        for row in _rows(reference / DECILES)
    ]  # fmt: skip
    content = _rows(reference / CONTENT)
    sums = [
        f"{sum(float(row[name]) for row in content):.1f}"
        for name in ("purchasers_value_musd", "direct_import_content_musd", "chinese_content_musd")
    ]
    industries = [
        [row["industry"], row["industry_name"], row["output_musd"], row["chinese_inputs_musd"]]
        for row in _rows(reference / INDUSTRIES)
    ]
    kept = read_kept(KEPT)
    tables = {
        "households-deciles.tsv": (
            ("decile", "spending", "imported", "chinese", "income"), deciles,
        ),
        "households-content.tsv": (
            ("spending", "imported", "chinese", "year", "households"),
            [[*sums, YEAR, HOUSEHOLDS]],
        ),
        "households-industries.tsv": (
            ("industry", "name", "output", "chinese_inputs"), industries,
        ),
        "households-passthrough.tsv": (list(kept[0]), [list(row.values()) for row in kept]),
    }  # fmt: skip
    counts = {name: write_table(target / name, *table) for name, table in tables.items()}
    lines = [
        "publication: Direct import content of consumption by decile and category of 2024, and",
        "  Chinese inputs of industries, computed by the maintainers of Détente from the",
        "  input-output accounts of 2024 and the distribution of consumption of 2023 of the Bureau",
        "  of Economic Analysis, incomes by decile of the Congressional Budget Office, and imports",
        "  of 2024 of the Census Bureau; published estimates of pass-through, each with its source",
        "publisher: the maintainers of Détente",
        "terms: as the rest of data/; the accounts are works of the United States government",
        "address: https://www.bea.gov/industry/input-output-accounts-data",
        "note: Dollars a household in the deciles, million dollars elsewhere. Imports are taken to",
        "  have the same share in every use of a commodity. households-passthrough.tsv is kept by",
        "  hand.",
        "command: python -m encode.model.households",
        "rows:",
        *(f"  {name}: {count}" for name, count in counts.items()),
        "read:",
        *lines_of_read(reference, (DECILES, INDUSTRIES, CONTENT)),
    ]
    (target / "SOURCE-households.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return counts


def main() -> int:
    """Write the tables and print how many rows each has."""
    return write_tables(encode, __doc__, TARGET)


if __name__ == "__main__":
    sys.exit(main())
