"""Japanese and Korean names meet their other spellings, and not those of other names."""

from __future__ import annotations

import pytest

from detente.parties.names.japanese import from_kana, hepburn
from detente.parties.names.korean import KoreanSyllables, hangul_of
from detente.parties.screening.store import Screen

KOREAN = KoreanSyllables({
    "jung": ("정중", "정"), "jong": ("정종", "정"), "chong": ("정종총", "정"),
    "chung": ("정중충", "정"), "min": ("민", "민"), "man": ("만", ""), "su": ("수", ""),
    "soo": ("수", ""), "kim": ("김", "김"),
})  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (["jung", "su"], ["jong", "soo"], True),  # both may be 정수
        (["chung", "su"], ["chong", "su"], True),
        (["kim", "min", "su"], ["kim", "man", "su"], False),
        (["kim", "min"], ["kim", "min", "su"], False),
    ],
)
def test_korean_syllables_agree_where_one_is_written_both_ways(
    one: list[str], other: list[str], same: bool
) -> None:
    assert KOREAN.agree(tuple(one), tuple(other)) is same


def test_a_korean_name_has_the_key_of_all_spellings_with_its_family_first() -> None:
    keys = KOREAN.keys(["jong", "min", "su"])
    assert len(keys) == 1
    assert keys.items() <= KOREAN.keys(["min", "su", "jong"]).items()
    assert keys.keys() <= KOREAN.keys(["chung", "minsoo"]).keys()  # a given name as one word
    assert KOREAN.keys(["su", "man"]) == {}  # none of them is a family
    assert KOREAN.keys(["min", "smith"]) == {}


def test_two_or_three_syllables_in_hangul_are_a_name_and_four_are_not() -> None:
    assert (hangul_of("김여정"), hangul_of("이 명훈"), hangul_of("태평염전")) == (
        "김여정",
        "리명훈",
        "",
    )
    assert hangul_of("김 Min") == ""


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("tuda", "tsuda"), ("sinyo", "shinyo"), ("zitugyo", "jitsugyo"), ("huzi", "fuji"),
        ("yuuzou", "yuzo"), ("ooshima", "oshima"), ("ohno", "ono"), ("satoh", "sato"),
        ("shimbun", "shinbun"), ("hacchoji", "hatchoji"), ("zyunko", "junko"), ("inoue", "inoue"),
        ("nippon", "nippon"), ("niigata", "niigata"), ("smith", ""), ("wang", ""),
    ],
)  # fmt: skip
def test_a_japanese_word_is_written_in_hepburn_without_long_vowels(word: str, written: str) -> None:
    assert hepburn(word) == written


@pytest.mark.parametrize(
    ("kana", "latin"),
    [("シャープ", "shaーpu"), ("りょう", "ryou"), ("ニッポン", "nippon"), ("はっちょう", "hatchou"),
     ("ファン", "fan"), ("たかぎ工業", "takagi工業")],
)  # fmt: skip
def test_kana_that_are_said_together_are_written_together(kana: str, latin: str) -> None:
    each = {
        "シ": "shi", "プ": "pu", "り": "ri", "う": "u", "ニ": "ni", "ポ": "po", "ン": "n",
        "は": "ha", "ち": "chi", "フ": "fu", "た": "ta", "か": "ka", "ぎ": "gi",
    }  # fmt: skip
    assert from_kana(kana, {ord(char): written for char, written in each.items()}) == latin


@pytest.mark.parametrize(
    ("name", "listed"),
    [("Tuda Tikara", "TSUDA, Chikara"), ("Yuuzou Ooshima", "YUZO OSHIMA"),
     ("おおしま ゆうぞう", "YUZO OSHIMA"), ("Toyo Sinyo Zitugyo", "TOYO SHINYO JITSUGYO K.K.")],
)  # fmt: skip
def test_a_japanese_name_is_found_in_other_spellings(
    screen: Screen, name: str, listed: str
) -> None:
    assert listed in {each.text for hit in screen.hits(name) for each in hit.entry.names}


@pytest.mark.parametrize("name", ["Tuda Hirosi", "Hu Tizi"])
def test_another_japanese_or_chinese_name_is_not_read_as_the_listed_one(
    screen: Screen, name: str
) -> None:
    assert screen.hits(name) == []


@pytest.mark.parametrize("name", ["Oscar Guillermo Silva", "Liz Paola Gonzalez"])
def test_a_person_without_the_first_of_two_family_names_is_another(
    screen: Screen, name: str
) -> None:
    assert screen.hits(name) == []
