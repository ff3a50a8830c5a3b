"""Bounds on what the loss of an input costs its users."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON
from detente.questions.declare import Question
from detente.questions.impact_partial import number
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.impact import Critical
    from detente.questions.request import QuestionRequest

FILES = (".yaml", ".yml")


def _answer(ask: QuestionRequest) -> Critical:
    from detente.impact.critical import InputCut
    from detente.impact.critical_inputs import answer_critical, find_input, inputs
    from detente.supply.tables import Minerals

    word = ask.text("input")
    if ask.files and _is_file(word):
        from pathlib import Path

        from detente.impact.critical import read_critical

        return read_critical(Path(word))
    tables = Minerals()
    if not word:
        return {"inputs": inputs(tables)}
    query = InputCut(
        number(ask, "cut"),
        number(ask, "months"),
        number(ask, "stock_months"),
        number(ask, "substitution"),
    )
    return answer_critical(tables, find_input(tables, word), query)


def _is_file(word: str) -> bool:
    """Whether a word names a file: by its suffix, or as a path."""
    return word.endswith(FILES) or "/" in word


QUESTION = Question(
    "impact critical",
    "Bounds on the cost of losing an input.",
    (
        Parameter(
            "input",
            "an input that ships, or a YAML file (docs/impact.md); none: list them",
            "An input that ships, by name; all are listed where it is left out.",
            "gallium",
            "INPUT|FILE",
            spelled=("input",),
        ),
        Parameter("cut", "part of supply that stops (0.8)", example="0.98", default="0.8"),
        Parameter("months", "how long (12)", example="12", default="12"),
        Parameter("stock_months", "months of whole use on hand (0)", example="2", default="0"),
        Parameter(
            "substitution",
            "elasticity between the input and the rest (0.2)",
            example="0.2",
            default="0.2",
        ),
        JSON,
    ),
    _answer,
    """  detente impact critical
  detente impact critical gallium --cut 0.98
  detente impact critical gallium.yaml""",
    typed="impact.Critical",
)
