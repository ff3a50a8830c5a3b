"""One line of an entry answered: the keys of the interface, and what stands under them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion, QuestionError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.small_register import DUTY, FACTS, small_register

CODE = "8507.60.00.10"  # column 1 is 3.4%

KEYS = {
    "question": {"code", "origin", "destination", "on", "known_on", "value", "facts"},
    "register": {"version", "sha256", "reviewed_through", "areas", "local_records"},
    "edition": None,
    "layers": {
        *("measure", "limb", "family", "heading", "name", "form", "rate", "ad_valorem", "base"),
        *("amount", "from", "until", "refundable", "sources", "why"),
    },
    "filing": None,
    "not_applied": {"measure", "limb", "heading", "why"},
    "total": {
        *("ad_valorem", "additional_ad_valorem", "amount", "refundable_amount", "owed_amount"),
    },
    "open_questions": {"kind", "fact", "question", "if_true", "if_false"},
    "changes_ahead": {"on", "measures", "what", "total_ad_valorem"},
    "notes": None,
}
"""The contract of the interface: keys may be added to it, and none may go."""


def law(provisions: str, events: str, more: str = "") -> str:
    """The duty of the small register with other provisions and events, on everything of China."""
    head = DUTY.partition("provisions:")[0]
    read = "verified: {day: 2026-10-10, grade: primary}\n"
    return f"{head}provisions: [{provisions}]\nevents:\n{events}{more}{read}"


def event(announced: str, does: str, source: str = "order-2") -> str:
    """One event of a record: a period in brackets, or a void in braces."""
    key = "periods" if does.startswith("[") else "void"
    return f"  - {{announced: {announced}, source: {source}, {key}: {does}}}\n"


MAIN = '{id: main, title: "Everything", heading: "9903.99.01"}'
TEN = event("2025-02-01", '[{provision: main, from: 2025-02-04, add: "10%"}]', "order-1")


def ask(folder: Path, schedule: Schedule, duty: str, **asked: Any) -> dict[str, Any]:
    files: dict[str, str | bytes | None] = {"us/tariff/duty.yaml": duty}
    question = {"code": CODE, "origin": "CN", "on": "2025-07-01", "value": "1000", **asked}
    return answer_duty(small_register(folder, files), schedule, DutyQuestion(**question))


def test_an_answer_has_every_key_of_the_interface(tmp_path: Path, schedule: Schedule) -> None:
    provisions = '{id: parts, goods: ["8507"], when: {auto_part: {is: true}}}, ' + MAIN
    events = (
        TEN
        + event("2025-06-01", '[{provision: parts, from: 2025-06-02, add: "25%"}]')
        + event("2025-06-02", '[{provision: main, from: 2026-01-01, add: "20%"}]')
    )
    answer = ask(tmp_path, schedule, law(provisions, events))
    assert answer.keys() >= KEYS.keys()
    for key, keys in KEYS.items():
        if keys is not None:
            rows = answer[key] if isinstance(answer[key], list) else [answer[key]]
            assert rows, key
            assert all(row.keys() >= keys for row in rows), key


def test_a_layer_says_heading_rate_base_amount_days_source_and_reason(
    tmp_path: Path, schedule: Schedule
) -> None:
    until = TEN.replace("from: 2025-02-04", "from: 2025-02-04, until: 2026-02-24")
    base, layer = ask(tmp_path, schedule, law(MAIN, until))["layers"]
    assert (base["measure"], base["rate"], base["amount"]) == ("us-mfn", "3.4%", "34.00")
    assert layer == {
        "measure": "us-duty",
        "limb": "main",
        "family": "301",
        "heading": "9903.99.01",
        "name": "A duty of ten: Everything",
        "form": "ad_valorem",
        "rate": "10%",
        "ad_valorem": "0.1",
        "base": "1000.00",
        "amount": "100.00",
        "from": "2025-02-04",
        "until": "2026-02-24",
        "confirmed": True,
        "confirmed_through": "2026-10-10",
        "refundable": False,
        "sources": ["Order 1"],
        "why": "covers all goods of China",
    }


def test_the_total_is_the_sum_of_the_layers(tmp_path: Path, schedule: Schedule) -> None:
    answer = ask(tmp_path, schedule, law(MAIN, TEN), value="999.99")
    # 3.4% of 999.99 is 33.99966, 10% is 99.999: 34.00 and 100.00.
    assert [layer["amount"] for layer in answer["layers"]] == ["34.00", "100.00"]
    assert answer["total"]["amount"] == "134.00"
    assert answer["total"]["ad_valorem"] == "0.134"
    assert answer["total"]["additional_ad_valorem"] == "0.1"


def test_headings_are_filed_in_the_order_of_their_families_before_the_line(
    tmp_path: Path, schedule: Schedule
) -> None:
    steel = law('{id: main, heading: "9903.10.01"}', TEN)
    steel = steel.replace("us-duty", "us-steel").replace('family: "301"', 'family: "232"')
    exempt = (
        law(
            '{id: nil, heading: "9802.00.01"}',
            event("2025-02-01", "[{provision: nil, from: 2025-02-04, free: true}]"),
        )
        .replace("us-duty", "us-nil")
        .replace('family: "301"', "family: base")
    )
    files: dict[str, str | bytes | None] = {
        "us/tariff/duty.yaml": law(MAIN, TEN),
        "us/tariff/steel.yaml": steel,
        "us/tariff/nil.yaml": exempt,
    }
    asked = DutyQuestion(CODE, "CN", "2025-07-01")
    answer = answer_duty(small_register(tmp_path, files), schedule, asked)
    # Chapter 98 first, then section 301, section 232, and the line itself.
    assert answer["filing"] == ["9802.00.01", "9903.99.01", "9903.10.01", "8507.60.00.10"]


VOID = TEN + event("2026-02-20", "{from: 2025-02-04}")


@pytest.mark.parametrize(
    ("known_on", "refundable"), [("2026-02-19", False), ("2026-02-21", True), (None, True)]
)
def test_what_was_assessed_and_never_owed_is_refundable_once_it_is_known(
    tmp_path: Path, schedule: Schedule, known_on: str | None, refundable: bool
) -> None:
    answer = ask(tmp_path, schedule, law(MAIN, VOID), known_on=known_on)
    total = answer["total"]
    assert total["amount"] == "134.00"  # 34.00 of column 1 and 100.00: assessed either way
    assert total["refundable_amount"] == ("100.00" if refundable else "0.00")
    assert total["owed_amount"] == ("34.00" if refundable else "134.00")
    assert [layer["refundable"] for layer in answer["layers"]] == [False, refundable]


def test_a_void_covers_its_own_days_and_limbs_alone(tmp_path: Path, schedule: Schedule) -> None:
    void = TEN + event("2026-02-20", "{from: 2025-02-04, until: 2025-07-01, provision: main}")
    inside = ask(tmp_path / "a", schedule, law(MAIN, void), on="2025-06-30")
    outside = ask(tmp_path / "b", schedule, law(MAIN, void), on="2025-07-01")
    assert inside["total"]["refundable_amount"] == "100.00"
    assert outside["total"]["refundable_amount"] == "0.00"


def test_what_changes_next_is_told_by_day_with_the_new_total(
    tmp_path: Path, schedule: Schedule
) -> None:
    events = (
        TEN
        + event(
            "2025-06-01", '[{provision: main, from: 2026-01-01, until: 2026-06-01, add: "20%"}]'
        )
        + event("2025-06-02", "[{provision: main, from: 2027-06-23, add: unknown}]")
    )
    ahead = ask(tmp_path, schedule, law(MAIN, events))["changes_ahead"]
    assert [(row["on"], row["total_ad_valorem"]) for row in ahead] == [
        ("2026-01-01", "0.234"),  # 3.4 + 20
        ("2026-06-01", "0.134"),  # what lay beneath comes back
        ("2027-06-23", None),  # a rate that is not known yet is not zero
    ]
    assert ahead[0]["measures"] == ["us-duty"]
    assert ahead[0]["what"].endswith("changes from 10% to 20%")


def test_an_unknown_rate_leaves_the_total_unknown_and_asks(
    tmp_path: Path, schedule: Schedule
) -> None:
    unknown = TEN.replace('add: "10%"', "add: unknown")
    answer = ask(tmp_path, schedule, law(MAIN, unknown))
    assert answer["total"]["amount"] is None
    assert answer["total"]["ad_valorem"] is None
    assert answer["total"]["refundable_amount"] is None
    assert answer["total"]["owed_amount"] is None
    assert [each["kind"] for each in answer["open_questions"]] == ["law"]


def test_what_was_kept_out_says_why(tmp_path: Path, schedule: Schedule) -> None:
    provisions = (
        '{id: sailed, heading: "9903.99.05", when: {exported_on: {before: 2025-03-01}}}, '
        '{id: ended, heading: "9903.99.06"}, ' + MAIN
    )
    events = TEN.replace("provision: main", "provision: all") + event(
        "2025-03-01", "[{provision: ended, from: 2025-03-02, state: ended}]"
    )
    silent = ask(tmp_path / "a", schedule, law(provisions, events))
    assert [(row["limb"], row["heading"], row["why"]) for row in silent["not_applied"]] == [
        ("sailed", "9903.99.05", "only with exported_on before 1 March 2025, which is not stated")
    ]
    described = ask(
        tmp_path / "b", schedule, law(provisions, events), facts={"exported_on": "2025-03-01"}
    )
    assert described["not_applied"][0]["why"] == (
        "only with exported_on before 1 March 2025; stated: 2025-03-01"
    )


def test_a_measure_that_has_ended_and_has_no_other_limb_says_so(
    tmp_path: Path, schedule: Schedule
) -> None:
    ended = TEN + event("2025-03-01", "[{provision: main, from: 2025-03-02, state: ended}]")
    (row,) = ask(tmp_path, schedule, law(MAIN, ended))["not_applied"]
    assert (row["measure"], row["why"]) == ("us-duty", "ended before this day")


def test_a_day_after_the_last_reading_is_answered_with_a_warning(
    tmp_path: Path, schedule: Schedule
) -> None:
    on_it = ask(tmp_path / "a", schedule, law(MAIN, TEN), on="2026-10-10")
    after = ask(tmp_path / "b", schedule, law(MAIN, TEN), on="2026-10-11")
    assert not any(note.startswith("Read through") for note in on_it["notes"])
    assert after["notes"][0].startswith("Read through 10 October 2026: for 11 October 2026")


def test_what_is_outside_every_answer_stands_in_its_notes(
    tmp_path: Path, schedule: Schedule
) -> None:
    assert "Fees are not included." in ask(tmp_path, schedule, law(MAIN, TEN))["notes"]


def test_a_change_within_the_day_is_said_and_an_instant_can_be_asked(
    tmp_path: Path, schedule: Schedule
) -> None:
    noon = TEN.replace("2025-02-04", '"2025-02-04T12:01-05:00"')
    answers = {}
    for number, on in enumerate(("2025-02-04", "2025-02-04T12:00-05:00", "2025-02-05T01:01+08:00")):
        answers[on] = ask(tmp_path / str(number), schedule, law(MAIN, noon), on=on)
    day, before, after = answers.values()
    assert any(
        "at 2025-02-04T12:01-05:00; this is its last instant" in note for note in day["notes"]
    )
    assert [each["total"]["ad_valorem"] for each in answers.values()] == ["0.134", "0.034", "0.134"]
    # 01:01 of the next day in Shanghai is 12:01 in New York.
    assert after["layers"][1]["from"] == "2025-02-04T12:01-05:00"
    assert before["question"]["on"] == "2025-02-04T12:00-05:00"


def test_goods_of_the_country_of_import_are_refused(tmp_path: Path, schedule: Schedule) -> None:
    with pytest.raises(QuestionError, match="goods of United States are not imports into it"):
        ask(tmp_path, schedule, law(MAIN, TEN), origin="US")


def test_the_fact_that_decides_by_goods_is_true_for_its_goods(
    tmp_path: Path, schedule: Schedule
) -> None:
    default = "{goods: small-list, then: true, else: false}"
    fact = f'  used: {{type: bool, default: {default}, ask: "Is it used?"}}\n'
    files: dict[str, str | bytes | None] = {
        "entry-facts.yaml": FACTS.replace("bases:\n", f"{fact}bases:\n"),
        "us/tariff/duty.yaml": law(
            f"{{id: used, when: {{used: {{is: true}}}}}}, {MAIN}",
            TEN + event("2025-02-02", '[{provision: used, from: 2025-02-04, add: "20%"}]'),
        ),
    }
    register = small_register(tmp_path, files)
    totals = {
        code: answer_duty(register, schedule, DutyQuestion(code, "CN", "2025-03-01"))["total"]
        for code in (CODE, "9503.00.00")
    }
    assert totals[CODE]["additional_ad_valorem"] == "0.2"  # on the list, so used as a rule
    assert totals["9503.00.00"]["additional_ad_valorem"] == "0.1"


def test_changes_on_two_days_in_a_row_are_told_each_by_its_own_day() -> None:
    asked = DutyQuestion(code="9503.00.00.73", origin="CN", on="2025-04-07", destination="US")
    answer = answer_duty(Register.built_in(), Schedule(), asked)
    # Toys are free; 20% of fentanyl, and 10% of the reciprocal duty becomes 84%, then 125%.
    assert answer["total"]["ad_valorem"] == "0.3"
    described = [(each["on"], each["total_ad_valorem"]) for each in answer["changes_ahead"][:2]]
    assert described == [("2025-04-09", "1.04"), ("2025-04-10", "1.45")]
