"""Names that the field of a form cut off, by the printed names that begin so.

A column of 30 signs or a bank's line of 35 ends in the middle of a name, often before what tells it
(`LIMITED LIABILITY COMPANY NEOV`). Which listed names begin so is known letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.names.names import NameWord, latin_words
from detente.parties.names.packed_words import unpack
from detente.parties.names.sieve import sieve_of

if TYPE_CHECKING:
    import sqlite3

WIDTHS = (30, 35, 40, 50, 60)
"""Signs of a name or address line in customs messages, payments and the masters of vendors."""

BEGINS = 20
"""Letters and blanks with which a printed name is looked for; no field that is cut has fewer."""

MOST_BEGUN_SO = 8
"""Listed names that may begin so at the most, where each is told; of more what they share is."""

BEHIND_LETTERS = "\x7f"
"""What comes behind every ASCII letter in order."""

FIELD_ENDS = "a listed name that begins so, where the field ends"
"""How a name was read."""

SCHEMA = """CREATE TABLE IF NOT EXISTS cut_fields (
  letters TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (letters, words)
) WITHOUT ROWID"""


def letters_of(text: str) -> str:
    """The words of an ASCII text in small letters, a blank between two."""
    return " ".join(latin_words(text))


def fills_a_field(name: str) -> bool:
    """Whether a name is as long as a field; the blank before the next word may be gone."""
    return len(name) in WIDTHS or len(name) + 1 in WIDTHS


class CutFields:
    """The printed names that a field may cut off, gathered name by name."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: set[tuple[str, str]] = set()

    def add(self, text: str, words: str) -> None:
        """Take a name as it is printed, and its words as they are kept."""
        if len(text) >= WIDTHS[0] and text.isascii():
            self._found.add((letters_of(text), words))

    def write(self, database: sqlite3.Connection) -> bytes:
        """Keep them in a file of lists, in place of what it had; gives the sieve of beginnings."""
        database.execute(SCHEMA)
        database.execute("DELETE FROM cut_fields")
        database.executemany("INSERT INTO cut_fields VALUES (?, ?)", sorted(self._found))
        return sieve_of({letters[:BEGINS] for letters, _ in self._found})


class CutName(NamedTuple):
    """A listed name that goes on where a field ends.

    Attributes:
        letters: as it is printed; see `letters_of`.
        within: whether the field ends within a word of it.
        words: of the name.
    """

    letters: str
    within: bool
    words: tuple[NameWord, ...]


def names_begun(database: sqlite3.Connection, letters: str) -> Iterator[CutName]:
    """The listed names that begin with these letters and go on."""
    rows: Iterator[tuple[str, str]] = database.execute(
        "SELECT letters, words FROM cut_fields WHERE letters > ? AND letters < ?",
        (letters, letters + BEHIND_LETTERS),
    )
    for printed, words in rows:
        yield CutName(printed, printed[len(letters)] != " ", unpack(words))


class CutField:
    """What the field of a form that ends in the middle of a name may have held."""

    def __init__(self, name: str, begun: Iterable[CutName]) -> None:
        """Take a name and the listed names that begin so and go on."""
        full = len(name) in WIDTHS  # else the blank before the next word is gone
        every = [each for each in begun if full or not each.within]
        self._within = [each for each in every if each.within]
        self.forms = list(dict.fromkeys(each.words for each in self._within or every))
        """The words of those names; where the field ends within a word of some, of these alone."""

    @property
    def is_told(self) -> bool:
        """Whether so few names begin so that it may be any of them."""
        return len(self.forms) <= MOST_BEGUN_SO

    @property
    def ends_within(self) -> bool:
        """Whether the field ends within a word."""
        return bool(self._within)

    def shared(self) -> str:
        """The whole words that all names have at their beginning, by the words that were cut."""
        letters = [each.letters + " " for each in self._within]
        first, last = min(letters), max(letters)
        pairs = enumerate(zip(first, last, strict=False))
        alike = next((at for at, (one, other) in pairs if one != other), len(first))
        return first[: first.rfind(" ", 0, alike)]
