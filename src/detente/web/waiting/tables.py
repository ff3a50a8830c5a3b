"""Pages on which a table is sent, or a panel is asked for, and worked on in the background."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler

from detente.api.guard import Limits
from detente.api.parameters import read_facts
from detente.api.refusals import Refusal, RefusedError, refusal_of, refuse
from detente.api.responses import NO_STORE
from detente.applicability.entry_facts import EntryFacts
from detente.batch.panels.panel_labels import STATA
from detente.core.tables.reading import check_encoding
from detente.core.tables.writing import CSV, PARQUET, WORKBOOK
from detente.questions.panel import origins_of
from detente.web.frame.filters import Filters, day_of, filters_of
from detente.web.frame.forms import NOTHING, Sent, Upload, read_form, read_upload
from detente.web.frame.site import Site
from detente.web.waiting.background import Background

AnyRequest = Request[Any, Any, Any]

BATCH, AUDIT, PANEL = "/batch", "/audit", "/panel"
ORDERS = (("month-first", "month first: 4 March"), ("day-first", "day first: 3 April"))
TABLES = ((WORKBOOK, "a workbook"), (CSV, "CSV"), (PARQUET, "Parquet"))
PANELS = ((CSV, "CSV with a codebook"), (STATA, "Stata or R, with labels"), (PARQUET, "Parquet"))
HOW = {
    BATCH: ("facts", "encoding", "sheet", "dates", "kind"),
    AUDIT: ("encoding", "sheet", "dates", "percent", "known_on"),
    PANEL: ("origins", "from", "to", "kind"),
}
MOST_ORIGINS = 12
"""Origins of a panel that a page is asked for; the command takes all."""


class TablePages:
    """The pages over a site."""

    def __init__(self, site: Site, limits: Limits, running: Background) -> None:
        """Keep what the pages need."""
        self.site = site
        self.limits = limits
        self.running = running

    def show(
        self, here: str, problem: Refusal | None = None, typed: Sent = NOTHING
    ) -> Response[bytes]:
        """The form of a page, with what was typed into it where that cannot be taken."""
        return self.site.page(
            f"{here.strip('/')}.html",
            here,
            problem.status if problem else 200,
            NO_STORE,
            problem=problem,
            typed=typed,
            budget=self.running.jobs.budget,
            orders=ORDERS,
            kinds=PANELS if here == PANEL else TABLES,
            most=MOST_ORIGINS,
            today=self.site.service.today(),
        )

    async def take(self, request: AnyRequest, here: str) -> Response[bytes]:
        """Work on what a form sent."""
        options = {BATCH: self._batch, AUDIT: self._audit, PANEL: self._panel}[here]

        def how(texts: dict[str, str]) -> dict[str, str]:
            return options(filters_of(texts.items(), HOW[here]))

        async def refused(refusal: Refusal, typed: Sent) -> Response[bytes]:
            return self.show(here, refusal, typed)

        sent = self._sent(request, here)
        return await self.running.take_sent(here.strip("/"), sent, how, refused)

    async def _sent(self, request: AnyRequest, here: str) -> Upload:
        """What a form sent; that of a panel has no file."""
        if here != PANEL:
            return await read_upload(request, self.limits, "file", HOW[here])
        return Upload("panel", b"-", (await read_form(request, self.limits, HOW[here])).texts)

    def _batch(self, filters: Filters) -> dict[str, str]:
        texts = [each.strip() for each in filters.get("facts").split(";") if each.strip()]
        facts = read_facts(texts)
        try:
            EntryFacts(self.site.service.register.facts, facts)
        except ValueError as error:
            raise RefusedError(refusal_of(error)) from error
        return {
            **_read(filters),
            "facts": ";".join(f"{key}={text}" for key, text in facts.items()),
            "kind": _one_of(filters, "kind", TABLES) or WORKBOOK,
        }

    def _audit(self, filters: Filters) -> dict[str, str]:
        return {
            **_read(filters),
            "percent": "yes" if filters.get("percent") else "",
            "known_on": day_of(filters, "known_on"),
        }

    def _panel(self, filters: Filters) -> dict[str, str]:
        first, to = day_of(filters, "from"), day_of(filters, "to")
        if not (first and to and first < to):
            do = "Name the first day, and the day after the last."
            raise refuse(422, "A panel has a first day and one after it.", "to", do)
        words = filters.get("origins")
        try:
            origins = origins_of(self.site.service.register, words) if words else []
        except ValueError as error:
            raise RefusedError(refusal_of(error)._replace(where="origins")) from error
        if not 1 <= len(origins) <= MOST_ORIGINS:
            do = f"Name 1 to {MOST_ORIGINS}; `detente panel --origins all` takes every one."
            raise refuse(422, f"{len(origins)} origins are asked for.", "origins", do)
        kind = _one_of(filters, "kind", PANELS) or CSV
        return {"origins": ",".join(origins), "from": first, "to": to, "kind": kind}


def _read(filters: Filters) -> dict[str, str]:
    """How a file is read.

    Raises:
        RefusedError: there is no such encoding, or no such order of day and month.
    """
    encoding = filters.get("encoding")
    try:
        if encoding:
            check_encoding(encoding)
    except ValueError as error:
        do = "Leave it empty to have it found out."
        raise refuse(422, f"{error}.", "encoding", do) from error
    sheet = filters.get("sheet")
    return {"encoding": encoding, "sheet": sheet, "dates": _one_of(filters, "dates", ORDERS)}


def _one_of(filters: Filters, name: str, known: tuple[tuple[str, str], ...]) -> str:
    """A choice of the form; "" for none.

    Raises:
        RefusedError: there is no such choice.
    """
    text = filters.get(name)
    if text and text not in dict(known):
        raise refuse(422, f"{text!r} is no {name}.", name, f"Write {', '.join(dict(known))}.")
    return text


def tables(made: TablePages) -> list[HTTPRouteHandler]:
    """The routes of the pages."""
    found: list[HTTPRouteHandler] = []
    for here in HOW:
        found += _routes(made, here)
    return found


def _routes(made: TablePages, here: str) -> list[HTTPRouteHandler]:
    @get(here, sync_to_thread=False)
    def get_form(request: AnyRequest) -> Response[bytes]:
        return made.show(here)

    @post(here, status_code=200)
    async def post_form(request: AnyRequest) -> Response[bytes]:
        return await made.take(request, here)

    return [get_form, post_form]
