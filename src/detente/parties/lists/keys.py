"""A short key by which people and files name a listed party."""

from __future__ import annotations

from hashlib import sha256

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.parties.lists.model import ListedEntry


def key_of(entry: ListedEntry) -> str:
    """A short key of an entry, which stays when its citations or its policy change: EL-1a2b3c4d."""
    name = folded(entry.names[0].text)
    return f"{entry.list}-{sha256(name.encode()).hexdigest()[:8]}"


def folded(name: str) -> str:
    """A name as decisions are looked up by it: case and blanks do not count."""
    return " ".join(name.casefold().split())
