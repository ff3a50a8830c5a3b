"""The pages of minerals: an index, and for each its pictures, their tables and their files."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.api.refusals import Refusal, RefusedError, refusal_of
from detente.chart.drawn import WIDTH, Picture, csv_bytes, png_bytes, svg_text
from detente.chart.mineral import control_events, pictures
from detente.chart.picture import ChartError
from detente.core.figures import percent
from detente.supply.answer import SupplyQuestion, answer_supply
from detente.supply.shares import years_of
from detente.supply.tables import Mineral, Minerals
from detente.web.frame.filters import Filters, answered, day_of, read_filters
from detente.web.frame.site import Site

if TYPE_CHECKING:
    from detente.answers.supply import MineralAnswer

AnyRequest = Request[Any, Any, Any]

NAMES = ("cut", "on", "known_on", "format")
MONTHS = 24
"""The test of needs that a page shows."""
TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv"}


class MineralLine(NamedTuple):
    """A mineral in the index: how many of its stages are known, and the largest maker of each."""

    key: str
    name: str
    name_zh: str
    within: tuple[str, ...]
    stages: tuple[tuple[str, str], ...]
    flows: int
    projects: int


class MineralPages:
    """The pages of minerals over a site."""

    def __init__(self, site: Site) -> None:
        self.site = site

    @cached_property
    def tables(self) -> Minerals:
        """The tables of minerals."""
        return Minerals()

    @cached_property
    def lines(self) -> list[MineralLine]:
        """The index."""
        return [self._line(each) for each in self.tables.minerals.values()]

    def _line(self, mineral: Mineral) -> MineralLine:
        tables, stages = self.tables, []
        for stage in tables.stages[mineral.key]:
            held = years_of(tables.about(mineral.key, stage.key), tables.days)
            stated = "not known"
            if held:
                country, share = next(iter(held[-1].shares.items()))
                stated = f"{country} {percent(str(round(float(share), 3)))} ({held[-1].year})"
            stages.append((stage.title, stated))
        within = tuple(tables.minerals[key].name for key in mineral.within)
        makers = [each for each in tables.projects if mineral.key in each.minerals]
        return MineralLine(mineral.key, mineral.name, mineral.name_zh, within, tuple(stages),
                    len(tables.sent(mineral.key)), len(makers))  # fmt: skip

    def index(self) -> Response[bytes]:
        """Every mineral with what is known of it."""
        return self.site.page(
            "minerals.html",
            "/minerals",
            lines=self.lines,
            filters=Filters({}, ""),
            problem=None,
        )

    async def page(self, request: AnyRequest, mineral: str) -> Response[bytes]:
        """One mineral, or why it cannot be shown."""

        async def show(filters: Filters) -> Response[bytes]:
            state = (mineral, sorted(filters.values.items()), filters.register)
            key = f"mineral {state} {self.site.service.today()}"
            return self.site.cached(request, key, lambda: self._body(filters, mineral))

        return await answered(request, NAMES, show, self._refused)

    def _body(self, filters: Filters, mineral: str) -> bytes:
        """The page of one mineral.

        Raises:
            RefusedError: the question is not understood.
        """
        answer = self._answer(filters, mineral)
        drawn = pictures(answer)
        on = filters.get("on") or self.site.service.today()
        return self.site.renderer.page(
            "mineral.html",
            here="/minerals",
            answer=answer,
            filters=filters,
            drawn=drawn,
            width=WIDTH,
            events=control_events(answer),
            percent=percent,
            names=self.site.service.register.countries,
            query=filters.link("", self.site.service.sha256, on=on),
            other_register=filters.other(self.site.service.sha256),
        )

    def file(self, request: AnyRequest, mineral: str, name: str) -> Response[bytes]:
        """A picture as a file: SVG, PNG or CSV.

        Raises:
            RefusedError: there is no such picture or format, or the question is not understood.
        """
        filters = read_filters(request, NAMES)
        answer = self._answer(filters, mineral)
        stem, _, kind = name.rpartition(".")
        drawn = _picture_of(answer, stem if kind in TYPES else name)
        try:
            body = _made(drawn, kind)
        except ChartError as error:
            raise RefusedError(Refusal(501, str(error), "", "Take the SVG.")) from error
        headers = {"content-disposition": f'inline; filename="{answer["mineral"]}-{name}"'}
        return Response(body, media_type=TYPES[kind], headers=headers)

    def embedded(self, request: AnyRequest, mineral: str, name: str) -> Response[bytes]:
        """A picture alone, for a frame of another site.

        Raises:
            RefusedError: there is no such picture, or the question is not understood.
        """
        filters = read_filters(request, NAMES[:-1])

        def make() -> bytes:
            drawing = _picture_of(self._answer(filters, mineral), name)
            whole = filters.link(f"/minerals/{mineral}", self.site.service.sha256)
            return self.site.framed("_picture.html", drawing, drawing.title, whole, width=WIDTH)

        today = self.site.service.today()
        key = f"embed mineral {mineral} {name} {today} {filters.key}"
        return self.site.cached(request, key, make)

    def _answer(self, filters: Filters, mineral: str) -> MineralAnswer:
        question = SupplyQuestion(
            mineral=mineral,
            on=day_of(filters, "on", self.site.service.today()),
            cut=filters.get("cut") or "CN",
            within=MONTHS,
            known_on=day_of(filters, "known_on", "") if filters.get("known_on") else "",
            route=True,
            controls=True,
        )
        try:
            return answer_supply(self.site.service.register, self.tables, question)
        except ValueError as error:
            refusal = refusal_of(error)
            status = 404 if "unknown mineral" in str(error) else refusal.status
            raise RefusedError(refusal._replace(status=status)) from error

    async def _refused(self, filters: Filters, problem: Refusal) -> Response[bytes]:
        return self.site.page(
            "minerals.html",
            "/minerals",
            problem.status,
            lines=self.lines,
            filters=filters,
            problem=problem,
        )


def _picture_of(answer: MineralAnswer, name: str) -> Picture:
    """The picture of an answer that has a name.

    Raises:
        RefusedError: there is none.
    """
    known = {each.name: each for each in pictures(answer)}
    if name not in known:
        files = ", ".join(f"{each}.svg" for each in known) or "none"
        raise RefusedError(
            Refusal(
                404,
                f"There is no picture {name!r} of this mineral.",
                "",
                f"There are {files}; also as .png and .csv.",
            )
        )
    return known[name]


def _made(picture: Picture, kind: str) -> bytes:
    if kind == "svg":
        return svg_text(picture).encode()
    return png_bytes(picture) if kind == "png" else csv_bytes(picture)


def minerals(made: MineralPages) -> list[HTTPRouteHandler]:
    """The routes of the pages."""

    @get("/minerals", sync_to_thread=False)
    def get_minerals() -> Response[bytes]:
        return made.index()

    @get("/minerals/{mineral:str}")
    async def get_mineral(request: AnyRequest) -> Response[bytes]:
        return await made.page(request, request.path_params["mineral"])

    @get("/minerals/{mineral:str}/{name:str}", sync_to_thread=False)
    def get_picture(request: AnyRequest) -> Response[bytes]:
        path = request.path_params
        return made.file(request, path["mineral"], path["name"])

    @get("/embed/minerals/{mineral:str}/{name:str}", sync_to_thread=False)
    def get_embedded(request: AnyRequest) -> Response[bytes]:
        path = request.path_params
        return made.embedded(request, path["mineral"], path["name"])

    return [get_minerals, get_mineral, get_picture, get_embedded]
