"""The lists of parties as of the day of a licence question, and how each of them is held for it.

See ``detente.parties.screening.list_coverage``: before a list begins nobody is cleared, and an
entry of it may or may not have stood there already; of one that is held in part nobody is cleared
either.
"""

from __future__ import annotations

from functools import cached_property

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.core.coverage import Coverage
    from detente.parties.lists.model import ListedEntry
    from detente.parties.screening.hits import NameHit
    from detente.parties.screening.store import Screen


class DayLists:
    """The lists as of one day."""

    def __init__(self, day: str) -> None:
        """Take a day; nothing is opened before a name is asked.

        Args:
            day: ISO.
        """
        self.day = day

    @cached_property
    def _screen(self) -> Screen:
        from detente.parties.screening.store import Screen

        return Screen(self.day)

    @cached_property
    def held(self) -> dict[str, Coverage]:
        """How each list is held for the day, by short name."""
        from detente.licence.lists_used import lists_held

        return lists_held(self._screen)

    def hits(self, name: str) -> list[NameHit]:
        """The hits of a name, one a list; of a list that begins later, in its first version.

        Raises:
            ValueError: the name has no letter and no digit.
        """
        from detente.parties.screening.hits import one_a_list

        return list(one_a_list(self._screen.parties(name)))

    def is_younger(self, entry: ListedEntry) -> bool:
        """Whether what an entry says is younger than the day: its list, or its last change."""
        return entry.list in self._screen.later or self.day < entry.changed

    def known_from(self, entry: ListedEntry) -> str:
        """The first day that the list of an entry is held for."""
        return self._screen.firsts[entry.list]
