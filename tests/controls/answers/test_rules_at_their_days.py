"""Rules of the United States and China on their own days: the day before, the day, the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.controls.conftest import Ask

DENIED = ("licence", "presumption_of_denial")
CASE_BY_CASE = ("licence", "case_by_case")
TECHNOLOGY = {"us_technology": "true"}


def outcome(answer: dict[str, Any]) -> tuple[str, str | None]:
    return answer["decision"], answer["policy"]


def may_serve(answer: dict[str, Any]) -> list[str]:
    """The exceptions that the rules themselves name."""
    return [each["code"] for each in answer["exceptions"] if each["holds"] == "possibly"]


def paragraphs(answer: dict[str, Any]) -> str:
    return "; ".join(each["citation"] for each in answer["rules"])


@pytest.mark.parametrize("item", ["3A090.a", "3A090.b", "4A090.a", "3A001.z"])
@pytest.mark.parametrize("to", ["SG", "MY", "DE"])
def test_headquarters_in_group_d5_count_from_17_november_2023(ask: Ask, item: str, to: str) -> None:
    more: dict[str, Any] = {"item": item, "params": {"headquarters": "CN"}}
    assert outcome(ask("US", to, "2023-11-17", **more)) == DENIED
    assert "744.23(a)(3)" in paragraphs(ask("US", to, "2023-11-17", **more))
    before = ask("US", to, "2023-11-16", **more)
    assert before["decision"] != "licence"
    assert "us-advanced-computing" not in {each["measure"] for each in before["rules"]}


def test_the_headquarters_rule_does_not_reach_memory(ask: Ask) -> None:
    answer = ask("US", "SG", "2026-08-01", item="3A090.c", params={"headquarters": "CN"})
    assert answer["rules"] == []


@pytest.mark.parametrize("start", ["KR", "TW", "NL"])
def test_memory_made_abroad_is_under_the_direct_product_rule_from_2_december_2024(
    ask: Ask, start: str
) -> None:
    more: dict[str, Any] = {"item": "3A090.c", "params": TECHNOLOGY}
    answer = ask(start, "CN", "2024-12-02", **more)
    assert outcome(answer) == DENIED
    assert "734.9(h)" in paragraphs(answer)
    assert ask(start, "CN", "2024-12-01", **more)["rules"] == []
    assert may_serve(answer) == ["HBM"]  # never NAC or ACA


@pytest.mark.parametrize("start", ["KR", "SG", "MY", "TW", "IL", "CN"])
@pytest.mark.parametrize("item", ["3B001.f.1", "3B001.c", "3B002.c"])
def test_equipment_from_a_country_outside_supplement_4_is_caught_from_2_december_2024(
    ask: Ask, start: str, item: str
) -> None:
    more: dict[str, Any] = {"item": item, "params": TECHNOLOGY}
    to = "MO" if start == "CN" else "CN"
    assert outcome(ask(start, to, "2024-12-02", **more)) == DENIED
    assert ask(start, to, "2024-12-01", **more)["decision"] == "not_covered"


@pytest.mark.parametrize("start", ["NL", "JP", "DE"])
def test_equipment_from_a_country_that_supplement_4_may_name_is_open_and_not_denied(
    ask: Ask, start: str
) -> None:
    more: dict[str, Any] = {"item": "3B001.f.1"}
    answer = ask(start, "CN", "2025-06-01", params=TECHNOLOGY, **more)
    assert (answer["decision"], answer["needs"]) == ("candidates", ["supplement_4_country"])
    named = {**TECHNOLOGY, "supplement_4_country": "true"}
    assert ask(start, "CN", "2025-06-01", params=named, **more)["rules"] == []
    unnamed = {**TECHNOLOGY, "supplement_4_country": "false"}
    assert outcome(ask(start, "CN", "2025-06-01", params=unnamed, **more)) == DENIED
    # Goods that leave the United States, or were made there, are subject to the rules by that.
    assert outcome(ask("US", "CN", "2025-06-01", params=named, **more)) == DENIED
    assert outcome(ask(start, "CN", "2025-06-01", made_in="US", **more)) == DENIED


@pytest.mark.parametrize(
    ("tpp", "density"),
    [("2400", "1.6"), ("4799", "5.91"), ("1600", "3.2"), ("1600", "5.92"), ("3000", "9")],
)
def test_below_4800_only_what_is_for_data_centers_is_3a090_and_it_is_asked(
    ask: Ask, tpp: str, density: str
) -> None:
    figures = {"tpp": tpp, "performance_density": density, "io_bandwidth": "100"}
    answer = ask("US", "CN", "2025-06-01", item="chip", params=figures)
    assert (answer["decision"], answer["needs"]) == ("candidates", ["datacenter"])
    sold = ask("US", "CN", "2025-06-01", item="chip", params={**figures, "datacenter": "true"})
    assert outcome(sold) == DENIED
    gaming = ask("US", "CN", "2025-06-01", item="chip", params={**figures, "datacenter": "false"})
    assert gaming["rules"] == []


@pytest.mark.parametrize("datacenter", ["true", "false"])
def test_from_4800_on_a_chip_is_controlled_whatever_it_is_for(ask: Ask, datacenter: str) -> None:
    figures = {"tpp": "4800", "performance_density": "1", "datacenter": datacenter}
    answer = ask("US", "CN", "2025-06-01", item="3A090", params=figures)
    assert outcome(answer) == DENIED
    # For 3A090.a the notice serves what is not designed or marketed for data centers.
    assert may_serve(answer) == ([] if datacenter == "true" else ["NAC"])


@pytest.mark.parametrize(
    ("to", "name"), [("CN", "NAC"), ("MO", "NAC"), ("AE", "ACA"), ("KZ", "ACA"), ("QA", "ACA")]
)
def test_nac_is_for_macau_and_group_d5_and_aca_for_d1_and_d4(ask: Ask, to: str, name: str) -> None:
    answer = ask("US", to, "2025-06-01", item="3A090.b.1")
    assert may_serve(answer) == [name]


def test_cambodia_was_in_group_d5_to_3_february_2026(ask: Ask) -> None:
    assert outcome(ask("US", "KH", "2026-02-03", item="3A090.b.1")) == DENIED
    assert outcome(ask("US", "KH", "2026-02-04", item="3A090.b.1")) == CASE_BY_CASE
    assert outcome(ask("US", "KH", "2026-02-03", item="3A090.c")) == DENIED
    assert ask("US", "KH", "2026-02-04", item="3A090.c")["rules"] == []


@pytest.mark.parametrize("item", ["3B001.c", "3B001.f.5"])
def test_equipment_to_cambodia_was_denied_while_it_was_in_group_d5(ask: Ask, item: str) -> None:
    before = ask("US", "KH", "2026-02-03", item=item)
    assert outcome(before) == DENIED
    after = ask("US", "KH", "2026-02-04", item=item)
    assert all(rule["measure"] != "us-chip-equipment" for rule in after["rules"])


def test_a_fab_in_cambodia_needed_a_licence_for_lesser_equipment_until_february_2026(
    ask: Ask,
) -> None:
    asked = {"item": "3B993", "end_use": ("advanced_fab",)}
    rules = {rule["limb"] for rule in ask("US", "KH", "2026-02-03", **asked)["rules"]}
    assert "cambodia-less" in rules
    rules = {rule["limb"] for rule in ask("US", "KH", "2026-02-04", **asked)["rules"]}
    assert "cambodia-less" not in rules


def test_a_change_ahead_that_no_measure_makes_says_through_which_day_the_law_was_read(
    ask: Ask,
) -> None:
    ahead = ask("US", "KH", "2026-02-03", item="3B001.c")["changes_ahead"]
    assert all(row["confirmed"] or row["confirmed_through"] for row in ahead)


@pytest.mark.parametrize("name", ["SMIC", "SMIC Beijing", "SMIC-EL"])
def test_smic_is_denied_only_what_10_nanometers_require(ask: Ask, name: str) -> None:
    if name == "SMIC-EL":
        name = "Semiconductor Manufacturing International Corporation"
    more: dict[str, Any] = {"item": "EAR99", "end_user": name}
    answer = ask("US", "CN", "2020-12-18", **more)
    assert outcome(answer) == CASE_BY_CASE
    assert "85 FR 83416" in paragraphs(answer)
    unique = {"uniquely_required_10nm": "true"}
    assert outcome(ask("US", "CN", "2020-12-18", params=unique, **more)) == DENIED
    assert outcome(ask("US", "CN", "2024-12-01", **more)) == CASE_BY_CASE
    assert outcome(ask("US", "CN", "2024-12-02", **more)) == DENIED
    small = {"wafer_mm": "200"}
    assert outcome(ask("US", "CN", "2024-12-02", params=small, **more)) == CASE_BY_CASE
    assert ask("US", "CN", "2020-12-17", **more)["rules"] == []


def test_extreme_ultraviolet_for_smic_was_presumed_denied_from_the_first_day(ask: Ask) -> None:
    assert outcome(ask("US", "CN", "2021-06-01", item="euv", end_user="SMIC")) == DENIED


def test_huawei_is_listed_from_16_may_2019(ask: Ask) -> None:
    more: dict[str, Any] = {"item": "EAR99", "end_user": "Huawei Technologies Co., Ltd."}
    assert outcome(ask("US", "CN", "2019-05-16", **more)) == DENIED
    before = ask("US", "CN", "2019-05-15", **more)
    assert before["rules"] == []


def test_high_grade_synthetic_graphite_was_under_licence_before_december_2023(ask: Ask) -> None:
    high = {"purity": "99.99%", "flexural_strength": "31", "density": "1.74"}
    for on, measure in (
        ("2023-11-15", "cn-mofcom-2006-50"),
        ("2023-11-30", "cn-mofcom-2006-50"),
        ("2023-12-01", "cn-mofcom-2023-39"),
    ):
        answer = ask("CN", "US", on, item="graphite", params=high)
        assert outcome(answer) == ("licence", "normal")
        assert [each["measure"] for each in answer["rules"]] == [measure]
    # What No. 39 narrowed away of the older control was not read.
    plain = {"purity": "99%", "flexural_strength": "31", "density": "1.74"}
    assert ask("CN", "US", "2023-11-15", item="graphite-synthetic", params=plain)["decision"] == (
        "not_covered"
    )


def test_hong_kong_is_a_destination_of_its_own_to_22_december_2020(ask: Ask) -> None:
    more: dict[str, Any] = {"item": "3A991", "end_use": ("supercomputer",)}
    assert ask("US", "HK", "2020-12-22", **more)["decision"] == "not_covered"
    assert outcome(ask("US", "HK", "2022-10-07", **more)) == DENIED


@pytest.mark.parametrize(
    "exporter", ["CHS Inc.", "Louis Dreyfus Company Grains Merchandising LLC", "EGT, LLC"]
)
def test_three_exporters_of_soybeans_were_barred_from_4_march_2025(ask: Ask, exporter: str) -> None:
    more: dict[str, Any] = {"item": "soybeans", "exporter": exporter}
    assert ask("US", "CN", "2025-03-04", **more)["decision"] == "prohibited"
    assert ask("US", "CN", "2025-03-03", **more)["decision"] != "prohibited"
    assert ask("US", "CN", "2025-11-10", **more)["decision"] != "prohibited"


def test_the_united_arab_emirates_are_open_since_they_came_into_group_a5(ask: Ask) -> None:
    assert outcome(ask("US", "AE", "2026-07-09", item="3A090.b.1")) == CASE_BY_CASE
    answer = ask("US", "AE", "2026-07-10", item="3A090.b.1")
    assert (answer["decision"], answer["needs"]) == ("candidates", ["uae_reached"])
    hosted = ask("US", "AE", "2026-07-10", item="3A090.b.1", params={"headquarters": "CN"})
    assert outcome(hosted) == DENIED


def test_footnote_1_reaches_huawei_from_15_may_2020(ask: Ask) -> None:
    more: dict[str, Any] = {
        "item": "EAR99",
        "end_user": "Huawei Technologies Co., Ltd.",
        "params": TECHNOLOGY,
    }
    assert outcome(ask("TW", "CN", "2020-05-15", **more)) == DENIED
    assert "734.9(e)(1)" in paragraphs(ask("TW", "CN", "2020-05-15", **more))
    assert ask("TW", "CN", "2020-05-14", **more)["rules"] == []


@pytest.mark.parametrize(
    ("content", "decision"),
    [
        ({"dysprosium": "0.1%"}, "licence"),  # metal: part 1 of the annex, at the floor itself
        ({"dysprosium-oxide": "0.2%"}, "licence"),
        ({"dysprosium": "0.05%", "terbium": "0.05%"}, "licence"),  # shares add up: 0.1%
        ({"dysprosium": "0.09%"}, "candidates"),  # under the floor; nothing later was read
        ({"1C905.a": "0.2%"}, "candidates"),  # metal is in part 1, a magnet is not
        ({"1C905.c": "0.2%"}, "candidates"),  # compounds are in neither part
    ],
)
def test_the_part_of_the_annex_of_no_61_decides_and_a_code_alone_does_not(
    ask: Ask, content: dict[str, str], decision: str
) -> None:
    answer = ask("JP", "US", "2026-12-01", item="dysprosium-magnet", content=content)
    assert answer["decision"] == decision
    fired = [each["limb"] for each in answer["rules"] if each["measure"] == "cn-mofcom-2025-61"]
    assert fired == (["art-1-1"] if decision == "licence" else [])
    assert (answer["needs"] == ["content"]) == ("1C905.a" in content)


def test_drone_items_to_the_united_states_are_reviewed_strictly_from_5_august_2026(
    ask: Ask,
) -> None:
    before, after = (
        ask("CN", "US", day, item="drone-items") for day in ("2026-08-04", "2026-08-05")
    )
    assert outcome(before) == ("licence", "normal")
    assert outcome(after) == CASE_BY_CASE
    assert outcome(ask("CN", "DE", "2026-08-05", item="drone-items")) == ("licence", "normal")


def test_drones_themselves_needed_a_licence_for_a_year_and_never_may_go_to_a_military_use(
    ask: Ask,
) -> None:
    assert ask("CN", "DE", "2024-08-31", item="drones")["decision"] == "licence"
    assert ask("CN", "DE", "2024-09-01", item="drones")["decision"] != "licence"
    assert (
        ask("CN", "DE", "2026-08-05", item="drones", end_use=("military",))["decision"]
        == "prohibited"
    )


def test_magnets_of_china_in_a_defense_contract_are_barred_by_the_whole_chain_in_2027(
    ask: Ask,
) -> None:
    """Goods sent from Japan and made there pass in 2026; a contract of 2027 asks the chain."""
    more: dict[str, Any] = {"item": "defense-metals", "end_use": ("defense_contract",)}
    assert ask("CN", "US", "2027-01-01", **more)["decision"] == "prohibited"
    assert "us-defense-magnets" not in {
        rule["measure"] for rule in ask("JP", "US", "2026-12-31", **more)["rules"]
    }
