"""A panel for Stata or R: the rates of the Parquet file, with a label for every column."""

from __future__ import annotations

import csv
from pathlib import Path

import polars
import pytest

from detente.batch.panels.panel_file import PanelSpan, write_panel
from detente.batch.panels.panel_labels import check_kind, write_kind
from detente.goods.schedule import Schedule
from detente.register.book import Register

SPAN = PanelSpan(("CN",), "2025-11-09", "2025-11-12")


@pytest.fixture(scope="module")
def exact(
    register: Register, schedule: Schedule, tmp_path_factory: pytest.TempPathFactory
) -> polars.DataFrame:
    path = tmp_path_factory.mktemp("panel") / "panel.parquet"
    write_panel(register, schedule, SPAN, path)
    return polars.read_parquet(path)


def test_a_csv_panel_has_the_same_rates_and_a_codebook_of_every_column(
    register: Register, schedule: Schedule, exact: polars.DataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "china.csv"
    assert write_kind(register, schedule, SPAN, path) == len(exact)
    plain = polars.read_csv(path, schema_overrides={"code": polars.String})
    assert plain.columns == exact.columns
    assert plain["code"].to_list() == exact["code"].cast(polars.String).to_list()
    rates = exact["ad_valorem"].cast(polars.Float64)
    assert (plain["ad_valorem"].fill_null(-1) - rates.fill_null(-1)).abs().max() < 1e-9
    with (tmp_path / "china.codebook.csv").open(encoding="utf-8", newline="") as file:
        book = list(csv.DictReader(file))
    assert [row["column"] for row in book] == exact.columns
    assert all(row["label"] for row in book)
    assert {row["unit"] for row in book if row["column"].startswith("rate_")} == {
        "fraction of customs value"
    }


def test_a_stata_panel_carries_its_labels_and_dates(
    register: Register, schedule: Schedule, exact: polars.DataFrame, tmp_path: Path
) -> None:
    pandas = pytest.importorskip("pandas")
    path = tmp_path / "china.dta"
    assert write_kind(register, schedule, SPAN, path) == len(exact)
    with pandas.io.stata.StataReader(path) as reader:
        labels, table = reader.variable_labels(), reader.read()
    assert labels["ad_valorem"] == "All duties"
    assert all(labels.values())
    assert str(table["from"].min().date()) == "2025-11-09"
    assert len(table) == len(exact)


@pytest.mark.parametrize("name", ["panel", "panel.sas7bdat", "panel.txt"])
def test_another_kind_of_file_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(ValueError, match=r"a panel is a \.parquet, \.csv, \.xlsx, \.dta file"):
        check_kind(Path(name))


def test_stata_without_pandas_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.batch.panels.panel_labels.find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"needs pandas: pip install 'detente\[stata\]'"):
        check_kind(Path("panel.dta"))
