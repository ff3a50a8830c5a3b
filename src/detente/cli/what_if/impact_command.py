"""``detente impact``: what a change does to trade, welfare, prices and critical inputs."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli import ask
from detente.cli.options import add, parser
from detente.questions import find

if TYPE_CHECKING:
    import argparse

    from detente.questions.declare import Question

EXAMPLES = """  detente impact partial --from 2025-01-01 --to-date 2025-11-12
  detente impact partial --scenario threat-100 --chart origins.svg
  detente impact equilibrium --data cp2015 --scenario nafta
  detente impact equilibrium --data cp2015 --scenario truce-lapses --from 2026-11-09
  detente impact critical gallium.yaml

`detente impact KIND --help` has the options of each. docs/impact.md has the equations, what the
models leave out, the layout of a folder of data and of a scenario's file."""

KINDS = ("partial", "equilibrium", "households", "revenue", "scoreboard")

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

    for name in KINDS:
        question = _question(name)
        summary = question.summary.removesuffix(".")
        words_of = f"{summary[:1].lower()}{summary[1:]}"
        add(kind(name, words_of, question.examples), question.parameters)
    inputs = kind("critical", "bounds on what the loss of an input costs", CRITICAL)
    inputs.add_argument("file", type=Path, metavar="FILE", help="YAML, see docs/impact.md")
    inputs.add_argument("--json", action="store_true", help="print the answer as JSON")
    given = options.parse_args(words)
    if given.kind == "critical":
        return _critical(given)
    return ask.answer(_question(given.kind), vars(given))


def _question(kind: str) -> Question:
    """The question of a kind; the scoreboard is one by itself too."""
    return find(kind if kind == "scoreboard" else f"impact {kind}")


def _critical(given: argparse.Namespace) -> int:
    from detente.cli.asking import reply
    from detente.cli.what_if.show_impact import show_critical
    from detente.impact.critical import read_critical

    reply(read_critical(given.file), given.json, show_critical)
    return 0
