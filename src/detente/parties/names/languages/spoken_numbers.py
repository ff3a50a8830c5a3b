"""Numbers of institutes as full pinyin says them, in words (*dishiba*), in digits or both."""

from __future__ import annotations

import re
from collections.abc import Callable

from detente.parties.names.names import (
    DIGITS,
    NUMBERED,
    NameTables,
    meanings,
    number_of,
    said,
)

DIGIT_RUNS = re.compile(r"(\d+)").split
"""Cuts letters where digits begin and end; every second part is digits."""


class SpokenNumbers:
    """Numbers of institutes in words, as full pinyin says them: `dishiba yanjiusuo`, `shiba suo`.

    Attributes:
        bodies: what a number may stand before at the end of a name, as it is said: `suo`, `yuan`.
        mark: what says that a number follows: `di`.
    """

    def __init__(self, tables: NameTables) -> None:
        """Take how the characters of numbers are said."""
        han, words = tables.han, tables.words
        self._digits = {each: char for char in (*DIGITS, "十", "百") for each in said(char, han)}
        self._digits.pop("", None)
        self._longest = max(map(len, self._digits), default=0)
        self.mark = said("第", han)[0]
        self.bodies = {
            each: meanings(*words[char])
            for char in NUMBERED
            if char in words
            for each in said(char, han)
        }

    def may_stand_in(self, letters: str) -> bool:
        """Whether letters have what a number stands behind, or before."""
        return self.mark in letters or letters.endswith(tuple(self.bodies))

    def first(
        self, letters: str, goes_on: Callable[[str], bool], *, anywhere: bool = False
    ) -> tuple[str, int]:
        """The number that letters begin with, and how many of them it takes; "" for none.

        Args:
            letters: small letters, without blanks.
            goes_on: whether letters begin with a body that a number may stand before.
            anywhere: whether `di` makes a number of whatever may be one, before what it may stand.
        """
        begin = len(self.mark) if letters.startswith(self.mark) else 0
        ends, chars, at = [], "", begin
        while syllable := self._syllable(letters[at:]):
            chars, at = chars + self._digits[syllable], at + len(syllable)
            ends.append((chars, at))
        for chars, at in reversed(ends):
            rest = letters[at:]
            if rest in self.bodies or (begin and goes_on(rest)):
                return number_of(chars), at
        if anywhere and begin and ends:
            chars, at = ends[-1]
            return number_of(chars), at
        return "", 0

    def _syllable(self, letters: str) -> str:
        """The syllable of a number that letters begin with; "" for none."""
        heads = (letters[:length] for length in range(min(self._longest, len(letters)), 0, -1))
        return next((head for head in heads if head in self._digits), "")
