"""Rows of kept tables by name: a table is read once, whatever is decided of it afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from detente.parties.masters import row_index
from detente.parties.masters.row_countries import NamedRow, rows_of_names
from detente.parties.masters.stored import Master, Masters

TABLE = (
    "City,Vendor Name,Country,Address\nShenzhen,Zorblax Ltd,China,5 Long Road\n,Kepler,,\n"
    ",ZORBLAX  ltd,US,\n"
)


@pytest.fixture
def master(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Master:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    source = tmp_path / "v.csv"
    source.write_text(TABLE)
    return Masters().keep("v.csv", source, Master("", "", country="DE"))


ZORBLAX = [
    NamedRow("v.csv", 2, "CN", "Zorblax Ltd", "5 Long Road"),
    NamedRow("v.csv", 4, "US", "ZORBLAX  ltd"),
]


def test_rows_of_a_name_come_with_their_lines_and_countries(master: Master) -> None:
    assert rows_of_names(["zorblax ltd", "Kepler", "Nobody"]) == {
        "zorblax ltd": ZORBLAX,
        "kepler": [
            NamedRow("v.csv", 3, "DE", "Kepler")
        ],  # where partners are whose row does not say
        "nobody": [],
    }


def test_a_table_is_read_once(master: Master) -> None:
    assert rows_of_names(["Zorblax Ltd"]) == {"zorblax ltd": ZORBLAX}
    Masters().table(master).write_text("nothing that could be read")
    assert rows_of_names(["Zorblax Ltd"]) == {"zorblax ltd": ZORBLAX}


def test_an_index_that_is_not_whole_or_another_version_made_is_made_again(master: Master) -> None:
    at = Masters().table(master).with_name(row_index.INDEX)
    at.touch()
    assert rows_of_names(["Zorblax Ltd"]) == {"zorblax ltd": ZORBLAX}
    for change in ("UPDATE made SET format = 'older'", "DELETE FROM made"):
        with closing(sqlite3.connect(at)) as database, database:
            database.execute("DELETE FROM rows")
            database.execute(change)
        assert rows_of_names(["Zorblax Ltd"]) == {"zorblax ltd": ZORBLAX}


def test_a_table_that_is_removed_takes_its_index_along(master: Master) -> None:
    rows_of_names(["Zorblax Ltd"])
    Masters().remove(master)
    assert rows_of_names(["Zorblax Ltd"]) == {"zorblax ltd": []}
