"""What a tariff code or a broad name can be, and when that leaves the decision open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.controls.conftest import Ask


def test_magnets_are_candidates_once_some_of_them_need_a_licence(ask: Ask) -> None:
    before = ask("CN", "US", "2025-04-03", code="8505.11")
    # No rule read stood on them before; what else did was not read.
    assert (before["decision"], before["rules"]) == ("not_covered", [])
    after = ask("CN", "US", "2025-04-04", code="8505.11")
    assert after["decision"] == "candidates"
    assert after["needs"] == ["item"]
    found = {each["item"]: each["decision"] for each in after["candidates"] if each["by"] == "CN"}
    assert found == {
        "samarium-cobalt-magnet": "licence",
        "terbium-magnet": "licence",
        "dysprosium-magnet": "licence",
        None: "not_covered",
    }


def test_a_magnet_without_the_three_elements_needs_none(ask: Ask) -> None:
    assert ask("CN", "US", "2026-08-01", item="neodymium-magnet")["decision"] == "none"
    assert ask("CN", "US", "2026-08-01", item="permanent-magnet")["decision"] == "candidates"


def test_a_code_whose_goods_are_all_of_one_item_is_decided(ask: Ask) -> None:
    answer = ask("CN", "US", "2025-03-01", code="8110.10.00")
    assert (answer["decision"], answer["policy"]) == ("licence", "not_permitted_in_principle")
    assert answer["candidates"] == []


def test_a_suspended_control_makes_no_candidate_and_its_return_does(ask: Ask) -> None:
    now = ask("CN", "US", "2026-01-01", code="8507.60")
    # Nothing asks a licence; cells below 300 Wh/kg may stand on the list that was not read.
    assert (now["decision"], now["needs"], now["rules"]) == ("candidates", ["wh_per_kg"], [])
    assert {each["decision"] for each in now["candidates"]} == {"none", "not_covered"}
    assert [(each["on"], each["decision"]) for each in now["changes_ahead"]] == [
        ("2026-11-11", "candidates")
    ]
    then = ask("CN", "US", "2026-11-11", code="8507.60")
    assert (then["decision"], then["needs"]) == ("candidates", ["wh_per_kg"])


def test_a_chip_code_asks_for_the_parameters_that_decide(ask: Ask) -> None:
    answer = ask("US", "CN", "2026-08-01", code="8542.31")
    assert answer["decision"] == "candidates"
    assert {"tpp", "performance_density", "dram_bandwidth"} <= set(answer["needs"])
    # The rule of 2022 is over: its parameter decides nothing any more.
    assert "io_bandwidth" not in answer["needs"]
    settled = ask("US", "CN", "2026-08-01", code="8542.31", params={"tpp": "36000"})
    assert (settled["decision"], settled["policy"]) == ("licence", "presumption_of_denial")


def test_parameters_that_change_only_the_policy_leave_the_decision(ask: Ask) -> None:
    answer = ask("US", "CN", "2026-08-01", item="3A090.a")
    assert answer["decision"] == "licence"
    assert answer["policy"] == "presumption_of_denial"  # the stricter of the two that are open
    assert "dram_bandwidth" in answer["needs"]


def test_graphite_is_two_things(ask: Ask) -> None:
    answer = ask("CN", "US", "2025-03-01", item="graphite")
    assert answer["decision"] == "candidates"
    assert set(answer["needs"]) == {"purity", "flexural_strength", "density", "item"}
    assert answer["policy"] == "stricter_review"


@pytest.mark.parametrize("code", ["8110929010", "8110.92.90.10", "8112929010"])
def test_a_misprinted_code_is_flagged_under_both_numbers(ask: Ask, code: str) -> None:
    answer = ask("CN", "US", "2026-08-01", code=code)
    assert answer["decision"] == "licence"
    flagged = [note for note in answer["notes"] if "Misprint" in note]
    assert flagged
    assert "8112929010 must be meant" in flagged[0]


def test_digits_that_mean_other_goods_in_each_tariff_are_flagged(ask: Ask) -> None:
    # 8112.92.10 is gallium in the tariff of the United States and germanium in China's.
    answer = ask("CN", "US", "2026-08-01", code="8112.92.10")
    assert {each["limb"] for each in answer["rules"]} >= {"gallium", "germanium"}
    assert any("both were taken" in note for note in answer["notes"])


def test_a_code_that_the_register_does_not_know_says_so(ask: Ask) -> None:
    answer = ask("CN", "US", "2026-08-01", code="9503.00")
    assert answer["decision"] == "not_covered"
    question = next(each for each in answer["open_questions"] if each["kind"] == "list")
    assert "700 control codes" in question["question"]
    assert question["if_true"]["decision"] == "candidates"


def test_an_item_of_the_other_side_says_that_this_one_may_have_its_own(ask: Ask) -> None:
    answer = ask("US", "CN", "2026-08-01", item="gallium")
    assert answer["decision"] == "not_covered"
    assert any(each["kind"] == "list" for each in answer["open_questions"])


def test_the_same_number_means_other_goods_on_each_side(ask: Ask) -> None:
    # 3A001 is a lithium cell to China, 3A001.z a chip to the United States.
    cell = ask("CN", "US", "2026-12-01", item="3A001")
    assert cell["rules"][-1]["limb"] == "cells"
    chip = ask("US", "CN", "2026-08-01", item="3A001.z")
    assert {each["by"] for each in chip["rules"]} == {"US"}


def test_a_finer_code_than_the_register_holds_is_the_wider_one(ask: Ask) -> None:
    assert ask("CN", "DE", "2026-08-01", item="1C905.c.1")["decision"] == "licence"


def test_a_subheading_of_another_tariff_suggests_and_does_not_decide(ask: Ask) -> None:
    # Germanium dioxide has 2825.60.00.02 in China; another country's ten digits share six.
    answer = ask("CN", "DE", "2026-08-01", code="2825601234")
    assert answer["decision"] == "candidates"
    assert answer["needs"] == ["item"]
