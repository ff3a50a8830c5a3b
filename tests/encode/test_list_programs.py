"""The programs that turn readings into dated lists, on small invented inputs."""

from datetime import datetime
from typing import Any

import pytest

from encode import list_files
from encode.list_files import CodeList, Row
from encode.us_lists import exclusions, footnote_check, section_301
from encode.us_lists.editions import Editions
from encode.us_lists.legal_text import clean, parse_note
from encode.us_lists.lists_2018 import code_of

WINDOW = {
    "title": "T", "place": "P", "heading": "9903.88.69",
    "from": "2024-06-15", "announced": "2024-05-30",
}  # fmt: skip


def _exclusions(item: str, whole: int = 0) -> tuple[Row, ...]:
    note = parse_note(20, clean(f"20. (a)  Goods:\n\n(1) {item}\n".splitlines()))
    spec: dict[str, Any] = {
        **WINDOW,
        "parts": [{"path": ["a"], "count": 1, "whole": whole, "relieves": "list-1"}],
    }
    return exclusions.exclusions(note, "x", spec)[0].rows


def test_an_exclusion_of_a_whole_number_needs_no_description() -> None:
    rows = _exclusions("8483.50.9040", whole=1)
    assert rows == (Row("8483509040", "2024-06-15", "", "2024-05-30", note="a 1 [list-1]"),)


def test_a_number_that_ended_before_the_exclusion_began_gives_no_row() -> None:
    rows = _exclusions(
        "Filters (described in statistical reporting number 8421.39.8015 prior to January 27, "
        "2022; described in statistical reporting number 8421.39.0115 effective January 27, 2022)"
    )
    assert [(row.code, row.start, row.until) for row in rows] == [("8421390115", "2024-06-15", "")]


def test_a_number_that_changes_later_has_a_row_for_each_number_on_its_own_days() -> None:
    rows = _exclusions(
        "Drapes (described in statistical reporting number 3926.90.9985 effective July 1, 2020; "
        "described in statistical reporting number 3926.90.9989 effective July 1, 2024)"
    )
    assert [(row.code, row.start, row.until) for row in rows] == [
        ("3926909985", "2024-06-15", "2024-07-01"),
        ("3926909989", "2024-07-01", ""),
    ]


def test_the_day_named_by_through_is_the_last_one_covered() -> None:
    rows = _exclusions(
        "Pumps (described in statistical reporting number 8413.91.9095 effective January 1, 2019 "
        "through December 31, 2024; described in statistical reporting number 8413.91.9085 "
        "effective January 1, 2025)"
    )
    assert [(row.code, row.until) for row in rows] == [
        ("8413919095", "2025-01-01"),
        ("8413919085", ""),
    ]


def test_an_article_except_statistical_numbers_is_the_subheading_with_rows_taken_out() -> None:
    text = """\
20. (a)  Scope.

(b) Goods:

         0101.21.00

(c) the following:

1. Other seats, provided for in 9401.71.00, except for such seats provided for in statistical
         reporting numbers 9401.71.0001 and 9401.71.0005.
"""
    note = parse_note(20, clean(text.splitlines()))
    spec = {
        "title": "T", "place": "P", "heading": "9903.88.03", "note": 20, "path": ["b"],
        "count": 1, "table_count": 1, "from": "2018-09-24", "announced": "2018-09-21",
        "articles": {"path": ["c"], "count": 1},
    }  # fmt: skip
    nomenclature = {"from": "2022-01-27", "announced": "2021-12-28"}
    (made,) = section_301.note_20(
        {20: note}, {"9903.88.03": {"01012100"}}, {"x": spec}, nomenclature, [], {}
    )
    assert [(row.code, row.out) for row in made.rows] == [
        ("01012100", False),
        ("94017100", False),
        ("9401710001", True),
        ("9401710005", True),
    ]


