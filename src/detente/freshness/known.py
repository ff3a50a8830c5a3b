"""Telling whether a listed document is one that the register already knows.

The same document has several names: its number in the Federal Register, its page, the number of the
order, the address, and before it is printed only its title and the day of signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from detente.freshness.formats import ANNOUNCEMENT
from detente.freshness.found import IndexedDocument
from detente.register.documents import Document

NEAR = 21
"""Days between signature and print within which an equal title is the same document."""

_NUMBER = re.compile(r"\b(?:[CR]\d-)?20\d\d-\d{5}\b")
_PAGE = re.compile(r"\b(\d{2}) FR (\d{3,6})\b")
_ORDER = re.compile(r"\b(Executive Order|Proclamation) (\d{4,5})\b")


class Known:
    """The documents of the register, by all their names."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.by_name: dict[str, Document] = {}
        self.by_title: dict[str, list[Document]] = {}
        for each in documents:
            for name in _names(each.source, each.id, each.citation, each.address, each.title):
                self.by_name.setdefault(name, each)
            self.by_title.setdefault(_words(each.title), []).append(each)

    def find(self, index: str, found: IndexedDocument) -> Document | None:
        """The document that an index lists, where the register knows it."""
        for name in _names(index, found.id, f"{found.citation} {found.text}", found.address, ""):
            if name in self.by_name:
                return self.by_name[name]
        for each in self.by_title.get(_words(found.title), ()):
            if _near(each.published, found.published):
                return each
        return None


def _names(index: str, number: str, citation: str, address: str, title: str) -> Iterator[str]:
    """Names under which a document may be met again, the strongest first."""
    yield f"{index} {number}"
    yield from _NUMBER.findall(f"{number} {address}")
    if address:
        yield address.rstrip("/")
    own = citation.partition("  ")[0]
    for volume, page in _PAGE.findall(own):
        yield f"{volume} FR {page}"
    # An order that a text only mentions is another document: its own stands in the citation alone.
    for kind, order in _ORDER.findall(citation if len(citation) < 80 else ""):
        yield f"{kind} {order}"
    for issuer, year, each in ANNOUNCEMENT.findall(f"{number} {citation} {title}"):
        yield f"{issuer}{year}年第{each}号"


def _words(title: str) -> str:
    """A title without the day of signature, articles of its kind, case and punctuation."""
    title = re.sub(r"\(signed [^)]*\)", "", title)
    title = re.sub(r"^(Executive Order|Proclamation) \d+: ", "", title)
    title = re.sub(r"^(A Proclamation|Executive Order)( on|:)? ", "", title)
    return "".join(each for each in title.casefold() if each.isalnum())


def _near(first: str, second: str) -> bool:
    if not first or not second:
        return False
    try:
        between = date.fromisoformat(first) - date.fromisoformat(second)
    except ValueError:  # a month alone
        return first[:7] == second[:7]
    return abs(between) <= timedelta(days=NEAR)
