"""Entries of a file by column: asked as a frame is, also by another process."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy
import polars
import pytest

from detente.batch.answer import Batch
from detente.batch.files import BatchJob, answer_file
from detente.batch.pages import entries as entry_pages
from detente.batch.pages.answers import AnswerPages
from detente.batch.pages.entries import ColumnTable, TableHead, entries_of
from detente.batch.table import Answers
from detente.batch.tables import BAD, PLAIN_QUANTITY, Dictionary, FrameTable
from detente.core.tables.parquet import ParquetWriter
from detente.core.tables.parquet_pages import Packing, packing
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.entries import random_entries

FRAME = polars.DataFrame(
    {
        "note": ["a", "b", None, "d", "e"],
        "code": ["8507.60.00.10", " 8507600010", None, "x", "8507.60.00.10"],
        "origin": ["CN", "China ", "CN", "", "DE"],
        "on": ["2025-05-01", "2025-05-02", "2025-05-01", "1 May 2025", ""],
        "value": ["1000", " 12.5 ", None, "ä", "1e3"],
        "quantity": ["5", "", " 2.5 ", "x", None],
        "unit": ["kg", "", "kg", " No.", "kg"],
        "fact.auto_part": ["true", None, "", "false", "true"],
    }
)
ROWS = numpy.arange(len(FRAME))


def packed() -> Packing:
    found = packing("uncompressed")
    assert found is not None
    return found


def tables_of(*frames: polars.DataFrame, wanted: str = "") -> list[ColumnTable]:
    """Frames as tables, each sent from one process to another."""

    def given() -> Iterator[polars.DataFrame]:
        yield frames[0].clear()
        yield from frames

    head, *tables = pickle.loads(pickle.dumps([*entries_of(given, wanted, packed())]))
    assert isinstance(head, TableHead)
    known: dict[str, list[str]] = {}
    return [table.after(known) for table in tables]


def test_a_table_is_asked_as_its_frame_is() -> None:
    (table,), frame = tables_of(FRAME), FrameTable(FRAME)
    assert len(table) == len(frame) == 5
    for name in ("unit", "fact.auto_part", "code"):
        words, expected = table.words(name), frame.words(name)
        assert [words.texts[at] for at in words.ids] == [expected.texts[at] for at in expected.ids]
    for mine, theirs in zip(table.cents("value"), frame.cents("value"), strict=True):
        assert mine.tolist() == theirs.tolist()
    assert table.is_stated("quantity").tolist() == frame.is_stated("quantity").tolist()
    fits, expected_fits = (each.matches("quantity", PLAIN_QUANTITY) for each in (table, frame))
    assert fits.tolist() == expected_fits.tolist() == [True, False, True, False, False]


def test_rows_have_their_texts_as_they_are_written() -> None:
    (table,) = tables_of(FRAME)
    names = [name for name in FRAME.columns if name != "note"]
    assert {*table.columns} == {*names}
    # A value is told by its cents, but for what is none or nothing.
    amounts = FRAME.with_columns(value=polars.Series(["1000.00", "12.50", "", "ä", "1e3"]))
    expected = list(FrameTable(amounts).row_texts(ROWS, names))
    assert list(table.row_texts(ROWS, names)) == expected
    some = numpy.array([3, 0, 3])
    part = table.part(some)
    assert list(part.row_texts(numpy.array([0, 1, 2]), names)) == [expected[at] for at in some]
    assert part.cents("value")[0].tolist() == table.cents("value")[0][some].tolist()
    assert part.is_stated("quantity").tolist() == [True] * 3
    assert len(part) == 3


def test_a_value_of_nothing_is_no_empty_cell() -> None:
    values = FRAME.with_columns(value=polars.Series(["0", "0.00", "", "-5", " 1,000.5 "]))
    (table,) = tables_of(values)
    found = [text for (text,) in table.row_texts(ROWS, ["value"])]
    cents, unread = FrameTable(values).cents("value")
    assert found[:4] == ["0", "0.00", "", "-5"]
    assert found[4] == (" 1,000.5 " if unread[4] else "1000.50")
    assert table.cents("value")[0].tolist() == cents.tolist()


def test_each_distinct_text_is_read_once_over_all_tables() -> None:
    met: list[str] = []

    def read(text: str) -> int:
        met.append(text)
        return len(text) if text else BAD

    known = Dictionary(read)
    found = [table.numbers("origin", known).tolist() for table in tables_of(FRAME, FRAME[::-1])]
    assert found == [[2, 5, 2, BAD, 2], [2, BAD, 2, 5, 2]]
    assert sorted(met) == ["", "CN", "China", "DE"]


def test_what_is_not_known_of_a_table_is_not_made_up() -> None:
    (table,) = tables_of(FRAME.drop("value"))
    with pytest.raises(KeyError):
        table.cents("value")
    with pytest.raises(KeyError):
        table.matches("quantity", "^[0-9]$")


def test_columns_that_are_not_wanted_are_not_packed() -> None:
    (table,) = tables_of(FRAME, wanted="status,on,note")
    assert {*table.pages.packed} == {"on"}
    assert table.pages.others is not None
    (table,) = tables_of(FRAME, wanted="status")
    assert table.pages == ({}, None)
    with pytest.raises(ValueError, match="a column"):
        tables_of(FRAME, wanted="statis")


def test_the_first_rows_of_a_large_file_come_by_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entry_pages, "FIRST", 2)
    assert [*map(len, tables_of(FRAME, FRAME, FRAME[:0], FRAME[:2]))] == [2, 3, 5, 2]
    assert [*map(len, tables_of(FRAME[:2], FRAME))] == [2, 5]
    texts = [
        text
        for table in tables_of(FRAME, FRAME)
        for (text,) in table.row_texts(numpy.arange(len(table)), ["on"])
    ]
    assert texts == FRAME["on"].to_list() * 2


@pytest.mark.parametrize("facts", [{}, {"auto_part": "false"}])
def test_answers_are_those_to_the_frame(facts: dict[str, str]) -> None:
    entries = random_entries(900, 5, with_facts=0.3)
    batch, other = (Batch(Register.built_in(), Schedule(), facts) for _ in range(2))
    expected = batch.answer(entries)
    at = 0
    for table in tables_of(entries[:500], entries[500:]):
        found = other.answer(table)
        rows = slice(at, at + len(table))
        at += len(table)
        assert found.headings == expected.headings[rows]
        assert found.status.tolist() == expected.status[rows].tolist()
        for name in ("reason", "layers", "because"):
            mine, theirs = getattr(found, name), getattr(expected, name)[rows]
            assert [found.texts[each] for each in mine] == [expected.texts[each] for each in theirs]
        for name, column in found.numbers.items():
            assert column.tolist() == expected.numbers[name][rows].tolist()
    assert at == len(entries)


def test_what_reads_a_file_loads_no_law() -> None:
    code = (
        "import sys, detente.batch.files, detente.batch.pages.entries\n"
        "print(*(name for name in sys.modules if name.startswith('detente.')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rooms = {name.split(".")[1] for name in run.stdout.split()}
    assert not rooms & {"duty", "register", "goods", "questions"}
    assert "detente.batch.engine" not in run.stdout


COMMAND = """
import os, sys
processors = {*range(int(sys.argv.pop(1)))}
os.sched_getaffinity = lambda pid: processors
from detente.cli.main import main
code = main(sys.argv[1:])
print(code, "polars" in sys.modules)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")
def test_one_process_and_two_write_the_same(tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    random_entries(300, 8, with_facts=0.2).write_parquet(source)
    found = []
    for processors in ("1", "2"):
        target = tmp_path / f"{processors}.parquet"
        words = [processors, "batch", str(source), "-o", str(target)]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        run = subprocess.run(
            [sys.executable, "-c", COMMAND, *words],
            capture_output=True,
            text=True,
            env=environment,
            check=True,
        )
        # The process that answers needs no polars where another reads the file.
        assert run.stdout == f"0 {processors == '1'}\n"
        found.append((target.read_bytes(), run.stderr))
    assert found[0] == found[1]
    alone = tmp_path / "library.parquet"
    answer_file(Register.built_in(), BatchJob(source, alone, {}))
    assert polars.read_parquet(alone).equals(polars.read_parquet(tmp_path / "1.parquet"))


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")
@pytest.mark.parametrize(
    ("frame", "words", "told"),
    [
        (FRAME.drop("origin"), [], "the column origin is missing"),
        (FRAME, ["--columns", "statis"], "a column"),
        (
            FRAME.with_columns(code=polars.Series([["a"]] * 5)),
            [],
            "the column code is List(String)",
        ),
        (None, [], "is not a Parquet file"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_by_either(
    tmp_path: Path, frame: polars.DataFrame | None, words: list[str], told: str
) -> None:
    source = tmp_path / "in.parquet"
    source.write_bytes(b"nothing") if frame is None else frame.write_parquet(source)
    errors = []
    for processors in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", COMMAND, processors, "batch", str(source), "-o",
             str(tmp_path / "out.parquet"), *words],
            capture_output=True,
            text=True,
            check=True,
        )  # fmt: skip
        assert run.stdout.startswith("2 ")
        errors.append(run.stderr)
    assert errors[0] == errors[1]
    assert told in errors[0]
    assert [each.name for each in tmp_path.iterdir()] == ["in.parquet"]


def test_headings_of_all_lengths_are_the_pairs_of_their_texts() -> None:
    drawn = numpy.random.default_rng(3)
    filed = ["", "9903.01.24;", "9903.01.25;", "9903.88.03;9903.01.24;", "é;"]
    lines = ["0101.21.00.10", "0101.21.00", "8507.60.00.20", "0101.29.00.10", "ü", ""]
    texts = [*map("".join, product(filed, lines))]
    pages = AnswerPages(cast("ParquetWriter", None), ())
    for rows in (1, 7, 500):
        before, last = (drawn.integers(0, len(each), rows) for each in (filed, lines))
        found = pages._headings(
            cast("Answers", SimpleNamespace(before=before, last=last, filed=filed, lines=lines))
        )
        distinct = _dictionary(bytes(found.texts))
        assert len({*distinct}) == len(distinct) == found.distinct
        expected = [
            texts[one * len(lines) + other] for one, other in zip(before, last, strict=True)
        ]
        assert [distinct[number] for number in found.numbers.tolist()] == expected


def _dictionary(body: bytes) -> list[str]:
    found, at = [], 0
    while at < len(body):
        size = int.from_bytes(body[at : at + 4], "little")
        found.append(body[at + 4 : at + 4 + size].decode())
        at += 4 + size
    return found
