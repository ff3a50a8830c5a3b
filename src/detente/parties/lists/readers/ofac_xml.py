"""OFAC's lists as XML: `SDN.XML`, `CONSOLIDATED.XML`, and the advanced form of either.

Whether a file is the SDN list or the others it says itself in the advanced form alone; of the plain
form the file name decides, as of the CSV files, so that the one never overwrites the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from detente._shapes import NamedTuple
from detente.parties.lists.model import ListedEntry, ListReading
from detente.parties.lists.readers.common import (
    MalformedError,
    countries_named,
    iso_day,
    kind_of,
    name_fault,
    written_out,
    wrong_file,
)
from detente.parties.lists.readers.ofac import NON_SDN, SDN
from detente.parties.lists.readers.printed_names import names_of
from detente.parties.lists.readers.xml_records import records, text_of, texts_of, with_lines

WHAT = "list of OFAC in XML"
SUBTYPES = {"1": "vessel", "2": "aircraft", "3": "entity", "4": "individual"}
"""Kinds of party by ``PartySubTypeID`` of the advanced form."""
LOCATED = "25"
"""``FeatureTypeID`` of where a party is, where the advanced form does not name its own."""
ADDRESS_PARTS = (
    "ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "REGION", "POSTAL CODE",
)  # fmt: skip
"""Parts of an address of the advanced form, in the order in which they are written."""


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
        "publshInformation", "sdnEntry", "DateOfIssue", "ReferenceValueSets", "Location",
        "DistinctParty", "SanctionsEntry",
    }  # fmt: skip
    for record, (tag, element) in enumerate(records(path, WHAT, wanted), 1):
        try:
            if tag == "publshInformation":
                day = iso_day(text_of(element, "Publish_Date"), "%m/%d/%Y")
            elif tag == "DateOfIssue":
                day = _day(element)
            elif tag == "ReferenceValueSets":
                advanced.know(element)
            elif tag == "Location":
                advanced.place(element)
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
    entries.extend(advanced.entries())
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
        countries=countries_named(places),
        programme="; ".join(texts_of(element, "programList/program")),
        note=text_of(element, "remarks"),
        addresses=tuple(filter(None, map(_address, element.iterfind("addressList/address")))),
    )


def _joined(element: Element) -> str:
    last, first = text_of(element, "lastName"), text_of(element, "firstName")
    return f"{last}, {first}" if last and first else last or first


def _address(element: Element) -> str:
    parts = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
    return written_out(text_of(element, part) for part in parts)


def _day(element: Element) -> str:
    found = [text_of(element, part) for part in ("Year", "Month", "Day")]
    return "-".join(part.zfill(2) for part in found) if all(found) else ""


class _AdvancedParty(NamedTuple):
    """A party of the advanced form; ``places`` are numbers of where it is."""

    names: list[str]
    kind: str
    places: list[str]


class _Advanced:
    """The advanced form: parties, places, lists and sanctions name each other by number."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._lists: dict[str, str] = {}
        self._countries: dict[str, str] = {}
        self._country_of_area: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        self._located = {LOCATED}
        self._places: dict[str, tuple[str, str]] = {}
        self._parties: dict[str, _AdvancedParty] = {}
        self._sanctions: dict[str, tuple[str, str, str]] = {}

    def know(self, element: Element) -> None:
        """Take the names of lists, of countries, of parts of an address, and what a place tells."""
        for each in element.iterfind("ListValues/List"):
            text = (each.text or "").strip()
            self._lists[each.get("ID", "")] = SDN if text.upper().startswith("SDN") else NON_SDN
        for each in element.iterfind("CountryValues/Country"):
            self._countries[each.get("ID", "")] = (each.text or "").strip()
        for each in element.iterfind("AreaCodeValues/AreaCode"):
            self._country_of_area[each.get("ID", "")] = each.get("CountryID", "")
        for each in element.iterfind("LocPartTypeValues/LocPartType"):
            self._parts[each.get("ID", "")] = (each.text or "").strip().upper()
        types = element.findall("FeatureTypeValues/FeatureType")
        if types:
            self._located = {
                each.get("ID", "") for each in types if (each.text or "").strip() == "Location"
            }

    def place(self, element: Element) -> None:
        """Take the country and the address of a place, which parties name by its number."""
        country, area = element.find("LocationCountry"), element.find("LocationAreaCode")
        number = "" if country is None else country.get("CountryID", "")
        if not number and area is not None:
            number = self._country_of_area.get(area.get("AreaCodeID", ""), "")
        named = self._countries.get(number, "")
        parts: dict[str, str] = {}
        for part in element.iterfind("LocationPart"):
            values = sorted(
                part.iterfind("LocationPartValue"), key=lambda each: each.get("Primary") != "true"
            )
            text = next((text for each in values if (text := text_of(each, "Value"))), "")
            parts.setdefault(self._parts.get(part.get("LocPartTypeID", ""), ""), text)
        address = written_out((*(parts.get(each, "") for each in ADDRESS_PARTS), named))
        self._places[element.get("ID", "")] = named, address

    def party(self, element: Element) -> None:
        """Keep a party until its sanction comes."""
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
        places = [
            each.get("LocationID", "")
            for feature in profile.iterfind("Feature")
            if feature.get("FeatureTypeID") in self._located
            for each in feature.iterfind("FeatureVersion/VersionLocation")
        ]
        self._parties[profile.get("ID", "")] = _AdvancedParty(names, kind, places)

    def sanction(self, element: Element) -> None:
        """Keep the list, the programmes and the day of a sanction."""
        key = element.get("ProfileID", "")
        if key not in self._parties:
            raise MalformedError(f"a sanction of a party {key} that is not in the file")
        event = element.find("EntryEvent/Date")
        self._sanctions[key] = (
            self._lists.get(element.get("ListID", ""), self._code),
            "; ".join(texts_of(element, "SanctionsMeasure/Comment")),
            _day(event) if event is not None else "",
        )

    def entries(self) -> Iterator[ListedEntry]:
        """The entries; a party whose sanction the file does not hold is one all the same."""
        for key, party in self._parties.items():
            code, programme, since = self._sanctions.get(key, (self._code, "", ""))
            places = [self._places[each] for each in party.places if each in self._places]
            yield ListedEntry(
                code,
                key,
                names_of(party.names),
                party.kind,
                countries=countries_named(country for country, _ in places if country),
                addresses=tuple(dict.fromkeys(address for _, address in places if address)),
                programme=programme,
                since=since,
            )
