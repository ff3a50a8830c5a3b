"""Goods of a line taken apart step by step, by shares that are written here."""

from __future__ import annotations

from array import array
from types import SimpleNamespace
from typing import Any

import pytest

from detente.average.layered import claim_steps
from detente.average.layered.claim_steps import (
    CONTENTS,
    EXCLUSION,
    PARTS,
    PREFERENCE,
    USMCA,
    ClaimPortion,
    Shares,
    Steps,
    _facts,
    _fill,
    _named,
)
from detente.trade.claims import NONE, WHOLE

QUARTER = WHOLE // 4
FACTS = (("a", "1"),)
MORE = (("b", "2"),)
BOTH = (("a", "1"), ("b", "2"))


def kind(facts: str = "", *partners: str, **more: Any) -> Any:
    return SimpleNamespace(
        **{"facts": facts, "partners": partners, "without": (), "start": "", "until": ""} | more
    )


KINDS = {
    PARTS: kind("part=yes"),
    CONTENTS: kind("steel_value=", without=("72",)),
    EXCLUSION: kind("excluded=yes;why=301"),
    PREFERENCE: kind(start="2024-01-01", until="2025-01-01"),
    USMCA: kind("usmca=yes", "1220", "2010", start="2024-03-01", until="2024-12-01"),
}


def shares_of(kinds: dict[str, Any] = KINDS, **more: Any) -> Shares:
    made: dict[str, Any] = {
        "periods": ("2024", "2025-01"),
        "contents": {"8708100000": (QUARTER, 0, 0), "7208100000": (QUARTER, 0, 0)},
        "exclusions": {"8708100000": QUARTER},
        "parts": {"87": QUARTER, "870810": 0},
        "lines": {"8708100000": array("H", [QUARTER, WHOLE])},
        "chapters": {"87": QUARTER},
        "kinds": kinds,
    } | more
    claims: Any = SimpleNamespace(**{
        name: (lambda *partner, value=value: value) for name, value in made.items()
    })  # fmt: skip
    return Shares(claims)


@pytest.mark.parametrize(
    ("code", "share"),
    [
        ("8708100000", 0),  # by the longest heading that is known
        ("8709100000", QUARTER),
        ("87", QUARTER),
        ("8808100000", WHOLE),  # all, where nothing is known
    ],
)
def test_the_share_of_parts_is_that_of_the_longest_heading(code: str, share: int) -> None:
    shares = shares_of()
    assert [shares.part_of(code), shares.part_of(code)] == [share, share]


def test_contents_are_parts_that_are_all_of_one_metal_and_a_rest_of_none() -> None:
    none = (("aluminum_value", "0%"), ("copper_value", "0%"), ("steel_value", "0%"))
    steel = (*none[:2], ("steel_value", "100%"))
    copper = (none[0], ("copper_value", "100%"), none[2])
    shares = shares_of()
    assert shares.of_contents("1", (QUARTER, 0, 2 * QUARTER)) == [
        ClaimPortion(steel, QUARTER),
        ClaimPortion(copper, 2 * QUARTER),
        ClaimPortion(none, WHOLE - 3 * QUARTER),
    ]
    assert shares.of_contents("2", (WHOLE, 0, 0)) == [ClaimPortion(steel, WHOLE)]
    assert shares.of_contents("3", (0, 0, 0)) == [ClaimPortion(none, WHOLE)]


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0, None),
        (QUARTER, [ClaimPortion(BOTH, QUARTER), ClaimPortion(FACTS, WHOLE - QUARTER)]),
        (WHOLE, [ClaimPortion(BOTH, WHOLE)]),
    ],
)
def test_a_share_splits_goods_into_those_with_the_fact_and_the_rest(
    share: int, expected: list[ClaimPortion] | None
) -> None:
    shares = shares_of()
    for _ in range(2):
        assert shares.split(FACTS, MORE, share) == expected
        # Facts stand in order of name.
        assert (shares.split(MORE, FACTS, share) or [None])[0] == (expected or [None])[0]


