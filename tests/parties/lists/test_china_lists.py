"""China's lists as kept by hand: each row read somewhere, counts told, states those of the law."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from detente.core.tables.tsv import read_tsv
from detente.parties.lists.model import ListedEntry
from detente.parties.screening.answer import standing_of
from detente.parties.screening.compile import ADDED
from detente.parties.screening.crowd import answers_of
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.store import Screen, entries_of, listed, open_built_in
from tests.parties.ownership.ownership_support import register

DATA = Path(__file__).parents[3] / "data" / "parties"
CHINA = list(read_tsv(DATA / "china.tsv"))
ANNOUNCED = list(read_tsv(DATA / "china_announcements.tsv"))
REFERENCE = os.environ.get("DETENTE_REFERENCE", "")


def test_every_name_has_an_address_where_it_was_read_and_a_grade() -> None:
    for row in CHINA:
        assert row["source"].startswith("http"), row
        assert row["grade"] == "secondary"
        assert row["since"]
        assert len(row["country"]) == 2


def test_what_an_announcement_names_and_what_was_read_are_told_beside_each_other() -> None:
    read = Counter((row["list"], row["citation"]) for row in CHINA)
    assert {(row["list"], row["citation"]) for row in ANNOUNCED} >= set(read)
    for row in ANNOUNCED:
        found = read[row["list"], row["citation"]]
        assert found == int(row["read"]) <= int(row["parties"])
        assert bool(row["note"]) is (found < int(row["parties"]))


def test_no_name_stands_twice_under_one_announcement() -> None:
    seen = Counter((row["citation"], row["name"]) for row in CHINA)
    assert max(seen.values()) == 1


def test_the_title_of_a_list_says_how_much_of_it_is_there() -> None:
    titles = {each.list: (each.title, each.entries) for each in listed()}
    for code in ("CN-CONTROL", "CN-UEL", "CN-WATCH"):
        title, entries = titles[code]
        named = sum(int(row["parties"]) for row in ANNOUNCED if row["list"] == code)
        described = f"all {named} names" if entries == named else f"{entries} of its {named} names"
        assert described in title


def test_a_page_that_changes_is_cited_as_it_stood_when_it_was_read() -> None:
    for row in CHINA:
        if row["source"].startswith("https://github.com/"):
            assert re.search(r"/blob/[0-9a-f]{40}/.", row["source"]), row


def test_each_party_has_the_name_that_the_ministry_writes() -> None:
    for row in CHINA:
        assert re.search(r"[\u4e00-\u9fff]", row["name_zh"]), row


@pytest.mark.parametrize(
    ("name", "citation"),
    [
        ("Clear Align", "MOFCOM Announcement 1 of 2025"),
        ("红猫控股公司", "MOFCOM Announcement 23 of 2026"),
        ("Nippi", "MOFCOM Announcement 27 of 2026"),
        ("莱茵金属公司", "MOFCOM Announcement 30 of 2026"),
        ("Lockheed Martin Ventures", "UEL working mechanism 1 of 2025"),
        ("LKD Aerospace", "UEL working mechanism 3 of 2025"),
        ("Strategy Analytics GmbH", "UEL working mechanism 10 of 2025"),
        ("Howa Machinery", "MOFCOM Announcement 28 of 2026"),
    ],
)
def test_a_party_is_found_under_the_announcement_that_names_it(
    name: str, citation: str, screen: Screen
) -> None:
    assert citation in {hit.entry.citation for hit in screen.hits(name) if hit.score > 0.8}


def test_every_announcement_has_its_class_of_parties_in_the_register() -> None:
    terms = yaml.safe_load((DATA.parents[1] / "register/cn/control/_terms.yaml").read_text("utf-8"))
    cited = {word for each in terms["parties"].values() for word in each.get("cited", ())}
    described = {row["citation"].removeprefix("MOFCOM ").removeprefix("UEL ") for row in ANNOUNCED}
    # Number 35 of 2025, of Taiwan, has no provision of its own: its parties are parties of the
    # list.
    assert described - cited == {"Announcement 35 of 2025"}


def built_in(code: str, citation: str) -> list[ListedEntry]:
    kept = open_built_in()
    return [each for each in entries_of(kept, code) if each.citation.endswith(citation)]


@pytest.mark.parametrize(
    ("code", "citation", "states"),
    [
        (
            "CN-CONTROL",
            "Announcement 1 of 2025",
            {"2025-01-01": "not_yet", "2026-08-01": "in_force"},
        ),
        (
            "CN-CONTROL",
            "Announcement 13 of 2025",
            {"2025-03-04": "in_force", "2025-11-10": "ended"},
        ),
        (
            "CN-CONTROL",
            "Announcement 21 of 2025",
            {
                "2025-05-13": "in_force",
                "2025-05-14": "suspended",
                "2026-11-10": "suspended",
                "2026-11-11": "in_force",
            },
        ),
        (
            "CN-CONTROL",
            "Announcement 22 of 2025",
            {"2025-04-09": "not_yet", "2025-06-01": "suspended", "2025-08-12": "ended"},
        ),
        ("CN-UEL", "mechanism 5 of 2025", {"2025-11-09": "in_force", "2025-11-10": "ended"}),
        ("CN-UEL", "mechanism 7 of 2025", {"2026-08-01": "suspended", "2026-11-11": "in_force"}),
        ("CN-UEL", "mechanism 8 of 2025", {"2025-05-13": "in_force", "2030-01-01": "suspended"}),
        ("CN-UEL", "mechanism 10 of 2025", {"2026-08-01": "in_force"}),
        ("CN-WATCH", "Announcement 12 of 2026", {"2026-02-24": "in_force"}),
    ],
)
def test_a_listing_stands_as_its_announcements_say(
    code: str, citation: str, states: dict[str, str]
) -> None:
    entries = built_in(code, citation)
    assert entries
    for day, state in states.items():
        assert {standing_of(entry, day) for entry in entries} == {state}


@pytest.mark.parametrize(("added", "fewest"), [*zip(ADDED, (150, 100), strict=True)])
def test_each_name_that_no_list_prints_is_kept_once_and_a_graded_one_says_where_it_was_read(
    added: tuple[str, str, str], fewest: int
) -> None:
    file, column, _ = added
    names = list(read_tsv(DATA / file))
    assert len({(row["name"], row[column]) for row in names}) == len(names) >= fewest
    for row in names:
        assert row["grade"] in ("secondary", "background")
        assert row["place"].startswith("http") is (row["grade"] == "secondary")
        assert row[column].casefold() != row["name"].casefold()


def test_each_chinese_name_has_chinese_characters() -> None:
    for row in read_tsv(DATA / "chinese_names.tsv"):
        assert re.search(r"[\u4e00-\u9fff]", row["name_zh"])


def test_each_name_that_a_party_is_known_by_finds_it() -> None:
    names = list(read_tsv(DATA / "known_names.tsv"))
    answers = answers_of(Screen())([NameQuery(row["also"]) for row in names], 5)
    for row, hits in zip(names, answers, strict=True):
        printed = {
            entry.names[0].text for hit in hits for entry in hit.entries if hit.score >= 0.99
        }
        assert row["name"] in printed, row["also"]


def test_the_programmes_are_those_that_the_affiliates_rule_takes() -> None:
    from detente.parties.ownership.regimes import regime

    table = list(read_tsv(DATA / "programmes.tsv"))
    assert {row["programme"] for row in table} == set(regime(register(), "bis").programmes)
    assert all(row["source"].startswith("http") and row["authority"] for row in table)


@pytest.mark.reference
@pytest.mark.skipif(not REFERENCE, reason="DETENTE_REFERENCE names no folder")
def test_an_independent_list_of_the_same_parties_has_these_names_in_both_scripts() -> None:
    def plain(text: str) -> str:
        return re.sub(r"[^a-z0-9\u4e00-\u9fff]|inc\b|corp\b", "", text.lower())

    path = Path(REFERENCE) / "parties" / "mofcom-lists-2026-07-19.json"
    theirs = [
        plain(json.dumps(each, ensure_ascii=False))
        for each in json.loads(path.read_text(encoding="utf-8"))
    ]
    # That list ends before number 30 of 2026, lacks most of number 10 of the unreliable entity
    # list, and cuts the Chinese names that it takes from running text.
    compared = [
        row
        for row in CHINA
        if row["since"] <= "2026-07-19" and "mechanism 10 of 2025" not in row["citation"]
    ]
    assert len(compared) > 230
    for part in ("name", "name_zh"):
        missing = {
            row[part]
            for row in compared
            if not any(plain(row[part].split("|")[0]) in each for each in theirs)
        }
        assert not missing, (part, missing)


@pytest.mark.parametrize("name", ["Japan Aerospace Exploration Agency", "JAXA", "三菱造船株式会社"])
def test_a_listed_party_is_found_by_each_of_its_names(name: str, screen: Screen) -> None:
    (hit, *_) = screen.hits(name)
    assert hit.entry.citation == "MOFCOM Announcement 11 of 2026"
    assert hit.score > 0.98


@pytest.mark.once
def test_every_name_of_the_table_finds_its_own_entry(screen: Screen) -> None:
    asked = [
        (name, row["citation"])
        for row in CHINA
        for name in (*row["name"].split("|"), *filter(None, [row["name_zh"]]))
    ]
    found = answers_of(screen)([NameQuery(name) for name, _ in asked], 20)
    for (name, citation), hits in zip(asked, found, strict=True):
        assert not isinstance(hits, str), name
        assert any(citation == entry.citation for hit in hits for entry in hit.entries), name
