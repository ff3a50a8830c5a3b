"""Encode the nodes of the graph of minerals: production, capacity, use, stocks, recycling, prices.

    python -m encode.supply.minerals [REFERENCE] [--to data/supply]

Mineral Commodity Summaries 2026 (data release) and 2025 (one chapter), and the data of the
International Energy Agency of 2025, become rows of the same columns as the tables kept by hand. A
country whose figure is withheld or not available gets no row, and the row of the world says so.
What is read under which name stands in `minerals.yaml`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from detente.supply.compile import FIGURES
from encode.goods.schedule import write_table
from encode.program import lines_of_read, write_tables
from encode.supply.supply import Row

TARGET = Path("data/supply")
NAMES = Path(__file__).with_name("minerals.yaml")
FOLDER = Path("minerals")
WORLD = FOLDER / "mcs2026_world.csv"
SALIENT = FOLDER / "mcs2026_us_salient.csv"
MINES_2025 = FOLDER / "mcs2025_rare_earth_mines.csv"
IEA_SUPPLY = FOLDER / "iea_supply_base_case_2024_2040.csv"
IEA_DEMAND = FOLDER / "iea_demand_2024_2050.csv"
IEA_CLEAN = FOLDER / "iea_cleantech_demand_by_mineral.csv"
PRICES = FOLDER / "price_points.csv"

TONNES = {
    "metric tons": Decimal(1),
    "thousand metric tons": Decimal(1000),
    "thousand metric dry tons": Decimal(1000),
    "kilograms": Decimal("0.001"),
}
WITHHELD = {"W": "withheld", "NA": "not available", "s": "small", "Small": "small"}
HELD_BACK = "no figure of"


def number(value: Decimal) -> str:
    """A decimal text without an exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def row(**cells: str) -> Row:
    """A row of the table; what a publication of a government says is read first-hand."""
    return tuple({"grade": "primary", **cells}.get(column, "") for column in FIGURES)


def place_of(each: dict[str, str], names: dict[str, Any]) -> str:
    """The code of a row's country; `world`, `other` for those apart.

    Raises:
        ValueError: a name has no code here.
    """
    code, name = each.get("iso", ""), each["country"]
    if code in ("WORLD", "OTHER"):
        return code.lower()
    if code:
        return code
    if name not in names["places"]:
        raise ValueError(f"{NAMES.name}: no code of {name!r} under places")
    return str(names["places"][name])


def world_rows(path: Path, names: dict[str, Any]) -> list[Row]:
    """Production and capacity by country of one edition, in tonnes."""
    held = list(rows_of(path))
    found: list[Row] = []
    for what, key in (("production", "world"), ("capacity", "capacity")):
        for mineral, stage, commodity, details in names[key]:
            wanted = {each.casefold() for each in details}
            mine = [
                each
                for each in held
                if each["commodity"] == commodity
                and each["measure"] == what
                and _plain(each["detail"]) in wanted
            ]
            if not mine:
                raise ValueError(f"{path.name}: nothing of {commodity}, {details}")
            found += _node(mine, mineral, stage, what, names)
    return found


def _plain(detail: str) -> str:
    return re.sub(r"(:|,) rounded$", "", detail).casefold()


def _node(
    rows: list[dict[str, str]], mineral: str, stage: str, what: str, names: dict[str, Any]
) -> Iterator[Row]:
    unit = "t REO" if mineral == "rare-earths" else "t"
    back: dict[str, list[str]] = {}
    for each in rows:
        if each["flag"] in WITHHELD and not each["value"]:
            why = WITHHELD[each["flag"]]
            back.setdefault(each["year"], []).append(f"{place_of(each, names)} {why}")
    for each in sorted(rows, key=lambda one: one["year"]):
        if not each["value"]:
            continue
        amount = number(Decimal(each["value"]) * TONNES[each["unit"]])
        place = place_of(each, names)
        notes = []
        if place == "world":
            notes.append("rounded total")
            if back.get(each["year"]):
                notes.append(f"{HELD_BACK}: {', '.join(back[each['year']])}")
        if each["unit"] == "kilograms":
            notes.append("printed in kilograms")
        yield row(
            mineral=mineral,
            stage=stage,
            what=what,
            place=place,
            of="world",
            year=each["year"],
            low=amount,
            high=amount,
            unit=unit,
            estimated=each["estimated"],
            source="usgs-mcs-2026",
            note="; ".join(notes),
        )


def mines_2025_rows(path: Path, names: dict[str, Any]) -> Iterator[Row]:
    """The edition before, for rare earths; of one of its years the newer edition differs."""
    codes = {each["country"]: each["iso"] for each in rows_of(path.with_name(WORLD.name))}
    rows = [{**each, "iso": codes.get(each["country"], "")} for each in rows_of(path)]
    stated: dict[str, list[str]] = {}
    for each in rows:
        if place_of(each, names) != "world" and each["note"]:
            stated.setdefault(each["note"], []).append(place_of(each, names))
    notes = [f"{note}: {', '.join(places)}" for note, places in stated.items()]
    for each in rows:
        place = place_of(each, names)
        note = "; ".join(("rounded total", *notes)) if place == "world" else ""
        for year in ("2023", "2024"):
            amount = each[year]
            if amount:
                yield row(mineral="rare-earths", stage="mine", what="production", place=place,
                          of="world", year=year, low=amount, high=amount, unit="t REO",
                          estimated="e", source="usgs-mcs-2025", note=note)  # fmt: skip


