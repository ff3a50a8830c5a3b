"""The files of lists: which versions count on a day, what is told of them, how they are opened."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from detente.cli.main import main
from detente.parties.lists.model import ListedEntry, Name
from detente.parties.lists.standing import Strictness
from detente.parties.lists.versions import Counting, Version, counting, versions_of
from detente.parties.screening import importing, store
from detente.parties.screening.hits import NameHit
from detente.parties.screening.list_rows import list_rows
from detente.parties.screening.listed.index import SCHEMA, body
from detente.parties.screening.store import Screen


def version(number: int, on: str, day: str, *, own: bool = True, **more: Any) -> Version:
    plain = Version(number, on, day, f"{number}.csv", "csv", 10 * number, 0, not own, day, "x")
    return plain._replace(**more)


OLD = version(1, "EL", "2026-01-01", own=False, source="")
NEW = version(2, "EL", "2026-03-01", own=False, source="")
OWN = version(3, "EL", "2026-03-01", source="one.csv")
SECOND = version(4, "EL", "2026-03-01", source="two.csv", start="2026-02-01")
MINE = version(5, "MINE", "2026-04-01", source="mine.csv")


@pytest.mark.parametrize(
    ("on", "numbers", "later"),
    [
        (None, (3, 4), False),  # one's own of the newest day, in place of the package's
        ("2026-03-01", (3, 4), False),
        ("2026-02-28", (4,), False),  # the second answers for February already
        ("2026-01-31", (1,), False),
        ("2025-12-31", (1,), True),
    ],
)
def test_versions_count_from_the_day_that_they_answer_for(
    on: str | None, numbers: tuple[int, ...], later: bool
) -> None:
    found = counting([OLD, NEW, OWN, SECOND, MINE], on)
    assert [each.number for each in found["EL"].versions] == [*numbers]
    assert found["EL"].is_later is later
    assert found["MINE"].is_later is (on is not None)
    chosen = Counting((OWN, SECOND), False)
    assert (chosen.start, chosen.day) == ("2026-02-01", "2026-03-01")
    assert store._numbers([OLD, OWN], {"EL": chosen}) == {3}


# --- what is told of lists -----------------------------------------------------------------------


def test_lists_at_hand_are_told_as_of_a_day_the_known_ones_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = {name: SimpleNamespace(title=f"List {name}", by="US") for name in ("SDN", "EL", "UVL")}
    other = version(6, "UVL", "2026-05-01", own=False, source="")
    monkeypatch.setattr(store, "open_built_in", lambda: SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(store, "read_facts", lambda database: known)
    monkeypatch.setattr(store, "all_versions", lambda: [MINE, other, OLD, NEW, OWN, SECOND])
    found = store.listed("2026-04-15")
    assert [tuple(each) for each in found] == [
        (
            "EL", "List EL", "US", "2026-03-01", 70, False, ("2026-01-01", "2026-03-01"),
            "2026-02-01", ("one.csv", "two.csv"),
        ),
        # It begins after the day: nothing of it counts yet.
        ("UVL", "List UVL", "US", "", 0, True, ("2026-05-01",), "2026-05-01", ()),
        ("MINE", "mine.csv", "", "2026-04-01", 50, False, ("2026-04-01",), "2026-04-01",
         ("mine.csv",)),
    ]  # fmt: skip


def test_sources_and_strictness_are_read_in_their_order() -> None:
    columns = ", ".join(store.ListFacts._fields)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE TABLE lists ({columns}, strictness)")
        row = [f"{name}" for name in store.ListFacts._fields[1:]]
        marks = ", ".join("?" * (len(row) + 2))
        for name, strictness in (("UVL", 30), ("SDN", 10), ("EL", 20)):
            database.execute(f"INSERT INTO lists VALUES ({marks})", (name, *row, strictness))
        database.execute("CREATE TABLE policies (policy, strictness)")
        database.execute("INSERT INTO policies VALUES ('denial', 3)")
        database.execute("CREATE TABLE updates (name, lists, file, address)")
        database.execute("INSERT INTO updates VALUES ('z', 'SDN', 'z.csv', 'there')")
        database.execute("INSERT INTO updates VALUES ('a', 'EL;UVL', 'a.csv', 'here')")
        assert [*store.read_facts(database)] == ["SDN", "EL", "UVL"]
        assert store.read_facts(database)["EL"] == ("EL", *row)
        assert store.update_sources(database) == [
            ("a", ("EL", "UVL"), "a.csv", "here"), ("z", ("SDN",), "z.csv", "there"),
        ]  # fmt: skip
        found = store._strictness(database)
        assert found == Strictness({"UVL": 30, "SDN": 10, "EL": 20}, {"denial": 3})


# --- the user's file -----------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_file_that_nobody_made_or_that_is_empty_holds_no_lists(home: Path) -> None:
    path = str(home / "parties.sqlite")
    assert store.user_file() == path
    assert not store.has_user_lists()
    assert store.user_state() == (path, 0, 0)
    home.mkdir()
    (home / "parties.sqlite").write_bytes(b"")
    assert not store.has_user_lists()
    (home / "parties.sqlite").write_bytes(b"12345")
    assert store.has_user_lists()
    changed = (home / "parties.sqlite").stat().st_mtime_ns
    assert store.user_state() == (path, 5, changed)


def test_a_new_file_has_every_table_and_is_not_made_twice(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    monkeypatch.setattr(store, "sync_folder", synced.append)
    with closing(store.open_user()) as database:
        tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
        assert {"versions", "entries", "names", "grams", "words", "facts"} <= tables
        assert database.execute("PRAGMA synchronous").fetchone() == (3,)  # EXTRA
        assert not database.in_transaction
        database.execute("INSERT INTO words VALUES ('zorblax', 1)")
        database.commit()
    assert synced == [str(home / "parties.sqlite")]
    with closing(store.open_user()) as database:
        assert database.execute("SELECT * FROM words").fetchall() == [("zorblax", 1)]
    assert len(synced) == 1


def entry(key: str, **more: Any) -> ListedEntry:
    return ListedEntry("EL", key, (Name(f"Zorblax {key}"),), **more)


@pytest.fixture
def kept() -> Iterator[sqlite3.Connection]:
    """Two versions of one list: of January with entries 1 and 2, of March with 3 and 2."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(SCHEMA)
        for number in (1, 2, 3):
            database.execute(
                "INSERT INTO entries VALUES (?, ?)", (number, body(entry(str(number))))
            )
        for number, day, of in ((1, "2026-01-01", [2, 1]), (2, "2026-03-01", [3, 2])):
            database.execute(
                "INSERT INTO versions (id, list, source_date, format, rows, file, sha256, members)"
                " VALUES (?, 'EL', ?, 'csv', 2, 'f', 'x', ?)",
                (number, day, array("I", of).tobytes()),
            )
        yield database


