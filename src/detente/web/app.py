"""The server's application: routes of pages and API behind the guard, and what errors look like."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Litestar, MediaType, Request, Response
from litestar.exceptions import HTTPException
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, ExceptionHandlersMap

from detente.api.buckets import Buckets
from detente.api.guard import Guard, Keys, Limits
from detente.api.metering import Meter
from detente.api.processes import Processes
from detente.api.refusals import Refusal, RefusedError
from detente.api.responses import NO_STORE
from detente.api.routes import metrics_route, routes
from detente.api.service import Service
from detente.store.jobs.shelf import Jobs
from detente.store.whole import has_no_room
from detente.web.ask_pages import AskPages, ask_pages
from detente.web.averages import Averages
from detente.web.box import Box, box
from detente.web.comparison import ComparisonPage, comparison
from detente.web.entry import EntryPage, entries
from detente.web.evidence import EvidencePage, evidence
from detente.web.frame.site import Site
from detente.web.guide import Guide, guide
from detente.web.history import Histories, histories
from detente.web.mineral_pages import MineralPages, minerals
from detente.web.minerals import MineralsPage, supply
from detente.web.pages import Pages, pages
from detente.web.parties.lists import ListsPage, lists
from detente.web.parties.ownership import Ownership, ownership
from detente.web.parties.screening import ScreeningPage, screening
from detente.web.records import RecordPages, records
from detente.web.schedule_pages import SchedulePages, schedule_pages
from detente.web.timeline import TimelinePage, timeline
from detente.web.today import Today, today_page
from detente.web.transaction import Transaction, transaction
from detente.web.trees import TreePage, trees
from detente.web.waiting.background import KINDS, Background, WorkKind, background, open_jobs
from detente.web.waiting.checking import Checking, checking
from detente.web.waiting.tables import TablePages, tables
from detente.web.waiting.vendors import Vendors, vendors

AnyRequest = Request[Any, Any, Any]

LOG = logging.getLogger("detente.serve")

FAULT = Refusal(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "The server failed to answer.",
    "",
    "Ask again; if it fails again, report the question and the server's log as an issue.",
)

NO_ROOM = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "The server has no room left on its disk, and nothing of this was kept.",
    "",
    "Ask whoever runs it to make room, then ask again.",
    seconds=60,
)

HALF = Refusal(
    HTTPStatus.UNPROCESSABLE_ENTITY,
    "A text of the question holds half a character (a lone surrogate).",
    "",
    "Write both halves, or leave it out.",
)
"""What cannot be written in an answer was not ours: it came with the question."""


def create_app(
    service: Service,
    limits: Limits = Limits(),  # noqa: B008 - an immutable tuple
    hosts: Iterable[str] | None = None,
    keys: Keys | None = None,
    processes: Processes | None = None,
    jobs: Jobs | None = None,
    kinds: Mapping[str, WorkKind] = KINDS,
    buckets: Buckets | None = None,
) -> ASGIApp:
    """The application over a service, behind its guard.

    Args:
        service: where questions are answered.
        limits: what one request may take.
        hosts: names by which the server may be called; None for any.
        keys: keys one of which every request must bring; None for none.
        processes: answer what is not quick; None to answer everything here, without a budget.
        jobs: where files of people are worked on; those of the user's folder where it is None.
        kinds: what can be done with such a file.
        buckets: how often each caller asked, where other processes count too.
    """
    known: set[str] = set()
    meter = Meter(known)
    app = answering_app(service, limits, meter, jobs, kinds)
    # The meter holds this set, and the routes that fill it cannot be made without the meter.
    known.update(each.path for each in app.routes)
    if processes is not None:  # what takes a file only puts it into a queue with its own budget
        processes.leave_out(kind.here for kind in kinds.values())
    return Guard(app, hosts, keys, limits, meter, processes, buckets)


def answering_app(
    service: Service,
    limits: Limits,
    meter: Meter,
    jobs: Jobs | None = None,
    kinds: Mapping[str, WorkKind] = KINDS,
) -> Litestar:
    """What answers, without a guard: for a process whose requests were let in already."""
    site = Site(service)
    averages = Averages(service)
    today = Today(site, averages)
    running = Background(site, jobs or open_jobs(limits), kinds)
    handlers = [
        *routes(service, limits),
        metrics_route(meter),
        *pages(Pages(site), today),
        *today_page(today),
        *box(Box(site)),
        *ask_pages(AskPages(site)),
        *schedule_pages(SchedulePages(site)),
        *histories(Histories(site)),
        *entries(EntryPage(site)),
        *records(RecordPages(site)),
        *timeline(TimelinePage(site, averages)),
        *screening(ScreeningPage(site, limits)),
        *ownership(Ownership(site, limits)),
        *transaction(Transaction(site, limits)),
        *comparison(ComparisonPage(site)),
        *supply(MineralsPage(site)),
        *minerals(MineralPages(site)),
        *guide(Guide(site)),
        *checking(Checking(site, limits, running)),
        *lists(ListsPage(site, limits)),
        *trees(TreePage(site)),
        *evidence(EvidencePage(site, limits)),
        *tables(TablePages(site, limits, running)),
        *vendors(Vendors(site, limits, running)),
        *background(running),
    ]
    return Litestar(
        handlers,
        openapi_config=None,  # its pages load scripts from a network; /v1/ is our own
        request_max_body_size=None,  # bodies are read within Limits
        logging_config=None,
        exception_handlers=_refusing(site),
    )


def _refusing(site: Site) -> ExceptionHandlersMap:
    """What is answered where a question is refused, or a fault of ours stands in its way."""

    def refused(request: AnyRequest, error: RefusedError) -> Response[bytes]:
        return _respond(site, request, error.refusal)

    def http_error(request: AnyRequest, error: HTTPException) -> Response[bytes]:
        return _respond(site, request, _refusal_of_http(error, request))

    def half(request: AnyRequest, error: UnicodeEncodeError) -> Response[bytes]:
        return _respond(site, request, HALF)

    def fault(request: AnyRequest, error: Exception) -> Response[bytes]:
        if has_no_room(error):
            LOG.error("%s %s: no room on the disk", request.method, request.url.path)
            return _respond(site, request, NO_ROOM)
        LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return _respond(site, request, FAULT)

    return {
        RefusedError: refused,
        HTTPException: http_error,
        UnicodeEncodeError: half,
        Exception: fault,
    }


def _refusal_of_http(error: HTTPException, request: AnyRequest) -> Refusal:
    path = request.url.path
    if error.status_code == HTTPStatus.NOT_FOUND:
        do = "Begin at /, where a question is asked, or at /v1/, which lists the routes."
        return Refusal(error.status_code, f"There is nothing at {path}.", "path", do)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        what = f"{path} does not answer to {request.method}."
        return Refusal(
            error.status_code,
            what,
            "method",
            "See /v1/ for what it answers to.",
            allow=_methods(request),
        )
    return Refusal(error.status_code, f"{error.detail}.", "", "See /v1/ for what can be asked.")


def _methods(request: AnyRequest) -> str:
    """What an address answers to, as the header Allow has it."""
    path = request.url.path.strip("/").split("/")
    found = {"OPTIONS"}
    for route in request.app.routes:
        parts = route.path.strip("/").split("/")
        same = len(parts) == len(path) and all(
            part in (word, "") or part.startswith("{")
            for part, word in zip(parts, path, strict=True)
        )
        if same and isinstance(route, HTTPRoute):
            found |= route.methods
    return ", ".join(sorted(found | ({"HEAD"} if "GET" in found else set())))


def _respond(site: Site, request: AnyRequest, refusal: Refusal) -> Response[bytes]:
    """A refusal as JSON to a program, and as a page to a reader."""
    headers = dict(NO_STORE)
    if refusal.allow:
        headers["allow"] = refusal.allow
    if refusal.seconds:
        headers["retry-after"] = str(refusal.seconds)
    if request.url.path.startswith("/v1/") or request.url.path == "/healthz":
        body = msgspec.json.encode(refusal.as_json())
        return Response(
            body, status_code=refusal.status, media_type=MediaType.JSON, headers=headers
        )
    return site.page("problem.html", "", refusal.status, headers, problem=refusal)