def iea_rows(path: Path, names: dict[str, Any], codes: dict[str, str]) -> Iterator[Row]:
    """Supply of the agency's base case: 2024 as production, later years as its projection."""
    known = {(each[0], each[1]): each[2:] for each in names["iea"]}
    for each in rows_of(path):
        mineral, stage, unit = known[each["mineral"], each["stage"]]
        place = place_of({**each, "iso": codes.get(each["country"], "")}, names)
        amount = number(Decimal(each["value"]) * 1000)
        what = "production" if each["year"] == "2024" else "projection"
        yield row(mineral=mineral, stage=stage, what=what, place=place, of="world",
                  year=each["year"], low=amount, high=amount, unit=unit, estimated="e",
                  source="iea-data-2025",
                  note="base case of the agency")  # fmt: skip


def demand_rows(path: Path, clean: Path, names: dict[str, Any]) -> Iterator[Row]:
    """Use of the world by sector, and by element what clean technologies alone take."""
    kinds: dict[str, str] = {
        "base": "",
        "STEPS": "stated policies",
        "APS": "announced pledges",
        "NZE": "net zero",
    }
    sectors = {"TOTAL CLEAN": "clean technologies", "otherUses": "other uses",
               "totalDemand": "all uses", "cleanShare": ""}  # fmt: skip
    for each in rows_of(path):
        sector = sectors.get(each["sector"], each["sector"].lower())
        if not sector or each["mineral"] not in names["iea_demand"]:
            continue
        mineral, stage, unit = names["iea_demand"][each["mineral"]]
        note = kinds[each["scenario"]]
        yield _demand(mineral, stage, unit, sector, each["year"], each["value"], note)
    pairs: dict[str, Decimal] = {}
    for each in rows_of(clean):
        if each["mineral"] not in names["iea_clean"]:
            continue
        mineral, stage, unit = names["iea_clean"][each["mineral"]]
        if mineral in PAIR:
            pairs[each["path"]] = pairs.get(each["path"], Decimal(0)) + Decimal(each["value_kt"])
        yield _clean(mineral, stage, unit, each["path"], each["value_kt"], kinds)
    for when, amount in pairs.items():
        yield _clean("-".join(PAIR), "separation", "t", when, str(amount), kinds, "sum of two")


PAIR = ("neodymium", "praseodymium")
"""Plants and prices count the two as one."""


def _clean(
    mineral: str,
    stage: str,
    unit: str,
    path: str,
    value: str,
    kinds: dict[str, str],
    summed: str = "",
) -> Row:
    scenario, _, year = path.rpartition("/")
    stated = (kinds.get(scenario, ""), "other uses were not counted", summed)
    note = "; ".join(filter(None, stated))
    return _demand(mineral, stage, unit, "clean technologies", year, value, note)


def _demand(
    mineral: str, stage: str, unit: str, sector: str, year: str, value: str, note: str
) -> Row:
    amount = number(round(Decimal(value) * 1000, 3))
    return row(mineral=mineral, stage=stage, what="demand", place="world", of=sector, year=year,
               low=amount, high=amount, unit=unit, estimated="e", source="iea-data-2025",
               note=note)  # fmt: skip


def us_rows(path: Path, names: dict[str, Any]) -> Iterator[Row]:
    """Use, recycling, stocks and prices of the United States, 2021 to 2025."""
    held = list(rows_of(path))
    for mineral, stage, commodity, what, detail, of in names["us"]:
        for each in _salient(held, commodity, detail):
            amount = number(Decimal(each["value"]) * TONNES[each["unit"]])
            yield row(mineral=mineral, stage=stage, what=what, place="US", of=of,
                      year=each["year"], low=amount, high=amount, unit="t",
                      estimated=_estimated(each), source="usgs-mcs-2026",
                      note=_shown(each["detail"]))  # fmt: skip
    for mineral, commodity, detail, place, of in names["prices"]:
        for each in _salient(held, commodity, detail):
            yield row(mineral=mineral, what="price", place=place, of=of, year=each["year"],
                      low=each["value"], high=each["value"], unit=_money(each["unit"]),
                      estimated=_estimated(each), source="usgs-mcs-2026",
                      note=_shown(each["detail"]))  # fmt: skip


