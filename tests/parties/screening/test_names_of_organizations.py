"""How names of organizations are read beside the lists that are built in."""

from __future__ import annotations

import pytest

from detente.parties.names.kinds import INDUSTRY
from detente.parties.names.names import NameTables, parts, with_a_word_unread
from detente.parties.screening.crowd import answers_of, screen_all
from detente.parties.screening.hits import OTHER_TRADE, NameHit
from detente.parties.screening.listed.bearers import means_others
from detente.parties.screening.queries import NameQuery, query_of
from detente.parties.screening.related import NameHits
from detente.parties.screening.store import Screen


def names_of(hits: list[NameHit]) -> list[str]:
    """All names of the parties that are hit."""
    return [name.text for hit in hits for entry in hit.entries for name in entry.names]


def test_words_that_translators_use_for_one_another_are_each_a_trade_as_names_are_read(
    screen: Screen,
) -> None:
    tables = screen.lists[0].tables
    trades = {text for kind, text in tables.words.values() if kind == INDUSTRY}
    for one, others in tables.documents.kindred.items():
        for text in (one, *others):
            assert trades.issuperset(text.split()), text


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Atlantis M. Maritime Co", "ATLANTIS M. SHIPPING CO"),
        ("Sudd Petroleum Operations Company", "Sudd Petroleum Operating Co."),
        ("Kerch Commercial Port", "State Enterprise Kerch Commercial Sea Port"),
        ("Consignee: Shiny Sails Maritime Ltd", "SHINY SAILS SHIPPING LTD"),
        ("SPE Air and Marine Electronics", "JSC SPE AME"),
    ],
)
def test_a_body_is_found_by_another_word_for_its_trade_and_never_for_certain(
    screen: Screen, asked: str, listed: str
) -> None:
    hits = screen.parties(asked)
    assert listed in names_of(hits)
    assert hits[0].score == 0.97
    assert OTHER_TRADE in hits[0].why


@pytest.mark.parametrize("asked", ["Zorblax Maritime Ltd", "Atlantis Maritime Museum"])
def test_another_word_for_a_trade_tells_nobody_beside_other_words(
    screen: Screen, asked: str
) -> None:
    assert screen.parties(asked) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Changchun Univ. of Sci. & Tech.", "Changchun University of Science and Technology"),
        ("Kunming Univeristy of Science and Technology", "昆明理工大学"),
        ("Urumqi City Public Security Bureau", "乌鲁木齐市公安局"),
        ("Kunming Municipality Hospital", "Kunming Hospital"),
        ("Minsk Oblast Transport", "Minsk Transport"),
        ("Zorblax San. ve Tic. A.Ş.", "Zorblax San. ve Tic. A.S."),
        ("Zorblax Havacilik Sanayi", "Zorblax Aviation Industry"),
        ("NPP Zorblax", "Scientific and Production Enterprise Zorblax"),
        ("PKF Zorblax", "Proizvodstvenno-Kommercheskaya Firma Zorblax"),
        ("Zorblax Biological Technology", "Zorblax Biotech"),
        ("121st Aircraft Repair Plant", "121 Aviation Repair Plant"),
        ("Zorblax of the Russian Federation", "Russian Zorblax"),
        ("Zorblax telekomunikacijske storitve d.o.o.", "Zorblax Telecommunication Services"),
        ("Zorblax preduzece za inzinjering", "Zorblax Engineering Enterprise za"),
        ("Zorblax Kereskedelmi Kft", "Zorblax Trading"),
        ("佐尔货运代理", "佐尔 Freight Agency"),
        ("Fizicheskogo Zorblax", "Physical Zorblax"),
        ("Podshipnikovaya Zorblax", "Zorblax Bearing"),
        ("Zorblax Tekstil Ith. Ihr. Ltd. Sti.", "Zorblax Textile Import Export"),
        ("Zorblax of the Democratic People's Republic of Korea", "DPRK Zorblax"),
        ("佐尔标准纤维", "佐尔 Standard Fiber"),
    ],
)
def test_two_ways_to_write_one_organization_have_the_same_words(
    one: str, other: str, tables: NameTables
) -> None:
    said = [
        sorted(part for part in parts(text, tables) if part.kind not in ("f", "l"))
        for text in (one, other)
    ]
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Yi Ban Co Ltd", ["yi", "ban"]),
        ("Shen Zhen SA", ["shenzhen"]),
        ("Chang Zhou Zorblax", ["changzhou", "zorblax"]),
    ],
)
def test_a_legal_form_is_a_part_of_no_other_word(
    name: str, words: list[str], tables: NameTables
) -> None:
    assert [part.text for part in parts(name, tables) if part.kind != "l"] == words


