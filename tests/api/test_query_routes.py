"""Questions asked in an address are answered as on the command line; what is unknown is refused."""

from __future__ import annotations

import json
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from detente.api.query_routes import parameter_of, path_of, read, schema_of
from detente.api.refusals import RefusedError
from detente.cli.main import ANSWERED, main
from detente.questions import NAMES, addressed, find
from detente.questions.parameters import EVERYWHERE, PROGRAMS, Parameter
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


def test_a_schema_has_the_type_of_each_value_and_of_the_first_row_that_says_something():
    assert schema_of({"a": True, "b": 1, "c": 0.5, "d": "x", "e": None}) == {
        "type": "object",
        "properties": {
            "a": {"type": ["boolean", "null"], "examples": [True]},
            "b": {"type": ["integer", "null"], "examples": [1]},
            "c": {"type": ["number", "null"], "examples": [0.5]},
            "d": {"type": ["string", "null"], "examples": ["x"]},
            "e": {"type": ["string", "null"], "examples": [None]},
        },
    }
    assert schema_of([]) == {"type": "array", "items": {}, "examples": [[]]}
    assert schema_of([None, {}, [], 3, "x"]) == {
        "type": "array",
        "items": {"type": ["integer", "null"], "examples": [3]},
        "examples": [[None]],
    }


def test_no_question_asks_for_more_than_it_cannot_do_without():
    needed = {name: [each.name for each in find(name).parameters if each.needed] for name in NAMES}
    assert {name: found for name, found in needed.items() if found} == {
        "duty": ["code", "origin"],
        "history": ["code", "origin"],
        "average": ["origin"],
        "compare": ["base", "scenario"],
        "measure": ["id"],
        "diff": ["from", "to_date"],
        "licence": ["from"],
        "items": ["words"],
        "screen": ["name"],
        "party": ["party"],
        "lists diff": ["from"],
        "scenario show": ["scenario"],
        "scenario run": ["scenario"],
        "impact households": ["from"],
        "impact revenue": ["year"],
        "world show": ["world"],
        "search": ["words"],
        "goods": ["code"],
        "feed": ["output"],
        "batch": ["input", "output"],
        "panel": ["origins", "from", "to", "output"],
        "owners": ["file"],
        "owners count": ["files"],
        "verify": ["memo"],
        "scenario tree": ["file"],
    }


def asked_of(parameters, *texts):
    """What an address of a question with these parameters gives."""
    return read(SimpleNamespace(parameters_in=lambda _: parameters), texts)


def test_a_text_is_taken_up_to_its_longest_and_a_blank_one_is_not_given():
    words = [Parameter("words", default="none"), Parameter("more", many=True)]
    assert asked_of(words, ("words", "x" * 500))["words"] == "x" * 500
    assert asked_of(words, ("words", " "), ("words", " x ")) == {"words": "x", "more": []}
    assert asked_of(words, ("words", ""), ("more", "b"), ("more", "a")) == {
        "words": "none", "more": ["b", "a"],
    }  # fmt: skip
    for refused, texts in (
        ("words is too long", [("words", "x" * 501)]),
        ("words is given twice", [("words", "x"), ("words", "x")]),
    ):
        with pytest.raises(RefusedError, match=refused):
            asked_of(words, *texts)


def test_a_number_is_taken_from_its_least_to_six_digits():
    top = [Parameter("top", kind="number", default=7, least=2)]
    taken = [asked_of(top, ("top", text))["top"] for text in ("2", "3", "999999", "000002", "")]
    assert taken == [2, 3, 999999, 2, 7]
    for text in ("1", "1000000", "-2", "+2", "2.0", "\u0662\u0663", "two"):
        with pytest.raises(RefusedError, match="not a whole number from 2 on"):
            asked_of(top, ("top", text))


def test_a_flag_is_false_where_it_is_left_out_and_says_so_in_three_ways():
    flag = [Parameter("near", kind="flag")]
    texts = ("true", "1", "YES", "false", "0", "no", "")
    taken = [asked_of(flag, ("near", text))["near"] for text in texts]
    assert taken == [True, True, True, False, False, False, False]
    with pytest.raises(RefusedError, match="neither true nor false"):
        asked_of(flag, ("near", "2"))


def test_of_two_that_exclude_each_other_exactly_one_is_given():
    either = [Parameter(name, example="e", either="goods") for name in ("code", "words")]
    assert asked_of(either, ("words", "x")) == {"code": None, "words": "x"}
    for texts in ([], [("code", "x"), ("words", "y")]):
        with pytest.raises(RefusedError, match="names one of code and words"):
            asked_of(either, *texts)


def test_the_document_has_the_kind_the_least_and_an_example_of_a_parameter():
    number = parameter_of(Parameter("top", kind="number", example="5", least=1, needed=True))
    assert number["schema"] == {"type": "integer", "minimum": 1}
    assert (number["required"], number["example"]) == (True, 5)
    flag = parameter_of(Parameter("near", kind="flag"))
    assert (flag["schema"], flag["required"], flag["example"]) == ({"type": "boolean"}, False, True)
    many = parameter_of(Parameter("by", many=True, example="US", choices=("US", "CN")))
    assert many["schema"] == {"type": "array", "items": {"type": "string", "enum": ["US", "CN"]}}
    assert many["example"] == ["US"]