def test_the_entries_of_a_list_are_those_of_the_version_that_counts(
    kept: sqlite3.Connection,
) -> None:
    def keys(code: str, on: str | None = None) -> list[str]:
        return [each.key for each in store.entries_of(kept, code, on)]

    assert keys("EL") == keys("EL", "2026-03-01") == ["2", "3"]
    assert keys("EL", "2026-02-28") == ["1", "2"]
    assert keys("EL", "2025-12-31") == keys("SDN") == []
    both = versions_of(kept, False)
    assert [each.key for each in store.version_entries(kept, both)] == ["1", "2", "3"]
    assert [(each.entries, each.start, each.built_in) for each in both] == [
        (2, "2026-01-01", False), (2, "2026-03-01", False),
    ]  # fmt: skip


def test_versions_of_an_older_file_are_taken_over(home: Path) -> None:
    home.mkdir()
    older = SCHEMA.replace(
        "  left_out INTEGER NOT NULL DEFAULT 0, start TEXT NOT NULL DEFAULT '',\n", ""
    ).replace("UNIQUE (list, source_date, file)", "UNIQUE (list, source_date)")
    with closing(sqlite3.connect(home / "parties.sqlite")) as database:
        database.executescript(older)
        database.execute(
            "INSERT INTO versions VALUES (7, 'EL', '2026-01-01', 'csv', 3, 'f.csv', 'x', ?)",
            (array("I", [1, 2]).tobytes(),),
        )
        database.commit()
    with closing(store.open_user()) as database:
        (found,) = versions_of(database, False)
        assert found == Version(
            7, "EL", "2026-01-01", "f.csv", "csv", 2, 0, False, "2026-01-01", "x"
        )
        names = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
        assert "older" not in names
        # Two sources of one day are two versions from now on.
        database.execute(
            "INSERT INTO versions (list, source_date, format, rows, file, sha256, members)"
            " VALUES ('EL', '2026-01-01', 'csv', 1, 'g.csv', 'y', x'')"
        )
        database.commit()
    with closing(store.open_user()) as database:
        assert len(versions_of(database, False)) == 2


@pytest.mark.parametrize(("reading", "anew"), [("today", False), ("older", True), ("", True)])
def test_lists_that_were_read_with_other_words_are_read_anew(
    monkeypatch: pytest.MonkeyPatch, reading: str, anew: bool
) -> None:
    read: list[tuple[Any, ...]] = []
    monkeypatch.setattr(importing, "reading_of", lambda file: file)
    monkeypatch.setattr(importing, "read_anew", lambda *given: read.append(given))
    files: Any = SimpleNamespace(own=reading, built_in="today")
    tables: Any = "tables"
    importing._read_equal(files, tables)
    assert read == ([(reading, "tables", "today")] if anew else [])


# --- a screen over files -------------------------------------------------------------------------


def hit(score: float, on: str = "EL", *others: str) -> NameHit:
    entries = [ListedEntry(each, each, (Name("Zorblax"),)) for each in (on, *others)]
    return NameHit(entries[0], "Zorblax", score, (), tuple(entries[1:]))


def screen(**held: Any) -> Any:
    made: Any = Screen.__new__(Screen)
    law = {"later": frozenset(), "day": "2026-03-01", "pauses": (), "reading": "law"}
    for name, value in {**law, **held}.items():
        setattr(made, name, value)
    return made


