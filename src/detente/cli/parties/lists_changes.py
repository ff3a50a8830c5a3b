"""``detente lists update``, ``confirm`` and ``diff``: newer lists, and who came since a day."""

from __future__ import annotations

from collections import Counter

from detente._lean import json_text
from detente._shapes import TYPE_CHECKING
from detente.cli.options import DRY_RUN, add, parser
from detente.cli.replies import print_json
from detente.cli.shell import today
from detente.cli.wrapped import wrapped
from detente.core.clock import day_before
from detente.core.figures import counted
from detente.questions.common import JSON

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypedDict

    from detente.answers.parties import ListDifference, ListedChange
    from detente.parties.screening.updating import Update

    class ListUpdate(TypedDict):
        """A list of a file that was read: the version before, and how many entries differ.

        Where the version is of a later day than the file, `on` is the day of the file, and of the
        version those are compared who were listed then.
        """

        before: str | None
        on: str | None
        added: int
        removed: int
        changed: int

    class UpdateRow(TypedDict):
        """A file that was read: its hash, why it was refused, the lists in it, and notes."""

        file: str
        sha256: str | None
        refused: str | None
        unchanged: bool
        lists: dict[str, ListUpdate]
        notes: list[str]


UPDATE = """  detente lists update --source downloads/ --dry-run
  detente lists update EL SDN
  detente lists update --source downloads/ --fetched 2026-08-20
  detente lists update --source https://example.org/lists/consolidated.json
  detente lists update --source downloads/ --as-of 2026-08-20 --json"""

CONFIRM = """  detente lists confirm CN-CONTROL CN-UEL CN-WATCH --on 2026-08-20 --by "J. Doe" \\
      --against "the announcements of MOFCOM through 2026 No. 40"
  detente lists confirm CN-UEL --withdraw"""

SINCE = {
    "read_again": "Read again of the same day from other files, so who came or went is told of "
    "these names alone: {}",
    "older": "An earlier version counts than was read then: {}",
    "not_at_hand": "No longer at hand: {}",
    "nothing_newer_was_read": "Nothing newer was read since of {}: detente lists update",
    "not_read_then": "Not read then: {}",
}
"""What is told of lists by how their versions then and now stand; see ``since_recorded``."""

MARKS = {"added": "+", "removed": "-", "changed": "~", "suspended": "~", "no_longer_suspended": "~"}
"""What stands before a change of each kind, in the order in which they are counted."""

PERHAPS = "perhaps_added"
UNHEARD = "no_longer_suspended_by_what_was_only_announced"
"""Kinds of changes that are counted only where there is one."""

DAY_WORDS = {
    "suspended": "suspended from", "no_longer_suspended": "no longer suspended from",
    UNHEARD: "no longer suspended by what was only announced from",
}  # fmt: skip
"""What stands before the day of a change whose mark does not say what it is."""

SHOWN = 40
"""Changes that are printed; the rest are counted."""


def update(words: list[str]) -> int:
    """Take newer files; exits 1 where one was refused, and 0 where it is what was taken before."""
    command = parser(
        "lists update", "Newer lists from their publishers' files, with checks.", UPDATE
    )
    command.add_argument("lists", nargs="*", metavar="LIST", help="short names (default: all)")
    command.add_argument(
        "--source",
        metavar="FOLDER|URL",
        help="a folder of files, or the address of one (default: the publishers')",
    )
    command.add_argument("--as-of", metavar="DAY", help="day of files that do not say theirs")
    command.add_argument(
        "--fetched",
        metavar="DAY",
        help="day on which the files were fetched from their publishers: the lists in them hold "
        "through it (default: today where they are fetched)",
    )
    add(command, (DRY_RUN._replace(help="keep nothing"), JSON))
    options = command.parse_args(words)

    from detente.cli.parties.lists_rows import checked_day
    from detente.parties.screening.updating import UpdateRequest, from_address, from_folder, online

    asked = UpdateRequest(
        options.lists,
        checked_day(options.as_of),
        checked_day(options.fetched) or "",
        options.dry_run,
        today(),
    )
    source = options.source
    found = (
        online(asked) if not source
        else [from_address(source, asked)] if "://" in source
        else from_folder(source, asked)
    )  # fmt: skip
    updates = list(found)
    rows = [_row(each) for each in updates]
    if options.json:
        print_json({"updates": rows})
    else:
        for each, row in zip(updates, rows, strict=True):
            print(f"{row['file']}: {row['refused'] or 'taken'}")
            for code, change in each.changes.items():
                since = f" {compared}" if (compared := change.compared()) else ""
                print(
                    f"  {code}: {len(change.added):,} added, {len(change.removed):,} removed, "
                    f"{len(change.changed):,} changed{since}"
                )
            for note in row["notes"]:
                print(f"  ! {note}")
        if options.dry_run:
            print("nothing was kept: it was a dry run")
        elif not any(row["lists"] for row in rows):
            print("no list was changed")
    return 1 if any(row["refused"] and not row["unchanged"] for row in rows) else 0


