"""Between two editions a rate held where both print it, and is not known where they differ."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.goods.lines import DERIVED
from detente.goods.schedule import Schedule
from detente.goods.steadiness import _agrees, _found, _moved, _plain, _read_after


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


def test_an_edition_is_held_against_the_next_that_was_read_and_never_itself() -> None:
    grades = ("primary", DERIVED, "secondary", "primary", DERIVED)
    editions = [SimpleNamespace(number=at, grade=grade) for at, grade in enumerate(grades)]
    schedule: Any = SimpleNamespace(editions=editions)
    assert [_read_after(schedule, at) for at in range(5)] == [2, 2, 3, None, None]


def test_a_number_is_found_by_itself_or_by_all_that_it_moved_to() -> None:
    ways = _moved([("1", "2"), ("1", "3"), ("4", "5"), ("", "6"), ("7", "")])
    assert ways == {"1": {"2", "3"}, "4": {"5"}}
    other = {"2": {"5%"}, "3": {"Free"}, "9": {"1%"}}
    assert _found("9", other, ways) == {"1%"}
    assert _found("1", other, ways) == {"5%", "Free"}
    assert _found("4", other, ways) == set(), "what it moved to is not at hand"
    assert _found("8", other, ways) == set()
    assert _agrees({"5%"}, {"5%"})
    assert not _agrees({"5%", "Free"}, {"5%", "Free"}), "two rates under one number"
    assert not _agrees({"5%"}, {"Free"})
    assert [_plain(rate) for rate in ("2.5 %", "FREE 1/", "3%/")] == ["2.5%", "free", "3%"]
