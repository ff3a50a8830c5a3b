"""The columns of a table of partners that hold name, country and place, and its encoding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.tables.cells import as_before_csv_safe
from detente.core.tables.encodings import encoding_of
from detente.core.tables.headings import (
    HEADINGS,
    NAMES,
    PARTNERS,
    continued,
    meaning_of,
    parted,
    plain_name,
    says_name,
)
from detente.core.tables.reading import open_table
from detente.core.vocabulary import refuse_slips
from detente.parties.screening.rows import OF_HIT, OF_ROW

if TYPE_CHECKING:
    from detente.core.tables.reading import TableRows

OF_COUNTRY, OF_CITY, OF_ADDRESS = ("country", "origin"), ("city",), ("address",)
"""What a column of countries or places may mean, the likelier first; see `headings`."""

READ = ("name", "country", "city", "address")
"""What is read of a table, and the columns of one that calls them so."""

PACKED = (".gz", ".zip")
"""How the names of files end that are packed."""

ID = "id"
"""A column that names the rows of such a table."""

OF_DECISION = ("decision", "decided_why", "decided_by", "decided_on", "decided_until")
OF_PARTY = ("requirement", "policy", "programme", "follows", "party")
COLUMNS = (*OF_DECISION, *OF_ROW, *OF_HIT, *OF_PARTY)
"""Columns that stand beside those of the table. ``requirement`` and ``policy`` are those of the
strictest list, as it reads on the day; ``follows`` is what every list of the party leads to."""

ADDED = ("row", *COLUMNS)
"""Columns before those of the table in a file of a screened one, which may be screened again."""

FEWEST_CODES = 3
"""Values with letters and a digit in one word from which a column may be one of codes: a firm may
be called `3M`, and not every one."""

KEY = re.compile(r"[A-Z0-9-]+-[0-9a-f]{8}")
"""The key of a listed party, which stands in our column ``party``."""

FIRST_ROW = 2
"""The first row below headings that stand in the first, as a spreadsheet counts them: place 0."""

TITLES = 20
"""Rows below the first among which the one that names the columns is looked for."""

JOIN = " + "
"""What stands between the headings of columns that are read as one."""


class ColumnPlaces(NamedTuple):
    """Places of the columns that are read; None for one that the table does not have.

    Attributes:
        name, country, city, address: the column, or the first of several. One without names has
            addresses alone.
        more_names, more_addresses: the columns in which name and address go on.
    """

    name: int | None
    country: int | None
    city: int | None
    address: int | None = None
    more_names: tuple[int, ...] = ()
    more_addresses: tuple[int, ...] = ()

    def name_of(self, cells: Sequence[str]) -> str:
        """The name of a row: its cell, or parts with a blank between them; "" without a column."""
        if self.name is None:
            return ""
        return _joined(cells, self.name, self.more_names, " ")

    def address_of(self, cells: Sequence[str]) -> str:
        """The address of a row, whose parts are lines; "" where the table has none."""
        if self.address is None:
            return ""
        return _joined(cells, self.address, self.more_addresses, ", ")

    def names_in(self, headings: Sequence[str]) -> str:
        """The headings under which names stand; "" where the table has none."""
        if self.name is None:
            return ""
        return JOIN.join(headings[at] for at in (self.name, *self.more_names))

    def addresses_in(self, headings: Sequence[str]) -> str:
        """The headings under which addresses stand; "" where the table has none."""
        if self.address is None:
            return ""
        return JOIN.join(headings[at] for at in (self.address, *self.more_addresses))

    @property
    def read(self) -> set[int]:
        """The places of all columns that are read."""
        first = (self.name, self.country, self.city, self.address)
        return {*(at for at in first if at is not None), *self.more_names, *self.more_addresses}


def is_code(cell: str) -> bool:
    """Whether a cell may be a code: one word with a digit in it."""
    return len(cell.split()) == 1 and any(map(str.isdecimal, cell))


def _joined(cells: Sequence[str], first: int, more: Sequence[int], between: str) -> str:
    if not more:
        return cells[first]
    parts = (cells[at].strip() for at in (first, *more))
    return between.join(dict.fromkeys(filter(None, parts)))


def was_screened(headings: Sequence[str]) -> bool:
    """Whether a table is one that was screened and written with what was found."""
    return tuple(headings[: len(ADDED)]) == ADDED


def as_before_screening(headings: Sequence[str], cells: list[str]) -> list[str]:
    """The cells of a row as its table had them, without signs that we put before formulas.

    A name that a spreadsheet would run is decided on as its table writes it.

    Args:
        headings: of the table.
        cells: of the row, as a file has them.
    """
    if not was_screened(headings):
        return cells
    own = len(ADDED)
    return [*cells[:own], *map(as_before_csv_safe, cells[own:])]


def columns_of(headings: Sequence[str], name: str = "") -> ColumnPlaces:
    """The columns of a table.

    Args:
        headings: of its first line.
        name: the heading of the column with the names, or several with " + " between them; "" to
            find it, with those in which it goes on (`Name 1`, `Name 2`); a table of addresses alone
            needs none.

    Raises:
        ValueError: no column is known to hold names; the message lists what stands there.
    """
    found = _found(headings, name)
    if found is None and not name:
        found = addresses_alone(headings)
    if found is None:
        shown = ", ".join(filter(None, headings[:12]))
        what = f"no column {name!r}" if name else "no column that is known to hold names"
        raise ValueError(f"{what}, but {shown}: name the column of the partners with --column")
    return found


def columns_called(headings: Sequence[str]) -> ColumnPlaces | None:
    """The columns of a table that calls them ``READ``, in small or large letters.

    Name and address may go on in further columns (`name 1`, `name2`, `address line 2`).

    Args:
        headings: of its first line.

    Returns:
        None where none is called ``name``.
    """
    plain = [plain_name(each) for each in headings]
    name, country, city, address = (_place(plain, (each,)) for each in READ)
    return None if name is None else _places(plain, name, country, city, address)


def addresses_alone(headings: Sequence[str]) -> ColumnPlaces | None:
    """The columns of a table that says where parties are, and has none that may name them.

    Args:
        headings: of its first line.

    Returns:
        None for a table without addresses, and for one with a column that is not known: names may
        stand there.
    """
    plain = _plain(headings)
    meant = [meaning_of(each, (*OF_COUNTRY, *OF_CITY, *OF_ADDRESS)) for each in plain]
    first, country, city = (_first(plain, each) for each in (OF_ADDRESS, OF_COUNTRY, OF_CITY))
    if first is None:
        return None
    found = _places(plain, None, country, city, first)
    own = len(ADDED) if was_screened(headings) else 0
    known = {
        at
        for at, each in enumerate(headings)
        if at < own or meant[at] or plain[at] == ID or is_number(each)
    }
    return found if known | found.read == set(range(len(plain))) else None


def _plain(headings: Sequence[str], name: str = "") -> list[str]:
    """The words of headings; "" for those of numbers, and for what an earlier screening wrote.

    Where a column is named, it may be one that a screening wrote.
    """
    plain = ["" if is_number(each) else plain_name(each) for each in headings]
    if not plain_name(name) and was_screened(headings):
        # Its columns (`party`, `entry`) are not what the table says.
        plain[: len(ADDED)] = [""] * len(ADDED)
    return plain


def _first(plain: Sequence[str], meanings: Iterable[str]) -> int | None:
    """The likeliest column that has one of some meanings; None for none."""
    words = [word for each in meanings for word in words_of(each)]
    words.sort(key=lambda word: not says_name(word))
    return _place(plain, words)


def refuse_slips_beside(headings: Sequence[str], places: ColumnPlaces) -> None:
    """Refuse a column that is not read, and is surely meant to be one of ``READ`` that is absent.

    Args:
        headings: of a table that calls its columns so.
        places: those that are read.

    Raises:
        UnknownWordError: naming the column and the one that it is like.
    """
    names = [each.strip().lower() for each in headings]
    read = (places.name, places.country, places.city, places.address)
    for meaning, at in zip(READ, read, strict=True):
        if at is not None:
            names[at] = meaning
    more = {*places.more_names, *places.more_addresses}
    refuse_slips([each for at, each in enumerate(names) if at not in more], (*READ, ID))


def check_are_names(heading: str, names: Iterable[str]) -> None:
    """Refuse a column of numbers or codes: `Vendor` is the number in one system, a name in others.

    Args:
        heading: under which they stand.
        names: what stands there in every row.

    Raises:
        ValueError: there is none with a letter, or every one is a single word with a digit in it.
    """
    distinct = {each.strip() for each in names} - {""}
    lettered = any(any(map(str.isalpha, each)) for each in distinct)
    codes = all(map(is_code, distinct))
    keys = all(map(KEY.fullmatch, distinct))
    if distinct and (not lettered or keys or (codes and len(distinct) >= FEWEST_CODES)):
        raise ValueError(
            f"the column {heading!r} holds numbers or codes and no names, such as "
            f"{min(distinct)!r}: name the column of the partners with --column"
        )


def find_columns(rows: TableRows, name: str = "") -> ColumnPlaces:
    """The columns of a table, which may stand below a title.

    Args:
        rows: the table, of which no row was read; rows of a title are passed over.
        name: see ``columns_of``.

    Raises:
        ValueError: see ``columns_of``; of the first line.
    """
    if _found(rows.columns, name) is None and (name or addresses_alone(rows.columns) is None):
        rows.find_heading(lambda cells: _found(cells, name) is not None, TITLES)
    return columns_of(rows.columns, name)


def _found(headings: Sequence[str], name: str) -> ColumnPlaces | None:
    """The columns of a table; None where none is known to hold names, or is the one named."""
    plain = _plain(headings, name)
    country, city, address = (_first(plain, each) for each in (OF_COUNTRY, OF_CITY, OF_ADDRESS))
    if not plain_name(name):
        # Without a name asked for, a column without a heading must not be taken for the one named.
        first = _first(plain, PARTNERS)
        if first is None:
            first = _first(plain, NAMES)
        return None if first is None else _places(plain, first, country, city, address)
    names = _named(headings, [name]) or _named(headings, name.split(JOIN.strip()))
    if not names:
        return None
    found = _places(plain, names[0], country, city, address)
    return found._replace(more_names=tuple(names[1:]))


def _named(headings: Sequence[str], names: Iterable[str]) -> list[int]:
    """The columns that are named, each by its heading or the words of it; empty where one is not.

    Several headings may have the same words: `Vendor #` and `Vendor`.
    """
    plain = [plain_name(each) for each in headings]
    found = []
    for each in map(str.strip, names):
        if each not in headings and plain_name(each) not in plain:
            return []
        at = headings.index(each) if each in headings else plain.index(plain_name(each))
        found.append(at)
    return found


def is_number(heading: str) -> bool:
    """Whether a heading says so: `Vendor #` is the number of the one who stands under `Vendor`."""
    return heading.rstrip().endswith("#")


def _places(
    plain: Sequence[str],
    name: int | None,
    country: int | None,
    city: int | None,
    address: int | None,
) -> ColumnPlaces:
    more = () if address is None else continued(plain, address)
    # `Supplier 2` is another supplier: a name goes on where the heading says that it is one.
    names = continued(plain, name) if name is not None and says_name(plain[name]) else ()
    return ColumnPlaces(name, country, city, address, names, more)


def _place(plain: Sequence[str], words: Sequence[str]) -> int | None:
    """The first column that is called so, or is the first of several with numbers; or None."""
    for word in words:
        if word in plain:
            return plain.index(word)
        first = (parted(word)[0], 1)
        if says_name(word) or word in words_of("address"):
            found = next((at for at, each in enumerate(plain) if parted(each) == first), None)
            if found is not None:
                return found
    return None


def words_of(meaning: str) -> tuple[str, ...]:
    """The plain names of columns that mean something."""
    return (meaning.replace("_", " "), *HEADINGS[meaning])


@contextmanager
def open_master(path: Path, encoding: str = "", sheet: str = "") -> Iterator[tuple[TableRows, str]]:
    """The rows of a table of any kind, and the encoding that its text was read in ("" for none).

    One that is packed, by gzip or alone in a zip archive, is unpacked as long as its rows are read.

    Args:
        path: the file.
        encoding: of a text; "" to find it.
        sheet: of a workbook; "" for the only one that has cells.

    Raises:
        ValueError: see ``open_table`` and ``unpacked``.
        FileNotFoundError: there is no such file.
    """
    with _content_of(path) as content:
        used = encoding or encoding_of(content)
        with open_table(content, used or None, sheet=sheet, faults=[]) as rows:
            rows.name = str(path)
            yield rows, used


@contextmanager
def _content_of(path: Path) -> Iterator[Path]:
    """The file itself, what is packed in it, or a copy of what comes through a pipe."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        with _copied(path) as copy:
            yield copy
        return
    if path.suffix.lower() not in PACKED or not path.exists():
        yield path
        return
    from detente.parties.lists.readers.packed import unpacked

    with unpacked(str(path)) as name:
        yield Path(name)


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    """A copy of what can be read once, while its encoding is found before its rows are read."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        with path.open("rb") as source, copy.open("wb") as target:
            copyfileobj(source, target)
        try:
            yield copy
        except ValueError as error:
            if str(copy) not in str(error):
                raise
            raise ValueError(str(error).replace(str(copy), str(path))) from error
