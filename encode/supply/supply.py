"""Encode what official tables say of critical minerals: mining, reliance on imports, import shares.

Three publications give rows of their own; what stands in running text, or was read elsewhere, is
kept by hand in data/supply/read.tsv. Run it as ``python -m encode.supply.supply``.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from detente.supply.compile import FIGURES
from encode.goods.schedule import write_table
from encode.program import lines_of_read, write_tables

TARGET = Path("data/supply")
MINING = Path("china/usgs_myb2022_world_mine_production.csv")
RELIANCE = Path("china/usgs_mcs2026_critical_mineral_reliance.csv")
IMPORTS = Path("china/us_imports_china_share_dataweb.csv")
PLACES = {
    "AUS": "AU",
    "BDI": "BI",
    "BRA": "BR",
    "CHN": "CN",
    "IND": "IN",
    "MDG": "MG",
    "MMR": "MM",
    "MYS": "MY",
    "RUS": "RU",
    "THA": "TH",
    "USA": "US",
    "VNM": "VN",
    "WLD": "world",
}
MINERALS = {
    "antimony": "antimony",
    "bismuth": "bismuth",
    "heavy_rare_earths": "heavy-rare-earths",
    "natural_graphite": "graphite",
    "rare_earths": "rare-earths",
    "scandium": "scandium",
    "tungsten": "tungsten",
    "yttrium": "yttrium",
}
"""Minerals of the tables by the key of minerals.tsv; other minerals of the tables are left out."""

Row = tuple[str, ...]


def mining_rows(path: Path) -> list[Row]:
    """World mine production of rare earths by country and year, in tonnes of oxide."""
    rows = []
    for each in _rows(path):
        if each["availability_status"] not in ("available", "explicit_zero"):
            continue
        estimated = "e" if each["is_estimated"] == "True" else ""
        place = PLACES[each["geography_code"]]
        note = "rounded total" if place == "world" else ""
        rows.append(
            _row(
                mineral="rare-earths",
                stage="mine",
                what="production",
                place=place,
                of="world",
                year=each["year"],
                low=each["value"],
                high=each["value"],
                unit="t REO",
                estimated=estimated,
                source="usgs-myb-2022",
                note=note,
            )
        )
    return sorted(rows, key=lambda row: (row[5], row[3]))


def reliance_rows(path: Path) -> list[Row]:
    """What part of its use the United States imports, net; a lower bound has no upper end."""
    rows = []
    for each in _rows(path):
        mineral = MINERALS.get(each["v3_mineral"])
        if mineral is None:
            continue
        exact = each["comparator"] == "exact"
        low = each["value_pct"] if exact else each["value_low_pct"]
        note = each["scope"].lower() + ("" if exact else "; more than this")
        rows.append(
            _row(
                mineral=mineral,
                what="reliance",
                place="US",
                of="US",
                year=each["year"],
                low=low,
                high=low if exact else "",
                unit="%",
                estimated="e" if each["is_estimated"] == "True" else "",
                source="usgs-mcs-2026",
                note=note,
            )
        )
    return sorted(rows)


def import_rows(path: Path) -> list[Row]:
    """China's share of US imports by value among eighteen partners, by year."""
    rows = []
    for each in _rows(path):
        mineral = MINERALS.get(each["mineral"])
        earlier_months = each["ytd_flag"] == "true" and each["year"] != "2026"
        if mineral is None or earlier_months or not each["china_share"]:
            continue
        share = f"{100 * float(each['china_share']):.1f}"
        months = ", January to April" if each["ytd_flag"] == "true" else ""
        codes = each["hts_codes"].replace("|", ", ")
        rows.append(
            _row(
                mineral=mineral,
                what="import-share-value",
                place="CN",
                of="US",
                year=each["year"],
                low=share,
                high=share,
                unit="%",
                source="dataweb",
                note=f"HTS {codes}, eighteen partners{months}",
            )
        )
    return sorted(rows)


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write the table of official figures; return its number of rows.

    Raises:
        FileNotFoundError: A publication is missing from `reference`.
    """
    rows = mining_rows(reference / MINING)
    rows += reliance_rows(reference / RELIANCE)
    rows += import_rows(reference / IMPORTS)
    counts = {"official.tsv": write_table(target / "official.tsv", FIGURES, rows)}
    text = _source(reference, (MINING, RELIANCE, IMPORTS), counts)
    (target / "SOURCE.yaml").write_text(text, encoding="utf-8")
    return counts


def _row(**cells: str) -> Row:
    """A row of the table; what a publication of a government says is read first-hand."""
    return tuple({"grade": "primary", **cells}.get(column, "") for column in FIGURES)


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _source(reference: Path, read: Sequence[Path], counts: dict[str, int]) -> str:
    lines = [
        "publication: Mine production, import reliance and import shares of critical minerals",
        "publisher: United States Geological Survey; United States International Trade Commission",
        "terms: work of the United States government, public domain",
        "address: https://www.usgs.gov/centers/national-minerals-information-center",
        "note: minerals.tsv, stages.tsv, read.tsv, projects.tsv and sources.tsv are kept by hand;",
        "  every row names its source and its grade.",
        "command: python -m encode.supply.supply",
        "rows:",
        *(f"  {name}: {count}" for name, count in counts.items()),
        "read:",
        *lines_of_read(reference, read),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the table and print how many rows it has."""
    return write_tables(encode, __doc__, TARGET)


if __name__ == "__main__":
    sys.exit(main())
