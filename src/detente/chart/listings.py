"""The picture of listings: how many parties were put on the lists, year by year."""

from __future__ import annotations

from collections import Counter

from detente._shapes import TYPE_CHECKING
from detente.chart.bars import Bar, BarPicture
from detente.core.figures import long_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from detente.answers.parties import Listings

YEARS = 12
"""Years that are drawn, the last ones."""


def listings_picture(answer: Listings | Any, name: Callable[[str], str] = str) -> BarPicture:
    """Entries by the year in which each was added, of all lists that were asked, together.

    Args:
        answer: what ``detente listings --json`` prints.
        name: names a country by its code.
    """
    counted: Counter[int] = Counter()
    undated = 0
    for row in answer["rows"]:
        if row["year"] is None:
            undated += row["entries"]
        else:
            counted[int(row["year"])] += row["entries"]
    last = max(counted, default=0)
    # A list without days has no year, and then nothing is drawn.
    years = range(max(min(counted, default=1), last - YEARS + 1), last + 1)
    bars = tuple(Bar(str(each), 0.0, counted[each], f"{counted[each]:,}") for each in years)
    lists = dict.fromkeys(row["list"] for row in answer["rows"])
    named = ", ".join(lists) if len(lists) <= 3 else f"{len(lists)} lists together"
    texts = [named, f"as they stand on {long_day(answer['on'])}"]
    if answer["country"]:
        texts.append(f"with an address in {name(answer['country'])}")
    if undated:
        texts.append(f"{undated:,} more without a year")
    return BarPicture("Parties put on lists, by year", "; ".join(texts), "Entries", bars, "entries")
