"""Pictures of effects: imports by origin, welfare by country, and what households pay."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.chart.bars import Bar, BarPicture, bars_chart
from detente.core.figures import dollars, long_day, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from detente.answers.impact import Equilibrium, Households, PartialImpact
    from detente.chart.vega import Chart

SHOWN = 20
"""Origins or countries that are drawn at most."""

SEEN = 0.0005
"""Billions of dollars, or percent, from which on a change is drawn."""


def partial_chart(answer: PartialImpact) -> Chart:
    """A Vega-Lite dictionary of the origins whose imports change most.

    Args:
        answer: what ``detente impact partial --json`` prints.

    Raises:
        ValueError: no origin's imports change.
    """
    register = answer["register"]
    return bars_chart(
        imports_picture(answer),
        f"Source: Détente {register['version']}, register {register['sha256'][:12]}, read through "
        f"{register['reviewed_through']}; {answer['flows']['title']}; elasticities "
        f"{answer['elasticities']['source']}.",
    )


def imports_picture(answer: PartialImpact | Any) -> BarPicture:
    """Origins whose imports change most, in billions of dollars, from the deepest fall up."""
    question = answer["question"]
    before, after = long_day(question["from"]), long_day(question["to_date"])
    what = (
        f"scenario {question['scenario']} on {after} beside the law of {before}"
        if question["scenario"]
        else f"duties of {before} replaced by those of {after}"
    )
    changes = (
        (row["name"], (float(row["value_after"]) - float(row["value_before"])) / 1e9)
        for row in answer["by_origin"]
    )
    bars = [Bar(name, 0.0, change, _billions(change)) for name, change in changes]
    return BarPicture("Change of US imports by origin", what, "Billion dollars", _largest(bars))


def welfare_picture(answer: Equilibrium | Any, name: Callable[[str], str] = str) -> BarPicture:
    """Countries whose welfare changes most, in percent: a range where several worlds answer.

    Args:
        answer: what ``detente impact equilibrium --json`` prints.
        name: names a country by its code.
    """
    bars = []
    for country, figure in (answer["welfare"] or {}).items():
        low, high = (
            (float(end) for end in figure) if isinstance(figure, list) else (0.0, float(figure))
        )
        words = _points(high) if low == 0.0 else f"{_points(low)} to {_points(high)}"
        bars.append(Bar(name(country), low, high, words))
    what = f"scenario {answer['scenario']}" if answer["scenario"] else _days(answer)
    worlds = len(answer["worlds"] or ())
    data = f"range over {worlds} worlds" if worlds > 1 else f"data {answer['data']}"
    return BarPicture("Change of welfare by country", f"{what}; {data}", "Percent", _largest(bars))


def households_picture(answer: Households | Any) -> BarPicture:
    """What the duties cost a household a year, by decile of income, the poorest first."""
    question = answer["question"]
    bars = tuple(
        Bar(
            _tenth(number, len(answer["deciles"])),
            0.0,
            float(row["cost"]),
            f"{dollars(row['cost'])}, {percent(row['share_of_income'], 2)} of income",
        )
        for number, row in enumerate(answer["deciles"], 1)
    )
    after = long_day(question["to_date"]) if question["to_date"] else "today"
    what = f"duties of {long_day(question['from'])} replaced by those of {after}"
    return BarPicture(
        "Cost to a household, by tenth of incomes", what, "Dollars a year", bars, "cost"
    )


def _days(answer: Equilibrium | Any) -> str:
    days = (answer["from"], answer["to_date"])
    before, after = (long_day(day) if day else "today" for day in days)
    return f"duties of {before}, then of {after}"


def _tenth(number: int, count: int) -> str:
    ends = {1: "1, the poorest", count: f"{count}, the richest"}
    return ends.get(number, str(number))


def _largest(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    """The bars that reach farthest from zero, from the deepest fall up."""
    seen = [bar for bar in bars if _reach(bar) >= SEEN]
    seen.sort(key=lambda bar: -_reach(bar))
    return tuple(sorted(seen[:SHOWN], key=lambda bar: bar.start + bar.end))


def _reach(bar: Bar) -> float:
    return max(abs(bar.start), abs(bar.end))


def _points(percents: float) -> str:
    size = abs(percents)
    digits = 2 if size >= 0.1 else 4
    return f"{'−' if percents < 0 else '+'}{size:.{digits}f}%"


def _billions(change: float) -> str:
    """A change in words, in billions or, where it is smaller than one, in millions."""
    size = abs(change)
    words = f"{size:,.1f} billion" if size >= 1 else f"{size * 1000:,.1f} million"
    return f"{'−' if change < 0 else '+'}{words} dollars"
