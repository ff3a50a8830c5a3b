"""The page on which owners are asked after: holdings in, who is covered and on which paths out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler
from markupsafe import Markup

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.api.body_routes import check_holdings
from detente.api.guard import Limits
from detente.api.refusals import Refusal, RefusedError, refusal_of, refuse
from detente.api.responses import NO_STORE
from detente.chart.ownership_tree import ownership_tree
from detente.parties.ownership.answer import owners
from detente.parties.ownership.coverage import by_standing
from detente.parties.ownership.file import read_all
from detente.parties.ownership.regimes import regime, regime_names
from detente.parties.ownership.screened_names import with_listed
from detente.parties.ownership.shares import span_text
from detente.parties.screening.store import Screen
from detente.transaction.recorded import of_owners
from detente.web.frame.filters import Filters, answered_form, day_of, filters_of
from detente.web.frame.forms import Sent, read_form
from detente.web.frame.site import Site
from detente.web.frame.words import sentence
from detente.web.records import CSV, JSON, table_csv

if TYPE_CHECKING:
    from detente.answers.owners import OwnedCompany, Owners, Step

AnyRequest = Request[Any, Any, Any]

TABLES = ("holdings", "seeds", "entities")
"""Tables of a question, in the order in which the page asks for them."""

FIELDS = (*TABLES, "regime", "on", "screen", "format")
SUFFIXES = (".json", ".jsonl", ".ndjson")
"""Endings of files in a format of ownership data; anything else is read as CSV."""

COLUMNS = (
    "status", "id", "name", "country", "tier", "share_from", "share_to", "kind", "paths",
    "requirement",
)  # fmt: skip

SAMPLE = {
    "holdings": "owner,owned,share\nalpha,holding,30\nbeta,holding,20%\nholding,maker,60\n"
    "maker,branch-two,49.9\ngamma,branch-two,unknown\n",
    "seeds": "id,list\nalpha,EL\nbeta,EL\n",
    "entities": "id,name,country\nalpha,Alpha Holding,CN\nbeta,Beta Fund,CN\n"
    "holding,Joint Holding,SG\nmaker,Maker,DE\nbranch-two,Second Branch,DE\n",
}
"""Invented companies, for a reader who wants to see what an answer looks like."""


class Company(NamedTuple):
    """A company that an answer names: what it is, its share in words, and the ways down to it."""

    row: OwnedCompany
    held: str
    ways: tuple[str, ...]


class Ownership:
    """The page of owners over a site."""

    def __init__(self, site: Site, limits: Limits) -> None:
        self.site = site
        self.limits = limits
        register = site.service.register
        self.rules = [
            (name, f"{name}: {regime(register, name).title}")
            for name in sorted(regime_names(register))
        ]

    def empty(self, request: AnyRequest) -> Response[bytes]:
        """The form, empty or with invented companies."""
        filters = filters_of(request.query_params.multi_items(), ("example", "regime", "on"))
        texts = dict(SAMPLE) if filters.get("example") else {}
        return self._page(filters, Sent(texts, {}))

    async def answer(self, request: AnyRequest) -> Response[bytes]:
        """Who is covered, as a page, as CSV, as JSON or as the drawing alone."""
        form = read_form(request, self.limits, FIELDS)
        names = ("regime", "on", "screen", "format")
        return await answered_form(form, TABLES, names, self._answered, self._refused)

    async def _refused(self, filters: Filters, sent: Sent, refusal: Refusal) -> Response[bytes]:
        return self._page(filters, sent, problem=refusal)

    async def _answered(self, filters: Filters, sent: Sent) -> Response[bytes]:
        on = day_of(filters, "on", self.site.service.today())
        screened = bool(filters.get("screen"))
        rule = filters.get("regime") or "bis"
        answer = await asyncio.to_thread(self._find, sent, rule, on, screened)
        stated: dict[str, object] = {
            each: text for each in TABLES if (text := sent.get(each)).strip()
        }
        if screened:
            stated["screen"] = True
        await asyncio.to_thread(self.site.service.record, lambda: of_owners(stated, answer))
        kind = filters.get("format")
        if kind == "csv":
            return _file(table_csv(COLUMNS, list(_rows(answer))), CSV, "owners.csv")
        if kind == "json":
            return _file(msgspec.json.encode(answer), JSON, "owners.json")
        if kind == "svg":
            return _file(ownership_tree(answer).encode(), "image/svg+xml", "owners.svg")
        return self._page(filters, sent, answer=answer)

    def _find(self, sent: Sent, rule: str, on: str, screened: bool) -> Owners:
        register = self.site.service.register
        if not sent.get("holdings").strip():
            do = "Write owner,owned,share in the first line and a holding on each of the next."
            raise refuse(422, "No holdings were given.", "holdings", do)
        with TemporaryDirectory() as folder:
            paths = {name: _stored(Path(folder), name, sent) for name in TABLES}
            holdings = paths["holdings"]
            assert holdings is not None
            try:
                read = read_all(holdings, paths["seeds"], paths["entities"])
                check_holdings(self.limits, read.rows, read.seeds, read.entities)
                if screened:
                    lists = Screen(on[:10], self.site.service.today())
                    read = with_listed(read, lists, regime(register, rule).seeds)
                return owners(register, read, rule, on)
            except ValueError as error:
                # The server's own folders are not told to whoever asks.
                described = str(error).replace(f"{folder}/", "")
                raise RefusedError(_refusal(described)) from error

    def _page(
        self,
        filters: Filters,
        sent: Sent,
        problem: Refusal | None = None,
        answer: Owners | None = None,
    ) -> Response[bytes]:
        tree = ownership_tree(answer) if answer and _named(answer) else ""
        return self.site.page(
            "owners.html",
            "/owners",
            problem.status if problem else 200,
            NO_STORE,
            filters=filters,
            sent=sent,
            problem=problem,
            rules=self.rules,
            on=filters.get("on") or self.site.service.today(),
            answer=answer,
            companies=[
                (standing.capitalize(), [_company(row) for row in rows])
                for standing, rows in (by_standing(answer) if answer else {}).items()
                if rows
            ],
            tree=Markup(tree),
            other_register=filters.other(self.site.service.sha256),
        )


def _stored(folder: Path, name: str, sent: Sent) -> Path | None:
    """A table as a file, under the ending that it was sent with."""
    text = sent.get(name)
    if not text.strip():
        return None
    # Of the sender's name only a known ending is used, so that none leads to another place.
    suffix = Path(sent.files.get(name, "")).suffix.lower()
    path = folder / f"{name}{suffix if suffix in SUFFIXES else '.csv'}"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def _refusal(described: str) -> Refusal:
    """An error of a file as a refusal: its place, what is wrong, and what to do."""
    refusal = refusal_of(ValueError(described))
    file, _, rest = described.partition(":")
    name = file.partition(".")[0]
    if name not in TABLES:
        return refusal
    line, _, message = rest.partition(":")
    # Of a table the line stands behind the name, of what its cells say behind a colon.
    where = file.partition(", ")[2] or (f"line {line}" if line.strip().isdigit() else "")
    place = ", ".join(filter(None, (name, where)))
    message = (message if line.strip().isdigit() else rest).strip()
    column, _, after = message.partition(": ")
    if after and " " not in column:
        place, message = f"{place}, {column}", after
    body = refusal_of(ValueError(message))
    return body._replace(what=f"{sentence(place)}: {body.what}", where=name)


def _named(answer: Owners) -> bool:
    return bool(answer["covered"] or answer["possibly_covered"])


def _company(row: OwnedCompany) -> Company:
    share = span_text(*(Fraction(end) for end in row["share_exact"] or row["share"]))
    held = "a branch" if row["branch_of"] else f"{share} held by covered owners"
    if row["kind"] == "contract_control":
        held = "effective control by contract"
    return Company(row, held, tuple(_way(way) for way in row["holdings"]))


def _way(way: list[Step]) -> str:
    words = [way[0]["owner"]]
    for step in way:
        source = f" ({'; '.join(step['sources'])})" if step["sources"] else ""
        words.append(f"→ {_share(step)}{source} → {step['owned']}")
    return " ".join(words)


def _share(step: Step) -> str:
    if step["share"] == "unknown":
        return "an unknown share"
    return span_text(Fraction(step["share"]), Fraction(step["share_to"] or step["share"]))


def _rows(answer: Owners) -> Iterable[dict[str, object]]:
    for status, rows in by_standing(answer).items():
        for row in rows:
            yield {
                **row,
                "status": status,
                "share_from": row["share"][0],
                "share_to": row["share"][1],
                "paths": "; ".join(" > ".join(path) for path in row["paths"]),
            }


def _file(body: bytes, media: str, name: str) -> Response[bytes]:
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        **NO_STORE,
    }
    return Response(body, media_type=media, headers=headers)


def ownership(made: Ownership) -> list[HTTPRouteHandler]:
    """The routes of the page."""

    @get("/owners", sync_to_thread=False)
    def get_owners(request: AnyRequest) -> Response[bytes]:
        return made.empty(request)

    @post("/owners", status_code=200)
    async def post_owners(request: AnyRequest) -> Response[bytes]:
        return await made.answer(request)

    return [get_owners, post_owners]
