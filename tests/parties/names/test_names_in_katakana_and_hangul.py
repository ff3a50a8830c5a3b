"""Foreign names in katakana, and bodies in Hangul, by the listed names that they may be."""

from __future__ import annotations

import pytest

from detente.parties.names.japanese import written_as
from detente.parties.names.languages.spelled_names import told_apart
from detente.parties.names.languages.unvoweled import skeletons_of, spelled
from detente.parties.names.names import NameTables, plain
from detente.parties.screening.crowd import answers_of
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.store import Screen

HEARD = {
    "プーチン": "putin", "ウラジーミル": "vladimir", "プリゴジン": "prigozhin",
    "ロステク": "rostec",
    "ラリジャニ": "larijani", "ガートラー": "gertler", "カラシニコフ": "kalashnikov", "アリ": "ali",
    "ショイグ": "shoigu", "ヴィクトル": "viktor", "デリパスカ": "deripaska", "マドゥロ": "maduro",
}  # fmt: skip
"""Words, each with what it may be written as."""

OTHERS = {
    "カルビー": "caribe", "サントリー": "sundial", "ローソン": "roshan", "ダイハツ": "teaco",
    "ホセ": "jesse", "アンナ": "hanna", "マリア": "mara", "ペトロフ": "pavlov", "タナカ": "danka",
}  # fmt: skip
"""Words, each with what it is not."""

LISTED = {
    "ウラジーミル・プーチン": "PUTIN, Vladimir Vladimirovich",
    "エフゲニー・プリゴジン": "PRIGOZHIN, Yevgeniy Viktorovich",
    "オレグ・デリパスカ": "DERIPASKA, Oleg Vladimirovich",
    "アリ・ラリジャニ": "LARIJANI, Ali",
    "조선대봉선박회사": "KOREA DAEBONG SHIPPING CO",
    "원자력공업성": "MINISTRY OF ATOMIC ENERGY INDUSTRY",
    "조선광성무역회사": "KOREA KWANGSONG TRADING CORPORATION",
}

STRANGERS = (
    "ジョン・スミス", "アンナ・イワノワ", "レフ・トルストイ", "リオネル・メッシ",
    "キッコーマン株式会社",
    "カルビー", "アサヒビール株式会社", "スターバックス", "サイバーエージェント",
    "マリア・シャラポワ",
    "삼성물산", "한국가스공사", "대진기계", "조선일보",
)  # fmt: skip
"""Names of which no list prints any."""


@pytest.mark.parametrize(("word", "latin"), HEARD.items())
def test_a_word_in_katakana_may_be_written_as_what_is_heard(word: str, latin: str) -> None:
    meant = spelled(word)
    assert meant.pattern(latin)
    assert meant.skeletons & skeletons_of(latin)


@pytest.mark.parametrize(("word", "latin"), OTHERS.items())
def test_a_sound_that_is_written_is_no_other(word: str, latin: str) -> None:
    assert not written_as(word)[1].fullmatch(latin)


@pytest.mark.parametrize(("name", "listed"), LISTED.items())
def test_a_listed_party_is_found_by_its_name_in_katakana_or_hangul(
    name: str, listed: str, screen: Screen
) -> None:
    hits = screen.parties(name)
    assert listed in [each.text for hit in hits for entry in hit.entries for each in entry.names]


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_is_found_by_the_name_of_a_stranger(name: str, screen: Screen) -> None:
    assert screen.parties(name) == []


def test_many_names_are_answered_as_each_alone(screen: Screen) -> None:
    names = [*LISTED, *STRANGERS]
    together = answers_of(screen)([NameQuery(name) for name in names], 3)
    assert [list(each) for each in together] == [screen.parties(name, top=3) for name in names]


def test_a_name_of_one_or_two_known_words_is_not_told_apart(tables: NameTables) -> None:
    assert told_apart("무역은행", tables) == ()
    assert len(told_apart("조선컴퓨터센터", tables)) > len(("korea", "computer"))


def test_syllables_are_voiced_where_they_begin(tables: NameTables) -> None:
    form = told_apart("조선대봉무역회사", tables, voiced=True)
    assert plain("대봉", tables) == "taepong"
    assert "daebong" in [part.text for part in form]
