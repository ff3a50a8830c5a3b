"""Days fall into the periods of the claims, the first and the last of which reach to the ends."""

from __future__ import annotations

from detente.average.layered.claim_steps import Shares
from detente.core.clock import day_number


def runs(periods: tuple[str, ...], *days: str) -> list[tuple[int, int]]:
    shares = Shares.__new__(Shares)
    shares.periods = periods
    return shares.runs([day_number(day) for day in days])


def test_a_day_before_the_first_period_is_of_it_and_one_after_the_last_is_of_that() -> None:
    days = ("2023-06-01", "2024-12-31", "2025-01-01", "2025-01-31", "2025-02-01", "2026-07-01")
    assert runs(("2024", "2025-01", "2025-02"), *days) == [(0, 2), (2, 4), (4, 6)]


def test_a_period_in_which_no_day_lies_is_empty() -> None:
    assert runs(("2024", "2025-01", "2025-02"), "2024-05-01") == [(0, 1), (1, 1), (1, 1)]
    assert runs(("2025",), "2024-05-01", "2026-05-01") == [(0, 2)]
