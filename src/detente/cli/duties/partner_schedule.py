"""``detente goods … --to CN``: the tariff of another country, by rates and names."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from detente.cli.replies import print_json
from detente.core.figures import counted
from detente.goods.laying import ImportRefused
from detente.goods.partner_tariff import held_tariff

SHOWN = 5
"""Codes that are named of those without a rate."""


def import_partner(options: argparse.Namespace) -> int:
    """Read the official schedule of another country into the user's folder.

    Raises:
        ImportRefused: the country is not held, or a file, a day or a name does not fit.
    """
    from detente.goods.partner_import import keep_schedule, read_schedule

    country = options.country.upper()
    held_tariff(country)
    if len(options.files) != 1 or not options.start or len(options.start) != 1:
        raise ImportRefused("give one FILE, and its first day with --from 2026-01-01")
    path: Path = options.files[0]
    start = stated_day(options.start[0])
    until = stated_day(options.until) if options.until else date(start.year + 1, 1, 1)
    if until <= start:
        raise ImportRefused(f"--until {until} is not after --from {start}")
    name = (options.name or [Path(path.name.removesuffix(".gz")).stem])[0]
    read = read_schedule(path)
    if not options.dry_run:
        keep_schedule(country, name, start.isoformat(), until.isoformat(), read)
    if options.json:
        print_json(
            {
                "kept": not options.dry_run,
                "country": country,
                "edition": name,
                "from": start.isoformat(),
                "until": until.isoformat(),
                "lines": len(read.lines),
                "without_rate": read.without,
                "conflicts": read.conflicts,
            }
        )
        return 0
    lines = counted(len(read.lines), "line")
    print(f"{name}: {lines} with a rate, used {start} to before {until}.")
    for what, codes in (
        ("without a rate that could be read", read.without),
        ("twice in the file with two rates, left out", read.conflicts),
    ):
        if codes:
            more = f" and {len(codes) - SHOWN:,} more" if len(codes) > SHOWN else ""
            print(f"  {counted(len(codes), 'line')} {what}: {', '.join(codes[:SHOWN])}{more}")
    print(
        "Nothing was kept."
        if options.dry_run
        else f"Undo with `goods forget {name} --to {country}`."
    )
    return 0


def stated_day(text: str) -> date:
    """A day as it was given.

    Raises:
        ImportRefused: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ImportRefused(f"{text!r} is not a day: write it as YYYY-MM-DD") from None


def forget_partner(country: str, name: str) -> int:
    """Take an imported schedule of a country away.

    Raises:
        ImportRefused: none of the name was imported.
    """
    from detente.goods.partner_import import forget_schedule, imported_schedules

    country = country.upper()
    held_tariff(country)
    if not forget_schedule(country, name):
        names = ", ".join(each.name for each in imported_schedules(country))
        there = f"imported are: {names}" if names else "nothing was imported"
        raise ImportRefused(f"no imported schedule of {country} is named {name!r}: {there}")
    print(f"Forgot {name} of {country}.")
    return 0
