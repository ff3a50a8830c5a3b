"""The answer of a claim's test in a few words, of answers that are written here."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.compare import claims as of_claims
from detente.compare.claims import ClaimTests, _is_of, _one_test, _read
from detente.core.clock import day_number
from detente.goods.schedule import Schedule
from detente.register.book import Register

NOTHING: Any = None


def measured(monkeypatch: pytest.MonkeyPatch, **more: Any) -> str:
    answer = {
        "state": "in_force", "since": None, "until": None, "confirmed": True,
        "confirmed_through": "2026-08-01", "limbs": [], "on": "2026-01-02", "announced": None,
    } | more  # fmt: skip
    asked: list[Any] = []

    def one(register: Any, name: str, on: str, known_on: int | None) -> dict[str, Any]:
        asked.append((name, on, known_on))
        return answer

    monkeypatch.setattr(of_claims, "one_measure", one)
    tests = ClaimTests(NOTHING, NOTHING, 7, "2025")
    told = tests.answer("detente measure us-x --on 2026-01-02")
    assert asked == [("us-x", "2026-01-02", 7)]
    return told


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "us-x on 2026-01-02: in force"),
        ({"state": "not_enforced", "since": "2025-01-01"},
         "us-x on 2026-01-02: not enforced since 2025-01-01"),
        ({"until": "2026-11-10"}, "us-x on 2026-01-02: in force until 2026-11-10"),
        ({"limbs": [{"rate": "25%"}, {"rate": None}, {"rate": "10%"}, {"rate": "25%"}]},
         "us-x on 2026-01-02: in force (25%; 10%)"),
        ({"announced": {"text": "Said otherwise."}},
         "us-x on 2026-01-02: in force. Said otherwise."),
    ],
)  # fmt: skip
def test_a_record_is_told_by_its_state_its_days_and_its_rates(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, Any], told: str
) -> None:
    assert measured(monkeypatch, **more) == told


def test_what_is_not_confirmed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    told = measured(monkeypatch, confirmed=False, until="2026-11-10")
    assert told.startswith("us-x on 2026-01-02: in force until 2026-11-10 (")
    assert told.endswith(")")
    assert "2026" in told.partition("(")[2]


def need(**more: Any) -> Any:
    return {
        "stage": "mine", "whose": "world", "at_least": False, "need": "30", "unit": "t",
        "of": "all uses", "supply": ["10", "20"], "basis": "all", "verdict": "not_met",
        "first_year": None,
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "mine, the world 30 t (all uses) against 10 to 20 made outside: not met"),
        ({"whose": "US", "at_least": True, "basis": "added"},
         "mine, US at least 30 t (all uses) against 10 to 20 added outside: not met"),
        ({"supply": ["10", "10"]},
         "mine, the world 30 t (all uses) against 10 made outside: not met"),
        ({"supply": ["10", None]},
         "mine, the world 30 t (all uses) against 10 or more made outside: not met"),
        ({"supply": [None, None]},
         "mine, the world 30 t (all uses) against an amount that is not known made outside: not "
         "met"),
        ({"verdict": "met", "first_year": 2028},
         "mine, the world 30 t (all uses) against 10 to 20 made outside: met, first in 2028"),
    ],
)  # fmt: skip
def test_a_need_is_told_with_what_stands_against_it(more: dict[str, Any], told: str) -> None:
    assert _one_test(need(**more)) == told


def supplied(monkeypatch: pytest.MonkeyPatch, known_on: int | None, **answer: Any) -> str:
    import detente.supply.answer as answers
    import detente.supply.tables as tables

    asked: list[Any] = []

    def answer_supply(register: Any, minerals: Any, question: Any) -> dict[str, Any]:
        asked.append(question)
        return {
            "stages": [{"tests": [], "covers": {"in_time": {"by": "2027-11-02"}}}],
            "by_element": [], "name": "dysprosium", "cut": "China",
        } | answer  # fmt: skip

    monkeypatch.setattr(answers, "answer_supply", answer_supply)
    monkeypatch.setattr(tables, "Minerals", lambda: None)
    tests = ClaimTests(NOTHING, NOTHING, known_on, "2025-11-02")
    told = tests.answer("detente supply dysprosium --within 24 --stage mine")
    (question,) = asked
    assert (question.mineral, question.within, question.stage) == ("dysprosium", 24, "mine")
    assert (question.on, question.known_on) == (
        "2025-11-02", "" if known_on is None else "1970-01-11",
    )  # fmt: skip
    return told


def test_needs_of_the_world_and_of_the_united_states_are_told_by_element_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    head = "needs in hand, without China, by 2027-11-02"
    assert (
        supplied(monkeypatch, None) == f"{head}; unknown: no need was stated, and none is in hand"
    )
    stages = [{"tests": [need(), need(whose="JP")], "covers": {"in_time": {"by": "2027-11-02"}}},
              {"tests": [need(whose="US")], "covers": None}]  # fmt: skip
    told = supplied(
        monkeypatch, 10, stages=stages, by_element=[{"name": "terbium", "tests": [need()]}]
    )
    assert told == "; ".join([
        head, f"dysprosium, {_one_test(need())}", f"dysprosium, {_one_test(need(whose='US'))}",
        f"terbium, {_one_test(need())}", "with what was public on 1970-01-11",
    ])  # fmt: skip


def test_a_test_is_read_into_names_options_and_facts() -> None:
    words = [
        "a",
        "--origin",
        "CN",
        "--fact",
        "x=y=z",
        "--to",
        "US",
        "--fact",
        "q",
        "--weights",
        "w",
        "--stage",
        "s",
        "--base",
        "3%",
    ]
    assert _read(words) == (
        ["a"],
        {"origin": "CN", "destination": "US", "weights": "w", "stage": "s", "base": "3%"},
        {"x": "y=z", "q": ""},
    )
    assert _read([], named=0) == ([], {}, {})


def test_a_speaker_is_named_by_any_words_of_name_role_and_outlet() -> None:
    claim: Any = SimpleNamespace(
        terms={"speaker": "Bea Citizen", "role": "Minister of Toys", "outlet": "The Paper"}
    )
    for words, wanted in ((["bea"], True), (["toys", "paper"], True), (["bea", "cars"], False),
                          ([], True)):  # fmt: skip
        assert _is_of(claim, words) is wanted


AVERAGES = [
    "detente average --origin CN --on 2025-01-01",
    "detente average --origin CN --on 2025-05-14",
    "detente average --origin CN --on 2025-05-13",
    "detente average --origin CN",
    "detente average --origin VN --on 2025-05-14",
    "detente average --origin US --to CN --on 2025-11-10",
    "detente average --origin US --to CN --on 2025-05-13",
]


@pytest.mark.parametrize("known_on", [None, day_number("2025-05-13")])
def test_averages_of_several_days_are_those_of_each_day_alone(
    register: Register, schedule: Schedule, known_on: int | None
) -> None:
    together = ClaimTests(register, schedule, known_on, "2025-11-12", AVERAGES)
    alone = ClaimTests(register, schedule, known_on, "2025-11-12")
    told = [together.answer(test) for test in AVERAGES]
    assert told == [alone.answer(test) for test in AVERAGES]
    if known_on is None:
        assert len(set(told)) == len(AVERAGES)  # no two of these have one answer
