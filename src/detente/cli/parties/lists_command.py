"""``detente lists``: the lists of parties at hand, importing one, and taking one out again."""

from __future__ import annotations

import sys

from detente._shapes import TYPE_CHECKING
from detente.cli.options import DRY_RUN, add, parser
from detente.cli.parties.lists_rows import checked_day
from detente.cli.parties.reading_progress import shown_progress
from detente.cli.replies import print_json
from detente.cli.shell import today
from detente.core.figures import counted
from detente.questions.common import JSON, LISTS_ON, encoding, sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.parties.lists.model import ListReading
    from detente.parties.screening.importing import Difference

EXAMPLES = """  detente lists
  detente lists --on 2026-08-01 --json
  detente lists import consolidated.json --dry-run
  detente lists import sdn.csv --format ofac --as-of 2026-08-01
  detente lists import customers-refused.csv --name HOUSE --as-of 2026-08-01
  detente lists update --source downloads/
  detente lists confirm CN-UEL --on 2026-08-20 --by "J. Doe" --against "mofcom.gov.cn"
  detente lists diff --from-date 2025-09-01 --to-date 2026-07-31
  detente lists diff --from-date 2025-09-01 --to-date 2026-07-31 --file customers.csv
  detente lists import customers-refused.csv --name HOUSE --as-of 2026-09-01 --fewer --dry-run
  detente lists import consolidated-2025.json --older
  detente lists remove HOUSE --as-of 2026-08-01"""

VERBS = ("import", "update", "confirm", "diff", "remove")

SHOWN = 20
"""Entries of a difference, and rows not understood, that are printed; the rest are counted."""


def run(words: list[str]) -> int:
    """Print the lists, import or update them, say what changed, or take versions out."""
    if words[:1] == ["import"]:
        return _import(words[1:])
    if words[:1] == ["remove"]:
        return _remove(words[1:])
    if words[:1] in (["update"], ["confirm"], ["diff"]):
        from detente.cli.parties import lists_changes

        run_verb: Callable[[list[str]], int] = getattr(lists_changes, words[0])
        return run_verb(words[1:])
    command = parser(
        "lists", "The lists of parties at hand: days, scope, entries, source.", EXAMPLES, VERBS
    )
    add(command, (LISTS_ON, JSON))
    options = command.parse_args(words)

    from detente.parties.screening.list_rows import list_rows

    rows = list_rows(checked_day(options.on), today())
    if options.json:
        print_json({"lists": rows})
        return 0
    from detente.cli.wrapped import wrapped

    if options.on:
        print(f"Entries that stand on {options.on}, or may; – for a list not held for that day")
    for row in rows:
        number = "–" if row["entries"] is None else f"{row['entries']:,}"
        if row["through"] is None:
            print(f"{row['list']:<12}{'–':>7}  {row['title']} (not held)")
            continue
        whose = "built in" if row["built_in"] else f"from {', '.join(row['sources'])}"
        many = f", {len(row['versions'])} versions" if len(row["versions"]) > 1 else ""
        print(f"{row['list']:<12}{number:>7}  {row['title']} ({whose}{many})")
        days = f"from {row['from']} through {row['through']}: {row['state']}"
        print(wrapped(f"{days}. {row['scope']}", " " * 21))
    return 0


def _import(words: list[str]) -> int:
    from detente.parties.lists.lists import format_names

    command = parser("lists import", "Keep lists from files, with what changed.", EXAMPLES)
    command.add_argument(
        "files", nargs="+", metavar="FILE", help="as its publisher gives it, or a plain table"
    )
    command.add_argument(
        "--format",
        choices=format_names(),
        help="what the files are (default: as their first lines tell)",
    )
    command.add_argument(
        "--as-of", metavar="DAY", help="day of a file that does not say it, or says a wrong one"
    )
    command.add_argument("--name", help="short name of the list, for a file that does not say it")
    command.add_argument(
        "--fewer",
        action="store_true",
        help="take a list that has more than a tenth fewer entries than before, or a file that "
        "lacks one of its lists",
    )
    command.add_argument(
        "--older",
        action="store_true",
        help="take a file though a later version of a list in it is held: it then counts for the "
        "days before that version",
    )
    command.add_argument(
        "--all",
        action="store_true",
        help=f"tell every row that was not understood, and every entry that came, went or changed; "
        f"without it {SHOWN} of each",
    )
    add(command, (encoding("a table"), sheet(), DRY_RUN))
    options = command.parse_args(words)

    from detente.parties.screening.importing import import_list

    shown = None if options.all else SHOWN
    for at, path in enumerate(options.files, 1):
        day = checked_day(options.as_of)
        try:
            with shown_progress() as progress:
                reading, changes = import_list(
                    path,
                    options.format,
                    day,
                    options.name,
                    options.dry_run,
                    options.encoding,
                    options.fewer,
                    progress,
                    options.older,
                    today(),
                    options.sheet or "",
                )
        except (ValueError, OSError):
            if behind := options.files[at:]:
                stands = "it stands" if len(behind) == 1 else "they stand"
                told = f"not read, since {stands} behind {path}, which was not taken"
                print(f"{', '.join(behind)}: {told}", file=sys.stderr)
            raise
        _tell_import(path, reading, changes, shown)
        if options.dry_run:
            print("  nothing was kept: it was a dry run")
    return 0


def _tell_import(
    path: str, reading: ListReading, changes: dict[str, Difference], shown: int | None
) -> None:
    """Say what was read of a file and what changed; at most so many rows of each, None for all."""
    entered = counted(len(reading.entries), "entry", "entries")
    print(f"{path}: {counted(reading.rows, 'row')} as {reading.format}, {entered}")
    if reading.holdings:
        held = counted(len(reading.holdings), "holding")
        print(f"  {held} read; `detente owners` answers from them")
    if reading.not_understood:
        print(f"  {len(reading.not_understood)} not understood:")
        for fault in reading.not_understood[:shown]:
            print(f"    {fault}")
        if more := len(reading.not_understood[shown:]) if shown else 0:
            print(f"    and {more:,} more; --all tells them")
    for code, change in changes.items():
        since = f" {words}" if (words := change.compared()) else ""
        print(
            f"  {code}: {len(change.added):,} added, {len(change.removed):,} removed, "
            f"{len(change.changed):,} changed{since}"
        )
        if change.before:
            marks = (("+", change.added), ("-", change.removed), ("~", change.changed))
            for mark, entries in marks:
                for entry in entries[:shown]:
                    print(f"    {mark} {entry.names[0].text}")
                if more := len(entries[shown:]) if shown else 0:
                    print(f"    {mark} and {more:,} more; --all tells them")
    for note in reading.notes:
        print(f"  ! {note}")


def _remove(words: list[str]) -> int:
    command = parser("lists remove", "Take imported versions of a list out again.", EXAMPLES)
    command.add_argument("list", metavar="LIST", help="its short name, such as HOUSE")
    command.add_argument("--as-of", metavar="DAY", help="the version of this day alone")
    command.add_argument("--source", metavar="FILE", help="what was read from this file alone")
    add(command, (DRY_RUN._replace(help="say what would go, and take nothing out"),))
    options = command.parse_args(words)

    from detente.parties.screening.importing import remove_list

    gone, described = remove_list(
        options.list, checked_day(options.as_of), options.source, options.dry_run
    )
    done = "would be taken out" if options.dry_run else "taken out"
    for each in gone:
        entries = counted(each.entries, "entry", "entries")
        print(f"{each.list} of {each.day} from {each.source}, {entries}: {done}")
    for line in described:
        print(line)
    return 0
