"""Groups, academies and universities by the names that people type: in full, in Chinese, in short.

One that is listed is a hit; one of which only institutes are listed is told these as related, and
never taken for one of them; one that nobody lists is told nobody.
"""

from __future__ import annotations

import pytest

from detente.parties.screening.related import WHOLE_NAME, related
from detente.parties.screening.store import Screen

pytestmark = pytest.mark.once

LISTED = {
    "China Aerospace Science and Technology Corporation (CASC)": (
        "China Aerospace Science and Technology Corporation",
        "中国航天科技集团",
        "航天科技",
        "CASC",
    ),
    "China Aerospace Science and Industry Corporation Limited": (
        "China Aerospace Science and Industry Corporation",
        "中国航天科工",
        "航天科工",
        "CASIC",
    ),
    "China North Industries Group Corporation Limited": (
        "NORINCO",
        "中国兵器工业集团",
        "兵器工业集团",
        "中国兵器",
    ),
    "China South Industries Group Corporation": (
        "China South Industries Group",
        "中国兵器装备集团",
        "兵器装备集团",
    ),
    "China Electronics Technology Group Corporation": (
        "China Electronics Technology Group Corporation",
        "中国电子科技集团",
        "中电科",
        "CETC",
    ),
    "China State Shipbuilding Corporation Limited": (
        "China State Shipbuilding Corporation",
        "中国船舶集团",
        "中船",
        "CSSC",
    ),
    "China National Nuclear Corporation": ("中国核工业集团", "中核", "中核集团", "CNNC"),
    "Aviation Industry Corporation of China Ltd.": (
        "Aviation Industry Corporation of China",
        "中国航空工业集团",
        "中航工业",
        "AVIC",
    ),
    "Aero Engine Corporation of China": ("中国航空发动机集团", "中国航发", "AECC"),
    "Commercial Aircraft Corporation of China Limited": ("中国商飞", "COMAC"),
    "China State Construction Engineering Corporation Limited": ("中国建筑", "中建", "CSCEC"),
    "China General Nuclear Power Corporation (CGNPC)": ("中国广核集团", "中广核"),
    "National University of Defense Technology (NUDT)": (
        "National University of Defense Technology",
        "国防科技大学",
        "国防科大",
        "NUDT",
    ),
    "Harbin Institute of Technology": ("哈尔滨工业大学", "哈工大"),
    "Harbin Engineering University": ("哈尔滨工程大学", "哈工程"),
    "Beijing University of Aeronautics and Astronautics (BUAA)": (
        "Beihang University",
        "北京航空航天大学",
        "北航",
    ),
    "Northwestern Polytechnical University": ("西北工业大学", "西工大"),
    "Beijing Institute of Technology": ("北京理工大学", "北理工"),
    "Nanjing University of Science and Technology": ("南京理工大学", "南理工"),
    "University of Electronic Science and Technology of China": ("电子科技大学", "电子科大"),
    "Beijing University of Posts and Telecommunications (BUPT)": ("北京邮电大学", "北邮"),
    "University of Science and Technology of China": ("中国科学技术大学", "中科大"),
    "Chinese Academy of Engineering Physics": (
        "China Academy of Engineering Physics",
        "中国工程物理研究院",
        "中物院",
        "CAEP",
    ),
    "China Academy of Launch Vehicle Technology": (
        "China Academy of Launch Vehicle Technology",
        "中国运载火箭技术研究院",
        "航天一院",
        "CALT",
    ),
    "China Academy of Space Technology (CAST) (中国空間技術研究院)": (
        "China Academy of Space Technology",
        "中国空间技术研究院",
        "航天五院",
    ),
    "China Aerospace Science and Industry Corporation (CASIC) 3rd Academy": (
        "航天三院",
        "航天科工集团第三研究院",
    ),
    "Academy of Military Medical Sciences": (
        "Academy of Military Medical Sciences",
        "军事医学科学院",
        "AMMS",
    ),
    "STATE CORPORATION ROSTEC": ("Rostec", "Ростех"),
    "TACTICAL MISSILES CORPORATION JSC": ("Tactical Missiles Corporation", "КТРВ"),
    "MOSCOW AVIATION INSTITUTE": ("Moscow Aviation Institute", "МАИ"),
    "JOINT STOCK COMPANY UNITED SHIPBUILDING CORPORATION": (
        "United Shipbuilding Corporation",
        "ОСК",
    ),
}
"""Parties that are listed themselves, by the main name of an entry, with names that are typed."""

