"""Answers that were worked out by hand from the announcements and rules, with their days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.controls.conftest import Ask

NORMAL = ("licence", "normal")
DENIED = ("licence", "not_permitted_in_principle")
STRICTER = ("licence", "stricter_review")
PRESUMED_DENIED = ("licence", "presumption_of_denial")
CASE_BY_CASE = ("licence", "case_by_case")
NONE = ("none", None)
UNCONFIRMED = ("candidates", None)  # none by the rules read, on a day after they were read
NOT_COVERED = ("not_covered", None)  # no rule read asks a licence, and others were not read
PROHIBITED = ("prohibited", None)


def outcome(answer: dict[str, Any]) -> tuple[str, str | None]:
    return answer["decision"], answer["policy"]


def fired(answer: dict[str, Any]) -> set[str]:
    return {f"{each['measure']}/{each['limb']}" for each in answer["rules"]}


@pytest.mark.parametrize("on", ["2025-11-08", "2026-08-01"])
def test_dysprosium_oxide_to_a_civil_user_needs_a_licence_through_the_truce(
    ask: Ask, on: str
) -> None:
    answer = ask("CN", "US", on, item="dysprosium-oxide")
    assert outcome(answer) == NORMAL
    assert "cn-mofcom-2025-18/dysprosium" in fired(answer)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-11-07", NONE),  # suspended on the day before it would have begun
        ("2026-08-01", NONE),
        ("2026-11-10", UNCONFIRMED),  # the last day, whose inclusion is open
        ("2026-11-11", NORMAL),
    ],
)
def test_holmium_oxide_was_never_under_licence_and_comes_under_it_by_date(
    ask: Ask, on: str, expected: tuple[str, str | None]
) -> None:
    assert outcome(ask("CN", "US", on, item="holmium-oxide")) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2023-07-31", NONE),
        ("2023-08-01", NORMAL),
        ("2024-11-01", NORMAL),
        ("2024-12-03", DENIED),
        ("2025-03-01", DENIED),
        ("2025-11-08", DENIED),
        ("2025-11-09", NORMAL),
        ("2026-01-01", NORMAL),
        ("2026-11-27", NORMAL),
        ("2026-11-28", DENIED),
    ],
)
def test_gallium_to_the_united_states_day_by_day(
    ask: Ask, on: str, expected: tuple[str, str | None]
) -> None:
    assert outcome(ask("CN", "US", on, item="gallium")) == expected


@pytest.mark.parametrize("item", ["gallium", "germanium", "antimony", "superhard"])
def test_article_2_falls_on_its_four_groups_alike_and_graphite_is_only_reviewed_more_strictly(
    ask: Ask, item: str
) -> None:
    assert outcome(ask("CN", "US", "2025-03-01", item=item)) == DENIED
    assert outcome(ask("CN", "US", "2025-03-01", item="graphite-natural")) == STRICTER
    assert outcome(ask("CN", "DE", "2025-03-01", item=item)) == NORMAL


def test_article_1_stays_in_force_while_article_2_is_suspended(ask: Ask) -> None:
    answer = ask("CN", "US", "2026-03-01", item="gallium", end_use=("military",))
    assert outcome(answer) == PROHIBITED
    assert "cn-mofcom-2024-46/art-1" in fired(answer)
    near = {f"{each['measure']}/{each['limb']}": each for each in answer["nearly"]}
    assert near["cn-mofcom-2024-46/art-2"]["failed"] == "state"
    assert "until 2026-11-28" in near["cn-mofcom-2024-46/art-2"]["why"]


def test_a_military_user_given_as_end_user_is_a_military_use(ask: Ask) -> None:
    assert outcome(ask("CN", "US", "2026-03-01", item="gallium", end_user="military")) == PROHIBITED
    assert outcome(ask("CN", "JP", "2026-03-01", item="gallium", end_user="military")) == PROHIBITED
    assert outcome(ask("CN", "JP", "2026-01-05", item="gallium", end_user="military")) == NORMAL


def test_what_is_not_listed_on_the_day_is_no_dual_use_item(ask: Ask) -> None:
    # Holmium was listed by an announcement that is suspended: article 1 does not reach it.
    assert outcome(ask("CN", "US", "2026-03-01", item="holmium", end_use=("military",))) == (
        NOT_COVERED  # the catch-all of the Export Control Law was not read
    )
    assert (
        outcome(ask("CN", "US", "2026-12-01", item="holmium", end_use=("military",))) == PROHIBITED
    )


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-01-14", PRESUMED_DENIED), ("2026-01-16", CASE_BY_CASE)]
)
def test_an_h200_to_china_before_and_after_the_rule_of_january_2026(
    ask: Ask, on: str, expected: tuple[str, str | None]
) -> None:
    assert outcome(ask("US", "CN", on, item="h200")) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("h200", CASE_BY_CASE),  # TPP 15,832, memory 4,800 GB/s
        ("mi325x", CASE_BY_CASE),  # TPP 20,919 below 21,000, memory 6,000 below 6,500
        ("b200", PRESUMED_DENIED),  # TPP 36,000
    ],
)
def test_products_fall_on_either_side_of_the_window(
    ask: Ask, item: str, expected: tuple[str, str | None]
) -> None:
    answer = ask("US", "CN", "2026-08-01", item=item)
    assert outcome(answer) == expected
    if expected == CASE_BY_CASE:
        review = next(each for each in answer["rules"] if each["limb"] == "review")
        assert any("half of the volume" in each for each in review["conditions"])


@pytest.mark.parametrize(
    ("tpp", "bandwidth", "expected"),
    [
        ("20999", "6499", CASE_BY_CASE),
        ("21000", "6499", PRESUMED_DENIED),
        ("20999", "6500", PRESUMED_DENIED),
    ],
)
def test_the_window_is_below_both_thresholds(
    ask: Ask, tpp: str, bandwidth: str, expected: tuple[str, str | None]
) -> None:
    params = {"tpp": tpp, "dram_bandwidth": bandwidth}
    assert outcome(ask("US", "CN", "2026-08-01", item="3A090", params=params)) == expected


def test_the_window_is_for_exports_and_not_for_reexports(ask: Ask) -> None:
    answer = ask("SG", "CN", "2026-08-01", item="h200", made_in="US")
    assert outcome(answer) == PRESUMED_DENIED
    near = {each["limb"]: each for each in answer["nearly"]}
    assert near["review"]["failed"] == "from"


def test_the_diffusion_text_is_told_and_never_decides(ask: Ask) -> None:
    for on in ("2025-05-14", "2025-05-15", "2026-08-01", "2027-01-01"):
        answer = ask("US", "DE", on, item="3A090.a", params={"tpp": "20000"})
        assert outcome(answer) == (UNCONFIRMED if on == "2027-01-01" else NONE)
        assert answer["rules"] == []
    near = {each["limb"]: each for each in answer["nearly"]}
    assert near["worldwide"]["state"] == "not_enforced"


@pytest.mark.parametrize(
    ("tpp", "density", "expected"),
    [
        ("4800", "0", PRESUMED_DENIED),
        ("4799", "1.59", NOT_COVERED),
        ("4799", "1.6", PRESUMED_DENIED),
        ("2400", "1.6", PRESUMED_DENIED),
        ("2399", "3.19", NOT_COVERED),
        ("2399", "3.2", PRESUMED_DENIED),
        ("1600", "5.92", PRESUMED_DENIED),
        ("1599", "9", NOT_COVERED),
        ("2368", "2.9", NOT_COVERED),
    ],
)
def test_chips_by_performance_and_density(
    ask: Ask, tpp: str, density: str, expected: tuple[str, str | None]
) -> None:
    params = {"tpp": tpp, "performance_density": density, "memory_bandwidth_density": "0"}
    asked = {"item": "3A090", "params": {**params, "datacenter": "true"}}
    assert outcome(ask("US", "CN", "2025-12-01", **asked)) == expected
    # Below 4800 note 2 leaves out what is not for data centers: it is asked.
    answer = ask("US", "CN", "2025-12-01", item="3A090", params=params)
    if expected == PRESUMED_DENIED and int(tpp) < 4800:
        assert (answer["decision"], "datacenter" in answer["needs"]) == ("candidates", True)
    else:
        assert outcome(answer) == expected


def test_hong_kong_counts_as_china_since_july_2020(ask: Ask) -> None:
    assert outcome(ask("US", "HK", "2025-12-01", item="3A090.a.1")) == PRESUMED_DENIED
    rules = ask("US", "HK", "2025-12-01", item="3A090.a.1")["rules"]
    assert "treated as CN" in rules[0]["why"]


def test_memory_is_caught_above_two_gigabytes_a_second_and_square_millimeter(ask: Ask) -> None:
    over = ask("US", "CN", "2025-01-01", item="hbm", params={"memory_bandwidth_density": "2.01"})
    assert outcome(over) == PRESUMED_DENIED
    assert over["exceptions"][0]["name"] == "HBM"  # named by the rule itself
    assert over["classification"]["item"] == "3A090.c"
    code = {"code": "8542.32", "params": {"memory_bandwidth_density": "2"}}
    assert outcome(ask("US", "CN", "2025-01-01", **code)) == NOT_COVERED
    before = {"code": "8542.32", "params": {"memory_bandwidth_density": "3"}}
    assert outcome(ask("US", "CN", "2024-12-01", **before)) == NOT_COVERED


@pytest.mark.parametrize(
    ("on", "share", "expected"),
    [
        ("2025-11-01", "0.2%", NONE),  # provision 1(1) would have begun on 1 December 2025
        ("2025-12-05", "0.2%", NONE),  # suspended
        ("2026-11-10", "0.2%", UNCONFIRMED),
        ("2026-11-11", "0.2%", NORMAL),
        ("2026-12-01", "0.1%", NORMAL),  # a floor: at 0.1 percent it is caught
        ("2026-12-01", "0.0999%", UNCONFIRMED),
    ],
)
def test_foreign_magnets_with_chinese_dysprosium(
    ask: Ask, on: str, share: str, expected: tuple[str, str | None]
) -> None:
    answer = ask("JP", "US", on, item="dysprosium-magnet", content={"dysprosium": share})
    assert outcome(answer) == expected


def test_part_1_of_annex_1_is_narrower_than_the_seven_codes(ask: Ask) -> None:
    def content(name: str) -> tuple[str, str | None]:
        given = {name: "5%"}
        return outcome(ask("JP", "US", "2026-12-01", item="dysprosium-magnet", content=given))

    assert content("dysprosium-oxide") == NORMAL
    assert content("terbium-oxide") == NORMAL
    assert content("samarium-oxide") == UNCONFIRMED  # only its metal and its alloy stand in part 1
    assert content("yttrium-metal") == NORMAL
    assert content("dysprosium-compound") == UNCONFIRMED
    assert content("1C905") == ("candidates", "normal")  # metal, oxide or compound


def test_chinese_items_passed_on_were_caught_for_29_days(ask: Ask) -> None:
    def passed_on(on: str) -> tuple[str, str | None]:
        return outcome(ask("JP", "DE", on, item="dysprosium", made_in="CN"))

    assert passed_on("2025-10-08") == NONE
    assert passed_on("2025-10-09") == NORMAL
    assert passed_on("2025-11-06") == NORMAL  # 9 October to 6 November: 23 + 6 = 29 days
    assert passed_on("2025-11-07") == NONE


@pytest.mark.parametrize(
    ("end_use", "expected"),
    [
        ("civil", NORMAL),
        ("advanced_chips", CASE_BY_CASE),
        ("military", DENIED),
        ("terrorism", DENIED),
        ("weapons_of_mass_destruction", DENIED),
        ("humanitarian", NONE),
    ],
)
def test_each_rung_of_number_61(ask: Ask, end_use: str, expected: tuple[str, str | None]) -> None:
    answer = ask("JP", "DE", "2025-10-20", item="dysprosium", made_in="CN", end_use=(end_use,))
    assert outcome(answer) == expected


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"node_nm": "14", "layers": "0"}, CASE_BY_CASE),
        ({"node_nm": "15", "layers": "255"}, NORMAL),
        ({"node_nm": "28", "layers": "256"}, CASE_BY_CASE),
    ],
)
def test_number_61_looks_at_the_chips_that_are_made(
    ask: Ask, params: dict[str, str], expected: tuple[str, str | None]
) -> None:
    question = {"item": "dysprosium", "made_in": "CN", "end_use": ("chips",)}
    assert outcome(ask("JP", "DE", "2025-10-20", **question, params=params)) == expected
    open_ = ask("JP", "DE", "2025-10-20", **question)
    assert (outcome(open_), set(open_["needs"])) == (CASE_BY_CASE, {"node_nm", "layers"})


def test_affiliates_of_listed_parties_are_denied_under_number_61(ask: Ask) -> None:
    question = {"item": "dysprosium", "made_in": "CN", "end_user": "CN-61-AFFILIATE"}
    assert outcome(ask("JP", "DE", "2025-10-20", **question)) == DENIED


def test_a_listed_party_is_barred_from_any_country(ask: Ask) -> None:
    for start in ("CN", "JP"):
        question = {"item": "gallium", "made_in": "CN", "end_user": "MP Materials Corp."}
        answer = ask(start, "US", "2026-08-01", **question)
        assert outcome(answer) == PROHIBITED
        assert "cn-control-list/no-23-2026" in fired(answer)
        assert answer["parties"][0]["entry"] == "MP Materials Corp."
    before = ask("CN", "US", "2026-06-21", item="gallium", end_user="MP Materials Corp.")
    assert outcome(before) == NORMAL


def test_the_announcements_of_the_control_list_went_different_ways(ask: Ask) -> None:
    def listed(announcement: str, on: str) -> str:
        question = {"item": "gallium", "end_user": f"CN-CONTROL-{announcement}"}
        return str(ask("CN", "US", on, **question)["decision"])

    assert listed("1-2025", "2026-08-01") == "prohibited"  # not in the relief
    assert listed("13-2025", "2026-08-01") == "licence"  # stopped
    assert listed("22-2025", "2025-09-01") == "licence"  # stopped in August 2025
    assert listed("21-2025", "2026-08-01") == "licence"  # paused
    assert listed("21-2025", "2026-11-11") == "prohibited"  # back by date


def test_the_attention_list_means_a_stricter_review(ask: Ask) -> None:
    assert outcome(ask("CN", "JP", "2026-08-01", item="gallium", end_user="CN-WATCH")) == STRICTER


@pytest.mark.parametrize(
    ("on", "wh", "expected"),
    [
        ("2026-12-01", "300", NORMAL),
        ("2026-12-01", "299.99", NOT_COVERED),
        ("2025-11-08", "400", NONE),
        ("2026-11-10", "400", UNCONFIRMED),
    ],
)
def test_battery_cells_by_energy(
    ask: Ask, on: str, wh: str, expected: tuple[str, str | None]
) -> None:
    params = {"wh_per_kg": wh}
    assert outcome(ask("CN", "US", on, code="8507.60.00.10", params=params)) == expected


@pytest.mark.parametrize(
    ("purity", "strength", "density", "expected"),
    [
        ("99.91%", "31", "1.74", NORMAL),
        ("99.9%", "31", "1.74", NOT_COVERED),  # each of the three must be above
        ("99.91%", "30", "1.74", NOT_COVERED),
        ("99.91%", "31", "1.73", NOT_COVERED),
    ],
)
def test_synthetic_graphite_needs_all_three_parameters(
    ask: Ask, purity: str, strength: str, density: str, expected: tuple[str, str | None]
) -> None:
    params = {"purity": purity, "flexural_strength": strength, "density": density}
    answer = ask("CN", "DE", "2026-01-01", item="graphite-synthetic", params=params)
    assert outcome(answer) == expected


def test_equipment_and_fabs_are_presumed_denied(ask: Ask) -> None:
    assert outcome(ask("US", "CN", "2026-08-01", item="3B001.c")) == PRESUMED_DENIED
    # Each paragraph of 3B001 is controlled to China; the review is that of the rule for some.
    whole = ask("US", "CN", "2026-08-01", item="3B001")
    assert whole["decision"] == "licence"
    policies = {each["item"]: each["policy"] for each in whole["candidates"]}
    assert policies["3B001.c"] == "presumption_of_denial"
    assert policies["3B001.b"] == "case_by_case"  # NS 2, by 742.4(b)(7)
    legacy = ask("US", "CN", "2026-08-01", item="3B993")
    assert outcome(legacy) == NONE
    fab = ask("US", "CN", "2026-08-01", item="3B993", end_use=("advanced_fab",))
    assert outcome(fab) == PRESUMED_DENIED
    foreign = {"item": "3B001.c", "params": {"us_technology": "true"}}
    assert outcome(ask("KR", "CN", "2026-08-01", **foreign)) == PRESUMED_DENIED
    assert outcome(ask("NL", "CN", "2024-12-01", **foreign)) == NOT_COVERED


def test_entity_list_by_name_footnote_and_foreign_direct_product(ask: Ask) -> None:
    smic = ask("US", "CN", "2026-08-01", item="EAR99", end_user="SMIC Beijing")
    assert outcome(smic) == PRESUMED_DENIED
    assert "us-entity-list/listed" in fired(smic)
    foreign = {"item": "3B993", "end_user": "EL-FN5"}
    assert outcome(ask("JP", "CN", "2026-08-01", **foreign)) == NONE
    with_technology = {**foreign, "params": {"us_technology": "true"}}
    assert outcome(ask("TW", "CN", "2026-08-01", **with_technology)) == PRESUMED_DENIED
    # Whether Supplement No. 4 to part 742 names Japan was not read: it is asked.
    from_japan = ask("JP", "CN", "2026-08-01", **with_technology)
    assert (from_japan["decision"], from_japan["needs"]) == ("candidates", ["supplement_4_country"])


def test_an_entry_counts_from_the_round_that_it_cites_first(ask: Ask) -> None:
    # SMIC Beijing: 85 FR 83420 is of 2020 and 89 FR 96837 of 2024; volume 85 is 1935 + 85 = 2020.
    def listed(on: str) -> str:
        answer = ask("US", "CN", on, item="EAR99", end_user="SMIC Beijing")
        return str(answer["decision"])

    # The round of 85 FR 83416 to 83420 took effect on 18 December 2020; of the list before the
    # newest version nothing else is held, so that nobody is cleared by it.
    assert listed("2019-12-31") == "candidates"
    assert listed("2020-12-17") == "candidates"
    assert listed("2020-12-18") == "licence"


def test_de_minimis_is_a_ceiling_of_more_than_25_percent(ask: Ask) -> None:
    def share(text: str) -> str:
        question = {"item": "EAR99", "end_user": "EL", "params": {"us_content": text}}
        return str(ask("JP", "CN", "2026-08-01", **question)["decision"])

    assert share("25%") == "none"
    assert share("25.01%") == "licence"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-09-28", "none"),
        ("2025-09-29", "licence"),
        ("2025-11-10", "none"),
        ("2026-08-03", "none"),
        ("2026-11-09", "candidates"),  # suspended still, and nothing read since August
        ("2026-11-10", "licence"),
    ],
)
def test_affiliates_of_listed_parties_day_by_day(ask: Ask, on: str, expected: str) -> None:
    answer = ask("US", "CN", on, item="EAR99", end_user="LISTED-AFFILIATE")
    assert answer["decision"] == expected


def test_military_use_of_items_of_the_supplement(ask: Ask) -> None:
    assert outcome(ask("US", "CN", "2026-08-01", item="3A991", end_use=("military",))) == (
        PRESUMED_DENIED
    )
    assert outcome(ask("US", "CN", "2026-08-01", item="3A991")) == NONE
    # The shorter list of 2007 was not read: before June 2020 nothing is said.
    before = ask("US", "CN", "2020-06-28", item="3A991", end_use=("military",))
    assert outcome(before) == NOT_COVERED


@pytest.mark.parametrize(
    ("on", "transistors", "expected"),
    [
        ("2025-01-30", "30000000000", NOT_COVERED),
        ("2025-01-31", "30000000000", PRESUMED_DENIED),
        ("2026-12-31", "30000000000", PRESUMED_DENIED),
        ("2027-01-01", "34999999999", NOT_COVERED),
        ("2027-01-01", "35000000000", PRESUMED_DENIED),
        ("2029-01-01", "39999999999", NOT_COVERED),
    ],
)
def test_foundry_chips_by_their_number_of_transistors(
    ask: Ask, on: str, transistors: str, expected: tuple[str, str | None]
) -> None:
    params = {"node_nm": "14", "transistors": transistors}
    assert outcome(ask("US", "CN", on, item="logic-chip", params=params)) == expected
    trusted = {**params, "authorized_designer": "true"}
    assert outcome(ask("US", "CN", on, item="logic-chip", params=trusted)) == NOT_COVERED


def test_the_rule_of_2022_had_its_own_test(ask: Ask) -> None:
    params = {"tpp": "4800", "io_bandwidth": "600"}
    assert outcome(ask("US", "CN", "2023-01-01", item="chip", params=params)) == PRESUMED_DENIED
    slower = {"tpp": "4800", "io_bandwidth": "599"}
    assert outcome(ask("US", "CN", "2023-01-01", item="chip", params=slower)) == NOT_COVERED
    assert outcome(ask("US", "CN", "2023-11-17", item="chip", params=slower)) == PRESUMED_DENIED


def test_the_h20_was_under_letters_and_came_under_the_review(ask: Ask) -> None:
    assert outcome(ask("US", "CN", "2025-04-08", item="h20")) == NOT_COVERED
    assert outcome(ask("US", "CN", "2025-04-09", item="h20")) == ("licence", None)
    after = ask("US", "CN", "2026-01-15", item="h20")
    assert outcome(after) == CASE_BY_CASE
    assert any("not read" in each for each in after["rules"][0]["conditions"])


def test_letters_of_may_2025_lasted_until_july(ask: Ask) -> None:
    for item, last in (("ethane", "2025-07-01"), ("aircraft-engine", "2025-07-03")):
        assert ask("US", "CN", last, item=item)["decision"] == "licence"
    for item, after in (("ethane", "2025-07-02"), ("aircraft-engine", "2025-07-04")):
        freed = ask("US", "CN", after, item=item)
        # The letters are gone; under which number the goods stand was not read.
        assert (outcome(freed), freed["rules"]) == (NOT_COVERED, [])


def test_technology_is_free_where_it_is_public(ask: Ask) -> None:
    # The catalogue of December 2023 forbids the export; No. 62 of 2025 stood beside it for 29 days.
    assert outcome(ask("CN", "US", "2025-10-20", item="1E902")) == PROHIBITED
    provisions = fired(ask("CN", "US", "2025-10-20", item="1E902"))
    assert {"cn-mofcom-2025-62/technology", "cn-technology-catalogue/rare-earths"} <= provisions
    public = ask("CN", "US", "2025-10-20", item="1E902", params={"public_domain": "true"})
    assert "cn-mofcom-2025-62/technology" not in fired(public)


def test_a_question_as_known_before_the_suspension_sees_none(ask: Ask) -> None:
    later = ask("CN", "US", "2025-12-01", item="gallium", known_on="2025-11-08")
    assert outcome(later) == DENIED
    now = ask("CN", "US", "2025-12-01", item="gallium")
    assert outcome(now) == NORMAL


@pytest.mark.parametrize(
    ("start", "to", "on", "told"),
    [
        ("CN", "US", "2025-04-16", {}),
        ("CN", "US", "2025-10-13", {"us-301-ship-fees": "scheduled"}),
        ("CN", "US", "2025-10-14", {"us-301-ship-fees": "in_force"}),
        ("CN", "US", "2025-11-09", {"us-301-ship-fees": "in_force"}),
        ("CN", "US", "2025-11-10", {}),  # suspended
        ("US", "CN", "2025-10-09", {}),
        ("US", "CN", "2025-10-13", {"cn-port-dues": "scheduled"}),
        ("US", "CN", "2025-10-14", {"cn-port-dues": "in_force"}),
        ("US", "CN", "2025-11-11", {}),
        ("KR", "CN", "2025-10-14", {}),  # ships of another country
    ],
)
@pytest.mark.parametrize("item", ["ships", "vessel", "port fees"])
def test_who_asks_of_ships_is_told_what_a_call_costs(
    ask: Ask, item: str, start: str, to: str, on: str, told: dict[str, str]
) -> None:
    answer = ask(item=item, start=start, to=to, on=on)
    assert {each["measure"]: each["state"] for each in answer["touches"]} == told
