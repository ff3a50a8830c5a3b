"""``detente vendors``: a table of partners screened by consequence, decisions kept, and again."""

from __future__ import annotations

import sys
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli import ask
from detente.cli.options import add, parser
from detente.cli.shell import today
from detente.core.figures import counted
from detente.questions.common import FOUND_OUT, JSON, LISTS_ON, encoding, output
from detente.questions.declare import COLUMNS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from detente.parties.masters.deciding import DecidedTable
    from detente.parties.masters.job import ScreenedTable
    from detente.parties.masters.screened import ScreenedRow
    from detente.parties.masters.stored import Master, RowChange
    from detente.parties.screening.store import Screen

EXAMPLES = """  detente vendors screen vendors.xlsx -o screened.xlsx
  detente vendors screen vendors.csv --encoding GB18030 --column 供应商名称 --keep
  detente vendors
  detente vendors again vendors.csv -o screened.xlsx
  detente vendors decide "Acme Shanghai Co." EL-1a2b3c4d cleared --why "another city and owner" \\
      --by "J. Doe" --until 2027-06-30
  detente vendors decisions -o decisions.xlsx
  detente vendors decide --file decided.xlsx
  detente vendors remove vendors.csv

Further names of a row (DBA, alias, owner, consignee) are screened, too: `why` says in which column
a party was found. A decision counts for one name of the table and one listed party, as long as its
time runs; a clearance ends by itself when that party's listings change. `decide --file` takes many
at once: a table with the columns name, party, verdict, why, by and perhaps country, until and
address, as `decisions -o` writes it; all of its rows with a verdict are kept, or none. A row that
is a decision as it is kept already is passed over: a clearance is renewed by a row without
`decided`."""

OUTPUT = output("the table: .csv, .xlsx, .parquet; or all that is told: .json")

AS_JSON = ".json"
"""What the name of a file ends in that has all that is told."""

SHOWN = 25
"""Rows that are printed; a file has them all."""


NO_ROW = (
    "no kept table has a row of that name, or at that address; it counts for tables that are "
    "screened later."
)
"""What is said of a decision that is kept and counts for no row so far."""


def run(words: list[str]) -> int:
    """Screen a table, screen kept ones again, decide, or show what is kept."""
    verbs = {
        "screen": _screen,
        "again": _again,
        "decide": _decide,
        "decisions": lambda rest: ask.run("vendors decisions", rest),
        "remove": _remove,
    }
    if words and words[0] in verbs:
        return verbs[words[0]](words[1:])
    parser("vendors", "Tables of partners: screened by consequence, decisions kept.",
           EXAMPLES, verbs).parse_args(words)  # fmt: skip
    from detente.parties.masters.stored import Masters
    from detente.parties.screening.store import Screen

    tables = Masters().all()
    if not tables:
        print("No table is kept: detente vendors screen FILE --keep")
        return 0
    lists = Screen(None, today()).sha256()
    for each in tables:
        counts = ", ".join(f"{number} {status}" for status, number in sorted(each.counts.items()))
        state = "lists have changed since" if each.lists != lists else "lists are the same"
        print(f"{each.id}  {each.name}: screened {each.screened or 'never'} ({counts}); {state}")
    return 0


def _screen(words: list[str]) -> int:
    command = _options("screen", "Screen a table of partners, the gravest first.")
    command.add_argument(
        "file", type=Path, help="CSV, workbook or Parquet, also packed (.gz, .zip)"
    )
    add(command, (encoding("a text", usual=FOUND_OUT),))
    command.add_argument(
        "--column",
        default="",
        help="heading of the names, or several: 'Name 1 + Name 2' (default: found out)",
    )
    command.add_argument("--sheet", default="", help="of a workbook (default: the one with cells)")
    command.add_argument("--country", default="", help="of rows that have none")
    command.add_argument("--keep", action="store_true", help="keep the table, to screen it again")
    options = command.parse_args(words)
    from detente.parties.masters.stored import Master, Masters
    from detente.parties.screening.queries import known_country

    if options.keep and options.file.exists() and not options.file.is_file():
        raise ValueError(f"{options.file}: what is no file can be read once: save it, to keep it")
    country = known_country(options.country) or ""
    how = Master(
        "", options.file.name, options.encoding or "", options.column, country, sheet=options.sheet
    )
    masters = Masters()
    kept: list[Master] = []

    def keep(done: ScreenedTable, screen: Screen) -> None:
        if options.keep:
            kept.append(masters.keep(options.file.name, options.file, how))
            masters.remember(kept[0], screen.day, screen.read(), done.found)

    _answer(options, options.file, how, keep)
    for master in kept:
        print(f"Kept as {master.id}: detente vendors again {master.id}", file=sys.stderr)
        if others := masters.alike(master):
            print(f"{_alike(master, others)}; `detente vendors` lists them, and `detente vendors "
                  "remove ID` removes one.", file=sys.stderr)  # fmt: skip
    return 0


