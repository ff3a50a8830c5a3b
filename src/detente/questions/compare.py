"""The law and a scenario, or two scenarios, put the same question."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, READING, REGISTER
from detente.questions.declare import Question
from detente.questions.parameters import SHELL, Parameter

if TYPE_CHECKING:
    from detente.answers.comparisons import Comparison
    from detente.compare.answer import RegisterPair
    from detente.questions.request import QuestionRequest

PARTIES = ("US", "CN")
CLOSELY = ("welfare", "real_wage", "terms_of_trade", "imports_change")
"""Figures of the two parties; the first is shown for every country."""

BASKET = "register"
"""The basket of goods that comes with the register."""


def check(ask: QuestionRequest) -> None:
    """Refuse what names no question, or two.

    Raises:
        ValueError: the message says what to write.
    """
    forms = [ask.text("code"), ask.text("basket"), ask.values["average"], ask.values["equilibrium"]]
    first, last, on = (ask.spelled(each) for each in ("from", "to_date", "on"))
    if sum(map(bool, forms)) != 1:
        ways = " ".join(
            (f"{ask.spelled('code')} CODE,", f"{ask.spelled('basket')} FILE,",
             f"{ask.spelled('average')},", ask.spelled("equilibrium"))
        )  # fmt: skip
        raise ValueError(f"say what to compare, one of: {ways}")
    if ask.text("on") and (ask.text("from") or ask.text("to_date")):
        raise ValueError(f"{on} asks for one day, {first} and {last} for a series: take one")
    if bool(ask.text("from")) != bool(ask.text("to_date")):
        raise ValueError(f"a series has two ends: write both {first} and {last}")
    if ask.text("basket") and ask.text("from"):
        raise ValueError(
            f"a basket is compared on one day: write {on}, or {ask.spelled('code')} for a series"
        )


def _answer(ask: QuestionRequest) -> Comparison:
    from detente.compare.answer import RegisterPair

    check(ask)
    pair = RegisterPair(*ask.supposing(ask.text("base")), *ask.supposing(ask.text("scenario")))
    if ask.values["equilibrium"]:
        return _equilibrium(ask, pair)
    if ask.values["average"]:
        return _average(ask, pair)
    if ask.text("basket"):
        from detente.compare.answer import compare_basket
        from detente.compare.goods import find_basket

        basket = ask.word("basket", [BASKET])
        known_on = ask.text("known_on") or None
        goods = [
            each._replace(question=each.question._replace(known_on=known_on))
            for each in find_basket(pair.before, basket or BASKET)
        ]
        return compare_basket(pair, ask.schedule, goods, [_first(ask)])
    from detente.compare.answer import compare_good
    from detente.core.stated import quantities
    from detente.duty.question import DutyQuestion

    question = DutyQuestion(
        code=ask.text("code"),
        origin=ask.text("origin"),
        on=_first(ask),
        destination=ask.text("to"),
        known_on=ask.text("known_on") or None,
        value=ask.text("value") or None,
        quantities=quantities(ask.texts("quantity")),
        facts=ask.pairs("fact", "a fact"),
        base=ask.text("base_rate") or None,
    )
    return compare_good(pair, ask.schedule, question, ask.text("to_date") or None)


def _first(ask: QuestionRequest) -> str:
    return ask.text("from") or ask.on


def _average(ask: QuestionRequest, pair: RegisterPair) -> Comparison:
    from detente.average.answer import AverageQuestion
    from detente.compare.answer import compare_average
    from detente.trade.flows import Flows

    flows, first = Flows(), _first(ask)
    question = AverageQuestion(
        origin=ask.text("origin"),
        start=first,
        last=ask.text("to_date") or first,
        destination=ask.text("to"),
        weights=ask.word("weights", [each.name for each in flows.weightings()]),
        facts=ask.pairs("fact", "a fact"),
        known_on=ask.text("known_on") or None,
        base=ask.text("base_rate") or None,
    )
    return compare_average(pair, ask.schedule, flows, question)


def _equilibrium(ask: QuestionRequest, pair: RegisterPair) -> Comparison:
    """Both registers as tariffs of a model of the world.

    Raises:
        ValueError: the model's parts are not installed, or its data have no place for the parties.
    """
    from detente.impact.need import need_numpy

    need_numpy()
    from detente.average.flow_rates import Side
    from detente.compare.answer import compare_equilibrium
    from detente.impact.accounts.layout import find_layout
    from detente.impact.accounts.worlds import open_world, world_names
    from detente.impact.equilibrium_answer import Options, of_register
    from detente.impact.sector_duties import line_duties, sector_duties
    from detente.trade.flows import Flows

    if ask.text("from"):
        on, first = ask.spelled("on"), ask.spelled("from")
        raise ValueError(f"an equilibrium is compared on one day: write {on} in place of {first}")
    sides = (Side(pair.before, ask.on), Side(pair.after, ask.on))
    world = open_world(ask.word("data", world_names()) or "")
    layout = find_layout(world.name)
    flows, known_on = Flows(), ask.text("known_on") or None
    duties = sector_duties(line_duties(ask.schedule, flows, sides, known_on), layout)
    found = of_register(world, layout, duties, sides, ask.schedule, flows, Options(draws=0))
    parties = [name for by in PARTIES for name in layout.country_of((by,))]
    return compare_equilibrium(pair, found, parties, CLOSELY)


QUESTION = Question(
    "compare",
    "The law against a scenario, or one scenario against another, row by row.",
    (
        Parameter(
            "base",
            "law, or a scenario by name or file",
            "law, announced, or a scenario by name.",
            "law",
            "BASE",
            needed=True,
            spelled=("base",),
        ),
        Parameter(
            "scenario",
            "a scenario by name or file, or announced",
            "A scenario by name, or announced.",
            "threat-100",
            "SCENARIO",
            needed=True,
            spelled=("scenario",),
        ),
        READING,
        Parameter("code", "one good: 8 or 10 digits of the tariff", example="8507.60.00.10"),
        Parameter(
            "basket",
            "goods of a file, or `register`",
            "Several goods: register, for the basket of the register.",
            BASKET,
            "FILE",
            apart=True,
        ),
        Parameter(
            "average",
            "the average duty of a country",
            example="true",
            kind="flag",
            apart=True,
        ),
        Parameter("equilibrium", "welfare of countries", example="true", kind="flag", apart=True),
        Parameter("origin", "origin (default: CN)", example="CN", metavar="CC", default="CN"),
        Parameter(
            "to", "country of import (default: US)", example="US", metavar="CC", default="US"
        ),
        Parameter("value", "customs value", "Customs value in dollars.", "10000", "DOLLARS"),
        Parameter(
            "quantity",
            text="A quantity with its unit.",
            example="100kg",
            metavar="100kg",
            many=True,
            apart=True,
        ),
        Parameter(
            "fact",
            text="An entry fact, KEY=VALUE.",
            example="auto_part=false",
            metavar="KEY=VALUE",
            many=True,
        ),
        Parameter(
            "base_rate",
            "a column 1 rate, where the register has none",
            example="8%",
            metavar="RATE",
            spelled=("--base-rate", "--base"),
            apart=True,
        ),
        Parameter(
            "data",
            "of the equilibrium",
            "The world of the equilibrium.",
            "cp2015",
            "NAME|DIR",
            default="cp2015",
            apart=True,
        ),
        Parameter(
            "weights",
            "of the average",
            "The weights of the lines in an average.",
            "us-imports-2024",
            "NAME|FILE",
            apart=True,
        ),
        Parameter("on", "one day (default: today)", example="2025-11-12", metavar="DAY"),
        Parameter(
            "from",
            "first day of a series",
            example="2025-11-09",
            metavar="DAY",
            apart=True,
            spelled=("--from", "--from-date"),
        ),
        Parameter(
            "to_date", "last day of a series", example="2025-11-10", metavar="DAY", apart=True
        ),
        Parameter(
            "known_on", "as known at the end of this day", example="2026-10-10", metavar="DAY"
        ),
        REGISTER,
        Parameter("chart", ".svg, .png, .json or .csv", metavar="OUT", where=SHELL),
        Parameter(
            "output",
            "the rows: .csv, .xlsx, .parquet",
            metavar="FILE",
            spelled=("-o", "--output"),
            where=SHELL,
        ),
        JSON,
    ),
    _answer,
    """  detente compare law threat-100 --code 8507.60.00.10 --origin CN --value 10000
  detente compare truce-lapses truce-extended --code 2805.11.00.00 --origin CN \\
      --fact exclusion=true --from 2026-11-01 --to-date 2027-02-01 --chart exclusion.svg
  detente compare law decoupling --basket register --on 2026-11-12 -o basket.csv
  detente compare law back-to-2017 --average --origin CN --on 2026-11-12
  detente compare law decoupling --average --origin US --to CN --on 2026-11-12 --base 8%
  detente compare law threat-100 --equilibrium --on 2026-11-12

BASE and SCENARIO: `law` (the law in force, also `none`), a name of `detente scenario list`, or a
file. Goods of a basket: CSV with code, origin and, where wanted, what, value, quantity, fact.KEY;
`register` is the basket of the register. Rates are shares of the customs value.""",
    rows="rows",
    typed="comparisons.Comparison",
)
