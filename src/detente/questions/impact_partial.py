"""Imports and duty line by line after a change of duty."""

from __future__ import annotations

import math

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, READING, REGISTER
from detente.questions.declare import Question
from detente.questions.parameters import SHELL, Parameter

if TYPE_CHECKING:
    from detente.answers.impact import PartialImpact, PartialQuestionRow
    from detente.average.flow_rates import Side
    from detente.questions.request import QuestionRequest

STATES = (
    Parameter(
        "from",
        "duties before: the law on this day (with a scenario: the day it starts from)",
        example="2025-01-01",
        metavar="DAY",
        spelled=("--from", "--from-date"),
    ),
    Parameter(
        "to_date",
        "duties after: on this day (with a scenario: the day of its last change)",
        example="2025-11-12",
        metavar="DAY",
    ),
    READING,
    Parameter("known_on", "as known at the end of this day", example="2026-10-10", metavar="DAY"),
    REGISTER,
)
"""What is compared: two days, or a scenario beside the law; and by which register."""

CLAIMED = Parameter(
    "claimed",
    "share of an origin's goods that claims its preference, or before..after",
    "Share of an origin's goods that claims its preference; two with dots for before and after.",
    "CA=85%",
    "CC=SHARE",
    many=True,
)


def states(ask: QuestionRequest) -> tuple[Side, Side]:
    """The two states that are compared.

    Raises:
        ValueError: they name none, or too many.
    """
    from detente.impact.lines.sides import beside_scenario, two_days

    first, last = ask.text("from") or None, ask.text("to_date") or None
    if not ask.text("scenario"):
        return two_days(ask.law, first, last)
    return beside_scenario(ask.law, ask.register, first, last)


def number(ask: QuestionRequest, name: str) -> float:
    """A number that was given.

    Raises:
        ValueError: it is none.
    """
    text = ask.text(name)
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise ValueError(f"{ask.spelled(name)} {text!r} is not a number")
    return found


def _answer(ask: QuestionRequest) -> PartialImpact:
    from detente.impact.need import need_numpy

    need_numpy()
    from detente.average.flow_rates import Choice, read_codes
    from detente.impact.lines.demand_response import check_demand
    from detente.impact.lines.elasticities import NAMED, find_elasticities
    from detente.impact.lines.partial_answer import (
        Demand,
        RespondingImports,
        answer_partial,
        read_claimed,
    )
    from detente.impact.lines.partial_bands import Ranges, read_range
    from detente.trade.flows import Flows

    flows, spread = Flows(), number(ask, "spread")
    if spread < 1:
        named = ask.spelled("spread")
        raise ValueError(f"{named} {ask.text('spread')} is below 1: 1.5 divides and multiplies")
    # What is no number would be read as a file, which only who sits at the machine may name.
    if ask.text("sigma").casefold() not in ("", *NAMED) and not ask.files:
        number(ask, "sigma")
    demand = Demand(
        find_elasticities(ask.text("sigma") or None),
        number(ask, "eta"),
        number(ask, "pass_through"),
        spread,
    )
    check_demand(demand.eta, demand.pass_through)
    sides = states(ask)
    claimed = ask.pairs("claimed", "a claimed share")
    known_on = ask.text("known_on") or None
    before, after = read_claimed(sides[1].register, flows, claimed)
    choice = Choice(
        origins=ask.texts("origin"),
        codes=read_codes(ask.texts("code")),
        facts=ask.pairs("fact", "a fact"),
        known_on=known_on,
        claimed=before,
        claimed_after=after,
    )
    basis = RespondingImports(ask.text("base"), ask.text("weights"))
    ranges = Ranges(
        spread,
        read_range(ask.text("eta_band"), ask.spelled("eta_band")),
        read_range(ask.text("pass_band"), ask.spelled("pass_band")),
        ask.pairs("vary", "a fact"),
    )
    worked = answer_partial(ask.schedule, flows, sides, choice, demand, basis, ranges)
    ask.beside["lines"] = worked
    question: PartialQuestionRow = {
        "from": sides[0].day,
        "to_date": sides[1].day,
        "scenario": ask.text("scenario") or None,
        "known_on": known_on,
        "origins": ask.texts("origin"),
        "codes": list(choice.codes),
        "facts": dict(choice.facts),
        "base": basis.base,
        "weights": basis.weights or None,
    }
    return {"question": question, **worked.answer}