def _alike(master: Master, others: int) -> str:
    """That other tables have the name of one."""
    are = "is" if others == 1 else "are"
    return f"{counted(others, 'other kept table')} {are} called {master.name}"


def _again(words: list[str]) -> int:
    command = _options("again", "Screen a kept table again and say what is new.")
    command.add_argument("master", help="its id, or the name of its file")
    options = command.parse_args(words)
    from detente.parties.masters.stored import Masters, changes, news_of

    masters = Masters()
    how = masters.get(options.master, newest=True)
    if options.master != how.id and (others := masters.alike(how)):
        print(f"{_alike(how, others)}; the one that was kept last, {how.id}, is screened.",
              file=sys.stderr)  # fmt: skip
    same = ""

    def keep(done: ScreenedTable, screen: Screen) -> Sequence[RowChange]:
        nonlocal same
        new, read = changes(how, done.found, news_of(how, screen)), screen.read()
        masters.remember(how, screen.day, read, done.found)
        same = "the same lists" if how.lists == read["sha256"] else "other lists"
        return new

    new = _answer(options, masters.table(how), how, keep) or ()
    many = f"{len(new)} row{'s' if len(new) != 1 else ''}"
    print(f"Since {how.screened}, by {same}: {many} changed.", file=sys.stderr)
    for each in new[:SHOWN]:
        came, went = (", ".join(parties) for parties in (each.came, each.went))
        told = came and f"new: {came}", went and f"gone: {went}", each.lapsed, each.stands
        described = "; ".join(filter(None, told))
        print(f"  row {each.row} {each.name}: {described}", file=sys.stderr)
    return 0


def _options(verb: str, what: str) -> argparse.ArgumentParser:
    options = parser(f"vendors {verb}", what, EXAMPLES)
    add(options, (LISTS_ON, OUTPUT, COLUMNS, JSON))
    return options


def _answer(
    options: argparse.Namespace,
    path: Path,
    how: Master,
    keep: Callable[[ScreenedTable, Screen], Sequence[RowChange] | None],
) -> Sequence[RowChange] | None:
    """Screen a table, then write or print it.

    Args:
        options: the command line.
        path: the table.
        how: it is read.
        keep: is given the table and the lists before anything is printed, since nobody may be there
            to read it; gives what is new since it was screened last, or None.

    Returns:
        What `keep` gave.
    """
    from detente.cli.parties.lists_rows import checked_day
    from detente.parties.masters.decisions import Decisions
    from detente.parties.masters.job import answer
    from detente.parties.screening.store import Screen
    from detente.register.book import Register
    from detente.store.whole import check_not_read

    if options.output is not None:
        check_not_read(options.output, [path])
    elif options.columns:
        raise ValueError("--columns names columns of the table that -o FILE writes: name a file")
    screen = Screen(checked_day(options.on) or None, today())

    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty() and (done % 500 == 0 or done == total):
            print(f"\r{done:,} of {total:,}", end="\r", file=sys.stderr)

    try:
        done = answer(path, screen, Register.load(), Decisions(), today(), how, None, tell)
    except ValueError as error:
        raise ValueError(
            f"{path}: {error}" if str(path) not in str(error) else str(error)
        ) from None
    # A column that the table does not have is refused before anything is kept.
    rows = _rows(options, done)
    if options.output is not None and not _is_json(options):
        _write(options, done)
    changed = keep(done, screen)
    if options.json or _is_json(options):
        _write_json(options, rows, done, screen, changed)
    elif options.output is None:
        _print(done)
    _tell(done, screen)
    return changed


