"""The routes of the mirrored commands, and what the OpenAPI document says of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente._version import __version__
from detente.api.asking import unknown
from detente.api.desk import Desk
from detente.api.mirror import MIRRORS, Mirror, Parameter
from detente.api.refusals import RefusedError, refusal_of, refuse
from detente.api.responses import REVALIDATE, json_response, not_modified, unchanged
from detente.parties.screening.store import user_state

AnyRequest = Request[Any, Any, Any]
Schema = dict[str, Any]

MISUNDERSTOOD = 422
LONGEST = 500
"""Characters of one parameter; longer ones are no question."""


def mirror_routes(desk: Desk) -> list[HTTPRouteHandler]:
    """A route for every mirrored command."""
    return [_route(desk, mirror) for mirror in MIRRORS]


def _route(desk: Desk, mirror: Mirror) -> HTTPRouteHandler:
    async def answered(request: AnyRequest) -> Response[bytes]:
        given = read(mirror, request.query_params.multi_items())
        tag = _tag(desk, mirror, given)
        if unchanged(request, tag):
            return not_modified(tag)
        answer = await asyncio.to_thread(ask_and_record, desk, mirror, given)
        body = msgspec.json.encode(answer)
        headers = {"etag": tag, "cache-control": REVALIDATE}
        return json_response(body, headers)

    answered.__name__ = f"get_{mirror.name}"
    return get(f"/v1/{mirror.name}")(answered)


def read(mirror: Mirror, parameters: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """What a query gives, by parameter; one without a value counts as not given.

    Raises:
        RefusedError: a parameter is unknown, missing, too long or given twice.
    """
    known = {each.name: each for each in mirror.parameters}
    given: dict[str, list[str]] = {}
    for name, text in parameters:
        if name not in known:
            raise unknown(name, list(known), "parameter")
        if not text.strip():
            continue
        if len(text) > LONGEST:
            raise refuse(MISUNDERSTOOD, f"{name} is too long.", name, f"At most {LONGEST} signs.")
        if name in given and not known[name].many:
            raise refuse(MISUNDERSTOOD, f"{name} is given twice.", name, "Keep one of them.")
        given.setdefault(name, []).append(text.strip())
    for each in mirror.parameters:
        if each.needed and each.name not in given:
            do = f"{each.text} For example {urlencode({each.name: each.example})}."
            raise refuse(MISUNDERSTOOD, f"{each.name} is missing.", each.name, do)
    return given


def ask(desk: Desk, mirror: Mirror, given: dict[str, list[str]]) -> dict[str, Any]:
    """The answer of the command.

    Raises:
        RefusedError: the question cannot be understood.
    """
    try:
        reading = given.get("reading", [None])[0]
        rest = {name: values for name, values in given.items() if name != "reading"}
        return mirror.answer(desk.by_reading(reading), rest)
    except ValueError as error:
        raise RefusedError(refusal_of(error)) from error


def ask_and_record(desk: Desk, mirror: Mirror, given: dict[str, list[str]]) -> dict[str, Any]:
    """The answer of the command, recorded where such answers are.

    Raises:
        RefusedError: the question cannot be understood, or the answer cannot be recorded.
    """
    answer, recorded = ask(desk, mirror, given), mirror.recorded
    if recorded is not None:
        desk.record(lambda: recorded(desk, given, answer))
    return answer


def _tag(desk: Desk, mirror: Mirror, given: dict[str, list[str]]) -> str:
    """What changes when an answer may: the register, the user's own lists, and the question."""
    asked = urlencode({**given, "on": given.get("on", [desk.today()])}, doseq=True)
    text = "\0".join((__version__, desk.sha256, repr(user_state()), mirror.name, asked))
    return f'"{sha256(text.encode()).hexdigest()[:32]}"'


def mirror_paths(desk: Desk) -> dict[str, Schema]:
    """Paths of the OpenAPI document; every field has an example out of a live answer."""
    return {f"/v1/{mirror.name}": {"get": _described(desk, mirror)} for mirror in MIRRORS}


def _described(desk: Desk, mirror: Mirror) -> Schema:
    sample = ask(desk, mirror, {name: [value] for name, value in mirror.sample()})
    schema = schema_of(sample)
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    refused = {"description": "Not answered", "content": error}
    return {
        "operationId": mirror.name,
        "summary": mirror.summary.removesuffix("."),
        "parameters": [parameter_of(each) for each in mirror.parameters],
        "responses": {
            "200": {
                "description": "The answer",
                "content": {"application/json": {"schema": schema}},
            },
            "304": {"description": "Unchanged"},
            "422": refused,
        },
    }


def parameter_of(each: Parameter) -> Schema:
    """A parameter as the OpenAPI document has it."""
    text: Schema = {"type": "string"}
    return {
        "name": each.name,
        "in": "query",
        "required": each.needed,
        "description": each.text,
        "schema": {"type": "array", "items": text} if each.many else text,
        "example": [each.example] if each.many else each.example,
    }


def schema_of(value: Any) -> Schema:
    """What an answer is made of, each field with its value as the example."""
    if isinstance(value, dict):
        return {
            "type": "object",
            "properties": {name: schema_of(part) for name, part in value.items()},
        }
    if isinstance(value, list):
        first = next((each for each in value if each not in (None, {}, [])), None)
        items = {} if first is None else schema_of(first)
        return {"type": "array", "items": items, "examples": [value[:1]]}
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}
    kind = kinds[type(value)]
    types = ["string", "null"] if kind in ("string", "null") else [kind, "null"]
    return {"type": types, "examples": [value]}
