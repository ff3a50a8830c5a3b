"""The rates that the schedule prints for codes in use, in a table small enough to be read fast.

Editions that print the same for every code are one segment, and only codes that were met have a
row. What needs a second look is left out: a code that an edition does not print, or eight digits
for which a longer line stands in.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.goods.rate_table import NOTHING, RateTable

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray


class Printed:
    """Rates by code and segment of editions, as far as codes were met."""

    def __init__(self, table: RateTable) -> None:
        import numpy

        self._table = table
        self._first = table.changes
        segment = numpy.searchsorted(self._first, numpy.arange(table.editions), "right") - 1
        self._segment = numpy.append(segment, len(self._first))  # -1 is a day before them all
        self._kind = numpy.int16 if len(table.rates) < 2**15 else numpy.int32
        self._rates = numpy.zeros((0, len(self._first) + 1), self._kind)

    def rates(self, row: Column, edition: Column, code: Column, instant: Column) -> Column:
        """The number of the rates of each entry; NOTHING where a second look is needed.

        Args:
            row: the row of each code in the schedule's table.
            edition: the edition of each instant.
            code: the code of each entry, by number.
            instant: its instant, by number.
        """
        import numpy

        self._grow(row)
        at = numpy.multiply(code, self._rates.shape[1], dtype=numpy.intp)
        at += self._segment[edition].take(instant)
        return self._rates.reshape(-1).take(at).astype(numpy.int32)

    def _grow(self, row: Column) -> None:
        import numpy

        new = row[len(self._rates) :]
        if len(new):
            more = numpy.full((len(new), self._rates.shape[1]), NOTHING, self._kind)
            # The last column stays NOTHING: it is what a day before the first edition reads.
            more[:, :-1] = self._table.own(new)
            more[new == NOTHING] = NOTHING
            self._rates = numpy.concatenate([self._rates, more])
