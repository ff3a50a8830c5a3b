"""Databases that are only read: opened once, asked from any thread."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from detente.store.files import ReadConnection, open_in_memory, open_read_only


def test_what_one_thread_filled_or_opened_another_reads(tmp_path: Path) -> None:
    held = open_in_memory()
    held.executescript("CREATE TABLE numbers (number INTEGER); INSERT INTO numbers VALUES (3);")
    file = tmp_path / "numbers.sqlite"
    file.write_bytes(held.serialize())
    with ThreadPoolExecutor(1) as other:
        assert other.submit(_number, held).result() == 3
        assert other.submit(_number, open_read_only(file)).result() == 3


def _number(database: ReadConnection) -> int:
    return int(database.execute("SELECT number FROM numbers").fetchone()[0])


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make data"):
        open_read_only(tmp_path / "numbers.sqlite")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["a?b", "a#b", "a%b", "a%23b", "a b", "\u6570&mode=rw"])
def test_a_file_is_opened_whatever_its_name_holds_and_cannot_be_written(
    tmp_path: Path, name: str
) -> None:
    held = open_in_memory()
    held.executescript("CREATE TABLE numbers (number INTEGER); INSERT INTO numbers VALUES (3);")
    (tmp_path / name).write_bytes(held.serialize())
    opened = open_read_only(tmp_path / name)
    assert _number(opened) == 3
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        opened.execute("INSERT INTO numbers VALUES (4)")
