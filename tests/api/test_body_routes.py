"""Questions in JSON: the same answers as the commands give for a file."""

from __future__ import annotations

import json

import pytest

from detente.api.body_routes import BODY_ROUTES
from detente.api.limits import Limits
from detente.cli.main import ANSWERED, main
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