def test_a_district_without_its_place_is_a_word_like_any_other(tables: NameTables) -> None:
    assert [part.text for part in parts("City Zorblax County", tables)] == [
        "city",
        "zorblax",
        "county",
    ]


def test_a_phrase_holds_only_where_its_words_stand_together(tables: NameTables) -> None:
    apart = parts("Univ. of Kunming, Sci. & Tech.", tables)
    assert "universityofscienceandtechnology" not in {part.text for part in apart}


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Research and Prduction Enterprise Topaz", "Topaz"),
        ("Research and Production Enterprize Topaz", "Topaz"),
        ("Islamic Repbulic of Iran Shipping Lines", "Islamic Republic of Iran Shipping Lines"),
        ("Investigative Committee of the Rcpublic of Belarus", "Investigative Committee of"),
    ],
)
def test_a_phrase_or_trade_of_which_a_word_is_misspelled_is_known_by_its_letters(
    name: str, listed: str, screen: Screen
) -> None:
    found = [text.text for hit in screen.parties(name) for text in hit.entry.names]
    assert any(listed.casefold() in each.casefold() for each in found), found


@pytest.mark.once
def test_names_whose_phrase_has_two_letters_swapped_are_found(screen: Screen) -> None:
    asked = [(name, slip) for name in sample_of_phrases(screen) if (slip := swapped(name, screen))]
    assert len(asked) > 100
    answers = answers_of(screen)([NameQuery(slip) for _, slip in asked], 10)
    found = [
        slip
        for (name, slip), hits in zip(asked, answers, strict=True)
        if not isinstance(hits, str)
        and any(name == each.text for hit in hits for entry in hit.entries for each in entry.names)
    ]
    assert len(found) >= 0.95 * len(asked)


def sample_of_phrases(screen: Screen, every: int = 12) -> list[str]:
    """Names of the built-in lists in ASCII with a phrase of a trade or place: one in so many."""
    names = sorted(
        name.text
        for _, entry in screen.lists[0].bodies()
        for name in entry.names
        if name.text.isascii() and name.grade == "official"
    )[::every]
    tables = screen.lists[0].tables
    return [
        name
        for name in names
        if (words := parts(name, tables))
        and any(len(form) > len(words) for form in with_a_word_unread(name, words, tables))
    ]


def swapped(name: str, screen: Screen) -> str:
    """A name with two letters swapped in the longest of its words that are in a phrase."""
    tables = screen.lists[0].tables
    kept = {part.text for part in parts(name, tables)}
    folded = [
        word
        for word in name.split()
        if len(word) > 6
        and word.isalpha()
        and not kept & {each.text for each in parts(word, tables)}
    ]
    if not folded:
        return ""
    word = max(folded, key=len)
    return name.replace(word, word[:3] + word[4] + word[3] + word[5:], 1)


@pytest.mark.parametrize("name", ["Quectel", "Quectel LTE modules", "QUECTEL LTD"])
def test_a_brand_that_nobody_else_has_tells_its_party_alone(name: str, screen: Screen) -> None:
    (hit, *_) = screen.parties(name)
    assert hit.entry.names[0].text.startswith("Quectel Wireless")
    assert "the brand by which the party is known" in hit.why


@pytest.mark.parametrize("name", ["Quectil", "Quectel Fisheries", "Quectel Dairy Oslo"])
def test_such_a_brand_tells_nobody_where_it_is_misspelled_or_of_another_trade(
    name: str, screen: Screen
) -> None:
    assert not [hit for hit in screen.parties(name) if "known" in " ".join(hit.why)]


def test_a_chinese_name_as_it_is_said_joins_the_listings_of_one_party(screen: Screen) -> None:
    (hit, *_) = screen.parties("Dahua Technology")
    assert {entry.list for entry in hit.entries} >= {"EL", "1260H", "FCC", "NDAA-889"}


