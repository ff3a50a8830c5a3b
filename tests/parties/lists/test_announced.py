"""Between the day of its notice and one that was only announced a listing has two readings."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from detente.cli.main import main
from detente.core.tables.tsv import read_tsv
from detente.goods.schedule import Schedule
from detente.parties.lists.announced import (
    AnnouncedSuspension,
    announced_pauses,
    cites,
    heard_of,
    heard_row,
)
from detente.parties.lists.model import ListedEntry, Name
from detente.parties.screening.list_changes import changes_between
from detente.parties.screening.store import Screen
from detente.register.book import Register
from detente.transaction.assessment import Assessor
from detente.transaction.shipment import Party, Shipment

PAUSED = [
    row
    for row in read_tsv(Path(__file__).parents[3] / "data" / "parties" / "china.tsv")
    if row["suspended_until"] == "2026-11-11"
]
PARTY = next(
    row["name"]
    for row in PAUSED
    if row["list"] == "CN-CONTROL" and len(Screen().parties(row["name"])[0].entries) == 1
)
"""One that stands on no other list."""
BETWEEN, AFTER = "2026-12-01", "2027-01-11"
LISTED = ListedEntry(
    "CN-TEST", "1", (Name("Zorblax"),), citation="Notice 21 of 2025", since="2025-04-04",
    suspended_from="2025-05-14", suspended_until="2026-11-11",
)  # fmt: skip
PAUSE = AnnouncedSuspension(
    "CN-TEST", "Notice 21 of 2025", "2026-11-10", "2027-01-11", "2026-09-28", "one two", "said so"
)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([*words]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("day", "more", "is_heard"),
    [
        ("2026-11-10", {}, False),  # suspended by its notice
        ("2026-11-11", {}, True),
        ("2027-01-10", {}, True),
        ("2027-01-11", {}, False),
        (BETWEEN, {"list": "CN-OTHER"}, False),
        (BETWEEN, {"citation": "Notice 121 of 2025"}, False),
        (BETWEEN, {"citation": "Notice 21 of 2025; Notice 3 of 2026"}, True),
        (BETWEEN, {"until": "2026-11-20"}, False),  # no longer listed at all
        (BETWEEN, {"suspended_until": ""}, False),  # suspended without a term
        (BETWEEN, {"suspended_until": "2026-06-01"}, False),  # back before what was announced
        ("2027-02-01", {"suspended_until": "2027-03-01"}, False),
    ],
)
def test_what_was_announced_is_of_the_days_between_and_of_its_own_notice(
    day: str, more: dict[str, Any], is_heard: bool
) -> None:
    assert (heard_of(LISTED._replace(**more), day, [PAUSE]) is not None) is is_heard
    assert heard_of(LISTED, day, []) is None


def test_both_readings_are_told_and_the_one_that_is_followed_first() -> None:
    row = heard_row(LISTED, PAUSE)
    assert row == {
        "standing": "suspended",
        "suspended_until": "2027-01-11",
        "because": ["one", "two"],
        "text": "By the law as read in force since 2026-11-11; by what was announced suspended "
        "through 2027-01-10: said so.",
    }
    other = heard_row(LISTED, PAUSE, "announced")
    assert other is not None
    assert other["text"].startswith("By what was announced suspended through 2027-01-10; by the")
    assert heard_row(LISTED, None) is None


@pytest.mark.parametrize(
    ("citation", "cited", "does"),
    [
        ("Notice 21 of 2025", "Notice 21 of 2025", True),
        ("Notice 21 of 20255", "Notice 21 of 2025", False),
        ("121 of 2025", "21 of 2025", False),
        ("The 21 of 2025, again", "21 of 2025", True),
    ],
)
def test_a_longer_number_is_another_notice(citation: str, cited: str, does: bool) -> None:
    assert cites(citation, cited) is does


def test_the_lists_say_what_the_register_says_of_each_paused_listing() -> None:
    screen = Screen(BETWEEN)
    assert tuple(announced_pauses(Register.built_in())) == screen.pauses
    heard = {
        (entry.list, entry.citation, entry.names[0].text)
        for each in screen.counting.values()
        for entry in screen.entries(each)
        if heard_of(entry, BETWEEN, screen.pauses)
    }
    assert heard == {(row["list"], row["citation"], row["name"]) for row in PAUSED}
    assert {each.until for each in screen.pauses} == {AFTER}


@pytest.mark.parametrize(
    ("day", "standing", "is_heard"),
    [("2026-11-10", "suspended", False), (BETWEEN, "in_force", True), (AFTER, "in_force", False)],
)
def test_an_answer_about_a_name_has_both_readings(
    capsys: pytest.CaptureFixture[str], day: str, standing: str, is_heard: bool
) -> None:
    (result,) = json.loads(run(capsys, "screen", PARTY, "--on", day, "--json"))["results"]
    row = next(each for each in result["hits"][0]["lists"] if each["suspended_until"])
    assert row["standing"] == standing
    assert (row["announced"] is not None) is is_heard
    text = " ".join(run(capsys, "screen", PARTY, "--on", day).split())
    both = "By the law as read in force since 2026-11-11; by what was announced suspended through"
    assert (f"! {both} 2027-01-10" in text) is is_heard
    assert ("in force since 2026-11-11" in text) is (standing == "in_force")
    told = " ".join(run(capsys, "party", PARTY, "--on", day).split())
    assert (f"! {both}" in told) is is_heard
    assert "2027-01-11 CN-CONTROL: no longer suspended by what was only announced" in told


def test_a_row_of_a_file_has_both_readings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "names.csv"
    table.write_text(f'name\n"{PARTY}"\nZorblax Quumby\n', encoding="utf-8")
    text = run(capsys, "screen", "--file", str(table), "--follows", "--on", BETWEEN)
    row, other = csv.DictReader(io.StringIO(text))
    assert row["standing"] == "in_force"
    assert "by what was announced suspended through 2027-01-10" in row["reason"]
    assert "by what was announced suspended through 2027-01-10" in row["follows"]
    assert "announced" not in other["reason"]


def test_a_name_and_a_party_are_told_by_the_reading_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = ("--on", BETWEEN, "--reading", "announced")
    answer = json.loads(run(capsys, "screen", PARTY, *day, "--json"))
    assert answer["reading"] == "announced"
    (row,) = answer["results"][0]["hits"][0]["lists"]
    assert (row["standing"], row["suspended_until"]) == ("suspended", AFTER)
    begins = "By what was announced suspended through 2027-01-10; by the law as read"
    assert row["announced"]["text"].startswith(begins)
    assert answer["results"][0]["status"] == "hit", "who is suspended is listed"
    text = " ".join(run(capsys, "screen", PARTY, *day).split())
    assert f"listing suspended ! {begins}" in text
    record = json.loads(run(capsys, "party", PARTY, *day, "--json"))
    assert record["reading"] == "announced"
    assert record["lists"][0]["standing"] == "suspended"
    told = " ".join(run(capsys, "party", PARTY, *day).split())
    assert f"suspended from {row['suspended_from']} through 2027-01-10, listed since" in told
    table = tmp_path / "names.csv"
    table.write_text(f'name\n"{PARTY}"\n', encoding="utf-8")
    (found,) = csv.DictReader(io.StringIO(run(capsys, "screen", "--file", str(table), *day)))
    assert found["standing"] == "suspended"
    assert begins in found["reason"]
    assert main(["screen", PARTY, "--reading", "heard"]) == 2
    assert "'heard' is not a reading: known are announced, law" in capsys.readouterr().err


def test_of_a_party_on_several_lists_one_that_is_suspended_comes_behind() -> None:
    name = next(
        row["name"]
        for row in PAUSED
        if len(Screen(BETWEEN).parties(row["name"])[0].entries) > 1
        and Screen(BETWEEN).parties(row["name"])[0].entry.list == row["list"]
    )
    law, announced = Screen(BETWEEN), Screen(BETWEEN, reading="announced")
    first, other = (each.parties(name)[0] for each in (law, announced))
    assert law.standing(first.entry) == announced.standing(other.entry) == "in_force"
    assert first.entry.list != other.entry.list


def test_who_comes_back_by_a_notice_and_not_by_what_was_announced_is_told_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = changes_between("2026-11-09", "2026-11-12", {"CN-CONTROL", "CN-UEL"}).changes
    back = [each.row() for each in found if each.what == "no_longer_suspended"]
    assert len(back) == len(PAUSED)
    assert all(row["announced"] for row in back)
    later = changes_between("2026-11-09", AFTER, {"CN-CONTROL"}).changes
    assert not any(each.row()["announced"] for each in later)
    words = ("lists", "diff", "--from-date", "2026-11-09", "--to-date", "2026-11-12")
    text = run(capsys, *words, "CN-UEL")
    assert text.count("; by what was announced suspended through 2027-01-10") == sum(
        row["list"] == "CN-UEL" for row in PAUSED
    )
    assert text.count("! By the law as read in force since 2026-11-11") == 1


@pytest.mark.parametrize(
    ("reading", "known_on", "status", "begins"),
    [
        ("law", None, "listed", "By the law as read in force since 2026-11-11"),
        ("announced", None, "suspended", "By what was announced suspended through 2027-01-10"),
        ("law", "2026-09-27", "listed", ""),
        ("announced", "2026-09-27", "listed", ""),
    ],
)
def test_a_shipment_follows_its_reading_and_tells_the_other(
    reading: str, known_on: str | None, status: str, begins: str
) -> None:
    from detente.register.reading import read

    assessor = Assessor(read(Register.built_in(), reading), Schedule())
    party = Party(PARTY, "consignee", "US")
    shipment = Shipment("8507.60.00.10", "CN", "1000", parties=(party,))
    answer = assessor.assess(shipment, BETWEEN, known_on)
    (found,) = answer["parties"]
    assert found["status"] == status
    said = found["hits"][0]["announced"]
    assert (said["text"][: len(begins)] if said else "") == begins
    lines = [each["what"] for kind in ("stop", "watch") for each in answer["verdict"][kind]]
    assert any(begins in each for each in lines if PARTY in each)


def test_the_end_of_what_was_announced_is_told_with_its_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    kind = "no_longer_suspended_by_what_was_only_announced"
    lists = {"CN-CONTROL", "CN-UEL"}
    for last, number in (("2027-01-10", 0), (AFTER, len(PAUSED)), ("2027-02-01", len(PAUSED))):
        found = changes_between(BETWEEN, last, lists).changes
        told = [each.row() for each in found if each.what == kind]
        assert len(told) == number
        assert {row["on"] for row in told} <= {AFTER}
    # Who comes back by the notice within the span is told of that alone.
    found = changes_between("2026-11-09", AFTER, lists).changes
    assert kind not in {each.what for each in found}
    words = ("lists", "diff", "CN-UEL", "--from-date", BETWEEN, "--to-date")
    text = run(capsys, *words, AFTER)
    assert "no longer suspended by what was only announced from 2027-01-11" in text
    assert "announced" not in run(capsys, *words, "2026-12-02")


def test_a_table_of_changes_has_both_readings_as_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "d.csv"
    days = ("--from-date", "2026-11-09", "--to-date", "2026-11-12")
    run(capsys, "lists", "diff", "CN-UEL", *days, "-o", str(path))
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    begins = "By the law as read in force since 2026-11-11; by what was announced suspended"
    assert {row["announced"][: len(begins)] for row in rows} == {begins}


def test_since_a_recorded_screening_the_end_of_what_was_announced_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.parties.screening.since_recorded import recorded_screening, since_recorded
    from detente.store.ledger import Ledger

    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    assert main(["screen", PARTY, "--on", BETWEEN, "--record"]) == 0
    with Ledger() as ledger:
        entry = recorded_screening(ledger)
        (row,) = since_recorded(entry, AFTER)["names"]
        assert not list(since_recorded(entry, "2026-12-20")["names"])
    (told,) = row["stands"]
    assert told.endswith(": no longer suspended by what was only announced")


def test_a_table_that_is_screened_again_tells_both_readings_and_the_end_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    table = tmp_path / "v.csv"
    table.write_text(f'name\n"{PARTY}"\n', encoding="utf-8")
    told = []
    for number, day in enumerate(("2026-11-10", "2026-11-12", "2026-12-01", AFTER)):
        words = ("screen", str(table), "--keep") if number == 0 else ("again", "v.csv")
        assert main(["vendors", *words, "--on", day]) == 0
        told.append(" ".join("".join(capsys.readouterr()).split()))
    reading = "by what was announced suspended through 2027-01-10"
    assert f"in force, {reading} (suspended before)" in told[1]
    assert "stands otherwise" not in told[2]
    assert f"in force (in force, {reading} before)" in told[3]
