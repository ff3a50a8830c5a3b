"""The routes that mirror commands answer as the commands do, and refuse what they do not know."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from detente.api.mirror import MIRRORS
from detente.cli.main import ANSWERED, main
from tests.served import client_of, make_desk

POSITIONAL = ("id", "words", "name", "mineral", "base", "scenario")
"""Parameters that a command takes as a word of its own."""

ONLY_HERE = {"coverage": ("rate_texts",)}
"""Keys that a command adds to what its route answers."""


@pytest.fixture(scope="module")
def client():
    with client_of(make_desk()) as made:
        yield made


def _asked(mirror):
    return mirror.sample()


@pytest.mark.parametrize("mirror", MIRRORS, ids=lambda mirror: mirror.name)
def test_a_route_answers_what_the_command_prints(client, mirror, capsys):
    words = [mirror.name]
    for name, value in _asked(mirror):
        alone = name in POSITIONAL or (mirror.name, name) == ("goods", "code")
        words += [value] if alone else [f"--{name.replace('_', '-')}", value]
    assert main([*words, "--json"]) == ANSWERED
    printed = json.loads(capsys.readouterr().out)
    for key in ONLY_HERE.get(mirror.name, ()):
        printed.pop(key)
    response = client.get(f"/v1/{mirror.name}?{urlencode(_asked(mirror))}")
    assert response.status_code == 200, response.text
    assert response.json() == printed


@pytest.mark.parametrize("mirror", MIRRORS, ids=lambda mirror: mirror.name)
def test_an_unknown_parameter_is_refused(client, mirror):
    response = client.get(f"/v1/{mirror.name}?{urlencode([*_asked(mirror), ('nme', 'x')])}")
    assert response.status_code == 422
    assert "nme" in response.json()["error"]["what"]


@pytest.mark.parametrize("mirror", MIRRORS, ids=lambda mirror: mirror.name)
def test_a_needed_parameter_that_is_missing_is_asked_for_with_an_example(client, mirror):
    needed = [each.name for each in mirror.parameters if each.needed]
    for name in needed:
        rest = [pair for pair in _asked(mirror) if pair[0] != name]
        response = client.get(f"/v1/{mirror.name}?{urlencode(rest)}")
        assert response.status_code == 422
        assert f"{name}=" in response.json()["error"]["do"]


@pytest.mark.parametrize(
    "query",
    [
        "status?on=tomorrow",
        "status?by=FR",
        "status?kind=wish",
        "measure?id=us-nothing",
        "timeline?from=2025-05-01&to_date=2025-04-01",
        "upcoming?days=0",
        "upcoming?days=soon",
        "diff?from=2025-05-01&to_date=x",
        "truce?known_on=x",
        "coverage?edition=hts_1900",
        "search?words=%20",
        "goods?code=99",
        "screen?name=..",
        "average?origin=XX",
        "average?origin=CN&weights=..%2F..%2Fetc%2Fpasswd",
        "average?origin=CN&fact=steel_value",
        "supply?mineral=unobtainium",
        "supply?mineral=gallium&success=half",
        "supply?mineral=gallium&on=x",
        f"search?words={'a' * 501}",
        "status?on=2025-01-01&on=2025-01-02",
    ],
)
def test_what_cannot_be_understood_is_refused_with_what_to_do(client, query):
    response = client.get(f"/v1/{query}")
    assert response.status_code == 422, response.text
    error = response.json()["error"]
    assert error["what"]
    assert error["do"]


def test_an_answer_that_is_held_is_not_sent_again(client):
    first = client.get("/v1/truce?on=2026-08-01")
    again = client.get("/v1/truce?on=2026-08-01", headers={"if-none-match": first.headers["etag"]})
    other = client.get("/v1/truce?on=2026-08-02", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200
