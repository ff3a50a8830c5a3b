"""A route for every question that fits in an address, and what the OpenAPI document says of it.

Parameters, their meaning and their examples are those of the declarations in ``questions``; one
that names a file is asked by no address.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente._shapes import TYPE_CHECKING
from detente._version import __version__
from detente.api.parameters import unknown
from detente.api.refusals import RefusedError, refusal_of, refuse
from detente.api.responses import REVALIDATE, json_response, not_modified, unchanged
from detente.api.schemas import Schema, Schemas
from detente.api.service import Service
from detente.parties.screening.store import user_state
from detente.questions import addressed
from detente.questions.declare import Question
from detente.questions.parameters import EVERYWHERE, Parameter
from detente.questions.request import QuestionRequest

if TYPE_CHECKING:
    from detente.goods.schedule import Schedule
    from detente.questions.parameters import ParameterValues
    from detente.register.book import Register
    from detente.transaction.shipment import ShipmentQuery

AnyRequest = Request[Any, Any, Any]

MISUNDERSTOOD = 422
LONGEST = 500
"""Characters of one parameter; longer ones are refused."""

FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
"""How an address says that a flag is set, or that it is not."""

DUTY = "duty"
"""The question that has a route of its own, with answers kept and tagged by what was asked."""


class AddressRequest(QuestionRequest):
    """A question asked in an address: over the register of a service, and no file of it."""

    def __init__(self, question: Question, values: ParameterValues, service: Service) -> None:
        """Take up a question; its reading decides which register is asked."""
        super().__init__(question.parameters, values, service.today)
        self.service = service.by_reading(values.get("reading"))

    @cached_property
    def register(self) -> Register:
        """The register by the reading, and under the scenario that the question names."""
        scenario = self.text("scenario")
        return self.service.supposing(scenario) if scenario else self.service.register

    @property
    def law(self) -> Register:
        """The register by the reading, without a scenario."""
        return self.service.register

    @property
    def schedule(self) -> Schedule:
        """The goods schedule of the service."""
        return self.service.schedule

    def assess(self, query: ShipmentQuery) -> Mapping[str, Any]:
        """What is found of a shipment, with what the service keeps of those before."""
        return super().assess(query) if self.text("scenario") else self.service.assess(query)

    def supposing(self, word: str) -> tuple[str, Register]:
        """The law, what was announced, or a scenario that ships with the register."""
        return word, self.service.supposing(word)


def query_routes(service: Service) -> list[HTTPRouteHandler]:
    """A route for every declared question but the one that has its own."""
    return [_route(service, question) for question in addressed() if question.name != DUTY]


def _route(service: Service, question: Question) -> HTTPRouteHandler:
    async def answered(request: AnyRequest) -> Response[bytes]:
        return await respond(service, question, request)

    answered.__name__ = f"get_{question.operation}"
    return get(path_of(question))(answered)


async def respond(service: Service, question: Question, request: AnyRequest) -> Response[bytes]:
    """The response to a question asked in an address.

    Raises:
        RefusedError: it cannot be understood, or the answer cannot be recorded.
    """
    values = read(question, request.query_params.multi_items())
    tag = _tag(service, question, values)
    if unchanged(request, tag):
        return not_modified(tag)
    answer = await asyncio.to_thread(ask_and_record, service, question, values)
    headers = {"etag": tag, "cache-control": REVALIDATE}
    return json_response(msgspec.json.encode(answer), headers)


def read(question: Question, parameters: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What an address gives, by parameter; one without a value counts as not given.

    Raises:
        RefusedError: a parameter is unknown, missing, too long, given twice or of another kind.
    """
    known = {each.name: each for each in question.parameters_in(EVERYWHERE)}
    texts: dict[str, list[str]] = {}
    for name, text in parameters:
        if name not in known:
            raise unknown(name, list(known), "parameter")
        if not text.strip():
            continue
        if len(text) > LONGEST:
            raise refuse(MISUNDERSTOOD, f"{name} is too long.", name, f"At most {LONGEST} signs.")
        if name in texts and not known[name].many:
            raise refuse(MISUNDERSTOOD, f"{name} is given twice.", name, "Keep one of them.")
        texts.setdefault(name, []).append(text.strip())
    _check_values(known.values(), texts)
    return {each.name: _value(each, texts.get(each.name, [])) for each in known.values()}


def _check_values(known: Iterable[Parameter], texts: dict[str, list[str]]) -> None:
    """Ask for what is missing.

    Raises:
        RefusedError: something is; the message has an example.
    """
    either: dict[str, list[Parameter]] = {}
    for each in known:
        if each.is_missing(texts.get):
            do = f"{each.sentence} For example {urlencode({each.name: each.example})}."
            raise refuse(MISUNDERSTOOD, f"{each.name} is missing.", each.name, do)
        if each.either:
            either.setdefault(each.either, []).append(each)
    for some in either.values():
        if sum(each.name in texts for each in some) != 1:
            names = " and ".join(each.name for each in some)
            examples = ", or ".join(f"{each.name}={each.example}" for each in some)
            what = f"A question names one of {names}."
            raise refuse(MISUNDERSTOOD, what, some[0].name, f"Write {examples}.")


