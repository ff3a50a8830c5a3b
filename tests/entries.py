"""Random entries for comparisons: every kind of line, origin, day and fact, and some nonsense."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import polars

from detente.goods.rate_table import rate_table
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.model import EntryFact

FIRST, DAYS = date(2018, 1, 1), 365 * 11
BUSY, BUSY_DAYS = date(2025, 1, 1), 690  # when the law changed most
FREQUENT = ("CN", "HK", "MX", "CA", "DE", "GB", "JP", "KR", "RU", "IN", "BR", "TW", "VN", "CH")
WRONG_CODES = ("", "85", "battery", "8507.60", "9903.01.24", "8507.99.99")
TEXTS = {
    "bool": ("true", "false"),
    "share": ("0%", "25%", "100%", "0.333", "1/3"),
    "money": ("10", "2500.50"),
    "money_or_share": ("50%", "12.34", "100%", "1/3%", "0"),
    "date": ("2025-01-31", "2025-04-04", "2026-02-28"),
    "number": ("1", "25", "5000"),
    "country": ("US", "CN", "RU", "GB"),
}


SCALE = int(os.environ.get("DETENTE_TEST_SCALE", "1"))
"""By how much long comparisons are lengthened: ``make soak`` asks for more than a test run."""


def scaled(number: int) -> int:
    """So many rows of a long comparison as this run asks for."""
    return number * SCALE


def thinned(number: int) -> int:
    """Of how many things of a long comparison this run takes one, where a test run has a number."""
    return max(1, number // SCALE)


def random_entries(
    count: int, seed: int, with_facts: float = 0.0, facts_each: int = 3
) -> polars.DataFrame:
    """Entries drawn from everything that the built-in register and schedule know.

    Args:
        count: how many.
        seed: of the draw.
        with_facts: share of the entries that carry facts.
        facts_each: at most so many facts each.
    """
    draw, register = Random(seed), Register.built_in()
    rows = list(islice_rows(draw, register, count, with_facts, facts_each))
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return polars.DataFrame({name: [row.get(name, "") for row in rows] for name in columns})


def islice_rows(
    draw: Random, register: Register, count: int, with_facts: float, facts_each: int
) -> Iterator[dict[str, str]]:
    """The rows of `random_entries`, one by one."""
    codes = list(rate_table(Schedule()).index)
    countries = sorted(register.countries)
    facts = list(register.facts.values())
    for _ in range(count):
        row = {
            "code": draw.choice(codes if draw.random() > 0.01 else WRONG_CODES),
            "origin": draw.choice(FREQUENT if draw.random() < 0.6 else countries),
            "on": _day(draw).isoformat(),
            "value": _value(draw),
        }
        if draw.random() < with_facts:
            for _ in range(draw.randint(1, facts_each)):
                fact = draw.choice(facts)
                row[f"fact.{fact.key}"] = _fact(draw, fact)
        if draw.random() < 0.05:
            row |= {"quantity": "100", "unit": draw.choice(("kg", "No.", "doz."))}
        yield row


def _day(draw: Random) -> date:
    if draw.random() < 0.5:
        return BUSY + timedelta(draw.randrange(BUSY_DAYS))
    return FIRST + timedelta(draw.randrange(DAYS))


def _value(draw: Random) -> str:
    if draw.random() < 0.05:
        return draw.choice(("", "0", "0.01", "-5", "much", "99999999999.99"))
    return f"{draw.randrange(1, 10 ** draw.randint(3, 11)) / 100:.2f}"


def _fact(draw: Random, fact: EntryFact) -> str:
    if draw.random() < 0.02:
        return "perhaps"
    return draw.choice(fact.words or TEXTS[fact.type])
