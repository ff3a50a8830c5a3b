"""Tables as files: CSV, tabs, workbooks and Parquet, each column as what it was declared."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import chain
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.core.tables.cells import FORMULA, csv_safe
from detente.core.tables.columns import DIGITS, MONEY, RATE, TEXT, Column

if TYPE_CHECKING:
    from typing import Any, Protocol, TextIO

    import polars
    from xlsxwriter.worksheet import Worksheet

    class Writer(Protocol):
        """What writes rows of CSV."""

        def writerow(self, row: Iterable[object], /) -> object:
            """Write one row."""

        def writerows(self, rows: Iterable[Iterable[object]], /) -> object:
            """Write rows."""


_FORMULA = frozenset(FORMULA)

LINE_END = "\r\n"
"""The end of a line of CSV, as RFC 4180 has it; every reader takes it."""

CSV, TABS, WORKBOOK, PARQUET = ".csv", ".tsv", ".xlsx", ".parquet"
KINDS = (CSV, TABS, WORKBOOK, PARQUET)
"""What a table is written as, by the suffix of the file."""

ARROW = ".arrow"
"""Arrow's own file, which programs read without decoding; for tables too large for a person."""

LIBRARIES = {
    WORKBOOK: ("xlsxwriter", "sheets"),
    PARQUET: ("polars", "batch"),
    ARROW: ("polars", "batch"),
}
"""What a kind needs: the module, and the extra that brings it."""

MOST_MET = 100_000
"""Texts that are remembered as they are written."""

MOST_ROWS = 1_048_576
"""Rows of a sheet, its first line with the names among them."""

LONGEST = 32_767
"""Signs of a cell of a workbook; the library drops a longer text without a word."""

FORMATS = {RATE: "0.00##%", MONEY: "#,##0.00"}
"""How a spreadsheet shows a column of numbers."""


def csv_writer(file: TextIO, delimiter: str = ",") -> Writer:
    """What writes CSV into a file that was opened with ``newline=""``; every CSV is written so."""
    return csv.writer(file, delimiter=delimiter, lineterminator=LINE_END)


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[object]], delimiter: str = ",") -> str:
    """A table as CSV that a spreadsheet shows and does not run."""
    return csv_lines(chain([columns], rows), delimiter)


def csv_lines(rows: Iterable[Iterable[object]], delimiter: str = ",") -> str:
    """Rows as the lines of such a table."""
    text = io.StringIO(newline="")
    csv_writer(text, delimiter).writerows(map(_safe, rows))
    return text.getvalue()


def _safe(row: Iterable[object]) -> list[str]:
    """Cells of a row as texts that a spreadsheet shows and does not run."""
    return [
        # Nearly every cell is such a text, and a call for each is half the time.
        cell if type(cell) is str and cell[:1] not in _FORMULA else cell_text(cell)
        for cell in row
    ]


class CsvTexts(dict[str, str]):
    """Texts as they stand between the delimiters of a line of CSV, by the text.

    For tables in which texts come again and again: what was met is not looked through once more.
    """

    def __init__(self, delimiter: str) -> None:
        """Begin with none."""
        super().__init__()
        self._delimiter = delimiter
        self._odd = re.compile(f'[{delimiter}"\r\n]').search
        # Of a text that begins with a letter, no sign can make a formula.
        self._plain = re.compile(f'[A-Za-z][^{delimiter}"\r\n]*').fullmatch

    def __missing__(self, text: str) -> str:
        safe = text
        if not self._plain(text):
            safe = csv_safe(text)
            if self._odd(safe):
                safe = '"' + safe.replace('"', '""') + '"'
        if len(self) >= MOST_MET:
            self.clear()
        self[text] = safe
        return safe

    def line(self, cells: Iterable[str]) -> str:
        """The line of a row; as ``csv_lines`` has it."""
        return (self._delimiter.join(map(self.__getitem__, cells)) or '""') + LINE_END


