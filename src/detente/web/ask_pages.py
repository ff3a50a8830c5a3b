"""A page for every question: a form out of its declaration, and its answer as facts and tables."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente.api.parameters import encoded
from detente.api.query_routes import ask_and_record, path_of, read
from detente.api.refusals import Refusal, RefusedError, refuse
from detente.api.responses import NO_STORE
from detente.core.tables.writing import csv_text
from detente.questions import addressed
from detente.questions.declare import Question
from detente.questions.parameters import EVERYWHERE, Parameter
from detente.register.book import Register
from detente.web.frame.fields import DAY, YES_NO, FormField
from detente.web.frame.pictures import PICTURES, picture
from detente.web.frame.plain import AnswerLayout, flat_rows, lay_out
from detente.web.frame.question_charts import BARS, SPECS, shown, spec
from detente.web.frame.site import Site, html
from detente.web.frame.words import naming, sentence
from detente.web.records import FORMATS

AnyRequest = Request[Any, Any, Any]

OWN = {
    "duty": "/duty",
    "history": "/history",
    "entry": "/entry",
    "compare": "/compare",
    "status": "/measures",
    "timeline": "/timeline",
    "truce": "/truce",
    "supply": "/supply",
    "screen": "/screen",
    "search": "/find",
    "browse": "/browse",
    "assess": "/assess",
    "feed": "/feed.atom",
    "audit": "/audit",
    "check": "/check",
}
"""Questions that have a page of their own, and its address."""

OPEN = 6
"""Fields of a form that are shown at once; the rest stands behind "More details"."""

LABEL = 48
"""Characters of a meaning that can be a label; of a longer one the name is."""

SEVERAL = ";"
"""What stands between several values of one field."""


class AskPages:
    """The pages of questions over a site."""

    def __init__(self, site: Site) -> None:
        """Keep the site."""
        self.site = site
        self.service = site.service

    def index(self, request: AnyRequest) -> Response[bytes]:
        """Every question, with the page that asks it."""
        rows = [
            (OWN.get(each.name, f"/ask/{each.operation}"), each.name, each.summary)
            for each in addressed()
        ]
        return self.site.cached(
            request,
            "ask",
            lambda: self.site.renderer.page("ask_index.html", here="/ask", rows=rows),
        )

    async def page(self, request: AnyRequest, name: str) -> Response[bytes]:
        """The form of a question, and the answer to what the address asks."""
        question = _named(name)
        parameters = [
            (key, text)
            for key, text in request.query_params.multi_items()
            if text.strip() and key != "format"
        ]
        kind = request.query_params.get("format", "")
        texts = _texts(question, parameters)
        pairs = [(key, each) for key, values in texts.items() for each in values]
        problem: Refusal | None = None
        answer: Mapping[str, Any] | None = None
        if pairs or not any(each.needed for each in question.parameters_in(EVERYWHERE)):
            try:
                values = read(question, pairs)
                answer = await asyncio.to_thread(ask_and_record, self.service, question, values)
            except RefusedError as error:
                problem = error.refusal if pairs else None
        if kind and answer is not None:
            return await asyncio.to_thread(_as_file, question, self.service.register, answer, kind)
        return self._page(question, texts, pairs, answer, problem)

    async def embedded(self, request: AnyRequest, name: str) -> Response[bytes]:
        """The chart of an answer alone, for a frame of another site."""
        question = _named(name)
        parameters = [
            (key, text) for key, text in request.query_params.multi_items() if text.strip()
        ]
        pairs = [
            (key, each) for key, texts in _texts(question, parameters).items() for each in texts
        ]
        values = read(question, pairs)
        answer = await asyncio.to_thread(ask_and_record, self.service, question, values)
        drawn = shown(name, self.service.register, answer, self.site.source)
        whole = f"/ask/{name}?{encoded(pairs)}"
        headers = dict(NO_STORE)
        if drawn.figure:
            return self.site.page("embed.html", "", 200, headers, figure=drawn.figure, whole=whole)
        if drawn.bars is None:
            raise refuse(422, "There is nothing to draw of this answer.", "", "See its page.")
        body = self.site.framed("_waterfall.html", drawn.bars, drawn.title, whole)
        return html(body, headers=headers)

    def _page(
        self,
        question: Question,
        texts: Mapping[str, list[str]],
        pairs: list[tuple[str, str]],
        answer: Mapping[str, Any] | None,
        problem: Refusal | None,
    ) -> Response[bytes]:
        fields = [_field(each, texts.get(each.name, []), problem) for each in _parameters(question)]
        stated = [field for field in fields if field.value or field.error]
        first = [*fields[:OPEN], *(field for field in stated if field not in fields[:OPEN])]
        path = f"/ask/{question.operation}"
        link = f"{path}?{encoded(pairs)}" if pairs else path
        return self.site.page(
            "ask.html",
            path,
            problem.status if problem else 200,
            NO_STORE,
            question=question,
            title=question.summary.removesuffix("."),
            path=path,
            first=first,
            more=[field for field in fields if field not in first],
            problem=problem,
            answer=answer,
            drawn=shown(question.operation, self.service.register, answer, self.site.source),
            embed=f"/embed{link}",
            shown=None if answer is None else self._laid_out(answer, question),
            files=f"{link}{'&' if pairs else '?'}",
            has_rows=answer is not None and question.rows in answer,
            link=link,
            json_link=f"{path_of(question)}{'?' if pairs else ''}{encoded(pairs)}",
            examples=[
                line.strip() for line in question.examples.splitlines() if "detente " in line
            ],
        )

    def _laid_out(self, answer: Mapping[str, Any], question: Question) -> AnswerLayout:
        name = naming(self.service.register)
        return lay_out(answer, self.service.titles, question.rows, self.site.link, name)


def _named(name: str) -> Question:
    """The question of an address.

    Raises:
        RefusedError: there is none.
    """
    for each in addressed():
        if each.operation == name:
            return each
    raise refuse(404, f"There is no question {name!r}.", "path", "See /ask, which lists them all.")


def _parameters(question: Question) -> list[Parameter]:
    """What a form asks: what is needed first."""
    parameters = question.parameters_in(EVERYWHERE)
    return sorted(parameters, key=lambda each: not (each.needed or each.either))


def _texts(question: Question, parameters: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Texts by parameter, in the order of the question; several values of one field come apart."""
    order = {each.name: number for number, each in enumerate(question.parameters)}
    several = {each.name for each in question.parameters if each.many}
    texts: dict[str, list[str]] = {}
    for key, text in sorted(parameters, key=lambda pair: order.get(pair[0], len(order))):
        parts = text.split(SEVERAL) if key in several else [text]
        texts.setdefault(key, []).extend(each.strip() for each in parts if each.strip())
    return texts