@pytest.mark.parametrize(
    ("given", "filled"),
    [
        ([5, NONE, NONE, 7], [5, 5, 5, 7]),  # the nearest before
        ([NONE, NONE, 7, NONE], [7, 7, 7, 7]),  # or else the next
        ([NONE, 3, NONE, 4], [3, 3, 3, 4]),
        ([NONE, 5], [5, 5]),
        ([NONE], [NONE]),
        ([6], [6]),
    ],
)
def test_a_period_without_imports_has_the_share_of_the_one_before(
    given: list[int], filled: list[int]
) -> None:
    shares = array("H", given)
    _fill(shares)
    assert shares.tolist() == filled
    line = shares_of(lines={"1": array("H", given)}).lines("1220")["1"]
    assert line.tolist() == filled


def test_days_for_which_claims_are_in_hand_are_those_of_all_kinds() -> None:
    shares = shares_of({name: kind(until="2026-01-01") for name in KINDS} | {
        PREFERENCE: KINDS[PREFERENCE], USMCA: KINDS[USMCA],
    })  # fmt: skip
    assert (shares.start, shares.until) == ("2024-03-01", "2024-12-01")


def test_facts_are_read_from_text_in_order_of_name() -> None:
    assert _facts("") == ()
    assert _facts("b=2;;a=1") == BOTH
    assert _facts("content=") == (("content", ""),)


# --- steps of one partner ------------------------------------------------------------------------

CLAIM = ("claims", "yes")


def steps(
    monkeypatch: pytest.MonkeyPatch,
    partner: str = "1220",
    kinds: dict[str, Any] = KINDS,
    claim: tuple[str, str] | None = CLAIM,
) -> Steps:
    """Steps where the law reads whether goods are parts, of class 1, or of steel, of 2 and 3."""
    monkeypatch.setattr(claim_steps, "claim_of", lambda register, origin: claim)
    provisions = [
        SimpleNamespace(when=(SimpleNamespace(fact="part"),), base=(), goods=("parts",)),
        SimpleNamespace(when=(), base=("steel", "value"), goods=("metals",)),
        SimpleNamespace(when=(SimpleNamespace(fact="other"),), base=("value",), goods=("all",)),
    ]
    register: Any = SimpleNamespace(
        bases={"steel": SimpleNamespace(fact="steel_value"), "value": SimpleNamespace(fact="")}
    )
    group: Any = SimpleNamespace(named={"parts": {1}, "metals": {2, 3}, "all": {1, 2, 9}}.get)
    measures: Any = iter([SimpleNamespace(provisions=provisions)])
    asked: Any = SimpleNamespace(id=partner)
    return Steps(shares_of(kinds), register, measures, asked, "MX", group)


def test_shares_by_line_stand_in_the_place_of_those_by_chapter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert steps(monkeypatch).names == (PARTS, CONTENTS, EXCLUSION, USMCA)
    # Another partner has no such agreement.
    other = steps(monkeypatch, "5700")
    assert other.names == (PARTS, CONTENTS, EXCLUSION, PREFERENCE)
    few = steps(monkeypatch, "5700", {EXCLUSION: KINDS[EXCLUSION], PARTS: KINDS[PARTS]})
    assert few.names == (PARTS, EXCLUSION)
    assert other.common == steps(monkeypatch).common == (PARTS, CONTENTS, EXCLUSION)
    # By chapter there is one share for all days.
    codes = ("8608100000", "8708100000")
    last = other.by_line(codes)
    assert last is not None
    assert (last.name, last.facts, last.by_period) == (PREFERENCE, (CLAIM,), False)
    assert last.row_of.tolist() == [-1, 0]
    assert last.shares.tolist() == [[QUARTER]]
    # A claim that no importer can make takes nothing apart.
    assert steps(monkeypatch, "5700", claim=None).by_line(codes) is None
    assert few.by_line(codes) is None


