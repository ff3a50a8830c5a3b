"""Beneficial ownership statements, BODS 0.4: entities, and who has which interest in whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.parties.model import ALSO, Entry, Holding, Name, Reading
from detente.parties.readers.common import load_json, name_fault, wrong_file

WHAT = "file of BODS 0.4 statements"


def read_bods(path: str) -> Reading:
    """Read the statements; what concerns a person keeps the identifier alone, never the name.

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
    entries, holdings, faults = [], [], []
    for number, row in enumerate(rows, 1):
        details = row.get("recordDetails") or {}
        record = str(row.get("recordId") or row.get("statementId"))
        kind = row.get("recordType")
        if kind == "entity":
            names = _names(details)
            if not names or name_fault(names[0].text):
                faults.append(f"statement {number}: an entity without a name")
                continue
            place = (details.get("jurisdiction") or {}).get("code", "")
            entries.append(Entry("BODS", record, names, "entity", (place,) if place else ()))
        elif kind == "relationship":
            holdings += _holdings(details, faults, number)
        elif kind != "person":
            faults.append(f"statement {number}: recordType {kind!r}")
    date = max((str(row.get("statementDate") or "") for row in rows), default="")
    return Reading("bods", date, tuple(entries), len(rows), tuple(holdings), tuple(faults))


def _names(details: Mapping[str, Any]) -> tuple[Name, ...]:
    names = [Name(str(details["name"]))] if details.get("name") else []
    return (*names, *(Name(str(text), ALSO) for text in details.get("alternateNames") or ()))


def _holdings(details: Mapping[str, Any], faults: list[str], number: int) -> list[Holding]:
    owned, owner = details.get("subject"), details.get("interestedParty")
    if not isinstance(owned, str) or not isinstance(owner, str):
        faults.append(f"statement {number}: an interest whose party or subject is not stated")
        return []
    return [
        Holding(
            owner,
            owned,
            _share(interest.get("share") or {}),
            str(interest.get("startDate") or ""),
            str(interest.get("endDate") or ""),
            str(interest.get("type") or ""),
        )
        for interest in details.get("interests") or [{}]
    ]


def _share(share: Mapping[str, Any]) -> str:
    if share.get("exact") is not None:
        return str(share["exact"])
    low = share.get("minimum", share.get("exclusiveMinimum"))
    high = share.get("maximum", share.get("exclusiveMaximum"))
    if low is None and high is None:
        return "unknown"
    return f"{0 if low is None else low}-{100 if high is None else high}"