WITH_INSTITUTES = {
    "Chinese Academy of Sciences": "CHINESE ACADEMY OF SCIENCES",
    "中国科学院": "CHINESE ACADEMY OF SCIENCES",
    "中科院": "CHINESE ACADEMY OF SCIENCES",
    "Xidian University": "XIDIAN UNIVERSITY",
    "西安电子科技大学": "XIDIAN UNIVERSITY",
    "Russian Academy of Sciences": "RUSSIAN ACADEMY OF SCIENCES",
    "Российская академия наук": "RUSSIAN ACADEMY OF SCIENCES",
}
"""Bodies of which only institutes are listed, with what one of these prints of the body."""

LISTED_WITH_INSTITUTES = {
    "China Academy of Launch Vehicle Technology": "CHINA ACADEMY OF LAUNCH VEHICLE",
    "中国运载火箭技术研究院": "CHINA ACADEMY OF LAUNCH VEHICLE",
    "中国空间技术研究院": "CHINA ACADEMY OF SPACE TECHNOLOGY",
    "Academy of Military Medical Sciences": "ACADEMY OF MILITARY MEDICAL SCIENCES",
    "军事医学科学院": "ACADEMY OF MILITARY MEDICAL SCIENCES",
}
"""Bodies that are listed, and their institutes as well, each under its own name."""

NOBODY = (
    "军科院", "军事科学院", "Academy of Military Sciences", "山东省科学院", "广东省科学院",
    "Shandong Academy of Sciences", "Guangdong Academy of Sciences",
    "Shanghai Academy of Sciences", "河南省科学院", "上海市农业科学院", "中国社科院", "社科院",
    "中国医学科学院", "中国林业科学研究院", "Chinese Academy of Medical Sciences",
    "Chinese Academy of Social Sciences", "中国工程院", "Chinese Academy of Engineering",
    "中国宇航学会", "中国航空学会", "中国造船工程学会", "中国兵工学会", "中国电子学会",
    "中国核学会", "China Society of Astronautics", "杭州电子科技大学",
    "Hangzhou Dianzi University", "上海理工大学", "华南理工大学", "武汉理工大学", "北京科技大学",
    "南开大学", "南方科技大学", "郑州航空工业管理学院", "南昌航空工业学院", "核工业总医院",
    "航天中心医院", "中科院附属小学", "中建材", "科学院", "工程院", "Institute of Technology",
    "Military Medical Academy", "中国电力科学研究院", "中国水利水电科学研究院",
    "中国环境科学研究院",
)  # fmt: skip
"""Provincial academies, societies, hospitals and universities of which nobody is listed."""


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen(None, "2026-08-01")


@pytest.mark.parametrize(
    ("name", "party"), [(name, party) for party, names in LISTED.items() for name in names]
)
def test_a_listed_parent_is_a_hit_by_each_of_its_names(
    screen: Screen, name: str, party: str
) -> None:
    hits = screen.parties(name)
    assert party in [entry.names[0].text for hit in hits[:1] for entry in hit.entries]


@pytest.mark.parametrize("name", WITH_INSTITUTES)
def test_a_body_is_told_its_institutes_and_taken_for_none(screen: Screen, name: str) -> None:
    hits = screen.parties(name)
    assert hits == []
    assert WITH_INSTITUTES[name] in _printed(screen, name)


@pytest.mark.parametrize("name", LISTED_WITH_INSTITUTES)
def test_a_listed_body_is_told_its_institutes_beside(screen: Screen, name: str) -> None:
    assert LISTED_WITH_INSTITUTES[name] in _printed(screen, name)


@pytest.mark.parametrize("name", NOBODY)
def test_a_body_that_nobody_lists_is_told_nobody(screen: Screen, name: str) -> None:
    hits = screen.parties(name)
    assert (hits, related(screen, name, hits)) == ([], [])


def _printed(screen: Screen, name: str) -> str:
    """What the related parties whose names have the whole name in them print."""
    told = related(screen, name, screen.parties(name))
    within = [each for each in told if "whole name stands" in each.why]
    return " ".join(name.text for each in within for name in each.entry.names).upper()


