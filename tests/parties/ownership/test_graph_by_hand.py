"""Holdings of a few companies: what several rows come to, and who is covered by which kind."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from detente.parties.ownership.attribution import attribute, steps_below
from detente.parties.ownership.closure import closure, held_by, holding_each_other_up, largest
from detente.parties.ownership.graph import Graph, graph_on
from detente.parties.ownership.model import Entity, Flag, Holding, Holdings
from detente.parties.ownership.paths import OwnerPaths
from detente.parties.ownership.shares import (
    UNKNOWN,
    Share,
    decimal_text,
    is_decimal,
    share_of,
    span_text,
)
from detente.parties.ownership.synth import Calibration, SyntheticRegistry, calibration, draw

HALF = Fraction(1, 2)


def row(owner: str, owned: str, share: str = "0", **more: Any) -> Holding:
    kinds = {key: share_of(more.pop(key)) for key in ("votes", "board") if key in more}
    return Holding(owner, owned, share_of(share), **kinds, **more)


def graph(*rows: Holding, entities: dict[str, Entity] | None = None) -> Graph:
    return graph_on(Holdings(rows, (), entities or {}), "2026-01-01")


def tie(found: Graph, owned: str = "C") -> Any:
    (one,) = found.by_owned[owned]
    return one


# --- shares --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lo", "hi", "slack"),
    [
        ("50", "1/2", "1/2", "0"), ("50%", "1/2", "1/2", "0"), ("1/3", "1/3", "1/3", "0"),
        ("33.3", "333/1000", "333/1000", "0"),
        # two decimals are taken for rounded ones, by half of the last digit
        ("33.33", "3333/10000", "3333/10000", "1/20000"),
        ("33.333", "33333/100000", "33333/100000", "1/200000"),
        ("25-49.99", "1/4", "4999/10000", "0"), ("25–50", "1/4", "1/2", "0"),
        ("100", "1", "1", "0"), ("0", "0", "0", "0"), (" Unknown ", "0", "1", "0"),
    ],
)  # fmt: skip
def test_a_share_is_read_exactly(text: str, lo: str, hi: str, slack: str) -> None:
    assert share_of(text) == Share(Fraction(lo), Fraction(hi), Fraction(slack))


@pytest.mark.parametrize(
    ("text", "told"),
    [("100.01", "above 100 percent"), ("50-40", "runs backward"), ("1e2", "is not a share"),
     ("1_0", "is not a share"), ("-5", "is not a share"), ("", "is empty"),
     ("1/3%", "is not a share"), ("1/0", "is not a share"), ("half", "is not a share")],
)  # fmt: skip
def test_what_is_no_share_is_refused(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        share_of(text)


def test_shares_are_told_with_twelve_places_rounded_to_their_side() -> None:
    third = Fraction(1, 3)
    assert decimal_text(third) == "0.333333333333"
    assert decimal_text(third, up=True) == "0.333333333334"
    assert (decimal_text(HALF), decimal_text(Fraction(1))) == ("0.5", "1")
    assert (is_decimal(HALF), is_decimal(third)) == (True, False)
    assert span_text(HALF, HALF) == "50%"
    assert span_text(Fraction(1, 4), HALF) == "25% to 50%"
    assert span_text(Fraction(0), Fraction(1)) == "an unknown share"
    assert (UNKNOWN.known, Share(Fraction(0), HALF).known) == (False, True)


# --- several rows --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "share", "flag"),
    [
        # rows of one holding agree on what they share
        ((row("A", "C", "20-60", key="x"), row("A", "C", "30-80", key="x")), ("3/10", "3/5"), None),
        # one source that tells twice may mean two holdings
        ((row("A", "C", "20-60"), row("A", "C", "30-80")), ("3/10", "3/5"),
         "what A holds stands in several rows that agree (20% to 60%, 30% to 80%): taken for one "
         "holding; give each block of shares a key of its own if they add up"),
        ((row("A", "C", "30", since="2020-01-01"), row("A", "C", "30", since="2024-05-01")),
         ("3/10", "3/10"),
         "what A holds stands in several rows that agree (30% from 2020-01-01, 30% from "
         "2024-05-01): taken for one holding; give each block of shares a key of its own if they "
         "add up"),
        ((row("A", "C", "30"), row("A", "C", "30")), ("3/10", "3/10"),
         "what A holds stands in several rows that are the same: counted once; give each block of "
         "shares a key of its own if they add up"),
        # several sources that agree tell of one: see the note below
        ((row("A", "C", "30", source="one"), row("A", "C", "30", source="two")), ("3/10", "3/10"),
         None),
        # what is unknown may come on top of what is known, unless a key says that it is the same
        ((row("A", "C", "unknown"), row("A", "C", "30")), ("3/10", "1"),
         "what A holds is known in one row and unknown in another (an unknown share, 30%): at "
         "least 30% is counted, and the unknown share may come on top; give the rows one key if "
         "they tell of one holding"),
        ((row("A", "C", "unknown", key="x"), row("A", "C", "30", key="x")), ("3/10", "3/10"), None),
        ((row("A", "C", "unknown", key="x"), row("A", "C", "30", key="y")), ("3/10", "1"), None),
        ((row("A", "C", "unknown"), row("A", "C", "100")), ("1", "1"), None),
        # of two unknown shares nothing more is known than of one
        ((row("A", "C", "unknown", since="2020-01-01"), row("A", "C", "unknown")), ("0", "1"),
         None),
        # nothing, beside something, is another word on it
        ((row("A", "C", "0"), row("A", "C", "30")), ("3/10", "3/10"),
         "the sources differ on what A holds (0%, 30%): the largest is taken, and nothing is "
         "added; give each block of shares a key of its own if they add up"),
        ((row("A", "C", "0", source="one"), row("A", "C", "0", source="two")), ("0", "0"), None),
        # those that differ: the largest
        ((row("A", "C", "20"), row("A", "C", "30")), ("3/10", "3/10"),
         "the sources differ on what A holds (20%, 30%): the largest is taken, and nothing is "
         "added; give each block of shares a key of its own if they add up"),
        # blocks of shares are added, and a row without a key may be the whole of them
        ((row("A", "C", "20", key="x"), row("A", "C", "30", key="y")), ("1/2", "1/2"), None),
        ((row("A", "C", "20", key="x"), row("A", "C", "30", key="y"), row("A", "C", "40")),
         ("1/2", "1/2"),
         "the blocks that A holds add up to 50%, and a row without a key says 40% (20% under key "
         "x, 30% under key y, 40%): the larger is taken, and nothing is added; give each block of "
         "shares a key of its own if they add up"),
        ((row("A", "C", "20", key="x"), row("A", "C", "30", key="y"), row("A", "C", "60")),
         ("3/5", "3/5"),
         "what A holds stands in several rows that agree (20% under key x, 30% under key y, 60%): "
         "taken for one holding; give each block of shares a key of its own if they add up"),
        ((row("A", "C", "20-70", key="x"), row("A", "C", "30-60", key="y")), ("1/2", "1"), None),
        # the named blocks may not be all: 30 of what a register has as 25 to 75 percent
        ((row("A", "C", "25-75", source="register"), row("A", "C", "30", key="x", source="filing")),
         ("3/10", "3/4"), None),
        ((row("A", "C", "25-75"), row("A", "C", "30", key="x")), ("3/10", "3/4"),
         "what A holds stands in several rows that agree (25% to 75%, 30% under key x): taken for "
         "one holding; give each block of shares a key of its own if they add up"),
        ((row("A", "C", "unknown", source="register"), row("A", "C", "30", key="x")),
         ("3/10", "1"),
         "what A holds is known in one row and unknown in another (an unknown share by register, "
         "30% under key x): at least 30% is counted, and the unknown share may come on top; give "
         "the rows one key if they tell of one holding"),
        ((row("A", "C", "60", key="x"), row("A", "C", "50", key="y")), ("1", "1"),
         "the holdings of A in it exceed 100%"),
        ((row("A", "C", "60", key="x"), row("A", "C", "40", key="y")), ("1", "1"), None),
    ],
)  # fmt: skip
def test_rows_of_a_pair_come_to_one_share(
    rows: tuple[Holding, ...], share: tuple[str, str], flag: str | None
) -> None:
    found = graph(*rows)
    assert tie(found).shares[0][:2] == tuple(map(Fraction, share))
    assert found.flags == ((Flag("C", flag),) if flag else ())


def test_a_holding_that_several_sources_tell_alike_counts_once_and_is_noted() -> None:
    pairs = [
        row("A", name, share, source=source)
        for name in "CDEFGH"
        for share, source in (("30", "register"), ("25-50", "report"))
    ]
    assert graph(*pairs[:2]).notes == (
        "1 holding stands in rows of several sources that agree, and counts once: A in C (30% by "
        "register, 25% to 50% by report): give each block of shares a key of its own if they add "
        "up",
    )
    (note,) = graph(*pairs).notes
    assert note.startswith("6 holdings stand in rows of several sources that agree, and count ")
    assert "A in G (" in note
    assert "; …: give each" in note
    assert "A in H (" not in note


@pytest.mark.parametrize(
    "told",
    [
        (row("B", "C", "60"), row("B", "C", "40")),
        (row("B", "C", "60", key="x"), row("B", "C", "40", key="x")),
        (row("B", "C", "40"), row("B", "C", "30", key="x"), row("B", "C", "30", key="y")),
    ],
)
def test_where_sources_differ_an_owner_leaves_the_others_what_the_least_of_them_says(
    told: tuple[Holding, ...],
) -> None:
    found = graph(row("A", "C", "unknown"), *told)
    ends = {each.owner: each.shares[0][:2] for each in found.by_owned["C"]}
    assert ends == {"A": (0, Fraction(3, 5)), "B": (Fraction(3, 5), Fraction(3, 5))}


def test_upper_ends_are_cut_to_what_the_others_leave() -> None:
    found = graph(row("A", "C", "20-90"), row("B", "C", "30"), row("D", "C", "unknown"))
    ends = {each.owner: each.shares[0][:2] for each in found.by_owned["C"]}
    assert ends == {
        "A": (Fraction(1, 5), Fraction(7, 10)), "B": (Fraction(3, 10),) * 2,
        "D": (Fraction(0), HALF),
    }  # fmt: skip
    over = graph(row("A", "C", "60", votes="60"), row("B", "C", "50", votes="40.5"))
    assert [each.why for each in over.flags] == [
        "the holdings in it add up to 110%, above 100%",
        "the votes in it add up to 100.5%, above 100%",
    ]
    whole = graph(row("A", "C", "60", board="60"), row("B", "C", "40", board="40"))
    assert whole.flags == ()


def test_only_holdings_of_the_day_count_and_a_branch_is_a_part_of_its_company() -> None:
    found = graph(
        row("A", "C", "60", until="2026-01-01"), row("A", "D", "60", until="2026-01-02"),
        row("A", "E", "60", since="2026-01-01"), row("A", "F", "60", since="2026-01-02"),
        entities={"b": Entity("b", branch_of="A")},
    )  # fmt: skip
    assert set(found.by_owned) == {"D", "E", "b"}
    assert found.notes == ("2 of 4 holdings are not of 2026-01-01: left out",)
    assert tie(found, "b").branch
    assert closure(found, ["A"], Fraction(1), False).tiers == {"A": 0, "b": 1}


def test_what_rows_say_of_shares_in_a_branch_is_not_added_to_its_company() -> None:
    branch = {"b": Entity("b", branch_of="A")}
    why = "is given as a branch of A, and nobody holds shares of a branch, but rows tell of some: "
    found = graph(row("L", "A", "40"), row("A", "b", "60"), entities=branch)
    assert tie(found, "b").branch
    assert found.flags == (Flag("b", f"{why}those of A are left out"),)
    # A branch of a company of which 40% are attributed has 40% attributed too, and not 64%.
    assert attribute(found, ["L"], None, False).shares["b"] == ((Fraction(2, 5),) * 2,)
    other = graph(row("A", "b", "60"), row("L", "b", "40"), entities=branch)
    assert [(one.owner, one.branch) for one in other.by_owned["b"]] == [("L", False), ("A", True)]
    assert other.flags == (Flag("b", f"{why}those of A are left out and those of others count"),)


# --- kinds of holding ----------------------------------------------------------------------------


VOTES = graph(
    row("A", "votes", "0", votes="60"), row("A", "seats", "0", board="60"),
    row("A", "parts", "30", votes="30"), row("A", "half", "50"), row("A", "less", "49.9"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "covered"),
    [(1, {"half"}), (2, {"half", "votes"}), (3, {"half", "votes", "seats"})],
)
def test_a_kind_of_holding_counts_by_itself_and_where_the_rule_counts_it(
    kinds: int, covered: set[str]
) -> None:
    found = closure(VOTES, ["A"], HALF, False, kinds).tiers
    assert found == {"A": 0, **dict.fromkeys(covered, 1)}
    shares = attribute(VOTES, ["A"], None, False, kinds).shares
    assert {name for name, each in shares.items() if max(lo for lo, _ in each) >= HALF} == covered
    assert set(steps_below(VOTES, ["A"], kinds, False)) - {"A"} == {
        "parts", "half", "less", *(covered - {"half"}),
    }  # fmt: skip


def test_equity_alone_counts_where_nothing_else_is_said() -> None:
    assert set(closure(VOTES, ["A"], HALF, False).tiers) == {"A", "half"}
    shares = attribute(VOTES, ["A"], None, False).shares
    assert {len(each) for each in shares.values()} == {1}
    votes, parts = (VOTES.by_owned[name][0] for name in ("votes", "parts"))
    assert largest(votes, False, True) == 0
    assert largest(votes, False, False) == Fraction(3, 5)
    assert largest(parts, True, False) == Fraction(3, 10)


def test_upper_ends_count_only_where_that_is_asked() -> None:
    found = graph(row("A", "C", "40-60"), row("C", "D", "50"))
    assert closure(found, ["A"], HALF, False).tiers == {"A": 0}
    assert closure(found, ["A"], HALF, True).tiers == {"A": 0, "C": 1, "D": 2}
    assert held_by(found, "C", {"A"}, False) == (Fraction(2, 5), Fraction(2, 5))
    assert held_by(found, "C", {"A"}, True) == (Fraction(3, 5), Fraction(3, 5))
    assert held_by(found, "C", {"B"}, True) == (0, 0)
    both = graph(row("A", "C", "60"), row("B", "C", "60"))
    assert held_by(both, "C", {"A", "B"}, False) == (1, 1)  # never above the whole


def test_companies_that_hold_only_each_other_up_are_told() -> None:
    ring = graph(
        row("A", "X", "10"), row("X", "Y", "50"), row("Y", "X", "40"),
        row("Y", "Z", "49"), row("A", "W", "10"),
    )  # fmt: skip
    reach = closure(ring, ["A"], HALF, False)
    assert reach.tiers == {"A": 0}
    # X has 10 of A and 40 of Y, Y has 50 of X: each would hold the other up; Z and W would not
    assert holding_each_other_up(ring, reach, HALF) == {"X", "Y"}
    # companies outside of the ring that hold a part of it as well make no less of a ring
    fed = graph(
        row("A", "P", "10"), row("P", "X", "5"), row("P", "Y", "5"), row("A", "X", "10"),
        row("X", "Y", "50"), row("Y", "X", "40"),
    )  # fmt: skip
    assert holding_each_other_up(fed, closure(fed, ["A"], HALF, False), HALF) == {"X", "Y"}
    less = graph(row("A", "X", "10"), row("X", "Y", "50"), row("Y", "X", "39"))
    assert holding_each_other_up(less, closure(less, ["A"], HALF, False), HALF) == set()
    apart = graph(row("A", "Q", "10"), row("X", "Y", "50"), row("Y", "X", "60"))
    assert holding_each_other_up(apart, closure(apart, ["A"], HALF, False), HALF) == set()


def test_what_is_attributed_is_multiplied_along_the_way_up_to_the_level_that_passes_whole() -> None:
    chain = graph(row("A", "B", "60"), row("B", "C", "50"), row("A", "C", "10"))
    # 0.6, and 0.6 x 0.5 + 0.1
    found = attribute(chain, ["A"], None, False)
    assert {name: each[0][0] for name, each in found.shares.items() if name != "A"} == {
        "B": Fraction(3, 5), "C": Fraction(2, 5),
    }  # fmt: skip
    assert found.whole == {"A": 0}
    # from one half on a holding passes whole: 0.5 + 0.1
    passing = attribute(chain, ["A"], HALF, False)
    assert passing.shares["C"][0] == (Fraction(3, 5), Fraction(3, 5))
    assert passing.whole == {"A": 0, "B": 1, "C": 2}
    # x = 0.2 + 0.5 y and y = 0.4 x: x is 1/4 and y 1/10
    ring = graph(row("A", "X", "20"), row("Y", "X", "50"), row("X", "Y", "40"))
    solved = attribute(ring, ["A"], None, False).shares
    assert (solved["X"][0][0], solved["Y"][0][0]) == (Fraction(1, 4), Fraction(1, 10))


# --- ways -----------------------------------------------------------------------------------------


def ways(found: Graph, *seeds: str, written: str = "full") -> OwnerPaths:
    reach = closure(found, seeds, HALF, False)
    none = SimpleNamespace(others={})
    company: Any = SimpleNamespace(owners=reach.tiers, covered=none, possible=none)
    return OwnerPaths(found, company, written)


def test_a_link_is_of_the_tier_above_and_of_the_largest_holding_by_its_name() -> None:
    # B and C were reached together and hold each other as much as A holds either
    ring = graph(row("A", "B", "50"), row("C", "B", "50"), row("A", "C", "50"), row("B", "C", "50"))
    paths = ways(ring, "A")
    assert [paths.link(each).owner for each in "BC"] == ["A", "A"]  # type: ignore[union-attr]
    assert paths.link("A") is paths.link("X") is None
    several = graph(
        row("A", "B", "20"), row("D", "B", "30"), row("E", "B", "30"), row("F", "B", "0"),
        row("G", "B", "10"),
    )  # fmt: skip
    link = ways(several, "A", "D", "E", "F").link("B")
    assert link is not None
    assert link.owner == "E"  # of D and E, which hold as much, the later name


def test_ways_are_written_out_from_the_listed_party_down_as_far_as_there_is_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chain = graph(
        row("A", "B", "60"), row("B", "C", "60"), row("A", "C", "10"), row("C", "D", "60")
    )  # fmt: skip

    def finding(name: str) -> Any:
        ties = tuple((each, Fraction(1)) for each in chain.by_owned[name])
        return SimpleNamespace(id=name, ties=ties)

    def owners(name: str) -> tuple[str, list[str]]:
        return name, [each.owner for each in chain.by_owned[name]]

    def told(paths: OwnerPaths, name: str) -> list[str]:
        return ["".join([way[0].owner, *(each.owned for each in way)])
                for way in paths.of(finding(name))]  # fmt: skip

    full, first, none = (ways(chain, "A", written=each) for each in ("full", "first", "none"))
    assert told(full, "C") == ["ABC", "AC"]
    assert (told(first, "C"), told(none, "C")) == (["ABC"], [])
    assert told(full, "D") == ["ABCD"]
    # C holds B too, and is reached through B alone; F is reached after B, and not through it
    ring = graph(
        row("A", "B", "60"), row("B", "C", "60"), row("C", "B", "10"), row("A", "E", "60"),
        row("E", "F", "60"), row("F", "B", "10"),
    )  # fmt: skip
    whole = tuple((each, Fraction(1)) for each in ring.by_owned["B"])
    of_ring: Any = SimpleNamespace(id="B", ties=whole)
    ends = ["".join([way[0].owner, *(each.owned for each in way)])
            for way in ways(ring, "A").of(of_ring)]  # fmt: skip
    assert sorted(ends) == ["AB", "AEFB"]
    # one step to B, two and one to C: room for four, and D needs three more
    monkeypatch.setattr("detente.parties.ownership.paths.MOST_STEPS", 4)
    small = ways(chain, "A")
    small.choose(map(owners, "BCD"))
    assert (small.cut, told(small, "C"), told(small, "D")) == (1, ["ABC", "AC"], [])
    small = ways(chain, "A", written="none")
    small.choose([owners("D")] * 9)
    assert small.cut == 0


# --- a registry that is drawn --------------------------------------------------------------------

AIM = Calibration(named=40, reached=600, active=Fraction(1, 2), entities=2000, source="study")


def majority(registry: SyntheticRegistry, listed: set[str]) -> set[str]:
    """Companies of which listed ones, and those below them, hold half or more together."""
    held: dict[str, list[tuple[str, int]]] = {}
    for owner, owned, share, _ in registry.holdings:
        held.setdefault(owned, []).append((owner, int(share)))
    covered, grown = set(listed), True
    while grown:
        more = {
            owned
            for owned, rows in held.items()
            if owned not in covered and sum(share for who, share in rows if who in covered) >= 50
        }
        covered |= more
        grown = bool(more)
    return covered - listed


@pytest.mark.parametrize("seed", [1, 2])
def test_a_drawn_registry_reaches_as_many_companies_as_were_estimated(seed: int) -> None:
    found = draw(2000, seed, AIM)
    assert [found.entities[at] for at in (0, 1999)] == [
        ("C0000000", "Synthetic Company 0000000", "CN"),
        ("C0001999", "Synthetic Company 0001999", "CN"),
    ]
    assert len(found.entities) == 2000
    listed = [name for name, _ in found.seeds]
    assert listed == [f"C{at:07d}" for at in range(40)]
    assert {on for _, on in found.seeds} <= {"EL", "MEU"}
    # Listed companies of which half have a group: what half and more is held of is what is below.
    assert found.reached == 600
    assert majority(found, set(listed)) == {f"C{at:07d}" for at in range(40, 640)}
    owners = {owner for owner, _, _, _ in found.holdings}
    assert owners & set(listed) == set(listed[:20])


def test_no_drawn_company_is_owned_more_than_whole_or_by_itself() -> None:
    found = draw(2000, 3, AIM)
    whole: dict[str, int] = {}
    for owner, owned, share, source in found.holdings:
        assert owner != owned
        assert source == "synthetic"
        assert 0 < int(share) <= 100
        whole[owned] = whole.get(owned, 0) + int(share)
    assert max(whole.values()) == 100
    pairs = [(owner, owned) for owner, owned, _, _ in found.holdings]
    assert len({*pairs}) == len(pairs)
    # Nobody owns a listed company, or the first of the background.
    assert whole.keys() == {f"C{at:07d}" for at in range(40, 2000) if at != 640}


def test_a_drawn_registry_has_joint_ventures_minorities_and_a_background() -> None:
    found = draw(2000, 4, AIM)
    below, rest = ({f"C{at:07d}" for at in span} for span in (range(40, 640), range(640, 2000)))
    of: dict[str, list[tuple[str, int]]] = {}
    for owner, owned, share, _ in found.holdings:
        of.setdefault(owned, []).append((owner, int(share)))
    joint = [
        rows for owned, rows in of.items()
        if owned in below and all(owner not in rest for owner, _ in rows) and len(rows) == 2
    ]  # fmt: skip
    # One in five of those that are not the first of their group, within three standard errors.
    assert abs(len(joint) - 0.2 * 580) < 3 * (580 * 0.2 * 0.8) ** 0.5
    for one, other in joint:
        assert 20 <= max(one[1], other[1]) <= 40
        assert 50 <= one[1] + other[1] <= 59
    single = [[share for owner, share in of[each] if owner not in rest] for each in below]
    alone = [shares[0] for shares in single if len(shares) == 1]
    assert {*alone} == {100, 90, 80, 70, 67, 60, 51, 50}
    partly = [each for each in below if len(of[each]) == 2 and of[each] not in joint]
    assert all(sum(share for _, share in of[each]) == 100 for each in partly)
    free = sum(share < 100 for share in alone)
    assert abs(len(partly) - 0.7 * free) < 3 * (free * 0.7 * 0.3) ** 0.5
    minority = [(owner, share) for each in rest for owner, share in of.get(each, ())
                if owner not in rest]  # fmt: skip
    assert abs(len(minority) - 0.01 * 1359) < 3 * (1359 * 0.01) ** 0.5
    assert all(5 <= share <= 49 for _, share in minority)
    # The others are owned by one or two that came before them.
    for at in (641, 642, 1999):
        owners = [owner for owner, _ in of[f"C{at:07d}"] if owner in rest]
        assert len(owners) == min(2, at - 640)
        assert all(owner < f"C{at:07d}" for owner in owners)


def test_a_draw_is_repeated_by_its_seed_and_a_small_registry_has_its_share() -> None:
    assert draw(500, 7, AIM) == draw(500, 7, AIM) != draw(500, 8, AIM)
    small = draw(500, 7, AIM)
    assert (len(small.seeds), small.reached) == (10, 150)
    large = draw(4000, 7, AIM)
    assert (len(large.entities), len(large.seeds), large.reached) == (4000, 40, 600)
    # 2000 / (40 / 2): a hundred companies have one listed company with a group.
    assert len(draw(100, 7, AIM).seeds) == 2
    with pytest.raises(ValueError, match="20 companies are too few to draw from: take 100 or more"):
        draw(20, 7, AIM)


def test_an_estimate_is_read_from_the_record_of_a_rule() -> None:
    held = {"named": "40", "reached": 600, "active": "0.5", "registry": 2000, "source": "study"}
    rule: Any = SimpleNamespace(id="r", ownership={"estimate": held})
    assert calibration(rule) == AIM
    rule.ownership = {}
    with pytest.raises(ValueError, match="r has no estimate of its reach to calibrate to"):
        calibration(rule)
