"""The page of critical minerals: who makes what part, stage by stage."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.api.refusals import Refusal, RefusedError, refusal_of, refuse
from detente.chart.drawn import WIDTH
from detente.chart.mineral_imports import import_shares_picture
from detente.chart.supply import supply_chart
from detente.core.figures import percent
from detente.supply.answer import SupplyQuestion, answer_supply
from detente.supply.tables import Minerals
from detente.web.frame.filters import Filters, answered, day_of, read_filters
from detente.web.frame.pictures import PICTURES, picture
from detente.web.frame.site import Site, html
from detente.web.frame.words import sentence
from detente.web.records import FORMATS, format_of, table_csv

if TYPE_CHECKING:
    from detente.answers.supply import MakersOfYear, MineralAnswer, MineralStage

AnyRequest = Request[Any, Any, Any]

NAMES = ("mineral", "stage", "cut", "year", "on", "format")
COLUMNS = ("stage", "year", "country", "share", "unit", "total", "grade", "sources")


class Slice(NamedTuple):
    """A country's share of a stage: place and width in percent, and words."""

    country: str
    name: str
    share: str
    x: str
    width: str
    cut: bool
    fits: bool


class MineralsPage:
    """The page of minerals over a site."""

    def __init__(self, site: Site) -> None:
        self.site = site

    @cached_property
    def tables(self) -> Minerals:
        """The tables of minerals."""
        return Minerals()

    async def page(self, request: AnyRequest) -> Response[bytes]:
        """The minerals at hand, or one of them."""
        return await answered(request, NAMES, self._answered, self._refused)

    async def _refused(self, filters: Filters, refusal: Refusal) -> Response[bytes]:
        return self._page(filters, None, refusal)

    async def _answered(self, filters: Filters) -> Response[bytes]:
        kind = format_of(filters, ("csv", "json", *PICTURES))
        answer = self._answer(filters) if filters.get("mineral") else None
        if kind and answer is not None:
            return Response(_as_file(answer, kind), media_type=FORMATS[kind])
        return self._page(filters, answer)

    def _answer(self, filters: Filters) -> MineralAnswer:
        question = SupplyQuestion(
            mineral=filters.get("mineral"),
            on=day_of(filters, "on", self.site.service.today()),
            stage=filters.get("stage"),
            cut=filters.get("cut") or "CN",
            year=filters.get("year"),
        )
        try:
            return answer_supply(self.site.service.register, self.tables, question)
        except ValueError as error:
            raise RefusedError(refusal_of(error)) from error

    def _stages(self, answer: MineralAnswer) -> list[tuple[MineralStage, list[Slice]]]:
        """Each stage with the shares of its last year, as pieces of a bar."""
        countries = self.site.service.register.countries
        cut = answer["cut"].split(",")
        return [
            (each, _slices(each["years"][-1], cut, countries) if each["years"] else [])
            for each in answer["stages"]
        ]

    def embedded(self, request: AnyRequest) -> Response[bytes]:
        """The shares of every stage alone, for a frame of another site.

        Raises:
            RefusedError: no share is known, or the question is not understood.
        """
        filters = read_filters(request, NAMES[:-1])
        answer = self._answer(filters)
        stages = self._stages(answer)
        if not any(slices for _, slices in stages):
            raise refuse(404, f"No share of {answer['name']} is known.", "mineral", "See its page.")
        title = f"{sentence(answer['name'])}: shares of the world by stage"
        whole = filters.link("/supply", self.site.service.sha256)
        return html(self.site.framed("_shares.html", stages, title, whole))

    def _page(
        self, filters: Filters, answer: MineralAnswer | None, problem: Refusal | None = None
    ) -> Response[bytes]:
        minerals = self.tables.minerals.values()
        stages = [] if answer is None else self._stages(answer)
        on = filters.get("on") or self.site.service.today()
        imports = None if answer is None else import_shares_picture(answer)
        return self.site.page(
            "supply.html",
            "/supply",
            problem.status if problem else 200,
            filters=filters,
            problem=problem,
            minerals=minerals,
            options=tuple((each.key, each.name) for each in minerals),
            answer=answer,
            stages=stages,
            embed=filters.link("/embed/supply", self.site.service.sha256, on=on)
            if any(slices for _, slices in stages)
            else "",
            link=filters.link("/supply", self.site.service.sha256, on=on) if answer else "",
            percent=percent,
            imports=imports,
            width=WIDTH,
            other_register=filters.other(self.site.service.sha256),
        )


def _slices(year: MakersOfYear, cut: list[str], countries: dict[str, str]) -> list[Slice]:
    """The shares of a year side by side; what no source names is left open at the end."""
    found = []
    reached = Fraction(0)
    for country, share in year["shares"].items():
        size = Fraction(share)
        found.append(
            Slice(
                country,
                countries.get(country, country),
                percent(share),
                f"{float(reached) * 100:.3f}%",
                f"{float(size) * 100:.3f}%",
                country in cut,
                size >= Fraction(7, 100),
            )
        )
        reached += size
    return found


def _as_file(answer: MineralAnswer, kind: str) -> bytes:
    if kind == "json":
        return msgspec.json.encode(answer)
    if kind in PICTURES:
        return picture(supply_chart(answer), kind)
    rows = [
        {
            "stage": stage["stage"],
            "year": year["year"],
            "country": country,
            "share": share,
            "unit": year["unit"],
            "total": year["total"],
            "grade": year["grade"],
            "sources": year["sources"],
        }
        for stage in answer["stages"]
        for year in stage["years"]
        for country, share in (*year["shares"].items(), ("not named", year["rest"]))
    ]
    return table_csv(COLUMNS, rows)


def supply(made: MineralsPage) -> list[HTTPRouteHandler]:
    """The route of the page."""

    @get("/supply")
    async def get_supply(request: AnyRequest) -> Response[bytes]:
        return await made.page(request)

    @get("/embed/supply", sync_to_thread=False)
    def get_embedded(request: AnyRequest) -> Response[bytes]:
        return made.embedded(request)

    return [get_supply, get_embedded]
