"""The words of a name as one text, as files keep them: the kind of each before its letters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from detente.parties.names.names import NameWord


def pack(words: Sequence[NameWord]) -> str:
    """Words as one text."""
    return " ".join(part.kind + part.text for part in words)


def unpack(text: str) -> tuple[NameWord, ...]:
    """Words from one text."""
    return tuple(map(_word, text.split()))


@lru_cache(1 << 17)
def _word(text: str) -> NameWord:
    return tuple.__new__(NameWord, (text[0], text[1:]))
