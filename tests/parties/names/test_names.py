from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.parties.names.kinds import BRAND, LEGAL
from detente.parties.names.legal import halves_joined, mended_form, place_left_out
from detente.parties.names.names import (
    MendedPhrases,
    NameTables,
    NameWord,
    from_wade_giles,
    in_mandarin,
    in_pinyin,
    latin_words,
    parts,
    squashed,
)
from detente.parties.names.reading.scanned import all_on_paper, capitals_on_paper, on_paper
from detente.parties.names.spelling import meant, neighbors


def test_traditional_characters_and_full_width_letters_are_folded(tables: NameTables) -> None:
    assert parts("華為技術有限公司", tables) == parts("华为技术有限公司", tables)
    assert parts("ＨＵＡＷＥＩ", tables) == (NameWord("b", "huawei"),)


def test_legal_forms_places_trades_numbers_and_brands_are_told_apart(tables: NameTables) -> None:
    words = parts("Shenzhen Mingxinyuan No. 38 Trading Co., Ltd.", tables)
    assert [part.kind for part in words] == ["p", "b", "f", "n", "i", "l", "l"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chang Zhou Steel", "Changzhou Steel"),
        ("Xi'an Aeronautics", "Xian Aviation"),
        ("Peking Tech", "Beijing Technology"),
        ("第三十八研究所", "38th Institute"),
        ("北京市科技", "Beijing Technology"),
        ("第三机床厂有限公司", "3rd Machine Tool Factory"),
        ("南京设计院有限公司", "Nanjing Design Institute"),
        ("核燃料气体", "Nuclear Fuel Gas"),
        ("荷兰半导体", "Netherlands Semiconductor"),
        ("印度尼西亚科技", "Indonesia Technology"),
    ],
)
def test_one_name_in_two_spellings_is_one_key(one: str, other: str, tables: NameTables) -> None:
    assert squashed(parts(one, tables)) == squashed(parts(other, tables))


@pytest.mark.parametrize(
    ("chinese", "latin"),
    [
        ("桂林长海", "Guilin Changhai"),
        ("长者健康", "Zhangzhe Jiankang"),
        ("乐视", "Leshi"),
        ("乐器之声", "Yueqizhisheng"),
        ("曾氏", "Zengshi"),
        ("成都恒行", "Chengdu Henghang"),
        ("金吕", "Jin Lu"),
        ("重达", "Chongda"),
    ],
)
def test_a_character_that_is_said_in_several_ways_is_read_in_each(
    chinese: str, latin: str, tables: NameTables
) -> None:
    spoken = {squashed(form) for form in in_mandarin(parts(chinese, tables), tables)}
    assert squashed(parts(latin, tables)) in spoken | {
        squashed(form) for form in in_pinyin(chinese, tables)
    }


def test_what_a_chinese_word_stands_for_are_words_that_are_read_as_themselves(
    tables: NameTables,
) -> None:
    several = [(text, each) for text, (_, each) in tables.words.items() if " " in each]
    assert len(several) > 10
    for text, canonical in several:
        assert not text.isascii(), text
        assert squashed(parts(canonical, tables)) == canonical.replace(" ", ""), text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Сергей Лавров", "Sergei Lavrov"),
        ("Зеленський, Україна", "Zelenskyy, Ukraina"),  # и is y where і or ї stands beside it
        ("Ёлкин", "Elkin"),
        ("Κυριάκος", "Kyriakos"),
        ("ბარაკ ობამა", "Barak Obama"),
        ("Բարակ Օբամա", "Barak Obama"),
        ("ООО Ромашка", "OOO Romashka"),
    ],
)
def test_letters_of_other_alphabets_are_written_in_latin_ones(
    one: str, other: str, tables: NameTables
) -> None:
    assert squashed(parts(one, tables)) == squashed(parts(other, tables))


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Muster Aktiengesellschaft", "Muster AG"),
        ("Muster Gesellschaft mit beschränkter Haftung", "Muster GmbH"),
        ("Societatea cu Răspundere Limitată Exemplu", "Exemplu SRL"),
        ("Открытое акционерное общество Пример", "OAO Primer"),
    ],
)
def test_a_legal_form_written_out_is_its_abbreviation(
    long: str, short: str, tables: NameTables
) -> None:
    assert sorted(parts(long, tables)) == sorted(parts(short, tables))


def test_a_number_keeps_two_institutes_apart(tables: NameTables) -> None:
    assert squashed(parts("第十四研究所", tables)) != squashed(parts("第十三研究所", tables))


@pytest.mark.parametrize(
    ("wade", "pinyin"), [("hsin", "xin"), ("tzu", "zi"), ("chih", "zhi"), ("qqq", "")]
)
def test_a_syllable_of_wade_giles_is_read_as_pinyin(
    wade: str, pinyin: str, tables: NameTables
) -> None:
    syllables = frozenset(reading[1] for reading in tables.han.values())
    assert from_wade_giles(wade, syllables) == pinyin


# --- words that are one letter off ---------------------------------------------------------------


