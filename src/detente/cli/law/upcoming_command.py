"""``detente upcoming``: what changes next by the law as it stands."""

from __future__ import annotations

from detente.cli.asking import add_choice, query, reply
from detente.cli.options import add_register_options, load_register, parser, today

EXAMPLES = """  detente upcoming
  detente upcoming --days 90 --by US
  detente upcoming --on 2025-11-12 --known-on 2025-11-12 --days 400 --json"""


def run(words: list[str]) -> int:
    """Print what changes after a day."""
    options = parser(
        "upcoming", "What changes next: steps ahead, and suspensions that run out.", EXAMPLES
    )
    options.add_argument(
        "--days", type=int, metavar="N", help="look this many days ahead (default: all)"
    )
    add_choice(options, "all")
    add_register_options(options, "the day to look ahead from")
    given = options.parse_args(words)
    if given.days is not None and given.days < 1:
        raise ValueError(f"--days {given.days} looks nowhere: write 1 or more")

    from detente.cli.law.show_events import show_upcoming
    from detente.register.views.law_by_day import upcoming

    register = load_register(given.register, given.scenario, given.reading)
    answer = upcoming(register, query(register, given), given.on or today(), given.days)
    reply(answer, given.json, show_upcoming)
    return 0
