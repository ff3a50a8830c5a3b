from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.screening_pairs import PAIRS, labelled, shares
from detente.core.vocabulary import UnknownWordError
from detente.parties.lists.model import BACKGROUND, OFFICIAL, SECONDARY
from detente.parties.names.comparing import compare
from detente.parties.names.names import is_han, parts
from detente.parties.screening.answer import answer_screen
from detente.parties.screening.hits import THRESHOLD
from detente.parties.screening.importing import import_list
from detente.parties.screening.screening import Lists
from detente.parties.screening.store import (
    Screen,
    entries_of,
    listed,
    open_built_in,
    read_tables,
)


def test_a_chinese_name_finds_the_entry_and_says_that_the_list_does_not_print_it(
    screen: Screen,
) -> None:
    hits = screen.hits("華為技術有限公司")
    assert hits[0].entry.list in ("EL", "CMIC")
    assert "not on the list" in " ".join(hits[0].why)


@pytest.mark.parametrize(
    ("asked", "listed_as"),
    [
        ("Hua Wei Technologies Company Limited", "huawei technologies"),
        ("Technologies Huawei", "huawei technologies"),
        ("Peking Sensetime Technology Development", "beijing sensetime"),
        ("Loongson Tehcnology", "loongson technology"),
        ("USA Rare Earth", "usa rare earth"),
    ],
)
def test_a_name_written_another_way_finds_its_entry(
    asked: str, listed_as: str, screen: Screen
) -> None:
    hits = screen.hits(asked)
    assert any(hit.entry.names[0].text.lower().startswith(listed_as) for hit in hits)


@pytest.mark.parametrize("asked", ["Sinochem Lubricants", "Acme Bakery", "北京烤鸭店"])
def test_a_name_that_nobody_lists_gives_no_hit(asked: str, screen: Screen) -> None:
    assert screen.hits(asked) == []


def test_another_number_is_another_institute() -> None:
    kept = open_built_in()
    tables = read_tables(kept)
    weight = Lists(kept, tables, {}).weight
    one, other = (
        parts(f"China Electronics Technology Group {number}th Research Institute", tables)
        for number in (14, 38)
    )
    score, why = compare(one, other, weight)
    assert score < THRESHOLD
    assert "numbers differ: 14 and 38" in why


@pytest.mark.parametrize(
    ("asked", "listed_as", "same"),
    [
        ("Charitable Society to Msp the Noble Al-Aqsa", "HELP", False),
        ("Charitable Society to Hlep the Noble Al-Aqsa", "HELP", True),  # misspelled
        ("261 Remontnyi Zavod Sredstv Zhi i Transportirovaniia Goriuchego", "ZAPRAVKI", False),
        ("261 Remontnyi Zavod Sredstv Zap i Transportirovaniia Goriuchego", "ZAPRAVKI", True),
    ],
)
def test_a_short_word_that_is_another_one_makes_another_name_however_long_that_is(
    asked: str, listed_as: str, same: bool, screen: Screen
) -> None:
    hits = screen.hits(asked)
    assert any(listed_as in hit.name.upper() for hit in hits) == same


def test_a_name_without_letters_is_an_error(screen: Screen) -> None:
    with pytest.raises(ValueError, match="no letter"):
        screen.hits("--- !")


def test_built_in_entries_of_the_entity_list_carry_their_policy_and_their_day() -> None:
    kept = open_built_in()
    entries = [entry for each in listed() if each.built_in for entry in entries_of(kept, each.list)]
    assert {entry.kind for entry in entries} == {"", "entity", "individual", "vessel", "aircraft"}
    entity_list = [entry for entry in entries if entry.list == "EL"]
    assert len(entity_list) == 3419  # two rows of 3,420 are the same
    assert all(entry.requirement and entry.source for entry in entity_list)
    assert sum(not entry.since for entry in entity_list) == 30
    assert all(entry.since or entry.doubt for entry in entity_list)


def test_at_least_150_companies_have_a_chinese_name_with_its_grade() -> None:
    kept = open_built_in()
    graded = {
        (name.text, name.grade, name.place)
        for each in ("EL", "MEU", "UVL", "CMIC", "SDN")
        for entry in entries_of(kept, each)
        for name in entry.names
        if name.grade != OFFICIAL and any(map(is_han, name.text))
    }
    assert len({text for text, _, _ in graded}) >= 150
    assert {grade for _, grade, _ in graded} == {SECONDARY, BACKGROUND}
    assert all(bool(place) == (grade == SECONDARY) for _, grade, place in graded)