def _is_json(options: argparse.Namespace) -> bool:
    """Whether the file that is written has all that is told."""
    return Path(options.output or "").suffix.lower() == AS_JSON


def _rows(options: argparse.Namespace, done: ScreenedTable) -> Iterator[dict[str, object]]:
    """The rows of a screened table by the columns that are wanted.

    Raises:
        ValueError: there is no such column.
    """
    from detente.core.tables.columns import Column, chosen
    from detente.parties.masters.screened import table_of

    columns, rows = table_of(done.headings, done.rows, done.found)
    declared = [each if isinstance(each, Column) else Column(each, "") for each in columns]
    shown, picked = chosen(declared, options.columns or "")
    names = [each.name for each in shown]
    return (dict(zip(names, picked(row), strict=True)) for row in rows)


def _write(options: argparse.Namespace, done: ScreenedTable) -> None:
    from detente.cli.output_file import write_chosen
    from detente.parties.masters.screened import table_of

    columns, rows = table_of(done.headings, done.rows, done.found)
    write_chosen(Path(options.output), columns, rows, options.columns)


def _write_json(
    options: argparse.Namespace,
    rows: Iterator[dict[str, object]],
    done: ScreenedTable,
    screen: Screen,
    changed: Sequence[RowChange] | None,
) -> None:
    """Print all that is told of a table as JSON, or write it to a file of that kind."""
    from detente._lean import json_text
    from detente.parties.masters.screened import counted
    from detente.parties.screening.list_coverage import screened
    from detente.store.whole import write_whole

    read = screened(screen)
    text = json_text(
        {
            "rows": list(rows),
            "on": screen.day,
            "statuses": counted(done.found),
            "column": done.column,
            "addresses": done.addresses,
            "further": done.further,
            "unread": done.unread,
            "encoding": done.encoding,
            "notes": done.notes,
            "changed": None if changed is None else [each._asdict() for each in changed],
            "coverage": list(read.rows),
            "beside": list(read.beside),
        }
    )
    if _is_json(options):
        write_whole(Path(options.output), f"{text}\n".encode())
    if options.json:
        print(text)


def _tell(done: ScreenedTable, screen: Screen) -> None:
    """Say on standard error what came of a table."""
    from detente.cli.parties.show_screen import columns_read, rows_without_country, show_coverage
    from detente.parties.masters.screened import counted
    from detente.parties.screening.list_coverage import screened

    counts = counted(done.found)
    described = ", ".join(f"{number} {status}" for status, number in sorted(counts.items()))
    text = f" of row {done.heading}" if done.heading > 1 else ""
    text += f", read as {done.encoding}" if done.encoding else ""
    found_in = f"names in {done.column!r}" if done.column else f"addresses in {done.addresses!r}"
    print(f"{len(done.rows)} rows, {found_in}{text}: {described or 'none'}",
          file=sys.stderr)  # fmt: skip
    for line in columns_read(done.column, done.addresses, done.further, done.unread):
        print(line, file=sys.stderr)
    for note in done.notes:
        print(f"{note[:1].upper()}{note[1:]}.", file=sys.stderr)
    if notes := [each for each in done.found if each.note]:
        first = notes[0]
        print(f"{rows_without_country(len(notes))} Row {first.row}: {first.note}.",
              file=sys.stderr)  # fmt: skip
    read = screened(screen)
    print(show_coverage(screen.day, read.rows, read.beside), file=sys.stderr)


def _print(done: ScreenedTable) -> None:
    from detente.parties.masters.columns import COLUMNS as COLUMNS_OF_RESULT

    described = [each for each in done.found if each.parties]
    for each in described[:SHOWN]:
        cells = dict(zip(COLUMNS_OF_RESULT, each.cells(), strict=True))
        state = f"{each.standing.state}, " if each.standing.state else ""
        print(f"row {each.row}  {each.name or '(no name)'}")
        print(f"    {state}{cells['score']} {cells['entry']} ({cells['lists']})")
        print(f"    {cells['follows']}\n    party {cells['party']}{_found_by(each)}")
    if len(described) > SHOWN:
        print(f"and {len(described) - SHOWN} more rows; -o FILE writes them all")
    beside = [each for each in done.found if each.related and not each.parties]
    for each in beside[:SHOWN]:
        print(f"row {each.row}  {each.name}\n    no hit; {each.related}")
    if len(beside) > SHOWN:
        print(f"and {len(beside) - SHOWN} more rows related to listed parties; -o FILE writes them")


