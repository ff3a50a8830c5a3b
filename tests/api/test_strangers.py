"""Limits that hold: for all processes together, behind a proxy, and against who guesses keys."""

from __future__ import annotations

import http.client
from pathlib import Path

import pytest

from detente.api.guard import Keys, Limits
from detente.api.service import Service
from tests.served import BATTERY, client_of, running_server

KEY = "a-key-of-at-least-twenty-characters"
ASK = f"/v1/duty?{BATTERY}"


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def test_wrong_keys_close_an_address_for_a_while_also_to_a_right_one(service: Service) -> None:
    keys = Keys.read(f"broker {KEY}\n", "keys")
    with client_of(service, keys=keys, limits=Limits(wrong_keys=3)) as client:
        before = client.get(ASK, headers=bearer(KEY)).status_code
        wrong = [client.get(ASK, headers=bearer(f"guess-{n}")) for n in range(5)]
        right = client.get(ASK, headers=bearer(KEY))
        health = client.get("/healthz")
    assert before == 200
    assert [each.status_code for each in wrong] == [401, 401, 401, 429, 429]
    assert right.status_code == 429
    # Three a minute: the next attempt is let in after 60 / 3 = 20 seconds.
    assert 1 <= int(right.headers["retry-after"]) <= 21
    assert "wrong keys" in right.json()["error"]["what"]
    assert health.status_code == 200


def test_who_brings_no_key_is_asked_for_one_and_guesses_nothing(service: Service) -> None:
    keys = Keys.read(f"broker {KEY}\n", "keys")
    with client_of(service, keys=keys, limits=Limits(wrong_keys=2)) as client:
        assert {client.get(ASK).status_code for _ in range(6)} == {401}
        assert client.get(ASK, headers=bearer(KEY)).status_code == 200


def statuses(address: str, count: int, forwarded: str = "") -> list[int]:
    """What a server answers to so many requests, each on a connection of its own."""
    found = []
    for _ in range(count):
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
        headers = {"x-forwarded-for": forwarded} if forwarded else {}
        connection.request("GET", ASK, headers=headers)
        found.append(connection.getresponse().status)
        connection.close()
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def test_two_processes_count_the_requests_of_a_caller_together(home: Path) -> None:
    with running_server("--workers", "2", "--a-minute", "6", home=home) as server:
        found = statuses(server.address, 24)
    # Six at once, and one every ten seconds on a slow machine; two counts would let twelve through.
    assert found[:6] == [200] * 6
    assert found.count(200) <= 9


def test_nobody_is_believed_who_says_to_ask_for_somebody_else(home: Path) -> None:
    with running_server("--a-minute", "2", home=home) as server:
        found = [
            *statuses(server.address, 2, "203.0.113.1"),
            *statuses(server.address, 2, "203.0.113.2"),
        ]
    assert found == [200, 200, 429, 429]


def test_a_proxy_that_was_named_is_believed(home: Path) -> None:
    with running_server("--a-minute", "2", "--proxy", "127.0.0.1", home=home) as server:
        one = statuses(server.address, 3, "203.0.113.1")
        # What stands before the address that the proxy added was written by the caller.
        forged = statuses(server.address, 1, "198.51.100.9, 203.0.113.1")
        other = statuses(server.address, 2, "203.0.113.2")
    assert (one, forged, other) == ([200, 200, 429], [429], [200, 200])
