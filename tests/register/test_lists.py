"""Membership of a code in a dated list: the longest prefix decides, on its own days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.core.clock import day_number, start_of
from detente.register.lists import Membership, membership, prefixes
from detente.register.load.tables import read_list

HEAD = "# title: a list\n# source: order-1\n"
COLUMNS = "code\tfrom\tuntil\tannounced\texcept\tstate\n"

LISTED = """\
8507	2025-04-05
85076000	2025-04-05			1
8507600010	2025-09-08		2025-09-05
2818	2025-04-05	2025-09-08	2025-04-02
2805	2025-04-05		2025-04-11
26	2025-04-05	2025-06-01			unknown
"""


def row(code: str, day: str, text: str = LISTED, known_on: str | None = None) -> Membership:
    """Membership of a code on a day in a list of these rows."""
    _, members = read_list(HEAD + COLUMNS + _padded(text), "lists/a.tsv", "a")
    matching = [member for member in members if member.code in prefixes(code)]
    return membership(matching, start_of(day), None if known_on is None else day_number(known_on))


def _padded(text: str) -> str:
    rows = [line.split("\t") for line in text.splitlines()]
    return "\n".join("\t".join([*cells, *[""] * (6 - len(cells))]) for cells in rows)


@pytest.mark.parametrize(
    ("code", "day", "wanted"),
    [
        ("85078000", "2025-04-04", False),
        ("85078000", "2025-04-05", True),
        ("8507800010", "2025-04-05", True),
        ("85076000", "2025-04-05", False),  # taken out of 8507
        ("8507600010", "2025-09-07", False),
        ("8507600010", "2025-09-08", True),  # the longest prefix decides
        ("8507600020", "2025-09-08", False),
        ("2818300000", "2025-09-07", True),
        ("2818300000", "2025-09-08", False),  # removed: `until` is the first day without it
        ("26011100", "2025-05-31", None),  # the list of those days is not in hand
        ("26011100", "2025-06-01", False),
        ("99999999", "2025-06-01", False),
    ],
)
def test_the_longest_prefix_decides_on_its_days(code: str, day: str, wanted: bool | None) -> None:
    assert row(code, day).listed is wanted


@pytest.mark.parametrize(
    ("known_on", "wanted"), [("2025-04-10", False), ("2025-04-11", True), (None, True)]
)
def test_a_row_counts_from_the_day_on_which_it_was_announced(
    known_on: str | None, wanted: bool
) -> None:
    assert row("28053000", "2025-04-06", known_on=known_on).listed is wanted


@pytest.mark.parametrize(
    ("known_on", "listed"), [("2025-09-04", True), ("2025-09-05", False), (None, False)]
)
def test_a_code_taken_out_by_a_later_act_is_listed_as_long_as_nobody_knows(
    known_on: str | None, listed: bool
) -> None:
    text = "2818\t2025-04-05\t\t2025-04-02\n2818\t2025-09-08\t\t2025-09-05\t1\n"
    assert row("28183000", "2025-09-07", text, known_on).listed is True
    assert row("28183000", "2025-09-08", text, known_on).listed is listed


def test_a_list_says_its_title_its_sources_and_the_days_that_it_lacks() -> None:
    head = "# title: a list\n# source: order-1, order-2\n# place: annex\n"
    head += "# unknown: 2025-03-12 2025-06-04 the annex is not in hand\n"
    listed, _ = read_list(head + COLUMNS + _padded("8507\n"), "lists/a.tsv", "a")
    assert (listed.title, listed.sources, listed.place) == (
        "a list",
        ("order-1", "order-2"),
        "annex",
    )
    days = (start_of("2025-03-12"), start_of("2025-06-04"))
    assert listed.unknown == ((*days, "the annex is not in hand"),)


def test_the_prefixes_of_a_code_are_its_own_digits_first() -> None:
    assert prefixes("850760") == ["850760", "85076", "8507", "850", "85"]


DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31)).map(lambda day: day.isoformat())


@st.composite
def windows(draw: st.DrawFn) -> str:
    start, until = sorted(draw(st.lists(DAYS, min_size=2, max_size=2, unique=True)))
    code = draw(st.sampled_from(["85", "8507", "850760", "85076000", "8507600010"]))
    cells = [code, start, draw(st.sampled_from([until, ""])), "", draw(st.sampled_from(["", "1"]))]
    return "\t".join(cells)


@given(st.lists(windows(), min_size=1, max_size=5), DAYS)
def test_of_the_rows_that_cover_a_day_one_with_the_longest_code_decides(
    rows: list[str], day: str
) -> None:
    _, members = read_list(HEAD + COLUMNS + _padded("\n".join(rows)), "lists/a.tsv", "a")
    found = membership(members, start_of(day))
    cells = [row.split("\t") for row in rows]
    covering = [row for row in cells if row[1] <= day and not (row[2] and row[2] <= day)]
    if not covering:
        assert found == Membership(False, None)
        return
    longest = max(len(row[0]) for row in covering)
    deciding = [row for row in covering if len(row[0]) == longest]
    assert found.row is not None
    assert len(found.row.code) == longest
    assert found.listed is not found.row.excepted
    assert found.listed in {row[4] == "" for row in deciding}
