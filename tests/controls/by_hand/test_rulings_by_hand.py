"""What provisions decide together, over ones that are written here."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.controls import place_groups
from detente.controls.model import LICENCE, NONE, Condition
from detente.controls.place_groups import _cover, _named, not_in
from detente.controls.rulings import (
    outcome,
    policy_of,
    rank,
    reaches,
    ruling_of,
    standing_back,
    strictest,
)

PROHIBITED = "prohibited"


class Given(SimpleNamespace):
    """A provision that was held against the goods."""

    def _replace(self, **more: Any) -> Given:
        return Given(**{**self.__dict__, **more})

    @property
    def false(self) -> list[Condition]:
        return [each for each in self.conditions if each.holds is False]

    @property
    def unknown(self) -> list[Condition]:
        return [each for each in self.conditions if each.holds is None]


def condition(kind: str, holds: bool | None, fact: str = "") -> Condition:
    return Condition(kind, holds, f"{kind} {holds}", fact)


def provision(
    name: str, decision: str | None = LICENCE, *conditions: Condition, **more: Any
) -> Any:
    scope = {"items": {"3A001"}, "but_not": set(), "wide": (), "under_own": ()}
    scope |= {key: more.pop(key) for key in [*scope] if key in more}
    state = more.pop("state", "in_force")
    of = more.pop("of", "m")
    control = {"from": ["US"], "to": ["all"]} | more
    if decision is not None:
        control["decision"] = decision
    return Given(
        measure=SimpleNamespace(id=of), conditions=conditions, scope=SimpleNamespace(**scope),
        provision=SimpleNamespace(id=name, control=control), standing=SimpleNamespace(state=state),
    )  # fmt: skip


REGIME: Any = SimpleNamespace(raised={"user": True, "bank": False}.__getitem__)


def world(*items: str) -> Any:
    return SimpleNamespace(items=frozenset(items or ("3A001",)))


def names(some: Any) -> list[str]:
    return [each.provision.id for each in some]


def ruled(*provisions: Any, items: tuple[str, ...] = ()) -> Any:
    return ruling_of(REGIME, world(*items), provisions)


# --- decisions and policies ----------------------------------------------------------------------


def test_the_strictest_decision_stands_with_the_strictest_policy_of_its_own() -> None:
    assert rank(NONE) < rank(LICENCE) < rank(PROHIBITED)
    assert strictest(["case_by_case", "presumption_of_denial", "unheard of"]) == (
        "presumption_of_denial"
    )
    assert strictest(["presumption_of_denial", "case_by_case"]) == "presumption_of_denial"
    assert strictest([]) == strictest(["unheard of"]) == ""
    licence = provision("a", policy="presumption_of_denial")
    lighter = provision("b", policy="case_by_case")
    ban = provision("c", PROHIBITED, policy="case_by_case")
    freed = provision("d", NONE, policy="presumption_of_denial")
    assert outcome(REGIME, []) == outcome(REGIME, [freed]) == (NONE, "")
    assert outcome(REGIME, [lighter, licence, freed]) == (LICENCE, "presumption_of_denial")
    assert outcome(REGIME, [licence, ban]) == (PROHIBITED, "case_by_case")


def test_a_policy_that_was_not_read_leaves_it_open_unless_it_is_denied() -> None:
    unread = provision("u", reviews=["a", "b"])
    assert outcome(REGIME, [provision("a", policy="case_by_case"), unread]) == (LICENCE, "")
    for policy in ("presumption_of_denial", "policy_of_denial"):
        assert outcome(REGIME, [unread, provision("a", policy=policy)]) == (LICENCE, policy)
    # Beside a stricter decision its policy does not matter.
    ban = provision("c", PROHIBITED, policy="case_by_case")
    assert outcome(REGIME, [unread, ban]) == (PROHIBITED, "case_by_case")
    read = provision("r", reviews=["a"], policy="case_by_case")
    assert outcome(REGIME, [read]) == (LICENCE, "case_by_case")


def test_the_policy_of_an_entry_of_a_list_is_that_of_the_party() -> None:
    def of(*conditions: Condition) -> str:
        return policy_of(provision("a", LICENCE, *conditions, policy="as_listed"))

    assert policy_of(provision("a", policy="case_by_case")) == "case_by_case"
    assert policy_of(provision("a")) == ""
    listed = condition("party", True, "presumption_of_denial")
    assert of(listed) == "presumption_of_denial"
    assert of(condition("fact", True, "case_by_case"), listed) == "presumption_of_denial"
    assert of(condition("party", None, "case_by_case")) == ""
    assert of(condition("party", True, "unheard of")) == of() == ""


def test_what_another_provision_of_its_measure_stands_instead_of_stands_back() -> None:
    general, special = provision("general"), provision("special", instead_of=["general"])
    elsewhere = provision("general", of="n")
    assert standing_back([general, special, elsewhere]) == [special, elsewhere]
    assert standing_back([general, elsewhere]) == [general, elsewhere]


# --- what reaches the goods ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "items", "licensed", "found"),
    [
        ({}, ("3A001", "x"), False, True),
        ({}, ("3A002",), False, False),
        ({"but_not": {"x"}}, ("3A001", "x"), True, False),
        ({"items": set(), "wide": ("everything",)}, ("EAR99",), False, True),
        ({"items": set(), "wide": ("licensed",)}, ("EAR99",), False, False),
        ({"items": set(), "wide": ("licensed",)}, ("EAR99",), True, True),
        ({"items": set(), "wide": ("listed",)}, ("3A001",), False, True),
        ({"items": set(), "wide": ("listed",)}, ("a word",), True, False),
        ({"items": set(), "wide": ("3A 3B",)}, ("3B001",), False, True),
        ({"items": set(), "wide": ("3A 3B",)}, ("3D001",), True, False),
        ({"items": set(), "wide": ("4A", "3D")}, ("3D001",), False, True),
        ({"items": set()}, ("3A001",), True, False),
    ],
)
def test_a_provision_reaches_items_that_it_names_or_kinds_of_them(
    more: dict[str, Any], items: tuple[str, ...], licensed: bool, found: bool
) -> None:
    assert reaches(provision("a", **more), world(*items), licensed) is found


@pytest.mark.parametrize(
    ("more", "licensed"),
    [
        ({}, True), ({"decision": NONE}, False), ({"state": "suspended"}, False),
        ({"from": []}, False), ({"to": ["CN"]}, False), ({"to": ["all", "CN"]}, False),
        ({"items": {"3A002"}}, False), ({"but_not": {"3A001"}}, False),
    ],
)  # fmt: skip
def test_goods_need_a_licence_already_where_one_in_force_asks_it_to_every_destination(
    more: dict[str, Any], licensed: bool
) -> None:
    decision = more.pop("decision", LICENCE)
    first = provision("first", decision, **more)
    beside = provision("beside", PROHIBITED, items=set(), wide=("licensed",))
    assert ("beside" in names(ruled(first, beside).fired)) is licensed


# --- together ------------------------------------------------------------------------------------


def test_provisions_fire_may_fire_or_nearly_fired() -> None:
    yes, no, open_ = (condition("fact", each) for each in (True, False, None))
    found = ruled(
        provision("fires", LICENCE, yes, policy="case_by_case"),
        provision("may", PROHIBITED, yes, open_),
        provision("near", LICENCE, no, yes),
        provision("far", LICENCE, no, no),
        provision("silent", None, yes),
        provision("elsewhere", LICENCE, yes, items={"9A"}),
        provision("unlikely", LICENCE, no, open_),
    )
    assert names(found.fired) == ["fires"]
    assert names(found.perhaps) == ["may"]
    assert [(each.provision.id, why) for each, why in found.nearly] == [
        ("near", no),
        ("unlikely", no),
    ]
    assert found.outcomes == ((LICENCE, "case_by_case"), (PROHIBITED, ""))


def test_what_may_fire_is_taken_each_alone_and_all_together() -> None:
    open_ = condition("fact", None)
    first = provision("first", LICENCE, open_, policy="case_by_case")
    second = provision("second", LICENCE, open_, instead_of=["first"], policy="policy_of_denial")
    third = provision("third", NONE, open_)
    assert ruled(first).outcomes == ((LICENCE, "case_by_case"), (NONE, ""))
    assert ruled(first, second, third).outcomes == (
        (LICENCE, "case_by_case"), (LICENCE, "policy_of_denial"), (NONE, ""),
    )  # fmt: skip
    # Each frees of one rule, and only together of both.
    asked = [provision(name, policy="case_by_case") for name in ("base", "rest")]
    freed = [
        provision(f"freed of {name}", NONE, open_, instead_of=[name]) for name in ("base", "rest")
    ]
    assert ruled(*asked, *freed[:1]).outcomes == ((LICENCE, "case_by_case"),)
    assert ruled(*asked, *freed).outcomes == ((LICENCE, "case_by_case"), (NONE, ""))


def test_a_provision_under_another_of_its_measure_waits_for_it() -> None:
    yes, open_ = condition("fact", True), condition("fact", None, "use")
    below = provision("below", PROHIBITED, yes, under_own=("gate", "door"))

    def of(*before: Any) -> Any:
        return ruled(*before, below)

    assert names(of(provision("gate", LICENCE, yes)).fired) == ["gate", "below"]
    assert names(of(provision("door", LICENCE, open_)).perhaps) == ["door", "below"]
    waiting = of(provision("door", LICENCE, open_)).perhaps[1].conditions[-1]
    assert waiting == Condition("under", None, "not reached by gate or door", "use")
    for other in (provision("other", LICENCE, yes), provision("gate", LICENCE, yes, of="n")):
        found = of(other)
        assert names(found.fired) == ["other" if other.provision.id == "other" else "gate"]
        ((near, why),) = found.nearly
        assert (near.provision.id, why.kind, why.holds) == ("below", "under", False)
    held = of(provision("gate", LICENCE, yes)).fired[1].conditions[-1]
    assert (held.holds, held.text) == (True, "reached by gate or door")


@pytest.mark.parametrize(
    ("kind", "more", "near"),
    [
        ("fact", {}, True),
        ("place", {}, True),
        ("fact", {"state": "suspended"}, False),
        ("state", {"state": "suspended"}, True),
        ("state", {"state": "lapsed"}, False),
        ("state", {"state": "announced"}, False),
        ("state", {"state": "never_operated"}, False),
        ("party", {"parties": ["bank", "user"]}, True),
        ("party", {"parties": ["bank"]}, False),
        ("party", {}, False),
        ("content", {"items": set(), "wide": ("everything",)}, True),
        ("fact", {"items": set(), "wide": ("everything",)}, True),
        ("headquarters", {"items": set(), "wide": ("everything",)}, True),
        ("place", {"items": set(), "wide": ("everything",)}, False),
        ("place", {"items": {"3A001"}, "wide": ("everything", "licensed")}, True),
    ],
)
def test_a_near_miss_is_told_where_it_says_something_of_these_goods(
    kind: str, more: dict[str, Any], near: bool
) -> None:
    found = ruled(provision("a", LICENCE, condition(kind, False), **more))
    assert bool(found.nearly) is near


# --- countries in few words ----------------------------------------------------------------------


GROUPS = {"Country Group B": frozenset("abcdefgh"), "Country Group D:5": frozenset("ij"),
          "Country Group A:5": frozenset("ab"), "Country Group E": frozenset("kz")}  # fmt: skip


def test_countries_are_said_by_the_groups_that_lie_whole_among_them() -> None:
    assert _cover("abcdefghij", GROUPS) == ["Country Group B", "Country Group D:5"]
    assert _cover("abk", GROUPS) == ["Country Group A:5", "k"]
    assert _cover("zy", GROUPS) == ["y", "z"]
    assert _cover("", GROUPS) == []


def test_a_rule_that_names_many_places_is_told_by_groups_or_by_what_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(place_groups, "_groups", lambda: GROUPS)
    held = {
        "big-set": SimpleNamespace(everywhere=False, countries=tuple("abcdefg")),
        "six-set": SimpleNamespace(everywhere=False, countries=tuple("abcdef")),
        "all-set": SimpleNamespace(everywhere=True, countries=tuple("abcdefg")),
        "D:5": SimpleNamespace(everywhere=False, countries=tuple("ij")),
        "a": SimpleNamespace(everywhere=False, countries=tuple("ab")),
    }
    law: Any = SimpleNamespace(
        countries=dict.fromkeys("abcdefghijklmnopqrstuvw"), register=SimpleNamespace(places=held)
    )
    assert [_named(law, each) for each in ("a", "q", "D:5", "six-set", "all-set", "big-set")] == [
        "a", "q", "Country Group D:5", "six set", "all set", "one of 7 countries (big set)",
    ]  # fmt: skip
    assert not_in(law, ["q", "D:5"]) == ", and not q or Country Group D:5"
    assert not_in(law, [*"lmnopq"]) == ", and not l or m or n or o or p or q"
    assert not_in(law, [*"abcdefghl"]) == ", and not Country Group B or l"
    most = [each for each in law.countries if each not in "ijv"]
    assert not_in(law, most) == (", and the rule is for every country but Country Group D:5 and v")
    assert not_in(law, [*"lmnopqr"]) == ", and not one of the 7 places that it names"
    column: Any = SimpleNamespace(control={"column": "NS 2"})
    assert not_in(law, [*"lmnopqr"], column) == (
        ", which has no mark under NS 2 in the Country Chart"
    )
    bare: Any = SimpleNamespace(control={})
    assert not_in(law, ["q"], bare) == ", and not q"
