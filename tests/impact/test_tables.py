from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.impact.economy import calibrate
from detente.impact.errors import ImpactError
from detente.impact.plain import scenario_shock, sheets_of, tables_of
from tests.impact.small_world import tables

FILES = {
    "sectors": "sector,theta\ng,4\n",
    "flows": "sector,importer,A,B\ng,A,8,1\ng,B,1,8\n",
    "value_added": "sector,A,B\ng,0.5,0.5\n",
    "inputs": "country,input,g\nA,g,1\nB,g,1\n",
}


def folder(path: Path, **changed: str) -> str:
    for name, text in {**FILES, **changed}.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return str(path)


def test_a_folder_of_the_plain_layout_is_an_economy(tmp_path: Path) -> None:
    economy = calibrate(tables_of(sheets_of(folder(tmp_path))))
    assert economy.countries == ("A", "B")
    assert economy.share[0, 0, 1] == pytest.approx(1 / 9)  # 1 of 8 + 1
    assert economy.income == pytest.approx([4.5, 4.5])  # half of 9


@pytest.mark.parametrize(
    ("sheet", "text", "message"),
    [
        ("flows", "sector,importer,A,B\ng,A,8,-1\ng,B,1,8\n", r"flows \[g, A, B\] is -1"),
        ("flows", "sector,importer,A,B\ng,A,0,0\ng,B,1,8\n", "sector g of A buys nothing"),
        ("flows", "sector,importer,A,B\ng,A,8,1\ng,X,1,8\n", "'X' in the row g, X is unknown"),
        ("flows", "sector,importer,A,B\ng,A,8\n", "line 2: 3 cells, and the first line has 4"),
        ("flows", "sector,importer,A,B\ng,A,8,x\n", "line 2, column B: 'x' is no number"),
        ("flows", "sector,importer,A,B\ng,A,8,1\ng,A,8,1\n", "line 3: g, A stands twice"),
        ("inputs", "country,input,g\nA,g,0.7\nB,g,1\n", r"inputs \[A, g\]: .* add up to 0.7"),
        ("inputs", "country,input,g\nA,g,1\n", "the row B, g is missing"),
        ("value_added", "sector,A,B\ng,0.5,1.5\n", r"value_added \[g, B\] is 1.5"),
        ("value_added", "sector,A,C\ng,0.5,0.5\n", "column 'B' is unknown or missing"),
        ("sectors", "sector,theta\ng,0\n", r"theta \[g\] is 0: must be above 0"),
        ("tariffs", "sector,importer,A,B\ng,A,0.1,0\n", "at home must be 0"),
        ("final", "sector,A,B\ng,1,0.5\n", r"final \[B\]: the shares add up to 0.5"),
    ],
)
def test_a_table_that_is_wrong_names_its_row_and_column(
    tmp_path: Path, sheet: str, text: str, message: str
) -> None:
    with pytest.raises(ImpactError, match=message):
        calibrate(tables_of(sheets_of(folder(tmp_path, **{sheet: text}))))


def test_a_scenario_reads_tariffs_caps_and_stars(tmp_path: Path) -> None:
    text = "sector,importer,exporter,tariff,cap\n*,A,*,0.25,\ng,B,A,,0.5\n"
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    economy = calibrate(tables_of(sheets_of(folder(tmp_path))))
    shock = scenario_shock(economy, {}, str(tmp_path / "mine.csv"))
    assert shock.tau is not None
    assert shock.tau[0].tolist() == [[1, 1.25], [1, 1]]
    assert shock.caps == ((0, 1, 0, 0.5, False),)


def test_a_scenario_with_an_unknown_country_names_the_row(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("sector,importer,exporter,tariff\ng,X,A,0.1\n")
    economy = calibrate(tables_of(sheets_of(folder(tmp_path))))
    with pytest.raises(ImpactError, match="row g, X, A: no country 'X'"):
        scenario_shock(economy, {}, str(tmp_path / "mine.csv"))


def test_a_table_of_another_shape_is_refused() -> None:
    plain = tables(1)
    with pytest.raises(ImpactError, match=r"theta has the shape \(3,\), and \(2,\) is needed"):
        calibrate(plain._replace(theta=np.ones(3)))
