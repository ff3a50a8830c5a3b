"""Lists of a new edition's notes beside ours: what was added and taken away is told by its note."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.register.load.contents import Contents
from detente.register.load.loader import load_folder
from encode.us_lists.legal_text import read_lines
from encode.us_lists.note_differences import REGISTER, Difference, differences, since

pytestmark = pytest.mark.reference
DAY = "2026-04-23"
"""Of the edition whose notes the register was read from."""
NOTE = "U.S. note 31(b) to subchapter III, chapter 99"


@pytest.fixture(scope="module")
def contents() -> Contents:
    return load_folder(REGISTER, documents=False)


@pytest.fixture(scope="module")
def lines(reference: Path) -> list[str]:
    return read_lines(reference / "chapter99" / "chapter99_2026_rev_6.txt")


def row_of(rows: list[Difference], place: str = NOTE) -> Difference:
    return next(row for row in rows if row.place == place)


def test_the_lists_that_were_read_from_a_text_are_equal_to_it(
    contents: Contents, lines: list[str]
) -> None:
    row = row_of([*differences(contents, lines, DAY)])
    assert (row.in_text_alone, row.in_list_alone, row.fault) == ((), (), "")


def test_a_code_that_a_new_text_adds_or_lacks_is_told(contents: Contents, lines: list[str]) -> None:
    before = [*differences(contents, lines, DAY)]
    # 2602.00.00 is the first code of note 31(b), its last place in the text; 9405.11.80 is new.
    at = max(n for n, line in enumerate(lines) if "2602.00.00" in line)
    changed = [*lines]
    changed[at] = changed[at].replace("2602.00.00", "9405.11.80")
    new = since([*differences(contents, changed, DAY)], before)
    assert row_of(new).in_text_alone == ("94051180",)
    assert row_of(new).in_list_alone == ("26020000",)
    assert [row.place for row in new if row.in_text_alone or row.in_list_alone] == [NOTE]


def test_a_note_that_a_text_does_not_have_is_not_equal(
    contents: Contents, lines: list[str]
) -> None:
    cut = [line for line in lines if not line.startswith("31.")]
    row = row_of([*differences(contents, cut, DAY)])
    assert "31" in row.fault
