"""What a shipment costs by day of arrival, over branches with the user's probabilities."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import CHART, JSON, REGISTER
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, Parameter

if TYPE_CHECKING:
    from detente.answers.comparisons import TreeAnswer
    from detente.compare.goods import Good
    from detente.questions.request import QuestionRequest


def _goods(ask: QuestionRequest) -> list[Good]:
    """The goods that were given: one by its code, or those of a basket."""
    from detente.compare.goods import Good, find_basket
    from detente.core.stated import quantities
    from detente.duty.question import DutyQuestion

    if ask.text("basket"):
        return find_basket(ask.law, ask.text("basket"))
    question = DutyQuestion(
        code=ask.text("code"),
        origin=ask.text("origin"),
        on="",
        destination=ask.text("to"),
        value=ask.text("value") or None,
        quantities=quantities(ask.texts("quantity")),
        facts=ask.pairs("fact", "a fact"),
        base=ask.text("base") or None,
    )
    return [Good(f"{question.code} from {question.origin.upper()}", question)]


def _answer(ask: QuestionRequest) -> TreeAnswer:
    from pathlib import Path

    from detente.compare.tree import answer_tree
    from detente.register.load.yaml_reader import RegisterError
    from detente.scenario.forks import read_tree

    if bool(ask.text("code")) == bool(ask.text("basket")):
        named = f"{ask.spelled('code')}, or several with {ask.spelled('basket')} FILE"
        raise ValueError(f"name one good with {named}")
    draws, seed = ask.number("draws") or 0, ask.values.get("seed")
    if draws and seed is None:
        named = f"{ask.spelled('draws')} needs {ask.spelled('seed')}"
        raise ValueError(f"{named}: the same seed gives the same draws again")
    goods = _goods(ask)
    try:
        tree = read_tree(ask.law, Path(ask.text("file")))
    except RegisterError as error:
        raise ValueError(str(error)) from error
    return answer_tree(ask.law, ask.schedule, tree, goods, ask.texts("arrive"), draws, seed)


QUESTION = Question(
    "scenario tree",
    "What a shipment costs by day of arrival, over branches with probabilities of yours.",
    (
        Parameter(
            "file",
            "branches with days and probabilities, YAML",
            metavar="FILE",
            needed=True,
            spelled=("file",),
            where=PROGRAMS,
        ),
        Parameter("code", "8 or 10 digits of the tariff", example="8507.60.00.10"),
        Parameter(
            "origin", "country of origin (default: CN)", metavar="CC", default="CN", example="CN"
        ),
        Parameter(
            "to", "country of import (default: US)", metavar="CC", default="US", example="US"
        ),
        Parameter("value", "customs value", metavar="DOLLARS", example="10000"),
        Parameter(
            "quantity", text="A quantity with its unit.", metavar="100kg", many=True,
            example="500kg",
        ),
        Parameter(
            "fact", text="An entry fact as KEY=VALUE.", metavar="KEY=VALUE", many=True,
            example="auto_part=false",
        ),
        Parameter(
            "base", "a column 1 rate, where the register has none", metavar="RATE", example="3%"
        ),
        Parameter(
            "basket", "goods in place of --code; CSV or TSV", "A table of goods in place of code.",
            metavar="FILE", where=PROGRAMS,
        ),
        Parameter("arrive", "entry day", metavar="DAY", many=True, example="2026-11-12"),
        Parameter(
            "draws", "Monte Carlo draws", metavar="N", kind="number", default=0, example="1000"
        ),
        Parameter(
            "seed", "seed of the draws; the same seed gives the same draws",
            "Seed of the draws; the same gives the same draws.",
            metavar="S", kind="number", example="1",
        ),
        CHART._replace(help="draw it: .svg, .png, .json, .csv"),
        REGISTER,
        JSON,
    ),
    _answer,
    tool=None,
    typed="comparisons.TreeAnswer",
    where=PROGRAMS,
)  # fmt: skip
