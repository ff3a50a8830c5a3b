"""Encode the edges of the graph of minerals: who sends what to whom, by stage and year.

    python -m encode.supply.mineral_flows [REFERENCE] [--to data/supply]

Four kinds of rows, and each keeps its own measure: quantities and values that press, filings or an
agency state for a pair of countries; China's exports of magnets by month; shares of US imports over
four years; and the customs value of US imports of 2024 under the codes of `codes.tsv`, from the
flows that are compiled already (data/trade). A row with a code that only a part of the goods has is
left out, since its value is no figure of the mineral.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from encode.goods.schedule import read_kept, write_table
from encode.program import lines_of_read, write_tables
from encode.supply.minerals import FOLDER, NAMES, WORLD, place_of, rows_of

TARGET = Path("data/supply")
STATED = FOLDER / "flows_of_minerals.csv"
MAGNETS = FOLDER / "magnet_exports_china.csv"
SOURCES = FOLDER / "mcs2026_us_import_sources.csv"
CENSUS = Path("data/trade/us-imports-2024")
HEADER = (
    "mineral",
    "stage",
    "from",
    "to",
    "into",
    "form",
    "year",
    "low",
    "high",
    "unit",
    "measure",
    "published",
    "source",
    "grade",
    "note",
)
GRADES = {"A": "primary", "B": "secondary", "C": "background"}
RELEASE = 20
"""The day of a month on which the customs tell the countries of the month before."""
ALONG = {
    "mine": "separation",
    "separation": "metal",
    "metal": "magnet",
    "magnet": "use",
    "refining": "use",
    "smelting": "use",
    "sponge": "use",
    "polysilicon": "use",
    "ferrosilicon": "use",
    "battery-grade": "use",
    "wafer": "use",
}
"""The stage that the product of a stage enters; that of a mine may be refining."""

Row = tuple[str, ...]


def flow(**cells: str) -> Row:
    """A row of the table."""
    return tuple(cells.get(column, "") for column in HEADER)


def stated_rows(path: Path, names: dict[str, Any], codes: dict[str, str]) -> Iterator[Row]:
    """Flows that a source states for two countries; inferences keep the weakest grade."""
    forms = {(each["material"], each["stage"]): each["as"] for each in names["forms"]}
    form = ""
    for each in rows_of(path):
        known = forms.get((each["material"], each["stage"]))
        if known is None or each["to"] == "all" or not each["from"]:
            continue
        mineral, stage, into = known
        starts, ends = (_places(each[side], names, codes) for side in ("from", "to"))
        if len(starts) != 1 or not all(ends) or (len(ends) > 1 and each["quantity"]):
            continue  # A quantity for several countries together is none of each.
        if " or " in each["to"]:
            continue
        year, unit = _year_and_unit(each["unit_and_year"], mineral, stage)
        amount = each["quantity"]
        measure = "value" if unit.startswith("million $") else "quantity"
        note = each["source"] if _source_of(each["source"]) == "press" else ""
        # `same` repeats the form of the row above.
        if not each["form"].startswith("same"):
            form = each["form"]
        for end in ends:
            yield flow(mineral=mineral, stage=stage, **{"from": starts[0], "to": end},
                       into=into, form=form, year=year, low=amount, high=amount,
                       unit=unit if amount else "", measure=measure if amount else "unknown",
                       published=_published(each["source"], year),
                       source=_source_of(each["source"]), grade=GRADES[each["grade"]],
                       note=note)  # fmt: skip


def _places(text: str, names: dict[str, Any], codes: dict[str, str]) -> list[str]:
    """The countries of a cell, without what stands in brackets."""
    plain = re.sub(r"\(.*?\)| in that order", "", text).strip()
    if plain == "world":
        return ["world"]
    parts = [each.strip() for each in re.split(r",| and | or ", plain) if each.strip()]
    known = {"US": "US", **codes}
    return [place_of({"country": each, "iso": known.get(each, "")}, names)
            if each in known or each in names["places"] else "" for each in parts]  # fmt: skip


def _year_and_unit(text: str, mineral: str, stage: str) -> tuple[str, str]:
    found = re.search(r"(20\d\d)", text)
    year = found[1] if found else ""
    if text.startswith("m$"):
        return year, "million $"
    unit = {"mine": "t REO", "magnet": "t NdFeB"}.get(stage, "t")
    return year, unit if mineral == "rare-earths" else "t"


def _source_of(text: str) -> str:
    for mark, key in (
        ("USGS MCS 2026 and", "press"),
        ("USGS MCS 2026", "usgs-mcs-2026"),
        ("USGS MCS 2025", "usgs-mcs-2025"),
        ("UN Comtrade", "comtrade"),
        ("China customs", "china-customs"),
    ):
        if text.startswith(mark):
            return key
    return "press"


def _published(source: str, year: str) -> str:
    """The day by which a row was public, where its words tell one."""
    found = re.search(r"20\d\d-\d\d(-\d\d)?", source)
    if found:
        return found[0]
    if source.startswith("company") and year:
        return f"{year}-12"
    if source.startswith("China customs") and year:
        return f"{int(year) + 1}-01-{RELEASE}"
    return ""


def magnet_rows(path: Path, names: dict[str, Any], codes: dict[str, str]) -> Iterator[Row]:
    """China's exports of magnets of neodymium, iron and boron, by month and year."""
    known = {"US": "US", "world": "world", **codes}
    for each in rows_of(path):
        if each["period"][-2:] in ("H1", "Q1"):
            continue  # Their months are told.
        to = place_of({"country": each["destination"], "iso": known.get(each["destination"], "")},
                      names) if each["destination"] != "world" else "world"  # fmt: skip
        derived = each["kind"] == "derived"
        year = re.sub(r"^(\d{4})-(\d\d)\.\.(\d\d)$", r"\1-\2/\1-\3", each["period"])
        yield flow(mineral="neodymium-praseodymium", stage="magnet",
                   **{"from": "CN", "to": to}, into="use", form="permanent magnets",
                   year=year, low=each["tonnes"], high=each["tonnes"], unit="t NdFeB",
                   measure="quantity", published=_out(each["source"], year),
                   source="china-customs", grade="secondary",
                   note=f"derived: {each['source']}" if derived else each["source"])  # fmt: skip


