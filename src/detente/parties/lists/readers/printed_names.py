"""The names of a party as a list prints them, each with what it is."""

from __future__ import annotations

from collections.abc import Iterable

from detente.parties.lists.model import ALSO, CHINESE, Name
from detente.parties.lists.readers.common import MalformedError, name_fault, one_line
from detente.parties.names.names import is_han


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
