"""Places of a record stand in words that a reader knows."""

from __future__ import annotations

import pytest

from detente.register.book import Register
from detente.register.views.place_words import place_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("china", "China"),
        ("china-hk", "China and Hong Kong"),
        ("china-hk-mo", "China, Hong Kong and Macau"),
        ("all", "every country"),
        ("all-but-china-hk", "every country but China and Hong Kong"),
        ("not-argentina", "every country but Argentina"),
        ("eu", "27 countries (eu)"),
        ("BR", "Brazil"),
        ("nobody-knows", "nobody-knows"),
    ],
)
def test_a_set_is_told_by_its_countries(register: Register, name: str, words: str) -> None:
    assert place_words(register, [name]) == [words]
