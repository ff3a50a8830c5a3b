"""``detente register``: write an order down, see what it does, lay it over the register."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.law.register_bundle import add_bundle, bundle
from detente.cli.law.register_reading import add_reading, read
from detente.cli.options import DRY_RUN, add, parser
from detente.questions.common import REGISTER, output
from detente.store.home import home

if TYPE_CHECKING:
    from detente.register.local.overlay import Trial

EXAMPLES = """  detente register new us/tariff/section-232-robots
  detente register check section-232-robots.yaml
  detente register check orders/*.yaml --quiet
  detente register add section-232-robots.yaml
  detente register list
  detente register remove section-232-robots
  detente register read 2026-17230 --effect "none: Turkey alone" --reader "A. Name" --grade primary
  detente register bundle --key maintainer.pem -o detente-2026-10-14.law
  detente register export -o register-export"""

SHOWN = 40
"""Rows of the effect on the basket that are shown before the rest is counted."""


def run(words: list[str]) -> int:
    """Run one of the verbs of the register."""
    options = parser("register", "Orders that the register does not have yet.", EXAMPLES)
    verbs = options.add_subparsers(dest="verb", required=True, metavar="VERB")
    new = verbs.add_parser("new", help="write a template with comments")
    new.add_argument("name", metavar="us/tariff/NAME", help="area and name")
    add(new, (output("default: NAME.yaml in this folder"),))
    check = verbs.add_parser("check", help="validate, and show the effect on a basket of 60 goods")
    adding = verbs.add_parser("add", help="check, then lay it over the register")
    adding.add_argument("--name", help="the name to keep it under (default: the file's)")
    add(adding, (DRY_RUN._replace(help="check only"),))
    adding.add_argument("path", metavar="FILE|DIR", type=Path, help="an order, or a folder of it")
    check.add_argument(
        "path", metavar="FILE|DIR", type=Path, nargs="+", help="orders, or a folder of one"
    )
    check.add_argument("--quiet", action="store_true", help="say what is wrong, and nothing else")
    remove = verbs.add_parser("remove", help="forget a local order")
    remove.add_argument("name", help="its name, or the id of a record in it")
    verbs.add_parser("list", help="local orders and their records")
    reading = verbs.add_parser("read", help="write down what became of an official document")
    add_reading(reading)
    add_bundle(verbs.add_parser("bundle", help="the compiled law as one signed file"))
    export = verbs.add_parser("export", help="the whole register as JSON and CSV, with checksums")
    export.add_argument("-o", "--output", required=True, metavar="DIR", type=Path, help="a folder")
    add(export, (REGISTER,))
    return _VERBS[options.parse_args(words).verb](options.parse_args(words))


def _new(options: argparse.Namespace) -> int:
    from detente.register.local.template import template

    area, _, name = options.name.rpartition("/")
    target = Path(options.output or f"{name}.yaml")
    text = template(area, name)
    # Never over a file that is there, which somebody may have filled in.
    try:
        with open(target, "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ValueError(f"{target} exists: remove it, or name another with -o") from None
    print(f"Wrote {target}. Fill it in, then: detente register check {target}")
    return 0


def _check(options: argparse.Namespace) -> int:
    """Check each order by itself; what is wrong with one does not hide what is with another."""
    faults = 0
    for path in options.path:
        try:
            trial = _trial(path)
        except ValueError as error:
            if len(options.path) == 1:
                raise
            print(f"detente register: {error}", file=sys.stderr)
            faults += 1
            continue
        if not options.quiet:
            _show_effect(trial, path)
    return 2 if faults else 0


def _add(options: argparse.Namespace) -> int:
    trial = _trial(options.path)
    _show_effect(trial, options.path)
    if options.dry_run:
        print("Nothing was kept.")
        return 0
    from detente.register.local.overlay import add

    try:
        added = add(options.path, Path(home()), options.name, trial.added)
    except FileExistsError as error:
        raise ValueError(str(error)) from error
    names = ", ".join((*added.records, *added.amended))
    print(f"Added: {names}. Every answer now says so; undo with `detente register remove`.")
    return 0


def _remove(options: argparse.Namespace) -> int:
    from detente.register.local.overlay import remove

    print(f"Removed the local order {remove(options.name, Path(home()))}.")
    return 0


def _list(options: argparse.Namespace) -> int:
    from detente.register.local.overlay import orders

    own = orders(Path(home()))
    for name, ids in own.items():
        print(f"{name}: {', '.join(ids)}")
    if not own:
        print("No local orders.")
    return 0


def _export(options: argparse.Namespace) -> int:
    from detente.cli.shell import load_register
    from detente.register.views.export import export
    from detente.store.whole import write_whole

    files = export(load_register(options.register))
    try:
        options.output.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise ValueError(f"{options.output} is a file: name a folder with -o") from None
    for name, data in files.items():
        write_whole(options.output / name, data)
    from detente.core.figures import counted

    wrote = counted(len(files), "file")
    print(f"Wrote {wrote} to {options.output}; manifest.json has their checksums.")
    return 0


def _trial(path: Path) -> Trial:
    """The register with the order laid over it; a fault becomes a message."""
    from detente.register.book import Register
    from detente.register.load.yaml_reader import RegisterError
    from detente.register.local.overlay import try_order

    try:
        return try_order(path, Register.load())
    except RegisterError as error:
        raise ValueError(str(error)) from error


def _show_effect(trial: Trial, path: Path) -> None:
    from detente.core.figures import percent
    from detente.duty.effect import days_of, effects, own_goods
    from detente.goods.schedule import Schedule
    from detente.register.book import Register

    added = trial.added
    for label, names in (("new", added.records), ("amended", added.amended)):
        if names:
            print(f"{path}: {label} {', '.join(names)}")
    for like in added.beside:
        print(f"Warning: {like}.")
    names = (*added.records, *added.amended)
    days, own = days_of(trial.register, names), own_goods(trial.register, added.records)
    rows = list(effects(Register.load(), trial.register, Schedule(), days, own))
    whose = "the 60 goods of the basket" + (" and of goods of the order" if own else "")
    if not rows:
        print(f"No duty of {whose} changes on its days.")
        return
    rows.sort(key=lambda row: row.good not in own)
    print(f"Duties of {whose} that change, on {', '.join(sorted({row.on for row in rows}))}:")
    for row in rows[:SHOWN]:
        before, after = percent(row.before), percent(row.after)
        change = f"{before} -> {after}" if before != after else f"{after}, filed otherwise"
        print(f"  {row.on}  {row.good.code} {row.good.origin}  {change:<24} {row.good.what}")
    if len(rows) > SHOWN:
        print(f"  and {len(rows) - SHOWN} more", file=sys.stdout)


_VERBS = {
    "new": _new,
    "check": _check,
    "add": _add,
    "remove": _remove,
    "list": _list,
    "export": _export,
    "read": read,
    "bundle": bundle,
}