def test_a_word_is_meant_where_a_known_one_is_one_edit_away_and_begins_alike() -> None:
    near = neighbors(["electronics", "technology", "abc", "no such", "électrique"])
    assert {*near.values()} == {"electronics", "technology"}  # short, two words, other letters
    assert near["electronics"] == near["electronic"] == near["lectronics"] == "electronics"
    for word, known in (
        ("electronics", "electronics"), ("electronic", "electronics"),  # as it is, and one less
        ("electroniccs", "electronics"), ("electrnoics", "electronics"),  # one more, two exchanged
        ("elektronics", "electronics"), ("technoligy", "technology"),
        ("lectronics", ""), ("xlectronics", ""),  # it begins otherwise
        ("electroni", ""), ("elektronik", ""), ("abc", ""), ("abd", ""),
    ):  # fmt: skip
        assert meant(word, near) == known, word


FORM = ("joint", "stock", "company")
TABLES: Any = SimpleNamespace(
    words={"comp": (LEGAL, "company")},
    phrases=MendedPhrases({word: [FORM] for word in (*FORM, "jointstock")}),
    phrase_forms={"jsc"},
)


@pytest.mark.parametrize(
    ("stated", "mended"),
    [
        ("zorblax joint stock compan", "zorblax joint stock company"),
        ("zorblax joint stock c", "zorblax joint stock company"),
        ("zorblax joint stock", "zorblax joint stock company"),
        ("zorblax joint", ""),  # one word of it tells nothing
        ("joint stock compan", "joint stock company"),
        ("zorblax joint stok company", "zorblax joint stock company"),
        ("joint stok company zorblax", "joint stock company zorblax"),
        ("zorblax joint stack compani", ""),  # two are misspelled
        ("zorblax jointstock company", "zorblax joint stock company"),
        ("zorblax joint stock com pany", "zorblax joint stock company"),
        ("zorblax company stock joint", "zorblax joint stock company"),  # turned round
        ("zorblax joint stokc company", "zorblax joint stock company"),
        ("zorblax ojint stock comp", "zorblax joint stock company"),
        ("zorblax joint stock company", ""),
        ("zorblax stock company joint", ""),
        ("zorblax compan", ""),
    ],
)
def test_a_legal_form_of_several_words_is_mended_where_it_is_cut_off_or_misspelled(
    stated: str, mended: str
) -> None:
    words = stated.split()
    read = [NameWord(BRAND, each) for each in words]
    assert " ".join(mended_form(words, read, TABLES)) == mended
    # Beside another form it is mended as well; where it is read as itself there is nothing to do.
    other = [*read, NameWord(LEGAL, "ltd"), NameWord(BRAND, "jsc")]
    assert " ".join(mended_form(words, other, TABLES)) == mended
    assert mended_form(words, [*read, NameWord(LEGAL, "jsc")], TABLES) == []


@pytest.mark.parametrize(
    ("word", "printed"),
    [
        ("mrnz", "mmz"),
        ("srnc", "smc"),
        ("ap5", "aps"),
        ("8pt", "bpt"),
        ("arne", ""),  # a vowel stands before the two letters
        ("rn", ""),
        ("hmrnzec", "hmmzec"),
        ("ahrned", "ahmed"),
        ("zorblaxis5", ""),  # a longer word is known misspelled
        ("ap4", ""),  # no letter looks so
        ("a5", ""),
        ("a55", ""),
        ("a5s", ""),  # a digit among letters is read so anyway
    ],
)
def test_a_word_is_also_read_as_it_may_stand_on_the_paper(word: str, printed: str) -> None:
    assert on_paper(word) == printed
    assert all_on_paper(["zorblax", word]) == (["zorblax", printed] if printed else [])


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("Astro Neft OOO", "astroneft"),
        ("OOO Oil Zorblax", "oilzorblax"),
        ("Zorblax Quux OOO", ""),  # read as they stand
        ("Zorblax Trading", ""),  # a long word is no half of a brand
        ("Zorblax Neft Quux", ""),
        ("Neft OOO", ""),
    ],
)
def test_two_words_are_one_where_a_short_one_is_read_as_another(
    name: str, joined: str, tables: NameTables
) -> None:
    found = halves_joined(latin_words(name), parts(name, tables))
    assert [part.text for part in found if part.kind == BRAND] == ([joined] if joined else [])


def test_small_letters_among_capitals_are_read_as_they_may_stand_on_the_paper() -> None:
    assert capitals_on_paper("SMART KlT, lTD") == "SMART KIT, ITD"
    assert capitals_on_paper("LArnD") == "LAMD"
    assert capitals_on_paper("Al Zorblax McLarnon") == ""


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Zorblax Ltd Tbilisi", "zorblax ltd"),
        ("Zorblax Inc. (Beijing, China)", "zorblax inc"),
        ("Zorblax Tbilisi", ""),
        ("Zorblax Tbilisi Ltd", ""),
        ("Ltd Tbilisi", ""),
    ],
)
def test_a_place_behind_a_legal_form_is_left_out(name: str, left: str, tables: NameTables) -> None:
    assert " ".join(part.text for part in place_left_out(parts(name, tables))) == left
