"""Between two editions a rate held where both print it, and is not known where they differ."""

from __future__ import annotations

import pytest

from detente.goods.schedule import Schedule


@pytest.fixture(scope="module")
def schedule() -> Schedule:
    return Schedule()


@pytest.mark.parametrize(
    ("edition", "code", "column", "steady"),
    [
        ("hts_2017_july", "70134920", "general", True),  # 22.5% on both sides
        ("hts_2017_july", "85044040", "general", True),  # cut in known steps to Free
        ("hts_2018_july", "85044040", "general", True),
        ("hts_2019_july", "85044040", "general", True),
        ("hts_2017_july", "90283000", "general", False),  # a compound rate, its steps not known
        ("hts_2018_july", "90283000", "general", False),
        ("hts_2018_july", "03024400", "other", False),  # what July 2017 does not tell, it does not
        ("hts_2017_july", "03024400", "general", True),  # Free on both sides
        ("hts_2017_july", "03024400", "other", False),  # 2.2 and 4.4 cents a kilogram
        ("hts_2017_july", "70134920", "special", False),  # two ends tell nothing of steps
        ("hts_2025_basic", "85141100", "general", False),  # new in 2022
        ("hts_2025_basic", "70134920", "general", True),
        ("hts_2026_rev_10", "70134920", "general", False),  # no later edition is at hand
    ],
)
def test_a_rate_is_steady_where_the_editions_on_both_sides_agree(
    schedule: Schedule, edition: str, code: str, column: str, steady: bool
) -> None:
    used = next(each for each in schedule.editions if each.id == edition)
    assert schedule.is_steady(code, used, column) is steady


def test_a_tenth_of_the_lines_at_most_is_not_steady(schedule: Schedule) -> None:
    found = schedule.unsteady_lines()
    assert found
    assert all(0 < len(codes) < 1200 for codes in found.values())
