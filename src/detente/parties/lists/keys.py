"""How people and files name a listed party: by a short key, and by the lists on which it stands."""

from __future__ import annotations

from hashlib import sha256

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from typing import TypeVar

    from detente.parties.lists.model import ListedEntry

    Key = TypeVar("Key", bound=Hashable)

_BETWEEN = "; "
"""What stands between the lists of a party in one cell."""


def key_of(entry: ListedEntry) -> str:
    """A short key of an entry, which stays when its citations or its policy change: EL-1a2b3c4d."""
    return key_of_name(entry.list, entry.names[0].text)


def same_entries(old: Mapping[Key, ListedEntry], new: Mapping[Key, ListedEntry]) -> dict[Key, Key]:
    """Which entry of a later version is which of an earlier one: keys of the new by the old.

    The key of an entry may hold its citations, and a change adds one: entries whose key is in one
    version alone are one where list and main name are the same, in their order.
    """
    found = {key: key for key in old if key in new}
    left: dict[str, list[Key]] = {}
    for key, entry in new.items():
        if key not in old:
            left.setdefault(key_of(entry), []).append(key)
    for key, entry in old.items():
        if key not in new and (others := left.get(key_of(entry))):
            found[key] = others.pop(0)
    return found


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
