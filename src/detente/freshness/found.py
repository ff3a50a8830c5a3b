"""What an index lists, and the faults by which an answer of one is told to be no such list."""

from __future__ import annotations

import re

from detente._shapes import NamedTuple


class FormatError(ValueError):
    """An answer is not what its index gives: another page, a half file, another format."""


class IndexedDocument(NamedTuple):
    """A document as an index lists it.

    Attributes:
        id: its number there, as the tables of ``register/read`` have it.
        published: ISO day; "" where the index does not say.
        title: as listed.
        address: where it is read.
        citation: page of the Federal Register, where known.
        effective: the first day that it changes, ISO; "" where the index does not say.
        text: what else the index says of it: abstract, days, action.
        full: the address of its plain text; "" where the index gives none.
    """

    id: str
    published: str
    title: str
    address: str = ""
    citation: str = ""
    effective: str = ""
    text: str = ""
    full: str = ""


class IndexPage(NamedTuple):
    """An answer, or one page of it.

    Attributes:
        found: the documents of it, as listed.
        following: the address of the next page; "" where this is the last.
        total: how many documents the index says that there are in all; None where it does not say.
        description: what the index says that it was asked for; "" where it does not say.
    """

    found: list[IndexedDocument]
    following: str = ""
    total: int | None = None
    description: str = ""


def plain(text: str) -> str:
    """A text without marks of markup, entities and runs of white space."""
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]*>", "", text)).split())
