"""Tables in every form: what is read, what is written, and what is said of what cannot be read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path

import openpyxl
import polars
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from detente.core.tables import merged, sheets, writing
from detente.core.tables.columns import MONEY, RATE, Column
from detente.core.tables.printing import lined_up, markdown
from detente.core.tables.reading import TableError, open_table, read_table, rows_of_text
from detente.core.tables.sheets import SheetExtent
from detente.core.tables.writing import (
    CsvTexts,
    csv_lines,
    csv_text,
    kind_of,
    open_target,
    table_file,
)

DECLARED = (Column("code"), Column("rate", RATE), Column("amount", MONEY))
CELLS = [("8507.60.00.10", "0.484", "4840.00"), ("0101210010", "", "-0.05")]


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_gives_the_texts_that_a_person_would_write(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["code", "on", "value", "sure"],
        ["0101.21.00.10", date(2025, 11, 12), 10000.5, True],
        [8507600010, datetime(2025, 11, 10, 0, 1), 3.0, None],
    ]
    columns, found = read_table(workbook(tmp_path / "in.xlsx", rows))
    assert columns == ["code", "on", "value", "sure"]
    assert [list(row.values()) for row in found] == [
        ["0101.21.00.10", "2025-11-12", "10000.5", "true"],
        ["8507600010", "2025-11-10T00:01:00", "3", ""],
    ]


def test_a_blank_row_of_a_workbook_is_passed_over_and_the_next_keeps_its_number(
    tmp_path: Path,
) -> None:
    path = workbook(tmp_path / "in.xlsx", [["a", "b"], ["1", "2"], [None, None], ["3", "4"]])
    with open_table(path) as table:
        assert [(table.line, row) for row in table] == [(2, ["1", "2"]), (4, ["3", "4"])]


def test_a_cell_beside_the_columns_of_a_workbook_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", [["a", "b"], ["1", "2", "a note"]])
    with open_table(path) as table, pytest.raises(TableError, match="line 2: 3 cells under 2"):
        list(table)


def test_of_two_sheets_with_cells_none_is_taken_for_the_table(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", [["a"], ["1"]], [["notes"]])
    with pytest.raises(TableError, match=r"2 sheets have cells \(Sheet, Sheet1\); keep the table"):
        read_table(path)
    assert read_table(workbook(tmp_path / "one.xlsx", [["a"], ["1"]], []))[1] == [{"a": "1"}]


def test_cells_of_the_first_columns_are_not_counted_for_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "in.xlsx", [["a", "b"], ["1", "2"]])
    counted: list[Path] = []

    def count(each: Path) -> Iterator[SheetExtent]:
        counted.append(each)
        yield from ()

    monkeypatch.setattr(sheets, "extents", count)
    assert not sheets.too_large(path)
    assert not counted
    wide = workbook(tmp_path / "wide.xlsx", [["x"] * 27])
    assert not sheets.too_large(wide)
    assert counted == [wide]


@pytest.mark.parametrize("written", ['r="XFD1048576"', "r='XFD1048576'", 's="0" r="XFD1048576"'])
def test_a_workbook_whose_cells_stand_far_apart_ends_no_program(
    tmp_path: Path, written: str
) -> None:
    path = workbook(tmp_path / "near.xlsx", [["name"], ["x"]])
    far = tmp_path / "far.xlsx"
    # Without the part of a sheet that says how far its cells reach, as many programs write it.
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(far, "w") as new:
        for part in old.namelist():
            text = old.read(part).decode()
            if part.endswith("sheet1.xml"):
                text = re.sub(r"<dimension [^>]*/>", "", text)
                last = f'<row r="1048576"><c {written} t="inlineStr"><is><t>z</t></is></c></row>'
                text = text.replace("</sheetData>", f"{last}</sheetData>")
            new.writestr(part, text)
    assert "dimension" not in zipfile.ZipFile(far).read("xl/worksheets/sheet1.xml").decode()
    with pytest.raises(TableError, match=r"so far apart that 17,179,869,184 find room between the"):
        read_table(far)


def test_a_workbook_that_says_its_cells_reach_further_than_they_do_is_read(tmp_path: Path) -> None:
    path, stated = workbook(tmp_path / "near.xlsx", [["name"], ["x"]]), tmp_path / "stated.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stated, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"'))
    assert b"XFD1048576" in zipfile.ZipFile(stated).read("xl/worksheets/sheet1.xml")
    assert read_table(stated)[1] == [{"name": "x"}]


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "in.xlsx", [["name"], ["x"]])
    monkeypatch.setattr("detente.core.tables.sheets.MOST_UNPACKED", 100)
    with pytest.raises(TableError, match=r"it unpacks to [\d,]+ bytes, more than the 100 that are"):
        read_table(path)


def test_a_small_workbook_that_unpacks_to_very_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "in.xlsx", [["name"], ["x"]])
    monkeypatch.setattr("detente.core.tables.sheets.SMALL", 100)
    assert read_table(path)[1] == [{"name": "x"}]
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/padding.xml", " " * 20_000_000)
    with pytest.raises(TableError, match=r"it has [\d,]+ bytes and unpacks to 20,"):
        read_table(path)


def archive(**parts: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        for name, text in parts.items():
            # Of one second for ever: the bytes are a part of the names of tests.
            packed.writestr(zipfile.ZipInfo(name.replace("_", "/")), text)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the file is empty; save the table again"),
        (b"code,on\n", "it is not a workbook, whatever its name says; give a text the suffix .csv"),
        (b"\xd0\xcf\x11\xe0rest", "it is protected by a password, or a workbook of before 2007"),
        (archive(a="text")[:40], "it is damaged or was not copied whole, and cannot be unpacked"),
        (archive(a="text"), "it is an archive in which there is no workbook; open it in a spread"),
        (
            archive(**{"xl_workbook.xml": "text"}),
            "a part of the workbook is missing or damaged; op",
        ),
    ],
)
def test_of_what_is_no_workbook_it_is_said_what_it_is(
    tmp_path: Path, body: bytes, message: str
) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(body)
    with pytest.raises(TableError) as caught:
        read_table(path)
    # Nothing of what the library says, which nobody but its authors understands.
    assert str(caught.value).startswith(f"{path}: {message}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("v.csv", b"PK\x03\x04...", "this is no text, but a zip archive or a workbook; unpack it"),
        ("v.gz", b"\x1f\x8b...", "this is no text, but packed with gzip; unpack it"),
        ("v.csv", b"\xd0\xcf\x11\xe0...", "a workbook of before 2007"),
        ("v.pdf", b"%PDF-1.4\n", "this is no text, but a PDF; save the table as .xlsx or as CSV"),
        ("v.txt", b"\xef\xbb\xbf\n<TABLE><tr>", "it is a page or XML"),
        ("v.csv", "name\nAcme\n".encode("utf-16le"), "bytes of zero"),
    ],
    ids=["zip", "gzip", "old workbook", "pdf", "page", "utf-16 without a mark"],
)
def test_of_what_is_no_text_it_is_said_what_it_is(
    tmp_path: Path, name: str, body: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(TableError, match=message), open_table(path):
        pass


def test_a_text_of_two_bytes_a_sign_is_read_by_its_mark_or_its_name(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    for encoding, named in (("utf-16", None), ("utf-16le", "utf-16le"), ("utf-32", "utf_32")):
        path.write_bytes("name\nAcme\n".encode(encoding))
        assert read_table(path, named) == (["name"], [{"name": "Acme"}])


def test_a_sheet_is_known_whatever_its_letters_and_blanks(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    for name in ("Vendors ", "Lists", "lists "):
        book.create_sheet(name).append([f"of {name}"])
    book.save(path)
    for asked in ("Vendors ", "vendors"):
        assert read_table(path, sheet=asked)[0] == ["of Vendors "]
    assert read_table(path, sheet="Lists")[0] == ["of Lists"]
    with pytest.raises(TableError, match="there is no sheet 'LISTS', but Sheet, Vendors , Lists,"):
        read_table(path, sheet="LISTS")


def test_a_sheet_of_several_is_read_where_it_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", [["a"], ["1"]], [["b"], ["2"]])
    with open_table(path, sheet="Sheet1") as table:
        assert (table.columns, list(table)) == (["b"], [["2"]])
    for sheet, message in (
        ("", r"2 sheets have cells \(Sheet, Sheet1\); name the one of the table with --sheet"),
        ("Sheet2", "there is no sheet 'Sheet2', but Sheet, Sheet1; name the one"),
    ):
        with pytest.raises(TableError, match=message), open_table(path, sheet=sheet):
            pass
    text = tmp_path / "in.csv"
    text.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(TableError, match="only a workbook has sheets"), open_table(text, sheet="a"):
        pass


@pytest.mark.parametrize("left", [0, 2])
def test_what_is_said_of_cells_is_of_those_cells_where_the_first_columns_are_empty(
    tmp_path: Path, left: int
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [["name", "share", "group"], ["a", 0.6, "g"], ["=1+1", 0.3, None]]
    for at, row in enumerate(rows, 1):
        for place, cell in enumerate(row, 1 + left):
            sheet.cell(at, place, cell)
    sheet.cell(2, 2 + left).number_format = "0%"
    sheet.merge_cells(start_row=2, end_row=3, start_column=3 + left, end_column=3 + left)
    book.save(tmp_path / "in.xlsx")
    with open_table(tmp_path / "in.xlsx", percentages=True) as table:
        assert list(table) == [["a", "60%", "g"], ["", "0.3", "g"]]
    assert table.filled == {(1, "group")}
    assert table.valueless == {(3, 0): "is a formula with no saved value"}
    place = f"{'ABC'[left]}3"
    assert any(f"formulas was not saved ({place})" in note for note in table.notes)


def test_a_cell_with_an_error_is_told_and_its_row_is_no_blank_one(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["name", "value"])
        sheet.write_formula(1, 0, "=VLOOKUP(1,A1:B2,2)", None, "#N/A")
        sheet.write_row(2, 0, ["a", 3])
        sheet.write(3, 0, "#N/A is written here")
        sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
    with open_table(path) as table:
        rows = [(table.row, row) for row in table]
    assert rows == [(2, ["", ""]), (3, ["a", "3"]), (4, ["#N/A is written here", ""])]
    assert table.valueless == {(2, 0): "has the error #N/A", (4, 1): "has the error #DIV/0!"}
    assert table.notes == ["cells have errors (A2 #N/A, B4 #DIV/0!), and were read as empty"]


def test_a_row_of_formulas_without_values_is_no_blank_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", [["name"], ["=A3"], ["a"], [None], ["=A3"]])
    with open_table(path) as table:
        assert [(table.row, row) for row in table] == [(2, [""]), (3, ["a"]), (5, [""])]
        assert set(table.valueless) == {(2, 0), (5, 0)}
    path = workbook(tmp_path / "title.xlsx", [["=A3"], ["name"], ["a"]])
    assert read_table(path) == (["name"], [{"name": "a"}])


def test_a_formula_whose_value_was_saved_is_no_empty_cell(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, cell in enumerate(("name", "a")):
            sheet.write(at, 0, cell)
        sheet.write_formula(2, 0, "=A2", None, "b")
    with open_table(path) as table:
        assert (list(table), table.valueless, table.notes) == ([["a"], ["b"]], {}, [])


def test_parquet_gives_texts(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    polars.DataFrame({"on": [date(2025, 11, 12), None], "value": [1.5, 2.0]}).write_parquet(path)
    assert read_table(path)[1] == [{"on": "2025-11-12", "value": "1.5"}, {"on": "", "value": "2"}]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_with_any_sign_between_cells_and_any_mark(
    tmp_path: Path, sign: str, encoding: str
) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f'name{sign}note\n华为{sign}"a{sign}b"\n', encoding=encoding)
    assert read_table(path) == (["name", "note"], [{"name": "华为", "note": f"a{sign}b"}])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "T: it is empty; the first line of a table names its columns"),
        ("a,b,a\n", "T: the column a stands twice; keep one or rename it"),
        ("a,b\n1,2\n1\n", "T, line 3: 1 cell under 2 columns; put cells with commas in quotes"),
        ('a,b\n1,"2"x\n', "T, line 2: ',' expected after '\"'; check the quotes"),
        ('a,b\n1,2\n1,"2\n', "T, line 3: unexpected end of data; check the quotes"),
    ],
)
def test_a_fault_names_the_table_and_the_line_and_says_what_to_do(text: str, message: str) -> None:
    with pytest.raises(TableError) as caught:
        list(rows_of_text(text, "T"))
    assert str(caught.value) == message


def test_the_line_is_told_on_which_an_encoding_ends(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b"name\nfirst\n" + "第二\n".encode("gb18030"))
    with pytest.raises(TableError, match=r"in\.csv, line 3: this is not UTF-8; name the file's"):
        read_table(path)
    assert read_table(path, "gb18030")[1][1] == {"name": "第二"}


@pytest.mark.parametrize("name", ["out.csv", "out.tsv", "out.xlsx", "out.parquet"])
def test_a_table_comes_back_as_it_was_written(tmp_path: Path, name: str) -> None:
    whole, streamed = tmp_path / name, tmp_path / f"streamed-{name}"
    whole.write_bytes(table_file(whole, DECLARED, CELLS))
    with open_target(streamed, kind_of(streamed), DECLARED) as add:
        for row in CELLS:
            add(row)
    for path in (whole, streamed):
        _, found = read_table(path)
        assert [row["code"] for row in found] == ["8507.60.00.10", "0101210010"]
        assert [float(row["amount"]) for row in found] == [4840.0, -0.05]
        assert float(found[0]["rate"]) == 0.484
        assert found[1]["rate"] == ""


def test_declared_columns_are_numbers_in_a_workbook_and_decimals_in_parquet(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(table_file(path, DECLARED, CELLS))
    head, first, second = openpyxl.load_workbook(path).active.iter_rows()
    assert [cell.value for cell in head] == ["code", "rate", "amount"]
    assert [cell.value for cell in first] == ["8507.60.00.10", 0.484, 4840]
    assert [cell.value for cell in second] == ["0101210010", None, -0.05]
    assert first[1].number_format == "0.00##%"
    path = tmp_path / "out.parquet"
    path.write_bytes(table_file(path, DECLARED, CELLS))
    types = polars.read_parquet(path).schema
    assert types == {
        "code": polars.String(),
        "rate": polars.Decimal(12, 6),
        "amount": polars.Decimal(18, 2),
    }


def test_no_cell_runs_as_a_formula(tmp_path: Path) -> None:
    assert csv_text(["=a"], [["=1+1"], ["-5"], ["+x"]]) == "'=a\r\n'=1+1\r\n-5\r\n'+x\r\n"
    path = tmp_path / "out.xlsx"
    path.write_bytes(table_file(path, ["=a"], [["=1+1"]]))
    cells = [row[0] for row in openpyxl.load_workbook(path).active.iter_rows()]
    assert [(cell.value, cell.data_type) for cell in cells] == [("=a", "s"), ("=1+1", "s")]


def test_values_are_written_as_people_read_them() -> None:
    cells = [None, True, ["a", "b"], 9e-06, 12]
    assert csv_text("abcde", [cells]).splitlines()[1] == ",true,a; b,0.000009,12"


def test_a_sheet_that_is_full_says_what_to_write_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.core.tables.writing.MOST_ROWS", 2)
    assert table_file(tmp_path / "out.xlsx", ["a"], [["1"]])
    with pytest.raises(ValueError, match="a sheet holds 1 rows and there are more: write CSV"):
        table_file(tmp_path / "out.xlsx", ["a"], [["1"], ["2"]])


def test_a_suffix_that_names_no_kind_is_refused_and_so_is_one_that_lacks_its_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match=r"written as \.csv, \.tsv, \.xlsx or \.parquet, by the"):
        kind_of(tmp_path / "out.doc")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r'needs xlsxwriter: pip install "detente\[sheets\]"'):
        kind_of(tmp_path / "out.xlsx")
    path = workbook(tmp_path / "in.xlsx", [["a"], ["1"]])
    with pytest.raises(ValueError, match=r'needs fastexcel: pip install "detente\[sheets\]"'):
        read_table(path)


def test_columns_are_lined_up_and_markdown_is_escaped() -> None:
    assert lined_up([["day", "rate"], ["2025-11-12", "3.4%"]]) == (
        "day         rate\n2025-11-12  3.4%"
    )
    assert markdown(["a", "b"], [["x|y", None]], right=[1]) == (
        "| a | b |\n| --- | ---: |\n| x\\|y |  |"
    )


def test_merged_cells_are_read_where_a_workbook_has_the_sheet_and_else_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Lines"
    book.active.append(["code", "value"])
    book.active.merge_cells("A2:B4")
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "broken.xlsx").write_bytes(b"PK")
    (tmp_path / "a.csv").write_text("code\n", encoding="utf-8")
    (area,) = merged.merged_areas(tmp_path / "a.xlsx", "Lines")
    # The first column, and the second row to the fourth, counted from 0.
    assert area == ("A2:B4", 0, 1, 3)
    for name, sheet in (("a.xlsx", "Other"), ("broken.xlsx", "Lines"), ("a.csv", "Lines")):
        assert merged.merged_areas(tmp_path / name, sheet) == []
    monkeypatch.setattr(merged, "LARGEST", 10)
    assert merged.merged_areas(tmp_path / "a.xlsx", "Lines") == []


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        ("0%", 0.6, "60%"),
        ("0.00%", 0.6, "60%"),
        ("0.0%", 0.07, "7%"),
        ("#,##0.000%;[Red]-0%", 0.333333, "33.3333%"),
        ("0%", 1, "100%"),
        ("0%", 0, "0%"),
        ("0%", -0.25, "-25%"),
        ("0%", 1 / 3, "33.3333333%"),
        ("0%", "60%", "60%"),
        ("0%", "n/a", "n/a"),
        ("General", 0.6, "0.6"),
        ('0.0" % of shares"', 60, "60"),
        ("0.0\\%", 60, "60"),
    ],
)
def test_a_number_that_a_workbook_shows_as_a_percentage_is_read_as_one(
    kind: str, value: object, read: str, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["name", "share"])
    for name, cell in (("one", value), ("two", 5), ("three", value)):
        book.active.append([name, cell])
        if cell is value:
            book.active.cell(row=book.active.max_row, column=2).number_format = kind
    book.save(tmp_path / "a.xlsx")
    with open_table(tmp_path / "a.xlsx", percentages=True) as table:
        assert list(table) == [["one", read], ["two", "5"], ["three", read]]


@pytest.mark.parametrize(("kind", "refused"), [("percentage", True), ("float", False)])
def test_a_file_of_opendocument_with_percentages_is_refused(
    kind: str, refused: bool, tmp_path: Path
) -> None:
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    cells = "".join(f"<table:table-row>{row}</table:table-row>" for row in (
        text.format("name") + text.format("share"),
        text.format("one") + f'<table:table-cell office:value-type="{kind}" office:value="0.6"/>',
    ))  # fmt: skip
    names = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"'
        for each in ("office", "table", "text")
    )
    kept = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as parts:
        parts.writestr("mimetype", kept)
        parts.writestr("META-INF/manifest.xml", "<manifest/>")
        parts.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="Lines">{cells}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    told = pytest.raises(TableError, match="shown as percentages") if refused else nullcontext()
    with told, open_table(tmp_path / "a.ods", percentages=True) as table:
        assert list(table) == [["one", "0.6"]]
    with open_table(tmp_path / "a.ods") as table:
        assert list(table) == [["one", "0.6"]]


@given(
    st.lists(st.lists(st.text('ab,"\r\n\t =-1é', max_size=4), min_size=1, max_size=3), max_size=9),
    st.sampled_from(",\t"),
)
def test_lines_of_texts_that_are_remembered_are_those_of_the_library(
    rows: list[list[str]], delimiter: str
) -> None:
    texts = CsvTexts(delimiter)
    twice = [*rows, *rows]
    assert "".join(map(texts.line, twice)) == csv_lines(twice, delimiter)


def test_texts_that_are_remembered_are_forgotten_when_they_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writing, "MOST_MET", 3)
    texts = CsvTexts(",")
    assert [texts[str(number)] for number in range(9)] == [str(number) for number in range(9)]
    assert len(texts) <= 3


@pytest.mark.parametrize("encoding", [None, "utf-8"])
def test_a_packed_file_under_the_name_of_a_text_is_told_as_one(
    tmp_path: Path, encoding: str | None
) -> None:
    import gzip
    import zipfile

    packed, book = tmp_path / "a.csv.gz", tmp_path / "a.csv"
    packed.write_bytes(gzip.compress(b"name\nx\n"))
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("xl/workbook.xml", "")
    for path, what in ((packed, "packed with gzip"), (book, "a zip archive or a workbook")):
        with (
            pytest.raises(TableError, match=f"this is no text, but {what}; unpack it"),
            open_table(path, encoding),
        ):
            pass
