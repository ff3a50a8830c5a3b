"""Words of any company, places, persons and schools that come near a listed name, and are none."""

from __future__ import annotations

import pytest

from detente.parties.screening.crowd import answers_of
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.store import Screen


def hits(screen: Screen, text: str) -> list[str]:
    """The names that are hit."""
    (found,) = answers_of(screen)([NameQuery(text)], 5)
    assert not isinstance(found, str)
    return [hit.name for hit in found]


@pytest.mark.once
@pytest.mark.parametrize(
    "asked",
    [
        # one word of a trade, which a list prints otherwise, or with more
        "University", "Transport Company", "Moscow", "Guangzhou Waterway Passenger Transport",
        # a person, whose two names together are the brand of a company with a trade
        "Yu Xin", "Peng Xin", "Fu Jie", "Li Ming",
        # schools whose names are those of others in another order
        "University of Science and Technology Beijing", "Xi'an University of Technology",
        "Beijing University of Science and Technology", "西安科技大学", "北京科技大学",
        "School of Engineering, Hong Kong University of Science and Technology",
    ],
)  # fmt: skip
def test_it_is_nobody(screen: Screen, asked: str) -> None:
    assert hits(screen, asked) == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Univest", "UNIVEST LIMITED"), ("Attn: Mr Li, Univest Limited", "UNIVEST LIMITED"),
        ("OF Transportes", "OF TRANSPORTES"), ("Hua Wei", "Huawei"),
        ("Wei Feng", "WEI FENG"), ("西安工业大学", "西安工业大学"),
        ("北京理工大学", "北京理工大学"),
    ],
)  # fmt: skip
def test_a_name_that_is_listed_so_is_found(screen: Screen, asked: str, listed: str) -> None:
    assert listed in hits(screen, asked)


@pytest.mark.once
@pytest.mark.parametrize(
    ("printed", "simplified"),
    [("華爲技術有限公司", "华为技术有限公司"),
     ("中國電子科技集團公司第五十五硏究所", "中国电子科技集团公司第五十五研究所")],
)  # fmt: skip
def test_older_forms_of_characters_are_read(screen: Screen, printed: str, simplified: str) -> None:
    found = hits(screen, printed)
    assert found
    assert found == hits(screen, simplified)


@pytest.mark.once
@pytest.mark.parametrize("asked", ["Gazprom Schweiz AG", "Lukoil Marine Bunkers"])
def test_a_company_of_a_large_group_is_told_as_related(screen: Screen, asked: str) -> None:
    (found,) = answers_of(screen)([NameQuery(asked)], 5)
    assert not isinstance(found, str)
    assert asked.split()[0].casefold() in found.related[0].why
