"""Groups of situations as columns: how each is filed, and what its open questions hang on.

What is said of a group does not depend on its number: many groups are filed alike, and many ask
alike. So texts are made for each way to file with each ordinary rate, and reasons for each way to
ask, and not for each group.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.answer.batch_said import KeptSaid, said_of
from detente.answer.batch_texts import ONE_REASON, Filed, Said, Texts
from detente.duty.batch.ordinary import OrdinaryRates
from detente.duty.batch.reckon import Reckoner

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray


class Way(NamedTuple):
    """A way to ask.

    Attributes:
        situation: one of those that ask so.
        said: what is said of it.
        column: number of the column of the schedule that is filed; -1 for none.
        capped: whether a cap is over it.
        columns: numbers of the columns that its totals read, and the filed one.
        reads: for each of its totals the place in `columns`; -1 for a total that reads none.
    """

    situation: int
    said: Said
    column: int
    capped: bool
    columns: tuple[int, ...]
    reads: tuple[int, ...]


class Columns(NamedTuple):
    """Groups as columns.

    Attributes:
        group: the group of each situation.
        mode: by group, on what its questions depend.
        asking: by group, whether anything is in doubt.
        filed: by group and whether column 1 has reached a cap, the place of how it is filed.
        way: by group, the way to ask.
        one_column: by way, the one column of the schedule that its totals read; -1 for several.
    """

    group: Column
    mode: Column
    asking: Column
    filed: Column
    way: Column
    one_column: Column


class Groups:
    """The groups met so far.

    Attributes:
        filed: the distinct ways to file.
    """

    def __init__(self, texts: Texts, reckoner: Reckoner, ordinary: OrdinaryRates) -> None:
        self.texts = texts
        self.reckoner = reckoner
        self.ordinary = ordinary
        self.filed: list[Filed] = []
        self._made: list[Way | None] = []
        self._one_column: list[int] = []
        self._filed: dict[Filed, int] = {}
        self._ways: dict[Hashable, int] = {}
        self._groups: list[int] = []
        self._rows: list[tuple[int, bool, int, int, int]] = []
        self._columns: Columns | None = None
        if isinstance(texts.kept, KeptSaid):
            self._take(texts.kept)

    def columns(self) -> Columns:
        """All groups, with those of the situations that were met since the last time."""
        import numpy

        known, count = len(self._groups), len(self.reckoner.situations)
        if self._columns is not None and known == count:
            return self._columns
        self.reckoner.extend()
        new = range(known, count)
        self._groups.extend(self.texts.group(number) if number else 0 for number in new)
        for first in self.texts.first[len(self._rows) :]:
            self._rows.append(self._row(first))
        rows = numpy.array(self._rows, numpy.int32).reshape(-1, 5)
        self._columns = Columns(
            numpy.array(self._groups, numpy.int32),
            rows[:, 0].astype(numpy.int8),
            rows[:, 1].astype(bool),
            rows[:, 2:4].copy(),
            rows[:, 4].copy(),
            numpy.array(self._one_column, numpy.int32),
        )
        return self._columns

    @property
    def count(self) -> int:
        """How many ways to ask there are so far."""
        return len(self._made)

    def way(self, number: int) -> Way:
        """A way to ask by its number."""
        found = self._made[number]
        if found is None:
            situation = self._first[number]
            found = self._made[number] = self._way(situation, self.texts.kept[situation - 1])
        return found

    def _take(self, kept: KeptSaid) -> None:
        """Take what the build says: there each situation is its own group."""
        import numpy

        self.reckoner.extend()
        self.filed = list(kept.filed)
        count = len(kept)
        column, capped = (
            each[1 : 1 + count] for each in (self.reckoner.column, self.reckoner.capped)
        )
        # A cap lacks what the ordinary duty lacks, and says so in the words of its layer.
        filed = numpy.where(capped[:, None], kept.rows[:, 5:], -1)
        asked = numpy.concatenate([kept.rows[:, :5], column[:, None], filed], axis=1)
        _, first, way = numpy.unique(asked, axis=0, return_index=True, return_inverse=True)
        self._first = (1 + first).tolist()
        self._made = [None] * len(first)
        number = [self.ordinary.column_number(total.column) for total in kept.totals]
        read = [{number[each] for each in totals} for totals in kept.totals_of]
        self._one_column = [
            _only({*read[total], own}) for total, own in asked[first][:, (2, 5)].tolist()
        ]
        told = numpy.column_stack([kept.rows[:, :2], kept.rows[:, 5:], way.reshape(-1)])
        self._groups = list(range(1 + count))
        self._rows = [(ONE_REASON, False, 0, 0, 0), *map(tuple, told.tolist())]

    def _row(self, situation: int) -> tuple[int, bool, int, int, int]:
        charged = self.reckoner.charged[situation]
        capped = bool(self.reckoner.capped[situation])
        said = said_of(self.texts, situation, capped, charged is not None)
        below, reached = (self._number(each) for each in said.filed)
        column = int(self.reckoner.column[situation])
        key = (said.depends, said.asks, said.lacks, column, capped and said.filed)
        if key not in self._ways:
            self._ways[key] = len(self._made)
            way = self._way(situation, said)
            self._made.append(way)
            self._one_column.append(_only(way.columns))
        return said.depends.mode, said.depends.asking, below, reached, self._ways[key]

    def _way(self, situation: int, said: Said) -> Way:
        column = int(self.reckoner.column[situation])
        capped = bool(self.reckoner.capped[situation])
        numbers = [self.ordinary.column_number(each.column) for each in said.depends.totals]
        columns = tuple(sorted({column, *numbers} - {-1}))
        reads = tuple(columns.index(each) if each >= 0 else -1 for each in numbers)
        return Way(situation, said, column, capped, columns, reads)

    def _number(self, filed: Filed) -> int:
        number = self._filed.get(filed)
        if number is None:
            number = self._filed[filed] = len(self.filed)
            self.filed.append(filed)
        return number


def _only(columns: Iterable[int]) -> int:
    """The one column that is read; -1 for several, or for none."""
    read = set(columns) - {-1}
    return read.pop() if len(read) == 1 else -1
