"""Wherever a command takes or writes a table, a workbook will do, with the same answers."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import openpyxl
import pytest

from detente.core.tables.reading import read_table
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples"


def as_workbook(source: Path, target: Path) -> Path:
    """The cells of a CSV file as texts of a workbook."""
    book = openpyxl.Workbook()
    with open(source, encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            book.active.append(row)
    book.save(target)
    return target


def alike(first: Path, second: Path) -> None:
    """Two files hold the same rows; a number is as long as it must be."""
    columns, rows = read_table(first)
    assert read_table(second)[0] == columns
    pairs = zip(rows, read_table(second)[1], strict=True)
    for one, other in pairs:
        for name in columns:
            assert one[name] == other[name] or float(one[name]) == float(other[name]), name


TEXTS = {
    "names.csv": "id,name\n1,Huawei Technologies\n2,Acme Toys Ltd\n",
    "shipments.csv": (
        "code,origin,destination,on,value\n"
        "8507.60.00.10,CN,US,2026-08-01,9000\n9503.00.00.73,CN,US,2026-08-01,120.50\n"
    ),
}
"""Tables that are no example, by name."""

COMMANDS = {
    "batch": ("entries.csv", ["batch", "{in}", "-o", "{out}"]),
    "audit": ("audit.csv", ["audit", "{in}", "-o", "{out}"]),
    "assess": ("shipments.csv", ["assess", "{in}", "-o", "{out}", "--on", "2026-08-01"]),
    "screen": ("names.csv", ["screen", "--file", "{in}", "-o", "{out}", "--on", "2026-08-01"]),
}


@pytest.mark.parametrize("kind", [".xlsx", ".parquet", ".tsv"])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_rows_of_a_workbook_are_answered_as_those_of_csv(
    tmp_path: Path, run: Run, command: str, kind: str
) -> None:
    name, words = COMMANDS[command]
    source = EXAMPLES / name
    if name in TEXTS:
        source = tmp_path / name
        source.write_text(TEXTS[name], encoding="utf-8")
    book = as_workbook(source, tmp_path / "in.xlsx")
    for given, out in ((source, tmp_path / "out.csv"), (book, tmp_path / f"out{kind}")):
        described = run(*(word.format(**{"in": given, "out": out}) for word in words))
        assert described.code == 0, described.err
    alike(tmp_path / "out.csv", tmp_path / f"out{kind}")


def test_amounts_of_a_batch_are_numbers_that_a_spreadsheet_adds_up(
    tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out.xlsx"
    assert run("batch", str(EXAMPLES / "entries.csv"), "-o", str(out)).code == 0
    head, *rows = openpyxl.load_workbook(out).active.iter_rows(values_only=True)
    at = head.index("total_amount")
    amounts = [row[at] for row in rows if row[head.index("status")] == "ok"]
    assert amounts
    assert all(isinstance(amount, int | float) for amount in amounts)
    assert isinstance(rows[0][head.index("code")], str)


def test_a_basket_and_the_rows_of_a_comparison_may_be_workbooks(tmp_path: Path, run: Run) -> None:
    basket = tmp_path / "basket.csv"
    basket.write_text("code,origin\n8507.60.00.10,CN\n9503.00.00.73,CN\n", encoding="utf-8")
    book = as_workbook(basket, tmp_path / "basket.xlsx")
    words = ["compare", "law", "threat-100", "--on", "2026-11-12", "--basket"]
    for given, out in ((basket, "rows.csv"), (book, "rows.xlsx")):
        assert run(*words, str(given), "-o", str(tmp_path / out)).code == 0
    alike(tmp_path / "rows.csv", tmp_path / "rows.xlsx")


def test_weights_and_holdings_may_be_workbooks(tmp_path: Path, run: Run) -> None:
    weights = tmp_path / "mine.csv"
    weights.write_text("code,value\n8507.60.00.10,100\n9503.00.00.73,50\n", encoding="utf-8")
    book = as_workbook(weights, tmp_path / "mine.xlsx")
    words = ["average", "--origin", "CN", "--on", "2025-11-12", "--json", "--weights"]
    by_text, by_book = (json.loads(run(*words, str(each)).out) for each in (weights, book))
    assert by_text["series"] == by_book["series"]
    folder = EXAMPLES / "owners"
    books = [
        as_workbook(folder / f"{x}.csv", tmp_path / f"{x}.xlsx") for x in ("holdings", "seeds")
    ]
    answers = []
    for holdings, seeds in (books, (folder / "holdings.csv", folder / "seeds.csv")):
        described = run(
            "owners", str(holdings), "--seeds", str(seeds), "--on", "2025-10-15", "--json"
        )
        answers.append(json.loads(described.out)["covered"])
    assert answers[0] == answers[1]


NUMBERS = {
    "batch": ("code,origin,on,value", "{},CN,2025-11-12,1000", ("{in}", "-o", "{out}")),
    "audit": ("id,code,origin,on,value,declared_amount", "A,{},CN,2025-11-12,1000,10", ("{in}",)),
    "check": ("code,origin,on,value", "{},CN,2025-11-12,1000", ("{in}",)),
    "assess": ("code,origin,destination,on", "{},CN,US,2026-08-01", ("{in}", "-o", "{out}")),
    "agree": ("code,origin,on,base", "{},CN,2025-11-12,0.034", ("{in}", "-o", "{out}")),
    "average": (
        "code,value",
        "{},1000",
        ("--origin", "CN", "--weights", "{in}", "--on", "2025-11-12"),
    ),
    "compare": (
        "code,origin",
        "{},CN",
        ("law", "truce-extended", "--basket", "{in}", "--on", "2026-11-12"),
    ),
    "entry": (
        "entry_number,entry_type,entry_date,mode,line,code,origin,value",
        "ABC-1234567-1,01,2025-11-12,11,1,{},CN,1000",
        ("{in}",),
    ),
}
"""Columns, a row and words of every command that reads codes from a table."""


@pytest.mark.parametrize("command", NUMBERS)
def test_a_code_that_a_table_took_for_a_number_is_read_as_the_code(
    tmp_path: Path, run: Run, command: str
) -> None:
    head, row, words = NUMBERS[command]
    said = []
    for code in ("8507600010", "8507600010.0"):
        read, made = tmp_path / "in.csv", tmp_path / "out.csv"
        read.write_text(f"{head}\n{row.format(code)}\n")
        made.unlink(missing_ok=True)
        paths = {"{in}": str(read), "{out}": str(made)}
        ran = run(command, *(paths.get(each, each) for each in words))
        assert ran.code != 2, ran.err
        text = ran.out + ran.err + (made.read_text() if made.exists() else "")
        text = " ".join(text.replace("8507600010.0", "8507600010").split())
        # A record hashes the question as it was asked.
        said.append(re.sub("[0-9a-f]{64}", "", text))
    assert "not known" not in said[0] or command == "check"
    assert said[0] == said[1]


def test_a_short_number_with_a_fraction_is_not_taken_for_a_longer_code(run: Run) -> None:
    # 0101.21.00 that lost its zero, and not 1012.10.00.
    ran = run("duty", "1012100.0", "--origin", "CN", "--on", "2025-11-12")
    assert ran.code == 2
    assert "has 7 digits" in ran.err
