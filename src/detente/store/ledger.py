"""The ledger: what was asked and answered, appended, each entry bound to the one before it.

One transaction that excludes other writers reads the last hash, appends, and notes the new head,
so several processes may write at once; it is on the disk before ``append`` returns. Nothing is
appended to a chain that does not hold, nor at an instant before that of the last entry. Whoever
changes an entry must change every later one and the head; a head noted elsewhere (on paper, in a
mail) shows that too.

Reach for this module to record an answer, to read what was recorded, or to verify it.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time

from detente._shapes import TYPE_CHECKING
from detente.store.files import open_read_only
from detente.store.home import home
from detente.store.ledger_chain import (
    COLUMNS,
    FIRST,
    Fault,
    LedgerEntry,
    Verification,
    canonical,
    chain,
    entry_hash,
    seconds_between,
    verify,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType
    from typing import Any

__all__ = [
    "COLUMNS",
    "FIRST",
    "Fault",
    "Ledger",
    "LedgerEntry",
    "LedgerError",
    "Verification",
    "canonical",
    "entry_hash",
    "ledger_file",
    "verify",
]

FILE = "ledger.sqlite"
PATIENCE = 60.0
"""Seconds that a writer waits for others before it gives up."""

LOOKED_BACK = 256
"""Entries whose hashes are computed anew before the first append; ``verify`` computes them all."""

STEP = 1.0
"""Seconds by which a clock may be set back while an entry waits for it; by more is refused."""

PRIVATE = 0o600
PRIVATE_FOLDER = 0o700
"""What a company asks tells what it trades in: the file is its owner's alone."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
  number INTEGER PRIMARY KEY, recorded TEXT NOT NULL, kind TEXT NOT NULL,
  question TEXT NOT NULL, answer TEXT NOT NULL, register TEXT NOT NULL, version TEXT NOT NULL,
  previous TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS head (
  one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL, hash TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS entry_stays_as_it_is BEFORE UPDATE ON entry
  BEGIN SELECT RAISE(ABORT, 'an entry of the ledger is never changed'); END;
CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'an entry of the ledger is never removed'); END;
"""


def ledger_file() -> str:
    """Where the user's ledger is kept; it need not exist."""
    return os.path.join(home(), FILE)


class LedgerError(ValueError):
    """The ledger cannot be opened, read or written; the message says why and what to do."""