def test_parts_are_taken_apart_where_a_provision_asks_whether_goods_are_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take = steps(monkeypatch).taking(PARTS)
    part = (("part", "yes"),)
    assert take("8709100000", 1, ()) == [
        ClaimPortion(part, QUARTER),
        ClaimPortion((), WHOLE - QUARTER),
    ]
    assert take("8709100000", 2, ()) is None
    assert take("8708100000", 1, ()) is None  # its share is nothing
    assert take("8808100000", 1, ()) == [ClaimPortion(part, WHOLE)]


def test_contents_are_taken_apart_once_and_not_of_metals_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take = steps(monkeypatch).taking(CONTENTS)
    assert [len(take("8708100000", at, ()) or ()) for at in (1, 2, 3, 9)] == [0, 2, 2, 0]
    assert take("8708100000", 2, FACTS) is None  # taken as parts of vehicles before
    assert take("7208100000", 2, ()) is None  # left out by its chapter
    assert take("8608100000", 2, ()) is None  # no content is known
    all_of = KINDS | {CONTENTS: kind("steel_value=")}
    assert steps(monkeypatch, kinds=all_of).taking(CONTENTS)("7208100000", 2, ()) is not None


def test_exclusions_and_the_agreement_take_their_own_shares(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    excluded = (("a", "1"), ("excluded", "yes"), ("why", "301"))
    take = steps(monkeypatch).taking(EXCLUSION)
    assert take("8708100000", 9, FACTS) == [
        ClaimPortion(excluded, QUARTER),
        ClaimPortion(FACTS, WHOLE - QUARTER),
    ]
    assert take("8708200000", 9, FACTS) is None
    agreed = steps(monkeypatch).by_line(("8708200000", "8708100000"))
    assert agreed is not None
    assert (agreed.name, agreed.facts, agreed.by_period) == (USMCA, (("usmca", "yes"),), True)
    assert agreed.row_of.tolist() == [-1, 0]
    assert agreed.shares.tolist() == [[QUARTER, WHOLE]]


def test_partners_are_alike_where_the_same_classes_may_be_parts_or_of_metal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert steps(monkeypatch).alike == steps(monkeypatch, "5700").alike
    few = {name: KINDS[name] for name in (PARTS, USMCA, PREFERENCE)}
    assert steps(monkeypatch, kinds=few).alike != steps(monkeypatch).alike


def test_classes_are_those_of_lists_of_provisions_that_read_a_fact() -> None:
    register: Any = SimpleNamespace(bases={"steel": SimpleNamespace(fact="steel_value")})
    group: Any = SimpleNamespace(named={"x": {1}, "y": {2}, "z": {3}}.get)
    measures: Any = [
        SimpleNamespace(
            provisions=[
                SimpleNamespace(when=(SimpleNamespace(fact="f"),), base=(), goods=("x", "y")),
                SimpleNamespace(when=(), base=("steel",), goods=("z",)),
            ]
        )
    ]
    assert _named(register, measures, group, {"f": ""}, {}) == {1, 2}
    assert _named(register, measures, group, {"steel_value": ""}, {}) == {3}
    assert _named(register, measures, group, {"f": "", "steel_value": ""}, {}) == {1, 2, 3}
    assert _named(register, measures, group, {"g": ""}, {}) == set()


@pytest.mark.parametrize("partner", ["1220", "5700"])
@pytest.mark.parametrize("claim", [CLAIM, None])
def test_a_step_that_does_not_touch_a_line_leaves_it_whole(
    partner: str, claim: tuple[str, str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = steps(monkeypatch, partner, claim=claim)
    touching = {}
    for code in ("8708100000", "8709100000", "7208100000", "0101210000"):
        touching[code] = found.touching(code)
        taken = {
            name
            for name in found.common
            for place in (1, 2, 3, 9)
            for facts in ((), FACTS)
            if found.taking(name)(code, place, facts) is not None
        }
        assert taken <= set(touching[code]), code
    assert touching["8708100000"] == [PARTS, CONTENTS, EXCLUSION]
    assert touching["0101210000"] == [PARTS]
