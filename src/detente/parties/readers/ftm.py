"""FollowTheMoney entities, one JSON object a line: companies, sanctions, ownership."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from detente.parties.model import ALSO, Entry, Holding, Name, Reading
from detente.parties.readers.common import check_size, name_fault, wrong_file

WHAT = "file of FollowTheMoney entities"
KINDS = {
    "Company": "entity",
    "Organization": "entity",
    "LegalEntity": "entity",
    "PublicBody": "entity",
    "Person": "individual",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}


def read_ftm(path: str) -> Reading:
    """Read the entities; sanctions are laid on the entity that they name.

    Raises:
        ValueError: the file is something else.
    """
    check_size(path)
    rows, faults = 0, []
    found: dict[str, Entry] = {}
    holdings: list[Holding] = []
    sanctions: list[Mapping[str, Any]] = []
    latest = ""
    with open(path, encoding="utf-8-sig") as file:
        for line, text in enumerate(file, 1):
            if not text.strip():
                continue
            rows += 1
            row = _row(text)
            if row is None:
                if rows == 1:
                    raise wrong_file(path, WHAT, "line 1 is no object with `schema`, `properties`")
                faults.append(f"line {line}: no entity")
                continue
            latest = max(latest, str(row.get("last_seen") or row.get("last_change") or "")[:10])
            schema, properties = row["schema"], row["properties"]
            if schema in KINDS:
                entry = _entry(row)
                if entry is None:
                    faults.append(f"line {line}: {schema} without a name")
                else:
                    found[entry.key] = entry
            elif schema == "Sanction":
                sanctions.append(properties)
            elif schema == "Ownership":
                holdings += _holdings(properties)
            else:
                faults.append(f"line {line}: schema {schema!r}")
    for properties in sanctions:
        for target in properties.get("entity") or ():
            if target in found:
                found[target] = _sanctioned(found[target], properties)
    return Reading("ftm", latest, tuple(found.values()), rows, tuple(holdings), tuple(faults))


def _row(text: str) -> dict[str, Any] | None:
    try:
        row = json.loads(text)
    except json.JSONDecodeError:
        return None
    if not isinstance(row, dict) or "id" not in row or "schema" not in row:
        return None
    return row if isinstance(row.get("properties"), dict) else None


def _entry(row: Mapping[str, Any]) -> Entry | None:
    properties = row["properties"]
    names = list(properties.get("name") or ())
    if not names or name_fault(names[0]):
        return None
    others = [*names[1:], *(properties.get("alias") or ()), *(properties.get("weakAlias") or ())]
    return Entry(
        list="FTM",
        key=str(row["id"]),
        names=(Name(names[0]), *(Name(text, ALSO) for text in others)),
        kind=KINDS[row["schema"]],
        countries=tuple(str(code).upper() for code in properties.get("country") or ()),
        source=next(iter(properties.get("sourceUrl") or ()), ""),
    )


def _sanctioned(entry: Entry, properties: Mapping[str, Any]) -> Entry:
    def first(field: str) -> str:
        return str(next(iter(properties.get(field) or ()), ""))

    return entry._replace(
        programme=first("program") or entry.programme,
        since=first("startDate") or first("listingDate") or entry.since,
        until=first("endDate") or entry.until,
        source=first("sourceUrl") or entry.source,
        note=first("reason") or entry.note,
    )


def _holdings(properties: Mapping[str, Any]) -> list[Holding]:
    share = str(next(iter(properties.get("percentage") or ()), "unknown")).rstrip("%")
    since = str(next(iter(properties.get("startDate") or ()), ""))
    until = str(next(iter(properties.get("endDate") or ()), ""))
    return [
        Holding(owner, asset, share, since, until, "ownership")
        for owner in properties.get("owner") or ()
        for asset in properties.get("asset") or ()
    ]
