"""Names before an address, and behind one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from detente.parties.names.document_words import DocumentWords
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.patterns import late_pattern
from detente.parties.names.reading.pieces import (
    BREAK_SIGNS,
    BREAKS,
    FEWEST_BEFORE,
    FEWEST_WORDS,
    LONGEST_CODE,
    MANY_COMMAS,
    SHORTEST,
    ends_in_form,
    has_digit,
    is_name_of_body,
    is_of_places,
    is_place,
)
from detente.parties.names.reading.scripts import OF_COMPANIES

POSTAL = late_pattern(r"(?<=\w)[\s,]+\d{5,6}\s+(?=[^\W\d_]{3})")
"""A postal code within a line that runs on."""

HOUSE_FIRST = late_pattern(r"^(?:no\.?\s*)?\d+[a-z]?,?\s+[^\W\d]", re.IGNORECASE)
"""How a piece of an address begins that has the number of a house."""

BEHIND_CODE = late_pattern(r"\d{4,}[\s,]+([^\W\d]\S*(?:\s+\S+)+)$")
"""What stands behind a postal code: two words or more."""

CHINESE_ADDRESS = late_pattern(
    r"^\W*(?:[\u4e00-\u9fff\d]{1,9}?"
    r"(?:省|自治区|市|区|县|镇|街道|路|街|(?<!铁)道|巷|号|园|大厦|栋|楼|层|室)){2,}"
)
"""The address with which a Chinese text begins: two or more of a province, a street, a house."""

ENDS_IN_NUMBER = late_pattern(r"[^\W\d_]{3,}.*\s\d+[a-z]?$", re.IGNORECASE)
"""How a piece of an address ends whose house stands behind the street."""

HOUSE = late_pattern(
    r"(?<=\s)\d+[A-Za-z]?\s+(?:[^\W\d]+\.?\s+){0,3}(?:road|street|avenue|lane|rd|st|ave)\b", re.I
)
"""The number of a house and its street."""


def before_comma(text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]) -> str:
    """What stands before the last comma of a line, where what stands behind is no part of the name.

    Args:
        text: a line that has nothing else to be cut, see `has_hint`.
        words: the words of documents.
        kinds: the kinds of the words of a text.

    Returns:
        The name; "" where the line has no comma, or the whole is the name.
    """
    name, _, rest = text.rpartition(",")
    name = name.strip()
    if not name:
        return ""
    ends = ends_in_form(name, kinds)
    cut = (
        (ends and LEGAL not in kinds(rest))
        or words.tail.search(text)
        or words.sites.search(text)
        or (PLACE in kinds(rest) and words.address.match(rest.strip()))
        or _is_beside(name, kinds(rest))
    )
    return name if cut else ""


def named_behind(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """What is named with its legal form behind an address: `Moscow, Lenin St. 4, AO Mikron`."""
    first, *pieces = BREAKS.split(text)
    if pieces and has_digit(first) and words.address.search(first):
        if len(pieces) > 1 and kinds(pieces[-1]) == {LEGAL}:
            pieces[-2:] = [", ".join(pieces[-2:])]
        named = [piece for piece in pieces if not has_digit(piece) and BRAND in kinds(piece)]
        named = [piece for piece in named if not words.address.search(piece)]
        # One word alone may be a quarter of the city.
        yield from (piece for piece in named[-1:] if " " in piece.strip())
    if len(pieces) < MANY_COMMAS:
        return
    if kinds(first) <= {PLACE, NUMBER} or (words.address.search(first) and has_digit(first)):
        yield from (piece for piece in pieces if {LEGAL, BRAND} <= kinds(piece))
        if ends_in_form(pieces[-1], kinds) and INDUSTRY in kinds(pieces[-1]):
            yield pieces[-1]
        if behind := BEHIND_CODE.search(pieces[-1]):
            yield behind[1]


def _is_beside(name: str, behind: frozenset[str]) -> bool:
    """Whether what stands behind the comma of a name, of these kinds, is no part of the name.

    It is a place, or behind a long name a village that no table has, or a parent.
    """
    return is_place(behind) or (
        len(name.split()) >= FEWEST_WORDS and BRAND in behind and LEGAL not in behind
    )


def before_address(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """What stands before an address: to the first break behind which one is, or a legal form is."""
    if not text.isascii() and (match := OF_COMPANIES.match(text)):
        yield match[1]
    breaks = list(BREAKS.finditer(text)) if not BREAK_SIGNS.isdisjoint(text) else []
    begins = [0, *(match.end() for match in breaks)]
    ends = [*(match.start() for match in breaks), len(text)]
    pieces = [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
    named = len(pieces)
    while named > 1 and is_of_places(pieces[named - 1], kinds):
        named -= 1
        yield text[: ends[named - 1]]
    at_place = next((at for at in range(1, named) if is_of_places(pieces[at], kinds)), 0)
    if at_place:
        yield text[: ends[at_place - 1]]
    located = named < len(pieces) or at_place
    unplaced = (
        not located
        and named > FEWEST_BEFORE
        and _is_beside(pieces[0], kinds(", ".join(pieces[1:])))
    )
    if (located or unplaced) and is_name_of_body(pieces[0], kinds):
        yield pieces[0]
    elif located and len(pieces) > MANY_COMMAS:
        # A street that no table has, and a town with its postal code.
        by_numbers = " " in pieces[0] and not has_digit(pieces[0])
        by_numbers = by_numbers and all(map(has_digit, pieces[1:3]))
        branded = {BRAND, INDUSTRY} <= kinds(pieces[0])
        if by_numbers or branded or _is_acronym(pieces[0], text):
            yield pieces[0]
    if named == len(pieces) == 2 and _is_beside(pieces[0], kinds(pieces[1])):
        yield pieces[0]
    streets = [
        at for at, piece in enumerate(pieces)
        if words.address.search(piece)
        or (at and (HOUSE_FIRST.match(piece) or _is_of_street(piece, kinds)))
        or (at and not piece.isascii() and CHINESE_ADDRESS.match(piece))
    ]  # fmt: skip
    if streets and streets[-1] > 0:
        first = next(at for at in streets if at > 0)
        yield text[: ends[first - 1]]
        if first > 1 and len(pieces[0].split()) >= FEWEST_WORDS:
            yield pieces[0]

    def is_legal(word: str) -> bool:
        return kinds(word) == {LEGAL}

    last = -1
    for at, piece in enumerate(pieces[:-1]):
        if piece and is_legal(piece.split()[-1]):
            last = at
        elif last >= 0:
            break
    if last >= 0 and not _goes_on(pieces[last + 1], kinds):
        yield text[: ends[last]]
    if streets:
        yield from run_on(pieces[0], bool(streets[-1]), words, kinds)
    else:
        before, _, end = pieces[0].rpartition(" ")
        if len(end) == SHORTEST and end.isupper():  # the code of a country behind a place
            end = before.rpartition(" ")[2]
        placed = bool(located) or kinds(end) == {PLACE}
        if shorter := _before_run_on(pieces[0], placed, words, kinds):
            yield shorter


def _is_acronym(piece: str, text: str) -> bool:
    """Whether a piece of a line is one word in capitals, and the line is not."""
    return len(piece) > LONGEST_CODE and piece.isalpha() and piece.isupper() and not text.isupper()


def _is_of_street(piece: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether a piece of a line is a name and a number, and no body's: a street and its house."""
    return bool(ENDS_IN_NUMBER.search(piece)) and INDUSTRY not in kinds(piece)


