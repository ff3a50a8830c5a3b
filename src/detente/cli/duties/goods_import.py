"""``detente goods import``, ``editions``, ``forget``: editions that the package does not have."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.duties.partner_schedule import stated_day
from detente.cli.options import DRY_RUN, add, parser
from detente.cli.replies import print_json
from detente.cli.shell import load_register
from detente.core.figures import counted
from detente.goods.importing import (
    added,
    built_in_editions,
    held_editions,
    name_of,
    read_imported,
    store,
)
from detente.goods.laying import Imported, ImportRefused, keep, laid_over
from detente.goods.schedule import Schedule, imported_file
from detente.questions.common import JSON, REGISTER

if TYPE_CHECKING:
    from detente.duty.edition_report import CodeMove, EditionReport, HeadingOfEdition
    from detente.goods.partner_import import ImportedSchedule
    from detente.register.book import Register

IMPORT = """  detente goods import hts_2026_rev_11.json.gz --from 2026-07-15 --dry-run
  detente goods import htsdata.csv --name hts_2026_rev_11 --from 2026-07-15
  detente goods import tariff_2026.csv --country CN --from 2026-01-01
  detente goods editions
  detente goods forget hts_2026_rev_11"""
SHOWN, LENGTH = 20, 240
"""Rows of a kind, and characters of a row, that are shown; --json has everything."""


def run(verb: str, words: list[str]) -> int:
    """Run one of the verbs."""
    return {"import": _import, "editions": _editions, "forget": _forget}[verb](words)


def _import(words: list[str]) -> int:
    """Lay exports over the built-in editions, and say what changes."""
    options = _import_options().parse_args(words)
    if options.country.upper() != "US":
        from detente.cli.duties.partner_schedule import import_partner

        return import_partner(options)
    held = held_editions()
    new = _read(options, held)
    register = load_register(options.register)
    target = imported_file()
    with tempfile.TemporaryDirectory() as scratch:
        _progress("comparing the editions")
        # Beside its target, since a file is put in its place by name, within one file system.
        folder = scratch if options.dry_run else os.path.dirname(target)
        with laid_over(added(held, new), folder) as made:
            reports = _reports(register, made, {each.id for each in new})
            if not options.dry_run:
                keep(made, target)
    _progress("")
    if options.json:
        print_json({"kept": not options.dry_run, "editions": reports})
        return 0
    print("\n\n".join(_show(report) for report in reports))
    print()
    if options.dry_run:
        print("Nothing was kept.")
    else:
        names = ", ".join(each.id for each in new)
        print(f"Imported {names}. Answers say so; undo with `detente goods forget`.")
    return 0


def _import_options() -> argparse.ArgumentParser:
    command = parser(
        "goods import", "Add newer editions of the tariff schedule, from official exports.", IMPORT
    )
    command.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="a JSON or CSV export, packed or not; of China also a workbook",
    )
    command.add_argument(
        "--name", action="append", help="name of the edition (default: the file's); one a file"
    )
    command.add_argument(
        "--from",
        dest="start",
        action="append",
        metavar="DAY",
        help="first day on which it is used; one a file, not needed for one imported before",
    )
    command.add_argument(
        "--country", default="US", metavar="CC", help="whose schedule it is: US or CN (default: US)"
    )
    command.add_argument(
        "--until",
        metavar="DAY",
        help="first day after, for another country (default: the end of the year)",
    )
    add(
        command,
        (
            DRY_RUN._replace(help="show what changes, keep nothing"),
            REGISTER,
            JSON._replace(help="print every row as JSON"),
        ),
    )
    return command


def _read(options: argparse.Namespace, held: list[Imported]) -> list[Imported]:
    """Read the files as editions, once it is clear how each is named and from when it is used.

    Raises:
        ImportRefused: Names or days do not match the files, or a day is missing.
        ExportError: A file is not an export.
    """
    files: list[Path] = options.files
    names: list[str] = options.name or [name_of(path) for path in files]
    for what, values in (("--name", names), ("--from", options.start)):
        if values and len(values) != len(files):
            raise ImportRefused(
                f"{len(files)} files and {len(values)} {what}: give it once for each file, in the "
                "same order"
            )
    if len(set(names)) < len(names):
        raise ImportRefused("two files have the same name: tell them apart with --name")
    known = {each.id: each.start for each in held}
    days = [stated_day(text) for text in options.start or ()] or [
        _known_day(name, path, known) for name, path in zip(names, files, strict=True)
    ]
    editions = []
    for at, (path, name, day) in enumerate(zip(files, names, days, strict=True), start=1):
        _progress(f"reading {path.name} ({at} of {len(files)})")
        editions.append(read_imported(path, name, day))
    return editions


def _known_day(name: str, path: Path, known: dict[str, date]) -> date:
    if name in known:
        return known[name]
    editions = built_in_editions()
    for edition in editions:
        if edition.id == name:
            raise ImportRefused(
                f"{name} is one of the built-in editions, used from {edition.start}: there is "
                f"nothing to import; if {path.name} is another edition, give its --name and --from"
            )
    raise ImportRefused(
        f"say with --from DAY from which day {name} is used, not before {editions[-1].start}, the "
        f"day of {editions[-1].id}: an export does not say it"
    )


def _reports(register: Register, made: Path, names: set[str]) -> list[EditionReport]:
    from detente.duty.edition_report import edition_report

    with closing(Schedule(made)) as schedule:
        return [
            edition_report(register, schedule, edition)
            for edition in schedule.editions
            if edition.id in names
        ]


def _progress(text: str) -> None:
    """Show on a terminal what is being done; "" wipes it off."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def _show(report: EditionReport) -> str:
    """The report for a person: counts first, then the rows of each kind."""
    from detente.core.figures import dotted
    from detente.duty.edition_report import concerned_words

    counts = report["counts"]
    rows = [
        f"{report['edition']}, used from {report['from']}, against {report['before']}",
        f"  {report['basis']}",
        f"  lines added           {counts['added']:>6,}",
        f"  lines removed         {counts['removed']:>6,}",
        f"  rates changed         {counts['rates']:>6,}",
        f"  descriptions changed  {counts['descriptions']:>6,}",
        f"  moves of codes        {sum(counts['moves'].values()):>6,}{_by_kind(counts['moves'])}",
        f"  9903 headings         {len(report['headings']):>6,}{_by_kind(counts['headings'])}",
    ]
    kinds = (
        ("Moves of codes", [_move_words(each) for each in report["moves"]]),
        (
            "Rates",
            [
                f"{dotted(each['code'])} {each['what']}: {each['before'] or 'none'} → "
                f"{each['after'] or 'none'}"
                for each in report["rates"]
            ],
        ),
        (
            "Descriptions",
            [
                f"{dotted(each['code'])}: {each['before']} → {each['after']}"
                for each in report["descriptions"]
            ],
        ),
        ("Headings of additional duties", [_heading_words(each) for each in report["headings"]]),
        (
            "New lines that the register's lists have not seen",
            [concerned_words(each) for each in report["concerned"]],
        ),
    )
    for title, lines in kinds:
        rows.extend(_listed(title, lines))
    return "\n".join(rows)


