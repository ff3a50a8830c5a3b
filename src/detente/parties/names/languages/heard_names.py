"""Names of persons that Latin letters write in many ways, by what is heard of each word.

Names of which each word is heard the same are one name, in whatever order the words stand:
*al-'Uwayr, Ibrahim* is Ebrahim al-Oweir. See `sounds.heard_of`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente._shapes import TYPE_CHECKING
from detente.parties.names.kinds import BRAND, FILLER, LEGAL, PLACE
from detente.parties.names.names import NameWord
from detente.parties.names.packed_words import pack, unpack
from detente.parties.names.sieve import sieve_of
from detente.parties.names.sounds import heard_of

if TYPE_CHECKING:
    import sqlite3

FEWEST, SHORTEST, FEWEST_LETTERS = 2, 3, 9
"""Words of the shortest name that is known so, letters of the shortest word of it, and of them
together: of shorter ones too many are heard the same."""

FEWEST_OF_COMPANY = 3
"""Words of the shortest name of a company that is known so."""

MAY_BE_HEARD = frozenset((BRAND, FILLER, PLACE))
"""The kinds of the words of a name of which a list may spell otherwise what is heard."""

ARTICLE = 2
"""Letters of an article, which some leave out (`al`, `el`)."""

SCHEMA = """CREATE TABLE IF NOT EXISTS heard_names (
  key TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (key, words)
) WITHOUT ROWID"""


def heard(word: str) -> str:
    """What is heard of a word; "" for a short one, and for one with other than Latin letters."""
    return heard_of(word) if len(word) >= SHORTEST and word.isascii() and word.isalpha() else ""


def key_of(words: Sequence[NameWord]) -> str:
    """What is heard of a name of a person, its words in order of their letters; "" for another."""
    told: list[str] = []
    letters = 0
    for kind, text in words:
        if kind not in MAY_BE_HEARD:
            return ""
        if kind == FILLER or len(text) == ARTICLE:
            continue
        if not (each := heard(text)):
            return ""
        told.append(each)
        letters += len(text)
    return " ".join(sorted(told)) if len(told) >= FEWEST and letters >= FEWEST_LETTERS else ""


def whole_brands(words: Sequence[NameWord]) -> tuple[NameWord, ...]:
    """The words of a company's name without its legal form, where the rest are several brands."""
    told = tuple(part for part in words if part.kind not in (LEGAL, FILLER))
    return told if len(told) >= FEWEST_OF_COMPANY else ()


class HeardNames:
    """The names of persons, and those of companies that are as theirs, gathered name by name."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: set[tuple[str, str]] = set()

    def add(self, form: Sequence[NameWord]) -> None:
        """Take the words of a name; of one with others than brands nothing is kept."""
        if key := key_of(form):
            self._found.add((key, pack(form)))

    def write(self, database: sqlite3.Connection) -> bytes:
        """Keep them in a file of lists, in place of what it had; gives the sieve of the keys."""
        database.execute(SCHEMA)
        database.execute("DELETE FROM heard_names")
        database.executemany("INSERT INTO heard_names VALUES (?, ?)", sorted(self._found))
        return sieve_of({key for key, _ in self._found})


def heard_names(database: sqlite3.Connection, key: str) -> Iterator[tuple[NameWord, ...]]:
    """The listed names of which the same is heard."""
    for (words,) in database.execute("SELECT words FROM heard_names WHERE key = ?", (key,)):
        yield unpack(words)
