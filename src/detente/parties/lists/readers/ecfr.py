"""The Entity List and the Military End-User List in the text of the law, as the eCFR has it by day.

They are Supplements No. 4 and No. 7 to part 744 of title 15: a table whose rows have a country, a
cell with a party, its other names and addresses, the licence requirement, the review policy and the
notices of the Federal Register, each with its day. A country is printed once, before the first of
its rows. The file does not say of which day it is, unless its name does.

Read with pages made up after what others wrote of the format; no whole copy could be had.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from detente._shapes import NamedTuple
from detente.parties.lists.listed_days import perhaps_since
from detente.parties.lists.model import ListedEntry, ListReading
from detente.parties.lists.policy import normal_policy, normal_requirement
from detente.parties.lists.readers.common import (
    MalformedError,
    day_if_any,
    name_fault,
    place_of,
    unlike,
    wrong_file,
)
from detente.parties.lists.readers.entity_cell import (
    AFFILIATE,
    EntityCell,
    countries_in,
    read_cell,
)
from detente.parties.lists.readers.printed_names import names_of
from detente.parties.lists.readers.xml_records import records, with_lines

WHAT = "text of part 744 from the eCFR"
LISTS = {"4": "EL", "7": "MEU"}
"""The list that each supplement is."""

SOURCE = "https://www.ecfr.gov/current/title-15/part-744/appendix-Supplement No. {} to Part 744"
RECORDS = frozenset({"HEAD", "TR", "XREF"})

LONGEST_CELL = 20_000
"""Characters of the longest cell that is read; more is a damaged row."""

_SUPPLEMENT = re.compile(r"supplement no\.? (\d+) to part 744", re.I)
_CITED = re.compile(
    r"(\d+) FR (\d+(?:,\d{3}\b)?)[,.;]?\s*\(?(?:(\d{1,2}/\d{1,2}/(?:\d{4}|\d\d))|"
    r"([A-Z][a-z]+\.? \d{1,2}, \d{4}))?"
)
_DAY_FORMS = ("%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%b %d, %Y", "%b. %d, %Y")
_IN_FILE_NAME = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")
_COLUMNS = {
    "country": re.compile("country|destination", re.I),
    "entity": re.compile("entit", re.I),
    "requirement": re.compile("requirement", re.I),
    "policy": re.compile("policy", re.I),
    "citation": re.compile("citation|federal register", re.I),
}
_LINK = re.compile(r"^link to an? (?:\w+ )?published (?:at|in) ", re.I)
_BLANKS = re.compile(r"\s+")
_RESERVED = re.compile(r"^\W*reserved\W*$", re.I)


class LawTableRow(NamedTuple):
    """A row of a supplement: its number among the records, its list and its cells by column."""

    number: int
    supplement: str
    country: str
    entity: str
    requirement: str
    policy: str
    citation: str


def read_ecfr(path: str) -> ListReading:
    """Read the lists in a file of part 744, or of one of its supplements.

    Raises:
        ValueError: the file is something else, no XML, or has a document type.
    """
    found: list[ListedEntry] = []
    faults: list[tuple[int, str]] = []
    pending: list[str] = []
    rows = 0
    for row in _rows(path, faults, pending):
        rows += 1
        try:
            found += _entries(row)
        except MalformedError as error:
            faults.append((row.number, f": {error}"))
    if not rows and not faults:
        raise wrong_file(path, WHAT, "it has no table of Supplement No. 4 or No. 7 to Part 744")
    places = with_lines(path, RECORDS, sorted(faults))
    notes = [f"the text links to a change that is published and not yet in it: {each}"
             for each in dict.fromkeys(pending)]  # fmt: skip
    day = _IN_FILE_NAME.findall(os.path.basename(path))
    return ListReading(
        "ecfr", day[0] if len(day) == 1 else "", tuple(unlike(found)), rows,
        (), places, tuple(notes),
    )  # fmt: skip


def _rows(path: str, faults: list[tuple[int, str]], pending: list[str]) -> Iterator[LawTableRow]:
    """The rows of parties, each with the lines that go on in rows without a party of their own."""
    supplement = country = ""
    columns: dict[str, int] = {}
    before: LawTableRow | None = None
    for number, (tag, element) in enumerate(records(path, WHAT, RECORDS), 1):
        if tag == "HEAD":
            named = _SUPPLEMENT.search(_text(element))
            supplement, country, columns = (named[1] if named else ""), "", {}
        if supplement not in LISTS or tag == "HEAD":
            continue
        if tag == "XREF":
            pending.append(_LINK.sub("", _text(element)).rstrip("."))
            continue
        if element.find("TH") is not None:
            columns = _columns([_text(each) for each in element.iterfind("TH")])
            continue
        cells = list(element.iterfind("TD"))
        if len(cells) < len(columns) - 1 or len(cells) < 2:
            if len(cells) > 1:
                faults.append((number, f": the row has {len(cells)} cells"))
            elif cells and (alone := _text(cells[0])).isupper():
                country = alone  # a note below the table is one cell too, in small letters
            continue
        if len(cells) == len(columns) - 1:
            cells.insert(0, Element("TD"))  # the country of several rows, in the first of them
        row = _row(number, supplement, cells, columns)
        country = row.country or country
        row = row._replace(country=country)
        if not row.entity or _RESERVED.match(row.entity):
            continue
        if before and not (row.requirement or row.policy or row.citation):
            before = before._replace(entity=f"{before.entity}\n{row.entity}")
            continue
        if before:
            yield before
        before = row
    if before:
        yield before


def _columns(heading: list[str]) -> dict[str, int]:
    """Where each column stands, by the row of headings; the first heading that names it."""
    return {
        column: at
        for column, names in _COLUMNS.items()
        if (at := next((at for at, text in enumerate(heading) if names.search(text)), -1)) >= 0
    }


def _row(
    number: int, supplement: str, cells: list[Element], columns: dict[str, int]
) -> LawTableRow:
    def text(column: str) -> str:
        at = columns.get(column, -1)
        return _text(cells[at]) if 0 <= at < len(cells) else ""

    entity = columns.get("entity", -1)
    named = _named(cells[entity]) if 0 <= entity < len(cells) else ""
    return LawTableRow(
        number, supplement, text("country"), named, text("requirement"), text("policy"),
        text("citation"),
    )  # fmt: skip


def _text(element: Element) -> str:
    """All text of a cell in one line."""
    return " ".join("".join(element.itertext()).split())


def _named(element: Element) -> str:
    """The text of a cell of a party, in the lines that it has, without the marks of footnotes."""
    found = [_BLANKS.sub(" ", element.text or "")]
    for each in element:
        tag = str(each.tag).upper()
        if tag in ("BR", "P"):
            found.append("\n")
        if not (tag in ("SU", "SUP") or (tag == "E" and each.get("T") == "51")):
            found.append(_named(each))
        found.append(_BLANKS.sub(" ", each.tail or ""))
    return "".join(found).strip()


def _entries(row: LawTableRow) -> Iterator[ListedEntry]:
    """The entries of a row: its party, and those that it lists as affiliates of that party."""
    if len(row.entity) > LONGEST_CELL:
        raise MalformedError(f"a cell of {len(row.entity)} characters")
    cell = read_cell(row.entity)
    yield _entry(row, cell, cell.name)
    for each in cell.affiliated:
        yield _entry(row, each, f"{cell.name}{AFFILIATE}{each.name}")


def _entry(row: LawTableRow, cell: EntityCell, name: str) -> ListedEntry:
    if fault := name_fault(cell.name):
        raise MalformedError(fault)
    cited = [(f"{volume} FR {page}", day_if_any(short or long, *_DAY_FORMS))
             for volume, page, short, long in _CITED.findall(row.citation)]  # fmt: skip
    days = [day for _, day in cited if day]
    since = cited[0][1] if cited else ""
    changed = max(days, default="")
    notices = "; ".join(notice for notice, _ in cited) or row.citation
    section = place_of(row.country) if row.country else ""
    return ListedEntry(
        LISTS[row.supplement],
        key=f"{name} [{notices}]",
        names=names_of([name, *cell.others]),
        countries=countries_in(cell.addresses) or tuple(filter(None, [section])),
        requirement=normal_requirement(row.requirement),
        requirement_text=row.requirement,
        policy=normal_policy(row.policy),
        policy_text=row.policy,
        citation=notices,
        source=SOURCE.format(row.supplement).replace(" ", "%20"),
        since=since,
        maybe_since=perhaps_since(since),
        changed=changed if since and changed > since else "",
        changes=";".join(f"{notice}={day}" for notice, day in cited if day),
        addresses=cell.addresses,
    )
