"""Russian adjectives in whatever form a name has them: *nauchnogo* is *nauchnyi*.

A trade is told by an adjective that takes the gender, number and case of what stands behind it, and
each letter of its ending is written in several ways in Latin ones. The table of words has one form.
"""

from __future__ import annotations

from collections.abc import Iterator

SHORTEST = 7
"""Letters of the shortest word that is read as such a form."""

AS_KEPT = ("yi", "ii", "aya")
"""Endings in which the table of words may have an adjective."""

ENDINGS = (
    "yye", "iye", "oye", "aya", "ogo", "ego", "uyu", "ykh", "ikh", "yie", "yi", "yy", "iy", "ii",
    "ye", "ie", "oe", "oi", "oy", "ym", "im", "y", "i",
)  # fmt: skip
"""Endings of adjectives as lists and documents write them, the longest first."""


LONG, LONG_ENDINGS = 10, ("aya", "ogo", "ykh", "ikh", "oye", "oe", "yye", "iye")
"""Letters of the shortest word that may be one of these misspelled, and how it ends."""


def has_long_ending(word: str) -> bool:
    """Whether a word ends as little else than a Russian adjective does."""
    return len(word) >= LONG and word.endswith(LONG_ENDINGS)


def kept_forms(word: str) -> Iterator[str]:
    """The forms in which the table may have a word that ends as Russian adjectives do."""
    if len(word) < SHORTEST or not word.endswith(ENDINGS):
        return
    for ending in ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            yield from (stem + kept for kept in AS_KEPT)
