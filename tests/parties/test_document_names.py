"""The labelled set of names as documents carry them: large, split by party, and sourced."""

from __future__ import annotations

from benchmarks.document_names import rows
from encode.document_names import half, tells


def test_the_set_has_at_least_1500_names_of_which_500_are_of_innocents() -> None:
    found = rows()
    assert len(found) >= 1500
    assert sum(not row.listed for row in found) >= 500


def test_no_party_stands_in_both_halves() -> None:
    for row in rows():
        if row.listed:
            assert row.half == half(row.listed)


def test_every_row_says_its_source() -> None:
    assert {row.source for row in rows()} == {"list", "editor", "gleif"}


def test_a_label_is_told_by_the_words_it_begins_and_by_whole_numbers() -> None:
    assert tells("electronic technology 5", ["China Electronics Technology Group 5th Institute"])
    assert not tells("electronic technology 5", ["China Electronics Technology Group 55"])
