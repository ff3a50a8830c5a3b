"""``detente timeline``: what was announced, in order."""

from __future__ import annotations

from detente.cli.asking import add_choice, day, query, reply
from detente.cli.options import add_register_options, load_register, parser

EXAMPLES = """  detente timeline --from 2025-04-01 --to-date 2025-05-31
  detente timeline --by US --kind measure --from 2026-01-01
  detente timeline --known-on 2025-11-02 --json"""


def run(words: list[str]) -> int:
    """Print the events of the register."""
    options = parser(
        "timeline", "What was announced, in order of announcement, and what it did.", EXAMPLES
    )
    options.add_argument(
        "--from", dest="start", metavar="DAY", help="announced or effective on this day or later"
    )
    options.add_argument(
        "--to-date", metavar="DAY", help="announced or effective on this day or earlier"
    )
    add_choice(options, "all")
    add_register_options(options, on="")
    given = options.parse_args(words)

    from detente.cli.show_events import show_timeline
    from detente.register.views import timeline

    register = load_register(given.register, given.scenario)
    asked = query(register, given)._replace(
        first=day(given.start, "--from"), last=day(given.to_date, "--to-date")
    )
    if asked.first is not None and asked.last is not None and asked.last < asked.first:
        raise ValueError(f"--to-date {given.to_date} lies before --from {given.start}")
    reply(timeline(register, asked), given.json, show_timeline)
    return 0
