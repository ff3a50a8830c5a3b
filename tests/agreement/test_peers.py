"""Every disagreement with an independent encoding has a cause that someone decided."""

from __future__ import annotations

import pytest

from benchmarks.agreement.__main__ import CAUSES, answers, faults, kept, peers
from detente.agreement.causes import read_causes
from detente.register.book import Register

pytestmark = pytest.mark.reference


@pytest.fixture(scope="module")
def found():
    if not peers():
        pytest.skip("no independent encoding is at hand")
    return list(answers(read_causes(CAUSES)))


def test_no_cell_is_without_a_cause_and_no_cause_explains_more_than_was_read(found):
    assert faults(found, read_causes(CAUSES), kept()) == []


def test_a_cell_without_its_cause_is_a_fault(found):
    causes = [each for each in read_causes(CAUSES) if each.id != "footwear"]
    rest = list(answers(causes))
    told = faults(rest, causes, kept())
    assert any("6403" in each and "has no cause" in each for each in told)


def test_sources_of_causes_are_sources_of_the_register():
    known = Register.built_in().sources
    assert {name for each in read_causes(CAUSES) for name in each.sources} <= set(known)


def test_no_cause_says_that_ours_is_wrong():
    assert [each.id for each in read_causes(CAUSES) if each.right == "theirs"] == []
