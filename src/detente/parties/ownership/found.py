"""Who is reached under a rule, before it is told: one shape for whole and proportionate rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.ownership.attribution import Attributed, attribute, steps_below
from detente.parties.ownership.closure import CoveredSet, closure, held_by
from detente.parties.ownership.graph import KINDS, Graph, Tie, Ties, equity
from detente.parties.ownership.regimes import OwnershipRegime
from detente.parties.ownership.seeds import Start
from detente.parties.ownership.shares import WHOLE, ZERO

if TYPE_CHECKING:
    from typing import Any

CONTRACT = "contract_control"


class Coverings(NamedTuple):
    """A company, what is held in it for the rule, and through whom.

    Attributes:
        tier: how many holdings lie between it and a listed party, at the least.
        lo: share that counts, at the least.
        hi: share that counts, at the most.
        kind: the kind of holding that decides.
        ties: the ties that count, each with the part of its owner that counts.
    """

    id: str
    tier: int
    lo: Fraction
    hi: Fraction
    kind: str
    ties: Sequence[tuple[Tie, Fraction]]


class WholeTies(Sequence[tuple[Tie, Fraction]]):
    """Ties of owners that count in full, each made when it is read: one company may have many.

    Attributes:
        numbers: of the ties.
    """

    def __init__(self, ties: Ties, numbers: Sequence[int]) -> None:
        """Take the ties by their numbers."""
        self._ties, self.numbers = ties, numbers

    @property
    def owners(self) -> Iterator[str]:
        """The owners, for which no tie is made."""
        return map(self._ties.owner.__getitem__, self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, at: Any) -> Any:
        """A tie by its place, or those of a slice."""
        if isinstance(at, slice):
            return WholeTies(self._ties, self.numbers[at])
        return self._ties[self.numbers[at]], WHOLE

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


class Findings(Mapping[str, Coverings]):
    """Companies by id, with what is held in each.

    Of one that a single holding covers nothing is kept but its tier: the holding says the rest.

    Attributes:
        tiers: of each company.
        others: all that is known of those that no single holding covers.
    """

    def __init__(
        self, graph: Graph, tiers: dict[str, int], others: dict[str, Coverings] | None = None
    ) -> None:
        self._graph, self.tiers = graph, tiers
        self.others = others or {}

    def __getitem__(self, each: str) -> Coverings:
        row = self.others.get(each)
        if row is None:
            tier, tie = self.tiers[each], self._graph.ties[self._graph.sole[each]]
            share = equity(tie)
            row = Coverings(each, tier, share.lo, share.hi, KINDS[0], ((tie, WHOLE),))
        return row

    def counting(self, ids: Iterable[str]) -> Iterator[tuple[str, Iterable[str]]]:
        """Companies, each with the owners that count in it."""
        others, owner, sole = self.others, self._graph.ties.owner, self._graph.sole
        for each in ids:
            if each in others:
                ties = others[each].ties
                if isinstance(ties, WholeTies):
                    yield each, ties.owners
                else:
                    yield each, [tie.owner for tie, _ in ties]
            else:
                yield each, (owner[sole[each]],)

    def __contains__(self, each: object) -> bool:
        return each in self.tiers

    def __iter__(self) -> Iterator[str]:
        return iter(self.tiers)

    def __len__(self) -> int:
        return len(self.tiers)


class CoveredCompany(NamedTuple):
    """Companies for certain covered, companies perhaps covered, and all owners that count.

    ``joint`` are those in which owners have only together what passes a holding on in full.
    """

    covered: Findings
    possible: Findings
    low: tuple[CoveredSet, ...]
    owners: dict[str, int]
    joint: tuple[str, ...] = ()


def find(rule: OwnershipRegime, graph: Graph, begin: Start) -> CoveredCompany:
    """Apply a rule to a graph."""
    if rule.proportionate:
        return _in_proportion(rule, graph, begin)
    return _whole_or_nothing(rule, graph, begin)


def _whole_or_nothing(rule: OwnershipRegime, graph: Graph, begin: Start) -> CoveredCompany:
    exact = _is_exact(graph)
    low, high = [], []
    for sure, perhaps in begin.groups:
        seeds = [each for each in sure if each in begin.certain] if begin.open else sure
        reach = closure(graph, seeds, rule.threshold, False)
        # Without ranges both ends are one set, which need not be found twice.
        same = exact and (seeds is perhaps or set(seeds) == set(perhaps))
        low.append(reach)
        high.append(
            reach._replace(high=True) if same else closure(graph, perhaps, rule.threshold, True)
        )
    pairs = list(zip(low, high, strict=True))
    covered = _best(graph, pairs, begin.certain, possible=False)
    possible = Findings(graph, {})
    if any(least.tiers is not most.tiers for least, most in pairs):
        known = {*begin.certain, *begin.open, *covered}
        possible = _best(graph, pairs, known, possible=True)
    owners = dict(high[0].tiers) if high else {}
    for reach in high[1:]:
        for each, tier in reach.tiers.items():
            owners[each] = min(tier, owners.get(each, tier))
    return CoveredCompany(covered, possible, tuple(low), owners)


def _is_exact(graph: Graph) -> bool:
    """Whether no holding of equity is a range, so that both ends of every sum are the same."""
    return graph.shares.ranges.isdisjoint(graph.ties.share)


def _best(
    graph: Graph,
    pairs: list[tuple[CoveredSet, CoveredSet]],
    known: Collection[str],
    possible: bool,
) -> Findings:
    """A finding for each id of some sets that is not known; of several groups the largest."""
    tiers: dict[str, int] = {}
    found: dict[str, Coverings] = {}
    for low, high in pairs:
        same = low.tiers is high.tiers  # and then no holding is a range
        reached = (high if possible else low).tiers
        told = {each: tier for each, tier in reached.items() if tier and each not in known}
        # What one owner has, and covers, is the same in each group that has this owner.
        for each in told if possible else told.keys() & graph.several.keys():
            sole = graph.sole.get(each)
            if sole is not None:
                tie = graph.ties[sole]
                counted: Sequence[tuple[Tie, Fraction]] = ((tie, WHOLE),)
                lo, hi, _ = equity(tie)
                lo = lo if tie.owner in low.tiers else ZERO
            else:
                counted = _counting(graph, each, high)
                lo, hi = held_by(graph, each, low.tiers, False)
                if not same:
                    _, hi = held_by(graph, each, high.tiers, True)
            before = found.get(each)
            if before is None or (lo, hi) > (before.lo, before.hi):
                found[each] = Coverings(each, told[each], lo, hi, KINDS[0], counted)
        if tiers:
            for each, tier in told.items():
                tiers.setdefault(each, tier)
        else:
            tiers = told
    tiers.update((each, row.tier) for each, row in found.items())
    return Findings(graph, tiers, found)


def _counting(graph: Graph, owned: str, reach: CoveredSet) -> WholeTies:
    """Ties that count in a company, of the owners of a set, the earliest first."""
    ties, tiers, held = graph.ties, reach.tiers, graph.held
    owner, share = ties.owner, ties.share
    numbers = [at for at in graph.ties_in(owned) if owner[at] in tiers and held[share[at]]]
    numbers.sort(key=owner.__getitem__)
    if len({tiers[owner[at]] for at in numbers}) > 1:
        numbers.sort(key=lambda at: tiers[owner[at]])  # which keeps the order within a tier
    return WholeTies(ties, numbers)


def _in_proportion(rule: OwnershipRegime, graph: Graph, begin: Start) -> CoveredCompany:
    everybody = (*begin.certain, *begin.open)
    low, high = (
        attribute(graph, owners, rule.whole_from, ends, rule.kinds, rule.threshold)
        for owners, ends in ((begin.certain, False), (everybody, True))
    )
    steps = steps_below(graph, everybody, rule.kinds, rule.contract)
    ruled = _ruled_by_contract(graph, high.whole) if rule.contract else {}
    covered: dict[str, Coverings] = {}
    possible: dict[str, Coverings] = {}
    nothing = ((ZERO, ZERO),) * rule.kinds
    for each in dict.fromkeys((*high.shares, *ruled)):
        if each in begin.certain or each in begin.open:
            continue
        ends = low.shares.get(each, nothing), high.shares.get(each, nothing)
        found = _finding(rule, graph, each, ends, (low, high), steps)
        ties = ruled.get(each, [])
        sure = [tie for tie in ties if tie.owner in low.whole]
        if sure and found.lo < rule.threshold:
            found = _by_contract(found, sure)
        elif ties and found.hi < rule.threshold:
            found = _by_contract(found, ties)
        if found.lo >= rule.threshold or sure:
            covered[each] = found
        elif found.hi >= rule.threshold or ties:
            possible[each] = found
    joint = tuple(sorted(low.joint))
    return CoveredCompany(_each(graph, covered), _each(graph, possible), (), steps, joint)


def _ruled_by_contract(graph: Graph, owners: Collection[str]) -> dict[str, list[Tie]]:
    """Companies over which some owners have effective control by contract, and their ties."""
    found: dict[str, list[Tie]] = {}
    if not any(said[-1] for said in graph.ties.rows.sayings):
        return found
    for owner in owners:
        for tie in graph.by_owner.get(owner, ()):
            if tie.contract:
                found.setdefault(tie.owned, []).append(tie)
    return found


def _by_contract(found: Coverings, ties: list[Tie]) -> Coverings:
    """A company that is reached by contracts, whatever is held in it."""
    return found._replace(kind=CONTRACT, ties=tuple((tie, WHOLE) for tie in ties))


def _each(graph: Graph, found: dict[str, Coverings]) -> Findings:
    return Findings(graph, {each: row.tier for each, row in found.items()}, found)


def _finding(
    rule: OwnershipRegime,
    graph: Graph,
    owned: str,
    shares: tuple[
        tuple[tuple[Fraction, Fraction], ...],
        tuple[tuple[Fraction, Fraction], ...],
    ],
    ends: tuple[Attributed, Attributed],
    steps: dict[str, int],
) -> Coverings:
    """A company under a proportionate rule; of several kinds of holding the largest decides.

    One that may suffice goes before another of which more is known and which cannot.
    """
    below, above = shares

    def decides(kind: int) -> tuple[bool, Fraction, Fraction, int]:
        lo, hi = below[kind][0], above[kind][1]
        return hi >= rule.threshold, lo, hi, -kind

    kind = max(range(rule.kinds), key=decides)
    ties = []
    for tie in graph.by_owned.get(owned, ()):
        share = tie.shares[kind]
        if tie.owner in steps and share is not None and share.hi:
            counted = WHOLE
            if tie.owner not in ends[1].whole:
                low = ends[0].shares.get(tie.owner, ((ZERO, ZERO),))
                counted = max(lo for lo, _ in low)
            ties.append((tie, counted))
    ties.sort(key=lambda row: (steps[row[0].owner], row[0].owner))
    return Coverings(
        owned, steps.get(owned, 0), below[kind][0], above[kind][1], KINDS[kind], tuple(ties)
    )
