"""Holdings from formats of ownership data: BODS 0.4 statements, FollowTheMoney, GLEIF level 2.

Interests that are no share of equity or votes are not added up; a flag tells of each. An indirect
interest repeats what other statements say of the companies between, so it is told and not added.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.lists import read_list
from detente.parties.ownership_model import Entity, Flag, Holding, Holdings
from detente.parties.ownership_shares import UNKNOWN, WHOLE, ZERO, Share, share_of, span_text
from detente.parties.readers.bods import share_text
from detente.parties.readers.common import (
    MalformedError,
    load_json,
    object_in,
    objects_in,
    text_in,
)

if TYPE_CHECKING:
    from typing import Any

EQUITY, VOTES = ("shareholding", "ownership"), ("votingRights",)
OPEN_END = Fraction(1, 10**12)
"""What is taken off a range whose upper end does not belong to it."""


class Interest(NamedTuple):
    """One interest of one statement."""

    owner: str
    owned: str
    kind: str
    share: Share
    since: str
    until: str
    indirect: bool
    statement: str
    source: str


def read_foreign(path: Path) -> Holdings:
    """Holdings and entities from a file in one of the formats of ownership data.

    Raises:
        ValueError: the file is of no known format, or a share in it is impossible.
    """
    reading = read_list(str(path))
    entities = {
        entry.key: Entity(entry.key, entry.names[0].text, next(iter(entry.countries), "").upper())
        for entry in reading.entries
    }
    flags: list[Flag] = []
    if reading.format == "bods":
        interests = _bods(path, flags)
    else:
        interests = [
            Interest(
                row.owner,
                row.owned,
                row.kind,
                _checked(row.share, f"{path}: {row.owner} in {row.owned}"),
                row.since,
                row.until,
                False,
                "",
                reading.format,
            )
            for row in reading.holdings
        ]
    rows = [row for each in interests if (row := _holding(each, flags)) is not None]
    lost = reading.not_understood
    notes = [f"{path.name}: {len(lost)} rows were not understood: {each}" for each in lost[:1]]
    return Holdings(tuple(rows), (), entities, tuple(flags), tuple(notes))


def _checked(text: str, where: str) -> Share:
    try:
        return share_of(text)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def _holding(interest: Interest, flags: list[Flag]) -> Holding | None:
    """An interest as a holding; None, and a flag, where it is not to be added up."""
    held = span_text(interest.share.lo, interest.share.hi)
    if interest.indirect:
        why = f"{interest.owner} is said to hold {held} indirectly: not added to direct holdings"
        flags.append(Flag(interest.owned, why))
        return None
    row = Holding(
        interest.owner,
        interest.owned,
        interest.share,
        interest.since,
        interest.until,
        interest.source,
    )
    if interest.kind in VOTES:
        return row._replace(share=Share(ZERO, ZERO), votes=interest.share)
    if interest.kind in EQUITY or not interest.kind:
        return row
    why = f"{interest.owner} has an interest of the kind {interest.kind}: not added up"
    flags.append(Flag(interest.owned, why))
    return None


def _bods(path: Path, flags: list[Flag]) -> list[Interest]:
    """Interests of the last statement on each relationship."""
    loaded: Any = load_json(str(path), "file of BODS 0.4 statements")
    statements: list[Mapping[str, Any]] = loaded if isinstance(loaded, list) else [loaded]
    latest: dict[str, Mapping[str, Any]] = {}
    for row in statements:
        if row.get("recordType") == "relationship":
            latest[str(row.get("recordId") or row.get("statementId"))] = row
    return [
        interest
        for key, row in latest.items()
        if row.get("recordStatus") != "closed"
        for interest in _interests(key, row, flags)
    ]


def _interests(key: str, row: Mapping[str, Any], flags: list[Flag]) -> list[Interest]:
    details = row.get("recordDetails") or {}
    owned, owner = details.get("subject"), details.get("interestedParty")
    if not isinstance(owned, str):
        flags.append(Flag(key, f"the statement names no company that is owned: {_reason(owned)}"))
        return []
    if not isinstance(owner, str):
        flags.append(Flag(owned, f"an owner is not named: {_reason(owner)}"))
        owner = f"unnamed owner of {owned} ({key})"
    asserted: list[Mapping[str, Any]] = (row.get("source") or {}).get("assertedBy") or [{}]
    source = str(asserted[0].get("name") or "")
    return [
        Interest(
            owner,
            owned,
            str(interest.get("type") or ""),
            _bods_share(interest.get("share") or {}, key),
            str(interest.get("startDate") or "")[:10],
            str(interest.get("endDate") or "")[:10],
            interest.get("directOrIndirect") == "indirect",
            str(row.get("statementId")),
            source,
        )
        for interest in details.get("interests") or [{}]
    ]


def _reason(party: object) -> str:
    """Why a party is not named, in the words of the statement."""
    if isinstance(party, Mapping):
        words = [str(party[name]) for name in ("reason", "description") if party.get(name)]
        return ", ".join(words) or "no reason given"
    return "no reason given"


def _bods_share(share: Mapping[str, Any], key: str) -> Share:
    if share.get("exact") is not None:
        return _checked(str(share["exact"]), f"statement on {key}")
    low = share.get("minimum", share.get("exclusiveMinimum"))
    high = share.get("maximum", share.get("exclusiveMaximum"))
    if low is None and high is None:
        return UNKNOWN
    text = f"{0 if low is None else low}-{100 if high is None else high}"
    found = _checked(text, f"statement on {key}")
    if "maximum" not in share and high is not None:
        return found._replace(hi=min(WHOLE, found.hi) - OPEN_END)
    return found
