"""A name in Arabic letters is read with the vowels of the listed names that it may be."""

from __future__ import annotations

import pytest

from detente.parties.names.kinds import INDUSTRY, LEGAL
from detente.parties.names.languages.unvoweled import asked, skeletons_of, spelled
from detente.parties.names.names import NameTables
from detente.parties.screening.crowd import answers_of
from detente.parties.screening.hits import THRESHOLD
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.store import Screen

SPELLED = {
    "حسن": ("hasan", "hasn"),
    "سعید": ("said", "saied"),
    "رضایی": ("rezaei", "rezai"),
    "عبدالرحمن": ("abdurahman", "abdalrahman", "abdelrahman"),
    "المرتضی": ("almurtadha", "murtaza", "mortada"),
    "خلیل": ("khalil", "kalil"),
}
"""Words, each with what it may be written as."""

OTHERS = {"حسن": "husain", "سلیم": "salimi", "سالم": "selim", "کریم": "akram", "نور": "anwar"}
"""Words, each with what it is not."""

LISTED = {
    "السيد حسن نصر الله": "NASRALLAH",
    "غلامرضا سلیمانی": "SOLEIMANI",
    "سميرة عبد الله حلايقة": "HALAY",
    "مهدی خوش قدم": "KHOSHGHADAM",
    "عبدالقادر حسن يحيى المرتضى": "MURTAD",
    "بنك صادرات إيران": "SADERAT",
}

STRANGERS = (
    "نجيب محفوظ", "فيروز", "محمد صلاح", "كاظم الساهر", "علی دایی", "فيض احمد فيض",
    "شركة المراعي", "بنك الراجحي", "دیجی‌کالا", "عبد العزيز بركات", "رياض سليم",
)  # fmt: skip
"""Names of which no list prints any."""


@pytest.mark.parametrize(("word", "latin"), [(a, b) for a, each in SPELLED.items() for b in each])
def test_a_word_may_be_written_with_any_short_vowel(word: str, latin: str) -> None:
    meant = spelled(word)
    assert meant.pattern(latin)
    assert meant.skeletons & skeletons_of(latin)


@pytest.mark.parametrize(("word", "latin"), OTHERS.items())
def test_a_vowel_that_is_written_is_not_left_out(word: str, latin: str) -> None:
    assert not spelled(word).pattern(latin)


def test_words_of_trades_and_legal_forms_are_told_apart(tables: NameTables) -> None:
    (name,) = asked("شركة النور للمقاولات والتجارة", tables)
    assert [each.text for each in name.words] == ["النور"]
    assert [kind for kind, _ in name.known] == [LEGAL, INDUSTRY, INDUSTRY]


@pytest.mark.parametrize(("name", "listed"), LISTED.items())
def test_a_listed_party_is_found_by_its_name_in_arabic_letters(
    screen: Screen, name: str, listed: str
) -> None:
    hits = screen.hits(name)
    assert any(listed in each.text for hit in hits for each in hit.entry.names)
    assert all(hit.score >= THRESHOLD for hit in hits)


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_does_not_alert(screen: Screen, name: str) -> None:
    assert screen.hits(name) == []


def test_many_names_in_arabic_letters_are_answered_as_one_is(screen: Screen) -> None:
    names = [*LISTED, *STRANGERS]
    many = answers_of(screen)([NameQuery(each) for each in names], 10)
    for name, hits in zip(names, many, strict=True):
        assert not isinstance(hits, str)
        assert list(hits) == screen.parties(name)


BODIES = {
    "شرکت ملی نفت ایران": "NATIONAL IRANIAN OIL",
    "سازمان انرژی اتمی ایران": "Atomic Energy Organization of Iran",
    "بانک سپه": "BANK SEPAH",
    "دانشگاه صنعتی شریف": "Sharif University of Technology",
    "شرکت بیمه ایران": "BIMEH IRAN",
    "شركة شام القابضة": "CHAM HOLDING",
}
"""Names of bodies of words that the tables know, or of one short word beside them."""


@pytest.mark.parametrize(("name", "listed"), BODIES.items())
def test_a_body_is_found_by_the_words_of_its_trade(screen: Screen, name: str, listed: str) -> None:
    hits = screen.hits(name)
    assert any(listed in each.text for hit in hits for each in hit.entry.names)


@pytest.mark.parametrize(
    "name", ["بانک ملی پاکستان", "شركة التجارة العامة", "شركة البترول الوطنية", "دانشگاه فردوسی"]
)
def test_another_body_of_the_same_trade_does_not_alert(screen: Screen, name: str) -> None:
    assert screen.hits(name) == []


def test_a_phrase_is_one_word_and_a_country_says_where_a_body_is(tables: NameTables) -> None:
    (name, *_) = asked("المصرف التجاري السوري", tables)
    assert name.words == ()
    assert {each.text for each in name.known} == {"commerce", "bank", "syria"}
    (person,) = asked("ياسين السوري", tables)
    assert [each.text for each in person.words] == ["یاسین", "السوری"]