def _found_by(row: ScreenedRow) -> str:
    """Which name of a row found its party and is decided on, where that is not the printed one."""
    return f", found by the name {row.decides!r}" if row.decides != row.name else ""


def _decide(words: list[str]) -> int:
    command = parser("vendors decide", "Keep a decision on a name and a listed party.", EXAMPLES)
    command.add_argument(
        "name", nargs="?", help="as the table writes it; '' for a row without one, with --address"
    )
    command.add_argument("party", nargs="?", help="its key in the result, such as EL-1a2b3c4d")
    command.add_argument("verdict", nargs="?", choices=("cleared", "true_match", "reopened"))
    command.add_argument("--file", type=Path, help="a table of decisions instead")
    add(command, (encoding("its text", usual=FOUND_OUT),))
    command.add_argument("--sheet", default="", help="of a workbook (default: the one with cells)")
    command.add_argument("--country", default="", help="of the row, where it has one")
    command.add_argument("--address", default="", help="of the row, where it has no name")
    command.add_argument("--why", default="", help="what it rests on")
    command.add_argument("--by", default="", help="who decides")
    command.add_argument("--until", default="", metavar="DAY", help="first day it no longer counts")
    add(command, (LISTS_ON,))
    options = command.parse_args(words)
    from detente.cli.parties.lists_rows import checked_day
    from detente.parties.masters.deciding import StatedDecision, decide, decide_all
    from detente.parties.screening.store import Screen

    if bool(options.file) == (options.name is not None):
        raise ValueError("name either a partner with party and verdict, or a table with --file")
    screen = Screen(checked_day(options.on) or None, today())
    if options.file:
        found = decide_all(screen, options.file, today(), options.encoding or "", options.sheet)
        _tell_decided(found)
        return 0
    if not options.verdict:
        raise ValueError('write NAME PARTY VERDICT, such as "Acme" EL-1a2b3c4d cleared')
    stated = StatedDecision(
        options.name, options.country, options.party, options.verdict, options.why, options.by,
        options.until, options.address,
    )  # fmt: skip
    made, rows = decide(screen, stated, today())
    until = f" until {made.until}" if made.until else ""
    place = f" ({made.country})" if made.country else ""
    name = ", ".join(filter(None, (made.name or "(no name)", made.address)))
    print(f"{name}{place} and {made.party.entry} ({made.party.lists}): {made.verdict}{until}")
    many_rows = "; ".join(f"row {each.row} of {each.table}" for each in rows[:SHOWN])
    more = f" and {len(rows) - SHOWN} more rows" if len(rows) > SHOWN else ""
    print(f"It counts for {many_rows}{more}." if rows else f"{NO_ROW[:1].upper()}{NO_ROW[1:]}")
    return 0


def _tell_decided(found: DecidedTable) -> None:
    """What came of a table of decisions."""
    print(f"{counted(len(found.taken), 'decision')} kept.")
    if apart := sum(not each.rows for each in found.taken):
        print(f"{counted(apart, 'decision')}: {NO_ROW}")
    if found.before:
        print(
            f"{counted(found.before, 'row')} passed over, as kept already: to decide anew, write a "
            "row without `decided`."
        )
    if found.past:
        print(f"{counted(len(found.past), 'row')} not kept, of decisions that count no longer:")
    for line, why in found.past[:SHOWN]:
        print(f"  line {line}: {why}")
    if len(found.past) > SHOWN:
        print(f"  and {len(found.past) - SHOWN} more rows")


def _remove(words: list[str]) -> int:
    command = parser("vendors remove", "Remove a kept table; decisions stay.", EXAMPLES)
    command.add_argument("master", help="its id, or the name of its file")
    command.add_argument("--all", action="store_true", help="every kept table of that name")
    options = command.parse_args(words)
    from detente.parties.masters.stored import Masters

    masters = Masters()
    name = options.master
    found = masters.called(name) if options.all else [masters.get(name)]
    for each in found:
        masters.remove(each)
        print(f"Removed {each.name} ({each.id}); decisions stay.")
    return 0
