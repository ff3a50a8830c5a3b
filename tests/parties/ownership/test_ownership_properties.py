"""The closure against independent oracles, and what must hold for any graph."""

from __future__ import annotations

import itertools
import math
import random
import sqlite3
from contextlib import closing
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente._numbers import ratio, total
from detente.parties.ownership import requirement
from detente.parties.ownership.closure import closure, holding_each_other_up
from detente.parties.ownership.graph import graph_on
from detente.parties.ownership.model import Entity, Holding, Holdings, Seed
from detente.parties.ownership.regimes import regime as rule_named
from detente.parties.ownership.shares import Share
from detente.parties.ownership.sums import (
    GRAIN,
    LONGEST,
    compared,
    in_grains,
    sign_of,
    summed,
)
from tests.parties.ownership.ownership_support import answer, ids, register, seed

HALF = Fraction(1, 2)
NAMES = "ABCDEFGH"
Edge = tuple[str, str, Fraction]


@st.composite
def graphs(draw: st.DrawFn) -> list[Edge]:
    """Holdings of eight companies; what is held in each adds up to the whole at most."""
    edges = []
    for owned in NAMES:
        holders = draw(st.lists(st.sampled_from(NAMES), max_size=4, unique=True))
        parts = [draw(st.integers(1, 12)) for _ in holders]
        whole = max(sum(parts), draw(st.integers(1, 24)))
        edges += [
            (owner, owned, Fraction(part, whole))
            for owner, part in zip(holders, parts, strict=True)
            if owner != owned
        ]
    return edges


def held(edges: list[Edge], seeds: str, listing: str = "EL") -> Holdings:
    rows = (Holding(owner, owned, Share(share, share)) for owner, owned, share in edges)
    return Holdings(tuple(rows), tuple(seed(each, listing) for each in seeds))


def least_set(edges: list[Edge], seeds: str) -> set[str]:
    """The oracle: ask everybody again until nothing changes."""
    covered = set(seeds)
    while True:
        more = {
            each
            for each in NAMES
            if sum(share for owner, owned, share in edges if owned == each and owner in covered)
            >= HALF
        }
        if more <= covered:
            return covered
        covered |= more


def least_set_in_sql(edges: list[Edge], seeds: str) -> set[str]:
    """The oracle in SQL, on whole numbers of a common unit."""
    with closing(sqlite3.connect(":memory:")) as base:
        return _least_set_in(base, edges, seeds)


def _least_set_in(base: sqlite3.Connection, edges: list[Edge], seeds: str) -> set[str]:
    unit = math.lcm(*(share.denominator for _, _, share in edges)) if edges else 1
    base.execute("CREATE TABLE edge (owner TEXT, owned TEXT, units INTEGER)")
    base.execute("CREATE TABLE covered (id TEXT PRIMARY KEY)")
    rows = [(owner, owned, int(share * unit)) for owner, owned, share in edges]
    base.executemany("INSERT INTO edge VALUES (?, ?, ?)", rows)
    base.executemany("INSERT INTO covered VALUES (?)", list(seeds))
    count = 0
    while count != (count := base.execute("SELECT count(*) FROM covered").fetchone()[0]):
        base.execute(
            "INSERT OR IGNORE INTO covered SELECT owned FROM edge JOIN covered ON owner = id"
            " GROUP BY owned HAVING 2 * sum(units) >= ?",
            (unit,),
        )
    return {name for (name,) in base.execute("SELECT id FROM covered")}


def iterated(edges: list[Edge], seeds: str, whole: set[str], steps: int = 400) -> dict[str, float]:
    """The oracle in proportion: from nothing upward, in decimals of the machine."""
    weight = {each: float(each in whole) for each in NAMES}
    sums: dict[str, float] = {}
    for _ in range(steps):
        sums = {
            each: sum(float(share) * weight[owner] for owner, to, share in edges if to == each)
            for each in NAMES
        }
        weight = {each: 1.0 if each in whole else min(1.0, sums[each]) for each in NAMES}
    return sums


@pytest.mark.once
@settings(deadline=None, max_examples=200)
@given(graphs(), st.sampled_from(["A", "AB", "ABC", ""]))
def test_the_closure_equals_two_oracles(edges: list[Edge], seeds: str) -> None:
    found = set(closure(graph_on(held(edges, seeds), "2026-01-01"), seeds, HALF, False).tiers)
    assert found == least_set(edges, seeds)
    assert found == least_set_in_sql(edges, seeds)


