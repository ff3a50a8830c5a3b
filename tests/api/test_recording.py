"""A server with a ledger records what it answers, and does not answer what it cannot record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.api.desk import Desk
from detente.goods.schedule import Schedule
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
    desk = Desk(
        Register.built_in(),
        Schedule(),
        lambda: "2026-11-24",
        ledger=ledger,
        clock=lambda: "2026-11-24T00:00:00+00:00",
    )
    with client_of(desk) as made:
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
