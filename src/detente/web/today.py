"""The first page: where both sides stand today, what comes next, and one box to ask in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente._shapes import NamedTuple
from detente.api.refusals import RefusedError, refuse
from detente.core.clock import day_number
from detente.core.figures import long_day, percent, with_article
from detente.duty.question import DutyQuestion
from detente.register.confirmed import unconfirmed_words
from detente.register.events import Query
from detente.register.views import law_by_day as views
from detente.register.views.truce import truce
from detente.web import chronicle
from detente.web.averages import SIDES, Averages, BothSides
from detente.web.frame.page_query import address
from detente.web.frame.pictures import FILES, picture
from detente.web.frame.site import Site
from detente.web.frame.words import state_words

AnyRequest = Request[Any, Any, Any]

AHEAD = 120
"""Days ahead of which changes are shown."""

BACK = 120
"""Days back from which announcements are shown."""

SHOWN = 6
"""Changes, announcements and examples of each kind that are shown."""


class TodayAverage(NamedTuple):
    """Today's average of a side: its name, the figure, since when, and what was announced."""

    by: str
    name: str
    average: str
    since: str
    announced: str
    note: str


class Coming(NamedTuple):
    """One change ahead: its day, its record, what becomes of it, and what is unsure of it."""

    on: str
    day: str
    by: str
    measure: str
    title: str
    what: str
    unsure: str
    announced: bool


class Example(NamedTuple):
    """Goods with today's duty on them, and the address of the answer."""

    what: str
    place: str
    rate: str
    link: str


