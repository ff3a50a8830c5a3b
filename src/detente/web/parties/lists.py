"""The lists of parties at hand, who came and went between two days, and whom of yours it meets."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler

from detente._shapes import TYPE_CHECKING
from detente.api.body_routes import check_names
from detente.api.guard import Limits
from detente.api.refusals import Refusal, RefusedError, refusal_of, refuse
from detente.api.responses import NO_STORE
from detente.web.frame.filters import Filters, answered, answered_form, day_of
from detente.web.frame.forms import Sent, read_form
from detente.web.frame.site import Site
from detente.web.frame.words import sentence
from detente.web.parties.pasted_names import NamesTable, read_names
from detente.web.records import FORMATS, format_of, table_csv

if TYPE_CHECKING:
    from typing import TypedDict

    from detente.answers.parties import ListUnread

    ChangesShown = TypedDict(
        "ChangesShown",
        {
            "from": str,
            "to": str,
            "names": int,
            "unnamed": int,
            "nameless": list[str],
            "changes": list[dict[str, object]],
            "counts": dict[str, int],
            "compared": list[str],
            "coverage": list[ListUnread],
        },
    )
    """What changed between two days: rows of ``COLUMNS``, and how many of each kind there are.

    ``unnamed`` are rows that were sent and have no name, so that nothing was compared with them;
    ``nameless`` is what stands in others where a name should (`12345`, `TBD`).
    """

AnyRequest = Request[Any, Any, Any]

HERE = "/lists"
NAMES = ("from", "to_date", "list", "format")
FIELDS = ("from", "to_date", "list", "names")
COLUMNS = ("name", "what", "list", "entry", "on", "listed_on", "changed_on", "removed_on",
           "suspended_from", "suspended_until", "citation", "url",
           "listed_perhaps_from", "announced")  # fmt: skip
SHOWN = 60
"""Changes that the page shows; the file has them all."""


class ListsPage:
    """The page over a site."""

    def __init__(self, site: Site, limits: Limits) -> None:
        self.site = site
        self.limits = limits

    async def show(self, request: AnyRequest) -> Response[bytes]:
        """The lists, and what changed between the days that the address names."""
        return await answered(request, NAMES, self._show, self._refused)

    async def _refused(self, filters: Filters, refusal: Refusal) -> Response[bytes]:
        return await asyncio.to_thread(self._page, filters, None, refusal)

    async def _show(self, filters: Filters) -> Response[bytes]:
        kind = format_of(filters, ("csv", "json"))
        found = await asyncio.to_thread(self._changes, filters, ())
        if kind and found is not None:
            return _file(found, kind)
        return await asyncio.to_thread(self._page, filters, found)

    async def met(self, request: AnyRequest) -> Response[bytes]:
        """Which changes meet the names that a form sent."""
        form = read_form(request, self.limits, FIELDS)
        return await answered_form(form, ("names",), NAMES, self._met, self._refused_form)

    async def _refused_form(
        self, filters: Filters, sent: Sent, refusal: Refusal
    ) -> Response[bytes]:
        return await asyncio.to_thread(self._page, filters, None, refusal, sent.get("names"))

    async def _met(self, filters: Filters, sent: Sent) -> Response[bytes]:
        text = sent.get("names")
        table = read_names(text, "")
        named = [each.names_alone for each in table.rows]
        names = [name for each in named for name in each]
        if wrong := next((each.unread for each in table.rows if each.unread), ""):
            what, _, do = wrong.partition("; ")
            raise refuse(422, f"{sentence(what)}.", "names", f"{sentence(do)}.")
        try:
            check_names(self.limits, names)
            asked = tuple(dict.fromkeys(filter(None, names)))
            if not asked:
                raise refuse(422, "No row has a name.", "names", "Write one name on a line.")
            without = sum(not any(each) for each in named)
            found = await asyncio.to_thread(self._changes, filters, asked, without)
        except ValueError as error:
            raise RefusedError(refusal_of(error)) from error
        return await asyncio.to_thread(self._page, filters, found, None, text, table)

    def _changes(
        self, filters: Filters, names: tuple[str, ...], without: int = 0
    ) -> ChangesShown | None:
        """What changed between two days; None where none are named.

        Args:
            filters: the days and the list.
            names: with which alone changes are compared; empty for all changes.
            without: rows beside them that have no name.
        """
        from detente.parties.masters.screened import no_name
        from detente.parties.screening.list_changes import changes_between, met_by
        from detente.parties.screening.list_rows import check_lists
        from detente.parties.screening.store import Screen

        today = self.site.service.today()
        first, last = day_of(filters, "from"), day_of(filters, "to_date", today)
        if not first:
            return None
        lists = set(filter(None, (filters.get("list").upper(),)))
        try:
            check_lists(lists, today)
        except ValueError as error:
            raise RefusedError(refusal_of(error)) from error
        try:
            found = changes_between(first, last, lists)
        except ValueError as error:
            do = "Name the earlier day first."
            raise refuse(422, f"{str(error).partition(':')[0]}.", "from", do) from error
        nameless: dict[str, str] = {}
        if names:
            screen = Screen(last)
            nameless = {each: why for each in names if (why := no_name(screen, each))}
            asked = [each for each in names if each not in nameless]
            if not asked:
                why = next(iter(nameless.values()))
                raise refuse(422, f"{sentence(why)}.", "names", "Write one name on a line.")
            rows = [
                {"name": name, **each.row()} for name, each in met_by(asked, found, first, last)
            ]
        else:
            rows = [{"name": None, **each.row()} for each in found.changes]
        return {
            "from": first, "to": last, "names": len(names) - len(nameless), "unnamed": without,
            "nameless": list(nameless), "changes": rows,
            "counts": dict(Counter(each.what for each in found.changes)),
            "compared": found.compared, "coverage": found.unread,
        }  # fmt: skip

    def _page(
        self,
        filters: Filters,
        found: ChangesShown | None,
        problem: Refusal | None = None,
        sent: str = "",
        table: NamesTable | None = None,
    ) -> Response[bytes]:
        from detente.parties.screening.list_rows import list_rows

        today = self.site.service.today()
        rows = list_rows(None, today)
        return self.site.page(
            "lists.html",
            HERE,
            problem.status if problem else 200,
            NO_STORE,
            filters=filters,
            problem=problem,
            lists=sorted(rows, key=lambda row: (row["through"] is None, row["list"])),
            names=[(row["list"], row["list"]) for row in rows if row["through"]],
            found=found,
            sent=sent,
            table=table,
            shown=SHOWN,
            today=today,
            link=filters.link(HERE, self.site.service.sha256) if found else "",
        )


def _file(found: ChangesShown, kind: str) -> Response[bytes]:
    body = table_csv(COLUMNS, found["changes"]) if kind == "csv" else msgspec.json.encode(found)
    return Response(body, media_type=FORMATS[kind], headers=NO_STORE)


def lists(made: ListsPage) -> list[HTTPRouteHandler]:
    """The routes of the page."""

    @get(HERE)
    async def get_lists(request: AnyRequest) -> Response[bytes]:
        return await made.show(request)

    @post(HERE, status_code=200)
    async def post_lists(request: AnyRequest) -> Response[bytes]:
        return await made.met(request)

    return [get_lists, post_lists]
