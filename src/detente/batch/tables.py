"""Tables of entries as a batch reads them: polars frames, or lists of texts where rows are few.

A thousand rows are answered before polars would have been loaded, so a small table does without it;
both kinds give the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import FactError, dollars
from detente.batch.columns import NO_VALUE
from detente.core.tables.column_texts import as_cells, as_text

if TYPE_CHECKING:
    from typing import Protocol

    import numpy
    import polars

    Column = numpy.ndarray

    class EntryTable(Protocol):
        """What a batch asks of a table."""

        @property
        def columns(self) -> Sequence[str]:
            """The names of its columns."""

        def __len__(self) -> int: ...

        def words(self, name: str) -> DistinctTexts:
            """A column as distinct texts; an empty cell is an empty text."""

        def numbers(self, name: str, known: Dictionary) -> Column:
            """What the text of each row of a column reads as."""

        def cents(self, name: str) -> tuple[Column, Column]:
            """Cents of a column of dollars, -1 where empty; and the rows that cannot be read."""

        def is_stated(self, name: str) -> Column:
            """For each row whether a column says anything."""

        def matches(self, name: str, pattern: str) -> Column:
            """For each row whether what it says, without blanks around it, fits a pattern."""

        def row_texts(self, rows: Column, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
            """The texts of some rows in some columns."""

        def part(self, rows: Column) -> EntryTable:
            """A table of some of the rows."""

    class CellTable(EntryTable, Protocol):
        """A table whose rows are written as cells."""

        def cells(self) -> Iterator[list[str]]:
            """Each column as cells of a file."""


BAD = -1
"""A cell that cannot be read: its row is answered by itself, with the reason."""

PLAIN_DOLLARS = r"^[0-9]{1,13}(\.[0-9]{1,2})?$"
PLAIN_QUANTITY = r"^[0-9]{0,15}[1-9][0-9]{0,15}(\.[0-9]{1,15})?$"
MOST_CENTS = 2**62


class DistinctTexts(NamedTuple):
    """A column as distinct texts, and for each row which it is."""

    texts: list[str]
    ids: Column

    def numbers(self, read: Callable[[str], int]) -> Column:
        """What each row's text reads as."""
        import numpy

        found: Column = numpy.array([read(text) for text in self.texts], numpy.int64)[self.ids]
        return found


class Dictionary:
    """What the distinct texts of one column read as, each read once over all frames.

    Attributes:
        read: the number of a text; BAD where it cannot be read.
    """

    def __init__(
        self,
        read: Callable[[str], int],
        read_all: Callable[[Sequence[str]], Sequence[int]] | None = None,
    ) -> None:
        """Begin.

        Args:
            read: reads a text.
            read_all: reads several, where that takes less time than to read each.
        """
        import numpy

        self.read = read
        self.read_all = read_all or (lambda texts: [*map(read, texts)])
        self._frames: FrameTexts | None = None
        self._numbers: Column = numpy.zeros(0, numpy.int32)

    def of_frame(self, column: polars.Series) -> Column:
        """What the text of each row of a column reads as."""
        if self._frames is None:
            self._frames = FrameTexts()
        places = self._frames.places(column)
        return self.of_places(places, self._frames.texts)

    def of_places(self, places: Column, texts: Sequence[str]) -> Column:
        """What the text of each row reads as, by its place among some that only ever grow."""
        import numpy

        new = texts[len(self._numbers) :]
        if new:
            read = numpy.array(self.read_all([text.strip() for text in new]), numpy.int32)
            self._numbers = numpy.concatenate([self._numbers, read])
        return self._numbers.take(places)


class FrameTexts:
    """The distinct texts of one column over all frames, by the categories that polars numbers.

    Attributes:
        texts: as they are written, by place.
    """

    def __init__(self) -> None:
        import polars

        # Categories of its own: shared ones would number the texts of all columns together.
        self._kind = polars.Categorical(polars.Categories.random())
        self.texts: list[str] = []
        # The numbers of texts last as long as some series has them.
        self._categories = polars.Series([""], dtype=polars.String).cast(self._kind)

    def places(self, column: polars.Series) -> Column:
        """The place of the text of each row among the distinct ones.

        A place may be that of no row's text, which is empty then.
        """
        import numpy

        texts = as_text(column)
        places: Column = texts.cast(self._kind).to_physical().to_numpy()
        known, count = len(self.texts), 1 + int(places.max(initial=0))
        if count > known:
            # Backwards, so that the first row of each text is what stays.
            first = numpy.full(count, -1)
            first[places[::-1]] = numpy.arange(len(places))[::-1]
            at = first[known:]
            new = [""] * len(at)
            held = (at >= 0).nonzero()[0]
            found = texts.gather(at[held].tolist()).to_list()
            for number, text in zip(held.tolist(), found, strict=True):
                new[number] = text
            self.texts += new
        return places