def _row(each: Update) -> UpdateRow:
    return {
        "file": each.file,
        "sha256": each.sha256 or None,
        "refused": each.refused or None,
        "unchanged": each.unchanged,
        "lists": {
            code: {
                "before": change.before or None,
                "on": change.on or None,
                "added": len(change.added),
                "removed": len(change.removed),
                "changed": len(change.changed),
            }
            for code, change in each.changes.items()
        },
        "notes": list(each.notes),
    }


def confirm(words: list[str]) -> int:
    """Say that lists were compared with their publishers', or take that back."""
    command = parser(
        "lists confirm", "Say that a list, as it is held, is its publisher's of a day.", CONFIRM
    )
    command.add_argument("lists", nargs="+", metavar="LIST", help="short names")
    command.add_argument("--on", metavar="DAY", help="day on which they were compared")
    command.add_argument("--by", metavar="NAME", default="", help="who compared")
    command.add_argument(
        "--against", metavar="TEXT", default="", help="with what, such as a page or announcements"
    )
    command.add_argument(
        "--withdraw", action="store_true", help="take back what was said of the lists"
    )
    add(command, (DRY_RUN._replace(help="keep nothing"), JSON))
    options = command.parse_args(words)

    from detente.cli.parties.lists_rows import checked_day
    from detente.parties.screening import updating

    if options.withdraw:
        done = updating.unconfirm(options.lists, options.dry_run)
    else:
        if not options.on:
            command.error("--on DAY is needed: the day on which the lists were compared")
        day = checked_day(options.on) or ""
        done = updating.confirm(
            options.lists, day, options.by, options.against, today(), options.dry_run
        )
    if options.json:
        print_json({"withdrawn" if options.withdraw else "confirmed": [e._asdict() for e in done]})
        return 0
    what = "no longer holds through" if options.withdraw else "holds through"
    for each in done:
        who = f"{each.by} compared it with {each.against}"
        print(f"{each.list} of {each.day} {what} {each.through}: {who}")
    if options.dry_run:
        print("nothing was kept: it was a dry run")
    return 0


def diff(words: list[str]) -> int:
    """Say what changed between two days, or since a recorded screening."""
    from detente.cli import ask
    from detente.questions import find

    question = find("lists diff")
    command = ask.parser_of(question)
    command.add_argument(
        "--since-ledger",
        nargs="?",
        const=0,
        type=int,
        metavar="NUMBER",
        help="since a recorded screening, by its number or the last one, and for its names",
    )
    options = command.parse_args(words)
    start = getattr(options, "from")
    if options.since_ledger is not None:
        of_file = options.file or options.encoding or options.sheet
        if start or options.to_date or of_file or options.list:
            raise ValueError("--since-ledger has its own days and names: leave the others out")
        target = options.output or ""
        if options.columns or (target and not target.lower().endswith(".json")):
            raise ValueError("--since-ledger writes no table: its answer is -o FILE.json, whole")
        return _since(options.since_ledger or None, options.json, target)
    if not start:
        raise ValueError("name a day with --from-date, or a recorded screening (--since-ledger)")
    return ask.answer(question, vars(options))