@pytest.mark.once
@settings(deadline=None, max_examples=150)
@given(graphs(), st.sampled_from(["A", "AB"]))
def test_proportionate_shares_equal_an_oracle_and_never_pass_the_whole(
    edges: list[Edge], seeds: str
) -> None:
    from detente.parties.ownership.attribution import attribute

    graph = graph_on(held(edges, seeds), "2026-01-01")
    together = least_set(edges, seeds)
    # A text that speaks of one parent: each owner by itself, at the least.
    apart = set().union(*(least_set(edges, each) for each in seeds))
    for whole_from, high, whole in (
        (HALF, False, apart), (HALF, True, together), (None, False, set(seeds)),
    ):  # fmt: skip
        expected = iterated(edges, seeds, whole)
        reached = attribute(graph, seeds, whole_from, high)
        assert reached.joint == (together - apart if whole_from and not high else set())
        found = reached.shares
        for each in NAMES:
            lo, hi = found.get(each, ((Fraction(0), Fraction(0)),))[0]
            assert lo == hi <= 1
            # A ring with almost nothing fed into it takes the oracle many rounds.
            assert float(lo) == pytest.approx(min(1.0, expected[each]), abs=1e-3)


@settings(deadline=None, max_examples=100)
@given(graphs(), st.sets(st.sampled_from(NAMES), min_size=1, max_size=2))
def test_shares_of_companies_that_hold_each_other_solve_their_equations_exactly(
    edges: list[Edge], seeds: set[str]
) -> None:
    from detente.parties.ownership.attribution import attribute

    graph = graph_on(held(edges, ""), "2026-01-01")
    shares = attribute(graph, seeds, None, False).shares
    for each, ((lo, hi),) in shares.items():
        parts = [
            share * (1 if owner in seeds else shares[owner][0][0])
            for owner, owned, share in edges
            if owned == each and (owner in seeds or owner in shares)
        ]
        assert lo == hi == min(1, sum(parts))


@settings(deadline=None, max_examples=60)
@given(graphs(), graphs())
def test_adding_a_holding_or_a_listed_party_uncovers_nobody(
    edges: list[Edge], more: list[Edge]
) -> None:
    def covered(rows: list[Edge], seeds: str) -> set[str]:
        return set(closure(graph_on(held(rows, seeds), "2026-01-01"), seeds, HALF, False).tiers)

    pairs = {(owner, owned) for owner, owned, _ in edges}
    added = [row for row in more if row[:2] not in pairs]
    assert covered(edges, "A") <= covered([*edges, *added], "A")
    assert covered(edges, "A") <= covered(edges, "AH")


@settings(deadline=None, max_examples=40)
@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(edges: list[Edge], chance: random.Random) -> None:
    mixed = list(edges)
    chance.shuffle(mixed)
    for regime, listing in (("ofac", "SDN"), ("us-301-cranes", "CN-STATE")):
        assert answer(held(edges, "AB", listing), regime) == answer(
            held(mixed, "BA", listing), regime
        )


@settings(deadline=None, max_examples=60)
@given(graphs(), st.data())
def test_ranges_bracket_the_exact_answer(edges: list[Edge], data: st.DataObject) -> None:
    blurred = []
    for owner, owned, share in edges:
        lo = share * data.draw(st.sampled_from([Fraction(0), HALF, Fraction(1)]))
        hi = share + (1 - share) * data.draw(st.sampled_from([Fraction(0), HALF, Fraction(1)]))
        blurred.append(Holding(owner, owned, Share(lo, hi)))
    for regime, listing in (("ofac", "SDN"), ("us-301-cranes", "CN-STATE")):
        exact = ids(answer(held(edges, "A", listing), regime)["covered"])
        vague = answer(Holdings(tuple(blurred), (seed("A", listing),)), regime)
        assert ids(vague["covered"]) <= exact
        assert exact <= ids(vague["covered"]) | ids(vague["possibly_covered"])
        for row in [*vague["covered"], *vague["possibly_covered"]]:
            assert 0 <= Fraction(row["share"][0]) <= Fraction(row["share"][1]) <= 1


@settings(deadline=None, max_examples=100)
@given(graphs(), st.sampled_from(["A", "AB", "ABC"]))
def test_columns_of_whole_numbers_give_the_tiers_of_the_exact_closure(
    edges: list[Edge], seeds: str
) -> None:
    from detente.parties.ownership.columns import columns_of, covered

    graph = graph_on(held(edges, seeds), "2026-01-01")
    exact = closure(graph, seeds, HALF, False).tiers
    try:
        fast = columns_of(graph)
    except ValueError:
        return  # no common unit of 53 bits: the exact closure is the one to ask
    number = {name: place for place, name in enumerate(fast.names)}
    tiers = covered(fast, [number[each] for each in seeds if each in number], HALF)
    assert {name: int(tiers[place]) for name, place in number.items() if tiers[place] >= 0} == {
        name: tier for name, tier in exact.items() if name in number
    }


