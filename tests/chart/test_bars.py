"""Bars of listings and of changes: the years that are drawn, and what has none."""

from __future__ import annotations

from typing import Any

import pytest

from detente.chart.bars import Bar, bars_chart
from detente.chart.listings import YEARS, listings_picture


def listed(*rows: tuple[str, int | None, int], country: str | None = None) -> dict[str, Any]:
    found = [{"list": name, "year": year, "entries": count} for name, year, count in rows]
    return {"rows": found, "on": "2026-08-01", "country": country}


def test_entries_of_a_year_are_added_over_the_lists_and_a_year_without_any_is_drawn() -> None:
    picture = listings_picture(
        listed(("EL", 2024, 1200), ("UFLPA", 2024, 34), ("EL", 2026, 5), ("EL", None, 7)),
    )
    assert picture.bars == (
        Bar("2024", 0.0, 1234, "1,234"),
        Bar("2025", 0.0, 0, "0"),
        Bar("2026", 0.0, 5, "5"),
    )
    assert picture.what == "EL, UFLPA; as they stand on 1 August 2026; 7 more without a year"


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_the_last_years_are_drawn(more: int) -> None:
    rows = [("EL", 2026 - at, 1) for at in range(YEARS + more)]
    bars = listings_picture(listed(*rows)).bars
    assert [bar.name for bar in bars] == [
        str(year) for year in range(2026 - min(YEARS, YEARS + more) + 1, 2027)
    ]


def test_a_list_without_days_has_no_bar_and_no_chart() -> None:
    for answer in (listed(("ISN", None, 161)), listed()):
        picture = listings_picture(answer)
        assert picture.bars == ()
        with pytest.raises(ValueError, match=r"^there is nothing to draw: no bar has a value$"):
            bars_chart(picture, "Source.")


def test_many_lists_are_counted_and_a_country_is_named() -> None:
    rows = [(name, 2026, 1) for name in ("A", "B", "C", "D")]
    picture = listings_picture(listed(*rows, country="CN"), lambda code: f"<{code}>")
    assert picture.what == (
        "4 lists together; as they stand on 1 August 2026; with an address in <CN>"
    )
    assert listings_picture(listed(*rows[:3])).what.startswith("A, B, C; ")