@pytest.mark.parametrize("name", ["骆驼集团", "Luo Tuo Ji Tuan Gu Fen You Xian Gong Si"])
def test_a_firm_that_a_list_prints_translated_is_found_by_its_own_name(
    name: str, screen: Screen
) -> None:
    (hit, *_) = screen.parties(name)
    assert hit.entry.names[0].text == "Camel Group Co., Ltd."
    assert "this name is not on the list: background" in hit.why


@pytest.mark.parametrize(
    "name",
    ["Chinese Academy of Sciences", "Chinese Academy of Sciences (CAS)", "中国科学院",
     "CHINESE ACADEMY OF SCIENCE, Beijing"],
)  # fmt: skip
def test_a_body_in_full_is_not_its_center_for_whom_a_list_prints_its_acronym(name: str) -> None:
    found = Screen(None, "2026-11-28").parties(name)
    assert [each.entry.names[0].text for each in found if "Time Service" in each.name] == []
    assert [each for each in found if each.name == "CAS"] == []


@pytest.mark.parametrize("name", ["CAS", "CAS NTSC", "中国科学院国家授时中心"])
def test_who_types_what_the_list_prints_of_the_center_finds_it(name: str) -> None:
    first, *_ = Screen(None, "2026-11-28").parties(name)
    assert first.entry.names[0].text.endswith("National Time Service Center")
    assert first.score == 1


def test_a_parent_in_full_is_not_its_works_that_name_it_in_brackets() -> None:
    found = Screen(None, "2026-11-28").parties("China National Nuclear Corporation")
    assert found[0].score == 1
    assert [each for each in found if "Guanghua" in each.entry.names[0].text] == []


@pytest.mark.parametrize(
    ("mark", "typed", "names", "others"),
    [
        # Beside a brand of their own: the acronym is of whom they belong to.
        ("cas", True, ["Chinese Academy of Sciences, Quuxly Center", "CAS"], True),
        ("cas", False, ["Zorblax Institute", "CAS Zorblax", "CAS"], True),
        ("norinco", True, ["Quuxly Works of China North Industries", "NORINCO"], True),
        # No name has what was typed: the letters are of other words.
        ("cas", True, ["Central Aviation Supplies", "CAS"], True),
        # It is named so in full, or in what the table knows as the same name.
        ("norinco", True, ["China North Industries Corporation", "NORINCO"], False),
        ("cas", True, ["Chinese Academy of Sciences", "CAS", "CAS Zorblax"], False),
        ("cgn", False, ["China General Nuclear Power Corp", "CGN"], False),
        # A Chinese name is known as what the list prints in Latin letters alone.
        ("unitree", False, ["Hangzhou Yushu Technology Co., Ltd.", "Unitree"], False),
    ],
)
def test_an_acronym_is_of_another_body_where_its_party_has_it_beside_a_brand(
    mark: str, typed: bool, names: list[str], others: bool, tables: NameTables
) -> None:
    assert means_others(mark, typed, names, tables) is others


def _first_name(hits: NameHits | str) -> str:
    return hits[0].entry.names[0].text if hits and not isinstance(hits, str) else ""


def test_many_names_are_read_so_too() -> None:
    screen = Screen(None, "2026-11-28")
    names = ["Chinese Academy of Sciences", "CAS"] * 40
    found = list(screen_all(screen, [query_of(each, "", "") for each in names], 1, _first_name))
    assert found == ["", "Chinese Academy of Sciences, National Time Service Center"] * 40


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("空军预警学院", "Air Force Early Warning Academy"),
        ("Kongjun Yujing Xueyuan", "Air Force Early Warning Academy"),
        ("Huojianjun Zhihui Xueyuan", "Rocket Force Command College"),
        ("陆军防化学院", "Army Institute of NBC Defence"),
        ("Fanghua Xueyuan Lujun", "Army Institute of NBC Defence"),
    ],
)
def test_an_academy_of_a_force_is_found_by_its_chinese_name_and_in_pinyin(
    name: str, listed: str, screen: Screen
) -> None:
    assert listed in [hit.entry.names[0].text for hit in screen.parties(name)]


