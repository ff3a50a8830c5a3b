"""Holdings in proportion: the share that stands behind a company, through all that lie between.

    attributed(c) = sum over owners o of weight(o) * share(o, c)
    weight(o)     = 1 where o is an owner in the rule's sense, or is held by such owners directly
                    at the level from which a holding passes in full; else attributed(o)

Where a rule knows no such level, only its owners themselves weigh 1. A ring of companies gives
linear equations, solved exactly; a large one, or one whose files add up to more than the whole,
is enclosed from both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from math import ceil, floor, lcm

from detente._numbers import total
from detente._shapes import NamedTuple
from detente.parties.ownership.closure import closure
from detente.parties.ownership.graph import Graph, Tie
from detente.parties.ownership.shares import WHOLE, ZERO
from detente.parties.ownership.sums import LONGEST, compared, summed

EXACT_RING = 60
"""A ring of more companies than this is enclosed and not solved."""
GRAIN: int = 10**15
PARTS: int = 10**78
ROUNDS = 2000


class Attributed(NamedTuple):
    """For each company reached: what is attributed, by kind, and who passes on in full.

    ``shares`` gives a lower and an upper end for every kind of holding; both are the same where
    the answer is exact. ``joint`` are companies that would pass on in full if what several owners
    have were added up.
    """

    shares: dict[str, tuple[tuple[Fraction, Fraction], ...]]
    whole: dict[str, int]
    joint: frozenset[str] = frozenset()


def attribute(
    graph: Graph,
    owners: Iterable[str],
    whole_from: Fraction | None,
    high: bool,
    kinds: int = 1,
    beside: Fraction | None = None,
) -> Attributed:
    """What is attributed to owners in every company below them.

    Args:
        graph: holdings on a day.
        owners: ids that weigh 1.
        whole_from: direct holding from which a company counts as part of its owner; None: never.
        high: count the upper ends of ranges, and take what several owners have of a company for
            the holding of one: a text that speaks of a parent leaves that open.
        kinds: how many kinds of holding are added up, each by itself.
        beside: what is attributed lies on one side of this, also where its digits are too many to
            be told; see `summed`.
    """
    seeds = list(owners)
    whole = dict.fromkeys(seeds, 0)
    if whole_from is not None:
        whole = closure(graph, seeds, whole_from, high, kinds).tiers
    together = frozenset(whole)
    if whole_from is not None and not high:
        whole = in_one_hand(graph, seeds, whole_from, kinds, whole)
    weight: dict[str, tuple[Fraction, Fraction]] = dict.fromkeys(whole, (WHOLE, WHOLE))
    shares: dict[str, tuple[tuple[Fraction, Fraction], ...]] = {}

    def below(owner: str) -> Iterator[str]:
        # Ties of nothing lead nowhere.
        for tie in graph.by_owner.get(owner, ()):
            if any(_end(tie, kind, high) for kind in range(kinds)):
                yield tie.owned

    for ring in rings(whole, below):
        if len(ring) == 1:
            found = _by_kind(graph, ring[0], weight, high, kinds, beside)
            shares[ring[0]] = found
            weight.setdefault(ring[0], _best(found))
            continue
        open_ones = [each for each in ring if each not in weight]
        weight.update(_ring_weights(graph, open_ones, weight, high, kinds))
        shares.update({each: _by_kind(graph, each, weight, high, kinds) for each in ring})
    return Attributed(shares, whole, together - whole.keys())


def in_one_hand(
    graph: Graph, seeds: list[str], level: Fraction, kinds: int, together: dict[str, int]
) -> dict[str, int]:
    """Companies of which one owner, with all that passes on to it in full, has the level.

    Args:
        graph: holdings on a day.
        seeds: the owners.
        level: share of one.
        kinds: how many kinds of holding count.
        together: those of which all the owners together have it, with their tiers.
    """
    alone = set(seeds)
    todo = list(seeds)
    while todo:
        for tie in graph.by_owner.get(todo.pop(), ()):
            held = max(_end(tie, kind, False) for kind in range(kinds))
            if tie.owned not in alone and held >= level:
                alone.add(tie.owned)
                todo.append(tie.owned)
    if len(alone) == len(together):
        return together
    above = [each for each in together if each not in alone]
    behind = set(above)
    for each in above:  # grows while it is walked
        for tie in graph.by_owned.get(each, ()):
            if tie.owner in together and tie.owner not in behind:
                behind.add(tie.owner)
                above.append(tie.owner)

    def below(owner: str) -> Iterator[str]:
        return (tie.owned for tie in graph.by_owner.get(owner, ()) if tie.owned in behind)

    begin = set(seeds)
    reached: set[str] = set()
    for ring in rings([each for each in seeds if each in behind], below):
        for each in ring:
            # What one reaches that is reached itself was reached with it.
            if each in begin and each not in reached:
                reached.update(closure(graph, [each], level, False, kinds).tiers)
    return {each: tier for each, tier in together.items() if each in alone or each in reached}


def steps_below(graph: Graph, owners: Iterable[str], kinds: int, contract: bool) -> dict[str, int]:
    """The least number of holdings of more than nothing between an owner and each company.

    Effective control by ``contract`` is a step too, where a rule knows it.
    """
    steps = dict.fromkeys(owners, 0)
    todo = list(steps)
    for each in todo:  # grows while it is walked
        for tie in graph.by_owner.get(each, ()):
            if tie.owned not in steps and (
                any(_end(tie, kind, True) for kind in range(kinds)) or (contract and tie.contract)
            ):
                steps[tie.owned] = steps[each] + 1
                todo.append(tie.owned)
    return steps


def _end(tie: Tie, kind: int, high: bool) -> Fraction:
    share = tie.shares[kind]
    return ZERO if share is None else share.hi if high else share.lo


def _by_kind(
    graph: Graph,
    owned: str,
    weight: dict[str, tuple[Fraction, Fraction]],
    high: bool,
    kinds: int,
    beside: Fraction | None = None,
) -> tuple[tuple[Fraction, Fraction], ...]:
    """What is attributed in one company, by kind, from the weights of its owners."""
    ties = [tie for tie in graph.by_owned.get(owned, ()) if tie.owner in weight]
    found = []
    for kind in range(kinds):
        held = [(weight[tie.owner], _end(tie, kind, high)) for tie in ties]
        lo, hi = summed((weighs[0] * share for weighs, share in held), beside)
        if any(weighs[0] != weighs[1] for weighs, _ in held):
            _, hi = summed((weighs[1] * share for weighs, share in held), beside)
        found.append((min(WHOLE, lo), min(WHOLE, hi)))
    return tuple(found)


def _best(shares: tuple[tuple[Fraction, Fraction], ...]) -> tuple[Fraction, Fraction]:
    """Of several kinds the largest passes on; a rule that names no one kind means any."""
    return max(lo for lo, _ in shares), max(hi for _, hi in shares)


def _ring_weights(
    graph: Graph,
    ring: list[str],
    weight: dict[str, tuple[Fraction, Fraction]],
    high: bool,
    kinds: int,
) -> dict[str, tuple[Fraction, Fraction]]:
    """Weights of companies that hold each other."""
    # The equations are linear only while nothing is cut: of several kinds the largest passes on,
    # and sums stop at the whole.
    one_kind = all(
        sum(_end(tie, kind, high) > ZERO for kind in range(kinds)) <= 1
        and _end(tie, 0, high) == max(_end(tie, kind, high) for kind in range(kinds))
        for each in ring
        for tie in graph.by_owned.get(each, ())
    )
    at_most_whole = all(
        compared((_end(tie, 0, high) for tie in graph.by_owned[each]), WHOLE) <= 0 for each in ring
    )
    owners = (tie.owner for each in ring for tie in graph.by_owned[each])
    exact = all(weight[owner][0] == weight[owner][1] for owner in owners if owner in weight)
    if one_kind and at_most_whole and exact and len(ring) <= EXACT_RING:
        solved = _solved(graph, ring, weight, high)
        return {each: (share, share) for each, share in solved.items()}
    return _enclosed(graph, ring, weight, high, kinds)


def _solved(
    graph: Graph, ring: list[str], weight: dict[str, tuple[Fraction, Fraction]], high: bool
) -> dict[str, Fraction]:
    """Exact weights of a ring: x = M x + b by elimination; a ring nobody feeds weighs nothing.

    In whole numbers, each row multiplied by what its shares are parts of, and divided by the pivot
    before, which leaves no rest (Bareiss): fractions would look for a common divisor at each step.
    """
    size = len(ring)
    rows = []
    for number, sums in enumerate(_sums_of_ring(graph, ring, weight, high, 1, exact=True)):
        unit, least, _, within = sums[0]
        row = [*[0] * size, least // GRAIN]
        row[number] += unit
        for place, share, _ in within:
            row[place] -= share
        rows.append(row)
    if not any(row[size] for row in rows):
        return dict.fromkeys(ring, ZERO)
    before = 1
    for column in range(size):
        pivot = next(number for number in range(column, size) if rows[number][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        chosen = rows[column]
        scale = chosen[column]
        for number, row in enumerate(rows):
            if number != column:
                factor = row[column]
                rows[number] = [
                    (cell * scale - factor * other) // before
                    for cell, other in zip(row, chosen, strict=True)
                ]
        before = scale
    return {
        each: Fraction(row[size], row[at])
        for at, (each, row) in enumerate(zip(ring, rows, strict=True))
    }


class _RingSum(NamedTuple):
    """What is held in a company of a ring by one kind of holding, in whole numbers.

    Attributes:
        unit: shares are parts of this.
        least: what owners outside the ring give, at the least, in grains of such a part.
        most: the same at the most.
        within: owners in the ring by place, with what each holds, rounded down and up.
    """

    unit: int
    least: int
    most: int
    within: tuple[tuple[int, int, int], ...]


def _sums_of_ring(
    graph: Graph,
    ring: list[str],
    weight: dict[str, tuple[Fraction, Fraction]],
    high: bool,
    kinds: int,
    exact: bool = False,
) -> list[list[_RingSum]]:
    """What is held in each company of a ring, kind by kind.

    Shares of so many parts that no number could tell them are enclosed, unless ``exact``.
    """
    place = {each: number for number, each in enumerate(ring)}

    def held(each: str, kind: int) -> _RingSum:
        within, outside = [], []
        for tie in graph.by_owned.get(each, ()):
            share = _end(tie, kind, high)
            if tie.owner in place:
                within.append((place[tie.owner], share))
            elif tie.owner in weight:
                outside.append((*weight[tie.owner], share))
        lows, highs = ([row[end] * row[2] for row in outside] for end in (0, 1))
        least, most = (total(lows),) * 2 if exact else (summed(lows)[0], summed(highs)[1])
        unit = lcm(least.denominator, most.denominator, *(share.denominator for _, share in within))
        if not exact and unit.bit_length() > LONGEST:
            unit = PARTS
        return _RingSum(
            unit,
            floor(least * unit * GRAIN),
            ceil(most * unit * GRAIN),
            tuple((at, floor(share * unit), ceil(share * unit)) for at, share in within),
        )

    return [[held(each, kind) for kind in range(kinds)] for each in ring]


def _enclosed(
    graph: Graph,
    ring: list[str],
    weight: dict[str, tuple[Fraction, Fraction]],
    high: bool,
    kinds: int,
) -> dict[str, tuple[Fraction, Fraction]]:
    """Lower and upper ends of the weights: up from nothing and down from the whole.

    Both in grains, rounded outward: the digits of exact fractions would grow with every round.
    """
    equations = _sums_of_ring(graph, ring, weight, high, kinds)
    lows, highs = [0] * len(ring), [GRAIN] * len(ring)
    for _ in range(ROUNDS):
        moved = False
        for number, sums in enumerate(equations):
            lo = hi = 0
            for unit, least, most, within in sums:
                for owner, share, at_most in within:
                    least += lows[owner] * share
                    most += highs[owner] * at_most
                lo, hi = max(lo, least // unit), max(hi, -(-most // unit))
            lo, hi = max(lows[number], min(GRAIN, lo)), min(highs[number], hi)
            if lo != lows[number] or hi != highs[number]:
                lows[number], highs[number] = lo, hi
                moved = True
        if not moved:
            break
    ends = zip(ring, lows, highs, strict=True)
    return {each: (Fraction(lo, GRAIN), Fraction(hi, GRAIN)) for each, lo, hi in ends}


def rings(roots: Iterable[str], below: Callable[[str], Iterator[str]]) -> list[list[str]]:
    """Companies below the roots in groups that hold each other, owners before the owned.

    Tarjan's strongly connected components, without recursion: chains may be long.

    Args:
        roots: where to begin.
        below: what each company leads to.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_path: set[str] = set()
    path: list[str] = []
    groups: list[list[str]] = []
    for root in roots:
        if root in index:
            continue
        work = [(root, below(root))]
        index[root] = low[root] = len(index)
        path.append(root)
        on_path.add(root)
        while work:
            node, ties = work[-1]
            # An iterator keeps its place, so a node that is come back to goes on where it was left.
            for owned in ties:
                if owned not in index:
                    index[owned] = low[owned] = len(index)
                    path.append(owned)
                    on_path.add(owned)
                    work.append((owned, below(owned)))
                    break
                if owned in on_path:
                    low[node] = min(low[node], index[owned])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    cut = _last(path, node)
                    groups.append(path[cut:])
                    on_path.difference_update(path[cut:])
                    del path[cut:]
    return groups[::-1]


def _last(path: list[str], node: str) -> int:
    """Where a node stands, looked for from the end, near which it is."""
    place = len(path) - 1
    while path[place] != node:
        place -= 1
    return place
