"""Names of Koreans, of which each syllable has several spellings.

Two spellings are one where some syllable is written both ways: Jung and Chong, but not Min and Man.
Each syllable of a name tells, so none is a slip of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, product

from detente.parties.names.remembered import remembered

FIRST, LAST = "가", "힣"
"""The first and the last syllable in Hangul."""

FEWEST, MOST = 2, 4
"""Syllables of the shortest and of the longest name: a family name and a given one."""

LONGEST_IN_HANGUL = 3
"""Syllables of the longest name that Hangul writes as one word; four are rather a firm's."""

LONGEST_WORD = 3
"""Syllables of the longest word: a given name, or all of a name that is written as one."""

ENDS = 2
"""Letters at the beginning and at the end of a word that show of most others that they are none."""

MOST_READINGS = 16
"""Ways in which a name is cut into syllables that are tried."""

Syllables = tuple[str, ...]


class KoreanSyllables:
    """What the syllables of names may be, by their spellings."""

    def __init__(self, spellings: Mapping[str, tuple[str, str]] = {}) -> None:
        """Take the spellings, each with the syllables that it may be, and those of families."""
        self._may_be = {spelling: several for spelling, (several, _) in spellings.items()}
        self._families = {spelling for spelling, (_, some) in spellings.items() if some}
        self._longest = max(map(len, spellings), default=0)
        first, last = ({spelling[at] for spelling in spellings} for at in (0, -1))
        alone = [spelling for spelling in spellings if len(spelling) == 1]
        self._begins = {spelling[:ENDS] for spelling in spellings}
        self._begins |= {one + letter for one in alone for letter in first}
        self._ends = {spelling[-ENDS:] for spelling in spellings}
        self._ends |= {letter + one for one in alone for letter in last}
        self.cut = remembered(self._cut)
        """A word as the syllables that it may be written in; () for one that is not Korean."""

    def may_cut(self, word: str) -> bool:
        """Whether a word begins and ends as Korean ones do, which costs less to tell than `cut`."""
        return word[:ENDS] in self._begins and word[-ENDS:] in self._ends

    def are_korean(self, words: Sequence[str]) -> bool:
        """Whether words may be a name: all of syllables, and no more of them than a name has."""
        return len(words) <= MOST and self.may_cut(words[0]) and all(map(self.cut, words))

    def is_syllable(self, word: str) -> bool:
        """Whether a word is written as one syllable may be."""
        return word in self._may_be

    def is_family(self, word: str) -> bool:
        """Whether a word is written as a family name may be."""
        return word in self._families or (len(word) == 1 and are_hangul(word))

    def readings(self, words: Sequence[str]) -> list[Syllables]:
        """The syllables of a name, as printed, each in all ways in which its words may be cut.

        Args:
            words: in small Latin letters.

        Returns:
            None at all where a word is not Korean, or syllables are fewer or more than a name's.
        """
        several = [self.cut(word) for word in words]
        if not all(several):
            return []
        found = [tuple(part for some in each for part in some)
                 for each in islice(product(*several), MOST_READINGS)]  # fmt: skip
        return [each for each in found if FEWEST <= len(each) <= MOST]

    def keys(self, words: Sequence[str], *, any_first: bool = False) -> dict[str, Syllables]:
        """Keys that a name shares with all that may be it, each with its syllables in that order.

        Args:
            words: of a person's name, of which the family's stands first or last.
            any_first: whether any syllable may stand first, as in the name of a ship.
        """
        found: dict[str, Syllables] = {}
        stated = tuple(words)
        for order in dict.fromkeys((stated, (stated[-1], *stated[:-1]))):
            for reading in self.readings(order):
                if self.is_family(reading[0]) or (any_first and order == stated):
                    found.setdefault("".join(map(self._class_of, reading)), reading)
        return found

    def agree(self, one: Syllables, other: Syllables) -> bool:
        """Whether the syllables of two names may be the same, one by one."""
        return len(one) == len(other) and all(
            not set(self._which(here)).isdisjoint(self._which(there))
            for here, there in zip(one, other, strict=True)
        )

    def _which(self, part: str) -> str:
        """The syllables that a spelling may be; one in Hangul is itself."""
        return self._may_be.get(part, part)

    def _class_of(self, part: str) -> str:
        return self._classes.get(self._which(part)[0], part)

    @cached_property
    def _classes(self) -> dict[str, str]:
        """For each syllable the first of those with which some spelling puts it together."""
        found: dict[str, str] = {}

        def first(syllable: str) -> str:
            while found.setdefault(syllable, syllable) != syllable:
                syllable = found[syllable]
            return syllable

        for several in self._may_be.values():
            one = first(several[0])
            for other in map(first, several[1:]):
                found[other] = one
        return {each: first(each) for each in found}

    def _cut(self, word: str) -> tuple[Syllables, ...]:
        return tuple(self._pieces(word, LONGEST_WORD))

    def _pieces(self, letters: str, most: int) -> Iterator[Syllables]:
        if not letters:
            yield ()
        elif most:
            for size in range(1, min(self._longest, len(letters)) + 1):
                if letters[:size] in self._may_be:
                    for rest in self._pieces(letters[size:], most - 1):
                        yield letters[:size], *rest


AS_LISTED = str.maketrans("이노", "리로")
"""Family names as lists print them, of which the letters alone would say something else."""


def hangul_of(text: str) -> str:
    """The syllables of a person's name in Hangul, without blanks; "" where the text is none."""
    letters = "".join(text.split())
    if not (FEWEST <= len(letters) <= LONGEST_IN_HANGUL and are_hangul(letters)):
        return ""
    return letters[0].translate(AS_LISTED) + letters[1:]


def are_hangul(letters: Iterable[str]) -> bool:
    """Whether all letters are syllables in Hangul."""
    return all(FIRST <= letter <= LAST for letter in letters)
