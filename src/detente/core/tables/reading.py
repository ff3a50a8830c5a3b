"""Tables of any file: the columns that its first line names, and its rows as texts.

CSV may have commas, semicolons, tabs or upright strokes between cells and any encoding; a workbook
has one sheet with cells, or that which is named; Parquet has its types. Whatever the file is, a
fault is one kind of error, which names the file and the line, and says what to do. Cells are left
as they stand, spaces and all.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, dropwhile, islice
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import counted
from detente.core.missing_files import no_file
from detente.core.tables.records import Records
from detente.core.tables.writing import CSV, PARQUET, TABS, need
from detente.core.watched import open_text

if TYPE_CHECKING:
    import polars

    from detente.core.tables.merged import MergedRange

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
LIBRARIES = {PARQUET: ("polars", "batch"), **dict.fromkeys(WORKBOOKS, ("fastexcel", "sheets"))}
"""What reading a kind of file needs: the module, and the extra that brings it."""

TABLES = (CSV, TABS, *WORKBOOKS, PARQUET)
"""What is surely a table, by suffix; another file may be one too."""

SEPARATORS = (",", ";", "\t", "|")
"""What may stand between the cells of a line; the one that stands most often in the first does."""

SEPARATOR_NAMED = re.compile(r'"?sep=([^\w\s"]|\t)"?\s*', re.IGNORECASE)
"""A first line of spreadsheets that names what stands between cells, and no column."""

COMMENT, QUOTES = "#", "check the quotes"

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),  # which begins as UTF-16 does
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Marks at the beginning of a file that name its encoding."""

BYTE_ORDER_MARK = "\ufeff"
NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "gb18030": "GB18030", "cp1252": "Windows-1252"}
"""Encodings under the name that people know them by."""

NO_ENCODINGS = frozenset(("idna", "punycode", "raw-unicode-escape", "unicode-escape"))
"""What Python keeps among its encodings though no file is written in it."""

MERGED_NAMED = 3
"""At most so many areas of merged cells, and cells of formulas, are named."""

ALONE, NAME_SHEET = "keep the table in a file of its own", "name the one of the table with --sheet"
"""What to do with a workbook of several sheets, where none can be named and where one can."""

NAME_ENCODING = "name the file's encoding with --encoding, such as GB18030 or Windows-1252"
"""What to do where a text is in another encoding than was taken for its own."""

SAVED_WITH_PERCENTAGES = "save it as .xlsx, or write shares as text (60%)"
"""What to do where a workbook does not say how its numbers are shown."""

MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)(?: 00:00:00)")
INSTANT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)")
"""How a workbook's days and instants come out of it."""


class TableError(ValueError):
    """A table that cannot be read; the message names file and line, and says what to do.

    Attributes:
        where: the line, as words; "" for the whole table.
        what: what is wrong.
        do: what to do.
    """

    def __init__(self, name: str, where: str, what: str, do: str) -> None:
        place = ", ".join(filter(None, (name, where)))
        super().__init__(f"{place}: {what}; {do}")
        self.where, self.what, self.do = where, what, do


class FaultRow(list[str]):
    """What stands between the separators of a row that cannot be read, and why it cannot."""

    def __init__(self, cells: Iterable[str], fault: str) -> None:
        super().__init__(cells)
        self.fault = fault


