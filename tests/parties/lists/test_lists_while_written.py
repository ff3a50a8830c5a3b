"""Lists of the user are read while a long import writes them: what was there before counts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from detente.cli.main import main
from detente.parties.screening import store


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    monkeypatch.setattr(store, "PATIENCE", 0.2)
    watched = tmp_path / "watched.csv"
    watched.write_text("id,name,country\nw1,Invented Company Ltd,CN\n")
    words = ["lists", "import", str(watched), "--name", "MY-WATCH", "--as-of", "2026-01-01"]
    assert main(words) == 0
    return tmp_path


def test_a_name_is_screened_while_an_import_is_under_way(home: Path) -> None:
    before = main(["screen", "Invented Company", "--on", "2026-08-01"])
    with closing(store.open_user()) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.executemany(
            "INSERT INTO entries (id, body) VALUES (?, ?)",
            [(number, f"{number}" * 600) for number in range(10**6, 10**6 + 2000)],
        )  # more than the pages that SQLite holds before it would write them
        assert main(["screen", "Invented Company", "--on", "2026-08-01"]) == before
        writer.rollback()


def test_two_that_write_wait_for_each_other_and_one_gives_up_in_the_end(home: Path) -> None:
    with closing(store.open_user()) as first, closing(store.open_user()) as second:
        first.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            second.execute("BEGIN IMMEDIATE")
        first.rollback()
        second.execute("BEGIN IMMEDIATE")
        second.rollback()
