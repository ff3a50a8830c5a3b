"""A shipment as files, options and rows of a table give it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.duty.question import QuestionError
from detente.transaction.shipment import (
    ROLES,
    Owner,
    Party,
    Shipment,
    party_of,
    read_shipment,
    shipment_of,
    shipment_row_of,
)
from detente.transaction.shipment_rows import check_shipment_columns, shipment_row

WHOLE = {
    "code": "8507.60.00.10",
    "item": "3A001",
    "origin": "CN",
    "from": "HK",
    "destination": "US",
    "on": "2025-11-12",
    "value": 10000.10,
    "quantities": {"kg": 420},
    "parties": [
        {
            "name": "A",
            "role": "End-User",
            "country": "cn",
            "owners": [
                {
                    "name": "B",
                    "share": "1/3",
                    "list": "el; sdn",
                    "owners": [{"name": "C", "share": 60}],
                }
            ],
        }
    ],
    "end_use": "civil",
    "facts": {"auto_part": False},
    "parameters": {"tpp": 2368},
    "content": {"dysprosium": "0.2%"},
    "base": "3%",
}

YAML = """
# Facts keep their words: NO is a country, and on: is a day.
code: 8507.60.00.10
origin: NO
destination: US
on: 2025-11-12
value: 10000.10
facts: {auto_part: false}
parties:
  - name: A
    role: consignee
