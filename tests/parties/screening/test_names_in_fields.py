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


WIDTHS_OF_FIELDS = 30, 35, 40


def test_a_name_that_its_field_cut_off_is_told_by_the_listed_names_that_begin_so(
    screen: Screen,
) -> None:
    """Drawn from the lists, whatever they hold: companies whose names go on behind a field."""
    (built_in,) = screen.lists
    rows = built_in._database.execute(
        "SELECT DISTINCT text FROM names WHERE kind = 'name' AND party = 0 AND length(text) > 45"
        " AND id % 97 = 0 ORDER BY text"
    ).fetchall()
    names = [text for (text,) in rows if text.isascii()]
    told = refused = asked = 0
    for name in names:
        for width in WIDTHS_OF_FIELDS:
            if name[width - 1] == " " or name[width] == " ":
                continue
            asked += 1
            try:
                told += name in found(screen, name[:width])
            except ValueError:
                refused += 1
    assert asked > 50
    assert told + refused >= 0.93 * asked
    assert told >= 0.75 * asked


def test_a_name_that_its_field_cut_off_is_never_a_party_for_certain(screen: Screen) -> None:
    (hit,) = screen.parties("LIMITED LIABILITY COMPANY NEOV")
    assert hit.score == 0.97
    assert "its end is not seen" in hit.why
    assert not hit.is_close(0.9)


def test_where_many_listed_names_begin_as_a_cut_one_what_they_share_is_told(
    screen: Screen,
) -> None:
    assert "Academy of Military Medical Sciences" in found(screen, "Academy of Military Medical Sc")
    with pytest.raises(ValueError, match=r"ends within a word, and \d+ listed names begin so"):
        screen.parties("OBSHCHESTVO S OGRANICHENNOI OT")


def test_a_whole_name_as_long_as_a_field_is_not_taken_for_a_cut_one(screen: Screen) -> None:
    assert screen.parties("Zorblax Umbrella Trading GmbH.") == []


@pytest.mark.parametrize("text", ["Co., Ltd.", "LIMITED LIABILITY COMPANY", "有限公司", "mr"])
def test_legal_forms_titles_and_small_words_alone_are_no_name(text: str, screen: Screen) -> None:
    with pytest.raises(ValueError, match="no word of it tells one party from another"):
        screen.parties(text)


@pytest.mark.parametrize(
    "line",
    ["tug Amuay 9432658", "Amuay (9432658)", "9432658 Amuay", "MV AMUAY 9432658, Singapore"],
)
def test_a_ship_is_found_beside_its_number_without_a_word_for_it(line: str, screen: Screen) -> None:
    assert "AMUAY" in found(screen, line)


def test_seven_digits_that_are_no_number_of_a_ship_stay(screen: Screen) -> None:
    assert "AMUAY" not in found(screen, "Amuay 9432657")


@pytest.mark.parametrize(
    "line",
    [
        "Port of discharge: Santos, Brazil",
        "Port of loading: Shanghai; place of delivery: Santos",
        "Destination: Santos",
        "目的港：上海",
    ],
)
def test_a_field_that_says_a_place_names_nobody(line: str, screen: Screen) -> None:
    with pytest.raises(ValueError, match="it says where something is or goes"):
        screen.parties(line)


def test_a_party_in_the_field_of_a_place_is_screened(screen: Screen) -> None:
    assert "Huawei Technologies Co., Ltd." in found(
        screen, "Destination: Huawei Technologies Co., Ltd."
    )


@pytest.mark.parametrize(
    "address",
    ["5012 Wake Forest Hwy Raleigh NC 27604", "18 Quai du Point du Jour 92100 Boulogne",
     "77 Garden State Pkwy, Clifton NJ", "9 Impasse des Lilas 69003 Lyon"],
)  # fmt: skip
def test_an_address_in_other_words_for_a_street_is_cut(address: str, screen: Screen) -> None:
    assert SHORT in found(screen, f"{SHORT} {address}")
