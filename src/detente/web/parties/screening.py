"""The page on which names are screened: one by its address, or many from a table."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.api.body_routes import check_names
from detente.api.guard import Limits
from detente.api.refusals import Refusal, RefusedError, refusal_of
from detente.api.responses import NO_STORE
from detente.core.tables.writing import csv_text
from detente.core.vocabulary import UnknownWordError
from detente.parties.screening.answer import result_of
from detente.parties.screening.queries import known_country, query_of
from detente.parties.screening.rows import output_columns, own_columns
from detente.transaction.recorded import of_screening
from detente.web.frame.filters import Filters, answered, answered_form, day_of
from detente.web.frame.forms import Sent, read_form
from detente.web.frame.site import Site
from detente.web.parties.pasted_names import NameRow, NamesTable, read_names
from detente.web.records import CSV, JSON, format_of

if TYPE_CHECKING:
    from detente.answers.parties import ScreenedName
    from detente.answers.shared import Coverage as CoverageRow

AnyRequest = Request[Any, Any, Any]

TOP = 10
"""Hits of a single name that are shown."""

FIELDS = ("names", "country", "on", "reading", "format")
ASKED = ("name", "country", "address", "on", "reading", "format")
"""What an address asks of one name."""

MOST = 1000
"""Names of one table that a page screens."""

COLUMNS = output_columns(1)
"""Columns that are added to a table, those of `detente screen --file`."""


class NameResult(NamedTuple):
    """A name with its answer.

    Attributes:
        row: the name.
        result: under the keys of the interface; ``unresolved`` where it cannot be screened.
        cells: of ``COLUMNS``, of the party that comes closest.
        note: that the country of its row was not understood, or empty.
    """

    row: NameRow
    result: ScreenedName
    cells: list[str]
    note: str = ""


class Answered(NamedTuple):
    """Names with their answers, and what the lists were read of.

    Attributes:
        found: the names, in order.
        on: the day that was asked about, ISO.
        reading: the one that is followed.
        coverage: under the keys of the interface.
        beside: lists that no status speaks of, likewise.
    """

    found: list[NameResult]
    on: str
    reading: str
    coverage: list[CoverageRow]
    beside: list[CoverageRow]


def screen(rows: Sequence[NameRow], on: str, today: str, top: int, reading: str = "") -> Answered:
    """Screen names against the lists as of a day; "" for the newest.

    Raises:
        UnknownWordError: there is no such reading.
    """
    from detente.parties.names.spelling import use_library
    from detente.parties.screening.crowd import singly
    from detente.parties.screening.further_names import rows_answered
    from detente.parties.screening.list_coverage import screened
    from detente.parties.screening.related import NameHits, RelatedParties
    from detente.parties.screening.rows import cells_of, noted
    from detente.parties.screening.store import Screen

    if len(rows) > 1:
        use_library()
    lists = Screen(on or None, today, reading)
    read, answers = screened(lists), singly(lists, RelatedParties(lists))
    short = read.in_short()
    found = []
    for each in rows:
        query = query_of(
            each.name, each.country, each.city, address=each.address, unread=each.unread,
            further=each.further,
        )  # fmt: skip
        (hits,) = rows_answered(lists, [query], top, answers)
        if isinstance(hits, str):
            cells = cells_of(read, short, hits)
            refused: ScreenedName = {
                "name": each.name, "status": cells[0], "reason": hits, "hits": [], "related": [],
            }  # fmt: skip
            found.append(NameResult(each, refused, cells))
            continue
        result = result_of(read, each.name, hits, hits.related)
        shown, others = lists.shown_of([*hits, *hits.others], 1)
        cells = cells_of(read, short, NameHits(shown, hits.related, others))
        found.append(NameResult(each, result, noted(cells, query.note), query.note))
    return Answered(found, lists.day, read.reading, list(read.rows), list(read.beside))


def _screened(rows: Sequence[NameRow], on: str, today: str, top: int, filters: Filters) -> Answered:
    """The same by the reading that a form names.

    Raises:
        RefusedError: there is no such reading.
    """
    try:
        return screen(rows, on, today, top, filters.get("reading"))
    except UnknownWordError as error:
        raise RefusedError(refusal_of(error)) from error


def _country(filters: Filters) -> str:
    """The country that the form names for all, "" for none.

    Raises:
        RefusedError: it is none.
    """
    try:
        return known_country(filters.get("country")) or ""
    except UnknownWordError as error:
        raise RefusedError(refusal_of(error)) from error


def result_csv(table: NamesTable, found: Sequence[NameResult]) -> bytes:
    """The rows that were sent, in their order, with the columns of the result."""
    rows = (
        (*each.row.cells, *each.cells, *[""] * (len(COLUMNS) - len(each.cells))) for each in found
    )
    return csv_text((*own_columns(table.columns, COLUMNS), *COLUMNS), rows).encode()


class ScreeningPage:
    """The page of screening over a site."""

    def __init__(self, site: Site, limits: Limits) -> None:
        self.site = site
        self.limits = limits

    async def one(self, request: AnyRequest) -> Response[bytes]:
        """The forms, or one name that the address asks for."""
        return await answered(request, ASKED, self._one, self._refused)

    async def _refused(self, filters: Filters, refusal: Refusal) -> Response[bytes]:
        return self._page(filters, problem=refusal)

    async def _one(self, filters: Filters) -> Response[bytes]:
        name, on = filters.get("name"), day_of(filters, "on")
        kind = format_of(filters, ("json",))
        country = _country(filters)
        address = filters.get("address")
        # An address alone is asked as a name, as the command asks it: a list may have it.
        asked, beside = (name, address) if name else (address, "")
        rows = [NameRow(asked, country, (asked,), address=beside)] if asked else []
        today = self.site.service.today()
        shown = await asyncio.to_thread(_screened, rows, on, today, TOP, filters)
        if rows:
            await asyncio.to_thread(self._record, shown, filters.get("country"), on)
        if kind:
            results = [each.result for each in shown.found]
            body = {
                "on": shown.on,
                "reading": shown.reading,
                "results": results,
                "coverage": shown.coverage,
                "beside": shown.beside,
            }
            return Response(msgspec.json.encode(body), media_type=JSON)
        return self._page(filters, shown)

    async def many(self, request: AnyRequest) -> Response[bytes]:
        """A table of names, as a page or as CSV."""
        form = read_form(request, self.limits, FIELDS)
        names = ("country", "on", "reading", "format")
        return await answered_form(form, ("names",), names, self._many, self._refused_form)

    async def _refused_form(
        self, filters: Filters, sent: Sent, refusal: Refusal
    ) -> Response[bytes]:
        return self._page(filters, problem=refusal, text=sent.get("names"))

    async def _many(self, filters: Filters, sent: Sent) -> Response[bytes]:
        on, kind = day_of(filters, "on"), format_of(filters, ("csv",))
        table = read_names(sent.get("names"), _country(filters), MOST)
        check_names(self.limits, [name for each in table.rows for name in each.names])
        # A row of the CSV has room for one hit.
        today, top = self.site.service.today(), 1 if kind else TOP
        shown = await asyncio.to_thread(_screened, table.rows, on, today, top, filters)
        await asyncio.to_thread(self._record, shown, filters.get("country"), on)
        if kind:
            headers = {
                "content-disposition": 'attachment; filename="screened.csv"',
                **NO_STORE,
            }
            body = result_csv(table, shown.found)
            return Response(body, media_type=CSV, headers=headers)
        return self._page(filters, shown, text=sent.get("names"), table=table)

    def _record(self, answered: Answered, country: str, on: str) -> None:
        """Record what was found of names, each with the country of its own row."""
        results = [{**each.result, "country": each.row.country} for each in answered.found]
        names = [each.row.name for each in answered.found]
        addresses = [each.row.address for each in answered.found]
        answer = {
            "on": answered.on,
            "reading": answered.reading,
            "results": results,
            "coverage": answered.coverage,
            "beside": answered.beside,
        }
        self.site.service.record(
            lambda: of_screening(names, country.upper() or None, on or None, answer, addresses)
        )

    def _page(
        self,
        filters: Filters,
        answered: Answered | None = None,
        problem: Refusal | None = None,
        text: str = "",
        table: NamesTable | None = None,
    ) -> Response[bytes]:
        found = answered.found if answered is not None else []
        counts: dict[str, int] = {}
        for each in found:
            status = each.result["status"]
            counts[status] = counts.get(status, 0) + 1
        return self.site.page(
            "screen.html",
            "/screen",
            problem.status if problem else 200,
            NO_STORE,
            filters=filters,
            found=found,
            counts=counts,
            problem=problem,
            text=text,
            many=table is not None,
            table=table,
            answered=answered,
            titles=_titles(),
            link=filters.link("/screen", self.site.service.sha256)
            if found and table is None
            else "",
            other_register=filters.other(self.site.service.sha256),
        )


def _titles() -> dict[str, str]:
    """The titles of the lists that are at hand or known of, by short name."""
    from detente.parties.screening.store import listed, open_built_in, read_facts

    lists = open_built_in()
    known = {name: each.title for name, each in read_facts(lists).items()}
    lists.close()
    return {**{each.list: each.title for each in listed()}, **known}


def screening(made: ScreeningPage) -> list[HTTPRouteHandler]:
    """The routes of the page."""

    @get("/screen")
    async def get_screen(request: AnyRequest) -> Response[bytes]:
        return await made.one(request)

    @post("/screen", status_code=200)
    async def post_screen(request: AnyRequest) -> Response[bytes]:
        return await made.many(request)

    return [get_screen, post_screen]
