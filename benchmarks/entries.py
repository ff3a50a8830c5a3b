"""Entries to measure with: codes and origins as unequal as trade is, days since 2025, no facts."""

from __future__ import annotations

from datetime import date, timedelta

import numpy
import polars

from detente.batch.engine.engine import Engine

FIRST, DAYS = date(2025, 1, 1), 690
FREQUENT = ("CN", "MX", "CA", "DE", "JP", "VN", "KR", "TW", "IN", "IE", "IT", "GB", "TH", "CH")
STEEPNESS = {"codes": 0.7, "origins": 1.1}
"""Of Zipf's law: the share of the n-th most frequent falls with this power of n."""


def draw(engine: Engine, count: int) -> polars.DataFrame:
    """Entries as text: statistical lines of the last editions, every origin, values log-normal."""
    random = numpy.random.default_rng(7)
    latest = engine.table.steps[:, -3] >= 0
    codes = [code for code, row in engine.table.index.items() if len(code) == 10 and latest[row]]
    codes = [code for code in codes if code < "98"]
    random.shuffle(codes)
    countries = engine.law.place_class
    origins = [*FREQUENT, *sorted(set(countries) - set(FREQUENT))]
    days = [(FIRST + timedelta(number)).isoformat() for number in range(DAYS)]
    cents = numpy.exp(random.normal(13, 2, count)).astype(numpy.int64) + 1
    dollars = polars.Series(cents // 100).cast(polars.String)
    rest = polars.Series(cents % 100).cast(polars.String).str.zfill(2)
    return polars.DataFrame(
        {
            "code": polars.Series(codes).gather(_unequal(random, len(codes), "codes", count)),
            "origin": polars.Series(origins).gather(
                _unequal(random, len(origins), "origins", count)
            ),
            "on": polars.Series(days).gather(random.integers(0, DAYS, count)),
            "value": dollars + "." + rest,
        }
    )


def _unequal(random: numpy.random.Generator, size: int, what: str, count: int) -> numpy.ndarray:
    weights = numpy.arange(1, size + 1) ** -STEEPNESS[what]
    return random.choice(size, count, p=weights / weights.sum())
