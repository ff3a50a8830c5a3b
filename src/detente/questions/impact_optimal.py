"""A country's optimal uniform tariff, or the pair of tariffs in Nash equilibrium."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.impact import BestTariffs
    from detente.questions.request import QuestionRequest

ALL = "all"


def _answer(ask: QuestionRequest) -> BestTariffs:
    from detente.impact.need import need_numpy

    need_numpy()
    from detente.impact.accounts.worlds import world_names
    from detente.impact.best_tariffs import answer_best

    data = ask.text("data")
    names = world_names() if data == ALL else (ask.word("data", world_names()) or "",)
    country, partner = (ask.text(name).strip() for name in ("country", "partner"))
    partner = partner.lower() if partner.lower() == ALL else partner.upper()
    return answer_best(names, country.upper(), partner, bool(ask.values.get("nash")))


QUESTION = Question(
    "impact optimal",
    "A country's optimal uniform tariff, or the pair of tariffs in Nash equilibrium.",
    (
        Parameter(
            "country",
            "the country whose welfare counts, ISO alpha-3 (default: USA)",
            example="USA",
            metavar="CCC",
            default="USA",
        ),
        Parameter(
            "partner",
            "whose goods are taxed, ISO alpha-3, or all (default: all)",
            example="CHN",
            metavar="CCC|all",
            default="all",
        ),
        Parameter(
            "nash",
            "let the partner respond, until neither gains by moving",
            kind="flag",
            example="true",
        ),
        Parameter(
            "data",
            "a world, or all at hand (default: all)",
            "The world: its name, or all at hand.",
            "icio2019",
            "NAME|DIR|all",
            default="all",
            spelled=("--data", "--world"),
        ),
        JSON,
    ),
    _answer,
    """  detente impact optimal
  detente impact optimal --country USA --partner CHN --nash
  detente impact optimal --country CHN --partner USA --world icio2019""",
    rows="worlds",
    typed="impact.BestTariffs",
)
