"""The lists of parties as of the day of a licence question, and how each of them is held for it.

A list whose entries all say since when they stand on it is held for every day up to its newest
version. Of another only the versions are held: before the first of them nobody is cleared, and an
entry of it may or may not have stood there already.
"""

from __future__ import annotations

from functools import cached_property

from detente._shapes import TYPE_CHECKING
from detente.controls.model import LISTS
from detente.core.coverage import Coverage, state_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.parties.model import Entry
    from detente.parties.screening import Hit
    from detente.parties.store import Screen


class DayLists:
    """The lists as of one day."""

    def __init__(self, day: str) -> None:
        """Take a day; nothing is opened before a name is asked.

        Args:
            day: ISO.
        """
        self.day = day

    @cached_property
    def held(self) -> dict[str, Coverage]:
        """How each list is held for the day, by short name."""
        from detente.parties.store import listed

        days: dict[str, set[str]] = {}
        titles: dict[str, str] = {}
        for each in listed():
            days.setdefault(each.list, set()).update(each.versions)
            titles.setdefault(each.list, each.title)
        return {
            name: self._held(name, titles[name], sorted(versions))
            for name, versions in days.items()
        }

    @cached_property
    def _firsts(self) -> dict[str, str]:
        """The day of the first version of each list."""
        from detente.parties.store import listed

        firsts: dict[str, str] = {}
        for each in listed():
            first = each.versions[0]
            firsts[each.list] = min(first, firsts.get(each.list, first))
        return firsts

    def _held(self, name: str, title: str, versions: list[str]) -> Coverage:
        start = None if _is_dated(name) else versions[0]
        last = versions[-1]
        return Coverage(f"{LISTS}{name}", start, last, title, state_on(self.day, start, last))

    def hits(self, name: str) -> list[Hit]:
        """The hits of a name: of each list as of the day, or its newest where it begins later.

        Raises:
            ValueError: the name has no letter and no digit.
        """
        later = {each for each, first in self._firsts.items() if self.day < first}
        found = [] if later == set(self._firsts) else self._as_of_day.hits(name)
        if later:
            found += [hit for hit in self._newest.hits(name) if hit.entry.list in later]
        return sorted(found, key=lambda hit: -hit.score)

    @cached_property
    def _as_of_day(self) -> Screen:
        from detente.parties.store import Screen

        return Screen(self.day)

    @cached_property
    def _newest(self) -> Screen:
        from detente.parties.store import Screen

        return Screen()

    def is_younger(self, entry: Entry) -> bool:
        """Whether an entry is read off a version of its list that is younger than the day."""
        return self.day < self._firsts.get(entry.list, "")

    def known_from(self, entry: Entry) -> str:
        """The day of the first version of the list that an entry stands on."""
        return self._firsts[entry.list]


def _is_dated(name: str) -> bool:
    """Whether every entry of a list says since when it stands there."""
    import os

    from detente.parties.store import entries_of, open_built_in, open_user, user_file

    files = [open_built_in()]
    if os.path.isfile(user_file()):
        files.append(open_user())
    try:
        entries = [entry for kept in files for entry in _some(entries_of(kept, name))]
        return bool(entries) and all(entry.since for entry in entries)
    finally:
        for kept in files:
            kept.close()


def _some(entries: Iterable[Entry]) -> Iterable[Entry]:
    """Entries to the first that does not say since when it is listed."""
    for entry in entries:
        yield entry
        if not entry.since:
            return