class TableRows:
    """The rows of a table, read as they are asked for; lines without a cell are passed over.

    Attributes:
        name: the file, for messages.
        columns: the names in the first line, as they stand there.
        line: the line on which the last row ended; in a workbook, its row.
        row: the last row as a spreadsheet counts them: the lines of one cell are one, and blank
            ones count.
        heading: the row that names the columns.
        notes: what was read into cells that stand otherwise in the file, a sentence each.
        filled: row (the first below the names is 0) and column of cells that have what stands in
            the first of the cells with which they are merged.
        valueless: why cells of a workbook have no value though something stands in them, by row
            (as ``row`` counts them) and place of the column.
    """

    def __init__(
        self, name: str, columns: list[str], rows: Callable[[TableRows], Iterator[list[str]]]
    ):
        """Take a table.

        Raises:
            TableError: there is no first line, or a name stands in it twice.
        """
        self.name, self.columns, self.line, self.row, self.heading = name, columns, 1, 1, 1
        self.notes: list[str] = []
        self.filled: set[tuple[int, str]] = set()
        self.valueless: dict[tuple[int, int], str] = {}
        self.records: Records | None = None
        self._in_place = False
        self._ragged = "put cells with commas in quotes"
        if not any(columns):
            raise TableError(name, "", "it is empty", "the first line of a table names its columns")
        self._check_columns()
        self._rows = rows

    def _check_columns(self) -> None:
        columns = self.columns
        doubled = sorted({each for each in columns if each and columns.count(each) > 1})
        if doubled:
            what = f"the column {' and '.join(doubled)} stands twice"
            raise TableError(self.name, "", what, "keep one or rename it")

    def find_heading(self, names: Callable[[list[str]], bool], most: int) -> bool:
        """Let a row below the first line name the columns; what stands above it is a title.

        A title has at most half as many cells as the row below it that names columns.

        Args:
            names: whether cells name the columns that are needed.
            most: rows that are looked at.

        Returns:
            Whether there is such a row. Where there is none, the rows that were looked at are gone.

        Raises:
            TableError: a name stands in it twice.
        """
        rows = self._rows(self)
        above = sum(map(bool, self.columns))
        for cells in islice(rows, most):
            filled = sum(map(bool, cells))
            if filled >= 2 * above and names(cells):
                width = max(at for at, cell in enumerate(cells, 1) if cell)
                self.columns, self.heading, self._rows = cells[:width], self.row, lambda _: rows
                self.filled = set()
                self._check_columns()
                return True
            above = max(above, filled)
        return False

    def raw(self) -> Iterator[list[str]]:
        """The cells of each row, however many there are."""
        return self._begun()

    def _begun(self) -> Iterator[list[str]]:
        """The rows under the names of the columns, by which a broken one is known."""
        if self.records is not None:
            self.records.width = len(self.columns)
        return self._rows(self)

    def __iter__(self) -> Iterator[list[str]]:
        """The cells of each row, as many as there are columns."""
        width = len(self.columns)
        for row in self._begun():
            if len(row) != width:
                raise self.fault(self._misfit(len(row)), self._ragged)
            yield row

    def fitted(self) -> Iterator[tuple[list[str], str]]:
        """As many cells of each row as there are columns, and what is wrong where it has others.

        Cells that lack are empty; those beyond stand in the last one, with commas between them. A
        row that cannot be read, in a table that is read with ``faults``, has what stands between
        its separators.
        """
        width, self._in_place = len(self.columns), True
        for row in self._begun():
            if isinstance(row, FaultRow):
                yield [*row[: width - 1], ", ".join(row[width - 1 :])], row.fault
                continue
            if len(row) == width:
                yield row, ""
                continue
            beyond = [", ".join(row[width - 1 :])] if len(row) > width else []
            cells = [*row[: width - len(beyond)], *beyond, *[""] * (width - len(row))]
            yield cells, f"line {self.line}: {self._misfit(len(row))}; {self._ragged}"

    def _misfit(self, cells: int) -> str:
        return f"{counted(cells, 'cell')} under {counted(len(self.columns), 'column')}"

    def by_column(self) -> Iterator[dict[str, str]]:
        """The cells of each row by the name of its column."""
        for row in self:
            yield dict(zip(self.columns, row, strict=True))

    def fault(self, what: str, do: str) -> TableError:
        """What is wrong with the row that was read last, with the line on which it stands."""
        return TableError(self.name, f"line {self.line}", what, do)


