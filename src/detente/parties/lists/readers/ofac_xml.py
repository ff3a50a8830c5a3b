"""OFAC's lists as XML: `SDN.XML`, `CONSOLIDATED.XML`, and the advanced form of either.

Whether a file is the SDN list or the others it says itself in the advanced form alone; of the plain
form the file name decides, as of the CSV files, so that the one never overwrites the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from detente._shapes import NamedTuple
from detente.parties.lists.model import ListedEntry, ListReading
from detente.parties.lists.readers.common import (
    MalformedError,
    countries_named,
    iso_day,
    kind_of,
    name_fault,
    notes_on_count,
    unlike,
    written_out,
    wrong_file,
)
from detente.parties.lists.readers.ofac import NON_SDN, SDN, list_named, unnamed
from detente.parties.lists.readers.printed_names import names_of
from detente.parties.lists.readers.xml_records import (
    places_of,
    records,
    text_of,
    texts_of,
    with_lines,
)
from detente.parties.names.names import is_han

WHAT = "list of OFAC in XML"
SUBTYPES = {"1": "vessel", "2": "aircraft", "3": "entity", "4": "individual"}
"""Kinds of party by ``PartySubTypeID`` of the advanced form."""
COUNTRIES = (
    "addressList/address/country", "nationalityList/nationality/country",
    "citizenshipList/citizenship/country",
)  # fmt: skip
"""Where the plain form has countries of a party."""
LOCATED = "25"
"""``FeatureTypeID`` of where a party is, where the advanced form does not name its own."""
OF_A_PERSON = ("nationality country", "citizenship country")
"""Features of the advanced form that say of which country somebody is."""
FAMILY = ("last name", "maiden name", "matronymic")
"""Parts of a name of the advanced form that stand before the comma, in their order."""
GIVEN = ("first name", "middle name", "patronymic", "nickname")
"""Those that stand behind it; all others, such as of a company or a ship, are the whole name."""
CHINESE = "Chinese"
"""How the scripts begin in which no sign stands between the parts of a name."""
ADDRESS_PARTS = (
    "ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "REGION", "POSTAL CODE",
)  # fmt: skip
"""Parts of an address of the advanced form, in the order in which they are written."""


def read_ofac_xml(path: str) -> ListReading:
    """Read either form, one party at a time.

    Raises:
        ValueError: the file is something else, no XML, or has a document type.
    """
    code = list_named(os.path.basename(path))
    entries: list[ListedEntry] = []
    numbers: list[int] = []
    faults: list[tuple[int, str]] = []
    day, stated, rows = "", "", 0
    advanced = _Advanced(code)
    wanted = {
        "publshInformation", "sdnEntry", "DateOfIssue", "ReferenceValueSets", "Location",
        "DistinctParty", "SanctionsEntry",
    }  # fmt: skip
    for record, (tag, element) in enumerate(records(path, WHAT, wanted), 1):
        try:
            if tag == "publshInformation":
                stated = text_of(element, "Record_Count")
                day = iso_day(text_of(element, "Publish_Date"), "%m/%d/%Y")
            elif tag == "DateOfIssue":
                day = _day(element)
            elif tag == "ReferenceValueSets":
                advanced.know(element)
            elif tag == "Location":
                advanced.place(element)
            elif tag == "SanctionsEntry":
                advanced.sanction(element, record)
            else:
                rows += 1
                if tag == "sdnEntry":
                    entries.append(_entry(element, code))
                    numbers.append(record)
                else:
                    advanced.party(element, record)
        except MalformedError as error:
            number = element.get("FixedRef") or text_of(element, "uid")
            faults.append((record, f" ({number}): {error}"))
    for entry, record in advanced.entries():
        entries.append(entry)
        numbers.append(record)
    if not rows:
        raise wrong_file(path, WHAT, "it has neither `sdnEntry` nor `DistinctParty`")
    if not all(entry.list for entry in entries):
        raise unnamed(path, "xml")
    lost, places = with_lines(path, wanted, faults), places_of(path, wanted, entries, numbers)
    notes = notes_on_count(stated, rows)
    return ListReading("ofac-xml", day, tuple(unlike(entries)), rows, (), lost, notes, places)


def _entry(element: Element, code: str) -> ListedEntry:
    """A party of the plain form."""
    names = [_joined(element), *(_joined(each) for each in element.iterfind("akaList/aka"))]
    if fault := name_fault(names[0]):
        raise MalformedError(fault)
    places = [text for path in COUNTRIES for text in texts_of(element, path)]
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
    """A party of the advanced form.

    ``places`` are numbers of where it is, ``nationalities`` of places in its own countries.
    """

    names: list[str]
    kind: str
    places: list[str]
    nationalities: list[str]
    record: int


class _Sanction(NamedTuple):
    """What an entry of sanctions says of a party, and which record it is."""

    programmes: list[str]
    day: str
    record: int


class _Advanced:
    """The advanced form: parties, places, lists and sanctions name each other by number."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._lists: dict[str, str] = {}
        self._countries: dict[str, str] = {}
        self._country_of_area: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        self._located = {LOCATED}
        self._nationalities: set[str] = set()
        self._places: dict[str, tuple[str, str]] = {}
        self._parties: dict[str, _AdvancedParty] = {}
        self._name_parts: dict[str, str] = {}
        self._scripts: dict[str, str] = {}
        self._sanctions: dict[str, dict[str, list[_Sanction]]] = {}

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
        for each in element.iterfind("NamePartTypeValues/NamePartType"):
            self._name_parts[each.get("ID", "")] = (each.text or "").strip().lower()
        for each in element.iterfind("ScriptValues/Script"):
            self._scripts[each.get("ID", "")] = (each.text or "").strip()
        types = element.findall("FeatureTypeValues/FeatureType")
        if types:
            self._located = {
                each.get("ID", "") for each in types if (each.text or "").strip() == "Location"
            }
            self._nationalities = {
                each.get("ID", "")
                for each in types
                if (each.text or "").strip().lower() in OF_A_PERSON
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

    def party(self, element: Element, record: int) -> None:
        """Keep a party until its sanctions come."""
        profile = element.find("Profile")
        if profile is None:
            raise MalformedError("a party without `Profile`")
        kind = SUBTYPES.get(profile.get("PartySubTypeID", ""), "")
        names: list[str] = []
        for identity in profile.iterfind("Identity"):
            for alias in identity.iterfind("Alias"):
                own = self._names_in(identity, alias, kind)
                names = own + names if alias.get("Primary") == "true" else names + own
        if not names or name_fault(names[0]):
            raise MalformedError("a party without a name")
        places, nationalities = (
            [
                each.get("LocationID", "")
                for feature in profile.iterfind("Feature")
                if feature.get("FeatureTypeID") in types
                for each in feature.iterfind("FeatureVersion/VersionLocation")
            ]
            for types in (self._located, self._nationalities)
        )
        self._parties[profile.get("ID", "")] = _AdvancedParty(
            names, kind, places, nationalities, record
        )

    def _names_in(self, identity: Element, alias: Element, kind: str) -> list[str]:
        """The names of an alias; groups of the identity say which part of a name is which."""
        part_of = {
            each.get("ID", ""): self._name_parts.get(each.get("NamePartTypeID", ""), "")
            for each in identity.iterfind("NamePartGroups/MasterNamePartGroup/NamePartGroup")
        }
        names = []
        for documented in alias.iterfind("DocumentedName"):
            parts: list[tuple[str, str]] = []
            scripts = set()
            for value in documented.iterfind("DocumentedNamePart/NamePartValue"):
                if text := " ".join((value.text or "").split()):
                    parts.append((part_of.get(value.get("NamePartGroupID", ""), ""), text))
                    scripts.add(self._scripts.get(value.get("ScriptID", ""), ""))
            chinese = any(each.startswith(CHINESE) for each in scripts)
            names.append(written_name(parts, kind == "individual", chinese))
        return names

    def sanction(self, element: Element, record: int) -> None:
        """Keep the list, the programmes and the day of a sanction."""
        key = element.get("ProfileID", "")
        if key not in self._parties:
            raise MalformedError(f"a sanction of a party {key} that is not in the file")
        event = element.find("EntryEvent/Date")
        made = _Sanction(
            texts_of(element, "SanctionsMeasure/Comment"),
            _day(event) if event is not None else "",
            record,
        )
        code = self._lists.get(element.get("ListID", ""), self._code)
        self._sanctions.setdefault(key, {}).setdefault(code, []).append(made)

    def entries(self) -> Iterator[tuple[ListedEntry, int]]:
        """The entries, one of each list that a party is on, and the record that says the day.

        A party whose sanctions the file does not hold is one all the same, of the file's own list.
        """
        lists = set(self._lists.values())
        own = self._code or (lists.pop() if len(lists) == 1 else "")
        for key, party in self._parties.items():
            places = [self._places[each] for each in party.places if each in self._places]
            countries = [country for country, _ in places]
            countries += [self._places.get(each, ("", ""))[0] for each in party.nationalities]
            entry = ListedEntry(
                own,
                key,
                names_of(party.names),
                party.kind,
                countries=countries_named(filter(None, countries)),
                addresses=tuple(dict.fromkeys(address for _, address in places if address)),
            )
            for code, sanctions in self._sanctions.get(key, {own: []}).items():
                programmes = (text for each in sanctions for text in each.programmes)
                first = min(sanctions, key=lambda each: each.day or "~", default=None)
                yield (
                    entry._replace(
                        list=code,
                        programme="; ".join(dict.fromkeys(programmes)),
                        since="" if first is None else first.day,
                    ),
                    party.record if first is None else first.record,
                )


def written_name(parts: Sequence[tuple[str, str]], person: bool, chinese: bool) -> str:
    """A name of the advanced form as the plain one writes it.

    Args:
        parts: what each part is, "" where the file does not say, and its text, in any order.
        person: whether it is the name of a person.
        chinese: whether it is written in Chinese characters, where no sign stands between.
    """
    rank = {part: at for at, part in enumerate((*FAMILY, *GIVEN))}
    told = [(what, text) for what, text in parts if what in rank]
    told.sort(key=lambda each: rank[each[0]])
    family = [text for what, text in told if what in FAMILY]
    given = [text for what, text in told if what in GIVEN]
    others = [text for what, text in parts if what not in rank]
    if person and not told:
        # Parts that nothing tells apart begin with the family name.
        family, given, others = others[:1], others[1:], []
    if chinese or any(is_han(text[0]) for _, text in parts):
        return "".join((*family, *given, *others))
    first = " ".join(family)
    rest = " ".join((*given, *others))
    return f"{first}, {rest}" if first and rest else first or rest
