"""``detente update``: take a bundle of law, say what it changes, go back."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.options import DRY_RUN, add, parser
from detente.cli.replies import print_json
from detente.questions.common import JSON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from typing import TypedDict

    from detente.freshness.updating import Taken
    from detente.register.book import Register
    from detente.register.model import BasketGood

    class EffectRow(TypedDict):
        """What newer law changes for a good of the basket on a day."""

        code: str
        origin: str
        what: str
        on: str
        before: str | None
        after: str | None
        filing_before: list[str]
        filing_after: list[str]


EXAMPLES = """  detente update                             which law answers, how far it was read
  detente update --trust ed25519:11qYAYKx... "Détente maintainers"
  detente update --source detente-2026-10-14.law
  detente update --source https://example.org/law/detente-2026-10-14.law --basket goods.csv
  detente update --source newer.law --dry-run
  detente update --rollback

A bundle is taken if a key that you trust signed it, if it is whole, is for this release of the
program, is not older than the law in use and forgets nothing that it knows (--force takes it all
the same). There is no default address: who signs for you is your choice."""

SHOWN = 40
"""Rows of the effect that are shown before the rest is counted."""


def run(words: list[str]) -> int:
    """Show, take, or go back."""
    command = parser("update", "Newer law, in one signed file.", EXAMPLES)
    command.add_argument("--source", metavar="FILE|URL", help="the bundle")
    command.add_argument("--force", action="store_true", help="though it is older or forgets")
    add(command, (DRY_RUN._replace(help="check it, and keep nothing"),))
    command.add_argument("--basket", metavar="FILE", help="goods: columns code, origin, facts")
    command.add_argument("--on", metavar="DAY", help="the day of the basket (default: today)")
    command.add_argument("--rollback", action="store_true", help="the law before the last update")
    command.add_argument("--trust", nargs=2, metavar=("KEY", "NAME"), help="take what it signs")
    add(command, (JSON,))
    options = command.parse_args(words)
    if sum(map(bool, (options.source, options.rollback, options.trust))) > 1:
        raise ValueError("give one of --source, --rollback and --trust")
    if options.trust:
        from detente.freshness.trust import trust

        trust(*options.trust)
        print(f"Taken from now on: what {options.trust[1]} signs.")
        return 0
    if options.rollback:
        from detente.freshness.updating import roll_back

        now, before = roll_back()
        print(f"{_named(before)} answers again, in place of {_named(now)}.")
        return 0
    return _take(options) if options.source else _show(options)


def _named(bundle: str) -> str:
    return bundle or "The law of the package"


def _show(options: argparse.Namespace) -> int:
    """Which law answers."""
    from detente.freshness.trust import trusted
    from detente.freshness.updating import file_in_use, in_use
    from detente.register.book import Register
    from detente.store.files import BUNDLE

    register = Register.load(file_in_use("register.sqlite"))
    areas = {name: area.reviewed_through for name, area in register.areas.items()}
    described = {
        "bundle": in_use() or BUNDLE or None,
        "sha256": register.sha256,
        "areas": areas,
        "trusted": trusted(),
    }
    if options.json:
        print_json(described)
        return 0
    print(_named(str(described["bundle"] or "")))
    for name, day in areas.items():
        print(f"  {name:<14} read through {day}")
    for key, who in trusted().items():
        print(f"  trusted: {who}, {key}")
    if not trusted():
        print('  nobody is trusted yet: detente update --trust KEY "NAME"')
    return 0


def _take(options: argparse.Namespace) -> int:
    from detente.freshness.updating import take

    rows: list[EffectRow] = []

    def look(old: Register, new: Register, folder: Path) -> None:
        rows.extend(_effect(old, new, folder, options))

    with _fetched(options.source) as path:
        taken = take(path, force=options.force, dry_run=options.dry_run, look=look)
    if options.json:
        print_json(_described(taken, rows, options))
    else:
        _print(taken, rows, options)
    return 0


def _fetched(source: str) -> AbstractContextManager[Path]:
    """The file, fetched where it is an address."""
    from contextlib import contextmanager

    from detente.freshness.bundles import LARGEST_BUNDLE
    from detente.store.fetching import fetch, is_address

    @contextmanager
    def at_hand() -> Iterator[Path]:
        if not is_address(source):
            yield Path(source)
            return
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "bundle")
            wrong = fetch(source, path, LARGEST_BUNDLE)
            if wrong:
                raise ValueError(wrong)
            yield Path(path)

    return at_hand()


def _effect(
    old: Register, new: Register, folder: Path, options: argparse.Namespace
) -> list[EffectRow]:
    """What the new law changes for a basket of goods on a day."""
    from datetime import date

    from detente.duty.effect import effects
    from detente.goods.schedule import Schedule

    if options.basket:
        new.basket = old.basket = _basket(options.basket)
    # A bundle need not have a schedule; the one in use then stays.
    goods = folder / "goods.sqlite"
    with_goods = Schedule(goods) if goods.is_file() else Schedule()
    day = options.on or date.today().isoformat()
    try:
        return [
            {
                "code": row.good.code,
                "origin": row.good.origin,
                "what": row.good.what,
                "on": row.on,
                "before": row.before,
                "after": row.after,
                "filing_before": list(row.filing_before),
                "filing_after": list(row.filing_after),
            }
            for row in effects(old, new, with_goods, [day])
        ]
    finally:
        with_goods.close()


def _basket(path: str) -> list[BasketGood]:
    from detente.core.tables.reading import read_table
    from detente.register.model import BasketGood

    columns, rows = read_table(Path(path))
    for name in ("code", "origin"):
        if name not in columns:
            raise ValueError(f"{path} has no column `{name}`: a basket has code, origin, facts")
    return [
        BasketGood(row["code"], row["origin"], row.get("facts") or "", row.get("what") or "")
        for row in rows
    ]


def _described(
    taken: Taken, rows: list[EffectRow], options: argparse.Namespace
) -> dict[str, object]:
    return {
        "bundle": taken.manifest.name,
        "before": taken.before or None,
        "signed_by": taken.signed_by,
        "areas": taken.manifest.areas,
        "forgotten": taken.forgotten,
        "taken": not options.dry_run,
        "effect": rows,
    }


def _print(taken: Taken, rows: list[EffectRow], options: argparse.Namespace) -> None:
    from detente.core.figures import percent

    verb = "Checked, and not taken" if options.dry_run else "In use"
    print(f"{verb}: {taken.manifest.name}, signed by {taken.signed_by}.")
    for name, day in taken.manifest.areas.items():
        print(f"  {name:<14} read through {day}")
    for each in taken.forgotten:
        print(f"! taken all the same: {each}", file=sys.stderr)
    if not rows:
        print("No duty of the basket changes on that day.")
    for row in rows[:SHOWN]:
        before, after = percent(row["before"]), percent(row["after"])
        change = f"{before} -> {after}" if before != after else f"{after}, filed otherwise"
        print(f"  {row['on']}  {row['code']} {row['origin']}  {change:<24} {row['what']}")
    if len(rows) > SHOWN:
        print(f"  and {len(rows) - SHOWN} more")
