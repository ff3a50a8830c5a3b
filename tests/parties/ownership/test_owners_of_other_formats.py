"""Owners in BODS and FollowTheMoney: persons have names too, and an id is no name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.parties.ownership.file import read_all
from detente.parties.ownership.importing import foreign_entities, read_foreign
from detente.parties.ownership.model import Entity, Holdings
from detente.parties.ownership.screened_names import with_listed
from detente.parties.screening.store import Screen
from tests.parties.ownership.ownership_support import answer, holding, ids, seed

LISTED = "Oleg Vladimirovich Deripaska"


def statement(kind: str, record: str, day: str = "2026-01-01", **details: Any) -> dict[str, Any]:
    return {"statementId": f"{record} {day}", "recordId": record, "recordType": kind,
            "statementDate": day, "recordDetails": details}  # fmt: skip


def held_by(*persons: dict[str, Any]) -> list[dict[str, Any]]:
    share = {"type": "shareholding", "share": {"exact": 60}}
    return [
        statement("entity", "the company", name="Zorblax Works"),
        statement(
            "relationship", "r", subject="the company", interestedParty="the person",
            interests=[share],
        ),
        *persons,
    ]  # fmt: skip


def person(day: str = "2026-01-01", **details: Any) -> dict[str, Any]:
    return statement("person", "the person", day, **details)


def put(tmp_path: Path, rows: list[dict[str, Any]], name: str = "bods.json") -> Path:
    path = tmp_path / name
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def screened(path: Path) -> Holdings:
    return with_listed(read_foreign(path), Screen("2026-07-31"), ("SDN",))


@pytest.mark.parametrize(
    "names",
    [
        [{"type": "legal", "fullName": LISTED}],
        [{"givenName": "Oleg", "patronymicName": "Vladimirovich", "familyName": "Deripaska"}],
        [{"fullName": "Bea Quux"}, {"type": "alternative", "fullName": LISTED}],
    ],
)
def test_a_person_of_statements_is_screened_by_each_of_their_names(
    tmp_path: Path, names: list[dict[str, str]]
) -> None:
    held = screened(put(tmp_path, held_by(person(names=names))))
    assert [(seed.id, seed.list) for seed in held.seeds] == [("the person", "SDN")]
    assert ids(answer(held, "ofac", "2026-07-31")["covered"]) == {"the company"}


def test_the_latest_statement_on_a_person_says_how_they_are_called(tmp_path: Path) -> None:
    old, new = (
        person(day, names=[{"fullName": name}])
        for day, name in (("2020-01-01", "Bea Quux"), ("2026-01-01", "Bea Citizen"))
    )
    for rows in ((old, new), (new, old)):
        path = put(tmp_path, held_by(*rows))
        assert read_foreign(path).entities["the person"].name == "Bea Citizen"
        assert foreign_entities(path)["the person"] == Entity(
            "the person", "Bea Citizen", place="bods.json"
        )


def test_a_person_who_is_not_what_the_field_says_is_told_with_the_line(tmp_path: Path) -> None:
    held = read_foreign(put(tmp_path, held_by(person(names=["Bea Quux"]))))
    assert held.left_out == ("bods.json, statement 3, line 1: `names` is not a list of objects",)


@pytest.mark.parametrize(
    ("codes", "covered", "perhaps"),
    [
        (["cn"], {"the company"}, set()),
        (["GB", "CN"], set(), {"the company"}),
        (["GB"], set(), set()),
    ],
)
def test_a_citizen_of_china_is_an_owner_of_cranes_and_one_of_two_countries_perhaps(
    tmp_path: Path, codes: list[str], covered: set[str], perhaps: set[str]
) -> None:
    who = person(names=[{"fullName": "Bea Quux"}], nationalities=[{"code": each} for each in codes])
    found = answer(read_foreign(put(tmp_path, held_by(who))), "us-301-cranes")
    assert (ids(found["covered"]), ids(found["possibly_covered"])) == (covered, perhaps)


def test_a_company_of_one_of_two_countries_is_an_owner_of_cranes_perhaps() -> None:
    places = {"P": Entity("P", perhaps=("CN", "TW")), "Q": Entity("Q", perhaps=("JP", "TW"))}
    rows = (holding("P", "T", "30"), holding("Q", "U", "30"))
    found = answer(Holdings(rows, (), places), "us-301-cranes")
    assert (ids(found["covered"]), ids(found["possibly_covered"])) == (set(), {"T"})


def ftm(key: str, schema: str, **properties: str) -> str:
    told = {name: [text] for name, text in properties.items()}
    return json.dumps({"id": key, "schema": schema, "properties": told})


def test_an_id_of_a_file_of_entities_is_no_name_so_that_nothing_was_screened_of_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "house.ftm.json"
    path.write_text(
        ftm("zorblax", "Company", name="Zorblax Works")
        + "\n"
        + ftm("r", "Ownership", owner="NK-zAqUxQuuxly", asset="zorblax", percentage="60"),
        encoding="utf-8",
    )
    held = screened(path)
    assert held.unscreened == ("NK-zAqUxQuuxly",)
    assert any(
        note == "1 party has no name in the file, such as NK-zAqUxQuuxly, and nothing was screened "
        "of it: give names with --entities"
        for note in held.notes
    )
    (tmp_path / "names.csv").write_text(f"id,name,country\nNK-zAqUxQuuxly,{LISTED},\n", "utf-8")
    named = with_listed(
        read_all(path, None, tmp_path / "names.csv"), Screen("2026-07-31"), ("SDN",)
    )
    assert ([seed.list for seed in named.seeds], named.unscreened) == (["SDN"], ())


def of_entities(tmp_path: Path, name: str = "house.ftm.json", **told: list[str]) -> Path:
    path = tmp_path / name
    company = {"id": "T", "schema": "Company", "properties": {"name": ["Zorblax"], **told}}
    held = ftm("r", "Ownership", owner="X", asset="T", percentage="60")
    path.write_text(json.dumps(company) + "\n" + held + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("told", "covered", "perhaps"),
    [
        ({"country": ["us"]}, set(), set()),
        ({"country": ["us", "cn"]}, set(), {"T"}),
        ({"country": ["us"], "jurisdiction": ["cn"]}, set(), {"T"}),
        ({"country": ["cn", "hk"]}, {"T"}, set()),
        ({"country": ["us-de"]}, set(), set()),
        ({"country": ["us_de", "us"]}, set(), set()),
        ({"country": ["suhh", "cn"]}, {"T"}, set()),
    ],
)
def test_a_company_of_several_countries_is_not_taken_for_one_of_the_first(
    tmp_path: Path, told: dict[str, list[str]], covered: set[str], perhaps: set[str]
) -> None:
    # The rule does not reach companies of the United States.
    read = read_foreign(of_entities(tmp_path, **told))
    found = answer(read._replace(seeds=(seed("X", "EL"),)), "bis", "2025-10-15")
    assert (ids(found["covered"]), ids(found["possibly_covered"])) == (covered, perhaps)


def test_a_country_of_a_file_of_names_that_is_none_of_today_is_told_and_stops_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "h.csv").write_text("owner,owned,share\nX,T,60\n", "utf-8")
    read = read_all(tmp_path / "h.csv", None, of_entities(tmp_path, "e.json", country=["suhh"]))
    found = answer(read._replace(seeds=(seed("X", "EL"),)), "bis", "2025-10-15")
    assert ids(found["covered"]) == {"T"}
    assert any(note.startswith("SUHH: no country of today") for note in found["notes"])
    (tmp_path / "e.csv").write_text("id,name,country\nT,Zorblax,suhh\n", "utf-8")
    read = read_all(tmp_path / "h.csv", None, tmp_path / "e.csv")
    with pytest.raises(ValueError, match=r"e\.csv:2: country: unknown country 'SUHH'"):
        answer(read, "bis", "2025-10-15")


def test_a_part_of_a_country_is_that_country_in_a_table_too(tmp_path: Path) -> None:
    (tmp_path / "h.csv").write_text("owner,owned,share\nP,T,30\nQ,U,30\nR,V,30\n", "utf-8")
    (tmp_path / "e.csv").write_text("id,name,country\nP,,CN-11\nQ,,CN-HK\nR,,US-DE\n", "utf-8")
    found = answer(read_all(tmp_path / "h.csv", None, tmp_path / "e.csv"), "us-301-cranes")
    assert (ids(found["covered"]), ids(found["possibly_covered"])) == ({"T"}, {"U"})


def test_holdings_in_json_are_read_in_utf_16_and_half_of_a_character_is_told(
    tmp_path: Path,
) -> None:
    path = tmp_path / "h.json"
    row = {"owner": "X", "owned": "佐尔布", "share": 60}
    path.write_text(json.dumps([row], ensure_ascii=False), encoding="utf-16")
    assert [held.owned for held in read_all(path).rows] == ["佐尔布"]
    path.write_text(json.dumps([row, row | {"owned": "Quux \ud83d"}]), encoding="utf-8")
    with pytest.raises(ValueError, match="line 1: owned has half of a character; check the file"):
        read_all(path)
