"""Texts as tables: separators, marks, comments, and the line that a fault names."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import polars
import pytest

from detente.core.tables.column_texts import as_cells, as_text
from detente.core.tables.encodings import encoding_of
from detente.core.tables.headings import HEADINGS, meaning_of, plain_name
from detente.core.tables.reading import (
    TableError,
    open_table,
    read_noted,
    read_table,
    rows_of_cells,
    rows_of_text,
)


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        ("a,b\n1,2\n", ["a", "b"], [["1", "2"]]),
        ("a;b,c;d\n1;2;3\n", ["a", "b,c", "d"], [["1", "2", "3"]]),
        ("a\tb\n1\t2,5\n", ["a", "b"], [["1", "2,5"]]),
        ("\ufeffa,b\r\n1,2\r\n", ["a", "b"], [["1", "2"]]),
        ('a,b\n"x\ny",2\n', ["a", "b"], [["x\ny", "2"]]),
        ("a,b\n\n1,2\n\n", ["a", "b"], [["1", "2"]]),
        ("a\n# 1\n2\n", ["a"], [["# 1"], ["2"]]),
        ("\n \r\na;b\n1;2\n", ["a", "b"], [["1", "2"]]),
        ("sep=;\na,b;c\n1;2\n", ["a,b", "c"], [["1", "2"]]),
        ("sep=\r\na;b\r\n", ["sep="], [["a;b"]]),
        ('sep="\na\n', ['sep="'], [["a"]]),
        ('\ufeff"SEP=|"\r\na|b,c,d\r\n1|2\r\n', ["a", "b,c,d"], [["1", "2"]]),
    ],
)
def test_a_text_is_read_by_the_separator_that_stands_most_often(
    text: str, columns: list[str], rows: list[list[str]]
) -> None:
    found = rows_of_text(text, "x")
    assert found.columns == columns
    assert list(found) == rows


@pytest.mark.parametrize("above", ["", "\n", "sep=,\n", "\n\nsep=,\n"])
def test_lines_above_the_names_are_counted(above: str) -> None:
    line = above.count("\n") + 3
    with pytest.raises(TableError, match=rf"x, line {line}: 1 cell under 2 columns"):
        list(rows_of_text(above + "a,b\n1,2\n3\n", "x"))


def test_comments_are_passed_over_where_that_is_asked_alone(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("# who\na\n# 1\n2\n")
    assert list(rows_of_text("# who\na\n# 1\n2\n", "x", comments=True)) == [["2"]]
    with open_table(path, comments=True) as rows:
        assert list(rows) == [["2"]]
    with open_table(path) as rows:
        assert rows.columns == ["# who"]
        assert list(rows) == [["a"], ["# 1"], ["2"]]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "x: it is empty; the first line of a table names its columns"),
        (",\n1,2\n", "x: it is empty; the first line of a table names its columns"),
        ("\nsep=;\n", "x: it is empty; the first line of a table names its columns"),
        ("a,b,a\n", "x: the column a stands twice; keep one or rename it"),
        ("a,b,b,a\n", "x: the column a and b stands twice; keep one or rename it"),
        ("a,b\n1,2\n1\n", "x, line 3: 1 cell under 2 columns; put cells with commas in quotes"),
        ("a,b\n1,2,3\n", "x, line 2: 3 cells under 2 columns; put cells with commas in quotes"),
        ('a,b\n1,"2\n', "x, line 2: unexpected end of data; check the quotes"),
        ('a,"b"c\n', "x, line 1: ',' expected after '\"'; check the quotes"),
    ],
)
def test_a_table_that_is_broken_is_refused_with_its_line(text: str, refusal: str) -> None:
    with pytest.raises(TableError) as told:
        list(rows_of_text(text, "x"))
    assert str(told.value) == refusal


def test_the_line_of_a_row_is_that_on_which_it_ends() -> None:
    found = rows_of_text('a,b\n"x\ny",2\n3,4\n', "x")
    lines = [found.line]
    for _ in found.raw():
        lines.append(found.line)
    assert lines == [1, 3, 4]
    cells = rows_of_cells("x", ["a"], [["1"], ["2"]])
    assert [(row, cells.line) for row in cells] == [(["1"], 2), (["2"], 3)]


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("号,b\n1,2\n".encode("utf-8-sig"), "utf-8-sig"),
        ("号,b\n1,2\n".encode("utf-16"), "utf-16"),
        ("号,b\n1,2\n".encode("utf-16-be"), ""),
        (b"\xfe\xff" + "号,b\n1,2\n".encode("utf-16-be"), "utf-16"),
        ("号,b\n1,2\n".encode(), "utf-8"),
        ("号,b\n1,2\n".encode("gb18030"), "gb18030"),
        (b"\x80\xff\xff,b\n", ""),
    ],
)
def test_an_encoding_is_told_by_its_mark_or_by_what_reads_all(
    raw: bytes, encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(raw)
    if encoding or raw.startswith(b"\x80"):
        assert encoding_of(path) == encoding
    if encoding:
        assert read_table(path, encoding) == (["号", "b"], [{"号": "1", "b": "2"}])
    book = tmp_path / "t.xlsx"
    book.write_bytes(raw)
    assert encoding_of(book) == ""


def test_a_text_of_another_encoding_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("a\nb\n号\n".encode("gb18030"))
    with pytest.raises(TableError, match=r"t.csv, line 3: this is not UTF-8; name the file's"):
        read_table(path)
    with pytest.raises(TableError, match=r"line 3: this is not ascii"):
        read_table(path, "ascii")
    with pytest.raises(ValueError, match=r"the encoding 'klingon' is not known: write one such"):
        read_table(path, "klingon")
    assert read_noted(path, "gb18030").rows[-1] == {"a": "号"}
    with pytest.raises(FileNotFoundError):
        read_table(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (["a", None, " b "], ["a", "", " b "]),
        ([1, None, -3], ["1", "", "-3"]),
        ([1.0, None, 2.5, -4.0], ["1", "", "2.5", "-4"]),
        ([0.1 + 0.2, 1e14, 999999999999999.0], ["0.3", "100000000000000", "999999999999999"]),
        ([1e15, -1e15, 2.5e16], ["1000000000000000.0", "-1000000000000000.0", "2.5e+16"]),
        ([True, None], ["true", ""]),
        ([date(2025, 1, 2), None], ["2025-01-02", ""]),
        ([datetime(2025, 1, 2), datetime(2025, 1, 2, 3, 4, 5), None],
         ["2025-01-02", "2025-01-02T03:04:05", ""]),
    ],
)  # fmt: skip
def test_a_column_is_the_text_that_a_person_would_write(
    values: list[object], texts: list[str]
) -> None:
    assert as_text(polars.Series("c", values)).to_list() == texts


def test_a_column_of_lists_is_refused_as_text_and_is_json_as_cells() -> None:
    nested = polars.Series("c", [[1, 2], None])
    with pytest.raises(ValueError, match=r"the column c is List\(Int64\): texts, numbers, days"):
        as_text(nested)
    assert as_cells(polars.Series("c", [{"a": 1}, None])).to_list() == ['{"a": 1}', ""]
    assert as_cells(polars.Series("c", [b"x", None])).to_list() == ["\"b'x'\"", ""]
    assert as_cells(polars.Series("c", [1.5, None])).to_list() == ["1.5", ""]
    assert as_cells(polars.Series("c", [datetime(2025, 1, 2)])).to_list() == ["2025-01-02"]


def test_the_name_of_a_column_is_read_as_words() -> None:
    assert plain_name("  HTS_Number (full)  ") == "hts number full"
    assert meaning_of("HTS-Number (Full)", ["code"]) == "code"
    assert meaning_of("End User", ["end_user"]) == "end_user"
    assert meaning_of("end_user", ["end_user"]) == "end_user"
    assert meaning_of("COO", ["code"]) == ""
    assert meaning_of("nothing", HEADINGS) == ""
    assert meaning_of("Länderschlüssel", HEADINGS) == meaning_of("PAYS", HEADINGS) == "country"


def test_no_name_has_two_meanings_and_each_is_written_as_it_is_looked_up() -> None:
    every = [name for names in HEADINGS.values() for name in names]
    assert len(set(every)) == len(every)
    assert [plain_name(name) for name in every] == every
    for meaning, names in HEADINGS.items():
        assert meaning_of(meaning, HEADINGS) == meaning
        assert {meaning_of(name, HEADINGS) for name in names} <= {meaning}


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        # GB18030 reads these bytes too, as M黮ler, and nobody would be found by that.
        ("name\nMüller GmbH\nSociété Zorblax\n", "cp1252", ""),
        ("name\nCompañía Naviera\n", "latin-1", ""),
        ("name\n中芯国际\nMüller\n", "gb18030", "gb18030"),
        ("名称,国家\n朱镕基,CN\n", "gb18030", "gb18030"),
        ("name\nMüller\n", "utf-8", "utf-8"),
    ],
)
def test_a_text_of_windows_is_not_taken_for_a_chinese_one(
    tmp_path: Path, text: str, encoding: str, found: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode(encoding))
    assert encoding_of(path) == found
    if not found:
        with pytest.raises(TableError, match="GB18030 or Windows-1252"), open_table(path) as rows:
            list(rows)
