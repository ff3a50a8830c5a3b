"""GLEIF's golden copies: names of legal entities, and which is consolidated by which.

Consolidation is control by accounting rules; the share is only sometimes stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from detente.parties.lists.model import ListedEntry, ListedHolding, ListReading, Name
from detente.parties.lists.readers.common import (
    MOST_ROWS,
    MalformedError,
    RowFaults,
    name_fault,
)
from detente.parties.lists.readers.printed_names import names_of
from detente.parties.lists.readers.rows import rows_of
from detente.parties.lists.readers.xml_records import records, text_of, texts_of, with_lines

WHAT = "GLEIF level 2 relationship file"
START, END = "Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID"
KIND, STATUS = "Relationship.RelationshipType", "Relationship.RelationshipStatus"
SHARE = "Relationship.RelationshipQuantifiers.1.QuantifierAmount"
SHARE_IN_XML = "Relationship/RelationshipQuantifiers/RelationshipQuantifier/QuantifierAmount"
PERIOD = "Relationship.Period.{}.{}"
PERIODS = range(1, 6)
REGISTRATION = "Registration.RegistrationStatus"
TAKEN_BACK = ("ANNULLED", "DUPLICATE")
"""What GLEIF calls a record that was wrong, or that stands there once more."""
OF_RELATION = "RELATIONSHIP_PERIOD"
"""The period in which a relationship holds; the others are of accounts and documents."""
OTHER_NAMES = tuple(
    f"Entity.{kind}OtherEntityNames.{kind}OtherEntityName.{at}"
    for kind in ("", "Transliterated")
    for at in PERIODS
)
"""Columns of further names, in the letters of the country and in Latin ones."""
LEI = 20
"""Characters of an identifier of a legal entity."""
UPDATED = "Registration.LastUpdateDate"
HEADER, LEI_HEADER = "Header", "LEIHeader"
"""What a golden copy in XML says of itself, its day among it."""


def read_gleif(path: str, encoding: str | None = None) -> ListReading:
    """Read the relationships; the parties have no names here, only their LEI.

    Raises:
        ValueError: the file is something else.
    """
    faults = RowFaults()
    rows = rows_of(path, WHAT, {START, END, KIND}, faults, encoding=encoding)
    reading = _read(rows, faults, path)
    return reading._replace(notes=faults.notes())


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
        try:
            registered = row.get(REGISTRATION) or ""
            _check(child, parent, row.get(STATUS) or "", period_of(row)[1], registered)
        except MalformedError as error:
            faults.append(f"line {line}: {error}")
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
    holdings: list[ListedHolding] = []
    faults: list[tuple[int, str]] = []
    parties: dict[str, None] = {}
    day, count, wanted = "", 0, {HEADER, "RelationshipRecord"}
    for number, (tag, record) in enumerate(records(path, WHAT, wanted), 1):
        if tag == HEADER:
            day = _content_day(record)
            continue
        count += 1
        try:
            held = _relationship(record)
        except MalformedError as error:
            faults.append((number, f": {error}"))
            continue
        parties[held.owned] = parties[held.owner] = None
        holdings.append(held)
    entries = tuple(ListedEntry("GLEIF", lei, (Name(lei),), "entity") for lei in parties)
    lost = with_lines(path, wanted, faults)
    return ListReading("gleif-xml", day, entries, count, tuple(holdings), lost)


def _content_day(header: Element) -> str:
    """The day of a golden copy, from its header."""
    return text_of(header, "ContentDate")[:10]


def _relationship(record: Element) -> ListedHolding:
    child, parent = (text_of(record, f"Relationship/{end}Node/NodeID") for end in ("Start", "End"))
    since = until = ""
    for period in record.iterfind("Relationship/RelationshipPeriods/RelationshipPeriod"):
        if text_of(period, "PeriodType") == OF_RELATION:
            since, until = (text_of(period, f"{end}Date")[:10] for end in ("Start", "End"))
    registered = text_of(record, REGISTRATION.replace(".", "/"))
    _check(child, parent, text_of(record, "Relationship/RelationshipStatus"), until, registered)
    kind = text_of(record, "Relationship/RelationshipType")
    share = text_of(record, SHARE_IN_XML) or "unknown"
    return ListedHolding(parent, child, share, since, until, kind)


def _check(child: str, parent: str, status: str, until: str, registered: str) -> None:
    """Refuse a relationship that cannot be kept.

    Raises:
        MalformedError: an end of it is not an LEI, its status leaves open whether it holds, or it
            was taken back.
    """
    if len(child) != LEI or len(parent) != LEI:
        raise MalformedError(f"{child!r} or {parent!r} is not an LEI")
    if registered in TAKEN_BACK:
        raise MalformedError(f"registration {registered}")
    if (status or "ACTIVE") not in ("ACTIVE", "INACTIVE"):
        raise MalformedError(f"status {status!r}")
    if status == "INACTIVE" and not until:
        raise MalformedError("status INACTIVE, and not since when")


def read_lei(path: str, encoding: str | None = None) -> ListReading:
    """Read level 1: the names of legal entities, with the country of their legal address.

    Raises:
        ValueError: the file is something else.
    """
    faults = RowFaults()
    entries = []
    columns = {"LEI", "Entity.LegalName"}
    for line, row in rows_of(path, "GLEIF level 1 file", columns, faults, encoding=encoding):
        if len(row["LEI"]) != LEI or name_fault(row["Entity.LegalName"]):
            faults.append(f"line {line}: no LEI or no name")
            continue
        place = row.get("Entity.LegalAddress.Country", "")
        others = (row.get(column, "") for column in OTHER_NAMES)
        names = names_of([row["Entity.LegalName"], *others])
        entries.append(ListedEntry("LEI", row["LEI"], names, "entity", (place,) if place else ()))
    count = len(entries) + len(faults)
    return ListReading("lei", "", tuple(entries), count, (), tuple(faults), faults.notes())


def read_lei_xml(path: str) -> ListReading:
    """Read level 1 from the XML form, one record at a time.

    Raises:
        ValueError: the file is something else, no XML, or has a document type.
    """
    entries: list[ListedEntry] = []
    faults: list[tuple[int, str]] = []
    day, count, wanted = "", 0, {LEI_HEADER, "LEIRecord"}
    for at, (tag, record) in enumerate(records(path, "GLEIF level 1 file", wanted), 1):
        if tag == LEI_HEADER:
            day = _content_day(record)
            continue
        count += 1
        number, name = text_of(record, "LEI"), text_of(record, "Entity/LegalName")
        if len(number) != LEI or name_fault(name):
            faults.append((at, f" ({number}): no LEI or no name"))
            continue
        also = [
            text
            for kind in ("", "Transliterated")
            for text in texts_of(record, f"Entity/{kind}OtherEntityNames/{kind}OtherEntityName")
        ]
        place = text_of(record, "Entity/LegalAddress/Country")
        names = names_of([name, *also])
        entries.append(ListedEntry("LEI", number, names, "entity", (place,) if place else ()))
    lost = with_lines(path, wanted, faults)
    return ListReading("lei-xml", day, tuple(entries), count, (), lost)
