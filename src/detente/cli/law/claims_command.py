"""``detente claims``: what was said, by whom, and what the register answers."""

from __future__ import annotations

from detente.cli.asking import day, reply
from detente.cli.options import add_register_options, load_register, parser, today

EXAMPLES = """  detente claims
  detente claims --by CN
  detente claims --on 2025-11-02 --known-on 2025-11-02 --json"""


def run(words: list[str]) -> int:
    """Print the claims, with the answers of their tests."""
    options = parser("claims", "What was said, by whom, and what the register answers.", EXAMPLES)
    options.add_argument("--by", metavar="CC", default="", help="the side of the speaker")
    add_register_options(options, "the day for tests that name none")
    given = options.parse_args(words)

    from detente.cli.law.show_truce import show_claims
    from detente.compare.claims import claims
    from detente.goods.schedule import Schedule
    from detente.register.events import read_query

    register = load_register(given.register, given.scenario, given.reading)
    known_on = day(given.known_on, "--known-on")
    by = read_query(register, given.by, "", known_on, "--").by
    answer = claims(register, Schedule(), known_on, given.on or today(), by)
    reply(answer, given.json, show_claims)
    return 0
