"""Beneficial ownership statements, BODS 0.4: entities, and who has which interest in whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.parties.lists.model import ALSO, ListedEntry, ListedHolding, ListReading, Name
from detente.parties.lists.readers.common import (
    MalformedError,
    load_json,
    name_fault,
    object_in,
    objects_in,
    text_in,
    texts_in,
    wrong_file,
)

WHAT = "file of BODS 0.4 statements"


def read_bods(path: str) -> ListReading:
    """Read the statements; what concerns a person keeps the identifier alone, never the name.

    Of several statements on one record the last counts, and a closed record is left out.

    Raises:
        ValueError: the file is something else, or an older version of the standard.
    """
    loaded = load_json(path, WHAT)
    found = loaded if isinstance(loaded, list) else [loaded]
    rows = [row for row in found if isinstance(row, Mapping)]
    if not rows or len(rows) != len(found):
        raise wrong_file(path, WHAT, "it is a list of objects with `statementId`")
    if "statementID" in rows[0] or "statementType" in rows[0]:
        raise wrong_file(path, WHAT, "its statements are of BODS 0.3 or older: convert them to 0.4")
    if "statementId" not in rows[0] or "recordType" not in rows[0]:
        raise wrong_file(path, WHAT, "its statements lack `statementId` or `recordType`")
    entries: dict[str, ListedEntry] = {}
    holdings: list[ListedHolding] = []
    faults = []
    for number, row in enumerate(rows, 1):
        try:
            kind = row.get("recordType")
            if kind == "entity":
                entry = _entity(row)
                entries[entry.key] = entry  # a later statement on a record takes its place
                if row.get("recordStatus") == "closed":
                    del entries[entry.key]
            elif kind == "relationship":
                holdings += _holdings(object_in(row, "recordDetails"))
            elif kind != "person":
                faults.append(f"statement {number}: recordType {kind!r}")
        except MalformedError as error:
            faults.append(f"statement {number}: {error}")
    date = max((str(row.get("statementDate") or "") for row in rows), default="")
    return ListReading(
        "bods", date, tuple(entries.values()), len(rows), tuple(holdings), tuple(faults)
    )


def _entity(row: Mapping[str, Any]) -> ListedEntry:
    details = object_in(row, "recordDetails")
    name = text_in(details, "name")
    if name_fault(name):
        raise MalformedError("an entity without a name")
    others = (Name(text, ALSO) for text in texts_in(details, "alternateNames"))
    place = text_in(object_in(details, "jurisdiction"), "code")
    record = text_in(row, "recordId") or text_in(row, "statementId")
    return ListedEntry("BODS", record, (Name(name), *others), "entity", (place,) if place else ())


def _holdings(details: Mapping[str, Any]) -> list[ListedHolding]:
    owned, owner = details.get("subject"), details.get("interestedParty")
    if not isinstance(owned, str) or not isinstance(owner, str):
        raise MalformedError("an interest whose party or subject is not stated")
    return [
        ListedHolding(
            owner,
            owned,
            share_text(object_in(interest, "share")),
            text_in(interest, "startDate"),
            text_in(interest, "endDate"),
            text_in(interest, "type"),
        )
        for interest in objects_in(details, "interests") or [{}]
    ]


def share_text(share: Mapping[str, Any]) -> str:
    """A share as a percentage, a range of percentages, or ``unknown``."""
    for end in share:
        text_in(share, end)
    if share.get("exact") is not None:
        return str(share["exact"])
    low = share.get("minimum", share.get("exclusiveMinimum"))
    high = share.get("maximum", share.get("exclusiveMaximum"))
    if low is None and high is None:
        return "unknown"
    return f"{0 if low is None else low}-{100 if high is None else high}"
