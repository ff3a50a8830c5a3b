"""Keep entries, their names and the postings of their n-grams in one SQLite file.

The built-in lists and the user's own are kept the same way. A list has versions, each the list as
of one day; an entry is kept once however many versions hold it.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence

from detente.parties.model import BACKGROUND, CHINESE, Entry, Name
from detente.parties.names import FILLER, LEGAL, Part, Tables, is_han, parts, spoken, squashed

SCHEMA = """
CREATE TABLE versions (
  id INTEGER PRIMARY KEY, list TEXT NOT NULL, source_date TEXT NOT NULL, format TEXT NOT NULL,
  rows INTEGER NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, members BLOB NOT NULL,
  UNIQUE (list, source_date)
);
CREATE TABLE entries (id INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE);
CREATE TABLE names (
  id INTEGER PRIMARY KEY, entry INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL,
  grade TEXT NOT NULL, place TEXT NOT NULL, words TEXT NOT NULL, squashed TEXT NOT NULL,
  initials TEXT NOT NULL
);
CREATE INDEX names_squashed ON names (squashed);
CREATE INDEX names_initials ON names (initials) WHERE initials <> '';
CREATE TABLE grams (gram TEXT PRIMARY KEY, names BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY, names INTEGER NOT NULL) WITHOUT ROWID;
"""
LATIN_GRAM, HAN_GRAM = 3, 2
SAID = "said"
"""Kind of a name that is a Chinese one written as it is said."""


def grams(text: str) -> set[str]:
    """The n-grams of a squashed name: three letters, or two Chinese characters."""
    size = HAN_GRAM if any(map(is_han, text)) else LATIN_GRAM
    if len(text) <= size:
        return {text} if text else set()
    return {text[at : at + size] for at in range(len(text) - size + 1)}


def pack(words: Sequence[Part]) -> str:
    """Words as one text."""
    return " ".join(part.kind + part.text for part in words)


def first_letters(words: Sequence[Part]) -> str:
    """First letters of the words that count, when there are three or more, all Latin."""
    kept = [part.text[0] for part in words if part.kind not in (LEGAL, FILLER)]
    return "" if len(kept) < 3 or any(map(is_han, kept)) else "".join(kept)


def unpack(text: str) -> tuple[Part, ...]:
    """Words from one text."""
    return tuple(Part(word[0], word[1:]) for word in text.split())


def body(entry: Entry) -> str:
    """An entry as text that is the same for the same entry."""
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def entry_of(text: str) -> Entry:
    """The entry of a body."""
    row = json.loads(text)
    row[2] = tuple(Name(*name) for name in row[2])
    row[4] = tuple(row[4])
    return Entry(*row)


def add_version(
    kept: sqlite3.Connection,
    version: tuple[str, str, str, int, str, str],
    entries: Iterable[Entry],
    tables: Tables,
) -> None:
    """Keep a list as of a day; one that is already kept for the day is replaced.

    Args:
        kept: the file.
        version: list, day, format, rows, file, SHA-256.
        entries: what the list holds.
        tables: words and characters.
    """
    members = array("I")
    for entry in entries:
        text = body(entry)
        row = kept.execute("SELECT id FROM entries WHERE body = ?", (text,)).fetchone()
        if row is None:
            kept.execute("INSERT INTO entries (body) VALUES (?)", (text,))
            row = kept.execute("SELECT last_insert_rowid()").fetchone()
            _add_names(kept, row[0], entry, tables)
        members.append(row[0])
    kept.execute(
        "INSERT OR REPLACE INTO versions (list, source_date, format, rows, file, sha256, members)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*version, members.tobytes()),
    )


def _add_names(kept: sqlite3.Connection, number: int, entry: Entry, tables: Tables) -> None:
    seen = set()
    for name in entry.names:
        words = parts(name.text, tables)
        forms = [(name.kind, words)]
        if any(is_han(part.text[0]) for part in words):
            forms += [(SAID, spoken(words, tables)), (SAID, spoken(words, tables, True))]
        for kind, form in forms:
            squash = squashed(form) or "".join(part.text for part in form)
            if squash in seen or not squash:
                continue
            seen.add(squash)
            kept.execute(
                "INSERT INTO names (entry, text, kind, grade, place, words, squashed,"
                " initials) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    name.text,
                    kind,
                    name.grade,
                    name.place,
                    pack(form),
                    squash,
                    first_letters(form),
                ),
            )


def build_postings(kept: sqlite3.Connection) -> None:
    """Make the postings anew from the names."""
    postings: dict[str, array[int]] = {}
    words: dict[str, int] = {}
    for number, text, squash in kept.execute("SELECT id, words, squashed FROM names ORDER BY id"):
        for gram in grams(squash):
            postings.setdefault(gram, array("I")).append(number)
        for word in set(text.split()):
            words[word] = words.get(word, 0) + 1
    kept.execute("DELETE FROM grams")
    kept.execute("DELETE FROM words")
    kept.executemany(
        "INSERT INTO grams VALUES (?, ?)",
        ((gram, postings[gram].tobytes()) for gram in sorted(postings)),
    )
    kept.executemany("INSERT INTO words VALUES (?, ?)", sorted(words.items()))


def chinese(text: str, grade: str = BACKGROUND, place: str = "") -> Name:
    """A Chinese name that the list itself does not print."""
    return Name(text, CHINESE, grade, place)
