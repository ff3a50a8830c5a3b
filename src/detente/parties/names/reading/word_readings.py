"""What each word of a name is a sign of: the readings that are worth a try.

A name is read in many ways, and most names of a file can be read in one alone. Which these are each
word tells by itself, once for all names that have it; a name has the signs of all its words. What
is told here is told in doubt as a sign: whether a name can be read so, the reading says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, reduce
from operator import or_

from detente.parties.names import spelling
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, PLACE
from detente.parties.names.languages.slavic import is_sign, of_town
from detente.parties.names.legal import LONGEST_HALF, may_be_half
from detente.parties.names.names import (
    JOINED_INITIALS,
    NOTHING,
    SHORTEST_ENDING,
    VOWELS,
    Met,
    NameTables,
    NameWord,
    meet,
)
from detente.parties.names.reading.scanned import TWICE, letters_once, on_paper
from detente.parties.names.remembered import remembered
from detente.parties.names.spelling import SHORTEST, meant, neighbors, shortened_by_one, swaps

(
    OTHER_NAME, PHRASE, PART, INITIALS, RESPELLED, FOREIGN, MISREAD, JOINED, SLAVIC, ABBREVIATED,
    UNVOWELED, DOUBLED, SAID_PLACE,
) = (1 << at for at in range(13))  # fmt: skip
"""A brand that has another name; a word of a long legal form; one of a part of an organization; two
letters that may be initials; a word that is spelled otherwise in pinyin, or one of a Chinese legal
form; one that is neither digits nor made of Mandarin syllables, with which no name is full pinyin;
one that a scanner may have read wrongly; a short one that is written otherwise here, which
may be half of a brand; one that ends as a Russian name, and is not written as in English; an
abbreviation that may be short for another word than the one that it is read as; a word of which the
vowels may have been left out; a Chinese or Korean syllable with a letter twice; one that says in
pinyin that a place is a city or a province."""

ANY = (
    OTHER_NAME | PHRASE | PART | INITIALS | RESPELLED | MISREAD | JOINED | SLAVIC | ABBREVIATED
    | UNVOWELED | DOUBLED | SAID_PLACE
)  # fmt: skip
"""The signs of a name that must be tried in all ways."""

WRITTEN_OTHERWISE = INITIALS | PHRASE | MISREAD | JOINED | DOUBLED | SAID_PLACE
"""The signs of words that few names have, and that may be meant otherwise than they are written."""

FEWEST_CONSONANTS = 4
"""Letters of the shortest word that may have lost its vowels: those of three are acronyms."""

VOWELS_TOLD = frozenset("aeiou")
"""The letters that are left out of a word which is written without its vowels."""

VOWELS_LEFT_OUT = str.maketrans("", "", "".join(sorted(VOWELS_TOLD)))
"""What becomes of such a word."""

SHORTEST_MISTYPED = 5
"""Letters of the shortest word that may be one of a trade in which a letter is wrong."""

SHORTEST_SLIP, SHORTEST_OF_FORM, DESCRIBING = 3, 6, frozenset((INDUSTRY, PLACE, LEGAL, FILLER))
"""Letters of the shortest word that may be a known one with a slip in a listed name, and of the
shortest such legal form; and the kinds of these."""

SHORTEST_BLANK = 2
"""Letters of the shortest word that is told beside another without the blank between them."""

SHORTEST_FIRST, SHORTEST_PART = 3, 4
"""Letters of the shortest known word with which another is written as one, and of that one."""

LETTERS_OF = re.compile(r"[^0-9]+").findall
"""The parts of a word between its digits."""

ENDS = 3
"""Letters of the beginning and of the end of a word that are looked at first."""


def without_vowels(word: str) -> str:
    """A word without the vowels behind its first letter."""
    return word[:1] + word[1:].translate(VOWELS_LEFT_OUT)


def lacks_vowels(word: str) -> bool:
    """Whether the vowels of a word may have been left out (`Tchnlgy`)."""
    return len(word) >= FEWEST_CONSONANTS and VOWELS_TOLD.isdisjoint(word[1:]) and word.isalpha()


Way = tuple[tuple[NameWord, ...], bool]
"""The words that one may be meant as, and whether it is sure that it is nobody's as it was."""


