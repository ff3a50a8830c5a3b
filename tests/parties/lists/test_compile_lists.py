"""Lists of three entries, compiled: what the file holds, and every table that is refused."""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from detente.parties.lists.versions import state_of, versions_of
from detente.parties.screening.compile import build_parties
from detente.parties.screening.listed.index import entry_of, reading_of
from detente.parties.screening.store import Screen, read_facts, read_tables, update_sources

LISTED = (
    "list key kind countries programme requirement_text policy_text citation source names since"
    " maybe_since until changed changes doubt doubt_before addresses note grade"
)


def listed(**cells: str) -> str:
    """A row of the official lists, of which most cells are empty."""
    assert set(cells) <= set(LISTED.split())
    return "|".join(cells.get(name, "") for name in LISTED.split())


TABLES = {
    "words.tsv": ("word kind canonical", "ltd|legal|ltd", "electronics|industry|electronic"),
    "everyday.tsv": ("word names countries", "absolute|472|33", "electronics|9|9"),
    "han.tsv": ("char simplified pinyin cantonese", "華|华|hua|waa", "华||hua|waa"),
    "document_words.tsv": ("kind text", "lead|attn"),
    "letters.tsv": ("letter latin beside", "а|a|"),
    "within.tsv": ("place country", "HK|CN"),
    "cities.tsv": ("city countries", "springfield|US", "santiago|CL;ES"),
    "korean.tsv": ("spelling syllables families", "ahn|안|안"),
    "same_party.tsv": (
        "list name other_list other_name grade note", "A|Zorblax Ltd|B|Blorfy|editor|read"
    ),
    "other_party.tsv": (
        "list name other_list other_name verdict grade note",
        "A|Quuxly|B|Blorfy|other|editor|a vessel and a company",
    ),
    "cantonese.tsv": ("spelling pinyin", "chan|chen"),
    "hong_kong.tsv": ("jyutping spelled", "si|sze,see"),
    "known_words.tsv": ("word", "alpha", "beta"),
    "policies.tsv": ("policy strictness", "presumption_of_denial|30", "case_by_case|40"),
    "relations.tsv": ("list parent child relation citation", "A|Zorblax Ltd|Quuxly|affiliate|C"),
    "updates.tsv": ("name lists file address", "a|A;B|a.json|https://example.org/a"),
    "chinese_names.tsv": ("name name_zh grade place", "Zorblax LTD|華|secondary|a page"),
    "known_names.tsv": ("name also grade place", "Zorblax LTD|ZBX|background|"),
    "lists.tsv": (
        "list by title citation source_date from held countries programmes scope lacks url removals"
        " rests undated strictness",
        "A|US|List A|C1|2026-01-02||whole|CN|P|all||https://example.org|yes|no|ends are held|10",
        "B|CN|List B|C2|2026-01-03|2025-01-01|part||Q|some|the rest||no|yes||20",
        "C|US|List C|C3|||none|||||||no||30",
    ),
    "official.tsv": (LISTED, listed(
        list="A", key="1", kind="entity", countries="CN;HK", programme="P",
        requirement_text="all items subject to the EAR", policy_text="Presumption of denial",
        citation="89 FR 1", source="https://x", names="Zorblax Ltd", since="2024-01-02",
        changed="2025-01-02", changes="listed=2024-01-02", addresses="1 Road", note="note",
        grade="official",
    )),
    "others.tsv": (LISTED, listed(
        list="A", key="2", kind="vessel", countries="CN", names="Quuxly#Quux#華",
        addresses="1 Road~2 Road", grade="secondary",
    )),
    "address_words.tsv": ("kind word means",),
    "listed_addresses.tsv": ("list key address grade note source",),
    "persons.tsv": ("list name grade",),
    "china.tsv": (
        "list name name_zh country citation since until suspended_from suspended_until source"
        " grade note",
        "B|Blorfy#Blorf|华|US|Announcement 1|2025-01-02|2026-01-01|2025-02-02|2025-03-03|https://y|"
        "official|n",
        "B||华|US|Announcement 2|2025-01-03|||||official|",
    ),
}  # fmt: skip
"""Files of a folder of tables: a line of names, and rows whose cells `|` parts; `#` stands for the
bar between names, `~` for the one between addresses."""


def written(folder: Path, **changed: dict[str, str]) -> Path:
    """The tables in a folder; of some, cells of the first row are others."""
    for file, (names, *rows) in TABLES.items():
        cells = [row.split("|") for row in rows]
        if file in changed:
            of_first = dict(zip(names.split(), cells[0], strict=True)) | changed[file]
            cells[0] = list(of_first.values())
        lines = ["\t".join(names.split()), *("\t".join(row) for row in cells)]
        text = "".join(f"{line}\n" for line in lines).replace("#", "|").replace("~", " | ")
        (folder / file).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("parties")
    build_parties(written(folder), folder / "out.sqlite")
    with closing(sqlite3.connect(folder / "out.sqlite")) as database:
        yield database