@pytest.mark.parametrize(
    ("pinyin", "words"),
    [
        ("Wuli yu Huaxue Yanjiusuo", ["physics", "chemical", "institute"]),  # `yu` joins two trades
        ("Zubei Yuhe Keji", ["zubeiyuhe", "technology"]),  # and is part of a brand elsewhere
        ("Yinhai Nongjiale Cangchu", ["yinhai", "nongjiale", "warehouse"]),  # no nongji in a word
        # A legal form in two words is no brand, and a place that Latin letters may mean otherwise
        # stands as it is written, too.
        ("Zubei Jingmao Youxian Gongsi", ["zubei", "trade", "有限公司"]),
        ("Fujian Nanan Jinchukou Gongsi", ["fujian", "nanan", "importexport", "公司"]),
        ("Zubei Dianzi Chang", ["zubei", "electronics", "factory"]),  # the body at its end
    ],
)
def test_pinyin_is_read_word_by_word_where_it_says_a_trade(
    pinyin: str, words: list[str], screen: Screen
) -> None:
    read = [
        [part.text for part in form]
        for form, how in screen.lists[0].forms(pinyin)
        if "word by word" in how
    ]
    assert words in read


NUMBERS = (3, 7, 10, 12, 13, 14, 20, 29, 38, 43, 48, 54, 55, 58)
OF_CETC = "中国电子科技集团公司第{}研究所"
SPOKEN = dict(enumerate(["ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu"]))


def in_characters(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    before = (digits[tens] if tens > 1 else "") + "十" if tens else ""
    return before + (digits[ones] if ones else "")


def in_syllables(number: int) -> list[str]:
    tens, ones = divmod(number, 10)
    before = [*([SPOKEN[tens]] if tens > 1 else []), "shi"] if tens else []
    return [*before, *([SPOKEN[ones]] if ones else [])]


@pytest.mark.once
@pytest.mark.parametrize("number", NUMBERS)
def test_an_institute_with_a_number_is_the_same_in_pinyin_however_it_is_written(
    number: int, screen: Screen
) -> None:
    said = in_syllables(number)
    spoken = "".join(said)
    wanted = found(OF_CETC.format(in_characters(number)), screen)
    for pinyin in (
        f"Zhongguo Dianzi Keji Jituan Gongsi Di {spoken} Yanjiusuo",
        f"Zhongguo Dianzi Keji Jituan Gongsi Di{spoken} Yanjiusuo",
        f"zhong guo dian zi ke ji ji tuan gong si di {' '.join(said)} yan jiu suo",
        f"zhongguodianzikejijituangongsidi{spoken}yanjiusuo",
        f"Zhongguo Dianzi Keji Jituan Gongsi Di {number} Yanjiusuo",
        f"Zhongguo Dianzi Keji Jituan Youxian Gongsi Di-{number} Yanjiusuo",
    ):
        assert found(pinyin, screen) == wanted, pinyin
    for pinyin in (f"Zhongdianke Di {spoken} Yanjiusuo", f"Zhongdianke {number} suo",
                   f"zhongdianke {spoken} suo"):  # fmt: skip
        assert found(pinyin, screen) == found(f"中电科{number}所", screen), pinyin


def found(name: str, screen: Screen) -> list[str]:
    return [hit.entry.names[0].text for hit in screen.parties(name)]


@pytest.mark.parametrize(
    ("listed", "other"),
    [
        ("disanshiba", "China Electronics Technology Group Corporation 48th Research Institute"),
        ("disishiba", "China Electronics Technology Group Corporation 38th Research Institute"),
        ("diwushiba", "China Electronics Technology Group Corporation 55th Research Institute"),
    ],
)
def test_a_number_in_pinyin_a_letter_away_is_another_institute(
    listed: str, other: str, screen: Screen
) -> None:
    hits = found(f"Zhongguo Dianzi Keji Jituan Gongsi {listed} Yanjiusuo", screen)
    assert hits
    assert not any(each.startswith(other) for each in hits)


@pytest.mark.parametrize(
    ("pinyin", "words"),
    [
        ("Diwu Dianzi", ["diwu", "electronics"]),  # no body follows
        ("Sanyi Zhonggong Jixie", ["sanyi", "heavyindustry", "machinery"]),
        ("Beijing Di Qi Sheji Yanjiuyuan", ["beijing", "7", "design", "institute"]),
    ],
)
def test_pinyin_is_a_number_before_a_body_alone(
    pinyin: str, words: list[str], screen: Screen
) -> None:
    read = [
        [part.text for part in form]
        for form, how in screen.lists[0].forms(pinyin)
        if "full pinyin" not in how
    ]
    assert words in read


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        # The brand by which a list also knows it, with what another of its names says it does.
        ("Ningbo Nata Optoelectronic Material", "Ningbo Nanda Optoelectronic Materials Ltd."),
        # An adjective in Slavic letters ends in many ways in Latin ones.
        ("Umansky Elevator JSC", "OPEN JOINT STOCK COMPANY 'Umanskiy Elevator'"),
        # A district stands behind the body; the last of its goods alone is none of its trade.
        ("Chongqing Univ., Shapingba, Chongqing 400044", "Chongqing University"),
        ("JA Solar panels", "JA Solar"),
    ],
)
def test_a_party_is_found_by_a_name_that_follows_from_those_that_are_printed(
    name: str, listed: str, screen: Screen
) -> None:
    assert listed in [each.text for hit in screen.parties(name) for each in hit.entry.names]


