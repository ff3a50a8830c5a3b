"""``detente impact equilibrium``: welfare, wages and prices of economies after a change."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.asking import reply
from detente.cli.options import pairs
from detente.cli.what_if.impact_options import add_states, states
from detente.impact.need import need_numpy

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from detente.impact.equilibrium_answer import Options
    from detente.impact.worlds import World


def add_options(options: argparse.ArgumentParser) -> None:
    """Which data, what changes, how the model is closed."""
    options.add_argument("--data", default="cp2015", metavar="NAME|DIR", help="(default: cp2015)")
    options.add_argument(
        "--scenario", metavar="NAME|FILE",
        help="one of the data, a CSV file of tariffs and caps, or one of the register",
    )  # fmt: skip
    add_states(options)
    options.add_argument(
        "--closure", default="balanced",
        help="balanced, fixed-world-share, fixed-own-share (default: balanced)",
    )  # fmt: skip
    options.add_argument("--welfare", default="exact", help="exact or cp2015-linear")
    options.add_argument("--rents", default="exporter", help="of caps: exporter or dissipated")
    options.add_argument(
        "--claimed", action="append", default=[], metavar="CC=SHARE",
        help="share of an origin's goods that claims its preference",
    )  # fmt: skip
    options.add_argument(
        "--theta-spread", type=float, metavar="S", help="standard deviation of log elasticities"
    )
    options.add_argument("--draws", type=int, metavar="N", help="for bands (default: 200; 0: none)")
    options.add_argument("--seed", type=int, default=1, metavar="N", help="of the draws")
    options.add_argument("--json", action="store_true", help="print the answer as JSON")


def run(given: argparse.Namespace) -> int:
    """Answer a scenario of the data, or one of the register."""
    need_numpy()
    from detente.cli.what_if.show_impact import show_equilibrium
    from detente.impact.equilibrium_answer import Options, of_tables
    from detente.impact.worlds import open_world

    options = Options(
        given.closure,
        given.welfare,
        given.rents,
        given.draws,
        given.theta_spread,
        given.seed,
    )
    world = open_world(given.data)
    if _of_tables(given, world):
        answer = of_tables(world, given.scenario, options)
    else:
        answer = _of_register(given, world, options)
    question = {"scenario": given.scenario, "from": None, "to_date": None}
    answer = {**question, **answer}
    reply(answer, given.json, show_equilibrium)
    return 0


def _of_tables(given: argparse.Namespace, world: World) -> bool:
    """Whether the scenario is one of tariffs by sector, rather than one of the register.

    Raises:
        ValueError: nothing is asked about, or days are given for a scenario without any.
    """
    from detente.impact.plain import scenarios

    own = given.scenario is not None and (
        given.scenario in scenarios(world.sheets) or given.scenario.lower().endswith(".csv")
    )
    if own and (given.start or given.to_date or given.known_on or given.claimed):
        raise ValueError("a scenario of tariffs by sector has no days and claims: leave them out")
    return own


def _of_register(given: argparse.Namespace, world: World, options: Options) -> dict[str, Any]:
    from detente.goods.schedule import Schedule
    from detente.impact.equilibrium_answer import of_register
    from detente.impact.layout import find_layout
    from detente.impact.partial_answer import read_claimed
    from detente.impact.sector_duties import sector_duties
    from detente.trade.flows import Flows

    layout = find_layout(world.name)
    schedule, flows = Schedule(), Flows()
    sides = states(given, given.scenario)
    claimed = read_claimed(sides[1].register, flows, pairs(given.claimed, "a claimed share"))
    duties = sector_duties(schedule, flows, sides, layout, given.known_on, claimed)
    answer = of_register(world, layout, duties, sides, schedule, flows, options)
    return {**answer, "from": sides[0].day, "to_date": sides[1].day}
