"""The tables of a page that was saved in a browser: rows, what is bold in them, and what is beside.

Some authorities publish a list as a page and as no file, and refuse programs.
"""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from detente._shapes import NamedTuple
from detente.core.tables.reading import marked_encoding
from detente.parties.lists.readers.common import check_size

BOLD = ("strong", "b")


class PageRow(NamedTuple):
    """A row of a table.

    Attributes:
        cells: the text of each cell.
        bold: of each cell, what is printed bold, in order.
        line: that it begins on.
        above: the text between the table before and this row.
    """

    cells: tuple[str, ...]
    bold: tuple[tuple[str, ...], ...]
    line: int
    above: str


class PageTables(NamedTuple):
    """A page: its tables, each the rows of it, and the text beside them."""

    tables: list[list[PageRow]]
    beside: str


def read_page(path: str, encoding: str | None = None) -> PageTables:
    """Read a page.

    Args:
        path: the file, HTML.
        encoding: of the file; None for its mark, else UTF-8.

    Raises:
        ValueError: there is no such file, or it is empty or too large.
    """
    check_size(path)
    parser = _Tables()
    parser.feed(Path(path).read_bytes().decode(encoding or marked_encoding(Path(path))))
    parser.close()
    tables = [table for table in parser.tables if table]
    return PageTables(tables, " ".join("".join(parser.beside).split()))


class _Tables(HTMLParser):
    """The rows of all tables, each with the text before it, and the text beside."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[PageRow]] = []
        self.beside: list[str] = []
        self._since_table: list[str] = []
        self._cells: list[str] = []
        self._bold: list[tuple[str, ...]] = []
        self._cell: list[str] | None = None
        self._bold_parts: list[str] = []
        self._in_bold = 0
        self._within = 0
        self._line = 0
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._unseen += 1
        elif tag == "table":
            self._within += 1
            self.tables.append([])
        elif tag == "tr":
            self._end_row()
            self._line = self.getpos()[0]
        elif tag in ("td", "th") and self._within:
            self._end_cell()
            self._cell, self._bold_parts, self._in_bold = [], [], 0
        elif tag in ("br", "p", "li", "div"):
            self.handle_data(" ")
        elif tag in BOLD:
            self._in_bold += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._unseen = max(0, self._unseen - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "thead", "tbody"):
            self._end_row()
        elif tag == "table":
            self._end_row()
            self._within = max(0, self._within - 1)
            self._since_table = []
        elif tag in BOLD:
            self._in_bold = max(0, self._in_bold - 1)

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._cell is not None:
            self._cell.append(data)
            if self._in_bold:
                self._bold_parts.append(data)
            elif data.strip():
                self._bold_parts.append("\0")  # what is not bold parts two that are
        elif not self._within or not self._cells:
            self.beside.append(data)
            self._since_table.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _end_cell(self) -> None:
        if self._cell is not None:
            self._cells.append(" ".join("".join(self._cell).split()))
            bold = (" ".join(each.split()) for each in "".join(self._bold_parts).split("\0"))
            self._bold.append(tuple(filter(None, bold)))
            self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells and self.tables:
            above = "".join(self._since_table)
            row = PageRow(tuple(self._cells), tuple(self._bold), self._line, above)
            self.tables[-1].append(row)
        self._cells, self._bold = [], []
