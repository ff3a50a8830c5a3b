"""Names in other scripts, and Korean names of a file of lists by keys that all spellings share.

Hangul, and the katakana of loanwords, write their words without blanks: 조선장수무역회사 is Korea,
Jangsu, trading and company. The words of the table are set apart, and what stands between them is a
brand. One in Cyrillic is also read as English spells it: Техсервис is Techservice.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence

from detente.parties.names.kinds import BRAND, PLACE
from detente.parties.names.korean import (
    LONGEST_IN_HANGUL,
    KoreanSyllables,
    Syllables,
    are_hangul,
)
from detente.parties.names.names import NameTables, NameWord, latin_parts, meanings, parts, plain
from detente.parties.names.patterns import late_pattern

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
        # A syllable may be the name of a place, as Uk is.
        if any(kind not in (BRAND, PLACE) for kind, _ in form):
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


RUNS = late_pattern("[가-힣]+|[ァ-ヺー]+|[^가-힣ァ-ヺー]+")
HAS_LONG_RUN = late_pattern(rf"[가-힣]{{{LONGEST_IN_HANGUL + 1},}}|[ァ-ヺー]{{3,}}")
"""Whether a text has a word in Hangul that is longer than the name of a person, or katakana."""

LONGEST = 14
"""Characters of the longest word of the table."""

FEWEST_KNOWN = 3
"""Words of the shortest name that is told by words of the table alone."""


def told_apart(
    text: str, tables: NameTables, *, voiced: bool = False, as_said: bool = False
) -> tuple[NameWord, ...]:
    """The words of a name in Hangul or katakana.

    Args:
        text: the name.
        tables: words and characters; the words of trades are there in these scripts.
        as_said: whether the first word that is no place is a brand, though it is one of a trade:
            Hyoksin is innovation.
        voiced: whether syllables of brands begin as South Korea writes them: Daebong, not Taepong.

    Returns:
        () for a name without a word of the table, or of one or two such and nothing else.
    """
    text = unicodedata.normalize("NFKC", text)
    if not HAS_LONG_RUN.search(text):
        return ()
    pieces = [piece for run in RUNS.findall(text) for piece in _pieces(run, tables)]
    known = [piece in tables.words for piece in pieces]
    if as_said:
        kinds = (tables.words.get(piece, (BRAND,))[0] for piece in pieces)
        first = next((at for at, kind in enumerate(kinds) if kind != PLACE), 0)
        known[first] &= not any(known[first + 1 :])
    form: list[NameWord] = []
    for piece, told in zip(pieces, known, strict=True):
        if told:
            form += meanings(*tables.words[piece])
        elif voiced and are_hangul(piece):
            form.append(NameWord(BRAND, "".join(_voiced(each, tables) for each in piece)))
        else:
            form += parts(piece, tables)
    few = all(known) and len(form) < FEWEST_KNOWN
    return () if few or not any(known) else tuple(form)


VOICED = {"\u1100": ("k", "g"), "\u1103": ("t", "d"), "\u1107": ("p", "b")}
"""First consonants of syllables in Hangul, each as it is written here, and where it is voiced."""


def _voiced(syllable: str, tables: NameTables) -> str:
    """A syllable in Hangul in Latin letters, its first consonant as one that is voiced."""
    written = plain(syllable, tables)
    begin, latin = VOICED.get(unicodedata.normalize("NFKD", syllable)[0], ("", ""))
    return latin + written[len(begin) :] if begin and written.startswith(begin) else written


def _pieces(run: str, tables: NameTables) -> Iterator[str]:
    """A run of one script cut into words of the table, the longest first, and what is between."""
    begun = at = 0
    if run.isascii():
        at = len(run)
    while at < len(run):
        ends = range(min(len(run), at + LONGEST), at + 1, -1)
        end = next((end for end in ends if run[at:end] in tables.words), 0)
        if not end:
            at += 1
            continue
        if begun < at:
            yield run[begun:at]
        yield run[at:end]
        begun = at = end
    if begun < len(run):
        yield run[begun:]


HAS_CYRILLIC = late_pattern("[\u0400-\u04ff]")
"""Whether a text has Cyrillic letters."""

SHORTEST = 5
"""Letters of the shortest brand that is spelled anew."""

ENGLISH = (
    ("tekhno", "techno"), ("tekh", "tech"), ("servis", "service"), ("elektro", "electro"),
    ("elektr", "electr"), ("inzhiniring", "engineering"), ("kholding", "holding"),
    ("menedzhment", "management"), ("treiding", "trading"), ("treid", "trade"), ("eks", "ex"),
    ("iks", "ix"), ("aks", "ax"), ("kompani", "compani"), ("kompyuter", "computer"),
    ("dzh", "j"), ("fiz", "phys"), ("foto", "photo"), ("fazo", "phazo"), ("kon", "con"),
    ("kom", "com"), ("sentr", "centr"), ("tsentr", "center"), ("lain", "line"),
    ("shiping", "shipping"), ("impeks", "impex"), ("finans", "finance"),
)  # fmt: skip
"""Letters of loanwords as the transliteration has them, and as the language that lent them."""

ADJECTIVE = late_pattern(r"(?<=\w{4})(?:skii|skaya|skoe|skoi|skogo)$")
"""How an adjective ends that is made of a place or of whom something is called after."""


def in_english(words: Sequence[NameWord], tables: NameTables) -> list[tuple[NameWord, ...]]:
    """The words of a name in Cyrillic with its brands as English may spell them.

    Args:
        words: as they are written in Latin letters.
        tables: words and characters.

    Returns:
        The name so, and without the ends of adjectives; [] where neither is another.
    """
    found: dict[tuple[NameWord, ...], None] = {}
    for form in (_respelled(words, tables), _stems(words)):
        if form != tuple(words):
            found[form] = None
    return list(found)


def _respelled(words: Sequence[NameWord], tables: NameTables) -> tuple[NameWord, ...]:
    form: list[NameWord] = []
    for kind, text in words:
        spelled = text
        if kind == BRAND and len(text) >= SHORTEST:
            for russian, english in ENGLISH:
                spelled = spelled.replace(russian, english)
        form += latin_parts([spelled], tables) if spelled != text else [NameWord(kind, text)]
    return tuple(form)


def _stems(words: Sequence[NameWord]) -> tuple[NameWord, ...]:
    return tuple(
        NameWord(kind, ADJECTIVE.sub("", text) if kind == BRAND else text) for kind, text in words
    )
