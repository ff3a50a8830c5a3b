"""Countries by every word that names one, and the lists of parties by their titles."""

from __future__ import annotations

import pytest

from detente.core.vocabulary import UnknownWordError
from detente.register.book import Register
from detente.register.words import Spoken, folded, list_word

REGISTER = Register.built_in()


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("cn", "CN"),
        ("CHN", "CN"),
        ("PRC", "CN"),
        ("the People's Republic of China", "CN"),
        ("中国", "CN"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("UK", "GB"),
        ("Macao", "MO"),
        ("Macau", "MO"),
        ("澳門", "MO"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("cote d'ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("South Korea", "KR"),
        ("DPRK", "KP"),
        ("Viet Nam", "VN"),
        ("Burma", "MM"),
    ],
)
def test_a_country_is_known_by_codes_and_names_in_two_languages(word: str, code: str) -> None:
    assert REGISTER.country_words.code(word) == code


def test_every_country_has_a_code_of_three_letters_and_a_chinese_name() -> None:
    for code, words in REGISTER.spoken.countries.items():
        assert any(len(word) == 3 and word.isascii() and word.isupper() for word in words), code
        assert any(not word.isascii() and ord(word[0]) > 0x2E80 for word in words), code
    assert set(REGISTER.spoken.countries) == set(REGISTER.countries)


@pytest.mark.parametrize(
    ("word", "described"),
    [
        ("EU", "group of 27 countries"),
        ("欧盟", "group of 27 countries"),
        ("Korea", "KR South Korea, KP North Korea"),
        ("Congo", "CD Congo"),
        ("Chnia", "CN China"),
        ("", "write two letters"),
    ],
)
def test_a_group_and_a_word_of_none_or_of_two_are_refused(word: str, described: str) -> None:
    with pytest.raises(UnknownWordError, match=r"country|countries") as caught:
        REGISTER.country_words.code(word, "to")
    assert described in str(caught.value)
    assert caught.value.where == "to"


def test_accents_points_case_and_articles_do_not_tell_words_apart() -> None:
    assert folded("The Côte-d’Ivoire ") == folded("cote d'ivoire")


def test_a_list_is_known_by_its_titles_and_those_of_the_user_by_their_names() -> None:
    spoken = REGISTER.spoken
    assert list_word("entity list", spoken, ()) == "EL"
    assert list_word("my-list", spoken, ["MY-LIST"]) == "MY-LIST"
    with pytest.raises(UnknownWordError, match="Entity List"):
        list_word("Entity Lists of BIS", spoken, ())


def test_a_register_without_words_knows_its_countries_by_code_and_name() -> None:
    with pytest.raises(UnknownWordError, match="known are A, B"):
        list_word("zzzz", Spoken(), ["A", "B"])


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        ("China", ("CN",)),
        ("Delaware", ("US",)),
        ("the State of Delaware", ("US",)),
        ("Delaware, USA", ("US",)),
        ("Delaware U.S.A.", ("US",)),
        ("USA (Delaware)", ("US",)),
        ("Shenzhen, China", ("CN",)),
        ("Hong Kong, China", ("HK",)),
        ("New Jersey", ("US",)),
        ("Jersey", ("JE",)),
        ("Georgia, USA", ("US",)),
        ("DE", ("DE",)),
        ("in", ("IN",)),
        ("CA, USA", ("US",)),
        ("San Jose, CA, USA", ("US",)),
        ("DE, Germany", ("DE",)),
        ("Austin, TX", ("US",)),
        ("Shenzhen, CN", ("CN",)),
        ("US-DE", ("US",)),
        ("DE-BE", ("DE",)),
        ("CN-44", ("CN",)),
        ("CN-HK", ("HK",)),
        ("CN-TW", ("TW",)),
        ("US-PR", ("PR",)),
        ("Hongkong, China", ("HK",)),
        ("China (Hong Kong)", ("HK",)),
        ("Macau, China", ("MO",)),
        # These leave open which country is meant.
        ("Georgia", ("GE", "US")),
        ("Tbilisi, Georgia", ("GE", "US")),
        ("Wilmington, DE", ("DE", "US")),
        ("Chicago, IL", ("IL", "US")),
        ("San Jose, CA", ("CA", "US")),
        ("Zorkshire", ()),
        ("", ()),
    ],
)
def test_a_jurisdiction_is_read_as_filings_name_it(place: str, codes: tuple[str, ...]) -> None:
    assert REGISTER.country_words.of_jurisdiction(place) == codes


@pytest.mark.parametrize(
    ("place", "codes"),
    [("DE", ("DE", "US")), ("NY", ("US",)), ("CN", ("CN",)), ("Germany", ("DE",))],
)
def test_among_states_a_code_by_itself_may_be_that_of_one(
    place: str, codes: tuple[str, ...]
) -> None:
    assert REGISTER.country_words.of_jurisdiction(place, in_states=True) == codes
