"""Make the tables of what importers claim, and of what customs collected.

    python -m encode.trade.claims [REFERENCE] [--to data/trade/claims]

REFERENCE is the folder of publications (default: the environment variable DETENTE_REFERENCE). It
holds, under `econ/claims/`, what the tariff rate tracker of the Budget Lab at Yale compiled from
the statistics of the International Trade Commission, and under `econ/flows/` and `trade/` customs
values and calculated duties by month. Which fact of an entry a share belongs to, with its source
and grade, is kept by hand in `claims_kinds.tsv` beside this program.

Shares are cut to four places, and contents of metal that come to more than the whole value are
scaled down to it.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from encode.goods.schedule import read_kept, write_table
from encode.program import lines_of_read, write_tables
from encode.trade.trade import LINES, PARTNERS

KINDS = Path(__file__).with_name("claims_kinds.tsv")
CLAIMS = Path("econ/claims")
MONTHS = CLAIMS / "usmca_hts10_by_month.parquet"
YEAR = CLAIMS / "usmca_hts10_2024.parquet"
PREFERENCES = CLAIMS / "mfn_exemption_shares.csv"
EXCLUSIONS = CLAIMS / "s301_exclusion_claim_shares.csv"
CONTENTS = CLAIMS / "metal_content_shares_hts10.parquet"
PARTS = CLAIMS / "s232_auto_parts_applicability.csv"
TRACKER = Path("econ/flows/yale_daily_overall.parquet")
TRACKED_UNTIL = "2026-06-30"
"""The day after the law that the tracker knew; what it has of later days is a projection."""
CALCULATED = Path("econ/flows/us_calculated_duty_monthly_2020_2025.csv")
CHAPTERS = {
    "CN": Path("trade/us-imports-hs2/5700data.parquet"),
    "all": Path("trade/us-imports-hs2/TOTALdata.parquet"),
}
TARGET = Path("data/trade/claims")
METALS = ("steel", "aluminum", "copper")
PLACES = 10_000


def share(number: float) -> str:
    """A share from 0 to 1 with at most four places."""
    whole = round(min(max(number, 0.0), 1.0) * PLACES)
    return f"{whole / PLACES:.4f}".rstrip("0").rstrip(".")


def weighed_lines(reference: Path) -> dict[str, set[str]]:
    """The lines with trade in the year of the weights, by partner."""
    found = {}
    for row in read_kept(PARTNERS):
        path = reference / LINES / f"2024-hs10-imports{row['census']}.parquet"
        table = pl.read_parquet(path, columns=["I_COMMODITY", "CON_VAL_YR"])
        found[row["partner"]] = {str(code) for code, value in table.iter_rows() if int(value)}
    return found


def by_month(reference: Path, lines: dict[str, set[str]]) -> tuple[list[str], list[list[str]]]:
    """Shares of value under the preference: columns, and a row for each partner and line.

    A cell is empty where the line had no imports in the month.
    """
    year = {
        (partner, code): float(part)
        for partner, code, part in pl.read_parquet(reference / YEAR).iter_rows()
    }
    months = pl.read_parquet(reference / MONTHS)
    periods = sorted(months["period"].unique().to_list())
    known = {
        (period, partner, code): claimed / total
        for period, partner, code, total, claimed in months.iter_rows()
        if total > 0
    }
    rows = []
    for partner in sorted({partner for partner, _ in year}):
        for code in sorted(lines[partner]):
            cells = [year.get((partner, code))]
            cells += [known.get((period, partner, code)) for period in periods]
            if any(cell is not None for cell in cells):
                described = ["" if cell is None else share(cell) for cell in cells]
                rows.append([partner, code, *described])
    return ["partner", "code", "2024", *periods], rows


def preference_rows(reference: Path) -> list[tuple[str, str, str]]:
    """Shares of imports by partner and chapter that were entered free of the ordinary duty."""
    partners = {row["census"]: row for row in read_kept(PARTNERS)}
    found = []
    with (reference / PREFERENCES).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            partner = partners.get(row["cty_code"])
            described = share(float(row["exemption_share"]))
            if partner is not None and not partner["within"] and described != "0":
                found.append((partner["partner"], row["hs2"], described))
    return sorted(found)


def exclusion_rows(reference: Path) -> list[tuple[str, ...]]:
    """Shares of the value of lines that is entered under an exclusion of section 301."""
    with (reference / EXCLUSIONS).open(encoding="utf-8", newline="") as file:
        return sorted(
            (row["hts10"], row["ch99_code"], share(float(row["claim_share"])), row["n_months"])
            for row in csv.DictReader(file)
        )


def content_rows(
    reference: Path, lines: dict[str, set[str]]
) -> tuple[list[tuple[str, ...]], list[tuple[str, str]]]:
    """Contents of metals by industry, and the industry of each line.

    Raises:
        ValueError: an industry has two contents.
    """
    weighed = set().union(*lines.values())
    industries: dict[str, tuple[str, ...]] = {}
    codes = []
    table = pl.read_parquet(reference / CONTENTS)
    names = ["hs10", "bea_detail_code", *(f"{metal}_share" for metal in METALS)]
    for code, industry, *contents in table.select(names).iter_rows():
        if industry is None or code not in weighed:
            continue
        whole = max(1.0, sum(contents))
        described = tuple(share(each / whole) for each in contents)
        if industries.setdefault(industry, described) != described:
            raise ValueError(f"{CONTENTS.name}: the industry {industry} has two contents")
        codes.append((code, industry))
    return [(name, *contents) for name, contents in sorted(industries.items())], sorted(codes)


def part_rows(reference: Path) -> list[tuple[str, str]]:
    """Beginnings of codes whose goods are parts of vehicles to another share than the whole."""
    text = (reference / PARTS).read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in text if not line.startswith("#"))
    return sorted((row["hts_prefix"], share(float(row["applicability_share"]))) for row in rows)


def collected_rows(reference: Path) -> list[tuple[str, ...]]:
    """Customs value and calculated duty by month: of chapters to 2019, of all goods since.

    Raises:
        ValueError: a month has two figures.
    """
    found: dict[tuple[str, str, str], tuple[int, int]] = {}
    with (reference / CALCULATED).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["month"], "all", "")
            found[key] = int(row["imports_usd"]), int(row["calculated_duty_usd"])
    for partner, path in CHAPTERS.items():
        table = pl.read_parquet(reference / path)
        for row in table.iter_rows(named=True):
            value, duty = int(row["CON_VAL_MO"]), int(row["CAL_DUT_MO"])
            key = (row["time"], partner, row["I_COMMODITY"])
            if key in found:
                raise ValueError(f"{path.name}: {key} stands twice")
            found[key] = value, duty
            whole = (row["time"], partner, "")
            # Since 2020 the first table has the sum over all partners, which must not be added to.
            if partner != "all" or row["time"] < "2020-01":
                before = found.get(whole, (0, 0))
                found[whole] = before[0] + value, before[1] + duty
    return [(*key, str(value), str(duty)) for key, (value, duty) in sorted(found.items())]


def tracker_rows(reference: Path) -> list[tuple[str, str]]:
    """The tracker's average over all countries from the days on which it changes.

    The last row has no rate: nothing is known from its day on.
    """
    table = pl.read_parquet(reference / TRACKER, columns=["date", "weighted_etr"]).sort("date")
    rows: list[tuple[str, str]] = []
    for day, rate in table.iter_rows():
        described = f"{rate:.6f}"
        if day.isoformat() < TRACKED_UNTIL and (not rows or rows[-1][1] != described):
            rows.append((day.isoformat(), described))
    return [*rows, (TRACKED_UNTIL, "")]


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write every table into `target`; return the number of rows of each.

    Raises:
        FileNotFoundError: A publication is missing from `reference`.
    """
    target.mkdir(parents=True, exist_ok=True)
    lines = weighed_lines(reference)
    kinds = read_kept(KINDS)
    industries, codes = content_rows(reference, lines)
    tables: dict[str, tuple[Sequence[str], Iterable[Sequence[str]]]] = {
        "kinds.tsv": (list(kinds[0]), [list(row.values()) for row in kinds]),
        "months.tsv": by_month(reference, lines),
        "preferences.tsv": (("partner", "chapter", "share"), preference_rows(reference)),
        "exclusions.tsv": (("code", "heading", "share", "months"), exclusion_rows(reference)),
        "industries.tsv": (("industry", *METALS), industries),
        "contents.tsv": (("code", "industry"), codes),
        "parts.tsv": (("prefix", "share"), part_rows(reference)),
        "tracker.tsv": (("day", "rate"), tracker_rows(reference)),
        "collected.tsv": (
            ("month", "partner", "chapter", "value", "duty"),
            collected_rows(reference),
        ),
    }
    counts = {name: write_table(target / name, *table) for name, table in tables.items()}
    text = _source(reference, counts)
    (target / "SOURCE.yaml").write_text(text, encoding="utf-8")
    return counts


