"""``detente batch``: a table of entries in, the same rows with their duties out."""

from __future__ import annotations

import sys
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.options import add_columns, add_dates, add_scenario_option, load_register, parser
from detente.core.given import pairs
from detente.core.tables.reading import check_encoding

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = """  detente batch entries.csv -o duties.csv
  detente batch entries.xlsx -o duties.xlsx
  detente batch entries.parquet -o duties.parquet --facts auto_part=false
  detente batch customs.csv -o duties.csv --encoding GB18030

input columns: code, origin, on; optional id, destination, value, quantity, unit, quantity2,
unit2, base_rate (column 1 where the register lacks it: China's side), fact.KEY; any others are
kept as they are. Days may be written as people and workbooks write them (2025-11-12, 12-Nov-2025,
25/11/2025, 45973); one that may be two days is refused. A row that cannot be answered comes back
`unresolved` with its reason.
Parquet and workbooks, and CSV at full speed, need `pip install "detente[batch,sheets]"`."""


def run(words: list[str]) -> int:
    """Answer every row of a table."""
    options = parser("batch", "The duty of every row of a table.", EXAMPLES)
    options.add_argument(
        "input", type=Path, help="table with a header: .csv, .tsv, .xlsx, .ods or .parquet"
    )
    options.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        help="table to write: .csv, .tsv, .xlsx or .parquet",
    )
    options.add_argument(
        "--facts", action="append", default=[], metavar="KEY=VALUE", help="a fact of every row"
    )
    options.add_argument("--encoding", help="of the input (default: by its mark, else UTF-8)")
    add_columns(options)
    add_dates(options, "not at all: such a row is unresolved")
    add_scenario_option(options)
    options.add_argument("--register", metavar="DIR", help="a register in a folder")
    given = options.parse_args(words)

    if given.encoding is not None:
        check_encoding(given.encoding)
    facts = pairs(given.facts, "a fact")
    from detente.batch.files import NEEDS_EXTRA, Job, answer_file, has_extra

    register = load_register(given.register, given.scenario, given.reading)
    job = Job(given.input, given.output, facts, given.encoding, _progress(), given.dates,
              given.columns or "")  # fmt: skip
    done = answer_file(register, job)
    count = done.statuses.total()
    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)
    found = ", ".join(f"{number} {status}" for status, number in sorted(done.statuses.items()))
    print(f"{count} rows: {found or 'none'}", file=sys.stderr)
    if done.announced["rows"]:
        print(
            f"{done.announced['rows']} of them owe otherwise by what was only announced, which is "
            "not the law as read: see announced_ad_valorem",
            file=sys.stderr,
        )
    for area, number in sorted(done.late.items()):
        print(
            f"{number} of them lie after {register.areas[area].reviewed_through}, the day through "
            f"which {area} was read: a later order may not be in it",
            file=sys.stderr,
        )
    if not has_extra() and count >= SLOW:
        print(f"A table of this size at full speed {NEEDS_EXTRA}", file=sys.stderr)
    return 0


SLOW = 1000
"""Rows from which the single path, one row after the other, makes someone wait."""


def _progress() -> Callable[[int], None]:
    """Counts rows on a terminal, ten times a second at most; silent elsewhere."""
    if not sys.stderr.isatty():
        return lambda rows: None
    from time import monotonic

    shown = 0.0

    def show(rows: int) -> None:
        nonlocal shown
        if monotonic() - shown > 0.1:
            shown = monotonic()
            print(f"\r{rows:,} rows", end="", file=sys.stderr, flush=True)

    return show
