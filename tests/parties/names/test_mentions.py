"""Listed names are found in running text word for word; ordinary words are not taken for them."""

from __future__ import annotations

import sqlite3

import pytest

from detente.parties.names.mentions import Mentions
from detente.parties.screening.store import open_built_in


@pytest.fixture
def few() -> Mentions:
    kept = sqlite3.connect(":memory:")
    kept.execute("CREATE TABLE names (id INTEGER PRIMARY KEY, text TEXT)")
    names = ("Arrow Electronics (Hong Kong) Co., Ltd.", "Arrow Electronics", "Gold", "A One")
    kept.executemany("INSERT INTO names (text) VALUES (?)", [(name,) for name in names])
    try:
        return Mentions(kept)
    finally:
        kept.close()


def test_a_name_is_found_whatever_its_case_and_punctuation(few: Mentions) -> None:
    text = "removing two addresses of ARROW ELECTRONICS (Hong Kong) Co. Ltd from the Entity List"
    assert [*few.of(text)] == ["Arrow Electronics (Hong Kong) Co., Ltd."]


def test_the_longest_name_counts_and_each_once(few: Mentions) -> None:
    text = "Arrow Electronics and Arrow Electronics (Hong Kong) Co., Ltd.; Arrow Electronics again"
    assert [*few.of(text)] == ["Arrow Electronics", "Arrow Electronics (Hong Kong) Co., Ltd."]


def test_short_names_are_not_looked_for(few: Mentions) -> None:
    assert [*few.of("Gold is a one of metals")] == []


def test_the_shipped_lists_are_found_in_a_rule() -> None:
    kept = open_built_in()
    found = [*Mentions(kept).of("This rule removes Yangtze Memory Technologies Co., Ltd. today.")]
    kept.close()
    assert len(found) == 1
    assert found[0].startswith("Yangtze Memory Technologies")
