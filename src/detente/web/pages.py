"""The routes of the pages: the question and its answer, the page of the API, static files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from markupsafe import Markup

from detente.api.document import document, example_of, sample_question
from detente.api.fields import DUTY, EXAMPLES, PARAMETERS
from detente.api.parameters import encoded
from detente.api.refusals import Refusal, RefusedError, refusal_of, refuse
from detente.api.responses import NO_STORE, no_parameters, not_modified, unchanged
from detente.chart.of_pages import waterfall_chart
from detente.core.figures import dotted
from detente.duty.case import build_case
from detente.duty.facts_that_matter import facts_that_matter
from detente.duty.question import DutyQuestion
from detente.goods.codes import CodeError
from detente.goods.lines import SuggestedLine
from detente.goods.partner_search import search_partner
from detente.goods.partner_tariff import partner_tariff
from detente.goods.search import search
from detente.web.answer_view import view
from detente.web.frame.fields import fact_field, form, service_facts
from detente.web.frame.page_query import PageQuery, address, read
from detente.web.frame.pictures import FILES, picture
from detente.web.frame.site import Site, html
from detente.web.frame.waterfall import LAYER_COLUMNS, draw, layer_rows
from detente.web.records import FORMATS, table_csv
from detente.web.today import Today

AnyRequest = Request[Any, Any, Any]

FOR_GOOD = "public, max-age=31536000, immutable"
HITS = 16
FORMS_CACHED = 200
"""Forms of facts that are kept; goods that the law treats alike share one."""

HOME = "US"
"""The country of import that is meant where none is given."""
EMPTY = PageQuery([], "")

Groups = tuple[tuple[str, tuple[str, ...]], ...]
"""Facts by the title of the measure that looks at them."""

Found = tuple[str, Iterable[str], str, str]
"""A line that was found: its code, what it stands under, its own words, its general rate."""

SAMPLE_VALUE = "10000"
SAMPLES = 3
"""Goods of the register's basket that the form offers as examples of today."""


