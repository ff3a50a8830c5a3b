"""The compiled database: the same bytes each time, and no silent acceptance of a broken table."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from detente.core.tables.tsv import read_tsv
from detente.goods.compile import build_goods
from tests.goods.conftest import TABLES


def small(folder: Path) -> Path:
    """Copy the tables, lines and headings cut short, into a folder."""
    shutil.copytree(TABLES, folder)
    for name in ("lines.tsv", "headings99.tsv"):
        rows = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / name).write_text("".join(rows[:200]), encoding="utf-8")
    return folder


def test_the_same_tables_compile_to_the_same_bytes(tmp_path: Path) -> None:
    tables = small(tmp_path / "tables")
    first, second = tmp_path / "first", tmp_path / "second"
    build_goods(tables, first)
    second.write_bytes(b"what stood here before")
    build_goods(tables, second)
    assert first.read_bytes() == second.read_bytes()


def test_a_row_with_a_cell_too_few_is_named(tmp_path: Path) -> None:
    tables = small(tmp_path / "tables")
    with (tables / "lines.tsv").open("a", encoding="utf-8") as file:
        file.write("0101\thts_2025_basic\n")
    with pytest.raises(ValueError, match=r"lines\.tsv:201: 2 cells, but the header names 11"):
        build_goods(tables, tmp_path / "out")


def test_an_edition_that_nobody_dated_is_refused(tmp_path: Path) -> None:
    tables = small(tmp_path / "tables")
    text = (tables / "editions.tsv").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines(keepends=True) if "hts_2025_basic" not in line]
    (tables / "editions.tsv").write_text("".join(kept), encoding="utf-8")
    with pytest.raises(ValueError, match=r"'hts_2025_basic' is not in editions\.tsv"):
        build_goods(tables, tmp_path / "out")


def test_every_parent_of_a_line_is_there() -> None:
    groups = {row["group"]: row["parent"] for row in read_tsv(TABLES / "groups.tsv")}
    lines = list(read_tsv(TABLES / "lines.tsv"))
    known = groups.keys() | {row["code"] for row in lines} | {""}
    assert {row["parent"] for row in lines} <= known
    assert set(groups.values()) <= known
