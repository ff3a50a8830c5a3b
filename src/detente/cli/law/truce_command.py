"""``detente truce``: every instrument of the truce on a day, and what returns when."""

from __future__ import annotations

from detente.cli.asking import day, reply
from detente.cli.options import add_register_options, load_register, parser, today

EXAMPLES = """  detente truce
  detente truce --on 2026-11-11
  detente truce --on 2025-11-10T13:00+08:00
  detente truce --on 2025-11-02 --known-on 2025-11-02 --json"""


def run(words: list[str]) -> int:
    """Print the instruments of the truce."""
    options = parser("truce", "The instruments of the truce: states, last days, returns.", EXAMPLES)
    add_register_options(options, "the day")
    given = options.parse_args(words)

    from detente.cli.law.show_truce import show_truce
    from detente.register.views.truce import truce

    register = load_register(given.register, given.scenario, given.reading)
    known_on = day(given.known_on, "--known-on")
    reply(truce(register, known_on, given.on or today()), given.json, show_truce)
    return 0
