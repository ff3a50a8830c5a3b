"""A table that is written has the columns that somebody wants, of every command alike."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from detente.core.tables.columns import Column, chosen
from detente.core.tables.reading import read_table
from detente.core.tables.writing import LONGEST, table_file
from detente.questions import NAMES, find
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[3]
ENTRIES = str(ROOT / "examples/entries.csv")
TEXTS = {
    "skus.csv": "sku,code,origin,value\nA,8507.60.00.10,CN,1000\n",
    "names.csv": "name\nHuawei Technologies\n",
    "declared.csv": "code,origin,on,declared_rate,value\n8507.60.00.10,CN,2025-11-12,3.4%,1000\n",
}  # fmt: skip
ASKED = {
    "batch": (("batch", ENTRIES), "total_amount,code"),
    "audit": (("audit", "declared.csv"), "status,code"),
    "check": (("check", "skus.csv", "--on", "2025-11-12", "--ahead", "0"), "rate,sku"),
    "screen": (("screen", "--file", "names.csv", "--on", "2026-08-01"), "status,name"),
    "history": (("history", "9503.00.00.73", "--origin", "CN", "--to-date", "2026-08-01"),
                "ad_valorem,from"),
    "status": (("status", "--on", "2025-11-12"), "state,id"),
    "search": (("search", "toys", "--on", "2025-11-12"), "general,code"),
    "panel": (("panel", "--origins", "CN", "--from", "2025-11-12", "--to", "2025-11-13"),
              "ad_valorem,code"),
}  # fmt: skip


@pytest.mark.parametrize("kind", [".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize("command", ASKED)
def test_the_columns_that_are_wanted_come_in_the_order_in_which_they_are_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    words, wanted = ASKED[command]
    ran = run(*words, "-o", f"out{kind}", "--columns", wanted)
    assert ran.code == 0, ran.err
    columns, rows = read_table(tmp_path / f"out{kind}")
    assert columns == wanted.split(",")
    assert rows
    assert any(all(row.values()) for row in rows)


def test_the_columns_hold_what_they_hold_among_the_others(run: Run, tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.csv", tmp_path / "part.csv"
    assert run("batch", ENTRIES, "-o", str(whole)).code == 0
    assert run("batch", ENTRIES, "-o", str(part), "--columns", "headings,id").code == 0
    assert read_table(part)[1] == [
        {"headings": row["headings"], "id": row["id"]} for row in read_table(whole)[1]
    ]


def test_an_unknown_column_is_refused_with_the_nearest(run: Run, tmp_path: Path) -> None:
    ran = run("status", "-o", str(tmp_path / "out.csv"), "--columns", "id,stat")
    assert ran.code == 2
    assert "'stat' is not a column: did you mean state" in ran.err
    assert not (tmp_path / "out.csv").exists()


def test_columns_without_a_file_are_refused(run: Run) -> None:
    ran = run("status", "--columns", "id")
    assert ran.code == 2
    assert "--columns names columns of the table that -o FILE writes" in ran.err


def test_a_column_is_named_once() -> None:
    with pytest.raises(ValueError, match="the column b is named twice: keep one"):
        chosen([Column("a"), Column("b")], "b,a,B")


@pytest.mark.parametrize("name", [name for name in NAMES if find(name).rows])
def test_every_question_with_rows_writes_them_and_chooses_columns(name: str) -> None:
    spelled = {word for each in find(name).at_shell for word in each.options}
    assert {"-o", "--columns"} <= spelled


def test_a_text_that_no_cell_holds_stops_a_workbook(tmp_path: Path) -> None:
    longest = "x" * LONGEST
    path = tmp_path / "a.xlsx"
    path.write_bytes(table_file(path, ("a",), [[longest]]))
    assert openpyxl.load_workbook(path).active["A2"].value == longest
    with pytest.raises(ValueError, match=r"row 1: a cell of a workbook holds 32,767 signs"):
        table_file(path, ("a",), [[f"{longest}x"]])


@pytest.mark.parametrize("kind", [".csv", ".xlsx", ".parquet"])
def test_days_of_a_batch_are_read_as_people_write_them_and_refused_where_they_may_be_two(
    run: Run, tmp_path: Path, kind: str
) -> None:
    """A small CSV is answered row by row, anything else in columns: both read the same days."""
    source = tmp_path / "in.csv"
    days = ("2025-11-12", "12-Nov-2025", "25/11/2025", "45973", "03/04/2026")
    rows = "".join(f"8507.60.00.10,CN,{day},1000\n" for day in days)
    source.write_text(f"code,origin,on,value\n{rows}")
    out = tmp_path / f"out{kind}"
    wanted = ("--columns", "on,total_amount,reason")
    assert run("batch", str(source), "-o", str(out), *wanted).code == 0
    found = read_table(out)[1]
    # 48.4% of 1,000 dollars on each day of November 2025.
    assert [float(row["total_amount"] or 0) for row in found] == [484.00] * 4 + [0]
    assert found[4]["reason"].startswith("'03/04/2026' is 2026-03-04 or 2026-04-03")

    assert run("batch", str(source), "-o", str(out), *wanted, "--dates", "day-first").code == 0
    read = read_table(out)[1]
    assert [row["on"] for row in read] == [
        "2025-11-12", "2025-11-12", "2025-11-25", "2025-11-12", "2026-04-03",
    ]  # fmt: skip
    # 3 April 2026: 3.4% and 25% of Section 301, and 10% of Section 122.
    assert float(read[4]["total_amount"]) == 384.00


def test_a_table_of_entries_whose_days_tell_their_order_is_audited_by_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    head = "id,code,origin,on,value,declared_rate\n"
    rows = "A,8507.60.00.10,CN,25/11/2025,1000,48.4%\nB,8507.60.00.10,CN,03/04/2026,1000,38.4%\n"
    (tmp_path / "a.csv").write_text(head + rows)
    ran = run("audit", "a.csv", "--json")
    assert '"on": "2026-04-03"' in ran.out
    assert "read with the day first, as 3 April: 1" in ran.out
    (tmp_path / "b.csv").write_text(f"{head}{rows}C,8507.60.00.10,CN,11/25/2025,1000,48.4%\n")
    both = run("audit", "b.csv", "--json")
    assert "'03/04/2026' is 2026-03-04 or 2026-04-03: write it so" in both.out


def test_the_days_of_a_file_that_tell_no_order_stop_a_check_until_it_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("sku,code,origin,on\nA,8507.60.00.10,CN,03/04/2026\n")
    ran = run("check", "a.csv", "--ahead", "0")
    assert ran.code == 2
    assert "row 1: '03/04/2026' is 2026-03-04 or 2026-04-03" in ran.err
    stated = run("check", "a.csv", "--ahead", "0", "--dates", "month-first", "-o", "b.csv",
               "--columns", "rate")  # fmt: skip
    assert stated.code == 0, stated.err
    assert read_table(tmp_path / "b.csv")[1] == [{"rate": "0.384000"}]
