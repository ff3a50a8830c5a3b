"""Entries from a file by column: what is asked of each table, and its own columns as pages.

All of it is arrays and texts, so that another process may read the file; see `core.apart`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.batch.columns import DECLARED, DESTINATION, FACT, REQUIRED, shown_schema
from detente.batch.pages.plain_cents import cents_of
from detente.batch.tables import (
    PLAIN_QUANTITY,
    Dictionary,
    DistinctTexts,
    FrameTable,
    FrameTexts,
    distinct_texts,
    stripped,
)
from detente.core.tables.column_texts import as_text
from detente.core.tables.columns import Column as OutputColumn
from detente.core.tables.columns import chosen
from detente.core.tables.parquet import PolarsFile, by_polars
from detente.core.tables.parquet_pages import (
    CodedTexts,
    ColumnPages,
    LooseTexts,
    PackedColumn,
    Packing,
    packed_column,
    text_bytes,
)

if TYPE_CHECKING:
    import numpy
    import polars

    Column = numpy.ndarray

FEW_TEXTS = (*REQUIRED, DESTINATION)
"""Columns whose texts come again in every table."""

VALUE = "value"
STATED = ("base_rate", "quantity", "quantity2")
"""Columns of which it is asked whether a row says anything, and whether that is a plain number."""

UNITS = ("unit", "unit2")

FIRST = 1 << 13
"""Rows of the first table of a large file: both processors have something to do the sooner."""


class EntryPages(NamedTuple):
    """The columns of entries that are written again.

    Attributes:
        packed: texts, as pages.
        others: those of any other type, as polars writes them; None where there is none.
    """

    packed: dict[str, PackedColumn]
    others: PolarsFile | None


class PlainValues(NamedTuple):
    """A column of values.

    Attributes:
        cents: of each row; -1 where it is empty.
        unread: the rows that cannot be read.
        odd: texts by row, of those that are neither empty nor an amount above zero.
    """

    cents: Column
    unread: Column
    odd: dict[int, str]

    def texts(self, rows: Column) -> list[str]:
        """The texts of some rows, amounts with two digits after the point."""
        found = []
        for row, cents in zip(rows.tolist(), self.cents[rows].tolist(), strict=True):
            amount = f"{cents // 100}.{cents % 100:02}" if cents > 0 else ""
            found.append(self.odd.get(row, amount))
        return found

    def part(self, rows: Column) -> PlainValues:
        """Some of the rows."""
        places = enumerate(rows.tolist())
        odd = {place: self.odd[row] for place, row in places if row in self.odd}
        return PlainValues(self.cents[rows], self.unread[rows], odd)


class Stated(NamedTuple):
    """What the rows of a column say.

    Attributes:
        loose: their texts.
        anything: for each row whether it is not empty.
        plain: for each row whether it is a number above zero, as `PLAIN_QUANTITY` has them.
    """

    loose: LooseTexts
    anything: Column
    plain: Column

    def texts(self, rows: Column) -> list[str]:
        """The texts of some rows."""
        return [each.decode() for each in self._bodies(rows)]

    def part(self, rows: Column) -> Stated:
        """Some of the rows."""
        loose = LooseTexts(self.loose.sizes[rows], b"".join(self._bodies(rows)))
        return Stated(loose, self.anything[rows], self.plain[rows])

    def _bodies(self, rows: Column) -> list[bytes]:
        import numpy

        sizes, body = self.loose
        ends = sizes.cumsum(dtype=numpy.int64)[rows]
        begins = ends - sizes[rows]
        spans = zip(begins.tolist(), ends.tolist(), strict=True)
        return [body[begin:end] for begin, end in spans]


class TableHead(NamedTuple):
    """What is known of a file before its first row.

    Attributes:
        columns: those to write, in order.
        footer: of a file of polars that has these columns and no row.
    """

    columns: list[str]
    footer: bytes


class ColumnTable:
    """A table of entries as arrays and texts, with its columns as pages of the file to write."""

    def __init__(
        self,
        rows: int,
        coded: dict[str, DistinctTexts],
        distinct: dict[str, DistinctTexts],
        values: PlainValues | None,
        stated: dict[str, Stated],
        pages: EntryPages,
    ) -> None:
        """Take what was read.

        Args:
            rows: how many.
            coded: columns as the texts that no table before had, and for each row the place of its
                text among all so far.
            distinct: columns as their distinct texts.
            values: the column of values, if there is one.
            stated: quantities and rates.
            pages: the columns that are written again.
        """
        self.columns: Sequence[str] = (*coded, *distinct, *([VALUE] if values else []), *stated)
        self.pages = pages
        self._rows = rows
        self._coded = coded
        self._distinct = distinct
        self._values = values
        self._stated = stated

    def __len__(self) -> int:
        return self._rows

    def after(self, known: dict[str, list[str]]) -> ColumnTable:
        """The same with all texts so far; to be asked of each table in its turn.

        Args:
            known: the texts of the tables before, by column, to which those of this one are added.
        """
        for name, column in self._coded.items():
            texts = known.setdefault(name, [])
            texts += column.texts
            self._coded[name] = column._replace(texts=texts)
        return self

    def words(self, name: str) -> DistinctTexts:
        """A column as distinct texts; an empty cell is an empty text."""
        return stripped(self._texts_of(name))

    def numbers(self, name: str, known: Dictionary) -> Column:
        """What the text of each row of a column reads as."""
        texts, places = self._coded[name]
        return known.of_places(places, texts)

    def cents(self, name: str) -> tuple[Column, Column]:
        """Cents of the column of values, -1 where empty; and the rows that cannot be read."""
        if name != VALUE or self._values is None:
            raise KeyError(name)
        return self._values.cents, self._values.unread

    def is_stated(self, name: str) -> Column:
        """For each row whether a column says anything."""
        return self._stated[name].anything

    def matches(self, name: str, pattern: str) -> Column:
        """For each row whether what it says, without blanks around it, fits a pattern."""
        if pattern != PLAIN_QUANTITY:
            raise KeyError(pattern)
        return self._stated[name].plain

    def row_texts(self, rows: Column, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The texts of some rows in some columns; a value as its dollars and cents."""
        return zip(*(self._texts(rows, name) for name in names), strict=True)

    def part(self, rows: Column) -> ColumnTable:
        """A table of some of the rows, without their pages."""
        coded, distinct = (
            {name: each._replace(ids=each.ids[rows]) for name, each in columns.items()}
            for columns in (self._coded, self._distinct)
        )
        stated = {name: each.part(rows) for name, each in self._stated.items()}
        values = self._values and self._values.part(rows)
        return ColumnTable(len(rows), coded, distinct, values, stated, EntryPages({}, None))

    def _texts_of(self, name: str) -> DistinctTexts:
        return self._coded[name] if name in self._coded else self._distinct[name]

    def _texts(self, rows: Column, name: str) -> list[str]:
        if name == VALUE and self._values is not None:
            return self._values.texts(rows)
        if name in self._stated:
            return self._stated[name].texts(rows)
        texts, ids = self._texts_of(name)
        return [texts[each] for each in ids[rows].tolist()]