def entries_of(database: sqlite3.Connection, code: str) -> list[dict[str, object]]:
    """What is said of each entry of a list: the fields that have something in them."""
    (members,) = database.execute(
        "SELECT members FROM versions WHERE list = ?", (code,)
    ).fetchone()  # fmt: skip
    rows = [
        database.execute("SELECT body FROM entries WHERE id = ?", (number,)).fetchone()
        for number in array("I", members)
    ]
    return [
        {
            field: value
            for field, value in entry_of(text)._asdict().items()
            if value and value != "A"
        }
        for (text,) in rows
    ]


def test_entries_of_the_official_lists_have_all_that_their_tables_say(
    compiled: sqlite3.Connection,
) -> None:
    first, second = entries_of(compiled, "A")
    assert first == {
        "key": "1", "kind": "entity", "countries": ("CN", "HK"), "programme": "P",
        "requirement": "all_items", "requirement_text": "all items subject to the EAR",
        "policy": "presumption_of_denial", "policy_text": "Presumption of denial",
        "citation": "89 FR 1", "source": "https://x", "since": "2024-01-02",
        "changed": "2025-01-02", "changes": "listed=2024-01-02", "addresses": ("1 Road",),
        "note": "note", "grade": "official",
        # the Chinese name stands under another spelling of the same name
        "names": (
            ("Zorblax Ltd", "name", "official", ""), ("華", "zh", "secondary", "a page"),
            ("ZBX", "known", "background", ""),
        ),
    }  # fmt: skip
    assert second == {
        "key": "2", "kind": "vessel", "countries": ("CN",), "grade": "secondary",
        "addresses": ("1 Road", "2 Road"),
        "names": (("Quuxly", "name", "official", ""), ("Quux", "aka", "official", ""),
                  ("華", "zh", "official", "")),
    }  # fmt: skip


def test_entries_of_chinese_lists_are_named_by_their_announcement(
    compiled: sqlite3.Connection,
) -> None:
    first, second = entries_of(compiled, "B")
    assert first == {
        "list": "B", "key": "Announcement 1: Blorfy", "kind": "entity", "countries": ("US",),
        "citation": "Announcement 1", "source": "https://y", "since": "2025-01-02",
        "until": "2026-01-01", "suspended_from": "2025-02-02", "suspended_until": "2025-03-03",
        "note": "n", "grade": "official",
        "names": (("Blorfy", "name", "official", ""), ("Blorf", "aka", "official", ""),
                  ("华", "zh", "official", "")),
    }  # fmt: skip
    # without a Latin name the Chinese one is the main name
    assert second["names"] == (("华", "name", "official", ""),)
    assert second["key"] == "Announcement 2: 华"


def test_a_list_is_one_version_of_its_day_and_one_that_is_not_held_is_none(
    compiled: sqlite3.Connection,
) -> None:
    rows = compiled.execute(
        "SELECT list, source_date, format, rows, file, left_out, start FROM versions ORDER BY list"
    ).fetchall()
    assert rows == [
        ("A", "2026-01-02", "built-in", 2, "", 0, ""),
        ("B", "2026-01-03", "built-in", 2, "", 0, "2025-01-01"),
    ]
    facts = read_facts(compiled)
    assert list(facts) == ["A", "B", "C"]
    assert [facts[each].held for each in facts] == ["whole", "part", "none"]
    assert [facts[each].title for each in facts] == ["List A", "List B", "List C"]


def test_words_and_signs_are_read_with_those_by_hand_before_the_everyday_ones(
    compiled: sqlite3.Connection,
) -> None:
    tables = read_tables(compiled)
    # `electronics` stands in both tables, and what was written by hand says more
    assert tables.words["electronics"][1] == "electronic"
    assert tables.words["absolute"][1] == "absolute"
    assert tables.words["absolute"][0] == tables.words["electronics"][0] != tables.words["ltd"][0]
    assert tables.han == {"华": ("", "hua", "waa"), "華": ("华", "hua", "waa")}
    # Of the everyday words none is what another word is a slip for.
    assert "electronics" in tables.near
    assert "absolute" not in tables.near


