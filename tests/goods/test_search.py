"""Search by words and by digits."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.goods.schedule import Schedule
from detente.goods.search import search

DAY = date(2025, 11, 12)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("lithium ion battery electric vehicle", "8507.60.00.10"),
        ("footballs", "9506.62.40.40"),
        ("toaster", "8516.72.00.00"),
        ("laptop", "8471.30.01.00"),
        ("neodymium magnets", "8505.11.00.70"),
        ("solar panels", "8541.43.00.10"),
        ("frozen squid fillets", "0307.43.00.10"),
        ("smartphones", "8517.13.00.00"),
    ],
)
def test_words_of_a_trader_find_the_line_first(schedule: Schedule, query: str, code: str) -> None:
    assert search(schedule, query, DAY)[0].code.dotted == code


def test_a_hit_tells_its_words_and_what_it_stands_under(schedule: Schedule) -> None:
    hit = search(schedule, "sintered neodymium", DAY)[0]
    assert hit.text == "Sintered neodymium-iron-boron"
    assert hit.path[-1] == "Of metal"


def test_digits_list_the_narrowest_lines_that_begin_with_them(schedule: Schedule) -> None:
    for query in ("8507.60", "850760", "8507.60.00"):
        hits = search(schedule, query, DAY)
        assert [hit.code.dotted for hit in hits] == ["8507.60.00.10", "8507.60.00.20"]


def test_digits_narrow_a_search_by_words(schedule: Schedule) -> None:
    hits = search(schedule, "8507 lithium", DAY)
    assert {hit.code.heading for hit in hits} == {"8507"}


def test_search_answers_from_the_edition_of_the_day(schedule: Schedule) -> None:
    hits = search(schedule, "8507.60", date(2026, 5, 1))
    assert [hit.code.digits[-2:] for hit in hits] == ["10", "30", "90"]
    assert search(schedule, "lithium-ion batteries", date(2018, 1, 1))[0].code.dotted == (
        "8507.60.00"
    )


def test_lines_with_every_word_come_before_lines_with_some(schedule: Schedule) -> None:
    hits = search(schedule, "shirts cotton men's corduroy", DAY, limit=50)
    full = ["corduroy" in " ".join((hit.text, *hit.path)).lower() for hit in hits]
    assert full[0]
    assert len(hits) == 50


def test_nothing_found_is_an_empty_answer(schedule: Schedule) -> None:
    assert search(schedule, "xyzzy", DAY) == ()
    assert search(schedule, "  ", DAY) == ()


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_query_breaks_the_search(schedule: Schedule, query: str) -> None:
    assert len(search(schedule, query, DAY, limit=3)) <= 3


@pytest.mark.parametrize("query", ['"unclosed', "a OR", "NOT", "path:battery", "x*", "(", "-5"])
def test_marks_of_the_query_language_are_plain_words(schedule: Schedule, query: str) -> None:
    assert isinstance(search(schedule, query, DAY), tuple)
