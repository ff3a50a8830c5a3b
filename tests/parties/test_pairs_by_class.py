"""Pairs of names by what lies between them; neighbors of what went wrong, never the cases."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.screening_pairs import score
from detente.parties.names.comparing import PERSON
from detente.parties.screening.screening import THRESHOLD, Lists
from detente.parties.screening.store import Screen

pytestmark = pytest.mark.once


@cache
def lists() -> Lists:
    return Screen().lists[0]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nigel Forage", "Nigel Farage", True),  # one edit in a rare word
        ("Giorgia Melano", "Giorgia Meloni", True),  # two edits, where both words are rare
        ("G. Meloni", "Giorgia Meloni", True),
        ("J.-L. Melenchon", "Jean-Luc Melenchon", True),
        ("Kostas Kostas Simitis", "Simitis Kostas", True),  # written twice
        ("Marina Meloni", "Giorgia Meloni", False),
        ("Enzo Meloni", "Giorgia Meloni", False),
        ("E. Meloni", "Giorgia Meloni", False),
        ("Giorgia Malatesta", "Giorgia Meloni", False),
        ("Yulia Makarova", "Yulia Mayorova", False),  # two edits beside a name that many bear
        ("Wang Hui", "Wang Hua", False),  # syllables of Mandarin
        ("Li Gang", "Li Geng", False),
        ("G. E. Melony", "Giorgia Meloni", False),  # more than one thing is otherwise
    ],
)
def test_two_names_of_persons_are_one_as_far_as_their_rare_words_tell(
    one: str, other: str, same: bool
) -> None:
    assert (score(lists(), one, other, PERSON) >= THRESHOLD) is same
