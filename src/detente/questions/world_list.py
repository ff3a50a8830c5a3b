"""The data sets at hand: their year, and how many countries and sectors they have."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON
from detente.questions.declare import Question

if TYPE_CHECKING:
    from detente.answers.models import Worlds
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> Worlds:
    from detente.impact.need import need_numpy

    need_numpy()
    from detente.impact.accounts.worlds import open_world, world_block, world_names

    return {"worlds": [world_block(open_world(name)) for name in world_names()]}


QUESTION = Question(
    "world list",
    "The data sets at hand: their year, and how many countries and sectors they have.",
    (JSON,),
    _answer,
    rows="worlds",
    typed="models.Worlds",
)
