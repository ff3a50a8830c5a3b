"""An entry of the Commerce Control List, its paragraphs and conditions, on a list made up here."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.controls.control_list import LEFT_OUT, WHOLE, EntryControl
from detente.controls.listed import (
    _near,
    _speak_of,
    _spelled_out,
    bears,
    destinations_of,
    lines_on,
    offered_to_others,
)

ECCN = "3A001"


def control(applies: str = WHOLE, **more: Any) -> EntryControl:
    fields = dict.fromkeys(EntryControl._fields, "") | {"applies": applies} | more
    return EntryControl(**fields)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("b", "b", True),
        ("b", "b.2", True),
        ("b.2", "b.2.a", True),
        ("b.2", "b.21", False),
        ("b.2", "b", False),
        ("", "b", True),  # the entry itself holds all
        ("b", "", False),
    ],
)
def test_a_paragraph_is_within_another_by_its_steps(one: str, other: str, near: bool) -> None:
    assert _near(one, other) is near


@pytest.mark.parametrize(
    ("applies", "paragraph", "reaches"),
    [
        (WHOLE, "b.2", True),
        ("a c", "", True),  # of the whole entry every control is asked
        ("a c", "b", False),
        ("a c", "c", True),
        ("a.1", "a", True),  # a part of the paragraph
        ("a", "a.1", True),  # the paragraph around it
        ("a.1", "a.2", False),
        ("", "a", False),
    ],
)
def test_a_control_reaches_what_holds_or_lies_within_its_paragraphs(
    applies: str, paragraph: str, reaches: bool
) -> None:
    assert bears(control(applies), paragraph) is reaches


@pytest.mark.parametrize(
    ("words", "paragraph", "speaks"),
    [
        ("designed for space", "b", True),  # it names none
        ("items in .b.2", "b.2.a", True),
        ("items in .b.2", "b", True),
        ("items in .b.2", "c", False),
        ("items in .a or .c", "c", True),
        ("items in a, b and c", "b", True),  # letters alone in a list of such
        ("items in a, b and d", "e", False),
        ("items in b.4 alone", "b.4", True),
        ("items in b.4 alone", "b.5", False),
        ("items of 3A002.c that fit .a", "z", True),  # another entry: it may be that one's
        (f"{LEFT_OUT}3A002.c and .a", "z", False),
        (f"{LEFT_OUT}.b", "b", True),
    ],
)
def test_words_speak_of_a_paragraph_that_they_name_or_where_they_name_none(
    words: str, paragraph: str, speaks: bool
) -> None:
    assert _speak_of(words, paragraph) is speaks


def lines(item: str, *controls: EntryControl) -> list[tuple[str, str]]:
    def of(eccn: str) -> tuple[EntryControl, ...]:
        assert eccn == ECCN
        return controls

    held: Any = SimpleNamespace(lines=of)
    return [(each.applies, each.words) for each in lines_on(held, item)]


def test_controls_on_a_paragraph_are_those_that_may_reach_it_with_words_that_speak_of_it() -> None:
    controls = (
        control("a"),
        control("b"),
        control(WHOLE, words="items in .b.2"),
        control(WHOLE, words=f"{LEFT_OUT}.b"),
        control(WHOLE, words="designed for space"),
    )
    assert lines(f"{ECCN}.a", *controls) == [
        ("a", ""),
        # It leaves out others, so on this paragraph it stands without a condition.
        (WHOLE, ""),
        (WHOLE, "designed for space"),
    ]
    assert lines(f"{ECCN}.b.2", *controls) == [
        ("b", ""),
        (WHOLE, "items in .b.2"),
        (WHOLE, f"{LEFT_OUT}.b"),
        (WHOLE, "designed for space"),
    ]
    assert len(lines(ECCN, *controls)) == 5


@pytest.mark.parametrize(
    ("places", "countries"),
    [
        ("CN RU", ["CN", "RU"]),
        ("all", ["CA", "CN", "RU"]),
        ("all but CA RU", ["CN"]),
        ("", []),
    ],
)
def test_destinations_in_words_are_some_or_all_but_some(places: str, countries: list[str]) -> None:
    asked = ("CA", "CN", "RU")
    assert _spelled_out(places, asked) == countries
    chart = [SimpleNamespace(country="CN", marks={"NS 1"}), SimpleNamespace(country="CA", marks={})]
    held: Any = SimpleNamespace(destinations=lambda: chart)
    assert destinations_of(control(to=places), held, asked) == countries
    # A column of the chart stands over words.
    assert destinations_of(control(to=places, column="NS 1"), held, asked) == ["CN"]
    assert destinations_of(control(to=places, column="NS 2"), held, asked) == []


@pytest.mark.parametrize(
    ("text", "paragraph", "others"),
    [
        ("Yes for .a, .b and .c", "d", True),
        ("Yes for .a, .b and .c", "b", False),
        ("Yes for .a.1", "a", False),  # a part of it is offered
        ("Yes for .a", "a.1", False),
        ("Yes for .a", "", False),  # of the entry itself nothing is settled
        ("Yes, except .a", "b", False),
        ("No", "b", False),
        ("N/A for .a", "b", False),
        ("Yes", "b", False),  # it names none
        ("Yes for .a to .c", "d", False),  # a range
        ("Yes for .a through .c", "d", False),
        (f"Yes for {ECCN}.a", "b", True),  # the entry's own number is no other entry
        (f"Yes for {ECCN}.a", "a", False),
        ("Yes for 3A002.a and .c", "b", False),
    ],
)
def test_an_exception_is_offered_to_others_where_it_names_them_and_not_the_one_asked(
    text: str, paragraph: str, others: bool
) -> None:
    assert offered_to_others(ECCN, text, paragraph) is others