"""


def test_every_key_of_a_json_file_is_read_and_numbers_stay_as_written() -> None:
    asked = read_shipment(json.dumps(WHOLE), "s.json")
    shipment = asked.shipment
    assert asked.on == "2025-11-12"
    assert shipment.value == "10000.1"  # as JSON has it, and no float in between
    assert shipment.leaves_from == "HK"
    assert shipment.quantities == {"kg": "420"}
    assert shipment.facts == {"auto_part": "false"}
    owner = Owner("B", "1/3", "", ("EL", "SDN"), "", (Owner("C", "60"),))
    assert shipment.parties == (Party("A", "end_user", "CN", (owner,)),)


def test_yaml_is_read_with_the_words_that_were_written() -> None:
    asked = read_shipment(YAML, "s.yaml")
    assert asked.shipment.origin == "NO"
    assert asked.on == "2025-11-12"
    assert asked.shipment.code == "8507.60.00.10"
    assert asked.shipment.facts == {"auto_part": "false"}
    assert asked.shipment.parties == (Party("A", "consignee"),)


def test_a_shipment_written_out_and_read_again_is_the_same() -> None:
    asked = read_shipment(json.dumps(WHOLE), "s.json")
    again = shipment_of(shipment_row_of(asked.shipment, asked.on, None))
    assert again.shipment == asked.shipment
    assert again.on == asked.on


words = st.text(min_size=1, max_size=8).map(str.strip).filter(bool)


@settings(max_examples=40)
@given(name=words, role=st.sampled_from(ROLES), value=words, key=words)
def test_any_text_survives_writing_and_reading(name: str, role: str, value: str, key: str) -> None:
    shipment = Shipment("1", "CN", value, parties=(Party(name, role),), facts={key: value})
    text = json.dumps(shipment_row_of(shipment, "2025-11-12", None))
    assert read_shipment(text, "s").shipment == shipment


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"orgin": "CN"}, "unknown key 'orgin': did you mean 'origin'"),
        ({"parties": {"name": "A"}}, "parties: write a list"),
        ({"parties": [{"role": "end_user"}]}, "party 1: its name is missing"),
        (
            {"parties": [{"name": "A", "role": "friend"}]},
            "'friend' is not a role: write one of exporter",
        ),
        ({"parties": [{"name": "A", "owner": []}]}, "unknown key 'owner': did you mean 'owners'"),
        ({"parties": [{"name": "A", "owners": [{"name": "B"}]}]}, "its share is missing"),
        (
            {"parties": [{"name": "A", "owners": [{"name": "B", "share": "101"}]}]},
            "above 100 percent",
        ),
        ({"facts": "auto_part"}, "facts: write an object"),
        ({"value": [1]}, "value: write one value"),
    ],
)
def test_what_is_not_a_shipment_is_refused_with_the_place(
    change: dict[str, object], says: str
) -> None:
    with pytest.raises(QuestionError, match=says):
        read_shipment(json.dumps({**WHOLE, **change}), "s.json")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[]", "is not a shipment"),
        ('{"code": ', "is not JSON"),
        ('{"code": "1", "code": "2"}', "'code' stands twice"),
        ("just words", "is not a shipment"),
        ("a: [1", "s.yaml:"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text: str, says: str) -> None:
    with pytest.raises(QuestionError, match=says):
        read_shipment(text, "s.yaml")


def test_owners_of_owners_without_end_are_refused() -> None:
    owner: dict[str, object] = {"name": "x", "share": "60"}
    for _ in range(25):
        owner = {"name": "x", "share": "60", "owners": [owner]}
    with pytest.raises(QuestionError, match="20 tiers"):
        shipment_of({"parties": [{"name": "A", "owners": [owner]}]})


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("A Co., Ltd.", Party("A Co., Ltd.")),
        ("A:end user", Party("A", "end_user")),
        ("A:Consignee:hk", Party("A", "consignee", "HK")),
        ("A::HK", Party("A", "other", "HK")),
    ],
)
def test_a_party_of_an_option_is_name_role_and_country(text: str, party: Party) -> None:
    assert party_of(text) == party


def test_a_row_of_a_table_is_a_shipment() -> None:
    row = {
        "id": "1",
        "code": "0402.10.50.00",
        "origin": "CN",
        "destination": "US",
        "on": "",
        "quantity": "500",
        "unit": "kg",
        "party": "A",
        "party_role": "maker",
        "party_country": "",
        "fact.donation": "true",
        "param.tpp": "",
    }
    asked = shipment_row(row)
    expected = Shipment(
        "0402.10.50.00",
        "CN",
        quantities={"kg": "500"},
        parties=(Party("A", "maker"),),
        facts={"donation": "true"},
    )
    assert asked.shipment == expected
    assert asked.on == ""


def test_the_address_of_a_party_is_read_from_a_row_and_told_only_where_it_is_stated() -> None:
    row = {
        "code": "0402.10.50.00",
        "destination": "US",
        "party": "A",
        "party_address": " 1 Elm St ",
    }
    asked = shipment_row(row).shipment
    assert asked.parties == (Party("A", address="1 Elm St"),)
    described = shipment_row_of(asked, "2026-08-01", None)
    assert described["parties"][0]["address"] == "1 Elm St"
    again = shipment_of({key: each for key, each in described.items() if each}, "it")
    assert again.shipment.parties == asked.parties
    (bare,) = shipment_row_of(
        Shipment("0402.10.50.00", parties=(Party("A"),)), "2026-08-01", None
    )["parties"]  # fmt: skip
    assert "address" not in bare
    with pytest.raises(QuestionError, match="the address '1 Elm St' has no name: name who"):
        shipment_row({**row, "party": ""})


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ("origin,destination", "no column code or item"),
        ("code,origin", "or no destination"),
        ("code,code,destination", "stands twice"),
        ("code,destination,status", "output column's name"),
    ],
)
def test_a_table_that_is_none_of_shipments_is_refused(columns: str, says: str) -> None:
    with pytest.raises(QuestionError, match=says):
        check_shipment_columns(columns.split(","))


def test_a_quantity_without_its_unit_is_refused() -> None:
    with pytest.raises(QuestionError, match="has no unit"):
        shipment_row({"code": "1", "destination": "US", "quantity": "500", "unit": ""})


def test_a_deemed_export_is_assessed_by_the_citizenship_of_the_person_and_owes_no_duty() -> None:
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.transaction.assessment import Assessor

    # 3E001 is controlled for NS 1, which the Country Chart marks for China.
    shipment = Shipment(item="3E001", leaves_from="US", deemed_to="CN")
    answer = Assessor(Register.built_in(), Schedule()).assess(shipment, "2026-08-01", None)
    assert answer["licence"]["transfer"] == "deemed"
    assert answer["licence"]["decision"] == "licence"
    assert answer["duty"]["why"] == "Technology released to a person enters nowhere."
    given = shipment_row_of(shipment, "2026-08-01", None)
    assert given["deemed_to"] == "CN"
    assert "transfer" not in given, (
        "what was not said is not a key, so older records keep their hash"
    )


def test_a_transfer_that_the_countries_do_not_make_is_refused() -> None:
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.transaction.assessment import Assessor

    assessor = Assessor(Register.built_in(), Schedule())
    export = Shipment(item="3A090", leaves_from="NL", destination="CN", transfer="export")
    with pytest.raises(ValueError, match="what leaves NL is a reexport"):
        assessor.assess(export, "2026-08-01", None)
    released = Shipment(code="8507600010", item="3E001", leaves_from="US", deemed_to="CN")
    with pytest.raises(ValueError, match="enters nowhere"):
        assessor.assess(released, "2026-08-01", None)
