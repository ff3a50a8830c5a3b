"""The page on which the law and a scenario are put the same question."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.api.parameters import read_facts
from detente.api.refusals import Refusal, RefusedError, refusal_of, refuse
from detente.api.responses import NO_STORE
from detente.average.answer import AverageQuestion
from detente.chart.compare import compared_chart
from detente.chart.figure import Drawing, Track, step_figure
from detente.compare.answer import (
    SHARE,
    RegisterPair,
    compare_average,
    compare_basket,
    compare_good,
)
from detente.compare.goods import find_basket
from detente.core.figures import dollars, percent
from detente.duty.question import DutyQuestion
from detente.register.model import ANNOUNCED
from detente.trade.flows import Flows
from detente.web.frame.filters import Filters, answered, day_of, read_filters
from detente.web.frame.pictures import PICTURES, picture
from detente.web.frame.site import Site
from detente.web.frame.words import DAY, sentence
from detente.web.records import FORMATS, format_of, table_csv

if TYPE_CHECKING:
    from detente.answers.comparisons import ComparedRow, Comparison

AnyRequest = Request[Any, Any, Any]

LAW = "law"
NAMES = (
    "base", "scenario", "what", "code", "origin", "to", "on", "to_date", "value", "fact",
    "rate", "format",
)  # fmt: skip
WHATS = (
    ("code", "one good"),
    ("basket", "the register's basket of goods"),
    ("average", "the average duty on a country's goods"),
)
COLUMNS = ("what", "on", "unit", "before", "after", "difference")


class BarPair(NamedTuple):
    """A row with both sides as bars: the words, the figures, and lengths in percent."""

    what: str
    before: str
    after: str
    difference: str
    before_width: str
    after_width: str


class ComparisonPage:
    """The page of comparisons over a site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.service = site.service

    def _pair(self, base: str, name: str) -> RegisterPair:
        """The law in force, or the register as a scenario would have it, on both sides.

        Raises:
            RefusedError: there is no such scenario.
        """
        try:
            return self.service.pair(base, name)
        except ValueError as error:
            raise RefusedError(refusal_of(error)._replace(where="scenario")) from error

    async def page(self, request: AnyRequest) -> Response[bytes]:
        """The form, or the comparison that the address asks."""
        return await answered(request, NAMES, self._answered, self._refused)

    async def _refused(self, filters: Filters, refusal: Refusal) -> Response[bytes]:
        return self._page(filters, None, refusal)

    async def _answered(self, filters: Filters) -> Response[bytes]:
        kind = format_of(filters, ("csv", "json", *PICTURES))
        answer = None
        if filters.get("scenario"):
            answer = await asyncio.to_thread(self._compare, filters)
        if kind and answer is not None:
            return self._as_file(answer, kind, filters)
        return self._page(filters, answer)

    async def embedded(self, request: AnyRequest) -> Response[bytes]:
        """Both sides over days alone, for a frame of another site."""
        filters = read_filters(request, NAMES[:-1])
        answer = await asyncio.to_thread(self._compare, filters)
        figure = _figure(answer, filters.get("to_date"), self.site.source)
        if figure is None:
            do = "Name a second day with to_date: a figure has days."
            raise refuse(422, "There is nothing to draw over days.", "to_date", do)
        whole = filters.link("/compare", self.service.sha256)
        return self.site.page("embed.html", "", figure=figure, whole=whole)

    def _compare(self, filters: Filters) -> Comparison:
        """The comparison, from memory where the same was asked lately."""
        values = sorted(filters.values.items())
        key = f"compare {self.service.sha256} {self.service.today()} {values}"
        body = self.service.remembered.made(
            key, lambda: msgspec.json.encode(self._compared(filters))
        )
        found: Comparison = msgspec.json.decode(body)
        return found

    def _compared(self, filters: Filters) -> Comparison:
        base, name = filters.get("base") or LAW, filters.get("scenario")
        on = day_of(filters, "on", self.service.today())
        last = day_of(filters, "to_date") or None
        if last is not None and last <= on:
            raise refuse(422, f"{last} is not after {on}.", "to_date", "Turn the days round.")
        pair = self._pair(base, name)
        what = filters.get("what") or "code"
        facts = read_facts(
            [each.strip() for each in filters.get("fact").split(";") if each.strip()]
        )
        origin, to = filters.get("origin") or "CN", filters.get("to") or "US"
        base_rate = filters.get("rate") or None
        try:
            if what == "average":
                question = AverageQuestion(origin, on, last or on, to, facts=facts, base=base_rate)
                return compare_average(pair, self.service.schedule, Flows(), question)
            if what == "basket":
                goods = find_basket(pair.before, "register")
                return compare_basket(pair, self.service.schedule, goods, [on])
            if what != "code":
                raise refuse(422, f"{what!r} cannot be compared here.", "what", "See the form.")
            if not filters.get("code"):
                raise refuse(422, "code is missing.", "code", "Give a code of 8 or 10 digits.")
            query = DutyQuestion(
                code=filters.get("code"),
                origin=origin,
                on=on,
                destination=to,
                value=filters.get("value") or None,
                facts=facts,
                base=base_rate,
            )
            return compare_good(pair, self.service.schedule, query, last)
        except ValueError as error:
            raise RefusedError(refusal_of(error)) from error

    def _as_file(self, answer: Comparison, kind: str, filters: Filters) -> Response[bytes]:
        if kind == "csv":
            body = table_csv(COLUMNS, answer["rows"])
        elif kind == "json":
            body = msgspec.json.encode(answer)
        else:
            body = picture(compared_chart(answer, filters.get("to_date") or None), kind)
        return Response(body, media_type=FORMATS[kind], headers=NO_STORE)

    def _page(
        self, filters: Filters, answer: Comparison | None, problem: Refusal | None = None
    ) -> Response[bytes]:
        on = filters.get("on") or self.service.today()
        rows = [] if answer is None else answer["rows"]
        return self.site.page(
            "compare.html",
            "/compare",
            problem.status if problem else 200,
            NO_STORE,
            filters=filters,
            problem=problem,
            scenarios=self.service.scenarios,
            names=[
                (ANNOUNCED, "what was announced"),
                *((each["name"], each["name"]) for each in self.service.scenarios),
            ],
            whats=WHATS,
            on=on,
            answer=answer,
            rows=[(row, _pair(row, _most(rows), self.service.titles)) for row in rows],
            dated=len({row["on"] for row in rows}) > 1,
            figure=_figure(answer, filters.get("to_date"), self.site.source),
            embed=filters.link("/embed/compare", self.service.sha256, on=on) if answer else "",
            link=filters.link("/compare", self.service.sha256, on=on) if answer else "",
            other_register=filters.other(self.service.sha256),
        )