def no_sheets(path: Path) -> TableError:
    """That a sheet was named of a file that has none."""
    return TableError(str(path), "", "only a workbook has sheets", "leave --sheet out")


def check_encoding(name: str) -> None:
    """Refuse what is not an encoding of texts.

    Raises:
        ValueError: with names that are.
    """
    try:
        "".encode(name)
        known = codecs.lookup(name).name.replace("_", "-") not in NO_ENCODINGS
    except (LookupError, ValueError):
        known = False
    if not known:
        raise ValueError(f"the encoding {name!r} is not known: write one such as UTF-8 or GB18030")


@contextmanager
def open_table(
    path: Path,
    encoding: str | None = None,
    *,
    comments: bool = False,
    percentages: bool = False,
    sheet: str | None = None,
    faults: list[str] | None = None,
    errors: str | None = None,
) -> Iterator[TableRows]:
    """The rows of a file, which stays open as long as they are read.

    Args:
        path: a workbook or Parquet by its suffix, else a text of lines.
        encoding: of a text; by its mark where none is named, else UTF-8.
        comments: whether lines of a text that begin with "#" are passed over.
        percentages: whether a number that a workbook shows as a percentage is read as one: `60%`
            for 0.6.
        sheet: of a workbook: the one that has the table; "" for the only one with cells, where
            another can be named; None where none can.
        faults: takes the rows of a text whose quotes are broken, each with its line and why, and
            the rows behind them are read; ``fitted`` gives them in their places instead. None to
            stop at the first one.
        errors: what becomes of bytes of a text that are not of its encoding, as ``open`` has it;
            None to stop at the first one.

    Raises:
        TableError: the file is of another kind or encoding, its quotes are broken, a row has not a
            cell under each column, or which numbers are shown as percentages is not told.
        ValueError: what reading it needs is not installed, or the encoding is not known.
        FileNotFoundError: there is no such file.
    """
    if not path.exists():
        raise FileNotFoundError(no_file(path))
    kind = path.suffix.lower()
    need(path, kind, LIBRARIES)
    if kind in WORKBOOKS:
        yield _of_workbook(path, percentages, sheet)
    elif sheet:
        raise no_sheets(path)
    elif kind == PARQUET:
        yield _of_parquet(path)
    else:
        from detente.core.tables.broken import why_no_text

        used = encoding or marked_encoding(path)
        check_encoding(used)
        if wrong := why_no_text(path, used):
            raise TableError(str(path), "", *wrong)
        with open_text(path, used, errors, newline="") as source:
            try:
                yield rows_of_text(source, str(path), comments=comments, faults=faults)
            except UnicodeError as error:
                where = f"line {_undecoded(path, used)}"
                what = f"this is not {NAMES.get(used.lower(), used)}"
                do = NAME_ENCODING
                raise TableError(str(path), where, what, do) from error


def read_table(
    path: Path, encoding: str | None = None, sheet: str | None = None
) -> tuple[list[str], list[dict[str, str]]]:
    """The columns of a file and all of its rows, each by column; see ``open_table``."""
    with open_table(path, encoding, sheet=sheet) as rows:
        return rows.columns, list(rows.by_column())


class Noted(NamedTuple):
    """A whole table with what was read into it; see ``TableRows``."""

    columns: list[str]
    rows: list[dict[str, str]]
    notes: list[str]
    filled: set[tuple[int, str]]


def read_noted(path: Path, encoding: str | None = None, sheet: str | None = None) -> Noted:
    """A whole file, with what was read into its cells; see ``open_table``."""
    with open_table(path, encoding, sheet=sheet) as rows:
        return Noted(rows.columns, list(rows.by_column()), rows.notes, rows.filled)


