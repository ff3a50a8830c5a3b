"""The pages of the register itself: measures, the truce, lists of goods, what is missing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente._shapes import TYPE_CHECKING
from detente.api.refusals import RefusedError, refusal_of, refuse
from detente.chart.of_pages import days_chart
from detente.core.clock import MINUTES, day_text
from detente.core.figures import dotted
from detente.core.tables.writing import csv_text
from detente.register.book import Register
from detente.register.events import Query
from detente.register.model import KINDS, Member
from detente.register.views import law_by_day as views
from detente.register.views.export import register_json
from detente.register.views.feed import feed
from detente.register.views.standing import ALIVE
from detente.register.views.truce import truce
from detente.web import chronicle, measure_timeline
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
from detente.web.frame.words import DAY, sentence

if TYPE_CHECKING:
    from detente.answers.measures import OneMeasure
    from detente.chart.vega import Chart

AnyRequest = Request[Any, Any, Any]

CSV, JSON, ATOM = "text/csv", "application/json", "application/atom+xml"
FORMATS = {"csv": CSV, "counts": CSV, "averages": CSV, "json": JSON, **PICTURES}
"""What a table or a drawing can be taken away as, and the media type of each."""

GOODS_COLUMNS = ("code", "from", "until", "except")
RUNS = 120
"""Effective periods of a record that its page shows unless all are asked for."""

CODES_SHOWN = 400
"""Codes of a list that its page shows; the CSV has all."""

RUN_COLUMNS = ("limb", "heading", "from", "until", "state", "confirmed", "rate", "sources")

STATUS_COLUMNS = (
    "id", "title", "title_zh", "by", "kind", "state", "since", "until", "confirmed", "rate",
    "announced",
)  # fmt: skip


class RecordPages:
    """Pages over the register of a site."""

    def __init__(self, site: Site) -> None:
        """Keep the site; the register is read when it is asked."""
        self.site = site
        self.service = site.service
        self.register = site.service.register

    def read(self, filters: Filters) -> Register:
        """The register by the reading that a page was asked for.

        Raises:
            RefusedError: there is no such reading.
        """
        try:
            return self.service.by_reading(filters.get("reading") or None).register
        except ValueError as error:
            raise RefusedError(refusal_of(error)) from error

    def measures(self, request: AnyRequest) -> Response[bytes]:
        """Where every record stands on a day, by filters."""
        filters = read_filters(
            request, ("by", "kind", "state", "text", "on", "known_on", "reading", "format")
        )
        on = day_of(filters, "on", self.service.today())
        known_on = number_of(day_of(filters, "known_on"))
        # The list of all records: what only happened or was said stands in no other one.
        query = Query(known_on, side_of(filters, self.register), kinds_of(filters) or KINDS)
        kind = format_of(filters, ("csv", "json"))
        register = self.read(filters)

        def make() -> bytes:
            answer = views.status(register, query, on)
            states = sorted({each["state"] for each in answer["measures"]})
            rows = [each for each in answer["measures"] if _fits(each, filters)]
            rows.sort(key=_rank)
            if kind == "json":
                return msgspec.json.encode({**answer, "measures": rows})
            if kind == "csv":
                return table_csv(STATUS_COLUMNS, rows)
            return self.site.record(
                "measures.html",
                "/measures",
                filters,
                answer=answer,
                rows=rows,
                states=states,
                kinds=KINDS,
                on=on,
                told={row["id"]: self._announced(row["id"], known_on) for row in rows},
                total=len(answer["measures"]),
            )

        return self.site.cached(
            request, f"measures {on} {filters.key}", make, FORMATS.get(kind, "")
        )

    def measure(self, request: AnyRequest, name: str) -> Response[bytes]:
        """One record with the timeline of its provisions."""
        filters = read_filters(request, ("on", "known_on", "reading", "rows", "format"))
        on = day_of(filters, "on", self.service.today())
        known_on = number_of(day_of(filters, "known_on"))
        kind = format_of(filters, ("csv", "json", *PICTURES))
        register = self.read(filters)

        def make() -> bytes:
            record = _one_measure(register, name, on, known_on)
            if kind == "json":
                return msgspec.json.encode(record)
            if kind == "csv":
                return table_csv(RUN_COLUMNS, _runs(record))
            if kind in PICTURES:
                return picture(self._days_chart(record, on), kind)
            runs = [
                (provision, run) for provision in record["limbs"] for run in provision["history"]
            ]
            return self.site.record(
                "measure.html",
                "/measures",
                filters,
                record=record,
                goods=[self._goods(each) for each in record["goods"]],
                on=on,
                path=f"/measures/{name}",
                runs=runs if filters.get("rows") == "all" else runs[:RUNS],
                count=len(runs),
                more=""
                if filters.get("rows") == "all" or len(runs) <= RUNS
                else filters.link(f"/measures/{name}", self.service.sha256, on=on, rows="all"),
                drawing=measure_timeline.draw(record, on),
                groups=measure_timeline.grouped(record["limbs"]),
                happenings=chronicle.happenings(record["events"])[::-1],
                answered_by=self._answers_to(name),
            )

        key = f"measure {name} {on} {filters.key}"
        return self.site.cached(request, key, make, FORMATS.get(kind, ""))

    def embedded(self, request: AnyRequest, name: str) -> Response[bytes]:
        """The days of a record alone, for a frame of another site."""
        filters = read_filters(request, ("on", "known_on", "reading"))
        on = day_of(filters, "on", self.service.today())
        known_on = number_of(day_of(filters, "known_on"))
        register = self.read(filters)

        def make() -> bytes:
            record = _one_measure(register, name, on, known_on)
            drawing = measure_timeline.draw(record, on)
            if drawing is None:
                raise refuse(404, "This record has no days to draw.", "id", "See its page.")
            whole = filters.link(f"/measures/{name}", self.service.sha256)
            return self.site.framed("_strip.html", drawing, record["title"], whole, on=on)

        return self.site.cached(request, f"embed measure {name} {on} {filters.key}", make)

    def _days_chart(self, record: Mapping[str, Any], on: str) -> Chart:
        """The timelines of a record as a Vega-Lite dictionary; open ends reach the last day."""
        rows = _runs(record)
        edges = [row[key][:DAY] for row in rows for key in ("from", "until") if row[key]]
        last = max([*edges, on])
        shown = [{**row, "shown_until": (row["until"] or last)[:DAY]} for row in rows]
        drawn = measure_timeline.draw(record, on)
        if drawn is None:
            raise refuse(404, "This record has no days to draw.", "format", "See the page.")
        return days_chart(shown, drawn.title, drawn.description, self.site.source)

    def _goods(self, name: str) -> tuple[str, str]:
        """A list of goods by its title, or a code, and the address where it opens."""
        listed = self.register.lists.get(name)
        if listed is not None:
            return listed.title, f"/lists/goods/{name}"
        digits = name.replace(".", "")
        return (dotted(digits), f"/find?q={dotted(digits)}") if digits.isdigit() else (name, "")

    def goods_list(self, request: AnyRequest, name: str) -> Response[bytes]:
        """The codes of one list of goods, with their days."""
        filters = read_filters(request, ("format",))
        kind = format_of(filters, ("csv",))
        listed = self.register.lists.get(name)
        if listed is None:
            do = "Open a list from the page of the measure that names it."
            raise refuse(404, f"There is no list of goods {name!r}.", "name", do)

        def make() -> bytes:
            rows = [_code_row(each) for each in self.register.codes_of(name)]
            if kind == "csv":
                return table_csv(GOODS_COLUMNS, rows)
            sources = [self.register.citation(key) for key in listed.sources]
            return self.site.record(
                "goods_list.html",
                "/measures",
                filters,
                path=f"/lists/goods/{name}",
                name=name,
                listed=listed,
                sources=sources,
                rows=rows[:CODES_SHOWN],
                count=len(rows),
            )

        return self.site.cached(request, f"list {name} {kind}", make, FORMATS.get(kind, ""))

    def _announced(self, name: str, known_on: int | None) -> str:
        """The day on which a record was last heard of by the end of a day; "" for none."""
        days = [each.announced for each in self.register.measure(name).events]
        known = [day for day in days if known_on is None or day <= known_on]
        return day_text(max(known)) if known else ""

    def _answers_to(self, name: str) -> list[tuple[str, str]]:
        """Records that say they answer a record: id and title."""
        return [
            (each.id, each.title)
            for each in self.register.measures()
            if name in each.answers or any(name in event.answers for event in each.events)
        ]

    def truce(self, request: AnyRequest) -> Response[bytes]:
        """The board of the truce."""
        filters = read_filters(request, ("on", "known_on", "reading", "format"))
        on = day_of(filters, "on", self.service.today())
        known_on = number_of(day_of(filters, "known_on"))
        kind = format_of(filters, ("csv", "json"))
        register = self.read(filters)

        def make() -> bytes:
            answer = truce(register, known_on, on)
            if kind == "json":
                return msgspec.json.encode(answer)
            if kind == "csv":
                return table_csv(TRUCE_COLUMNS, list(_flat(answer["instruments"])))
            sides = [
                (by, words, [row for row in answer["instruments"] if row["by"] == by])
                for by, words in self.site.sides.items()
            ]
            return self.site.record(
                "truce.html",
                "/truce",
                filters,
                answer=answer,
                on=on,
                sides=[each for each in sides if each[2]],
            )

        return self.site.cached(request, f"truce {on} {filters.key}", make, FORMATS.get(kind, ""))

    def not_modelled(self, request: AnyRequest) -> Response[bytes]:
        """What is missing, and why."""
        filters = read_filters(request, ())

        def make() -> bytes:
            gaps = self.register.gaps
            return self.site.record(
                "not_modelled.html",
                "/not-modelled",
                filters,
                outside=[gap for gap in gaps if gap.in_answers],
                gaps=[gap for gap in gaps if not gap.in_answers],
                read=list(self.register.areas.values()),
            )

        return self.site.cached(request, f"not-modelled {filters.key}", make)

    def feed(self, request: AnyRequest) -> Response[bytes]:
        """The timeline as an Atom feed."""
        filters = read_filters(request, ("by", "kind"))
        query = Query(by=side_of(filters, self.register), kinds=kinds_of(filters))
        key = f"feed {filters.key}"
        return self.site.cached(request, key, lambda: feed(self.register, query), ATOM)

    def exported(self, request: AnyRequest) -> Response[bytes]:
        """The whole register as JSON."""
        read_filters(request, ())
        return self.site.cached(
            request, "register.json", lambda: register_json(self.register), JSON
        )


TRUCE_COLUMNS = (
    "measure", "limb", "by", "verb", "what", "state", "value", "suspended_from",
    "suspended_until", "boundary", "returns_on", "days_left", "what_returns", "confirmed",
    "announced",
)  # fmt: skip


def _one_measure(register: Register, name: str, on: str, known_on: int | None) -> OneMeasure:
    """One record on a day.

    Raises:
        RefusedError: there is none of that name.
    """
    try:
        return views.one_measure(register, name, on, known_on)
    except ValueError as error:
        do = "See /measures, which lists every record."
        raise refuse(404, f"{sentence(str(error))}.", "id", do) from error


def _code_row(member: Member) -> dict[str, object]:
    """A code of a list with its days, as a table has it."""
    start, until = (
        None if minute is None else day_text(minute // MINUTES)
        for minute in (member.start, member.until)
    )
    code = dotted(member.code)
    return {"code": code, "from": start, "until": until, "except": member.excepted}


def _runs(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Runs of all provisions, each with its provision's name."""
    return [
        {**run, "limb": provision["title"] or provision["id"], "sources": "; ".join(run["sources"])}
        for provision in record["limbs"]
        for run in provision["history"]
    ]