class Today:
    """The first page over a site."""

    def __init__(self, site: Site, averages: Averages) -> None:
        """Keep the site; averages are worked out when they are first shown."""
        self.site = site
        self.service = site.service
        self.averages = averages

    async def page(self, request: AnyRequest) -> Response[bytes]:
        """Where both sides stand today."""
        today = self.service.today()
        both = await asyncio.to_thread(self.averages.until, today)
        return self.site.cached(request, f"today {today}", lambda: self._made(both, today))

    def _made(self, both: BothSides, today: str) -> bytes:
        names = {side: _charges(side, self.service.register.countries) for side in SIDES}
        last = day_number(today)
        described = views.timeline(self.service.register, Query(first=last - BACK, last=last))[
            "events"
        ]
        lately = [row for row in described if row["announced"] <= today]
        found = chronicle.happenings(sorted(lately, key=lambda row: row["announced"]))
        ahead = views.upcoming(self.service.register, Query(), today, AHEAD)
        answer = truce(self.service.register, None, today)
        return self.site.renderer.page(
            "today.html",
            here="/",
            today=today,
            standing=[self._standing(both, side) for side in SIDES],
            figure=both.figure(names, self.site.source),
            reviewed=both.reviewed,
            truce=answer,
            truce_counts=_counted(answer["instruments"]),
            coming=list(_coming(ahead["events"]))[:SHOWN],
            lately=found[::-1][:SHOWN],
            examples=self._examples(today),
        )

    def _standing(self, both: BothSides, side: str) -> TodayAverage:
        series = both.series(side)
        now, answer = series[-1], both.answers[side]
        since = next(
            (
                later["on"]
                for before, later in zip(series[-2::-1], series[::-1], strict=False)
                if before["average"] != later["average"]
            ),
            series[0]["on"],
        )
        announced = both.announced.get(side)
        return TodayAverage(
            by=side,
            name=_charges(side, self.service.register.countries),
            average=percent(now["average"], 1),
            since=long_day(since),
            announced="" if announced is None else percent(announced, 1),
            note=(answer["averaged"] or "all duties").partition(":")[0],
        )

    def _examples(self, today: str) -> list[Example]:
        """Goods of the register's basket that pay most and least beside the ordinary duty today."""
        countries = self.service.register.countries
        rows = []
        for good in self.service.register.basket:
            facts = dict(part.partition("=")[::2] for part in good.facts.split(";") if part)
            question = DutyQuestion(good.code, good.origin, today, facts=facts)
            try:
                answer = self.service.answer(question)
            except RefusedError:
                continue
            if answer["total"]["ad_valorem"] is None:
                continue
            link = address(question, self.service.sha256)
            place = countries.get(good.origin, good.origin)
            rate = answer["total"]["ad_valorem"]
            rows.append((float(rate), Example(good.what, place, percent(rate), link)))
        rows.sort(key=lambda row: -row[0])
        # From the highest rate to the lowest at even distances.
        spread = max(1, (len(rows) - 1) // (SHOWN - 1))
        return [example for _, example in rows[::spread]][:SHOWN]

    async def chart(self, request: AnyRequest) -> Response[bytes]:
        """The averages of both sides as a file."""
        parameters = list(request.query_params.multi_items())
        kinds = [text for name, text in parameters if name == "format"]
        if len(parameters) != 1 or len(kinds) != 1 or kinds[0] not in FILES:
            raise refuse(422, "The format is missing.", "format", f"Write {', '.join(FILES)}.")
        today = self.service.today()
        both = await asyncio.to_thread(self.averages.until, today)

        def make() -> bytes:
            return picture(both.chart(), kinds[0])

        return self.site.cached(request, f"both {today} {kinds[0]}", make, FILES[kinds[0]])

    async def embedded(self, request: AnyRequest) -> Response[bytes]:
        """The chart alone, for a frame of another site."""
        today = self.service.today()
        both = await asyncio.to_thread(self.averages.until, today)
        names = {side: _charges(side, self.service.register.countries) for side in SIDES}

        def make() -> bytes:
            figure = both.figure(names, self.site.source)
            return self.site.renderer.page("embed.html", here="", figure=figure, whole="/")

        return self.site.cached(request, f"embed both {today}", make)


def _charges(side: str, countries: Mapping[str, str]) -> str:
    other = next(each for each in SIDES if each != side)
    return f"{countries[side]} on goods of {with_article(countries[other])}"


def _counted(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many instruments of the truce have days left, have returned, and go on as announced."""
    return {
        "all": len(rows),
        "left": sum(row["days_left"] is not None for row in rows),
        "returned": sum(bool(row["returned"]) for row in rows),
        "announced": sum(row["announced"] is not None for row in rows),
        "days": min(
            (
                row["announced"]["days_left"]
                for row in rows
                if row["announced"] and row["announced"]["days_left"] is not None
            ),
            default=-1,
        ),
    }


def _coming(events: Iterable[Mapping[str, Any]]) -> Iterator[Coming]:
    """Changes ahead, those of one record on one day together."""
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in events:
        groups.setdefault((row["effective"][:10], row["measure"]), []).append(row)
    for (day, measure), rows in sorted(groups.items()):
        first = rows[0]
        changes = list(dict.fromkeys(_change(row) for row in rows))
        more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
        title = min((row["title"] for row in rows), key=len)
        yield Coming(
            on=day,
            day=long_day(day),
            by=first["by"],
            measure=measure,
            title=title,
            what=f"{changes[0]}{more}",
            unsure="" if first["confirmed"] else unconfirmed_words(first["confirmed_through"]),
            announced=not all(row.get("by_other_reading", True) for row in rows),
        )


def _change(row: Mapping[str, Any]) -> str:
    """What becomes of a provision: the value before and after, or the state."""
    before = row.get("before") or {}
    first = before.get("value") or state_words(before.get("state") or "")
    then = row["value"] if row["state"] == "in_force" and row["value"] else ""
    last = then or state_words(row["state"])
    return f"{first} → {last}" if first and first != last else last


def today_page(made: Today) -> list[HTTPRouteHandler]:
    """The routes of the chart; the page itself shares its address with answers."""

    @get("/charts/averages")
    async def get_chart(request: AnyRequest) -> Response[bytes]:
        return await made.chart(request)

    @get("/embed/averages")
    async def get_embedded(request: AnyRequest) -> Response[bytes]:
        return await made.embedded(request)

    return [get_chart, get_embedded]
