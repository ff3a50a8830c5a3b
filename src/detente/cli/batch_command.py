"""``detente batch``: a CSV file of entries in, the same rows with their duties out."""

from __future__ import annotations

import codecs
import csv
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.answer.cells import harmless
from detente.cli.options import load_register, pairs, parser

if TYPE_CHECKING:
    from typing import TextIO

    from detente.register.book import Register

EXAMPLES = """  detente batch entries.csv -o duties.csv
  detente batch entries.csv -o duties.csv --facts auto_part=false
  detente batch customs.csv -o duties.csv --encoding GB18030

input columns: code, origin, on; optional id, destination, value, quantity, unit, quantity2,
unit2, fact.KEY; any others are kept as they are. A row that cannot be answered comes back
`unresolved` with its reason."""


def run(words: list[str]) -> int:
    """Answer every row of a CSV file."""
    options = parser("batch", "The duty of every row of a CSV file.", EXAMPLES)
    options.add_argument("input", type=Path, help="CSV file with a header")
    options.add_argument("-o", "--output", type=Path, required=True, help="CSV file to write")
    options.add_argument(
        "--facts", action="append", default=[], metavar="KEY=VALUE", help="a fact of every row"
    )
    options.add_argument("--encoding", default="utf-8-sig", help="of the input (default: UTF-8)")
    options.add_argument("--scenario", metavar="FILE", help="as if the events of a file happened")
    options.add_argument("--register", metavar="DIR", help="a register in a folder")
    given = options.parse_args(words)

    try:
        codecs.lookup(given.encoding)
    except LookupError as error:
        raise ValueError(f"{error}: write a known encoding, such as UTF-8 or GB18030") from error
    register = load_register(given.register, given.scenario)
    facts = pairs(given.facts, "a fact")
    # Written beside and renamed at the end: a run that is stopped leaves no half file.
    beside = given.output.with_name(given.output.name + ".part")
    try:
        with open(given.input, encoding=given.encoding, newline="") as source:
            count = _write(source, beside, register, facts, given.input)
        os.replace(beside, given.output)
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{given.input} is not {given.encoding}: name its encoding with --encoding, such as "
            "GB18030"
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    words_of_count = ", ".join(f"{number} {status}" for status, number in sorted(count.items()))
    print(f"{sum(count.values())} rows: {words_of_count or 'none'}", file=sys.stderr)
    return 0


def _write(
    source: TextIO, beside: Path, register: Register, facts: dict[str, str], name: Path
) -> Counter[str]:
    """Write the answered rows beside the output; returns how many rows had which status."""
    from detente.answer.batch_rows import OUTPUT, answer_rows, check_columns
    from detente.goods.schedule import Schedule

    rows = csv.DictReader(source, strict=True)
    columns = list(rows.fieldnames or [])
    check_columns(columns)
    count: Counter[str] = Counter()
    with open(beside, "w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow([*map(harmless, columns), *OUTPUT])
        kept: list[dict[str, str]] = []
        for answer in answer_rows(
            register, Schedule(), _remember(rows, columns, name, kept), facts
        ):
            count[answer["status"]] += 1
            row = kept.pop()
            cells = [*(row[column] for column in columns), *(answer[key] for key in OUTPUT)]
            writer.writerow([harmless(cell) for cell in cells])
    return count


def _remember(
    rows: csv.DictReader[str], columns: list[str], name: Path, kept: list[dict[str, str]]
) -> Iterator[dict[str, str]]:
    """Each row as it is read, kept for the writer; a row that does not fit names its line."""
    try:
        for row in rows:
            if None in row or None in row.values():
                have = len([cell for cell in row.values() if isinstance(cell, str)])
                have += len(row.get(None, []))
                line = rows.reader.line_num
                raise ValueError(
                    f"{name}, line {line}: {have} cells under {len(columns)} columns; "
                    "put cells with commas in quotes"
                )
            kept.append(row)
            yield row
    except csv.Error as error:
        # The row that cannot be read begins after the last one that could.
        line = rows.line_num + 1
        raise ValueError(f"{name}, line {line}: {error}; check the quotes") from error
