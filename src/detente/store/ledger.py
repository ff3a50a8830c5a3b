"""The ledger: what was asked and answered, appended, each entry bound to the one before it.

An entry's hash is SHA-256 over the canonical row, a JSON array without blanks, in UTF-8:

    [number, recorded, kind, question, answer, register, version, previous]

where ``question`` and ``answer`` are the stored texts (JSON themselves), and ``previous`` is the
hash of the entry before, or sixty-four zeros. One transaction that excludes other writers reads the
last hash, appends, and notes the new head, so several processes may write at once; it is on the
disk before ``append`` returns. Whoever changes an entry must change every later one and the head; a
head noted elsewhere (on paper, in a mail) shows that too.

Reach for this module to record an answer, to read what was recorded, or to verify it.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from hashlib import sha256

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.store.home import home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Any

FILE = "ledger.sqlite"
FIRST = "0" * 64
"""What the first entry is bound to."""

PATIENCE = 60.0
"""Seconds that a writer waits for others before it gives up."""

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

COLUMNS = (
    "number",
    "recorded",
    "kind",
    "question",
    "answer",
    "register",
    "version",
    "previous",
    "hash",
)
"""Columns of the table and of an export, in the order of the canonical row; the hash last."""


class LedgerError(ValueError):
    """The ledger cannot be opened, read or written; the message says why and what to do."""


class Entry(NamedTuple):
    """One entry.

    Attributes:
        number: 1 for the first, without gaps.
        recorded: the instant of recording, ISO with offset.
        kind: the command that answered, such as ``duty``.
        question: canonical JSON of what was asked.
        answer: canonical JSON of what was answered.
        register: hash of the register that answered.
        version: version of the program that answered.
        previous: hash of the entry before.
        hash: hash of this entry.
    """

    number: int
    recorded: str
    kind: str
    question: str
    answer: str
    register: str
    version: str
    previous: str
    hash: str


class Fault(NamedTuple):
    """Something that does not hold; ``number`` is the entry's, 0 for the ledger as a whole."""

    number: int
    what: str


class Verification(NamedTuple):
    """What a verification found.

    Attributes:
        entries: how many entries were read.
        head: hash of the last entry; "" without any.
        faults: what does not hold, in order; empty when the chain holds.
    """

    entries: int
    head: str
    faults: tuple[Fault, ...]


def ledger_file() -> str:
    """Where the user's ledger is kept; it need not exist."""
    return os.path.join(home(), FILE)


