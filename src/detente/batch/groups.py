"""Groups of situations as columns: how each is filed, and what its open questions hang on.

What is said of a group does not depend on its number: many groups are filed alike, and many ask
alike. So texts are made for each way to file with each ordinary rate, and reasons for each way to
ask, and not for each group.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.batch.engine.amounts import AmountCalculator
from detente.batch.engine.distinct import Distinct
from detente.batch.engine.ordinary import OrdinaryRates
from detente.batch.engine.stored_list import StoredDistinct
from detente.batch.stated import CachedTexts, stated_of
from detente.batch.texts import ONE_REASON, Filed, OutcomeText, OutcomeTexts

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray


class AskWay(NamedTuple):
    """A way to ask.

    Attributes:
        situation: one of those that ask so.
        stated: what is said of it.
        column: number of the column of the schedule that is filed; -1 for none.
        columns: numbers of the columns that its totals read, and the filed one.
        reads: for each of its totals the place in `columns`; -1 for a total that reads none.
    """

    situation: int
    stated: OutcomeText
    column: int
    columns: tuple[int, ...]
    reads: tuple[int, ...]


class GroupColumns(NamedTuple):
    """Groups as columns.

    Attributes:
        group: the group of each situation.
        mode: by group, on what its questions depend.
        doubtful: by group, whether anything is in doubt.
        filed: by group and whether column 1 has reached a cap, the place of how it is filed.
        way: by group, the way to ask.
        read: by way, the place in `Groups.columns_read` of the columns that it reads.
    """

    group: Column
    mode: Column
    doubtful: Column
    filed: Column
    way: Column
    read: Column


class EntryGroups:
    """The groups met so far.

    Attributes:
        filed: the distinct ways to file.
        columns_read: the distinct sets of columns of the schedule that ways to ask read.
        cached: what the build says of situations, if anything.
        described: how many ways to ask the build tells of; they are the first.
        queried: by way of those, the first six numbers of `CachedTexts.rows`, and the number of the
            column that is filed.
    """

    def __init__(
        self, texts: OutcomeTexts, reckoner: AmountCalculator, ordinary: OrdinaryRates
    ) -> None:
        import numpy

        self.texts = texts
        self.reckoner = reckoner
        self.ordinary = ordinary
        cached = self.cached = texts.cached if isinstance(texts.cached, CachedTexts) else None
        self._filed: Distinct[Filed] = StoredDistinct(cached.filed) if cached else Distinct()
        self.filed = self._filed.things
        self._made: list[AskWay | None] = []
        self._first: list[int] = []
        self.described = 0
        self._sets: Distinct[tuple[int, ...]] = Distinct()
        self.columns_read = self._sets.things
        self._read: list[int] = []
        self._ways: dict[Hashable, int] = {}
        self._group = numpy.zeros(0, numpy.int32)
        # By group: mode, whether anything is in doubt, how it is filed below and at a cap, way.
        self._rows = numpy.zeros((0, 5), numpy.int32)
        self._columns: GroupColumns | None = None
        if cached is not None:
            self._take(cached)

    def columns(self) -> GroupColumns:
        """All groups, with those of the situations that were met since the last time."""
        import numpy

        known, count = len(self._group), len(self.reckoner.situations)
        if self._columns is not None and known == count:
            return self._columns
        self.reckoner.extend()
        new = [self.texts.group(number) if number else 0 for number in range(known, count)]
        self._group = numpy.append(self._group, numpy.array(new, numpy.int32))
        added = [self._row(first) for first in self.texts.first[len(self._rows) :]]
        more = numpy.array(added, numpy.int32).reshape(-1, self._rows.shape[1])
        rows = self._rows = numpy.concatenate([self._rows, more])
        self._columns = GroupColumns(
            self._group,
            rows[:, 0].astype(numpy.int8),
            rows[:, 1].astype(bool),
            rows[:, 2:4].copy(),
            rows[:, 4].copy(),
            numpy.array(self._read, numpy.int32),
        )
        return self._columns

    @property
    def count(self) -> int:
        """How many ways to ask there are so far."""
        return len(self._made)

    def way(self, number: int) -> AskWay:
        """A way to ask by its number."""
        found = self._made[number]
        if found is None:
            situation = self.situation(number)
            found = self._made[number] = self._way(situation, self.texts.cached[situation - 1])
        return found

    def situation(self, number: int) -> int:
        """One of the situations that ask so, by the number of a way."""
        if number < self.described:
            return self._first[number]
        return self.way(number).situation

    def _take(self, cached: CachedTexts) -> None:
        """Take what the build says: there each situation is its own group."""
        import numpy

        self.reckoner.extend()
        count, first = len(cached), cached.way_first
        column = self.reckoner.column[1 + first]
        self.queried = numpy.column_stack([cached.rows[first, :6], column])
        self._first = (1 + first).tolist()
        self.described = len(first)
        self._made = [None] * len(first)
        self._read = self._columns_of(cached, *self.queried[:, (2, 6)].T)
        described = numpy.column_stack([cached.rows[:, :2], cached.rows[:, 6:], cached.way])
        self._group = numpy.arange(1 + count, dtype=numpy.int32)
        # The first group is that of entries without an answer.
        none = numpy.array([[ONE_REASON, False, 0, 0, 0]])
        self._rows = numpy.concatenate([none, described]).astype(numpy.int32)

    def _columns_of(self, cached: CachedTexts, totals: Column, filed: Column) -> list[int]:
        """The places in `columns_read` of what ways read: for their totals, and what is filed.

        Args:
            cached: what the build says.
            totals: by way, the set of totals, by its place in `CachedTexts.total_ends`.
            filed: by way, the number of the column that is filed; -1 for none.
        """
        import numpy

        number = numpy.array([self.ordinary.column_number(total.column) for total in cached.totals])
        sizes = numpy.diff(cached.total_ends)
        reads = numpy.zeros((len(sizes), 2 + int(number.max())), bool)
        at = number[cached.total_places]
        # The last one is that of none, which is numbered -1.
        reads[numpy.arange(len(sizes)).repeat(sizes), at] = True
        by_way = reads[totals]
        by_way[numpy.arange(len(totals)), filed] = True
        bits = numpy.packbits(by_way[:, :-1], axis=1)
        _, first, which = numpy.unique(bits, axis=0, return_index=True, return_inverse=True)
        sets = [self._sets.number(tuple(row.nonzero()[0].tolist())) for row in by_way[first, :-1]]
        places: list[int] = numpy.array(sets)[which.reshape(-1)].tolist()
        return places

    def _row(self, situation: int) -> tuple[int, bool, int, int, int]:
        charged = self.reckoner.charged[situation]
        capped = bool(self.reckoner.capped[situation])
        stated = stated_of(self.texts, situation, capped, charged is not None)
        below, reached = map(self._filed.number, stated.filed)
        column = int(self.reckoner.column[situation])
        key = (
            stated.depends,
            stated.asks,
            stated.lacks,
            stated.waits,
            column,
            capped and stated.filed,
        )
        if key not in self._ways:
            self._ways[key] = len(self._made)
            way = self._way(situation, stated)
            self._made.append(way)
            self._read.append(self._sets.number(way.columns))
        return stated.depends.mode, stated.depends.doubtful, below, reached, self._ways[key]

    def _way(self, situation: int, stated: OutcomeText) -> AskWay:
        column = int(self.reckoner.column[situation])
        numbers = [self.ordinary.column_number(each.column) for each in stated.depends.totals]
        columns = _columns(column, numbers)
        reads = tuple(columns.index(each) if each >= 0 else -1 for each in numbers)
        return AskWay(situation, stated, column, columns, reads)


def _columns(filed: int, read: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({filed, *read} - {-1}))