def entries_of(
    frames: Callable[[], Iterator[polars.DataFrame]], wanted: str, packing: Packing
) -> Iterator[TableHead | ColumnTable]:
    """The head of a file, and then its tables.

    Args:
        frames: gives the file in frames, of which the first is empty.
        wanted: the columns to write, between commas; all where it is empty.
        packing: how pages are packed.

    Raises:
        ValueError: the file is none, or damaged, or a column is not one of its own or ours, or a
            column that is asked by holds no texts, numbers, days or truths.
    """
    import polars

    coming = frames()
    (first,) = islice(coming, 1)
    schema = {**first.schema, **shown_schema()}
    columns, _ = chosen((*map(OutputColumn, first.columns), *DECLARED), wanted)
    names = [column.name for column in columns]
    empty = polars.DataFrame(schema={name: schema[name] for name in names})
    yield TableHead(names, by_polars(empty, packing).footer)
    reader = _FrameReader([name for name in first.columns if name in names], packing)
    for frame in _soon_and_large(coming):
        yield reader.table(frame)


def _soon_and_large(frames: Iterator[polars.DataFrame]) -> Iterator[polars.DataFrame]:
    """The same rows, of which the first come by themselves: they are answered the sooner."""
    first = True
    for frame in frames:
        if first and len(frame) > FIRST:
            yield frame[:FIRST]
            frame = frame[FIRST:]
        if len(frame):
            first = False
            yield frame


