"""What was worked out of a word before, so that it is worked out once."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    K = TypeVar("K")
    V = TypeVar("V")

MOST_MET = 300_000
"""Words that are remembered as they were read."""


def remembered(tell: Callable[[K], V]) -> Callable[[K], V]:
    """What tells the same as a function of one value, and asks it once of each.

    It is a dictionary's own look-up, so that a word met before costs no call of Python.
    """
    held: Any = _Remembered(tell)
    found: Callable[[K], V] = held.__getitem__
    return found


class _Remembered(dict[object, object]):
    """What was worked out before, by what it was asked of; a few hundred thousand at most."""

    def __init__(self, tell: Callable[[Any], object]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, key: object) -> object:
        # Emptied whole: to drop the oldest, an order of use would be kept at every word.
        if len(self) >= MOST_MET:
            self.clear()
        found = self[key] = self._tell(key)
        return found
