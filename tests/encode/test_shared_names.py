"""Entries of different lists that share a printed name: each pair was read, and says what it is."""

from __future__ import annotations

import pytest

from detente.parties.screening.screening import Lists
from detente.parties.screening.store import (
    VERDICTS,
    OtherParty,
    Screen,
    open_built_in,
    other_parties,
)
from encode.parties import shared_names


@pytest.fixture(scope="module")
def lists() -> Lists:
    return Screen().lists[0]


@pytest.fixture(scope="module")
def rows() -> list[OtherParty]:
    return other_parties(open_built_in())


def test_every_pair_that_shares_a_name_stands_in_one_of_the_two_tables(lists: Lists) -> None:
    left = [
        (one.list, one.names[0].text, two.list, two.names[0].text, names)
        for one, two, names in shared_names.unread_pairs(lists)
    ]
    assert left == [], "read them: into same_party.tsv, or other_party.tsv with what differs"


def test_every_row_tells_of_two_parties_that_share_a_name(
    lists: Lists, rows: list[OtherParty]
) -> None:
    shared = shared_names.shared_names(lists)
    pairs = shared_names.pairs_of(rows, lists)
    assert [row for parties, row in pairs.items() if parties not in shared] == []
    # Each row is the word on a pair of its own.
    assert [row for row in rows if row not in pairs.values()] == []


def test_every_row_says_its_verdict_and_why(rows: list[OtherParty]) -> None:
    assert {row.verdict for row in rows} == set(VERDICTS)
    assert [row for row in rows if len(row.note.split()) < 4] == []
    assert [row for row in rows if row.list == row.other_list] == []


def test_a_pair_of_which_the_table_loses_its_row_is_listed(
    lists: Lists, rows: list[OtherParty]
) -> None:
    (vessel,) = [row for row in rows if row.name == "AURA"]
    others = [row for row in rows if row is not vessel]
    ((one, two, names),) = shared_names.unread_pairs(lists, others)
    assert (one.kind, one.names[0].text) == ("vessel", "AURA")
    assert (two.list, two.names[0].text, names) == ("DPL", "AURA LTD.", ["aura"])


def test_a_name_of_legal_forms_alone_is_shared_by_nobody(lists: Lists) -> None:
    shared = {name for names in shared_names.shared_names(lists).values() for name in names}
    assert "mmz" in shared
    assert shared.isdisjoint({"公司", "gongsi", "株式会社"})
