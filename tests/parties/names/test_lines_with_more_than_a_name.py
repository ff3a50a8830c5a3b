"""Names among more words: plants, sentences, messages of banks; and names of several parties."""

from __future__ import annotations

import pytest

from detente.parties.screening.store import Screen
from encode.parties.document_names import tells

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        # What a company has at a place, with a town or what is made there before it.
        ("Hangzhou Hikvision Digital Technology Tonglu assembly base", "hikvision"),
        ("Kaspersky Lab Novosibirsk sales office", "kaspersky"),
        ("Uralvagonzavod Nizhny Tagil foundry", "uralvagonzavod"),
        ("Plant No. 9 tool workshop", "plant n 9"),
        # In a sentence, up to a comma or a colon.
        ("we met with Tianjin University again at the fair", "tianjin university"),
        ("please quote freight for Mahan Air by Friday", "mahan air"),
        ("whereas the Buyer, Dandong Hongxiang Industrial, paid in advance", "dandong hongxiang"),
        ("the samples go to Quectel this week", "quectel"),
        ("our ref 2231 for your customer ZTE Corporation", "zte"),
        # In the message of a bank, and behind a sign that stands for a colon.
        ("59F: 1/CDM TRADING LIMITED 2/QUEENS ROAD 5 3/HK/HONG KONG", "cdm trading"),
        ("/BNF/CDM TRADING LIMITED /INV/ 2231", "cdm trading"),
        ("customer=CDM Trading Limited", "cdm trading"),
        # Words of forms by two names, and an address before a name.
        ("Consignee / Empfänger CDM Trading Limited", "cdm trading"),
        ("P.O. Box 411, Hong Kong, CDM Trading Limited", "cdm trading"),
        ("MM Cargo, Sirrikuja 3 L, 00940 Helsinki", "mm cargo"),
        # Letters: of a stroke, of a city, of the rest of a name, in place of another.
        ("Dalian Golden Sun I/E Co", "dalian golden sun"),
        ("DG Shengyin CNC Equipment", "dongguan shengyin"),
        ("Sharif UT", "sharif university technology"),
        ("CPMIEC Beijing", "china national precision machinery"),
        ("Ningbo Huafu Donghao lndustrial", "ningbo huafu donghao"),
        ("Kim Jonng Un", "kim jong un"),
        ("Tatra Trukcs a.s.", "tatra trucks"),
        ("Xiang Yang Machinery Plant", "xiang yang machinery plant"),
        ("buque tanque BICENTENARIO V, bandera venezolana", "bicentenario v"),
        ("BICENTENARIO 5", "bicentenario v"),
        ("Ocean vessel / voy: SARIR 0471W", "sarir"),
        # What pinyin says that a place is, by itself and with the place.
        ("Shenzhen Shi Xinxin Haiyun Youxian Gongsi", "shenzhen xinxin shipping"),
        ("Shenzhenshi Xinxin Haiyun", "shenzhen xinxin shipping"),
        # Before a sign, behind its legal form, before a place, beside another name of the party.
        ("Kaspersky Lab: invoices for March", "kaspersky"),
        ("Kaspersky Lab Limited marketing in four towns", "kaspersky"),
        ("Kafolatbank Dushanbe", "kafolatbank"),
        ("NOBITEX / RAHKAR FANAVARI NOOYAN", "nobitex"),
        # Its name goes on, or its first word is two, or is read with one letter for two.
        ("Bulutlar Gemi", "bulutlar gemi tersanecilik"),
        ("Inforank Technologies", "info rank technologies"),
        ("JOCVVA CO LIMITED", "jocwa"),
        ("China Aerodynamics R&D Center", "china aerodynamics research development"),
        ("Jiatai A/C Equipment", "jiatai aircraft equipment"),
        ("JIHT RAS, Joint Institute for High Temperatures", "joint institute high temperatures"),
        # Beside the country or a city where it is; with more behind a long name; as a group.
        ("digital security russia", "digital security"),
        ("Digital Security Moscow", "digital security"),
        ("Forward Electronics Russia Ltd", "forward electronics"),
        ("russia forward electronics", "forward electronics"),
        ("Saad Sazeh Faraz Sharif free zone Sharjah", "saad sazeh faraz sharif"),
        ("Zarin Persia Investment holding", "zarin persia investment"),
        ("Raketa Lubrikants INV2231", "raketa lubrikants"),
        ("Zarin Persia Investment Ataturk Cad. No:45 Istanbul", "zarin persia investment"),
        ("the supplier is Advanced Research Foundation", "advanced research foundation"),
        ("Nestor Reverol Venezuela", "reverol torres nestor"),
        ("Sergei Kokorev of Acme Ltd", "kokorev sergei"),
        # Chinese labels without a colon, a department, and an address behind a blank.
        ("张江实验室采购部", "zhangjiang laboratory"),
        ("张江实验室 上海市浦东新区张江路18号", "zhangjiang laboratory"),
        ("供应商 华为技术有限公司", "huawei"),
        ("华为技术有限公司 采购部", "huawei"),
        ("豊和工業株式会社", "howa machinery"),
        # Among other names of a Chinese line, and behind an address with a blank.
        ("货款 付 华为技术有限公司 合同号 HW2291", "huawei"),
        ("哈尔滨市南岗区西大直街92号 哈尔滨工业大学", "harbin institute technology"),
        # The mark of an aircraft with a blank, or without a sign, beside what it is.
        ("Mahan A310 EP MNH", "ep mnh"),
        ("bizjet T7OKY", "t7 oky"),
        ("EPMNP aircraft", "ep mnp"),
        # By its number behind the house, and by trades alone before an address.
        ("CETC-16 Cryogenics Hefei", "16 institute"),
        ("Super Net Computers, Al Ain Centre, Bur Dubai, PO Box 43618", "super net computers"),
        ("MODAFL Marine Industries Organisation, Pasdaran Ave, Tehran", "marine industries"),
        # Beside the code of an airport, a nickname, and what somebody is.
        ("Freight Forwarder= JSB LOGISTICS DXB", "jsb logistics"),
        ('José Antonio Yépez "El Marro"', "yepez ortiz"),
        ("Wang Chen, vice-chairman NPCSC", "chen wang"),
        ("Goods for Irkut Corporation (Yakovlev)", "irkut"),
        ("Shi he zi shi Xin ren dian chi lv bo ke ji", "shihezi xinren"),
    ],
)
def test_a_line_with_more_than_a_name_finds_the_party(query: str, listed: str) -> None:
    hits = Screen().parties(query)
    assert any(tells(listed, (n.text for n in e.names)) for hit in hits for e in hit.entries)