def _out(source: str, year: str) -> str:
    """The day by which a figure was public: that of its source, else of the customs' release."""
    found = re.search(r"20\d\d-\d\d-\d\d", source)
    described = found[0] if found else ""
    return max(described, _release(source, year)) if described else _release(source, year)


def _release(source: str, year: str) -> str:
    """The day on which the customs told the last month that a figure rests on."""
    if re.search(r"Mar(ch)? 2026|of March", source):
        return "2026-04-20"
    last = year[-7:] if "-" in year else f"{year}-12"
    if "Dec" in source or "57,392" in source or "5,933" in source:
        last = "2025-12"
    if "5,238" in source:
        last = "2026-03"
    if "of May" in source:
        last = "2025-05"
    number = int(last[:4]) * 12 + int(last[5:7])
    return f"{number // 12:04d}-{number % 12 + 1:02d}-{RELEASE}"


def source_rows(path: Path, names: dict[str, Any]) -> Iterator[Row]:
    """Shares of countries in US imports of 2021 to 2024, by quantity."""
    held = list(rows_of(path))
    for mineral, stage, commodity, detail in names["sources"]:
        found = [one for one in held if one["commodity"] == commodity and one["detail"] == detail]
        if not found:
            raise ValueError(f"{path.name}: nothing of {commodity}, {detail}")
        for each in found:
            if each["percent"] and not each["flag"]:
                start = place_of(each, names)
                yield flow(mineral=mineral, stage=stage, **{"from": start, "to": "US"},
                           into=_into(mineral, stage),
                           form=detail, year="2021-2024", low=each["percent"],
                           high=each["percent"], unit="% of US imports", measure="share",
                           published="2026-02", source="usgs-mcs-2026", grade="primary",
                           note="with Hong Kong" * ("Hong Kong" in each["note"]))  # fmt: skip


def census_rows(folder: Path, codes: Path) -> Iterator[Row]:
    """Customs value of US imports of 2024 by partner, under the codes of one mineral and stage."""
    wanted: dict[tuple[str, str], list[str]] = {}
    for each in read_kept(codes):
        if each["schedule"] == "us" and each["covers"] == "whole":
            wanted.setdefault((each["mineral"], each["stage"]), []).append(each["code"])
    inside = {
        each["partner"] for each in read_kept(folder.with_name("partners.tsv")) if each["within"]
    }
    for path in sorted(folder.glob("??.tsv")):
        if path.stem in inside:  # A member of a group that has its own file is in it already.
            continue
        values = [(each["code"], int(each["value"])) for each in read_kept(path)]
        for (mineral, stage), prefixes in wanted.items():
            total = sum(value for code, value in values if code.startswith(tuple(prefixes)))
            if total:
                amount = f"{total / 1_000_000:.3f}".rstrip("0").rstrip(".")
                yield flow(mineral=mineral, stage=stage, **{"from": path.stem, "to": "US"},
                           into=_into(mineral, stage), form=f"HTS {', '.join(prefixes)}",
                           year="2024", low=amount, high=amount, unit="million $",
                           measure="value", published="2025-02", source="census-2024",
                           grade="primary")  # fmt: skip


def _into(mineral: str, stage: str) -> str:
    if stage == "mine":
        rare = mineral in ("rare-earths", "magnet-rare-earths")
        return "separation" if rare else "refining"
    return ALONG[stage]


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write the table of flows; return its number of rows.

    Raises:
        FileNotFoundError: A publication is missing from `reference`.
        ValueError: A name has no code, or a publication has nothing under a name.
    """
    names = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    codes = {
        each["country"]: each["iso"]
        for file in (WORLD, SOURCES)
        for each in rows_of(reference / file)
        if len(each["iso"]) == 2
    }
    rows = [
        *stated_rows(reference / STATED, names, codes),
        *magnet_rows(reference / MAGNETS, names, codes),
        *source_rows(reference / SOURCES, names),
        *sorted(census_rows(CENSUS, target / "codes.tsv")),
    ]
    counts = {"flows.tsv": write_table(target / "flows.tsv", HEADER, rows)}
    read = (STATED, MAGNETS, SOURCES)
    (target / "SOURCE-flows.yaml").write_text(_source(reference, read, counts), encoding="utf-8")
    return counts


def _source(reference: Path, read: Sequence[Path], counts: dict[str, int]) -> str:
    lines = [
        "publication: Flows of minerals between countries as agencies, companies and press state",
        "  them; import sources of Mineral Commodity Summaries 2026; US imports of 2024",
        "publisher: United States Geological Survey; Census Bureau; those in each row",
        "terms: works of the United States government; single facts with their source",
        "address: https://doi.org/10.5066/P1WKQ63T",
        "note: The values of 2024 are sums over data/trade/us-imports-2024 by codes.tsv;",
        "  partners are those of data/trade/partners.tsv alone.",
        "command: python -m encode.supply.mineral_flows",
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
