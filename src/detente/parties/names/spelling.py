"""Misspelled words: how many edits lie between two, and which known word one is meant to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

SHORTEST = 7
"""Letters of the shortest word that is taken for a known one misspelled."""


def plain_edits(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbor, to turn one word into another."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for to, goal in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (char != goal))
            if at > 1 and to > 1 and char == other[to - 2] and one[at - 2] == goal:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
    return row[-1]


edits: Callable[[str, str], int] = plain_edits
"""The count in use; `use_library` puts a faster one of the same meaning in its place."""


def use_library() -> bool:
    """Count edits with rapidfuzz, for many names; says whether it is installed."""
    global edits
    try:
        from rapidfuzz.distance import OSA
    except ImportError:
        return False
    edits = OSA.distance
    return True


def neighbors(words: Iterable[str]) -> dict[str, str]:
    """Each word with one letter left out, and the word itself, as keys to the word."""
    found: dict[str, str] = {}
    for word in sorted(words):  # of two known words that are as near, the same whoever asks
        if len(word) < SHORTEST or not word.isascii() or " " in word:
            continue
        for at in range(len(word)):
            found.setdefault(word[:at] + word[at + 1 :], word)
        found[word] = word
    return found


def meant(word: str, near: Mapping[str, str]) -> str:
    """The known word that is one edit away; empty when there is none."""
    if len(word) < SHORTEST:
        return ""
    known = near.get(word)
    if known is not None and _is_meant(word, known):
        return known
    for at in range(len(word)):
        known = near.get(word[:at] + word[at + 1 :])
        if known is not None and _is_meant(word, known):
            return known
    return ""


def _is_meant(word: str, known: str) -> bool:
    return known[0] == word[0] and edits(word, known) <= 1
