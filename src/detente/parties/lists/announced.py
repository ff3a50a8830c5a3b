"""Listings whose suspension goes on by what was only announced, beyond the day of the notice.

The register has such a statement as an event without an instrument. The build finds in it which
entries it is about, so that the lists say of them what the register says of their measure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.clock import MINUTES, day_before, day_text
from detente.parties.lists.standing import IN_FORCE, SUSPENDED, standing_of
from detente.register.model import ANNOUNCED

if TYPE_CHECKING:
    import sqlite3

    from detente.answers.parties import HeardListing
    from detente.parties.lists.model import ListedEntry
    from detente.register.book import Register
    from detente.register.control_terms import PartyClass
    from detente.register.model import Provision


class AnnouncedSuspension(NamedTuple):
    """A suspension of listings that was only announced.

    Attributes:
        list: short name of the list.
        cited: what the citation of such an entry names.
        begins: day on which what was announced begins, ISO.
        until: first day after it, ISO.
        announced: day of the statement, ISO.
        because: ids of the events, a blank between.
        said: who said so and when, and that no instrument was read.
    """

    list: str
    cited: str
    begins: str
    until: str
    announced: str
    because: str
    said: str

    def is_of(self, entry: ListedEntry) -> bool:
        """Whether it is about an entry, whose own suspension ends within it."""
        within = self.begins <= entry.suspended_until < self.until
        return within and self.list == entry.list and cites(entry.citation, self.cited)


def cites(citation: str, cited: str) -> bool:
    """Whether a citation names another, and not a longer number that begins like it."""
    return re.search(rf"(?<![0-9]){re.escape(cited)}(?![0-9])", citation) is not None


def announced_pauses(register: Register) -> Iterator[AnnouncedSuspension]:
    """The suspensions of listings that were only announced, as a register states them."""
    for name in register.announced_only:
        measure = register.measure(name)
        terms = register.controls.get(measure.by)
        classes = {each.name: each for each in terms.parties} if terms is not None else {}
        for provision in measure.provisions:
            # A provision of one class is its listing; one of several is another rule about them.
            word = provision.control.get("parties")
            if provision.announced and isinstance(word, str) and word in classes:
                yield from _pauses_of(register, measure.id, provision, classes[word])


def _pauses_of(
    register: Register, measure: str, provision: Provision, listed: PartyClass
) -> Iterator[AnnouncedSuspension]:
    """The announced suspensions of a provision, for each notice that its parties cite."""
    from detente.register.views.announced import said_of, showing

    for period in provision.announced:
        if period.state != SUSPENDED or period.until is None:
            continue
        acts = showing(register, register.measure(measure), period.start, None, (provision.id,))
        begins, until = (day_text(each // MINUTES) for each in (period.start, period.until))
        announced = day_text(max(act.announced for act in acts))
        because = " ".join(dict.fromkeys(act.id for act in acts))
        for cited in listed.cited:
            yield AnnouncedSuspension(
                listed.list, cited, begins, until, announced, because, said_of(acts)
            )


def read_pauses(database: sqlite3.Connection) -> tuple[AnnouncedSuspension, ...]:
    """The suspensions of listings that were only announced, from the built-in file of lists."""
    columns = ", ".join(AnnouncedSuspension._fields)
    rows = database.execute(f"SELECT {columns} FROM announced_pauses ORDER BY rowid")
    return tuple(map(AnnouncedSuspension._make, rows))


def heard_of(
    entry: ListedEntry, day: str, pauses: Iterable[AnnouncedSuspension]
) -> AnnouncedSuspension | None:
    """The announced suspension by which an entry that is in force by its notice is suspended.

    Args:
        entry: the entry.
        day: ISO.
        pauses: those that were announced.
    """
    if not entry.suspended_until or day < entry.suspended_until:
        return None  # as nearly all
    if standing_of(entry, day) != IN_FORCE:
        return None
    return next((each for each in pauses if day < each.until and each.is_of(entry)), None)


def standing_by(
    entry: ListedEntry,
    day: str,
    later: Collection[str],
    pauses: Iterable[AnnouncedSuspension],
    reading: str,
) -> str:
    """How an entry stands on a day by a reading; see `standing_of`.

    Args:
        entry: the entry.
        day: ISO.
        later: lists that are held from a later day on only.
        pauses: the suspensions that were announced.
        reading: by ``announced`` they hold, by the law they do not.
    """
    if reading == ANNOUNCED and heard_of(entry, day, pauses) is not None:
        return SUSPENDED
    return standing_of(entry, day, later)


def heard_clause(until: str) -> str:
    """How an entry stands by what was only announced, which ends on a day, ISO."""
    return f"by what was announced suspended through {day_before(until)}"


def heard_row(
    entry: ListedEntry, pause: AnnouncedSuspension | None, reading: str = ""
) -> HeardListing | None:
    """How an entry stands by what was only announced, under the keys of the interface.

    Args:
        entry: the entry.
        pause: the suspension that was announced; None where there is none, or it is not the day.
        reading: the one that the answer follows; the law where none is named.
    """
    if pause is None:
        return None
    from detente.register.model import LAW
    from detente.register.views.announced import in_both

    law = f"in force since {entry.suspended_until}"
    announced = f"suspended through {day_before(pause.until)}"
    return {
        "standing": SUSPENDED,
        "suspended_until": pause.until,
        "because": pause.because.split(),
        "text": in_both(law, announced, reading or LAW, pause.said),
    }
