"""The page of a tree: what a shipment costs by day of arrival, with the reader's probabilities."""

from __future__ import annotations

import asyncio
from functools import cached_property
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente._shapes import TYPE_CHECKING
from detente.api.refusals import Refusal, RefusedError, as_sentence, refusal_of, refuse
from detente.api.responses import NO_STORE
from detente.chart.figure import Drawing, Track, step_figure
from detente.chart.tree import tree_chart
from detente.compare.goods import Good
from detente.compare.tree import answer_tree
from detente.duty.question import DutyQuestion
from detente.register.load.yaml_reader import RegisterError
from detente.scenario.forks import tree_of
from detente.web.frame.filters import Filters, answered, day_of, read_filters
from detente.web.frame.pictures import FILES, picture
from detente.web.frame.site import Site
from detente.web.records import FORMATS, format_of, table_csv

if TYPE_CHECKING:
    from typing import Literal

    from detente.answers.comparisons import TreeAnswer

AnyRequest = Request[Any, Any, Any]

HERE = "/trees"
LAW = "law"
NAMES = ("code", "origin", "to", "value", "at", "arrive", "holding", "format")
OF = "p."
"""What the parameter of a branch's probability begins with; the name of its scenario follows."""

COLUMNS = ("arrive", "expected", "p90", "lowest", "highest")
LINES: tuple[tuple[Literal["expected", "p90"], str, str], ...] = (
    ("expected", "Expected", "total"),
    ("p90", "Enough in 90 of 100", "owed"),
)


