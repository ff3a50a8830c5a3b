"""A listed organization within a line of a document: numbers, streets, departments, short forms."""

from __future__ import annotations

import pytest

from detente.parties.names.names import NameTables, parts
from detente.parties.screening.crowd import answers_of
from detente.parties.screening.hits import NameHit
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.store import Screen

LISTED = "Southwest Research Institute of Electronics Technology"
FIRM = "Kuwan Co., Limited"


def hits_of(screen: Screen, text: str) -> list[NameHit]:
    """The hits of a name."""
    (hits,) = answers_of(screen)([NameQuery(text)], 5)
    assert not isinstance(hits, str)
    return list(hits)


def found(screen: Screen, text: str) -> set[str]:
    """The names of the parties that are hit, in small letters."""
    return {
        name.text.casefold()
        for hit in hits_of(screen, text)
        for entry in hit.entries
        for name in entry.names
    }


@pytest.mark.once
@pytest.mark.parametrize(
    "line",
    [
        "{} Attn: Mr. Zhang Wei",
        "{} Tel: +86 755 2671 8899",
        "{} +7 495 123-45-67",
        "{} USCC 91440300MA5DQ1234X",
        "{} 91440300708461136T",
        "{}, INN 7701234567 KPP 770101001",
        "{} VAT: DE123456789",
        "{} sales@zorblax.cn",
        "/40702810500000012345 {}",
        "100234 {}",
        "Vendor 100234 - {}",
        "1. {}",
        "Zorblax Ltd dba {}",
        "{} d/b/a Zorblax",
        "{} (formerly Zorblax Trading)",
        "Zorblax a.k.a. {}",
        "Zorblax Ltd as agents of {}",
        "{} Procurement Dept.",
        "Logistics Department of {}",
        "CNEE: {}",
        "NOTIFY {}",
        "{} Hauptstrasse 12 60311 Frankfurt am Main Germany",
        "{} Hauptstrasse 12, 60311 Frankfurt am Main, Germany",
        "{}; Av. Reforma 222, Piso 5, 06600 Ciudad de Mexico",
        "{} ul. Lenina, d. 25, str. 3, Moskva 115280",
        "{} 25 rue de la Paix, 75002 Paris",
        "{} 71-75 Shelton Street London",
        "{} 1-2-3 Marunouchi, Chiyoda-ku, Tokyo",
        "A la orden de {}",
        "À l'ordre de {}",
        "Грузополучатель: {}",
        "Empfänger: {}",
        "Alıcı: {}",
        "{} 御中",
        "{}, г. Рязань, ул. Ленина, 5",
        "Account holder {}",
        "Vendor {}",
        "Beneficial owner {}",
        "Pls screen {}",
        "Operated by {}",
        "BUYER - {}",
        "Goods pumps, buyer: {}",
        "{} as registered owner",
        "{} pls confirm",
        "{} www.zorblax.cn",
        "{} 500 kg",
        "{} dtd 12.03.2025",
        "INACTIVE {}",
        "ZZ_{}",
        "{} (blocked)",
        "Ocean freight invoice from {}",
        "3PL / freight payable by {}",
        "EUC ultimate consignee {}",
        "Exporter/Shipper - {}",
        "{}, Zorblax rail depot",
        "{} - Zorblax factory",
    ],
)
@pytest.mark.parametrize("name", [LISTED, FIRM])
def test_a_listed_name_is_found_in_a_line_of_a_document(
    line: str, name: str, screen: Screen
) -> None:
    assert name.casefold() in found(screen, line.format(name))


@pytest.mark.parametrize(
    "line",
    [
        "Zorblax Institute of Optics Tel: +86 755 2671 8899",
        "Zorblax Co., Limited dba Zorblux",
        "Fine Mechanics Department",
        "Kuwan Zorblax Trading Hauptstrasse 12, Frankfurt",
        "Zorblax Physics 100234",
        "Changchun 100234",
        "Invoice from Zorblax Trading",
        "Поставщик: АО «Зорблакс», Алматы",
        "Zorblax plant, Suzhou",
        "Zorblax, Moscow, Lenin St. 4",
        "CASTOR Group",
    ],
)
def test_what_is_left_of_a_line_must_still_name_the_party(line: str, screen: Screen) -> None:
    assert not hits_of(screen, line)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Moscow, Lenin St. 4, Kuwan Co., Limited", "Kuwan Co., Limited"),
        ("OOO Zorblax Kuwan Co., Limited Zorblaxville", ""),
        ("Top Technologies S.A.R.L. Beyrouth", "Top Technologies SARL"),
        ("Top Technologies S.A.R.L. Zorblaxville", "Top Technologies SARL"),
        ("CETC Group", "China Electronics Technology Group Corporation"),
    ],
)
def test_what_stands_around_a_legal_form_or_is_a_group_is_left_out(
    line: str, name: str, screen: Screen
) -> None:
    assert name.casefold() in found(screen, line) if name else not hits_of(screen, line)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("Min. of Def. of the Russian Fed.", "Ministry of Defence of the Russian Federation"),
        ("China Elec. Technology Group Corpn", "China Electronics Technology Group Corporation"),
        ("Iran Marit. Industrial Co. Sadra", "Iran Marine Industrial Company (SADRA)"),
        ("Korea Nat'l Insur. Corp.", "Korea National Insurance Corporation"),
    ],
)
def test_abbreviations_are_read_in_full(short: str, name: str, screen: Screen) -> None:
    assert name.casefold() in found(screen, short)


