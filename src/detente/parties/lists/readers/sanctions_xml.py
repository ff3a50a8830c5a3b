"""The consolidated lists of the United Nations and of the European Union as XML."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from detente.parties.lists.model import ListedEntry, ListReading
from detente.parties.lists.readers.common import (
    MalformedError,
    countries_named,
    kind_of,
    name_fault,
    unlike,
    written_out,
    wrong_file,
)
from detente.parties.lists.readers.european_union import (
    PARTS_OF_ADDRESS,
    Regulation,
    eu_address,
    eu_days,
)
from detente.parties.lists.readers.printed_names import each_of, names_of
from detente.parties.lists.readers.xml_records import (
    places_of,
    records,
    root_of,
    text_of,
    texts_of,
    with_lines,
)

UN, EU = "consolidated list of the United Nations", "consolidated list of the European Union"
UN_LIST, EU_LIST = "UN-SC", "EU-FSF"
UN_ADDRESS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
"""Parts of an address of the United Nations, whose notes say what it is and nothing of it."""
NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def read_un(path: str) -> ListReading:
    """Read the list of the Security Council.

    Raises:
        ValueError: the file is something else, no XML, or has a document type.
    """
    root = root_of(path, UN)
    if root.tag != "CONSOLIDATED_LIST":
        raise wrong_file(path, UN, f"its first element is `{root.tag}`")
    day = root.get("dateGenerated", "")[:10]
    entries: list[ListedEntry] = []
    numbers: list[int] = []
    faults: list[tuple[int, str]] = []
    rows, wanted = 0, {"INDIVIDUAL", "ENTITY"}
    for tag, element in records(path, UN, wanted):
        rows += 1
        try:
            entries.append(_of_un(tag, element))
            numbers.append(rows)
        except MalformedError as error:
            faults.append((rows, f" ({text_of(element, 'REFERENCE_NUMBER')}): {error}"))
    lost, places = with_lines(path, wanted, faults), places_of(path, wanted, entries, numbers)
    return ListReading("un", day, tuple(unlike(entries)), rows, (), lost, places=places)


def _of_un(tag: str, element: Element) -> ListedEntry:
    name = " ".join(filter(None, (text_of(element, part) for part in NAME_PARTS)))
    if fault := name_fault(name):
        raise MalformedError(fault)
    also = texts_of(element, f"{tag}_ALIAS/ALIAS_NAME")
    original = text_of(element, "NAME_ORIGINAL_SCRIPT")
    addresses = [
        written_out(text_of(each, part) for part in UN_ADDRESS) or text_of(each, "NOTE")
        for each in element.iterfind(f"{tag}_ADDRESS")
    ]
    places = [*texts_of(element, "NATIONALITY/VALUE"), *texts_of(element, f"{tag}_ADDRESS/COUNTRY")]
    changes = texts_of(element, "LAST_DAY_UPDATED/VALUE")
    return ListedEntry(
        list=UN_LIST,
        key=text_of(element, "REFERENCE_NUMBER") or text_of(element, "DATAID"),
        names=names_of([name, *each_of([*also, original])]),
        kind="individual" if tag == "INDIVIDUAL" else "entity",
        countries=countries_named(places),
        programme=text_of(element, "UN_LIST_TYPE"),
        since=text_of(element, "LISTED_ON")[:10],
        changes="; ".join(f"update={day[:10]}" for day in changes),
        note=text_of(element, "COMMENTS1"),
        addresses=tuple(filter(None, addresses)),
    )


def read_eu(path: str) -> ListReading:
    """Read the financial sanctions of the Union, form 1.1.

    Raises:
        ValueError: the file is something else, no XML, or has a document type.
    """
    root = root_of(path, EU)
    if root.tag != "export":
        raise wrong_file(path, EU, f"its first element is `{root.tag}`")
    entries: list[ListedEntry] = []
    numbers: list[int] = []
    faults: list[tuple[int, str]] = []
    rows, wanted = 0, {"sanctionEntity"}
    for _, element in records(path, EU, wanted):
        rows += 1
        try:
            entries.append(_of_eu(element))
            numbers.append(rows)
        except MalformedError as error:
            faults.append((rows, f" ({element.get('euReferenceNumber')}): {error}"))
    day = root.get("generationDate", "")[:10]
    lost, places = with_lines(path, wanted, faults), places_of(path, wanted, entries, numbers)
    return ListReading("eu", day, tuple(unlike(entries)), rows, (), lost, places=places)


def _of_eu(element: Element) -> ListedEntry:
    names = [each.get("wholeName", "").strip() for each in element.iterfind("nameAlias")]
    names = [name for name in names if not name_fault(name)]
    if not names:
        raise MalformedError("no name")
    regulation = element.find("regulation")
    described = regulation if regulation is not None else Element("regulation")
    days = eu_days(
        element.get("designationDate", ""),
        _regulation(described),
        map(_regulation, element.iterfind(".//regulationSummary")),
    )
    kind = element.find("subjectType")
    found = list(element.iterfind("address"))
    parts = [part[0].lower() + part[1:] for part in PARTS_OF_ADDRESS]
    addresses = [eu_address(*(each.get(part, "").strip() for part in parts)) for each in found]
    places = [each.get("countryIso2Code", "") for each in found]
    places += [each.get("countryIso2Code", "") for each in element.iterfind("citizenship")]
    return ListedEntry(
        list=EU_LIST,
        key=element.get("euReferenceNumber", "") or element.get("logicalId", ""),
        names=names_of(names),
        kind=kind_of(kind.get("code", "")) if kind is not None else "",
        # The Union writes `00` for a country that is not known.
        countries=tuple(dict.fromkeys(place for place in places if place not in ("", "00"))),
        programme=described.get("programme", ""),
        citation=described.get("numberTitle", ""),
        source=text_of(described, "publicationUrl"),
        since=days.since,
        changes=days.changes,
        note=days.behind(text_of(element, "remark")),
        addresses=tuple(filter(None, addresses)),
    )


def _regulation(element: Element) -> Regulation:
    parts = ("numberTitle", "entryIntoForceDate", "publicationDate", "regulationType")
    return Regulation(*(element.get(part, "").strip() for part in parts))
