"""The routes of the API: duty, batch, health, and the document that describes them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from detente._version import __version__
from detente.api.bodies import read_body
from detente.api.body_routes import body_routes
from detente.api.document import document
from detente.api.guard import Limits
from detente.api.metering import Meter
from detente.api.parameters import from_json, from_query, read_facts, unknown
from detente.api.query_routes import DUTY, query_routes, respond
from detente.api.responses import (
    NO_STORE,
    REVALIDATE,
    json_response,
    no_parameters,
    not_modified,
    reading_of,
    unchanged,
)
from detente.api.rows import MEDIA, answered, check_facts, read_table
from detente.api.service import Service
from detente.questions import find

AnyRequest = Request[Any, Any, Any]

MOST_OF_IT = 0.8
"""Part of the seconds of a request after which the rows of a table that are left say so."""

PROMETHEUS = "text/plain; version=0.0.4"


def routes(service: Service, limits: Limits) -> list[HTTPRouteHandler]:
    """The routes over a service."""
    described: list[bytes] = []

    @get("/v1/duty")
    async def get_duty(request: AnyRequest) -> Response[bytes]:
        if request.query_params.get("scenario"):
            return await respond(service, find(DUTY), request)
        question = from_query(request.query_params.multi_items(), service.today())
        tag = service.tag(question, "json")
        if unchanged(request, tag):
            return not_modified(tag)
        return json_response(
            service.answer_json(question), {"etag": tag, "cache-control": REVALIDATE}
        )

    @post("/v1/duty", status_code=200)
    async def post_duty(request: AnyRequest) -> Response[bytes]:
        no_parameters(request)
        question = from_json(await read_body(request, limits, limits.small), service.today())
        return json_response(service.answer_json(question))

    @post("/v1/batch", status_code=200)
    async def post_batch(request: AnyRequest) -> Stream:
        facts = read_facts(_facts(request))
        answering = reading_of(service, request, ("fact",))
        check_facts(answering, facts)
        media = request.headers.get("content-type", "")
        body = await read_body(request, limits)
        table = await asyncio.to_thread(read_table, body, media, limits)
        kind = MEDIA[media.partition(";")[0].strip().lower()]
        until = time.monotonic() + MOST_OF_IT * limits.wall_seconds
        return Stream(_pieces(answered(answering, table, facts, until)), media_type=kind)

    @get("/healthz", sync_to_thread=False)
    def get_health(request: AnyRequest) -> Response[bytes]:
        no_parameters(request)
        state = {"status": "ok", "version": __version__, "sha256": service.sha256}
        return json_response(msgspec.json.encode(state), NO_STORE)

    @get("/v1/openapi.json", sync_to_thread=False)
    def get_document(request: AnyRequest) -> Response[bytes]:
        no_parameters(request)
        if not described:
            described.append(msgspec.json.encode(document(service)))
        return json_response(described[0], {"cache-control": REVALIDATE})

    return [
        get_duty,
        post_duty,
        post_batch,
        get_health,
        get_document,
        *query_routes(service),
        *body_routes(service, limits),
    ]


def metrics_route(meter: Meter) -> HTTPRouteHandler:
    """What was asked how often, for whoever watches the server; each process counts its own."""

    @get("/metrics", sync_to_thread=False)
    def get_metrics(request: AnyRequest) -> Response[str]:
        no_parameters(request)
        headers = NO_STORE
        return Response(meter.text(__version__), media_type=PROMETHEUS, headers=headers)

    return get_metrics


def _facts(request: AnyRequest) -> list[str]:
    texts = []
    for name, text in request.query_params.multi_items():
        if name not in ("fact", "reading"):
            raise unknown(name, ["fact", "reading"], "parameter")
        if name == "fact":
            texts.append(text)
    return texts


async def _pieces(pieces: Iterator[str]) -> AsyncIterator[bytes]:
    """Pieces as bytes; each is made in a thread, so that the server goes on."""
    # A default ends it, since StopIteration cannot be raised out of a thread into a coroutine.
    while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
        yield piece.encode()