@pytest.mark.parametrize("text", ["AC Power Corp.", "Cucina del Sol S.A. de C.V.", "Techno-Innov"])
def test_an_abbreviation_is_no_trade_where_it_may_be_a_brand(text: str, screen: Screen) -> None:
    """`AC` may be short for academy, and `Sol` for solutions; here they are whose name it is."""
    assert not hits_of(screen, text)


def test_the_code_of_a_country_behind_a_legal_form_is_no_brand(screen: Screen) -> None:
    assert FIRM.casefold() in found(screen, f"{FIRM} HK")
    assert not hits_of(screen, "Kuwan HK Zorblax Trading")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Zorblax Coltd", "bll"),
        ("Zorblax TradingLLC", "bil"),
        ("Zorblax Pteltd", "bll"),
        ("Zorblaxltd", "b"),
        ("Cosal", "b"),
    ],
)
def test_a_known_word_and_a_legal_form_may_be_written_together(
    text: str, kinds: str, tables: NameTables
) -> None:
    """What stands before the form must be known: a brand may end in any letters."""
    assert "".join(part.kind for part in parts(text, tables)) == kinds


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (f"{FIRM} #84 EPIP Area Whitefield Bangalore 560066", FIRM),
        (f"{FIRM} Al Majaz 2 Sharjah UAE PO Box 65421", FIRM),
        (f"{FIRM} Science & Technology Town, Isfahan 84156 Iran", FIRM),
        ("MV AYSAN cargo of steel coils", "AYSAN"),
        ("CASC (Haidian, Beijing)", "China Aerospace Science and Technology Corporation (CASC)"),
        ("TDP Molds", "TDPMolds"),
        ("Quantum CTek (Shanghai) Co", "QuantumCTek Co., Ltd."),
        ("Министерство обороны Республики Беларусь",
         "Ministry of Defense of the Republic of Belarus"),
    ],
)  # fmt: skip
def test_what_is_run_together_or_apart_is_found(line: str, name: str, screen: Screen) -> None:
    assert name.casefold() in found(screen, line)


@pytest.mark.parametrize(
    "line",
    [
        "Energy Corporation of America",  # goes on behind its legal form
        f"{FIRM} Zorblax Third Research Institute",
        f"{FIRM} Zorblax Trading Ltd., Tokyo 100-0001",
        "Star Light Trading Co., Ltd.",
    ],
)
def test_a_name_that_goes_on_behind_a_legal_form_is_anothers(line: str, screen: Screen) -> None:
    assert not hits_of(screen, line)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Nanchang Huawei Communication Technology", "Nanchang Huawei Communication Technology"),
        ("Huawei Terminal (Shenzhen)", "Huawei Terminal (Shenzhen) Co., Ltd."),
        ("Envoltek", "Envoltek"),
        ("Myasishcheva Experimental Mechanical Engineering Plant", "Mechanical Engineering Plant"),
        ("CASC 771 Institute", "771 Research Institute"),
    ],
)
def test_a_party_that_a_list_prints_behind_another_is_found_by_its_own_name(
    screen: Screen, text: str, listed: str
) -> None:
    best = hits_of(screen, text)[0]
    assert any(name.text.endswith(listed) for name in best.entry.names)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("PLM Consultores", "PLM CONSULTORES, C.A."),
        ("PLM Consultores CA, Caracas", "PLM CONSULTORES, C.A."),
        ("Peru Global Tours", "PERU GLOBAL TOURS S.A.C."),
        ("Alondra Produce", "ALONDRA PRODUCE, S.P.R. DE R.I."),
        ("Corporativo Arzaca", "CORPORATIVO ARZACA, S.C."),
    ],
)
def test_a_legal_form_that_is_one_at_the_end_alone_is_left_out(
    screen: Screen, text: str, listed: str
) -> None:
    assert listed.casefold() in found(screen, text)


