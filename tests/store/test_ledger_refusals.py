"""What a ledger refuses: to go on from a broken chain, to go back in time, to be another's file."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from detente.store import ledger as module
from detente.store.ledger import Ledger, LedgerError

NOON = "2026-01-01T12:00:00.000+00:00"


def append(ledger: Ledger, at: str = NOON, name: str = "a") -> None:
    ledger.append(
        "licence", {"name": name}, {"x": "y"}, register="ab" * 32, version="0.1.0", clock=lambda: at
    )


def entries(path: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as kept:
        return kept.execute("SELECT * FROM entry ORDER BY number").fetchall()


def change(path: str, statement: str) -> None:
    with closing(sqlite3.connect(path)) as kept:
        for name in ("entry_stays_as_it_is", "entry_stays"):
            kept.execute(f"DROP TRIGGER IF EXISTS {name}")
        kept.execute(statement)
        kept.commit()


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = str(tmp_path / "ledger.sqlite")
    with Ledger(path, create=True) as ledger:
        for number in range(5):
            append(ledger, name=str(number))
    return path


BREAKS = {
    "an answer was changed": "UPDATE entry SET answer = '{}' WHERE number = 2",
    "the last answer was changed": "UPDATE entry SET answer = '{}' WHERE number = 5",
    "the first entry was removed": "DELETE FROM entry WHERE number = 1",
    "an entry between was removed": "DELETE FROM entry WHERE number = 3",
    "the last entry was removed": "DELETE FROM entry WHERE number = 5",
    "all entries were removed": "DELETE FROM entry",
    "the note of the head was changed": "UPDATE head SET hash = 'ff'",
    "the note of the head was removed": "DELETE FROM head",
}


@pytest.mark.parametrize("statement", BREAKS.values(), ids=BREAKS.keys())
def test_nothing_is_appended_to_a_chain_that_does_not_hold(path: str, statement: str) -> None:
    change(path, statement)
    before = entries(path)
    with (
        Ledger(path, create=True) as ledger,
        pytest.raises(LedgerError, match=r"does not hold.*Nothing was recorded.*new ledger"),
    ):
        append(ledger)
    assert entries(path) == before


@pytest.mark.parametrize("statement", list(BREAKS.values())[1:2] + list(BREAKS.values())[4:])
def test_a_change_while_the_ledger_is_open_is_noticed_at_the_next_entry(
    path: str, statement: str
) -> None:
    with Ledger(path, create=True) as ledger:
        append(ledger)
        change(path, statement.replace("number = 5", "number = 6"))
        with pytest.raises(LedgerError, match="Nothing was recorded"):
            append(ledger)


def test_a_chain_that_was_put_aside_begins_anew(path: str, tmp_path: Path) -> None:
    change(path, BREAKS["an answer was changed"])
    os.replace(path, tmp_path / "evidence.sqlite")
    with Ledger(path, create=True) as ledger:
        append(ledger)
        assert ledger.verify()[0::2] == (1, ())


def test_what_lies_further_back_than_is_looked_at_is_left_to_verify(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOKED_BACK", 2)
    change(path, BREAKS["an answer was changed"])
    with Ledger(path, create=True) as ledger:
        append(ledger)
        assert [fault.number for fault in ledger.verify().faults] == [2]


@pytest.mark.parametrize(
    "at", ["2026-01-01T11:00:00+00:00", "2026-01-01T12:30:00+01:00", "2025-12-31"]
)
def test_an_instant_before_the_last_entry_is_refused(path: str, at: str) -> None:
    before = entries(path)
    with (
        Ledger(path, create=True) as ledger,
        pytest.raises(LedgerError, match=r"entry 5 .* recorded at .* later.*Set the clock right"),
    ):
        append(ledger, at)
    assert entries(path) == before


def test_the_same_instant_in_another_zone_is_not_before(path: str) -> None:
    with Ledger(path, create=True) as ledger:
        append(ledger, "2026-01-01T14:00:00+02:00")
        assert ledger.verify().entries == 6


def test_a_clock_that_is_set_back_by_a_moment_is_awaited(path: str) -> None:
    clock = iter([f"2026-01-01T11:59:59.{ms}+00:00" for ms in (990, 995)] + [NOON])
    with Ledger(path, create=True) as ledger:
        entry = ledger.append("duty", {}, {}, register="", version="", clock=lambda: next(clock))
    assert entry.recorded == NOON


def test_threads_that_share_a_ledger_wait_for_each_other(path: str) -> None:
    with Ledger(path, create=True) as ledger:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: append(ledger, name=str(n)), range(64)))
        assert ledger.verify()[0::2] == (69, ())


@pytest.fixture
def foreign(tmp_path: Path) -> str:
    path = str(tmp_path / "foreign.sqlite")
    with closing(sqlite3.connect(path)) as kept:
        kept.execute("CREATE TABLE customers (name)")
        kept.execute("CREATE TABLE entry (number, title)")
        kept.commit()
    return path


@pytest.mark.parametrize("create", [False, True])
def test_a_database_of_something_else_is_refused_and_left_as_it_is(
    foreign: str, create: bool
) -> None:
    before = Path(foreign).read_bytes()
    with pytest.raises(LedgerError, match=r"something else .*customers, entry.*left as it is"):
        Ledger(foreign, create=create)
    assert Path(foreign).read_bytes() == before


def test_an_empty_file_holds_no_ledger_until_something_is_recorded(tmp_path: Path) -> None:
    path = str(tmp_path / "ledger.sqlite")
    Path(path).touch()
    with pytest.raises(LedgerError, match="is empty: no answer was ever recorded"):
        Ledger(path)
    with Ledger(path, create=True) as ledger:
        append(ledger)
    with Ledger(path) as ledger:
        assert ledger.verify().entries == 1


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be opened"):
        Ledger(str(tmp_path), create=True)
