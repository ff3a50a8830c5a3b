"""The end days of orders on a list that goes on printing them after they have ended.

That such a list prints an order does not tell that it stands, so an end day that is held and that a
file does not repeat must not be lost: the party would be told as listed for ever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from detente.core.figures import counted
from detente.parties.lists.keys import same_entries
from detente.parties.lists.listed_days import cite_the_same
from detente.parties.lists.model import ListedEntry

CITED_DAY = re.compile(r"\b(1[0-2]|0?[1-9])/([12]\d|3[01]|0?[1-9])/(\d{4}|\d{2})\b")
CitedDay = tuple[str, str, str]
"""A day that is cited: month, day and year."""

CENTURY = 50
"""Two digits of a year above which it lies in the last century."""

PUBLISHED_WITHIN = timedelta(60)
"""How long after an order takes effect its notice may be published."""

RENEWED = "it cites renewals after the order whose end day is held"
"""Why it is not known whether an order stands that was renewed."""

_ENTRIES = "entry", "entries"


def with_end_days(
    old: Mapping[str, ListedEntry], new: Sequence[ListedEntry], undated: str
) -> tuple[list[ListedEntry], list[str]]:
    """Entries with the end days that are held of the same orders, where their file has none.

    An order is the same while it cites the same notices, or further ones of its first weeks. What a
    file says of its days counts: one that prints the first day of an order and no end takes the end
    back that is held. Of an order without an end day it is not known whether it stands.

    Args:
        old: entries of the version that is held, by key.
        new: entries of one list, as a file has them.
        undated: why it is not known whether an entry without an end day stands.

    Returns:
        The entries, and in sentences of how many the end day is not that of the file.
    """
    was = {now: old[key] for key, now in same_entries(old, {e.key: e for e in new}).items()}
    found: list[ListedEntry] = []
    kept = renewals = taken_back = unknown = 0
    for entry in new:
        held = was.get(entry.key)
        if entry.until:
            found.append(entry)
        elif held is None:
            found.append(entry._replace(doubt=undated))
            unknown += 1
        elif not held.until:
            found.append(entry._replace(doubt=held.doubt or undated, grade=held.grade))
            unknown += 1
        elif is_renewed(entry.citation, held):
            found.append(entry._replace(doubt=RENEWED))
            renewals += 1
        elif entry.since:
            why = f"the file prints its first day and no end day, where until {held.until} was held"
            found.append(entry._replace(doubt=why))
            taken_back += 1
        else:
            found.append(
                entry._replace(
                    until=held.until, doubt=held.doubt, doubt_before=held.doubt_before,
                    grade=held.grade,
                )
            )  # fmt: skip
            kept += 1
    return found, [
        said.format(counted(number, *_ENTRIES))
        for number, said in (
            (kept, "the end day of {} is the one held before, since the file has none"),
            (renewals, "the end day that was held of {} counts no longer, since later notices are "
             "cited and the file has no end: whether the order stands is not known"),
            (taken_back, "the end day that was held of {} counts no longer, since the file has a "
             "first day and no end: whether the order stands is not known"),
            (unknown, "{} without an end day, in the file or held before: whether the order stands "
             "is not known"),
        )
        if number
    ]  # fmt: skip


def is_renewed(citation: str, held: ListedEntry) -> bool:
    """Whether an order cites other notices than those held, which may have renewed or changed it.

    Args:
        citation: as a file prints it.
        held: the order as it is held, with its first day where that is known.
    """
    if cite_the_same(citation, held.citation):
        return False
    before, now = (set(CITED_DAY.findall(each)) for each in (held.citation, citation))
    if not now or not held.since:
        return True
    return _renews(now - before, before | now, held.since)


def cites_renewals(citation: str, since: str) -> bool:
    """Whether an order cites a notice of long after its first day, ISO, such as a renewal.

    The first notice renews nothing, however late: an order after a conviction counts from the
    conviction, and is published when it is made.
    """
    days = set(CITED_DAY.findall(citation))
    return _renews(days, days, since)


def _renews(new: set[CitedDay], cited: set[CitedDay], since: str) -> bool:
    """Whether a notice beside the first that is cited is of long after the first day of an order.

    Args:
        new: the days of the notices that may be renewals.
        cited: those of all.
        since: the first day of the order, ISO.
    """
    if len(cited) < 2:
        return False
    first = min(filter(None, map(_day_of, cited)), default=None)
    latest = date.fromisoformat(since) + PUBLISHED_WITHIN
    for each in new:
        day = _day_of(each)
        # A day that is none of the calendar may be any.
        if day is None or (day != first and day > latest):
            return True
    return False


def _day_of(cited: CitedDay) -> date | None:
    """The day that is cited; None for none of the calendar."""
    month, day, year = cited
    full = int(year) + (0 if len(year) == 4 else 1900 if int(year) > CENTURY else 2000)
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None
