"""A scenario told: its events as written, the days that it changes, what that does to goods."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from detente.compare.scenario_run import (
    _board,
    _event,
    _flat,
    list_scenarios,
    run_scenario,
    show_scenario,
)
from detente.compare.tree import _even, _never, expected, quantile
from detente.compare.tree_duties import Duties, TreeShipment, duties_of, shipment_of
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.load.yaml_reader import parse_yaml
from detente.register.views.truce import truce
from detente.scenario.scenario import read_scenario, shipped, with_scenario

EVENT = """
do: enact
measure: us-mine
title: Mine
by: US
places: CN
goods: ["9503.00.00"]
from: 2026-11-01
until: 2026-11-11
rate: "10%"
"""


def own(tmp_path: Path) -> Any:
    text = EVENT.strip().replace("\n", ", ")
    path = tmp_path / "what-if.yaml"
    path.write_text(
        f"name: what-if\nnote: toys\nassumes: [one, two]\nevents:\n  - {{{text}}}\n", "utf-8"
    )
    return read_scenario(path)


def test_an_event_is_told_as_it_is_written_and_what_is_nested_is_left_out() -> None:
    text = EVENT + "test: {fact: x}\nmany: [{a: 1}]\nnames: [a, b]\n"
    assert _event(parse_yaml(text.encode(), "x").entries()) == {
        "do": "enact", "measure": "us-mine", "title": "Mine", "by": "US", "places": "CN",
        "goods": ["9503.00.00"], "from": "2026-11-01", "until": "2026-11-11", "rate": "10%",
        "test": "…", "many": "…", "names": ["a", "b"],
    }  # fmt: skip


def test_a_scenario_is_shown_with_the_days_that_it_changes(
    register: Register, tmp_path: Path
) -> None:
    found = show_scenario(register, own(tmp_path))
    assert {key: found[key] for key in ("name", "note", "assumes", "builds_on", "sources")} == {  # type: ignore[literal-required]
        "name": "what-if", "note": "toys", "assumes": ["one", "two"], "builds_on": [],
        "sources": [],
    }  # fmt: skip
    (change,) = found["changes"]
    assert change == {
        "measure": "us-mine", "limb": "main", "by": "US", "title": "Mine",
        "from": "2026-11-01", "until": "2026-11-11", "before": None, "after": "10%",
    }  # fmt: skip
    assert found["register"]["sha256"] == with_scenario(register, own(tmp_path)).sha256


def test_a_run_tells_days_goods_and_the_board_of_the_last_change(
    register: Register, schedule: Schedule, tmp_path: Path
) -> None:
    found = run_scenario(register, schedule, own(tmp_path))
    assert found["days"] == ["2026-11-01", "2026-11-11"]
    assert found["truce"] is not None
    # the day on which the last change has begun, not that on which it ends
    assert found["truce"]["on"] == "2026-11-01"
    toys = [each for each in register.basket if each.code.replace(".", "").startswith("95030000")]
    assert found["basket"]["goods"] == len(register.basket)
    by_day: dict[str, list[Any]] = {}
    for row in found["basket"]["effects"]:
        by_day.setdefault(row["on"], []).append(row)
        assert row["before"] is not None
        assert row["after"] is not None
        gap = Fraction(row["after"]) - Fraction(row["before"])
        assert Fraction(str(row["difference"])) == gap
    origins = [each for each in toys if each.origin == "CN"]
    assert [row["code"] for row in by_day.get("2026-11-01", [])] == [each.code for each in origins]
    assert all(Fraction(row["difference"]) == Fraction(1, 10) for row in by_day["2026-11-01"])
    assert "2026-11-11" not in by_day  # from then on all is as it was
    other = run_scenario(register, schedule, own(tmp_path), "2026-11-12")
    assert other["truce"] is not None
    assert other["truce"]["on"] == "2026-11-12"


def test_the_board_sets_each_instrument_beside_itself(register: Register) -> None:
    after = with_scenario(register, shipped(register, "truce-extended"))
    found = _board(register, after, "2026-11-12")
    sides = [_flat(truce(each, None, "2026-11-12")["instruments"]) for each in (register, after)]
    assert (
        len(found["instruments"])
        == len(sides[0])
        > len(truce(register, None, "2026-11-12")["instruments"])
    )
    for row, old, new in zip(found["instruments"], *sides, strict=True):
        assert (row["measure"], row["limb"]) == (old["measure"], old["limb"])
        for key in ("state", "value", "returns_on"):
            assert row[f"{key}_before"] == old[key]  # type: ignore[literal-required]
            assert row[f"{key}_after"] == new[key]  # type: ignore[literal-required]
    assert any(row["state_before"] != row["state_after"] for row in found["instruments"])


def test_every_shipped_scenario_is_listed_with_its_events(register: Register) -> None:
    found = list_scenarios(register)
    assert [each["name"] for each in found["scenarios"]] == list(register.scenarios)
    for each in found["scenarios"]:
        scenario = shipped(register, each["name"])
        assert (each["note"], each["events"]) == (scenario.note, len(scenario.events))


# --- a tree by hand ------------------------------------------------------------------------------


HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def way(name: str, odds: Fraction) -> Any:
    return SimpleNamespace(path=(name, "x"), probability=odds)


@pytest.mark.parametrize(
    ("values", "cost", "found"),
    [
        # q x 30 + (1 - q) x 10 = 15
        ((30, 10, 10), 15, ("0.25", "1/4", None)),
        ((30, 10, 10), 10, ("0", "0", None)),
        ((30, 10, 10), 30, ("1", "1", None)),
        # the others keep the user's proportions: 1/3 of 10 and 1/6 of 40 are 20 together
        ((30, 10, 40), 25, ("0.5", "1/2", None)),
        ((30, 10, 10), 9, (None, None, "arriving before is cheaper at any probability")),
        ((30, 10, 10), 31, (None, None, "arriving after is cheaper at any probability")),
        ((10, 10, 10), 10, (None, None, "the duty is the same in this branch and in the others")),
        ((None, 10, 10), 10, (None, None, "a duty is not known")),
        ((30, None, 10), 10, (None, None, "a duty is not known")),
        ((30, 10, 10), None, (None, None, "a duty is not known")),
    ],
)
def test_the_probability_at_which_both_days_cost_the_same(
    values: tuple[int | None, ...], cost: int | None, found: tuple[str | None, ...]
) -> None:
    ways = [way("a", HALF), way("b", THIRD), way("c", Fraction(1, 6))]
    duty = tuple(None if each is None else Fraction(each) for each in values)
    row = Duties("2026-11-12", duty, ())
    got = _even("a", ways, row, None if cost is None else Fraction(cost))
    assert (got["break_even"], got["exact"], got["why"]) == found


def test_a_branch_without_weight_or_with_all_of_it_has_no_break_even() -> None:
    ways = [way("a", Fraction(1)), way("b", Fraction(0))]
    row = Duties("d", (Fraction(1), Fraction(2)), ())
    for name, why in (("a", "leaves no weight to the others"), ("b", "has no weight")):
        assert _even(name, ways, row, Fraction(1)) == _never(f"the branch {why} in this file")


@pytest.mark.parametrize(
    ("part", "value"), [("0.2", 10), ("0.5", 10), ("0.51", 20), ("0.9", 20), ("0.91", 30)]
)
def test_a_quantile_is_the_least_value_that_is_enough(part: str, value: int) -> None:
    values = [Fraction(20), Fraction(30), Fraction(10), None]
    odds = [Fraction(2, 5), Fraction(1, 10), HALF, Fraction(0)]
    assert quantile(values, odds, Fraction(part)) == value
    assert expected(values, odds) == Fraction(20 * 4 + 30 + 10 * 5, 10)
    assert quantile(values, [*odds[:2], Fraction(2, 5), Fraction(1, 10)], Fraction(part)) is None


def test_a_shipment_has_the_values_of_its_goods_or_none(
    register: Register, schedule: Schedule
) -> None:
    from detente.compare.goods import Good
    from detente.duty.question import DutyQuestion

    toys = Good("toys", DutyQuestion("9503.00.00.73", "CN", "", value="100.50"))
    cells = Good("cells", DutyQuestion("8507.60.00.10", "CN", "", value="1000"))
    tree: Any = SimpleNamespace(name="t", dollars_a_day=Fraction(0))
    found = shipment_of(register, [toys, cells], tree, "2026-11-01")
    assert found == TreeShipment((toys, cells), (Fraction(201, 2), Fraction(1000)),
                                 Fraction(2201, 2))  # fmt: skip
    bare = Good("toys", toys.question._replace(value=None))
    assert shipment_of(register, [bare], tree, "2026-11-01") == TreeShipment(
        (bare,), (Fraction(1),), None
    )
    with pytest.raises(ValueError, match="give every good a value"):
        shipment_of(register, [bare, cells], tree, "2026-11-01")
    costly: Any = SimpleNamespace(name="t", dollars_a_day=Fraction(1))
    with pytest.raises(ValueError, match="the tree `t` has a cost in dollars a day"):
        shipment_of(register, [bare], costly, "2026-11-01")
    with pytest.raises(ValueError, match="the basket is empty"):
        shipment_of(register, [], tree, "2026-11-01")
    ways: Any = [SimpleNamespace(register=register)] * 2
    duties = duties_of(schedule, ways, found, "2026-11-01")
    shares = duties.shares[0]
    assert duties.shares == (shares, shares)
    assert None not in shares
    # rounded to the cent for each good
    assert duties.duty[0] == sum(
        Fraction(round(Fraction(str(share)) * worth * 100), 100)
        for share, worth in zip(shares, found.values, strict=True)
    )
