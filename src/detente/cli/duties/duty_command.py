"""``detente duty``: one line of an entry."""

from __future__ import annotations

import sys

from detente.cli.options import (
    add_register_options,
    load_register,
    pairs,
    parser,
    quantities,
    today,
)
from detente.cli.recording import add_record_option

EXAMPLES = """  detente duty 8507.60.00.10 --origin CN --on 2025-11-12 --value 10000
  detente duty 8541.42.0010 --origin CN --value 5000 --json
  detente duty 8471.30.01.00 --origin CN --on 2025-04-07 --known-on 2025-04-08
  detente duty 0402.10.50.00 --origin CN --value 2000 --quantity 500kg
  detente duty 9018.31.00.80 --origin CN --on 2025-06-01 --fact donation=true --why"""


def run(words: list[str]) -> int:
    """Answer a question about duty."""
    options = parser("duty", "What one line of an entry owes on a day, with the working.", EXAMPLES)
    options.add_argument("code", help="8 or 10 digits, with dots or without")
    options.add_argument("--origin", required=True, metavar="CC", help="country of origin")
    options.add_argument("--to", default="US", metavar="CC", help="country of import (default: US)")
    options.add_argument("--value", metavar="DOLLARS", help="customs value")
    options.add_argument(
        "--quantity", action="append", default=[], metavar="100kg", help="quantity with its unit"
    )
    options.add_argument(
        "--fact", action="append", default=[], metavar="KEY=VALUE", help="an entry fact"
    )
    options.add_argument("--base", metavar="RATE", help="a column 1 rate that the register lacks")
    options.add_argument("--why", action="store_true", help="show reasons, sources and exemptions")
    options.add_argument(
        "--strict", action="store_true", help="exit 3 where the answer is not settled"
    )
    add_record_option(options)
    add_register_options(options)
    given = options.parse_args(words)

    from detente.core.coverage import SETTLED
    from detente.duty.answer import answer_duty
    from detente.duty.coverage import NOT_COVERED
    from detente.duty.question import DutyQuestion
    from detente.goods.schedule import Schedule

    asked = DutyQuestion(
        code=given.code,
        origin=given.origin,
        on=given.on or today(),
        destination=given.to,
        known_on=given.known_on,
        value=given.value,
        quantities=quantities(given.quantity),
        facts=pairs(given.fact, "a fact"),
        base=given.base,
    )
    answer = answer_duty(
        load_register(given.register, given.scenario, given.reading), Schedule(), asked
    )
    if given.record:
        from detente.cli.recording import record
        from detente.transaction.recorded import of_answer

        record(of_answer("duty", answer))
    if given.json:
        import json

        json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        from detente.cli.duties.show_duty import show

        print(show(answer, reasons=given.why))
    if answer["status"] == NOT_COVERED:
        return 2
    return 3 if given.strict and answer["status"] not in SETTLED else 0
