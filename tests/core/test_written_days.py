"""Days as people write them: read where they are one day, refused where they are two."""

from __future__ import annotations

from collections import Counter

import pytest

from detente.core.tables.written import (
    DAY_FIRST,
    EITHER,
    MONTH_FIRST,
    AmbiguousDayError,
    described,
    order_of,
    whole_code,
    written_day,
)


@pytest.mark.parametrize(
    "text",
    [
        "2025-11-12",
        "2025/11/12",
        "2025.11.12",
        "2025-11-12 00:00:00",
        "2025-11-12T00:00:00.000",
        "20251112",
        "2025年11月12日",
        "12-Nov-2025",
        "12 November 2025",
        "12. Nov. 2025",
        "12th Nov 2025",
        "November 12, 2025",
        "Nov. 12 2025",
        "45973",
    ],
)
def test_a_day_that_can_be_one_day_alone_is_read(text: str) -> None:
    assert written_day(text) == "2025-11-12"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25/11/2025", "2025-11-25"),
        ("11/25/2025", "2025-11-25"),
        ("25.11.2025 0:00", "2025-11-25"),
        ("11-11-2025", "2025-11-11"),
        ("1 Sept 2025", "2025-09-01"),
    ],
)
def test_day_and_month_may_stand_in_any_order_where_only_one_gives_a_day(
    text: str, day: str
) -> None:
    assert written_day(text) == day


@pytest.mark.parametrize("text", ["03/04/2026", "3.4.2026", "03-04-2026 00:00"])
def test_a_day_that_may_be_two_is_refused_with_both(text: str) -> None:
    with pytest.raises(AmbiguousDayError, match="is 2026-03-04 or 2026-04-03: write it so"):
        written_day(text)


def test_an_order_that_is_said_decides_and_is_counted() -> None:
    read: Counter[str] = Counter()
    assert written_day("03/04/2026", read, MONTH_FIRST) == "2026-03-04"
    assert written_day("03/04/2026", read, DAY_FIRST) == "2026-04-03"
    assert written_day("25/11/2025", read, DAY_FIRST) == "2025-11-25"
    assert described(read) == [
        "days such as 03/04/2026, read with the month first, as 4 March: 1",
        "days such as 03/04/2026, read with the day first, as 3 April: 1",
    ]


@pytest.mark.parametrize(
    "text",
    ["25/11/25", "13/13/2025", "31/11/2025", "12 Novembre 2025", "2025-13-01", "2025-11", "soon"],
)
def test_what_is_no_day_stays_as_it_stands(text: str) -> None:
    assert written_day(text) == text


def test_an_order_that_a_day_contradicts_does_not_read_it() -> None:
    assert written_day("25/11/2025", order=MONTH_FIRST) == "25/11/2025"


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2026", "25/11/2025"], DAY_FIRST),
        (["03/04/2026", "11/25/2025 00:00"], MONTH_FIRST),
        (["03/04/2026", "2025-11-12", ""], MONTH_FIRST),
        (["25/11/2025", "11/25/2025"], EITHER),
    ],
)
def test_a_column_tells_its_order_by_the_days_that_have_one(texts: list[str], order: str) -> None:
    assert order_of(texts, MONTH_FIRST) == order


@pytest.mark.parametrize(
    ("cell", "code", "lost"),
    [
        ("8507600010.0", "8507600010", 0),
        (" 85076000.0", "85076000", 0),
        ("304725000.0", "0304725000", 1),
        ("1012100.0", "01012100", 1),
        ("8507.60.00.10", "8507.60.00.10", 0),
        ("0501.00", "0501.00", 0),
        ("8507.60.0", "8507.60.0", 0),
        ("batteries.0", "batteries.0", 0),
    ],
)
def test_a_code_that_was_a_number_is_read_without_its_fraction(
    cell: str, code: str, lost: int
) -> None:
    read: Counter[str] = Counter()
    assert whole_code(cell, read) == code
    assert read.total() == lost
