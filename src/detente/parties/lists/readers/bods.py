"""Beneficial ownership statements, BODS 0.4: entities, and who has which interest in whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from detente._shapes import NamedTuple
from detente.parties.lists.model import ListedEntry, ListedHolding, ListReading
from detente.parties.lists.readers.common import (
    LARGEST_STREAMED,
    MalformedError,
    check_size,
    name_fault,
    object_in,
    objects_in,
    text_in,
    texts_in,
    written_out,
    wrong_file,
)
from detente.parties.lists.readers.json_stream import RecordStream
from detente.parties.lists.readers.printed_names import names_of

WHAT = "file of BODS 0.4 statements"

KEYS, MOST_ABOVE = frozenset(("statementId", "statementID", "statementType")), 100
"""What tells a statement of any version, and broken records that may stand above the first."""


def read_bods(path: str) -> ListReading:
    """Read the statements; a person is no entry: who owns what keeps the identifier alone.

    Of several statements on one record the latest counts, and a closed record is left out.

    Raises:
        ValueError: the file is something else, or an older version of the standard.
    """
    check_size(path, LARGEST_STREAMED)
    entries: dict[str, ListedEntry] = {}
    held: dict[str, list[ListedHolding]] = {}
    faults = []
    day, count, dates = "", 0, StatementDates()
    for place, row in statements(path):
        count += 1
        try:
            if isinstance(row, MalformedError):
                raise row
            kind, record = row.get("recordType"), record_of(row)
            day = max(day, text_in(row, "statementDate"))
            if dates.is_older(row):
                continue
            if kind == "entity":
                entries[record] = _entity(row, record)
            elif kind == "relationship":
                held[record] = _holdings(object_in(row, "recordDetails"))
            elif kind == "person":
                person_of(row)
            else:
                raise MalformedError(f"recordType {kind!r}")
            if row.get("recordStatus") == "closed":
                (entries if kind == "entity" else held).pop(record, None)
        except MalformedError as error:
            faults.append(f"{place}: {error}")
    if not count:
        raise wrong_file(path, WHAT, "it holds no statement")
    holdings = tuple(chain.from_iterable(held.values()))
    return ListReading("bods", day, tuple(entries.values()), count, holdings, tuple(faults))


def statements(path: str) -> Iterator[tuple[str, Mapping[str, Any] | MalformedError]]:
    """The statements of a file, an array or one a line, each with its place.

    Raises:
        ValueError: the file is something else, or of an older version of the standard.
    """
    stream = RecordStream(path)
    if not stream.is_here():
        raise wrong_file(path, WHAT, "it is neither a list of objects nor has one a line")
    known, above = False, list[tuple[str, MalformedError]]()
    for number, (line, row) in enumerate(stream, 1):
        place = f"statement {number}, line {line}"
        if not known:
            # What stands above the first statement may be broken; it does not stop the file.
            known = isinstance(row, Mapping) and not KEYS.isdisjoint(row)
            if known or number > MOST_ABOVE:
                _check_first(path, row)
                yield from above
        if isinstance(row, Mapping) and known:
            yield place, row
        else:
            broken = row if isinstance(row, MalformedError) else MalformedError("not an object")
            if known:
                yield place, broken
            else:
                above.append((place, broken))
    if not known and above:
        raise wrong_file(path, WHAT, "none of its records has a `statementId`")


def _check_first(path: str, row: object) -> None:
    """Refuse a file by its first statement.

    Raises:
        ValueError: it is something else, or of an older version of the standard.
    """
    if not isinstance(row, Mapping):
        raise wrong_file(path, WHAT, "it is a list of objects with `statementId`")
    if "statementID" in row or "statementType" in row:
        raise wrong_file(path, WHAT, "its statements are of BODS 0.3 or older: convert them to 0.4")
    if "statementId" not in row or "recordType" not in row:
        raise wrong_file(path, WHAT, "its statements lack `statementId` or `recordType`")


class StatementDates:
    """The days of the latest statements on records, since a file has them in any order."""

    def __init__(self) -> None:
        """Know of no record."""
        self._latest: dict[str, str] = {}

    def is_older(self, row: Mapping[str, Any]) -> bool:
        """Whether a later statement on the same record came before; one without a day is none.

        Of statements of one day the last in the file counts.

        Raises:
            MalformedError: the day is not text.
        """
        before = self._latest.get(record_of(row), "")
        return self.counted_from(row) < before

    def counted_from(self, row: Mapping[str, Any]) -> str:
        """The day of a statement; of one without a day the latest of those before on its record.

        Raises:
            MalformedError: the day is not text.
        """
        record, day = record_of(row), text_in(row, "statementDate")[:10]
        latest = self._latest.get(record, "")
        self._latest[record] = max(latest, day)
        return day or latest


def record_of(row: Mapping[str, Any]) -> str:
    """The record that a statement is about."""
    return text_in(row, "recordId") or text_in(row, "statementId")


def _entity(row: Mapping[str, Any], record: str) -> ListedEntry:
    details = object_in(row, "recordDetails")
    name = text_in(details, "name")
    if name_fault(name):
        raise MalformedError("an entity without a name")
    names = names_of([name, *texts_in(details, "alternateNames")])
    place = text_in(object_in(details, "jurisdiction"), "code")
    lines = map(_address, objects_in(details, "addresses"))
    addresses = tuple(dict.fromkeys(filter(None, lines)))
    countries = (place,) if place else ()
    return ListedEntry("BODS", record, names, "entity", countries, addresses=addresses)


class Person(NamedTuple):
    """The names of a person, that by which they are called first, and codes of nationalities."""

    names: tuple[str, ...]
    nationalities: tuple[str, ...]


def person_of(row: Mapping[str, Any]) -> Person:
    """The names of a person and the codes of their nationalities, as a statement has them.

    Raises:
        MalformedError: one of them is not what its field says.
    """
    details = object_in(row, "recordDetails")
    names = (_person_name(each) for each in objects_in(details, "names"))
    places = (text_in(each, "code") for each in objects_in(details, "nationalities"))
    return Person(
        tuple(dict.fromkeys(name for name in names if not name_fault(name))),
        tuple(dict.fromkeys(filter(None, places))),
    )


def _person_name(row: Mapping[str, Any]) -> str:
    """A name in full; of its parts where it has them alone."""
    parts = ("givenName", "patronymicName", "familyName")
    return text_in(row, "fullName") or " ".join(filter(None, (text_in(row, p) for p in parts)))


def _address(row: Mapping[str, Any]) -> str:
    country = row.get("country")
    # Older versions of the standard have its code alone.
    named = country if isinstance(country, str) else text_in(object_in(row, "country"), "name")
    return written_out((text_in(row, "address"), text_in(row, "postCode"), named))


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
