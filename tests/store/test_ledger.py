"""The ledger: appended by many at once, killed at random, tampered with, exported."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.store.ledger import (
    COLUMNS,
    FIRST,
    Ledger,
    LedgerError,
    canonical,
    entry_hash,
    ledger_file,
    verify,
)
from detente.store.ledger_export import read_export, write_export

WRITERS = Path(__file__).with_name("writers.py")
CLOCK = iter(f"2026-01-01T00:00:00.{number:03d}+00:00" for number in range(1000))


def append(ledger: Ledger, name: str = "a") -> None:
    ledger.append(
        "duty",
        {"code": "8507600010", "name": name},
        {"total": {"amount": "4840.00"}, "name": "电池"},
        register="ab" * 32,
        version="0.1.0",
        clock=lambda: next(CLOCK),
    )


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "folder" / "ledger.sqlite")


@pytest.fixture
def ledger(path: str) -> Iterator[Ledger]:
    with Ledger(path, create=True) as kept:
        for number in range(5):
            append(kept, f"entry {number}")
        yield kept


def change(path: str, *statements: str) -> None:
    """What somebody does who owns the file and knows SQLite."""
    kept = sqlite3.connect(path)
    for name in ("entry_stays_as_it_is", "entry_stays"):
        kept.execute(f"DROP TRIGGER IF EXISTS {name}")
    for statement in statements:
        kept.execute(statement)
    kept.commit()
    kept.close()


def test_each_entry_is_bound_to_the_one_before_by_the_hash_that_the_docstring_states(
    ledger: Ledger,
) -> None:
    from hashlib import sha256

    before = FIRST
    for number, entry in enumerate(ledger.entries(), 1):
        row = [entry.number, entry.recorded, entry.kind, entry.question, entry.answer]
        row += [entry.register, entry.version, entry.previous]
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        assert entry.number == number
        assert entry.previous == before
        assert entry.hash == sha256(text.encode()).hexdigest()
        before = entry.hash
    assert ledger.verify() == (5, before, ())


def test_question_and_answer_are_kept_as_canonical_json(ledger: Ledger) -> None:
    entry = ledger.entry(1)
    assert entry.answer == '{"name":"电池","total":{"amount":"4840.00"}}'
    assert canonical(json.loads(entry.question)) == entry.question


def test_the_file_is_its_owners_alone(ledger: Ledger) -> None:
    assert os.stat(ledger.path).st_mode & 0o777 == 0o600
    assert os.stat(os.path.dirname(ledger.path)).st_mode & 0o777 == 0o700


def test_a_transaction_is_synced_in_full_and_written_ahead(ledger: Ledger) -> None:
    kept = ledger._database
    assert kept.execute("PRAGMA synchronous").fetchone() == (2,)  # 2 is FULL
    assert kept.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    "statement", ["UPDATE entry SET answer = '{}' WHERE number = 2", "DELETE FROM entry"]
)
def test_an_entry_is_neither_changed_nor_removed_by_accident(
    ledger: Ledger, statement: str
) -> None:
    kept = sqlite3.connect(ledger.path)
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        kept.execute(statement)
    kept.close()


VALUES = {
    "number": "9",
    "recorded": "'2020-01-01T00:00:00.000+00:00'",
    "kind": "'assess'",
    "question": '\'{"code":"1","name":"x"}\'',
    "answer": '\'{"total":{"amount":"0.00"}}\'',
    "register": "'00'",
    "version": "'0.0.0'",
    "previous": f"'{FIRST[:-1]}1'",
    "hash": f"'{FIRST}'",
}


@pytest.mark.parametrize("number", [1, 3, 5])
@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_of_any_entry_is_found(
    ledger: Ledger, column: str, number: int
) -> None:
    change(ledger.path, f"UPDATE entry SET {column} = {VALUES[column]} WHERE number = {number}")
    with Ledger(ledger.path) as again:
        assert again.verify().faults


@pytest.mark.parametrize("number", [1, 3, 5])
def test_an_entry_that_was_removed_is_found(ledger: Ledger, number: int) -> None:
    change(ledger.path, f"DELETE FROM entry WHERE number = {number}")
    with Ledger(ledger.path) as again:
        assert again.verify().faults


def test_two_entries_that_changed_places_are_found(ledger: Ledger) -> None:
    change(
        ledger.path,
        "UPDATE entry SET number = 99 WHERE number = 2",
        "UPDATE entry SET number = 2 WHERE number = 3",
        "UPDATE entry SET number = 3 WHERE number = 99",
    )
    with Ledger(ledger.path) as again:
        assert again.verify().faults


def test_a_change_with_its_hash_made_anew_breaks_the_next_entry(ledger: Ledger) -> None:
    changed = ledger.entry(3)._replace(answer="{}")
    change(
        ledger.path,
        f"UPDATE entry SET answer = '{{}}', hash = '{entry_hash(changed)}' WHERE number = 3",
    )
    with Ledger(ledger.path) as again:
        faults = again.verify().faults
    assert [fault.number for fault in faults] == [4]


def test_a_ledger_written_anew_from_the_start_is_found_with_a_hash_noted_earlier(
    ledger: Ledger, tmp_path: Path
) -> None:
    noted = ledger.verify().head
    other = str(tmp_path / "other.sqlite")
    with Ledger(other, create=True) as forged:
        for number in range(5):
            append(forged, f"forged {number}")
        assert not forged.verify().faults
        assert forged.verify(noted).faults
    assert not ledger.verify(noted).faults
    append(ledger, "later")
    assert not ledger.verify(noted).faults


def test_a_file_that_is_no_ledger_is_a_clear_error(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    file.write_bytes(b"not a database, but long enough to be looked at as one" * 40)
    with pytest.raises(LedgerError, match=r"cannot be opened.*check that the file is a ledger"):
        Ledger(str(file), create=True)
    with pytest.raises(LedgerError, match=r"cannot be opened.*check that the file is a ledger"):
        Ledger(str(file))


def test_without_a_ledger_the_error_says_how_there_will_be_one(path: str) -> None:
    with pytest.raises(LedgerError, match="--record"):
        Ledger(path)


def test_the_ledger_lies_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    assert ledger_file() == str(tmp_path / "home" / "ledger.sqlite")


def test_what_cannot_be_written_is_refused_and_the_next_entry_still_fits(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="nothing was recorded"):
        append(ledger, "lone surrogate \ud800")
    append(ledger, "next")
    assert ledger.verify()[::2] == (6, ())


def test_a_clock_that_fails_leaves_nothing_behind(ledger: Ledger) -> None:
    def broken() -> str:
        raise RuntimeError("no time")

    with pytest.raises(RuntimeError):
        ledger.append("duty", {}, {}, register="", version="", clock=broken)
    append(ledger, "next")
    assert ledger.verify()[::2] == (6, ())


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_an_export_verifies_by_itself_and_shows_a_change(
    ledger: Ledger, tmp_path: Path, form: str
) -> None:
    file = tmp_path / f"ledger.{form}"
    with file.open("w", encoding="utf-8", newline="") as out:
        assert write_export(ledger.entries(), out, form) == 5
    assert list(read_export(str(file))) == list(ledger.entries())
    assert verify(read_export(str(file)), ledger.verify().head) == ledger.verify()
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("4840.00", "4840.01", 1), encoding="utf-8")
    assert [fault.number for fault in verify(read_export(str(file))).faults] == [1]


def test_an_export_with_an_answer_of_many_pages_is_read_again(path: str, tmp_path: Path) -> None:
    file = tmp_path / "ledger.csv"
    with Ledger(path, create=True) as kept:
        append(kept, "long " * 100_000)
        with file.open("w", encoding="utf-8", newline="") as out:
            write_export(kept.entries(), out, "csv")
        assert verify(read_export(str(file))) == kept.verify()


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.txt", "", "ends in .jsonl or .csv"),
        ("a.jsonl", "{", "line 1 is not JSON"),
        ("a.jsonl", "{}\n", "has the keys number, recorded"),
        ("a.csv", "a,b\n", "first line of an export is number,recorded"),
        ("a.csv", ",".join(COLUMNS) + "\n1,2\n", "line 2: an entry has 9 cells, not 2"),
        ("a.csv", ",".join(COLUMNS) + "\nx,2,3,4,5,6,7,8,9\n", "a number and eight texts"),
    ],
)
def test_a_file_that_is_no_export_is_refused_with_the_line(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError, match=says):
        list(read_export(str(file)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are made by fork")
def test_nothing_confirmed_is_lost_when_writers_are_killed_at_random(path: str) -> None:
    program = [sys.executable, str(WRITERS), path, "300", "25"]
    run = subprocess.run(program, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    described = json.loads(run.stdout)
    assert described["killed"] >= 100  # 300 unless the machine is very slow
    assert not [line for line in described["lines"] if line.startswith("failed")]
    confirmed = [line.split() for line in described["lines"]]
    assert len(confirmed) > described["killed"]
    with Ledger(path) as kept:
        found = kept.verify()
        assert not found.faults
        entries = {entry.number: entry for entry in kept.entries()}
    for number, hashed, writer, count in confirmed:
        entry = entries[int(number)]
        assert entry.hash == hashed
        assert json.loads(entry.question) == {"writer": int(writer), "number": int(count)}
    # A writer that was killed between the disk and its word left an entry that nobody heard of:
    # at most one for each that died.
    assert 0 <= found.entries - len(confirmed) <= described["killed"] + 4


FULL = """
import resource, sys
from detente.store.ledger import Ledger, LedgerError
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
count = 0
with Ledger(sys.argv[1], create=True) as ledger:
    try:
        while True:
            ledger.append(
                "duty", {}, {"total": "x" * 2000}, register="", version="", clock=lambda: "now"
            )
            count += 1
    except LedgerError as error:
        print(count, error)
"""


def test_a_disk_that_is_full_loses_nothing_and_the_next_entry_fits(path: str) -> None:
    pytest.importorskip("resource")
    run = subprocess.run([sys.executable, "-c", FULL, path], capture_output=True, text=True)
    count, _, stated = run.stdout.partition(" ")
    assert "that the disk has room; nothing was recorded" in stated, run.stderr
    with Ledger(path, create=True) as kept:
        assert kept.verify()[::2] == (int(count), ())
        append(kept, "after room was made")
        assert kept.verify()[::2] == (int(count) + 1, ())
