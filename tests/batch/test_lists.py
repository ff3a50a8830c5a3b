"""Lists of texts give what frames give: in numbers, in answers, and in files."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polars
import pytest

from detente.batch import files
from detente.batch.cells import text_columns
from detente.batch.supposed import batch_of
from detente.batch.tables import BAD, PLAIN_QUANTITY, Dictionary, FrameTable, ListTable
from detente.cli.main import main
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.scenario.opened import NamedLaw
from tests.entries import random_entries

ODD = [
    "", " ", "0", "1", "12.5", " 12.50 ", "1,234.56", "12.345", "-1", "abc", "1e3", "£5", "$7.10",
    "9999999999999.99", "10000000000000", "99999999999999999999", ".5", "5.", "0.01", "NaN",
]  # fmt: skip


def both(**texts: list[str]) -> tuple[FrameTable, ListTable]:
    size = len(next(iter(texts.values())))
    return FrameTable(polars.DataFrame(texts)), ListTable(texts, size)


def test_dollars_are_the_same_cents() -> None:
    frame, listed = (each.cents("value") for each in both(value=ODD))
    assert [*frame[0]] == [*listed[0]]
    assert [*frame[1]] == [*listed[1]]


@pytest.mark.parametrize("pattern", [PLAIN_QUANTITY, "a", "^$"])
def test_the_same_texts_fit_a_pattern(pattern: str) -> None:
    frame, listed = (each.matches("value", pattern) for each in both(value=ODD))
    assert [*frame] == [*listed]


def test_the_same_rows_say_something() -> None:
    frame, listed = (each.is_stated("value") for each in both(value=ODD))
    assert [*frame] == [*listed] == [bool(text.strip()) for text in ODD]


def test_distinct_texts_lead_to_the_same_numbers() -> None:
    def read(text: str) -> int:
        return len(text) if text else BAD

    frame, listed = both(value=ODD * 2)
    assert [*frame.words("value").numbers(read)] == [*listed.words("value").numbers(read)]
    known = Dictionary(read)
    assert [*frame.numbers("value", known)] == [*listed.numbers("value", known)]


def test_parts_and_cells_are_the_same() -> None:
    import numpy

    rows = numpy.array([3, 0, 5])
    frame, listed = both(a=ODD, b=ODD[::-1])
    assert list(frame.row_texts(rows, ["b", "a"])) == list(listed.row_texts(rows, ["b", "a"]))
    assert list(frame.part(rows).cells()) == list(listed.part(rows).cells())
    assert len(listed.part(rows)) == 3


@pytest.mark.once
@pytest.mark.parametrize("scenario", ["", "threat-100"])
def test_answers_are_the_same(scenario: str) -> None:
    entries = random_entries(1500, 7, with_facts=0.3)
    texts = {name: entries[name].to_list() for name in entries.columns}
    register = NamedLaw(scenario=scenario or None).opened()
    batch = batch_of(register, Schedule())
    assert text_columns(batch.answer(entries)) == text_columns(
        batch.answer(ListTable(texts, len(entries)))
    )


NOTES = [
    "=1+1", "-1", "-1+1", "+1e3", "@x", "＝1", "－２", "\tx", 'a "word"', "a,b", "a;b",
    "two\nlines",
    "two\r\nlines", "old\rline", " blank before", "blank after ", "", " ", "'quoted'", "中文", '"',
    "0.50", "nothing\\here", "é",
]  # fmt: skip
"""Cells that a writer of CSV may take for something else."""


def with_notes(count: int, seed: int) -> polars.DataFrame:
    entries = random_entries(count, seed, with_facts=0.2)
    notes = [NOTES[at % len(NOTES)] for at in range(len(entries))]
    return entries.with_columns(polars.Series("note", notes))


@pytest.mark.once
@pytest.mark.parametrize(
    ("suffix", "columns"),
    [
        (".csv", ""), (".tsv", ""), (".xlsx", ""), (".csv", "note"), (".csv", "reason"),
        (".csv", "total_ad_valorem"), (".tsv", "total_amount,note,code"), (".csv", "reason,note"),
    ],
)  # fmt: skip
def test_files_are_the_same_either_way(
    suffix: str, columns: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, found = tmp_path / "entries.csv", []
    with_notes(400, 9).write_csv(source)
    assert files.SMALL < source.stat().st_size <= files.LISTED
    for most in (files.LISTED, 0):
        monkeypatch.setattr(files, "LISTED", most)
        target = tmp_path / f"{most}{suffix}"
        job = files.BatchJob(source, target, {}, columns=columns)
        found.append((files.answer_file(Register.built_in(), job), _contents(target)))
    assert found[0] == found[1]


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx"])
def test_a_small_file_is_the_same_row_by_row(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, found = tmp_path / "entries.csv", []
    with_notes(40, 3).write_csv(source)
    assert source.stat().st_size <= files.SMALL
    for most in (files.SMALL, 0):
        monkeypatch.setattr(files, "SMALL", most)
        target = tmp_path / f"{most}{suffix}"
        job = files.BatchJob(source, target, {})
        found.append((files.answer_file(Register.built_in(), job), _contents(target)))
    assert found[0] == found[1]


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx"])
def test_a_workbook_of_few_rows_is_the_same_row_by_row(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, found = tmp_path / "entries.xlsx", []
    with_notes(40, 3).write_excel(source)
    for most in (files.FEW_ROWS, 39):
        monkeypatch.setattr(files, "FEW_ROWS", most)
        assert files._has_few_rows(source) is (most > 40)
        target = tmp_path / f"{most}{suffix}"
        job = files.BatchJob(source, target, {})
        found.append((files.answer_file(Register.built_in(), job), _contents(target)))
    assert found[0] == found[1]


@pytest.mark.parametrize("few", [True, False])
@pytest.mark.parametrize("target", ["out.csv", "out.xlsx", "out.parquet", "out.arrow"])
def test_what_was_read_into_the_cells_of_a_workbook_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], target: str, few: bool
) -> None:
    row, source = ["8507.60.00.10", "CN", "2025-11-12", "=A1*2"], tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    for cells in (["code", "origin", "on", "value"], *[row] * (2 if few else 500)):
        book.active.append(cells)
    book.active.merge_cells("B2:B3")
    book.save(source)
    assert main(["batch", str(source), "-o", str(tmp_path / target)]) == 0
    told = capsys.readouterr().err
    assert "What was calculated in cells with formulas was not saved (D2" in told
    assert "Cells are merged (B2:B3): what stands there was read for every row" in told


def test_a_file_that_is_no_workbook_is_left_to_its_reader(tmp_path: Path) -> None:
    for name, body in (
        ("a.xlsx", b"PK\x03\x04 cut off"),
        ("b.xls", b"old"),
        ("c.csv", b"code\n1\n"),
    ):
        source = tmp_path / name
        source.write_bytes(body)
        assert not files._has_few_rows(source)
    assert not files._has_few_rows(tmp_path / "none.xlsx")


def test_cells_of_other_types_are_written_as_rows_write_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, found = tmp_path / "entries.parquet", []
    with_notes(300, 4).with_columns(
        polars.col("on").str.to_date(),
        polars.col("value").cast(polars.Float64, strict=False),
        weight=polars.Series([0.1, None, 1e20] * 100),
        seen=polars.Series([True, None, False] * 100),
        at=polars.datetime(2025, 1, 2, 3),
        marks=polars.Series([["=a", "b"], None, []] * 100),
    ).write_parquet(source)
    for way in (files._to_texts, files._to_rows):
        monkeypatch.setattr(files, "_to_texts", way)
        target = tmp_path / "duties.csv"
        files.answer_file(Register.built_in(), files.BatchJob(source, target, {}))
        found.append(target.read_bytes())
    assert found[0] == found[1]
    assert found[0].count(b'"[""=a"", ""b""]"') == 100


def _contents(path: Path) -> object:
    if path.suffix != ".xlsx":
        return path.read_bytes()
    return polars.read_excel(path, infer_schema_length=0).rows()


def test_days_by_an_order_are_the_same_either_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SMALL", 0)
    source, found = tmp_path / "entries.csv", []
    source.write_text("code,origin,on,value\n8507.60.00.10,CN,12/11/2025,100\n")
    for most in (files.LISTED, 0):
        monkeypatch.setattr(files, "LISTED", most)
        target = tmp_path / f"{most}.csv"
        files.answer_file(
            Register.built_in(), files.BatchJob(source, target, {}, dates="day-first")
        )
        found.append(target.read_text())
    assert found[0] == found[1]
    assert "2025-11-12" in found[0]


def test_a_table_without_rows_is_a_table_without_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SMALL", 0)
    source, target = tmp_path / "entries.csv", tmp_path / "duties.csv"
    source.write_text("code,origin,on,note\n")
    done = files.answer_file(Register.built_in(), files.BatchJob(source, target, {}))
    assert done.statuses.total() == 0
    assert target.read_text().startswith("code,origin,on,note,status,")


def test_a_small_table_loads_no_polars(tmp_path: Path) -> None:
    import subprocess
    import sys

    source = tmp_path / "entries.csv"
    random_entries(400, 9, with_facts=0.2).write_csv(source)
    code = (
        "import sys; from detente.cli.main import main;"
        f"assert main(['batch', {str(source)!r}, '-o', {str(tmp_path / 'out.csv')!r}]) == 0;"
        "assert 'polars' not in sys.modules"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
