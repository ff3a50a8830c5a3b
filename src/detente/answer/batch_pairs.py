"""Whole numbers by key, each found once: what a batch remembers of entries that are alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray


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
