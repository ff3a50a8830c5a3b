"""The committed tables of flows against the statistics they are made from."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
import yaml

from detente.trade.compile import read_table
from encode.trade import claims
from encode.trade.trade import encode, world_rows

TABLES = Path(__file__).resolve().parents[2] / "data" / "trade"


@pytest.fixture(scope="module")
def reference() -> Path:
    named = os.environ.get("DETENTE_REFERENCE")
    if not named or not Path(named).is_dir():
        pytest.skip("DETENTE_REFERENCE names no folder of official publications")
    return Path(named)


@pytest.mark.reference
def test_the_committed_flows_are_what_the_statistics_give(reference: Path, tmp_path: Path) -> None:
    encode(reference, tmp_path)
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(TABLES) for path in TABLES.rglob("*") if path.is_file()}
    assert made == {path for path in kept if path.parent.name != "claims"}
    for name in sorted(made):
        assert (tmp_path / name).read_bytes() == (TABLES / name).read_bytes(), name


@pytest.mark.reference
def test_the_committed_claims_are_what_their_sources_give(reference: Path, tmp_path: Path) -> None:
    claims.encode(reference, tmp_path)
    kept = TABLES / "claims"
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in kept.iterdir()}
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (kept / path.name).read_bytes(), path.name


@pytest.mark.reference
def test_every_file_of_statistics_has_the_checksum_that_the_tables_name(reference: Path) -> None:
    folders = (TABLES, TABLES / "us-imports-2024")
    texts = [(folder / "SOURCE.yaml").read_text(encoding="utf-8") for folder in folders]
    read = [each for text in texts for each in yaml.safe_load(text)["read"]]
    # Partners by line, imports by chapter, exports by chapter, codes of six digits.
    assert len(read) == 51 + 2 + 1 + 1 + 1
    for each in read:
        digest = hashlib.sha256((reference / each["file"]).read_bytes()).hexdigest()
        assert digest == each["sha256"], each["file"]


def test_every_table_kept_by_hand_has_the_checksum_and_the_source_that_the_tables_name() -> None:
    kept = yaml.safe_load((TABLES / "SOURCE.yaml").read_text(encoding="utf-8"))["kept"]
    assert [each["file"] for each in kept] == [
        "inputs/us_exports_world_2017.tsv",
        "trade/trade_fuels.tsv",
    ]
    for each in kept:
        file = TABLES.parents[1] / "encode" / each["file"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == each["sha256"], each["file"]
        assert "grade secondary" in each["from"]


def test_a_chapter_whose_months_do_not_add_up_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "world.tsv"
    file.write_text("chapter\tvalue\tthrough_november\tdecember\n01\t10\t8\t2\n")
    assert world_rows(file) == [("exports", "2017", "*", "01", "10", "")]
    file.write_text("chapter\tvalue\tthrough_november\tdecember\n01\t11\t8\t2\n")
    with pytest.raises(ValueError, match="chapter 01 does not add up"):
        world_rows(file)


def test_exports_to_china_are_part_of_those_to_the_world() -> None:
    values: dict[tuple[str, str], int] = {}
    for flow, year, partner, chapter, value, _ in read_table(TABLES / "chapters.tsv"):
        if (flow, year) == ("exports", "2017"):
            values[partner, chapter] = int(value)
    chapters = {chapter for partner, chapter in values if partner == "*"}
    assert chapters == {chapter for partner, chapter in values if partner == "CN"}
    assert all(values["CN", chapter] <= values["*", chapter] for chapter in chapters)


@pytest.mark.reference
def test_imports_from_china_in_the_statistics_add_up_to_the_published_total(
    reference: Path,
) -> None:
    import polars as pl

    file = reference / "trade" / "us-imports-2024" / "2024-hs10-imports5700.parquet"
    table = pl.read_parquet(file)
    value = table["CON_VAL_YR"].cast(pl.Int64).sum()
    duty = table["CAL_DUT_YR"].cast(pl.Int64).sum()
    assert (value, duty) == (429_425_828_419, 46_661_215_871)
