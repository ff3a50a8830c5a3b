"""Unknown words are refused with the nearest known ones."""

from __future__ import annotations

import pytest

from detente.core.vocabulary import UnknownWordError, known_word

LISTS = ("EL", "MEU", "UVL", "CN-CONTROL")


def test_a_known_word_is_given_back_as_the_vocabulary_writes_it() -> None:
    assert known_word(" cn-control ", LISTS, "a list", "list") == "CN-CONTROL"


def test_an_unknown_word_is_refused_with_the_nearest() -> None:
    with pytest.raises(
        UnknownWordError, match=r"'CN-CONTRL' is not a list: .*CN-CONTROL"
    ) as caught:
        known_word("CN-CONTRL", LISTS, "a list", "list")
    assert caught.value.where == "list"


def test_where_nothing_is_near_the_vocabulary_is_named() -> None:
    with pytest.raises(UnknownWordError, match="known are CN-CONTROL, EL, MEU, UVL"):
        known_word("zzzzzz", LISTS, "a list", "list")
