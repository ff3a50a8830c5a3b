"""``/v1/duty``: the same answer as the command, asked strictly."""

from __future__ import annotations

import json
from sqlite3 import ProgrammingError
from typing import Any

import pytest

from detente.api.service import Service
from detente.cli.main import main
from tests.served import BATTERY, TODAY, Client, client_of, make_service


def error_of(response: Any) -> dict[str, Any]:
    assert response.headers["content-type"] == "application/json"
    error: dict[str, Any] = response.json()["error"]
    assert error["what"]
    assert error["do"]
    return error


def test_a_query_gives_the_json_of_the_command(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["8507.60.00.10", "--origin", "CN", "--on", "2025-11-12", "--value", "10000"]
    facts = ["--fact", "auto_part=true", "--fact", "us_content=30%", "--quantity", "500kg"]
    assert main(["duty", *words, *facts, "--json"]) == 0
    query = f"{BATTERY}&fact=auto_part=true&fact=us_content=30%25&quantity=500kg"
    assert client.get(f"/v1/duty?{query}").json() == json.loads(capsys.readouterr().out)


def test_every_parameter_reaches_the_question(client: Client) -> None:
    query = f"{BATTERY}&to=us&known_on=2025-12-01&quantity=500kg&quantity=12doz.&base=8%25"
    asked = client.get(f"/v1/duty?{query}").json()
    assert asked["question"]["known_on"] == "2025-12-01"
    assert asked["question"]["quantities"] == {"kg": "500", "doz.": "12"}
    assert asked["layers"][0]["rate"] == "8%"


def test_a_day_that_is_not_given_is_today(client: Client) -> None:
    answer = client.get("/v1/duty?code=8507.60.00.10&origin=CN").json()
    assert answer["question"]["on"] == TODAY


def test_a_posted_question_is_answered_like_a_query(client: Client) -> None:
    question = {
        "code": "8507.60.00.10",
        "origin": "CN",
        "on": "2025-11-12",
        "value": 10000.00,
        "facts": {"auto_part": False},
        "quantities": {"kg": 500},
    }
    posted = client.post("/v1/duty", json=question)
    query = f"{BATTERY}&fact=auto_part=false&quantity=500kg"
    asked = client.get(f"/v1/duty?{query}")
    assert posted.json()["total"] == asked.json()["total"]
    assert posted.json()["question"]["facts"] == {"auto_part": "false"}


def test_the_question_of_an_answer_can_be_posted_back(client: Client) -> None:
    first = client.get(f"/v1/duty?{BATTERY}&fact=auto_part=true").json()
    assert client.post("/v1/duty", json=first["question"]).json() == first


@pytest.mark.parametrize(
    ("query", "where", "stated"),
    [
        ("code=8507.60.00.10&origin=CN&orgin=HK", "orgin", "Did you mean origin?"),
        ("origin=CN", "code", "code is missing"),
        ("code=8507.60.00.10", "origin", "origin is missing"),
        ("code=8507.60.00.10&origin=CN&origin=HK", "origin", "given twice"),
        ("code=8507.60.00.10&origin=Chnia", "origin", "perhaps CN China"),
        ("code=8507.60.00.10&origin=US", "origin", "not imports into it"),
        ("code=8507.60.00.10&origin=CN&to=MX", "to", "to takes"),
        ("code=8507.60.00.10&origin=CN&on=2025-13-01", "on", "YYYY-MM-DD"),
        ("code=8507.60.00.10&origin=CN&known_on=soon", "known_on", "YYYY-MM-DD"),
        ("code=8507.60.00.10&origin=CN&on=1999-01-01", "on", "later day"),
        ("code=8507.60.00.10&origin=CN&value=ten", "value", "1250.00"),
        ("code=8507.60.00.10&origin=CN&value=-1", "value", "negative"),
        ("code=8507.60.00.10&origin=CN&quantity=kg", "quantity", "100kg"),
        ("code=8507.60.00.10&origin=CN&fact=auto_part", "fact", "KEY=VALUE"),
        ("code=8507.60.00.10&origin=CN&fact=autopart=true", "fact autopart", "auto_part"),
        ("code=8507.60.00.10&origin=CN&fact=auto_part=maybe", "fact auto_part", "true or false"),
        ("code=battery&origin=CN", "code", "8507.60.00.10"),
        ("code=8507&origin=CN", "code", "Choose one of its lines"),
        ("code=8507.60.00.99&origin=CN&on=2025-11-12", "code", "Choose a line"),
    ],
)
def test_a_question_that_cannot_be_understood_says_what_where_and_what_to_do(
    client: Client, query: str, where: str, stated: str
) -> None:
    response = client.get(f"/v1/duty?{query}")
    error = error_of(response)
    assert response.status_code == 422
    assert error["where"] == where
    assert stated in f"{error['what']} {error['do']}"


def test_a_short_code_comes_with_the_lines_it_may_mean(client: Client) -> None:
    lines = client.get("/v1/duty?code=8507.60&origin=CN").json()["error"]["candidates"]
    assert lines[0]["code"] == "8507.60.00"
    assert "Lithium-ion" in lines[0]["text"]


@pytest.mark.parametrize(
    ("body", "status", "where"),
    [
        (b"{", 400, "body"),
        (b"[1]", 422, "body"),
        (b'{"code": "8507.60.00.10"}', 422, "origin"),
        (b'{"code": "8507.60.00.10", "origin": "CN", "to": "US"}', 422, "to"),
        (b'{"code": ["8507"], "origin": "CN"}', 422, "code"),
        (b'{"code": "8507.60.00.10", "origin": "CN", "facts": "x=y"}', 422, "facts"),
        (b'{"code": "8507.60.00.10", "origin": "CN", "facts": {"a": []}}', 422, "facts.a"),
        (b"[" * 60_000, 422, "body"),
    ],
)
def test_a_body_that_is_no_question_is_refused(
    client: Client, body: bytes, status: int, where: str
) -> None:
    response = client.post("/v1/duty", content=body)
    assert response.status_code == status
    assert error_of(response)["where"] == where


def test_a_number_in_json_keeps_the_digits_that_were_sent(client: Client) -> None:
    body = (
        b'{"code": "8507.60.00.10", "origin": "CN", "on": "2025-11-12", "value": 90071992547409.93}'
    )
    # 2**53 = 9007199254740992 cents would be the last cent that a float holds exactly.
    assert client.post("/v1/duty", content=body).json()["question"]["value"] == "90071992547409.93"


def test_an_answer_that_the_caller_holds_is_not_sent_again(
    client: Client, service: Service
) -> None:
    plain = {"accept-encoding": "identity"}
    first = client.get(f"/v1/duty?{BATTERY}", headers=plain)
    tag = first.headers["etag"]
    held = {"if-none-match": f'"other", W/{tag}', **plain}
    again = client.get(f"/v1/duty?{BATTERY}", headers=held)
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag
    other = client.get(f"/v1/duty?{BATTERY}&fact=auto_part=true", headers={"if-none-match": tag})
    assert other.status_code == 200
    assert other.headers["etag"] != tag


def test_a_method_that_a_route_lacks_is_refused_in_json(client: Client) -> None:
    response = client.delete("/v1/duty")
    assert response.status_code == 405
    assert error_of(response)["where"] == "method"


def test_health_names_the_register_and_takes_no_parameters(
    client: Client, service: Service
) -> None:
    state = client.get("/healthz").json()
    assert state["status"] == "ok"
    assert state["sha256"] == service.sha256
    assert client.get("/healthz?verbose=1").status_code == 422


def test_a_fault_is_told_without_its_inside(
    client: Client,
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(question: object) -> bytes:
        raise RuntimeError("the inside")

    monkeypatch.setattr(service, "answer_json", broken)
    response = client.get(f"/v1/duty?{BATTERY}")
    assert response.status_code == 500
    assert "the inside" not in response.text
    assert "the inside" in caplog.text


def test_a_key_that_stands_twice_in_a_body_is_refused(client: Client) -> None:
    body = b'{"code": "8507.60.00.10", "origin": "VN", "origin": "CN", "on": "2025-11-12"}'
    response = client.post("/v1/duty", content=body)
    assert response.status_code == 422
    assert response.json()["error"]["where"] == "origin"
    assert "twice" in response.json()["error"]["what"]


def test_a_service_that_is_closed_lets_go_of_its_files_also_of_those_of_the_other_reading() -> None:
    for asked in ("", "&reading=announced"):
        service = make_service()
        with client_of(service) as client:
            assert client.get(f"/v1/duty?{BATTERY}{asked}").status_code == 200
        service.close()
        with pytest.raises(ProgrammingError, match="closed"):
            service.register.names()
        with pytest.raises(ProgrammingError, match="closed"):
            service.schedule.moves()
