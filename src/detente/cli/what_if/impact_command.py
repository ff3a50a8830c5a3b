"""``detente impact``: what a change does to trade, welfare, prices and critical inputs."""

from __future__ import annotations

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
  detente impact critical gallium --cut 0.98

`detente impact KIND --help` has the options of each. docs/impact.md has the equations, what the
models leave out, the layout of a folder of data and of a scenario's file."""

KINDS = ("partial", "equilibrium", "critical", "optimal", "households", "revenue", "scoreboard")


def run(words: list[str]) -> int:
    """Answer the kind of question that the first word names."""
    command = parser("impact", "What a change does to trade, welfare, prices and inputs.", EXAMPLES)
    kinds = command.add_subparsers(dest="kind", required=True, metavar="KIND")

    def kind(name: str, summary: str, examples: str) -> argparse.ArgumentParser:
        return kinds.add_parser(
            name,
            help=summary,
            description=f"{summary[:1].upper()}{summary[1:]}.",
            epilog=f"examples:\n{examples}",
            formatter_class=command.formatter_class,
            allow_abbrev=False,
        )

    for name in KINDS:
        question = _question(name)
        summary = question.summary.removesuffix(".")
        words_of = f"{summary[:1].lower()}{summary[1:]}"
        add(kind(name, words_of, question.examples), question.at_shell)
    options = command.parse_args(words)
    return ask.answer(_question(options.kind), vars(options))


def _question(kind: str) -> Question:
    """The question of a kind; the scoreboard is one by itself too."""
    return find(kind if kind == "scoreboard" else f"impact {kind}")
