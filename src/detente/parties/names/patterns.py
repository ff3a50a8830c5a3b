"""Patterns that are compiled when they are needed, as far as they are needed.

A line of a document is looked at for hundreds of phrases, and most lines have none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


runs = re.compile(r"\w+").findall
"""What stands between the signs and blanks of a text, as it is written."""


class _LatePattern:
    """A pattern that is compiled when first asked for one of its methods, which it then has."""

    def __init__(self, text: str | Callable[[], str], flags: re.RegexFlag) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, method: str) -> object:
        if method.startswith("_"):
            raise AttributeError(method)
        text = self._text if isinstance(self._text, str) else self._text()
        found = getattr(re.compile(text, self._flags), method)
        setattr(self, method, found)
        return found


def late_pattern(text: str | Callable[[], str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern that costs nothing until it is used: long ones take milliseconds to compile."""
    pattern: Any = _LatePattern(text, flags)
    found: re.Pattern[str] = pattern
    return found


MOST_PATTERNS = 4096
"""Patterns of the phrases of a text that are kept, of each kind."""


class PhrasePattern:
    """A pattern of phrases, tried with those of them alone whose words a text has.

    Most texts have none, and a pattern of hundreds of phrases takes long to compile and to try.
    """

    def __init__(
        self,
        compose: Callable[[Collection[str]], str],
        phrases: Iterable[str],
        says: Callable[[str], object] | None = None,
    ) -> None:
        """Take a pattern.

        Args:
            compose: writes it with some of the phrases.
            phrases: of which one stands, as words of its own, in every text that the pattern fits.
            says: whether a text may be fitted that has none of them.
        """
        self._compose, self._phrases, self._says = compose, phrases, says
        self._patterns: dict[frozenset[str], re.Pattern[str]] = {}

    @cached_property
    def _by_last(
        self,
    ) -> tuple[frozenset[str], Mapping[str, list[tuple[frozenset[str], str]]], dict[str, str]]:
        """The last words of phrases, the phrases of each; and those that have no words."""
        by_last: dict[str, list[tuple[frozenset[str], str]]] = {}
        within: dict[str, str] = {}
        for phrase in self._phrases:
            words = runs(phrase.lower())
            if phrase.isascii() and words:
                by_last.setdefault(words[-1], []).append((frozenset(words), phrase))
            else:
                within[phrase.lower()] = phrase  # Chinese has no blanks
        return frozenset(by_last), by_last, within

    def in_text(self, text: str) -> frozenset[str]:
        """The phrases of which a text has all words."""
        held = words_in(text)
        lasts, by_last, within = self._by_last
        found: list[str] = []
        if not held.isdisjoint(lasts):
            found = [
                phrase for word in held & lasts for words, phrase in by_last[word] if words <= held
            ]
        if within and not text.isascii():
            small = text.lower()
            found += [phrase for letters, phrase in within.items() if letters in small]
        return frozenset(found)

    def pattern(self, text: str) -> re.Pattern[str] | None:
        """The pattern as far as it may fit a text; None where it does not."""
        stated = self.in_text(text)
        if not stated and not (self._says is not None and self._says(text)):
            return None
        found = self._patterns.get(stated)
        if found is None:
            if len(self._patterns) >= MOST_PATTERNS:
                self._patterns.clear()
            found = self._patterns[stated] = re.compile(self._compose(stated), _FLAGS)
        return found

    def whole(self) -> re.Pattern[str]:
        """The pattern with all phrases."""
        return re.compile(self._compose(frozenset(self._phrases)), _FLAGS)

    def search(self, text: str) -> re.Match[str] | None:
        """As a pattern does."""
        return pattern.search(text) if (pattern := self.pattern(text)) else None

    def match(self, text: str) -> re.Match[str] | None:
        """As a pattern does."""
        return pattern.match(text) if (pattern := self.pattern(text)) else None

    def sub(self, instead: str, text: str) -> str:
        """As a pattern does."""
        return pattern.sub(instead, text) if (pattern := self.pattern(text)) else text

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As a pattern does."""
        return pattern.finditer(text) if (pattern := self.pattern(text)) else iter(())

    def split(self, text: str) -> list[str]:
        """As a pattern without groups does."""
        return list(pattern.split(text)) if (pattern := self.pattern(text)) else [text]


_FLAGS = re.IGNORECASE | re.DOTALL
"""No pattern of phrases tells small letters from capitals, or a line's end from another blank."""


@lru_cache(maxsize=8)
def words_in(text: str) -> frozenset[str]:
    """What stands between the signs and blanks of a text, in small letters."""
    small = text.lower()
    if not text.isascii():
        # A pattern takes these letters of Turkish for an i, too.
        small = small.replace("i\u0307", "i").replace("ı", "i")
    return frozenset(runs(small))
