"""Controlled items of both countries, found by number, words or tariff code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from detente.controls.law import law_of
from detente.licence.items import find_items, records_naming

if TYPE_CHECKING:
    from detente.register.book import Register


def items(register: Register, words: str) -> list[tuple[str, str]]:
    return [(hit["by"], hit["item"]) for hit in find_items(register, words, 50)["hits"]]


def first(register: Register, words: str, by: str) -> dict[str, Any]:
    return next(hit for hit in find_items(register, words, 50)["hits"] if hit["by"] == by)


def test_a_number_that_both_lists_have_means_to_each_its_own(register: Register) -> None:
    assert "Rechargeable lithium" in first(register, "3A001", "CN")["title"]
    american = first(register, "3A001", "US")
    assert american["title"].startswith("Electronic items")
    assert american["reasons"] == ["NS2", "RS", "AT1"]
    assert {"3A090", "3A991"} <= {each["item"] for each in american["neighbours"]}


def test_a_paragraph_is_told_from_those_beside_it(register: Register) -> None:
    hit = first(register, "3B001.c", "US")
    assert hit["title"] == "Etch equipment."
    beside = {each["item"]: each["title"] for each in hit["neighbours"]}
    assert beside["3B001.d"].startswith("Semiconductor manufacturing deposition equipment")
    assert ("US", "3B001.c.2") in items(register, "3B001.c")


def test_a_note_with_a_letter_of_its_own_is_not_the_paragraph(register: Register) -> None:
    # Notes on 3A001.a.5 and on 3A090.b have letters a, b, c of their own.
    assert first(register, "3A001.b", "US")["title"].startswith("Microwave or millimeter wave")
    assert first(register, "3A090.c", "US")["title"].startswith("High bandwidth memory (HBM)")


def test_tests_distinguish_the_tiers_of_chips(register: Register) -> None:
    tests = first(register, "3A090.b.1", "US")["tests"]
    assert tests == [
        "tpp at least 2400 and tpp below 4800 and performance density at least 1.6 and "
        "performance density below 5.92 and datacenter is yes"
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("etch equipment", ("US", "3B001.c")),
        ("quantum computers", ("US", "4A906")),
        ("镝", ("CN", "1C905")),
        ("dysprosium oxide", ("CN", "1C905.b")),
        ("euv", ("US", "3B001.f.1")),
        ("torture", ("US", "0A983")),
    ],
)
def test_words_find_items_of_either_country(
    register: Register, words: str, expected: tuple[str, str]
) -> None:
    assert expected in items(register, words)


def test_a_tariff_code_suggests_items_and_says_that_no_table_leads_to_numbers(
    register: Register,
) -> None:
    answer = find_items(register, "8112.92.10")
    assert answer["hits"][0]["item"] == "gallium-metal"
    assert answer["hits"][0]["covers"] == "whole"
    assert "No open table" in answer["notes"][0]
    assert ("US", "3B001") in items(register, "8486.20")


@pytest.mark.parametrize("words", ["9Z999", "zzzz", "0101.21", " "])
def test_what_is_not_found_is_an_error_that_says_what_to_do(register: Register, words: str) -> None:
    with pytest.raises(ValueError, match=r"no controlled item|say which item"):
        find_items(register, words)


def test_what_a_limit_leaves_out_is_counted_and_nothing_else(register: Register) -> None:
    # 3B001.c and what stands under it: as many as there are, then one fewer.
    every = find_items(register, "3B001.c", 50)
    number = len(every["hits"])
    assert every["found"] == number > 1
    assert find_items(register, "3B001.c", number)["notes"] == every["notes"] == []
    fewer = find_items(register, "3B001.c", number - 1)
    assert (fewer["found"], fewer["hits"]) == (number, every["hits"][:-1])
    assert fewer["notes"] == ["1 more were found: add a word, or raise --limit."]


def test_every_item_leads_to_the_records_that_name_it(register: Register) -> None:
    law = law_of(register)
    # What no rule names, and the register says so: such magnets, and what no number names.
    unnamed = {"EAR99", "neodymium", "neodymium-magnet"}
    for side in law.regimes:
        for name, item in side.catalogue.items.items():
            if not item.reach and name not in unnamed:
                assert records_naming(side, name), name
    (hit, *_) = find_items(register, "drone-items")["hits"]
    assert hit["measures"] == ["cn-drones"]
    (hit, *_) = find_items(register, "gallium-metal")["hits"]
    assert hit["measures"] == ["cn-mofcom-2023-23", "cn-mofcom-2024-46"]
    known = {measure.id for measure in register.measures()}
    assert set(find_items(register, "5A002")["hits"][0]["measures"]) <= known
