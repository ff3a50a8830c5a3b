"""Entries that are addresses and nobody's name: whoever stands there is meant.

The Entity List has entries called ``Address 01`` and so on. A line that is screened and holds such
an address is a hit on it, whatever name stands before. Only one whose text is held can be found.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator

from detente._shapes import NamedTuple

CALLED = re.compile(r"Address \d+", re.IGNORECASE)
"""The name of an entry that is an address."""

TOKEN = re.compile(r"[^\W_]+")
LEAST = 0.7
"""Share of the words of a listed address that a line must have."""

FEWEST = 4
"""Words and numbers of the shortest address that is told."""


class Address(NamedTuple):
    """A listed address: its entry, as printed, and its words and numbers."""

    entry: int
    text: str
    tokens: frozenset[str]


def tokens_of(text: str) -> frozenset[str]:
    """The words and numbers of a text; one letter alone is neither."""
    found = (token.casefold() for token in TOKEN.findall(text))
    return frozenset(token for token in found if len(token) > 1 or token.isdigit())


def packed(rows: Iterator[tuple[int, str, list[str]]]) -> bytes:
    """The addresses among some entries, as they are kept.

    Args:
        rows: number, main name and addresses of each.
    """
    numbered = [
        (number, text)
        for number, name, addresses in rows
        if CALLED.fullmatch(name)
        for text in addresses
    ]
    return json.dumps(numbered, ensure_ascii=False).encode()


def read_addresses(database: sqlite3.Connection) -> tuple[Address, ...]:
    """The addresses that one file of lists holds."""
    row = database.execute("SELECT value FROM facts WHERE fact = 'addresses'").fetchone()
    found = json.loads(row[0]) if row else []
    return tuple(Address(number, text, tokens_of(text)) for number, text in found)


def standing_at(line: str, addresses: tuple[Address, ...]) -> Iterator[tuple[Address, float]]:
    """The listed addresses that a line holds, each with the share of its words.

    Every number of the address must stand in the line: another room is another address.
    """
    stated = tokens_of(line)
    for each in addresses:
        if len(each.tokens) < FEWEST:
            continue
        numbers = {token for token in each.tokens if any(map(str.isdigit, token))}
        share = len(each.tokens & stated) / len(each.tokens)
        # All numbers must be there: a house or a room is what tells addresses of one street apart.
        if numbers and numbers <= stated and share >= LEAST:
            yield each, share
