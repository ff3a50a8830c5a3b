"""The Covered List of the Federal Communications Commission, as its page prints it.

The Commission publishes no file: the list is a table whose rows say in a sentence what is covered,
with the party in bold, and since when. Some rows name a kind of equipment and no party. The page
refuses programs, so it is saved in a browser. Tried on a copy of the table alone, of March 2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.core.figures import counted
from detente.parties.lists.model import ListedEntry, ListReading
from detente.parties.lists.readers.common import (
    MalformedError,
    iso_day,
    name_fault,
    unlike,
    wrong_file,
)
from detente.parties.lists.readers.html_tables import PageRow, read_page
from detente.parties.lists.readers.printed_names import names_of

LIST, WHAT = "FCC", "page of the FCC's Covered List"
CITATION, SOURCE = "47 CFR 1.50002", "https://www.fcc.gov/supplychain/coveredlist"

_COVERED = re.compile(r"covered equipment or services", re.I)
_INCLUDED = re.compile(r"date of inclusion", re.I)
_DAY = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}")
_MADE = r"\b(?:produced|provided|supplied|manufactured|made|sold|offered)\b[^.]{0,40}?\bby\s"
_BY_WHOM = re.compile(rf"{_MADE}*$", re.I)
_NAMES_ONE = re.compile(rf"{_MADE}+[A-Z]")

_SHOWN = 60
"""Letters of a row that is told in a note."""


def read_fcc_page(path: str, encoding: str | None = None) -> ListReading:
    """Read the page, saved from a browser.

    Args:
        path: the file, HTML.
        encoding: of the file; None for its mark, else UTF-8.

    Raises:
        ValueError: it is no such page.
    """
    page = read_page(path, encoding)
    tables = [table for table in page.tables if _columns(table[0])]
    if not tables:
        raise wrong_file(path, WHAT, "it has no table of covered equipment; save it as HTML")
    entries: list[ListedEntry] = []
    faults: list[str] = []
    kinds: list[str] = []
    rows = 0
    for table in tables:
        columns = _columns(table[0])
        assert columns is not None
        for row in table[1:]:
            rows += 1
            try:
                found = list(_entries(row, *columns))
            except MalformedError as error:
                faults.append(f"line {row.line}: {error}")
                continue
            entries += found
            if not found:
                kinds.append(repr(row.cells[columns[0]][:_SHOWN].strip()))
    named = counted(len(kinds), "row names", "rows name")
    note = (
        f"{named} a kind of equipment and no party, as far as is read, which is a question about "
        f"goods: {', '.join(kinds)}"
    )
    return ListReading(
        "fcc-page", "", tuple(unlike(entries)), rows, (), tuple(faults), (note,) if kinds else ()
    )


def _columns(heading: PageRow) -> tuple[int, int] | None:
    """Where sentences and days stand, by the row of headings; None where it has not both."""
    covered = [at for at, text in enumerate(heading.cells) if _COVERED.search(text)]
    days = [at for at, text in enumerate(heading.cells) if _INCLUDED.search(text)]
    return (covered[0], days[0]) if covered and days else None


def _entries(row: PageRow, covered_at: int, day_at: int) -> Iterator[ListedEntry]:
    """The parties of a row; none where it names a kind of equipment.

    Raises:
        MalformedError: it names a party, and not in bold.
    """
    if len(row.cells) <= max(covered_at, day_at):
        raise MalformedError(f"the row has {counted(len(row.cells), 'cell')}")
    text = row.cells[covered_at]
    names = [each.strip(" ,;") for each in row.bold[covered_at]]
    if not names or not _BY_WHOM.search(text.partition(names[0])[0]):
        if _NAMES_ONE.search(text):
            raise MalformedError(f"the party is not in bold: {text[:80]!r}")
        return
    day = _DAY.search(row.cells[day_at])
    for name in names:
        if fault := name_fault(name):
            raise MalformedError(fault)
        yield ListedEntry(
            LIST,
            key=name,
            names=names_of([name]),
            kind="entity",
            programme=text,
            citation=CITATION,
            source=SOURCE,
            since=iso_day(day[0], "%B %d, %Y") if day else row.cells[day_at],
        )
