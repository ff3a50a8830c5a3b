from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from detente.parties.lists.lists import read_list
from detente.parties.lists.policy import normal_policy, normal_requirement

REFERENCE = os.environ.get("DETENTE_REFERENCE")
needs_reference = pytest.mark.skipif(REFERENCE is None, reason="DETENTE_REFERENCE is not set")


def reference(name: str) -> str:
    return str(Path(REFERENCE or "") / "parties" / name)


@pytest.mark.reference
@needs_reference
def test_the_snapshot_of_the_screening_list_is_read_whole() -> None:
    reading = read_list(reference("consolidated-screening-list-2026-07-31.json"))
    assert (reading.format, reading.source_date) == ("csl", "2026-07-31")
    # 25,921 entries by the file's own count, and nothing left over.
    assert (reading.rows, len(reading.entries), reading.not_understood) == (25921, 25921, ())
    assert sum(entry.list == "EL" for entry in reading.entries) == 3420


@pytest.mark.reference
@needs_reference
def test_the_sdn_files_are_read_with_names_and_addresses_beside_them() -> None:
    reading = read_list(reference("ofac/sdn.csv"))
    first = reading.entries[0]
    assert (first.key, first.programme, first.countries) == ("36", "CUBA", ("CU",))
    assert [name.text for name in first.names] == ["AEROCARIBBEAN AIRLINES", "AERO-CARIBBEAN"]


@pytest.mark.reference
@needs_reference
def test_every_example_of_ownership_statements_is_read() -> None:
    files = sorted(Path(reference("bods-0.4-examples")).glob("*.json"))
    assert len(files) == 19
    assert {read_list(str(file)).format for file in files} == {"bods"}


def test_the_download_of_the_screening_list_is_read_like_the_snapshot(tmp_path: Path) -> None:
    row = {
        "name": "Acme Co.",
        "alt_names": ["Acme Trading"],
        "source": "Entity List (EL) - Bureau of Industry and Security",
        "addresses": [{"country": "CN"}],
        "license_requirement": "For all items subject to the EAR",
        "license_policy": "Presumption of Denial",
        "federal_register_notice": "1 FR 1",
        "start_date": "2025-01-02",
    }
    file = tmp_path / "live.json"
    file.write_text(json.dumps({"results": [row, {"source": "x"}]}))
    reading = read_list(str(file))
    (entry,) = reading.entries
    assert (entry.list, entry.policy, entry.since) == ("EL", "presumption_of_denial", "2025-01-02")
    assert (entry.countries, entry.requirement) == (("CN",), "all_items")
    assert reading.not_understood == ("entry 2, line 1: no name",)


def test_a_level_two_file_gives_who_consolidates_whom(tmp_path: Path) -> None:
    head = (
        "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,"
        "Relationship.RelationshipType,Relationship.RelationshipStatus"
    )
    child, parent = "A" * 20, "B" * 20
    file = tmp_path / "rr.csv"
    file.write_text(f"{head}\n{child},{parent},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE\nx,y,z,ACTIVE\n")
    reading = read_list(str(file))
    assert [(each.owner, each.owned) for each in reading.holdings] == [(parent, child)]
    assert reading.not_understood == ("line 3: 'x' or 'y' is not an LEI",)


def test_lines_of_follow_the_money_carry_sanctions_and_ownership(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "schema": "Company", "properties": {"name": ["Acme"], "country": ["cn"]}},
        {"id": "s", "schema": "Sanction", "properties": {"entity": ["a"], "program": ["X-1"]}},
        {
            "id": "o",
            "schema": "Ownership",
            "properties": {"owner": ["b"], "asset": ["a"], "percentage": ["51%"]},
        },
    ]
    file = tmp_path / "x.ftm.json"
    file.write_text("\n".join(map(json.dumps, rows)))
    reading = read_list(str(file))
    assert reading.entries[0].programme == "X-1"
    assert [(each.owner, each.owned, each.share) for each in reading.holdings] == [("b", "a", "51")]


def test_a_plain_table_names_the_columns_that_it_does_not_know(tmp_path: Path) -> None:
    file = tmp_path / "house.csv"
    file.write_text("name,aliases,mood\nAcme,Acme A; Acme B,bad\n,,\n")
    reading = read_list(str(file))
    assert reading.entries[0].list == "HOUSE"
    assert len(reading.entries[0].names) == 3
    assert reading.not_understood == ("column 'mood'", "line 3: no name")


@pytest.mark.parametrize(
    ("header", "countries"),
    [
        pytest.param("name,Country,ALIAS", [("CN",), ("DE", "FR"), ("Atlantis",)], id="one"),
        pytest.param(
            "name,countries,aliases", [("CN",), ("DE", "FR"), ("Atlantis",)], id="several"
        ),
    ],
)
def test_countries_of_a_table_are_codes_whether_its_heading_says_one_or_several(
    tmp_path: Path, header: str, countries: list[tuple[str, ...]]
) -> None:
    file = tmp_path / "house.csv"
    file.write_text(f"{header}\nA Co,China,One\nB Co,de; France,\nC Co,Atlantis,\n")
    reading = read_list(file)
    assert [each.countries for each in reading.entries] == countries
    assert [name.text for name in reading.entries[0].names] == ["A Co", "One"]
    assert reading.not_understood == ()


def test_of_two_columns_for_countries_the_one_that_is_known_counts(tmp_path: Path) -> None:
    file = tmp_path / "house.csv"
    file.write_text("name,country,countries\nA Co,China,FR\n")
    reading = read_list(file)
    assert reading.entries[0].countries == ("FR",)
    assert reading.not_understood == ("column 'country': did you mean 'countries'?",)


@pytest.mark.parametrize("form", ["csl", "ofac", "bods", "gleif", "ftm", "csv"])
def test_the_wrong_file_is_named_as_such(form: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.txt"
    file.write_text('{"menu": "soup"}\n')
    with pytest.raises(ValueError, match=r"wrong\.txt is no .*--format"):
        read_list(str(file), form)


def test_an_empty_file_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.touch()
    with pytest.raises(ValueError, match="is empty"):
        read_list(str(file))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Presumption for denial.", "presumption_of_denial"),
        ("Policy of Denial", "policy_of_denial"),
        ("Case-by-case review. Presumption of denial for all others.", "mixed"),
        ("See § 744.2(d) of the EAR", "see_section"),
        ("", ""),
    ],
)
def test_a_review_policy_is_one_word_in_all_its_spellings(text: str, word: str) -> None:
    assert normal_policy(text) == word


def test_a_requirement_with_a_carve_out_is_not_one_without() -> None:
    assert normal_requirement("For all items subject to the EAR.") == "all_items"
    text = "All items subject to the EAR except for: crude oil"
    assert normal_requirement(text) == "all_items_with_exceptions"