def test_old_codes_end_with_the_schedule_of_2022_and_moved_ones_when_note_31_takes_them() -> None:
    text = "20. (a)  Goods:\n\n         0101.21.00  0101.29.00\n"
    note = parse_note(20, clean(text.splitlines()))
    spec = {
        "title": "T", "place": "P", "heading": "9903.88.01", "note": 20, "path": ["a"],
        "count": 2, "table_count": 3, "from": "2018-07-06", "announced": "2018-06-20",
    }  # fmt: skip
    (made,) = section_301.note_20(
        {20: note},
        {"9903.88.01": {"01012100", "85414060", "87038000"}},
        {"x": spec},
        {"from": "2022-01-27", "announced": "2021-12-28"},
        [],
        {"87038000": "2024-09-27"},
    )
    assert [(row.code, row.start, row.until) for row in made.rows] == [
        ("01012100", "2018-07-06", ""),  # in the table and in the note
        ("01012900", "2022-01-27", ""),  # in the note alone
        ("85414060", "2018-07-06", "2022-01-27"),  # in the table alone
        ("87038000", "2018-07-06", "2024-09-27"),  # taken by note 31
    ]


def test_a_code_stored_as_a_date_is_read_as_the_code() -> None:
    assert code_of(datetime(1901, 10, 5)) == "19011005"
    assert code_of("8541.40.6030") == "8541406030"
    with pytest.raises(ValueError, match="not a code"):
        code_of("8541")


def test_a_count_that_differs_from_the_published_one_stops_the_program() -> None:
    with pytest.raises(ValueError, match=r"List x: note 1 gave 2, expected 3 \(the note\)"):
        list_files.expect("x", "note 1", 2, 3, "the note")


def test_a_code_read_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="read twice: 01012100"):
        list_files.unique("x", ["01012100", "01012900", "01012100"])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (Row("8541.10"), "not a code of 2 to 10 digits"),
        (Row("8541", "2025-01-01", "2025-01-01"), "is not before"),
        (Row("8541", note="a\tb"), "holds a tab"),
    ],
)
def test_a_row_that_cannot_be_law_is_refused(row: Row, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        list_files.render(CodeList("x", (), (row,)))


def test_a_list_file_reads_back_as_it_was_written() -> None:
    rows = (
        Row("8541", "2025-01-01", "", "2024-09-18"),
        Row("85411000", "2025-01-01", "2026-01-01", "2024-09-18", True, "taken out"),
        Row("8542", "", "", "", state="unknown"),
    )
    text = list_files.render(CodeList("x", (("title", "T"),), rows, ("2025-01-01 no list",)))
    assert text.startswith("# title: T\n# unknown: 2025-01-01 no list\ncode\tfrom\tuntil\t")
    assert list_files.parse(text) == tuple(sorted(rows))


def test_rows_of_one_code_whose_days_touch_become_one() -> None:
    rows = [Row("85411000", "2018-08-23", "2022-01-27"), Row("85411000", "2022-01-27", "")]
    assert list_files.merged(rows) == [Row("85411000", "2018-08-23", "")]
    gap = [Row("85411000", "2018-08-23", "2022-01-26"), Row("85411000", "2022-01-27", "")]
    assert list_files.merged(gap) == gap


EDITIONS = Editions(
    ("2025_basic", "2026_basic"),
    {"8507600000": {"9903.91.06": ["2026_basic"]}, "95030000": {"9903.91.06": ["2026_basic"]}},
    {"2025_basic": {"8507600000"}, "2026_basic": {"8507600000", "85051100", "95030000"}},
)
BATTERIES = CodeList("x", (), (Row("85076000", "2026-01-01"), Row("85051100", "2026-01-01")))
TOY = ("x", "95030000", "2026", "footnote without membership")
MAGNET = ("x", "85051100", "2026", "membership without footnote")


def test_footnotes_and_lists_that_disagree_are_found_year_by_year() -> None:
    found = footnote_check.findings([BATTERIES], {"x": ["9903.91.06"]}, EDITIONS)
    assert found == [MAGNET, TOY]


def test_a_disagreement_that_nobody_decided_is_an_error() -> None:
    with pytest.raises(ValueError, match="x 95030000 2026: footnote without membership"):
        footnote_check.decided([TOY], [])


def test_a_decision_about_nothing_is_an_error() -> None:
    decision = {
        "lists": ["x"], "codes": ["9503"], "finding": "footnote without membership",
        "decision": "out", "why": "invented",
    }  # fmt: skip
    assert footnote_check.decided([TOY], [decision]).splitlines()[1].endswith("out\tinvented")
    with pytest.raises(ValueError, match="Decisions about nothing"):
        footnote_check.decided([], [decision])
