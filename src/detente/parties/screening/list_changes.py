"""What changed on the lists between two days, and which of the changes a file of names meets.

Both days are answered from what is held: versions of lists, and the days that entries carry, on
which they were listed, changed, suspended and removed. A list that is not held for one of the days
says nothing of it, is not compared, and is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.coverage import READ
from detente.parties.lists.announced import heard_of, heard_row
from detente.parties.lists.keys import key_of, same_entries
from detente.parties.lists.listed_days import is_reworded
from detente.parties.lists.standing import IN_FORCE, LISTED, SUSPENDED, UNKNOWN, standing_of
from detente.parties.lists.versions import state_of
from detente.parties.screening.list_coverage import lists_beside, lists_read
from detente.parties.screening.store import Screen

if TYPE_CHECKING:
    from detente.answers.parties import HeardListing, ListedChange, ListUnread
    from detente.parties.lists.model import ListedEntry
    from detente.parties.lists.versions import ListsRead

    EntryKey = tuple[str, str]

ADDED, PERHAPS, REMOVED, CHANGED, PAUSED, RESUMED, UNHEARD = (
    "added", "perhaps_added", "removed", "changed", "suspended", "no_longer_suspended",
    "no_longer_suspended_by_what_was_only_announced",
)  # fmt: skip

KINDS = (ADDED, PERHAPS, REMOVED, CHANGED, PAUSED, RESUMED, UNHEARD)
"""What may happen to an entry, in the order in which changes are told."""

DAYS = {
    ADDED: "since", PERHAPS: "since", REMOVED: "until", CHANGED: "changed",
    PAUSED: "suspended_from", RESUMED: "suspended_until",
}  # fmt: skip
"""The field of an entry that holds the day of a change of each kind, where one does."""


class EntryChange(NamedTuple):
    """One thing that happened to an entry: one of ``KINDS``.

    Attributes:
        what: that.
        entry: as it stands afterwards, or stood before it was removed.
        was: as it stood before it was changed; None for another change.
        heard: how it stands on the later day by what was only announced; None where that is no
            otherwise.
        on: the day of the change, where the entry does not hold it; None where nobody does.
    """

    what: str
    entry: ListedEntry
    was: ListedEntry | None = None
    heard: HeardListing | None = None
    on: str | None = ""

    def row(self) -> ListedChange:
        """Under the keys of the interface."""
        entry = self.entry
        return {
            "what": self.what,
            "list": entry.list,
            "entry": entry.names[0].text,
            "on": None if self.on is None else self.on or self._day() or None,
            "listed_on": entry.since or None,
            "listed_perhaps_from": entry.maybe_since or None,
            "changed_on": entry.changed or None,
            "removed_on": entry.until or None,
            "suspended_from": entry.suspended_from or None,
            "suspended_until": entry.suspended_until or None,
            "announced": self.heard,
            "citation": entry.citation or None,
            "url": entry.source if entry.source.startswith("http") else None,
        }

    def _day(self) -> str:
        """The day of the change as the entry holds it."""
        day: str = getattr(self.entry, DAYS.get(self.what, ""), "")
        return day


class ListChanges(NamedTuple):
    """What changed between two days, and of which lists that can be said.

    Attributes:
        changes: by kind, list and name.
        compared: short names of the lists that are held for both days.
        unread: the lists that are not read whole for both days.
    """

    changes: list[EntryChange]
    compared: list[str]
    unread: list[ListUnread]


def ordered(changes: Iterable[EntryChange]) -> list[EntryChange]:
    """Changes by kind, list and name."""
    return sorted(
        changes,
        key=lambda each: (KINDS.index(each.what), each.entry.list, each.entry.names[0].text),
    )


def changes_between(
    first: str, last: str, lists: Collection[str] = (), then: str = ""
) -> ListChanges:
    """What changed on the lists after one day through another.

    Args:
        first: ISO day.
        last: ISO day, later.
        lists: short names of those that are wanted; all where empty.
        then: a day from the first on, ISO, for which the version of the first was read: what that
            itself says of the days between was known then. The first, where none is named.

    Raises:
        ValueError: the days are in the other order.
    """
    if not first < last:
        raise ValueError(f"{first} does not lie before {last}: name the earlier day first")
    before, after, then = Screen(first), Screen(last), then or first
    held = {name for name in before.counting if name not in before.later}
    wanted = held & set(lists) if lists else held
    at_first, at_last = _by_standing(before, wanted, then), _by_standing(after, wanted, last)
    old, new = _of(at_first, LISTED), _of(at_last, LISTED)
    unsure, open_ = _of(at_first, {UNKNOWN}), _of(at_last, {UNKNOWN})
    numbered = after.facts
    same = same_entries(old, new, numbered)
    # Who may have stood there already did not come in between, as far as is known; but by the day
    # since which an entry is surely listed it came in one span of two that meet, and not in none.
    perhaps = {
        key for key in same_entries(unsure, new, numbered).values() if new[key].since <= then
    }
    known = {*same.values(), *perhaps}
    found = [EntryChange(ADDED, entry) for key, entry in new.items() if key not in known]
    # Of one that the earlier version has not at all it may never be known whether it stands.
    held_before = {*same_entries(_of(at_first), open_, numbered).values()}
    found += [EntryChange(PERHAPS, entry) for key, entry in open_.items() if key not in held_before]
    # Who may stand there still did not go, as far as is known.
    stay = {*same, *same_entries(old, open_, numbered)}
    found += [EntryChange(REMOVED, entry) for key, entry in old.items() if key not in stay]
    was = {now: old[key] for key, now in same.items()}
    for key, entry in new.items():
        stood = was.get(key)
        pauses = list(_pauses(stood, entry, then, last))
        found += pauses
        if stood is None:
            continue
        was_heard = heard_of(stood, then, before.pauses)
        if (
            was_heard
            and standing_of(entry, last) == IN_FORCE
            and not heard_of(entry, last, after.pauses)
        ):
            found.append(EntryChange(UNHEARD, entry, on=was_heard.until))
        if pauses:
            # The day that is new is told as what it is, and is no other wording beside it.
            stood = stood._replace(suspended_from=entry.suspended_from)
        dated = then < entry.changed <= last
        if dated or is_reworded(stood, entry):
            # Reworded under the notices that it had: its last day is that of another change.
            found.append(EntryChange(CHANGED, entry, was[key], on="" if dated else None))
    coverage = [(each, {**lists_read(each), **lists_beside(each)}) for each in (before, after)]
    unread: list[ListUnread] = [
        {**row.row(), "on": screen.day}
        for screen, rows in coverage
        for name, row in rows.items()
        if row.state != READ and (not lists or name in lists)
    ]
    told = [
        each._replace(heard=heard_row(each.entry, heard_of(each.entry, last, after.pauses)))
        for each in found
    ]
    return ListChanges(ordered(told), sorted(wanted), unread)


class ListedChanges(NamedTuple):
    """What the lists themselves say of who came and went since a screening.

    Attributes:
        changes: by what was read then and what is read now, in no order.
        compared: short names of the lists of which all that changed is among these.
    """

    changes: list[EntryChange]
    compared: frozenset[str]

    def told(self) -> frozenset[str]:
        """The keys of the entries that changed, by their names then and now; see `key_of`."""
        return frozenset(
            key_of(entry) for each in self.changes for entry in (each.entry, each.was) if entry
        )

    def tells(self, key: str) -> bool:
        """Whether a list may be why an entry came close or went, by its key.

        If not, it stood there then as it does now, and names were held against other ones.
        """
        return key.rpartition("-")[0] not in self.compared or key in self.told()


def news_since(read: ListsRead, then: str, now: Screen) -> ListedChanges:
    """What changed of each list from the version that was read then to that of now.

    Of one version it is told by the days of its entries. Where a later version is of a day before
    the screening's, what it says of that day is new too. A list that was not read then, or is read
    of the same day from other files, is not compared.

    Args:
        read: which versions were read; see `Screen.read`.
        then: the day of the screening, ISO.
        now: the lists of today.
    """
    changes: list[EntryChange] = []
    same, compared = set(), set()
    spans: dict[tuple[str, str], set[str]] = {}
    files = read.get("versions", {})
    for name, day in read["lists"].items():
        found = now.counting.get(name)
        if found is None or found.is_later:
            continue
        if day and day < found.day:
            spans.setdefault((min(day, then), max(found.day, now.day)), set()).add(name)
            compared.add(name)
        else:
            same.add(name)
            if day == found.day and files.get(name) == state_of(found.versions):
                compared.add(name)
    for (first, last), names in spans.items():
        changes += changes_between(first, last, names, then).changes
    if same and then < now.day:
        changes += changes_between(then, now.day, same).changes
    return ListedChanges(changes, frozenset(compared))


def _pauses(
    held: ListedEntry | None, entry: ListedEntry, first: str, last: str
) -> Iterator[EntryChange]:
    """The suspension of an entry that began or ended after one day through another.

    Where its days lie outside of these, and the earlier version has others, the entry may stand
    otherwise than by that version, and that is told with the days of the later one.

    Args:
        held: as it stood on the earlier day; None for one that was not listed then.
        entry: as it stands on the later day.
        first: the earlier day, ISO.
        last: the later day, ISO.
    """
    began = first < entry.suspended_from <= last
    ended = bool(entry.suspended_from) and first < entry.suspended_until <= last
    if held is not None and not began and not ended:
        stood = (standing_of(held, first), standing_of(entry, last))
        began, ended = stood == (IN_FORCE, SUSPENDED), stood == (SUSPENDED, IN_FORCE)
    if began:
        yield EntryChange(PAUSED, entry)
    if ended:
        yield EntryChange(RESUMED, entry)


def _by_standing(
    screen: Screen, lists: Collection[str], day: str
) -> dict[EntryKey, tuple[str, ListedEntry]]:
    """The entries of some lists that count for a screen, each with how it stands on a day."""
    return {
        (entry.list, entry.key): (standing_of(entry, day, screen.later), entry)
        for file in (screen.lists if lists else ())
        for _, entry in file.bodies(lists)
    }


def _of(
    entries: Mapping[EntryKey, tuple[str, ListedEntry]], standings: Collection[str] = ()
) -> dict[EntryKey, ListedEntry]:
    """Those entries that stand so; all where nothing is named."""
    return {
        key: entry
        for key, (standing, entry) in entries.items()
        if not standings or standing in standings
    }


def met_by(
    names: Iterable[str], changes: ListChanges, first: str, last: str
) -> Iterator[tuple[str, EntryChange]]:
    """The names that may be a party of which something changed, each with the change.

    Args:
        names: as written.
        changes: see `changes_between`.
        first: the earlier day, ISO; on it names are looked for that a list has no longer.
        last: the later day, ISO.
    """
    looked = []
    for day, is_gone in ((first, True), (last, False)):
        concerned: dict[tuple[str, str], list[EntryChange]] = {}
        for each in changes.changes:
            if (each.what == REMOVED) is is_gone:
                concerned.setdefault((each.entry.list, each.entry.key), []).append(each)
        if concerned:
            looked.append((Screen(day), concerned))
    for name in names:
        for screen, concerned in looked:
            try:
                hits = screen.parties(name, None, 20)
            except ValueError:
                # A number may be the name of a party that is listed on one of the days alone.
                continue
            for hit in hits:
                for entry in hit.entries:
                    for each in concerned.get((entry.list, entry.key), ()):
                        yield name, each
