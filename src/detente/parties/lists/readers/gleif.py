"""GLEIF's golden copies: names of legal entities, and which is consolidated by which.

Consolidation is control by accounting rules; the share is only sometimes stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.parties.lists.model import ALSO, ListedEntry, ListedHolding, ListReading, Name
from detente.parties.lists.readers.common import (
    MOST_ROWS,
    name_fault,
)
from detente.parties.lists.readers.rows import rows_of
from detente.parties.lists.readers.xml_records import records, text_of, texts_of

WHAT = "GLEIF level 2 relationship file"
START, END = "Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID"
KIND, STATUS = "Relationship.RelationshipType", "Relationship.RelationshipStatus"
SHARE = "Relationship.RelationshipQuantifiers.1.QuantifierAmount"
SHARE_IN_XML = "Relationship/RelationshipQuantifiers/RelationshipQuantifier/QuantifierAmount"
PERIOD = "Relationship.Period.{}.{}"
PERIODS = range(1, 6)
OF_RELATION = "RELATIONSHIP_PERIOD"
"""The period in which a relationship holds; the others are of accounts and documents."""
LEI = 20
"""Characters of an identifier of a legal entity."""
UPDATED = "Registration.LastUpdateDate"


def read_gleif(path: str) -> ListReading:
    """Read the relationships; the parties have no names here, only their LEI.

    Raises:
        ValueError: the file is something else.
    """
    faults: list[str] = []
    return _read(rows_of(path, WHAT, {START, END, KIND}, faults), faults, path)


def period_of(row: Mapping[str, str]) -> tuple[str, str]:
    """First and last day of the relationship; a file without types of periods has one period."""
    typed = any(row.get(PERIOD.format(at, "periodType")) for at in PERIODS)
    for at in PERIODS:
        if not typed or row.get(PERIOD.format(at, "periodType")) == OF_RELATION:
            since, until = (row.get(PERIOD.format(at, end)) for end in ("startDate", "endDate"))
            return (since or "")[:10], (until or "")[:10]
    return "", ""


def _read(
    rows: Iterator[tuple[int, Mapping[str, str]]], faults: list[str], path: str
) -> ListReading:
    holdings, count, latest = [], 0, ""
    parties: dict[str, None] = {}
    for line, row in rows:
        count += 1
        if count > MOST_ROWS:
            raise ValueError(f"{path} has more than {MOST_ROWS} rows: split it")
        child, parent = row[START], row[END]
        if len(child) != LEI or len(parent) != LEI:
            faults.append(f"line {line}: {child!r} or {parent!r} is not an LEI")
            continue
        if (row.get(STATUS) or "ACTIVE") not in ("ACTIVE", "INACTIVE"):
            faults.append(f"line {line}: status {row[STATUS]!r}")
            continue
        if row.get(STATUS) == "INACTIVE" and not period_of(row)[1]:
            faults.append(f"line {line}: status INACTIVE, and not since when")
            continue
        parties[child] = parties[parent] = None
        latest = max(latest, (row.get(UPDATED) or "")[:10])
        holdings.append(
            ListedHolding(
                parent,
                child,
                row.get(SHARE) or "unknown",
                *period_of(row),
                row[KIND],
            )
        )
    entries = tuple(ListedEntry("GLEIF", lei, (Name(lei),), "entity") for lei in parties)
    return ListReading("gleif", latest, entries, count, tuple(holdings), tuple(faults))


def read_gleif_xml(path: str) -> ListReading:
    """Read the relationships from the XML form, one record at a time.

    Raises:
        ValueError: the file is something else, no XML, or has a document type.
    """
    holdings, faults, count = [], [], 0
    parties: dict[str, None] = {}
    for _, record in records(path, WHAT, {"RelationshipRecord"}):
        count += 1
        child, parent = (
            text_of(record, f"Relationship/{end}Node/NodeID") for end in ("Start", "End")
        )
        if len(child) != LEI or len(parent) != LEI:
            faults.append(f"record {count}: {child!r} or {parent!r} is not an LEI")
            continue
        since = until = ""
        for period in record.iterfind("Relationship/RelationshipPeriods/RelationshipPeriod"):
            if text_of(period, "PeriodType") == OF_RELATION:
                since, until = (text_of(period, f"{end}Date")[:10] for end in ("Start", "End"))
        if text_of(record, "Relationship/RelationshipStatus") == "INACTIVE" and not until:
            faults.append(f"record {count}: status INACTIVE, and not since when")
            continue
        parties[child] = parties[parent] = None
        kind = text_of(record, "Relationship/RelationshipType")
        share = text_of(record, SHARE_IN_XML) or "unknown"
        holdings.append(ListedHolding(parent, child, share, since, until, kind))
    entries = tuple(ListedEntry("GLEIF", lei, (Name(lei),), "entity") for lei in parties)
    return ListReading("gleif-xml", "", entries, count, tuple(holdings), tuple(faults))


def read_lei(path: str, encoding: str | None = None) -> ListReading:
    """Read level 1: the names of legal entities, with the country of their legal address.

    Raises:
        ValueError: the file is something else.
    """
    faults: list[str] = []
    entries = []
    columns = {"LEI", "Entity.LegalName"}
    for line, row in rows_of(path, "GLEIF level 1 file", columns, faults, encoding=encoding):
        if len(row["LEI"]) != LEI or name_fault(row["Entity.LegalName"]):
            faults.append(f"line {line}: no LEI or no name")
            continue
        place = row.get("Entity.LegalAddress.Country", "")
        names = [Name(row["Entity.LegalName"])]
        names += [
            Name(row[f"Entity.OtherEntityNames.OtherEntityName.{at}"], ALSO)
            for at in PERIODS
            if row.get(f"Entity.OtherEntityNames.OtherEntityName.{at}")
        ]
        entries.append(
            ListedEntry("LEI", row["LEI"], tuple(names), "entity", (place,) if place else ())
        )
    return ListReading("lei", "", tuple(entries), len(entries) + len(faults), (), tuple(faults))


def read_lei_xml(path: str) -> ListReading:
    """Read level 1 from the XML form, one record at a time.

    Raises:
        ValueError: the file is something else, no XML, or has a document type.
    """
    entries, faults, count = [], [], 0
    for _, record in records(path, "GLEIF level 1 file", {"LEIRecord"}):
        count += 1
        number, name = text_of(record, "LEI"), text_of(record, "Entity/LegalName")
        if len(number) != LEI or name_fault(name):
            faults.append(f"record {count} ({number}): no LEI or no name")
            continue
        also = texts_of(record, "Entity/OtherEntityNames/OtherEntityName")
        place = text_of(record, "Entity/LegalAddress/Country")
        names = (Name(name), *(Name(each, ALSO) for each in also))
        entries.append(ListedEntry("LEI", number, names, "entity", (place,) if place else ()))
    return ListReading("lei-xml", "", tuple(entries), count, (), tuple(faults))