def _by_kind(counts: dict[str, int]) -> str:
    return f"  ({', '.join(f'{count} {kind}' for kind, count in counts.items())})" if counts else ""


def _move_words(move: CodeMove) -> str:
    from detente.core.figures import dotted

    before, after = (dotted(move[side]) if move[side] else "unknown" for side in ("from", "to"))
    return f"{before} → {after}  {move['kind']}, {move['grade']}"


def _heading_words(heading: HeadingOfEdition) -> str:
    words = f"{heading['heading']} {heading['kind']}"
    if not heading["named"]:
        words += ", not modelled"
    if heading["lines"]:
        plural = "s" if heading["lines"] > 1 else ""
        words += f", named in the footnotes of {heading['lines']:,} line{plural}"
    return f"{words}: {heading['general'] or 'no rate'}; {heading['description']}"


def _listed(title: str, lines: list[str]) -> list[str]:
    from textwrap import shorten

    if not lines:
        return []
    rows = ["", f"{title}:"]
    rows += [f"  {shorten(line, LENGTH, placeholder=' …')}" for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        rows.append(f"  and {len(lines) - SHOWN:,} more, with --json")
    return rows


def _editions(words: list[str]) -> int:
    """List the editions at hand, the built-in ones and the imported ones."""
    command = parser("goods editions", "Editions of the tariff schedule at hand.", IMPORT)
    add(command, (JSON,))
    options = command.parse_args(words)
    with closing(Schedule()) as schedule:
        editions = schedule.editions
    if options.json:
        rows = [
            {
                "edition": each.id,
                "from": each.start.isoformat(),
                "grade": each.grade,
                "imported": each.imported,
                "basis": each.basis,
            }
            for each in editions
        ]
        others = [{"country": country, **each._asdict()} for country, each in _of_partners()]
        print_json({"editions": rows, "schedules": others})
        return 0
    width = max(len(each.id) for each in editions)
    for each in editions:
        origin = "imported" if each.imported else "built in"
        print(f"{each.start}  {each.id:<{width}}  {origin}")
    for country, other in _of_partners():
        print(
            f"{other.start}  {other.name:<{width}}  imported, of {country}: "
            f"{counted(other.lines, 'line')}, to before {other.until}"
        )
    return 0


def _of_partners() -> list[tuple[str, ImportedSchedule]]:
    """The imported schedules of other countries, each with its country."""
    from detente.goods.partner_import import imported_schedules
    from detente.goods.partner_tariff import imported_countries

    return [(each, found) for each in imported_countries() for found in imported_schedules(each)]


def _forget(words: list[str]) -> int:
    """Take an imported edition away again."""
    command = parser("goods forget", "Undo the import of an edition.", IMPORT)
    command.add_argument("edition", help="its name, as `detente goods editions` shows it")
    command.add_argument("--to", default="US", metavar="CC", help="whose schedule it is")
    options = command.parse_args(words)
    if options.to.upper() != "US":
        from detente.cli.duties.partner_schedule import forget_partner

        return forget_partner(options.to, options.edition)
    held = held_editions()
    names = [each.id for each in held]
    if options.edition not in names:
        there = f"imported are: {', '.join(names)}" if names else "nothing was imported"
        for country, other in _of_partners():
            if other.name == options.edition:
                there = f"it is a schedule of {country}, add --to {country}"
        raise ImportRefused(f"no imported edition is named {options.edition!r}: {there}")
    store([each for each in held if each.id != options.edition])
    print(f"Forgot {options.edition}.")
    return 0
