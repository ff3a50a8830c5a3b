"""The days of entries as the lists write them, made such that they can be compared.

A year or a month is a period within which a party was listed, so it may be listed from the first
day of it on. What is no day at all is told and left out, and so is an end that does not lie behind
the beginning; the party itself is kept, and counts.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from detente.core.clock import day_number
from detente.core.figures import counted
from detente.parties.lists.keys import key_of, same_entries
from detente.parties.lists.model import OFFICIAL, ListedEntry, ListReading, notices_in

PERIOD = re.compile(r"(\d{4})(?:-(\d\d))?")
FIELDS = ("since", "until", "suspended_from", "suspended_until")
DECEMBER = 12


BEFORE_PUBLISHED = timedelta(7)
"""How long before its publication a listing may already have been in force: the legal day is the
day on which the rule takes effect, and lists of law print the day of publication. Where none was
found it lay up to five days before."""


def perhaps_since(published: str) -> str:
    """The day from which a party may be listed that a notice of a day lists; "" for no day."""
    if not is_day(published):
        return ""
    return (date.fromisoformat(published) - BEFORE_PUBLISHED).isoformat()


def with_days(reading: ListReading) -> ListReading:
    """A reading whose entries have ISO days alone; what they had instead is told."""
    faults: list[str] = []
    places = reading.places or ("",) * len(reading.entries)
    entries = tuple(
        _with_days(entry, f"{place}: " if place else "", faults)
        for entry, place in zip(reading.entries, places, strict=True)
    )
    if not faults:
        return reading._replace(entries=entries)
    return reading._replace(entries=entries, not_understood=(*reading.not_understood, *faults))


def has_odd_days(entry: ListedEntry) -> bool:
    """Whether something must be told of the days of an entry."""
    faults: list[str] = []
    _with_days(entry, "", faults)
    return bool(faults)


def _with_days(entry: ListedEntry, where: str, faults: list[str]) -> ListedEntry:
    stated = {field: getattr(entry, field) for field in FIELDS}
    if all(not day or is_day(day) for day in stated.values()):
        return _with_end(entry, where, faults)
    changed: dict[str, Any] = {}
    for field, text in stated.items():
        if not text or is_day(text):
            continue
        period = period_of(text)
        if period is None:
            faults.append(
                f"{where}{entry.names[0].text}: {field} {text!r} is not a day; the party is kept "
                "without"
            )
            changed[field] = ""
        elif field == "since":
            changed["maybe_since"], changed["since"] = period
        else:
            # Of an end that is known to the year alone the last day that it may be.
            changed[field] = period[0] if field == "suspended_from" else period[1]
    return _with_end(entry._replace(**changed), where, faults)


def _with_end(entry: ListedEntry, where: str, faults: list[str]) -> ListedEntry:
    """An entry without an end that would leave it no day on which it is listed."""
    since, until = entry.since, entry.until
    if not (since and until and until <= since):
        return entry
    faults.append(
        f"{where}{entry.names[0].text}: until {until} is not after since {since}; the party is "
        "kept without that end"
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


_OTHER_DAY = "listed on {} as held before; the file says {}"
_NOTICE = re.compile(r"(\d+) ?F\.? ?R\.? ?(\d+)")
"""A notice of the Federal Register: its volume and page."""
_NOTED = re.compile("(?:; )?" + _OTHER_DAY.format(r"[\d-]{10}", r"[\d-]{10}"))


def without_other_day(note: str) -> str:
    """A note without the sentence that `with_first_days` adds, which no list prints."""
    return _NOTED.sub("", note)


def cite_the_same(one: str, other: str) -> bool:
    """Whether two citations are of the same notices, whatever stands between and beside these."""
    if one == other:
        return True
    cited = [_NOTICE.findall(text) for text in (one, other)]
    return bool(cited[0]) and cited[0] == cited[1]


def is_reworded(one: ListedEntry, other: ListedEntry) -> bool:
    """Whether two versions of an entry say different things of it.

    Names and days that the list does not print are none of what it says.
    """
    printed = [[name for name in each.names if name.grade == OFFICIAL] for each in (one, other)]
    if printed[0] != printed[1]:
        return True
    described = (
        "requirement_text", "policy_text", "programme", "suspended_from",
    )  # fmt: skip
    if not cite_the_same(one.citation, other.citation):
        return True
    if without_other_day(one.note) != without_other_day(other.note):
        return True
    return any(getattr(one, field) != getattr(other, field) for field in described)


def is_changed(one: ListedEntry, other: ListedEntry) -> bool:
    """Whether a file says something else of an entry than the version before it.

    Beside its words these are its days and where it is; what the version before does not say, such
    as addresses, is no change.
    """
    described = ("since", "until", "suspended_until")
    if is_reworded(one, other) or any(getattr(one, each) != getattr(other, each)
                                      for each in described):  # fmt: skip
        return True
    return any(
        told and set(told) != set(getattr(other, field))
        for field in ("countries", "addresses")
        for told in (getattr(one, field),)
    )


def with_first_days(
    old: Mapping[str, ListedEntry],
    new: Sequence[ListedEntry],
    through: str,
    day: str = "",
    numbered: Container[str] | None = None,
) -> tuple[list[ListedEntry], list[str]]:
    """Entries with the days that are held of them, where their file has none or later ones.

    Official files have the day on which a listing was published, or none, where the legal day is
    earlier. A day behind that of the version held is another listing, and stays. Few files have the
    days of the notices that they cite: those that are held stay of each that is still cited.

    Args:
        old: entries of the version that is held, by key.
        new: entries of one list, as a file has them.
        through: the day of the version that is held, ISO; empty for none.
        day: of the file, ISO.
        numbered: lists whose numbers stay with a party; see `same_entries`.

    Returns:
        The entries, and in sentences of how many the day is not that of the file.
    """
    same = same_entries(old, {e.key: e for e in new}, numbered)
    was = {now: old[key] for key, now in same.items()}
    days: dict[str, set[str]] = {}
    for each in old.values():
        days.setdefault(key_of(each), set()).add(each.since)
    kept: list[ListedEntry] = []
    empty = later = 0
    for entry in new:
        held = was.get(entry.key)
        if held is not None:
            entry = _with_changes(held, entry, day)
        sure = held is not None and (
            len(days[key_of(held)]) == 1 or set(held.countries) == set(entry.countries)
        )
        if held is None or not sure or not _is_first(held, entry, through):
            kept.append(entry if held is None else _with_doubt(held, entry))
            continue
        first = entry._replace(since=held.since, maybe_since=held.maybe_since, grade=held.grade)
        if not entry.since:
            empty += 1
        elif entry.since != held.since:
            later += 1
            what = _OTHER_DAY.format(held.since, entry.since)
            first = first._replace(note="; ".join(filter(None, (entry.note, what))))
        kept.append(first)
    notes = [
        f"the first day of {counted(number, 'entry', 'entries')} is the one held before, since the "
        f"file has {what}"
        for number, what in ((empty, "none"), (later, "a later one"))
        if number
    ]
    return kept, notes


def _with_changes(held: ListedEntry, entry: ListedEntry, day: str) -> ListedEntry:
    """An entry with the notices and the last change that are held of it.

    The day of each notice that is still cited stays. Of a new one none is held: by the day of the
    file it had come, so what the entry says is told from that day on.
    """
    if entry.changes or entry.changed:
        return entry
    if cite_the_same(entry.citation, held.citation):
        return entry._replace(changes=held.changes, changed=held.changed)
    dated = {
        notice: on for text, on in notices_in(held.changes) for notice in _NOTICE.findall(text)
    }
    cited = list(dict.fromkeys(_NOTICE.findall(entry.citation)))
    if dated.keys().isdisjoint(cited):
        return entry
    changes = ";".join(f"{one[0]} FR {one[1]}={dated.get(one, '')}" for one in cited)
    is_new = bool(set(cited) - set(_NOTICE.findall(held.citation)) - dated.keys())
    return entry._replace(changes=changes, changed=day if is_new else held.changed)


def _with_doubt(held: ListedEntry, entry: ListedEntry) -> ListedEntry:
    """An entry with what is held of why its days are not known, if the same notices are cited."""
    dated = entry.since or entry.until or entry.doubt
    if not held.doubt or dated or not cite_the_same(entry.citation, held.citation):
        return entry
    return entry._replace(
        doubt=held.doubt, doubt_before=held.doubt_before, maybe_since=held.maybe_since,
        grade=held.grade,
    )  # fmt: skip


def _is_first(held: ListedEntry, entry: ListedEntry, through: str) -> bool:
    """Whether the day that is held of an entry is the first day of the one in a file."""
    if not held.since or (held.until and held.until != entry.until):
        return False
    return not entry.since or held.since <= entry.since <= through
