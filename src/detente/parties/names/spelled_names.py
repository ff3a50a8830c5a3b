"""Korean names of a file of lists, by keys that every spelling of one shares."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from detente.parties.names.kinds import BRAND
from detente.parties.names.korean import KoreanSyllables, Syllables
from detente.parties.names.names import NameWord

SCHEMA = """
CREATE TABLE IF NOT EXISTS korean_names (
  key TEXT NOT NULL, syllables TEXT NOT NULL, words TEXT NOT NULL,
  PRIMARY KEY (key, syllables, words)
) WITHOUT ROWID
"""


class KoreanNames:
    """The names of persons, ships and aircraft that are Korean, gathered name by name."""

    def __init__(self, syllables: KoreanSyllables) -> None:
        """Begin with none; ``syllables`` are how those of names are spelled."""
        self._syllables = syllables
        self._found: set[tuple[str, str, str]] = set()

    def add(self, form: Sequence[NameWord], *, craft: bool) -> None:
        """Take the words of a name, a person's or that of a ship or an aircraft."""
        if any(kind != BRAND for kind, _ in form):
            return
        words = [text for _, text in form]
        for key, reading in self._syllables.keys(words, any_first=craft).items():
            self._found.add((key, " ".join(reading), " ".join(words)))

    def write(self, database: sqlite3.Connection) -> None:
        """Keep them in a file of lists, in place of what it had."""
        database.execute(SCHEMA)
        database.execute("DELETE FROM korean_names")
        database.executemany("INSERT INTO korean_names VALUES (?, ?, ?)", sorted(self._found))


def korean_names(
    database: sqlite3.Connection, asked: dict[str, Syllables], syllables: KoreanSyllables
) -> Iterator[tuple[NameWord, ...]]:
    """The listed names that a name may be which has some keys; see `KoreanSyllables.keys`."""
    marks = ",".join("?" * len(asked))
    for key, reading, words in database.execute(
        f"SELECT key, syllables, words FROM korean_names WHERE key IN ({marks})", sorted(asked)
    ):
        if syllables.agree(asked[key], tuple(reading.split())):
            yield tuple(NameWord(BRAND, text) for text in words.split())
