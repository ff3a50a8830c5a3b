"""The OpenAPI document: written from the fields in words, with examples from a live answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente._version import __version__
from detente.api.body_routes import body_paths
from detente.api.fields import EXAMPLES, PARAMETERS
from detente.api.parameters import KEYS
from detente.api.query_routes import DUTY as DUTY_QUESTION
from detente.api.query_routes import parameters_of, query_paths
from detente.api.schemas import Schema, Schemas
from detente.api.service import Service
from detente.duty.question import DutyQuestion
from detente.questions import find

NO_EXAMPLE = {
    "question.known_on": EXAMPLES["known_on"],
    "register.bundle": "2026-10-14-fabe8a58aef9",
    "register.imported_editions": ["hts_2026_rev_1"],
    "open_questions[].unit": "kg",
    "open_questions[].list": "us-232-steel-derivatives-other",
    "open_questions[].by_code": {"8507.60.00.90": "0.484"},
    "taxes[].name": "Value-added tax",
    "taxes[].rate": "13%",
    "taxes[].base": "12500.00",
    "taxes[].amount": "1625.00",
    "taxes[].ad_valorem": "0.1625",
    "taxes[].or_rate": "9%",
    "taxes[].grade": "background",
    "taxes[].why": "farm machinery",
    "landed_total": "14125.00",
    "landed_ad_valorem": "1.4125",
    "announced": {"total_ad_valorem": "0.375", "because": ["…"], "text": "…"},
    "scheduled": {"through": "2026-10-10", "changes": [{"on": "2026-11-10"}], "text": "…"},
    "changes_ahead[].by_other_reading": {"total_ad_valorem": "0.375"},
    "announced.total_ad_valorem": "0.375",
    "announced.amount": "3750.00",
    "announced.until": "2027-01-10",
    "announced.because": ["us-301-maritime.crane-china.2026-09-24.2026-11-10"],
    "announced.text": "By the law as read the total is 137.5%; by what was announced 37.5%: …",
    "scheduled.through": "2026-10-10",
    "scheduled.text": "By the law's own dates, scheduled, not confirmed since 10 October 2026: …",
    "scheduled.changes": [{"on": "2026-11-10"}],
    "scheduled.changes[].on": "2026-11-10",
    "scheduled.changes[].measures": ["us-301-maritime"],
    "scheduled.changes[].what": "begins: 100%",
    "scheduled.changes[].total_ad_valorem": "1.375",
    "changes_ahead[].by_other_reading.total_ad_valorem": "0.375",
}
"""Examples of fields that the sample's answer leaves out or empty."""


def sample_question() -> DutyQuestion:
    """The question whose answer gives the examples."""
    return DutyQuestion(
        code=str(EXAMPLES["code"]),
        origin=str(EXAMPLES["origin"]),
        on=str(EXAMPLES["on"]),
        value=str(EXAMPLES["value"]),
        quantities={"kg": "500"},
        facts={"informational": "false"},
    )


def document(service: Service, examples: bool = True) -> Schema:
    """The document of everything under ``/v1``.

    Args:
        service: answers the examples.
        examples: whether answers to questions stand in it; to ask them all takes seconds.
    """
    schemas = Schemas()
    duty = schemas.of_answer(find(DUTY_QUESTION).typed)
    paths = {
        "/v1/duty": {"get": _get_duty(duty, service), "post": _post_duty(duty, service)},
        "/v1/batch": {"post": _post_batch()},
        **_merged(query_paths(service, schemas, examples), body_paths(service, schemas, examples)),
        "/healthz": {"get": _get_health(service)},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Détente",
            "version": __version__,
            "description": "What an import owes on a day, with the working. "
            "Decimals are text, rates are fractions of one, every `until` is exclusive.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": {
                **schemas.named,
                "Question": _question_schema(),
                "Error": _error_schema(),
            }
        },
    }


def _merged(one: Schema, other: Schema) -> Schema:
    """Paths of both; a path in both answers to the verbs of both."""
    return {path: {**one.get(path, {}), **other.get(path, {})} for path in {**one, **other}}


def example_of(path: str, sample: Mapping[str, Any]) -> Any:
    """The value of a field in a sample answer: of its first row that has one, where it has rows.

    Raises:
        KeyError: neither the sample nor ``NO_EXAMPLE`` has one.
    """
    if path in NO_EXAMPLE:
        return NO_EXAMPLE[path]
    found: list[Any] = [sample]
    for step in path.split("."):
        name = step.removesuffix("[]")
        found = [each[name] for each in found if name in each]
        if step.endswith("[]"):
            found = [row for rows in found for row in rows]
    for value in found:
        if value not in (None, [], {}):
            return value
    if not found:
        raise KeyError(f"{path} has no example: the sample's answer lacks it")
    return found[0]


