"""``detente batch``: the same rows in the same order, or nothing touched at all."""

from __future__ import annotations

import csv
import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.batch.columns import OUTPUT
from detente.core.tables.cells import csv_safe
from tests.cli.conftest import Ran, Run
from tests.small_register import write_register

ROWS = """\
id,code,origin,on,value,remark
1,8507.60.00.10,CN,2025-05-01,1000,first
2,8507.60.00.10,CN,2025-02-03,1000,the day before
3,nothing,CN,2025-05-01,1000,no code
4,9503.00.00,JP,2025-05-01,,no value
"""


class Desk:
    """A folder with a register, an input and an output, and the command over them."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.run_it = run
        self.register = str(write_register(folder))
        self.source = folder / "in.csv"
        self.target = folder / "out.csv"

    def run(self, content: str | bytes = ROWS, *more: str) -> Ran:
        self.source.write_bytes(content.encode() if isinstance(content, str) else content)
        words = ("batch", str(self.source), "-o", str(self.target), "--register", self.register)
        return self.run_it(*words, *more)

    def rows(self) -> list[dict[str, str]]:
        with open(self.target, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def service(tmp_path: Path, run: Run) -> Desk:
    return Desk(tmp_path, run)


def test_rows_come_back_in_order_with_their_own_columns_first(service: Desk) -> None:
    ran = service.run()
    assert ran.code == 0
    assert ran.err == "4 rows: 3 ok, 1 unresolved\n"
    rows = service.rows()
    assert list(rows[0]) == ["id", "code", "origin", "on", "value", "remark", *OUTPUT]
    assert [row["id"] for row in rows] == ["1", "2", "3", "4"]
    assert [row["remark"] for row in rows] == ["first", "the day before", "no code", "no value"]
    # 3.4 + 10 of 1000; 3.4 alone the day before; no such code; toys of Japan are free.
    assert [row["total_amount"] for row in rows] == ["134.00", "34.00", "", ""]
    assert [row["total_ad_valorem"] for row in rows] == ["0.134", "0.034", "", "0"]


def test_a_row_without_an_answer_says_why(service: Desk) -> None:
    service.run()
    row = service.rows()[2]
    assert row["status"] == "unresolved"
    assert "'nothing' is not a tariff code" in row["reason"]


def test_a_table_of_a_header_alone_gives_a_header(service: Desk) -> None:
    ran = service.run("code,origin,on\n")
    assert (ran.code, ran.err) == (0, "0 rows: none\n")
    assert service.target.read_text(encoding="utf-8").splitlines() == [
        ",".join(["code", "origin", "on", *OUTPUT])
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "it is empty; the first line of a table names its columns"),
        ("code,on\n8507.60.00.10,2025-05-01\n", "the column origin is missing"),
        ("code,origin,on,layers\n", "the column layers has the name of an output column"),
        ("code,origin,on,on\n", "the column on stands twice"),
        (ROWS + "5,8507.60.00.10,CN,2025-05-01,1000,a,b\n", "in.csv, line 6: 7 cells under 6"),
        (ROWS + "5,8507.60.00.10,CN\n", "in.csv, line 6: 3 cells under 6 columns"),
        (ROWS + '5,"8507.60.00.10,CN,2025-05-01,1000,a\n', "in.csv, line 6: unexpected end of"),
        (ROWS.replace("first", '"first'), "in.csv, line 2: unexpected end of"),  # where it began
        (ROWS + "\n\n5,8507.60.00.10\n", "in.csv, line 8: 2 cells under 6 columns"),
        (ROWS + '5,"8507"60,CN,2025-05-01,1000,a\n', "in.csv, line 6: ',' expected after"),
        (
            ROWS.replace("first", "第一").encode("gb18030"),
            "in.csv, line 2: this is not UTF-8; name",
        ),
        (
            ROWS.replace("no code", "无").encode("gb18030"),
            "in.csv, line 4: this is not UTF-8; name",
        ),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_and_the_old_output_stays(
    service: Desk, content: str | bytes, message: str
) -> None:
    service.target.write_text("the answer of yesterday", encoding="utf-8")
    ran = service.run(content)
    assert ran.code == 2
    assert message in ran.err
    assert service.target.read_text(encoding="utf-8") == "the answer of yesterday"
    assert sorted(path.name for path in service.target.parent.glob("*.csv*")) == [
        "in.csv",
        "out.csv",
    ]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--encoding", "EBCDIC-37"), "is not known: write one such as UTF-8 or GB18030"),
        (("--encoding", "base64"), "is not known: write one such as UTF-8 or GB18030"),
        (("--facts", "nope=1"), "unknown fact 'nope'"),
        (("--facts", "auto_part=perhaps"), "auto_part is true or false, not 'perhaps'"),
        (("--facts", "auto_part"), "a fact is written KEY=VALUE"),
    ],
)
def test_an_option_that_cannot_be_read_is_refused(
    service: Desk, more: tuple[str, ...], message: str
) -> None:
    ran = service.run(ROWS, *more)
    assert ran.code == 2
    assert message in ran.err
    assert not service.target.exists()


def test_an_input_that_is_not_there_is_refused(service: Desk) -> None:
    ran = service.run_it("batch", str(service.source), "-o", str(service.target))
    assert ran.code == 2
    assert "in.csv" in ran.err


def test_the_output_may_be_the_input(service: Desk) -> None:
    service.target = service.source
    assert service.run().code == 0
    assert [row["total_amount"] for row in service.rows()] == ["134.00", "34.00", "", ""]


def test_who_reads_the_old_output_while_the_new_one_is_written_reads_it_to_the_end(
    service: Desk,
) -> None:
    service.target.write_text("the answer of yesterday", encoding="utf-8")
    with open(service.target, encoding="utf-8") as reader:
        assert service.run().code == 0
        assert reader.read() == "the answer of yesterday"
    assert len(service.rows()) == 4


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8"])
def test_another_encoding_is_read_and_the_output_is_utf_8(service: Desk, encoding: str) -> None:
    text = ROWS.replace("first", "第一，锂电池")
    assert service.run(text.encode(encoding), "--encoding", encoding).code == 0
    assert service.rows()[0]["remark"] == "第一，锂电池"


def test_the_mark_that_spreadsheets_put_before_utf_8_is_no_part_of_the_first_column(
    service: Desk,
) -> None:
    assert service.run(ROWS.encode("utf-8-sig")).code == 0
    assert next(iter(service.rows()[0])) == "id"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_mark_is_none_either_where_the_encoding_is_named(service: Desk, encoding: str) -> None:
    text = ROWS.replace("id,", '"id",')
    ran = service.run(f"\ufeff{text}".encode(encoding), "--encoding", encoding)
    assert (ran.code, ran.err) == (0, "4 rows: 3 ok, 1 unresolved\n")
    assert next(iter(service.rows()[0])) == "id"


def test_rows_after_the_day_through_which_the_law_was_read_are_counted(service: Desk) -> None:
    late = "5,8507.60.00.10,CN,2031-01-01,1000,late\n6,8507.60.00.10,XX,2031-01-02,1000,bad too\n"
    ran = service.run(ROWS + late)
    assert ran.code == 0
    assert "2 of them lie after 2026-10-10, the day through which us/tariff was read" in ran.err


def test_a_base_rate_is_for_a_tariff_that_is_not_held_here(service: Desk) -> None:
    head, first, *_ = ROWS.splitlines()
    service.run(f"{head},base_rate\n{first},5%\n")
    (row,) = service.rows()
    assert row["status"] == "unresolved"
    assert "leave `base_rate` empty" in row["reason"]


def test_line_ends_of_another_system_are_read(service: Desk) -> None:
    assert service.run(ROWS.replace("\n", "\r\n")).code == 0
    assert len(service.rows()) == 4


def test_a_cell_of_two_lines_stays_one_cell(service: Desk) -> None:
    assert service.run(ROWS.replace("first", '"first\nand second, too"')).code == 0
    assert service.rows()[0]["remark"] == "first\nand second, too"


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+cmd",
        "-cmd|' /C calc'!A0",
        "@SUM(A1)",
        "=HYPERLINK(A1)",
        "-1+1",
        "--1",
        "-1.2.3",
        "-1e",
        "+1E2E3",
        "＝1+1",
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_comes_back_as_text(service: Desk, cell: str) -> None:
    assert service.run(ROWS.replace("first", cell).replace("remark", f"{cell} remark")).code == 0
    row = service.rows()[0]
    assert row[f"'{cell} remark"] == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["-5", "+3.5", "-0.125", "-1e5", "+2E-3", "8507.60", "plain", "", "a=b", "1-2"]
)
def test_a_number_and_a_plain_cell_stay_as_they_are(cell: str) -> None:
    assert csv_safe(cell) == cell


@given(st.text())
def test_no_cell_comes_out_as_a_formula(cell: str) -> None:
    safe = csv_safe(cell)
    number = re.fullmatch(r"[+-]?[0-9.]+([eE][+-]?[0-9]+)?", safe)
    assert number or not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
    assert safe.endswith(cell)


def test_the_new_output_may_be_read_by_whom_the_old_one_was(service: Desk) -> None:
    service.target.write_text("the answer of yesterday", encoding="utf-8")
    service.target.chmod(0o640)
    assert service.run().code == 0
    assert stat.S_IMODE(service.target.stat().st_mode) == 0o640


def test_an_output_that_is_a_link_is_written_where_the_link_leads(service: Desk) -> None:
    real = service.target.with_name("real.csv")
    real.write_text("the answer of yesterday", encoding="utf-8")
    service.target.symlink_to(real)
    assert service.run().code == 0
    assert service.target.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("id,code,origin,on")


def test_an_output_that_is_no_file_or_lies_nowhere_is_refused_before_any_work(
    service: Desk,
) -> None:
    os.mkfifo(service.target)
    assert "is not a file that could be replaced" in service.run().err
    assert stat.S_ISFIFO(service.target.stat().st_mode)
    service.target.unlink()
    service.target.mkdir()
    assert "is not a file that could be replaced" in service.run().err
    service.target = service.target.with_name("nowhere") / "out.csv"
    ran = service.run()
    assert (ran.code, "nowhere is not a folder; make it first" in ran.err) == (2, True)


def test_a_register_with_a_fault_leaves_the_old_output(service: Desk) -> None:
    service.target.write_text("the answer of yesterday", encoding="utf-8")
    (Path(service.register) / "places.yaml").unlink()
    ran = service.run()
    assert ran.code == 2
    assert "places.yaml:1: the file is missing" in ran.err
    assert service.target.read_text(encoding="utf-8") == "the answer of yesterday"
