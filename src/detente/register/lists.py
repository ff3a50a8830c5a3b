"""Dated code lists: which goods a measure names, on which days, as known when.

A row names a code prefix of two to ten digits; the longest prefix decides, and a row marked
``except`` takes its code out of a shorter one. A code may have several rows over time. Where
the list of some days is not in hand, membership on those days is *unknown*, which is an answer.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import NamedTuple
from detente.register.model import Member


class Membership(NamedTuple):
    """Whether a code is on a list at a minute, and the row that decides."""

    listed: bool | None
    row: Member | None


def prefixes(code: str) -> list[str]:
    """A code's own digits and every shorter prefix that a list may name, longest first."""
    return [code[:length] for length in range(len(code), 1, -1)]


def membership(rows: Iterable[Member], minute: int, known_on: int | None = None) -> Membership:
    """Membership at a minute by the rows of one list that match one code.

    Args:
        rows: rows of one list whose code is a prefix of the code asked for.
        minute: the minute asked for.
        known_on: day number; rows announced later are left out.
    """
    if known_on is not None:
        rows = [_as_known(row, known_on) for row in rows if (row.announced or 0) <= known_on]
    best = _deciding(rows, minute)
    return Membership(_listed(best), best)


def _deciding(rows: Iterable[Member], minute: int) -> Member | None:
    """The row with the longest code of those that cover the minute; of one code, the newest."""
    best: Member | None = None
    for row in rows:
        if not _covers(row, minute):
            continue
        if best is None or _rank(row) > _rank(best):
            best = row
    return best


def _rank(row: Member) -> tuple[int, int]:
    return len(row.code), row.announced or 0


def _as_known(row: Member, known_on: int) -> Member:
    """The row as it stood on a day: an end that was announced later was not known."""
    if row.end_announced is not None and known_on < row.end_announced:
        return row._replace(until=None)
    return row


def _covers(row: Member, minute: int) -> bool:
    return (row.start is None or row.start <= minute) and (row.until is None or minute < row.until)


def _listed(row: Member | None) -> bool | None:
    if row is None:
        return False
    if row.unknown:
        return None
    return not row.excepted