class Ledger:
    """The ledger of one file; usable by several threads and processes at once."""

    def __init__(self, path: str | None = None, *, create: bool = False) -> None:
        """Open a ledger.

        Args:
            path: the file; the user's own by default.
            create: make it where there is none.

        Raises:
            LedgerError: there is none, or it cannot be opened.
        """
        self.path = path or ledger_file()
        if not create and not os.path.isfile(self.path):
            raise LedgerError(
                f"there is no ledger at {self.path}: an answer is recorded with --record, and "
                "DETENTE_HOME names the folder"
            )
        self._one_at_a_time = threading.Lock()  # a connection has one transaction
        self._good: tuple[int, str] | None = None
        try:
            self._database = self._open_to_write() if create else self._open_to_read()
        except (OSError, sqlite3.Error) as error:
            raise self._trouble("opened", error) from error

    def _open_to_write(self) -> sqlite3.Connection:
        os.makedirs(os.path.dirname(os.path.abspath(self.path)), PRIVATE_FOLDER, exist_ok=True)
        # Before SQLite makes the file, which would leave it open to others as far as the umask
        # allows.
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, PRIVATE))
        database = self._connected()
        try:
            if _tables(database):  # what is there is looked at before anything of it is changed
                self._check(database)
            _write_ahead(database)
            # An answer that was recorded must outlast a loss of power right after.
            database.execute("PRAGMA synchronous = FULL")
            database.execute("BEGIN IMMEDIATE")
            for statement in _statements(SCHEMA):
                database.execute(statement)
            database.execute("COMMIT")
        except BaseException:
            database.close()
            raise
        return database

    def _open_to_read(self) -> sqlite3.Connection:
        database = self._connected()
        try:
            database.execute("PRAGMA query_only = ON")
            try:
                self._check(database)
            except sqlite3.OperationalError:
                # A write-ahead log needs a file beside it, which a folder that is only read lacks,
                # and a full disk has no room for; where the log is empty, nothing stands in it.
                if _size(f"{self.path}-wal"):
                    raise
                database.close()
                database = open_read_only(self.path)
                self._check(database)
        except BaseException:
            database.close()
            raise
        return database

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(
            self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )

    def _check(self, database: sqlite3.Connection) -> None:
        """Whether a file is a ledger.

        Raises:
            LedgerError: it is empty, or somebody else's.
        """
        tables = _tables(database)
        columns = tuple(row[1] for row in database.execute("PRAGMA table_info(entry)"))
        if columns == COLUMNS and "head" in tables:
            return
        if not tables:
            raise LedgerError(
                f"{self.path} is empty: no answer was ever recorded in it, or what was recorded is "
                "gone; bring back a copy, or record an answer with --record"
            )
        raise LedgerError(
            f"{self.path} is a database of something else (its tables: "
            f"{', '.join(sorted(tables)[:5])}), and was left as it is: move it away, or name "
            "another folder with DETENTE_HOME"
        )

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def append(
        self,
        kind: str,
        question: Mapping[str, Any],
        answer: Mapping[str, Any],
        *,
        register: str,
        version: str,
        clock: Callable[[], str],
    ) -> LedgerEntry:
        """Record an answer; it is on the disk when this returns.

        Args:
            kind: the command that answered, in lower-case letters.
            question: what was asked.
            answer: what was answered.
            register: hash of the register.
            version: version of the program.
            clock: gives the instant, ISO with offset; read while others may not write.

        Raises:
            LedgerError: it could not be recorded, and nothing was: the file cannot be written, its
                chain does not hold, or the clock stands before the last entry.
        """
        if not kind.isascii() or not kind.islower():
            raise LedgerError(f"the kind of an entry is a command's name, not {kind!r}")
        canonical_question, described = canonical(question), canonical(answer)
        row = (kind, canonical_question, described, register, version)
        try:
            with self._one_at_a_time:
                # Before the last entry is read: two writers would else bind to the same one.
                self._database.execute("BEGIN IMMEDIATE")
                try:
                    entry = self._append(row, clock)
                    self._database.execute("COMMIT")
                except BaseException:
                    if self._database.in_transaction:
                        self._database.execute("ROLLBACK")
                    raise
                self._good = entry.number, entry.hash
        except (UnicodeError, sqlite3.Error) as error:
            raise self._trouble("written", error) from error
        return entry

    def _append(self, row: tuple[str, str, str, str, str], clock: Callable[[], str]) -> LedgerEntry:
        last = self._sound_last()
        number, previous = (last.number, last.hash) if last else (0, FIRST)
        recorded = clock() if last is None else self._instant(clock, last)
        entry = LedgerEntry(number + 1, recorded, *row, previous, "")
        entry = entry._replace(hash=entry_hash(entry))
        marks = ", ".join("?" * len(COLUMNS))
        self._database.execute(f"INSERT INTO entry VALUES ({marks})", tuple(entry))
        self._database.execute(
            "INSERT OR REPLACE INTO head VALUES (1, ?, ?)", (entry.number, entry.hash)
        )
        return entry

    def _sound_last(self) -> LedgerEntry | None:
        """The last entry; None in a ledger without any.

        The entries since the last append are looked at, before the first one the latest of all.

        Raises:
            LedgerError: the chain does not hold.
        """
        last = self._last()
        if self._good is not None:  # from the entry that was appended, to see a change of it too
            first = self._good[0]
        else:
            first = max(1, last.number - LOOKED_BACK + 1) if last else 1
        since = list(self._read("WHERE number >= ?", (first,)))
        before = since[0].previous if since and first > 1 else FIRST
        faults = chain(since, first - 1, before)[2]
        if self._good is not None and self._good not in [(e.number, e.hash) for e in since[:1]]:
            faults.append(Fault(self._good[0], "it was replaced or removed"))
        noted = self._noted()
        if noted != ((last.number, last.hash) if last else (0, "")):
            faults.append(Fault(0, f"it notes {noted[0]} entries, the last with hash {noted[1]}"))
        if faults:
            raise self._broken(faults[0])
        return last

    def _broken(self, fault: Fault) -> LedgerError:
        where = f"entry {fault.number}" if fault.number else "as a whole"
        return LedgerError(
            f"the chain of the ledger {self.path} does not hold ({where}: {fault.what}). Nothing "
            "was recorded, and the file was left as it is. `detente ledger verify` tells all that "
            "does not hold; bring back a copy, or keep the file as evidence under another name, "
            "and the next --record begins a new ledger"
        )

    def _instant(self, clock: Callable[[], str], last: LedgerEntry) -> str:
        """The instant of an entry after the last one; a clock that is a little late is awaited.

        Raises:
            LedgerError: the clock stands before the last entry.
        """
        until = time.monotonic() + STEP
        while True:
            now = clock()
            late = seconds_between(now, last.recorded)
            if late <= 0:
                return now
            if late > STEP or time.monotonic() > until:
                raise LedgerError(
                    f"it is {now} by the clock, and entry {last.number} of the ledger {self.path} "
                    f"was recorded at {last.recorded}, which is later. Nothing was recorded. Set "
                    "the clock right; if it was wrong then, keep the file under another name, and "
                    "the next --record begins a new ledger"
                )
            time.sleep(0.01)

    def _last(self) -> LedgerEntry | None:
        """The last entry, by the table itself and not by the note of it."""
        found = list(self._read("WHERE number = (SELECT max(number) FROM entry)", ()))
        return found[0] if found else None

    def _noted(self) -> tuple[int, str]:
        """Number and hash of the last entry as the ledger notes them; 0 and "" without any."""
        row = self._database.execute("SELECT number, hash FROM head").fetchone()
        return (0, "") if row is None else (row[0], row[1])

    def check(self) -> None:
        """Whether something may be appended; asked before it is.

        Raises:
            LedgerError: the chain does not hold, or the file cannot be read.
        """
        with self._one_at_a_time:
            self._sound_last()

    def kinds(self) -> list[str]:
        """The commands that something is recorded of."""
        return list(dict.fromkeys(entry.kind for entry in self.entries(answers=False)))

    def entry(self, number: int) -> LedgerEntry:
        """One entry.

        Raises:
            LedgerError: there is none of that number, or the file cannot be read.
        """
        found = list(self._read("WHERE number = ?", (number,)))
        if not found:
            last = self._last()
            held = f"entries 1 to {last.number}" if last else "no entry"
            raise LedgerError(f"there is no entry {number}: the ledger holds {held}")
        return found[0]

    def hash_of(self, number: int) -> str | None:
        """The hash of an entry; None where there is no such entry."""
        found = list(self._read("WHERE number = ?", (number,), answers=False))
        return found[0].hash if found else None

    def last(self) -> LedgerEntry | None:
        """The last entry; None in a ledger without any."""
        return self._last()

    def entries(
        self, kind: str | None = None, last: int | None = None, *, answers: bool = True
    ) -> Iterator[LedgerEntry]:
        """Entries in order, as of one moment.

        Args:
            kind: those of one command alone.
            last: only so many, the latest.
            answers: whether to read the answers, which are long; they are "" without.
        """
        where, values = "WHERE (?1 IS NULL OR kind = ?1)", (kind, -1 if last is None else last)
        return self._read(
            f"WHERE number IN (SELECT number FROM entry {where} ORDER BY number DESC LIMIT ?2)",
            values,
            answers,
        )

    def _read(
        self, where: str, values: tuple[Any, ...], answers: bool = True
    ) -> Iterator[LedgerEntry]:
        columns = [each if answers or each != "answer" else "''" for each in COLUMNS]
        try:
            for row in self._database.execute(
                f"SELECT {', '.join(columns)} FROM entry {where} ORDER BY number", values
            ):
                yield LedgerEntry(*row)
        except sqlite3.Error as error:
            raise self._trouble("read", error) from error

    def verify(self, head: str | None = None) -> Verification:
        """Recompute the chain.

        Args:
            head: a hash noted earlier, which must be that of an entry.
        """
        try:
            self._database.execute("BEGIN")  # entries and their head as of one moment
            try:
                found = verify(self.entries(), head)
                noted = self._noted()
            finally:
                self._database.execute("ROLLBACK")
        except (LedgerError, sqlite3.Error) as error:
            return Verification(0, "", (Fault(0, f"the file cannot be read: {error}"),))
        if noted == (found.entries, found.head):
            return found
        what = (
            f"the ledger notes {noted[0]} entries, the last with hash {noted[1] or 'none'}, and "
            f"holds {found.entries}, the last with {found.head or 'none'}"
        )
        return found._replace(faults=(*found.faults, Fault(0, what)))

    def _trouble(self, what: str, error: Exception) -> LedgerError:
        lost = "; nothing was recorded" if what == "written" else ""
        return LedgerError(
            f"the ledger {self.path} cannot be {what} ({error}): check that the file is a ledger, "
            f"that its folder may be written and that the disk has room{lost}"
        )


def _tables(database: sqlite3.Connection) -> set[str]:
    """Names of the tables of a file."""
    return {
        row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }


def _write_ahead(database: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite does not wait for others here, so we do."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: ``executescript`` would end the transaction."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _size(path: str) -> int:
    """Bytes of a file; 0 where there is none."""
    try:
        return os.path.getsize(path)
    except OSError:
        return 0
