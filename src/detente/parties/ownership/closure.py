"""Who is covered: the least set in which half held by the set puts a company into it.

    covered = listed + every company in which the covered together hold the threshold or more

A company in the set passes on its whole holdings, one outside passes on nothing, so no shares are
multiplied. The set is the least such set: companies that only hold up each other stay outside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from detente._shapes import NamedTuple
from detente.parties.ownership.graph import Graph, Tie
from detente.parties.ownership.shares import WHOLE, ZERO
from detente.parties.ownership.sums import compared, grains, in_grains, sign_of, summed


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
    # Sums in grains, each with how many parts were rounded: a company may have hundreds of
    # thousands of owners.
    held: dict[str, list[int]] = {}
    least, whole = threshold.as_integer_ratio()
    by_owner, by_owned = graph.by_owner, graph.by_owned
    frontier, tier = list(tiers), 0
    last, added, rounded = None, 0, 0
    while frontier:
        tier += 1
        touched: dict[str, bool | list[int]] = {}
        for owner in frontier:
            for tie in by_owner.get(owner, ()):
                owned, shares = tie.owned, tie.shares
                if owned in tiers:
                    continue
                if kinds == 1 and len(by_owned[owned]) == 1:
                    share = shares[0]
                    held_alone = ZERO if share is None else share[1] if high else share[0]
                    above, below = held_alone.as_integer_ratio()
                    touched[owned] = above * whole >= least * below
                    continue
                sums = held.get(owned)
                if sums is None:
                    sums = held[owned] = [0, 0] * kinds
                for kind in range(kinds):
                    share = shares[kind]
                    if share is not None:
                        # Owners with the same text in a file have one share, often one by one.
                        if share is not last:
                            last = share
                            added, rounded = grains(_end(share, high))
                        sums[2 * kind] += added
                        sums[2 * kind + 1] += rounded
                touched[owned] = sums
        frontier = [
            owned
            for owned, sums in touched.items()
            if sums is True or (sums and _suffice(sums, graph, owned, tiers, threshold, high))
        ]
        for owned in frontier:
            tiers[owned] = tier
    return CoveredSet(tiers, high)


def _suffice(
    sums: list[int],
    graph: Graph,
    owned: str,
    holders: Collection[str],
    threshold: Fraction,
    high: bool,
) -> bool:
    """Whether one of the sums of what holders have, kind by kind in grains, is the threshold."""
    for kind, (low, rounded) in enumerate(zip(sums[::2], sums[1::2], strict=True)):
        sign = sign_of(low, rounded, threshold)
        if sign is None:
            sign = compared(_parts(graph, owned, holders, high, kind), threshold)
        if sign >= 0:
            return True
    return False


def _parts(
    graph: Graph, owned: str, holders: Collection[str], high: bool, kind: int = 0
) -> list[Fraction]:
    """What each of some holders has of a company."""
    return [
        _end(share, high)
        for tie in graph.by_owned.get(owned, ())
        if tie.owner in holders and (share := tie.shares[kind]) is not None
    ]


def held_by(
    graph: Graph, owned: str, holders: Collection[str], high: bool
) -> tuple[Fraction, Fraction]:
    """What a set of holders has of the equity of a company, never above the whole.

    Twice the same, or the ends of a sum with too many digits; see `summed`.
    """
    parts = _parts(graph, owned, holders, high)
    if len(parts) == 1:
        return parts[0], parts[0]
    lo, hi = summed(parts)
    return min(lo, WHOLE), min(hi, WHOLE)


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
    if not _has_ring(graph, set(below)):
        return set()
    holders = {*below, *reach.tiers}
    # Sums above the whole are left as they are, so that parts can be taken away again.
    held = {owned: list(in_grains(_parts(graph, owned, holders, False))) for owned in below}

    def suffices(owned: str) -> bool:
        return _suffice(held[owned], graph, owned, holders, threshold, False)

    falling = [owned for owned in held if not suffices(owned)]
    held_still = set(held) - set(falling)
    while falling:
        fallen = falling.pop()
        holders.remove(fallen)
        for tie in graph.by_owner.get(fallen, ()):
            if tie.owned in held_still and tie.shares[0] is not None:
                taken, rounded = grains(tie.shares[0].lo)
                held[tie.owned][0] -= taken
                held[tie.owned][1] -= rounded
                if not suffices(tie.owned):
                    held_still.remove(tie.owned)
                    falling.append(tie.owned)
    return held_still


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
