"""Lists of the build of which few items are asked for in one run: each is read on use."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from detente._lean import read_json
from detente._shapes import TYPE_CHECKING
from detente.batch.engine.distinct import Distinct

if TYPE_CHECKING:
    from typing import Any

    import numpy

Thing = TypeVar("Thing")


class StoredList(Sequence[Thing], Generic[Thing]):
    """A list of JSON, and what is added to it later."""

    def __init__(self, body: bytes, ends: numpy.ndarray, read: Callable[[Any], Thing]) -> None:
        """Take a list as `packed` gives it.

        Args:
            body: the list.
            ends: where it begins, where what stands between its items does, and where it ends.
            read: an item from its JSON.
        """
        self._body = body
        self._ends = ends
        self._read = read
        self._stored = len(ends) - 1
        self._known: dict[int, Thing] = {}
        self._more: list[Thing] = []

    def __len__(self) -> int:
        return self._stored + len(self._more)

    def append(self, thing: Thing) -> None:
        """Add an item."""
        self._known[len(self)] = thing
        self._more.append(thing)

    @overload
    def __getitem__(self, at: int) -> Thing: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Thing]: ...
    def __getitem__(self, at: int | slice) -> Thing | Sequence[Thing]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        found = self._known.get(at)
        if found is None:
            start, end = self._ends[at : at + 2].tolist()
            found = self._read(read_json(self._body[start + 1 : end].decode()))
            self._known[at] = found
        return found

    def __iter__(self) -> Iterator[Thing]:
        # The whole at once: to look up each takes longer than to read all.
        yield from map(self._read, json.loads(self._body))
        yield from self._more


class StoredDistinct(Distinct[Thing]):
    """The things that the build met, and those met since."""

    def __init__(self, stored: StoredList[Thing]) -> None:
        self.things = stored  # type: ignore[assignment]  # asked as a list is


def packed(things: Iterable[object]) -> tuple[bytes, list[int]]:
    """A list as JSON, and where its items end; see `StoredList`."""
    items = [
        json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode() for each in things
    ]
    ends = [0]
    for item in items:
        ends.append(ends[-1] + 1 + len(item))
    return b"[" + b",".join(items) + b"]", ends