def _source(reference: Path, counts: dict[str, int]) -> str:
    """Say where the tables come from, as YAML."""
    read = (
        MONTHS, YEAR, PREFERENCES, EXCLUSIONS, CONTENTS, PARTS, TRACKER, CALCULATED,
        *CHAPTERS.values(),
    )  # fmt: skip
    lines = [
        "publication: Shares of imports by claim, exclusion and metal content, as the tariff rate",
        "  tracker of the Budget Lab at Yale compiles them (arifshehab/tariff-rate-tracker at",
        "  9919812, 29 June 2026); calculated duty by month, as Trade War Tracker compiles it",
        "  (tradewartracker/tariffs-inflation at d64dd2a)",
        "publisher: The Budget Lab at Yale; Trade War Tracker; behind them the United States",
        "  International Trade Commission and the Census Bureau",
        "terms: MIT License, Copyright (c) 2025-2026 The Budget Lab at Yale; the statistics are",
        "  works of the United States government, public domain",
        "address: https://github.com/arifshehab/tariff-rate-tracker",
        "note: kinds.tsv is kept by hand.",
        "command: python -m encode.trade.claims",
        "rows:",
        *(f"  {name}: {count}" for name, count in counts.items()),
        "read:",
        *lines_of_read(reference, read),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the tables and print how many rows each has."""
    return write_tables(encode, __doc__, TARGET)


if __name__ == "__main__":
    sys.exit(main())
