from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from detente.impact.accounts.plain import scenario_shock, sheets_of, tables_of
from detente.impact.accounts.published import read_seven, read_wiod
from detente.impact.accounts.worlds import open_world
from detente.impact.economy import calibrate
from detente.impact.equilibrium_answer import Options, of_tables
from detente.impact.errors import ImpactError
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
        ("flows", "sector,importer,A,B\ng,A,8,x\n", "line 2, column B: 'x' is not a number"),
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


HEADERS = {name: text.splitlines()[0] + "\n" for name, text in FILES.items()}


@pytest.mark.parametrize("sheet", [*FILES, "tariffs", "final"])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "has no row under its first line: write one a"),
        ("", "line 1: the first columns must be .*; the line is ''"),
        ("a;b;c\n1;2;3\n", "line 1: the first columns must be"),
        (b"\xff\xfes\x00", "line 1 or after, is not UTF-8"),
        ("sector\0,A\n", "line 1: a zero byte"),
        ('"' + "x" * 200_000, "line 1: field larger than field limit"),
    ],
    ids=["header only", "empty", "semicolons", "UTF-16", "zero byte", "huge cell"],
)
def test_a_file_that_is_no_table_names_itself_its_line_and_what_was_expected(
    tmp_path: Path, sheet: str, text: str | bytes | None, message: str
) -> None:
    folder(tmp_path)
    head = {"tariffs": HEADERS["flows"], "final": HEADERS["value_added"], **HEADERS}[sheet]
    path = tmp_path / f"{sheet}.csv"
    path.write_bytes(text if isinstance(text, bytes) else (head if text is None else text).encode())
    with pytest.raises(ImpactError, match=f"{sheet}.csv.*{message}"):
        calibrate(tables_of(sheets_of(str(tmp_path))))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sector,importer,exporter,tariff\n", "has no row under its first line"),
        ("sector,importer,exporter,tariff\ng,A,B,\n", "changes nothing: every cell"),
        ("sector,importer,exporter,tariff\ng,A,A,0.2\n", "row g, A, A: sales at home"),
        ("sector,importer,exporter,tarif\ng,A,B,0.2\n", "column 'tarif' is not one of"),
        ("sector,importer,exporter,tariff\nh,A,B,0.2\n", "row h, A, B: no sector 'h'"),
    ],
)
def test_a_scenario_that_changes_nothing_or_names_nothing_is_refused(
    tmp_path: Path, text: str, message: str
) -> None:
    economy = calibrate(tables_of(sheets_of(folder(tmp_path))))
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImpactError, match=message):
        scenario_shock(economy, {}, str(path))


def test_an_answer_says_which_tariffs_count_as_zero(tmp_path: Path) -> None:
    scenario = "sector,importer,exporter,tariff\ng,A,B,0.2\n"
    half = "sector,importer,A,B\ng,A,0,0.1\n"
    for given, described, status in (
        ({}, "tariffs of 0 of 2 pairs", "partly"),
        ({"tariffs": half}, "tariffs of 1 of 2 pairs", "partly"),
        ({"tariffs": f"{half}g,B,0.1,0\n"}, "2 countries, 1 sectors", "ok"),
    ):
        where = folder(tmp_path, **given, **{"scenario-s": scenario})
        answer = of_tables(open_world(where), "s", Options(draws=0))
        assert answer["coverage"][0]["scope"].find(described) >= 0, answer["coverage"]
        assert answer["status"] == status


LONG = {
    "TradeFlow2017": "iso_o,iso_d,indcode,tradevalue",
    "tariff_prewar2017": "iso_o,iso_d,indcode,AHS_simple",
    "vashare": "iso_o,indcode,vashare",
    "IOshare": "iso_o,input_ind,output_ind,valueshare",
    "finalshare": "iso_o,input_ind,finalshare",
    "cal_elasticities": "industry,\\theta",
}


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda head: head + "\n", "has no row under its first line"),
        (lambda head: "", "line 1: the column .* is missing; the columns needed are"),
        (lambda head: head.rsplit(",", 1)[0] + "\n", "line 1: the column .* is missing"),
        (lambda head: head + "\n1,2\n" * 1 if head.count(",") != 1 else head + "\n1\n", "cells"),
        (lambda head: head + "\n" + "1," * head.count(",") + "x\n", "'x' is not a number"),
    ],
    ids=["header only", "empty", "column missing", "short row", "no number"],
)
def test_a_long_table_that_is_wrong_names_file_and_line(
    tmp_path: Path, name: str, change: Callable[[str], str], message: str
) -> None:
    for each, head in LONG.items():
        row = ",".join(["1"] * (head.count(",") + 1))
        (tmp_path / f"{each}.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    (tmp_path / f"{name}.csv").write_text(change(LONG[name]), encoding="utf-8")
    with pytest.raises(ImpactError, match=f"{name}.csv.*{message}"):
        read_seven(tmp_path)


PAIRS = "0.9,0.1\n0.1,0.9\n0.9,0.1\n0.1,0.9\n"
MATRICES = {
    "Din2014": PAIRS,
    "tariffs2014": "1,1\n1,1\n1,1\n1,1\n",
    "G": "0.5,0.5\n0.5,0.5\n0.5,0.5\n0.5,0.5\n",
    "B": "0.5,0.5\n0.5,0.5\n",
    "alphas": "0.5,0.5\n0.5,0.5\n",
    "VA_n": "1\n1\n",
    "S_n": "0\n0\n",
    "X0": "1,1\n1,1\n",
    "bltau_draws": "a\tb\n4\t5\n4\t5\n",
}
"""Two sectors and two countries."""


def matrices(path: Path, **changed: str) -> Path:
    for name, text in {**MATRICES, **changed}.items():
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
    return path


def test_matrices_that_fit_are_an_economy(tmp_path: Path) -> None:
    economy, draws = read_wiod(matrices(tmp_path), ("A", "B"))
    assert economy.share.shape == (2, 2, 2)
    assert draws.shape == (2, 2)


@pytest.mark.parametrize("name", [name for name in MATRICES if name not in ("B", "bltau_draws")])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no row of numbers"),
        ("1,x\n", "line 1: 'x' is not a number"),
        ("1,nan\n", "line 1: 'nan' is not a number"),
        ("1,2\n3\n", "line 2: 1 numbers, and the lines before 2"),
        ("1,2,3,4,5,6,7\n", "has 7 numbers, and .* are needed"),
    ],
    ids=["empty", "text", "nan", "ragged", "another size"],
)
def test_a_matrix_that_is_wrong_names_file_line_and_size(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    matrices(tmp_path, **{name: text})
    with pytest.raises(ImpactError, match=f"{name}.txt.*{message}"):
        read_wiod(tmp_path, ("A", "B"))


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
