"""Questions asked in an address are answered as on the command line; what is unknown is refused."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from detente.api.query_routes import path_of
from detente.cli.main import ANSWERED, main
from detente.questions import addressed
from detente.questions.parameters import EVERYWHERE, PROGRAMS
from tests.served import client_of, make_service

QUESTIONS = addressed()
PRINTED = [each for each in QUESTIONS if each.name != "feed"]
"""The feed is printed into a file: see below."""

SLOW = ("impact partial", "impact equilibrium", "average", "compare")
SECRET = "A secret of the machine that answers"


@pytest.fixture(scope="module")
def client():
    with client_of(make_service()) as made:
        yield made


def _words(question):
    declared = {each.name: each for each in question.parameters}
    for name, value in question.sample():
        each = declared[name]
        if each.kind == "flag":
            yield each.options[0]
        else:
            yield from ([value] if each.by_place else [each.options[0], value])


@pytest.mark.parametrize("question", PRINTED, ids=lambda each: each.name)
def test_an_address_answers_what_the_command_prints(client, question, capsys):
    assert main([*question.name.split(), *_words(question), "--json"]) == ANSWERED
    printed = json.loads(capsys.readouterr().out)
    response = client.get(f"{path_of(question)}?{urlencode(question.sample())}")
    assert response.status_code == 200, response.text
    answered = response.json()
    for timed in (answered, printed):
        timed.pop("seconds", None)
    assert answered == printed


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
def test_an_unknown_parameter_is_refused(client, question):
    asked = urlencode([*question.sample(), ("nme", "x")])
    response = client.get(f"{path_of(question)}?{asked}")
    assert response.status_code == 422
    assert "nme" in response.json()["error"]["what"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
def test_a_needed_parameter_that_is_missing_is_asked_for_with_an_example(client, question):
    needed = [each.name for each in question.parameters_in(EVERYWHERE) if each.needed]
    for name in needed:
        rest = [pair for pair in question.sample() if pair[0] != name]
        response = client.get(f"{path_of(question)}?{urlencode(rest)}")
        assert response.status_code == 422
        assert f"{name}=" in response.json()["error"]["do"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
def test_no_parameter_of_an_address_opens_a_file(client, question, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text(f"code,value\n8507.60.00.10,1\n{SECRET},2\n", encoding="utf-8")
    for each in question.parameters_in(EVERYWHERE):
        if each.kind != "text":
            continue
        rest = [pair for pair in question.sample() if pair[0] != each.name]
        paths = (str(secret), str(tmp_path), f"file://{secret}")
        for path in paths[:1] if question.name in SLOW else paths:
            response = client.get(f"{path_of(question)}?{urlencode([*rest, (each.name, path)])}")
            assert SECRET not in response.text.replace(path, "")
            assert response.status_code in (200, 422), (each.name, response.text)
    for each in question.parameters_in(PROGRAMS, "shell"):
        response = client.get(f"{path_of(question)}?{urlencode([(each.name, str(secret))])}")
        assert response.status_code == 422, each.name


def test_an_address_has_the_feed_that_the_command_writes(client, tmp_path, capsys):
    target = tmp_path / "detente.atom"
    assert main(["feed", "--by", "CN", "-o", str(target), "--json"]) == ANSWERED
    printed = json.loads(capsys.readouterr().out)
    answered = client.get("/v1/feed?by=CN").json()
    assert answered["atom"] == target.read_text("utf-8")
    assert answered["entries"] == printed["entries"] > 0


def test_a_scenario_is_asked_by_name_and_never_from_a_file(client, tmp_path):
    path = "code=8507.60.00.10&origin=CN&on=2026-11-12&value=10000"
    by_law = client.get(f"/v1/duty?{path}").json()
    supposed = client.get(f"/v1/duty?{path}&scenario=threat-100").json()
    assert supposed["total"] != by_law["total"]
    for word in ("threat-1000", str(tmp_path / "mine.yaml"), "../scenarios/threat-100.yaml"):
        response = client.get(f"/v1/duty?{urlencode({'scenario': word})}&{path}")
        assert response.status_code == 422
        assert "threat-100" in response.json()["error"]["do"]


def test_what_is_declared_for_two_faces_has_a_meaning_and_an_example():
    for question in QUESTIONS:
        for each in question.parameters_in(EVERYWHERE):
            assert each.sentence.strip("."), (question.name, each.name)
            assert each.example, (question.name, each.name)


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
