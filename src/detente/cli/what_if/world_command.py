"""``detente world``: the worlds of the equilibrium model at hand, and building one."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli import ask
from detente.cli.options import add, pairs, parser
from detente.cli.shell import load_register
from detente.questions import find
from detente.questions.common import JSON

if TYPE_CHECKING:
    import argparse

EXAMPLES = """  detente world list
  detente world show icio2019
  detente world build 2020_SML.csv --name icio2020 --year 2020
  detente world build FOLDER --name mine --year 2014

A CSV file of the OECD's inter-country input-output tables (oe.cd/icio; columns such as ARG_A01_02
and ARG_HFCE) or a folder in the plain layout of docs/impact.md. Elasticities of an OECD file are
own estimates by division with their standard errors; --theta SECTOR=N replaces one. What was built
is at hand in `detente impact equilibrium` by its name, and in its range over all worlds."""

QUESTIONS = {"list": "the worlds at hand", "show": "one world: countries, sectors, elasticities"}


def run(words: list[str]) -> int:
    """Run one of the verbs about worlds."""
    command = parser("world", "Worlds of the equilibrium model: at hand, and built.", EXAMPLES)
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, what in QUESTIONS.items():
        add(verbs.add_parser(verb, help=what), find(f"world {verb}").at_shell)
    build = verbs.add_parser("build", help="read accounts and keep them as a world")
    build.add_argument("file", type=Path, metavar="FILE|DIR", help="accounts; see below")
    build.add_argument("--name", required=True, help="the world's name")
    build.add_argument("--year", required=True, help="the year that the accounts describe")
    build.add_argument(
        "--theta", action="append", default=[], metavar="SECTOR=N", help="a trade elasticity"
    )
    add(build, (JSON,))
    options = command.parse_args(words)
    if options.verb == "build":
        return _build(options)
    return ask.answer(find(f"world {options.verb}"), vars(options))


def _build(options: argparse.Namespace) -> int:
    from detente.cli.replies import reply
    from detente.cli.what_if.show_worlds import show_built
    from detente.impact.need import need_numpy

    need_numpy()
    from detente.impact.accounts.building import build_world

    theta = {}
    for sector, text in pairs(options.theta, "an elasticity").items():
        try:
            theta[sector] = float(text)
        except ValueError:
            raise ValueError(f"--theta {sector}={text}: {text!r} is not a number") from None
    register = load_register(None)
    reply(
        build_world(options.file, options.name, options.year, register, theta),
        options.json,
        show_built,
    )
    return 0
