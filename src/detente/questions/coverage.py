"""Which headings of chapter 99 are modelled, which not, and why."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, REGISTER, STRICT
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.models import RegisterCoverage
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> RegisterCoverage:
    from detente.duty.rates.text import count_forms
    from detente.register.views.coverage import coverage

    editions = {edition.id: edition for edition in ask.schedule.editions}
    name = ask.text("edition") or ask.schedule.editions[-1].id
    if name not in editions:
        from detente.core.vocabulary import nearest

        near = nearest(name, editions, 1)
        hint = f"perhaps {near[0]}" if near else f"such as {ask.schedule.editions[-1].id}"
        raise ValueError(f"no edition {name!r} is at hand: {hint}")
    printed = [each.heading for each in ask.schedule.headings(editions[name])]
    answer = coverage(ask.register, name, printed)
    return {**answer, "rate_texts": count_forms(ask.schedule.rate_texts())}


def _code(ask: QuestionRequest, answer: RegisterCoverage) -> int:
    unread = answer["rate_texts"].get("unparsed", 0)
    return 3 if ask.values["strict"] and (answer["unmodelled"] or unread) else 0


QUESTION = Question(
    "coverage",
    "Every heading of chapter 99 of an edition: modelled, listed as not modelled, or neither.",
    (
        Parameter(
            "edition",
            "an edition of the schedule (default: the newest at hand)",
            example="hts_2026_rev_10",
            metavar="ID",
        ),
        REGISTER,
        JSON,
        STRICT._replace(help="exit 3 when anything is in neither"),
    ),
    _answer,
    """  detente coverage
  detente coverage --edition hts_2025_rev_29
  detente coverage --strict --json        (exits 3 when a heading is in neither list)""",
    code=_code,
    rows="headings",
    typed="models.RegisterCoverage",
)
