"""What a job may take: at each limit, and one beyond; defaults as the guide has them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from detente.core.tables import sheets
from detente.store.jobs.budget import Budget, OverBudgetError


def test_the_limits_are_those_of_the_guide() -> None:
    assert Budget()._asdict() == {
        "bytes": 67_108_864,
        "rows": 250_000,
        "cells": 10_000_000,
        "room": 40_000_000,
        "expanded": 1_073_741_824,
        "members": 1000,
        "seconds": 1800.0,
        "memory": 12_884_901_888,
        "waiting": 32,
        "stored": 2_147_483_648,
        "attempts": 3,
        "kept_hours": 24.0,
    }


@pytest.mark.parametrize(
    ("rows", "columns", "refusal"),
    [
        (10, 5, ""),
        (11, 1, "the table has 11 rows, and a job takes 10: send it in parts"),
        (10, 6, "the table has 10 rows of 6 columns, and a job takes 50 cells: leave out columns"),
        (0, 99, ""),
    ],
)
def test_a_table_is_refused_beyond_its_rows_and_cells(
    rows: int, columns: int, refusal: str
) -> None:
    budget = Budget(rows=10, cells=50)
    if refusal:
        with pytest.raises(OverBudgetError, match=f"^{re.escape(refusal)}"):
            budget.check_rows(rows, columns)
    else:
        budget.check_rows(rows, columns)


def archive(path: Path, *sizes: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for at, size in enumerate(sizes):
            packed.writestr(f"{at}", b"a" * size)
    return path


@pytest.mark.parametrize(
    ("budget", "refusal"),
    [
        (Budget(), ""),
        (Budget(expanded=300_000, members=3), ""),
        (Budget(expanded=299_999), "the file unpacks to more than 299,999 bytes, which is what"),
        (Budget(members=2), "the file is an archive of 3 files, and a job opens 2: save the table"),
    ],
)
def test_an_archive_is_measured_by_what_comes_out_of_it(
    budget: Budget, refusal: str, tmp_path: Path
) -> None:
    path = archive(tmp_path / "a.xlsx", 100_000, 0, 200_000)
    if refusal:
        with pytest.raises(OverBudgetError, match=f"^{re.escape(refusal)}"):
            budget.check_file(path)
    else:
        budget.check_file(path)


def test_a_file_is_measured_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a" * 100)
    Budget(bytes=100).check_file(path)
    with pytest.raises(OverBudgetError, match=r"^the file has 100 bytes, and a job takes 99: send"):
        Budget(bytes=99).check_file(path)
    path.write_bytes(b"PK is no archive")
    with pytest.raises(OverBudgetError, match=r"^the file cannot be unpacked \(.*\): save"):
        Budget().check_file(path)
    path.write_bytes(b"P")
    Budget().check_file(path)


def workbook(path: Path, cells: str, part: str = "xl/worksheets/sheet1.xml") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(part, f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
    return path


def row(at: int, *columns: str) -> str:
    return f'<row r="{at}">{"".join(f"""<c r="{c}{at}"><v>1</v></c>""" for c in columns)}</row>'


ODS = '<table:table-row table:number-rows-repeated="9"><table:table-cell office:value="1" \
table:number-columns-repeated="3"><text:p>1</text:p></table:table-cell></table:table-row>'


@pytest.mark.parametrize(
    ("cells", "part", "refusal"),
    [
        (row(1, "A", "B") + row(2, "A", "B"), "xl/worksheets/sheet1.xml", ""),
        # A sheet may lie in any part: the workbook says by itself where.
        ("".join(row(at, "A") for at in range(1, 8)), "xl/any.bin", "has more than 5 rows"),
        (row(1, *"ABCDEFGHIJK"), "xl/worksheets/sheet1.xml", "more than 10 cells"),
        (row(1, "A") + row(3, "XFD"), "xl/worksheets/sheet1.xml", "49,152 find room between"),
        # Cells that are only coloured take no room, however far away they are.
        (row(1, "A") + '<row r="9"><c r="XFD9" s="1"/></row>', "xl/worksheets/a.xml", ""),
        ("<x:row><x:c><x:v>1</x:v></x:c></x:row>" * 7, "xl/worksheets/a.xml", "5 rows"),
        (ODS, "content.xml", "has more than 5 rows"),
        (ODS.replace('"9"', '"2"'), "content.xml", ""),
        (ODS.replace('"9"', '"4"'), "content.xml", "more than 10 cells"),
        ('<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
         'table:number-columns-repeated="16384"/></table:table-row>', "content.xml", ""),
    ],
)  # fmt: skip
def test_the_cells_of_a_workbook_are_counted_before_it_is_opened(
    cells: str, part: str, refusal: str, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "w.xlsx", cells, part)
    budget = Budget(rows=5, cells=10, room=40)
    budget.check_file(path)
    if refusal:
        with pytest.raises(OverBudgetError, match=re.escape(refusal)):
            budget.check_sheets(path)
    else:
        budget.check_sheets(path)


def sharing(path: Path, texts: list[str], cells: list[int]) -> Path:
    """A workbook whose cells, one below the other, have the texts of some numbers."""
    rows = "".join(
        f'<row r="{at}"><c r="A{at}" t="s"><v>{text}</v></c></row>'
        for at, text in enumerate(cells, 1)
    )
    workbook(path, rows)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        shared = "".join(f"<si><t>{each}</t></si>" if each else "<si/>" for each in texts)
        packed.writestr("xl/sharedStrings.xml", f"<sst>{shared}</sst>")
    return path


@pytest.mark.parametrize("piece", [2**20, 7])
@pytest.mark.parametrize(
    ("texts", "cells", "fits"),
    [
        (["x" * 1000, "y"], [0, 1, 1], True),
        # What is written once stands in every cell that names it.
        (["x" * 1000, "y"], [0] * 5, False),
        (["x" * 1000, "y"], [1] * 5 + [7], True),
        ([""] * 200, [], False),  # texts that no cell has are read all the same
    ],
)
def test_texts_that_cells_share_count_in_each_of_them(
    texts: list[str], cells: list[int], fits: bool, piece: int, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sheets, "PIECE", piece)
    path = sharing(tmp_path / "w.xlsx", texts, cells)
    budget = Budget(expanded=4000)
    budget.check_file(path)
    if fits:
        budget.check_sheets(path)
    else:
        with pytest.raises(OverBudgetError, match="the texts of a sheet take more than 4,000 by"):
            budget.check_sheets(path)


@pytest.mark.parametrize("piece", [2**20, 7])
@pytest.mark.parametrize(
    ("rows", "letters", "fits"), [(9, 10, True), (9, 200, False), (2, 200, True)]
)
def test_a_text_of_repeated_cells_counts_in_each_of_them(
    rows: int, letters: int, fits: bool, piece: int, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sheets, "PIECE", piece)
    cells = ODS.replace('"9"', f'"{rows}"').replace(">1<", f">{'x' * letters}<")
    path = workbook(tmp_path / "w.ods", cells, "content.xml")
    if fits:
        Budget(expanded=4000).check_sheets(path)
    else:
        with pytest.raises(OverBudgetError, match="each as often as it stands in a cell"):
            Budget(expanded=4000).check_sheets(path)


def test_a_workbook_that_says_a_smaller_size_than_it_has_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", row(1, "A") * 5000)
    with zipfile.ZipFile(path) as packed:
        size = packed.infolist()[0].file_size
    told = path.read_bytes().replace(size.to_bytes(4, "little"), (99).to_bytes(4, "little"))
    path.write_bytes(told)
    with pytest.raises(OverBudgetError, match="unpacks to more than 100,000 bytes"):
        Budget(expanded=100_000).check_file(path)
    with pytest.raises(OverBudgetError, match="another size than the file says"):
        Budget().check_file(path)


def test_a_workbook_that_says_itself_that_it_is_too_large_is_not_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", row(1, "A"))
    with zipfile.ZipFile(path) as packed:
        size = packed.infolist()[0].file_size
    told = path.read_bytes().replace(size.to_bytes(4, "little"), (2**31).to_bytes(4, "little"))
    path.write_bytes(told)
    with pytest.raises(OverBudgetError, match="unpacks to more than 1,073,741,824 bytes"):
        Budget().check_file(path)
