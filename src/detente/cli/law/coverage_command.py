"""``detente coverage``: which headings of chapter 99 are modelled, which not, and why."""

from __future__ import annotations

from detente.cli.asking import reply
from detente.cli.options import load_register, parser

EXAMPLES = """  detente coverage
  detente coverage --edition hts_2025_rev_29
  detente coverage --strict --json        (exits 3 when a heading is in neither list)"""


def run(words: list[str]) -> int:
    """Print how much of chapter 99 the register holds."""
    options = parser(
        "coverage",
        "Every heading of chapter 99 of an edition: modelled, listed as not modelled, or neither.",
        EXAMPLES,
    )
    options.add_argument(
        "--edition", metavar="ID", help="an edition of the schedule (default: the newest at hand)"
    )
    options.add_argument("--register", metavar="DIR", help="a register in a folder")
    options.add_argument("--json", action="store_true", help="print the answer as JSON")
    options.add_argument("--strict", action="store_true", help="exit 3 when anything is in neither")
    given = options.parse_args(words)

    from detente.cli.law.show_coverage import show_coverage
    from detente.duty.rate_text import count_forms
    from detente.goods.schedule import Schedule
    from detente.register.views.coverage import coverage

    schedule = Schedule()
    editions = {edition.id: edition for edition in schedule.editions}
    name = given.edition or schedule.editions[-1].id
    if name not in editions:
        from detente.core.vocabulary import nearest

        near = nearest(name, editions, 1)
        hint = f"perhaps {near[0]}" if near else f"such as {schedule.editions[-1].id}"
        raise ValueError(f"no edition {name!r} is at hand: {hint}")
    printed = [each.heading for each in schedule.headings(editions[name])]
    answer = coverage(load_register(given.register), name, printed)
    answer["rate_texts"] = count_forms(schedule.rate_texts())
    reply(answer, given.json, show_coverage)
    unread = answer["rate_texts"].get("unparsed", 0)
    return 3 if given.strict and (answer["unmodelled"] or unread) else 0
