"""The pages of a line's history: steps with their law, origins side by side, the chart alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.api.parameters import encoded
from detente.api.refusals import Refusal, RefusedError, refusal_of, refuse
from detente.api.responses import NO_STORE
from detente.chart.figure import Drawing, Track, step_figure
from detente.chart.history import family_shares, history_chart
from detente.core.figures import dotted, long_day, percent
from detente.core.tables.writing import csv_text
from detente.duty.history import answer_history
from detente.duty.history_rows import COLUMNS, change_words, step_rows
from detente.duty.question import DutyQuestion
from detente.questions.history import origins_of
from detente.register.confirmed import unconfirmed_words
from detente.web.frame.filters import Filters, answered, day_of, read_filters
from detente.web.frame.page_query import address
from detente.web.frame.pictures import FILES, picture
from detente.web.frame.site import Site
from detente.web.records import FORMATS

if TYPE_CHECKING:
    from detente.answers.history import DutyHistory, OriginCompared, Segment
    from detente.chart.vega import Chart

AnyRequest = Request[Any, Any, Any]

NAMES = ("code", "origin", "with", "to", "from", "to_date", "known_on", "reading", "format")
LOOKS = ("a", "b", "c", "d", "e", "f")
HOME = "US"
SHORT = 60
"""Characters of the words of a heading in a title."""

EXAMPLE_SIZE = 4
"""Goods of the register's basket that the form offers."""


class StepRow(NamedTuple):
    """A step in words: its days, its duty, what changed, and the acts that did it."""

    origin: str
    on: str
    day: str
    rate: str
    owed: str
    changes: tuple[str, ...]
    acts: tuple[str, ...]
    why: str
    unconfirmed: str
    open: int
    link: str


class OriginBeside(NamedTuple):
    """An origin beside others: the duty now and a quarter later, and when it is cheaper."""

    origin: str
    name: str
    rate: str
    later: str
    lowest: bool
    lowest_later: bool
    open: int
    cheaper: str
    announced: str
    link: str