def test_lists_that_begin_later_are_left_out_of_hits_before_these_are_cut() -> None:
    asked: list[tuple[Any, ...]] = []

    def parties(name: str, country: Any, top: int, city: Any) -> list[NameHit]:
        asked.append((name, country, top, city))
        return [hit(0.95, "NEW"), hit(0.9, "EL", "NEW", "SDN"), hit(0.85, "UVL")]

    def lists(later: set[str], top: int = 2) -> list[str]:
        made = screen(later=frozenset(later), parties=parties)
        return [each.entry.list for each in made.hits("Zorblax", "CN", top, "Wuhan")]

    assert lists({"NEW"}) == ["EL", "SDN"]
    assert lists({"NEW"}, 3) == ["EL", "SDN", "UVL"]
    # Without such lists so many parties are wanted and each stands on all of its lists.
    assert lists(set()) == ["NEW", "EL", "NEW", "SDN", "UVL"]
    assert asked == [("Zorblax", "CN", top, "Wuhan") for top in (store.ALL, store.ALL, 2)]


def test_hits_on_addresses_stand_among_the_others_by_their_score() -> None:
    def of(addresses: bool, *hits: NameHit) -> Any:
        return SimpleNamespace(addresses=addresses, at_address=lambda line: [*hits])

    found = [hit(0.95), hit(0.85)]
    silent = screen(lists=[of(True), of(False)])
    assert silent.with_addresses(found, "10 Long Road", "", 1) is found
    some = screen(lists=[of(True, hit(0.9, "AT")), of(False)])
    told = [each.score for each in some.with_addresses(found, "10 Long Road", "", 5)]
    assert told == [0.95, 0.9, 0.85]
    assert len(some.with_addresses(found, "10 Long Road", "", 2)) == 2


def test_entries_of_a_party_stand_listed_ones_first_then_by_strictness() -> None:
    strictness = Strictness({"SDN": 1, "EL": 2, "NEW": 0}, {})
    made = screen(strictness=strictness, later=frozenset(["NEW"]))
    day: dict[str, Any] = {
        "in force": {"since": "2026-03-01"}, "not yet": {"since": "2026-03-02"},
        "ended": {"until": "2026-03-01"}, "suspended": {"suspended_from": "2026-01-01"},
    }  # fmt: skip
    entries = [
        ListedEntry(on, what, (Name("Zorblax"),), **day.get(what, {}))
        for on, what in (
            ("SDN", "ended"), ("EL", "not yet"), ("NEW", "unknown"), ("EL", "suspended"),
            ("SDN", "in force"),
        )
    ]  # fmt: skip
    found = [each.key for each in sorted(entries, key=made._order)]
    assert found == ["in force", "suspended", "unknown", "ended", "not yet"]


def test_a_hash_of_lists_changes_with_what_counts_and_with_what_is_told_of_it(
    kept: sqlite3.Connection,
) -> None:
    def hashed(*numbers: int, facts: str = "told", day: str = "2026-03-01") -> str:
        chosen = version(numbers[0], "EL", day)
        made = screen(
            counting={"EL": Counting((chosen,), False)}, facts={"EL": facts},
            _state=("kept", 1, 2), _files=[(kept, frozenset(numbers))],
        )  # fmt: skip
        first = made.sha256()
        assert made.sha256() == first
        return str(first)

    found = [
        hashed(1), hashed(2), hashed(1, 2), hashed(1, facts="other"), hashed(1, day="2026-03-02"),
    ]  # fmt: skip
    assert len({*found}) == 5
    assert found[0] == hashed(1)


def test_an_identity_names_the_day_and_every_file() -> None:
    files = [SimpleNamespace(identity=lambda: "one"), SimpleNamespace(identity=lambda: "two")]
    assert screen(lists=files).identity() == "2026-03-01 one two"


def test_counts_of_a_day_are_of_that_day_and_none_where_a_list_is_not_held_for_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    days = ("2018-01-01", "2025-01-02", "2025-08-11", "2025-08-12")
    found = {
        day: {row["list"]: row["entries"] for row in list_rows(day, "2026-08-01")} for day in days
    }
    # CN-CONTROL began with 28 names; on 12 August 2025 twelve of 79 were taken off.
    assert [found[day]["CN-CONTROL"] for day in days] == [None, 28, 79, 79 - 12]
    assert (found["2018-01-01"]["UFLPA"], found["2018-01-01"]["CN-UEL"]) == (None, None)
    counts = [found[day]["EL"] for day in days[:2]]
    held = {row["list"]: row["entries"] for row in list_rows(None, "2026-08-01")}
    assert int(counts[0] or 0) < int(counts[1] or 0) < int(held["EL"] or 0)
    assert main(["lists", "--on", "2018-01-01"]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == ("Entries that stand on 2018-01-01, or may; – for a list not held for that day")
    assert [line.split()[1] for line in lines if line.startswith(("UFLPA", "CN-UEL"))] == ["–", "–"]
