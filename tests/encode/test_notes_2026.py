"""The lists of notes 35 to 52 of 2026, on small invented readings and against the originals."""

from pathlib import Path
from typing import Any

import pytest

from encode.list_files import Row
from encode.us_lists.notes_2026 import REGISTER, Quoted, _economy, _plain, build


def _spec(**more: Any) -> dict[str, Any]:
    return {"title": "T", "source": "s", "place": "P", "count": [1, 2], **more}


TOLD = {"announced": {"us-x": "2026-04-02"}}


def test_a_code_that_stands_in_both_states_of_a_note_is_one_row() -> None:
    read = {
        "us-x": [
            Quoted("30029000", "2026-07-31", "2026-09-29", ""),
            Quoted("30029000", "2026-09-29", "", ""),
            Quoted("30049092", "2026-09-29", "", ""),
        ]
    }
    made = _plain("us-x", _spec(changed={"2026-09-29": "2026-09-23"}), read, TOLD)
    assert made.rows == (
        Row("30029000", "2026-07-31", "", "2026-04-02"),
        Row("30049092", "2026-09-29", "", "2026-09-23"),
    )


def test_a_number_that_was_split_before_the_note_stands_for_its_subheading() -> None:
    read = {
        "us-x": [
            Quoted("2922190900", "2026-07-31", "2026-09-29", ""),  # the only one: the subheading
            Quoted("2922190910", "2026-09-29", "", ""),
            Quoted("2922190990", "2026-09-29", "", ""),
        ]
    }
    made = _plain("us-x", _spec(split_on="2026-07-01"), read, TOLD)
    assert [row.code for row in made.rows] == ["29221909", "2922190910", "2922190990"]


def test_a_note_that_gives_another_number_of_codes_stops_the_program() -> None:
    read = {"us-x": [Quoted("30029000", "2026-07-31", "", "")]}
    with pytest.raises(ValueError, match=r"List us-x: state of 2026-07-31 gave 1, expected 2"):
        _plain("us-x", _spec(count=[2]), read, TOLD)


def test_described_goods_of_an_economy_keep_the_words_of_the_note() -> None:
    spec = {
        "name": "Malaysia", "place": "(4)", "heading": "9903.05.99", "count": 1,
        "described": ["9903.06.01", 1],
    }  # fmt: skip
    read = {
        "us-301-forced-labor-my": [Quoted("38231920", "2026-07-24", "", "heading 9903.05.99")],
        "us-301-forced-labor-my-described": [
            Quoted("15159081", "2026-07-24", "", "argan oil only (heading 9903.06.01)")
        ],
    }
    whole, some = _economy("my", spec, read, "2026-07-23")
    assert [row.note for row in whole.rows] == [""]
    assert [row.note for row in some.rows] == ["argan oil"]


@pytest.mark.reference
def test_the_committed_lists_are_what_the_notes_give(reference: Path) -> None:
    for name, text in build(reference).items():
        assert (REGISTER / name).read_text(encoding="utf-8") == text, name
