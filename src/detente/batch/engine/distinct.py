"""Things by number, each once: how entries, which are many, lead to what they share."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import cached_property
from typing import Generic, TypeVar

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

Thing = TypeVar("Thing", bound=Hashable)


class Distinct(Generic[Thing]):
    """The things met so far.

    Attributes:
        things: in the order in which they were met; the place of each is its number.
    """

    def __init__(self, first: Iterable[Thing] = ()) -> None:
        self.things: list[Thing] = list(first)

    @cached_property
    def _numbers(self) -> dict[Thing, int]:
        return {thing: number for number, thing in enumerate(self.things)}

    def __len__(self) -> int:
        return len(self.things)

    def number(self, thing: Thing) -> int:
        """The number of a thing; that of a new one is the next."""
        number = self._numbers.get(thing)
        if number is None:
            number = self._numbers[thing] = len(self.things)
            self.things.append(thing)
        return number


MARKED = 32
"""A table of marks is looked through as fast as this fraction of as many numbers is sorted."""


def distinct_numbers(numbers: numpy.ndarray, size: int = 0) -> numpy.ndarray:
    """The distinct numbers of a column, ascending.

    What ``numpy.unique`` gives, which for this alone loads masked arrays: ten milliseconds.

    Args:
        numbers: the column.
        size: one more than the largest that may be there, none being below nothing; 0 where that
            is not known.
    """
    import numpy

    if 0 < size < MARKED * len(numbers):
        marked = numpy.zeros(size, bool)
        marked[numbers] = True
        return marked.nonzero()[0]
    ordered = numpy.sort(numbers, axis=None)
    first = numpy.ones(len(ordered), bool)
    numpy.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    found: numpy.ndarray = ordered[first]
    return found
