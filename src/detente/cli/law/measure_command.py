"""``detente measure``: one record, with its limbs over time."""

from __future__ import annotations

from detente.cli.asking import day, reply
from detente.cli.options import add_register_options, load_register, parser, today

EXAMPLES = """  detente measure us-ieepa-reciprocal-china
  detente measure us-301-technology --on 2019-05-09
  detente measure us-ieepa-fentanyl-china --known-on 2026-02-19 --json"""


def run(words: list[str]) -> int:
    """Print one record."""
    options = parser("measure", "One record: where it stands, and its limbs over time.", EXAMPLES)
    options.add_argument("id", help="the record's id, as `detente status` shows it")
    add_register_options(options, "the day")
    given = options.parse_args(words)

    from detente.cli.show_register import show_measure
    from detente.register.views.law_by_day import one_measure

    register = load_register(given.register, given.scenario, given.reading)
    known_on = day(given.known_on, "--known-on")
    answer = one_measure(register, given.id, given.on or today(), known_on)
    reply(answer, given.json, show_measure)
    return 0
