"""A world economy before and after a change: welfare, wages and prices."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON
from detente.questions.declare import Question
from detente.questions.impact_partial import CLAIMED, STATES, number, states
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from detente.answers import impact as typed
    from detente.impact.accounts.worlds import ModelWorld
    from detente.impact.equilibrium_answer import Options
    from detente.impact.sector_duties import LineDuties
    from detente.questions.request import QuestionRequest
    from detente.supply.tables import Minerals


ALL = "all"
DRAWS = 40
"""Draws a world where all are asked and no number is given."""


def _answer(ask: QuestionRequest) -> typed.Equilibrium:
    from detente.impact.need import need_numpy

    need_numpy()
    from functools import cache

    from detente.impact.accounts.worlds import open_world, world_names
    from detente.impact.equilibrium_answer import Options

    options = Options(
        ask.text("closure"),
        ask.text("welfare"),
        ask.text("rents"),
        ask.number("draws"),
        number(ask, "theta_spread") if ask.text("theta_spread") else None,
        ask.number("seed") or 0,
    )
    scenario = ask.text("scenario") or None
    if ask.text("data") != ALL:
        world = open_world(ask.word("data", world_names()) or "")
        return _of_world(ask, world, options, lambda: _lines(ask))
    from detente.impact.all_worlds import answer_all

    if options.draws is None:
        options = options._replace(draws=DRAWS)
    lines = cache(lambda: _lines(ask))  # worlds differ in their sectors alone
    return answer_all(_able(scenario), lambda world: _of_world(ask, world, options, lines))


def _able(scenario: str | None) -> tuple[str, ...]:
    """The worlds that have a scenario of tariffs by sector of this name; all where none has."""
    from detente.impact.accounts.plain import scenarios
    from detente.impact.accounts.worlds import open_world, world_names

    names = world_names()
    own = [name for name in names if scenario in scenarios(open_world(name).sheets)]
    return tuple(own) or names


def _of_world(
    ask: QuestionRequest, world: ModelWorld, options: Options, lines: Callable[[], LineDuties]
) -> typed.EquilibriumInWorld:
    """The answer in one world, under the elasticities that were asked for."""
    from detente.impact.accounts.thetas import with_thetas

    source = ask.text("theta")
    changed, stated = with_thetas(world, source)
    answer = _with_losses(ask, changed, options, lines)
    return {
        **answer,
        "scenario": ask.text("scenario") or None,
        "theta": source,
        "notes": [*stated, *answer["notes"]],
    }


def _with_losses(
    ask: QuestionRequest, world: ModelWorld, options: Options, lines: Callable[[], LineDuties]
) -> typed.EquilibriumInWorld:
    """The answer in one world, with the costs of inputs that are lost where some are."""
    lost = ask.pairs("lost", "the cut of an input")
    if not lost:
        return _of_change(ask, world, options, lines)
    from detente.impact.accounts.layout import find_layout
    from detente.impact.equilibrium_answer import of_costs
    from detente.impact.input_loss import (
        cost_rise,
        loss_note,
        loss_rows,
        read_losses,
        sector_losses,
    )
    from detente.supply.tables import Minerals

    tables, layout = Minerals(), find_layout(world.name)
    losses = read_losses(tables, _cuts(ask, tables, lost), ask.text("bound"))
    shares = sector_losses(tables, layout, losses)
    options = options._replace(cost=lambda economy: cost_rise(economy, layout, shares))
    changes = any(map(ask.values.get, ("scenario", "from", "to_date")))
    answer = _of_change(ask, world, options, lines) if changes else of_costs(world, options)
    return {
        **answer,
        "lost": loss_rows(losses),
        "lost_by_sector": {name: f"{share:.6f}" for name, share in shares.items()},
        "notes": [loss_note(losses), *answer["notes"]],
    }


CONTROLS = "controls"
"""In place of a cut: what the controls stop that are in force after the change, or today."""


def _cuts(ask: QuestionRequest, tables: Minerals, lost: Mapping[str, str]) -> dict[str, str]:
    """The cut of each input, with what controls stop where that is asked for.

    Raises:
        ValueError: what they stop is not known.
    """
    if all(cut.strip().casefold() != CONTROLS for cut in lost.values()):
        return dict(lost)
    from detente.core.clock import day_number
    from detente.impact.critical_inputs import find_input
    from detente.supply.controlled import Buyer, supply_stopped

    changes = any(map(ask.values.get, ("scenario", "from", "to_date")))
    side = states(ask)[1] if changes else None
    day = ask.today() if side is None else side.day
    known_on = ask.text("known_on")
    buyer = Buyer("US", day, day_number(known_on) if known_on else None)
    found = dict(lost)
    for word in (each for each, cut in lost.items() if cut.strip().casefold() == CONTROLS):
        name = find_input(tables, word)
        (mineral,) = {each.mineral for each in tables.users if each.input == name}
        register = ask.register if side is None else side.register
        ends = supply_stopped(register, tables, tables.minerals[mineral], buyer)
        cut = ends[ask.text("bound") != "lower"]
        found[word] = f"{float(cut):.4f}"
    return found


def _of_change(
    ask: QuestionRequest, world: ModelWorld, options: Options, lines: Callable[[], LineDuties]
) -> typed.EquilibriumInWorld:
    """The answer to a change of duties in one world."""
    from detente.impact.equilibrium_answer import of_tables

    if _of_tables(ask, world):
        return of_tables(world, ask.text("scenario"), options)
    return _of_register(ask, world, options, lines)


def _of_tables(ask: QuestionRequest, world: ModelWorld) -> bool:
    """Whether the scenario is one of tariffs by sector, rather than one of the register.

    Raises:
        ValueError: days or claims are given for a scenario that has none.
    """
    from detente.impact.accounts.plain import scenarios

    word = ask.text("scenario")
    own = word in scenarios(world.sheets) or (ask.files and word.lower().endswith(".csv"))
    if own and any(map(ask.values.get, ("from", "to_date", "known_on", "claimed"))):
        raise ValueError("a scenario of tariffs by sector has no days and claims: leave them out")
    return own


def _lines(ask: QuestionRequest) -> LineDuties:
    """The duties of both sides line by line."""
    from detente.impact.lines.partial_answer import read_claimed
    from detente.impact.sector_duties import line_duties
    from detente.trade.flows import Flows

    flows, sides = Flows(), states(ask)
    shares = ask.pairs("claimed", "a claimed share")
    claimed, after = read_claimed(sides[1].register, flows, shares)
    known_on = ask.text("known_on") or None
    return line_duties(ask.schedule, flows, sides, known_on, claimed, after)


def _of_register(
    ask: QuestionRequest, world: ModelWorld, options: Options, lines: Callable[[], LineDuties]
) -> typed.EquilibriumInWorld:
    from detente.impact.accounts.layout import find_layout
    from detente.impact.equilibrium_answer import of_register
    from detente.impact.sector_duties import sector_duties
    from detente.trade.flows import Flows

    layout = find_layout(world.name)
    duties = sector_duties(lines(), layout)
    return of_register(world, layout, duties, states(ask), ask.schedule, Flows(), options)


QUESTION = Question(
    "impact equilibrium",
    "The world economy before and after a change of tariffs.",
    (
        Parameter(
            "data",
            "a world, or all at hand with the range of their answers first (default: all)",
            "The world: its name, or all at hand.",
            "cp2015",
            "NAME|DIR|all",
            default="all",
            spelled=("--data", "--world"),
        ),
        Parameter(
            "scenario",
            "one of the data, a CSV file of tariffs and caps, or one of the register",
            "A scenario of the data, or one of the register, by name.",
            "nafta",
            "NAME|FILE",
        ),
        *(each._replace(apart=True) for each in STATES),
        Parameter(
            "closure",
            "balanced, fixed-world-share, fixed-own-share (default: balanced)",
            example="balanced",
            default="balanced",
        ),
        Parameter(
            "lost",
            "an input whose supply is cut, as a cost on its users: gallium=0.8; =controls: what "
            "those in force stop of the imports",
            "An input whose supply is cut, as a cost on its users; controls in place of a number "
            "for what those in force stop of the imports.",
            "gallium=0.8",
            "INPUT=CUT",
            many=True,
            apart=True,
        ),
        Parameter(
            "bound",
            "of that loss: lower or upper (default)",
            "The end of that loss: lower or upper.",
            "upper",
            default="upper",
            apart=True,
        ),
        Parameter("welfare", "exact or cp2015-linear", example="exact", default="exact"),
        Parameter(
            "rents", "of caps: exporter or dissipated", example="exporter", default="exporter"
        ),
        CLAIMED._replace(apart=True),
        Parameter(
            "theta",
            "trade elasticities: the world's own, or protee",
            "Trade elasticities: the world's own, or means of ProTEE over products.",
            "own",
            default="own",
            choices=("own", "protee"),
        ),
        Parameter(
            "theta_spread",
            "standard deviation of log elasticities",
            example="0.2",
            metavar="S",
            apart=True,
        ),
        Parameter(
            "draws",
            "for bands, 2,000 at most (default: 200 for one world, 40 a world for all; 0: none)",
            example="0",
            metavar="N",
            kind="number",
        ),
        Parameter("seed", "of the draws", example="1", metavar="N", kind="number", default=1),
        JSON,
    ),
    _answer,
    """  detente impact equilibrium --scenario nafta --welfare cp2015-linear --json
  detente impact equilibrium --scenario threat-100
  detente impact equilibrium --world icio2019 --scenario threat-100
  detente impact equilibrium --scenario threat-100 --theta protee
  detente impact equilibrium --lost gallium=0.8 --lost germanium=0.8 --bound upper
  detente impact equilibrium --lost antimony=controls --from 2024-01-01 --to-date 2025-06-01
  detente impact equilibrium --data cp2015 --scenario decoupling --theta-spread 0.2
  detente impact equilibrium --data FOLDER --from 2018-01-01 --to-date 2019-12-31
  detente impact equilibrium --data FOLDER --scenario tariffs.csv --closure fixed-world-share""",
    typed="impact.Equilibrium",
)
