"""The tables of snapshots/: what they say of known days, and that a published id may not go."""

from __future__ import annotations

import csv
from pathlib import Path
from uuid import UUID

import pytest

from detente.register.book import Register
from detente.register.views.feed import event_names
from tools import snapshots


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


@pytest.fixture(scope="module")
def states(register: Register) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Days and what shows from them on, by record and provision."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in csv.DictReader(snapshots.state_rows(register), delimiter="\t"):
        found.setdefault((row["record"], row["provision"]), []).append((row["from"], row["shows"]))
    return found


def test_every_record_and_every_limb_that_ever_shows_something_stands_in_it(
    register: Register, states: dict[tuple[str, str], list[tuple[str, str]]]
) -> None:
    days = [line.split("\t")[0] for line in snapshots.DAYS.read_text("utf-8").splitlines()[1:]]
    last = max(days)
    for measure in (each.as_read() for each in register.measures()):
        if not measure.provisions:
            assert (measure.id, "") in states, measure.id
        for provision in measure.provisions:
            if any(period.start < int(snapshots.start_of(last)) for period in provision.periods):
                assert (measure.id, provision.id) in states, (measure.id, provision.id)


def test_article_2_of_no_46_rests_from_9_november_2025_through_27_november_2026(
    states: dict[tuple[str, str], list[tuple[str, str]]],
) -> None:
    assert states["cn-mofcom-2024-46", "art-2"] == [
        ("2024-12-03", "licence"),
        ("2025-11-09", "suspended"),
        ("2026-11-28", "licence"),
    ]
    assert states["cn-mofcom-2024-46", "art-1"] == [("2024-12-03", "prohibited")]


def test_the_reciprocal_duties_of_both_sides_change_on_their_own_days(
    states: dict[tuple[str, str], list[tuple[str, str]]],
) -> None:
    assert states["cn-reciprocal-answer", "main"] == [
        ("2025-04-10", "84%"),
        ("2025-04-12", "125%"),
        ("2025-05-14", "10%, suspended"),
        ("2026-11-10", "34%"),
    ]
    american = states["us-ieepa-reciprocal-china", "main"]
    assert [day for day, _ in american] == [
        "2025-04-05",
        "2025-04-09",
        "2025-04-10",
        "2025-05-14",
        "2026-02-24",
    ]
    assert all("held never owed" in shows for _, shows in american[:-1])


def test_days_of_the_snapshot_stand_in_order_and_once() -> None:
    days = [line.split("\t")[0] for line in snapshots.DAYS.read_text("utf-8").splitlines()[1:]]
    assert days == sorted(set(days))


def test_ids_are_names_without_a_domain_and_each_of_its_own(register: Register) -> None:
    rows = list(csv.DictReader(snapshots.id_rows(register), delimiter="\t"))
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids) == len(event_names(register))
    for each in ids:
        assert UUID(each).version == 5


def test_ids_once_published_are_the_same_today(register: Register) -> None:
    kept = (snapshots.FOLDER / snapshots.IDS).read_text("utf-8").splitlines()
    assert list(snapshots.id_rows(register))[: len(kept)] == kept


def test_an_event_that_was_published_may_not_go(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "FOLDER", tmp_path)
    (tmp_path / snapshots.IDS).write_text("event\tid\nno-such.2025-01-01\turn:uuid:x\n", "utf-8")
    with pytest.raises(ValueError, match=r"no-such\.2025-01-01 was published and is gone"):
        list(snapshots.id_rows(register))
