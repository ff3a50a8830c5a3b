"""The chain of a ledger: what an entry is, what binds it to the one before, and what breaks it.

An entry's hash is SHA-256 over the canonical row, a JSON array without blanks, in UTF-8:

    [number, recorded, kind, question, answer, register, version, previous]

where ``question`` and ``answer`` are the stored texts (JSON themselves), and ``previous`` is the
hash of the entry before, or sixty-four zeros. Nothing here opens a file.
"""

from __future__ import annotations

import json
from hashlib import sha256

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

FIRST = "0" * 64
"""What the first entry is bound to."""

COLUMNS = (
    "number",
    "recorded",
    "kind",
    "question",
    "answer",
    "register",
    "version",
    "previous",
    "hash",
)
"""Columns of the table and of an export, in the order of the canonical row; the hash last."""


class LedgerEntry(NamedTuple):
    """One entry.

    Attributes:
        number: 1 for the first, without gaps.
        recorded: the instant of recording, ISO with offset.
        kind: the command that answered, such as ``duty``.
        question: canonical JSON of what was asked.
        answer: canonical JSON of what was answered.
        register: hash of the register that answered.
        version: version of the program that answered.
        previous: hash of the entry before.
        hash: hash of this entry.
    """

    number: int
    recorded: str
    kind: str
    question: str
    answer: str
    register: str
    version: str
    previous: str
    hash: str


class Fault(NamedTuple):
    """Something that does not hold; ``number`` is the entry's, 0 for the ledger as a whole."""

    number: int
    what: str


class Verification(NamedTuple):
    """What a verification found.

    Attributes:
        entries: how many entries were read.
        head: hash of the last entry; "" without any.
        faults: what does not hold, in order; empty when the chain holds.
    """

    entries: int
    head: str
    faults: tuple[Fault, ...]


def canonical(value: Mapping[str, Any]) -> str:
    """JSON with keys in order and without blanks: one text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_hash(entry: LedgerEntry) -> str:
    """SHA-256 of an entry's canonical row, as 64 hexadecimal digits."""
    row = json.dumps(list(entry[:-1]), ensure_ascii=False, separators=(",", ":"))
    return sha256(row.encode("utf-8", "surrogatepass")).hexdigest()


def verify(entries: Iterable[LedgerEntry], head: str | None = None) -> Verification:
    """Recompute the chain of entries in order, from a ledger or from an export of a whole one.

    Args:
        entries: all of them, from the first.
        head: a hash noted earlier, which must be that of an entry.
    """
    count, last, faults, seen = chain(entries, 0, FIRST, head)
    if head is not None and not seen:
        what = f"no entry has the hash {head}: entries were replaced or removed"
        faults.append(Fault(0, what))
    return Verification(count, last if count else "", tuple(faults))


def chain(
    entries: Iterable[LedgerEntry], count: int, last: str, head: str | None = None
) -> tuple[int, str, list[Fault], bool]:
    """Recompute a part of a chain.

    Args:
        entries: in order.
        count: the number of the entry before them.
        last: the hash of the entry before them.
        head: a hash to look for.

    Returns:
        The number and the hash of the last entry, what does not hold, and whether `head` was seen.
    """
    faults, seen, before = [], False, None
    for entry in entries:
        count += 1
        if entry.number != count:
            faults.append(
                Fault(entry.number, f"entry {count} is missing or out of order: next is this one")
            )
            # Counted on from what is there, so that one gap is one fault.
            count = entry.number
        if entry.previous != last:
            faults.append(
                Fault(entry.number, "it is not bound to the entry before: one of them was changed")
            )
        if entry_hash(entry) != entry.hash:
            faults.append(Fault(entry.number, "its hash is not that of what it holds"))
        if before is not None and seconds_between(entry.recorded, before) > 0:
            what = f"it was recorded at {entry.recorded}, before the entry before it, {before}"
            faults.append(Fault(entry.number, what))
        last, before = entry.hash, entry.recorded
        seen = seen or last == head
    return count, last, faults, seen


def seconds_between(now: str, then: str) -> float:
    """By how many seconds an instant lies before another; days count from midnight, UTC.

    Returns:
        Positive where `now` is the earlier one; 0 where one of them is not an instant, which has no
        order.
    """
    from datetime import UTC, datetime

    try:
        first, last = (datetime.fromisoformat(each) for each in (now, then))
    except ValueError:
        return 0
    first, last = (each if each.tzinfo else each.replace(tzinfo=UTC) for each in (first, last))
    return (last - first).total_seconds()
