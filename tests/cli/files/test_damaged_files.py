"""A database that is damaged is told by its name with what to do, and without a traceback."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from detente.store import damage
from tests.cli.conftest import Run

ASKED = {
    "register.sqlite": ("duty", "8507.60.00.10", "--origin", "CN"),
    "goods.sqlite": ("duty", "8507.60.00.10", "--origin", "CN"),
    "parties.sqlite": ("screen", "Huawei Technologies"),
}


def whole(path: Path) -> bytes:
    """A database of some pages."""
    kept = sqlite3.connect(path)
    kept.execute("CREATE TABLE row (number INTEGER, text TEXT)")
    kept.executemany("INSERT INTO row VALUES (?, ?)", [(n, "x" * 900) for n in range(200)])
    kept.commit()
    kept.close()
    return path.read_bytes()


DAMAGES = {
    "noise": lambda body: Random(1).randbytes(len(body)),
    "empty": lambda body: b"",
    "half": lambda body: body[: len(body) // 2],
    "a page of zeros": lambda body: body[:8192] + bytes(4096) + body[12288:],
    "its head lost": lambda body: bytes(100) + body[100:],
}


@pytest.mark.parametrize("name", ASKED)
def test_a_file_of_the_user_that_cannot_be_read_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    (tmp_path / name).write_bytes(Random(1).randbytes(9000))
    ran = run(*ASKED[name])
    # The schedule is opened by what imports editions, which says so itself.
    assert ran.code == (2 if name == "goods.sqlite" else 1)
    assert f"{tmp_path / name} is damaged" in ran.err
    assert ("remove it" if name == "goods.sqlite" else "move it away") in ran.err


@pytest.mark.parametrize("kind", DAMAGES)
def test_every_kind_of_damage_is_found_and_what_is_whole_is_not_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    home, shipped = tmp_path / "home", tmp_path / "data"
    home.mkdir()
    shipped.mkdir()
    monkeypatch.setenv("DETENTE_HOME", str(home))
    monkeypatch.setattr(damage, "DATA", str(shipped))
    body = whole(home / "goods.sqlite")
    (shipped / "parties.sqlite").write_bytes(DAMAGES[kind](body))
    (home / "ledger.sqlite").write_bytes(DAMAGES[kind](body))
    found = {path: do for path, _, do in damage.damaged_files()}
    assert found == {
        str(shipped / "parties.sqlite"): damage.SHIPPED,
        str(home / "ledger.sqlite"): damage.RECORD,
    }


def test_where_no_file_is_damaged_the_fault_is_told_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    monkeypatch.setattr(damage, "DATA", str(tmp_path))
    assert "no such table" in damage.damage_text(sqlite3.OperationalError("no such table: x"))


def test_a_database_that_another_process_is_writing_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    monkeypatch.setattr(damage, "PATIENCE", 0.0)
    path = tmp_path / "parties.sqlite"
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as one,
        closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other,
    ):
        one.execute("CREATE TABLE row (text TEXT)")
        one.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError) as busy:
            other.execute("BEGIN IMMEDIATE")
        described = damage.damage_text(busy.value)
        assert "another process is writing" in described
        assert "nothing is damaged" in described
        assert damage.damaged_files() == []


def test_lists_whose_making_broke_off_are_none_and_can_be_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    (tmp_path / "parties.sqlite").touch()
    assert "Huawei" in run("screen", "Huawei Technologies", "--on", "2026-08-01").out
    watched = tmp_path / "watched.csv"
    watched.write_text("id,name,country\nw1,Invented Company Ltd,CN\n")
    made = run("lists", "import", str(watched), "--name", "MY-WATCH", "--as-of", "2026-01-01")
    assert made.code == 0, made.err
    assert "MY-WATCH" in run("screen", "Invented Company", "--on", "2026-08-01").out


def test_a_database_that_has_no_room_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    kept = sqlite3.connect(tmp_path / "parties.sqlite", isolation_level=None)
    kept.execute("CREATE TABLE row (text TEXT)")
    kept.execute("PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as full:
        kept.execute("INSERT INTO row VALUES (?)", ("x" * 100_000,))
    kept.close()
    described = damage.damage_text(full.value)
    assert f"a database of {tmp_path} cannot be written (database or disk is full)" in described
    assert "damaged" not in described
