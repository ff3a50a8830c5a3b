"""Pairs of names by what lies between them: as one is asked, and as the other is listed.

They were written for each class of what went wrong with pairs of others, and are none of those.
"""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.screening_pairs import score
from detente.parties.names.comparing import CRAFT, PERSON
from detente.parties.screening.hits import THRESHOLD
from detente.parties.screening.screening import Lists
from detente.parties.screening.store import Screen

pytestmark = pytest.mark.once


@cache
def lists() -> Lists:
    return Screen().lists[0]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nigel Forage", "Nigel Farage", True),  # one edit in a rare word
        ("Giorgia Melano", "Giorgia Meloni", True),  # two edits, where both words are rare
        ("G. Meloni", "Giorgia Meloni", True),
        ("J.-L. Melenchon", "Jean-Luc Melenchon", True),
        ("JL Melenchon", "Jean-Luc Melenchon", True),
        ("Kostas Kostas Simitis", "Simitis Kostas", True),  # written twice
        ("Giorgia B. Melony", "Giorgia Meloni", True),  # an initial that the other lacks
        ("Marina Meloni", "Giorgia Meloni", False),
        ("Enzo Meloni", "Giorgia Meloni", False),
        ("E. Meloni", "Giorgia Meloni", False),
        ("Giorgia Malatesta", "Giorgia Meloni", False),
        ("Giorgia B. Meloni", "Giorgia Anna Meloni", False),
        ("Yulia Makarova", "Yulia Mayorova", False),  # two edits beside a name that many bear
        ("Wang Hui", "Wang Hua", False),  # syllables of Mandarin
        ("Li Gang", "Li Geng", False),
        (
            "Bartolomeu Evangelista Quintanilha Veloso",
            "Bartolomeu Evangelista Quintanilha Penedo",
            False,
        ),
        ("G. E. Malony", "Giorgia Meloni", False),  # more than one thing is otherwise
        # the family name that a list prints first is not the one of two that is left out
        ("Ramiro Antonio Prieto", "DEL OLMO PRIETO, Ramiro Antonio", False),
        ("Giorgia Anna Meloni", "MELONI MALATESTA, Giorgia Anna", True),
        ("Bartolomeu Quintanilha", "Giorgia Bartolomeu Quintanilha", True),  # a given name first
        # two letters of one word, one of them the first, are no slip in a long name
        ("Bartolomeu Evangelista Denado", "Bartolomeu Evangelista Penedo", False),
        ("Bartolomeu Evangelista Penado", "Bartolomeu Evangelista Penedo", True),
        # one name of Hangul, which the South writes one way and the North another
        ("Choi Sung-nam", "CHOE, Song Nam", True),
        ("Sung Hsing-tao", "SONG, Xingdao", True),
        # a short word begins otherwise where three others are the same
        ("Osif Bartolomeu Quintanilha Veloso", "Isif Bartolomeu Quintanilha Veloso", True),
        ("Dok Zheung-gub", "DOK, Gub", False),  # two syllables of three
        ("Dok Zheung-gub", "DOK, Zheung", True),
        ("Nguyen Van Hung", "HOANG, Van Nguyen", False),  # no Cantonese hong in Vietnamese
        ("Teresa Cheng Yeuk-wah", "ZHENG, Ruohua Teresa", False),
    ],
)
def test_two_names_of_persons_are_one_as_far_as_their_rare_words_tell(
    one: str, other: str, same: bool
) -> None:
    assert (score(lists(), one, other, PERSON) >= THRESHOLD) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dmitry Chubarov", "Dmitry Anatolyevich Chubarov", True),
        ("Дмитрий Чубаров", "CHUBAROV, Dmitriy Anatolyevich", True),
        ("Dmitry Chubarov", "Чубаров, Дмитрий Анатольевич", True),
        ("Aleksandr Zubrinsky", "ZUBRINSKIY, Alexander Valeryevich", True),
        ("Dmitry Anatolyevich Chubarov", "Dmitry Anatolyevich Chubarov", True),
        ("Dmitry Borisovich Chubarov", "Dmitry Anatolyevich Chubarov", False),
        ("Chubarov Dmitry Olegovich", "CHUBAROV, Dmitry Anatolyevich", False),
    ],
)
def test_a_patronymic_may_be_left_out_and_may_not_be_another(
    one: str, other: str, same: bool
) -> None:
    assert (score(lists(), one, other, PERSON) >= THRESHOLD) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Chubarov I.N.", "CHUBAROV, Ivan Nikolayevich", True),  # no word `in`
        ("O.V. Chubarov", "CHUBAROV, Oleg Viktorovich", True),
        ("Chubarov-Lentz, U. S.", "CHUBAROV-LENTZ, Ulyana Sergeyevna", True),
        ("Chubarov I.N.", "CHUBAROV, Ivan Petrovich", False),
        ("Chubarov S.A.", "CHUBAROV, Ivan Nikolayevich", False),
    ],
)
def test_two_dotted_initials_are_those_of_the_given_and_the_fathers_name(
    one: str, other: str, same: bool
) -> None:
    assert (score(lists(), one, other, PERSON) >= THRESHOLD) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Srđan Vukmiranović", "VUKMIRANOVIC, Srdjan", True),
        ("Ghodrat Zubrali", "QODRAT, Zubrali", True),
        ("Salem Zubarameh", "Salem ZUBARAMA", True),
        ("Salem Zubarameh", "Salem ZUBARAMI", False),
    ],
)
def test_letters_that_languages_write_otherwise_are_one_sound(
    one: str, other: str, same: bool
) -> None:
    assert (score(lists(), one, other, PERSON) >= THRESHOLD) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bill Haggerty", "William Haggerty", True),
        ("Vova Zubrilin", "Vladimir Zubrilin", True),
        ("Andrejs Zubrilins", "Andrey Zubrilin", True),
        ("Oleksandr Zubrilin", "Aleksandr Zubrilin", True),
        ("Präsidentin Tarja Halonen", "Tarja Halonen", True),
        ("Sheikh Naeem Kassir", "Naeem Kassir", True),
        ("Abd al-Karim Zangana", "Abdul Kareem Zangana", True),
        ("Bill Haggerty", "Wilma Haggerty", False),
        ("Andrejs Zubrilins", "Sergey Zubrilin", False),
    ],
)
def test_a_given_name_has_short_forms_spellings_and_titles(
    one: str, other: str, same: bool
) -> None:
    assert (score(lists(), one, other, PERSON) >= THRESHOLD) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("김영철", "KIM, Yong Chol", True),
        ("김영철", "KIM, Yong Nam", False),
        ("アンゲラ・メルケル", "Angera Merukeru", True),
        ("アンゲラ・メルケル", "Angera Shurutsu", False),
        ("बराक ओबामा", "Barak Obama", True),
        ("نبيل حداد", "Nabil Hadad", True),
        ("نبيل حداد", "Nabil Salama", False),
        ("גולדה מאיר", "Golda Mair", True),
    ],
)
def test_letters_of_other_alphabets_are_read_as_latin_ones(
    one: str, other: str, same: bool
) -> None:
    assert (score(lists(), one, other, PERSON) >= THRESHOLD) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Alexei Maximtchouk", "MAKSIMCHUK, Aleksey", True),  # as it sounds
        ("Wsewolod Jakowenko", "YAKOVENKO, Vsevolod", True),
        ("Artyom Khritov", "HRITOV, Artem", True),
        ("Bahrami Nushinpour", "Bahrami Nooshin pour", True),  # one word cut in two
        ("Haji Sayed Torab Nushinpour", "NOOSHINPOUR, Torab", True),  # titles
        ("Torab Nushinpour", "NOOSHINPOUR, Torab Mansour Ali", True),  # first words
        ("Mansour Ali", "NOOSHINPOUR, Torab Mansour Ali", False),
        ("Torab Torab Nushinpour", "Torab Ali Nushinpour", False),  # written twice, for another
        ("Ye Jintao", "Ye Yintao", False),  # Mandarin has a spelling of its own
    ],
)
def test_a_person_is_written_as_it_sounds_with_titles_or_with_fewer_words(
    one: str, other: str, same: bool
) -> None:
    assert (score(lists(), one, other, PERSON) >= THRESHOLD) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Battalion Thirty-Seven", "37 Battalion", True),
        ("Battalion Thirty 7", "Battalion 37", True),
        ("Battalion Thirty-Six", "37 Battalion", False),
        ("3 Korvatels", "Three Korvatels", True),
        ("KorvatelGmbH", "Korvatel GmbH", True),
        ("Korvatel AG", "KorvatelAG", True),
        ("Korvatel Joint Stock Compa", "JSC Korvatel", True),
        ("Korvatel Limited Liabilty Company", "Korvatel LLC", True),
        ("Korvatel Open Joynt Stock Company", "Korvatel OJSC", True),
        ("Khorvatel Ltd", "Horvatel Limited", True),
    ],
)
def test_a_company_may_have_its_number_in_words_and_its_form_joined_or_cut_off(
    one: str, other: str, same: bool
) -> None:
    assert (score(lists(), one, other, 0) >= THRESHOLD) is same