def _flat(rows: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    for row in rows:
        yield row
        yield from _flat(row["also"])


def format_of(filters: Filters, known: Sequence[str]) -> str:
    """The format that was asked for; "" for the page.

    Raises:
        RefusedError: there is no such format here.
    """
    kind = filters.get("format")
    if kind and kind not in known:
        do = f"Write {' or '.join(known)}, or leave it out for the page."
        raise refuse(422, f"{kind!r} is not a format of this page.", "format", do)
    return kind


def table_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A table as CSV that a spreadsheet shows and does not run."""
    return csv_text(columns, ([_cell(row[name]) for name in columns] for row in rows)).encode()


def _cell(value: object) -> object:
    return value["text"] if isinstance(value, dict) else value


def _fits(row: Mapping[str, Any], filters: Filters) -> bool:
    state = filters.get("state")
    if state and row["state"] != state:
        return False
    citations = [each["citation"] for each in row["authority"]]
    return has_words(filters.get("text"), row["id"], row["title"], row["title_zh"], *citations)


def _rank(row: Mapping[str, Any]) -> tuple[int, int, str]:
    """Measures first, and of each kind what is alive first."""
    alive = ALIVE.index(row["state"]) if row["state"] in ALIVE else len(ALIVE)
    return KINDS.index(row["kind"]), alive, row["id"]


def records(made: RecordPages) -> list[HTTPRouteHandler]:
    """The routes of these pages."""

    @get("/measures", sync_to_thread=False)
    def get_measures(request: AnyRequest) -> Response[bytes]:
        return made.measures(request)

    @get("/measures/{name:str}", sync_to_thread=False)
    def get_measure(request: AnyRequest) -> Response[bytes]:
        return made.measure(request, request.path_params["name"])

    @get("/embed/measures/{name:str}", sync_to_thread=False)
    def get_embedded(request: AnyRequest) -> Response[bytes]:
        return made.embedded(request, request.path_params["name"])

    @get("/truce", sync_to_thread=False)
    def get_truce(request: AnyRequest) -> Response[bytes]:
        return made.truce(request)

    @get("/not-modelled", sync_to_thread=False)
    def get_not_modelled(request: AnyRequest) -> Response[bytes]:
        return made.not_modelled(request)

    @get("/feed.atom", sync_to_thread=False)
    def get_feed(request: AnyRequest) -> Response[bytes]:
        return made.feed(request)

    @get("/register.json")
    async def get_register(request: AnyRequest) -> Response[bytes]:
        return await asyncio.to_thread(made.exported, request)

    @get("/lists/goods/{name:str}", sync_to_thread=False)
    def get_goods_list(request: AnyRequest) -> Response[bytes]:
        return made.goods_list(request, request.path_params["name"])

    return [
        get_goods_list,
        get_measures,
        get_measure,
        get_embedded,
        get_truce,
        get_not_modelled,
        get_feed,
        get_register,
    ]
