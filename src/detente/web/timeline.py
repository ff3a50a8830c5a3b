"""The page of the timeline: what was announced, by year, and how much of it in each month."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente._shapes import TYPE_CHECKING
from detente.api.refusals import refuse
from detente.chart.of_pages import months_chart
from detente.register.events import Query
from detente.register.model import KINDS
from detente.register.views import law_by_day as views
from detente.web import chronicle
from detente.web.averages import SIDES, Averages, BothSides
from detente.web.frame.filters import (
    Filters,
    day_of,
    has_words,
    kinds_of,
    number_of,
    read_filters,
    side_of,
)
from detente.web.frame.pictures import PICTURES, picture
from detente.web.frame.site import Site
from detente.web.records import FORMATS, format_of, table_csv

if TYPE_CHECKING:
    from detente.answers.average import AveragePoint
    from detente.chart.vega import Chart, ChartRow

AnyRequest = Request[Any, Any, Any]

HERE = "/timeline"
NAMES = ("from", "to_date", "by", "kind", "text", "known_on")
"""What chooses announcements."""

ROWS = 40
"""Announcements of a year that its page shows first."""

DESCRIBED_COLUMNS = (
    "announced",
    "by",
    "kind",
    "measure",
    "title",
    "title_zh",
    "sources",
    "answers",
    "speaker",
)
AVERAGE_COLUMNS = ("by", "on", "average")


class TimelinePage:
    """The page over a site."""

    def __init__(self, site: Site, averages: Averages) -> None:
        """Keep the site; averages are worked out when they are first shown."""
        self.site = site
        self.service = site.service
        self._both = averages

    async def page(self, request: AnyRequest) -> Response[bytes]:
        """What was announced, the United States above and China below."""
        filters = read_filters(request, (*NAMES, "year", "rows", "format"))
        query = self._query(filters)
        kind = format_of(filters, tuple(FORMATS))
        both: BothSides | None = None
        if kind in ("", "averages") and _has_duties(filters):
            both = await asyncio.to_thread(lambda: self._both.until(self.service.today()))

        def make() -> bytes:
            if kind == "averages":
                series = {} if both is None else {side: both.series(side) for side in SIDES}
                return table_csv(AVERAGE_COLUMNS, _averages(series))
            rows = self._events(query, filters)
            if kind == "json":
                answer = views.timeline(self.service.register, query)
                return msgspec.json.encode({**answer, "events": rows})
            found = chronicle.happenings(rows)
            if kind == "csv":
                return table_csv(DESCRIBED_COLUMNS, [each._asdict() for each in found])
            drawing = chronicle.draw(found)
            if kind == "counts":
                return table_csv(("month", "side", "announcements"), _months(drawing))
            if kind in PICTURES:
                return picture(self._months_chart(drawing), kind)
            return self._made(filters, found, drawing, both)

        key = f"timeline {self.service.today()} {filters.key}"
        return self.site.cached(request, key, make, FORMATS.get(kind, ""))

    def _query(self, filters: Filters) -> Query:
        """The announcements that are asked for.

        Raises:
            RefusedError: a filter is not understood, or the days are the wrong way round.
        """
        first, last = day_of(filters, "from"), day_of(filters, "to_date")
        if first and last and last < first:
            raise refuse(422, f"{last} lies before {first}.", "to_date", "Turn the days round.")
        return Query(
            number_of(day_of(filters, "known_on")),
            side_of(filters, self.service.register),
            kinds_of(filters),
            number_of(first),
            number_of(last),
        )

    def _events(self, query: Query, filters: Filters) -> list[Mapping[str, Any]]:
        events = views.timeline(self.service.register, query)["events"]
        return [row for row in events if _described(row, filters.get("text"))]

    def _made(
        self,
        filters: Filters,
        found: list[chronicle.Happening],
        drawing: chronicle.Chronicle | None,
        both: BothSides | None,
    ) -> bytes:
        """The page itself: a year of announcements under the drawings."""
        years = _by_year(found)
        year = filters.get("year") or (years[0][0] if years else "")
        described = next((rows for each, rows in years if each == year), [])
        cut = filters.get("rows") != "all" and len(described) > ROWS
        sha256 = self.service.sha256
        figure = None if both is None else both.figure(self.site.sides, self.site.source)
        return self.site.record(
            "timeline.html",
            HERE,
            filters,
            averages=None if figure is None else figure._replace(marks=()),
            more=filters.link(HERE, sha256, year=year, rows="all") if cut else "",
            left=len(described) - ROWS if cut else 0,
            years=[(year, described[:ROWS] if cut else described)] if described else [],
            shown=year,
            counts=[
                (each, len(rows), filters.link(HERE, sha256, year=each)) for each, rows in years
            ],
            count=len(found),
            drawing=drawing,
            embed=_frame(filters, sha256),
            kinds=KINDS,
        )

    def embedded(self, request: AnyRequest) -> Response[bytes]:
        """The drawing of the months alone, for a frame of another site."""
        filters = read_filters(request, NAMES)
        query = self._query(filters)

        def make() -> bytes:
            drawing = chronicle.draw(chronicle.happenings(self._events(query, filters)))
            if drawing is None:
                raise refuse(404, "There is nothing to draw.", "", "Take a filter away.")
            whole = filters.link(HERE, self.service.sha256)
            return self.site.framed("_months.html", drawing, drawing.title, whole)

        return self.site.cached(request, f"embed timeline {filters.key}", make)

    def _months_chart(self, drawing: chronicle.Chronicle | None) -> Chart:
        if drawing is None:
            raise refuse(404, "There is nothing to draw.", "format", "Take a filter away.")
        rows = _months(drawing)
        return months_chart(rows, drawing.title, drawing.description, self.site.source)


def _frame(filters: Filters, sha256: str) -> str:
    """The address of the drawing alone: what chooses announcements, not which year is read."""
    chosen = {name: text for name, text in filters.values.items() if name in NAMES}
    return filters._replace(values=chosen).link(f"/embed{HERE}", sha256)


def _months(drawing: chronicle.Chronicle | None) -> list[ChartRow]:
    """A row for each side in each month with an announcement."""
    return [
        {"month": month, "side": side, "announcements": count, "drawn": count * sign}
        for month, counts in (drawing.rows if drawing is not None else ())
        for side, count, sign in zip(
            (chronicle.UPPER, chronicle.LOWER), counts, (1, -1), strict=True
        )
        if count
    ]


def _averages(series: Mapping[str, list[AveragePoint]]) -> list[dict[str, object]]:
    return [{"by": by, **point} for by, points in series.items() for point in points]


def _has_duties(filters: Filters) -> bool:
    """Whether averages belong to what is shown: duties are, as they are known today."""
    kinds = kinds_of(filters)
    return not filters.get("known_on") and (not kinds or "measure" in kinds)


def _described(row: Mapping[str, Any], words: str) -> bool:
    texts = (row["title"], row["title_zh"], row["measure"], row["note"], *row["sources"])
    return has_words(words, *texts)


def _by_year(
    found: Iterable[chronicle.Happening],
) -> list[tuple[str, list[chronicle.Happening]]]:
    """Announcements by year, the newest first."""
    years: dict[str, list[chronicle.Happening]] = {}
    for each in reversed(list(found)):
        years.setdefault(each.announced[:4], []).append(each)
    return list(years.items())


def timeline(made: TimelinePage) -> list[HTTPRouteHandler]:
    """The routes of the page."""

    @get(HERE)
    async def get_timeline(request: AnyRequest) -> Response[bytes]:
        return await made.page(request)

    @get(f"/embed{HERE}", sync_to_thread=False)
    def get_embedded(request: AnyRequest) -> Response[bytes]:
        return made.embedded(request)

    return [get_timeline, get_embedded]
