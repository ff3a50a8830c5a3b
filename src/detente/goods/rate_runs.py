"""Ordinary rates of every line over all editions, in one pass: for averages over many days."""

from __future__ import annotations

from detente._shapes import NamedTuple
from detente.goods.codes import RATE_LINE
from detente.goods.schedule import Schedule


class PrintedRates(NamedTuple):
    """The rates of a line as the schedule prints them; all "" where it prints none."""

    general: str
    special: str
    other: str


class RateRun(NamedTuple):
    """A run of editions, ``first <= number < until``, that print a code with the same rates."""

    first: int
    until: int
    rates: PrintedRates


def rate_runs(schedule: Schedule) -> dict[str, list[RateRun]]:
    """Runs of every code of eight and ten digits, by code, oldest first.

    A statistical line without rates of its own has those of its rate line.
    """
    rows = schedule.database.execute(
        "SELECT code, first, until, general, special, other FROM lines WHERE length(code) >= ?"
        " ORDER BY code, first",
        (RATE_LINE,),
    )
    last = len(schedule.editions)
    runs: dict[str, list[RateRun]] = {}
    for code, first, until, *rates in rows:
        printed = RateRun(first, min(until, last), PrintedRates(*rates))
        found = runs.setdefault(code, [])
        above = runs.get(code[:RATE_LINE], ()) if len(code) > RATE_LINE and not rates[0] else ()
        for run in _of_rate_line(printed, above) if above else (printed,):
            if found and found[-1].until == run.first and found[-1].rates == run.rates:
                found[-1] = found[-1]._replace(until=run.until)
            else:
                found.append(run)
    return runs


def _of_rate_line(printed: RateRun, above: list[RateRun] | tuple[RateRun, ...]) -> list[RateRun]:
    """A line's run cut where the rates of its rate line change."""
    cut: list[RateRun] = []
    at = printed.first
    for run in above:
        first, until = max(at, run.first), min(printed.until, run.until)
        if first >= until:
            continue
        if at < first:
            cut.append(RateRun(at, first, printed.rates))
        cut.append(RateRun(first, until, run.rates))
        at = until
    if at < printed.until:
        cut.append(RateRun(at, printed.until, printed.rates))
    return cut
