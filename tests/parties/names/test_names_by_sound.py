"""Words by their sound, and by the syllables that they are made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.parties.names.sounds import may_sound_alike, sound_of, syllables_in

ALIKE = [
    ("khitrov", "hitrov"), ("maksimenko", "maximenko"), ("sergey", "sergei"), ("yusuf", "iusuf"),
    ("tschaikin", "chaikin"), ("philipov", "filipov"), ("wolkov", "volkov"), ("qasim", "kasim"),
    ("cossack", "kossak"), ("oumar", "umar"), ("jelena", "yelena"), ("thabo", "tabo"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_spellings_of_one_sound_meet(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other) != ""
    assert may_sound_alike(one, other)


@pytest.mark.parametrize("word", ["ali", "x1yz", "müller", "中国公司", ""])
def test_a_short_word_and_one_that_is_not_latin_have_no_sound(word: str) -> None:
    assert sound_of(word) == ""


@pytest.mark.parametrize(("one", "other"), [("petrov", "vetrov"), ("marat", "karat")])
def test_words_that_begin_otherwise_cannot_sound_alike(one: str, other: str) -> None:
    assert not may_sound_alike(one, other)


LETTERS = st.text("abcdehijkoqstuwxyz", min_size=4, max_size=7)


@given(LETTERS, st.sampled_from("cksxqtheijydfpvwouabglmnrz"))
def test_no_two_words_of_one_sound_are_passed_over(word: str, first: str) -> None:
    other = first + word[1:]
    if sound_of(word) == sound_of(other):
        assert may_sound_alike(word, other)


SYLLABLES = frozenset({"xi", "an", "xian", "zhang", "zha", "ng", "a", "n"})


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("", 0), ("xi", 1), ("xian", 1), ("xianxi", 2), ("zhang", 1), ("zhangan", 2), ("xix", 0),
        ("xxi", 0), ("nan", 2), ("zhangxianxi", 3), ("anq", 0),
    ],
)  # fmt: skip
def test_a_word_is_as_few_syllables_as_may_be(word: str, count: int) -> None:
    assert syllables_in(word, SYLLABLES) == count


def ways(word: str) -> int:
    """The same, by trying every way to cut."""
    found = [
        1 + rest
        for at in range(1, len(word) + 1)
        if word[:at] in SYLLABLES and ((rest := ways(word[at:])) or at == len(word))
    ]
    return min(found, default=0)


@given(st.lists(st.sampled_from([*sorted(SYLLABLES), "q"]), max_size=4).map("".join))
def test_syllables_are_counted_as_by_trying_every_cut(word: str) -> None:
    assert syllables_in(word, SYLLABLES) == ways(word)
