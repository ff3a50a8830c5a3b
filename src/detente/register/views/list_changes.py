"""What the code lists of the register gain and lose between two moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from detente._shapes import TYPE_CHECKING
from detente.register.book import Register
from detente.register.model import Member

if TYPE_CHECKING:
    from detente.answers.events import ListChange


def list_changes(
    register: Register,
    names: Mapping[str, str],
    first: Mapping[str, int],
    last: Mapping[str, int],
    known_on: int | None,
) -> list[ListChange]:
    """Codes as the lists write them, which stand on a list at one moment and not at the other.

    Args:
        register: the register asked.
        names: lists, each with the side that keeps it.
        first: the one moment, in minutes on the wall clock of each side.
        last: the other moment.
        known_on: day number; rows announced later are left out.

    Returns:
        ``{"list", "title", "added", "removed"}`` for each list that changes, by name. A code that
        begins to be excepted is removed, one that no longer is excepted is added.
    """
    rows: dict[str, list[Member]] = {name: [] for name in names}
    for member in register.all_members():
        if member.list in rows and (known_on is None or (member.announced or 0) <= known_on):
            rows[member.list].append(member)
    found: list[ListChange] = []
    for name in sorted(rows):
        before, lacking = _codes(rows[name], first[names[name]])
        after, lacking_after = _codes(rows[name], last[names[name]])
        added = sorted((after - before) | (lacking - lacking_after))
        removed = sorted((before - after) | (lacking_after - lacking))
        if added or removed:
            title = register.lists[name].title
            found.append({"list": name, "title": title, "added": added, "removed": removed})
    return found


def _codes(rows: Iterable[Member], minute: int) -> tuple[set[str], set[str]]:
    """Codes that rows name at a minute, and codes that rows except."""
    named: set[str] = set()
    excepted: set[str] = set()
    for row in rows:
        begun = row.start is None or row.start <= minute
        if begun and (row.until is None or minute < row.until) and not row.unknown:
            (excepted if row.excepted else named).add(row.code)
    return named, excepted
