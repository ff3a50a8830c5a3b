"""Drafts for whoever reads a new document: what an edition changed, what a rule lists, a template.

A draft settles nothing. It quotes, counts and compares; what it means is written down by a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.freshness.found import FormatError, plain
from detente.freshness.touching import TextTouch, amendments

if TYPE_CHECKING:
    from detente.goods.schedule import Schedule
    from detente.register.book import Register

FIELDS = ("description", "general", "special", "other", "units", "headings")
"""Columns of a line that are compared."""

OF_HEADINGS = ("description", "general", "special", "other")
"""Columns of a heading of chapter 99 that are compared."""


class LineChange(NamedTuple):
    """A line, or one of its columns, that another edition prints otherwise.

    Attributes:
        code: digits, dotted for headings of chapter 99.
        what: ``new``, ``gone`` or the column.
        before: as the edition at hand prints it.
        after: as the new one does.
        modelled: of a heading of chapter 99, the record or gap that names it; "" where none does.
    """

    code: str
    what: str
    before: str
    after: str
    modelled: str


def edition_changes(register: Register, schedule: Schedule, path: Path) -> list[LineChange]:
    """What an export of a new edition changes against the last edition at hand.

    Args:
        register: tells which headings of chapter 99 are modelled.
        schedule: the editions at hand.
        path: an official export, JSON or CSV, of the whole schedule or a part of it.

    Raises:
        ExportError: the file is not an export.
    """
    from detente.goods.export import WordGroups, read_export
    from detente.goods.laying import edition_rows, group_rows, heading_rows

    last = max((each for each in schedule.editions if not each.imported), key=lambda e: e.number)
    groups = WordGroups((key, *cells) for key, cells in group_rows(schedule.database).items())
    new = read_export(path, groups).rows
    lines = edition_rows(schedule.database, last.number)
    headings = heading_rows(schedule.database, last.number)
    chapters = {code[:2] for code in new}
    rows: list[LineChange] = []
    for held, columns in ((lines, FIELDS), (headings, OF_HEADINGS)):
        in_99 = held is headings
        mine = {code: row for code, row in new.items() if code.startswith("99") == in_99}
        for code in sorted(held.keys() | mine.keys()):
            if code[:2] in chapters:
                rows.extend(_compared(code, held.get(code), mine.get(code), columns))
    return [_modelled(register, row) for row in rows]


def _compared(
    code: str, before: object, after: object, columns: tuple[str, ...]
) -> Iterator[LineChange]:
    if before is None or after is None:
        what = "new" if before is None else "gone"
        old, new = (getattr(each, "description", "") for each in (before, after))
        yield LineChange(code, what, old, new, "")
        return
    for column in columns:
        old, new = getattr(before, column), getattr(after, column)
        if old != new:
            yield LineChange(code, column, old, new, "")


def _modelled(register: Register, row: LineChange) -> LineChange:
    """A change with the record that names its heading, and the heading as it is printed."""
    if not row.code.startswith("99"):
        return row
    heading = ".".join(filter(None, (row.code[:4], row.code[4:6], row.code[6:8])))
    named = next((m.id for m in register.measures() if heading in m.headings()), "")
    gap = next((gap.id for gap in register.gaps if gap.names(heading)), "")
    return row._replace(code=heading, modelled=named or (f"gap {gap}" if gap else ""))


ENTRY_COLUMNS = ("country", "entity", "requirement", "policy", "citation")


def listed_entries(xml: str) -> list[tuple[str, ...]]:
    """The rows of the table of a rule on the Entity List, as its full text in XML has them.

    Args:
        xml: the text; each row has a country (empty where it is that of the row before), an entity
            with its aliases and addresses, a requirement, a policy and a citation.

    Raises:
        FormatError: the text is not whole XML.
    """
    from xml.etree import ElementTree

    # Entities that are made of each other grow without end where they are resolved.
    if "<!ENTITY" in xml:
        raise FormatError("it declares entities, and a rule does not")
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise FormatError(f"it is not whole XML: {error}") from error
    rows, country = [], ""
    for table in root.iter("GPOTABLE"):
        for row in table.iter("ROW"):
            cells = [" ".join("".join(each.itertext()).split()) for each in row.iter("ENT")]
            if len(cells) != len(ENTRY_COLUMNS):
                continue
            # The table prints a country beside the first of its entries alone.
            country = cells[0] or country
            rows.append((country, *cells[1:]))
    return rows


def order_draft(
    area: str,
    title: str,
    citation: str,
    address: str,
    published: str,
    text: str,
    touches: list[TextTouch],
) -> str:
    """A template for an order, with what it touches and the sentences that amend law before it.

    Args:
        area: the area of law, such as ``us/tariff``.
        title: of the document.
        citation: its page or number.
        address: where it is read.
        published: ISO day.
        text: its plain text, or what an index says of it.
        touches: what it names.
    """
    from detente.register.local.template import template

    name = re.sub(r"[^a-z0-9]+", "-", title.casefold())[:48].strip("-")
    if not re.search("[a-z]", name):  # a title in another script
        name = f"order-{published}".strip("-")
    head = [f"# Draft from {citation or title}, published {published}. Nothing of it was checked."]
    if not text:
        head.append("# Its text was not at hand: an annex may hold everything.")
    for each in touches:
        ours = ", ".join(each.ours) or "new here"
        head.append(f"# touches {each.kind} {each.name}: {ours}")
    head += [f"# > {plain(each)}" for each in amendments(text)]
    body = template(area, name)
    texts = {"90 Fed. Reg. 00000": citation, "Title of the notice or order": title}
    texts |= {"https://www.federalregister.gov/": address, "2026-01-31": published}
    for blank, value in texts.items():
        if value:
            body = body.replace(blank, value.replace('"', "'"), 1)
    return "\n".join([*head, "", body])