def _figure(answer: Comparison | None, last: str, source: str) -> Drawing | None:
    """Both sides as lines over the days, where there are several days and a share on them."""
    if answer is None or not answer["rows"]:
        return None
    name = answer["rows"][0]["what"]
    rows = [row for row in answer["rows"] if row["what"] == name and row["unit"] == SHARE]
    if len({row["on"] for row in answer["rows"]}) < 2 or not rows:
        return None
    days = [(row["on"] or "")[:DAY] for row in rows]
    sides = (
        (answer["base"], "a", [row["before"] for row in rows]),
        (answer["scenario"], "b", [row["after"] for row in rows]),
    )
    tracks = [
        Track(side, look, [(day, None if share is None else float(share))
                           for day, share in zip(days, shares, strict=True)])
        for side, look, shares in sides
    ]  # fmt: skip
    try:
        return step_figure(
            sentence(name),
            tracks,
            (days[0], last or days[-1]),
            unit="share of customs value",
            source=source,
        )
    except ValueError:
        return None


def _most(rows: list[ComparedRow]) -> Fraction:
    """The highest share among some rows, to which bars are drawn."""
    shares = [
        abs(Fraction(share))
        for row in rows
        for share in (row["before"], row["after"])
        if row["unit"] == SHARE and share is not None
    ]
    return max(shares, default=Fraction(0)) or Fraction(1)


def _pair(row: ComparedRow, most: Fraction, titles: Mapping[str, str]) -> BarPair:
    def words(text: str | None, signed: bool = False) -> str:
        if text is None:
            return "not known"
        sign = "+" if signed and not text.startswith("-") and Fraction(text) else ""
        if row["unit"] == SHARE:
            return sign + percent(text)
        return sign + (dollars(text).replace("$-", "-$") if row["unit"] == "dollars" else text)

    def width(share: str | None) -> str:
        if row["unit"] != SHARE or share is None:
            return ""
        return f"{float(abs(Fraction(share)) / most) * 100:.3f}%"

    what = row["what"].strip()
    return BarPair(
        titles.get(what, sentence(what)),
        words(row["before"]),
        words(row["after"]),
        words(row["difference"], signed=True),
        width(row["before"]),
        width(row["after"]),
    )


def comparison(made: ComparisonPage) -> list[HTTPRouteHandler]:
    """The routes of the page."""

    @get("/compare")
    async def get_compare(request: AnyRequest) -> Response[bytes]:
        return await made.page(request)

    @get("/embed/compare")
    async def get_embedded(request: AnyRequest) -> Response[bytes]:
        return await made.embedded(request)

    return [get_compare, get_embedded]
