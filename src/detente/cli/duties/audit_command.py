"""``detente audit``: what was declared beside what was owed, entry by entry, with the reasons."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.duties.audit_table import ADDED, DECLARED, table_rows
from detente.cli.options import (
    add_columns,
    add_dates,
    add_scenario_option,
    load_register,
    pairs,
    parser,
)
from detente.cli.wrapped import say, wrapped
from detente.core.tables.columns import Column, chosen
from detente.core.tables.reading import read_noted
from detente.core.tables.writing import KINDS, kind_of, table_file
from detente.duty.entry_facts import EntryFacts
from detente.store.whole import write_whole

if TYPE_CHECKING:
    import argparse
    from typing import Any

EXAMPLES = """  detente audit entries.csv
  detente audit entries.csv -o findings.csv --summary findings.md
  detente audit entries.csv --json --facts auto_part=false --known-on 2026-02-01

input columns: code, origin, on, declared_rate or declared_amount; optional id, line, value,
heading, quantity, unit, quantity2, unit2, fact.KEY. Rows of one id, code, origin and day are one
entry, a row a heading; a row that stands alone without a heading, or with several between
semicolons, declares totals."""

CLAIMED = 5
"""At most this many claims are printed for a person."""

LISTED = 20
"""At most this many entries are printed for a person."""


def run(words: list[str]) -> int:
    """Audit a table of declared entries."""
    given = _options(words)
    table = read_noted(given.input, given.encoding)
    columns, rows = table.columns, table.rows
    from detente.audit.answer import Auditor
    from detente.audit.entries import entries_of
    from detente.audit.report import audit
    from detente.audit.tables import cells_of
    from detente.goods.schedule import Schedule

    clash = [name for name in columns if name in ADDED]
    if clash:
        raise ValueError(
            f"{given.input}: the column {' and '.join(clash)} has the name of an output column: "
            "rename it"
        )
    cells, read = cells_of(table, given.dates)
    register = load_register(given.register, given.scenario, given.reading)
    facts = pairs(given.facts, "a fact")
    EntryFacts(register.facts, facts)  # a mistyped fact is no fault of the entries
    auditor = Auditor(register, Schedule(), given.known_on, facts)
    answer = audit(auditor, entries_of(cells, given.percent, given.dates))
    answer["warnings"] = [*read, *answer["warnings"]]
    for target in given.output:
        write_whole(target, _as_suffix(
            target, answer, columns, rows, given.input.name, given.columns or ""
        ))  # fmt: skip
    if given.summary is not None:
        from detente.audit.summary import summary

        write_whole(given.summary, summary(answer, given.input.name).encode())
    if given.json:
        json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        say(show(answer))
    return 0


def _options(words: list[str]) -> argparse.Namespace:
    options = parser("audit", "Declared entries beside what they owed, with reasons.", EXAMPLES)
    options.add_argument("input", type=Path, help="table with a header: .csv, .xlsx or .parquet")
    options.add_argument(
        "-o",
        "--output",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="write .csv, .xlsx or .parquet (the rows with their findings), .json or .md",
    )
    options.add_argument("--summary", type=Path, metavar="FILE.md", help="write a page to send")
    options.add_argument("--json", action="store_true", help="print the answer as JSON")
    options.add_argument(
        "--facts", action="append", default=[], metavar="KEY=VALUE", help="a fact of every entry"
    )
    options.add_argument("--known-on", metavar="DAY", help="judge as known at the end of this day")
    options.add_argument(
        "--percent", action="store_true", help="rates without a percent sign are percentages"
    )
    options.add_argument("--encoding", help="of the input (default: by its mark, else UTF-8)")
    add_columns(options)
    add_dates(options, "as the table tells, else the month first, as customs reports have it")
    add_scenario_option(options)
    options.add_argument("--register", metavar="DIR", help="a register in a folder")
    given = options.parse_args(words)
    for target in given.output:
        kind_of(target, (*KINDS, ".json", ".md"))
    for target in (*given.output, *filter(None, (given.summary,))):
        if target.exists() and given.input.exists() and target.samefile(given.input):
            raise ValueError(f"{target} is the table to audit: write to another file")
    return given


def _as_suffix(
    target: Path,
    answer: dict[str, Any],
    columns: Sequence[str],
    rows: Sequence[dict[str, str]],
    name: str,
    wanted: str,
) -> bytes:
    if target.suffix.lower() == ".json":
        return (json.dumps(answer, ensure_ascii=False, indent=2) + "\n").encode()
    if target.suffix.lower() == ".md":
        from detente.audit.summary import summary

        return summary(answer, name).encode()
    declared = [*map(Column, columns), *DECLARED]
    shown, picked = chosen(declared, wanted)
    return table_file(target, shown, map(picked, table_rows(answer, columns, rows)))


def _refunds(rows: Sequence[dict[str, Any]]) -> list[str]:
    """What to claim for void duty, with the days of the entry."""
    claims = [row for row in rows if row["refund"]]
    lines = ["", "Void duty to claim:"] if claims else []
    for row in claims[:CLAIMED]:
        lines.append(wrapped(row["refund"]["text"], "  ", "- "))
        days = "; ".join(
            f"{each['on']} {each['id'].replace('-', ' ')}" for each in row["deadlines"]
        )
        lines.append(wrapped(f"days: {days}", "    "))
    for each in claims[0]["deadlines"] if claims else ():
        words = (
            f"{each['id'].replace('-', ' ')}: {each['title']} ({each['source']}, {each['grade']})"
        )
        lines.append(wrapped(words, "  ", "* "))
    if len(claims) > CLAIMED:
        lines.append(f"  and {len(claims) - CLAIMED} more: write them with -o FILE.csv or FILE.md")
    return lines


def show(answer: dict[str, Any]) -> str:
    """The audit for a person: totals, reasons, and the entries that differ."""
    totals = answer["totals"]
    counts = ", ".join(f"{number} {status}" for status, number in totals["rows"].items())
    lines = [f"{totals['entries']} entries: {counts}", ""]
    names = ("declared", "owed", "over", "under", "rounding", "refundable")
    lines.extend(f"  {name:<12}{totals[name]:>16}" for name in names)
    if totals["rows"]["unresolved"]:
        left = f"Declared amounts of {totals['unresolved_declared']} stand on entries that are not"
        lines += ["", f"{left} resolved, outside every sum."]
    for warning in answer["warnings"]:
        lines += ["", f"Warning: {warning}."]
    if totals["by_reason"]:
        lines += ["", "By reason:"]
        lines.extend(
            f"  {each['title']}: {each['entries']} entries, over {each['over']}, "
            f"under {each['under']}"
            for each in totals["by_reason"]
        )
    differing = [row for row in answer["rows"] if row["why"] and row["reasons"] != ["rounding"]]
    if differing:
        lines += ["", "Entries:"]
    for row in differing[:LISTED]:
        differs = row["status"] in ("over", "under") and row["difference"]
        by = f" by {row['difference'].removeprefix('-')}" if differs else ""
        lines.append(f"  {row['id']}  {row['status']}{by}: {row['why']}")
    if len(differing) > LISTED:
        lines.append(f"  and {len(differing) - LISTED} more: write them with -o FILE.csv")
    lines += _refunds(answer["rows"])
    lines += ["", answer["basis"], "A comparison with the register, not legal advice."]
    return "\n".join(lines)
