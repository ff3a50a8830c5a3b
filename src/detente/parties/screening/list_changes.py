"""Who was put on the lists and taken off between two days, and which of them a file of names meets.

Both days are answered from what is held: versions of lists, and the days that entries carry. A list
that is not held for one of the days says nothing of it, and is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.coverage import READ
from detente.parties.lists.keys import same_entries
from detente.parties.lists.listed_days import is_reworded
from detente.parties.lists.standing import LISTED, UNKNOWN
from detente.parties.screening.list_coverage import lists_beside, lists_read
from detente.parties.screening.store import Screen

if TYPE_CHECKING:
    from detente.answers.parties import ListedChange, ListUnread
    from detente.parties.lists.model import ListedEntry

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


class EntryChange(NamedTuple):
    """One entry that came, went, or was changed."""

    what: str
    entry: ListedEntry

    def row(self) -> ListedChange:
        """Under the keys of the interface."""
        entry = self.entry
        return {
            "what": self.what,
            "list": entry.list,
            "entry": entry.names[0].text,
            "listed_on": entry.since or None,
            "listed_perhaps_from": entry.maybe_since or None,
            "changed_on": entry.changed or None,
            "removed_on": entry.until or None,
            "citation": entry.citation or None,
            "url": entry.source if entry.source.startswith("http") else None,
        }


class ListChanges(NamedTuple):
    """What changed between two days, and the lists of which that cannot be said in full."""

    changes: list[EntryChange]
    unread: list[ListUnread]


def changes_between(first: str, last: str, lists: Collection[str] = ()) -> ListChanges:
    """What changed on the lists after one day through another.

    Args:
        first: ISO day.
        last: ISO day, later.
        lists: short names of those that are wanted; all where empty.

    Raises:
        ValueError: the days are in the other order.
    """
    if not first < last:
        raise ValueError(f"{first} does not lie before {last}: name the earlier day first")
    before, after = Screen(first), Screen(last)
    held = {name for name in before.counting if name not in before.later}
    wanted = held & set(lists) if lists else held
    old, new = (_listed(screen, wanted, LISTED) for screen in (before, after))
    unsure = _listed(before, wanted, frozenset({UNKNOWN}))
    same = same_entries(old, new)
    # Who may have stood there already did not come in between, as far as is known; but by the day
    # since which an entry is surely listed it came in one span of two that meet, and not in none.
    perhaps = {key for key in same_entries(unsure, new).values() if new[key].since <= first}
    known = {*same.values(), *perhaps}
    found = [EntryChange(ADDED, entry) for key, entry in new.items() if key not in known]
    found += [EntryChange(REMOVED, entry) for key, entry in old.items() if key not in same]
    found += [
        EntryChange(CHANGED, new[now])
        for before, now in same.items()
        if first < new[now].changed <= last or is_reworded(old[before], new[now])
    ]
    coverage = [(each, {**lists_read(each), **lists_beside(each)}) for each in (before, after)]
    unread: list[ListUnread] = [
        {**row.row(), "on": screen.day}
        for screen, rows in coverage
        for name, row in rows.items()
        if row.state != READ and (not lists or name in lists)
    ]
    order = (ADDED, REMOVED, CHANGED)
    found.sort(key=lambda each: (order.index(each.what), each.entry.list, each.entry.names[0].text))
    return ListChanges(found, unread)


def _listed(
    screen: Screen, lists: Collection[str], standings: Collection[str]
) -> dict[tuple[str, str], ListedEntry]:
    """The entries of some lists that stand so on the day of a screen, by list and key."""
    found: dict[tuple[str, str], ListedEntry] = {}
    for file in screen.lists if lists else ():
        for _, entry in file.bodies(lists):
            if screen.standing(entry) in standings:
                found[entry.list, entry.key] = entry
    return found


def met_by(
    names: Iterable[str], changes: ListChanges, on: str
) -> Iterator[tuple[str, EntryChange]]:
    """The names that may be a party that was added or changed, each with the change.

    Args:
        names: as written.
        changes: see `changes_between`.
        on: the later day.
    """
    screen = Screen(on)
    came = {
        (each.entry.list, each.entry.key): each for each in changes.changes if each.what != REMOVED
    }
    for name in names:
        try:
            hits = screen.parties(name, None, 20)
        except ValueError:
            continue
        for hit in hits:
            for entry in hit.entries:
                if (entry.list, entry.key) in came:
                    yield name, came[entry.list, entry.key]
