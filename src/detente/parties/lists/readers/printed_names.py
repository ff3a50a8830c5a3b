"""The names of a party as a list prints them, each with what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detente.parties.lists.model import ALSO, CHINESE, Name
from detente.parties.lists.readers.common import MalformedError, name_fault, one_line
from detente.parties.names.names import is_han

BETWEEN = re.compile("[;；]")
GOES_ON = re.compile(r"\s*(?:and|or|including)\b", re.IGNORECASE)
"""How a name goes on behind a semicolon of its own: `; and any successor thereof`."""


def each_of(texts: Iterable[str]) -> Iterator[str]:
    """The names in some texts, of which one may hold several with a semicolon between."""
    for text in texts:
        parts = [part for part in BETWEEN.split(text) if part.strip()]
        if any(map(GOES_ON.match, parts[1:])):
            yield text
        else:
            yield from parts


def names_of(texts: Iterable[str]) -> tuple[Name, ...]:
    """The names in some texts, each once, without those that cannot be kept; the main one first.

    Raises:
        MalformedError: no text is a name.
    """
    found = list(dict.fromkeys(one_line(text) for text in texts if not name_fault(text)))
    if not found:
        raise MalformedError("no name")
    first, *others = found
    return (Name(first), *(Name(text, CHINESE if is_han(text[0]) else ALSO) for text in others))
