"""Licence exceptions as a table, what is subject to the regulations, and how goods move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from detente.register.country_words import QuestionError

if TYPE_CHECKING:
    from tests.controls.conftest import Ask

ON = "2026-08-01"


def available(answer: dict[str, Any]) -> dict[str, bool | None]:
    return {each["code"]: each["available"] for each in answer["exceptions"]}


def test_the_reasons_and_the_marks_of_the_chart_are_told(ask: Ask) -> None:
    answer = ask("US", "CN", ON, item="3A001.a.2")
    assert answer["reasons"] == ["NS2", "AT1"]
    assert answer["chart"] == {"CN": ["NS2"]}
    assert answer["reasons_if"] == []  # NP 1 speaks of .e.2, .e.3 and .z.3 alone
    assert [each["reason"] for each in ask("US", "CN", ON, item="3A001.e.2")["reasons_if"]] == [
        "NP1"
    ]
    assert answer["classification"]["held_as_of"] == "2026-07-23"
    assert "D:5" in answer["classification"]["groups"]
    assert ask("US", "HK", ON, item="3A001.a.2")["chart"] == {"CN": ["NS2"]}
    assert ask("CN", "US", ON, item="gallium")["classification"] is None


@pytest.mark.parametrize("code", ["LVS", "GBS", "TSR"])
def test_china_is_not_in_group_b_so_no_exception_of_that_group_serves(ask: Ask, code: str) -> None:
    assert available(ask("US", "CN", ON, item="3A002"))[code] is False


@pytest.mark.parametrize(
    ("value", "fits"),
    [("1500", True), ("1500.01", False), ("", None)],
)
def test_the_limit_of_lvs_is_held_against_the_value_of_the_order(
    ask: Ask, value: str, fits: bool | None
) -> None:
    # 0A606: LVS to 1,500 dollars; Brazil is in group B, and RS 1 is marked for it.
    params = {"order_value": value} if value else {}
    assert available(ask("US", "BR", ON, item="0A614", params=params))["LVS"] is fits


def test_tsr_serves_technology_to_group_b_where_the_entry_offers_it(ask: Ask) -> None:
    assert available(ask("US", "BR", ON, item="1D002"))["TSR"] is True
    assert available(ask("US", "BR", ON, item="1D002"))["LVS"] is False  # no commodity
    assert available(ask("US", "CN", ON, item="1D002"))["TSR"] is False  # not in group B


def test_tsr_says_what_must_be_shown_beside(ask: Ask) -> None:
    described = {each["code"]: each for each in ask("US", "BR", ON, item="1D002")["exceptions"]}
    assert described["TSR"]["conditions"] == [
        "The consignee gives a written assurance before the export (740.6)"
    ]
    assert described["LVS"]["conditions"] == []  # out of the question, so nothing is to be shown


@pytest.mark.parametrize(
    ("item", "to", "code", "serves", "why"),
    [
        ("2B230", "TW", "GBS", False, "NP asks a licence"),  # for national security alone
        ("7A103", "TW", "LVS", False, "740.2(a)(5)"),  # missile technology
        ("7A103", "TW", "RPL", None, ""),
        ("9A610.a", "CN", "RPL", False, "740.2(a)(12)"),  # 600 series to group D:5
        ("9A610.a", "CN", "TMP", None, ""),
        ("9A610.a", "JP", "RPL", None, ""),
        ("8A002", "SG", "STA", None, "A:6"),
        ("8A002", "VN", "STA", False, "not in group A:5 or A:6"),
        ("5A002.a", "JP", "STA", False, "EI asks a licence"),
    ],
)
def test_an_exception_is_held_against_reasons_series_and_groups(
    ask: Ask, item: str, to: str, code: str, serves: bool | None, why: str
) -> None:
    described = {each["code"]: each for each in ask("US", to, ON, item=item)["exceptions"]}
    assert described[code]["available"] is serves
    assert why in described[code]["why"]


def test_an_exception_that_the_entry_offers_to_other_paragraphs_does_not_serve(ask: Ask) -> None:
    described = {each["code"]: each for each in ask("US", "CN", ON, item="3A001.a.2")["exceptions"]}
    assert described["ACM"]["available"] is False
    assert "other paragraphs" in described["ACM"]["why"]


def test_equipment_to_group_d5_has_gov_alone(ask: Ask) -> None:
    answer = ask("US", "CN", ON, item="3B001.c")
    described = {each["code"]: each for each in answer["exceptions"]}
    assert described["GOV"]["available"] is None
    open_ = {code for code, each in described.items() if each["available"] is not False}
    # VEU is no exception of part 740, whose restrictions do not shut it.
    assert open_ == {"GOV", "IEC", "VEU"}
    assert "740.2(a)(9)(i)" in described["LVS"]["why"]


def test_advanced_chips_keep_a_few_exceptions_and_memory_its_own(ask: Ask) -> None:
    open_ = {
        code
        for code, each in available(ask("US", "CN", ON, item="3A090.a.1")).items()
        if each is not False
    }
    assert open_ == {"NAC", "TMP", "RPL", "GOV", "ACM", "VEU"}
    memory = available(ask("US", "CN", ON, item="3A090.c"))
    assert (memory["HBM"], memory["NAC"], memory["ACA"]) == (None, False, False)


def test_an_exception_that_was_not_read_is_null_with_its_paragraph(ask: Ask) -> None:
    described = {each["code"]: each for each in ask("US", "CN", ON, item="5A002.a")["exceptions"]}
    assert described["ENC"]["available"] is None
    assert described["ENC"]["citation"] == "15 CFR 740.17"
    assert described["RPL"]["available"] is None
    assert len(described) == 29  # every symbol of part 740, and validated end users


def test_a_rule_on_the_party_is_not_answered_by_an_exception_for_the_item(ask: Ask) -> None:
    answer = ask("US", "BR", ON, item="1D002", end_user="EL")
    assert available(answer)["TSR"] is False


def test_sentences_of_the_regulation_are_quoted_with_their_address(ask: Ask) -> None:
    quoted = ask("US", "CN", ON, item="3A090.a.1")["quoted"]
    sentences = {each["sentence"] for each in quoted}
    assert "A 'total processing performance' of 4800 or more; or" in sentences
    classical = ask("US", "CN", ON, item="2B001.a")["quoted"]
    assert {"NS applies to entire entry: NS Column 2."} <= {each["sentence"] for each in classical}
    assert all(each["url"].startswith("https://www.ecfr.gov/") for each in classical)


@pytest.mark.parametrize(
    ("start", "more", "subject"),
    [
        ("US", {}, True),
        ("JP", {"made_in": "US"}, True),
        ("JP", {"params": {"us_content": "26%"}}, True),
        ("JP", {"params": {"us_content": "25%"}}, False),
        ("JP", {}, False),
        ("JP", {"params": {"us_technology": "true"}}, None),
        ("JP", {"params": {"us_technology": "true", "direct_product_input": "true"}}, True),
    ],
)
def test_whether_goods_are_subject_is_an_answer_with_its_reason(
    ask: Ask, start: str, more: dict[str, Any], subject: bool | None
) -> None:
    (row,) = ask(start, "CN", ON, item="6A005", **more)["subject"]
    assert (row["by"], row["subject"]) == ("US", subject)
    assert row["why"]


def test_the_transfer_is_told_and_a_contradiction_refused(ask: Ask) -> None:
    assert ask("US", "CN", ON, item="3E001")["transfer"] == "export"
    assert ask("JP", "CN", ON, item="3E001")["transfer"] == "reexport"
    with pytest.raises(QuestionError, match="is an export"):
        ask("US", "CN", ON, item="3E001", transfer="reexport")
    with pytest.raises(QuestionError, match="is a reexport"):
        ask("JP", "CN", ON, item="3E001", transfer="export")
    with pytest.raises(QuestionError, match="is not a transfer"):
        ask("US", "CN", ON, item="3E001", transfer="loan")


def test_a_deemed_export_is_an_export_to_the_country_of_the_person(ask: Ask) -> None:
    answer = ask("US", "", ON, item="3E001", deemed_to="CN")
    assert (answer["transfer"], answer["decision"]) == ("deemed", "licence")
    assert answer["question"]["deemed_to"] == "CN"
    assert ask("US", "", ON, item="3E001", deemed_to="CA")["decision"] == "none"
    with pytest.raises(QuestionError, match="3A001 is a commodity"):
        ask("US", "", ON, item="3A001", deemed_to="CN")
    with pytest.raises(QuestionError, match="inside the US"):
        ask("JP", "", ON, item="3E001", deemed_to="CN")
    with pytest.raises(QuestionError, match="whose citizenship"):
        ask("US", "CN", ON, item="3E001", transfer="deemed")


@pytest.mark.parametrize(
    ("to", "on", "groups"),
    [
        ("KH", "2026-02-03", ["D:1", "D:5"]),
        ("KH", "2026-02-04", ["D:1"]),  # FR Doc. 2026-02262
        ("AE", "2026-07-09", ["B", "D:3", "D:4"]),
        ("AE", "2026-07-10", ["A:5", "B"]),  # 91 FR 43034
        ("CN", "2026-08-01", ["D:1", "D:3", "D:4", "D:5"]),
    ],
)
def test_country_groups_stand_by_day_as_far_as_their_changes_are_known(
    ask: Ask, to: str, on: str, groups: list[str]
) -> None:
    described = ask("US", to, on, item="3A090.a.1")["classification"]
    assert described["groups"] == groups
    assert described["groups_read"] is (on >= "2026-07-23")


def test_before_the_day_of_the_table_no_exception_is_said_to_serve_or_not(ask: Ask) -> None:
    described = {
        each["code"]: each for each in ask("US", "CN", "2025-06-01", item="3A090.a.1")["exceptions"]
    }
    assert described["LVS"]["available"] is None
    assert "not for this day" in described["LVS"]["why"]
