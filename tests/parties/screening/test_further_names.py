"""Rows with several names: asked one by one and at once they come out alike, each party once."""

from __future__ import annotations

import pytest

from detente.parties.screening.crowd import answers_of, singly
from detente.parties.screening.further_names import rows_answered
from detente.parties.screening.queries import FurtherName, NameQuery
from detente.parties.screening.related import NameHits, RelatedParties
from detente.parties.screening.store import Screen

DBA, OWNER = "DBA", "Owner"
ROWS = [
    NameQuery("Zorbix Pottery", further=(FurtherName(DBA, "Huawei Technologies Co Ltd"),)),
    NameQuery("Huawei Technologies", "CN", further=(FurtherName(OWNER, "Viktor Bout"),)),
    NameQuery("Huawei Technology", further=(FurtherName(DBA, "Huawei Technologies Co Ltd"),)),
    NameQuery("", further=(FurtherName(DBA, "Quux Works"), FurtherName(OWNER, "n/a"))),
    NameQuery("Quux Works"),
    NameQuery("Zorbix", further=(FurtherName("Name 2", "Technology", True),)),
]


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen(None, "2026-08-01")


def test_the_answers_of_many_rows_are_those_of_one(screen: Screen) -> None:
    pytest.importorskip("numba")
    one = singly(screen, RelatedParties(screen))
    apart = [rows_answered(screen, [row], 3, one)[0] for row in ROWS]
    assert rows_answered(screen, ROWS, 3, answers_of(screen)) == apart


def test_a_row_has_each_party_once_by_the_name_that_came_closest(screen: Screen) -> None:
    found = rows_answered(screen, ROWS, 50, singly(screen, RelatedParties(screen)))
    first, second, third, fourth, fifth, sixth = found
    assert isinstance(first, NameHits)
    assert first[0].asked == ("Huawei Technologies Co Ltd",)
    assert any("(in the column DBA: " in each.why for each in first.related)
    asked = {each for hit in second if not isinstance(hit, str) for each in hit.asked}
    assert asked == {"Huawei Technologies", "Viktor Bout"}
    parties = [(hit.entry.list, hit.entry.key) for hit in third if not isinstance(hit, str)]
    assert len(parties) == len(set(parties))
    assert fourth == "no name is given; nobody listed comes close to what stands in DBA"
    assert fifth == sixth == []
