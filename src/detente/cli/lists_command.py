"""``detente lists``: the lists of parties at hand, and importing one."""

from __future__ import annotations

import sys
from datetime import date

from detente.cli.options import parser

EXAMPLES = """  detente lists
  detente lists --on 2026-08-01 --json
  detente lists import consolidated.json
  detente lists import sdn.csv --format ofac --as-of 2026-08-01
  detente lists import customers-refused.csv --name HOUSE --as-of 2026-08-01"""

SHOWN = 20
"""Entries of a difference that are printed; the rest are counted."""


def run(words: list[str]) -> int:
    """Print the lists, or import files."""
    if words[:1] == ["import"]:
        return _import(words[1:])
    options = parser("lists", "Lists of parties at hand, with counts and dates.", EXAMPLES)
    options.add_argument("--on", metavar="DAY", help="as of a day (default: the newest)")
    options.add_argument("--json", action="store_true", help="print as JSON")
    given = options.parse_args(words)

    from detente.parties.store import listed

    found = listed(checked_day(given.on))
    if given.json:
        import json

        rows = [{**each._asdict(), "versions": list(each.versions)} for each in found]
        json.dump({"lists": rows}, sys.stdout, ensure_ascii=False, indent=2)
        print()
        return 0
    for each in found:
        days = f", {len(each.versions)} versions" if len(each.versions) > 1 else ""
        whose = "built in" if each.built_in else "imported"
        day = each.source_date or "not yet"
        print(f"{each.list:<12}{each.entries:>7}  {day:<12}{each.title} ({whose}{days})")
    return 0


def checked_day(text: str | None) -> str | None:
    """A day as ISO, or None.

    Raises:
        ValueError: it is no day.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is not a day: write it as YYYY-MM-DD") from None


def _import(words: list[str]) -> int:
    options = parser("lists import", "Keep lists from files, with what changed.", EXAMPLES)
    options.add_argument("files", nargs="+", metavar="FILE")
    options.add_argument("--format", choices=("csl", "ofac", "bods", "gleif", "ftm", "csv"))
    options.add_argument("--as-of", metavar="DAY", help="day of a file that does not say it")
    options.add_argument("--name", help="short name of the list, for a file that does not say it")
    given = options.parse_args(words)

    from detente.parties.importing import import_list

    for path in given.files:
        reading, changes = import_list(path, given.format, checked_day(given.as_of), given.name)
        print(f"{path}: {reading.rows} rows as {reading.format}, {len(reading.entries)} entries")
        if reading.holdings:
            print(f"  {len(reading.holdings)} holdings read; `detente owners` answers from them")
        if reading.not_understood:
            print(f"  {len(reading.not_understood)} not understood:")
            for fault in reading.not_understood[:SHOWN]:
                print(f"    {fault}")
        for code, change in changes.items():
            since = f" since {change.before}" if change.before else ""
            print(
                f"  {code}: {len(change.added)} added, {len(change.removed)} removed, "
                f"{len(change.changed)} changed{since}"
            )
            if change.before:
                marks = (("+", change.added), ("-", change.removed), ("~", change.changed))
                for mark, entries in marks:
                    for entry in entries[:SHOWN]:
                        print(f"    {mark} {entry.names[0].text}")
    return 0
