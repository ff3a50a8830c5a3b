"""The list of the Uyghur Forced Labor Prevention Act, as the page of its publisher prints it.

The Department of Homeland Security publishes no file: the list is tables of a page, one a section
of the act, each row a name with the day on which it took effect. The page refuses programs, so it
is saved in a browser. One entity may stand under several sections. The day of an entry that was
changed is that of the change.
"""

from __future__ import annotations

import re

from detente.parties.lists.keys import folded
from detente.parties.lists.model import ListedEntry, ListReading, Name
from detente.parties.lists.readers.common import (
    MalformedError,
    day_if_any,
    name_fault,
    wrong_file,
)
from detente.parties.lists.readers.html_tables import PageRow, read_page
from detente.parties.lists.readers.printed_names import names_of

LIST, WHAT = "UFLPA", "page of the UFLPA Entity List"
NAME_COLUMN, DAY_COLUMN = re.compile(r"\b(name|entity)\b", re.I), re.compile(r"\bdate\b", re.I)
DAYS = ("%Y-%m-%d", "%B %d, %Y", "%m/%d/%Y", "%b %d, %Y", "%B %d %Y")
"""The ways in which the page writes a day."""

_SECTION = re.compile(r"2\(d\)\(2\)\(B\)\(([ivx]+)\)")
_TOTAL = re.compile(r"\btotal\b[^.\d]{0,60}?(\d[\d,]*)", re.I)
_OF_DAY = re.compile(
    r"\blast (?:updated|published|reviewed|modified)\b[^:]{0,20}:\s*"
    r"(\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{4}|[A-Z][a-z]+ \d\d?, \d{4})",
    re.I,
)
_ALSO = re.compile(
    r"^(?:and )?(?:including (?:\S+ )?alias(?:es)?|(?:also|formerly|previously|currently) known as|"
    r"formerly|a\.?k\.?a\.?|f\.?k\.?a\.?|alias(?:es)?)\b[ :,.]*",
    re.I,
)
_ACRONYM = re.compile(r"\([A-Z]{2,}\)")
"""What one section prints behind a name, and another does not."""

_BETWEEN = re.compile(r";\s*(?:and |or )?|,? (?:and|or) (?=(?:also|formerly|previously) known as)")
_OTHERS_TOO = re.compile(
    r",? and (?:(?:its|their|all|any) )?((?:subordinate|subsidiar|affiliate)\S*.*)$", re.I
)


def read_uflpa_page(path: str, encoding: str | None = None) -> ListReading:
    """Read the page, saved from a browser.

    Args:
        path: the file, HTML.
        encoding: of the file; None for its mark, else UTF-8.

    Raises:
        ValueError: it is no such page, or names another total than it has entities.
    """
    page = read_page(path, encoding)
    found: dict[str, ListedEntry] = {}
    faults: list[str] = []
    rows = 0
    tables = [table for table in page.tables if _columns(table[0].cells)]
    if not tables:
        raise wrong_file(path, WHAT, "it has no table of names and days; save the page as HTML")
    for table in tables:
        columns = _columns(table[0].cells)
        assert columns is not None
        for row in table[1:]:
            rows += 1
            try:
                entry = _entry(row, *columns)
            except MalformedError as error:
                faults.append(f"line {row.line}: {error}")
            else:
                key = entry.key
                found[key] = _joined(found[key], entry) if key in found else entry
    text = page.beside
    totals = {int(each.replace(",", "")) for each in _TOTAL.findall(text)}
    if totals and len(found) not in totals:
        stated = " or ".join(map(str, sorted(totals)))
        raise ValueError(
            f"{path} says that {stated} entities are listed, and {len(found)} were read: "
            "save the whole page again"
        )
    notes = [] if totals else ["the page prints no total that its rows could be held against"]
    if of_day := _OF_DAY.search(text):
        notes.append(
            f"the page says that it was last updated on {day_if_any(of_day[1], *DAYS) or of_day[1]}"
        )
    # That is when it last changed, and not when somebody saw that it had not changed since.
    return ListReading(
        "uflpa-page", "", tuple(found.values()), rows, (), tuple(faults), tuple(notes)
    )


def _columns(heading: tuple[str, ...]) -> tuple[int, int] | None:
    """Where names and days stand, by the row of headings; None where it has not both."""
    names = [at for at, text in enumerate(heading) if NAME_COLUMN.search(text)]
    days = [at for at, text in enumerate(heading) if DAY_COLUMN.search(text)]
    return (names[0], days[0]) if names and days else None


def _entry(row: PageRow, name_at: int, day_at: int) -> ListedEntry:
    if len(row.cells) <= max(name_at, day_at):
        raise MalformedError(f"the row has {len(row.cells)} cells")
    printed = row.cells[name_at]
    sections = _SECTION.findall(row.above)
    main, others, note = _read_names(printed)
    if fault := name_fault(main):
        raise MalformedError(fault)
    return ListedEntry(
        LIST,
        key=folded(re.sub(r"\W+", " ", _ACRONYM.sub("", main))),
        names=names_of([main, *others]),
        kind="entity",
        countries=("CN",),
        programme=f"section 2(d)(2)(B)({sections[-1]})" if sections else "",
        since=day_if_any(row.cells[day_at], *DAYS) or row.cells[day_at],
        note=note,
    )


def _read_names(printed: str) -> tuple[str, list[str], str]:
    """The main name in a cell, its other names, and what it says of further entities."""
    note = ""
    others: list[str] = []
    rest = printed
    while True:
        if found := _OTHERS_TOO.search(rest):
            note, rest = f"and {found[1].rstrip('.')}", rest[: found.start()]
        begin, inside = _last_brackets(rest)
        if begin < 0 or not _ALSO.match(inside):
            return rest.strip(" ,;"), others, note
        others = [*_listed(inside), *others]
        rest = rest[:begin].rstrip()


def _last_brackets(text: str) -> tuple[int, str]:
    """Where brackets begin that a text ends with, and what stands in them; -1 for none."""
    if not text.rstrip().endswith(")"):
        return -1, ""
    text, depth = text.rstrip(), 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            return at, text[at + 1 : -1]
    return -1, ""


def _listed(inside: str) -> list[str]:
    """The names in brackets, behind the words that say what they are."""
    found = []
    for each in _BETWEEN.split(inside):
        name = each.strip(" ,")
        while (lead := _ALSO.match(name)) and lead.end():
            name = name[lead.end() :]
        if name:
            found.append(name)
    return found


def _joined(first: ListedEntry, other: ListedEntry) -> ListedEntry:
    """One entity that stands in two rows: all its names and sections, its first day."""
    names = dict.fromkeys(each.text for each in (*first.names, *other.names))
    sections = dict.fromkeys(filter(None, [*first.programme.split("; "), other.programme]))
    notes = dict.fromkeys(filter(None, [*first.note.split("; "), other.note]))
    main: tuple[Name, ...] = names_of(names)
    return first._replace(
        names=main,
        programme="; ".join(sections),
        since=min(filter(None, (first.since, other.since)), default=""),
        note="; ".join(notes),
    )
