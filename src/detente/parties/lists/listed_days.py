"""The days of entries as the lists write them, made such that they can be compared.

A year or a month is a period within which a party was listed, so it may be listed from the first
day of it on. What is no day at all is told and left out, and so is an end that does not lie behind
the beginning; the party itself is kept, and counts.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from detente.core.clock import day_number
from detente.parties.lists.model import ListedEntry, ListReading

PERIOD = re.compile(r"(\d{4})(?:-(\d\d))?")
FIELDS = ("since", "until", "suspended_from", "suspended_until")
DECEMBER = 12


def with_days(reading: ListReading) -> ListReading:
    """A reading whose entries have ISO days alone; what they had instead is told."""
    faults: list[str] = []
    entries = tuple(_with_days(entry, faults) for entry in reading.entries)
    if not faults:
        return reading._replace(entries=entries)
    return reading._replace(entries=entries, not_understood=(*reading.not_understood, *faults))


def _with_days(entry: ListedEntry, faults: list[str]) -> ListedEntry:
    stated = {field: getattr(entry, field) for field in FIELDS}
    if all(not day or is_day(day) for day in stated.values()):
        return _with_end(entry, faults)
    changed: dict[str, Any] = {}
    for field, text in stated.items():
        if not text or is_day(text):
            continue
        period = period_of(text)
        if period is None:
            faults.append(
                f"{entry.names[0].text}: {field} {text!r} is not a day; the party is kept without"
            )
            changed[field] = ""
        elif field == "since":
            changed["maybe_since"], changed["since"] = period
        else:
            # Of an end that is known to the year alone the last day that it may be.
            changed[field] = period[0] if field == "suspended_from" else period[1]
    return _with_end(entry._replace(**changed), faults)


def _with_end(entry: ListedEntry, faults: list[str]) -> ListedEntry:
    """An entry without an end that would leave it no day on which it is listed."""
    since, until = entry.since, entry.until
    if not (since and until and until <= since):
        return entry
    faults.append(
        f"{entry.names[0].text}: until {until} is not after since {since}; the party is kept "
        "without that end"
    )
    return entry._replace(until="")


@lru_cache(1 << 16)
def is_day(text: str) -> bool:
    """Whether a text is an ISO day."""
    try:
        day_number(text)
    except ValueError:
        return False
    return True


def period_of(text: str) -> tuple[str, str] | None:
    """The first day of a year or a month, and the first day behind it; None for anything else."""
    match = PERIOD.fullmatch(text)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or 1)
    try:
        first = date(year, month, 1)
        if match[2] is None or month == DECEMBER:
            return first.isoformat(), date(year + 1, 1, 1).isoformat()
        return first.isoformat(), date(year, month + 1, 1).isoformat()
    except ValueError:
        return None
