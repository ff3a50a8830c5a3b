"""A listed name with one slip of the hand: in its brand, in a word that says little, in a blank."""

from __future__ import annotations

import pytest

from detente.parties.names.spelling import swaps
from detente.parties.screening.crowd import answers_of
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.store import Screen

MEANT = [
    # two letters that changed places, in whatever word
    ("Bank of Industry adn Mine", "BANK OF INDUSTRY AND MINE"),
    ("nwe russia party", "NEW RUSSIA PARTY"),
    ("Institute of Hihg Energy Physics", "Institute of High Energy Physics"),
    ("Jonh Holland Services Pty Ltd", "John Holland Services Pty Ltd."),
    ("Black Panhter", "BLACK PANTHER"),
    ("Egri Shipping Limited", "EGIR SHIPPING LTD"),
    # another slip in a known word
    ("Korea Zink Industrial Group", "Korea Zinc Industrial Group"),
    ("Sirjan Iranian Bteel Co", "SIRJAN IRANIAN STEEL CO"),
    ("Chinese Flight Test stablishment", "Chinese Flight Test Establishment"),
    # a blank too few, or one in another place
    ("Ocean University ofChina", "Ocean University of China"),
    ("Myanma Oiland Gas Enterprise", "Myanma Oil and Gas Enterprise"),
    ("Saledige Tradinglimited", "SALEDIGE TRADING LIMITED"),
    ("Prince Cul ture and Media Co. Ltd.", "PRINCE CULTURE AND MEDIA CO. LTD."),
    # a letter in one word, where all others agree
    ("Tiger Foce Electronics Limited", "Tiger Force Electronics Limited"),
    ("CHNA OIL AND PETROLEUM COMPANY LIMITED", "CHINA OIL AND PETROLEUM COMPANY LIMITED"),
    (
        "RINCON CASILLO DRUG TRAFFICKING ORGANIZATION",
        "RINCON CASTILLO DRUG TRAFFICKING ORGANIZATION",
    ),
    (
        "Leader (Hong Kong) International Trding Limited",
        "LEADER (HONG KONG) INTERNATIONAL TRADING LIMITED",
    ),
    # a brand that many listed names have, beside its trade and by itself
    ("Huwei Technologies", "Huawei Technologies Co., Ltd."),
    ("Gazpom", "Gazprom"),
    ("Huaewi", "Huawei"),
]

NOBODY = [
    "Rosen Group AG",  # a name that somebody has, and no Rose
    "Tehran University of Art",
    "KTF Technologies",
    "Ltec Co., Ltd",
    "Golden Stag Trading",
    "ACM Service OÜ",  # of a few letters each tells
    "Lina Trading",
    "Symphony of the Seas",  # no SE, A/S
    "Tiger Fork Restaurants Limited",
    "Huiwei Electronics",
]


@pytest.mark.once
@pytest.mark.parametrize(("asked", "listed"), MEANT)
def test_a_listed_name_is_found_with_a_slip(screen: Screen, asked: str, listed: str) -> None:
    (hits,) = answers_of(screen)([NameQuery(asked)], 5)
    assert not isinstance(hits, str)
    told = {name.text.casefold() for hit in hits for entry in hit.entries for name in entry.names}
    assert any(listed.casefold() in each for each in told)


@pytest.mark.once
@pytest.mark.parametrize("asked", NOBODY)
def test_a_name_that_is_a_letter_from_a_listed_one_may_be_its_own(
    screen: Screen, asked: str
) -> None:
    assert answers_of(screen)([NameQuery(asked)], 5) == [[]]


@pytest.mark.parametrize(
    ("one", "other", "swap"),
    [("adn", "and", True), ("dna", "and", False), ("and", "and", False), ("an", "and", False),
     ("no", "on", True), ("nose", "sone", False)],
)  # fmt: skip
def test_two_letters_that_changed_places_stand_side_by_side(
    one: str, other: str, swap: bool
) -> None:
    assert swaps(one, other) is swap
