"""``detente owners count``: a cited count from files of owners and the lists, with its coverage."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from detente.cli.options import add_columns, add_register_options, load_register, parser, today

EXAMPLES = """  detente owners count ownership.parquet --country CN --country HK
  detente owners count exhibit21.csv --owner "Semiconductor Manufacturing International Corporation"
  detente owners count gem.csv rr.csv --regime ofac -o covered.csv

Files: any table with columns for the owner, the company and the share under the headings of open
sources (the Global Energy Monitor's tables, exhibits 8.1 and 21, annual reports), BODS 0.4,
FollowTheMoney, GLEIF relations. A row without a percentage counts as an unknown share. Companies
are joined by name without legal form."""

COLUMNS = ("company", "country", "share_from", "share_to", "tier", "owners", "sources")
SHOWN = 20


def run(words: list[str]) -> int:
    """Count, and print or write who was counted."""
    options = parser("owners count", "Who is covered, by open sources and the lists.", EXAMPLES)
    options.add_argument("files", nargs="+", type=Path, metavar="FILE")
    options.add_argument("--owner", default="", help="of files that name none")
    options.add_argument("--regime", default="bis", metavar="RULE", help="default: bis")
    options.add_argument(
        "--country", action="append", default=[], metavar="CC",
        help="of the listed parties that coverage is told of",
    )  # fmt: skip
    options.add_argument("--encoding", default="", help="of texts (default: UTF-8)")
    options.add_argument("-o", "--output", type=Path, metavar="FILE", help=".csv, .xlsx, .parquet")
    add_columns(options)
    add_register_options(options, "the day")
    given = options.parse_args(words)

    from detente.parties.ownership.counting import count
    from detente.parties.ownership.open_sources import read_source
    from detente.parties.screening.screening import known_country
    from detente.parties.screening.store import Screen

    on = (given.on or today())[:10]
    screen = Screen(on, today())
    tables = screen.lists[0].tables
    sources = [read_source(each, tables, given.owner, given.encoding) for each in given.files]
    places = [code for each in given.country if (code := known_country(each))]
    register = load_register(given.register, given.scenario, given.reading)
    answer = count(register, sources, screen, given.regime, on, places)
    if given.output is not None:
        from detente.cli.output_file import write_chosen

        rows = ([row[name] for name in COLUMNS] for row in answer["companies"])
        write_chosen(given.output, COLUMNS, rows, given.columns)
    if given.json:
        json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
        print()
        return 0
    from detente.cli.wrapped import wrapped

    print(wrapped(answer["sentence"], "", ""))
    for each in answer["files"]:
        print(f"  {each['name']}: {each['rows']:,} rows, {each['with_share']:,} with a share, "
              f"{each['left_out']:,} left out; sha256 {each['sha256'][:16]}")  # fmt: skip
        for line in each["left_out_first"]:
            print(f"    {line}")
    for row in answer["companies"][:SHOWN]:
        share = row["share_from"]
        print(wrapped(f"{row['company']}: {share} held by {row['owners']} ({row['sources']})",
                      "      ", "  + "))  # fmt: skip
    if len(answer["companies"]) > SHOWN:
        print(f"  and {len(answer['companies']) - SHOWN} more; -o FILE writes them all")
    for note in answer["notes"]:
        print(wrapped(note, "    ", "  ! "))
    return 0
