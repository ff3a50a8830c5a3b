"""The page of a vendor master: screened in the background, decisions kept, screened again."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler

from detente.api.guard import Limits
from detente.api.refusals import Refusal, RefusedError, refusal_of, refuse
from detente.api.responses import NO_STORE
from detente.core.tables.reading import check_encoding
from detente.core.tables.writing import table_file
from detente.core.vocabulary import UnknownWordError
from detente.parties.masters.deciding import StatedDecision, decide
from detente.parties.masters.decisions import COLUMNS, VERDICTS, Decisions, rows_of
from detente.parties.masters.stored import Masters
from detente.parties.screening.queries import known_country
from detente.web.frame.filters import Filters, day_of, filters_of, read_filters
from detente.web.frame.forms import NOTHING, Sent, Upload, read_form, read_upload
from detente.web.frame.site import Site
from detente.web.frame.words import sentence
from detente.web.records import format_of
from detente.web.waiting.background import MEDIA, Background
from detente.web.waiting.partners import ROWS_PAGE, row_shown

AnyRequest = Request[Any, Any, Any]

HERE, KIND = "/vendors", "vendors"
HOW = ("encoding", "column", "sheet", "country", "on", "keep")
BACK = "back"
"""The field of a form that says from which page of rows a decision is taken."""

SEEN = "seen"
"""The field of a form that says which decision was shown with the row, by its mark."""

AGAIN = "detente vendors again"
"""The command that screens a kept table again."""

SHOWN = 200
"""Decisions that are shown, the newest first; a file has them all."""


class Vendors:
    """The pages of vendor masters over a site."""

    def __init__(self, site: Site, limits: Limits, running: Background) -> None:
        """Keep what the pages need."""
        self.site = site
        self.limits = limits
        self.running = running

    async def show(
        self,
        request: AnyRequest,
        problem: Refusal | None = None,
        typed: Sent = NOTHING,
        decision: Sent = NOTHING,
    ) -> Response[bytes]:
        """The form, the tables that are kept, and what was decided.

        Args:
            request: the request, whose address may ask for a file.
            problem: why what was sent cannot be done.
            typed: what was typed into the form of a table that cannot be taken.
            decision: that which cannot be kept, with the page of rows from which it was sent.
        """
        filters = Filters({}, "")
        if problem is None:
            filters = read_filters(request, ("format",))
            kind = format_of(filters, ("csv", "xlsx"))
            if kind:
                return await asyncio.to_thread(self._file, kind)
        return await asyncio.to_thread(self._page, problem, typed, decision)

    def _page(self, problem: Refusal | None, typed: Sent, decision: Sent) -> Response[bytes]:
        from detente.parties.screening.store import Screen

        tables = Masters().all()
        lists = Screen(None, self.site.service.today()).sha256() if tables else ""
        decisions = Decisions()
        history = list(decisions.history())[::-1]
        return self.site.page(
            "vendors.html",
            HERE,
            problem.status if problem else 200,
            NO_STORE,
            problem=problem,
            tables=tables,
            lists=lists,
            decisions=[(each, decisions.counts(each)) for each in history[:SHOWN]],
            typed=typed,
            refused=decision,
            verdicts=VERDICTS,
            decided=len(history),
            budget=self.running.jobs.budget,
        )

    def _file(self, kind: str) -> Response[bytes]:
        """Every decision as a file."""
        from pathlib import Path

        name = f"decisions.{kind}"
        body = table_file(Path(name), COLUMNS, rows_of(Decisions().history()))
        headers = {"content-disposition": f'attachment; filename="{name}"', **NO_STORE}
        return Response(body, media_type=MEDIA[f".{kind}"], headers=headers)

    async def take(self, request: AnyRequest) -> Response[bytes]:
        """Screen the table that a form sent."""
        sent = read_upload(request, self.limits, "file", HOW)
        return await self.running.take_sent(KIND, sent, self._how, partial(self.show, request))

    def _how(self, texts: dict[str, str]) -> dict[str, str]:
        """How a table is read, checked before it waits for its turn.

        Raises:
            RefusedError: an encoding, a country or a day is none.
        """
        filters = filters_of(texts.items(), HOW)
        encoding = filters.get("encoding")
        try:
            if encoding:
                check_encoding(encoding)
            country = known_country(filters.get("country")) or ""
        except UnknownWordError as error:
            raise RefusedError(refusal_of(error)) from error
        except ValueError as error:
            do = "Leave it empty to have it found out."
            raise refuse(422, f"{error}.", "encoding", do) from error
        return {
            "encoding": encoding,
            "column": filters.get("column"),
            "sheet": filters.get("sheet"),
            "country": country,
            "on": day_of(filters, "on"),
            "keep": "yes" if filters.get("keep") else "",
            "today": self.site.service.today(),
        }

    async def again(self, request: AnyRequest, master: str) -> Response[bytes]:
        """Screen a table that is kept again."""
        try:
            found = Masters().get(master)
        except ValueError as error:
            raise refuse(404, "No such table is kept.", "", "See the page of vendors.") from error
        upload = Upload(found.name, await asyncio.to_thread(Masters().table(found).read_bytes), {})
        options = {"master": found.id, "today": self.site.service.today()}
        try:
            return await self.running.take(KIND, upload, options, any_size=True)
        except RefusedError as error:
            do = f"{error.refusal.do} Or run `{AGAIN} {found.id}` in a shell, which takes any size."
            raise RefusedError(error.refusal._replace(do=do)) from error

    async def remove(self, request: AnyRequest, master: str) -> Response[bytes]:
        """Remove a table that is kept; decisions stay."""
        try:
            Masters().remove(Masters().get(master))
        except ValueError as error:
            raise refuse(404, "No such table is kept.", "", "See the page of vendors.") from error
        return Response(b"", status_code=303, headers={"location": HERE, **NO_STORE})

    async def decide(self, request: AnyRequest) -> Response[bytes]:
        """Keep a decision on a name and a listed party."""
        sent = await read_form(request, self.limits, (*StatedDecision._fields, BACK, SEEN))
        back = sent.get(BACK) if ROWS_PAGE.fullmatch(sent.get(BACK)) else ""
        try:
            await asyncio.to_thread(self._decide, sent.texts, back)
        except ValueError as error:
            what, _, do = str(error).partition(": ")
            do = do or "see the form"
            refusal = refuse(422, f"{sentence(what)}.", "", f"{sentence(do)}.")
            stated = Sent({**sent.texts, BACK: back}, {})
            return await self.show(request, refusal.refusal, decision=stated)
        # By another address, so that whoever reloads the page does not decide again.
        return Response(
            b"", status_code=303, headers={"location": back or f"{HERE}#decisions", **NO_STORE}
        )

    def _decide(self, texts: dict[str, str], back: str) -> None:
        from detente.parties.screening.store import Screen

        today = self.site.service.today()
        stated = StatedDecision(*(texts.get(name, "") for name in StatedDecision._fields))
        row = row_shown(self.running.jobs, back, stated, today)
        # What was looked at is the party as it was listed on the day of the table.
        screen = Screen((row and row.on) or None, today)
        decide(screen, stated, today, row and row.parties, texts.get(SEEN))


def vendors(made: Vendors) -> list[HTTPRouteHandler]:
    """The routes of the pages."""

    @get(HERE)
    async def get_vendors(request: AnyRequest) -> Response[bytes]:
        return await made.show(request)

    @post(HERE, status_code=200)
    async def post_vendors(request: AnyRequest) -> Response[bytes]:
        return await made.take(request)

    @post(f"{HERE}/decide", status_code=200)
    async def post_decide(request: AnyRequest) -> Response[bytes]:
        return await made.decide(request)

    @post(f"{HERE}/{{master:str}}/again", status_code=200)
    async def post_again(request: AnyRequest) -> Response[bytes]:
        return await made.again(request, request.path_params["master"])

    @post(f"{HERE}/{{master:str}}/remove", status_code=200)
    async def post_remove(request: AnyRequest) -> Response[bytes]:
        return await made.remove(request, request.path_params["master"])

    return [get_vendors, post_vendors, post_decide, post_again, post_remove]
