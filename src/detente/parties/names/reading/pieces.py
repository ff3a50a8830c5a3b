"""What pieces of a line may be: a place, a body, a person; and where one line ends."""

from __future__ import annotations

import re
from collections.abc import Callable

from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE

LONG = 4
"""Letters of a word in brackets, of which a name has two; characters of a Chinese name that may say
more than a brand."""

BRACKETS = re.compile(r"\s*[(（\[]([^()（）\[\]]*)[)）\]]")
"""What a name has in brackets, with the spaces before them."""

OPENING = frozenset("(（[")
"""The signs with which what stands in brackets begins."""

_STOPS, _DASHES = ",;|\n，；、", "-–—/"

BREAKS = re.compile(rf"\s*[{_STOPS}]\s*|\s+[{_DASHES}]{{1,3}}\s+")
"""Where a line of a document may pass from a name to an address."""

BREAK_SIGNS = frozenset(_STOPS + _DASHES)
"""The signs of which such a line has one."""

SHORTEST = 2
"""Letters of the shortest reading."""

MANY_COMMAS = 2
"""Commas from which a line may have an address without a number: `Co., Ltd.` has one."""

FEWEST_WORDS = 3
"""Words of the shortest name that a line is cut down to where nothing tells where it ends."""

LONGEST_CODE = 3
"""Letters of the shortest word that is no state's code behind a place: `Salt Lake City UT`."""

FEWEST_BEFORE = 2
"""Words before the number of a house, of which one alone is too little of a name."""

MOST_OF_PERSON = 4
"""Words of the longest name of a person that is told by nothing else."""

BETWEEN = re.compile(r"\s+[-–—/]{1,3}\s+")
"""What stands between two names of one party."""

OF_BODY = frozenset((INDUSTRY,))
"""The kinds of what a body does."""

FEWEST_TELLING, TELLING_CHINESE = 3, 8
"""Words of more than three letters, and characters, that tell a body without a brand or a place:
there are many Institutes of Physics."""


def has_digit(text: str) -> bool:
    """Whether a text has one."""
    return any(map(str.isdigit, text))


def ends_in_form(text: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether the last word of a text is a legal form."""
    return any(kinds(word) == {LEGAL} for word in text.split()[-1:])


def may_be_person(text: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether a text may be two names of a person, and no word of it says that it is none."""
    return 1 < len(text.split()) <= MOST_OF_PERSON and kinds(text) <= {BRAND, FILLER}


def is_name_of_body(piece: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether the first piece of a line is the name of a body: of two words one must be a place."""
    if len(piece.split()) < FEWEST_WORDS:
        return kinds(piece) == {PLACE, INDUSTRY}
    return tells_a_body(piece, kinds)


def tells_a_body(text: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether a name of trades is more than that of any body of its kind."""
    if not kinds(text).isdisjoint((PLACE, BRAND, NUMBER)):
        return True
    if text.isascii():
        return sum(len(word) >= LONG for word in text.split()) >= FEWEST_TELLING
    return sum(map(str.isalpha, text)) >= TELLING_CHINESE


def is_place(found: frozenset[str]) -> bool:
    """Whether words are places and nothing else, but for numbers such as a postal code."""
    return PLACE in found and found <= {PLACE, NUMBER}


def is_of_places(piece: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether a piece of a line is a place, with its postal code or the letters of its state."""
    if is_place(kinds(piece)):
        return True
    words = piece.split()
    long = [word for word in words if len(word) >= LONGEST_CODE and not has_digit(word)]
    return 0 < len(long) < len(words) and is_place(kinds(" ".join(long)))
