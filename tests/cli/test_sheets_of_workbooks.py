"""Every command that reads a table reads that sheet of a workbook which is named, and no guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.cli.main import main

ROWS = {
    "Notes": [["read me first"]],
    "Entries": [
        ["code", "origin", "on", "value", "declared_rate"],
        ["8507.60.00.10", "CN", "2025-11-12", "10000", "0.484"],
    ],
    "Lines": [
        ["code", "origin", "value", "adcvd", "entry_date", "entry_type", "mode"],
        ["8507.60.00.10", "CN", "10000", "none", "2025-11-12", "01", "ocean"],
    ],
    "Names": [["name", "country"], ["Zorblax Ltd", "CN"]],
    "Holdings": [["owner", "owned", "share"], ["Zorblax Ltd", "Kepler Ltd", "60%"]],
}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import xlsxwriter

    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for name, rows in ROWS.items():
            sheet = made.add_worksheet(name)
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
    return path


@pytest.mark.parametrize(
    ("words", "sheet", "printed"),
    [
        (["batch", "book.xlsx", "-o", "out.csv"], "Entries", "1 row: 1 open"),
        (["audit", "book.xlsx"], "Entries", "1 entry: 1 agrees"),
        (["entry", "book.xlsx"], "Lines", "Line 1: 8507.60.00.10 from CN"),
        (["check", "book.xlsx"], "Names", "Names: 1, 1 partly"),
        (["owners", "book.xlsx"], "Holdings", "On "),
        (["lists", "import", "book.xlsx", "--name", "HOUSE", "--as-of", "2026-08-01"], "Names",
         "HOUSE: 1 added"),
    ],
)  # fmt: skip
def test_the_sheet_that_is_named_is_read(
    book: Path, capsys: pytest.CaptureFixture[str], words: list[str], sheet: str, printed: str
) -> None:
    assert main(words) == 2
    assert "5 sheets have cells" in (refused := capsys.readouterr().err)
    assert "name the one of the table with --sheet" in refused
    assert main([*words, "--sheet", sheet.lower()]) == 0
    found = capsys.readouterr()
    assert printed in found.out + found.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["batch", "v.csv", "-o", "out.csv"], "only a workbook has sheets; leave --sheet out"),
        (["entry", "v.json"], "only a workbook has sheets"),
        (["owners", "v.json"], "only a workbook has sheets"),
        (["lists", "import", "v.xml", "--format", "un"], "has no sheets: leave --sheet out"),
    ],
)
def test_a_sheet_of_what_is_no_workbook_is_refused(
    book: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    for name in ("v.csv", "v.xml"):
        Path(name).write_text("code,origin,on\n", "utf-8")
    Path("v.json").write_text('[{"owner": "A", "owned": "B", "share": "60%"}]', "utf-8")
    assert main([*words, "--sheet", "Names"]) == 2
    assert message in capsys.readouterr().err
