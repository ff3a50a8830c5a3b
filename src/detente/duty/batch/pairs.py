"""Numbers by pairs of small numbers, in a table; those that are new are found together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

UNMET = -1

Find = Callable[[list[tuple[int, int]]], Sequence[int]]
"""The numbers of pairs that were not met yet."""


class Pairs:
    """The numbers met so far."""

    def __init__(self, find: Find) -> None:
        import numpy

        self._find = find
        self._table = numpy.full((0, 0), UNMET, numpy.int32)

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
        if found.min(initial=0) == UNMET:
            new = numpy.unique(key[found == UNMET])
            flat[new] = self._find([divmod(each, width) for each in new.tolist()])
            found = flat.take(key)
        return found

    def _grow(self, size: tuple[int, int]) -> None:
        import numpy

        rows, width = self._table.shape
        if rows < size[0] or width < size[1]:
            wider = (max(rows, 2 * size[0]), max(width, size[1] + 256))
            table = numpy.full(wider, UNMET, numpy.int32)
            table[:rows, :width] = self._table
            self._table = table
