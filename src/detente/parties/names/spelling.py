"""Misspelled words: how many edits lie between two, and which known word one is meant to be.

Russian adjectives are told in whatever form a name has them (*nauchnogo* is *nauchnyi*): they take
the gender, number and case of what stands behind, and each letter of their endings is written in
several ways in Latin ones. The table of words has one form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

SHORTEST = 7
"""Letters of the shortest word that is taken for a known one misspelled."""


def plain_edits(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbor, to turn one word into another.

    The optimal string alignment distance, a column of the table at a time: bits of whole numbers
    say where it grows and falls by one from a row to the next (Hyyrö, A bit-vector algorithm for
    computing Levenshtein and Damerau edit distances, 2003).
    """
    size = len(one)
    if not size or not other:
        return size or len(other)
    places: dict[str, int] = {}
    for at, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << at
    whole, last = (1 << size) - 1, 1 << (size - 1)
    count, grows, falls, level, before = size, whole, 0, 0, 0
    for letter in other:
        equal = places.get(letter, 0)
        swapped = ((~level & equal) << 1) & before
        level = ((((equal & grows) + grows) ^ grows) | equal | falls | swapped) & whole
        more, less = falls | (whole & ~(level | grows)), level & grows
        count += bool(more & last) - bool(less & last)
        more, less = more << 1 | 1, less << 1
        grows, falls = (less | ~(level | more)) & whole, more & level
        before = equal
    return count


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


def neighbors(words: Iterable[str], shortest: int = SHORTEST) -> dict[str, str]:
    """Each word with one letter left out, and the word itself, as keys to the word.

    Args:
        words: those that are known; shorter ones are left out, and those of other letters.
        shortest: letters of the shortest.
    """
    known = [word for word in words if len(word) >= shortest and word.isascii() and " " not in word]
    # Of two known words that are as near it is the first, whoever asks: it is put in last.
    known.sort(reverse=True)
    found = {word[:at] + word[at + 1 :]: word for word in known for at in range(len(word))}
    found.update(zip(known, known, strict=True))
    return found


def swaps(one: str, other: str) -> bool:
    """Whether two words are the same but for two letters side by side, which changed places."""
    if len(one) != len(other):
        return False
    at = next((at for at, letter in enumerate(one) if letter != other[at]), -1)
    return (
        0 <= at < len(one) - 1
        and one[at : at + 2] == other[at + 1] + other[at]
        and one[at + 2 :] == other[at + 2 :]
    )


def shortened_by_one(word: str) -> Iterator[str]:
    """A word, and what is left of it without each of its letters."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def meant(word: str, near: Mapping[str, str], shortest: int = SHORTEST) -> str:
    """The known word that is one edit away; empty when there is none.

    Args:
        word: in small letters.
        near: see `neighbors`.
        shortest: letters of the shortest word that may be another one misspelled.
    """
    if len(word) < shortest:
        return ""
    for each in shortened_by_one(word):
        known = near.get(each)
        if known is not None and _is_meant(word, known):
            return known
    return ""


def _is_meant(word: str, known: str) -> bool:
    """Whether a word is a known one with a slip; in its first letter only if it is the second's."""
    if known[0] != word[0]:
        return swaps(word, known)
    return edits(word, known) <= 1


AS_KEPT = ("yi", "ii", "aya")
"""Endings in which the table of words may have an adjective."""

ENDINGS = (
    "yye", "iye", "oye", "aya", "ogo", "ego", "uyu", "ykh", "ikh", "yie", "yi", "yy", "iy", "ii",
    "ye", "ie", "oe", "oi", "oy", "ym", "im", "aja", "oje", "ije", "yje", "ij", "yj", "oj", "y",
    "i",
)  # fmt: skip
"""Endings of adjectives as lists and documents write them, the longest first."""


LONG, LONG_ENDINGS = 10, ("aya", "ogo", "ykh", "ikh", "oye", "oe", "yye", "iye")
"""Letters of the shortest word that may be one of these misspelled, and how it ends."""


def has_long_ending(word: str) -> bool:
    """Whether a word ends as little else than a Russian adjective does."""
    return len(word) >= LONG and word.endswith(LONG_ENDINGS)


def may_be_declined(word: str) -> bool:
    """Whether a word ends as Russian adjectives do."""
    return len(word) >= SHORTEST and word.endswith(ENDINGS)


def kept_forms(word: str) -> Iterator[str]:
    """The forms in which the table may have a word that ends as Russian adjectives do."""
    for ending in ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            yield from (stem + kept for kept in AS_KEPT)
