"""``detente timeline``: what was announced, in order."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.asking import add_choice, day, query, reply
from detente.cli.options import add_register_options, load_register, parser, today

if TYPE_CHECKING:
    from detente.register.book import Register
    from detente.register.events import Query

EXAMPLES = """  detente timeline --from 2025-04-01 --to-date 2025-05-31
  detente timeline --by US --kind measure --from 2026-01-01
  detente timeline --known-on 2025-11-02 --json
  detente timeline --from 2018-01-01 --to-date 2026-11-10 --chart both-sides.svg

The chart: one side above, the other below, each thing on the day it takes effect, the average
duties of both between them; a file that ends in .csv holds the table of what is drawn."""


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
    options.add_argument(
        "--chart",
        type=Path,
        metavar="OUT",
        help="draw it, up to --to-date or today: .svg, .png, .json (Vega-Lite), .csv",
    )
    add_choice(options, "all")
    add_register_options(options, on="")
    given = options.parse_args(words)

    if given.chart is not None:
        from detente.chart.picture import check_target

        check_target(given.chart)
    from detente.cli.law.show_events import show_timeline
    from detente.register.views.law_by_day import timeline

    register = load_register(given.register, given.scenario, given.reading)
    asked = query(register, given)._replace(
        first=day(given.start, "--from"), last=day(given.to_date, "--to-date")
    )
    if asked.first is not None and asked.last is not None and asked.last < asked.first:
        raise ValueError(f"--to-date {given.to_date} lies before --from {given.start}")
    if given.chart is not None:
        _draw(register, asked, given.start or "", given.to_date or today(), given.chart)
    reply(timeline(register, asked), given.json, show_timeline)
    return 0


def _draw(register: Register, asked: Query, start: str, last: str, target: Path) -> None:
    import sys

    from detente.chart.picture import write_picture
    from detente.cli.law.timeline_chart import picture
    from detente.core.clock import day_number

    spec = picture(register, asked._replace(last=day_number(last)), start, last)
    for warning in write_picture(spec, target):
        print(f"detente timeline: {warning}", file=sys.stderr)
