"""A listed name with an address before or behind it, whatever sign stands between them, or none."""

from __future__ import annotations

import pytest

from detente.parties.screening.crowd import answers_of
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.store import Screen

LISTED = ("Heilongjiang Northern Tools Co., Ltd.", "Shanghai Aviation Electronic Co., Ltd.",
          "STARS INTERNATIONAL LTD", "JOINT STOCK COMPANY OKTAVA")  # fmt: skip

LINES = (
    "{} Zhongguancun South Street 5 Haidian Beijing",
    "{} Bolshaya Morskaya 18, 191186 Saint Petersburg",
    "{} No. 12 Keji Road, Nanshan, China",
    "East Jinye Road 169 Xi'an, {}",
    "Block C, Science Park, Chengdu, {}",
    "ul. Lenina 12, Moscow 115088, {}",
    "/123456789/{}/Chuangye Avenue 12, Wuhan",
    "dba {}",
    "f/k/a {}",
)

QUARTERS = ("Nanshan", "Yuhang", "Tianshan", "Guangming", "Chang'an", "Pasdaran", "Skolkovo")
"""Quarters of cities whose names are also those of listed parties."""


def found(screen: Screen, text: str) -> set[str]:
    """All names of the parties that are hit."""
    (hits,) = answers_of(screen)([NameQuery(text)], 5)
    assert not isinstance(hits, str)
    return {name.text for hit in hits for entry in hit.entries for name in entry.names}


@pytest.mark.once
@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("listed", LISTED)
def test_a_listed_name_is_found_beside_its_address(screen: Screen, listed: str, line: str) -> None:
    assert listed in found(screen, line.format(listed))


@pytest.mark.once
@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize(
    "line", ["Zorblax (Beijing) Limited No. 12 Keji Road, {}, China",
             "Quuxford Factory 3/F, Bldg B, Hi-Tech Industrial Park, {}, China",
             "Vexomat Ltd; Address: 3/F, Bldg B, {}, Shenzhen 518057 China"],
)  # fmt: skip
def test_a_quarter_of_a_city_is_nobody(screen: Screen, line: str, quarter: str) -> None:
    assert found(screen, line.format(quarter)) == set()


@pytest.mark.once
def test_an_address_does_not_hide_whom_the_line_names(screen: Screen) -> None:
    line = "{} 3/F, BLDG B, HI-TECH INDUSTRIAL PARK, NANSHAN, SHENZHEN 518057 CHINA"
    named = "Shanghai Aviation Electronic Co., Ltd."
    assert named in found(screen, line.format(named.upper()))


@pytest.mark.once
@pytest.mark.parametrize(
    "line",
    ["Jade Shine Nails | No. 1000 Jinhai Road, Building 18, Pudong, Shanghai 201206",
     "Zorblax Ltd. (Pasdaran)", "Vexomat Ltd; Address: 3/F, Bldg B, Shenzhen"],
)  # fmt: skip
def test_a_name_that_goes_on_before_an_address_is_another(screen: Screen, line: str) -> None:
    assert found(screen, line) == set()


@pytest.mark.once
@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Rosneft,RU", "Rosneft"),
        ("Huawei CN", "Huawei"),
        ("Dahua,CN", "大华股份"),
        ("NUDT CN", "National University of Defense Technology (NUDT)"),
        ("CAEP,CN", "Chinese Academy of Engineering Physics"),
    ],
)
def test_the_code_of_a_country_is_where_a_party_is(screen: Screen, asked: str, listed: str) -> None:
    (hits,) = answers_of(screen)([NameQuery(asked)], 5)
    assert not isinstance(hits, str)
    assert listed in {hit.name for hit in hits}


@pytest.mark.once
@pytest.mark.parametrize(
    ("line", "listed"),
    [
        ("Mapna International via Iran Aluminium Co", "IRAN ALUMINUM COMPANY"),
        ("Turkish Cargo agent Trigron Kargo", "TRIGRON KARGO"),
        ("Carl Zeiss AG + Phenix Optical Co", "Phenix Optical Company Limited"),
        ("DHL Global Forwarding – Jetee Co., Limited", "JETEE CO., LIMITED"),
        ("Kuehne Nagel & Unico Shipping Co Ltd", "UNICO SHIPPING CO LTD"),
        ("Zorblax GmbH und Unico Shipping Co Ltd", "UNICO SHIPPING CO LTD"),
    ],
)
def test_the_second_of_two_parties_is_found(screen: Screen, line: str, listed: str) -> None:
    assert listed in found(screen, line)


@pytest.mark.once
@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("FEVA DIS TIC.LTD.STI.", "FEVA DIS TICARET LIMITED SIRKETI"),
        ("Ankara Global Dış Ticaret Ltd.Şti.", "ANKARA GLOBAL DIS TICARET LIMITED SIRKETI"),
        ("Bay Denis Kravchenko", "KRAVCHENKO, Denis Borisovich"),
        ("Director Denis Kravchenko", "KRAVCHENKO, Denis Borisovich"),
    ],
)
def test_forms_without_blanks_and_titles_are_read(screen: Screen, asked: str, listed: str) -> None:
    assert listed in found(screen, asked)