def test_relations_updates_and_policies_are_kept_with_keys_of_the_names(
    compiled: sqlite3.Connection,
) -> None:
    assert compiled.execute("SELECT * FROM relations").fetchall() == [
        ("A", "Zorblax Ltd", "Quuxly", "affiliate", "C", "zorblax", "quuxly")
    ]
    (source,) = update_sources(compiled)
    assert source == ("a", ("A", "B"), "a.json", "https://example.org/a")
    assert compiled.execute("SELECT * FROM policies ORDER BY strictness").fetchall() == [
        ("presumption_of_denial", 30), ("case_by_case", 40),
    ]  # fmt: skip
    facts = dict(compiled.execute("SELECT fact, value FROM facts"))
    assert facts["known words"] == "alpha beta"
    assert len(reading_of(compiled)) == 16


@pytest.mark.parametrize(
    ("file", "cells", "told"),
    [
        ("lists.tsv", {"held": "none"}, "and the entries name different lists as held: A"),
        ("lists.tsv", {"held": "all"}, "A: held is 'all', not whole, part, none"),
        ("lists.tsv", {"lacks": "a half"}, "A: a list held in part, and no other"),
        ("lists.tsv", {"rests": "maybe"}, "A: rests is 'maybe', not yes or no"),
        ("lists.tsv", {"countries": "US;RU"}, "A: 1 is of none of"),
        ("lists.tsv", {"from": "2020-01-01"}, "A: 2 says no day of its listing"),
        ("official.tsv", {"list": "C"}, "and the entries name different lists as held: C"),
        ("same_party.tsv", {"name": "Gone Away"}, "A has no entry 'Gone Away'"),
        ("other_party.tsv", {"other_name": "Gone Away"}, "B has no entry 'Gone Away'"),
        ("other_party.tsv", {"verdict": "maybe"}, "Quuxly: verdict is 'maybe', not other or open"),
        ("chinese_names.tsv", {"name": "Gone Away"}, "no entry has the name 'Gone Away'"),
        ("known_names.tsv", {"name": "Gone Away"}, "known_names.tsv: no entry has the name"),
    ],
)
def test_a_table_that_does_not_fit_the_others_is_refused(
    tmp_path: Path, file: str, cells: dict[str, str], told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        build_parties(written(tmp_path, **{file: cells}), tmp_path / "out.sqlite")


def test_an_entry_whose_day_is_in_doubt_needs_none(tmp_path: Path) -> None:
    folder = written(
        tmp_path, **{"lists.tsv": {"from": "2020-01-01"}, "others.tsv": {"doubt": "no order"}}
    )
    build_parties(folder, tmp_path / "out.sqlite")
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as database:
        assert [each.get("doubt") for each in entries_of(database, "A")] == [None, "no order"]


def test_the_fingerprint_of_the_reading_changes_with_its_tables(tmp_path: Path) -> None:
    found = []
    for spelled in ("hua", "wa"):
        folder = tmp_path / spelled
        folder.mkdir()
        build_parties(written(folder, **{"han.tsv": {"pinyin": spelled}}), folder / "out.sqlite")
        with closing(sqlite3.connect(folder / "out.sqlite")) as database:
            found.append(reading_of(database))
    assert found[0] != found[1]


def test_no_two_entries_of_a_list_have_one_key() -> None:
    found: dict[tuple[str, str], int] = {}
    for lists in Screen().lists:
        for number, entry in lists.bodies():
            assert found.setdefault((entry.list, entry.key), number) == number


def test_parties_that_a_statute_names_have_its_address() -> None:
    named = [
        entry
        for lists in Screen().lists
        for _, entry in lists.bodies()
        if entry.list.startswith("NDAA-")
    ]
    assert len(named) == 14
    for entry in named:
        congress, number = re.findall(r"\d+", entry.citation)[:2]
        assert f"/{congress}/plaws/publ{number}/PLAW-{congress}publ{number}.pdf" in entry.source


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, {"A", "B"}),
        # A list of as many entries and of the same day that says something else.
        ({"china.tsv": {"suspended_until": "2025-04-04"}}, {"A"}),
        ({"official.tsv": {"names": "Zorblax Ltd#Zorb"}}, {"B"}),
        # A name that no list prints is not what a list says.
        ({"known_names.tsv": {"also": "ZBL"}}, {"A", "B"}),
    ],
)
def test_a_list_of_another_edition_is_another_version_where_it_says_something_else(
    compiled: sqlite3.Connection, tmp_path: Path, changed: dict[str, Any], same: set[str]
) -> None:
    build_parties(written(tmp_path, **changed), tmp_path / "out.sqlite")
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as other:
        before, after = (
            {each.list: state_of([each]) for each in versions_of(database, True)}
            for database in (compiled, other)
        )
    assert {name for name in before if before[name] == after[name]} == same
    assert all(each.startswith("built-in:") for each in after.values())
