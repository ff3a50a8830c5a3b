"""Names that a form sends: one on a line, or a table whose first line names its columns."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import islice

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.api.refusals import RefusedError, refusal_of, refuse
from detente.core.tables.headings import HEADINGS, NAMES, meaning_of, plain_name, says_name
from detente.core.tables.reading import TableError, is_heading, rows_of_text, separator_of
from detente.core.vocabulary import UnknownWordError
from detente.parties.masters.columns import (
    ID,
    JOIN,
    TITLES,
    as_before_screening,
    check_are_names,
    columns_called,
    columns_of,
    refuse_slips_beside,
)
from detente.parties.masters.further_columns import FurtherColumns

if TYPE_CHECKING:
    from detente.core.tables.reading import TableRows
    from detente.parties.screening.queries import FurtherName

BEFORE_NAME = frozenset({"full", "legal", "party", "business", "trade", "partner"})
"""Words that stand before `name` in headings."""

TELLING = 2
"""Headings that are known in a first line from which it is surely one: a firm may be called as one
heading is (`Carrier`)."""


class NameRow(NamedTuple):
    """One name with its row.

    Attributes:
        name: as written.
        country: where the party is; "" where nothing says it.
        cells: of the row, as many as there are columns.
        city: where the party is, likewise.
        address: where the party is, likewise.
        unread: why nothing of the row was read; "" where it was.
        further: other names in the row.
    """

    name: str
    country: str
    cells: tuple[str, ...]
    city: str = ""
    address: str = ""
    unread: str = ""
    further: tuple[FurtherName, ...] = ()

    @property
    def names(self) -> list[str]:
        """All of its names, its own first."""
        return [self.name, *(each.name for each in self.further)]

    @property
    def names_alone(self) -> list[str]:
        """Those that are names by themselves, whatever their row says, without blanks around."""
        whole = (each.name for each in self.further if not each.is_part)
        return [self.name.strip(), *whole]


class NamesTable(NamedTuple):
    """A table of names.

    Attributes:
        columns: its header.
        rows: its rows.
        joined: headings of columns that were read as one, with " + " between them.
        further: headings of further names, which are compared, too.
        unread: headings that seem to hold names or addresses, too, and were not read.
        called: the heading under which names were found; "" for `name`, and where there is none.
    """

    columns: list[str]
    rows: list[NameRow]
    joined: Sequence[str] = ()
    further: Sequence[str] = ()
    unread: Sequence[str] = ()
    called: str = ""


def read_names(text: str, country: str, most: int | None = None) -> NamesTable:
    """Names from lines, or from a table, whose columns are found as those of any file of partners.

    Args:
        text: as it was sent.
        country: where parties are whose row does not say; "" where nothing says it.
        most: names that are taken; None for any number.

    Raises:
        RefusedError: there is none, there are too many, the quotes of a table are broken, or a line
            may be one of headings and is not surely.
    """
    text = text.rstrip("\n")  # blank lines above count where a line is told
    lines = text.splitlines()
    first = next(filter(is_heading, lines), "")
    if names_columns(first):
        try:
            table = _read_csv(rows_of_text(text, ""), country)
        except TableError as error:
            what = f"{error.where.capitalize()}: {error.what}." if error.where else f"{error.what}."
            raise refuse(422, what, "names", f"{error.do.capitalize()}.") from error
    else:
        if first and len(lines) > 1:
            _refuse_heading(first)
            _refuse_headings_below(lines)
        table = NamesTable(
            ["name"],
            [NameRow(each, country, (each,)) for line in lines if (each := line.strip())],
        )
    if not table.rows:
        do = "Write one name on a line, or choose a CSV file with a column `name`."
        raise refuse(422, "No name was given.", "names", do)
    names = sum(len(each.names) for each in table.rows)
    if most is not None and names > most:
        do = "Send it to the page /vendors, or run `detente screen --file` on the file."
        raise refuse(413, f"{names} names are more than {most}.", "names", do)
    return table


def names_columns(line: str) -> bool:
    """Whether a first line surely names columns, and one of names among them.

    It does where one is called `name` or says that it has names (`Vendor Name`, `名称`), or where
    several are called as such columns are.
    """
    cells = _cells(line)
    if not any(cells):
        return False
    known = [each for each in cells if meaning_of(each, HEADINGS) or plain_name(each) == ID]
    names = [each for each in known if meaning_of(each, NAMES)]
    says = any(says_name(plain_name(each)) for each in names)
    return columns_called(cells) is not None or bool(names and (says or len(known) >= TELLING))


def _cells(line: str) -> list[str]:
    """What stands between the separators of a line."""
    return next(csv.reader([line], delimiter=separator_of(line)), [])


def _refuse_heading(line: str) -> None:
    """Refuse a first line that may be a heading, and is not surely one.

    Raises:
        RefusedError: one of its cells is what a column of names is called, or nearly `name`; or
            what one of countries is.
    """
    from detente.core.synonyms import is_hand_slip, words_for

    known = words_for("name") | BEFORE_NAME
    for place, cell in enumerate(_cells(line)):
        words = cell.strip().lower().replace("_", " ").replace("-", " ").split()
        heads = bool(words) and all(word in known or is_hand_slip(word, "name") for word in words)
        heads = heads or bool(meaning_of(cell, NAMES))
        # Behind a comma `company` ends a name; what is called a name stands in headings alone.
        called = bool(words) and (words[-1] == "name" or is_hand_slip(words[-1], "name"))
        of_country = place > 0 and meaning_of(cell, ("country",))
        if (heads and (place == 0 or called)) or of_country:
            raise refuse(
                422,
                f"Is the first line a heading? {cell.strip()!r} would be screened as a name.",
                "names",
                "Call the column of names `name`, or take the line away; where it is a party, put "
                "another name before it.",
            )


def _refuse_headings_below(lines: Sequence[str]) -> None:
    """Refuse a table whose headings stand below a title, which would be screened as a name.

    Raises:
        RefusedError: a line below the first surely names columns.
    """
    for number, line in enumerate(islice(lines, TITLES + 1), 1):
        if separator_of(line) in line and names_columns(line):
            raise refuse(
                422,
                f"Line {number} names columns ({line.strip()}), and what stands above it would be "
                "screened as names.",
                "names",
                "Take the lines above it away, or send the file to the page /vendors, which passes "
                "over a title.",
            )


def _read_csv(read: TableRows, country: str) -> NamesTable:
    columns = read.columns
    places = columns_of(columns)
    called = "" if columns_called(columns) is not None else places.names_in(columns)
    try:
        if not called:
            refuse_slips_beside(columns, places)
    except UnknownWordError as error:
        raise RefusedError(refusal_of(error)) from error
    rows, further = [], FurtherColumns(columns, places)
    for cells, misfit in read.fitted():
        if not any(cell.strip() for cell in cells):
            continue
        if misfit:  # its cells may stand under other columns: nothing is read of them
            rows.append(NameRow("", "", tuple(cells), unread=misfit))
            continue
        place = "" if places.country is None else cells[places.country].strip()
        city = "" if places.city is None else cells[places.city].strip()
        plain = as_before_screening(columns, cells)
        name, address = places.name_of(plain), places.address_of(plain).strip()
        more = further.of(plain)
        rows.append(NameRow(name, place or country, tuple(cells), city, address, further=more))
    if called:
        _refuse_codes(called, rows)
    together = (places.names_in(columns), places.addresses_in(columns))
    joined = [each for each in together if JOIN in each]
    return NamesTable(columns, rows, joined, further.screened, further.unread, called)


def _refuse_codes(called: str, rows: Sequence[NameRow]) -> None:
    """Refuse a column of numbers or codes, which stands under a heading of names.

    Raises:
        RefusedError: it is one.
    """
    try:
        check_are_names(called, (each.name for each in rows))
    except ValueError as error:
        what = str(error).partition(": ")[0]
        do = "Call the column of names `name`, or send the file to the page /vendors."
        raise refuse(422, f"{what[:1].upper()}{what[1:]}.", "names", do) from error
