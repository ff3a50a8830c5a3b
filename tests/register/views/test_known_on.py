"""As known on a day: notes, progress, sources and claims that came later are not told."""

from __future__ import annotations

import pytest

from detente.compare.claims import claims
from detente.core.clock import day_number
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.events import Query, note_of
from detente.register.views.law_by_day import one_measure, timeline
from detente.register.views.truce import truce


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


def test_a_later_note_is_told_from_its_day_on_and_not_before(register: Register) -> None:
    found = 0
    for measure in register.measures():
        for row in measure.terms.get("later", ()):
            day = day_number(row["on"])
            assert row["text"] not in note_of(measure, day - 1), measure.id
            assert row["text"] in note_of(measure, day), measure.id
            assert row["text"] in note_of(measure, None), measure.id
            found += 1
    assert found > 40


def test_later_notes_are_later_than_the_record_and_in_order(register: Register) -> None:
    for measure in register.measures():
        days = [row["on"] for row in measure.terms.get("later", ())]
        assert days == sorted(days), measure.id
        if days and measure.events:
            assert day_number(days[0]) > min(event.announced for event in measure.events)


def test_a_claim_of_2_november_2025_is_not_judged_by_what_came_after(register: Register) -> None:
    def notes(known_on: str | None) -> dict[str, str]:
        known = None if known_on is None else day_number(known_on)
        rows = claims(register, Schedule(), known, "2025-11-12")["claims"]
        return {row["id"]: row["note"] for row in rows}

    then, now = notes("2025-11-02"), notes(None)
    assert then["claim-article-cut-to-45"] == "47 less 10 is 37."
    assert "48.4 on the next day" in now["claim-article-cut-to-45"]
    assert then["claim-bessent-two-years"] == "Experts called it naive."
    assert "No. 70" not in then["claim-article-rare-earths-suspended"]
    assert "never suspended" in now["claim-article-rare-earths-suspended"]


def test_an_average_said_of_a_day_is_tested_by_the_weights_at_hand(register: Register) -> None:
    rows = claims(register, Schedule(), day_number("2025-11-02"), "2025-11-02")["claims"]
    (answer,) = [row["answer"] for row in rows if row["id"] == "claim-article-tariff-levels"]
    assert "on 2025-11-02, weights us-imports-2024" in answer
    # The article says more than 47, which counts the whole value for each of two metals.
    assert answer.startswith("45.")


def test_a_promise_has_no_progress_before_it_was_told(register: Register) -> None:
    def progress(known_on: str) -> list[str]:
        terms = one_measure(register, "cn-commitment-soybeans", known_on, day_number(known_on))
        return [row["text"] for row in terms["terms"]["progress"]]

    assert progress("2026-01-04") == []
    assert len(progress("2026-01-05")) == 2


def test_a_record_does_not_tell_how_its_promise_ended_before_it_did(register: Register) -> None:
    def note(known_on: str) -> str:
        answer = one_measure(register, "both-phase-one", known_on, day_number(known_on))
        return str(answer["note"])

    assert "not met" not in note("2021-12-31")
    assert "not met" in note("2022-01-01")


def test_an_authority_that_only_a_later_event_rests_on_is_not_named(register: Register) -> None:
    def authority(known_on: str | None) -> set[str]:
        known = None if known_on is None else day_number(known_on)
        answer = one_measure(register, "cn-reciprocal-answer", "2025-04-20", known)
        return {row["citation"] for row in answer["authority"]}

    tenth = "State Council Tariff Commission Announcement No. 10 of 2025"
    assert tenth not in authority("2025-11-04")
    assert tenth in authority("2025-11-05")
    assert "State Council Tariff Commission Announcement No. 4 of 2025" in authority("2025-04-04")
    assert authority("2025-04-04") < authority(None)


def test_a_decision_of_2026_on_an_announcement_of_2025_is_told_as_of_2026(
    register: Register,
) -> None:
    def described(known_on: str) -> str:
        known = day_number(known_on)
        rows = timeline(register, Query(known_on=known))["events"]
        return " ".join(each for row in rows for each in row["sources"])

    assert "Government Accountability Office" not in described("2026-05-11")
    assert "Government Accountability Office" in described("2026-05-12")


def test_limbs_that_were_not_announced_are_not_listed(register: Register) -> None:
    def provisions(known_on: str | None) -> set[str]:
        known = None if known_on is None else day_number(known_on)
        answer = one_measure(register, "us-advanced-computing", "2026-10-10", known)
        return {provision["id"] for provision in answer["limbs"]}

    assert "memory" not in provisions("2023-12-31")
    assert "memory" in provisions("2024-12-31")
    assert provisions("2023-12-31") < provisions(None)


def test_a_claim_about_the_truce_is_shown_from_its_day_on(register: Register) -> None:
    def stated(known_on: str) -> list[str]:
        return [row["id"] for row in truce(register, day_number(known_on), known_on)["claims"]]

    assert stated("2026-09-23") == []
    assert stated("2026-09-24") == ["claim-bessent-extension"]
