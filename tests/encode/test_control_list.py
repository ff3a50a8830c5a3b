"""What is read of the Commerce Control List, and that a fresh run gives the committed tables."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from encode.controls import controls
from encode.controls.control_scope import Scope, scope_of

DATA = Path("data/controls")


@pytest.fixture(scope="module")
def reference() -> Path:
    folder = os.environ.get("DETENTE_REFERENCE")
    if not folder:
        pytest.skip("DETENTE_REFERENCE does not name the folder of the originals")
    return Path(folder)


@pytest.mark.parametrize(
    ("eccn", "text", "expected"),
    [
        ("0A002", "NS applies to entire entry", Scope(("*",))),
        ("0A501", "NS applies to entire entry except 0A501.y", Scope(("*",), ("y",))),
        ("9A515", "NS applies to entire entry, except .e, .x", Scope(("*",), ("e", "x"))),
        ("8A620", "NS applies to entire entry, except 8A620. b and .y", Scope(("*",), ("b", "y"))),
        (
            "3B001",
            "NS applies to 3B001.a.1 to a.3, b, e, f.2 to f.4, g to j",
            Scope(("a.1", "a.2", "a.3", "b", "e", "f.2", "f.3", "f.4", "g", "h", "i", "j")),
        ),
        (
            "9E003",
            "SI applies to 9E003.a.1 through a.8, .h, .i, and .l",
            Scope(("a.1", "a.2", "a.3", "a.4", "a.5", "a.6", "a.7", "a.8", "h", "i", "l")),
        ),
        ("1C111", "RS applies to 1C111.d.3 only", Scope(("d.3",))),
        ("1C350", "CB applies to entire entry CB Column 2.", Scope(("*",))),
        (
            "7A003",
            "MT applies to commodities in 7A003.d that meet or exceed the parameters of 7A103",
            Scope(
                ("d",), (), "commodities in .d that meet or exceed the parameters of 7A103"
            ),
        ),
        # Paragraphs beside the first are named without a dot: the condition stays on the entry.
        (
            "1C002",
            "NP applies to 1C002.b.3 or b.4 if they exceed the parameters stated in 1C202",
            Scope(("*",), (), ".b.3 or b.4 if they exceed the parameters stated in 1C202"),
        ),
        (
            "9A610",
            "NS applies to entire entry except: 9A610.b; parts in 9A610.x for use in 9A610.b; and "
            "9A610.y",
            Scope(("*",), ("b", "y"), "not: parts in .x for use in .b"),
        ),
    ],
)  # fmt: skip
def test_what_a_control_line_applies_to(eccn: str, text: str, expected: Scope) -> None:
    assert scope_of(eccn, text) == expected


@pytest.mark.reference
def test_a_fresh_run_gives_the_committed_tables_byte_for_byte(
    reference: Path, tmp_path: Path
) -> None:
    for name in controls.encode(reference, tmp_path):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name
    assert (tmp_path / "SOURCE.yaml").read_bytes() == (DATA / "SOURCE.yaml").read_bytes()


@pytest.mark.reference
def test_every_line_of_the_publication_is_in_the_table_and_none_in_words_is_lost(
    reference: Path,
) -> None:
    with (reference / "controls/ccl_country_chart_columns.csv").open(encoding="utf-8") as file:
        printed = list(csv.DictReader(file))
    with (DATA / "lines.tsv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    in_words = [row for row in printed if not row["chart_column"]]
    assert (len(printed), len(in_words)) == (1536, 273)
    columns = Counter((row["eccn"], row["chart_column"]) for row in printed if row["chart_column"])
    held = Counter((row["eccn"], row["column"]) for row in lines if row["column"])
    # Three are mended by hand: two lines printed without their column, one behind another. Five
    # are two rows each: what they reach without more, and what on a condition in words.
    with Path("encode/inputs/control_splits.tsv").open(encoding="utf-8") as file:
        splits = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    twice = {(row["eccn"], row["column"]) for row in splits if row["sure"] and row["perhaps"]}
    more = held - columns
    assert len(twice) == 5
    assert twice < set(more)
    assert sum(more.values()) - len(twice) == 3
    assert not columns - held
    for row in lines:
        assert row["column"] or row["to"] or row["open"] or row["ruled"], row
    for row in in_words:
        assert any(line["eccn"] == row["eccn"] for line in lines), row