class TreePage:
    """The page over a site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.service = site.service
        self.names = (*NAMES, *(f"{OF}{name}" for name in (LAW, *self.service.register.scenarios)))

    @cached_property
    def scenarios(self) -> list[tuple[str, str]]:
        """What a day of arrival may be asked under, each with what it supposes."""
        shipped = ((each["name"], each["note"]) for each in self.service.scenarios)
        return [(LAW, "the law as it stands"), *shipped]

    async def page(self, request: AnyRequest) -> Response[bytes]:
        """The form, or the tree that the address asks."""
        return await answered(request, self.names, self._answered, self._refused)

    async def _refused(self, filters: Filters, refusal: Refusal) -> Response[bytes]:
        return self._page(filters, None, refusal)

    async def _answered(self, filters: Filters) -> Response[bytes]:
        kind = format_of(filters, ("json", *FILES))
        answer = await asyncio.to_thread(self._answer, filters)
        if kind and answer is not None:
            return await asyncio.to_thread(_file, answer, kind)
        return self._page(filters, answer)

    async def embedded(self, request: AnyRequest) -> Response[bytes]:
        """The lines over days of arrival alone, for a frame of another site."""
        filters = read_filters(request, self.names)
        answer = await asyncio.to_thread(self._answer, filters)
        figure = None if answer is None else _figure(answer, self.site.source)
        if figure is None:
            raise refuse(422, "There is nothing to draw over days.", "arrive", "See the page.")
        whole = filters.link(HERE, self.service.sha256)
        headers = NO_STORE
        return self.site.page("embed.html", "", 200, headers, figure=figure, whole=whole)

    def _answer(self, filters: Filters) -> TreeAnswer | None:
        """The answer of `detente scenario tree`; None where nothing is asked.

        Raises:
            RefusedError: it cannot be understood.
        """
        odds = {
            name: filters.get(f"{OF}{name}") for name, _ in self.scenarios
            # Zero, however it is written, is no branch.
            if filters.get(f"{OF}{name}").strip(" %0.")
        }  # fmt: skip
        if not filters.get("code") and not odds:
            return None
        if not filters.get("code"):
            raise refuse(422, "code is missing.", "code", "Give a code of 8 or 10 digits.")
        if not odds:
            do = "Write 60% beside one and 40% beside another: they add up to 100%."
            raise refuse(422, "No branch has a probability.", f"{OF}{LAW}", do)
        question = DutyQuestion(
            code=filters.get("code"),
            origin=filters.get("origin") or "CN",
            on="",
            destination=filters.get("to") or "US",
            value=filters.get("value") or None,
        )
        arrive = [each.strip() for each in filters.get("arrive").split(";") if each.strip()]
        try:
            tree = tree_of(self.service.register, self._text(filters, odds).encode(), "tree.yaml")
            good = Good(f"{question.code} from {question.origin.upper()}", question)
            return answer_tree(self.service.register, self.service.schedule, tree, [good], arrive)
        except RegisterError as error:
            # Whoever filled in a form sees neither the file that is made of it nor its lines.
            words = str(error).rpartition("tree.yaml")[2].partition(" ")[2]
            do = "Probabilities are such as 60%, 0.6 or 3/5, and add up to 100%."
            raise refuse(422, as_sentence(words or str(error)), f"{OF}{LAW}", do) from error
        except ValueError as error:
            raise RefusedError(refusal_of(error)) from error

    def _text(self, filters: Filters, odds: dict[str, str]) -> str:
        """The tree as its file would have it; JSON is YAML too."""
        branches = [
            {"name": name, "probability": text, "scenario": name} for name, text in odds.items()
        ]
        tree: dict[str, object] = {
            "name": "of the page",
            "at": day_of(filters, "at", self.service.today()),
            "branches": branches,
        }
        if filters.get("holding"):
            tree["holding"] = {"share_a_day": filters.get("holding")}
        # Days are bare words in the files of trees.
        return msgspec.json.encode(tree).decode()

    def _page(
        self, filters: Filters, answer: TreeAnswer | None, problem: Refusal | None = None
    ) -> Response[bytes]:
        link = filters.link(HERE, self.service.sha256)
        return self.site.page(
            "trees.html",
            HERE,
            problem.status if problem else 200,
            NO_STORE,
            filters=filters,
            problem=problem,
            scenarios=[
                (f"{OF}{name}", name, note, filters.get(f"{OF}{name}"))
                for name, note in self.scenarios
            ],
            answer=answer,
            figure=None if answer is None else _figure(answer, self.site.source),
            at=filters.get("at") or self.service.today(),
            link=link,
            embed=filters.link(f"/embed{HERE}", self.service.sha256),
            files=f"{link}&",
        )


def _figure(answer: TreeAnswer, source: str) -> Drawing | None:
    """Expected and 90 percent of the branches, as shares of the value, by day of arrival."""
    known = [row for row in answer["distribution"] if row["expected"] is not None]
    if len(known) < 2:
        return None
    value = answer["value"]
    whole = float(value) if answer["unit"] == "dollars" and value is not None else 1.0
    tracks = [
        Track(
            words,
            look,
            [
                (row["arrive"], float(figure) / whole)
                for row in known
                if (figure := row[key]) is not None
            ],
        )
        for key, words, look in LINES
    ]
    days = (known[0]["arrive"], known[-1]["arrive"])
    title = f"Duty on {'; '.join(answer['shipment'])} by day of arrival"
    try:
        return step_figure(title, tracks, days, unit="share of customs value", source=source)
    except ValueError:
        return None


def _file(answer: TreeAnswer, kind: str) -> Response[bytes]:
    """The answer as a file.

    Raises:
        RefusedError: there is nothing to draw.
    """
    if kind == "csv":
        return _sent(table_csv(COLUMNS, answer["distribution"]), FORMATS[kind])
    if kind == "json":
        return _sent(msgspec.json.encode(answer), FORMATS[kind])
    try:
        spec = tree_chart(answer)
    except ValueError as error:
        raise refuse(422, as_sentence(str(error)), "format", "Take the CSV.") from error
    return _sent(picture(spec, kind), FILES[kind])


def _sent(body: bytes, media: str) -> Response[bytes]:
    return Response(body, media_type=media, headers=NO_STORE)


def trees(made: TreePage) -> list[HTTPRouteHandler]:
    """The routes of the page."""

    @get(HERE)
    async def get_trees(request: AnyRequest) -> Response[bytes]:
        return await made.page(request)

    @get(f"/embed{HERE}")
    async def get_embedded(request: AnyRequest) -> Response[bytes]:
        return await made.embedded(request)

    return [get_trees, get_embedded]
