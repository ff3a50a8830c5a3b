"""The page on which a file of goods or partners is looked over, in the background."""

from __future__ import annotations

from functools import partial
from typing import Any

from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler

from detente.api.guard import Limits
from detente.api.refusals import Refusal, RefusedError, refusal_of, refuse
from detente.api.responses import NO_STORE
from detente.check.answer import places_of
from detente.check.columns import MEANINGS, stated_columns
from detente.core.tables.reading import check_encoding
from detente.core.vocabulary import UnknownWordError
from detente.web.frame.filters import day_of, filters_of
from detente.web.frame.forms import NOTHING, Sent, read_upload
from detente.web.frame.site import Site
from detente.web.waiting.background import Background

AnyRequest = Request[Any, Any, Any]

HERE, KIND = "/check", "check"
HOW = ("encoding", "sheet", "column", "origins", "on", "ahead")
AHEAD = "365"


class Checking:
    """The page over a site."""

    def __init__(self, site: Site, limits: Limits, running: Background) -> None:
        """Keep what the page needs."""
        self.site = site
        self.limits = limits
        self.running = running

    async def show(
        self, request: AnyRequest, problem: Refusal | None = None, typed: Sent = NOTHING
    ) -> Response[bytes]:
        """The form, with what was typed into it where that cannot be taken."""
        return self.site.page(
            "check.html",
            HERE,
            problem.status if problem else 200,
            NO_STORE,
            problem=problem,
            typed=typed,
            budget=self.running.jobs.budget,
            meanings=MEANINGS,
            ahead=AHEAD,
        )

    async def take(self, request: AnyRequest) -> Response[bytes]:
        """Look over the file that a form sent."""
        sent = read_upload(request, self.limits, "file", HOW)
        return await self.running.take_sent(KIND, sent, self._how, partial(self.show, request))

    def _how(self, texts: dict[str, str]) -> dict[str, str]:
        """How a file is read, checked before it waits for its turn.

        Raises:
            RefusedError: something of it cannot be understood.
        """
        filters = filters_of(texts.items(), HOW)
        column = texts.get("column", "").replace("\r\n", "\n")
        try:
            if filters.get("encoding"):
                check_encoding(filters.get("encoding"))
            stated_columns(each for each in column.split("\n") if each.strip())
            origins = places_of(filters.get("origins"))
        except UnknownWordError as error:
            raise RefusedError(refusal_of(error)) from error
        except ValueError as error:
            what, _, do = str(error).removeprefix("--column ").partition(": ")
            raise refuse(422, f"{what}.", "", f"{do or 'See the form'}.") from error
        ahead = filters.get("ahead") or AHEAD
        if not (ahead.isascii() and ahead.isdigit() and len(ahead) <= 4):
            raise refuse(422, f"{ahead!r} is not a number of days.", "ahead", "Write 365, or 0.")
        today = self.site.service.today()
        return {
            "encoding": filters.get("encoding"),
            "sheet": filters.get("sheet"),
            "column": column,
            "origins": ",".join(origins),
            "on": day_of(filters, "on") or today,
            "today": today,
            "ahead": ahead,
        }


def checking(made: Checking) -> list[HTTPRouteHandler]:
    """The routes of the page."""

    @get(HERE)
    async def get_check(request: AnyRequest) -> Response[bytes]:
        return await made.show(request)

    @post(HERE, status_code=200)
    async def post_check(request: AnyRequest) -> Response[bytes]:
        return await made.take(request)

    return [get_check, post_check]
