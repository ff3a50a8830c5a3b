"""The labelled set of names as documents carry them: large, split by party, and sourced."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.document_names import SETS, TOP, listed_sets, outcomes, shares
from detente.parties.screening import crowd
from detente.parties.screening.answer import answer_screen
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.related import RelatedParties
from detente.parties.screening.store import Screen
from encode.parties.document_names import half, tells, words
from tests.entries import thinned

if TYPE_CHECKING:
    from detente.parties.screening.many import Answers

pytestmark = pytest.mark.once


def test_the_set_has_at_least_1500_names_of_which_500_are_of_innocents() -> None:
    found = SETS["documents"].rows()
    assert len(found) >= 1500
    assert sum(not row.listed for row in found) >= 500


def test_no_party_stands_in_both_halves() -> None:
    for row in SETS["documents"].rows():
        if row.listed:
            assert row.half == half(row.listed)


def test_no_listed_entry_of_the_buyers_set_is_asked_in_both_halves() -> None:
    halves: dict[str, set[str]] = {}
    for row in SETS["buyers"].rows():
        if row.listed:
            halves.setdefault(row.listed, set()).add(row.half)
    assert halves
    assert all(len(each) == 1 for each in halves.values())


def test_the_guide_has_the_sets_as_they_are_declared() -> None:
    guide = Path("docs/guides/screen.md").read_text(encoding="utf-8")
    assert [line for line in listed_sets() if line not in guide] == []


def test_every_row_says_its_source() -> None:
    assert {row.source for row in SETS["documents"].rows()} == {"list", "editor", "gleif"}


def test_a_label_is_told_by_the_words_it_begins_and_by_whole_numbers() -> None:
    assert tells("electronic technology 5", ["China Electronics Technology Group 5th Institute"])
    assert not tells("electronic technology 5", ["China Electronics Technology Group 55"])


@pytest.fixture(scope="module")
def dated() -> Screen:
    """The lists of the day of the set, opened once for all of its names."""
    return Screen("2026-07-31")


@pytest.fixture(scope="module")
def answers(dated: Screen) -> Answers:
    return crowd.answers_of(dated)


def test_names_of_documents_asked_together_are_answered_as_each_alone(
    dated: Screen, answers: Answers
) -> None:
    some = [
        NameQuery(row.query) for each in SETS.values() for row in each.rows("held")[:: thinned(40)]
    ]
    beside = RelatedParties(dated)
    together = answers(some, TOP)
    assert together == [crowd.one(dated, each, TOP, beside) for each in some]


@pytest.fixture(scope="module")
def held(answers: Answers) -> dict[str, tuple[int, int, int]]:
    return shares(outcomes(answers, SETS["documents"].rows("held")))


def test_nineteen_of_twenty_held_names_are_found_and_few_innocents_alert(
    held: dict[str, tuple[int, int, int]],
) -> None:
    count, found, _ = held["all listed"]
    assert found / count >= 0.95
    count, alerts, _ = held["all innocent"]
    assert alerts / count <= 0.01


@pytest.mark.parametrize(
    ("name", "least_found", "most_alerts"),
    [
        ("typed", 0.96, 0.015),
        ("drawn", 0.93, 0.082),
        ("officers", 0.93, 0.04),
        ("buyers", 0.85, 0.04),
        ("forwarders", 0.8, 0.02),
        ("misspelled", 0.86, 0.04),
        ("consignees", 0.91, 0.015),
    ],
)
def test_most_names_of_the_held_half_are_found_and_few_innocents_alert(
    name: str, least_found: float, most_alerts: float, answers: Answers
) -> None:
    held = shares(outcomes(answers, SETS[name].rows("held")))
    count, found, _ = held["all listed"]
    assert found / count >= least_found
    count, alerts, _ = held["all innocent"]
    assert alerts / count <= most_alerts


def test_a_label_by_hand_is_of_a_listed_party_and_no_innocent_bears_a_printed_name() -> None:
    printed = [name.text for _, entry in Screen().lists[0].bodies() for name in entry.names]
    known: set[str] = set()
    bearers: dict[str, set[int]] = {}
    for number, name in enumerate(printed):
        split = words(name)
        known.add(" ".join(split))
        for word in split:
            bearers.setdefault(word, set()).add(number)
    ordered = sorted(bearers)

    @cache
    def begun(word: str) -> set[int]:
        """The names of which a word is begun by this one, by number; a whole number is itself."""
        if word.isdigit():
            return bearers.get(word, set())
        found = takewhile(
            lambda each: each.startswith(word), islice(ordered, bisect_left(ordered, word), None)
        )
        return set().union(*(bearers[each] for each in found))

    by_hand = (each for name, each in SETS.items() if name != "documents")
    for row in (row for each in by_hand for row in each.rows()):
        if row.listed:
            assert set.intersection(*map(begun, words(row.listed))), row
        else:
            assert " ".join(words(row.query)) not in known, row


@pytest.mark.parametrize(
    "kind", ["own_name", "plain", "lead", "order", "acronym", "pinyin_spaced", "pinyin_joined"]
)
def test_no_held_name_of_a_plain_class_is_missed(
    kind: str, held: dict[str, tuple[int, int, int]]
) -> None:
    count, found, _ = held[kind]
    assert found == count


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        (
            "Consignee: TP-LINK TECHNOLOGIES CO., LTD., Room 12, 18 Zhangjiang Road, Shanghai",
            "tp link",
        ),
        ("TO THE ORDER OF MAHAN AIR OR ASSIGNS", "mahan air"),
        ("收货人：华为技术有限公司，深圳市龙岗区坂田华为基地", "huawei technologies"),
        ("Attention: Mr. Zhang, Zhejiang Uniview Technologies Co., Ltd.", "uniview"),
        ("Purchasing Dept., Huawei Technologies Co., Ltd., Shenzhen", "huawei technologies"),
        ("Far Eastern branch of Russian Regional Development Bank", "regional development bank"),
        ("Rosselkhozbank JSC, Primorskiy Regional Branch", "rosselkhozbank"),
        ("Acme Logistics c/o Mahan Air", "mahan air"),
        ("丹东浩通商贸有限公司", "dandong haotong"),
        ("Dandong Haotong Commercial Trade", "dandong haotong"),
        ("Beijing Qixing Jicheng Dianlu Shebei Youxian Gongsi", "beijing qixing"),
        ("Mulberry Proje Yatırım A.Ş.", "mulberry proje yatirim"),
        ("Ilyushin Il-76 RA-76502", "ra 76502"),
        ("South Hill II", "south hill 2"),
        ("huá wéi jì shù yǒu xiàn gōng sī", "huawei technologies"),
        ("中国电子科技集团公司第五十五研究所", "electronics technology 55"),
        (":50K: /123456789 CDM TRADING LIMITED HONG KONG", "cdm trading"),
        ("自然资源部第二海洋研究所", "second institute oceanography"),
        ("Xin Jiang Jiao Tong Jian She Ji Tuan", "xinjiang communications construction"),
        ("蔡达峰", "dafeng cai"),
        ("New H3C Semiconductor", "new h3c semiconductor"),
        ("SUPARCO", "space upper atmosphere research"),
        ("National Time Service Center, Lintong", "national time service"),
        ("48-й ЦНИИ Минобороны России", "48 tsnii"),
        ("Raspletin Main System Design Bureau", "raspletin"),
        ("Lavochkin Scientific Production Association", "lavochkin"),
        (
            "Nauchno-Issledovatelskiy Institut Sistemnykh Issledovaniy Rossiyskoy Akademii Nauk",
            "institute system analysis",
        ),
        ("Tianjin 764 Communication & Navigation", "tianjin 764 communication"),
        ("Mr Anton E. Vayno", "vaino anton"),
        ("Kapil R. Arora", "kapil raj arora"),
        ("ООО КНС Групп", "kns group"),
        ("SBEC", "sayyed brothers engineering"),  # its list has the acronym in full-width brackets
    ],
)
def test_a_line_of_a_document_finds_the_party(query: str, listed: str) -> None:
    hits = Screen().parties(query)
    assert any(tells(listed, (n.text for n in e.names)) for hit in hits for e in hit.entries)


@pytest.mark.parametrize(
    "query",
    [
        "Lei",
        "李",
        "Peking University",
        "北京大学",
        "Wang",
        "John Smith",
        "Institute of Physics",
        "Terry Tang",
        "Anton V. Vayno",
    ],
)
def test_a_syllable_and_another_university_are_nobody_who_is_listed(query: str) -> None:
    assert Screen().parties(query) == []


def test_a_subsidiary_of_the_brand_is_related_and_is_no_hit() -> None:
    (result,) = answer_screen(Screen("2026-07-31"), ["Rosneft Deutschland GmbH"])["results"]
    assert any("ROSNEFT" in row["entry"].upper() for row in result["related"])
    assert not any("Deutschland" in hit["entry"] for hit in result["hits"])


def test_what_a_list_prints_of_a_parent_is_told_with_its_citation() -> None:
    name = "Beijing Huawei Longshine Information Technology Co., Ltd."
    (result,) = answer_screen(Screen("2026-07-31"), [name])["results"]
    stated = [row for row in (*result["related"],) if "affiliated entity" in row["why"]]
    hit = any("Huawei" in hit["entry"] for hit in result["hits"])
    assert stated or hit


def test_every_listed_name_of_every_list_finds_its_own_entry() -> None:
    pytest.importorskip("numba")
    screen = Screen()
    lists = screen.lists[0]
    named = [(name.text, entry) for _, entry in lists.bodies() for name in entry.names]
    assert len(named) > 60_000
    answers = crowd.answers_of(screen)
    lost = []
    for at in range(0, len(named), 5000):
        some = named[at : at + 5000]
        for (text, entry), hits in zip(
            some, answers([NameQuery(x) for x, _ in some], 200), strict=True
        ):
            found = {
                (e.list, e.key) for hit in hits if hasattr(hit, "entries") for e in hit.entries
            }
            if (entry.list, entry.key) not in found:
                lost.append((entry.list, text))
    assert lost == []


@pytest.mark.parametrize("name", ["FGUP", "MRS GmbH"])
def test_a_name_of_words_that_otherwise_say_nothing_finds_itself(name: str) -> None:
    hits = Screen().parties(name)
    assert [hit.score for hit in hits][:1] == [1.0]


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Hangzhou Hikvison", "hikvision"),
        ("Zhejiang Dahau Technology", "dahua"),
        ("Megvi Technology", "megvii"),
        ("Inspurr Group", "inspur group"),
    ],
)
def test_a_slip_in_the_brand_finds_the_party_by_a_part_of_its_name(query: str, listed: str) -> None:
    hits = Screen().parties(query)
    assert any(tells(listed, (n.text for n in e.names)) for hit in hits for e in hit.entries)


@pytest.mark.parametrize("query", ["Angstrom Technology", "Batman Diesel"])
def test_a_brand_of_somebody_else_is_not_a_listed_one_misspelled(query: str) -> None:
    assert Screen().parties(query) == []


@pytest.mark.parametrize(
    ("query", "first"),
    [
        # The list has affiliates whose names say no more: the one that is written so stands first.
        ("Huawei Technologies Co., Ltd.", "Huawei Technologies Co., Ltd. (Huawei)"),
        ("huawei technologies co ltd", "Huawei Technologies Co., Ltd. (Huawei)"),
        ("Huawei Technologies (UK) Co., Ltd.", "Huawei Technologies (UK) Co., Ltd."),
        ("华为技术有限公司", "Huawei Technologies Co., Ltd. (Huawei)"),
    ],
)
def test_of_names_that_agree_equally_the_one_written_so_comes_first(query: str, first: str) -> None:
    found = Screen().parties(query)
    assert found[0].entry.names[0].text == first
    assert found[0].score == 1


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Hikvision 海康威视", "Hangzhou Hikvision Digital Technology Co., Ltd."),
        ("海康威视/Hikvision", "Hangzhou Hikvision Digital Technology Co., Ltd."),
        ("Megvii旷视科技", "Megvii Technology"),
        ("Consignee: Yangtze Memory 长江存储, Wuhan", "Yangtze Memory Technologies Co., Ltd."),
        ("SenseTime 商汤科技", "SenseTime Group, Inc."),
    ],
)
def test_a_line_in_two_scripts_has_two_names_of_one_party(query: str, listed: str) -> None:
    found = Screen().parties(query)
    assert listed in [hit.entry.names[0].text for hit in found]


@pytest.mark.parametrize("query", ["Acme 北京", "Panda 熊猫玩具", "TCL集团", "Lei 李", "Nike 耐克"])
def test_a_line_in_two_scripts_of_nobody_who_is_listed_stays_without_a_hit(query: str) -> None:
    assert Screen().parties(query) == []
