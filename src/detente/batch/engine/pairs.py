"""Numbers by pairs of small numbers, in a table; those that are new are found together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente._shapes import TYPE_CHECKING
from detente.batch.engine.distinct import distinct_numbers
from detente.batch.engine.sparse_table import sparse_table

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray
    Find = Callable[[Column, Column], Sequence[int] | Column]

LEAST = 1536
"""Room for second numbers, where they are met one by one: a table that grows is written anew."""


class NumberedPairs:
    """The numbers met so far.

    The table holds each number and one more, so that nothing is a pair that was not met: room that
    nobody looks into then takes no memory.
    """

    def __init__(self, find: Find, least: int = LEAST, known: Column | None = None) -> None:
        """Begin with those that are known.

        Args:
            find: the numbers of pairs that were not met yet, by the first and the second of each.
            least: room for second numbers.
            known: numbers by the first and the second of a pair.
        """
        import numpy

        self._find = find
        self._least = least
        none = numpy.zeros((0, 0), numpy.int32)
        self._table = none if known is None else known.astype(numpy.int32) + 1

    def of(self, first: Column, second: Column, size: tuple[int, int]) -> Column:
        """The number of each pair.

        Args:
            first: one number of each pair.
            second: the other.
            size: how many numbers there are of each kind by now.
        """
        import numpy

        self._grow(size)
        width = self._table.shape[1]
        flat = self._table.reshape(-1)
        key = numpy.multiply(first, width, dtype=numpy.intp)
        key += second
        found: Column = flat.take(key)
        if not found.all():
            new = distinct_numbers(key[found == 0], len(flat))
            flat[new] = numpy.add(self._find(*numpy.divmod(new, width)), 1)
            found = flat.take(key)
        found -= 1
        return found

    def second(self, first: int, number: int) -> int:
        """The least second number that has a number with a first one, among the pairs met."""
        return int((self._table[first] == number + 1).argmax())

    def _grow(self, size: tuple[int, int]) -> None:
        rows, width = self._table.shape
        if rows < size[0] or width < size[1]:
            wider = (_room(rows, size[0]), max(_room(width, size[1]), self._least))
            table = sparse_table(wider)
            table[:rows, :width] = self._table
            self._table = table


class MetNumbers:
    """Numbers anew, in the order in which they are met: few of many, for a table by them.

    A table is zeroed in pages of two megabytes, so one for all would cost each run a tenth of a
    second, however few of its rows are asked for.

    Attributes:
        met: the numbers met, by their new ones.
    """

    def __init__(self) -> None:
        import numpy

        self.met = numpy.zeros(0, numpy.int32)
        self._new = numpy.zeros(0, numpy.int32)

    def of(self, numbers: Column, size: int) -> Column:
        """The new number of each; ``size`` says how many there are to meet by now."""
        import numpy

        if size > len(self._new):
            more = numpy.full(size - len(self._new), -1, numpy.int32)
            self._new = numpy.append(self._new, more)
        found: Column = self._new.take(numbers)
        if found.min(initial=0) < 0:
            new = distinct_numbers(numbers[found < 0], size)
            self._new[new] = numpy.arange(len(self.met), len(self.met) + len(new))
            self.met = numpy.append(self.met, new)
            found = self._new.take(numbers)
        return found


def _room(have: int, need: int) -> int:
    """Room for a quarter more than is needed, so that a table does not grow at every number."""
    return have if need <= have else need + need // 4
