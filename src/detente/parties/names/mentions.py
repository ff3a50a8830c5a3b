"""Listed names that a running text mentions, word for word.

Reach for this where a document may speak of parties, and not to screen anybody: a text is not a
name, and whoever is not mentioned is not cleared by it. Chinese names are not looked for.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

FEWEST_WORDS, FEWEST_LETTERS = 2, 10
"""A shorter name is too often an ordinary phrase to be looked for."""

MOST_WORDS = 14

_WORD = re.compile(r"[^\W_]+")


class Mentions:
    """The names of lists, by their words."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Read the names.

        Args:
            database: the lists, with their names.
        """
        self._names: dict[tuple[str, ...], str] = {}
        for (text,) in database.execute("SELECT text FROM names ORDER BY id"):
            words = _words(text)
            long = len(words) >= FEWEST_WORDS and sum(map(len, words)) >= FEWEST_LETTERS
            if long and len(words) <= MOST_WORDS:
                self._names.setdefault(words, text)
        self._sizes: dict[str, set[int]] = {}
        for words in self._names:
            self._sizes.setdefault(words[0], set()).add(len(words))

    def of(self, text: str) -> Iterator[str]:
        """The listed names that a text mentions, each once, and the longest that begins there."""
        words = _words(text)
        met: set[str] = set()
        at = 0
        while at < len(words):
            step = 1
            for size in sorted(self._sizes.get(words[at], ()), reverse=True):
                name = self._names.get(words[at : at + size])
                if name is not None:
                    step = size
                    if name not in met:
                        met.add(name)
                        yield name
                    break
            at += step


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))
