"""Every disagreement with an independent encoding has a cause that someone decided."""

from __future__ import annotations

import pytest

from benchmarks.agreement.__main__ import CAUSES, answers, faults, kept, peers
from benchmarks.agreement.lists import compared
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
    described = faults(rest, causes, kept())
    assert any("6403" in each and "has no cause" in each for each in described)


def test_sources_of_causes_are_sources_of_the_register():
    known = Register.built_in().sources
    assert {name for each in read_causes(CAUSES) for name in each.sources} <= set(known)


def test_no_cause_says_that_ours_is_wrong():
    assert [each.id for each in read_causes(CAUSES) if each.right == "theirs"] == []


def test_a_list_beside_ours_differs_only_where_a_reason_was_read():
    found = list(compared())
    if not found:
        pytest.skip("no list of another is at hand")
    assert len(found) == 25
    assert [each.faults for each in found if each.faults] == []


def test_sixteen_of_twenty_five_lists_are_equal_line_by_line():
    found = list(compared())
    if not found:
        pytest.skip("no list of another is at hand")
    equal = [each for each in found if not any(each.only.values())]
    assert len(equal) == 16
