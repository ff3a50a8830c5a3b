"""What the build worked out of the law: the situation of every cell without facts.

At each place many line classes are alike on all days, and many regimes for all lines. So a place
has a small table of rows and columns, and two columns of numbers that lead to them. The cells of
one situation charge the same under the same headings and ask the same; see `Situation`.

The file is made by the build from the register and the schedule that it packs, and it is used for
that register alone: a scenario, a local record or a fact has its cells found when they are met.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.partition import NO_CLASS
from detente.batch.engine.amounts import CompiledCharges
from detente.batch.engine.charges import ChargeNumbers, OutcomeCharges
from detente.batch.engine.ordinary import CompiledForms, OrdinaryForm, column_rates
from detente.batch.engine.situations import OutcomeCell
from detente.batch.engine.stored_list import StoredList, packed
from detente.goods.rate_table import NOTHING, DistinctSteps, PrintedRates, RateTable, StoredRates
from detente.register.codec import duty_row
from detente.store.files import data_file, open_read_only

if TYPE_CHECKING:
    import sqlite3
    from typing import Any, TypeVar

    import numpy

    from detente.goods.schedule import Schedule
    from detente.register.book import Register

    Column = numpy.ndarray
    Thing = TypeVar("Thing")

ALIKE = tuple(f"rates_{name}" for name in DistinctSteps._fields)
"""The tables of numbers that hold the steps of the rates."""

FILE = data_file("cells.sqlite")

SCHEMA = """
-- Tables are read whole, so pages are as large as can be.
PRAGMA page_size = 65536;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- numbers in rows of one kind, as they lie in memory: to unpack them would take longest of all
CREATE TABLE numbers (name TEXT PRIMARY KEY, kind TEXT NOT NULL, shape TEXT NOT NULL, plain BLOB);
-- JSON; of a list that is read an item at a time, in UTF-8, and the numbers say where items end
CREATE TABLE texts (name TEXT PRIMARY KEY, json NOT NULL);
"""


class Grid(NamedTuple):
    """The cells of one place.

    Attributes:
        row: the row of each line class.
        column: the column of each regime.
        situations: by row and column.
    """

    row: Column
    column: Column
    situations: Column


class CompiledCells:
    """The compiled cells, read on use."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def of(cls, register: Register) -> CompiledCells | None:
        """What the build worked out for a register; None for any other than the one it packed."""
        if not os.path.isfile(FILE):
            return None  # while the package is built
        compiled = cls(open_read_only(FILE))
        return compiled if compiled._meta("register") == register.sha256 else None

    def _meta(self, key: str) -> str:
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0])

    def numbers(self, name: str) -> Column:
        """A table of numbers."""
        import numpy

        kind, shape, body = self._connection.execute(
            "SELECT kind, shape, plain FROM numbers WHERE name = ?", (name,)
        ).fetchone()
        found = numpy.frombuffer(body, kind)
        return found.reshape(tuple(json.loads(shape)))

    def texts(self, name: str) -> Any:
        """A value of JSON."""
        (text,) = self._connection.execute(
            "SELECT json FROM texts WHERE name = ?", (name,)
        ).fetchone()
        return json.loads(text)

    def stored(self, name: str, read: Callable[[Any], Thing]) -> StoredList[Thing]:
        """A list of which each item is read on use."""
        (body,) = self._connection.execute(
            "SELECT json FROM texts WHERE name = ?", (name,)
        ).fetchone()
        return StoredList(body, self.numbers(f"{name}_ends"), read)

    @cached_property
    def line_codes(self) -> list[str]:
        """One code of each line class."""
        found: list[str] = self.texts("line_codes")
        return found

    @cached_property
    def place_class(self) -> dict[str, int]:
        """The place class of each country."""
        found: dict[str, int] = self.texts("place_class")
        return found

    @cached_property
    def rates(self) -> StoredRates:
        """The rates of the schedule that the build packed."""
        steps = DistinctSteps(*map(self.numbers, ALIKE))
        return StoredRates(self.numbers("codes"), self.stored("rates", PrintedRates._make), steps)

    @cached_property
    def _class_of(self) -> Column:
        return self.numbers("class_of").astype("int32")  # which has room for `NO_CLASS`

    def classes(self, codes: Sequence[str]) -> list[int]:
        """The line class of each code of the schedule; `NO_CLASS` of any other."""
        import numpy

        rows = numpy.array(self.rates.rows(codes), numpy.intp)
        found: list[int] = numpy.where(rows == NOTHING, NO_CLASS, self._class_of[rows]).tolist()
        return found

    @cached_property
    def marks(self) -> list[int]:
        """Minutes at which something begins or ends, ascending."""
        found: list[int] = self.numbers("marks").tolist()
        return found

    @cached_property
    def _cells(self) -> Column:
        return self.numbers("cells")

    @property
    def count(self) -> int:
        """How many situations there are; their numbers begin with 1."""
        return len(self._cells) - 1

    def cell(self, number: int) -> OutcomeCell:
        """One of the cells of a situation."""
        line, place, regime = self._cells[number].tolist()
        return OutcomeCell(line, place, regime, 0)

    @cached_property
    def _grids(self) -> tuple[Column, Column, Column, Column]:
        names = ("rows", "columns", "starts", "grid")
        rows, columns, starts, grid = map(self.numbers, names)
        return rows, columns, starts, grid

    def grid(self, place: int) -> Grid:
        """The cells of one place."""
        rows, columns, starts, grid = self._grids
        row, column = rows[place], columns[place]
        start, end = starts[place : place + 2].tolist()
        # Rows are numbered without a gap, so the largest number says how many there are.
        return Grid(row, column, grid[start:end].reshape(int(row.max()) + 1, -1))

    @cached_property
    def _ways(self) -> tuple[Column, Column]:
        """Where the row of each place and line class begins, and the column of each regime."""
        import numpy

        rows, columns, starts, _ = self._grids
        width = columns.max(axis=1).astype(numpy.int32) + 1
        begins = rows * width[:, None] + starts[:-1, None].astype(numpy.int32)
        return begins, columns.astype(numpy.int32)

    def make_ready(self) -> None:
        """Read what every cell is looked up in."""
        self._ways  # noqa: B018 - read on first use

    def situations(self, line: Column, place: Column, regime: Column) -> Column:
        """The situation of each cell, by number."""
        import numpy

        begins, columns = self._ways
        # In intp from the start: narrower products could overflow, and take would convert them
        # anyway.
        row, column = (
            numpy.multiply(place, table.shape[1], dtype=numpy.intp) for table in (begins, columns)
        )
        row += line
        column += regime
        at = begins.reshape(-1).take(row)
        at += columns.reshape(-1).take(column)
        return self._grids[3].take(at).astype(numpy.intp)

    @cached_property
    def alone(self) -> Mapping[tuple[int, int], tuple[int | None, ...]]:
        """What only the single path has, by numbers of situation and rates: see `Panel.alone`."""
        return {(row[0], row[1]): tuple(row[2:]) for row in self.texts("alone")}

    def charges(self) -> CompiledCharges:
        """What each situation charges."""
        known = [_charged(row) for row in self.texts("charged")]
        return CompiledCharges(known, self.numbers("charged"))

    def forms(self) -> CompiledForms:
        """The forms of the rates of `rate_table`."""
        duties, forms = (self.texts(name) for name in ("columns", "forms"))
        return CompiledForms(
            self.stored("rates", lambda row: column_rates(PrintedRates._make(row))),
            [*map(duty_row, duties)],
            [*map(OrdinaryForm._make, forms)],
            self.numbers("forms"),
        )

    def rate_table(self, schedule: Schedule) -> RateTable | None:
        """The rates of a schedule; None for any other than the one that the build packed."""
        if schedule.imported_sha256 or self._meta("goods") != schedule.tables_sha256:
            return None
        return self.rates


