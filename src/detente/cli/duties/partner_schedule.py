"""``detente goods … --to CN``: the tariff of another country, by rates and names."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.goods.laying import ImportRefused
from detente.goods.partner_tariff import PartnerTariff, partner_tariff

if TYPE_CHECKING:
    from typing import Any

    from detente.goods.schedule import Schedule

SHOWN = 5
"""Codes that are named of those without a rate."""

FROM_ONE = 4
"""Lines of one subheading that a search shows, so that one does not crowd out the others."""


def held_tariff(country: str) -> PartnerTariff:
    """The tariff of a country.

    Raises:
        ImportRefused: no rates of it are held.
    """
    tariff = partner_tariff(country)
    if tariff is None:
        raise ImportRefused(f"no tariff of {country!r} is held: --to takes US or CN")
    return tariff


def import_partner(given: argparse.Namespace) -> int:
    """Read the official schedule of another country into the user's folder.

    Raises:
        ImportRefused: the country is not held, or a file, a day or a name does not fit.
    """
    from detente.goods.partner_import import keep_schedule, read_schedule

    country = given.country.upper()
    held_tariff(country)
    if len(given.files) != 1 or not given.start or len(given.start) != 1:
        raise ImportRefused("give one FILE, and its first day with --from 2026-01-01")
    path: Path = given.files[0]
    start = date.fromisoformat(given.start[0])
    until = date.fromisoformat(given.until) if given.until else date(start.year + 1, 1, 1)
    if until <= start:
        raise ImportRefused(f"--until {until} is not after --from {start}")
    name = (given.name or [path.stem])[0]
    read = read_schedule(path)
    if not given.dry_run:
        keep_schedule(country, name, start.isoformat(), until.isoformat(), read)
    if given.json:
        _print_json(
            {
                "kept": not given.dry_run,
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
    print(f"{name}: {len(read.lines):,} lines with a rate, used {start} to before {until}.")
    for what, codes in (
        ("lines without a rate that could be read", read.without),
        ("lines that stand twice with two rates, left out", read.conflicts),
    ):
        if codes:
            more = f" and {len(codes) - SHOWN:,} more" if len(codes) > SHOWN else ""
            print(f"  {len(codes):,} {what}: {', '.join(codes[:SHOWN])}{more}")
    print(
        "Nothing was kept." if given.dry_run else f"Undo with `goods forget {name} --to {country}`."
    )
    return 0


def forget_partner(country: str) -> int:
    """Take the imported schedule of a country away.

    Raises:
        ImportRefused: nothing was imported.
    """
    from detente.goods.partner_import import forget_schedule

    if not forget_schedule(country.upper()):
        raise ImportRefused(f"no schedule of {country.upper()} was imported")
    print(f"Forgot what was imported of {country.upper()}.")
    return 0


def partner_line(country: str, code: str, day: str, schedule: Schedule) -> dict[str, Any]:
    """A line of the tariff of another country on a day, with its rate and taxes.

    Raises:
        CodeError: the code is none.
    """
    from detente.duty.partner_rates import coverage_row, line_of
    from detente.goods.codes import Code

    digits = Code.parse(code).digits
    tariff = held_tariff(country)
    rate = tariff.rate(digits, day)
    line = line_of(country, digits, f"{rate.percent}%" if rate.percent else "", schedule)
    return {
        "code": digits,
        "country": country,
        "on": day,
        "description": line["description"] if line else None,
        "path": line["path"] if line else [],
        "general": f"{rate.percent}%" if rate.percent else None,
        "state": rate.state,
        "by_line": [{"code": each, "general": f"{percent}%"} for each, percent in rate.by_line],
        "taxes": [rule._asdict() for rule in tariff.taxes(digits, day)],
        "coverage": [coverage_row(rate).row()],
    }


def show_partner_line(answer: dict[str, Any]) -> str:
    """The line for a person."""
    from detente.core.figures import dotted

    rows = [f"{dotted(answer['code'])}, tariff of {answer['country']} on {answer['on']}"]
    words = [*answer["path"], *([answer["description"]] if answer["description"] else [])]
    rows += [f"{'  ' * depth}{each}" for depth, each in enumerate(words, start=1)]
    rows.append(f"  ordinary rate  {answer['general'] or 'not known'}")
    rows.append(f"  {answer['coverage'][0]['scope']}")
    rows += [f"    {dotted(each['code'])}  {each['general']}" for each in answer["by_line"]]
    return "\n".join(rows)


def search_partner(
    country: str, query: str, day: date, limit: int, schedule: Schedule
) -> list[dict[str, Any]]:
    """Lines of another country by words: its own names, then those under matching subheadings.

    The first six digits are the same everywhere, so words of our schedule lead to its lines.
    """
    from detente.goods.search import search

    tariff = held_tariff(country)
    hits = [
        {"code": code, "text": name, "path": list(schedule.subheading(code))}
        for code, _, name in tariff.named(query, limit)
    ]
    seen = {hit["code"] for hit in hits}
    found = dict.fromkeys(hit.code.subheading for hit in search(schedule, query, day, 4 * limit))
    for subheading in found:
        for code in (tariff.lines(subheading) or [subheading])[:FROM_ONE]:
            if code in seen or len(hits) >= limit:
                continue
            seen.add(code)
            path = list(schedule.subheading(code))
            text = tariff.name(code, "zh") or (path.pop() if path else "")
            hits.append({"code": code, "text": text, "path": path})
    return hits


def _print_json(answer: dict[str, Any]) -> None:
    import json

    json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
    print()