def rows_of_text(
    text: str | Iterable[str],
    name: str,
    *,
    comments: bool = False,
    faults: list[str] | None = None,
) -> TableRows:
    """The rows of a text, or of its lines with their ends.

    Raises:
        TableError: see ``open_table``.
    """
    lines = iter(io.StringIO(text, newline="") if isinstance(text, str) else text)
    if comments:
        lines = (line for line in lines if not line.startswith(COMMENT))
    first, separator, above = heading_of(lines)
    if faults is not None:
        return _whole_rows(chain([first] if first else [], lines), name, separator, above, faults)
    reader = csv.reader(chain([first] if first else [], lines), delimiter=separator, strict=True)
    try:
        columns = next(reader, [])
    except csv.Error as error:
        raise TableError(name, f"line {above + 1}", str(error), QUOTES) from error

    def rows(table: TableRows) -> Iterator[list[str]]:
        try:
            for table.row, row in enumerate(reader, above + 2):
                table.line = above + reader.line_num
                if row:
                    yield row
        except csv.Error as error:
            # The row that cannot be read begins after the last one that could.
            table.line += 1
            raise table.fault(str(error), QUOTES) from error

    return TableRows(name, columns, rows)


def _whole_rows(
    lines: Iterable[str], name: str, separator: str, above: int, faults: list[str]
) -> TableRows:
    """The rows of a text that can be read; the others are told with their lines."""
    records = Records(lines, separator, strict=True, above=above)
    heading = next(records, None)
    if heading is not None and heading.fault:
        raise TableError(name, f"line {heading.line}", heading.fault, QUOTES)
    columns = [] if heading is None else heading.cells

    def rows(table: TableRows) -> Iterator[list[str]]:
        for table.row, record in enumerate(records, above + 2):
            table.line = record.last
            if not record.fault:
                if record.cells:
                    yield record.cells
                continue
            fault = f"line {record.line}: {record.fault}"
            if table._in_place:
                yield FaultRow(records.broken.split(separator), fault)
            else:
                faults.append(fault)

    table = TableRows(name, columns, rows)
    table.records = records
    return table


def heading_of(lines: Iterable[str]) -> tuple[str, str, int]:
    """The line that names the columns, what stands between its cells, and how many are above it.

    Those above are blank, or name what stands between cells.
    """
    named = ""
    for above, line in enumerate(lines):
        # A text that was not opened here may still begin with the mark of its file.
        first = line if above else line.removeprefix(BYTE_ORDER_MARK)
        if is_heading(first):
            return first, named or separator_of(first), above
        if names := SEPARATOR_NAMED.fullmatch(first):
            named = names[1]
    return "", SEPARATORS[0], 0


def is_heading(line: str) -> bool:
    """Whether a line of a text names columns: it is not blank, and names no separator."""
    return bool(line.strip(" \r\n")) and SEPARATOR_NAMED.fullmatch(line) is None


def separator_of(first: str) -> str:
    """What stands between the cells of a text, by its first line."""
    return max(SEPARATORS, key=first.count)


def rows_of_cells(name: str, columns: list[str], cells: Iterable[list[str]]) -> TableRows:
    """The rows of a table that no file holds; a line is the place of a row after the first line."""

    def rows(table: TableRows) -> Iterator[list[str]]:
        for table.line, row in enumerate(cells, 2):
            table.row = table.line
            yield row

    return TableRows(name, columns, rows)


def marked_encoding(path: Path) -> str:
    """The encoding of a text by the mark at its beginning; UTF-8 without one."""
    with open(path, "rb") as source:
        begin = source.read(4)
    return next((name for mark, name in MARKS if begin.startswith(mark)), "utf-8")


def _undecoded(path: Path, encoding: str) -> int:
    """The first line that an encoding does not read."""
    decoder = codecs.getincrementaldecoder(encoding)()
    number = 1
    with open(path, "rb") as source:
        for number, line in enumerate(source, 1):
            try:
                decoder.decode(line)
            except UnicodeError:
                return number
    return number