class _FrameReader:
    """Frames of one file as tables; what comes again in each is remembered."""

    def __init__(self, written: Sequence[str], packing: Packing) -> None:
        """Begin.

        Args:
            written: columns that are written again.
            packing: how pages are packed.
        """
        self._written = written
        self._packing = packing
        self._texts: dict[str, tuple[FrameTexts, list[bytes]]] = {}

    def table(self, frame: polars.DataFrame) -> ColumnTable:
        """A frame as a table."""
        coded: dict[str, DistinctTexts] = {}
        pages: dict[str, ColumnPages] = {}
        for name in (each for each in frame.columns if each in FEW_TEXTS):
            coded[name], page = self._coded(frame[name])
            if _is_text(frame[name]):
                pages[name] = page
        values = None
        if VALUE in frame.columns:
            if _is_text(frame[VALUE]):
                pages[VALUE] = _loose(frame[VALUE])
            values = _values(frame, pages.get(VALUE))
        return ColumnTable(
            len(frame),
            coded,
            {
                name: distinct_texts(frame[name])
                for name in frame.columns
                if name in UNITS or name.startswith(FACT)
            },
            values,
            {name: _stated(frame, name) for name in frame.columns if name in STATED},
            self._pages(frame, pages),
        )

    def _pages(self, frame: polars.DataFrame, pages: dict[str, ColumnPages]) -> EntryPages:
        """The columns that are written again, of which some are pages already."""
        packed = {
            name: packed_column(pages[name], self._packing)
            for name in self._written
            if name in pages
        }
        others = frame.select(name for name in self._written if name not in pages)
        return EntryPages(packed, by_polars(others, self._packing) if others.width else None)

    def _coded(self, column: polars.Series) -> tuple[DistinctTexts, CodedTexts]:
        """A column by the places of its texts among all so far, and as it is written."""
        import numpy

        known, bodies = self._texts.setdefault(column.name, (FrameTexts(), []))
        places = known.places(column)
        new = known.texts[len(bodies) :]
        bodies += map(text_bytes, new)
        # Those that no row of this table has are left out of its pages.
        has = numpy.zeros(len(bodies), bool)
        has[places] = True
        used = has.nonzero()[0]
        number = numpy.zeros(len(bodies), numpy.min_scalar_type(max(len(used) - 1, 0)))
        number[used] = numpy.arange(len(used))
        body = b"".join(map(bodies.__getitem__, used.tolist()))
        least = places.astype(numpy.min_scalar_type(max(len(bodies) - 1, 0)))
        return DistinctTexts(new, least), CodedTexts(number.take(places), len(used), body)


def _values(frame: polars.DataFrame, page: ColumnPages | None) -> PlainValues:
    """The column of values, by its texts one after the other where it is one of texts."""
    import numpy

    unread = numpy.zeros(len(frame), bool)
    if isinstance(page, LooseTexts):
        cents, plain = cents_of(page)
        rows = (~plain | (cents == 0)).nonzero()[0]
    else:
        cents, rows = numpy.zeros(len(frame), numpy.int64), numpy.arange(len(frame))
    if not len(rows):
        return PlainValues(cents, unread, {})
    others = frame.select(VALUE)[rows]
    cents[rows], unread[rows] = FrameTable(others).cents(VALUE)
    texts = as_text(others[VALUE])
    odd = ((cents[rows] <= 0) & (texts != "").to_numpy()).nonzero()[0]
    told = zip(rows[odd].tolist(), texts.gather(odd).to_list(), strict=True)
    return PlainValues(cents, unread, dict(told))


def _stated(frame: polars.DataFrame, name: str) -> Stated:
    """What the rows of a column say."""
    table = FrameTable(frame)
    stated, plain = table.is_stated(name), table.matches(name, PLAIN_QUANTITY)
    return Stated(_loose(frame[name]), stated, plain)


def _is_text(column: polars.Series) -> bool:
    """Whether a column is written as its texts."""
    import polars

    return column.dtype == polars.String and not column.null_count()


def _loose(column: polars.Series) -> LooseTexts:
    """The texts of a column one after the other."""
    import numpy
    import polars

    texts = as_text(column)
    sizes = texts.str.len_bytes().to_numpy()
    kind = numpy.min_scalar_type(int(sizes.max(initial=0)))
    # As bytes before they leave polars: as a text of Python they would be copied once more.
    return LooseTexts(sizes.astype(kind), texts.str.join("").cast(polars.Binary).item())