@pytest.mark.parametrize(
    "query",
    [
        "we met with the Technology Company people at the fair",
        "National Furniture Factory",
        "Acme UT",
        "Kim Hee Jin Trading",
        "Makino Milling Machine",
        "Banco de los Andes",
        "i/s store Ridderborg",
        "Changsha keruijie lnformation Technology Co.,Ltd",
        "Shenzhen Shi",
        "Info Rankings Technology",
        "Bulutlar",
        "Vega / Luna Bakery",
        "Rainstar Umbrella Ltd",
        "Digital Security Brazil",
        "Xiamen University",
        "Hangzhou Dianzi University",
        "Mikron Holding AG",
        "Q&D Center",
        "Acme Bakery; and any successor, sub-unit, or subsidiary thereof",
        "Please ship the samples to Ms Tan at Giordano HK",
        "M/S Symphony of the Seas",
        "Bank Street Bakery",
        "Consignee: SUNDIAL ORCHARDS LLC",
        "Technische Universität Wien",
        "世强先进（深圳）科技股份有限公司",
    ],
)
def test_a_line_of_nobody_who_is_listed_stays_without_a_hit(query: str) -> None:
    assert Screen().parties(query) == []


@pytest.mark.parametrize(
    ("query", "printed"),
    [
        ("Union Kogyo", "Fuchu Prison; Union Kogyo Co., Ltd"),
        ("Wuling Machinery Works", "Wulin (or Wuling) Machinery Works"),
        ("Spain Night Vision", "Dominguez, Carlos; Elint, S.A., Spain Night Vision, S.A."),
        ("Select Protective Technology (HK)", "Shanghai Select Safety Products Company"),
        ("Armed Forces of Belarus", "The Ministry of Defence of the Republic of Belarus"),
        ("Guangzhou Hongyu Technology", "Guangzhou Hongyu Technology Co., Ltd. (a subordinate"),
        ("MNC Group International", "SOCCER ZONE (MNC GROUP INTERNATIONAL, INC.)"),
        ("Soccer Zone", "SOCCER ZONE (MNC GROUP INTERNATIONAL, INC.)"),
        ("XPCC Public Security Bureau", "Xinjiang Production and Construction Corps (XPCC) Public"),
    ],
)
def test_each_party_that_a_printed_name_has_is_found(query: str, printed: str) -> None:
    names = [name.text for hit in Screen().parties(query) for e in hit.entries for name in e.names]
    assert any(name.startswith(printed) for name in names)


def test_two_misspelled_letters_and_an_initial_tell_less_together_than_either() -> None:
    def named(query: str) -> list[str]:
        return [hit.entry.names[0].text for hit in Screen().parties(query)]

    assert "RON ROCKWELL HANSEN" in named("Ron R. Hansen")
    assert "RON ROCKWELL HANSEN" not in named("Ron R. Hanley")
    assert any("KHAMENEI, Ali" in name for name in named("A. Khamenei"))


def test_what_stands_in_brackets_within_a_name_may_be_another_company() -> None:
    whole = "Semiconductor Manufacturing International {}Corporation"
    scores = [
        Screen().parties(whole.format(inserted))[0].score for inserted in ("", "(Zxqv) ", "(SMIC) ")
    ]
    assert scores == [1.0, 0.97, 1.0]


def test_one_letter_is_nobody_and_a_brand_that_reads_like_a_trade_is_no_trade() -> None:
    with pytest.raises(ValueError, match="one letter"):
        Screen().parties("O.")
    assert Screen().parties("Mr. O")[0].score == 1.0
    assert "BANCORP" not in {hit.name for hit in Screen().parties("Bank")}
    assert Screen().parties("BANCORP")[0].score == 1.0