def canonical(value: Mapping[str, Any]) -> str:
    """JSON with keys in order and without blanks: one text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_hash(entry: Entry) -> str:
    """SHA-256 of an entry's canonical row, as 64 hexadecimal digits."""
    row = json.dumps(list(entry[:-1]), ensure_ascii=False, separators=(",", ":"))
    return sha256(row.encode("utf-8", "surrogatepass")).hexdigest()


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
        try:
            self._kept = self._open(create)
        except (OSError, sqlite3.Error) as error:
            raise self._trouble("opened", error) from error

    def _open(self, create: bool) -> sqlite3.Connection:
        if create:
            os.makedirs(os.path.dirname(self.path), PRIVATE_FOLDER, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, PRIVATE))
        kept = sqlite3.connect(
            self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        if create:
            _write_ahead(kept)
            kept.execute("PRAGMA synchronous = FULL")
            kept.execute("BEGIN IMMEDIATE")
            for statement in _statements(SCHEMA):
                kept.execute(statement)
            kept.execute("COMMIT")
        else:
            kept.execute("PRAGMA query_only = ON")
        return kept

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()

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
    ) -> Entry:
        """Record an answer; it is on the disk when this returns.

        Args:
            kind: the command that answered, in lower-case letters.
            question: what was asked.
            answer: what was answered.
            register: hash of the register.
            version: version of the program.
            clock: gives the instant, ISO with offset; read while others may not write.

        Raises:
            LedgerError: it could not be recorded, and nothing was.
        """
        if not kind.isascii() or not kind.islower():
            raise LedgerError(f"the kind of an entry is a command's name, not {kind!r}")
        asked, told = canonical(question), canonical(answer)
        try:
            self._kept.execute("BEGIN IMMEDIATE")
            try:
                number, previous = self._head()
                entry = Entry(
                    number + 1, clock(), kind, asked, told, register, version, previous, ""
                )
                entry = entry._replace(hash=entry_hash(entry))
                marks = ", ".join("?" * len(COLUMNS))
                self._kept.execute(f"INSERT INTO entry VALUES ({marks})", tuple(entry))
                self._kept.execute(
                    "INSERT OR REPLACE INTO head VALUES (1, ?, ?)", (entry.number, entry.hash)
                )
                self._kept.execute("COMMIT")
            except BaseException:
                if self._kept.in_transaction:
                    self._kept.execute("ROLLBACK")
                raise
        except (UnicodeError, sqlite3.Error) as error:
            raise self._trouble("written", error) from error
        return entry

    def _head(self) -> tuple[int, str]:
        """Number and hash of the last entry, by the table itself and not by the note of it."""
        row = self._kept.execute(
            "SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return (0, FIRST) if row is None else (int(row[0]), str(row[1]))

    def entry(self, number: int) -> Entry:
        """One entry.

        Raises:
            LedgerError: there is none of that number, or the file cannot be read.
        """
        found = list(self._read("WHERE number = ?", (number,)))
        if not found:
            last = self._head()[0]
            held = f"entries 1 to {last}" if last else "no entry"
            raise LedgerError(f"there is no entry {number}: the ledger holds {held}")
        return found[0]

    def entries(
        self, kind: str | None = None, last: int | None = None, *, answers: bool = True
    ) -> Iterator[Entry]:
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

    def holding(self, kind: str, text: str) -> int | None:
        """Number of the first entry of a command whose answer holds a text; None without one."""
        found = self._read("WHERE kind = ? AND instr(answer, ?)", (kind, text), False)
        return next((entry.number for entry in found), None)

    def _read(self, where: str, values: tuple[Any, ...], answers: bool = True) -> Iterator[Entry]:
        columns = [each if answers or each != "answer" else "''" for each in COLUMNS]
        try:
            for row in self._kept.execute(
                f"SELECT {', '.join(columns)} FROM entry {where} ORDER BY number", values
            ):
                yield Entry(*row)
        except sqlite3.Error as error:
            raise self._trouble("read", error) from error

    def verify(self, head: str | None = None) -> Verification:
        """Recompute the chain.

        Args:
            head: a hash noted earlier, which must be that of an entry.
        """
        try:
            self._kept.execute("BEGIN")  # entries and their head as of one moment
            try:
                found = verify(self.entries(), head)
                noted = self._kept.execute("SELECT number, hash FROM head").fetchone() or (0, "")
            finally:
                self._kept.execute("ROLLBACK")
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


def verify(entries: Iterable[Entry], head: str | None = None) -> Verification:
    """Recompute the chain of entries in order, from a ledger or from an export of a whole one.

    Args:
        entries: all of them, from the first.
        head: a hash noted earlier, which must be that of an entry.
    """
    count, last, faults, seen = 0, FIRST, [], head is None
    for entry in entries:
        count += 1
        if entry.number != count:
            faults.append(
                Fault(entry.number, f"entry {count} is missing or out of order: next is this one")
            )
            count = entry.number
        if entry.previous != last:
            faults.append(
                Fault(entry.number, "it is not bound to the entry before: one of them was changed")
            )
        if entry_hash(entry) != entry.hash:
            faults.append(Fault(entry.number, "its hash is not that of what it holds"))
        last = entry.hash
        seen = seen or last == head
    if not seen:
        faults.append(Fault(0, f"no entry has the hash {head}: entries were replaced or removed"))
    return Verification(count, last if count else "", tuple(faults))


def _write_ahead(kept: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite does not wait for others here, so we do."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            kept.execute("PRAGMA journal_mode = WAL")
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