@pytest.mark.parametrize("name", ["Glory, Ltd.", "GLORY CO LTD", "Victory Co., Ltd"])
def test_a_company_with_the_one_word_of_a_listed_ship_is_told_it_and_taken_for_no_ship(
    screen: Screen, name: str
) -> None:
    hits = screen.parties(name)
    assert not any(hit.entry.kind == "vessel" for hit in hits)
    assert any(
        each.entry.kind == "vessel" and each.why == WHOLE_NAME
        for each in related(screen, name, hits)
    )


@pytest.mark.parametrize("name", ["Glory", "Glory Shipping Ltd", "Glory Tanker"])
def test_a_ship_is_not_related_to_what_is_no_company_of_its_word(screen: Screen, name: str) -> None:
    assert all(each.why != WHOLE_NAME for each in related(screen, name, screen.parties(name)))


def printed(screen: Screen, name: str) -> list[tuple[str, str, str]]:
    found = related(screen, name, screen.parties(name))
    return [(each.printed, each.entry.list, each.why) for each in found if each.relation]


@pytest.mark.parametrize(
    ("name", "parent", "child"),
    [
        # The entry that is printed, and not the strictest one of the parties that are one with it.
        (
            "New Guomai Digital Culture Co., Ltd.",
            "China Telecom Group Co., Ltd",
            "New Guomai Digital Culture Co., Ltd.",
        ),
        # Parent and child that are told as one party.
        (
            "China Mobile Limited",
            "China Mobile Communications Group Co., Ltd",
            "China Mobile Limited",
        ),
        (
            "China Telecom Corporation Limited",
            "China Telecom Group Co., Ltd",
            "China Telecom Corporation Limited",
        ),
        (
            "Huawei Technologies Co., Ltd.",
            "Huawei Investment & Holding Co., Ltd",
            "Huawei Technologies Co., Ltd.",
        ),
        # A parent with a part in brackets.
        (
            "Beijing Meiya Hongshu Technology Co., Ltd.",
            "SDIC Intelligence (Xiamen) Information Co., Ltd",
            "Beijing Meiya Hongshu Technology Co., Ltd.",
        ),
    ],
)
def test_a_child_is_told_the_parent_that_the_list_prints(
    screen: Screen, name: str, parent: str, child: str
) -> None:
    told = printed(screen, name)
    assert told[0] == (
        parent, "1260H", f"the 1260H list prints {child} under it: listed as subsidiary",
    )  # fmt: skip


def test_a_parent_is_told_the_children_that_the_list_prints(screen: Screen) -> None:
    parent = "China Mobile Communications Group Co., Ltd"
    assert printed(screen, f"{parent}.") == [
        ("China Mobile Limited", "1260H",
         f"the 1260H list prints it under {parent}: listed as subsidiary"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        ("China Communications Construction Group Limited", "Shanghai Zhenhua Shipping Co. Ltd."),
        ("CSSC Offshore & Marine Engineering (Group) Company Limited",
         "Guangzhou Wenchuan Heavy Industry Co., Ltd."),
        ("SDIC Intelligence (Xiamen) Information Co., Ltd",
         "Xiamen Meiya Zhongmin Electronic Technology Co., Ltd."),
    ],
)  # fmt: skip
def test_a_parent_of_whose_name_a_part_is_in_brackets_is_told_its_children(
    screen: Screen, parent: str, child: str
) -> None:
    assert child in [each for each, _, _ in printed(screen, parent)]


def test_a_relation_of_another_party_that_is_called_alike_is_not_told(screen: Screen) -> None:
    # An alias of the one, China Communications Group, means what the name of the other does.
    name = "China Communications Construction Group Limited"
    told = related(screen, name, screen.parties(name), None)
    assert "China Telecom Corporation Limited" not in [each.printed for each in told]


def test_nobody_is_told_as_related_to_itself(screen: Screen) -> None:
    name = "Semiconductor Manufacturing International Corporation"
    told = printed(screen, name)
    assert told
    assert name not in [each for each, _, _ in told]
    assert "Huawei Technologies Co., Ltd." not in [
        each for each, _, _ in printed(screen, "Huawei Technologies")
    ]


def test_a_relation_of_another_name_of_a_party_is_told(screen: Screen) -> None:
    hits = screen.parties("LIU, Baoxia")
    told = [each for each in related(screen, "LIU, Baoxia", hits) if each.relation]
    assert ("SHIRAZ ELECTRONICS INDUSTRIES", "SDN") in [
        (each.printed, each.entry.list) for each in told
    ]
