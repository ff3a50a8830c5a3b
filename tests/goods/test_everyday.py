"""Everyday words: the labelled list, and how a query is read by the table."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from detente.core.tables.tsv import read_tsv
from detente.goods.everyday import Everyday
from detente.goods.plain import is_chinese, key, stem, tokens
from detente.goods.schedule import Schedule
from detente.goods.search import search
from detente.goods.words_compile import build_words

DAY = date(2026, 11, 26)
LABELLED = Path(__file__).with_name("everyday-words.tsv")
DATA = Path(__file__).resolve().parents[2] / "data"

SHOWN = 3
"""Hits that a reader looks at."""

GOAL = 0.97


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Everyday:
    file = tmp_path_factory.mktemp("words") / "words.sqlite"
    build_words(DATA / "words", file)
    return Everyday(file)


@pytest.mark.once
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("part", ["dev", "held"])
def test_97_of_100_everyday_words_have_the_right_heading_among_three_hits(
    schedule: Schedule, part: str, language: str
) -> None:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file, delimiter="\t")
            if (row["part"], row["language"]) == (part, language)
        ]
    missed = [row["word"] for row in rows if not _headings(schedule, row["word"]) & _right(row)]
    assert len(rows) > 60
    assert len(missed) <= (1 - GOAL) * len(rows), missed


def _headings(schedule: Schedule, word: str) -> set[str]:
    return {hit.code.heading for hit in search(schedule, word, DAY)[:SHOWN]}


def _right(row: dict[str, str]) -> set[str]:
    return set(row["headings"].split())


def test_a_word_of_several_headings_shows_the_best_line_of_each_first(schedule: Schedule) -> None:
    hits = search(schedule, "sneakers", DAY)
    assert {hit.code.heading for hit in hits[:3]} == {"6402", "6403", "6404"}


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("leather sofa for the office", "leather sofa"),
        ("waterproof hiking boots", "hiking boots"),
        ("charger for iphone", "charger"),
        ("儿童自行车头盔", "自行车头盔"),
        ("無線耳機", "无线耳机"),
    ],
)
def test_the_part_that_names_the_goods_counts(table: Everyday, query: str, word: str) -> None:
    meant = table.meaning(query)
    assert meant is not None
    assert meant.word == word


def test_what_a_query_says_beside_the_word_decides_between_lines(schedule: Schedule) -> None:
    (first, *_) = search(schedule, "cotton t-shirt", DAY)
    assert first.code.dotted.startswith("6109.10")


def test_digits_beside_an_everyday_word_keep_other_headings_out(schedule: Schedule) -> None:
    assert {hit.code.heading for hit in search(schedule, "8518 earbuds", DAY)} == {"8518"}


def test_a_word_whose_heading_an_old_edition_lacks_is_searched_by_its_words(
    schedule: Schedule,
) -> None:
    # Heading 8806 is of 2022; the edition of 2018 has drones under no such number.
    headings = {hit.code.heading for hit in search(schedule, "drone", date(2018, 1, 1))}
    assert "8806" not in headings


def test_plurals_hyphens_and_spaces_lead_to_the_same_word() -> None:
    spellings = ("T-shirts", "t shirt", "tshirt", "T-Shirt")
    assert {key(tokens(each)) for each in spellings} == {"tshirt"}
    assert [stem(each) for each in ("watches", "batteries", "glass", "potatoes", "toes")] == [
        "watch", "battery", "glass", "potato", "toe",
    ]  # fmt: skip


def test_a_word_with_its_own_row_goes_before_one_with_the_same_stem(table: Everyday) -> None:
    # "glasses" for the eyes and "glass" have one stem.
    assert table.meaning("sunglasses") != table.meaning("glass")


def test_a_misspelled_word_is_offered_words_spelled_alike(table: Everyday) -> None:
    assert "hair straightener" in table.near("hair straightner")
    assert table.near("") == []


def test_every_word_stands_once_and_names_headings_source_and_grade() -> None:
    rows = list(read_tsv(DATA / "words" / "everyday.tsv"))
    words = [row["word"].lower() for row in rows]
    assert len(words) == len(set(words))
    assert {row["grade"] for row in rows} == {"printed", "judged"}
    assert all(row["codes"] and row["source"] for row in rows)


def test_the_same_tables_compile_to_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build_words(DATA / "words", tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_hit_tells_the_general_rate_of_the_line_or_of_what_it_stands_under(
    schedule: Schedule,
) -> None:
    # 8507.60.00.10 prints no rate; 8507.60.00 above it prints 3.4%.
    (hit,) = search(schedule, "8507600010", DAY)
    assert hit.general == "3.4%"


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 7])
def test_a_word_of_two_headings_fills_as_many_lines_as_were_asked_for(
    schedule: Schedule, limit: int
) -> None:
    # Earbuds are of 8518 and 8517: of five lines three may be of the first heading.
    hits = search(schedule, "earbuds", DAY, limit)
    assert len(hits) == limit
    assert [hit.code.heading for hit in hits[:2]] == ["8518", "8517"][:limit]


@pytest.mark.parametrize(
    ("word", "ending"),
    [
        ("gas", "gas"), ("cups", "cup"), ("abc", "abc"),  # three letters keep theirs, four do not
        ("pie", "pie"), ("pies", "pie"), ("ties", "tie"),  # as short: no "py", no "ty"
        ("flies", "fly"), ("cookie", "cooky"), ("cookies", "cooky"),
        ("glass", "glass"), ("lens", "len"), ("bus", "bus"), ("boxes", "box"),
        ("tomatoes", "tomato"), ("shoes", "shoe"), ("leaves", "leaf"),
    ],
)  # fmt: skip
def test_a_plural_ends_as_its_singular_and_short_words_stay(word: str, ending: str) -> None:
    assert stem(word) == ending


def test_chinese_characters_are_those_of_the_block_and_its_first_extension() -> None:
    assert [is_chinese(mark) for mark in "\u33ff\u3400\u9fff\ua000"] == [False, True, True, False]
