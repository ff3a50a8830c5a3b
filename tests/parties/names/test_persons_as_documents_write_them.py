"""Persons as papers write them, and as other languages spell them."""

from __future__ import annotations

import pytest

from detente.parties.names.names import NameTables, kinds_of
from detente.parties.names.reading.documents import readings
from detente.parties.names.sounds import sound_of, sounds_beside
from detente.parties.screening.store import Screen

FOUND = [
    ("Andrey Komarov", "KOMAROV, Andrey Ilyich"),  # Ilyich is a patronymic, too
    ("Igor Chomenko", "KHOMENKO, Igor Vladimirovich"),
    ("Mohd Gholami", "GHOLAMI, Mohammad"),
    ("Reza Ameeri Moghadam", "MOGHADAM, Reza Amiri"),
    ("Viktor Aleksandrovich Ignatoff", "IGNATOV, Viktor Aleksandrovich"),
    ("Dmytro Volodymyrovych Baryshnikov", "BARYSHNIKOV, Dmitry Vladimirovich"),
    ("Dmitry Kozak DOB: 01/02/1969", "KOZAK, Dmitry"),
    ("Artem Kuznetsov - passport A1234567", "KUZNETSOV, Artem"),
    ("Ali Mahdavi, born 1971-04-02", "ALI MAHDAVI"),
    ("Genping Li, Managing Director", "LI, Genping"),
    ("Yelena Khimina 12.03.1961", "KHIMINA, Yelena"),
    ("Bing Lu PhD", "Bing Lu"),
    ("BRODSKAIA, Eliz. Yuryevna", "BRODSKAIA, Elizaveta Yuryevna"),
    ("Rowhani Sayyed Moham.", "ROWHANI, Sayyed Mohammad"),
    ("Rowhani Moham.", "ROWHANI, Sayyed Mohammad"),  # as it is found in full
    ("Zhur. Svetlana Sergeevna", "ZHUROVA, Svetlana Sergeevna"),
    ("Ahrned Mohamed Bahar", "Ahmed Mohamed BAHAR"),
    ("Estate of Sergei Kokorev", "KOKOREV, Sergei"),
    ("Sergei Kokorev and family", "KOKOREV, Sergei"),
    ("Sergei Kokorev operating as Acme", "KOKOREV, Sergei"),
    ("UBO Sergei Kokorev", "KOKOREV, Sergei"),
    ("Signed by Sergei Kokorev", "KOKOREV, Sergei"),
    ("Acme Ltd, Sergei Kokorev", "KOKOREV, Sergei"),
    ("Acme Trading Co., Ltd., Sergei Kokorev", "KOKOREV, Sergei"),
    ("Sergei Kokorev / Acme Ltd", "KOKOREV, Sergei"),
    ("Attn: Acme GmbH - Sergei Kokorev", "KOKOREV, Sergei"),
    ("General Sergei Kokorev", "KOKOREV, Sergei"),
    ("Engineer Sergei Kokorev", "KOKOREV, Sergei"),
    ("Alexei Alexeevich Garaschenko", "GARASHCHENKO, Aleksey Alekseyevich"),
    ("Hans Yunlu Hu", "HU, Yunlu"),  # listed by either given name
    ("Kevin Peng Bo", "PENG, Bo"),
    ("Lev Anatolyevich Ershov", "Lev Anatolyevich Yershov (Ershov)"),
]


@pytest.mark.parametrize(("written", "listed"), FOUND)
def test_a_person_is_found_as_documents_write_it(written: str, listed: str, screen: Screen) -> None:
    hits = screen.parties(written)
    assert listed in [name.text for hit in hits for each in hit.entries for name in each.names]


OTHERS = [
    "Igor Chumak", "Andrey Kulchenko", "Reza Emiri", "Mohd Shafiei Kadkani", "Zepkin Boris",
    "Dmytro Mykolayovych Baryshnikov",  # another father's son
    "Brodskaia, Mar. Yuryevna", "Eliz. Yuryevna",
    "Kevin Hu Yunlu", "Abu Zubaida Islam Khan",
    "Boris Schumann, Managing Director", "Nina Simone DOB: 21/02/1933", "Hans Kickoff",
    "Director Ltd", "Passport Control 1234", "General Kokorev",
    "Acme Ltd, Kokorev", "Kokorev / Acme Ltd",
    "Acme, Kokorev Sergei Trading", "General Electric Sergei",
]  # fmt: skip


@pytest.mark.parametrize("written", OTHERS)
def test_a_person_near_one_is_none(written: str, screen: Screen) -> None:
    assert screen.parties(written) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ivan Petrov, passport 4510 123456", "Ivan Petrov"),
        ("Ivan Petrov (DOB 12 Mar 1968)", "Ivan Petrov"),
        ("Mr. Ivan Petrov ID 123456789", "Ivan Petrov"),
        ("Ivan Petrov INN 770123456789", "Ivan Petrov"),
        ("Ivan Petrov, Deputy General Manager", "Ivan Petrov"),
    ],
)
def test_papers_and_what_a_person_is_are_cut(text: str, name: str, tables: NameTables) -> None:
    read = readings(text, False, tables.documents, lambda part: kinds_of(part, tables))
    assert name in [each for each, _ in read]


@pytest.mark.parametrize(
    "text", ["Paper Director", "Ivan Petrov", "Managing Director", "Petrov Trading Company Manager"]
)
def test_nothing_is_cut_of_a_name_that_has_no_papers(text: str, tables: NameTables) -> None:
    read = readings(text, False, tables.documents, lambda part: kinds_of(part, tables))
    assert [each for each, how in read if "papers" in how] == []


def test_a_word_of_syllables_sounds_as_it_is_written() -> None:
    sound = sounds_beside(frozenset({"a", "mi", "ri", "xi", "an", "e"}))
    assert sound("amiri") == sound("ameeri") == "amiri"
    assert sound("xian") == "xian" != sound_of("xian")
    assert sound("ami") == ""


@pytest.mark.parametrize(("one", "other"), [("popoff", "popov"), ("evraeff", "yevraev")])
def test_off_is_ov(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


@pytest.mark.parametrize(("one", "other"), [("hoff", "hov"), ("cliff", "cliv")])
def test_ff_behind_another_vowel_or_one_letter_is_no_v(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)
