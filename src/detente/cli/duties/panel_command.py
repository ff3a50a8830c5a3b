"""``detente panel``: the rate of every line from many origins over a span of days."""

from __future__ import annotations

import sys
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.options import add_columns, add_scenario_option, load_register, parser
from detente.duty.question import QuestionError, country_of

if TYPE_CHECKING:
    from detente.register.book import Register

EXAMPLES = """  detente panel --origins all --from 2025-01-01 --to 2026-01-01 -o panel.parquet
  detente panel --origins CN,HK,MO --from 2018-01-01 --to 2026-11-01 -o china.parquet
  detente panel --origins CN --from 2025-01-01 --to 2026-11-01 -o china.dta

A .csv file has a codebook beside it (panel.codebook.csv: column, label, unit), and a .dta file for
Stata or R carries the labels in itself; it needs pandas (`pip install detente[stata]`).

columns: code, origin, from, until, ad_valorem, and a rate for each family of duties. Days run from
--from until the day before --to, and each row until the day before its own `until`. A rate is
what an entry of which nothing is known would be told; null where a duty is no share of the value.

A line has rows on the days on which the edition of the schedule in use prints its number and
nothing below it; editions that print no statistical numbers have their lines of eight digits. Where
one number gives way to another, one of them has the day. `detente duty` also answers for a number
that only the edition beside it prints, and says so.
"""


def run(words: list[str]) -> int:
    """Write a panel of rates."""
    options = parser("panel", "The rate of every line from many origins, day by day.", EXAMPLES)
    options.add_argument("--origins", required=True, metavar="CC,…", help="countries, or all")
    options.add_argument("--from", dest="first", required=True, metavar="DAY", help="first day")
    options.add_argument("--to", required=True, metavar="DAY", help="the day after the last")
    options.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        help="file to write: .parquet, .csv, .xlsx, .dta",
    )
    add_columns(options)
    add_scenario_option(options)
    options.add_argument("--register", metavar="DIR", help="a register in a folder")
    given = options.parse_args(words)
    from detente.batch.files import NEEDS_EXTRA, has_extra
    from detente.batch.panel_labels import check_kind, write_kind
    from detente.core.tables.writing import PARQUET

    kind = check_kind(given.output)
    if not has_extra():
        raise ValueError(f"a panel {NEEDS_EXTRA}")
    from detente.average.flow_coverage import of_editions, of_gaps
    from detente.batch.panel_file import Span, write_panel
    from detente.core.clock import day_number, day_text
    from detente.core.coverage import READ
    from detente.duty.answer import horizon
    from detente.goods.schedule import Schedule

    register = load_register(given.register, given.scenario, given.reading)
    origins = _origins(register, given.origins)
    span = Span(origins, given.first, given.to)
    schedule = Schedule()
    if kind == PARQUET and not given.columns:
        count = write_panel(register, schedule, span, given.output)
    else:
        count = write_kind(register, schedule, span, given.output, given.columns or "")
    print(f"{count} rows: {len(origins)} origins", file=sys.stderr)
    area = register.areas[f"{DESTINATION.lower()}/tariff"]
    reviewed = area.reviewed_through
    last = day_text(day_number(given.to) - 1)
    if last > reviewed:
        print(horizon(reviewed, last), file=sys.stderr)
    editions = of_editions(schedule, area, given.first, last)
    for row in (editions, *of_gaps(register, DESTINATION, origins, given.first, last)):
        if row.state != READ:
            print(f"not settled, {row.what}: {row.scope}", file=sys.stderr)
    return 0


def _origins(register: Register, text: str) -> list[str]:
    """The countries named, each once; with `all` among them every one but the importing country.

    Raises:
        QuestionError: a country is not known, or it is that of import.
    """
    words = [word.strip() for word in text.split(",")]
    named = [country_of(register, word) for word in words if word.lower() != EVERY]
    if DESTINATION in named:
        raise QuestionError("goods of the country of import are no imports: leave it out")
    if len(named) < len(words):
        return [code for code in register.countries if code != DESTINATION]
    return list(dict.fromkeys(named))


EVERY = "all"
DESTINATION = "US"
"""Whose panel it is: the one side whose schedule the product holds."""
