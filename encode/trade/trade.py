"""Make the tables of trade flows from the monthly and yearly statistics of the Census Bureau.

    python -m encode.trade.trade [REFERENCE] [--to data/trade]

REFERENCE is the folder of publications (default: the environment variable DETENTE_REFERENCE). It
holds, under `trade/`, the bureau's answers to queries on imports and exports: imports for
consumption by statistical line and partner, with customs value and calculated duty, and flows by
chapter and month. Values are whole dollars and are copied as they stand. The subheadings over which
a chapter of exports is spread are those of a table of China's duties, under `china/`.

Which countries a partner of the statistics stands for, and whether its goods pay the general rates
of column 1, is kept by hand in `trade_partners.tsv` beside this program; the ways in which flows
serve as weights in `trade_weightings.tsv`. So are exports to all the world by chapter, under
`inputs/`, which are at hand in a copy of the bureau's figures alone, and the published shares of
the fuels that chapter 27 holds, in `trade_fuels.tsv`.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl

from encode.goods.schedule import read_kept, write_table
from encode.program import lines_of_read, write_tables

PARTNERS = Path(__file__).with_name("trade_partners.tsv")
WEIGHTINGS = Path(__file__).with_name("trade_weightings.tsv")
FUELS = Path(__file__).with_name("trade_fuels.tsv")
WORLD = Path(__file__).parents[1] / "inputs" / "us_exports_world_2017.tsv"
EVERYBODY = "*"
LINES = Path("trade/us-imports-2024")
IMPORTS = {
    "CN": Path("trade/us-imports-hs2/5700data.parquet"),
    "*": Path("trade/us-imports-hs2/TOTALdata.parquet"),
}
EXPORTS = {"CN": Path("trade/us-exports-china-hs2-monthly.parquet")}
PRODUCTS = Path("china/2026-11/us_exports_to_cn_hs6_2013_2020.csv.gz")
SUBHEADINGS = Path("china/new_tariff_list_2020.csv")
TARGET = Path("data/trade")
PUBLICATIONS = {
    ".": (
        "US imports from and exports to China of 2017 by chapter; exports to China of 2013 to 2020 "
        "by subheading, as Trade War Tracker compiles them from the monthly statistics (MIT); "
        "subheadings of 2017, as a table of China's duties by M. E. Waugh names them (MIT)"
    ),
    "us-imports-2024": "US imports for consumption of 2024 by ten-digit line and partner",
}
KEPT = (
    (
        WORLD,
        "US exports to all the world of 2017 by chapter, domestic and foreign goods, as the Census "
        "Bureau's interface gave them in spring 2019, in the copy of Sailendra-Mahapatra/Project2, "
        "malik/US_total_export.csv at 171f585c, taken on 2026-11-27; grade secondary",
    ),
    (
        FUELS,
        "shares of fuels in the value of US energy exports of 2017, from Census data: US Energy "
        "Information Administration, Today in Energy, autumn 2018, as Talk Business and Politics "
        "reports them in October 2018, taken on 2026-11-27; what is under each is ours; grade "
        "secondary",
    ),
)
"""Tables kept here because the publication itself is not at hand, with where they are from."""

YEAR = "2017"
MONTHS = 12


def line_rows(path: Path) -> list[tuple[str, str, str]]:
    """The flows of one partner: code, dollars of customs value, dollars of calculated duty.

    Raises:
        ValueError: A code is not of ten digits or stands twice.
    """
    table = pl.read_parquet(path, columns=["I_COMMODITY", "CON_VAL_YR", "CAL_DUT_YR"])
    rows = sorted((str(code), str(value), str(duty)) for code, value, duty in table.iter_rows())
    codes = {code for code, _, _ in rows}
    if len(codes) != len(rows) or any(len(code) != 10 or not code.isdigit() for code in codes):
        raise ValueError(f"{path.name}: a code is not of ten digits, or stands twice")
    return rows


def chapter_rows(path: Path, code: str, value: str, duty: str) -> list[tuple[str, str, str]]:
    """The flows of one year by chapter: chapter, dollars, dollars of duty ("" for exports).

    Raises:
        ValueError: A chapter has more months than a year.
    """
    table = pl.read_parquet(path).filter(pl.col("time").str.starts_with(YEAR))
    sums: dict[str, tuple[int, int, set[str]]] = {}
    for row in table.iter_rows(named=True):
        dollars, paid, months = sums.get(row[code], (0, 0, set()))
        if row["time"] in months:
            raise ValueError(f"{path.name}: chapter {row[code]} has {row['time']} twice")
        months = {*months, row["time"]}
        sums[row[code]] = (dollars + int(row[value]), paid + int(row[duty] if duty else 0), months)
    if any(len(months) > MONTHS for _, _, months in sums.values()):
        raise ValueError(f"{path.name}: a chapter has more than {MONTHS} months of {YEAR}")
    return [
        (chapter, str(dollars), str(paid) if duty else "")
        for chapter, (dollars, paid, _) in sorted(sums.items())
    ]


def subheading_rows(path: Path) -> list[tuple[str, str]]:
    """The subheadings of the Harmonized System of 2017 that a table of China's duties names.

    Raises:
        ValueError: A code is not of six digits.
    """
    codes = sorted(set(pl.read_csv(path, columns=["hs6"], infer_schema=False)["hs6"].to_list()))
    if any(len(code) != 6 or not code.isdigit() for code in codes):
        raise ValueError(f"{path.name}: a code is not of six digits")
    return [(YEAR, code) for code in codes]


def product_rows(path: Path) -> list[tuple[str, ...]]:
    """Exports to China of each year by subheading, as the bureau's Schedule B gives them.

    Numbers of no subheading of the Harmonized System stand as they are: 880000 is civil aircraft,
    engines and parts, whose products are not told apart.

    Raises:
        ValueError: A code is not of six digits.
    """
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    years = [name for name in rows[0] if name.startswith("usd_")]
    if any(len(row["hs6"]) != 6 or not row["hs6"].isdigit() for row in rows):
        raise ValueError(f"{path.name}: a code is not of six digits")
    return [
        ("exports", year.removeprefix("usd_"), "CN", row["hs6"], row[year])
        for year in years
        for row in rows
        if int(row[year])
    ]


def world_rows(path: Path) -> list[tuple[str, ...]]:
    """Exports to all the world of one year by chapter.

    Raises:
        ValueError: A year is not what its eleven months and its December add up to.
    """
    rows = read_kept(path)
    for row in rows:
        if int(row["value"]) != int(row["through_november"]) + int(row["december"]):
            raise ValueError(f"{path.name}: chapter {row['chapter']} does not add up")
    return [("exports", YEAR, EVERYBODY, row["chapter"], row["value"], "") for row in rows]


def fuel_rows(path: Path) -> list[list[str]]:
    """Groups of goods inside a chapter, with their percent of its value.

    Raises:
        ValueError: The groups of a chapter are not 100 percent.
    """
    rows = read_kept(path)
    if sum(int(row["percent"]) for row in rows) != 100:
        raise ValueError(f"{path.name}: the groups are not 100 percent")
    return [list(row.values()) for row in rows]


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write every table of flows into `target`; return the number of rows of each.

    Raises:
        FileNotFoundError: A publication is missing from `reference`.
    """
    partners, weightings = read_kept(PARTNERS), read_kept(WEIGHTINGS)
    (target / "us-imports-2024").mkdir(parents=True, exist_ok=True)
    tables: dict[str, tuple[Sequence[str], Iterable[Sequence[str]]]] = {
        "partners.tsv": (list(partners[0]), [list(row.values()) for row in partners]),
        "weightings.tsv": (list(weightings[0]), [list(row.values()) for row in weightings]),
    }
    read = []
    for row in partners:
        read.append(LINES / f"2024-hs10-imports{row['census']}.parquet")
        rows = line_rows(reference / read[-1])
        tables[f"us-imports-2024/{row['partner']}.tsv"] = (("code", "value", "duty"), rows)
    chapters: list[tuple[str, ...]] = []
    for flow, files in (("imports", IMPORTS), ("exports", EXPORTS)):
        for partner, path in files.items():
            names = ("I_COMMODITY", "CON_VAL_MO", "CAL_DUT_MO")
            names = names if flow == "imports" else ("E_COMMODITY", "ALL_VAL_MO", "")
            rows = chapter_rows(reference / path, *names)
            chapters += [(flow, YEAR, partner, *each) for each in rows]
            read.append(path)
    chapters += world_rows(WORLD)
    tables["chapters.tsv"] = (("flow", "year", "partner", "chapter", "value", "duty"), chapters)
    groups = ("flow", "year", "partner", "chapter", "group", "percent", "codes")
    tables["groups.tsv"] = (groups, fuel_rows(FUELS))
    subheadings = subheading_rows(reference / SUBHEADINGS)
    tables["subheadings.tsv"] = (("nomenclature", "code"), subheadings)
    read.append(SUBHEADINGS)
    products = product_rows(reference / PRODUCTS)
    tables["products.tsv"] = (("flow", "year", "partner", "code", "value"), products)
    read.append(PRODUCTS)
    counts = {name: write_table(target / name, *table) for name, table in tables.items()}
    for folder, publication in PUBLICATIONS.items():
        inside = {
            Path(name).name: count
            for name, count in counts.items()
            if Path(name).parent == Path(folder)
        }
        sources = [path for path in read if (path.parent == LINES) == (folder != ".")]
        text = _source(reference, publication, sources, inside)
        text += _kept() if folder == "." else ""
        (target / folder / "SOURCE.yaml").write_text(text, encoding="utf-8")
    return counts


def _source(
    reference: Path, publication: str, read: Iterable[Path], counts: Mapping[str, int]
) -> str:
    """Say where the tables of a folder come from, as YAML."""
    lines = [
        f"publication: {publication}",
        "publisher: United States Census Bureau, foreign trade statistics",
        "terms: work of the United States government, public domain",
        "address: https://www.census.gov/foreign-trade",
        "note: Customs value and calculated duty in dollars. Partners are those for which the",
        "  query of 2024 is at hand; partners.tsv and weightings.tsv are kept by hand.",
        "command: python -m encode.trade.trade",
        "rows:",
        *(f"  {name}: {count}" for name, count in counts.items()),
        "read:",
        *lines_of_read(reference, read),
    ]
    return "\n".join(lines) + "\n"


def _kept() -> str:
    """Say where the tables kept beside this program are from, as YAML."""
    lines = ["kept:"]
    for path, source in KEPT:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines += [
            f"  - file: {path.relative_to(Path(__file__).parents[1]).as_posix()}",
            f"    from: {json.dumps(source)}",
            f"    sha256: {digest}",
        ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the tables and print how many rows each has."""
    return write_tables(encode, __doc__, TARGET)


if __name__ == "__main__":
    sys.exit(main())
