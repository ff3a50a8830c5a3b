"""The schedule from the top down."""

from __future__ import annotations

from datetime import date

import pytest

from detente.goods.browse import browse
from detente.goods.codes import CodeError
from detente.goods.schedule import Schedule

DAY = date(2026, 11, 26)


@pytest.mark.once
def test_all_chapters_stand_in_their_sections(schedule: Schedule) -> None:
    sections = browse(schedule, "", DAY)["sections"]
    chapters = [each["chapter"] for section in sections for each in section["chapters"]]
    # 01 to 98 but 77, which is reserved.
    assert chapters == [f"{n:02}" for n in range(1, 99) if n != 77]
    assert len(sections) == 22


def test_a_chapter_lists_every_heading_once_with_its_words(schedule: Schedule) -> None:
    headings = browse(schedule, "88", DAY)["headings"]
    assert [row["heading"] for row in headings] == [
        "8801", "8802", "8804", "8805", "8806", "8807",
    ]  # fmt: skip
    assert headings[4]["text"] == "Unmanned aircraft"


def test_the_rows_of_a_heading_stand_as_printed_with_rows_that_have_no_number(
    schedule: Schedule,
) -> None:
    rows = browse(schedule, "85.07", DAY)["rows"]
    assert (rows[0]["code"], rows[0]["depth"]) == ("8507", 0)
    volts = next(n for n, row in enumerate(rows) if row["text"].startswith("12 V batteries"))
    assert rows[volts]["code"] == ""
    assert rows[volts + 1]["depth"] == rows[volts]["depth"] + 1
    assert {row["code"]: row["general"] for row in rows}["85076000"] == "3.4%"


def test_an_old_day_shows_the_headings_of_its_edition(schedule: Schedule) -> None:
    headings = browse(schedule, "88", date(2018, 1, 1))["headings"]
    assert "8806" not in {row["heading"] for row in headings}


def test_notes_are_said_to_be_missing(schedule: Schedule) -> None:
    assert browse(schedule, "85", DAY)["notes"]["held"] is False


@pytest.mark.parametrize(
    ("digits", "message"),
    [
        ("77", "77 is not a chapter of hts_"),
        ("8599", "beside it stand 8544, 8545, 8546, 8547, 8548, 8549"),
        ("850", "write 2 or 4 digits"),
        ("toys", "is neither a chapter nor a heading"),
    ],
)
def test_what_is_no_chapter_or_heading_is_refused_with_a_way_on(
    schedule: Schedule, digits: str, message: str
) -> None:
    with pytest.raises(CodeError, match=message):
        browse(schedule, digits, DAY)
