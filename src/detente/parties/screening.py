"""Ask which entries of the lists a name may be, and why.

Exact keys and n-grams give candidates; each is then compared word by word. The score is

    2 x (weight of words that agree) / (weight of all words of both names)

where a rare word weighs more than a common one, a brand more than a place, a place more than a word
of a trade, and a legal form nothing. Numbers that differ, brands that differ and places that differ
each hold the score down; every hit says which of this happened.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log

from detente._shapes import NamedTuple
from detente.parties import spelling
from detente.parties.index import SAID, entry_of, first_letters, grams, unpack
from detente.parties.model import OFFICIAL, Entry
from detente.parties.names import (
    BRAND,
    FILLER,
    INDUSTRY,
    LEGAL,
    NUMBER,
    PLACE,
    Part,
    Tables,
    from_wade_giles,
    is_han,
    parts,
    spoken,
    squashed,
)

THRESHOLD = 0.78
"""Score from which a candidate is a hit; chosen on the tuning half of the labelled pairs."""

FACTOR = {BRAND: 1.0, PLACE: 0.45, INDUSTRY: 0.35, NUMBER: 0.6, LEGAL: 0.0, FILLER: 0.0}
CANDIDATES = 40
LONG_POSTING = 6000
"""A gram in more names than this is left out while rarer ones are left."""

LONGEST_INITIALS = 8

CLOSE = 0.8  # letters that agree, from which two brands may be one word misspelled
WHOLE = 0.9  # letters that agree, from which two whole names may be one misspelled
SPELLING = 0.08  # what a score loses where only the spelling of the whole speaks for it
SHORTEST_WHOLE = 9  # letters of the shortest name whose spelling as a whole says anything
DIFFERENT = {NUMBER: 0.45, BRAND: 0.6, PLACE: 0.7}
"""The highest score of names whose numbers, brands or places differ."""


class Hit(NamedTuple):
    """An entry that a name may be.

    Attributes:
        entry: the entry.
        name: the name of it that came closest.
        score: 0 to 1.
        why: what agreed, what did not, and how well the name itself is known.
    """

    entry: Entry
    name: str
    score: float
    why: tuple[str, ...]


class Lists:
    """The lists that names are screened against: one file, with what names are read with."""

    def __init__(
        self,
        kept: sqlite3.Connection,
        tables: Tables,
        spellings: Mapping[str, str],
        on: str | None = None,
    ) -> None:
        """Open a file for one day.

        Args:
            kept: the file.
            tables: words and characters.
            spellings: Cantonese spellings of Hong Kong, with their pinyin.
            on: the day as of which the newest version of each list counts; None for the newest.
        """
        self._kept = kept
        self.tables = tables
        self._spellings = {word: said.split(",")[0] for word, said in spellings.items()}
        self._syllables = frozenset(reading[1] for reading in tables.han.values())
        self._members = members(kept, on)
        self._count = max(kept.execute("SELECT count(*) FROM names").fetchone()[0], 1)
        self._rare: dict[str, float] = {}

    def weight(self, part: Part) -> float:
        """How much a word counts: its rarity times the factor of its kind."""
        word = part.kind + part.text
        found = self._rare.get(word)
        if found is None:
            row = self._kept.execute("SELECT names FROM words WHERE word = ?", (word,)).fetchone()
            found = log(1 + self._count / (row[0] if row else 1)) * FACTOR[part.kind]
            self._rare[word] = found
        return found

    def screen(self, name: str, country: str | None = None, top: int = 10) -> list[Hit]:
        """The hits of a name, best first.

        Args:
            name: as written, in Latin letters or Chinese characters.
            country: where the party is; it only explains and orders, it never hides a hit.
            top: at most this many.

        Raises:
            ValueError: the name has no letter and no digit.
        """
        words = parts(name, self.tables)
        if not words:
            raise ValueError(f"{name!r} is no name: it has no letter and no digit")
        best: dict[int, Hit] = {}
        for form, how in self.forms(words):
            for entry, text, kind, grade, place, packed in self._candidates(form):
                if entry not in self._members:
                    continue
                score, why = compare(form, unpack(packed), self.weight)
                if score < THRESHOLD or (entry in best and best[entry].score >= score):
                    continue
                why += [how] if how else []
                why += ["the Chinese name as it is said"] if kind == SAID else []
                if grade != OFFICIAL:
                    why.append(f"this name is not on the list: {place or grade}")
                best[entry] = Hit(self._entry(entry), text, round(score, 3), tuple(why))
        hits = [_with_country(hit, country) for hit in best.values()]
        hits.sort(key=lambda hit: (-hit.score, not _same_country(hit, country), hit.entry.key))
        return hits[:top]

    def _entry(self, number: int) -> Entry:
        row = self._kept.execute("SELECT body FROM entries WHERE id = ?", (number,)).fetchone()
        return entry_of(row[0])

    def forms(self, words: tuple[Part, ...]) -> list[tuple[tuple[Part, ...], str]]:
        """The words as written and as they may be read, each with how they were read."""
        forms = [(words, "")]
        if any(is_han(part.text[0]) for part in words):
            forms.append((spoken(words, self.tables), "read in Mandarin"))
            forms.append((spoken(words, self.tables, True), "read in Cantonese"))
            return forms
        brands = [part for part in words if part.kind == BRAND]
        for what, table in (("Wade-Giles", None), ("Cantonese spelling", self._spellings)):
            changed = tuple(
                Part(BRAND, _respelled(part.text, table, self._syllables))
                if part.kind == BRAND
                else part
                for part in words
            )
            if brands and changed != words:
                forms.append((changed, f"read as {what}"))
        return forms

    def _candidates(self, form: Sequence[Part]) -> list[tuple[int, str, str, str, str, str]]:
        squash = squashed(form) or "".join(part.text for part in form)
        numbers = [row[0] for row in self._kept.execute(
            "SELECT id FROM names WHERE squashed = ?", (squash,)
        )]  # fmt: skip
        numbers += self._near(squash)
        if len(squash) <= LONGEST_INITIALS:
            numbers += [row[0] for row in self._kept.execute(
                "SELECT id FROM names WHERE initials = ?", (squash,)
            )]  # fmt: skip
        numbers = list(dict.fromkeys(numbers))[: CANDIDATES + 20]
        marks = ",".join("?" * len(numbers))
        return self._kept.execute(
            f"SELECT entry, text, kind, grade, place, words FROM names WHERE id IN ({marks})",
            numbers,
        ).fetchall()

    def _near(self, squash: str) -> list[int]:
        """The names that share most of the rare grams, best first."""
        wanted = sorted(grams(squash))
        marks = ",".join("?" * len(wanted))
        rows = self._kept.execute(f"SELECT names FROM grams WHERE gram IN ({marks})", wanted)
        postings = sorted((row[0] for row in rows), key=len)
        scores: dict[int, float] = {}
        for at, blob in enumerate(postings):
            posting = array("I")
            posting.frombytes(blob)
            if len(posting) > LONG_POSTING and at >= 3:
                break
            gain = log(1 + self._count / len(posting))
            for number in posting:
                scores[number] = scores.get(number, 0.0) + gain
        return sorted(scores, key=lambda number: (-scores[number], number))[:CANDIDATES]


def members(kept: sqlite3.Connection, on: str | None, code: str | None = None) -> frozenset[int]:
    """The entries of the newest version of each list, or of the newest by a day.

    Args:
        kept: the file.
        on: a day, or None.
        code: one list alone, or None for all.
    """
    rows = kept.execute(
        "SELECT members FROM versions AS v WHERE source_date = (SELECT max(source_date) FROM"
        " versions WHERE list = v.list AND (?1 IS NULL OR source_date <= ?1))"
        " AND (?2 IS NULL OR list = ?2)",
        (on, code),
    )
    found: set[int] = set()
    for (blob,) in rows:
        numbers = array("I")
        numbers.frombytes(blob)
        found.update(numbers)
    return frozenset(found)


def _respelled(word: str, table: Mapping[str, str] | None, syllables: frozenset[str]) -> str:
    if table is not None:
        return table.get(word, word)
    return word if word in syllables else from_wade_giles(word, syllables) or word


def compare(
    one: Sequence[Part], other: Sequence[Part], weight: Callable[[Part], float]
) -> tuple[float, list[str]]:
    """How far two names are one, and why.

    Args:
        one: words of the name that is asked.
        other: words of the name on the list.
        weight: how much a word counts.

    Returns:
        A score from 0 to 1, and the reasons for people.
    """
    if squashed(one) and squashed(one) == squashed(other):
        same = pack_legal(one) == pack_legal(other)
        return (1.0, ["the same name"]) if same else (0.99, ["the same name but for legal form"])
    left = [
        part
        for part in one
        if part.kind not in (LEGAL, FILLER) and not _misspelled_form(part, other)
    ]
    right = [part for part in other if part.kind not in (LEGAL, FILLER)]
    if left and pack_plain(left) == pack_plain(right):
        return 0.98, ["the same name but for a misspelled legal form or the order of words"]
    total = sum(map(weight, left)) + sum(map(weight, right))
    if not total:
        return 0.0, []
    if len(left) == 1 and left[0].text == first_letters(right):
        return 0.82, [f"{left[0].text} are the initials of the listed name"]
    agreed, why = 0.0, []
    rest = list(right)
    alone = []
    for part in left:
        found, close = _partner(part, rest)
        if found is None:
            alone.append(part)
            continue
        rest.remove(found)
        agreed += close * (weight(part) + weight(found))
        why.append(f"{part.text} = {found.text}" if close < 1 else part.text)
    score = agreed / total
    joined = _joined(alone, rest)
    if joined:
        gained = sum(weight(part) for part in (*alone, *rest) if part.kind == BRAND)
        score += joined * gained / total
        why.append("written together or apart")
        alone = [part for part in alone if part.kind != BRAND]
        rest = [part for part in rest if part.kind != BRAND]
    why = [f"agree: {', '.join(why)}"] if why else []
    for kind, what in ((NUMBER, "numbers"), (BRAND, "brands"), (PLACE, "places")):
        mine = [part.text for part in alone if part.kind == kind]
        theirs = [part.text for part in rest if part.kind == kind]
        if mine and theirs:
            score = min(score, DIFFERENT[kind])
            why.append(f"{what} differ: {' '.join(mine)} and {' '.join(theirs)}")
        elif mine or theirs:
            why.append(f"only one has {' '.join(mine or theirs)}")
            if kind == NUMBER:
                score *= 0.8
    if not any(part.kind == BRAND and part not in alone for part in left) and any(
        part.kind == BRAND for part in (*left, *right)
    ):
        score = min(score, DIFFERENT[BRAND])
    if score < WHOLE:
        whole = _whole(one, other)
        if whole >= WHOLE:
            return whole - SPELLING, ["spelled almost the same"]
    return min(score, 0.98), why


def pack_plain(words: Iterable[Part]) -> list[str]:
    """Words in one order."""
    return sorted(part.text for part in words)


def pack_legal(words: Iterable[Part]) -> list[str]:
    """The legal forms of a name."""
    return [part.text for part in words if part.kind == LEGAL]


def _partner(part: Part, rest: Sequence[Part]) -> tuple[Part | None, float]:
    """The word of the other name that agrees with one, and how far; a brand may be misspelled.

    What is not in the table of words counts as a brand, so it may be a trade or place misspelled.
    """
    best, closest = None, 0.0
    for other in rest:
        if other.text == part.text:
            return other, 1.0
        if BRAND in (part.kind, other.kind) and NUMBER not in (part.kind, other.kind):
            close = alike(part.text, other.text)
            if close > closest and close >= CLOSE:
                best, closest = other, close
    return best, closest


def _misspelled_form(part: Part, words: Sequence[Part]) -> bool:
    """Whether what looks like a brand is a legal form of the other name, misspelled."""
    return part.kind == BRAND and any(
        word.kind == LEGAL and spelling.edits(part.text, word.text) <= 1 for word in words
    )


def _whole(one: Sequence[Part], other: Sequence[Part]) -> float:
    """How far two Latin names are spelled alike, word limits aside; 0 where numbers differ."""
    if {part.text for part in one if part.kind == NUMBER} != {
        part.text for part in other if part.kind == NUMBER
    }:
        return 0.0
    left, right = squashed(one), squashed(other)
    if len(left) < SHORTEST_WHOLE or any(map(is_han, left + right)):
        return 0.0
    return alike(left, right)


def _joined(alone: Sequence[Part], rest: Sequence[Part]) -> float:
    one = "".join(part.text for part in alone if part.kind == BRAND)
    other = "".join(part.text for part in rest if part.kind == BRAND)
    if not one or not other:
        return 0.0
    close = 1.0 if one == other else alike(one, other)
    return close if close >= CLOSE else 0.0


def alike(one: str, other: str) -> float:
    """How far two words are spelled alike: one minus edits over the longer length.

    Short words and Chinese ones must be the same: one character makes another company.
    """
    longer = max(len(one), len(other))
    if min(len(one), len(other)) < 4 or (is_han(one[0]) and longer < 5):
        return 1.0 if one == other else 0.0
    if abs(len(one) - len(other)) > 0.2 * longer:
        return 0.0
    return 1 - spelling.edits(one, other) / longer


def _same_country(hit: Hit, country: str | None) -> bool:
    return country is not None and country in hit.entry.countries


def _with_country(hit: Hit, country: str | None) -> Hit:
    if country is None or not hit.entry.countries:
        return hit
    word = "agrees" if country in hit.entry.countries else f"is {', '.join(hit.entry.countries)}"
    return hit._replace(why=(*hit.why, f"country {word}"))
