"""Decisions and kept tables of partners: what counts, until when, and what is told of it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from detente.parties.masters.columns import ColumnPlaces, columns_of
from detente.parties.masters.decisions import (
    COLUMNS,
    OPEN,
    Decision,
    Decisions,
    HitStanding,
    ReviewedParty,
    decision_row,
    rows_of,
)
from detente.parties.masters.stored import Master, Masters, changes

PARTY = ReviewedParty("EL-1", "Zorblax", "EL; SDN", "h1")


def decision(**more: Any) -> Decision:
    fields: dict[str, Any] = {
        "name": "Zorblax Ltd", "country": "CN", "party": PARTY, "verdict": "cleared",
        "why": "another party", "by": "Bea", "decided": "2026-01-01", "until": "",
    }  # fmt: skip
    return Decision(**fields | more)


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "home" / "decisions.sqlite")


def told(standing: HitStanding) -> tuple[str, str]:
    return standing.state, standing.because


def test_a_decision_counts_for_its_name_country_and_party(file: str) -> None:
    kept = Decisions(file)
    kept.add(decision())
    for name, country, party, state in (
        ("ZORBLAX  ltd", "CN", PARTY, "cleared"), ("Zorblax Ltd", "", PARTY, ""),
        ("Zorblax", "CN", PARTY, ""), ("Zorblax Ltd", "CN", PARTY._replace(key="EL-2"), ""),
    ):  # fmt: skip
        assert kept.standing(name, country, party, "2026-02-01").state == state
    assert Decisions(file).standing("Zorblax Ltd", "CN", PARTY, "2026-02-01") == HitStanding(
        "cleared", decision()
    )


def test_a_decision_is_found_when_another_list_has_become_the_strictest(file: str) -> None:
    kept = Decisions(file)
    kept.add(decision(verdict="true_match"))
    now = ReviewedParty("SDN-2", "Zorblax", "SDN; EL", "h2", ("SDN-2", "EL-1"))
    assert told(kept.standing("Zorblax Ltd", "CN", now, "2026-02-01")) == ("true_match", "")
    kept.add(decision(party=now))
    before = ReviewedParty("EL-1", "Zorblax", "EL; SDN", "h2", ("EL-1", "SDN-2"))
    for again in (kept, Decisions(file)):  # the latest of two counts, whatever it was kept under
        assert told(again.standing("Zorblax Ltd", "CN", before, "2026-02-01")) == ("cleared", "")
    kept.add(decision(verdict="reopened"))
    assert told(kept.standing("Zorblax Ltd", "CN", now, "2026-02-01")) == ("", "")


def test_a_decision_is_found_when_the_entry_that_was_the_strictest_has_gone(file: str) -> None:
    kept = Decisions(file)
    both = ReviewedParty("EL-1", "Zorblax", "EL; CMIC", "h1", ("EL-1", "CMIC-2"))
    kept.add(decision(party=both, verdict="true_match"))
    left = ReviewedParty("CMIC-2", "Zorblax", "CMIC", "h2", ("CMIC-2",))
    for again in (kept, Decisions(file)):
        assert told(again.standing("Zorblax Ltd", "CN", left, "2026-02-01")) == ("true_match", "")
    kept.add(decision(party=both))
    for again in (kept, Decisions(file)):
        found = again.standing("Zorblax Ltd", "CN", left, "2026-02-01")
        assert told(found) == ("lapsed", "the party's listings changed since")
    for key in ("EL-1", "CMIC-2"):
        kept_of = kept.of_entry("Zorblax Ltd", "CN", key)
        assert kept_of is not None
        assert kept_of.party == both


def test_decisions_kept_without_the_entries_of_their_party_are_read_and_added_to(
    file: str,
) -> None:
    kept = Decisions(file)
    kept.add(decision())
    with closing(sqlite3.connect(file)) as database, database:
        for column in ("keys", "address"):
            database.execute(f"ALTER TABLE decisions DROP COLUMN {column}")
    assert Decisions(file).standing("Zorblax Ltd", "CN", PARTY, "2026-02-01").state == "cleared"
    Decisions(file).add(decision(verdict="true_match"))
    found = Decisions(file).standing("Zorblax Ltd", "CN", PARTY, "2026-02-01")
    assert found.state == "true_match"
    assert len(list(Decisions(file).history())) == 2


def test_a_decision_ends_on_its_day_or_when_what_was_looked_at_changes(file: str) -> None:
    kept = Decisions(file)
    kept.add(decision(until="2026-03-01"))
    changed = PARTY._replace(listings="h2")
    assert told(kept.standing("Zorblax Ltd", "CN", PARTY, "2026-02-28")) == ("cleared", "")
    assert told(kept.standing("Zorblax Ltd", "CN", PARTY, "2026-03-01")) == (
        "lapsed", "it counted until 2026-03-01",
    )  # fmt: skip
    assert told(kept.standing("Zorblax Ltd", "CN", changed, "2026-02-28")) == (
        "lapsed", "the party's listings changed since",
    )  # fmt: skip
    # what is the listed party stays so, whatever its listings say
    kept.add(decision(verdict="true_match"))
    assert told(kept.standing("Zorblax Ltd", "CN", changed, "2026-09-01")) == ("true_match", "")
    kept.add(decision(verdict="reopened"))
    again = kept.standing("Zorblax Ltd", "CN", PARTY, "2026-09-01")
    assert (again.state, again.decision) == ("", decision(verdict="reopened"))
    assert kept.standing("Other", "CN", PARTY, "2026-09-01") == HitStanding("")
    assert (len(kept), len(list(kept.history()))) == (1, 3)
    assert [each.verdict for each in Decisions(file).history()] == [
        "cleared", "true_match", "reopened",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"verdict": "maybe"}, "verdict 'maybe': write cleared, true_match, reopened"),
        ({"why": " "}, "why: say what the decision rests on"),
        ({"by": " "}, "by: say who decides"),
        ({"until": "2026-01-01"}, "until 2026-01-01 is not after 2026-01-01: it is the first day"),
        ({"until": "soon"}, "soon"),
    ],
)
def test_a_decision_that_cannot_be_is_not_kept(
    file: str, fields: dict[str, str], message: str
) -> None:
    kept = Decisions(file)
    with pytest.raises(ValueError, match=message):
        kept.add(decision(**fields))
    assert (len(kept), list(Decisions(file).history())) == (0, [])
    kept.add(decision(until="2026-01-02", why=" so ", by=" Bea "))
    (found,) = Decisions(file).history()
    assert (found.why, found.by) == ("so", "Bea")


def test_a_decision_is_a_row_under_the_columns_of_a_file() -> None:
    row = {
        "name": "Zorblax Ltd", "country": "CN", "entry": "Zorblax", "lists": "EL; SDN",
        "party": "EL-1", "verdict": "cleared", "why": "another party", "by": "Bea",
        "decided": "2026-01-01", "until": "", "address": "",
    }  # fmt: skip
    assert decision_row(decision()) == row
    assert tuple(row) == COLUMNS
    assert list(rows_of([decision()])) == [tuple(row.values())]


# --- columns -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "name", "places"),
    [
        (["No", "Name", "Country", "City"], "", (1, 2, 3)),
        (["Vendor", "Vendor Name"], "", (1, None, None)),
        (["Vendor", "City"], "", (0, None, 1)),
        (["Origin", "Buyer"], "", (1, 0, None)),
        (["Name", "Firm"], " firm ", (1, None, None)),
        (["", "Vendor Name", ""], "", (1, None, None)),
        (["供应商名称", "国家"], "", (0, 1, None)),
        (["Vendor", "Street Address", "City"], "", (0, None, 2, 1)),
        (["公司名称", "注册地址"], "", (0, None, None, 1)),
    ],
)
def test_columns_are_found_by_their_headings(
    headings: list[str], name: str, places: tuple[int | None, ...]
) -> None:
    assert columns_of(headings, name) == ColumnPlaces(*places)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("headings", "name", "told"),
    [
        (["A", "", "B"], "", "no column that is known to hold names, but A, B: name the column of"),
        (["Name"], "Firm", "no column 'Firm', but Name: name the column of the partners"),
        ([f"c{at}" for at in range(14)], "", "but c0, c1, .*, c10, c11: name the column"),
    ],
)  # fmt: skip
def test_a_table_without_names_says_what_stands_there(
    headings: list[str], name: str, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        columns_of(headings, name)


# --- tables that are kept ------------------------------------------------------------------------


def row(
    at: int, name: str, *parties: str, keys: tuple[str, ...] = (), full: bool = False,
    standing: HitStanding = OPEN,
) -> Any:  # fmt: skip
    return SimpleNamespace(
        at=at,
        name=name,
        parties=parties,
        keys=keys,
        full=full,
        standing=standing,
        standings={},
    )


def test_rows_to_which_a_party_came_or_from_which_one_went_are_told_in_their_order() -> None:
    before = Master("", "", parties={"0": ["A", "B"], "2": ["C"], "3": ["D"]})
    found = [
        row(3, "three", "D"), row(2, "two"), row(1, "one", "E", "A"), row(0, "nought", "B", "C"),
    ]  # fmt: skip
    assert [tuple(each) for each in changes(before, found)] == [
        (0, "nought", ("C",), ("A",), "", ""), (1, "one", ("A", "E"), (), "", ""),
        (2, "two", (), ("C",), "", ""),
    ]  # fmt: skip


def test_a_party_that_is_told_under_another_entry_or_pushed_out_did_not_go() -> None:
    before = Master("", "", parties={"0": ["EL-1 A", "EL-2 A"], "1": ["EL-1 A", "EL-2 B"]})
    one = row(0, "nought", "SDN-3 A", keys=("SDN-3", "EL-1", "EL-2"))
    both = row(1, "one", "EL-1 A", keys=("EL-1", "EL-2"))
    full = row(1, "one", "SDN-3 C", keys=("SDN-3",), full=True)
    assert [tuple(each) for each in changes(before, [one, both])] == [
        (0, "nought", ("SDN-3 A",), (), "", "")
    ]
    assert [tuple(each) for each in changes(before, [full])] == [
        (1, "one", ("SDN-3 C",), (), "", "")
    ]


def test_a_party_known_by_another_of_its_entries_did_not_come_when_the_strictest_one_went() -> None:
    before = Master("", "", parties={"0": ["EL-1 A"]}, entries={"0": ["EL-1", "SDN-3"]})
    now = row(0, "nought", "SDN-3 A", keys=("SDN-3",))
    assert [tuple(each) for each in changes(before, [now])] == [
        (0, "nought", (), ("EL-1 A",), "", "")
    ]


def test_a_clearance_taken_since_the_last_screening_that_lapsed_is_told_once() -> None:
    before = Master("", "", parties={"0": ["EL-1 A"]}, entries={"0": ["EL-1"]})
    lapsed = HitStanding("lapsed", decision(), "the party's listings changed since")
    now = row(0, "nought", "EL-1 A", keys=("EL-1",), standing=lapsed)
    told = "its clearance lapsed: the party's listings changed since"
    assert [tuple(each) for each in changes(before, [now])] == [(0, "nought", (), (), told, "")]
    assert changes(before._replace(lapsed=[0]), [now]) == []


def test_a_state_of_a_kept_table_with_fields_of_another_version_is_read(tmp_path: Path) -> None:
    source = tmp_path / "vendors.csv"
    source.write_text("name\nAcme\n", encoding="utf-8")
    kept = Masters(str(tmp_path / "masters"))
    made = kept.keep("vendors.csv", source)
    state = tmp_path / "masters" / made.id / "state.json"
    stated = {**json.loads(state.read_text(encoding="utf-8")), "cleared": [0]}
    state.write_text(json.dumps(stated), encoding="utf-8")
    assert kept.get(made.id) == made


def test_a_table_is_kept_under_an_id_and_found_by_it_or_by_its_name(tmp_path: Path) -> None:
    source = tmp_path / "Vendors.CSV"
    source.write_text("name\nAcme\n", encoding="utf-8")
    kept = Masters(str(tmp_path / "masters"))
    assert kept.all() == []
    with pytest.raises(ValueError, match="'x' is not kept; kept: none"):
        kept.get("x")
    made = kept.keep("vendors.csv", source, Master("", "", column="name", country="CN"))
    assert (made.name, made.column, made.country, len(made.id)) == ("vendors.csv", "name", "CN", 12)
    assert kept.table(made).read_text("utf-8") == "name\nAcme\n"
    assert kept.table(made).name == "table.csv"
    assert kept.get(made.id) == kept.get("vendors.csv") == made
    other = kept.keep("vendors.csv", source)
    with pytest.raises(ValueError, match=r"is the name of several: write an id, or --all"):
        kept.get("vendors.csv")
    early = kept.keep("a.csv", source)
    assert [each.name for each in kept.all()] == ["a.csv", "vendors.csv", "vendors.csv"]
    # what is damaged or no table is passed over
    (tmp_path / "masters" / early.id / "state.json").write_text("{", encoding="utf-8")
    (tmp_path / "masters" / "notes").mkdir()
    assert {each.id for each in kept.all()} == {made.id, other.id}
    kept.remove(other)
    assert [each.id for each in kept.all()] == [made.id]
