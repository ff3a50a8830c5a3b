"""Numbers by pairs of small numbers, in a table; those that are new are found together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente._shapes import TYPE_CHECKING
from detente.batch.engine.distinct import distinct_numbers

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray
    Find = Callable[[Column, Column], Sequence[int] | Column]

LEAST = 2048
"""Room for second numbers, where they are met one by one: a table that grows is written anew."""


class NumberedPairs:
    """The numbers met so far.

    The table holds each number and one more, so that nothing is a pair that was not met: room that
    nobody looks into then takes no memory.
    """

    def __init__(self, find: Find, least: int = LEAST) -> None:
        """Begin with none.

        Args:
            find: the numbers of pairs that were not met yet, by the first and the second of each.
            least: room for second numbers.
        """
        import numpy

        self._find = find
        self._least = least
        self._table = numpy.zeros((0, 0), numpy.int32)

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
            new = distinct_numbers(key[found == 0])
            flat[new] = numpy.add(self._find(*numpy.divmod(new, width)), 1)
            found = flat.take(key)
        found -= 1
        return found

    def _grow(self, size: tuple[int, int]) -> None:
        import numpy

        rows, width = self._table.shape
        if rows < size[0] or width < size[1]:
            wider = (_room(rows, size[0]), max(_room(width, size[1]), self._least))
            table = numpy.zeros(wider, numpy.int32)
            table[:rows, :width] = self._table
            self._table = table


def _room(have: int, need: int) -> int:
    """Room for a quarter more than is needed, so that a table does not grow at every number."""
    return have if need <= have else need + need // 4