def _of_workbook(path: Path, percentages: bool, sheet: str | None) -> TableRows:
    """One sheet; a number is written as short as it is exact, a day as a day."""
    import fastexcel

    from detente.core.tables.formulas import valueless_cells

    _check_room(path)
    try:
        book = fastexcel.read_excel(path)
        if sheet:
            sheet = _sheet_named(path, sheet, book.sheet_names)
        sheets = [
            (name, book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string"))
            for name in ([sheet] if sheet else book.sheet_names)
        ]
    except fastexcel.FastExcelError as error:
        from detente.core.tables.broken import what_is_wrong

        raise TableError(str(path), "", *what_is_wrong(path)) from error
    filled = [(name, held) for name, held in sheets if held.height and held.width]
    if len(filled) > 1:
        listed = ", ".join(name for name, _ in filled)
        what = f"{len(filled)} sheets have cells ({listed})"
        raise TableError(str(path), "", what, ALONE if sheet is None else NAME_SHEET)
    frame = filled[0][1].to_polars() if filled else None
    # What stands to the left of the first cell is left out.
    left = filled[0][1].available_columns()[0].absolute_index if filled else 0
    held = [] if frame is None else [column.fill_null("").to_list() for column in frame]
    if filled and percentages:
        _show_percentages(held, path, filled[0][0], left)
    merged = _merged(path, filled[0][0], left) if filled else []
    covered = {each for area in merged for each in _fill(held, area)}
    valueless = valueless_cells(path, filled[0][0]) if filled else []
    without_value = {each.row + 1 for each in valueless}
    for column in held:  # what reads the cells ends with the last one that has a value
        column += [""] * (max(without_value, default=0) - len(column))
    every = enumerate(zip(*held, strict=True), 1)
    # A row of nothing but formulas or errors is not a blank one.
    lines = [
        (at, [_day(cell) for cell in row]) for at, row in every if any(row) or at in without_value
    ]
    lines = list(dropwhile(lambda line: not any(line[1]), lines))
    columns = lines[0][1] if lines else []
    width = max((at for at, cell in enumerate(columns, 1) if cell), default=0)

    def rows(table: TableRows) -> Iterator[list[str]]:
        for table.row, row in lines[1:]:
            table.line = table.row
            # Cells that were emptied stand to the right of the table; one that is filled is told.
            width = len(table.columns)
            yield row[:width] if not any(row[width:]) else row

    table = TableRows(str(path), columns[:width], rows)
    table.row = table.heading = lines[0][0]
    table.valueless = {(each.row + 1, each.column - left): each.why for each in valueless}
    if formulas := [each.place for each in valueless if not each.error]:
        table.notes.append(_of_formulas(formulas))
    if errors := [f"{each.place} {each.error}" for each in valueless if each.error]:
        table.notes.append(f"cells have errors ({_first(errors)}), and were read as empty")
    table._ragged = "name every column in the first row, or empty the cells beside the table"
    if merged:
        areas = ", ".join(area.name for area in merged[:MERGED_NAMED])
        more = f" and {len(merged) - MERGED_NAMED} more" if len(merged) > MERGED_NAMED else ""
        table.notes.append(
            f"cells are merged ({areas}{more}): what stands there was read for every row of them"
        )
        rows_at = {at - 1: number for number, (at, _) in enumerate(lines[1:])}
        table.filled = {
            (rows_at[at], table.columns[column])
            for at, column in covered
            if at in rows_at and column < width
        }
    return table


def _sheet_named(path: Path, name: str, names: Sequence[str]) -> str:
    """The sheet that is called so, or the one that is but for small letters and blanks.

    Raises:
        TableError: there is none, or there are several.
    """
    plain = name.strip().casefold()
    alike = [each for each in names if each.strip().casefold() == plain]
    if name not in names and len(alike) != 1:
        what = f"there is no sheet {name!r}, but {', '.join(names)}"
        raise TableError(str(path), "", what, NAME_SHEET)
    return name if name in names else alike[0]


def _of_formulas(places: Sequence[str]) -> str:
    """That cells have a formula without a value, and are read as empty."""
    return (
        f"what was calculated in cells with formulas was not saved ({_first(places)}), and they "
        "were read as empty: open the file in a spreadsheet program and save it"
    )


def _first(places: Sequence[str]) -> str:
    """The first of some cells, and how many there are more."""
    more = f" and {len(places) - MERGED_NAMED:,} more" if len(places) > MERGED_NAMED else ""
    return ", ".join(places[:MERGED_NAMED]) + more


def _check_room(path: Path) -> None:
    """Refuse a workbook for which what reads it would find no room, and end the program."""
    from detente.core.tables.sheets import BROKEN, too_large

    try:
        why = too_large(path)
    except BROKEN:
        return  # its reader says what is wrong
    if why:
        do = "keep the table alone in its sheet, or save it as CSV"
        raise TableError(str(path), "", why, do)


def _show_percentages(held: list[list[str]], path: Path, sheet: str, left: int) -> None:
    """Write the numbers that a sheet shows as percentages as it shows them: 0.6 is 60%.

    Args:
        held: its cells, column by column.
        path: the workbook.
        sheet: its name.
        left: columns to the left of its first cell.

    Raises:
        TableError: the workbook has such cells and does not say where, or does not say whether a
            number of at most 1 is one.
    """
    from detente.core.tables.percents import (
        as_percentage,
        has_percentages,
        percent_cells,
        untold_percentage,
    )

    if has_percentages(path):
        what = "cells are shown as percentages, and which these are is not told in this format"
        raise TableError(str(path), "", what, SAVED_WITH_PERCENTAGES)
    if place := untold_percentage(path, held):
        row, column = place
        what = (
            f"{held[column][row]} in column {column + 1} may be shown as a percentage, and whether "
            "it is is not told in this format"
        )
        raise TableError(str(path), f"line {row + 1}", what, SAVED_WITH_PERCENTAGES)
    for row, at in percent_cells(path, sheet):
        column = at - left
        if 0 <= column < len(held) and row < len(held[column]):
            held[column][row] = as_percentage(held[column][row])


def _merged(path: Path, sheet: str, left: int) -> list[MergedRange]:
    """Areas of merged cells of a sheet that reach over more than one row below the first.

    Their columns are those of the cells that are read, which begin so many columns from the left.
    """
    from detente.core.tables.merged import merged_areas

    found = [
        each._replace(column=each.column - left)
        for each in merged_areas(path, sheet)
        if each.last > each.first and each.first and each.column >= left
    ]
    return sorted(found, key=lambda each: (each.first, each.column))


def _fill(held: list[list[str]], area: MergedRange) -> Iterator[tuple[int, int]]:
    """Give the cells below the first of an area what stands in the first; their places."""
    if area.column < len(held):
        column = held[area.column]
        for at in range(area.first + 1, min(area.last + 1, len(column))):
            column[at] = column[area.first]
            yield at, area.column


def _day(cell: str) -> str:
    """A cell; a day and an instant as they are written elsewhere."""
    if not cell[:1].isdigit() or cell[4:5] != "-":
        return cell
    if midnight := MIDNIGHT.fullmatch(cell):
        return midnight[1]
    instant = INSTANT.fullmatch(cell)
    return f"{instant[1]}T{instant[2]}" if instant else cell


def _of_parquet(path: Path) -> TableRows:
    import polars

    from detente.core.tables.column_texts import as_text

    try:
        frame: polars.DataFrame = polars.read_parquet(path)
    except polars.exceptions.ComputeError as error:
        raise TableError(str(path), "", f"no Parquet file ({error})", "write it again") from error
    texts = [as_text(column).to_list() for column in frame]

    def rows(table: TableRows) -> Iterator[list[str]]:
        for at, row in enumerate(zip(*texts, strict=True), 1):
            table.line, table.row = at, at + 1
            yield list(row)

    return TableRows(str(path), frame.columns, rows)
