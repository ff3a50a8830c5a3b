"""The register against a timeline of the confrontation: every move, on its days, or a reason."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from detente.core.clock import day_text, minute_text, start_of
from detente.register.book import Register
from detente.register.events import Occurrence, Query, acts
from detente.register.model import KINDS

MAP = Path(__file__).with_name("timeline-map.tsv")
LIST = "(list)"

Row = dict[str, str]

ROWS = 193

ANSWERED_OTHERWISE = {
    # The timeline names the round before; the register names what the round belongs to.
    "T012": "list 2 carries out the same determination as list 1, in one record with it",
    "T058": "a correction of the rule of October 2023, in one record with it",
    "T100": "China's half of Geneva answers the joint statement, and not the American order",
    "T106": "the extension of August 2025 answers the joint statement that it extends",
    # A return that was announced with the suspension: it answers what the suspension does.
    "T169": "announced with the suspension",
    "T170": "announced with the suspension",
    "T171": "announced with the suspension",
    "T172": "announced with the suspension",
}
"""Moves whose `answers` differ from the timeline's, with the reason."""


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


@pytest.fixture(scope="module")
def described(register: Register) -> dict[str, list[Occurrence]]:
    """Acts by record."""
    found: dict[str, list[Occurrence]] = {}
    for act in acts(register, Query()):
        found.setdefault(act.measure.id, []).append(act)
    return found


def _map() -> list[Row]:
    with MAP.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _timeline() -> dict[str, Row]:
    folder = os.environ.get("DETENTE_REFERENCE")
    path = Path(folder).parent / "facts" / "timeline.csv" if folder else None
    if path is None or not path.is_file():
        pytest.skip("the timeline does not stand beside DETENTE_REFERENCE")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def _day(minute: int | None, zone: str) -> str:
    return "" if minute is None else minute_text(minute, zone)[: len("2025-11-10")]


def test_every_mapped_move_stands_in_the_register_on_its_days(
    register: Register, described: dict[str, list[Occurrence]]
) -> None:
    missing = []
    for row in _map():
        if row["limb"] == LIST:
            members = [each for each in register.all_members() if each.list == row["measure"]]
            if not any(each.start == start_of(row["effective"]) for each in members):
                missing.append(row)
            continue
        zone = register.zones[register.measure(row["measure"]).by]
        days = {
            (day_text(act.announced), _day(edge, zone))
            for act in described[row["measure"]]
            if (act.provision.id if act.provision else "") == row["limb"]
            # A day of return is the end of the act that puts a provision away.
            for edge in (act.start, act.until)
        }
        if (row["announced"], row["effective"]) not in days:
            missing.append(row)
    assert missing == []


def test_the_map_holds_as_many_rows_as_the_timeline() -> None:
    assert len({row["id"] for row in _map()}) == ROWS


@pytest.mark.reference
def test_moves_answer_what_the_timeline_says_they_answer(
    described: dict[str, list[Occurrence]],
) -> None:
    timeline = _timeline()
    records: dict[str, set[str]] = {}
    for row in _map():
        records.setdefault(row["id"], set()).add(row["measure"])
    answered: dict[str, set[str]] = {}
    for row in _map():
        if row["limb"] == LIST:
            continue
        for act in described[row["measure"]]:
            if day_text(act.announced) == row["announced"] and act.event is not None:
                names = act.event.answers or act.measure.answers
                answered.setdefault(row["id"], set()).update(names)
    different = {
        name
        for name, move in timeline.items()
        if move["answers_id"]
        and not answered.get(name, set()) & records[move["answers_id"]]
        and any(row["id"] == name and row["limb"] != LIST for row in _map())
    }
    assert different == set(ANSWERED_OTHERWISE)


@pytest.mark.reference
def test_the_map_holds_every_row_of_the_timeline() -> None:
    assert {row["id"] for row in _map()} == set(_timeline())


@pytest.mark.reference
def test_days_agree_with_the_timeline_or_a_reason_says_why() -> None:
    timeline = _timeline()
    for row in _map():
        move = timeline[row["id"]]
        wanted = (move["date_announced"], move["date_effective"][: len("2025-11-10")])
        same = (row["announced"], row["effective"]) == wanted
        assert same or row["reason"], (row, wanted)
        assert not (same and row["reason"]), f"{row['id']} agrees and needs no reason"


@pytest.mark.reference
def test_acts_are_by_the_side_that_the_timeline_names(register: Register) -> None:
    timeline = _timeline()
    for row in _map():
        if row["limb"] == LIST:
            continue
        actor = timeline[row["id"]]["actor"]
        by = actor if actor in ("US", "CN") else "both"
        measure = register.measure(row["measure"])
        # The words of one side about the other's act stand where the act stands.
        assert measure.by == by or "both" in (measure.by, by), row


def test_every_kind_of_record_is_used(register: Register) -> None:
    assert {measure.kind for measure in register.measures()} == set(KINDS)


def test_answers_name_a_side_or_a_record(register: Register) -> None:
    known = {*register.names(), *register.zones, *register.countries}
    wrong = [
        (measure.id, name)
        for measure in register.measures()
        for name in (
            *measure.answers,
            *(name for event in measure.events for name in event.answers),
        )
        if name not in known
    ]
    assert wrong == []


def test_threats_proposals_and_claims_enter_no_duty(register: Register) -> None:
    for kind in ("threat", "proposal", "agreement", "commitment", "claim", "event"):
        for measure in register.measures(kind=kind):
            assert not measure.provisions, measure.id


def test_a_suspension_is_painted_alike_in_every_announcement_that_no_70_names(
    register: Register,
) -> None:
    names = [f"cn-mofcom-2025-{number}" for number in (55, 56, 57, 58, 61, 62)]
    windows = {
        (day_text(period.start // 1440), day_text((period.until or 0) // 1440), period.boundary)
        for name in names
        for provision in register.measure(name).provisions
        for period in provision.periods
        if period.state == "suspended"
    }
    assert windows == {("2025-11-07", "2026-11-11", "unclear")}


def test_announcements_never_suspended_are_in_force_for_all_their_limbs(register: Register) -> None:
    names = ("2023-23", "2023-39", "2024-33", "2025-10", "2025-18")
    for name in names:
        for provision in register.measure(f"cn-mofcom-{name}").provisions:
            assert [period.state for period in provision.periods] == ["in_force"]
