"""``detente diff``: what the law says on one day and not on another."""

from __future__ import annotations

from detente.cli.asking import add_choice, query, reply
from detente.cli.options import add_register_options, load_register, parser

EXAMPLES = """  detente diff --from 2025-11-09 --to-date 2025-11-10
  detente diff --from 2017-01-01 --to-date 2026-10-10 --by US --json"""


def run(words: list[str]) -> int:
    """Print what shows differently on two days."""
    options = parser("diff", "What shows differently on two days, limb by limb.", EXAMPLES)
    options.add_argument(
        "--from", dest="start", required=True, metavar="DAY", help="the one day, or an instant"
    )
    options.add_argument("--to-date", required=True, metavar="DAY", help="the other, or an instant")
    add_choice(options, "all")
    add_register_options(options, on="")
    given = options.parse_args(words)

    from detente.cli.law.show_events import show_difference
    from detente.register.views.law_by_day import difference

    register = load_register(given.register, given.scenario, given.reading)
    answer = difference(register, query(register, given), given.start, given.to_date)
    reply(answer, given.json, show_difference)
    return 0
