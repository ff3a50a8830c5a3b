"""GLEIF's golden copies: names of legal entities, and which is consolidated by which.

Consolidation is control by accounting rules; the share is only sometimes stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from detente.parties.lists.model import ListedEntry, ListedHolding, ListReading, Name
from detente.parties.lists.readers.common import (
    MOST_ROWS,
    MalformedError,
    RowFaults,
    name_fault,
    notes_on_count,
    written_out,
)
from detente.parties.lists.readers.printed_names import names_of
from detente.parties.lists.readers.rows import rows_of
from detente.parties.lists.readers.xml_records import records, text_of, texts_of, with_lines

WHAT = "GLEIF level 2 relationship file"
START, END = "Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID"
KIND, STATUS = "Relationship.RelationshipType", "Relationship.RelationshipStatus"
SHARES = (
    "Relationship.Quantifiers.1.QuantifierAmount",
    "Relationship.RelationshipQuantifiers.1.QuantifierAmount",
)
"""Columns of a share: the one of golden copies, and as XML calls it."""
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
ADDRESSES = ("LegalAddress", "HeadquartersAddress")
PARTS_OF_ADDRESS = (
    "FirstAddressLine", *(f"AdditionalAddressLine.{at}" for at in range(1, 4)), "City", "Region",
    "PostalCode", "Country",
)  # fmt: skip
"""Columns of an address; in XML the lines between have one name."""
LEI = 20
"""Characters of an identifier of a legal entity."""
UPDATED = "Registration.LastUpdateDate"
HEADER, LEI_HEADER = "Header", "LEIHeader"
"""What a golden copy in XML says of itself, its day among it."""
RECORD_COUNT = "RecordCount"


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
                next(filter(None, map(row.get, SHARES)), "unknown"),
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
    day, stated, count, wanted = "", "", 0, {HEADER, "RelationshipRecord"}
    for number, (tag, record) in enumerate(records(path, WHAT, wanted), 1):
        if tag == HEADER:
            day, stated = _content_day(record), text_of(record, RECORD_COUNT)
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
    notes = notes_on_count(stated, count)
    return ListReading("gleif-xml", day, entries, count, tuple(holdings), lost, notes)


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
    """Read level 1: the names of legal entities, their addresses, and the country of the legal one.

    Raises:
        ValueError: the file is something else.
    """
    faults = RowFaults()
    entries, latest = [], ""
    columns = {"LEI", "Entity.LegalName"}
    for line, row in rows_of(path, "GLEIF level 1 file", columns, faults, encoding=encoding):
        names = [row["Entity.LegalName"], *(row.get(column, "") for column in OTHER_NAMES)]
        parts = [
            [row.get(f"Entity.{kind}.{part}", "") for part in PARTS_OF_ADDRESS]
            for kind in ADDRESSES
        ]
        try:
            entries.append(_legal_entity(row["LEI"], names, parts, row.get(REGISTRATION) or ""))
        except MalformedError as error:
            faults.append(f"line {line}: {error}")
            continue
        latest = max(latest, (row.get(UPDATED) or "")[:10])
    count = len(entries) + len(faults)
    return ListReading("lei", latest, tuple(entries), count, (), tuple(faults), faults.notes())


def _legal_entity(
    number: str, names: Sequence[str], addresses: Sequence[Sequence[str]], registered: str
) -> ListedEntry:
    """A legal entity.

    Args:
        number: its identifier.
        names: its names, the legal one first.
        addresses: the parts of its addresses, a country last, the legal one first.
        registered: status of its registration.

    Raises:
        MalformedError: it has no such number or no name, or was taken back.
    """
    if len(number) != LEI or name_fault(names[0]):
        raise MalformedError("no LEI or no name")
    if registered in TAKEN_BACK:
        raise MalformedError(f"registration {registered}")
    country = addresses[0][-1]
    # A country alone is no address.
    lines = filter(None, map(written_out, addresses))
    return ListedEntry(
        "LEI",
        number,
        names_of(names),
        "entity",
        (country,) if country else (),
        addresses=tuple(dict.fromkeys(lines)),
    )


def read_lei_xml(path: str) -> ListReading:
    """Read level 1 from the XML form, one record at a time.

    Raises:
        ValueError: the file is something else, no XML, or has a document type.
    """
    entries: list[ListedEntry] = []
    faults: list[tuple[int, str]] = []
    day, stated, count, wanted = "", "", 0, {LEI_HEADER, "LEIRecord"}
    for at, (tag, record) in enumerate(records(path, "GLEIF level 1 file", wanted), 1):
        if tag == LEI_HEADER:
            day, stated = _content_day(record), text_of(record, RECORD_COUNT)
            continue
        count += 1
        number = text_of(record, "LEI")
        also = [
            text
            for kind in ("", "Transliterated")
            for text in texts_of(record, f"Entity/{kind}OtherEntityNames/{kind}OtherEntityName")
        ]
        names = [text_of(record, "Entity/LegalName"), *also]
        parts = [_address_parts(record, f"Entity/{kind}") for kind in ADDRESSES]
        registered = text_of(record, REGISTRATION.replace(".", "/"))
        try:
            entries.append(_legal_entity(number, names, parts, registered))
        except MalformedError as error:
            faults.append((at, f" ({number}): {error}"))
    lost = with_lines(path, wanted, faults)
    notes = notes_on_count(stated, count)
    return ListReading("lei-xml", day, tuple(entries), count, (), lost, notes)


def _address_parts(record: Element, path: str) -> list[str]:
    names = dict.fromkeys(part.partition(".")[0] for part in PARTS_OF_ADDRESS)
    parts = (texts_of(record, f"{path}/{name}") for name in names)
    return [text for texts in parts for text in texts or [""]]
