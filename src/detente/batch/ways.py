"""Ways to ask as rows of numbers, and the things that their numbers stand for.

The build says of most ways what they ask, in tables of distinct things; those are taken up in
columns. The others are taken up one by one.
"""

from __future__ import annotations

from collections.abc import Hashable

from detente._shapes import TYPE_CHECKING
from detente.batch.engine.distinct import Distinct, distinct_numbers
from detente.batch.groups import AskWay, EntryGroups
from detente.batch.texts import Asks, RateTotal

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

MOST_TOTALS = 16
"""Of a way to ask, compared in columns; one that has more is asked at each reading by itself."""

NOT_KNOWN, NO_TOTAL = -1, -2
"""In place of the first total that is equal: one that is not known, and none at all."""

WAY = (
    ("learnt", "?"),
    ("many", "?"),  # it has more than MOST_TOTALS
    ("asks", "i4"),  # its questions
    ("lacks", "i4", (2,)),  # the text of what it lacks at any share of the value, by ENTRY_VALUES
    ("waits", "i4"),  # what it lacks beside where the ordinary duty is not a share of the value
    ("filed", "i4"),  # the place in a reading of the column that is filed
    ("reads", "i4", (MOST_TOTALS,)),  # the place in a reading of the column that each total reads
    ("free", "i8", (MOST_TOTALS,)),  # totals without an ordinary duty
    ("dear", "i8", (MOST_TOTALS,)),  # totals with the highest
)
"""A way to ask, as one row of numbers."""


class AskWays:
    """The ways to ask that entries have met.

    Attributes:
        waiting: for each number of `WAY`'s "waits" one way that waits so.
    """

    def __init__(self, groups: EntryGroups, stated: Distinct[str]) -> None:
        """Begin with none.

        Args:
            groups: the ways to ask.
            stated: texts by number.
        """
        import numpy

        self.groups = groups
        self.stated = stated
        self.waiting: list[AskWay] = []
        self._waits: Distinct[Hashable] = Distinct()
        self._asks: Distinct[Asks] = Distinct()
        self._rows = numpy.zeros(0, list(WAY))
        self._described: _BuiltWays | None = None

    def asks(self, number: int) -> Asks:
        """What ways ask, by the number in their row."""
        cached = self.groups.cached
        described = 0 if cached is None else len(cached.asks)
        if cached is not None and number < described:
            return cached.asks[number]
        return self._asks.things[number - described]

    def rows(self, way: Column) -> Column:
        """The rows of some ways; those that were not asked before are taken up."""
        import numpy

        more = self.groups.count - len(self._rows)
        if more:
            self._rows = numpy.concatenate([self._rows, numpy.zeros(more, self._rows.dtype)])
        new = distinct_numbers(way[~self._rows["learnt"][way]], self.groups.count)
        described = new < self.groups.described
        if described.any():
            self._rows[new[described]] = self._of_described(new[described])
        if not described.all():
            self._rows[new[~described]] = self._of_others(new[~described])
        # Of rows this wide a plain index copies field by field.
        found: Column = self._rows.take(way)
        return found

    def _of_described(self, new: Column) -> Column:
        """The rows of ways of which the build says what they ask."""
        import numpy

        if self._described is None:
            self._described = _BuiltWays(self.groups, self.stated)
        described = self._described
        rows = numpy.zeros(len(new), self._rows.dtype)
        _, _, totals, asks, lacks, waits, column = self.groups.queried[new, :7].T
        columns = described.columns[self.groups.columns().read[new]]
        rows["learnt"] = True
        rows["many"] = described.many[totals]
        rows["asks"] = asks
        rows["lacks"] = described.lacks[lacks]
        rows["filed"] = _place(columns, column[:, None])[:, 0]
        rows["reads"] = _place(columns, described.reads[totals])
        rows["free"] = described.free[totals]
        rows["dear"] = described.dear[totals]
        keys = zip(column.tolist(), lacks.tolist(), waits.tolist(), strict=True)
        rows["waits"] = [
            self._wait(number, self._charges(number), key)
            for number, key in zip(new.tolist(), keys, strict=True)
        ]
        return rows

    def _of_others(self, new: Column) -> Column:
        import numpy

        found = [self.groups.way(number) for number in new.tolist()]
        first = 0 if self.groups.cached is None else len(self.groups.cached.asks)
        ends = [[_ends(total) for total in each.stated.depends.totals] for each in found]
        rows = numpy.zeros(len(new), self._rows.dtype)
        rows["learnt"] = True
        rows["many"] = [len(each.reads) > MOST_TOTALS for each in found]
        rows["asks"] = [first + self._asks.number(each.stated.asks) for each in found]
        rows["lacks"] = [tuple(map(self.stated.number, each.stated.lacks)) for each in found]
        rows["waits"] = [
            self._wait(
                number,
                self._charges(number),
                (each.column, each.stated.lacks, each.stated.waits),
            )
            for number, each in zip(new.tolist(), found, strict=True)
        ]
        rows["filed"] = [
            1 + each.columns.index(each.column) if each.column >= 0 else 0 for each in found
        ]
        rows["reads"] = [_padded([1 + place for place in each.reads], 0) for each in found]
        rows["free"] = [_padded([free for free, _ in each], NO_TOTAL) for each in ends]
        rows["dear"] = [_padded([dear for _, dear in each], 0) for each in ends]
        return rows

    def _charges(self, number: int) -> Hashable:
        """What a way is charged beside additions, or its situation where that is not plain."""
        situation = self.groups.situation(number)
        charged = self.groups.reckoner.charged[situation]
        if charged is None:
            return situation
        # An addition needs no more than the value, so nothing ever waits for one.
        return tuple(each[1:] for each in charged.charges if each.form != "add")

    def _wait(self, number: int, charges: Hashable, stated: Hashable) -> int:
        """The number of what a way hangs on; ways of one number lack the same at every rate."""
        found = self._waits.number(charges if isinstance(charges, int) else (charges, stated))
        if found == len(self.waiting):
            self.waiting.append(self.groups.way(number))
        return found


