"""Bodies are packed for callers that take gzip, and are the same for those that do not."""

from __future__ import annotations

import json

import pytest

from tests.served import BATTERY, Client

PLAIN = {"accept-encoding": "identity"}


@pytest.mark.parametrize("place", [f"/v1/duty?{BATTERY}", "/v1/truce?on=2026-08-01", "/measures"])
def test_a_body_is_packed_for_those_who_take_it_and_says_the_same(
    client: Client, place: str
) -> None:
    packed = client.get(place, headers={"accept-encoding": "br;q=1.0, gzip;q=0.8"})
    plain = client.get(place, headers=PLAIN)
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.headers["vary"] == plain.headers["vary"] == "accept-encoding"
    assert packed.headers["etag"] == f"W/{plain.headers['etag']}"


def test_a_tag_of_either_body_is_known_again(client: Client) -> None:
    place = "/v1/truce?on=2026-08-01"
    packed = client.get(place, headers={"accept-encoding": "gzip"}).headers["etag"]
    for tag in (packed, packed.removeprefix("W/")):
        for taken in ("gzip", "identity"):
            headers = {"if-none-match": tag, "accept-encoding": taken}
            assert client.get(place, headers=headers).status_code == 304


@pytest.mark.parametrize("taken", ["identity", "gzip;q=0", "br", ""])
def test_who_does_not_take_gzip_gets_none(client: Client, taken: str) -> None:
    answer = client.get("/v1/truce?on=2026-08-01", headers={"accept-encoding": taken})
    assert "content-encoding" not in answer.headers
    assert json.loads(answer.content)["on"] == "2026-08-01"


def test_what_is_small_or_packed_already_stays_as_it_is(client: Client) -> None:
    for place in ("/healthz", "/charts/averages?format=png", "/v1/nowhere"):
        assert "content-encoding" not in client.get(place).headers, place


def test_the_head_of_an_answer_says_what_its_body_would_have(client: Client) -> None:
    place, headers = f"/v1/duty?{BATTERY}", {"accept-encoding": "gzip"}
    head, body = client.head(place, headers=headers), client.get(place, headers=headers)
    assert head.content == b""
    assert head.headers["content-length"] == body.headers["content-length"]