class Histories:
    """The pages of histories over a site."""

    def __init__(self, site: Site) -> None:
        """Keep the site."""
        self.site = site
        self.service = site.service

    def form(self, request: AnyRequest) -> Response[bytes]:
        """The form, or the way to the page of what it asks."""
        filters = read_filters(request, NAMES)
        code, origin = filters.get("code"), filters.get("origin") or "CN"
        if code:
            rest = [(name, filters.get(name)) for name in NAMES[2:] if filters.get(name)]
            query = f"?{encoded(rest)}" if rest else ""
            first, *others = origins_of([origin])
            if others:
                query = f"?{encoded([*rest, ('with', ','.join(others))])}"
            headers = {"location": f"/history/{code}/{first}{query}", **NO_STORE}
            return Response(b"", status_code=303, headers=headers)
        return self.site.page(
            "history.html", "/history", **self._form(filters, "", ""), answer=None
        )

    def _form(self, filters: Filters, code: str, origin: str) -> dict[str, Any]:
        basket = self.service.register.basket
        countries = self.service.register.countries
        step = max(1, len(basket) // EXAMPLE_SIZE)
        return {
            "filters": filters,
            "code": code,
            "origin": origin or "CN",
            "destinations": [(each, countries[each]) for each in ("US", "CN")],
            "examples": [
                (
                    f"/history/{each.code}/{each.origin}",
                    f"{each.what} from {countries[each.origin]}",
                )
                for each in basket[step // 2 :: step][:EXAMPLE_SIZE]
            ],
            "problem": None,
        }

    async def page(self, request: AnyRequest, code: str, origin: str) -> Response[bytes]:
        """The history of a line from an origin, with others beside it."""

        async def show(filters: Filters) -> Response[bytes]:
            kind = filters.get("format")
            if kind and kind not in (*FILES, "json"):
                do = f"Write {', '.join(FILES)} or json."
                raise refuse(422, f"{kind!r} is not a format of this page.", "format", do)
            key = f"history {code} {origin} {self.service.today()} {sorted(filters.values.items())}"
            media = (FORMATS.get(kind) or FILES[kind]) if kind else ""
            return await asyncio.to_thread(
                self.site.cached,
                request,
                key,
                lambda: self._made(self.answer(code, origin, filters), filters, kind),
                media,
            )

        async def refused(filters: Filters, problem: Refusal) -> Response[bytes]:
            context = {**self._form(filters, code, origin), "problem": problem, "answer": None}
            return self.site.page("history.html", "/history", problem.status, **context)

        return await answered(request, NAMES[2:], show, refused)

    async def embedded(self, request: AnyRequest, code: str, origin: str) -> Response[bytes]:
        """The chart alone, for a frame of another site."""
        filters = read_filters(request, NAMES[2:-1])
        key = (
            f"embed history {code} {origin} {self.service.today()} {sorted(filters.values.items())}"
        )
        return await asyncio.to_thread(
            self.site.cached,
            request,
            key,
            lambda: self._made(self.answer(code, origin, filters), filters, "embed"),
        )

    def answer(self, code: str, origin: str, filters: Filters) -> DutyHistory:
        """The answer of `detente history`.

        Raises:
            RefusedError: the question cannot be understood.
        """
        service = self.service
        question = DutyQuestion(
            code=code,
            origin="",
            on=day_of(filters, "to_date", service.today()),
            destination=filters.get("to") or HOME,
            known_on=day_of(filters, "known_on") or None,
        )
        first = day_of(filters, "from", service.schedule.editions[0].start.isoformat())
        try:
            by_reading = service.by_reading(filters.get("reading") or None)
            origins = origins_of([origin, filters.get("with")])
            return answer_history(
                by_reading.register, service.schedule, question, first, origins, by_reading.memory
            )
        except ValueError as error:
            raise RefusedError(refusal_of(error)) from error

    def _made(self, answer: DutyHistory, filters: Filters, kind: str) -> bytes:
        if kind == "json":
            return msgspec.json.encode(answer)
        if kind == "csv":
            return csv_text(COLUMNS, step_rows(answer)).encode()
        if kind in FILES:
            return picture(self._drawn(answer), kind)
        figure = self._figure(answer)
        path = _path(answer)
        query = encoded([(name, text) for name, text in filters.values.items() if name != "format"])
        link = f"{path}?{query}" if query else path
        if kind == "embed":
            return self.site.renderer.page("embed.html", here="", figure=figure, whole=link)
        question = answer["question"]
        return self.site.renderer.page(
            "history.html",
            here="/history",
            **{
                **self._form(filters, dotted(question["code"]), ", ".join(question["origins"])),
                "examples": [],
            },
            answer=answer,
            goods=answer["line"],
            title=_goods(answer),
            names=self._names(answer),
            figure=figure,
            steps=[
                self._step(row, answer)
                for row in sorted(answer["segments"], key=lambda row: row["from"], reverse=True)
            ],
            beside=[self._beside(row, answer) for row in answer["side_by_side"]],
            link=link,
            files=f"{link}{'&' if query else '?'}",
            embed=f"/embed{link}",
            reviewed=answer["register"]["reviewed_through"],
        )

    def _drawn(self, answer: DutyHistory) -> Chart:
        try:
            return history_chart(answer, self.service.register.families)
        except ValueError as error:
            raise refuse(422, f"{error}.".capitalize(), "code", "Take the CSV.") from error

    def _names(self, answer: DutyHistory) -> list[str]:
        countries = self.service.register.countries
        return [countries[row["origin"]] for row in answer["side_by_side"]]

    def _figure(self, answer: DutyHistory) -> Drawing | None:
        question = answer["question"]
        days = (question["from"], question["to_date"])
        stacked: Sequence[Track] = ()
        if len(question["origins"]) == 1:
            stacked = self._families(answer)
            tracks = [_track("Total", "total", _totals(answer["segments"]))]
            if any(row["owed_ad_valorem"] != row["ad_valorem"] for row in answer["segments"]):
                words = "Owed, without what was held never owed"
                owed = ((row["from"], row["owed_ad_valorem"]) for row in answer["segments"])
                tracks.append(_track(words, "owed", owed))
        else:
            rows = _by_origin(answer)
            tracks = [
                _track(self.service.register.countries[origin], LOOKS[number % len(LOOKS)],
                       _totals(part))
                for number, (origin, part) in enumerate(rows.items())
            ]  # fmt: skip
        try:
            return step_figure(
                f"Duty on {_goods(answer)} from {_and(self._names(answer))}",
                tracks,
                days,
                unit="share of customs value",
                source=self.site.source,
                reviewed=answer["register"]["reviewed_through"],
                stacked=stacked,
            )
        except ValueError:
            return None

    def _families(self, answer: DutyHistory) -> list[Track]:
        families = self.service.register.families
        shares = family_shares(answer["segments"])
        used = {name for _, parts in shares for name in parts}
        order = sorted(families, key=lambda name: (name != "base", families[name][1]))
        looks = {name: f"s{number % 8}" for number, name in enumerate(order)}
        return [
            Track(
                families[name][0],
                looks[name],
                [(day, parts.get(name, 0.0)) for day, parts in shares],
            )
            for name in order
            if name in used
        ]

    def _step(self, row: Segment, answer: DutyHistory) -> StepRow:
        understood = answer["question"]
        acts = dict.fromkeys(
            source["citation"] for each in row["changed"] for source in each["sources"]
        )
        never = row["owed_ad_valorem"] not in (None, row["ad_valorem"])
        question = DutyQuestion(
            dotted(row["code"] or understood["code"]),
            row["origin"],
            row["from"],
            understood["destination"],
        )
        return StepRow(
            origin=self.service.register.countries[row["origin"]],
            on=row["from"],
            day=long_day(row["from"]),
            rate="not known" if row["ad_valorem"] is None else percent(row["ad_valorem"]),
            owed=percent(row["owed_ad_valorem"]) if never else "",
            changes=tuple(change_words(each) for each in row["changed"]),
            acts=tuple(acts),
            why=row["why"],
            unconfirmed=("" if row["confirmed"] else unconfirmed_words(row["confirmed_through"])),
            open=row["open"],
            link=address(question, self.service.sha256),
        )

    def _beside(self, row: OriginCompared, answer: DutyHistory) -> OriginBeside:
        understood = answer["question"]
        cheaper = row["cheaper_if_later"]
        question = DutyQuestion(
            dotted(understood["code"]),
            row["origin"],
            understood["to_date"],
            understood["destination"],
        )
        words = ""
        if cheaper:
            late = "" if cheaper["confirmed"] else cheaper["confirmed_through"]
            sure = f", {unconfirmed_words(late)}" if late else ""
            words = (
                f"{percent(cheaper['saves'])} less from {long_day(cheaper['on'])}"
                f" ({percent(cheaper['ad_valorem'])}{sure})"
            )
        announced = row["announced"]
        return OriginBeside(
            origin=row["origin"],
            name=self.service.register.countries[row["origin"]],
            rate="not known" if row["ad_valorem"] is None else percent(row["ad_valorem"]),
            later="not known"
            if row["later_ad_valorem"] is None
            else percent(row["later_ad_valorem"]),
            lowest=bool(row["lowest"]),
            lowest_later=bool(row["lowest_later"]),
            open=row["open"],
            cheaper=words,
            announced=announced["text"] if announced else "",
            link=address(question, self.service.sha256),
        )


def _track(name: str, look: str, shares: Iterable[tuple[str, str | None]]) -> Track:
    return Track(name, look, [(day, None if rate is None else float(rate)) for day, rate in shares])


def _totals(rows: Iterable[Segment]) -> Iterator[tuple[str, str | None]]:
    """The first day and the total of each segment."""
    return ((row["from"], row["ad_valorem"]) for row in rows)


def _by_origin(answer: DutyHistory) -> dict[str, list[Segment]]:
    found: dict[str, list[Segment]] = {}
    for row in answer["segments"]:
        found.setdefault(row["origin"], []).append(row)
    return found


def _path(answer: DutyHistory) -> str:
    question = answer["question"]
    return f"/history/{dotted(question['code'])}/{answer['segments'][0]['origin']}"


def _goods(answer: DutyHistory) -> str:
    """The code with the first words of its heading, short enough for a title."""
    line = answer["line"]
    code = dotted(answer["question"]["code"])
    if not line:
        return code
    words = [*line["path"], line["description"]][0]
    if len(words) > SHORT:
        words = f"{words[:SHORT].rsplit(' ', 1)[0].rstrip(',;')} …"
    return f"{code}, {words}"


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def histories(made: Histories) -> list[HTTPRouteHandler]:
    """The routes of these pages."""

    @get("/history", sync_to_thread=False)
    def get_form(request: AnyRequest) -> Response[bytes]:
        return made.form(request)

    @get("/history/{code:str}/{origin:str}")
    async def get_history(request: AnyRequest) -> Response[bytes]:
        path = request.path_params
        return await made.page(request, path["code"], path["origin"])

    @get("/embed/history/{code:str}/{origin:str}")
    async def get_embedded(request: AnyRequest) -> Response[bytes]:
        path = request.path_params
        return await made.embedded(request, path["code"], path["origin"])

    return [get_form, get_history, get_embedded]
