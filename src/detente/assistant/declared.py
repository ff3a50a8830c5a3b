"""Tools made from the declarations of questions: their parameters, meanings and errors."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field

from detente._shapes import TYPE_CHECKING
from detente.questions import find
from detente.questions.declare import Question
from detente.questions.over import ProgramRequest
from detente.questions.parameters import EVERYWHERE, Parameter
from detente.questions.python import spelled, value_of

if TYPE_CHECKING:
    from detente.goods.schedule import Schedule
    from detente.register.book import Register

TOOLS = {
    "search_codes": "search",
    "tariff_line": "goods",
    "measure": "measure",
    "truce": "truce",
    "claims": "claims",
    "timeline": "timeline",
    "average": "average",
    "supply": "supply",
    "entry": "entry",
    "assess": "assess",
    "audit": "audit",
    "history": "history",
}
"""Tools by name, and the question that each asks."""

Answering = Callable[..., dict[str, Any]]


def tools(register: Register, schedule: Schedule, today: Callable[[], str]) -> list[Answering]:
    """A tool for each of ``TOOLS``, over a register and a schedule."""
    return [
        _tool(name, find(question), (register, schedule), today) for name, question in TOOLS.items()
    ]


def _tool(
    name: str, question: Question, over: tuple[Register, Schedule], today: Callable[[], str]
) -> Answering:
    by_key = {spelled(each): each for each in question.parameters_in(EVERYWHERE)}

    def answer(**named: Any) -> dict[str, Any]:
        values = {each.name: value_of(each, named.get(key)) for key, each in by_key.items()}
        return dict(question.answer(ProgramRequest(question.parameters, values, today, over)))

    answer.__name__ = answer.__qualname__ = name
    answer.__doc__ = " ".join(filter(None, (question.summary, question.tool)))
    asked = tuple(by_key.values())
    parameters = [_parameter(key, each, each.is_needed(asked)) for key, each in by_key.items()]
    answer.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        sorted(parameters, key=lambda each: each.default is not inspect.Parameter.empty),
        return_annotation=dict[str, Any],
    )
    answer.__annotations__ = {each.name: each.annotation for each in parameters}
    answer.__annotations__["return"] = dict[str, Any]
    return answer


def _parameter(key: str, each: Parameter, needed: bool) -> inspect.Parameter:
    kinds: dict[str, Any] = {"text": str, "number": int, "flag": bool}
    kind = kinds[each.kind]
    if each.many:
        kind = list[str]
    default: Any = inspect.Parameter.empty
    if not needed:
        default = False if each.kind == "flag" else each.default
        kind = kind if each.kind == "flag" or each.default is not None else kind | None
    text = each.sentence if not each.example else f"{each.sentence} Such as {each.example}"
    annotated: Any = Annotated  # a form to the type checker, which takes no kind that is found here
    annotation = annotated[kind, Field(description=text)]
    keyword = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(key, keyword, default=default, annotation=annotation)
