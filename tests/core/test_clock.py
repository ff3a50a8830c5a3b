"""Days and minutes: what is read, what is written, and the moments on either side of a border."""

from __future__ import annotations

import pytest

from detente.core.clock import (
    MONTHS,
    day_number,
    day_text,
    last_minute_of,
    long_day,
    minute_of,
    minute_text,
    start_of,
)

EAST, SHANGHAI = "America/New_York", "Asia/Shanghai"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1970-01-01", 0),
        ("1970-01-02", 1),
        ("1969-12-31", -1),
        ("1971-01-01", 365),
        ("2000-02-29", 11016),  # 30 years of 365 days, 7 leap days, 31 + 28 days
        ("2000-03-01", 11017),
    ],
)
def test_a_day_is_counted_from_the_first_of_1970_and_back(text: str, number: int) -> None:
    assert day_number(text) == number
    assert day_text(number) == text


@pytest.mark.parametrize(
    "text",
    ["", "2025-W06-1", "2025-2-06", "20250206", "2025/02/06", "2025-02/06", "2025-02-30",
     "2025-02-06T", "today00000"],
)  # fmt: skip
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a day written YYYY-MM-DD|isoformat|out of range"):
        day_number(text)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-10-10", "10 October 2026"),
        ("2025-01-01", "1 January 2025"),
        ("2024-12-31", "31 December 2024"),
    ],
)
def test_a_day_in_words_has_no_zero_before_it(day: str, words: str) -> None:
    assert long_day(day) == words


def test_every_month_stands_at_its_place() -> None:
    assert [long_day(f"2025-{at:02}-05") for at in range(1, 13)] == [
        f"5 {month} 2025" for month in MONTHS
    ]
    assert MONTHS[6] == "July"


def test_a_day_has_1440_minutes_and_the_next_begins_behind_the_last() -> None:
    assert start_of("1970-01-02") == 1440
    assert last_minute_of("1970-01-01") == 1439
    assert last_minute_of("2025-11-09") + 1 == start_of("2025-11-10")


@pytest.mark.parametrize(
    ("text", "zone", "minute", "written"),
    [
        # 12:01 in New York in winter is UTC-5; the wall clock of the zone counts.
        ("2025-11-10T12:01-05:00", EAST, 721, "2025-11-10T12:01-05:00"),
        ("2025-11-10T13:01+08:00", SHANGHAI, 781, "2025-11-10T13:01+08:00"),
        # The same moment seen from the other side: 05:01 UTC is 00:01 in New York.
        ("2025-11-10T13:01+08:00", EAST, 1, "2025-11-10T00:01-05:00"),
        # Midnight begins a day and is written as one.
        ("2025-11-10T05:00+00:00", EAST, 0, "2025-11-10"),
        ("2025-11-10", EAST, 0, "2025-11-10"),
        # In summer New York lies four hours behind.
        ("2025-07-10T12:00+00:00", EAST, 480, "2025-07-10T08:00-04:00"),
    ],
)
def test_an_instant_is_a_minute_on_the_wall_clock_of_its_zone(
    text: str, zone: str, minute: int, written: str
) -> None:
    found = minute_of(text, zone)
    assert found == start_of(written[:10]) + minute
    assert minute_text(found, zone) == written


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("2025-11-10T13:01", "has no offset"),
        ("0001-01-01T00:00+23:00", "lies outside the calendar"),
        ("noon", "Invalid isoformat"),
    ],
)
def test_what_is_no_instant_is_refused(text: str, refusal: str) -> None:
    with pytest.raises(ValueError, match=refusal):
        minute_of(text, EAST)
