"""The lists of parties beside the Consolidated Screening List, against their publications."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from detente.core.clock import long_day
from detente.core.tables.tsv import read_tsv
from encode.parties.parties import FIELDS, cells, write
from encode.parties.parties_others import entries, named, scope_of


def test_the_main_name_stands_first_though_an_alias_repeats_it() -> None:
    row = {"name": "Joint Stock Company A", "aliases": "JSC A; Joint Stock Company  A; AO A; JSC A"}
    assert [(each.text, each.kind) for each in named(row)] == [
        ("Joint Stock Company A", "name"),
        ("JSC A", "aka"),
        ("AO A", "aka"),
    ]


@pytest.mark.reference
def test_a_fresh_run_gives_the_committed_table(reference: Path, tmp_path: Path) -> None:
    write(tmp_path / "others.tsv", FIELDS, map(cells, entries(reference)))
    committed = Path("data/parties/others.tsv").read_bytes()
    assert (tmp_path / "others.tsv").read_bytes() == committed


def test_a_scope_that_refers_to_another_entity_is_told_in_words() -> None:
    rows = [
        {"entry_id": "1", "name": "Hytera Communications Corporation", "scope_short": "radios"},
        {"entry_id": "2", "name": "Dahua Technology Company", "scope_short": "as Hytera"},
    ]
    assert [scope_of(row, rows) for row in rows] == ["radios", "radios"]
    with pytest.raises(ValueError, match="2: 'as Hytera' names 0 entities, not one"):
        scope_of(rows[1], rows[1:])
    held = read_tsv(Path("data/parties/others.tsv"))
    assert not [row["name"] for row in held if row["programme"].startswith("as ")]


@pytest.mark.reference
def test_every_order_of_countermeasures_that_is_known_is_held_or_said_not_to_be(
    reference: Path,
) -> None:
    # The file may be read to check and not shipped; the days of orders are facts.
    known = reference / "parties/2026-11/nc/cn_countermeasures_opensanctions.csv"
    with known.open(encoding="utf-8", newline="") as file:
        days = {
            row["listed_on"]
            for row in csv.DictReader(file)
            if row["list"] in ("AFSL", "List of Targets of Countermeasures")
        }
    facts = {row["list"]: row for row in read_tsv(Path("data/parties/lists.tsv"))}["CN-AFSL"]
    held = {
        row["since"]
        for row in read_tsv(Path("data/parties/others.tsv"))
        if row["list"] == "CN-AFSL"
    }
    missing = sorted(day for day in days - held if day >= facts["from"])
    assert len(missing) > 10
    # Days of one month or year share it: "13 August, 8 September, 14 October and 15 December 2025".
    for day in missing:
        year, month = day[:4], long_day(day).split(" ")[1]
        assert f" {year}" in facts["lacks"], day
        assert f"{int(day[8:])} {month}" in facts["lacks"], day


def test_what_stands_for_names_that_nobody_read_is_no_party_and_no_country_is_made_up() -> None:
    held = list(read_tsv(Path("data/parties/others.tsv")))
    # "Lockheed Martin units (three) and three executives" is a count, and nobody's name.
    assert [row["names"] for row in held if row["note"] == "names not read"] == []
    places = {row["names"].split("|")[0]: row["countries"] for row in held}
    assert places["Raytheon Canada"] == "CA"
    assert places["Complete Genomics, Inc."] == ""  # section 1260H prints no countries
    assert places["China Telecom Corporation Limited"] == "CN"


def test_a_party_is_found_by_the_name_in_an_order_about_what_is_its_own() -> None:
    names = {
        row["key"]: row["names"].split("|") for row in read_tsv(Path("data/parties/others.tsv"))
    }
    assert "Dalian Ocean Fishing Co. Ltd" in names["wro-041"]
    assert "Xinjiang Production and Construction Corporation" in names["wro-038"]
