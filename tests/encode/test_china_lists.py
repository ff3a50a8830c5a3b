"""The program that reads China's lists, on invented steps and against the originals."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from encode import china
from encode.china import Steps
from encode.list_files import parse

LISTS = Path(__file__).parents[2] / "register" / "lists"
NONE = Steps(0, 0, 0, 0, 0, 0)


def _steps(**points: float) -> Steps:
    return Steps(**{**vars(NONE), **points})


def test_a_whole_step_of_25_points_is_listed_and_another_step_is_in_part() -> None:
    assert china.place_25("120190", 25, _steps(july=25)) == "main"
    assert china.place_25("050400", 8.178, _steps(july=8.178)) == "part"
    assert china.place_25("010121", 0, NONE) == ""


def test_a_motor_vehicle_whose_duty_fell_by_what_it_rose_is_relieved() -> None:
    relieved = _steps(july=25, new_year=-25)
    assert china.place_25("870323", 25, relieved) == "vehicles"
    assert china.place_25("840734", 25, relieved) == "main"


@pytest.mark.parametrize(
    ("september", "june", "place"),
    [
        (10, 15, "to-25"),
        (10, 10, "to-20"),
        (5, 5, "to-10"),
        (5, 0, "at-5"),
        (0, 0, ""),
        (7, 15, "part"),
    ],
)
def test_the_rate_of_september_2018_is_told_by_the_step_of_june_2019_too(
    september: float, june: float, place: str
) -> None:
    assert china.place_list_3("850511", _steps(september=september, june=june)) == place


def test_a_subheading_that_rose_by_less_than_a_rate_in_2019_is_in_part() -> None:
    assert china.place_list_4(_steps(next_september=10)) == "10"
    assert china.place_list_4(_steps(next_september=4.5)) == "part"


def test_the_notice_of_2018_has_128_items() -> None:
    sizes = [
        len(parse((LISTS / f"cn-232-list-{rate}.tsv").read_text(encoding="utf-8")))
        for rate in (15, 25)
    ]
    assert sizes == [120, 8]


def test_no_subheading_is_on_two_lists_of_one_round() -> None:
    for number in (1, 2, 3):
        seen: set[str] = set()
        for path in sorted(LISTS.glob(f"cn-301-list-{number}-*.tsv")):
            codes = {row.code for row in parse(path.read_text(encoding="utf-8"))}
            assert not seen & codes, path.name
            seen |= codes


@pytest.mark.reference
def test_a_fresh_run_gives_the_committed_files_byte_for_byte() -> None:
    folder = os.environ.get("DETENTE_REFERENCE")
    if not folder:
        pytest.skip("DETENTE_REFERENCE does not name the folder of the originals")
    for name, text in china.build(Path(folder)).items():
        assert (LISTS / name).read_text(encoding="utf-8") == text, name