def _get_duty(duty: Schema, service: Service) -> Schema:
    return {
        "operationId": "duty",
        "summary": "What one line of an entry owes on a day",
        "parameters": parameters_of(find(DUTY_QUESTION)),
        "responses": {
            **_answered(duty, service),
            "304": {"description": "Unchanged"},
            **_refused("422", "503"),
        },
    }


def _post_duty(duty: Schema, service: Service) -> Schema:
    body = {"application/json": {"schema": {"$ref": "#/components/schemas/Question"}}}
    return {
        "operationId": "dutyOfQuestion",
        "summary": "The same for a question in JSON",
        "requestBody": {"required": True, "content": body},
        "responses": {**_answered(duty, service), **_refused("400", "408", "413", "422", "503")},
    }


def _post_batch() -> Schema:
    rows = "code,origin,on,value\n8507.60.00.10,CN,2025-11-12,10000\n"
    lines = '{"code": "8507.60.00.10", "origin": "CN", "on": "2025-11-12", "value": "10000"}\n'
    body = {
        "text/csv": {"schema": {"type": "string"}, "example": rows},
        "application/x-ndjson": {"schema": {"type": "string"}, "example": lines},
    }
    fact: Schema = {
        "name": "fact",
        "in": "query",
        "required": False,
        "description": "A fact of every row, as KEY=VALUE; a row's own goes before.",
        "schema": {"type": "array", "items": {"type": "string"}},
        "example": EXAMPLES["fact"],
    }
    return {
        "operationId": "batch",
        "summary": "The duty of every row of a table, in the form in which it was sent",
        "parameters": [fact],
        "requestBody": {"required": True, "content": body},
        "responses": {
            "200": {
                "description": "A row for each row, in order, with the columns of the command",
                "content": {media: {"schema": {"type": "string"}} for media in body},
            },
            **_refused("408", "413", "415", "422"),
        },
    }


def _get_health(service: Service) -> Schema:
    fields: Schema = {
        "status": {"type": "string", "examples": ["ok"]},
        "version": {"type": "string", "examples": [__version__]},
        "sha256": {"type": "string", "examples": [service.sha256]},
    }
    schema = {"type": "object", "properties": fields}
    return {
        "operationId": "health",
        "summary": "Whether the server answers, and from which register",
        "responses": {
            "200": {
                "description": "It does",
                "content": {"application/json": {"schema": schema}},
            }
        },
    }


def _question_schema() -> Schema:
    texts = {
        "destination" if field.path == "to" else field.path: {
            "type": "string",
            "description": field.text,
            "examples": [EXAMPLES[field.path]],
        }
        for field in PARAMETERS
        if field.types == ("string",) and field.path in (*KEYS, "to")
    }
    by_key: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
    return {
        "type": "object",
        "required": ["code", "origin"],
        "additionalProperties": False,
        "properties": {
            **texts,
            "quantities": {**by_key, "examples": [{"kg": "500"}]},
            "facts": {**by_key, "examples": [{"auto_part": "true"}]},
        },
    }


def _error_schema() -> Schema:
    texts = {
        "what": ("What is wrong.", "There is no parameter 'orgin'."),
        "where": ("The parameter, column or line.", "orgin"),
        "do": ("What to do about it.", "Did you mean origin?"),
    }
    fields: Schema = {
        name: {"type": "string", "description": text, "examples": [example]}
        for name, (text, example) in texts.items()
    }
    fields["candidates"] = {
        "type": "array",
        "description": "Codes offered in place of the one that was asked.",
        "items": {"type": "object"},
        "examples": [[{"code": "8507.60.00", "text": "Lithium-ion batteries"}]],
    }
    error = {"type": "object", "required": list(texts), "properties": fields}
    return {"type": "object", "required": ["error"], "properties": {"error": error}}


def _answered(duty: Schema, service: Service) -> Schema:
    content = {"schema": duty, "example": service.answer(sample_question())}
    return {"200": {"description": "The answer", "content": {"application/json": content}}}


def _refused(*statuses: str) -> Schema:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {status: {"description": "Not answered", "content": content} for status in statuses}