def _field(each: Parameter, texts: list[str], problem: Refusal | None) -> FormField:
    """The control of a parameter."""
    meaning = each.help.replace("%%", "%").partition(" (")[0]
    choices = each.choices or _words_of(each.metavar)
    short = 0 < len(meaning) <= LABEL and choices == each.choices
    label = sentence(meaning if short else each.name.replace("_", " "))
    hints = [] if short else [each.sentence.removesuffix(".")]
    if each.example and each.kind == "text" and not each.choices and not each.is_day:
        hints.append(f"such as {each.example}")
    if each.many:
        hints.append(f"several with “{SEVERAL}” between")
    value = f"{SEVERAL} ".join(texts)
    wrong = problem.what if problem is not None and problem.where == each.name else ""
    field = FormField(
        each.name, f"ask-{each.name}", label, value, hint="; ".join(hints), error=wrong
    )
    if choices:
        return field._replace(
            kind="choice",
            options=(("", "not stated"), *((word, word) for word in choices)),
        )
    if each.kind == "flag":
        return field._replace(kind="choice", options=YES_NO)
    if each.is_day and len(value) in (0, DAY):
        return field._replace(kind="date")
    return field._replace(numeric=each.kind == "number")


def _words_of(metavar: str) -> tuple[str, ...]:
    """The words of a parameter that takes one of a few: "law|announced"; () for any other."""
    words = tuple(metavar.split("|"))
    return words if len(words) > 1 and all(each.islower() for each in words) else ()


def _as_file(
    question: Question, register: Register, answer: Mapping[str, Any], kind: str
) -> Response[bytes]:
    headers = dict(NO_STORE)
    if kind == "json":
        body = msgspec.json.encode(answer)
    elif kind == "csv" and question.rows in answer:
        columns, rows = flat_rows(answer[question.rows])
        body = csv_text(columns, rows).encode()
    elif kind == "csv" and question.operation in BARS:
        bars = BARS[question.operation](answer, naming(register))
        columns = ["name", "from", "to", "unit"]
        body = csv_text(
            columns, [(bar.name, bar.start, bar.end, bars.unit) for bar in bars.bars]
        ).encode()
    elif kind in PICTURES and question.operation in SPECS:
        try:
            body = picture(spec(question.operation, register, answer) or {}, kind)
        except ValueError as error:
            raise refuse(422, f"{sentence(str(error))}.", "format", "Take the JSON.") from error
    else:
        do = "Take the JSON; CSV is of an answer whose rows are its subject."
        raise refuse(422, f"{kind!r} is not a format of this answer.", "format", do)
    return Response(body, media_type=FORMATS[kind], headers=headers)


def ask_pages(made: AskPages) -> list[HTTPRouteHandler]:
    """The routes of these pages."""

    @get("/ask", sync_to_thread=False)
    def get_index(request: AnyRequest) -> Response[bytes]:
        return made.index(request)

    @get("/ask/{name:str}")
    async def get_ask(request: AnyRequest) -> Response[bytes]:
        return await made.page(request, request.path_params["name"])

    @get("/embed/ask/{name:str}")
    async def get_embedded(request: AnyRequest) -> Response[bytes]:
        return await made.embedded(request, request.path_params["name"])

    return [get_index, get_ask, get_embedded]
