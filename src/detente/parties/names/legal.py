"""Legal forms as they are typed: written together with the name, cut off, misspelled in a word.

A field of 35 letters cuts `Joint Stock Company` off, and `SiemensAG` has lost its blank. What is
mended here is asked beside the name as written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.parties.names import spelling
from detente.parties.names.kinds import LEGAL
from detente.parties.names.names import NameTables, NameWord

MAY_BE_JOINED = re.compile("[a-z][A-Z]").search
"""What a name must have in which words are written together."""

JOINED = re.compile(r"(?<=[a-z]{2})(?=[A-Z][A-Za-z]{1,4}\b)")
"""Where a short word with a capital is written together with the word before."""

TWO_WORDS = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
"""Where a single word may be two that are written together."""

HYPHEN = re.compile(r"(?<=[A-Za-z]{2})-([A-Za-z]{2,3})(?=\s+[A-Za-z])")
"""A hyphen within a name, and a short word behind it."""

FEWEST_OF_PHRASE = 2
"""Words of a legal form of several that a name has before it is looked for."""

SHORTEST_MISSPELLED = 5
"""Letters of the shortest word of a legal form that may be misspelled."""

HARDLY_JOINED = 3
"""Words of the longest name that is taken apart at its capitals."""


def taken_apart(text: str, tables: NameTables) -> str:
    """A name with its legal form, or a single word, taken apart where words are joined; else ""."""
    if not MAY_BE_JOINED(text):
        return ""
    if text.isalpha() and (found := apart_at_capitals(text)):
        return found
    words = tables.words
    for match in JOINED.finditer(text):
        form = re.match(r"\w+", text[match.end() :])
        known = words.get(form[0].lower()) if form else None
        if known and known[0] == LEGAL:
            return f"{text[: match.start()]} {text[match.end() :]}"
    return ""


def hyphen_closed(text: str, tables: NameTables) -> str:
    """A name without a hyphen before what looks like a legal form (Tex-Co Logistics); else ""."""
    if "-" not in text:
        return ""
    for match in HYPHEN.finditer(text):
        if tables.words.get(match[1].lower(), ("",))[0] == LEGAL:
            return text[: match.start()] + text[match.start() + 1 :]
    return ""


def apart_at_capitals(word: str) -> str:
    """A single word that is two or three written together (FriedrichBuchenberg) taken apart."""
    found = TWO_WORDS.sub(" ", word)
    return found if 1 < len(found.split()) <= HARDLY_JOINED else ""


def mended_form(stated: Sequence[str], words: Sequence[NameWord], tables: NameTables) -> list[str]:
    """The words of a name whose legal form of several words is cut off or misspelled, mended.

    Args:
        stated: the words as written, in small letters.
        words: the same as they are read.
        tables: what names are read with.

    Returns:
        The words with the whole form; none where there is nothing to mend.
    """
    if tables.phrases.keys().isdisjoint(stated):
        return []
    if any(part.kind == LEGAL and part.text in tables.phrase_forms for part in words):
        return []
    own = frozenset(stated)
    near = (each for word in stated for each in tables.phrases.get(word, ()))
    for phrase in dict.fromkeys(near):
        if len(own.intersection(phrase)) < FEWEST_OF_PHRASE:
            continue
        for length in range(len(phrase), 1, -1):
            at = len(stated) - length
            if at > 0 and _cut_off(stated[at:], phrase[:length], length < len(phrase)):
                return [*stated[:at], *phrase]
        for at in range(len(stated) - len(phrase) + 1):
            if _misspelled(stated[at : at + len(phrase)], phrase):
                return [*stated[:at], *phrase, *stated[at + len(phrase) :]]
    return []


def _cut_off(stated: Sequence[str], phrase: Sequence[str], within: bool) -> bool:
    """Whether words are the beginning of a legal form; `within` where a whole word may be last."""
    *first, last = stated
    return list(phrase[:-1]) == first and (
        phrase[-1].startswith(last) and (within or len(last) < len(phrase[-1]))
    )


def _misspelled(stated: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether words are those of a legal form, one of which is misspelled."""
    wrong = [(one, other) for one, other in zip(stated, phrase, strict=True) if one != other]
    if len(wrong) != 1:
        return False
    ((one, other),) = wrong
    return (
        len(other) >= SHORTEST_MISSPELLED
        and abs(len(one) - len(other)) <= 1
        and spelling.edits(one, other) == 1
    )
