"""The tables against the publications they are made from."""

from __future__ import annotations

import csv
import gzip
import hashlib
from pathlib import Path

import pytest
import yaml

from detente.goods.export import EditionRow, WordGroups, clean, read_export
from encode.goods.schedule import check_days, encode, intervals, read_kept, write_table
from tests.goods.conftest import TABLES


def row(words: str) -> EditionRow:
    return EditionRow("0", "", words, "", "", "", "", "")


def test_markup_entities_and_blanks_are_taken_off() -> None:
    assert clean(" Of <i>Gadus&nbsp;morhua</i>,  CO<sub>2</sub> &lt; 5\u200b ") == (
        "Of Gadus morhua, CO2 < 5"
    )
    assert clean(None) == ""


def test_a_run_of_equal_content_is_one_interval() -> None:
    editions = [
        {"01": row("a"), "02": row("x")},
        {"01": row("a")},
        {"01": row("b"), "02": row("x")},
    ]
    assert [
        (code, first, until) for code, first, until, _ in intervals(["e1", "e2", "e3"], editions)
    ] == [("01", "e1", "e3"), ("01", "e3", ""), ("02", "e1", "e2"), ("02", "e3", "")]


def test_a_day_whose_heading_is_not_new_is_refused() -> None:
    days = [{"edition": "e1", "from": "2025-01-01", "shows": ""}]
    days.append({"edition": "e2", "from": "2025-02-01", "shows": "9903.01.01"})
    same = {"99030101": row("a")}
    with pytest.raises(ValueError, match=r"e2 does not show anything new in 9903\.01\.01"):
        check_days(days, [same, same])


def test_days_that_run_backwards_are_refused() -> None:
    days = [{"edition": f"e{n}", "from": f"2025-0{3 - n}-01", "shows": ""} for n in (1, 2)]
    with pytest.raises(ValueError, match="e2 is used before"):
        check_days(days, [{}, {}])


def test_a_cell_that_would_break_the_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds a tab"):
        write_table(tmp_path / "t.tsv", ("a", "b"), [("1", "x\ty")])


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    entry = (
        '{"htsno":"0101","indent":"0","description":"Horses","units":[],"general":"",'
        '"special":"","other":"","footnotes":[]}'
    )
    export = tmp_path / "hts.json.gz"
    export.write_bytes(gzip.compress(f"[{entry},{entry}]".encode()))
    with pytest.raises(ValueError, match="'0101' stands twice"):
        read_export(export, WordGroups())


@pytest.mark.once
@pytest.mark.reference
def test_the_committed_tables_are_what_the_publications_give(
    reference: Path, tmp_path: Path
) -> None:
    counts = encode(reference, tmp_path)
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (TABLES / path.name).read_bytes(), path.name
    assert {path.name for path in TABLES.iterdir()} == {path.name for path in tmp_path.iterdir()}
    assert counts["editions.tsv"] == 44 + 2 + 2


@pytest.mark.reference
def test_every_publication_has_the_checksum_that_the_tables_name(reference: Path) -> None:
    source = yaml.safe_load((TABLES / "SOURCE.yaml").read_text(encoding="utf-8"))
    assert len(source["read"]) == 44 + 2
    for each in source["read"]:
        digest = hashlib.sha256((reference / each["file"]).read_bytes()).hexdigest()
        assert digest == each["sha256"], each["file"]


@pytest.mark.reference
def test_the_lines_hold_every_code_of_an_export(reference: Path) -> None:
    rows = read_export(reference / "hts" / "hts_2026_rev_10.json.gz", WordGroups()).rows
    with (TABLES / "lines.tsv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    last = {line["code"]: line for line in lines if not line["until"]}
    goods = {code: each for code, each in rows.items() if not code.startswith("99")}
    assert last.keys() == goods.keys()
    assert sum(len(code) == 10 for code in last) == 19_856
    for code, each in goods.items():
        assert last[code]["general"] == each.general
        assert last[code]["headings"] == each.headings


def test_days_kept_by_hand_are_the_days_of_the_tables() -> None:
    kept = read_kept(Path(__file__).resolve().parents[2] / "encode" / "goods" / "edition_days.tsv")
    assert kept == read_kept(TABLES / "editions.tsv")
    assert all(
        day["basis"] and day["grade"] in {"primary", "secondary", "background", "derived"}
        for day in kept
    )
