"""Whole numbers by key, each found once: what a batch remembers of entries that are alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

UNMET = -1


class Pairs:
    """Numbers by pairs of small numbers, in a table."""

    def __init__(self, find: Callable[[int, int], int]) -> None:
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
        key = first.astype(numpy.int64) * width + second
        found: Column = flat.take(key)
        if found.min(initial=0) == UNMET:
            new = numpy.unique(key[found == UNMET])
            flat[new] = [self._find(*divmod(each, width)) for each in new.tolist()]
            found = flat.take(key)
        return found

    def _grow(self, size: tuple[int, int]) -> None:
        import numpy

        rows, width = self._table.shape
        if rows < size[0] or width < size[1]:
            wider = (rows if size[0] <= rows else 2 * size[0], max(width, size[1] + 256))
            table = numpy.full(wider, UNMET, numpy.int32)
            table[:rows, :width] = self._table
            self._table = table


class Known:
    """Numbers by keys of any size, kept in order of key; those that are new are found together."""

    def __init__(self, find: Callable[[Column], Sequence[int]]) -> None:
        import numpy

        self._find = find
        self._keys = numpy.zeros(0, numpy.int64)
        self._found = numpy.zeros(0, numpy.int64)

    def of(self, keys: Column) -> Column:
        """The number of each key."""
        import numpy

        distinct, where = numpy.unique(keys, return_inverse=True)
        at = numpy.searchsorted(self._keys, distinct)
        new = numpy.ones(len(distinct), bool)
        inside = at < len(self._keys)
        new[inside] = self._keys[at[inside]] != distinct[inside]
        if new.any():
            found = self._find(distinct[new])
            self._keys = numpy.insert(self._keys, at[new], distinct[new])
            self._found = numpy.insert(self._found, at[new], found)
            at = numpy.searchsorted(self._keys, distinct)
        return self._found[at[where.reshape(-1)]]
