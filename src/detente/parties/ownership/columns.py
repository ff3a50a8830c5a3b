"""The closure on columns: a million companies in a few milliseconds, the answer of the exact one.

Shares are whole numbers of one unit, so that sums are exact here too. Needs numpy, which the
extra ``batch`` brings.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

import numpy as np

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.ownership.graph import Graph

if TYPE_CHECKING:
    from typing import Any

    Column = np.ndarray[Any, np.dtype[Any]]

LARGEST_UNIT = 2**53
"""The whole in units of the finest share; sums of thousands of such shares still fit 64 bits."""

NARROW = 2**31 - 1
"""The largest number of 32 bits."""

CHUNK = 2**22
"""Holdings that are added up at a time, so that working memory stays flat."""


class HoldingColumns(NamedTuple):
    """Holdings sorted by owner.

    Attributes:
        start: (entities + 1,) int64; holdings of entity i are ``start[i]:start[i + 1]``.
        owned: (holdings,) entities by number; 32 bits where they suffice, else 64.
        units: (holdings,) shares in units; 32 bits where the whole fits, else 64.
        whole: units that make the whole.
        names: ids by number; empty where entities are numbers from the start.
    """

    start: Column
    owned: Column
    units: Column
    whole: int
    names: tuple[str, ...] = ()


def columns(
    owner: Column, owned: Column, units: Column, entities: int, whole: int
) -> HoldingColumns:
    """Sort holdings by owner; linear but for the sort, which is stable and done once.

    Args:
        owner: (holdings,) numbers of owners.
        owned: (holdings,) numbers of what they hold.
        units: (holdings,) shares in units.
        entities: how many entities there are.
        whole: units that make the whole.
    """
    order = np.argsort(owner, kind="stable")
    start = np.zeros(entities + 1, dtype=np.int64)
    np.cumsum(np.bincount(owner, minlength=entities), out=start[1:])
    place = np.int32 if entities <= NARROW else np.int64
    unit = np.int32 if whole <= NARROW else np.int64
    return HoldingColumns(start, owned[order].astype(place), units[order].astype(unit), whole)


def columns_of(graph: Graph, high: bool = False) -> HoldingColumns:
    """The columns of a graph of exact shares.

    Raises:
        ValueError: the shares have no common unit that fits; the exact closure takes them.
    """
    names = tuple(sorted(graph.by_owner.keys() | graph.by_owned.keys()))
    number = {name: place for place, name in enumerate(names)}
    ties = [
        (number[tie.owner], number[tie.owned], tie.shares[0].hi if high else tie.shares[0].lo)
        for group in graph.by_owner.values()
        for tie in group
        if tie.shares[0] is not None
    ]
    whole = math.lcm(*{share.denominator for _, _, share in ties}) if ties else 1
    if whole > LARGEST_UNIT:
        raise ValueError(
            "these shares have no common unit of 53 bits: use the closure on exact fractions"
        )
    owner, owned, units = (
        np.array(column, dtype=np.int64)
        for column in (
            [each[0] for each in ties],
            [each[1] for each in ties],
            [int(each[2] * whole) for each in ties],
        )
    )
    return columns(owner, owned, units, len(names), whole)._replace(names=names)


def covered(held: HoldingColumns, seeds: Iterable[int] | Column, threshold: Fraction) -> Column:
    """Tiers of all entities: 0 for seeds, -1 for what is not covered. (entities,) int32.

    Every holding is looked at once at most, in a compiled loop where numba is installed (the extra
    ``parties``) and else in rounds.

    Args:
        held: the holdings.
        seeds: numbers of the entities that are covered from the start.
        threshold: share of one.
    """
    count = len(held.start) - 1
    # Rounded up, for a sum of whole units passes a threshold between two units at the next one.
    need = -(-threshold.numerator * held.whole // threshold.denominator)
    tiers = np.full(count, -1, dtype=np.int32)
    numbers = seeds if isinstance(seeds, np.ndarray) else np.fromiter(seeds, dtype=np.int64)
    listed = np.unique(numbers).astype(np.int64)
    tiers[listed] = 0
    loop = _compiled()
    if loop is None:
        in_rounds(held, listed, need, tiers, np.zeros(count, dtype=np.int64))
    else:
        # A sum stops growing where it reaches the threshold, so it stays below twice the whole.
        sums = np.zeros(count, dtype=np.int32 if 2 * held.whole <= NARROW else np.int64)
        # -1 says that a company is covered already, so the loop reads one array and not two.
        sums[listed] = -1
        queue = np.empty(count, dtype=held.owned.dtype)
        queue[: listed.size] = listed
        loop(held[:3], need, tiers, sums, queue, listed.size)
    return tiers


def _compiled() -> Callable[..., int] | None:
    """The compiled loop, or None where there is no numba."""
    try:
        from detente.parties.ownership.kernel import reach
    except ImportError:
        return None
    loop: Callable[..., int] = reach
    return loop


def in_rounds(
    held: HoldingColumns, frontier: Column, need: int, tiers: Column, sums: Column
) -> None:
    """Fill in the tiers round by round: what the last ones hold is added up, who reaches comes in.

    Args:
        held: the holdings.
        frontier: numbers of the listed, each once.
        need: units at which a company comes in.
        tiers: (entities,) 0 for the listed, -1 for all others; filled in.
        sums: (entities,) int64 zeros; filled in.
    """
    tier = 0
    while frontier.size:
        tier += 1
        found = [np.empty(0, dtype=np.int64)]
        for some in _chunks(held.start, frontier):
            places = _places(held.start[some], held.start[some + 1])
            owned = held.owned[places]
            np.add.at(sums, owned, held.units[places].astype(np.int64))
            # Numbers come in more than once; marking them with the tier leaves each once.
            reached = np.unique(owned[(sums[owned] >= need) & (tiers[owned] < 0)])
            tiers[reached] = tier
            found.append(reached.astype(np.int64))
        frontier = np.concatenate(found)


def _chunks(start: Column, owners: Column) -> Iterator[Column]:
    """Owners in parts that hold about ``CHUNK`` companies each, one owner at the least."""
    held = np.cumsum(start[owners + 1] - start[owners])
    if held[-1] <= CHUNK:
        yield owners
        return
    cuts = np.unique(np.searchsorted(held, np.arange(CHUNK, int(held[-1]), CHUNK)))
    yield from (part for part in np.split(owners, cuts) if part.size)


def _places(start: Column, end: Column) -> Column:
    """Numbers of the holdings in several runs, one after the other."""
    sizes = end - start
    total = int(sizes.sum())
    places = np.ones(total, dtype=np.int64)
    filled = sizes > 0
    start, sizes = start[filled], sizes[filled]
    if not total:
        return places
    # Ones, and a jump at the head of each run: their running sum counts through all runs.
    heads = np.cumsum(sizes)[:-1]
    places[0] = start[0]
    places[heads] = start[1:] - (start[:-1] + sizes[:-1] - 1)
    return np.cumsum(places)
