"""The page on which names are screened: one by its address, or many from a table."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler

from detente._shapes import NamedTuple
from detente.answer.cells import harmless
from detente.answer.recorded import of_screening
from detente.answer.screened import shown
from detente.api.guard import Limits
from detente.api.refusals import Refusal, RefusedError, refusal_of, refuse
from detente.core.vocabulary import UnknownWordError, refuse_slips
from detente.parties.screening import known_country
from detente.web.filters import Filters, day_of, filters_of, read_filters
from detente.web.forms import Sent, read_form
from detente.web.records import CSV, JSON, format_of
from detente.web.site import Site

AnyRequest = Request[Any, Any, Any]

MOST = 1000
"""Names of one table that a page screens."""

TOP = 10
"""Hits of a single name that are shown."""

FIELDS = ("names", "country", "on", "format")
COLUMNS = ("status", "reason", "score", "entry", "list", "listed_name", "why")
"""Columns that are added to a table, those of `detente screen --file`."""


class Asked(NamedTuple):
    """One name, the country of the party, and the cells of its row."""

    name: str
    country: str
    cells: tuple[str, ...]


class Screened(NamedTuple):
    """A name with its hits, under the keys of the interface, or why it cannot be screened."""

    asked: Asked
    hits: list[dict[str, Any]]
    reason: str

    @property
    def status(self) -> str:
        """``hit``, ``clear`` or ``unresolved``."""
        return "unresolved" if self.reason else "hit" if self.hits else "clear"

    def cells(self) -> list[str]:
        """The cells of ``COLUMNS``, of the best hit."""
        if not self.hits:
            return [self.status, self.reason, "", "", "", "", ""]
        hit = self.hits[0]
        why = "; ".join(hit["why"])
        return ["hit", "", hit["score"], hit["entry"], hit["list"], hit["name"], why]


def screen(asked: Sequence[Asked], on: str, top: int) -> list[Screened]:
    """Screen names against the lists as of a day; "" for the newest."""
    from detente.parties.spelling import use_library
    from detente.parties.store import Screen

    if len(asked) > 1:
        use_library()
    lists = Screen(on or None)
    found = []
    for each in asked:
        try:
            hits = lists.hits(each.name, each.country or None, top)
        except ValueError as error:
            found.append(Screened(each, [], str(error)))
        else:
            found.append(Screened(each, [shown(hit) for hit in hits], ""))
    return found


class Table(NamedTuple):
    """A table of names: its header, and its rows."""

    columns: list[str]
    rows: list[Asked]


def read_names(text: str, country: str) -> Table:
    """Names from lines, or from CSV with a column ``name`` and perhaps ``country``.

    Raises:
        RefusedError: there is none, there are too many, or a row has not as many cells as columns.
    """
    lines = text.strip("\n").splitlines()
    head = [cell.strip().lower() for cell in next(csv.reader(lines[:1]), [])]
    if "name" in head:
        table = _read_csv(text, country)
    else:
        table = Table(
            ["name"],
            [Asked(each, country, (each,)) for line in lines if (each := line.strip())],
        )
    if not table.rows:
        do = "Write one name on a line, or choose a CSV file with a column `name`."
        raise refuse(422, "No name was given.", "names", do)
    if len(table.rows) > MOST:
        do = "Send fewer at once, or run `detente screen --file` on the file."
        raise refuse(413, f"{len(table.rows)} names are more than {MOST}.", "names", do)
    return table


def _read_csv(text: str, country: str) -> Table:
    reader = csv.reader(io.StringIO(text.strip("\n"), newline=""))
    columns = next(reader)
    keys = [cell.strip().lower() for cell in columns]
    try:
        refuse_slips(keys, ("name", "country"))
    except UnknownWordError as error:
        raise RefusedError(refusal_of(error)) from error
    taken = [cell for cell in keys if cell in COLUMNS]
    if taken:
        do = "Rename it, since a column of that name is added."
        raise refuse(422, f"The column {taken[0]!r} is one of the result.", "names", do)
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(keys):
            what = f"Line {reader.line_num} has {len(cells)} cells under {len(keys)} columns."
            raise refuse(422, what, "names", "Put a cell with a comma in it into quotes.")
        row = dict(zip(keys, cells, strict=True))
        place = row.get("country", "").strip() or country
        rows.append(Asked(row["name"], place, tuple(cells)))
    return Table(columns, rows)


def _country(filters: Filters) -> str:
    """The country that the form names for all, "" for none.

    Raises:
        RefusedError: it is none.
    """
    try:
        return known_country(filters.get("country")) or ""
    except UnknownWordError as error:
        raise RefusedError(refusal_of(error)) from error


def result_csv(table: Table, found: Sequence[Screened]) -> bytes:
    """The rows that were sent, in their order, with the columns of the result."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*map(harmless, table.columns), *COLUMNS])
    for each in found:
        writer.writerow([harmless(cell) for cell in (*each.asked.cells, *each.cells())])
    return text.getvalue().encode()


