"""FollowTheMoney entities, one JSON object a line: companies, sanctions, ownership.

The format has no name for a list, so a file is the list of its own name: `eu_fsf.json` is `EU_FSF`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from detente._shapes import NamedTuple
from detente.core.watched import open_text
from detente.parties.lists.model import ListedEntry, ListedHolding, ListReading
from detente.parties.lists.readers.common import (
    BREAKS_OFF,
    LARGEST_STREAMED,
    MOST_ROWS,
    MalformedError,
    check_size,
    name_fault,
    texts_in,
    wrong_file,
)
from detente.parties.lists.readers.printed_names import names_of

WHAT = "file of FollowTheMoney entities"
MOST_ABOVE = 100
"""Broken lines that may stand above the first entity."""
UNNAMED = "FTM"
"""The list of a file without a name."""
BESIDE = frozenset((
    "Associate", "CallForTenders", "Contract", "ContractAward", "Debt", "Directorship", "Document",
    "Documentation", "EconomicActivity", "Employment", "Event", "Family", "Identification",
    "Membership", "Note", "Occupancy", "Passport", "Payment", "Position", "ProjectParticipant",
    "Representation", "Similar", "Succession", "TaxRoll", "UnknownLink",
))  # fmt: skip
"""Schemata of what is no party, no holding and no sanction; they say nothing that is kept."""
COUNTRIES = ("country", "mainCountry", "jurisdiction", "nationality", "citizenship")
NAMES = ("name", "alias", "weakAlias", "previousName", "abbreviation")
"""Properties of names; the first name is that of the entity."""
SANCTION = ("program", "startDate", "listingDate", "endDate", "sourceUrl", "reason")
KINDS = {
    "Company": "entity",
    "Organization": "entity",
    "LegalEntity": "entity",
    "PublicBody": "entity",
    "Person": "individual",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}


class _Read(NamedTuple):
    """What the lines gave so far; sanctions with the entities that they name."""

    entries: dict[str, ListedEntry]
    holdings: list[ListedHolding]
    sanctions: list[tuple[list[str], Mapping[str, Any]]]
    places: dict[str, str]
    """The text of an address by the key of its entity."""
    located: list[tuple[str, list[str]]]
    """Keys of parties, each with those of its addresses."""
    beside: set[str]
    """Keys of parties that are no targets, and of whom nothing is said that restricts them."""


def read_ftm(path: str) -> ListReading:
    """Read the entities; sanctions are laid on the entity that they name.

    Raises:
        ValueError: the file is something else.
    """
    check_size(path, LARGEST_STREAMED)
    want = "line 1 is not an object with `schema`, `properties`, nor is one behind it"
    rows, unread, faults = 0, 0, []
    read = _Read({}, [], [], {}, [], set())
    latest = ""
    with open_text(path, "utf-8-sig") as file:
        try:
            for line, text in enumerate(file, 1):
                if not text.strip():
                    continue
                rows += 1
                if rows > MOST_ROWS:
                    raise ValueError(f"{path} has more than {MOST_ROWS} lines: split it")
                row = _row(text)
                if row is None:
                    unread += 1
                    if unread == rows > MOST_ABOVE:
                        raise wrong_file(path, WHAT, want)
                    cut = not text.endswith("\n") and text.lstrip().startswith("{")
                    faults.append(f"line {line}: no entity{f': {BREAKS_OFF}' if cut else ''}")
                    continue
                latest = max(latest, str(row.get("last_seen") or row.get("last_change") or "")[:10])
                try:
                    _keep(row, read)
                except MalformedError as error:
                    faults.append(f"line {line}: {error}")
            if 0 < unread == rows:
                raise wrong_file(path, WHAT, want)
        except UnicodeDecodeError as error:
            raise wrong_file(path, WHAT, "it is not UTF-8 text") from error
    name = os.path.basename(path).partition(".")[0].upper() or UNNAMED
    found = {key: entry._replace(list=name) for key, entry in read.entries.items()}
    for targets, properties in read.sanctions:
        for target in targets:
            if target in found:
                found[target] = _sanctioned(found[target], properties)
                read.beside.discard(target)
    for key, places in read.located:
        more = [read.places[each] for each in places if each in read.places]
        entry = found[key]
        found[key] = entry._replace(addresses=tuple(dict.fromkeys((*entry.addresses, *more))))
    return ListReading(
        "ftm", latest, tuple(found.values()), rows, tuple(read.holdings), tuple(faults),
        unlisted=frozenset(read.beside),
    )  # fmt: skip


def _keep(row: Mapping[str, Any], read: _Read) -> None:
    """Sort one entity into what was read.

    Raises:
        MalformedError: it is not what its schema says, or of a schema that is not read.
    """
    schema, properties = row["schema"], row["properties"]
    if not isinstance(schema, str):
        raise MalformedError("`schema` is not text")
    if schema in KINDS:
        entry = _entry(row)
        read.entries[entry.key] = entry
        if row.get("target") is False and not texts_in(properties, "topics"):
            read.beside.add(entry.key)
        if places := texts_in(properties, "addressEntity"):
            read.located.append((entry.key, places))
    elif schema == "Address":
        read.places[str(row["id"])] = next(iter(texts_in(properties, "full")), "")
    elif schema == "Sanction":
        for field in SANCTION:
            texts_in(properties, field)
        kept = {field: properties[field] for field in SANCTION if field in properties}
        read.sanctions.append((texts_in(properties, "entity"), kept))
    elif schema == "Ownership":
        read.holdings.extend(_holdings(properties))
    elif schema not in BESIDE:
        raise MalformedError(f"schema {schema!r}")


def _row(text: str) -> dict[str, Any] | None:
    try:
        row = json.loads(text)
    except json.JSONDecodeError:
        return None
    if not isinstance(row, dict) or "id" not in row or "schema" not in row:
        return None
    return row if isinstance(row.get("properties"), dict) else None


def _entry(row: Mapping[str, Any]) -> ListedEntry:
    properties = row["properties"]
    names = [text for field in NAMES for text in texts_in(properties, field)]
    if not texts_in(properties, "name") or name_fault(names[0]):
        raise MalformedError(f"{row['schema']} without a name")
    return ListedEntry(
        list=UNNAMED,
        key=str(row["id"]),
        names=names_of(names),
        kind=KINDS[row["schema"]],
        countries=tuple(
            dict.fromkeys(
                code.upper() for field in COUNTRIES for code in texts_in(properties, field)
            )
        ),
        addresses=tuple(texts_in(properties, "address")),
        programme="; ".join(texts_in(properties, "topics")),
        source=next(iter(texts_in(properties, "sourceUrl")), ""),
    )


def _sanctioned(entry: ListedEntry, properties: Mapping[str, Any]) -> ListedEntry:
    def first(field: str) -> str:
        return next(iter(texts_in(properties, field)), "")

    return entry._replace(
        programme=first("program") or entry.programme,
        since=first("startDate") or first("listingDate") or entry.since,
        until=first("endDate") or entry.until,
        source=first("sourceUrl") or entry.source,
        note=first("reason") or entry.note,
    )


def _holdings(properties: Mapping[str, Any]) -> list[ListedHolding]:
    share = next(iter(texts_in(properties, "percentage")), "unknown").rstrip("%")
    since = next(iter(texts_in(properties, "startDate")), "")
    until = next(iter(texts_in(properties, "endDate")), "")
    return [
        ListedHolding(owner, asset, share, since, until, "ownership")
        for owner in texts_in(properties, "owner")
        for asset in texts_in(properties, "asset")
    ]
