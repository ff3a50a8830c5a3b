"""Routes that take a question in JSON: a whole transaction, ownership, many names."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence, Sized
from typing import Any

import msgspec
from litestar import Request, Response, post
from litestar.handlers import HTTPRouteHandler

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.api.bodies import read_body, read_json
from detente.api.guard import Limits
from detente.api.parameters import unknown
from detente.api.query_routes import parameter_of, schema_of
from detente.api.refusals import RefusedError, refusal_of, refuse
from detente.api.responses import NO_STORE, json_response, no_parameters, reading_of
from detente.api.schemas import Schema, Schemas
from detente.api.service import Service
from detente.core.clock import day_text
from detente.core.stated_days import named_day
from detente.core.tables.reading import TableRows, rows_of_cells
from detente.duty.question import QuestionError
from detente.questions.common import READING
from detente.transaction.recorded import LedgerDraft, of_answer, of_owners, of_screening

if TYPE_CHECKING:
    from detente.answers.entry import EntryAnswer
    from detente.answers.owners import Owners
    from detente.answers.parties import Screening
    from detente.transaction.assessment import Assessment

AnyRequest = Request[Any, Any, Any]
MISUNDERSTOOD = 422

WHERE = "the body"

OWNERS = (
    "holdings", "seeds", "entities", "regime", "on", "known_on", "reading", "screen",
)  # fmt: skip
"""Keys of a question about owners."""


class BodyRoute(NamedTuple):
    """A question in JSON: its route, what it answers, a sample body, how it is answered, and kept.

    ``recorded`` makes an entry of the ledger of a body and its answer. One that ``reads_law`` may
    be put to either reading, with ``?reading=announced``. ``typed`` is the type of the answer, as
    a question has it.
    """

    name: str
    summary: str
    sample: Mapping[str, Any]
    answer: Callable[[Service, bytes], Mapping[str, Any]]
    recorded: Callable[[bytes, Mapping[str, Any]], LedgerDraft]
    typed: str
    reads_law: bool = True


def _assess(service: Service, body: bytes) -> Assessment:
    from detente.transaction.shipment import read_shipment

    if not body.lstrip().startswith(b"{") and len(body) > service.limits.small:
        what = f"A shipment in YAML has at most {service.limits.small} bytes here."
        raise refuse(413, what, "body", "Send it as JSON.")
    try:
        query = read_shipment(body.decode("utf-8-sig"), WHERE)
    except QuestionError as error:
        raise QuestionError(str(error).removeprefix(f"{WHERE}: ")) from error
    return service.assess(query)


def _entry(service: Service, body: bytes) -> EntryAnswer:
    from detente.entry.answer import answer_entry
    from detente.entry.reading import of_text

    read_json(body, depth=service.limits.depth)
    summary = of_text(body.decode("utf-8-sig"), {}, WHERE)
    return answer_entry(service.register, service.schedule, summary, service.today())


def _owners(service: Service, body: bytes) -> Owners:
    from detente.parties.ownership.answer import owners
    from detente.parties.ownership.file import (
        ENTITY_COLUMNS,
        HOLDING_COLUMNS,
        SEED_COLUMNS,
        read_entities,
        read_holdings,
        read_seeds,
    )
    from detente.parties.ownership.model import Holdings

    sent = _object(service, body, OWNERS)
    check_holdings(service.limits, *(sent.get(key) for key in ("holdings", "seeds", "entities")))
    held = Holdings(
        read_holdings(table_of("holdings", sent.get("holdings", []), HOLDING_COLUMNS)),
        read_seeds(table_of("seeds", sent.get("seeds", []), SEED_COLUMNS)),
        read_entities(table_of("entities", sent.get("entities", []), ENTITY_COLUMNS)),
        (),
    )
    known_on = sent.get("known_on")
    reading = sent.get("reading")
    register = service.by_reading(None if reading is None else str(reading)).register
    rule, on = str(sent.get("regime", "bis")), str(sent.get("on", service.today()))
    screen = sent.get("screen", False)
    if not isinstance(screen, bool):
        raise ValueError(f"screen is {screen!r}: write true, to screen the names, or false")
    if screen:
        from detente.parties.ownership.regimes import regime
        from detente.parties.ownership.screened_names import with_listed
        from detente.parties.screening.store import Screen

        lists = Screen(_day(on[:10]), service.today())
        held = with_listed(held, lists, regime(register, rule).seeds)
    return owners(
        register,
        held,
        rule,
        on,
        None if known_on is None else named_day(str(known_on), "known_on"),
    )


def _screen(service: Service, body: bytes) -> Screening:
    from detente.parties.screening.answer import answer_screen
    from detente.parties.screening.store import Screen

    sent = _object(service, body, ("names", "addresses", "country", "top", "on", "reading"))
    names, addresses = _texts(sent, "names"), _texts(sent, "addresses", [])
    check_names(service.limits, names)
    top = sent.get("top", 10)
    if not isinstance(top, int) or not 1 <= top <= 100:
        raise ValueError(f"top is {top!r}: write a number from 1 to 100")
    country = str(sent.get("country") or "") or None
    reading = str(sent.get("reading") or "")
    lists = Screen(_day(sent.get("on")), service.today(), reading)
    return answer_screen(lists, names, country, top, addresses)


def _texts(sent: Mapping[str, Any], key: str, default: list[str] | None = None) -> list[str]:
    """The texts under a key of a body.

    Raises:
        ValueError: they are no list of texts.
    """
    found = sent.get(key, default)
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise ValueError(f'the {key} are no list of texts: write {{"{key}": ["…"]}}')
    return found


def _screened(body: bytes, answer: Mapping[str, Any]) -> LedgerDraft:
    sent = json.loads(body)
    country = str(sent.get("country", "")).upper() or None
    addresses = sent.get("addresses", ())
    return of_screening(sent["names"], country, _day(sent.get("on")), answer, addresses)


def _day(text: Any) -> str | None:
    return None if text is None else day_text(named_day(str(text), "on"))


def _object(service: Service, body: bytes, keys: tuple[str, ...]) -> dict[str, object]:
    try:
        sent = read_json(body, numbers_as_text=False, depth=service.limits.depth)
    except ValueError as error:
        raise refuse(400, f"The body is not JSON: {error}.", "body", "Send an object.") from error
    if not isinstance(sent, dict):
        raise refuse(MISUNDERSTOOD, "The body is not a JSON object.", "body", "Send an object.")
    for name in sent:
        if name not in keys:
            raise unknown(name, keys, "key")
    return sent


def check_names(limits: Limits, names: Sequence[str]) -> None:
    """Refuse names that are too many or too long to be compared here.

    Raises:
        RefusedError: they are; `detente screen --file` takes any number.
    """
    if len(names) > limits.names:
        do = f"Send at most {limits.names} at once, or run `detente screen --file`."
        raise refuse(MISUNDERSTOOD, f"{len(names)} names are too many.", "names", do)
    for number, name in enumerate(names, 1):
        if len(name) > limits.name:
            what = f"Name {number} has {len(name)} characters."
            raise refuse(MISUNDERSTOOD, what, "names", f"Write at most {limits.name} of a name.")


def check_holdings(limits: Limits, *tables: object) -> None:
    """Refuse tables of holdings, seeds and entities with more rows than are followed here.

    Raises:
        RefusedError: they have; `detente owners` takes any number.
    """
    rows = sum(len(each) for each in tables if isinstance(each, Sized))
    if rows > limits.holdings:
        do = f"Send at most {limits.holdings} in all tables, or run `detente owners` on the files."
        raise refuse(MISUNDERSTOOD, f"{rows} rows are too many.", "holdings", do)


def table_of(key: str, rows: object, columns: tuple[tuple[str, ...], tuple[str, ...]]) -> TableRows:
    """Rows of objects as the table that the command reads, so that both are read alike.

    Raises:
        RefusedError: a row has a key that nobody reads.
        ValueError: there is no list of rows.
    """
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(f"{key} is not a list of objects: each has {', '.join(columns[0])}")
    used = list(dict.fromkeys([*columns[0], *(name for row in rows for name in row)]))
    for name in used:
        if name not in (*columns[0], *columns[1]):
            raise unknown(name, (*columns[0], *columns[1]), "key")
    return rows_of_cells(key, used, ([_cell(row.get(name)) for name in used] for row in rows))


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    return "" if value is None else json.dumps(value)


BODY_ROUTES = (
    BodyRoute(
        "assess",
        "A whole transaction: duty, parties, licence, and a verdict",
        {
            "code": "8507.60.00.10",
            "origin": "CN",
            "destination": "US",
            "on": "2025-11-12",
            "value": "10000",
            "parties": [{"name": "Some Buyer", "role": "consignee", "country": "US"}],
        },
        _assess,
        lambda _, answer: of_answer("assess", answer),
        typed="assess.AssessmentAnswer",
    ),
    BodyRoute(
        "entry",
        "A whole entry: duty line by line, fees, taxes, possible orders, and totals",
        {
            "entry_type": "01",
            "entry_date": "2025-11-12",
            "mode": "ocean",
            "lines": [
                {"code": "8507.60.00.10", "origin": "CN", "value": "10000", "adcvd": "none"},
            ],
        },
        _entry,
        lambda _, answer: of_answer("entry", answer),
        typed="entry.EntryAnswer",
    ),
    BodyRoute(
        "owners",
        "Who is covered because of who owns them",
        {
            "holdings": [
                {"owner": "alpha", "owned": "delta", "share": "30"},
                {"owner": "beta", "owned": "delta", "share": "20"},
            ],
            "seeds": [{"id": "alpha", "list": "EL"}, {"id": "beta", "list": "EL"}],
            "regime": "bis",
            "on": "2025-10-15",
        },
        _owners,
        lambda body, answer: of_owners(json.loads(body), answer),
        typed="owners.Owners",
    ),
    BodyRoute(
        "screen",
        "Which listed parties names may be, and what the lists were read of",
        {"names": ["Huawei Technologies"], "country": "CN", "top": 3, "on": "2026-08-01"},
        _screen,
        _screened,
        typed="parties.Screening",
        reads_law=False,
    ),
)


def body_routes(service: Service, limits: Limits) -> list[HTTPRouteHandler]:
    """A route for every question in JSON."""
    return [_route(service, limits, route) for route in BODY_ROUTES]


def _route(service: Service, limits: Limits, route: BodyRoute) -> HTTPRouteHandler:
    async def answered(request: AnyRequest) -> Response[bytes]:
        answering = reading_of(service, request) if route.reads_law else service
        if not route.reads_law:
            no_parameters(request)
        body = await read_body(request, limits, limits.question)
        answer = await asyncio.to_thread(_ask_and_record, answering, route, body)
        return json_response(msgspec.json.encode(answer), NO_STORE)

    answered.__name__ = f"post_{route.name}"
    return post(f"/v1/{route.name}", status_code=200)(answered)


def answer_of(service: Service, route: BodyRoute, body: bytes) -> Mapping[str, Any]:
    """The answer of the command.

    Raises:
        RefusedError: the body cannot be understood.
    """
    try:
        return route.answer(service, body)
    except UnicodeDecodeError as error:
        raise refuse(400, "The body is not UTF-8.", "body", "Send it as UTF-8.") from error
    except ValueError as error:
        raise RefusedError(refusal_of(error)) from error


def _ask_and_record(service: Service, route: BodyRoute, body: bytes) -> Mapping[str, Any]:
    answer = answer_of(service, route, body)
    service.record(lambda: route.recorded(body, answer))
    return answer


def body_paths(service: Service, schemas: Schemas, examples: bool) -> dict[str, Schema]:
    """Their part of the OpenAPI document, with examples out of live answers where asked for."""
    return {
        f"/v1/{route.name}": {"post": _described(service, route, schemas, examples)}
        for route in BODY_ROUTES
    }


def _described(service: Service, route: BodyRoute, schemas: Schemas, examples: bool) -> Schema:
    content: Schema = {"schema": schemas.of_answer(route.typed)}
    if examples:
        content["example"] = answer_of(service, route, msgspec.json.encode(route.sample))
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    refused = {"description": "Not answered", "content": error}
    return {
        "operationId": f"post_{route.name}",
        "summary": route.summary,
        "parameters": [parameter_of(READING)] if route.reads_law else [],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": schema_of(route.sample),
                    "example": route.sample,
                }
            },
        },
        "responses": {
            "200": {
                "description": "The answer",
                "content": {"application/json": content},
            },
            **dict.fromkeys(("400", "408", "413", "422"), refused),
        },
    }
