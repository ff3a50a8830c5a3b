"""``detente lists update`` and ``detente lists diff``: newer lists, and who came since a day."""

from __future__ import annotations

import json
import sys

from detente._shapes import TYPE_CHECKING
from detente.cli.options import DRY_RUN, add, parser, today
from detente.questions.common import JSON, first_day, last_day

if TYPE_CHECKING:
    from typing import Any

    from detente.parties.screening.updating import Update

UPDATE = """  detente lists update --source downloads/ --dry-run
  detente lists update EL SDN
  detente lists update --source downloads/ --as-of 2026-08-20 --json"""

DIFF = """  detente lists diff --from-date 2025-09-01 --to-date 2026-07-31
  detente lists diff EL UFLPA --from-date 2026-01-01 --to-date 2026-08-11 --json
  detente lists diff --from-date 2026-07-01 --to-date 2026-08-11 --file customers.csv
  detente lists diff --since-ledger
  detente lists diff --since-ledger 12 --json"""

MARKS = {"added": "+", "removed": "-", "changed": "~"}

SHOWN = 40
"""Changes that are printed; the rest are counted."""


def update(words: list[str]) -> int:
    """Take newer files; exits 1 where one was refused, and 0 where it is what was taken before."""
    command = parser(
        "lists update", "Newer lists from their publishers' files, with checks.", UPDATE
    )
    command.add_argument("lists", nargs="*", metavar="LIST")
    command.add_argument("--source", metavar="FOLDER", help="a folder of files (default: online)")
    command.add_argument("--as-of", metavar="DAY", help="day of files that do not say theirs")
    add(command, (DRY_RUN._replace(help="keep nothing"), JSON))
    options = command.parse_args(words)

    from detente.cli.parties.lists_rows import checked_day
    from detente.parties.screening.updating import from_folder, online

    day = checked_day(options.as_of)
    found = (
        from_folder(options.source, options.lists, day, options.dry_run)
        if options.source
        else online(options.lists, day, options.dry_run)
    )
    rows = [_row(each) for each in found]
    if options.json:
        json.dump({"updates": rows}, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        for row in rows:
            print(f"{row['file']}: {row['refused'] or 'taken'}")
            for code, change in row["lists"].items():
                print(
                    f"  {code}: {change['added']} added, {change['removed']} removed, "
                    f"{change['changed']} changed since {change['before'] or 'never'}"
                )
        if options.dry_run:
            print("nothing was kept: it was a dry run")
    return 1 if any(row["refused"] and not row["unchanged"] for row in rows) else 0


def _row(each: Update) -> dict[str, Any]:
    return {
        "file": each.file,
        "sha256": each.sha256 or None,
        "refused": each.refused or None,
        "unchanged": each.unchanged,
        "lists": {
            code: {
                "before": change.before or None,
                "added": len(change.added),
                "removed": len(change.removed),
                "changed": len(change.changed),
            }
            for code, change in each.changes.items()
        },
    }


def diff(words: list[str]) -> int:
    """Say who came, went or was changed between two days."""
    command = parser("lists diff", "Who was added, removed and changed between two days.", DIFF)
    command.add_argument("lists", nargs="*", metavar="LIST")
    add(command, (first_day(""), last_day("default: today")))
    command.add_argument(
        "--since-ledger",
        nargs="?",
        const=0,
        type=int,
        metavar="NUMBER",
        help="since a recorded screening, by its number or the last one, and for its names",
    )
    command.add_argument("--file", metavar="CSV", help="names: show only what concerns them")
    add(command, (JSON,))
    options = command.parse_args(words)
    start = getattr(options, "from")

    if options.since_ledger is not None:
        if start or options.to_date or options.file or options.lists:
            raise ValueError("--since-ledger has its own days and names: leave the others out")
        return _since(options.since_ledger or None, options.json)
    if not start:
        raise ValueError("name a day with --from-date, or a recorded screening (--since-ledger)")

    from detente.cli.parties.lists_rows import checked_day
    from detente.core.vocabulary import refuse
    from detente.parties.screening.list_changes import changes_between, met_by
    from detente.parties.screening.list_rows import list_rows

    first, last = checked_day(start), checked_day(options.to_date or today())
    known = [row["list"] for row in list_rows(None, today())]
    lists = {name.upper() for name in options.lists}
    for name in sorted(lists - set(known)):
        raise refuse(name, known, "a list", "list")
    found = changes_between(str(first), str(last), lists)
    rows = [each.row() for each in found.changes]
    if options.file:
        names = dict.fromkeys(_names(options.file))
        rows = [{"name": name, **each.row()} for name, each in met_by(names, found, str(last))]
    if options.json:
        described = {"from": first, "to": last, "changes": rows, "coverage": found.unread}
        json.dump(described, sys.stdout, ensure_ascii=False, indent=2)
        print()
        return 0
    marks = MARKS
    for row in rows[:SHOWN]:
        name = f"{row['name']}: " if "name" in row else ""
        day = row["listed_on"] if row["what"] == "added" else row["changed_on"]
        print(f"{marks[row['what']]} {row['list']:<11}{name}{row['entry']}  {day or ''}")
    counts = ", ".join(f"{sum(r['what'] == what for r in rows)} {what}" for what in marks)
    print(f"{first} to {last}: {counts}")
    if found.unread:
        lists_unread = dict.fromkeys(row["what"] for row in found.unread)
        print(
            f"Not read whole for both days, so others may have changed: {', '.join(lists_unread)}"
        )
    return 0


def _since(number: int | None, as_json: bool) -> int:
    """What changed since a recorded screening, and which of its names that touches."""
    from detente.parties.screening.since_recorded import recorded_screening, since_recorded
    from detente.store.ledger import Ledger

    with Ledger() as ledger:
        found = since_recorded(recorded_screening(ledger, number), today())
    if as_json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
        print()
        return 0
    described = found["recorded"]
    print(
        f"Since entry {described['number']} of the ledger "
        f"({described['at'][:10]}, {described['names']} names)"
    )
    for row in found["names"]:
        print(f"! {row['name']}: {row['was']} then, {row['is']} now")
        for mark, listings in (("+", row["came"]), ("-", row["went"])):
            for each in listings:
                print(f"    {mark} {each}")
    if not found["names"]:
        print("No hit of these names came or went in what was read.")
    counts = {what: sum(row["what"] == what for row in found["changes"]) for what in MARKS}
    print("On the lists: " + ", ".join(f"{count} {what}" for what, count in counts.items()))
    for row in found["changes"][:SHOWN]:
        print(f"{MARKS[row['what']]} {row['list']:<11}{row['entry']}")
    old = [f"{row['list']} {row['now']}" for row in found["lists"]
           if row["state"] == "nothing_newer_was_read"]  # fmt: skip
    if old:
        print(f"Nothing newer was read since of {', '.join(old)}: detente lists update")
    new = [row["list"] for row in found["lists"] if row["state"] == "not_read_then"]
    if new:
        print(f"Not read then: {', '.join(new)}")
    return 0


def _names(path: str) -> list[str]:
    """The names of a table with a column `name`."""
    from pathlib import Path

    from detente.core.tables.reading import read_table

    columns, rows = read_table(Path(path))
    if "name" not in columns:
        raise ValueError(f"{path} has no column `name`, but {', '.join(columns[:8])}")
    return [row["name"] for row in rows if row["name"].strip()]