@pytest.mark.parametrize(
    "text",
    [
        "Kuwan™ Co., Limited", "Kuwan² Co. Limited", "Kuwan&nbsp;Co., Limited", "kuwan_co_limited",
        "Кuwan Co., Limited", "https://www.kuwan.com/en/about",
    ],
)  # fmt: skip
def test_signs_of_pages_and_letters_that_look_alike_hide_no_name(screen: Screen, text: str) -> None:
    assert FIRM.casefold() in found(screen, text)


@pytest.mark.parametrize(
    ("line", "listed"),
    [
        ("Zhao Wei, Chairman, Kings Romans Group", "WEI, Zhao"),
        ("MR HOU XUEYUAN C/O FRONT DESK, SHENZHEN", "HOU, Xueyuan"),
    ],
)
def test_a_person_is_found_before_what_they_are_and_where(
    screen: Screen, line: str, listed: str
) -> None:
    assert listed.casefold() in found(screen, line)


WAYS = [
    # a ship within a line, up to a sign or a word in small letters
    ("vessel nominated: MV ANDIA, IRISL, ETA Bandar Abbas 12/4", "andia"),
    ("storage, STS with m/t LIONESS off Malaysia", "lioness"),
    ("DPRK flagged MV PARTIZAN, last port Chongjin", "partizan"),
    ("福远渔7871号", "fu yuan yu 7871"),
    # an aircraft by its mark in small letters, with a blank or with none
    ("ep-itj atr 72", "ep-itj"),
    ("rf78838 il-76", "rf-78838"),
    ("ep cas plane", "ep-cas"),
    # a title behind a name, and what somebody is behind a comma
    ("王明山 先生", "王明山"),
    ("陈明国局长", "陈明国"),
    ("ZHANG Xiaoming, HKMAO", "xiaoming zhang"),
    # what is heard of a name
    ("Ibrahim Talal al-Oweir", "al-'uwayr, ibrahim talal"),
    ("Hassan Mohsen Tabajeh", None),
    ("Javidan Mehr Tus", "javedan mehr toos"),
    ("Bae Won-uk", "pae, won uk"),
    # parts and towns behind a name in its own script
    ("بانک سرمایه شعبه مرکزی تهران", "sarmayeh bank"),
    ("조선련봉총회사 평양 대표부", "korea ryonbong general corporation"),
    ("ＥＮＥＯＳ株式会社 東京都千代田区大手町1-1-2", "eneos corporation"),
    ("航天科工集团二院23所，北京市海淀区永定路50号", "航天科工二院23所"),
    ("派克新材 605123", "派克新材"),
    # a house by its acronym as a group, where it is
    ("CETC Group HQ Beijing", "china electronics technology group corporation"),
    ("CASIC Group, Beijing", "china aerospace science and industry corporation limited"),
    # the end of a name is left out, or a hyphen
    ("pars nickel karan", "pars nickel karan kabir"),
    ("dandong rich earth trading", "dandong rich earth trading co., ltd."),
    ("Zhuhai Putech Industrial Company", "zhuhai pu-tech industrial co., ltd."),
    ("echips technology", "e-chips technology"),
    # in quotes, and with what it does in small letters
    ('Vladivostok shipyard "Vostochnaya Verf"', "vostochnaya verf joint stock company"),
    ("transfer via Al Sahloul exchange office Istanbul", "al-sahloul money exchange company"),
    # an officer of Hong Kong in characters, with the office before it
    ("陈国基", "kwok-ki chan"),
    ("香港特首林鄭月娥", "yuet-ngor lam cheng"),
    ("新疆公安厅厅长 王明山", "王明山"),
    ("陈志强", None),
    # what a maker makes, before its city
    ("hytera radios shenzhen", "hytera communications corporation"),
    ("dji drones shenzhen", "dji"),
    ("Canon cameras Tokyo", None),
    # the same trade in other words, or in one or several
    ("Huawei Xi'an Research and Development Centre", "huawei xi'an r&d center"),
    ("Zorblax Research and Development Centre, Xi'an", None),
    ("Asay Trade & Supply, Rawalpindi, Pakistan", "asay trade & supplies"),
    # English words of firms in Cyrillic letters, and those of Arabic
    ("Хуавэй Текнолоджис Ко., Лтд.", "huawei technologies co., ltd."),
    ("شركة هواوي للتقنيات المحدودة", "huawei technologies co., ltd."),
    ("ООО Зорблакс Текнолоджис", None),
    ("هواپیمایی کاسپین، تهران", "هواپیمایی کاسپین"),
    # Russian in Latin letters as English says it
    ("Angarskaya Neftekhimicheskaya Kompaniya", "ojsc angarsk petrochemical company"),
    ("Novaport Central Asia LLC", "novaport tsentralnaya aziya ooo"),
    ("Omskaya Neftekhimicheskaya Kompaniya Zorblax", None),
    # pieces of a line
    ("Payment ref: crude cargo 0924 / South Sea Energy Ltd", "south sea energy limited"),
    ("CIOMP CAS, 3888 Dong Nanhu Road, Changchun", "ciomp"),
    (
        "LENMORNIIPROEKT - marine transport design institute",
        "joint stock company lenmorniiproekt",
    ),
    (
        "Rare Earth Magnesium Tech Grp Hldgs (601.HK)",
        "rare earth magnesium technology group holdings, ltd.",
    ),
    ("Hui Hai Pacific v.2203 ESPO Kozmino", "huihai pacific"),
    ("BICENTENARIO 15", "bicentenario xv"),
    # to whom it is written, and by whose order
    ("A la atención de: Gerencia, Aguilar Aguilar y Cia Ltda", "aguilar aguilar y cia. ltda."),
    ("payment by order of MEISHUR LIMITED HONG KONG", "meishur limited"),
    # a place behind a name of trades in characters, or in brackets behind a person
    ("航天动力技术研究院 西安", "航天动力技术研究院"),
    ("Ri Dok Jin (North Korea)", "ri, to'k-chin"),
    ("Chen, Mr. Mingguo, public security bureau", "chen, mingguo"),
    # a military unit of Russia, and one that no list has
    ("Military unit 51460", "войсковая часть 51460"),
    ("Military unit 11111", None),
    # a short name that no list prints, in pinyin
    ("zhong hang gao ke", "中航高科"),
    # a place behind a comma is no ship that is called so
    ("Beneficiary: Zorblax Flavouring & Food, Foshan - soy sauce", None),
    ("M/T SOFIA", "sofia"),
    # trades alone before an address of the country
    ("Techno Commercial, Blue Area, Islamabad, Pakistan", "techno-commercial"),
    ("Techno Commercial, Blue Area, Ottawa, Canada", None),
]