QUESTION = Question(
    "impact partial",
    "How imports and duty respond, line by line.",
    (
        *STATES,
        Parameter(
            "scenario",
            "duties after: those of this scenario",
            "Duties after: those of a scenario, by name.",
            "threat-100",
            "NAME|FILE",
            apart=True,
        ),
        Parameter(
            "origin",
            "only duties on this origin change (repeat for more)",
            example="CN",
            metavar="CC",
            many=True,
        ),
        Parameter(
            "code",
            "only codes that begin with these digits",
            example="8507",
            metavar="DIGITS",
            many=True,
        ),
        Parameter(
            "sigma",
            "elasticities between origins: a number, protee, a file (default: Broda-Weinstein)",
            "Elasticity between origins of all goods, or protee; a table by goods where left out.",
            "4",
            "N|protee|FILE",
            apart=True,
        ),
        Parameter(
            "eta", "of demand (default: 1.2)", "Elasticity of demand.", "1.2", "N", default="1.2"
        ),
        Parameter(
            "pass_through",
            "part that buyers pay (default: 1)",
            example="1",
            metavar="N",
            default="1",
        ),
        Parameter(
            "spread",
            "factor of the band of sigmas, 1 for no band (default: 1.5)",
            example="1.5",
            metavar="F",
            default="1.5",
        ),
        Parameter(
            "eta_band",
            "demand for the band (default: eta over and times F)",
            "Demand for the band, such as 0.8..1.6.",
            "0.8..1.6",
            "LOW..HIGH",
            apart=True,
        ),
        Parameter(
            "pass_band",
            "pass-through for the band (default: published estimates)",
            "Pass-through for the band, such as 0.8..1; published estimates where left out.",
            "0.8..1",
            "LOW..HIGH",
            apart=True,
        ),
        Parameter(
            "vary",
            "a fact of every entry at the other end of the band",
            example="steel_value=25%",
            metavar="KEY=VALUE",
            many=True,
            apart=True,
        ),
        CLAIMED,
        Parameter(
            "base",
            "duty before: statutory (default), or paid: what customs calculated in the year of "
            "the flows",
            "Duty before: statutory, or as it was paid.",
            "statutory",
            "BASE",
            default="statutory",
            choices=("statutory", "paid"),
        ),
        Parameter(
            "weights",
            "imports that respond: us-imports-2024 (default) or us-imports-2017-chapters",
            "Imports that respond: us-imports-2024 or us-imports-2017-chapters.",
            "us-imports-2024",
            "NAME",
        ),
        Parameter(
            "fact",
            "a fact that holds for every entry",
            example="steel_value=25%",
            metavar="KEY=VALUE",
            many=True,
        ),
        Parameter(
            "output",
            "every line: .csv, .xlsx, .parquet",
            metavar="OUT",
            spelled=("-o", "--output"),
            where=SHELL,
        ),
        Parameter("chart", "draw it: .svg, .png, .json", metavar="OUT", where=SHELL),
        JSON,
    ),
    _answer,
    """  detente impact partial --from 2025-01-01 --to-date 2025-11-12
  detente impact partial --scenario threat-100 --origin CN --json
  detente impact partial --from 2025-01-01 --to-date 2026-10-10 --claimed CA=85% --claimed MX=85%
  detente impact partial --from 2025-01-01 --to-date 2025-11-12 --base paid --claimed CA=35%..85%
  detente impact partial --from 2025-01-01 --to-date 2025-11-12 --vary steel_value=25%
  detente impact partial --from 2018-01-01 --to-date 2018-12-31 --weights us-imports-2017-chapters
  detente impact partial --scenario threat-100 --sigma ProTEE_0_1.csv --pass-through 0.8 -o all.csv
  detente impact partial --from 2025-01-01 --to-date 2025-11-12 --code 85 --chart origins.svg""",
    typed="impact.PartialImpact",
)