def _charged(row: list[Any] | None) -> OutcomeCharges | None:
    if row is None:
        return None
    column, charges, *flags = row
    duty = duty_row(column) if column else None
    return OutcomeCharges(duty, tuple(_charge(each) for each in charges), *flags)


def _charge(row: list[Any]) -> ChargeNumbers:
    family, form, rate, text, factors, *flags = row
    return ChargeNumbers(family, form, rate, text, tuple(factors), *flags)


def write(
    connection: sqlite3.Connection,
    meta: Mapping[str, str],
    numbers: Mapping[str, Column],
    texts: Mapping[str, object],
    lists: Mapping[str, Iterable[object]],
) -> None:
    """Write the file; the same contents give the same bytes.

    Args:
        connection: to the empty file.
        meta: of what it is made.
        numbers: tables.
        texts: values that are read whole.
        lists: those of which few items are read; see `StoredList`.
    """
    import numpy

    bodies = {name: packed(things) for name, things in lists.items()}
    ends = {f"{name}_ends": numpy.array(ends, "<u4") for name, (_, ends) in bodies.items()}
    numbers = {**numbers, **ends}
    connection.executescript(SCHEMA)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    for name, table in sorted(numbers.items()):
        row = (name, table.dtype.str, json.dumps(table.shape), table.tobytes())
        connection.execute("INSERT INTO numbers VALUES (?, ?, ?, ?)", row)
    for name, (body, _) in sorted(bodies.items()):
        connection.execute("INSERT INTO texts VALUES (?, ?)", (name, body))
    for name, value in sorted(texts.items()):
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        connection.execute("INSERT INTO texts VALUES (?, ?)", (name, text))
    connection.commit()