def cell_text(value: object) -> str:
    """A value as a cell: nothing is empty, several are joined, a number has no exponent."""
    if isinstance(value, str):
        return csv_safe(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return csv_safe("; ".join(map(str, value)))
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return csv_safe(str(value))


def kind_of(path: Path, kinds: Sequence[str] = KINDS) -> str:
    """What a table is to be written as.

    Raises:
        ValueError: the suffix names none of the kinds, or what it needs is not installed.
    """
    kind = path.suffix.lower()
    if kind not in kinds:
        *most, last = kinds
        listed = f"{', '.join(most)} or {last}" if most else last
        raise ValueError(f"{path}: a table is written as {listed}, by the suffix of its file")
    need(path, kind, LIBRARIES)
    return kind


def need(path: Path, kind: str, libraries: dict[str, tuple[str, str]]) -> None:
    """Refuse a kind whose library is not installed.

    Raises:
        ValueError: with the command that installs it.
    """
    from importlib.util import find_spec

    module, extra = libraries.get(kind, ("", ""))
    if module and find_spec(module) is None:
        raise ValueError(f'{path}: {kind} needs {module}: pip install "detente[{extra}]"')


def table_file(
    path: Path, columns: Sequence[str | Column], rows: Iterable[Iterable[object]]
) -> bytes:
    """The content of a file that holds a table, of the kind that its suffix names.

    Args:
        path: where it will be written; nothing is written here.
        columns: a column without a kind holds what its cells are.
        rows: texts, numbers, truths, lists and None.

    Raises:
        ValueError: see ``kind_of``; or there are more rows than a sheet holds.
    """
    kind = kind_of(path)
    declared = _declared(columns)
    if kind in (CSV, TABS):
        return csv_text([each.name for each in declared], rows, DELIMITERS[kind]).encode()
    whole = io.BytesIO()
    if kind == PARQUET:
        _frame(declared, rows).write_parquet(whole)
    else:
        with Workbook(whole, declared) as book:
            for row in rows:
                book.add(row)
    return whole.getvalue()


DELIMITERS = {CSV: ",", TABS: "\t"}
"""What stands between the cells of a line, by kind."""


@contextmanager
def open_lines(beside: Path, kind: str, columns: Iterable[str | Column]) -> Iterator[TextIO]:
    """A file of lines, to which more can be written as ``csv_lines`` makes them.

    Args:
        beside: the file to write.
        kind: one of DELIMITERS.
        columns: in the first line.
    """
    with open(beside, "w", encoding="utf-8", newline="") as target:
        names = [each.name for each in _declared(columns)]
        target.write(csv_lines([names], DELIMITERS[kind]))
        yield target


@contextmanager
def open_target(
    beside: Path, kind: str, columns: Sequence[str | Column]
) -> Iterator[Callable[[Iterable[object]], object]]:
    """What writes rows into a file one after the other; Parquet is written when all are there.

    Args:
        beside: the file to write.
        kind: one of KINDS.
        columns: as in ``table_file``.
    """
    declared = _declared(columns)
    if kind == WORKBOOK:
        with Workbook(beside, declared) as book:
            yield book.add
    elif kind == PARQUET:
        held: list[tuple[object, ...]] = []
        yield lambda row: held.append(tuple(row))
        _frame(declared, held).write_parquet(beside)
    else:
        with open_lines(beside, kind, declared) as target:
            writer = csv_writer(target, DELIMITERS[kind])
            yield lambda row: writer.writerow(_safe(row))


def _declared(columns: Iterable[str | Column]) -> list[Column]:
    return [each if isinstance(each, Column) else Column(each, "") for each in columns]


class Workbook:
    """A workbook, written sheet by sheet and row by row in little memory."""

    def __init__(
        self, target: io.BytesIO | Path, columns: Sequence[Column], sheet: str = "Table"
    ) -> None:
        """Begin a workbook with the names of its columns.

        Args:
            target: where it is written when it is closed.
            columns: a kind of "" takes numbers as numbers.
            sheet: the name of the first sheet.
        """
        import xlsxwriter

        # Rows leave memory as they come, and a cell that begins with "=" stays a text and runs
        # nowhere.
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        name = target if isinstance(target, io.BytesIO) else str(target)
        self._book = xlsxwriter.Workbook(name, options)
        self._formats = {
            kind: self._book.add_format({"num_format": FORMATS[kind]}) for kind in FORMATS
        }
        self._bold = self._book.add_format({"bold": True})
        self.begin(sheet, columns)

    def begin(self, sheet: str, columns: Sequence[Column]) -> None:
        """Begin a sheet; the one before is finished.

        Args:
            sheet: its name.
            columns: names and kinds of its columns.
        """
        self._sheet: Worksheet = self._book.add_worksheet(sheet)
        self._columns = [(each.kind, self._formats.get(each.kind)) for each in columns]
        self._sheet.freeze_panes(1, 0)
        self._at = 0
        for at, column in enumerate(columns):
            self._sheet.write_string(0, at, column.name, self._bold)

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()  # after a fault too, or its files beside would stay open

    def add(self, row: Iterable[object]) -> None:
        """Write a row.

        Raises:
            ValueError: the sheet is full, or a text is too long for a cell.
        """
        self._at += 1
        if self._at >= MOST_ROWS:
            raise ValueError(
                f"a sheet holds {MOST_ROWS - 1:,} rows and there are more: write CSV or Parquet"
            )
        for at, (value, (kind, shown)) in enumerate(zip(row, self._columns, strict=True)):
            if value == "":
                continue  # most cells of a table with many columns
            number = _number(value, kind)
            if number is not None:
                self._sheet.write_number(self._at, at, number, shown)
            elif isinstance(value, bool):
                self._sheet.write_boolean(self._at, at, value)
            elif text := _text(value):
                if len(text) > LONGEST:
                    raise ValueError(
                        f"row {self._at}: a cell of a workbook holds {LONGEST:,} signs and this "
                        f"one has {len(text):,}: write CSV or Parquet, or leave its column out"
                    )
                self._sheet.write_string(self._at, at, text)

    def add_all(self, rows: Iterable[Iterable[object]]) -> None:
        """Write rows."""
        for row in rows:
            self.add(row)


def _number(value: object, kind: str) -> float | None:
    """A cell as a number, where its column holds numbers or it is one itself."""
    if kind in DIGITS and isinstance(value, str):
        return float(value) if value else None
    if kind == TEXT or isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return float(value)


def _text(value: object) -> str:
    """A cell as the text that is meant; a workbook knows text from formulas by itself."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _frame(columns: Sequence[Column], rows: Iterable[Iterable[object]]) -> polars.DataFrame:
    """A table with typed columns: exact decimals where they were declared, else texts."""
    import polars

    cells: Iterator[tuple[Any, ...]] = zip(*rows, strict=True)
    held = list(cells) or [()] * len(columns)
    found = []
    for column, values in zip(columns, held, strict=True):
        texts = [None if value is None else _plain(value) for value in values]
        series = polars.Series(column.name, texts, dtype=polars.String)
        if column.kind in DIGITS:
            series = series.replace("", None).cast(polars.Decimal(*DIGITS[column.kind]))
        found.append(series)
    return polars.DataFrame(found)


def _plain(value: object) -> str:
    if isinstance(value, bool | float):
        return cell_text(value)
    return _text(value)
