"""Words that a question may use: an unknown one is refused with the nearest, never dropped."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FEW = 12
"""As many known words are listed whole in a refusal."""

SURE = 0.8
"""Likeness from which a name that need not be known is taken for a slip of one that is."""


class UnknownWordError(ValueError):
    """A word of a question that is in no vocabulary it could be from.

    Attributes:
        where: the parameter or column that it stands in.
    """

    def __init__(self, message: str, where: str) -> None:
        super().__init__(message)
        self.where = where


def nearest(word: str, known: Iterable[str], most: int = 3, likeness: float = 0.5) -> list[str]:
    """The known words that a word is most like, best first, whatever the case of letters."""
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for each in known:
        folded.setdefault(each.casefold(), each)
    found = get_close_matches(word.strip().casefold(), list(folded), most, likeness)
    return [folded[each] for each in found]


def one_of(word: str, known: Sequence[str]) -> str:
    """What to write in the place of an unknown word: the nearest known one, and all of them."""
    near = nearest(word, known, 1, 0.7)
    hint = f"did you mean {near[0]}? Write" if near else "write"
    return f"{hint} one of {', '.join(known)}"


def refuse(word: str, known: Iterable[str], what: str, where: str) -> UnknownWordError:
    """The refusal of an unknown word, to be raised.

    Args:
        word: as it was written.
        known: the vocabulary.
        what: what the word should name, with its article: "a list", "an end use".
        where: the parameter or column that it stands in.
    """
    return UnknownWordError(f"{word!r} is not {what}: {hint_of(word, known)}", where)


def hint_of(word: str, known: Iterable[str]) -> str:
    """What a refusal says after the colon: the nearest known words, or the first of all."""
    words = sorted(set(known))
    near = nearest(word, words)
    if near:
        return f"did you mean {' or '.join(near)}?"
    if len(words) <= FEW:
        return f"known are {', '.join(words)}"
    return f"known are {', '.join(words[:FEW])} and {len(words) - FEW} more"


def near_miss(word: str, known: Iterable[str]) -> str | None:
    """The known word that a name was surely meant to be, None where it is a name of its own.

    For names that need not be known, such as columns that a file keeps for itself: a letter more,
    less, other or exchanged is a slip, and so is a long word that is nearly another.
    """
    folded = word.strip().casefold()
    for each in known:
        if is_slip(folded, each.casefold()):
            return each
    near = nearest(word, known, 1, SURE)
    return near[0] if near else None


def refuse_slips(
    names: Iterable[str], known: Iterable[str], prefixes: Iterable[str] = (), where: str = ""
) -> None:
    """Refuse a column that nobody reads and that was surely meant to be another, absent one.

    Columns of other names are the user's own, and left alone.

    Args:
        names: the columns of a table.
        known: those that are read.
        prefixes: beginnings of columns that are read whatever follows, with their dot: ``fact.``.
        where: the file and line, for the message; "" for none.

    Raises:
        UnknownWordError: naming the column and the one that it is like.
    """
    names, known, prefixes = list(names), list(known), tuple(prefixes)
    for name in names:
        if not name or name in known or name.startswith(prefixes):
            continue
        head, dot, rest = name.partition(".")
        prefix = near_miss(f"{head}.", prefixes) if dot and rest else None
        meant = f"{prefix}{rest}" if prefix else near_miss(name, known)
        # Where the right name stands beside it, the column is one of the user's own.
        if meant is not None and meant not in names:
            raise UnknownWordError(
                f"{where}{': ' if where else ''}the column {name!r} is not read: did you mean "
                f"{meant}? Rename it, to that or to something less like it",
                name,
            )


def is_slip(word: str, other: str) -> bool:
    """Whether two words differ by one letter inserted, left out, replaced or exchanged."""
    if len(word) > len(other):
        word, other = other, word
    if word == other or len(other) - len(word) > 1:
        return False
    start = 0
    while start < len(word) and word[start] == other[start]:
        start += 1
    rest, further = word[start:], other[start:]
    if len(word) < len(other):
        return rest == further[1:]
    return rest[1:] == further[1:] or (
        len(rest) > 1 and rest[:2] == further[1::-1] and rest[2:] == further[2:]
    )


def known_word(word: str, known: Iterable[str], what: str, where: str) -> str:
    """A word of a vocabulary as the vocabulary writes it, whatever the case of its letters.

    Raises:
        UnknownWordError: it is none.
    """
    wanted = word.strip()
    words = list(known)
    if wanted in words:
        return wanted
    folded = wanted.casefold()
    for each in words:
        if each.casefold() == folded:
            return each
    raise refuse(word, words, what, where)
