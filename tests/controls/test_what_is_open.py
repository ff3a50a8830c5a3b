"""Open questions, exceptions, claims, changes ahead, and what an answer says of its own limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.controls.conftest import Ask


def questions(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {f"{each['kind']}:{each['fact']}": each for each in answer["open_questions"]}


def test_a_military_use_is_an_open_question_and_no_candidate(ask: Ask) -> None:
    answer = ask("CN", "US", "2026-08-01", item="gallium")
    open_ = questions(answer)["fact:end_use"]
    assert answer["decision"] == "licence"
    assert open_["if_true"] == {"decision": "prohibited", "policy": None, "at_most": None}
    assert open_["if_false"] == {"decision": "licence", "policy": "normal", "at_most": None}


def test_what_was_said_is_not_asked_again(ask: Ask) -> None:
    answer = ask(
        "CN",
        "US",
        "2026-08-01",
        item="gallium",
        end_use=("civil",),
        end_user="Acme Chemicals of Ohio",
    )
    asked = questions(answer)
    assert "fact:end_use" not in asked
    assert "party:end_user" not in asked


def test_foreign_technology_is_an_open_question(ask: Ask) -> None:
    answer = ask("TW", "CN", "2026-08-01", item="h200")
    assert answer["decision"] == "none"
    asked = questions(answer)
    for fact in ("us_technology", "us_content", "made_in"):
        assert asked[f"fact:{fact}"]["if_true"]["decision"] == "licence"


def test_chinese_technology_and_content_are_open_questions_while_no_61_is_in_force(
    ask: Ask,
) -> None:
    asked = questions(ask("JP", "US", "2026-12-01", item="dysprosium-magnet"))
    assert asked["fact:chinese_technology"]["if_true"]["decision"] == "licence"
    assert asked["fact:chinese_content"]["if_true"]["decision"] == "licence"
    suspended = questions(ask("JP", "US", "2026-08-01", item="dysprosium-magnet"))
    assert "fact:chinese_technology" not in suspended


def test_the_last_day_of_a_suspension_is_an_open_question(ask: Ask) -> None:
    for item, on, policy in (
        ("holmium", "2026-11-10", "normal"),
        ("gallium", "2026-11-27", "not_permitted_in_principle"),
    ):
        boundary = questions(ask("CN", "US", on, item=item))["boundary:None"]
        assert boundary["if_true"] == {"decision": "licence", "policy": policy, "at_most": None}
        day_before = f"{on[:-2]}{int(on[-2:]) - 1:02d}"
        assert "boundary:None" not in questions(ask("CN", "US", day_before, item=item))


def test_what_is_back_by_date_says_that_no_later_text_was_read(ask: Ask) -> None:
    answer = ask("CN", "US", "2026-11-28", item="gallium")
    revived = [each for each in answer["rules"] if each["revived"]]
    assert [each["limb"] for each in revived] == ["art-2"]
    assert any("no later text was read" in note for note in answer["notes"])
    assert any("read through 3 August 2026" in note for note in answer["notes"])


def test_a_day_within_the_reading_has_no_such_note(ask: Ask) -> None:
    answer = ask("CN", "US", "2026-08-03", item="gallium")
    assert not any("read through" in note for note in answer["notes"])
    assert answer["register"]["reviewed_through"] == "2026-08-03"


def test_the_white_house_is_quoted_beside_the_law(ask: Ask) -> None:
    answer = ask("CN", "US", "2026-08-01", item="1C905")
    assert answer["decision"] == "licence"
    claim = next(each for each in answer["claims"] if each["speaker"] == "The White House")
    assert "end, in fact" in claim["text"]
    earlier = ask("CN", "US", "2026-08-01", item="1C905", known_on="2025-10-31")
    assert not any(each["speaker"] == "The White House" for each in earlier["claims"])


def test_a_general_licence_is_a_fact_of_exporter_and_customer(ask: Ask) -> None:
    unnamed = ask("CN", "US", "2026-08-01", item="dysprosium-magnet")
    assert unnamed["exceptions"][0]["holds"] == "possibly"
    named = ask(
        "CN", "US", "2026-08-01", item="dysprosium-magnet", exporter="JL Mag Rare-Earth Co."
    )
    assert (named["decision"], named["exceptions"][0]["holds"]) == ("licence", "possibly")
    asked = questions(named)["fact:general_licence"]
    assert asked["if_true"]["decision"] == "none"
    before = ask("CN", "US", "2025-12-01", item="dysprosium-magnet")
    assert before["exceptions"] == []
    no_magnet = ask("CN", "US", "2026-08-01", item="gallium")
    assert no_magnet["exceptions"] == []


def test_exceptions_are_named_with_their_place_in_the_rules(ask: Ask) -> None:
    answer = ask("US", "KZ", "2026-08-01", item="3A090.b.1")
    names = {
        each["name"]: each["citation"]
        for each in answer["exceptions"]
        if each["holds"] == "possibly"
    }
    assert names == {"ACA": "15 CFR 740.8"}  # NAC is for Macau and group D:5


def test_changes_ahead_follow_the_strip(ask: Ask) -> None:
    answer = ask("CN", "US", "2024-11-01", item="gallium")
    steps = [(each["on"], each["decision"], each["policy"]) for each in answer["changes_ahead"]]
    assert ("2024-12-03", "licence", "not_permitted_in_principle") in steps
    assert ("2025-11-09", "licence", "normal") in steps
    assert steps[-1] == ("2026-11-28", "licence", "not_permitted_in_principle")
    assert "cn-mofcom-2024-46" in answer["changes_ahead"][-1]["measures"]


def test_a_name_that_only_resembles_a_listed_one_is_an_open_question(ask: Ask) -> None:
    answer = ask("US", "CN", "2026-07-31", item="EAR99", end_user="Yangtze Memory Storage")
    # The Entity List is held in part, so a name that it does not show is not cleared by it.
    assert answer["decision"] == "candidates"
    # It resembles a maker of section 5949 too, which bars no shipment to China.
    assert {hit["decided_on"] for hit in answer["parties"]} == {False}
    open_ = questions(answer)["party:end_user"]
    assert "Is Yangtze Memory Storage the Yangtze Memory Technologies" in open_["question"]
    assert open_["if_true"] == {
        "decision": "licence",
        "policy": "presumption_of_denial",
        "at_most": None,
    }
    assert any("reason to look" in note for note in answer["notes"])


def test_an_instant_is_read_in_the_zone_of_each_side(ask: Ask) -> None:
    # 23:30 on 8 November in New York is half past noon on 9 November in Beijing.
    answer = ask("CN", "US", "2025-11-08T23:30-05:00", item="gallium")
    assert answer["policy"] == "normal"
    assert ask("CN", "US", "2025-11-08T23:30+08:00", item="gallium")["policy"] == (
        "not_permitted_in_principle"
    )


def test_what_is_informal_is_told_and_decides_nothing(ask: Ask) -> None:
    answer = ask("US", "CN", "2026-02-01", item="h200")
    informal = [each for each in answer["nearly"] if each["state"] == "informal"]
    assert [each["measure"] for each in informal] == ["cn-h200"]
    assert {each["by"] for each in answer["rules"]} == {"US"}


def test_every_rule_says_which_text_it_is_from(ask: Ask) -> None:
    answer = ask("US", "CN", "2026-08-01", item="h200", end_user="SMIC Beijing")
    for row in (*answer["rules"], *answer["nearly"]):
        assert row["citation"]
        assert row["why"]