def test_a_name_put_together_of_two_that_are_printed_is_never_the_party_for_certain(
    screen: Screen,
) -> None:
    name, printed = "Ningbo Nata Optoelectronic Material", "Ningbo Nanda Optoelectronic Materials"
    composed, plain = (screen.parties(each, None, 1)[0] for each in (name, printed))
    assert composed.entry == plain.entry
    assert composed.score > 0.9
    assert [each.is_close(0.9) for each in (composed, plain)] == [False, True]


@pytest.mark.parametrize(
    "name",
    [
        "Pacific Rim Trading Company",  # Pacific Rim Defense shares what they are called
        "Great Lakes Instrument Company",
        "Barco NV",  # a brand of firms in several countries, and of a listed manager of ships
        "Kovrovsky",  # another name, though the letters are near
    ],
)
def test_what_a_name_is_called_by_does_not_make_another_trade_the_same(
    name: str, screen: Screen
) -> None:
    assert not screen.parties(name)


def test_no_initials_are_those_of_a_brand_with_the_trades_of_another_name(screen: Screen) -> None:
    assert not screen.parties("CSPI")


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Sichuan University, School of Chemistry, Chengdu", "Sichuan University"),
        ("Procurement Section, Shenyang Aircraft Design Institute", "Shenyang Aircraft Design"),
        ("Notify party: Zhoushan Wison Offshore & Marine, Xiushan Island, Daishan", "WISON"),
        ("OCEANUS GAS, LPG carrier, IMO 9044528", "OCEANUS GAS"),
        ("теплоход «Порт Оля-4»", "PORT OLYA-4"),
        ("Prosecutor Karim A. A. Khan KC", "KHAN, Karim"),
    ],
)
def test_a_line_is_read_without_what_is_said_of_a_party(
    name: str, listed: str, screen: Screen
) -> None:
    assert any(listed in each.text for hit in screen.hits(name) for each in hit.entry.names)


def test_persons_of_the_denial_orders_are_compared_as_persons(screen: Screen) -> None:
    assert any(hit.name == "YUEQIANG CHEN" for hit in screen.hits("Mr. Chen Yueqiang"))
    # Another Mandarin syllable is another name, though it is a town's, too.
    assert screen.hits("Chen Yueqing") == []


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("中国电科24所", "CETC 24"),
        ("Xinjiang Tianzhan New Materia1 Techno1ogy Co., Ltd.", "Tianzhan"),
        ("Mashinostroitelnoe KB Iskra", "Mashinostroitelnoe Konstruktorskoe"),
        ("Hisham Y. Qafisheh", "QAFISHEH"),
        ("Korea Kwangsung Trading Corp", "KWANGSONG"),
        ("惠州大亚湾华瀛石化码头仓储有限公司", "DAYA BAY"),
    ],
)
def test_a_name_is_found_though_it_is_not_as_the_list_prints_it(
    name: str, listed: str, screen: Screen
) -> None:
    hits = screen.hits(name)
    assert any(
        listed.casefold() in each.text.casefold() for hit in hits for each in hit.entry.names
    )


