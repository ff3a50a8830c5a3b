"""``detente status``: where every measure stands on a day."""

from __future__ import annotations

from detente.cli.asking import add_choice, query, reply
from detente.cli.options import add_register_options, load_register, parser, today

EXAMPLES = """  detente status
  detente status --by US --on 2025-11-12
  detente status --kind threat,proposal --json
  detente status --on 2026-02-20 --known-on 2026-02-19"""


def run(words: list[str]) -> int:
    """Print where the records of the register stand."""
    options = parser("status", "Where every measure stands on a day.", EXAMPLES)
    add_choice(options, "all but claims and events")
    add_register_options(options, "the day")
    given = options.parse_args(words)

    from detente.cli.show_register import show_status
    from detente.register.views.law_by_day import status

    register = load_register(given.register, given.scenario, given.reading)
    answer = status(register, query(register, given), given.on or today())
    reply(answer, given.json, show_status)
    return 0