class Pages:
    """The pages of the duty, and of the API, over a site."""

    def __init__(self, site: Site) -> None:
        """Keep what every form of a question has."""
        self.site = site
        self.service = site.service
        self.renderer = site.renderer
        self._countries = Markup(self.renderer.part("_countries.html"))
        self._facts: dict[object, Markup] = {}
        self._matter: dict[object, Groups] = {}
        self._facts_list = Markup(
            self.renderer.part("_facts_list.html", facts=service_facts(self.service))
        )

    def form(self, request: AnyRequest) -> Response[bytes]:
        """The form alone, with today filled in."""
        no_parameters(request)
        return self._start()

    def duty(self, request: AnyRequest) -> Response[bytes]:
        """The answer to what the address asks."""
        parameters = parse_qsl(
            request.scope["query_string"].decode("latin-1"), keep_blank_values=True
        )
        query = EMPTY
        try:
            query = read(parameters)
            if not query.parameters:
                return self._start()
            if any(mark.isalpha() for mark in query.one("code")):
                return self._found(query)
            question = query.question(self.service.today())
            own = address(question, query.register or self.service.sha256, query.seen)
            if parameters != parse_qsl(own.removeprefix("/?")):
                return Response(b"", status_code=303, headers={"location": own, **NO_STORE})
            return self._answer(request, query, question)
        except RefusedError as error:
            return self._refused(query, error.refusal)

    def _start(self) -> Response[bytes]:
        today = self.service.today()
        countries = self.service.register.countries
        basket = self.service.register.basket
        samples = []
        for good in basket[:: max(1, len(basket) // SAMPLES)][:SAMPLES]:
            question = DutyQuestion(good.code, good.origin, today, value=SAMPLE_VALUE)
            words = f"{good.what} from {countries[good.origin]}, today"
            samples.append((words, address(question, self.service.sha256)))
        samples.append(
            ("Codes for “lithium battery”", f"/?{encoded([('code', 'lithium battery')])}")
        )
        return html(self._render("start.html", EMPTY, samples=samples))

    def _answer(
        self, request: AnyRequest, query: PageQuery, question: DutyQuestion
    ) -> Response[bytes]:
        tag = self.service.tag(
            question, f"page {self.renderer.state} {query.register} {query.seen}"
        )
        if unchanged(request, tag):
            return not_modified(tag)

        def page() -> bytes:
            answer = self.service.answer(question)
            shown = view(self.service, question, answer, query.register, query.seen)
            return self._render("answer.html", query, question=question, view=shown)

        body = self.service.remembered.made(f"page {tag}", page)
        self.service.note(question)
        return html(body, headers={"etag": tag})

    def chart(self, request: AnyRequest) -> Response[bytes]:
        """The layers of an answer as CSV, as a picture, or as a Vega-Lite dictionary."""
        parameters = list(request.query_params.multi_items())
        kinds = [text for name, text in parameters if name == "format"]
        if len(kinds) != 1 or kinds[0] not in FILES:
            raise refuse(422, "The format is missing.", "format", f"Write {', '.join(FILES)}.")
        query = read([(name, text) for name, text in parameters if name != "format"])
        question = query.question(self.service.today())
        answer = self.service.answer(question)
        rows = layer_rows(answer)
        if kinds[0] == "csv":
            return Response(table_csv(LAYER_COLUMNS, rows), media_type=FORMATS["csv"])
        drawn = draw(answer)
        if drawn is None or any(row["end"] is None for row in rows):
            do = "Take the CSV, or give what the page asks for."
            raise refuse(422, "The layers are no shares of one value.", "format", do)
        title = f"{drawn.title}: {answer['question']['code']}, {answer['question']['on']}"
        spec = waterfall_chart(rows, title, drawn.description, self.site.source)
        return Response(picture(spec, kinds[0]), media_type=FILES[kinds[0]])

    def embedded(self, request: AnyRequest) -> Response[bytes]:
        """How a duty adds up, alone, for a frame of another site."""
        query = read(list(request.query_params.multi_items()))
        question = query.question(self.service.today())
        drawing = draw(self.service.answer(question))
        if drawing is None:
            do = "Give what the page of the duty asks for."
            raise refuse(422, "The layers are no shares of one value.", "code", do)
        code = dotted(question.code.replace(".", ""))
        title = f"{drawing.title}: {code}, {question.on}"
        whole, on = address(question, self.service.sha256), question.on[: len("2025-11-12")]
        return html(self.site.framed("_waterfall.html", drawing, title, whole, on=on))

    def _found(self, query: PageQuery) -> Response[bytes]:
        """Lines of the schedule that have the words, each a link that asks with its code."""
        words, on = query.one("code"), query.one("on") or self.service.today()
        try:
            hits = self._hits(words, date.fromisoformat(on[:10]), query.one("to"))
        except CodeError as error:
            raise RefusedError(refusal_of(error)) from error
        except ValueError as error:
            do = "Write it as YYYY-MM-DD, such as 2025-11-12."
            raise refuse(422, f"{on!r} is not a day of the calendar.", "on", do) from error
        found = [(*hit, _with_code(query, hit[0])) for hit in hits]
        return html(self._render("found.html", query, words=words, found=found))

    def _hits(self, words: str, day: date, to: str) -> list[Found]:
        """Lines of the country of import that have the words."""
        place = self.service.register.country_words.find(to) or to.upper() if to else HOME
        if partner_tariff(place) is None:
            hits = search(self.service.schedule, words, day, HITS)
            return [(hit.code.dotted, hit.path, hit.text, hit.general) for hit in hits]
        rows = search_partner(place, words, day, HITS, self.service.schedule)
        return [
            (dotted(row["code"]), row["path"], row["text"], row["general"] or "") for row in rows
        ]

    def _refused(self, query: PageQuery, refusal: Refusal) -> Response[bytes]:
        offered = [_offered(query, each) for each in refusal.candidates]
        body = self._render("refused.html", query, refusal, problem=refusal, offered=offered)
        return html(body, refusal.status)

    def _render(
        self,
        template: str,
        query: PageQuery,
        refusal: Refusal | None = None,
        question: DutyQuestion | None = None,
        **context: Any,
    ) -> bytes:
        fields = form(self.service, query, refusal)
        stated = frozenset(text.partition("=")[0] for text in query.all("fact"))
        return self.renderer.page(
            template,
            here="/duty",
            form=fields,
            more_facts=self._more_facts(stated, question),
            countries_list=self._countries,
            **context,
        )

    def _groups(self, question: DutyQuestion) -> Groups:
        """The facts that can matter, from memory where the same goods were asked about lately."""
        facts = tuple(sorted(question.facts.items()))
        key = (*question[:5], question.reading, facts)
        found = self._matter.get(key)
        if found is None:
            try:
                service = self.service.by_reading(question.reading)
                bare = question._replace(value=None, quantities={})
                found = facts_that_matter(
                    build_case(service.register, service.schedule, bare, service.memory)
                )
            except ValueError:  # what is wrong is said beside its own field
                found = ()
            if len(self._matter) > FORMS_CACHED:
                self._matter.clear()
            self._matter[key] = found
        return found

    def _more_facts(self, stated: frozenset[str], question: DutyQuestion | None) -> Markup:
        """Controls of the facts that can matter for the goods that day; the rest is searched."""
        groups = () if question is None else self._groups(question)
        key = (stated.intersection(self.service.register.facts), groups)
        if key not in self._facts:
            if len(self._facts) > FORMS_CACHED:
                self._facts.clear()
            shown = [
                (title, [fact_field(self.service, each, "", f"fact-{each}") for each in keys])
                for title, names in groups
                if (keys := [each for each in names if each not in stated])
            ]
            part = self.renderer.part(
                "_facts.html", groups=shown, asked=question is not None, facts_list=self._facts_list
            )
            self._facts[key] = Markup(part)
        return self._facts[key]

    def api(self) -> bytes:
        """The page that shows the API, with a live answer."""
        sample = self.service.answer(sample_question())
        return self.renderer.page(
            "api.html",
            here="/v1/",
            parameters=[(each, EXAMPLES[each.path]) for each in PARAMETERS],
            fields=[(each, json.dumps(example_of(each.path, sample))) for each in DUTY],
            paths=document(self.service, examples=False)["paths"],
            sample=json.dumps(sample, ensure_ascii=False, indent=2),
        )


def pages(made: Pages, today: Today) -> list[HTTPRouteHandler]:
    """The routes of the pages; the first page and the answers share an address."""
    api: list[bytes] = []

    @get("/")
    async def get_duty(request: AnyRequest) -> Response[bytes]:
        if not request.scope["query_string"]:
            return await today.page(request)
        return made.duty(request)

    @get("/duty", sync_to_thread=False)
    def get_form(request: AnyRequest) -> Response[bytes]:
        return made.form(request)

    @get("/charts/duty", sync_to_thread=False)
    def get_chart(request: AnyRequest) -> Response[bytes]:
        return made.chart(request)

    @get("/embed/duty", sync_to_thread=False)
    def get_embedded(request: AnyRequest) -> Response[bytes]:
        return made.embedded(request)

    @get("/v1/", sync_to_thread=False)
    def get_api() -> Response[bytes]:
        if not api:
            api.append(made.api())
        return html(api[0])

    @get("/static/{version:str}/{name:str}", sync_to_thread=False)
    def get_static(request: AnyRequest) -> Response[bytes]:
        file = made.renderer.static.get(request.url.path)
        if file is None:
            raise refuse(404, "There is no such file.", "path", "Load the page again.")
        return Response(file.body, media_type=file.media, headers={"cache-control": FOR_GOOD})

    return [get_duty, get_form, get_chart, get_embedded, get_api, get_static]


def _with_code(query: PageQuery, code: str) -> str:
    """The address that asks the same of another code."""
    rest = [(name, text) for name, text in query.parameters if name != "code"]
    return f"/?{encoded([('code', code), *rest])}"


def _offered(query: PageQuery, candidate: SuggestedLine) -> tuple[str, str, str]:
    code = candidate.code.dotted
    return code, candidate.text, _with_code(query, code)