def reliance_rows(path: Path, names: dict[str, Any]) -> Iterator[Row]:
    """What part of its use the United States imports, net, in 2025; a net exporter imports none."""
    held = list(rows_of(path))
    for mineral, commodity, detail in names["reliance"]:
        found = [
            each
            for each in held
            if each["commodity"].casefold() == commodity.casefold()
            and each["detail"].startswith(detail)
            and each["year"] == "2025"
        ]
        if not found:
            raise ValueError(f"nothing of {commodity} begins with {detail!r}")
        each = found[0]
        low, high, note = each["value"], each["value"], ""
        if each["flag"] == ">":
            high, note = "", "more than this"
        elif each["flag"] == "<":
            low, note = "0", f"less than {each['value']}"
        elif each["flag"] == "E":
            low, high, note = "0", "0", "net exporter"
        if low:
            yield row(mineral=mineral, what="reliance", place="US", of="US", year="2025", low=low,
                      high=high, unit="%", estimated=_estimated(each), source="usgs-mcs-2026",
                      note=note)  # fmt: skip


def _salient(held: list[dict[str, str]], commodity: str, detail: str) -> Iterator[dict[str, str]]:
    found = [
        each
        for each in held
        if each["commodity"].casefold() == commodity.casefold()
        and each["detail"].startswith(detail)
    ]
    if not found:
        raise ValueError(f"nothing of {commodity} begins with {detail!r}")
    first = found[0]["detail"]
    for each in found:
        if each["detail"] == first and each["value"] and not each["flag"]:
            yield each


def _estimated(each: dict[str, str]) -> str:
    return "e" if each["note"].startswith("Estimated") else ""


def _shown(detail: str) -> str:
    return detail.replace("\t", " ").strip()


def _money(unit: str) -> str:
    short = {
        "dollars per kilogram": "$/kg",
        "dollars per pound": "$/lb",
        "cents per pound": "cents/lb",
        "dollars per metric ton": "$/t",
        "dollars per troy ounce": "$/troy oz",
    }
    return short[unit]


POINTS = {
    "antimony metal": "antimony",
    "antimony trioxide": "antimony",
    "APT": "tungsten",
    "NdPr oxide": "neodymium-praseodymium",
    "Dy oxide": "dysprosium",
    "Tb oxide": "terbium",
    "Y oxide": "yttrium",
    "Nd oxide": "neodymium",
    "Pr oxide": "praseodymium",
    "Nd metal": "neodymium",
}
MARKETS = {"Europe": "outside", "Rotterdam": "outside", "world": "world", "outside": "outside",
           "China": "CN", "Lynas": "outside", "DoW": "US", "96 %": "world",
           "4 %": "world"}  # fmt: skip


def point_rows(path: Path) -> Iterator[Row]:
    """Prices of single days inside and outside China, and those that were only asked."""
    for each in rows_of(path):
        mineral = next(key for name, key in POINTS.items() if each["product"].startswith(name))
        place = next(code for name, code in MARKETS.items() if each["market"].startswith(name))
        what = "price-ask" if each["market"].endswith("ask") else "price"
        what = "price-floor" if "floor" in each["market"] else what
        above = "above" in each["source"] or "more than" in each["source"]
        # A quarter is told by its last month.
        year = re.sub(r"-Q(\d)", lambda quarter: f"-{3 * int(quarter[1]):02d}", each["date"])
        note = "; ".join((each["market"], each["source"]))
        yield row(mineral=mineral, what=what, place=place, of=each["product"], year=year,
                  low=each["low"], high="" if above else each["high"], unit=each["unit"],
                  source="press", grade="secondary", note=note)  # fmt: skip


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write the tables of nodes; return their numbers of rows.

    Raises:
        FileNotFoundError: A publication is missing from `reference`.
        ValueError: A name has no code, or a publication has nothing under a name.
    """
    names = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    codes = {
        each["country"]: each["iso"] for each in rows_of(reference / WORLD) if len(each["iso"]) == 2
    }
    tables: dict[str, Iterable[Row]] = {
        "world.tsv": [
            *mines_2025_rows(reference / MINES_2025, names),
            *iea_rows(reference / IEA_SUPPLY, names, codes),
            *world_rows(reference / WORLD, names),
        ],
        "demand.tsv": [
            *demand_rows(reference / IEA_DEMAND, reference / IEA_CLEAN, names),
        ],
        "united_states.tsv": [
            *us_rows(reference / SALIENT, names),
            *reliance_rows(reference / SALIENT, names),
        ],
        "price_points.tsv": list(point_rows(reference / PRICES)),
    }
    counts = {name: write_table(target / name, FIGURES, rows) for name, rows in tables.items()}
    read = (WORLD, SALIENT, MINES_2025, IEA_SUPPLY, IEA_DEMAND, IEA_CLEAN, PRICES)
    (target / "SOURCE-nodes.yaml").write_text(_source(reference, read, counts), encoding="utf-8")
    return counts


def _source(reference: Path, read: Iterable[Path], counts: dict[str, int]) -> str:
    lines = [
        "publication: Mineral Commodity Summaries 2026 (data release) and 2025 (rare earths);",
        "  Critical Minerals Data Explorer 2025; single prices as the press quotes them",
        "publisher: United States Geological Survey; International Energy Agency",
        "terms: the Survey's data are CC0; the Agency's are CC BY 4.0, with our names added;",
        "  prices are facts, with the source in each row",
        "address: https://doi.org/10.5066/P1WKQ63T",
        "note: The data release read is older than version 1.3 of 27 May 2026, which was not read.",
        "command: python -m encode.supply.minerals",
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
