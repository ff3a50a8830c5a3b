"""``detente scenario``: what if, as a register of its own; and trees of them."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli import ask
from detente.cli.asking import reply
from detente.cli.options import add, load_register, pairs, parser, quantities
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
}
"""Verbs that are questions, in the words of the command's own help."""


def run(words: list[str]) -> int:
    """Run one of the verbs about scenarios."""
    options = parser("scenario", "What if: events added to the register, and trees.", EXAMPLES)
    verbs = options.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, what in QUESTIONS.items():
        add(verbs.add_parser(verb, help=what), find(f"scenario {verb}").at_shell)
    tree = verbs.add_parser(
        "tree", help="what a shipment costs by day of arrival, over branches with probabilities"
    )
    _add_tree(tree)
    tree.add_argument("--register", metavar="DIR", help="a register in a folder")
    tree.add_argument("--json", action="store_true", help="print the answer as JSON")
    given = options.parse_args(words)
    from detente.register.load.yaml_reader import RegisterError

    try:
        return _VERBS[given.verb](given)
    except RegisterError as error:
        raise ValueError(str(error)) from error


def _add_tree(tree: argparse.ArgumentParser) -> None:
    tree.add_argument("file", metavar="FILE", help="branches with days and probabilities, YAML")
    tree.add_argument("--code", help="8 or 10 digits of the tariff")
    tree.add_argument(
        "--origin", metavar="CC", default="CN", help="country of origin (default: CN)"
    )
    tree.add_argument("--to", default="US", metavar="CC", help="country of import (default: US)")
    tree.add_argument("--value", metavar="DOLLARS", help="customs value")
    tree.add_argument("--quantity", action="append", default=[], metavar="100kg")
    tree.add_argument("--fact", action="append", default=[], metavar="KEY=VALUE")
    tree.add_argument("--base", metavar="RATE", help="a column 1 rate that the register lacks")
    tree.add_argument("--basket", metavar="FILE", help="goods in place of --code; CSV or TSV")
    tree.add_argument("--arrive", action="append", default=[], metavar="DAY", help="entry day")
    tree.add_argument("--draws", type=int, default=0, metavar="N", help="Monte Carlo draws")
    tree.add_argument("--seed", type=int, metavar="S", help="of the draws; the same gives the same")
    tree.add_argument("--chart", metavar="OUT", help="draw it: .svg, .png, .json, .csv")


def _show(given: argparse.Namespace) -> int:
    if given.text:
        register = load_register(given.register)
        from detente.scenario.scenario import find_scenario

        print(find_scenario(register, given.scenario).text, end="")
        return 0
    return _ask(given)


def _ask(given: argparse.Namespace) -> int:
    return ask.answer(find(f"scenario {given.verb}"), vars(given))


def _tree(given: argparse.Namespace) -> int:
    from pathlib import Path

    from detente.cli.what_if.show_tree import show_tree
    from detente.compare.goods import Good, find_basket
    from detente.compare.tree import answer_tree
    from detente.duty.question import DutyQuestion
    from detente.goods.schedule import Schedule
    from detente.scenario.tree import read_tree

    if (given.code is None) == (given.basket is None):
        raise ValueError("name one good with --code, or several with --basket FILE")
    target = None if given.chart is None else Path(given.chart)
    if target is not None:
        from detente.chart.picture import check_target

        check_target(target)
    if given.draws < 0:
        raise ValueError("--draws takes a number from 0")
    if given.draws and given.seed is None:
        raise ValueError("--draws needs --seed: the same seed gives the same draws again")
    register = load_register(given.register)
    if given.basket is not None:
        goods = find_basket(register, given.basket)
    else:
        asked = DutyQuestion(
            code=given.code,
            origin=given.origin,
            on="",
            destination=given.to,
            value=given.value,
            quantities=quantities(given.quantity),
            facts=pairs(given.fact, "a fact"),
            base=given.base,
        )
        goods = [Good(f"{given.code} from {given.origin.upper()}", asked)]
    tree = read_tree(register, Path(given.file))
    answer = answer_tree(register, Schedule(), tree, goods, given.arrive, given.draws, given.seed)
    if target is not None:
        from detente.chart.picture import write_picture
        from detente.chart.tree import tree_chart

        write_picture(tree_chart(answer), target)
    reply(answer, given.json, show_tree)
    return 0


_VERBS = {"list": _ask, "show": _show, "run": _ask, "tree": _tree}
