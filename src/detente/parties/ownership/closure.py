"""Who is covered: the least set in which half held by the set puts a company into it.

    covered = listed + every company in which the covered together hold the threshold or more

A company in the set passes on its whole holdings, one outside passes on nothing, so no shares are
multiplied. The set is the least such set: companies that only hold up each other stay outside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from math import gcd

from detente._numbers import ratio, total
from detente._shapes import NamedTuple
from detente.parties.ownership.graph import Graph, Tie
from detente.parties.ownership.shares import WHOLE, ZERO


class CoveredSet(NamedTuple):
    """A covered set: for each id the tier in which it came in; 0 for those it began with.

    ``high`` says that upper ends of ranges, and parties that may be listed, were counted.
    """

    tiers: dict[str, int]
    high: bool


def largest(tie: Tie, high: bool, equity_alone: bool) -> Fraction:
    """The upper or lower end of what a tie gives: of the equity, or of its largest kind."""
    shares = tie.shares[:1] if equity_alone else tie.shares
    return max((_end(share, high) for share in shares if share is not None), default=ZERO)


def _end(share: tuple[Fraction, Fraction, Fraction], high: bool) -> Fraction:
    return share[1] if high else share[0]


def closure(
    graph: Graph, seeds: Iterable[str], threshold: Fraction, high: bool, kinds: int = 1
) -> CoveredSet:
    """The least covered set that holds the seeds; each tie is looked at once.

    Args:
        graph: holdings on a day.
        seeds: ids that are covered from the start.
        threshold: share of one at which a company comes in.
        high: count the upper ends of ranges and not the lower.
        kinds: how many kinds of holding count, each added up by itself: 1 for equity alone.
    """
    tiers = dict.fromkeys(seeds, 0)
    # Sums as numerator and denominator: a company may have hundreds of thousands of owners.
    held: dict[str, list[int]] = {}
    least, whole = threshold.as_integer_ratio()
    # What one holding does by itself, by identity: the same few shares stand in most ties.
    alone: dict[int, bool] = {}
    by_owner, by_owned = graph.by_owner, graph.by_owned
    frontier, tier = list(tiers), 0
    while frontier:
        tier += 1
        touched: dict[str, bool | list[int]] = {}
        for owner in frontier:
            for tie in by_owner.get(owner, ()):
                owned, shares = tie.owned, tie.shares
                if owned in tiers:
                    continue
                if kinds == 1 and len(by_owned[owned]) == 1:
                    suffices = alone.get(id(shares[0]))
                    if suffices is None:
                        held_alone = ZERO if shares[0] is None else _end(shares[0], high)
                        above, below = held_alone.as_integer_ratio()
                        suffices = alone[id(shares[0])] = above * whole >= least * below
                    touched[owned] = suffices
                    continue
                sums = held.get(owned)
                if sums is None:
                    sums = held[owned] = [0, 1] * kinds
                for kind in range(kinds):
                    share = shares[kind]
                    if share is not None:
                        _add(sums, 2 * kind, _end(share, high))
                touched[owned] = sums
        frontier = [
            owned
            for owned, sums in touched.items()
            if sums is True
            or (
                sums
                and any(
                    above * whole >= least * below
                    for above, below in zip(sums[::2], sums[1::2], strict=True)
                )
            )
        ]
        for owned in frontier:
            tiers[owned] = tier
    return CoveredSet(tiers, high)


def _add(sums: list[int], at: int, share: Fraction) -> None:
    """Add a share to the numerator at a place and the denominator behind it."""
    above, below = share.as_integer_ratio()
    # No common divisor is looked for while denominators are equal or divide each other.
    if below == sums[at + 1]:
        sums[at] += above
    elif sums[at + 1] % below == 0:
        sums[at] += above * (sums[at + 1] // below)
    else:
        divisor = gcd(below, sums[at + 1])
        sums[at] = sums[at] * (below // divisor) + above * (sums[at + 1] // divisor)
        sums[at + 1] *= below // divisor


def held_by(graph: Graph, owned: str, holders: Collection[str], high: bool) -> Fraction:
    """What a set of holders has of the equity of a company, never above the whole."""
    parts = [
        _end(tie.shares[0], high)
        for tie in graph.by_owned.get(owned, ())
        if tie.owner in holders and tie.shares[0] is not None
    ]
    if len(parts) == 1:
        return parts[0]
    above, below = ratio(parts)
    return WHOLE if above >= below else Fraction(above, below)


def holding_each_other_up(graph: Graph, reach: CoveredSet, threshold: Fraction) -> set[str]:
    """Companies that the greatest set would cover and the least does not.

    Only those below a covered owner are asked about: a ring that nobody listed has a share in is
    of no concern.
    """
    below: dict[str, None] = {}
    todo = list(reach.tiers)
    while todo:
        for tie in graph.by_owner.get(todo.pop(), ()):
            owned = tie.owned
            if owned in reach.tiers or owned in below:
                continue
            share = tie.shares[0]
            if share is not None and share.hi > ZERO:
                below[owned] = None
                todo.append(owned)
    held_still = set(below)
    held = {
        owned: held_by_uncut(graph, owned, held_still | reach.tiers.keys())
        for owned in (below if _has_ring(graph, held_still) else ())
    }
    falling = [owned for owned, share in held.items() if share < threshold]
    held_still = set(held) - set(falling)
    while falling:
        for tie in graph.by_owner.get(falling.pop(), ()):
            if tie.owned in held_still and tie.shares[0] is not None:
                held[tie.owned] -= tie.shares[0].lo
                if held[tie.owned] < threshold:
                    held_still.remove(tie.owned)
                    falling.append(tie.owned)
    return held_still


def held_by_uncut(graph: Graph, owned: str, holders: Collection[str]) -> Fraction:
    """The sum of the lower ends, above the whole too, so that parts can be taken away again."""
    return total(
        tie.shares[0].lo
        for tie in graph.by_owned.get(owned, ())
        if tie.owner in holders and tie.shares[0] is not None
    )


def _has_ring(graph: Graph, ids: set[str]) -> bool:
    """Whether ties among these ids ever come back: without a ring nothing holds itself up."""
    waiting = {each: sum(tie.owner in ids for tie in graph.by_owned.get(each, ())) for each in ids}
    free = [each for each, count in waiting.items() if not count]
    done = 0
    while free:
        done += 1
        for tie in graph.by_owner.get(free.pop(), ()):
            if tie.owned in ids:
                waiting[tie.owned] -= 1
                if not waiting[tie.owned]:
                    free.append(tie.owned)
    return done < len(ids)