class FrameTable:
    """A table as a polars frame; columns may be of any type that a person could write."""

    def __init__(self, frame: polars.DataFrame) -> None:
        self.frame = frame
        self.columns: Sequence[str] = frame.columns

    def __len__(self) -> int:
        return len(self.frame)

    def words(self, name: str) -> DistinctTexts:
        """A column as distinct texts; an empty cell is an empty text."""
        return stripped(distinct_texts(self.frame[name]))

    def numbers(self, name: str, known: Dictionary) -> Column:
        """What the text of each row of a column reads as."""
        return known.of_frame(self.frame[name])

    def cents(self, name: str) -> tuple[Column, Column]:
        """Cents of a column of dollars, -1 where empty; and the rows that cannot be read."""
        import numpy
        import polars

        texts = as_text(self.frame[name])
        plain = texts.str.contains(PLAIN_DOLLARS)
        if not plain.all():
            texts = texts.str.strip_chars()
            plain = texts.str.contains(PLAIN_DOLLARS)
        # Below 10^13 dollars a cent is far wider than the steps between two floats: this is exact.
        number = texts.cast(polars.Float64, strict=False).to_numpy()
        unread = numpy.zeros(len(texts), bool)
        if plain.all():
            return numpy.rint(number * 100).astype(numpy.int64), unread
        number = numpy.where(plain.to_numpy(), number, 0.0)
        cents = numpy.where(plain.to_numpy(), numpy.rint(number * 100), NO_VALUE)
        cents = cents.astype(numpy.int64)
        for at in (~plain & (texts != "")).arg_true().to_list():
            cents[at], unread[at] = _cents(texts[at])
        return cents, unread

    def is_stated(self, name: str) -> Column:
        """For each row whether a column says anything."""
        found: Column = (as_text(self.frame[name]).str.strip_chars() != "").to_numpy()
        return found

    def matches(self, name: str, pattern: str) -> Column:
        """For each row whether what it says, without blanks around it, fits a pattern."""
        texts = as_text(self.frame[name]).str.strip_chars()
        found: Column = texts.str.contains(pattern).to_numpy()
        return found

    def row_texts(self, rows: Column, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The texts of some rows in some columns."""
        import polars

        at = polars.Series(rows)
        texts = [as_text(self.frame[name].gather(at)).to_list() for name in names]
        return zip(*texts, strict=True)

    def part(self, rows: Column) -> FrameTable:
        """A table of some of the rows."""
        return FrameTable(self.frame[rows])

    def cells(self) -> Iterator[list[str]]:
        """Each column as cells of a file."""
        return (as_cells(column).to_list() for column in self.frame)


def distinct_texts(column: polars.Series) -> DistinctTexts:
    """The distinct texts of a column as they are written, and for each row which it is."""
    import numpy
    import polars

    coded = as_text(column).cast(polars.Categorical(polars.Categories.random()))
    ids = coded.to_physical().to_numpy()
    distinct = coded.unique()
    places = distinct.to_physical().to_list()
    found = [""] * (max(places, default=-1) + 1)
    for place, text in zip(places, distinct.cast(polars.String).to_list(), strict=True):
        found[place] = text
    return DistinctTexts(found, ids.astype(numpy.int64))


def stripped(column: DistinctTexts) -> DistinctTexts:
    """The same without blanks around the texts."""
    return column._replace(texts=[*map(str.strip, column.texts)])


class ListTable:
    """A table as lists of texts."""

    def __init__(self, texts: Mapping[str, Sequence[str]], size: int) -> None:
        """Take the texts.

        Args:
            texts: those of each row, by column.
            size: how many rows there are.
        """
        self.columns: Sequence[str] = tuple(texts)
        self._texts = texts
        self._size = size

    def __len__(self) -> int:
        return self._size

    def words(self, name: str) -> DistinctTexts:
        """A column as distinct texts; an empty cell is an empty text."""
        import numpy

        places: dict[str, int] = {}
        ids = [places.setdefault(text, len(places)) for text in self._texts[name]]
        return DistinctTexts([text.strip() for text in places], numpy.array(ids, numpy.int64))

    def numbers(self, name: str, known: Dictionary) -> Column:
        """What the text of each row of a column reads as."""
        import numpy

        texts, ids = self.words(name)
        found: Column = numpy.array(known.read_all(texts), numpy.int64)[ids]
        return found

    def cents(self, name: str) -> tuple[Column, Column]:
        """Cents of a column of dollars, -1 where empty; and the rows that cannot be read."""
        import numpy

        texts, ids = self.words(name)
        plain = re.compile(PLAIN_DOLLARS)
        cents = numpy.full(len(texts), NO_VALUE, numpy.int64)
        unread = numpy.zeros(len(texts), bool)
        for at, text in enumerate(texts):
            if plain.match(text):
                whole, _, part = text.partition(".")
                cents[at] = int(whole + part.ljust(2, "0"))
            elif text:
                cents[at], unread[at] = _cents(text)
        return cents[ids], unread[ids]

    def is_stated(self, name: str) -> Column:
        """For each row whether a column says anything."""
        return self.words(name).numbers(bool).astype(bool)

    def matches(self, name: str, pattern: str) -> Column:
        """For each row whether what it says, without blanks around it, fits a pattern."""
        fits = re.compile(pattern).search
        return self.words(name).numbers(lambda text: bool(fits(text))).astype(bool)

    def row_texts(self, rows: Column, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The texts of some rows in some columns."""
        columns = [self._texts[name] for name in names]
        return (tuple(column[row] for column in columns) for row in rows.tolist())

    def part(self, rows: Column) -> ListTable:
        """A table of some of the rows."""
        places = rows.tolist()
        texts = {name: [column[at] for at in places] for name, column in self._texts.items()}
        return ListTable(texts, len(places))

    def cells(self) -> Iterator[list[str]]:
        """Each column as cells of a file."""
        return map(list, self._texts.values())


def table_of(table: EntryTable | polars.DataFrame) -> EntryTable:
    """A table as a batch asks it."""
    # Without polars, which a table of another kind does not need.
    return table if hasattr(table, "row_texts") else FrameTable(table)  # type: ignore[return-value]


def _cents(text: str) -> tuple[int, bool]:
    try:
        cents = dollars(text, "the value")
    except FactError:
        return NO_VALUE, True
    return (cents, False) if cents < MOST_CENTS else (NO_VALUE, True)
