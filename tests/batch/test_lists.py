"""Lists of texts give what frames give: in numbers, in answers, and in files."""

from __future__ import annotations

from pathlib import Path

import polars
import pytest

from detente.batch import files
from detente.batch.cells import text_columns
from detente.batch.supposed import batch_of
from detente.batch.tables import BAD, Dictionary, FrameTable, ListTable
from detente.batch.words import PLAIN_QUANTITY
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


@pytest.mark.parametrize("scenario", ["", "threat-100"])
def test_answers_are_the_same(scenario: str) -> None:
    entries = random_entries(1500, 7, with_facts=0.3)
    texts = {name: entries[name].to_list() for name in entries.columns}
    register = NamedLaw(scenario=scenario or None).opened()
    batch = batch_of(register, Schedule())
    assert text_columns(batch.answer(entries)) == text_columns(
        batch.answer(ListTable(texts, len(entries)))
    )


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx"])
def test_files_are_the_same_either_way(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, found = tmp_path / "entries.csv", []
    random_entries(400, 9, with_facts=0.2).with_columns(note=polars.lit("=1+1")).write_csv(source)
    assert files.SMALL < source.stat().st_size <= files.LISTED
    for most in (files.LISTED, 0):
        monkeypatch.setattr(files, "LISTED", most)
        target = tmp_path / f"{most}{suffix}"
        done = files.answer_file(Register.built_in(), files.BatchJob(source, target, {}))
        found.append((done, _contents(target)))
    assert found[0] == found[1]


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
