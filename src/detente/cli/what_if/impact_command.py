"""``detente impact``: what a change does to trade, welfare, prices and critical inputs."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.options import parser
from detente.cli.what_if import impact_equilibrium, impact_partial

if TYPE_CHECKING:
    import argparse

EXAMPLES = """  detente impact partial --from 2025-01-01 --to-date 2025-11-12
  detente impact partial --scenario threat-100 --chart origins.svg
  detente impact equilibrium --data cp2015 --scenario nafta
  detente impact equilibrium --data cp2015 --scenario truce-lapses --from 2026-11-09
  detente impact critical gallium.yaml

`detente impact KIND --help` has the options of each. docs/impact.md has the equations, what the
models leave out, the layout of a folder of data and of a scenario's file."""

PARTIAL = """  detente impact partial --from 2025-01-01 --to-date 2025-11-12
  detente impact partial --scenario threat-100 --origin CN --json
  detente impact partial --from 2025-01-01 --to-date 2026-10-10 --claimed CA=85% --claimed MX=85%
  detente impact partial --scenario threat-100 --sigma ProTEE_0_1.csv --pass-through 0.8 -o all.csv
  detente impact partial --from 2025-01-01 --to-date 2025-11-12 --code 85 --chart origins.svg"""

EQUILIBRIUM = """  detente impact equilibrium --scenario nafta --welfare cp2015-linear --json
  detente impact equilibrium --data cp2015 --scenario decoupling --theta-spread 0.2
  detente impact equilibrium --data FOLDER --from 2018-01-01 --to-date 2019-12-31
  detente impact equilibrium --data FOLDER --scenario tariffs.csv --closure fixed-world-share"""

CRITICAL = """  detente impact critical gallium.yaml"""


def run(words: list[str]) -> int:
    """Answer the kind of question that the first word names."""
    options = parser("impact", "What a change does to trade, welfare, prices and inputs.", EXAMPLES)
    kinds = options.add_subparsers(dest="kind", required=True, metavar="KIND")

    def kind(name: str, summary: str, examples: str) -> argparse.ArgumentParser:
        return kinds.add_parser(
            name,
            help=summary,
            description=f"{summary[:1].upper()}{summary[1:]}.",
            epilog=f"examples:\n{examples}",
            formatter_class=options.formatter_class,
            allow_abbrev=False,
        )

    impact_partial.add_options(kind("partial", "imports and duty line by line", PARTIAL))
    impact_equilibrium.add_options(
        kind("equilibrium", "a world economy before and after", EQUILIBRIUM)
    )
    inputs = kind("critical", "bounds on what the loss of an input costs", CRITICAL)
    inputs.add_argument("file", type=Path, metavar="FILE", help="YAML, see docs/impact.md")
    inputs.add_argument("--json", action="store_true", help="print the answer as JSON")
    given = options.parse_args(words)
    if given.kind == "partial":
        return impact_partial.run(given)
    if given.kind == "equilibrium":
        return impact_equilibrium.run(given)
    return _critical(given)


def _critical(given: argparse.Namespace) -> int:
    from detente.cli.asking import reply
    from detente.cli.what_if.show_impact import show_critical
    from detente.impact.critical import read_critical

    reply(read_critical(given.file), given.json, show_critical)
    return 0
