"""Chinese names of persons in the spellings that are usual in Hong Kong."""

from __future__ import annotations

import pytest

from detente.parties.names.languages.hong_kong import MOST_SPELLED, spelled_names, spellings_of
from detente.parties.names.names import NameTables
from detente.parties.screening.store import Screen


@pytest.fixture(scope="module")
def tables() -> NameTables:
    return Screen().lists[0].tables


@pytest.mark.parametrize(
    ("syllable", "spelling"),
    [
        ("can", "chan"),
        ("gwok", "kwok"),
        ("gei", "ki"),
        ("joeng", "yeung"),
        ("ng", "ng"),
        ("zang", "tsang"),
        ("jyun", "yuen"),
        ("ou", "o"),
    ],
)
def test_a_syllable_is_spelled_as_is_usual(
    syllable: str, spelling: str, tables: NameTables
) -> None:
    assert spelling in spellings_of(syllable, tables.hong_kong)


@pytest.mark.parametrize("syllable", ["", "xyz", "qong", "g"])
def test_what_is_no_syllable_has_no_spelling(syllable: str, tables: NameTables) -> None:
    assert spellings_of(syllable, tables.hong_kong) == []


def test_every_reading_of_a_character_has_a_spelling(tables: NameTables) -> None:
    said = {cantonese for _, _, cantonese in tables.han.values()} - {""}
    without = {each for each in said if not spellings_of(each, tables.hong_kong)}
    assert without <= {"hm", "oe", "goe", "doe", "hoe"}, without


def test_of_a_name_only_spellings_that_are_listed_are_tried(tables: NameTables) -> None:
    listed = {"chan", "kwok", "ki"}
    (form,) = spelled_names("陈国基", tables, listed.__contains__)
    assert [text for _, text in form] == ["chan", "kwok", "ki"]
    assert list(spelled_names("陈国基", tables, {"chan", "kwok"}.__contains__)) == []
    assert list(spelled_names("陈国", tables, lambda word: True)) == []
    assert len(list(spelled_names("陈志诗", tables, lambda word: True))) == MOST_SPELLED