class _BuiltWays:
    """What the build says of all ways to ask, in columns.

    Attributes:
        many: by set of totals, whether it has more than MOST_TOTALS.
        reads: by set of totals, the number of the column of the schedule that each reads; -1 for
            none.
        free: by set of totals, each without an ordinary duty.
        dear: by set of totals, each with the highest.
        lacks: by what is lacking, the numbers of its texts, by ENTRY_VALUES.
        columns: by place in `Groups.columns_read`, the numbers of the columns; -2 for no more.
    """

    def __init__(self, groups: EntryGroups, stated: Distinct[str]) -> None:
        import numpy

        cached = groups.cached
        assert cached is not None  # only its ways are asked about here
        number = groups.ordinary.column_number
        column = [*(number(each.column) for each in cached.totals), -1]
        free, dear = zip(*map(_ends, cached.totals), (NO_TOTAL, 0), strict=True)
        sizes = numpy.diff(cached.total_ends)
        places = numpy.full((len(sizes), max(sizes.max(), MOST_TOTALS)), len(cached.totals))
        held = numpy.arange(places.shape[1]) < sizes[:, None]
        places[held] = cached.total_places
        self.many = sizes > MOST_TOTALS
        self.reads, self.free, self.dear = (
            numpy.array(each, numpy.int64)[places[:, :MOST_TOTALS]] for each in (column, free, dear)
        )
        self.lacks = numpy.array(
            [[*map(stated.number, each)] for each in cached.lacks], numpy.int32
        )
        most = max(map(len, groups.columns_read))
        self.columns = numpy.array(
            [[*each, *[-2] * (most - len(each))] for each in groups.columns_read]
        )


def _place(columns: Column, numbers: Column) -> Column:
    """The place of each column in those that are read, after that of none."""
    import numpy

    place = 1 + (columns[:, None, :] == numbers[:, :, None]).argmax(axis=2)
    return numpy.where(numbers >= 0, place, 0)


def _ends(total: RateTotal) -> tuple[int, int]:
    """A total without an ordinary duty, and with the highest."""
    if total.free is None or total.dear is None:
        return NOT_KNOWN, 0
    return total.free, total.dear


def _padded(numbers: list[int], rest: int) -> list[int]:
    return (numbers + [rest] * MOST_TOTALS)[:MOST_TOTALS]
