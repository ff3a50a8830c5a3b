"""How people and files name a listed party: by a short key, and by the lists on which it stands."""

from __future__ import annotations

from hashlib import sha256

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.parties.lists.model import ListedEntry

_BETWEEN = "; "
"""What stands between the lists of a party in one cell."""


def key_of(entry: ListedEntry) -> str:
    """A short key of an entry, which stays when its citations or its policy change: EL-1a2b3c4d."""
    return key_of_name(entry.list, entry.names[0].text)


def key_of_name(code: str, name: str) -> str:
    """The key of the entry of a list that has a main name."""
    return f"{code}-{sha256(folded(name).encode()).hexdigest()[:8]}"


def folded(name: str) -> str:
    """A name as decisions are looked up by it: case and blanks do not count."""
    return " ".join(name.casefold().split())


def lists_cell(entries: Iterable[ListedEntry]) -> str:
    """The lists of a party in one cell, each once, in the order of its entries."""
    return _BETWEEN.join(dict.fromkeys(entry.list for entry in entries))


def lists_in(cell: str) -> list[str]:
    """The short names of the lists in such a cell."""
    return cell.split(_BETWEEN)