class Screening:
    """The page of screening over a site."""

    def __init__(self, site: Site, limits: Limits) -> None:
        self.site = site
        self.limits = limits

    async def one(self, request: AnyRequest) -> Response[bytes]:
        """The forms, or one name that the address asks for."""
        filters = Filters({}, "")
        try:
            filters = read_filters(request, ("name", "country", "on", "format"))
            name, on = filters.get("name"), day_of(filters, "on")
            kind = format_of(filters, ("json",))
            found = []
            country = _country(filters)
            if name:
                asked = Asked(name, country, (name,))
                found = await asyncio.to_thread(screen, [asked], on, TOP)
                await asyncio.to_thread(self._record, found, filters.get("country"), on)
            if kind:
                results = [{"name": each.asked.name, "hits": each.hits} for each in found]
                return Response(msgspec.json.encode({"results": results}), media_type=JSON)
            return self._page(filters, found)
        except RefusedError as error:
            return self._page(filters, [], problem=error.refusal)

    async def many(self, request: AnyRequest) -> Response[bytes]:
        """A table of names, as a page or as CSV."""
        sent, filters = Sent({}, {}), Filters({}, "")
        try:
            sent = await read_form(request, self.limits, FIELDS)
            filters = filters_of(_options(sent), ("country", "on", "format"))
            on, kind = day_of(filters, "on"), format_of(filters, ("csv",))
            table = read_names(sent.get("names"), _country(filters))
            found = await asyncio.to_thread(screen, table.rows, on, TOP if not kind else 1)
            await asyncio.to_thread(self._record, found, filters.get("country"), on)
        except RefusedError as error:
            return self._page(filters, [], problem=error.refusal, text=sent.get("names"))
        if kind:
            headers = {
                "content-disposition": 'attachment; filename="screened.csv"',
                "cache-control": "no-store",
            }
            return Response(result_csv(table, found), media_type=CSV, headers=headers)
        return self._page(filters, found, text=sent.get("names"), many=True)

    def _record(self, found: Sequence[Screened], country: str, on: str) -> None:
        """Record what was found of names, each with the country of its own row."""
        results = [
            {"name": each.asked.name, "country": each.asked.country, "hits": each.hits}
            for each in found
        ]
        names = [each.asked.name for each in found]
        self.site.desk.record(
            lambda: of_screening(names, country.upper() or None, on or None, {"results": results})
        )

    def _page(
        self,
        filters: Filters,
        found: Sequence[Screened],
        problem: Refusal | None = None,
        text: str = "",
        many: bool = False,
    ) -> Response[bytes]:
        counts: dict[str, int] = {}
        for each in found:
            counts[each.status] = counts.get(each.status, 0) + 1
        return self.site.page(
            "screen.html",
            "/screen",
            problem.status if problem else 200,
            {"cache-control": "no-store"},
            filters=filters,
            found=found,
            counts=counts,
            problem=problem,
            text=text,
            many=many,
            lists=_lists(filters),
            link=filters.link("/screen", self.site.desk.sha256) if found and not many else "",
            other_register=filters.other(self.site.desk.sha256),
        )


def _options(sent: Sent) -> Iterator[tuple[str, str]]:
    return ((name, text) for name, text in sent.texts.items() if name != "names")


def _lists(filters: Filters) -> list[Any]:
    """The lists at hand, as of the day asked for."""
    from detente.parties.store import listed

    return listed(filters.get("on") or None)


def screening(made: Screening) -> list[HTTPRouteHandler]:
    """The routes of the page."""

    @get("/screen")
    async def get_screen(request: AnyRequest) -> Response[bytes]:
        return await made.one(request)

    @post("/screen", status_code=200)
    async def post_screen(request: AnyRequest) -> Response[bytes]:
        return await made.many(request)

    return [get_screen, post_screen]
