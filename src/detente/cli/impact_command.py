"""``detente impact``: what a change does to welfare, prices and critical inputs."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.asking import reply
from detente.cli.options import parser

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from detente.impact.economy import Economy
    from detente.impact.equilibrium import Equilibrium

EXAMPLES = """  detente impact equilibrium --data cp2015 --scenario nafta
  detente impact equilibrium --scenario nafta --welfare cp2015-linear --json
  detente impact equilibrium --data FOLDER --scenario tariffs.csv --closure fixed-world-share
  detente impact critical gallium.yaml

docs/impact.md has the equations, the layout of a folder of data and of a scenario's file."""

INSTALL = 'this needs numpy: pip install "detente[impact]"'


def run(words: list[str]) -> int:
    """Answer the kind of question that the first word names."""
    options = parser("impact", "What a change does to welfare, prices and inputs.", EXAMPLES)
    kinds = options.add_subparsers(dest="kind", required=True, metavar="KIND")
    world = kinds.add_parser("equilibrium", help="a world economy before and after")
    world.add_argument("--data", default="cp2015", metavar="NAME|DIR", help="(default: cp2015)")
    world.add_argument("--scenario", required=True, metavar="NAME|FILE", help="what changes")
    world.add_argument("--closure", default="balanced", help="balanced, fixed-world-share, "
                       "fixed-own-share (default: balanced)")  # fmt: skip
    world.add_argument("--welfare", default="exact", help="exact or cp2015-linear")
    world.add_argument("--rents", default="exporter", help="of caps: exporter or dissipated")
    world.add_argument("--json", action="store_true", help="print the answer as JSON")
    inputs = kinds.add_parser("critical", help="bounds on what the loss of an input costs")
    inputs.add_argument("file", type=Path, metavar="FILE", help="YAML, see docs/impact.md")
    inputs.add_argument("--json", action="store_true", help="print the answer as JSON")
    given = options.parse_args(words)
    if given.kind == "critical":
        from detente.impact.critical import read_critical

        reply(read_critical(given.file), given.json, _show_critical)
        return 0
    reply(_equilibrium(given), given.json, _show)
    return 0


def _equilibrium(given: argparse.Namespace) -> dict[str, Any]:
    """The answer about a world economy.

    Raises:
        ValueError: numpy is missing, or the data or the scenario cannot be used.
    """
    try:
        import numpy  # noqa: F401
    except ImportError:
        raise ValueError(INSTALL) from None
    from detente.impact.economy import calibrate
    from detente.impact.equilibrium import rebase, solve
    from detente.impact.plain import scenario_shock, sheets_of, tables_of

    sheets = sheets_of(given.data)
    economy = rebase(calibrate(tables_of(sheets)), given.closure)
    shock = scenario_shock(economy, sheets, given.scenario)
    found = solve(economy, shock, given.closure, given.rents)
    return _answer(given, economy, found)


def _answer(given: argparse.Namespace, economy: Economy, found: Equilibrium) -> dict[str, Any]:
    from detente.impact.welfare import measure

    figures = measure(found, given.welfare)
    answer: dict[str, Any] = {
        "data": given.data,
        "scenario": given.scenario,
        "closure": given.closure,
        "welfare_measure": given.welfare,
        "rents": given.rents,
        "converged": True,
        "iterations": found.iterations,
        "residuals": {name: f"{gap:.1e}" for name, gap in found.residuals.items()},
        "seconds": f"{found.seconds:.4f}",
        "unit": "percent",
    }
    for name, values in figures._asdict().items():
        answer[name] = {
            country: f"{value:.4f}"
            for country, value in zip(economy.countries, values, strict=True)
        }
    answer["caps"] = [f"{wedge:.6f}" for wedge in found.wedges]
    answer["bands"] = None
    answer["notes"] = [*economy.notes, *_notes(given.welfare)]
    return answer


def _notes(welfare: str) -> list[str]:
    if welfare == "exact":
        return ["Welfare is exact: real final spending, after over before."]
    return [
        "Welfare is the first-order formula of Caliendo and Parro (2015) at the tariffs before the "
        "change; it misleads where the change is large, and --welfare exact is the model's answer."
    ]


def _show(answer: dict[str, Any]) -> str:
    lines = [
        f"{answer['data']}, {answer['scenario']}: {answer['welfare_measure']} welfare, "
        f"deficits {answer['closure']} (percent; {answer['iterations']} steps, "
        f"{answer['seconds']} s)",
        "",
        "        welfare  terms of trade  volume of trade  real wage   prices  imports",
    ]
    lines += [
        f"{name:6} {answer['welfare'][name]:>8} {answer['terms_of_trade'][name]:>15} "
        f"{answer['volume_of_trade'][name]:>16} {answer['real_wage'][name]:>10} "
        f"{answer['prices'][name]:>8} {answer['imports_change'][name]:>8}"
        for name in answer["welfare"]
    ]
    return "\n".join([*lines, "", *answer["notes"]])


def _show_critical(answer: dict[str, Any]) -> str:
    begins = answer["months_to_impact"]
    when = "stocks outlast the restriction" if begins is None else f"felt after {begins} months"
    lines = [f"{answer['input']}: {when}", ""]
    lines += [
        f"{each['name']}: {each['lower']} to {each['upper']} {answer['unit']}".rstrip()
        for each in answer["users"]
    ]
    total = f"all: {answer['lower']} to {answer['upper']} {answer['unit']}".rstrip()
    return "\n".join([*lines, total, "", *answer["notes"]])
