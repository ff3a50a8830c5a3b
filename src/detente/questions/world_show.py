"""One world: its countries, sectors, elasticities with their errors, and what was done to it."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.models import WorldShown
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> WorldShown:
    from detente.impact.need import need_numpy

    need_numpy()
    from detente.impact.accounts.worlds import open_world, world_names, world_rows

    return world_rows(open_world(ask.word("world", world_names()) or ""))


QUESTION = Question(
    "world show",
    "One data set: its countries, its sectors with their elasticities, and how it was prepared.",
    (
        Parameter(
            "world",
            "one of `detente world list`",
            "The world: its name.",
            "icio2019",
            "WORLD",
            needed=True,
            spelled=("world",),
        ),
        JSON,
    ),
    _answer,
    rows="sector_rows",
    typed="models.WorldShown",
)
