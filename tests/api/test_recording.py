"""A server with a ledger records what it answers, and does not answer what it cannot record."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from detente.api import query_routes
from detente.api.service import Service
from detente.goods.schedule import Schedule
from detente.questions import addressed
from detente.register.book import Register
from detente.store.ledger import Ledger
from tests.served import Client, client_of

ASK = "/v1/duty?code=8507.60.00.10&origin=CN&on=2025-11-12&value=10000"
PAGE = "/?code=8507.60.00.10&origin=CN&to=US&on=2025-11-12&value=10000"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(str(tmp_path / "ledger.sqlite"), create=True) as kept:
        yield kept


@pytest.fixture
def client(ledger: Ledger) -> Iterator[Client]:
    service = Service(
        Register.built_in(),
        Schedule(),
        lambda: "2026-11-24",
        ledger=ledger,
        clock=lambda: "2026-11-24T00:00:00+00:00",
    )
    with client_of(service) as made:
        yield made


def test_every_answer_is_recorded_also_one_that_is_remembered(
    client: Client, ledger: Ledger
) -> None:
    first, second = client.get(ASK), client.get(ASK)
    assert first.status_code == second.status_code == 200
    entries = list(ledger.entries())
    assert [entry.recorded for entry in entries] == ["2026-11-24T00:00:00+00:00"] * 2
    assert [json.loads(entry.answer) for entry in entries] == [json.loads(first.content)] * 2
    assert not ledger.verify().faults


def test_a_page_that_shows_an_answer_is_recorded(client: Client, ledger: Ledger) -> None:
    shown = client.get(client.get(PAGE).headers["location"])
    assert shown.status_code == 200
    questions = [json.loads(entry.question)["code"] for entry in ledger.entries()]
    assert questions == ["8507600010"]


LICENCE = "/v1/licence?from=CN&to=US&item=gallium&on=2026-01-01"
SHIPMENT = {"code": "8507.60.00.10", "origin": "CN", "destination": "US", "on": "2025-11-12"}
HOLDINGS = {
    "holdings": [{"owner": "alpha", "owned": "delta", "share": "60"}],
    "seeds": [{"id": "alpha", "list": "EL"}],
    "on": "2025-10-15",
}
TABLES = {"holdings": "owner,owned,share\nalpha,delta,60\n", "seeds": "id,list\nalpha,EL\n"}

QUESTIONS: list[tuple[str, str, Any]] = [
    ("licence", LICENCE, None),
    ("screen", "/v1/screen?name=Huawei+Technologies&country=CN", None),
    ("screen", "/screen?name=Huawei+Technologies&country=CN", None),
    ("screen", "/screen?name=Huawei+Technologies&country=CN&format=json", None),
    ("assess", "/assess?code=8507.60.00.10&origin=CN&on=2025-11-12&value=10000", None),
    ("assess", "/v1/assess", {"json": SHIPMENT}),
    ("assess", "/assess", {"data": {"shipment": json.dumps(SHIPMENT)}}),
    ("owners", "/v1/owners", {"json": HOLDINGS}),
    ("owners", "/owners", {"data": {**TABLES, "on": "2025-10-15"}}),
    ("screen", "/v1/screen", {"json": {"names": ["Huawei Technologies"], "country": "CN"}}),
    ("screen", "/screen", {"data": {"names": "Huawei Technologies", "country": "CN"}}),
]


def ask(client: Client, path: str, sent: Any) -> Any:
    if sent is None:
        return client.get(path)
    return client.post(path, headers={"origin": str(client.base_url).rstrip("/")}, **sent)


@pytest.mark.parametrize(("kind", "path", "sent"), QUESTIONS)
def test_an_answer_of_each_kind_is_recorded_once_with_its_question(
    client: Client, ledger: Ledger, kind: str, path: str, sent: Any
) -> None:
    asked = ask(client, path, sent)
    assert asked.status_code == 200, asked.text
    [entry] = ledger.entries()
    assert entry.kind == kind
    question, answer = json.loads(entry.question), json.loads(entry.answer)
    assert entry.register == answer["register"]["sha256"]
    if path.startswith("/v1/"):
        described = json.loads(asked.content)
        assert {key: answer[key] for key in described} == described
    expected = {
        "licence": {"item": "gallium"},
        "screen": {"names": ["Huawei Technologies"], "country": "CN", "on": None},
        "assess": {"code": "8507.60.00.10", "on": "2025-11-12"},
        "owners": {"regime": "bis", "on": "2025-10-15"},
    }[kind]
    assert {key: question[key] for key in expected} == expected
    if kind == "owners":
        assert "alpha" in str(question["holdings"])
    assert not ledger.verify().faults


@pytest.mark.parametrize(("kind", "path", "sent"), QUESTIONS)
def test_no_answer_of_any_kind_is_sent_that_cannot_be_recorded(
    client: Client, ledger: Ledger, kind: str, path: str, sent: Any
) -> None:
    ledger.close()
    refused = ask(client, path, sent)
    assert refused.status_code == 503, refused.text
    assert "could not be recorded" in refused.text


def test_samples_of_the_document_are_no_questions_and_are_not_recorded(
    client: Client, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    # To ask the others takes seconds, and an answer of theirs is recorded nowhere.
    recorded = [each for each in addressed() if each.recorded is not None]
    assert len(recorded) > 3
    monkeypatch.setattr(query_routes, "addressed", lambda: recorded)
    assert client.get("/v1/openapi.json").status_code == 200
    assert list(ledger.entries()) == []


def test_questions_asked_at_once_are_each_recorded_once(client: Client, ledger: Ledger) -> None:
    paths = [LICENCE, ASK, "/v1/screen?name=Huawei"] * 6
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(client.get, paths))
    assert {each.status_code for each in answers} == {200}
    assert ledger.verify()[0::2] == (len(paths), ())


def test_a_list_that_the_user_imported_makes_another_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/v1/screen?name=Huawei+Technologies"
    held = {"if-none-match": client.get(path).headers["etag"]}
    assert client.get(path, headers=held).status_code == 304
    monkeypatch.setattr(query_routes, "user_state", lambda: (1, 1))
    assert client.get(path, headers=held).status_code == 200


def test_a_question_that_is_refused_is_not_recorded(client: Client, ledger: Ledger) -> None:
    assert client.get("/v1/duty?code=1&origin=CN").status_code == 422
    assert list(ledger.entries()) == []


def test_what_cannot_be_recorded_is_not_answered(
    client: Client, ledger: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger.close()
    refused = client.get(ASK)
    assert refused.status_code == 503
    assert json.loads(refused.content)["error"]["what"] == "The answer could not be recorded."
    assert "nothing was recorded" in capsys.readouterr().err


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left on device"), OSError(errno.EDQUOT, "over quota")],
    ids=["disk", "quota"],
)
def test_a_server_without_room_says_so_and_is_not_at_fault(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def full(*given: Any) -> Any:
        raise error

    monkeypatch.setattr(query_routes, "ask_and_record", full)
    refused = client.get("/v1/status")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    assert "no room left on its disk" in refused.json()["error"]["what"]
