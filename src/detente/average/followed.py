"""What lines are called and pay in every edition, as columns; the build follows those that ship.

Which codes stand for a line hangs on the edition from which it is followed: moves before that are
history. So the file has for each line what it comes to from the first edition on, and beside it,
for every later edition from which another answer comes, what stands there instead.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.cells import CodeEquivalents
from detente.average.lines import ScheduleLines
from detente.duty.amounts import ColumnRates
from detente.store.files import data_file, open_read_only

if TYPE_CHECKING:
    import numpy

    from detente.average.lines import RatePiece
    from detente.goods.schedule import Schedule
    from detente.trade.flows import Flows

    Column = numpy.ndarray

FILE = data_file("lines.sqlite")

PARTS = 720_720
"""Into so many parts a line is divided: every number of successors up to sixteen divides it."""

UNPRINTED, RATELESS = -1, -2
"""In place of rates: no edition prints the line; it prints no rate for it."""

COLUMNS = ("line", "good", "rate", "parts", "first", "until")
ALONE = "alone"
"""The column of the edition from which alone a row counts; `ALWAYS` for most rows."""

ALWAYS = -1

RATES = "rates"
"""The column of rates: the texts of each, general, other and special, by their places."""

TEXTS = ("codes", "later", "printed")
"""Digits of goods, the minutes since which they count, and what rates are printed as."""

TABLES = """
PRAGMA page_size = 65536;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE columns (name TEXT PRIMARY KEY, kind TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE texts (name TEXT PRIMARY KEY, json TEXT NOT NULL);
"""

Good = tuple[str, "int | None"]
"""The digits of a line on some days, and the minute that `Classes.place` asks for."""


class FollowedLines(NamedTuple):
    """Parts of lines over editions ``first <= number < until``: columns of equal length.

    Attributes:
        line: the line, by its place among those followed; rows are in order of it.
        good: what it is called, by its place in ``goods``.
        rate: its ordinary rates, ad valorem where that can be said, by their place in ``rates``;
            `UNPRINTED` or `RATELESS` where there are none.
        parts: how many of `PARTS` of the line.
        first: the first edition, by number.
        until: the edition after the last.
        goods: distinct goods.
        rates: distinct rates.
    """

    line: Column
    good: Column
    rate: Column
    parts: Column
    first: Column
    until: Column
    goods: Sequence[Good]
    rates: Sequence[ColumnRates]

    def some(self, rows: Column) -> FollowedLines:
        """Some of the rows, by place or by mark."""
        return FollowedLines._make((*(each[rows] for each in self[:6]), self.goods, self.rates))


class LineFollower:
    """Follows the lines of some flows: as the build did, or anew under an imported edition."""

    def __init__(self, schedule: Schedule, flows: Flows) -> None:
        """Begin.

        Args:
            schedule: the goods schedule.
            flows: whose lines are followed.
        """
        self._schedule, self._flows = schedule, flows

    def over(self, codes: Sequence[str], first: int, until: int) -> FollowedLines:
        """Lines over editions ``first <= number < until``.

        Args:
            codes: digits of lines of the flows, in their order.
            first: the first edition, by number.
            until: the edition after the last.
        """
        if self._stored is None:
            return follow(self._lines, self._equivalents, codes, first, until)
        return self._stored.over(self._flows.codes, codes, first, until)

    @cached_property
    def _stored(self) -> StoredLines | None:
        return StoredLines.of(self._schedule, self._flows)

    @cached_property
    def _lines(self) -> ScheduleLines:
        return ScheduleLines(self._schedule)

    @cached_property
    def _equivalents(self) -> CodeEquivalents:
        return CodeEquivalents(self._flows.equivalents())


class LineRows:
    """Rows of followed lines while they are found."""

    def __init__(self, equivalents: CodeEquivalents) -> None:
        """Begin without any.

        Args:
            equivalents: what was paid where a rate is not ad valorem.
        """
        self.goods: dict[Good, int] = {}
        self.rates: dict[ColumnRates, int] = {}
        self._equivalents = equivalents
        # Rates are held, since the identity of an object that is gone may come again.
        self._known: dict[int, tuple[int, ColumnRates]] = {}

    def row(self, line: int, piece: RatePiece) -> tuple[int, int, int, int, int, int]:
        """A row of `COLUMNS`."""
        _, code, parts, first, until, printed, _, later = piece
        good = self.goods.setdefault((code, later), len(self.goods))
        if printed is None or not printed.general:
            return line, good, UNPRINTED if printed is None else RATELESS, parts, first, until
        rates, _ = self._equivalents.rates(piece)
        # Rates are told apart once: to compare two takes long.
        held = self._known.get(id(rates))
        if held is None:
            number = self.rates.setdefault(rates, len(self.rates))
            held = self._known[id(rates)] = number, rates
        return line, good, held[0], parts, first, until


def follow(
    lines: ScheduleLines,
    equivalents: CodeEquivalents,
    codes: Iterable[str],
    first: int,
    until: int,
) -> FollowedLines:
    """Follow lines through the editions ``first <= number < until``.

    Args:
        lines: the schedule.
        equivalents: what was paid where a rate is not ad valorem.
        codes: digits of the lines.
        first: the first edition, by number.
        until: the edition after the last.
    """
    import numpy

    found = LineRows(equivalents)
    rows = [
        found.row(line, piece)
        for line, code in enumerate(codes)
        for piece in lines.pieces({code: PARTS}, first, until)
    ]
    columns = numpy.array(rows, numpy.int64).reshape(-1, len(COLUMNS)).T
    return FollowedLines._make((*columns, [*found.goods], [*found.rates]))


class StoredLines:
    """The lines of the flows that ship, as the build followed them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def of(cls, schedule: Schedule, flows: Flows) -> StoredLines | None:
        """What the build found; None for any other tables than those that it packed."""
        if schedule.imported_sha256 or not os.path.isfile(FILE):
            return None
        connection = open_read_only(FILE)
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        return cls(connection) if meta == meta_of(schedule, flows) else None

    def over(
        self, known: Sequence[str], codes: Sequence[str], first: int, until: int
    ) -> FollowedLines:
        """Lines over editions ``first <= number < until``.

        Args:
            known: digits of all lines of the flows.
            codes: digits of those wanted, in the same order.
            first: the first edition, by number.
            until: the edition after the last.
        """
        import numpy

        place = numpy.full(len(known), -1)
        places = {code: at for at, code in enumerate(known)}
        place[[places[code] for code in codes]] = numpy.arange(len(codes))
        alone, rows = self._columns[ALONE], self._rows
        own = alone == first
        # Up to where what is followed from this edition alone stands for what is always followed.
        ends = numpy.zeros(len(known), numpy.int64)
        numpy.maximum.at(ends, rows.line[own], rows.until[own])
        wanted = (alone == ALWAYS) & (rows.until > first) & (rows.first >= ends[rows.line])
        wanted = (wanted | own) & (rows.first < until) & (place[rows.line] >= 0)
        found = rows.some(wanted)
        return found._replace(
            line=place[found.line],
            first=numpy.maximum(found.first, first),
            until=numpy.minimum(found.until, until),
        )

    @cached_property
    def _columns(self) -> Mapping[str, Column]:
        import numpy

        found = self._connection.execute("SELECT name, kind, body FROM columns")
        return {
            name: numpy.frombuffer(body, kind).astype(numpy.int64) for name, kind, body in found
        }

    @cached_property
    def _rows(self) -> FollowedLines:
        texts = dict(self._connection.execute("SELECT name, json FROM texts"))
        codes, later, printed = (json.loads(texts[name]) for name in TEXTS)
        rates = self._columns[RATES].reshape(-1, 3).tolist()
        return FollowedLines._make(
            (
                *(self._columns[name] for name in COLUMNS),
                [*zip(codes, later, strict=True)],
                [ColumnRates(*(printed[each] for each in row)) for row in rates],
            )
        )


def meta_of(schedule: Schedule, flows: Flows) -> dict[str, str]:
    """What lines are followed by: the tables of goods, the codes, and what was paid on them."""
    return {"goods": schedule.tables_sha256, "flows": flows.paid_sha256}


def write(
    target: Path,
    meta: Mapping[str, str],
    columns: Mapping[str, Column],
    texts: Mapping[str, Sequence[object]],
) -> None:
    """Write the file; the same contents give the same bytes."""
    connection = sqlite3.connect(target)
    try:
        connection.executescript(TABLES)
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        for name, column in sorted(columns.items()):
            row = (name, column.dtype.str, column.tobytes())
            connection.execute("INSERT INTO columns VALUES (?, ?, ?)", row)
        for name, value in sorted(texts.items()):
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            connection.execute("INSERT INTO texts VALUES (?, ?)", (name, text))
        connection.commit()
        connection.execute("VACUUM")
    finally:
        connection.close()