@pytest.mark.parametrize(
    "name",
    [
        "Nanjing University of Information Science and Technology",
        "Sector 24 Institute",
        "Korea Kwanglim Trading Corp",
    ],
)
def test_a_body_of_one_more_word_is_another(name: str, screen: Screen) -> None:
    assert screen.hits(name) == []


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("조선강송무역회사", "Korea Kangsong Trading Corp."),
        ("Московский научно-исследовательский институт связи", "Moscow Communications Research"),
        ("ООО «ТМК Техсервис»", "LLC TMK TECHSERVICE"),
        ("ГОЗ Обуховский завод", "JSC GOZ Obukhov Plant"),
        ("Физический институт им. П.Н. Лебедева РАН", "Lebedev Physical Institute"),
        ("صنایع کامپوزیت هوایی فجر", "Fajr Aviation Composite Industries"),
        ("山口組", "YAMAGUCHI-GUMI"),
        ("OKIサーキットテクノロジー株式会社", "OKI Circuit Technology"),
        ("GPOC Juba", "GPOC"),
        ("Navegan Bar International Transport", "NBC Navegan Bar International Transport"),
        ("JWD Technology", "Sichuan Mianyang Jingweida Technology Co., Ltd. and JWD"),
    ],
)
def test_an_organization_is_found_by_what_its_list_does_not_print(name: str, listed: str) -> None:
    assert any(each.startswith(listed) for each in names_of(Screen().hits(name)))


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("HIT", "Harbin Institute of Technology"),
        ("HIT Harbin", "Harbin Institute of Technology"),
        ("TTP", "TEHRIK-E TALIBAN PAKISTAN"),
        ("POF", "Pakistan Ordnance Factories"),
    ],
)
def test_an_acronym_of_three_letters_that_a_list_prints_is_a_name(name: str, listed: str) -> None:
    found = {each.text for hit in Screen().parties(name) for entry in hit.entries
             for each in entry.names}  # fmt: skip
    assert any(each.startswith(listed) for each in found)


@pytest.mark.parametrize("name", ["HIT Logistics GmbH", "TTP Records", "RAS"])
def test_three_letters_beside_another_word_are_no_acronym(name: str) -> None:
    assert Screen().hits(name) == []


@pytest.mark.parametrize("name", ["LTD", "PTY", "JSC"])
def test_three_letters_of_a_legal_form_are_no_name(name: str) -> None:
    with pytest.raises(ValueError, match="no word of it tells one party from another"):
        Screen().hits(name)


PARTS = (
    "{} School of Physics", "School of Physics {}", "{} Department of Chemistry", "{} Library",
    "{} State Key Laboratory of Tribology", "{} Research Office", "Lab 305, {}", "Bibliothek {}",
    "Student Affairs Office of {}", "{} Center for Nanotechnology", "{} Graduate School",
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "school",
    [
        "Harbin Engineering University", "Beijing Institute of Technology", "University of Tehran",
        "National University of Defense Technology",
        "Nanjing University of Aeronautics and Astronautics",
    ],
)  # fmt: skip
def test_a_university_is_found_with_a_part_of_it_beside_its_name(part: str, school: str) -> None:
    assert any(hit.name.startswith(school) for hit in Screen().hits(part.format(school)))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "school",
    ["Harbin Medical University", "University of Tokyo", "Tianjin Normal University",
     "Georgia Institute of Technology", "Beijing Sport University"],
)  # fmt: skip
def test_a_part_of_another_university_is_nobody_listed(part: str, school: str) -> None:
    assert Screen().hits(part.format(school)) == []


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("BUAA School of Astronautics", "Beijing University of Aeronautics"),
        ("NUDT College of Computer", "National University of Defense Technology"),
        ("Huawei Technologies Sales Department", "Huawei Tech"),
        ("Far Eastern branch of Russian Regional Development Bank", "JOINT STOCK COMPANY RUSSIAN"),
        ("Hefei Meiling Co. Ltd. R&D Center", "Hefei Meiling"),
        ("R&D Center of Hefei Meiling Co. Ltd.", "Hefei Meiling"),
        ("Hefei Meiling Co. Ltd. Service Center", "Hefei Meiling"),
        ("Hefei Meiling Co. Ltd. or nominee", "Hefei Meiling"),
        ("Hefei Meiling Co. Ltd. and its affiliates", "Hefei Meiling"),
        ("Army Academy of Armored Forces Sales Office", "Army Academy of Armored Forces"),
    ],
)
def test_a_part_is_cut_off_behind_an_acronym_and_a_company(name: str, listed: str) -> None:
    assert any(hit.name.startswith(listed) for hit in Screen().hits(name))