class WordReadings:
    """The signs of names, by their words in small ASCII letters."""

    def __init__(
        self,
        tables: NameTables,
        respelled: Callable[[str], tuple[str, str]],
        syllables_in: Callable[[str], int],
    ) -> None:
        """Take what words are read with.

        Args:
            tables: words and characters.
            respelled: a word read as Wade-Giles and as Cantonese.
            syllables_in: how many Mandarin syllables a word is made of; 0 for others.
        """
        self._tables, self._respelled, self._syllables_in = tables, respelled, syllables_in
        self._chinese = frozenset(
            word[:size]
            for word, (_, text) in tables.words.items()
            if word.isascii() and not text.isascii()
            for size in range(1, len(word) + 1)
        )
        self._of = remembered(self._tell)
        self.mistyped = remembered(self._tell_mistyped)
        self.ways = remembered(self._tell_ways)

    def __call__(self, stated: Iterable[str]) -> int:
        """The signs of the words of a name, as bits."""
        return reduce(or_, map(self._of, stated), 0)

    def is_bare(self, word: str) -> bool:
        """Whether a word is a brand that is no Mandarin, in every name and reading."""
        if not word.isalpha():
            return False  # it is cut where digits begin or end
        plain = Met((NameWord(BRAND, word),), NOTHING, False)
        return meet(word, self._tables) == plain and self((word,)) == FOREIGN

    def _may_be_mandarin(self, word: str) -> bool:
        """Whether a word is made of Mandarin syllables and digits."""
        if self._syllables_in(word):
            return True
        return not word.isalpha() and all(map(self._syllables_in, LETTERS_OF(word)))

    def _may_be_of_phrase(self, word: str) -> bool:
        """Whether a word is a letter from one that tells a phrase; one that is known is itself."""
        if len(word) < SHORTEST_ENDING or word in self._tables.words:
            return False
        starts, ends = self._phrase_ends
        # One edit leaves the beginning or the end of a word as it was.
        if word[:ENDS] not in starts and word[-ENDS:] not in ends:
            return False
        return bool(self._tables.phrases.near(word))

    @cached_property
    def _phrase_ends(self) -> tuple[frozenset[str], frozenset[str]]:
        """How the words of phrases that are mended begin, and how they end."""
        phrases = {each for some in self._tables.phrases.values() for each in some}
        words = {word for phrase in phrases for word in phrase}
        return frozenset(word[:ENDS] for word in words), frozenset(word[-ENDS:] for word in words)

    def place_said(self, word: str) -> str:
        """The place of which a word says in pinyin what it is (`Shenzhenshi`); "" for none."""
        said_of_place = self._tables.documents.pinyin_districts
        if not word.endswith(said_of_place):
            return ""
        for said in said_of_place:
            place = word.removesuffix(said)
            if place != word and self._tables.words.get(place, (BRAND,))[0] == PLACE:
                return place
        return ""

    def in_two(self, word: str) -> list[tuple[NameWord, NameWord]]:
        """The two words that a brand may be of which the first is one of a trade, or a place."""
        if len(word) < SHORTEST_FIRST + SHORTEST_PART or not word.isalpha():
            return []
        known = self._tables.words
        return [
            (NameWord(*told), NameWord(BRAND, word[cut:]))
            for cut in range(SHORTEST_FIRST, len(word) - SHORTEST_PART + 1)
            if (told := known.get(word[:cut])) and told[0] in (INDUSTRY, PLACE)
        ]

    def held_letter(self, word: str) -> str:
        """The syllable of a Chinese or Korean name that a word with a letter twice is; else ""."""
        if not TWICE(word) or word in self._tables.words:
            return ""
        once = letters_once(word)
        known = once in self._tables.syllables or self._tables.korean.is_syllable(once)
        return once if known else ""

    def _tell_mistyped(self, word: str) -> str:
        """The word of a trade that a short brand is a letter from; "" for none."""
        if not SHORTEST_MISTYPED <= len(word) <= SHORTEST or self._syllables_in(word):
            return ""
        return meant(word, self._short_trades, SHORTEST_MISTYPED)

    def _tell_ways(self, word: str) -> tuple[Way, ...]:
        """The words that a brand may be meant as, which say little.

        It is one of these with a slip, or written together with the next; none that is Mandarin.
        """
        known = self._tables.words
        if len(word) < SHORTEST_SLIP or word in known or self._syllables_in(word):
            return ()
        found: list[Way] = [
            ((NameWord(*known[each]),), self._is_slip(word, each)) for each in self._slips(word)
        ]
        for cut in range(SHORTEST_BLANK, len(word) - SHORTEST_BLANK + 1):
            one, other = known.get(word[:cut]), known.get(word[cut:])
            if _tell_cut(one, cut, other, len(word) - cut):
                first, second = one or (BRAND, word[:cut]), other or (BRAND, word[cut:])
                found.append(((NameWord(*first), NameWord(*second)), True))
        return tuple(found)

    def _slips(self, word: str) -> Iterator[str]:
        """The known words that one is a letter from."""
        known, size = self._tables.words, len(word)
        near: dict[str, None] = {}
        for each in shortened_by_one(word):
            if size <= SHORTEST:
                near.update(dict.fromkeys(self._short_words.get(each, ())))
            if size >= SHORTEST - 1 and (other := self._tables.near.get(each)):
                near[other] = None
        for other in near:
            kind = known[other][0]
            told = kind in DESCRIBING and (kind != LEGAL or len(other) >= SHORTEST_OF_FORM)
            if told and spelling.edits(word, other) == 1:
                yield other

    def _is_slip(self, word: str, known: str) -> bool:
        """Whether a word that is a letter from a known one is nobody's, and no other in its place.

        Of a few letters one that is wrong makes another word, and none that changed places.
        """
        short = min(len(word), len(known)) < SHORTEST_MISTYPED
        return swaps(word, known) if short else word not in self._tables.known()

    @cached_property
    def _short_words(self) -> dict[str, list[str]]:
        """The known words that are too short to be read wherever one is near, by what is left."""
        found: dict[str, list[str]] = {}
        for word, (kind, _) in self._tables.words.items():
            if kind in DESCRIBING and SHORTEST_SLIP <= len(word) < SHORTEST and word.isascii():
                for each in shortened_by_one(word):
                    found.setdefault(each, []).append(word)
        return found

    @cached_property
    def _short_trades(self) -> dict[str, str]:
        """The words of trades that are too short to be read wherever one is near."""
        words = self._tables.words.items()
        trades = (word for word, (kind, _) in words if kind == INDUSTRY and len(word) < SHORTEST)
        return neighbors(trades, SHORTEST_MISTYPED)

    def _tell(self, word: str) -> int:
        """The signs of a word."""
        tables = self._tables
        if word in tables.bare:
            return FOREIGN
        alone = (tables.met.get(word) or meet(word, tables))[0]
        found = 0 if self._may_be_mandarin(word) else FOREIGN
        if word in self._chinese:
            found |= RESPELLED
        # A word is cut where digits begin or end.
        brands = [text for kind, text in alone if kind == BRAND]
        for text in brands if word.isalpha() else (*brands, *LETTERS_OF(word)):
            if self._respelled(text) != (text, text):
                found |= RESPELLED
        if word in tables.brands:
            found |= OTHER_NAME
        if word in tables.phrases or self._may_be_of_phrase(word):
            found |= PHRASE
        if word in tables.documents.described_by:
            found |= PART
        size = len(word)
        if size == JOINED_INITIALS and VOWELS.isdisjoint(word):
            found |= INITIALS
        if on_paper(word):
            found |= MISREAD
        if is_sign(word) or of_town(word, tables.words):
            found |= SLAVIC
        if self.held_letter(word):
            found |= DOUBLED
        if word in tables.documents.pinyin_districts or self.place_said(word):
            found |= SAID_PLACE
        if word in tables.documents.abbreviated:
            found |= ABBREVIATED
        elif lacks_vowels(word) and word not in tables.words:
            found |= UNVOWELED
        if size <= LONGEST_HALF:
            for each in alone:
                if may_be_half(word, each):
                    found |= JOINED
        return found


def _tell_cut(
    one: tuple[str, str] | None, size: int, other: tuple[str, str] | None, rest: int
) -> bool:
    """Whether two parts of a word, of so many letters, are two words without their blank.

    One of them says little; two letters tell nothing beside a part that is not known.
    """
    kinds = {one and one[0], other and other[0]}
    if kinds <= {LEGAL, FILLER} or DESCRIBING.isdisjoint(kinds):
        return False
    return None not in kinds or min(size, rest) >= SHORTEST_FIRST