@pytest.mark.parametrize("chunk", [1, 7, 2**22])
def test_rounds_in_chunks_and_the_compiled_loop_give_the_same_tiers(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import numpy as np

    from detente.parties.ownership import columns as ownership_columns

    chance = np.random.default_rng(5)
    owner, owned = (chance.integers(0, 400, 1500) for _ in range(2))
    held = ownership_columns.columns(owner, owned, chance.integers(1, 70, 1500), 400, 100)
    monkeypatch.setattr(ownership_columns, "CHUNK", chunk)
    fast = ownership_columns.covered(held, range(9), HALF)
    monkeypatch.setattr(ownership_columns, "_compiled", lambda: None)
    slow = ownership_columns.covered(held, range(9), HALF)
    assert (fast == slow).all()
    assert fast.max() > 2
    assert 9 < (fast >= 0).sum() < 400


def test_a_large_ring_is_enclosed_and_holds_the_exact_share() -> None:
    # A ring of 80 companies, each held for 9/10 by the one before, the first for 1/10 by A:
    # x1 = 1/10 + 9/10 x80 and xn = (9/10)^(n-1) x1, so x1 = (1/10) / (1 - (9/10)^80).
    from detente.parties.ownership.attribution import attribute

    names = [f"N{number}" for number in range(80)]
    nine = Fraction(9, 10)
    edges = [(names[place - 1], names[place], nine) for place in range(80)]
    graph = graph_on(held([("A", names[0], Fraction(1, 10)), *edges], "A"), "2026-01-01")
    lo, hi = attribute(graph, "A", None, False).shares[names[0]][0]
    assert lo <= Fraction(1, 10) / (1 - nine**80) <= hi
    assert hi - lo < Fraction(1, 10**12)


def test_a_ring_whose_shares_are_of_too_many_digits_is_enclosed() -> None:
    # N0 is held by thousands of companies with parts of different wholes; A has half of each, and
    # N60, which N0 holds through a chain, a quarter: x0 = t (1/2 + x60/4) and x60 = x0 / 2^60.
    from detente.parties.ownership.attribution import attribute

    parts = [each / 4 for each in many(1500)]
    names = [f"N{number}" for number in range(61)]
    edges = [(f"O{at}", "N0", part) for at, part in enumerate(parts)]
    edges += [(a, b, HALF) for a, b in itertools.pairwise(names)]
    edges += [("A", f"O{at}", HALF) for at in range(len(parts))]
    edges += [("N60", f"O{at}", HALF / 2) for at in range(len(parts))]
    graph = graph_on(held(edges, "A"), "2026-01-01")
    lo, hi = attribute(graph, "A", None, False).shares["N0"][0]
    whole = total(parts)
    assert whole.denominator.bit_length() > LONGEST
    assert lo <= whole / 2 / (1 - whole / 2**62) <= hi
    assert hi - lo < Fraction(1, 10**11)


def test_a_chain_of_ten_thousand_companies_is_followed_to_its_end() -> None:
    names = [f"N{number}" for number in range(10_000)]
    edges = [(a, b, HALF) for a, b in itertools.pairwise(names)]
    graph = graph_on(held(edges, ""), "2026-01-01")
    assert closure(graph, names[:1], HALF, False).tiers[names[-1]] == 9_999


def test_a_branch_of_a_covered_company_is_covered_and_passes_on_what_it_holds() -> None:
    edges = [("A", "B", HALF), ("BR", "C", HALF)]
    found = answer(held(edges, "A")._replace(entities={"BR": Entity("BR", "", "MY", "B")}), "bis")
    assert ids(found["covered"]) == {"B", "BR", "C"}


FRACTIONS = st.lists(st.fractions(min_value=0, max_value=1, max_denominator=10**9), max_size=12)


@settings(deadline=None, max_examples=100)
@given(FRACTIONS)
def test_a_sum_over_one_denominator_is_the_exact_sum(parts: list[Fraction]) -> None:
    above, below = ratio(parts)
    assert Fraction(above, below) == total(parts) == sum(parts, Fraction(0))


@settings(deadline=None, max_examples=200)
@given(FRACTIONS, st.fractions(min_value=0, max_value=2, max_denominator=60))
def test_what_grains_say_of_a_sum_is_so(parts: list[Fraction], to: Fraction) -> None:
    exact = sum(parts, Fraction(0))
    for other in (to, exact, exact + Fraction(1, 10**90), exact - Fraction(1, 10**90)):
        sign = (exact > other) - (exact < other)
        assert sign_of(*in_grains(parts), other) in (sign, None)
        assert compared(parts, other) == sign


def many(count: int) -> list[Fraction]:
    """1/n + ... + 1/(2n - 1), whose denominators have no common multiple of few digits."""
    return [Fraction(1, count + at) for at in range(count)]


def test_a_sum_of_too_many_digits_is_enclosed_and_still_compared_exactly() -> None:
    parts = many(6000)
    exact = total(parts)
    assert exact.denominator.bit_length() > LONGEST
    lo, hi = summed(parts)
    assert lo <= exact <= hi
    assert 0 < hi - lo <= Fraction(len(parts), GRAIN)
    # A distance that no grain can tell.
    near = Fraction(1, GRAIN**2)
    for other, sign in ((exact, 0), (exact - near, 1), (exact + near, -1)):
        assert compared(parts, other) == sign
        lo, hi = summed(parts, other)
        assert lo <= exact <= hi
        assert (lo >= other) == (hi >= other) == (sign >= 0)


def test_a_short_sum_is_told_as_it_is() -> None:
    thirds = [Fraction(1, 3)] * 3
    assert summed(thirds) == (1, 1)
    assert summed([]) == (0, 0)
    assert (
        summed([Fraction(1, 7), Fraction(1, 10**12)], Fraction(1, 2))
        == (Fraction(10**12 + 7, 7 * 10**12),) * 2
    )


@pytest.mark.parametrize(
    ("regime", "listing", "level"),
    [("bis", "EL", HALF), ("us-301-cranes", "CN-STATE", Fraction(1, 4))],
)
@pytest.mark.parametrize("gap", [0, Fraction(1, 10**100), -Fraction(1, 10**100)])
def test_thousands_of_owners_with_parts_of_different_wholes_are_counted_exactly(
    gap: Fraction, regime: str, listing: str, level: Fraction
) -> None:
    # The last owner has what the others leave to the level, but for the gap.
    parts = [each / 4 for each in many(3000)]
    parts.append(level - total(parts) + gap)
    seeds = tuple(seed(f"O{at}", listing) for at in range(len(parts)))
    rows = tuple(Holding(f"O{at}", "C", Share(part, part)) for at, part in enumerate(parts))
    found = answer(Holdings(rows, seeds), regime)
    assert ids(found["covered"]) == ({"C"} if gap >= 0 else set())
    assert found["possibly_covered"] == []


def test_a_ring_of_wild_fractions_is_held_up_to_the_last_digit() -> None:
    # Y has one half of X but for what the listed A and many others have of it, who have it all.
    parts = [each / 4 for each in many(1500)]
    rest = HALF - total(parts)
    for gap, up in ((Fraction(0), {"X", "Y"}), (Fraction(1, 10**100), set())):
        edges = [("A", f"O{at}", Fraction(1, 10)) for at in range(len(parts))]
        edges += [("Y", f"O{at}", HALF) for at in range(len(parts))]
        edges += [(f"O{at}", "X", part) for at, part in enumerate(parts)]
        edges += [("Y", "X", rest - gap), ("X", "Y", HALF)]
        graph = graph_on(held(edges, "A"), "2026-01-01")
        reach = closure(graph, ["A"], HALF, False)
        found = holding_each_other_up(graph, reach, HALF)
        assert {each for each in found if each in "XY"} == up


@pytest.mark.parametrize("most_bits", [0, requirement.MOST_BITS])
@settings(max_examples=60, deadline=None)
@given(edges=graphs(), seeds=st.sets(st.sampled_from(NAMES), min_size=1, max_size=5))
def test_what_every_listed_owner_requires_comes_down_as_by_walking(
    edges: list[Edge], seeds: set[str], most_bits: int
) -> None:
    begin = {each: (Seed(each, "EL", requirement=each),) for each in seeds}
    graph, rule = graph_on(held(edges, ""), "2026-01-01"), rule_named(register(), "bis")
    covered = graph.by_owned.keys() - begin.keys()
    reached: dict[str, set[str]] = {each: set() for each in covered}
    for each in begin:
        todo = [each]
        while todo:
            for tie in graph.by_owner.get(todo.pop(), ()):
                share = tie.shares[0]
                if share is None or not share.hi or tie.owned not in covered:
                    continue
                if each not in reached[tie.owned]:
                    reached[tie.owned].add(each)
                    todo.append(tie.owned)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(requirement, "MOST_BITS", most_bits)
        found = requirement.requirements(rule, graph, covered, begin)
    assert found == {
        each: f"the most restrictive of: {'; '.join(sorted(owners))}"
        if len(owners) > 1
        else next(iter(owners), rule.consequence)
        for each, owners in reached.items()
    }
