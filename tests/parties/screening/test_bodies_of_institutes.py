"""A body is told the listed institutes in whose names its own whole name stands."""

from __future__ import annotations

import pytest

from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, NUMBER, PLACE
from detente.parties.names.names import NameWord
from detente.parties.screening.listed.bearers import bodies_within
from detente.parties.screening.related import RelatedParties, related
from detente.parties.screening.store import Screen

PARENTS = {
    "Chinese Academy of Sciences": "CHINESE ACADEMY OF SCIENCES",
    "China Academy of Sciences": "CHINESE ACADEMY OF SCIENCES",
    "Russian Academy of Sciences": "RUSSIAN ACADEMY OF SCIENCES",
    "The Russian Academy of Sciences": "RUSSIAN ACADEMY OF SCIENCES",
    "Siberian Branch of the Russian Academy of Sciences": "SIBERIAN BRANCH",
    "China Academy of Launch Vehicle Technology": "CHINA ACADEMY OF LAUNCH VEHICLE",
    "China Academy of Space Technology": "CHINA ACADEMY OF SPACE TECHNOLOGY",
    "Islamic Revolutionary Guard Corps": "REVOLUTIONARY GUARD CORPS",
    "Pakistan Atomic Energy Commission": "PAKISTAN ATOMIC ENERGY COMMISSION",
    "Kurchatov Institute": "KURCHATOV INSTITUTE",
    "中国科学院": "CHINESE ACADEMY OF SCIENCES",
    "中國科學院": "CHINESE ACADEMY OF SCIENCES",
    "俄罗斯科学院": "RUSSIAN ACADEMY OF SCIENCES",
    "中国空间技术研究院": "CHINA ACADEMY OF SPACE TECHNOLOGY",
}
"""Bodies, each with what one of its listed institutes prints of it."""

STRANGERS = (
    "National Academy of Sciences", "Polish Academy of Sciences", "Hungarian Academy of Sciences",
    "Royal Swedish Academy of Sciences", "Chinese Academy of Social Sciences",
    "Chinese Academy of Agricultural Sciences", "Russian Academy of Arts", "Peking University",
    "Georgia Institute of Technology", "Moscow Institute", "Shanghai University", "Peace Corps",
    "中国社会科学院", "中国农业科学院", "波兰科学院", "中国医学科学院", "中国林业科学研究院",
)  # fmt: skip
"""Bodies of which no institute is listed, with names like those of bodies that have some."""


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen(None, "2026-08-01")


@pytest.mark.parametrize("body", PARENTS)
def test_a_body_with_listed_institutes_is_told_them(screen: Screen, body: str) -> None:
    hits = screen.parties(body)
    told = [each for each in related(screen, body, hits) if "whole name stands" in each.why]
    assert told
    printed = " ".join(name.text for each in told for name in each.entry.names).upper()
    assert PARENTS[body] in printed
    assert RelatedParties(screen, for_many=True).of(screen.lists[0].forms(body), hits) == related(
        screen, body, hits
    )


@pytest.mark.parametrize("body", STRANGERS)
def test_a_body_with_a_name_like_another_is_told_no_institutes(screen: Screen, body: str) -> None:
    assert related(screen, body, screen.parties(body)) == []


CHINA, BEIJING = NameWord(PLACE, "china"), NameWord(PLACE, "beijing")
INSTITUTE, SCIENCE = NameWord(INDUSTRY, "institute"), NameWord(INDUSTRY, "science")
PHYSICS, OF = NameWord(INDUSTRY, "physics"), NameWord(FILLER, "of")
ZORBLAX, TWO = NameWord(BRAND, "zorblax"), NameWord(NUMBER, "2")


@pytest.mark.parametrize(
    ("form", "bodies"),
    [
        ((CHINA, INSTITUTE, OF, SCIENCE, INSTITUTE, OF, PHYSICS), ["china institute science"]),
        ((INSTITUTE, OF, PHYSICS, OF, CHINA, INSTITUTE, OF, SCIENCE), ["china institute science"]),
        ((ZORBLAX, INSTITUTE, BEIJING, INSTITUTE), ["institute zorblax"]),
        ((CHINA, INSTITUTE, OF, SCIENCE, TWO, INSTITUTE),
         ["china institute science", "2 china institute science"]),
        ((BEIJING, INSTITUTE, OF, PHYSICS), []),
        ((CHINA, INSTITUTE, OF, SCIENCE), []),
        ((CHINA, SCIENCE, PHYSICS, ZORBLAX), []),
    ],
)  # fmt: skip
def test_the_name_of_a_body_stands_whole_and_beside_other_words(
    form: tuple[NameWord, ...], bodies: list[str]
) -> None:
    assert list(bodies_within(form, {"institute"})) == bodies
