"""Every decision about a partner, the oldest first."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS

if TYPE_CHECKING:
    from detente.answers.parties import PartnerDecisions
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> PartnerDecisions:
    from detente.parties.masters.decisions import Decisions, decision_row

    return {"decisions": [decision_row(each) for each in Decisions().history()]}


QUESTION = Question(
    "vendors decisions",
    "Every decision about a partner, the oldest first.",
    (JSON,),
    _answer,
    "  detente vendors decisions -o decisions.xlsx",
    rows="decisions",
    typed="parties.PartnerDecisions",
    # Decisions name a company's partners: whoever reads them has the machine that holds them.
    where=PROGRAMS,
)
