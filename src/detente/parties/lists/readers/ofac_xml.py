"""OFAC's lists as XML: `SDN.XML`, `CONSOLIDATED.XML`, and the advanced form of either.

Whether a file is the SDN list or the others it says itself in the advanced form alone; of the plain
form the file name decides, as of the CSV files, so that the one never overwrites the other.
"""

from __future__ import annotations

import os
from xml.etree.ElementTree import Element

from detente.parties.lists.model import ListedEntry, ListReading
from detente.parties.lists.readers.common import (
    MalformedError,
    iso_day,
    kind_of,
    name_fault,
    place_of,
    wrong_file,
)
from detente.parties.lists.readers.ofac import NON_SDN, SDN
from detente.parties.lists.readers.printed_names import names_of
from detente.parties.lists.readers.xml_records import records, text_of, texts_of, with_lines

WHAT = "list of OFAC in XML"
SUBTYPES = {"1": "vessel", "2": "aircraft", "3": "entity", "4": "individual"}
"""Kinds of party by ``PartySubTypeID`` of the advanced form."""


def read_ofac_xml(path: str) -> ListReading:
    """Read either form, one party at a time.

    Raises:
        ValueError: the file is something else, no XML, or has a document type.
    """
    stem = os.path.basename(path).lower()
    code = NON_SDN if "cons" in stem or "non" in stem else SDN
    entries: list[ListedEntry] = []
    faults: list[tuple[int, str]] = []
    day, rows = "", 0
    advanced = _Advanced(code)
    wanted = {
        "publshInformation", "sdnEntry", "DateOfIssue", "ReferenceValueSets", "DistinctParty",
        "SanctionsEntry",
    }  # fmt: skip
    for record, (tag, element) in enumerate(records(path, WHAT, wanted), 1):
        try:
            if tag == "publshInformation":
                day = iso_day(text_of(element, "Publish_Date"), "%m/%d/%Y")
            elif tag == "DateOfIssue":
                day = _day(element)
            elif tag == "ReferenceValueSets":
                advanced.know(element)
            elif tag == "SanctionsEntry":
                advanced.sanction(element)
            else:
                rows += 1
                if tag == "sdnEntry":
                    entries.append(_entry(element, code))
                else:
                    advanced.party(element)
        except MalformedError as error:
            number = element.get("FixedRef") or text_of(element, "uid")
            faults.append((record, f" ({number}): {error}"))
    entries += advanced.entries()
    if not rows:
        raise wrong_file(path, WHAT, "it has neither `sdnEntry` nor `DistinctParty`")
    return ListReading("ofac-xml", day, tuple(entries), rows, (), with_lines(path, wanted, faults))


def _entry(element: Element, code: str) -> ListedEntry:
    """A party of the plain form."""
    names = [_joined(element), *(_joined(each) for each in element.iterfind("akaList/aka"))]
    if fault := name_fault(names[0]):
        raise MalformedError(fault)
    places = texts_of(element, "addressList/address/country")
    return ListedEntry(
        list=code,
        key=text_of(element, "uid"),
        names=names_of(names),
        kind=kind_of(text_of(element, "sdnType")),
        countries=tuple(dict.fromkeys(map(place_of, places))),
        programme="; ".join(texts_of(element, "programList/program")),
        note=text_of(element, "remarks"),
        addresses=tuple(_address(each) for each in element.iterfind("addressList/address")),
    )


def _joined(element: Element) -> str:
    last, first = text_of(element, "lastName"), text_of(element, "firstName")
    return f"{last}, {first}" if last and first else last or first


def _address(element: Element) -> str:
    parts = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
    return ", ".join(filter(None, (text_of(element, part) for part in parts)))


def _day(element: Element) -> str:
    found = [text_of(element, part) for part in ("Year", "Month", "Day")]
    return "-".join(part.zfill(2) for part in found) if all(found) else ""


class _Advanced:
    """The advanced form: parties, lists and sanctions stand apart and name each other by number."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._lists: dict[str, str] = {}
        self._parties: dict[str, tuple[list[str], str]] = {}
        self._entries: dict[str, ListedEntry] = {}

    def know(self, element: Element) -> None:
        """Take the names of lists."""
        for each in element.iterfind("ListValues/List"):
            text = (each.text or "").strip()
            self._lists[each.get("ID", "")] = SDN if text.upper().startswith("SDN") else NON_SDN

    def party(self, element: Element) -> None:
        """Keep the names of a party until its sanction comes."""
        profile = element.find("Profile")
        if profile is None:
            raise MalformedError("a party without `Profile`")
        names: list[str] = []
        for alias in profile.iterfind("Identity/Alias"):
            own = [
                ", ".join(texts_of(documented, "DocumentedNamePart/NamePartValue")[:2])
                for documented in alias.iterfind("DocumentedName")
            ]
            names = own + names if alias.get("Primary") == "true" else names + own
        if not names or name_fault(names[0]):
            raise MalformedError("a party without a name")
        kind = SUBTYPES.get(profile.get("PartySubTypeID", ""), "")
        self._parties[profile.get("ID", "")] = names, kind

    def sanction(self, element: Element) -> None:
        """Make the entry of a sanction."""
        key = element.get("ProfileID", "")
        if key not in self._parties:
            raise MalformedError(f"a sanction of a party {key} that is not in the file")
        names, kind = self._parties[key]
        event = element.find("EntryEvent/Date")
        measures = texts_of(element, "SanctionsMeasure/Comment")
        code = self._lists.get(element.get("ListID", ""), self._code)
        since = _day(event) if event is not None else ""
        self._entries[key] = ListedEntry(
            code, key, names_of(names), kind, programme="; ".join(measures), since=since
        )

    def entries(self) -> list[ListedEntry]:
        """The entries; a party whose sanction the file does not hold is one all the same."""
        for key, (names, kind) in self._parties.items():
            self._entries.setdefault(key, ListedEntry(self._code, key, names_of(names), kind))
        return list(self._entries.values())
