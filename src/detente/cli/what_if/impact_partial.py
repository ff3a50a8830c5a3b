"""``detente impact partial``: imports and duty line by line after a change of duty."""

from __future__ import annotations

import sys
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.asking import reply
from detente.cli.options import pairs
from detente.cli.what_if.impact_options import add_states, number, states
from detente.impact.need import need_numpy

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from detente.impact.partial_answer import Worked


def add_options(options: argparse.ArgumentParser) -> None:
    """What is compared, which flows, how buyers respond, where the answer goes."""
    add_states(options)
    options.add_argument("--scenario", metavar="NAME|FILE", help="duties after: a scenario's")
    options.add_argument(
        "--origin",
        action="append",
        default=[],
        metavar="CC",
        help="only its duties change (repeat)",
    )
    options.add_argument(
        "--code", action="append", default=[], metavar="DIGITS", help="only codes that begin so"
    )
    options.add_argument(
        "--sigma", metavar="N|FILE", help="elasticities between origins (default: Broda-Weinstein)"
    )
    options.add_argument("--eta", default="1.2", metavar="N", help="of demand (default: 1.2)")
    options.add_argument(
        "--pass-through", default="1", metavar="N", help="part that buyers pay (default: 1)"
    )
    options.add_argument(
        "--spread", default="1.5", metavar="F",
        help="factor of the band of sigmas, 1 for no band (default: 1.5)",
    )  # fmt: skip
    options.add_argument(
        "--claimed", action="append", default=[], metavar="CC=SHARE",
        help="share of an origin's goods that claims its preference",
    )  # fmt: skip
    options.add_argument(
        "--fact", action="append", default=[], metavar="KEY=VALUE", help="a fact of every entry"
    )
    options.add_argument(
        "-o", "--output", type=Path, metavar="OUT", help="every line: .csv, .xlsx, .parquet"
    )
    options.add_argument("--chart", type=Path, metavar="OUT", help="draw it: .svg, .png, .json")
    options.add_argument("--json", action="store_true", help="print the answer as JSON")


def run(given: argparse.Namespace) -> int:
    """Answer, and write what was asked for beside the answer."""
    _check_targets(given)
    need_numpy()
    from detente.average.flow_rates import Choice, read_codes
    from detente.cli.what_if.show_impact import show_partial
    from detente.goods.schedule import Schedule
    from detente.impact.elasticities import find_elasticities
    from detente.impact.partial import check_demand
    from detente.impact.partial_answer import Demand, answer_partial, read_claimed
    from detente.trade.flows import Flows

    flows = Flows()
    spread = number(given.spread, "--spread")
    if spread < 1:
        raise ValueError(f"--spread {given.spread} is below 1: 1.5 divides and multiplies by 1.5")
    demand = Demand(
        find_elasticities(given.sigma),
        number(given.eta, "--eta"),
        number(given.pass_through, "--pass-through"),
        spread,
    )
    check_demand(demand.eta, demand.pass_through)
    sides = states(given, given.scenario)
    choice = Choice(
        origins=given.origin,
        codes=read_codes(given.code),
        facts=pairs(given.fact, "a fact"),
        known_on=given.known_on,
        claimed=read_claimed(sides[1].register, flows, pairs(given.claimed, "a claimed share")),
    )
    worked = answer_partial(Schedule(), flows, sides, choice, demand)
    question = {
        "from": sides[0].day,
        "to_date": sides[1].day,
        "scenario": given.scenario,
        "known_on": given.known_on,
        "origins": given.origin,
        "codes": list(choice.codes),
        "facts": dict(choice.facts),
    }
    answer = {"question": question, **worked.answer}
    _write(given, worked, answer)
    reply(answer, given.json, show_partial)
    return 0


def _check_targets(given: argparse.Namespace) -> None:
    """Refuse a wrong suffix before anything is computed."""
    if given.output is not None:
        from detente.core.tables.writing import kind_of

        kind_of(given.output)
    if given.chart is not None:
        from detente.chart.picture import check_target

        check_target(given.chart)
        if given.chart.suffix.lower() == ".csv":
            raise ValueError("--chart draws; -o OUT.csv writes the lines")


def _write(given: argparse.Namespace, worked: Worked, answer: dict[str, Any]) -> None:
    if given.output is not None:
        from detente.core.tables.writing import table_file
        from detente.impact.partial_answer import line_rows
        from detente.store.whole import write_whole

        columns, *rows = line_rows(worked)
        write_whole(given.output, table_file(given.output, columns, rows))
    if given.chart is not None:
        from detente.chart.impact import partial_chart
        from detente.chart.picture import write_picture

        for warning in write_picture(partial_chart(answer), given.chart):
            print(f"detente impact: {warning}", file=sys.stderr)