def show(answer: ListDifference) -> str:
    """The changes, their number, and which lists were not compared or not read whole."""
    lines = [_change(row) for row in answer["changes"][:SHOWN]]
    if len(answer["changes"]) > SHOWN:
        lines.append(f"and {len(answer['changes']) - SHOWN:,} more; -o FILE writes them all")
    counts = counts_of(answer["changes"]) if answer["compared"] else "nothing was compared"
    lines.append(f"{answer['from']} to {answer['to']}: {counts}")
    compared = set(answer["compared"])
    starts: dict[str, list[str]] = {}
    for row in answer["coverage"]:
        if row["what"] not in compared and row["on"] == answer["from"]:
            start = f"held from {row['from']} on only" if row["from"] else "not held"
            starts.setdefault(start, []).append(row["what"])
    lines += [f"Not compared, {start}: {', '.join(names)}" for start, names in starts.items()]
    part = (row["what"] for row in answer["coverage"] if row["what"] in compared)
    if unread := ", ".join(dict.fromkeys(part)):
        lines.append(f"Not read whole for both days, so others may have changed: {unread}")
    lines += heard_text(answer["changes"])
    return "\n".join(lines)


def heard_text(changes: Iterable[ListedChange]) -> Iterable[str]:
    """Both readings of what changed, and who said the one that is no law yet, each said once."""
    told = dict.fromkeys(each["text"] for row in changes if (each := row["announced"]) is not None)
    return (wrapped(each, "  ", "! ") for each in told)


def _change(row: ListedChange) -> str:
    """A change with its day."""
    name = f"{row['name']}: " if "name" in row else ""
    perhaps = row["listed_perhaps_from"] if row["what"] == "added" else None
    when = f"{row['on'] or 'on a day that is not held'}"
    if row["what"] == PERHAPS:
        when = f"perhaps, as it is not known whether it stands; {when}"
    if row["what"] in DAY_WORDS:
        when = f"{DAY_WORDS[row['what']]} {when}"
    if perhaps:
        when += f", perhaps from {perhaps}"
    if row["announced"]:
        until = day_before(row["announced"]["suspended_until"])
        when += f"; by what was announced suspended through {until}"
    mark = "+" if row["what"] == PERHAPS else MARKS.get(row["what"], "~")
    return f"{mark} {row['list']:<11}{name}{row['entry']}  {when}"


def counts_of(changes: Iterable[ListedChange]) -> str:
    """How many changes there are of each kind."""
    number = Counter(row["what"] for row in changes)
    kinds = [*MARKS, *(each for each in (PERHAPS, UNHEARD) if each in number)]
    return ", ".join(f"{number[what]:,} {what.replace('_', ' ')}" for what in kinds)


def _since(number: int | None, as_json: bool, target: str = "") -> int:
    """What changed since a recorded screening, and which of its names that touches.

    Args:
        number: of the entry of the ledger; the last screening where none is named.
        as_json: whether the answer is printed as JSON.
        target: a file of JSON that it is written to; "" for none.
    """
    from detente.parties.screening.since_recorded import recorded_screening, since_recorded
    from detente.store.ledger import Ledger

    with Ledger() as ledger:
        found = since_recorded(recorded_screening(ledger, number), today())
    if target:
        from detente.store.whole import write_whole

        write_whole(target, f"{json_text(dict(found))}\n".encode())
        return 0
    if as_json:
        print_json(found)
        return 0
    described = found["recorded"]
    print(
        f"Since entry {described['number']} of the ledger "
        f"({described['at'][:10]}, {counted(described['names'], 'name')})"
    )
    for row in found["names"]:
        print(f"! {row['name']}: {row['was']} then, {row['is']} now")
        for mark, listings in (("+", row["came"]), ("-", row["went"]), ("~", row["stands"])):
            for each in listings:
                print(f"    {mark} {each}")
    if not found["names"]:
        print("No hit of these names came, went or stands otherwise in what was read.")
    print(f"On the lists: {counts_of(found['changes'])}")
    for change in found["changes"][:SHOWN]:
        print(_change(change))
    if len(found["changes"]) > SHOWN:
        print(f"and {len(found['changes']) - SHOWN:,} more; --json has them all")
    for text in heard_text(found["changes"]):
        print(text)
    by_state: dict[str, list[str]] = {}
    for one in found["lists"]:
        by_state.setdefault(one["state"], []).append(f"{one['list']} {one['now'] or ''}".rstrip())
    for state, told in SINCE.items():
        if state in by_state:
            print(told.format(", ".join(by_state[state])))
    return 0
