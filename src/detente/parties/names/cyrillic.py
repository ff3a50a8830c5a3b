"""Brands in Cyrillic as English spells them: Техсервис is Techservice, Обуховский is Obukhov."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.parties.names.kinds import BRAND
from detente.parties.names.names import NameTables, NameWord, latin_parts

HAS_CYRILLIC = re.compile("[\u0400-\u04ff]").search
"""Whether a text has Cyrillic letters."""

SHORTEST = 5
"""Letters of the shortest brand that is spelled anew."""

ENGLISH = (
    ("tekhno", "techno"), ("tekh", "tech"), ("servis", "service"), ("elektro", "electro"),
    ("elektr", "electr"), ("inzhiniring", "engineering"), ("kholding", "holding"),
    ("menedzhment", "management"), ("treiding", "trading"), ("treid", "trade"), ("eks", "ex"),
    ("iks", "ix"), ("aks", "ax"), ("kompani", "compani"), ("kompyuter", "computer"),
    ("dzh", "j"), ("fiz", "phys"), ("foto", "photo"), ("fazo", "phazo"), ("kon", "con"),
    ("kom", "com"), ("sentr", "centr"), ("tsentr", "center"), ("lain", "line"),
    ("shiping", "shipping"), ("impeks", "impex"), ("finans", "finance"),
)  # fmt: skip
"""Letters of loanwords as the transliteration has them, and as the language that lent them."""

ADJECTIVE = re.compile(r"(?<=\w{4})(?:skii|skaya|skoe|skoi|skogo)$")
"""How an adjective ends that is made of a place or of whom something is called after."""


def in_english(words: Sequence[NameWord], tables: NameTables) -> list[tuple[NameWord, ...]]:
    """The words of a name in Cyrillic with its brands as English may spell them.

    Args:
        words: as they are written in Latin letters.
        tables: words and characters.

    Returns:
        The name so, and without the ends of adjectives; [] where neither is another.
    """
    found: dict[tuple[NameWord, ...], None] = {}
    for form in (_respelled(words, tables), _stems(words)):
        if form != tuple(words):
            found[form] = None
    return list(found)


def _respelled(words: Sequence[NameWord], tables: NameTables) -> tuple[NameWord, ...]:
    form: list[NameWord] = []
    for kind, text in words:
        spelled = text
        if kind == BRAND and len(text) >= SHORTEST:
            for russian, english in ENGLISH:
                spelled = spelled.replace(russian, english)
        form += latin_parts([spelled], tables) if spelled != text else [NameWord(kind, text)]
    return tuple(form)


def _stems(words: Sequence[NameWord]) -> tuple[NameWord, ...]:
    return tuple(
        NameWord(kind, ADJECTIVE.sub("", text) if kind == BRAND else text) for kind, text in words
    )
