"""The lists of parties that an answer was given by: their days, their caveats, their hash."""

from __future__ import annotations

import json
import os
from contextlib import closing
from hashlib import sha256

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.parties.store import Listed, Screen


class ListsUsed(NamedTuple):
    """The lists that names were screened against.

    Attributes:
        screen: opened for names.
        listed: each list and its day, by short name.
        notes: caveats about their days.
        sha256: a hash over the entries of all of them.
    """

    screen: Screen
    listed: dict[str, Listed]
    notes: tuple[str, ...]
    sha256: str

    @property
    def days(self) -> dict[str, str]:
        """The day of each list, by short name."""
        return {name: each.source_date for name, each in self.listed.items()}


def lists_sha256(listed: Iterable[Listed]) -> str:
    """A hash over the entries of lists, each as of its day."""
    from detente.parties.store import entries_of, open_built_in, open_user, user_file

    files = [open_built_in()]
    if os.path.isfile(user_file()):
        files.append(open_user())
    digest = sha256()
    for kept in files:
        with closing(kept):
            for each in listed:
                for entry in entries_of(kept, each.list, each.source_date or None):
                    digest.update(json.dumps(entry, ensure_ascii=False).encode())
    return digest.hexdigest()


def open_lists(day: str) -> ListsUsed:
    """The lists as of a day where each has a version by then, else the newest of each."""
    from detente.parties.store import Screen, listed

    as_of = listed(day)
    dated = all(each.source_date for each in as_of)
    used = as_of if dated else listed()
    days = sorted({each.source_date for each in used})
    notes = []
    if not dated:
        notes.append(
            f"Names were screened against the lists of {days[0]} to {days[-1]}, which are younger "
            f"than {day}: somebody may have been listed since, or delisted before."
        )
    elif days[-1] < day:
        notes.append(
            f"Names were screened against lists as of {days[0]} to {days[-1]}: who was listed "
            "after that is not known here."
        )
    screen = Screen(day if dated else None)
    by_name: dict[str, Listed] = {}
    for each in used:  # a user's own version of a list that came with the package keeps its title
        first = by_name.get(each.list, each)
        by_name[each.list] = each._replace(title=first.title, by=first.by)
    return ListsUsed(screen, by_name, tuple(notes), lists_sha256(used))
