"""``detente scenario``: what if, as a register of its own; and trees of them."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli import ask
from detente.cli.options import add, parser
from detente.cli.shell import load_register
from detente.questions import find

if TYPE_CHECKING:
    import argparse

EXAMPLES = """  detente scenario list
  detente scenario show truce-extended
  detente scenario show truce-extended --text > mine.yaml     a file to change
  detente scenario run threat-100
  detente scenario run mine.yaml --json
  detente scenario tree examples/trees/november.yaml --code 8507.60.00.10 --origin CN --value 100000
  detente scenario tree examples/trees/november.yaml --basket goods.csv --arrive 2026-11-09 \\
      --arrive 2026-11-12 --draws 10000 --seed 1 --chart tree.svg

Every command that takes a day takes --scenario NAME|FILE. Probabilities are the user's: none is
supplied here. docs/guides/scenarios.md has the language of both kinds of file."""


QUESTIONS = {
    "list": "the scenarios that come with the register",
    "show": "what one supposes, and which days it changes",
    "run": "what one does to the basket and to the truce",
    "tree": "what a shipment costs by day of arrival, over branches with probabilities",
}
"""Verbs that are questions, in the words of the command's own help."""


def run(words: list[str]) -> int:
    """Run one of the verbs about scenarios."""
    command = parser("scenario", "What if: events added to the register, and trees.", EXAMPLES)
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, what in QUESTIONS.items():
        add(verbs.add_parser(verb, help=what), find(f"scenario {verb}").at_shell)
    options = command.parse_args(words)
    from detente.register.load.yaml_reader import RegisterError

    try:
        return _show(options) if options.verb == "show" else _ask(options)
    except RegisterError as error:
        raise ValueError(str(error)) from error


def _show(options: argparse.Namespace) -> int:
    if options.text:
        register = load_register(options.register)
        from detente.scenario.scenario import find_scenario

        print(find_scenario(register, options.scenario).text, end="")
        return 0
    return _ask(options)


def _ask(options: argparse.Namespace) -> int:
    return ask.answer(find(f"scenario {options.verb}"), vars(options))