def test_a_listed_ship_is_found_without_the_letters_before_its_name() -> None:
    assert score(lists(), "Northern Halcyon", "MV Northern Halcyon", CRAFT) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kasim bin Walid al-Hamdan", "Walid bin Kasim al-Hamdan", False),
        ("Kasim ibn Walid Hamdan", "KASIM, Hamdan bin Walid", True),
        ("Kasim bin Walid al-Hamdan", "al-Hamdan, Kasim bin Walid", True),
        ("BIN HAMDAN, Kasim", "Kasim bin Hamdan", True),
        ("Ben Halloway", "HALLOWAY, Ben", True),  # a name of its own
    ],
)
def test_a_father_is_not_his_son(one: str, other: str, same: bool) -> None:
    assert (score(lists(), one, other, PERSON) >= THRESHOLD) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Brotech Inc", "Grotech LLC", False),  # what many end with, and three letters
        ("Zelotron", "Zalotron Group", False),
        ("Quandelsoft Ltd", "Quandolsoft Ltd", True),  # a brand before it, with a slip
        ("VIMP S.r.l.", "Vologda Institute of Marine Physics", False),  # a brand, by its legal form
        ("VIMP", "Vologda Institute of Marine Physics", True),
        ("Zulpo Ltd", "Zulpa Trading OU", False),  # few letters, and nothing beside them
        ("Zulpo Trading", "Zulpa Trading OU", True),
        ("Ningbo West Machinery Ltd", "Ningbo Best Machinery Ltd", False),
        ("Advance Zorbin Machinery", "Advanced Zorbin Machinery", True),
        # a brand where the other has a place
        ("Zorbin Velkor Quimat Trap Works", "Zorbin Velkor Quimat Harbin Works", False),
    ],
)
def test_a_company_is_another_where_what_differs_is_most_of_what_tells_it(
    one: str, other: str, same: bool
) -> None:
    assert (score(lists(), one, other, 0) >= THRESHOLD) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Omsk Mechanical Plant", "AO Omskii Mekhanicheskii Zavod"),
        ("Kvartalov Design Bureau", "Konstruktorskoye Byuro Kvartalov"),
        ("Vostriko Service", "OOO Vostriko Servis"),
        ("Institute Zubarin", "Federal State Unitary Enterprise Institute Zubarin"),
        (
            "Zubarin Flight Unit",
            "Zubarin Flight Unit of the Armed Forces of the Russian Federation",
        ),
        ("成都光机所", "Chengdu Institute of Optics and Fine Mechanics"),
    ],
)
def test_trades_and_forms_are_the_same_in_russian_and_in_short_chinese(
    one: str, other: str
) -> None:
    assert score(lists(), one, other, 0) >= THRESHOLD


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Zubarin IP cameras", "Zubarin Ltd", True),
        ("Zubarin drone motors", "Zubarin", True),
        ("Zubarin IP camera ZB-2CD2143", "Zubarin Ltd", True),
        ("Zubarin Mavic 3 drone", "Zubarin", True),
        ("Zubarin Batteries", "Zubarin Bank", False),  # many a company is named so
    ],
)
def test_a_maker_is_found_by_its_name_beside_its_goods(one: str, other: str, same: bool) -> None:
    assert (score(lists(), one, other, 0) >= THRESHOLD) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Angstrom Ltd", "ANGSTREM", False),  # somebody's word, and by its form a company
        ("Angstrom", "ANGSTREM", True),  # it may be anybody's name
        ("Angstrek Ltd", "ANGSTREM", True),  # nobody's word
    ],
)
def test_a_known_word_with_a_legal_form_is_no_listed_brand_with_a_slip(
    one: str, other: str, same: bool
) -> None:
    assert (score(lists(), one, other, 0) >= THRESHOLD) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bank Meli Moldova", "Bank Melli Moldova", True),  # somebody's name, which sounds so
        ("Tiva Cara Trading", "Tiva Kara Trading", True),
        ("Orvatec Limited", "ORVATEK LIMITED", True),  # of an ending that many brands have
        ("Sprit Bright Industrial", "Spirit Bright Industrial", True),  # a known word misspelled
        ("Nevada Artic Company", "Nevada Arctic Company", True),
        ("Trane Technologies", "Triangle Technologies", False),  # no slip: a word of its own
    ],
)
def test_what_sounds_the_same_and_a_known_word_misspelled_are_the_listed_name(
    one: str, other: str, same: bool
) -> None:
    assert (score(lists(), one, other, 0) >= THRESHOLD) is same
