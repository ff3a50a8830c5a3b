"""The records of a text of CSV, where one that is broken must not take others with it.

A quote that is opened and not closed makes everything behind it one cell, until the next quote: the
records there would be lost, and the fault told for a line on which nothing is wrong.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from detente._shapes import NamedTuple

OPEN = "a quote is opened and not closed"
"""What is wrong with a record that goes on over lines which are records of their own."""

MISPLACED = "a quote is not closed before the next one, so cells run together"
"""What is wrong with a record that lacks cells since its quotes made one of several."""

CUT = "the text ends within quotes"
"""What is wrong with the last record of a text whose end is lacking."""


class Record(NamedTuple):
    """A record of a text.

    Attributes:
        line: the line on which it begins, of the text and counted from 1.
        last: the line on which it ends.
        cells: its cells; none for a blank line, or where it cannot be read.
        fault: why it cannot be read; empty where it can.
    """

    line: int
    last: int
    cells: list[str]
    fault: str = ""


class _UnreadLines(Iterator[str]):
    """Lines of which some can be given back, also behind the last one.

    Attributes:
        taken: those of the record that is being read.
        again: those that were given back.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.taken: list[str] = []
        self.again: deque[str] = deque()

    def __next__(self) -> str:
        line = self.again.popleft() if self.again else next(self._lines)
        self.taken.append(line)
        return line


class Records:
    """The records of a text, as they are asked for.

    Attributes:
        width: cells that a record has; 0 where that is not known. One over several lines that has
            more or fewer, or signs behind a quote, is held to be broken where one of these lines
            is a record by itself, and one that has fewer since such signs made one cell of several.
            Of a broken record the first line alone is given up, and the next one is read again.
        line: the last line that was read.
        broken: the last one that could not be read, as it stands.
    """

    def __init__(
        self,
        lines: Iterable[str],
        delimiter: str,
        *,
        strict: bool = False,
        width: int = 0,
        above: int = 0,
    ) -> None:
        """Take a text.

        Args:
            lines: its lines with their ends.
            delimiter: what stands between cells.
            strict: whether a cell whose quotes do not enclose all of it is a fault.
            width: see there.
            above: lines that stand above these in the file.
        """
        self.width, self.line, self.broken = width, above, ""
        self._lines = _UnreadLines(iter(lines))
        self._delimiter = delimiter
        self._reader = csv.reader(self._lines, delimiter=delimiter, strict=strict)

    def __iter__(self) -> Iterator[Record]:
        """Itself."""
        return self

    def __next__(self) -> Record:
        """The next record, which may be a broken one.

        Raises:
            UnicodeError: a line is not in the encoding of the text.
        """
        taken = self._lines.taken
        taken.clear()
        cells: list[str] = []
        fault = ""
        try:
            cells = next(self._reader)
        except csv.Error as error:
            fault = OPEN if len(taken) > 1 else str(error)
        if len(taken) > 1 and not fault and self._is_broken(cells):
            cells, fault = [], OPEN
        if not fault and self._is_open(taken):
            cells, fault = [], CUT
        if not fault and 0 < len(cells) < self.width and self._is_run_together(cells):
            cells, fault = [], MISPLACED
        first = self.line + 1
        if fault:
            self.broken = taken[0].rstrip("\r\n")
            self._lines.again.extendleft(reversed(taken[1:]))
            self.line = first
        else:
            self.line += len(taken)
        return Record(first, self.line, cells, fault)

    def _is_open(self, taken: Sequence[str]) -> bool:
        """Whether a record ends within quotes, as the last one alone can."""
        # Quotes that may stand anywhere can be odd in number and closed all the same.
        if sum(line.count('"') for line in taken) % 2 == 0:
            return False
        behind = iter((*taken, "behind"))
        next(csv.reader(behind, delimiter=self._delimiter), [])
        return next(behind, None) is None

    def _is_broken(self, cells: list[str]) -> bool:
        """Whether a record goes on over a line that is one by itself."""
        taken = self._lines.taken
        if not self.width or (len(cells) == self.width and self._cells_of(taken)):
            return False
        return any(map(self._is_whole, taken[1:]))

    def _is_run_together(self, cells: list[str]) -> bool:
        """Whether a record lacks cells since misplaced quotes made one of several."""
        taken = self._lines.taken
        if not any('"' in line for line in taken):
            return False
        separated = sum(line.count(self._delimiter) for line in taken)
        return separated >= len(cells) and not self._cells_of(taken)

    def _is_whole(self, line: str) -> bool:
        return line.count('"') % 2 == 0 and len(self._cells_of([line])) == self.width

    def _cells_of(self, lines: Iterable[str]) -> list[str]:
        """The cells of the record that some lines are; none where its quotes are broken."""
        try:
            return next(csv.reader(lines, delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return []