def _goes_on(piece: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether the name goes on behind its legal form: `Ltd. Third Research Institute`."""
    first, *rest = piece.split() or [""]
    return bool(rest) and kinds(first) == {LEGAL} and kinds(rest[-1]) == {INDUSTRY}


def run_on(
    piece: str, goes_on: bool, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """A name behind which an address runs on without a break: to its last legal form, or a number.

    Args:
        piece: the first piece of the line.
        goes_on: whether a later piece is of an address.
        words: the words of documents.
        kinds: the kinds of the words of a text.
    """
    if shorter := _before_run_on(piece, goes_on, words, kinds):
        yield shorter
    for pattern in (words.numbered, HOUSE, POSTAL):
        match = pattern.search(piece)
        before = piece[: match.start()].split() if match else []
        if match and len(before) >= FEWEST_BEFORE:
            yield piece[: match.start()]
            if len(before) > FEWEST_WORDS:  # the street may stand before what it is: `Nevsky pr. 1`
                yield " ".join(before[:-1])


def _before_run_on(
    piece: str, goes_on: bool, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> str:
    """What stands before an address that runs on behind a legal form; "" for another piece.

    What ends in a trade is an institute of the body, and no address.
    """
    if not (goes_on or has_digit(piece) or words.address.in_text(piece)):
        return ""
    tokens = piece.split()
    for at in range(len(tokens) - 1, 0, -1):
        if kinds(tokens[at - 1]) != {LEGAL} or kinds(tokens[at]) <= {LEGAL, FILLER}:
            continue  # `Corporation of America` goes on
        rest = " ".join(tokens[at:])
        if LEGAL in kinds(rest):
            return ""  # the name of another company begins with this one's
        located = goes_on or has_digit(rest)
        if words.address.search(rest) or (located and kinds(tokens[-1]) != {INDUSTRY}):
            return " ".join(tokens[:at])
    return ""
