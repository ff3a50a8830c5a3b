"""The lists of parties that an answer was given by: days, what was read of them, their hash."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.coverage import LISTS

if TYPE_CHECKING:
    from detente.core.coverage import Coverage
    from detente.parties.screening.list_coverage import ListsCoverage
    from detente.parties.screening.store import ListAtHand, Screen


class ListsUsed(NamedTuple):
    """The lists that names were screened against.

    Attributes:
        screen: opened for names.
        listed: each list and its day, by short name.
        read: how the lists were read for the day.
        notes: caveats about their days.
        sha256: a hash over the entries of all of them.
    """

    screen: Screen
    listed: dict[str, ListAtHand]
    read: ListsCoverage
    notes: tuple[str, ...]
    sha256: str

    @property
    def days(self) -> dict[str, str]:
        """The day of each list, by short name."""
        return {name: each.day for name, each in self.screen.counting.items()}


def lists_held(screen: Screen) -> dict[str, Coverage]:
    """How each list is held for the day, by short name, as answers about goods name it."""
    from detente.parties.screening.list_coverage import lists_beside, lists_read

    titles = {name: f"{each.title}, " for name, each in screen.facts.items()}
    # A control may name a list of which the verdict on a name does not speak.
    held = {**lists_beside(screen), **lists_read(screen)}
    return {
        name: each._replace(what=f"{LISTS}{name}", scope=f"{titles.get(name, '')}{each.scope}")
        for name, each in held.items()
    }


def open_lists(day: str) -> ListsUsed:
    """The lists as of a day; those that begin later in the first version that is held."""
    from detente.parties.screening.list_coverage import screened
    from detente.parties.screening.store import Screen, listed

    screen = Screen(day)
    read = screened(screen)
    by_name = {each.list: each for each in listed(day)}
    return ListsUsed(screen, by_name, read, tuple(_notes(screen, read)), screen.sha256())


def _notes(screen: Screen, read: ListsCoverage) -> list[str]:
    notes = []
    if screen.later:
        days = sorted(screen.counting[name].day for name in screen.later)
        notes.append(
            f"Names were screened against lists of {days[0]} to {days[-1]}, which are younger than "
            f"{screen.day}: somebody may have been listed since, or delisted before."
        )
    if read.reason:
        notes.append(f"Not everything was read that names are screened against. {read.reason}.")
    return notes