def _value(each: Parameter, texts: list[str]) -> Any:
    if each.many:
        return texts
    if each.kind == "flag":
        if not texts:
            return False
        if texts[0].lower() not in FLAGS:
            what = f"{each.name} {texts[0]!r} is neither true nor false."
            raise refuse(MISUNDERSTOOD, what, each.name, "Write true, or leave it out.")
        return FLAGS[texts[0].lower()]
    if not texts:
        return each.default
    if each.kind == "number":
        return _number(each, texts[0])
    return texts[0]


def _number(each: Parameter, text: str) -> int:
    # `isdigit` alone is also true of superscripts, which `int` refuses.
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) < each.least:
        what = f"{each.name} {text!r} is not a whole number from {each.least} on."
        raise refuse(MISUNDERSTOOD, what, each.name, f"Write {each.least} or more.")
    return int(text)


def ask(
    service: Service, question: Question, values: ParameterValues
) -> tuple[AddressRequest, Mapping[str, Any]]:
    """What was asked, and the answer of the command.

    Raises:
        RefusedError: the question cannot be understood.
    """
    try:
        posed = AddressRequest(question, values, service)
        return posed, question.answer(posed)
    except ValueError as error:
        raise RefusedError(refusal_of(error)) from error


def ask_and_record(
    service: Service, question: Question, values: ParameterValues
) -> Mapping[str, Any]:
    """The answer of the command, recorded where such answers are.

    Raises:
        RefusedError: the question cannot be understood, or the answer cannot be recorded.
    """
    (posed, answer), recorded = ask(service, question, values), question.recorded
    if recorded is not None:
        service.record(lambda: recorded(posed, answer))
    return answer


def _tag(service: Service, question: Question, values: ParameterValues) -> str:
    """What changes when an answer may: the register, the user's own lists, and the question."""
    # A question without a day means another one tomorrow, and must not keep its tag.
    query = urlencode({**values, "on": values.get("on") or service.today()}, doseq=True)
    text = "\0".join((__version__, service.sha256, repr(user_state()), question.name, query))
    return f'"{sha256(text.encode()).hexdigest()[:32]}"'


def path_of(question: Question) -> str:
    """The address of a question."""
    return f"/v1/{question.name.replace(' ', '/')}"


def query_paths(service: Service, schemas: Schemas, examples: bool) -> dict[str, Schema]:
    """Paths of the OpenAPI document, each with a live answer as its example.

    Args:
        service: answers the examples.
        schemas: where the schemas of types are put.
        examples: whether there are any.
    """
    return {
        path_of(question): {"get": _described(service, question, schemas, examples)}
        for question in addressed()
        if question.name != DUTY
    }


def _described(service: Service, question: Question, schemas: Schemas, examples: bool) -> Schema:
    content: Schema = {"schema": schemas.of_answer(question.typed)}
    if examples and not question.slow:
        _, content["example"] = ask(service, question, read(question, question.sample()))
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    refused = {"description": "Not answered", "content": error}
    return {
        "operationId": question.operation,
        "summary": question.summary.removesuffix("."),
        "parameters": parameters_of(question),
        "responses": {
            "200": {
                "description": "The answer",
                "content": {"application/json": content},
            },
            "304": {"description": "Unchanged"},
            "422": refused,
        },
    }


def parameters_of(question: Question) -> list[Schema]:
    """The parameters of a question as the OpenAPI document has them."""
    asked = question.parameters_in(EVERYWHERE)
    return [parameter_of(each, asked) for each in asked]


def parameter_of(each: Parameter, others: Iterable[Parameter] = ()) -> Schema:
    """A parameter as the OpenAPI document has it.

    Args:
        each: the parameter.
        others: that may be given beside it, one of which may stand in for it.
    """
    kinds = {"text": "string", "number": "integer", "flag": "boolean"}
    kind: Schema = {"type": kinds[each.kind]}
    if each.choices:
        kind["enum"] = list(each.choices)
    if each.kind == "number":
        kind["minimum"] = each.least
    example: Any = each.example
    if each.kind == "number":
        example = int(each.example)
    elif each.kind == "flag":
        example = True
    return {
        "name": each.name,
        "in": "query",
        "required": each.is_needed(others),
        "description": each.sentence,
        "schema": {"type": "array", "items": kind} if each.many else kind,
        "example": [example] if each.many else example,
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