@pytest.mark.parametrize(
    "name",
    [
        "London School of Economics",
        "Moscow School of Management",
        "Wharton School of Law",
        "University Library",
        "Dalian University Library",
        "Tianjin University of Technology Library",
    ],
)
def test_a_school_of_a_town_or_a_founder_is_no_part_of_them(name: str) -> None:
    assert Screen().hits(name) == []


def test_an_acronym_of_a_group_before_a_place_is_not_the_group() -> None:
    assert [hit.name for hit in Screen().hits("SMIC Japan")] == []


@pytest.mark.parametrize("name", ["HSBC Juba", "Gpoc Juba Trading", "GPOC TRADING JUBA", "AB Juba"])
def test_no_other_word_before_a_place_is_an_acronym(name: str) -> None:
    assert Screen().hits(name) == []


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("YMTC Yangtze Memory Technologies", "Yangtze Memory Technologies"),
        ("Yangtze Memory Technologies YMTC", "Yangtze Memory Technologies"),
        ("GD-OTS General Dynamics Ordnance and Tactical Systems", "General Dynamics Ordnance"),
        ("NCG Namchongang", "NAM CHON GANG"),
        ("HII HUNTINGTON INGALLS INDUSTRIES", "Huntington Ingalls"),
        ("VNIIFTRI, Mendeleevo", "VNIIFTRI"),
        ("Leihua Electronic Technology Inst. (607), Wuxi", "中国航空工业集团公司雷华电子技术"),
        ("Attn. Lab manager, Compliance Testing LLC, Mesa AZ", "Compliance Testing LLC"),
        ("KDG Engineering Private Ltd.", "KDG ENGINEERING PRIVATE LIMITED"),
        ("Atmospheric Glow Techs Inc", "Atmospheric Glow Technologies"),
        ("Wuxi Inst. of Adv. Technology", "Wuxi Institute of Advanced Technology"),
        ("塔城地区公安局交警支队", "Tacheng Prefecture Public Security Bureau"),
        ("北京理工大学机械与车辆学院", "北京理工大学"),
        ("华为技术有限公司采购部", "华为技术有限公司"),
        ("西南技术工程研究所", "西南技术工程研究所"),
    ],
)
def test_a_listed_party_is_found_with_what_a_document_puts_beside_its_name(
    name: str, listed: str
) -> None:
    assert any(each.startswith(listed) for each in names_of(Screen().hits(name)))


@pytest.mark.parametrize(
    "name",
    [
        "HSBC Yangtze Memory Trading",  # an acronym of somebody else
        "HII Hotels International India",
        "IBM Business Machines",
        "Leihua Technology Restaurant (607)",
        "Shanghai Institute of Ceramics (12)",
        "电子科技大学成都学院",  # a college of its own
        "四川大学华西医院",
        "深圳大学计算机学院",
        "青岛啤酒股份有限公司物流部",
        "中国电子科技集团公司第六十九研究所",
    ],
)
def test_what_stands_beside_a_name_makes_no_listed_party_of_another(name: str) -> None:
    assert Screen().hits(name) == []


@pytest.mark.parametrize(
    ("name", "house"),
    [
        ("BYD Auto Co., Ltd.", "BYD"),
        ("Hefei BOE Display Technology", "BOE"),
        ("重庆京东方光电", "BOE"),
    ],
)
def test_a_house_of_three_letters_is_told_as_related(name: str, house: str) -> None:
    (found,) = answers_of(Screen())([NameQuery(name)], 3)
    assert isinstance(found, NameHits)
    assert any(house in each.entry.names[0].text for each in found.related)


def test_words_without_blanks_are_set_apart_where_one_of_the_table_is_among_them(
    tables: NameTables,
) -> None:
    from detente.parties.names.languages.spelled_names import told_apart

    assert told_apart("김정은", tables) == ()
    assert told_apart("무역은행", tables) == ()
    assert [part.text for part in told_apart("조선강송무역회사", tables)] == [
        "korea", "kangsong", "trade", "company",
    ]  # fmt: skip
    assert [part.text for part in told_apart("ゾルブセキュリティ", tables)] == [
        "zorubu",
        "security",
    ]
