"""Unknown words are refused with the nearest known ones."""

from __future__ import annotations

import pytest

from detente.core.vocabulary import (
    UnknownWordError,
    is_slip,
    known_word,
    near_miss,
    refuse_slips,
)

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


@pytest.mark.parametrize("word", ["lst", "listt", "lisd", "ilst", "lits", "xlist"])
def test_one_letter_inserted_left_out_replaced_or_exchanged_is_a_slip(word: str) -> None:
    assert is_slip(word, "list")
    assert is_slip("list", word)


@pytest.mark.parametrize("word", ["list", "lxsx", "lsit2", "t", "stli"])
def test_the_word_itself_and_words_further_off_are_no_slips(word: str) -> None:
    assert not is_slip(word, "list")


def test_a_long_word_that_is_nearly_another_is_meant_for_it() -> None:
    assert near_miss("contract_contrl_", ("contract_control",)) == "contract_control"
    assert near_miss("remarks", ("name", "country", "city")) is None


def test_a_column_of_its_own_is_left_alone_and_a_slip_is_refused() -> None:
    refuse_slips(["name", "remarks", "name2"], ("name", "country"))
    with pytest.raises(UnknownWordError, match=r"f\.csv:1: the column 'contry' .* country\?"):
        refuse_slips(["name", "contry"], ("name", "country"), where="f.csv:1")


def test_a_column_behind_a_prefix_is_held_against_the_prefix() -> None:
    refuse_slips(["fact.anything"], ("code",), ("fact.",))
    with pytest.raises(UnknownWordError, match=r"did you mean fact\.steel_value"):
        refuse_slips(["fcat.steel_value"], ("code",), ("fact.",))