@pytest.mark.once
@pytest.mark.parametrize(("text", "name"), WAYS)
def test_a_name_is_found_as_people_write_it(text: str, name: str | None, screen: Screen) -> None:
    """None where nobody may be told by it."""
    if name is None:
        assert hits_of(screen, text) == []
    else:
        assert name in found(screen, text)


def test_names_that_differ_in_more_than_what_is_heard_are_others(screen: Screen) -> None:
    for text in (
        "MV Voyager of the Seas",
        "大华（集团）有限公司 房地产 上海",
        "Da Hua Hotel Shanghai",
    ):
        assert hits_of(screen, text) == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("line", "listed"),
    [
        # a school of a university, in traditional characters, too
        ("哈爾濱工業大學航天學院", "哈尔滨工业大学"),
        # a body behind the one above it, or where it is
        ("中国气象局国家卫星气象中心", "国家卫星气象中心"),
        ("香港政府飛行服務隊總部", "政府飛行服務隊"),
        ("中国航发624所", "624所"),
        ("Factory 320 Nanchang", "320厂"),
        ("Shenyang Aircraft factory 112", "112厂"),
        ("State factory 410 Liming Shenyang", "AECC Shenyang Liming Aero Engine Co., Ltd."),
        ("Inner Mongolia First Machinery", "Inner Mongolia First Machinery Group Co., Ltd."),
        ("CETC No.11 RI",
         "China Electronic Technology Group Corporation No. 11 Research Institute"),
        ("NCRIEO, Jiuxianqiao, Beijing", "NCRIEO"),
        # a person, and what is said behind a dash
        ("Feiwu Bian - mining concession Nicaragua", "BIAN, Feiwu"),
        ("MAK, Chi - Power Paragon", "Chi Mak"),
        # whom a person with a title is of
        ("Attn: Mr Xu Surlink Group, Shenzhen office", "Surlink Group"),
        ("Attn: Treasury, CMRBank Moscow", "CMRBank"),
        ("通知人 苏州华为投资有限公司", "Suzhou Huawei Investment Co., Ltd."),
        ("for a/c of Airpart Consolidated Trdg", "Airpart Consolidated Trading"),
        ("former Harbin Shipbuilding Engineering Institute",
         "Harbin Shipbuilding Engineering Institute"),
    ],
)  # fmt: skip
def test_a_listed_name_is_found_behind_and_before_more(
    line: str, listed: str, screen: Screen
) -> None:
    assert any(listed.casefold() in each for each in found(screen, line))


@pytest.mark.once
@pytest.mark.parametrize(
    "line",
    ["中国船舶集团公司第二研究所", "上海软件中心", "ACME, Pudong, Shanghai", "AVIC 640 Institute"],
)
def test_the_end_of_a_name_alone_is_no_other_body(line: str, screen: Screen) -> None:
    assert not any("2nd institute" in each for each in found(screen, line))
    assert "软件中心" not in found(screen, line)
    assert not any("640" in each for each in found(screen, line))
