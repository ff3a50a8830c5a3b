"""``detente licence``: whether a transaction needs permission, and whose."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.asking import reply
from detente.cli.options import add_register_options, load_register, pairs, parser, today
from detente.cli.recording import add_record_option

if TYPE_CHECKING:
    from typing import Any

EXAMPLES = """  detente licence --from CN --to US --item gallium --on 2026-01-01
  detente licence --from CN --to US --code 8505.11 --on 2026-08-01
  detente licence --from CN --to US --code 8507.60 --param wh_per_kg=320 --on 2026-12-01
  detente licence --from US --to CN --item 3A090 --param tpp=15832 --param dram_bandwidth=4800
  detente licence --from US --to CN --item 3B001.c --end-user "SMIC Beijing" --why
  detente licence --from JP --to US --item dysprosium-magnet --content dysprosium=0.2%

An item is a control code (3A090.a, 1C905.b) or a plain name (gallium, h200). A tariff code only
suggests items: where that could change the decision, the answer lists what it may be."""


def run(words: list[str]) -> int:
    """Answer a question about a licence."""
    options = parser("licence", "Whether a transaction needs a licence, limb by limb.", EXAMPLES)
    options.add_argument("--from", dest="start", required=True, metavar="CC", help="it leaves here")
    options.add_argument("--to", required=True, metavar="CC", help="it goes here")
    what = options.add_mutually_exclusive_group(required=True)
    what.add_argument("--item", help="a control code or a plain name")
    what.add_argument("--code", metavar="HS", help="4 to 10 digits of a tariff")
    options.add_argument(
        "--param", action="append", default=[], metavar="K=V", help="a parameter of the goods"
    )
    options.add_argument(
        "--end-user", default="", metavar="NAME|WORD", help="a name, military, or a list such as EL"
    )
    options.add_argument(
        "--end-use", action="append", default=[], metavar="WORD", help="civil, military, …"
    )
    options.add_argument("--made-in", default="", metavar="CC", help="origin (default: --from)")
    options.add_argument(
        "--content", action="append", default=[], metavar="ITEM=0.2%",
        help="share of the value that is a Chinese item",
    )  # fmt: skip
    options.add_argument(
        "--exporter", default="", metavar="NAME", help="a general licence may be its"
    )
    options.add_argument(
        "--why", action="store_true", help="show conditions, and what nearly fired"
    )
    options.add_argument(
        "--strict", action="store_true", help="exit 3 on open questions or past the horizon"
    )
    add_record_option(options)
    add_register_options(options, on="day of export")
    given = options.parse_args(words)

    from detente.licence.answer import LicenceAsked, answer_licence

    asked = LicenceAsked(
        start=given.start,
        to=given.to,
        on=given.on or today(),
        item=given.item,
        code=given.code,
        params=pairs(given.param, "a parameter"),
        end_user=given.end_user,
        end_use=tuple(given.end_use),
        made_in=given.made_in,
        content=pairs(given.content, "a content"),
        exporter=given.exporter,
        known_on=given.known_on,
    )
    answer = answer_licence(load_register(given.register, given.scenario, given.reading), asked)
    if given.record:
        from detente.cli.recording import record
        from detente.transaction.recorded import of_answer

        record(of_answer("licence", answer))
    if given.json:
        reply(answer, True, str)
    else:
        from detente.cli.parties.show_licence import show

        print(show(answer, reasons=given.why))
    return _code(answer, asked.on[:10], given.strict)


def _code(answer: dict[str, Any], day: str, strict: bool) -> int:
    """The exit code: 2 where the answer is not covered, 3 where it must be settled and is not."""
    if answer["decision"] == "not_covered":
        return 2
    late = day > (answer["register"]["reviewed_through"] or "")
    unread = any(row["state"] != "read" for row in answer["coverage"])
    open_ = answer["open_questions"] or answer["decision"] == "candidates"
    return 3 if strict and (open_ or late or unread) else 0
