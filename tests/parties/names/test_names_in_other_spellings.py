"""Russian names as German, French, Polish and Czech write them find those who are listed."""

from __future__ import annotations

import pytest

from detente.parties.names.languages.slavic import as_english, of_town
from detente.parties.screening.store import Screen

# By the name that a list prints; newspapers of each country write them so.
WRITTEN = {
    "PUTIN, Vladimir Vladimirovich": (
        "Wladimir Putin", "Vladimir Poutine", "Władimir Putin",
    ),
    "LAVROV, Sergei Viktorovich": (
        "Sergej Lawrow", "Lawrow, Sergej", "Sergueï Lavrov", "Siergiej Ławrow", "Sergej Lavrov",
    ),
    "SHOIGU, Sergei Kuzhugetovich": (
        "Sergej Schoigu", "Sergueï Choïgou", "Siergiej Szojgu", "Sergej Šojgu",
    ),
    "PESKOV, Dmitriy Sergeevich": ("Dmitri Peskow", "Dmitrij Pieskow", "Dmitrij Peskov"),
    "ZAKHAROVA, Mariya Vladimirovna": ("Maria Sacharowa", "Marija Zacharowa"),
    "TIMCHENKO, Gennady Nikolayevich": ("Gennadi Timtschenko", "Guennadi Timtchenko"),
    "KADYROV, Ramzan Akhmatovich": ("Ramsan Kadyrow", "Ramzane Kadyrov", "Ramzan Kadyrow"),
    "PRIGOZHIN, Yevgeniy Viktorovich": (
        "Jewgeni Prigoschin", "Evgueni Prigojine", "Jewgienij Prigożyn", "Jevgenij Prigožin",
    ),
    "SECHIN, Igor Ivanovich": ("Igor Setschin", "Igor Setchine", "Igor Sieczin", "Igor Sečin"),
    "PATRUSHEV, Nikolai Platonovich": (
        "Nikolaj Patruschew", "Nikolaï Patrouchev", "Nikołaj Patruszew",
    ),
    "VOLODIN, Vyacheslav Victorovich": (
        "Wjatscheslaw Wolodin", "Viatcheslav Volodine", "Wiaczesław Wołodin",
    ),
    "USMANOV, Alisher Burhanovich": ("Alischer Usmanow", "Alicher Ousmanov", "Aliszer Usmanow"),
    "YAKUNIN, Vladimir Ivanovich": ("Wladimir Jakunin", "Vladimir Jakunin", "Vladimir Iakounine"),
    "BULYGIN, Yaroslav Viktorovich": ("Yaroslav Boulygine", "Jaroslaw Bulygin"),
}  # fmt: skip

OTHERS = (
    "Martin Lew", "Andrew Barlow", "Catherine Valentine", "Jan Kowalski", "Josephine Martine",
    "Winslow Mathew", "Manoj Ranjan", "Suraj Jain", "Sergej Kuhn", "Jean Moulin", "Ewa Nowak",
    "Antoine Lavoisier Joubine", "Jürgen Sawatzki", "Wojciech Szczęsny",
)  # fmt: skip
"""Of whom no list prints a name."""


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen()


@pytest.mark.parametrize(
    ("listed", "written"), [(name, each) for name, some in WRITTEN.items() for each in some]
)
def test_a_name_as_another_language_writes_it(screen: Screen, listed: str, written: str) -> None:
    assert listed in [hit.entry.names[0].text for hit in screen.parties(written, None, 3)]


@pytest.mark.parametrize("name", OTHERS)
def test_a_name_that_ends_likewise_is_nobodys(screen: Screen, name: str) -> None:
    assert screen.parties(name, None, 3) == []


def test_how_it_was_read_is_told(screen: Screen) -> None:
    (hit,) = screen.parties("Yaroslav Boulygine", None, 1)
    assert "read as French writes Russian" in hit.why


def test_a_firm_is_not_read_so(screen: Screen) -> None:
    assert len(screen.lists[0].forms("Lawrow GmbH")) == 1


def test_what_english_writes_is_left_alone() -> None:
    assert [*as_english("Vladimir Putin")] == [*as_english("John Smith")] == []


def test_a_letter_of_two_sounds_is_read_in_both_ways() -> None:
    read = [text for text, language in as_english("Dmitri Scharikow") if language == "German"]
    assert read == ["dmitri sharikov", "dmitri zharikov"]


def test_the_adjective_of_a_town_is_the_town() -> None:
    words = Screen().lists[0].tables.words
    assert of_town("angarskaya", words) == "angarsk"
    assert of_town("tomskiy", words) == "tomsk"
    assert of_town("lavrovskiy", words) == ""
    assert of_town("angarsk", words) == ""
