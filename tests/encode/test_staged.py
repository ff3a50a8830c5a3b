"""The yearly cuts on information technology, on small invented editions."""

from pathlib import Path

import pytest

from detente.goods.export import EditionRow
from encode.goods.staged import with_cuts

HEADER = (
    "code,from_1,rate_1,from_2,rate_2,derived_rate_2018_07_01,derived_rate_2019_07_01,"
    "rate_2025_basic,grade\n"
)
BEFORE = {"90303100": EditionRow("0", "", "Multimeters", "No", "0.8%", "Free (CA)", "40%", "")}


def _steps(folder: Path, line: str) -> Path:
    path = folder / "steps.csv"
    path.write_text(HEADER + line, encoding="utf-8")
    return path


def test_a_cut_changes_column_1_and_nothing_else(tmp_path: Path) -> None:
    steps = _steps(tmp_path, "9030.31.00,2016-07-01,1.2%,2017-07-01,0.8%,0.4%,Free,Free,B\n")
    assert with_cuts(BEFORE, steps, "2018-07-01") == {
        "90303100": BEFORE["90303100"]._replace(general="0.4%")
    }
    assert with_cuts(BEFORE, steps, "2019-07-01")["90303100"].general == "Free"


def test_a_compound_rate_or_a_line_that_ended_is_left_as_it_was(tmp_path: Path) -> None:
    for line in (
        "9030.31.00,2016-07-01,12 cents each + 1.1%,2017-07-01,8 cents each + 0.7%,,,Free,C\n",
        "9030.31.00,2016-07-01,2.9%,2017-07-01,1.9%,1.0%,,no line in 2025,C\n",
    ):
        assert with_cuts(BEFORE, _steps(tmp_path, line), "2018-07-01") == BEFORE


def test_a_cut_that_raises_a_rate_stops_the_program(tmp_path: Path) -> None:
    steps = _steps(tmp_path, "9030.31.00,2016-07-01,1.2%,2017-07-01,0.8%,0.9%,Free,Free,B\n")
    with pytest.raises(ValueError, match=r"steps\.csv: 90303100 does not fall on 2018-07-01"):
        with_cuts(BEFORE, steps, "2018-07-01")
