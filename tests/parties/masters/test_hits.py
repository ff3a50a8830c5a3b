"""Hits of a screened table in a file: a page reads its own rows, with what is decided by now."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from detente.parties.masters.decisions import (
    FILE,
    Decision,
    Decisions,
    ReviewedParty,
)
from detente.parties.masters.following import PartyListing
from detente.parties.masters.hits import HITS, HitQuery, StoredHits, hits_written
from detente.parties.masters.screened import OF_HIT, OF_ROW, RawHit, RowHits, decided

TODAY, LATER = "2026-03-01", "2026-06-01"
EVERY = ("", "lapsed", "true_match", "cleared")
OF_VALUES = (*OF_ROW, *OF_HIT)


def hit(entry: str, score: float, strictness: int, lists: str = "EL") -> RawHit:
    values: list[str | float] = [""] * len(OF_VALUES)
    for column, value in {
        "status": "hit", "score": score, "entry": entry, "list": lists.split("; ")[0],
        "lists": lists, "standing": "in_force", "listed_name": f"{entry} Worldwide",
    }.items():  # fmt: skip
        values[OF_VALUES.index(column)] = value
    party = ReviewedParty(f"{lists[:2]}-{entry}", entry, lists, "h1")
    listings = [PartyListing(each, "in_force", "", "") for each in lists.split("; ")]
    return RawHit((0, strictness, 0), values, ("", "", "", ""), party, listings, {})


ROWS = [
    RowHits(0, "Zorblax Ltd", "CN", [hit("Zorblax", 1.0, 2, "EL; SDN")]),
    RowHits(3, "Kepler 深圳", "", [hit("Kepler", 0.9, 1, "UVL"), hit("Keppler", 0.8, 3)]),
    RowHits(4, "Blorf", "US", [hit("Blorf", 0.98, 2)]),
    RowHits(9, "Zorblax Ltd", "", [hit("Zorblax", 1.0, 2, "EL; SDN")]),
]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    made = tmp_path / HITS
    write(made)
    return made


def write(path: Path) -> None:
    decisions = Decisions()
    with hits_written(path, decisions, TODAY) as keep:
        for each in ROWS:
            keep(each, decided(each, decisions, TODAY))


def decide(row: int, verdict: str, until: str = "") -> None:
    _, name, country, hits, _ = ROWS[row]
    made = Decision(name, country, hits[0].party, verdict, "seen", "Bea", TODAY, until)
    Decisions().add(made)


def standing(path: Path, today: str = TODAY) -> list[tuple[int, str]]:
    """Rows in their order, each with its state."""
    with StoredHits(path, today) as stored:
        lists = {each for _, each in stored.counts()}
        found = stored.rows(HitQuery(EVERY, lists), 0, 10)
    assert found == sorted(
        (decided(each, Decisions(), today) for each in ROWS), key=lambda row: (row.rank, row.at)
    )
    return [(each.at, each.standing.state) for each in found]


def test_rows_come_by_strictness_then_score_then_place(path: Path) -> None:
    assert standing(path) == [(3, ""), (0, ""), (9, ""), (4, "")]


def test_a_page_is_a_part_of_the_rows_that_are_picked(path: Path) -> None:
    with StoredHits(path, TODAY) as stored:
        lists = {"EL", "UVL", "EL; SDN"}
        assert stored.counts() == Counter({("", "EL; SDN"): 2, ("", "EL"): 1, ("", "UVL"): 1})
        for picked, ats in (
            (HitQuery(EVERY, lists), [3, 0, 9, 4]),
            (HitQuery(EVERY, {"EL; SDN", "EL"}), [0, 9, 4]),
            (HitQuery(("cleared",), lists), []),
            (HitQuery(EVERY, ()), []),
            (HitQuery(EVERY, lists, "kepler 深圳"), [3]),
            (HitQuery(EVERY, lists, "BLORF us"), []),
            (HitQuery(EVERY, lists, "row 11"), [9]),
            (HitQuery(EVERY, lists, "%"), []),
        ):
            assert stored.number(picked) == len(ats)
            assert [each.at for each in stored.rows(picked, 0, 10)] == ats
            assert [each.at for each in stored.rows(picked, 1, 2)] == ats[1:3]


def test_rows_are_found_by_address_listed_name_and_key(path: Path) -> None:
    there = RowHits(11, "", "CN", [hit("Address 77", 1.0, 2)], "Room 803, 5 Quux Road")
    with hits_written(path, Decisions(), TODAY) as keep:
        for each in (*ROWS, there):
            keep(each, decided(each, Decisions(), TODAY))
    with StoredHits(path, TODAY) as stored:
        lists = {each for _, each in stored.counts()}
        for text, ats in (
            ("quux ROAD", [11]), ("el-blorf", [4]), ("Blorf worldwide", [4]), ("kepler 803", []),
        ):  # fmt: skip
            found = stored.rows(HitQuery(EVERY, lists, text), 0, 10)
            assert [each.at for each in found] == ats


def test_a_decision_taken_since_counts_for_the_rows_of_its_name_and_country(path: Path) -> None:
    decide(0, "cleared")
    decide(2, "true_match")
    assert standing(path) == [(4, "true_match"), (3, ""), (9, ""), (0, "cleared")]
    decide(0, "reopened")
    assert standing(path) == [(4, "true_match"), (3, ""), (0, ""), (9, "")]


def test_what_was_decided_before_is_written_with_the_rows(path: Path) -> None:
    decide(0, "cleared")
    path.unlink()
    write(path)
    assert standing(path) == [(3, ""), (9, ""), (4, ""), (0, "cleared")]


def test_a_clearance_lapses_on_its_day_though_nothing_was_decided_since(path: Path) -> None:
    decide(0, "cleared", until=LATER)
    assert standing(path) == [(3, ""), (9, ""), (4, ""), (0, "cleared")]
    assert standing(path, LATER) == [(3, ""), (0, "lapsed"), (9, ""), (4, "")]
    assert standing(path, TODAY) == [(3, ""), (9, ""), (4, ""), (0, "cleared")]


def test_where_decisions_are_there_no_longer_all_rows_are_open_again(path: Path) -> None:
    decide(0, "cleared")
    assert (0, "cleared") in standing(path)
    (path.parent / FILE).unlink()
    assert standing(path) == [(3, ""), (0, ""), (9, ""), (4, "")]


def test_a_row_is_known_by_its_name_and_country_as_they_were_asked(path: Path) -> None:
    with StoredHits(path, TODAY) as stored:
        assert stored.parties("Zorblax Ltd", "CN") == [ROWS[0].hits[0].party]
        assert stored.parties("zorblax ltd", "CN") is None
        assert stored.parties("Blorf", "CN") is None


def test_rows_without_a_name_are_told_apart_by_their_addresses(path: Path) -> None:
    rows = [
        RowHits(at, "n/a", "HK", [hit("Address 91", score, 2)], place)
        for at, score, place in ((0, 1.0, "5 Long Road,\nHarbour"), (1, 0.9, "7 Short Lane"))
    ]
    with hits_written(path, Decisions(), TODAY) as keep:
        for each in rows:
            keep(each, decided(each, Decisions(), TODAY))
    party = rows[0].hits[0].party
    made = Decision("n/a", "HK", party, "cleared", "seen", "Bea", TODAY, "", "5 long road, harbour")
    Decisions().add(made)
    with StoredHits(path, TODAY) as stored:
        assert stored.parties("n/a", "HK", "5 Long Road,\r\nHarbour") == [party]
        assert stored.parties("n/a", "HK", "7 Short Lane") == [rows[1].hits[0].party]
        assert stored.parties("n/a", "HK") is None
        found = stored.rows(HitQuery(EVERY, {"EL"}), 0, 10)
    assert [(each.address[:1], each.status) for each in found] == [("7", "hit"), ("5", "cleared")]


def test_decisions_of_some_names_are_read_without_the_others(path: Path) -> None:
    decide(0, "cleared")
    decide(2, "true_match")
    read = Decisions(names=["ZORBLAX ltd"])
    assert len(read) == 1
    assert read.latest("Zorblax Ltd", "CN", ROWS[0].hits[0].party)
    assert not read.latest("Blorf", "US", ROWS[2].hits[0].party)


@pytest.mark.parametrize(
    ("text", "places"),
    [("row 2", [0]), (" Row 1,1", [9]), ("row 1", []), ("row zorblax", []), ("zor ltd", [0, 9])],
)
def test_a_row_is_picked_by_its_number_alone(path: Path, text: str, places: list[int]) -> None:
    with StoredHits(path, TODAY) as stored:
        picked = HitQuery(EVERY, {lists for _, lists in stored.counts()}, text)
        assert [each.at for each in stored.rows(picked, 0, 10)] == places
        assert stored.number(picked) == len(places)


def test_what_an_interrupted_attempt_left_is_written_anew(path: Path) -> None:
    write(path)
    with pytest.raises(KeyboardInterrupt), hits_written(path, Decisions(), TODAY):
        raise KeyboardInterrupt
    write(path)
    assert standing(path) == [(3, ""), (0, ""), (9, ""), (4, "")]
