"""Whom the server talks to, and what every response carries."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import pytest

from detente.api.bodies import read_body
from detente.api.guard import HEADERS, Keys, Limits
from detente.api.keys import KeysError
from detente.api.refusals import RefusedError
from detente.api.service import Remembered, Service
from tests.served import BATTERY, Client, client_of

KEY = "a-key-of-at-least-twenty-characters"


@pytest.mark.parametrize("path", ["/", f"/v1/duty?{BATTERY}", "/nope", "/v1/duty", "/healthz"])
def test_every_response_carries_the_security_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; connect-src 'self'; style-src")
    assert policy.endswith("frame-ancestors 'none'")
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers
    assert all(name.decode() in headers for name, _ in HEADERS)


def test_only_charts_that_are_made_for_it_may_be_framed_by_another_site(client: Client) -> None:
    headers = client.get("/embed/averages").headers
    assert headers["content-security-policy"].endswith("frame-ancestors *")
    assert "x-frame-options" not in headers
    assert headers["x-content-type-options"] == "nosniff"
    for path in ("/", "/charts/averages?format=csv", "/ask"):
        assert client.get(path).headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["/", f"/v1/duty?{BATTERY}", "/nope", "/v1/duty", "/healthz"])
def test_head_is_answered_as_get_without_the_body(client: Client, path: str) -> None:
    plain = {"accept-encoding": "identity"}
    got, head = client.get(path, headers=plain), client.head(path, headers=plain)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers["content-length"] == str(len(got.content))
    assert head.headers["content-type"] == got.headers["content-type"]


def test_another_site_may_not_read_answers(client: Client) -> None:
    asked = client.get(f"/v1/duty?{BATTERY}", headers={"origin": "https://example.com"})
    assert not [name for name in asked.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8080", 200),
        ("LOCALHOST", 200),
        ("[::1]:8080", 200),
        ("evil.example", 421),
        ("", 421),
    ],
)
def test_a_loopback_server_answers_to_its_own_names_alone(
    service: Service, host: str, status: int
) -> None:
    with client_of(service, hosts=("127.0.0.1", "localhost", "[::1]")) as own:
        assert own.get("/healthz", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (f"Bearer {KEY}", 200),
        ("Basic " + base64.b64encode(f"anyone:{KEY}".encode()).decode(), 200),
        (f"Bearer {KEY}x", 401),
        ("Basic !!!", 401),
        (KEY, 401),
        ("", 401),
    ],
)
def test_with_keys_every_question_needs_one(service: Service, header: str, status: int) -> None:
    keys = Keys.read(f"# who\nbroker {KEY}\n", "keys")
    with client_of(service, keys=keys) as closed:
        asked = closed.get(f"/v1/duty?{BATTERY}", headers={"authorization": header})
        health = closed.get("/healthz")
    assert asked.status_code == status
    assert health.status_code == 200
    if status == 401:
        assert asked.headers["www-authenticate"].startswith("Basic")
        assert "Bearer" in asked.json()["error"]["do"]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("", "no key"),
        ("broker", "line 1: write a name and a key"),
        ("broker short", "shorter than 20"),
        (f"broker {KEY}\nbroker {KEY}", "line 2: broker has a key"),
    ],
)
def test_a_file_of_keys_that_opens_nothing_or_too_much_is_refused(text: str, stated: str) -> None:
    with pytest.raises(KeysError, match=stated):
        Keys.read(text, "keys.txt")


class _Slow:
    """A request whose body never comes to its end."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}

    async def stream(self) -> Any:
        yield b"a"
        await asyncio.sleep(60)


def test_a_body_that_does_not_arrive_is_not_waited_for() -> None:
    with pytest.raises(RefusedError, match="did not arrive") as refused:
        asyncio.run(read_body(_Slow(), Limits(seconds=0.01)))  # type: ignore[arg-type]
    assert refused.value.refusal.status == 408


def test_what_is_remembered_never_exceeds_its_bytes_and_the_latest_used_stay() -> None:
    kept = Remembered(30)
    for key in ("a", "b", "c"):
        kept.keep(key, b"123456789")  # 1 + 9 bytes each: three fit into 30
    assert kept.get("a") == b"123456789"
    kept.keep("d", b"123456789")
    assert kept.get("b") is None
    assert kept.get("a") == b"123456789"


def test_an_answer_that_fits_nowhere_drives_out_no_other() -> None:
    kept = Remembered(30)
    kept.keep("a", b"123456789")
    kept.keep("b", b"123456789")
    kept.keep("b", b"x" * 40)
    assert (kept.get("a"), kept.get("b"), len(kept)) == (b"123456789", None, 1)
    # And what it left of room is that of the one that is kept: two more fit.
    kept.keep("c", b"123456789")
    kept.keep("d", b"123456789")
    assert len(kept) == 3
