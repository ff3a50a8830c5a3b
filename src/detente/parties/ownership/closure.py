"""Who is covered: the least set in which half held by the set puts a company into it.

    covered = listed + every company in which the covered together hold the threshold or more

A company in the set passes on its whole holdings, one outside passes on nothing, so no shares are
multiplied. The set is the least such set: companies that only hold up each other stay outside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
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
    reaches = graph.shares.reaching(threshold, high)
    ties_of, sole = graph.ties_of, graph.sole
    owned_by, share_in, grains_of = graph.ties.owned, graph.ties.share, graph.shares.grains
    frontier, tier = list(tiers), 0
    while frontier:
        tier += 1
        touched: dict[str, bool | list[int]] = {}
        for owner in frontier:
            for tie in ties_of.get(owner, ()):
                owned = owned_by[tie]
                if owned in tiers:
                    continue
                if kinds == 1 and owned in sole:
                    touched[owned] = reaches[share_in[tie]]
                    continue
                sums = held.get(owned)
                if sums is None:
                    sums = held[owned] = [0, 0] * kinds
                if kinds == 1:
                    added, rounded = grains_of(share_in[tie], high)
                    sums[0] += added
                    sums[1] += rounded
                else:
                    _add(sums, graph, tie, high, kinds)
                touched[owned] = sums
        frontier = [
            owned
            for owned, sums in touched.items()
            if sums is True or (sums and _suffice(sums, graph, owned, tiers, threshold, high))
        ]
        for owned in frontier:
            tiers[owned] = tier
    return CoveredSet(tiers, high)


def _add(sums: list[int], graph: Graph, tie: int, high: bool, kinds: int) -> None:
    """Add what a tie gives to sums in grains, kind by kind."""
    for kind, share in enumerate(graph.ties[tie].shares[:kinds]):
        if share is not None:
            added, rounded = grains(_end(share, high))
            sums[2 * kind] += added
            sums[2 * kind + 1] += rounded


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
    if not kind:
        end = graph.shares.end
        return [end(number, high) for number in _numbers(graph, owned, holders)]
    return [
        _end(share, high)
        for tie in graph.by_owned.get(owned, ())
        if tie.owner in holders and (share := tie.shares[kind]) is not None
    ]


def _numbers(graph: Graph, owned: str, holders: Collection[str]) -> Iterator[int]:
    """Numbers of the shares that some holders have of the equity of a company."""
    # As columns: of a company that hundreds of thousands own no tie is made to add it up.
    owner, share = graph.ties.owner, graph.ties.share
    return (share[at] for at in graph.ties_in(owned) if owner[at] in holders)


def held_by(
    graph: Graph, owned: str, holders: Collection[str], high: bool
) -> tuple[Fraction, Fraction]:
    """What a set of holders has of the equity of a company, never above the whole.

    Twice the same, or the ends of a sum with too many digits; see `summed`.
    """
    end = graph.shares.end
    # Few shares stand in most rows, and so many times one of them is one part.
    times = Counter(_numbers(graph, owned, holders))
    lo, hi = summed(end(number, high) * count for number, count in times.items())
    return min(lo, WHOLE), min(hi, WHOLE)


def holding_each_other_up(graph: Graph, reach: CoveredSet, threshold: Fraction) -> set[str]:
    """Companies that the greatest set would cover and the least does not.

    Only those below a covered owner are asked about: a ring that nobody listed has a share in is
    of no concern.
    """
    below: dict[str, None] = {}
    todo, tiers = list(reach.tiers), reach.tiers
    owned_by, share_in, held_at_all = graph.ties.owned, graph.ties.share, graph.held
    while todo:
        for tie in graph.ties_of.get(todo.pop(), ()):
            owned = owned_by[tie]
            if owned not in tiers and owned not in below and held_at_all[share_in[tie]]:
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
        for tie in graph.ties_of.get(fallen, ()):
            owned = owned_by[tie]
            if owned in held_still:
                taken, rounded = graph.shares.grains(share_in[tie], False)
                held[owned][0] -= taken
                held[owned][1] -= rounded
                if not suffices(owned):
                    held_still.remove(owned)
                    falling.append(owned)
    return held_still


def _has_ring(graph: Graph, ids: set[str]) -> bool:
    """Whether ties among these ids ever come back: without a ring nothing holds itself up."""
    owner_in, owned_by, ties_of = graph.ties.owner, graph.ties.owned, graph.ties_of
    waiting = {each: sum(owner_in[tie] in ids for tie in graph.ties_in(each)) for each in ids}
    free = [each for each, count in waiting.items() if not count]
    done = 0
    while free:
        done += 1
        for tie in ties_of.get(free.pop(), ()):
            owned = owned_by[tie]
            if owned in ids:
                waiting[owned] -= 1
                if not waiting[owned]:
                    free.append(owned)
    return done < len(ids)
