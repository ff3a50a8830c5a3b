"""Questions in JSON: the same answers as the commands give for a file."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from detente.api.body_routes import BODY_ROUTES, check_holdings, check_names
from detente.api.limits import Limits
from detente.api.refusals import RefusedError
from detente.cli.main import ANSWERED, main
from detente.duty.question import QuestionError
from tests.served import client_of, make_service


@pytest.fixture(scope="module")
def client():
    with client_of(make_service()) as made:
        yield made


@pytest.mark.parametrize("posted", BODY_ROUTES, ids=lambda posted: posted.name)
def test_the_sample_is_answered_and_an_unknown_key_is_refused(client, posted):
    assert client.post(f"/v1/{posted.name}", json=posted.sample).status_code == 200
    refused = client.post(f"/v1/{posted.name}", json={**posted.sample, "nme": "x"})
    assert refused.status_code == 422
    assert "nme" in refused.json()["error"]["what"]


def test_a_transaction_is_that_of_the_command(client, tmp_path, capsys):
    sample = next(each for each in BODY_ROUTES if each.name == "assess").sample
    file = tmp_path / "shipment.json"
    file.write_text(json.dumps(sample), encoding="utf-8")
    assert main(["assess", str(file), "--json"]) == ANSWERED
    assert client.post("/v1/assess", json=sample).json() == json.loads(capsys.readouterr().out)


def test_ownership_is_that_of_the_command(client, tmp_path, capsys):
    holdings, seeds = tmp_path / "holdings.csv", tmp_path / "seeds.csv"
    holdings.write_text("owner,owned,share\na,c,30\nb,c,20%\nc,d,1/2\n", encoding="utf-8")
    seeds.write_text("id,list\na,EL\nb,EL\n", encoding="utf-8")
    words = ["owners", str(holdings), "--seeds", str(seeds), "--on", "2025-10-15", "--json"]
    assert main(words) == ANSWERED
    printed = json.loads(capsys.readouterr().out)
    body = {
        "holdings": [
            {"owner": "a", "owned": "c", "share": "30"},
            {"owner": "b", "owned": "c", "share": "20%"},
            {"owner": "c", "owned": "d", "share": "1/2"},
        ],
        "seeds": [{"id": "a", "list": "EL"}, {"id": "b", "list": "EL"}],
        "on": "2025-10-15",
    }
    assert client.post("/v1/owners", json=body).json() == printed


def test_names_of_owners_are_screened_as_by_the_command(client, tmp_path, capsys):
    holdings = tmp_path / "holdings.csv"
    holdings.write_text("owner,owned,share\nHuawei Technologies,Beta Works,60\n", encoding="utf-8")
    words = ["owners", str(holdings), "--screen", "--on", "2025-10-15"]
    assert main([*words, "--json"]) == ANSWERED
    printed = json.loads(capsys.readouterr().out)
    body = {
        "holdings": [{"owner": "Huawei Technologies", "owned": "Beta Works", "share": "60"}],
        "screen": True,
        "on": "2025-10-15",
    }
    assert client.post("/v1/owners", json=body).json() == printed
    assert {"list/EL", "list/MEU", "list/SDN"} <= {row["what"] for row in printed["coverage"]}
    assert main(words) == ANSWERED
    assert "in part, through 2026-07-31 EL, MEU" in capsys.readouterr().out
    refused = client.post("/v1/owners", json={**body, "screen": "yes"})
    assert refused.status_code == 422
    assert "Write true, to screen the names, or false" in refused.text
    unscreened = client.post("/v1/owners", json={**body, "screen": False}).json()
    assert unscreened["covered"] == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("assess", b"{", 422),
        ("assess", b"\xff", 400),
        ("owners", b"[]", 422),
        ("owners", b"{", 400),
        ("owners", b'{"holdings": [1]}', 422),
        ("owners", b'{"holdings": [{"owner": "a", "owned": "b", "share": "101"}]}', 422),
        ("owners", b'{"holdings": [], "regime": "x"}', 422),
        ("screen", b'{"names": "x"}', 422),
        ("screen", b'{"names": ["x"], "top": 0}', 422),
        ("screen", b'{"names": ["x"], "on": "soon"}', 422),
        ("screen", json.dumps({"names": ["x"] * (Limits().names + 1)}).encode(), 422),
    ],
)
def test_a_body_that_cannot_be_understood_is_refused_with_what_to_do(client, path, body, status):
    response = client.post(f"/v1/{path}", content=body)
    assert response.status_code == status, response.text
    assert response.json()["error"]["do"]


def test_names_and_rows_are_taken_up_to_their_limits_and_not_beyond():
    limits = Limits(names=2, name=3, holdings=4)
    check_names(limits, ["abc", "abc"])
    check_names(limits, [])
    with pytest.raises(RefusedError, match="3 names are too many"):
        check_names(limits, ["a", "b", "c"])
    with pytest.raises(RefusedError, match="Name 2 has 4 characters"):
        check_names(limits, ["abc", "abcd"])
    check_holdings(limits, [1, 2], [3], None, {"a": 4})
    with pytest.raises(RefusedError, match="5 rows are too many"):
        check_holdings(limits, [1, 2], [3], None, {"a": 4, "b": 5})


def test_a_shipment_in_yaml_has_a_limit_of_its_own_and_one_in_json_has_not():
    assess = next(each for each in BODY_ROUTES if each.name == "assess").answer
    service = SimpleNamespace(limits=Limits(small=10), assess=None)
    with pytest.raises(RefusedError, match="at most 10 bytes"):
        assess(service, b"a: bbbbbbbb")
    for body in (b"a: bbbbbbb", b' {"a": "bbbb"}'):
        with pytest.raises(QuestionError):
            assess(service, body)


@pytest.mark.parametrize(("top", "taken"), [(0, False), (1, True), (100, True), (101, False)])
def test_hits_of_a_name_are_asked_from_one_to_a_hundred(client, top, taken):
    found = client.post("/v1/screen", json={"names": ["Huawei"], "top": top})
    assert (found.status_code == 200) is taken


def test_names_are_screened_by_the_reading_that_is_asked_for(client):
    sent = {"names": ["Skydio"], "on": "2026-12-01", "reading": "announced"}
    found = client.post("/v1/screen", json=sent).json()
    assert found["reading"] == "announced"
    (hit,) = found["results"][0]["hits"]
    assert {each["list"]: each["standing"] for each in hit["lists"]}["CN-UEL"] == "suspended"
    asked = {"name": "Skydio", "on": "2026-12-01", "reading": "announced"}
    assert client.get("/v1/screen", params=asked).json() == found
    party = {"party": "Skydio", "on": "2026-12-01", "reading": "announced"}
    assert client.get("/v1/party", params=party).json()["reading"] == "announced"
    for wrong in (
        client.post("/v1/screen", json={**sent, "reading": "heard"}),
        client.get("/v1/screen", params={**asked, "reading": "heard"}),
    ):
        assert wrong.status_code == 422
        assert "'heard' is not a reading" in wrong.text


def test_an_address_is_asked_without_a_name(client):
    at = "Room 803, Chevalier House, 45-51 Chatham Road South"
    alone = client.get("/v1/screen", params={"address": at})
    assert alone.status_code == 200
    (result,) = alone.json()["results"]
    assert (result["name"], result["hits"][0]["entry"]) == (at, "Address 04")
    missing = client.get("/v1/screen", params={"country": "CN"})
    assert missing.status_code == 422
    assert missing.json()["error"]["what"] == "name is missing."
    document = client.get("/v1/openapi.json").json()["paths"]["/v1/screen"]["get"]["parameters"]
    required = {each["name"]: each["required"] for each in document}
    assert not required["name"]


def test_addresses_stand_beside_names(client):
    at = "Room 803, Chevalier House, 45-51 Chatham Road South"
    sent = {"names": ["Kim Trading", "Acme Bakery"], "addresses": [at, ""]}
    results = client.post("/v1/screen", json=sent).json()["results"]
    assert [len(each["hits"]) for each in results] == [1, 0]
    assert (
        client.get("/v1/screen", params={"name": "Kim Trading", "address": at}).json()["results"][
            0
        ]["hits"][0]["entry"]
        == "Address 04"
    )
    wrong = client.post("/v1/screen", json={**sent, "addresses": [at]})
    assert wrong.status_code == 422
    assert "1 addresses for 2 names" in wrong.text
    assert client.post("/v1/screen", json={**sent, "addresses": at}).status_code == 422


def test_a_listed_address_is_found_without_a_name(client):
    at = "803 Chevalier House, 45-51 Chatham Rd S"
    sent = {"names": ["", "TBD", "Acme Bakery"], "addresses": [at, at, ""]}
    results = client.post("/v1/screen", json=sent).json()["results"]
    assert [each["name"] for each in results] == [at, "TBD", "Acme Bakery"]
    assert [each["status"] for each in results] == ["hit", "hit", "partly"]
    nobody = client.post("/v1/screen", json={"names": ["n/a"], "addresses": ["5 Long Road"]})
    assert nobody.status_code == 422
    assert "its address is none that is listed" in nobody.text
