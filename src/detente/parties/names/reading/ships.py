"""Ships and aircraft in a line of a document: without number, voyage, or where they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from detente.parties.names.document_words import DocumentWords
from detente.parties.names.kinds import FILLER, PLACE
from detente.parties.names.patterns import late_pattern
from detente.parties.names.reading.pieces import BRACKETS, FEWEST_BEFORE, SHORTEST

MOST_OF_SHIP, AROUND_SHIP = 4, ",;:.()\"'“”‘’«»"
"""Words of the longest name of a ship in a line, and the signs that stand around it."""

SAYS_VOYAGE = late_pattern(
    r"[\s/]v?[\s.]?\d{2,4}[nsew]\W*$|\bvoy(?:age)?\b|\sv\.\s?\d{3,4}[nsew]?\b", re.IGNORECASE
)
"""Whether a line says a voyage, or ends in the number of one and where to: `V.012E`, `034W`."""

PORT_BEHIND = late_pattern(
    r"[\s,]+(?:at|from|in|to|bound\s+for|laden\s+with|carrying|cargo|laycan|e\.?t\.?[ad]\.?)"
    r"(?:[\s:]+.*)?$",
    re.IGNORECASE,
)
"""Where a ship is and what it carries, behind its name."""

AIRCRAFT_MARK = late_pattern(
    r"(?<![\w-])(?:[A-Z]{2}[- ]?[A-Z]{3}|[A-Z]-[A-Z]{4}"
    r"|(?=[A-Z]{0,2}[- ]?[A-Z]{0,4}\d)(?:[A-Z]{1,2}|[A-Z]\d|\d[A-Z])[- ]?[A-Z0-9]{2,5})(?![\w-])"
)
"""What may be the mark of an aircraft, with a hyphen, a blank or nothing between its parts."""

SEVEN_DIGITS = late_pattern(r"[\s,;(/-]*(?<![\w-])(\d{7})(?![\w-])\)?")
"""Seven digits by themselves, with the signs before them."""

WEIGHTS_OF_DIGITS = (7, 6, 5, 4, 3, 2)
"""What the digits of an IMO number but the last one are multiplied by, of whose sum it is the
last."""

SERIAL_NUMBER = late_pattern(r"\bMSN\s?\d{2,6}\b")
"""The number that the maker of an aircraft gave it, by which lists name those without a mark."""

SEVERAL = late_pattern(
    r"\b(?:vessels?|ships?|tankers?|суда|судно)\b[^:：]{0,30}[:：]\s*(.+)$", re.IGNORECASE
)
"""What says that ships are named behind it, one or several."""

BETWEEN_SHIPS = late_pattern(r"\s*[,;/]\s*|\s+(?:and|&)\s+")
"""What stands between the names of several."""


def without_imo_number(text: str) -> str:
    """A line without the IMO number of a ship, which its last digit tells; else as it is."""

    def less(match: re.Match[str]) -> str:
        *digits, last = map(int, match[1])
        total = sum(map(int.__mul__, digits, WEIGHTS_OF_DIGITS))
        return " " if total % 10 == last else match[0]

    return SEVEN_DIGITS.sub(less, text).strip()


def several_ships(text: str) -> Iterator[str]:
    """Each of the ships that a line names (`vessels nominated: Lioness, Andia`)."""
    if match := SEVERAL.search(text):
        for name in BETWEEN_SHIPS.split(match[1]):
            if 0 < len(name.split()) <= MOST_OF_SHIP:
                yield name


def names_of_ship(
    text: str, is_cut: bool, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """The names that a ship has and had, without its number, its kind, its voyage and where it is.

    A fund is of the world ``(ex-Japan)``, which is no ship that was Japan before.

    Args:
        text: a line.
        is_cut: whether something else says that the line is one of a ship or of a form. Where it
            is, is cut from no other: `Keel at Home` is no ship.
        words: the words of documents.
        kinds: the kinds of the words of a text.
    """
    said = words.voyage.sub("", _before_what_is_said(text, words, kinds))
    names = words.former.split(said)
    if any(PLACE in kinds(each.split()[0]) for each in names[1:] if each.strip()):
        names = [said]
    for each in names:
        shorter = words.voyage.sub("", each)
        yield shorter
        if said != text:
            yield words.tail.sub("", shorter)
        if is_cut or said != text:
            yield PORT_BEHIND.sub("", each)
            bracket = BRACKETS.search(shorter)
            name = shorter[: bracket.start()].strip() if bracket else ""
            if bracket and " " not in name and kinds(bracket[1]) == {PLACE}:
                yield name  # of one word, and its flag


def ships_within(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """The names of ships within a line, behind what a ship is (`STS with M/T Lioness off Iran`).

    One goes on to a sign, or to a word in small letters that is none of a name (`Star of the Sea`).
    """
    for match in words.ship_within.finditer(text):
        name: list[str] = []
        for token in text[match.end() :].split()[:MOST_OF_SHIP]:
            ends = token[0].islower() and kinds(token) != {FILLER}
            if ends or not any(map(str.isalnum, token)):
                break
            name.append(token.strip(AROUND_SHIP))
            if token[-1] in AROUND_SHIP and len(token) > SHORTEST:
                break
        if name:
            yield " ".join(name)


def _before_what_is_said(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> str:
    """The name of a ship of which something is said behind it; the text where nothing is."""
    found = words.ship.search(text)
    if found is None:
        return text
    if found["state"] and kinds(found["state"]) != {PLACE}:
        return text
    where = found.start("where")
    behind_comma = found[0][:1] == ","
    if (
        where >= 0
        and not behind_comma
        and PLACE not in kinds(" ".join(text[where:].split()[:FEWEST_BEFORE]))
    ):
        return text
    name = text[: found.start()]
    while " " in name and kinds(last := name.rpartition(" ")[2]) == {PLACE}:
        name = name[: -len(last)].rstrip(" ,(-–—")  # the state whose flag it is
    return name
