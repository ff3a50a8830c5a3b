"""Words without their endings and marks, by which a query and a table find each other.

The table of everyday words is compiled with them and asked with them, so there is one way.
"""

from __future__ import annotations

NOT_PLURAL = ("ss", "us", "is", "os")
"""Endings of words that are no plurals."""

HISSING = ("ches", "shes", "sses", "xes", "zes", "atoes", "ngoes")

UNLIKE = {
    "mice": "mouse",
    "geese": "goose",
    "teeth": "tooth",
    "feet": "foot",
    "knives": "knife",
    "shelves": "shelf",
    "bookshelves": "bookshelf",
    "scarves": "scarf",
    "loaves": "loaf",
    "halves": "half",
    "calves": "calf",
    "hooves": "hoof",
    "leaves": "leaf",
}
"""Plurals that no ending tells."""

SHORT = 3
"""A word of so few letters keeps its ending."""


def tokens(text: str) -> list[str]:
    """The words of a text in small letters; marks between letters part words.

    An apostrophe does not: "men's" is one word, and so is "mens".
    """
    plain = text.lower().replace("'", "").replace("’", "")
    return "".join(mark if mark.isalnum() else " " for mark in plain).split()


def stem(word: str) -> str:
    """A word without the ending of its plural; "cookie" and "cookies" end alike."""
    if word in UNLIKE:
        return UNLIKE[word]
    if len(word) > SHORT + 1 and word.endswith(("ies", "ie")):
        return f"{word.removesuffix('s')[:-2]}y"
    if len(word) <= SHORT or not word.endswith("s") or word.endswith(NOT_PLURAL):
        return word
    return word[:-2] if word.endswith(HISSING) else word[:-1]


def stems(text: str) -> set[str]:
    """The stems of a text."""
    return {stem(word) for word in tokens(text)}


def key(words: list[str]) -> str:
    """Words as one key: "T-shirts", "t shirt" and "tshirt" are the same."""
    return "".join(map(stem, words))


def is_chinese(mark: str) -> bool:
    """Whether a character is one of the Chinese script."""
    return "\u3400" <= mark <= "\u9fff"
