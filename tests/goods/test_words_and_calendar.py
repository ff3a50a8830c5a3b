"""Stems of words, digits of codes, and the days on which two editions are accepted."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from detente.goods.codes import CodeError, TariffCode
from detente.goods.plain import is_chinese, key, stem, stems, tokens
from detente.goods.rate_table import Calendar


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("cookies", "cooky"), ("cookie", "cooky"), ("batteries", "battery"), ("pie", "pie"),
        ("pies", "pie"), ("ties", "tie"), ("boxes", "box"), ("dishes", "dish"),
        ("watches", "watch"), ("glasses", "glass"), ("glass", "glass"), ("bus", "bus"),
        ("chassis", "chassis"), ("tomatoes", "tomato"), ("mangoes", "mango"), ("shoes", "shoe"),
        ("toys", "toy"), ("gas", "gas"), ("pens", "pen"), ("knives", "knife"), ("pianos", "pianos"),
        ("tea", "tea"), ("teas", "tea"), ("quizzes", "quizz"),
    ],
)  # fmt: skip
def test_a_word_loses_the_ending_of_its_plural_alone(word: str, found: str) -> None:
    assert stem(word) == found


def test_a_text_is_read_as_words_without_marks() -> None:
    assert tokens("Men’s T-shirts, women's; 100%") == ["mens", "t", "shirts", "womens", "100"]
    assert stems("Toys and toy boxes") == {"toy", "and", "box"}
    assert key(["T", "shirts"]) == "Tshirt"
    assert key(tokens("T-Shirts")) == key(tokens("tshirt"))


@pytest.mark.parametrize(
    ("mark", "chinese"),
    [("\u33ff", False), ("\u3400", True), ("中", True), ("\u9fff", True), ("\ua000", False)],
)
def test_a_mark_is_chinese_within_its_blocks(mark: str, chinese: bool) -> None:
    assert is_chinese(mark) is chinese


def test_a_code_has_its_parts_and_those_above_it() -> None:
    code = TariffCode.parse(" 8507.60-00 10")
    assert code.digits == "8507600010"
    assert str(code) == code.dotted == "8507.60.00.10"
    assert (code.chapter, code.heading, code.subheading, code.rate_line) == (
        "85", "8507", "850760", "85076000",
    )  # fmt: skip
    assert code.prefixes() == ("8507600010", "85076000", "850760", "8507", "85")
    short = TariffCode.parse("8507")
    assert (short.dotted, short.subheading, short.rate_line) == ("8507", "8507", "8507")
    assert short.prefixes() == ("8507", "85")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("850760001", "a leading or closing zero may have been lost, as spreadsheets do"),
        ("850", "a leading or closing zero may have been lost, as spreadsheets do"),
        ("85076000101", "take the digits after the tenth away"),
        ("batteries", "to find a code by words, search for them"),
        ("", "to find a code by words, search for them"),
    ],
)
def test_a_code_that_is_none_says_what_is_likely_wrong(text: str, hint: str) -> None:
    with pytest.raises(CodeError, match=hint):
        TariffCode.parse(text)


def edition(start: str, first: str = "", until: str = "") -> Any:
    """An edition used from a day, and accepted from an earlier or until a later one."""
    days = {"accepted_from": first, "accepted_until": until, "exact_from": "", "exact_until": ""}
    found = {name: date.fromisoformat(day) if day else None for name, day in days.items()}
    return SimpleNamespace(start=date.fromisoformat(start), **found)


TWO = Calendar(
    SimpleNamespace(  # type: ignore[arg-type]
        editions=[edition("2025-01-01"), edition("2025-07-01", "2025-06-20", "2025-07-10")]
    )
)


@pytest.mark.parametrize(
    ("day", "number", "alone", "span"),
    [
        ("2024-12-31", -1, True, 0),
        ("2025-01-01", 0, True, 1),
        ("2025-06-19", 0, True, 1),
        ("2025-06-20", 0, False, 2),
        ("2025-06-30", 0, False, 2),
        ("2025-07-01", 1, False, 3),
        ("2025-07-09", 1, False, 3),
        ("2025-07-10", 1, True, 4),
    ],
)
def test_another_edition_is_accepted_from_its_first_day_to_before_its_last(
    day: str, number: int, alone: bool, span: int
) -> None:
    as_of = date.fromisoformat(day)
    assert (TWO.edition(as_of), TWO.alone(as_of), TWO.span(as_of)) == (number, alone, span)