def test_the_labelled_pairs_are_300_and_half_of_them_look_alike_and_differ() -> None:
    rows = [line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(rows) >= 300
    assert sum(row[2] == "0" for row in rows) >= len(rows) / 2


def test_few_look_alikes_of_the_untouched_half_are_taken_for_one_company() -> None:
    precision, recall, alerts = shares(labelled("held"))
    assert alerts <= 0.15
    assert precision >= 0.75
    # Aliases that no spelling can tell are among them; names as documents carry them have a set
    # of their own.
    assert recall >= 0.38


def test_an_import_is_a_version_and_the_next_one_a_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    file = tmp_path / "house.csv"
    file.write_text("name,id\nZorblax Widgets,1\nQuuxly Foundry,2\n")
    import_list(str(file), source_date="2026-01-01")
    file.write_text("name,id,note\nZorblax Widgets,1,owes us\nVexomatic Tools,3,\n")
    _, changes = import_list(str(file), source_date="2026-02-01")
    change = changes["HOUSE"]
    names = [[each.names[0].text for each in part] for part in change[1:4]]
    assert names == [["Vexomatic Tools"], ["Quuxly Foundry"], ["Zorblax Widgets"]]
    assert [hit.entry.list for hit in Screen().hits("Quuxly Foundry Ltd")] == []
    assert [hit.entry.list for hit in Screen("2026-01-15").hits("Quuxly Foundry Ltd")] == ["HOUSE"]
    assert [each.versions for each in listed() if not each.built_in] == [
        ("2026-01-01", "2026-02-01")
    ]


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        # behind which the list names those who are listed with it
        ("Wisdom Import and Export Shanghai", "and any successor, sub-unit, or subsidiary"),
        ("Shanghai Growth International Logistics", "and any successor, sub-unit, or subsidiary"),
        ("Hubei Huachangda Intelligent Equipment", "and its sub-units and successors"),
        ("Hoshine Silicon", "and Subsidiaries"),
        # of whom it says in brackets what they are
        ("Luo Dongmei", "(PRC national)"),
        ("Dandong Mason-Age Trade", "(PRC entity)"),
        ("Seyed Taba", "(Turkish individual)"),
        # whose other names it prints in the same line
        ("Ivy Luo", "-AKA- IVY LUO"),
        ("Cow Craig", "a.k.a. Cow Craig"),
        ("Wuxi Shangji CNC", "formerly known as Wuxi Shangji CNC"),
        ("Tiger Force Electronics", "aka Tiger Force Electronics"),
    ],
)
def test_a_name_is_found_without_what_the_list_prints_beside_it(
    screen: Screen, asked: str, printed: str
) -> None:
    found = [
        name.text for hit in screen.parties(asked) for each in hit.entries for name in each.names
    ]
    assert any(printed in text for text in found)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("ALPHA; and any successor, sub-unit, or subsidiary thereof", "ALPHA"),
        ("ALPHA Co., Ltd and its subsidiaries", "ALPHA Co., Ltd"),
        ("ALPHA (PRC entity), and its sub-units and successors", "ALPHA"),
        ("ALPHA (Beta Trading)", "ALPHA (Beta Trading)"),
        ("ALPHA Entity (Beta)", "ALPHA Entity (Beta)"),
        ("Subsidiaries and Partners", "Subsidiaries and Partners"),
    ],
)
def test_what_a_list_prints_beside_a_name_is_cut(text: str, bare: str) -> None:
    with closing(open_built_in()) as database:
        assert read_tables(database).documents.beyond.sub("", text) == bare


def test_of_several_names_the_one_that_is_none_is_told_and_a_wrong_country_is_of_all() -> None:
    screen = Screen("2026-08-01")
    with pytest.raises(ValueError, match=r"^name 2 of 3, '100023' is not a name: it is a number"):
        answer_screen(screen, ["Acme", "100023", "Huawei"])
    with pytest.raises(ValueError, match=r"^'--' is not a name"):
        answer_screen(screen, ["--"])
    with pytest.raises(UnknownWordError, match=r"^unknown country 'Chnia'"):
        answer_screen(screen, ["Acme", "Huawei"], "Chnia")
