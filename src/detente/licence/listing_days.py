"""Since when a party stands on a list.

The Entity List cites the notices by which it named a party. Where the round of the earliest of them
is recorded, its first day is the day of listing; else the day that the entry carries, which may be
that of the publication, some days after the legal one. Where it carries none, the year of the cited
volume is a lower bound, and the first version that is held is the first day on which the listing is
certain. What an entry says in words may have come with its last change.
"""

from __future__ import annotations

import re

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.controls.provisions import names
from detente.core.clock import MINUTES, day_number

if TYPE_CHECKING:
    from detente.controls.law import ControlLaw
    from detente.parties.lists.model import ListedEntry

FEDERAL_REGISTER = 1935
"""Volume 1 of the Federal Register is of the year after this one; each year is a volume."""


class ListingDays(NamedTuple):
    """Since when a party stands on a list, as day numbers.

    Attributes:
        since: first day on which it may stand there; None for no bound.
        certain: first day on which it is known to; None for ``since`` itself.
    """

    since: int | None = None
    certain: int | None = None

    def standing(self, day: int) -> str:
        """``not_yet``, ``unknown`` or ``in_force`` on a day, whatever became of it later."""
        if self.since is not None and day < self.since:
            return "not_yet"
        return "unknown" if self.certain is not None and day < self.certain else "in_force"


def first_cited(citation: str) -> tuple[int, int] | None:
    """Volume and page of the earliest citation of the Federal Register, if any."""
    cited = re.findall(r"\b(\d{1,3}) FR (\d+)", citation)
    return min(((int(volume), int(page)) for volume, page in cited), default=None)


def recorded_day(law: ControlLaw, entry: ListedEntry) -> int | None:
    """First day of the round that an entry cites first, where the register records it."""
    first = first_cited(entry.citation)
    if first is None:
        return None
    cited = f"{first[0]} FR {first[1]}"
    for side in law.regimes:
        rounds = {each.name for each in side.terms.parties if cited in each.cited}
        for measure in side.measures:
            for provision in measure.provisions:
                if provision.periods and rounds.intersection(names(provision, "parties")):
                    return provision.periods[0].start // MINUTES
    return None


def listing_of(
    law: ControlLaw, entry: ListedEntry, held_from: str, by_words: bool = False
) -> ListingDays:
    """Since when an entry stands on its list.

    Args:
        law: the controls, with the rounds of listings that they record.
        entry: the entry.
        held_from: ISO day of the first version of the list that is held.
        by_words: whether it counts by the words of the entry, such as a footnote, which may have
            been added long after it was listed.
    """
    recorded = recorded_day(law, entry)
    changed = day_number(entry.changed) if by_words and entry.changed else None
    if entry.since:
        since, certain = recorded, None
        if since is None:
            since = day_number(entry.maybe_since or entry.since)
            certain = day_number(entry.since) if entry.maybe_since else None
        return ListingDays(since, certain if changed is None else changed)
    held = day_number(entry.doubt_before or held_from) if entry.doubt_before or held_from else None
    if recorded is not None:
        return ListingDays(recorded, held if by_words else None)
    first = first_cited(entry.citation)
    year = None if first is None else day_number(f"{FEDERAL_REGISTER + first[0]}-01-01")
    return ListingDays(year, held)
