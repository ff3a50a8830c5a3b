"""A listed name among the fields of a form, in a sentence, or beside the city that it is in."""

from __future__ import annotations

import pytest

from detente.parties.screening.store import Screen


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen()


def found(screen: Screen, text: str) -> set[str]:
    """The printed names of the parties that are hit."""
    return {
        name.text for hit in screen.parties(text) for entry in hit.entries for name in entry.names
    }


SHORT = "FEODOSIYA ENTERPRISE"


@pytest.mark.parametrize(
    "line",
    [
        "Shipper: Zorblax Trading LLC Consignee: {} Notify: same as consignee",
        "Sold to: {} Ship to: Zorblax Warehousing BV, Rotterdam",
        ":50: APPLICANT {} :59: BENEFICIARY ZORBLAX TRADING LLC",
        "ORG={} OGB=ZORBLAX BANK",
        "59F 1/{} 2/LENINSKY PR 15 3/RU/MOSCOW",
        "EORI DE123456789012345 {}",
        "General Director of {}",
        "Chief Engineer, {}",
        "{} ATTN MR LI",
        "{} FOB Shanghai, 2 pallets",
        "{} via Zorblax Freight FZE",
        "{} Vergi No: 1234567890",
        "{} ***BLOCKED***",
        "{} GOODS AS PER CONTRACT 17/2023",
        "An: {}, z. Hd. Einkauf",
    ],
)
def test_a_name_is_read_out_of_its_field_and_without_what_begins_behind_it(
    line: str, screen: Screen
) -> None:
    assert SHORT in found(screen, line.format(SHORT))


@pytest.mark.parametrize(
    ("line", "listed"),
    [
        ("买方：华为技术有限公司 卖方：佐布拉克斯贸易有限公司", "华为技术有限公司"),
        ("付款给华为技术有限公司", "华为技术有限公司"),
        ("华为技术有限公司 地址：广东省深圳市南山区", "华为技术有限公司"),
        ("华为技术有限公司 张经理 收", "华为技术有限公司"),
        ("Surname: Prigozhin Given name(s): Yevgeniy Viktorovich",
         "PRIGOZHIN, Yevgeniy Viktorovich"),
        ("Herrn/Frau Yevgeniy Viktorovich Prigozhin", "PRIGOZHIN, Yevgeniy Viktorovich"),
        ("MT BEHDOKHT arr Fujairah", "BEHDOKHT"),
        ("m/v BEHDOKHT (Iran)", "BEHDOKHT"),
    ],
)  # fmt: skip
def test_people_ships_and_chinese_names_are_read_out_of_their_fields(
    line: str, listed: str, screen: Screen
) -> None:
    assert listed in found(screen, line)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("we got a question about Tatra Trucks Koprivnice from them", None),
        ("tatra trucks koprivnice", "TATRA TRUCKS a.s."),
        ("peru global tours lima", "PERU GLOBAL TOURS S.A.C."),
        ("delfin alabuga tatarstan", "Delfin Alabuga LLC"),
        ("inversiones gilfe cali", "INVERSIONES GILFE S.A."),
        # A city of another country makes it another company.
        ("peru global tours osaka", None),
        ("inversiones gilfe dresden", None),
        # A single brand before the number of its house.
        ("FUTREVO, H-61, Sector 63, Noida", "FUTREVO"),
        ("24th Research Institute of CETC", "CETC 24"),
        ("ocean searum 1", "OCEAN SEARUM ONE LIMITED"),
    ],
)
def test_a_whole_name_is_known_beside_a_city_of_its_country(
    name: str, listed: str | None, screen: Screen
) -> None:
    if listed:
        assert listed in found(screen, name)
    else:
        assert not any("without where it is" in hit.why for hit in screen.parties(name))


@pytest.mark.parametrize(
    ("line", "listed"),
    [
        ("P.O. Box 12, ZTE Corporation", "ZTE Corporation"),
        ("12 Main Street, Shenzhen, Huawei Technologies", "Huawei Technology"),
        (
            "Bantian, Longgang, Shenzhen: Huawei Technologies Co., Ltd.",
            "Huawei Technology Co. Ltd.",
        ),
        ("P.O. Box 123, Hytera Communications", "Hytera Communications Limited"),
        ("深圳市龙岗区坂田华为技术有限公司", "华为技术有限公司"),
        ("广东省深圳市南山区科技园中兴通讯股份有限公司", "中兴通讯股份有限公司"),
        ("Kintetsu / YMTC", "Yangtze Memory Technologies Co., Ltd."),
        ("Forwarder: Kintetsu; Consignee - YMTC", "Yangtze Memory Technologies Co., Ltd."),
        ("agreement between Zorblax Trading LLC, Quimbrel Oy and Sigma Tech", "Sigma Tech"),
    ],
)
def test_a_name_is_found_behind_an_address_or_another_party(
    line: str, listed: str, screen: Screen
) -> None:
    assert listed in found(screen, line)


@pytest.mark.parametrize(
    "line",
    [
        "深圳市小明电子有限公司",
        "广东省深圳市南山区小明电子有限公司",
        "P.O. Box 12, Zorblax Corporation",
    ],
)
def test_whoever_stands_behind_an_address_must_be_listed(line: str, screen: Screen) -> None:
    assert not screen.parties(line)


def test_a_whole_name_is_found_anywhere_in_a_line(screen: Screen) -> None:
    listed = "Southwest Research Institute of Electronics Technology"
    for line in (
        "tripartite agreement between Zorblax Trading LLC, Quimbrel Oy and {}",
        "fwd: invoice {} 2231",
        "договор поставки № 12/23 с {}",
    ):
        assert listed in found(screen, line.format(listed)), line
    # A place before a name is of it, and one alone behind it tells a namesake elsewhere.
    assert not any(
        hit.score > 0.99 and hit.entry.names[0].text.startswith("Jiangsu Nata")
        for hit in screen.parties("Ningbo Nata Optoelectronic Material")
    )
