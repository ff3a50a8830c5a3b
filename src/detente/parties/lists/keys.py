"""How people and files name a listed party: by a short key, and by the lists on which it stands."""

from __future__ import annotations

from hashlib import sha256

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Iterable, Mapping
    from typing import TypeVar

    from detente.parties.lists.model import ListedEntry

    Key = TypeVar("Key", bound=Hashable)

_BETWEEN = "; "
"""What stands between the lists of a party in one cell."""

ALIKE = 0.85
"""How alike two names must be for one to be the other as it was corrected, of 1."""


def key_of(entry: ListedEntry) -> str:
    """A short key of an entry, which stays when its citations or its policy change: EL-1a2b3c4d."""
    return key_of_name(entry.list, entry.names[0].text)


def same_entries(
    old: Mapping[Key, ListedEntry],
    new: Mapping[Key, ListedEntry],
    numbered: Container[str] | None = None,
) -> dict[Key, Key]:
    """Which entry of a later version is which of an earlier one: keys of the new by the old.

    The key of an entry may hold its citations, and a change adds one: entries whose key is in one
    version alone are one where list and main name are the same, in their order. So are those under
    whose key the other version has somebody else. Whoever has no name that was held under a key is
    the same party only by a number that the list itself never gives again; elsewhere a number may
    be that of a row.

    Args:
        old: entries of the earlier version, by key.
        new: those of the later one.
        numbered: lists whose numbers stay with a party; None for all.
    """
    found = {key: key for key in old if key in new and _share_a_name(old[key], new[key])}
    left: dict[str, list[Key]] = {}
    for key, entry in new.items():
        if key not in found:
            left.setdefault(key_of(entry), []).append(key)
    for key, entry in old.items():
        if key not in found and (others := left.get(key_of(entry))):
            found[key] = others.pop(0)
    taken = set(found.values())
    for key, entry in old.items():
        if key in found or key in taken or key not in new:
            continue
        if numbered is None or entry.list in numbered or _are_alike(entry, new[key]):
            found[key] = key
    return found


def _share_a_name(one: ListedEntry, other: ListedEntry) -> bool:
    """Whether two entries have a name in common, whatever signs stand in it."""
    if one.names[0].text == other.names[0].text:
        return True
    own, theirs = ({_letters(name.text) for name in each.names} for each in (one, other))
    return not own.isdisjoint(theirs)


def _are_alike(one: ListedEntry, other: ListedEntry) -> bool:
    """Whether a name of an entry is one of another but for a few letters, as of one corrected."""
    from detente.core.vocabulary import nearest

    theirs = [_letters(name.text) for name in other.names]
    return any(nearest(_letters(name.text), theirs, 1, ALIKE) for name in one.names)


def _letters(name: str) -> str:
    """The letters and digits of a name, in small letters."""
    return "".join(filter(str.isalnum, name.casefold()))


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
