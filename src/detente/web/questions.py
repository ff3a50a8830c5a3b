"""Open questions, to be answered in place: links where an answer is one word, else a small form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente._shapes import NamedTuple
from detente.api.parameters import to_parameters
from detente.api.service import Service
from detente.applicability.entry_facts import COMPONENT
from detente.core.figures import percent
from detente.duty.question import DutyQuestion
from detente.register.model import Measure
from detente.web.frame.fields import FormField, fact_field, quantity_field
from detente.web.frame.page_query import address, with_fact
from detente.web.frame.words import sentence

IN_A_WORD = ("word", "country", "money_or_share")
"""Types of facts of which a value can be offered whole; a hair beside a bound is nobody's fact."""


class Outcome(NamedTuple):
    """One answer to a question: its words, the total with it, and the link that gives it.

    Attributes:
        words: the answer.
        rate: the total with it; "" where it is not known.
        link: the address that states it; "" where it has to be typed.
        assumed: whether the answer at hand assumes it.
    """

    words: str
    rate: str
    link: str
    assumed: bool


class Open(NamedTuple):
    """One open question.

    Attributes:
        id: of its place in the page.
        text: the question.
        kind: fact, law, list or boundary, in words.
        outcomes: answers to it, with their totals.
        field: the control in which it is answered; None where links suffice or nobody can.
        hidden: the rest of the question, sent along with the control.
        record: the record that asks, where no layer leads to it; "" where one does.
        title: of that record.
    """

    id: str
    text: str
    kind: str
    outcomes: tuple[Outcome, ...]
    field: FormField | None
    hidden: tuple[tuple[str, str], ...]
    record: str
    title: str


UNKNOWN = "not known: "
"""What a question about a rate that is not known begins with; its layer says so already."""

KINDS = {
    "fact": "a fact of the entry",
    "law": "the text of the law",
    "list": "a list of codes",
    "boundary": "the last day of a measure",
}


def open_views(
    service: Service, question: DutyQuestion, answer: Mapping[str, Any]
) -> tuple[Open, ...]:
    """The open questions of an answer."""
    total = answer["total"]["ad_valorem"]
    shown = frozenset(layer["measure"] for layer in answer["layers"])
    return tuple(
        _view(_QuestionLinks(service, question, total, shown), number, each)
        for number, each in enumerate(answer["open_questions"], 1)
    )


class _QuestionLinks(NamedTuple):
    """What every open question of an answer is seen with."""

    service: Service
    question: DutyQuestion
    total: str | None
    shown: frozenset[str]

    def link(self, key: str, value: str) -> str:
        return address(with_fact(self.question, key, value), self.service.sha256)

    def asking(self, measure: str | None) -> Measure | None:
        """The record that asks, unless a layer leads to it or a scenario alone has it."""
        if measure is None or measure in self.shown:
            return None
        try:
            return self.service.register.measure(measure)
        except KeyError:
            return None

    def outcome(self, words: str, rate: str | None, link: str, other: str | None) -> Outcome:
        assumed = rate == self.total and rate != other
        return Outcome(words, "" if rate is None else percent(rate), link, assumed)


def _view(links: _QuestionLinks, number: int, each: Mapping[str, Any]) -> Open:
    key = each.get("fact") or ""
    asking = links.asking(each["measure"])
    return Open(
        id=f"question-{number}",
        text=sentence(each["question"].removeprefix(UNKNOWN)),
        kind=KINDS[each["kind"]],
        outcomes=_outcomes(links, key, each),
        field=_field(links.service, key, each, f"answer-{number}"),
        hidden=tuple(to_parameters(links.question)),
        record="" if asking is None else asking.id,
        title="" if asking is None else asking.title,
    )


def _outcomes(links: _QuestionLinks, key: str, each: Mapping[str, Any]) -> tuple[Outcome, ...]:
    if each["by_code"]:
        named = [
            links.outcome(code, rate, _with_code(links, code), None)
            for code, rate in each["by_code"].items()
        ]
        return (*named, links.outcome("another number", each["if_false"], "", None))
    yes, no = each["if_true"], each["if_false"]
    if yes is None and no is None:
        return ()
    fact = links.service.register.facts.get(key)
    held, otherwise = each.get("value_if_true"), each.get("value_if_false")
    if fact is not None and fact.type == "bool":
        if held == "false":
            yes, no = no, yes
        return (
            links.outcome("Yes", yes, links.link(key, "true"), no),
            links.outcome("No", no, links.link(key, "false"), yes),
        )
    offered = fact is not None and fact.type in IN_A_WORD
    first = links.link(key, held) if offered and held else ""
    second = links.link(key, otherwise) if offered and otherwise else ""
    words = str(each["test"] or "Yes").replace("_", " ")
    other = "all of it" if otherwise == "100%" else "Otherwise"
    return (links.outcome(words, yes, first, no), links.outcome(other, no, second, yes))


def _with_code(links: _QuestionLinks, code: str) -> str:
    return address(links.question._replace(code=code), links.service.sha256)


def _field(service: Service, key: str, each: Mapping[str, Any], at: str) -> FormField | None:
    if each["unit"]:
        return quantity_field(each["unit"], at)
    if key in service.register.facts:
        # The question stands above the control already.
        field = fact_field(service, key, "", at)._replace(label="Your answer")
        return None if service.register.facts[key].type == "bool" else field
    return fact_field(service, key, "", at) if key.startswith(COMPONENT) else None
