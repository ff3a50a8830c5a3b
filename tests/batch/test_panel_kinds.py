"""A panel of three rows in every kind of file, each cell as it was worked out."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars
import pytest

from detente.batch.panels import panel_file, panel_labels
from detente.batch.panels.panel_file import PanelSpan, _exact
from detente.batch.panels.panel_labels import check_kind, labels_of, write_kind
from detente.core.tables.writing import MOST_ROWS
from detente.register.book import Register

SPAN = PanelSpan(("CN",), "2025-11-09", "2025-11-12")
ROWS = [
    ("0101210010", "CN", date(2025, 11, 9), date(2025, 11, 10), "0.200000", "0.000000"),
    ("0101210010", "CN", date(2025, 11, 10), date(2025, 11, 12), "0.100000", "0.000000"),
    ("0402105000", "HK", date(2025, 11, 9), date(2025, 11, 12), None, None),
]
NAMES = ("code", "origin", "from", "until", "ad_valorem", "rate_base")


@pytest.fixture(autouse=True)
def _made(monkeypatch: pytest.MonkeyPatch) -> None:
    """The panel is made of the rows above."""

    def write(register: Any, schedule: Any, span: PanelSpan, target: Path) -> int:
        assert span is SPAN
        frame = polars.DataFrame(
            [[None if cell is None else Decimal(cell) if at > 3 else cell
              for at, cell in enumerate(row)] for row in ROWS],
            schema={"code": polars.Categorical, "origin": polars.Categorical,
                    "from": polars.Date, "until": polars.Date,
                    "ad_valorem": polars.Decimal(12, 6), "rate_base": polars.Decimal(12, 6)},
            orient="row",
        )  # fmt: skip
        frame.write_parquet(target)
        return len(frame)

    monkeypatch.setattr(panel_labels, "write_panel", write)


def written(path: Path, columns: str = "") -> Path:
    schedule: Any = None
    assert write_kind(Register.built_in(), schedule, SPAN, path, columns) == 3
    return path


def test_a_parquet_panel_keeps_exact_decimals_and_the_columns_that_are_asked(
    tmp_path: Path,
) -> None:
    found = polars.read_parquet(written(tmp_path / "a.parquet", "origin,ad_valorem"))
    assert found.columns == ["origin", "ad_valorem"]
    assert found["ad_valorem"].to_list() == [Decimal("0.2"), Decimal("0.1"), None]
    assert found["ad_valorem"].dtype == polars.Decimal(12, 6)
    with pytest.raises(ValueError, match="rate_bse"):
        written(tmp_path / "b.parquet", "rate_bse")


def test_a_csv_panel_has_plain_numbers_and_a_book_of_its_columns(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "code,from,until,ad_valorem,rate_base")
    assert path.read_text("utf-8").splitlines() == [
        "code,from,until,ad_valorem,rate_base",
        "0101210010,2025-11-09,2025-11-10,0.2,0.0",
        "0101210010,2025-11-10,2025-11-12,0.1,0.0",
        "0402105000,2025-11-09,2025-11-12,,",
    ]
    title = Register.built_in().families["base"][0]
    with (tmp_path / "a.codebook.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["column", "label", "unit"],
            ["code", "Line of the tariff schedule, digits", ""],
            ["from", "First day of the rate", "day"],
            ["until", "Day after the last day of the rate", "day"],
            ["ad_valorem", "All duties", "fraction of customs value"],
            ["rate_base", f"Duty of the family: {title}", "fraction of customs value"],
        ]


def test_a_workbook_has_percentages_and_days_as_texts(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(written(tmp_path / "a.xlsx")).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert tuple(rows[0]) == NAMES
    assert rows[1] == ["0101210010", "CN", "2025-11-09", "2025-11-10", 0.2, 0]
    assert rows[3][4:] == [None, None]
    assert "%" in sheet.cell(2, 5).number_format
    assert len(rows) == 4


@pytest.mark.once  # its library is not among those of a second Python
def test_a_stata_file_has_dates_and_labels_of_eighty_signs(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    path = written(tmp_path / "a.dta", "code,from,ad_valorem,rate_base")
    with pandas.io.stata.StataReader(path) as reader:
        labels, table = reader.variable_labels(), reader.read()
    assert labels["code"] == "Line of the tariff schedule, digits"
    assert all(0 < len(label) <= 80 for label in labels.values())
    assert table["code"].tolist() == ["0101210010", "0101210010", "0402105000"]
    assert [str(day.date()) for day in table["from"]] == ["2025-11-09", "2025-11-10", "2025-11-09"]
    assert table["ad_valorem"].tolist()[:2] == [0.2, 0.1]
    assert table["ad_valorem"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize(("rows", "fits"), [(MOST_ROWS - 1, True), (MOST_ROWS, False)])
def test_more_rows_than_a_sheet_holds_are_refused_with_what_to_write(
    tmp_path: Path, rows: int, fits: bool
) -> None:
    frame = polars.LazyFrame({"code": ["1"], "ad_valorem": ["0.1"]})
    if fits:
        panel_labels._write_workbook(frame, rows, tmp_path / "a.xlsx")
        assert (tmp_path / "a.xlsx").exists()
        return
    with pytest.raises(ValueError, match=f"holds {MOST_ROWS - 1:,} rows and there are {rows:,}"):
        panel_labels._write_workbook(frame, rows, tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()


def test_a_kind_is_told_by_the_suffix_in_any_letters() -> None:
    for name, kind in (("A.CSV", ".csv"), ("a.Parquet", ".parquet"), ("a.xlsx", ".xlsx")):
        assert check_kind(Path(name)) == kind


def test_a_family_that_the_register_does_not_know_is_called_by_its_word() -> None:
    found = labels_of(Register.built_in(), ["rate_tithe", "until"])
    assert found == {
        "rate_tithe": ("Duty of the family: tithe", "fraction of customs value"),
        "until": ("Day after the last day of the rate", "day"),
    }


@pytest.mark.parametrize(("millionths", "text"), [(1, "0.000001"), (250_000, "0.250000"),
                                                  (0, "0.000000")])  # fmt: skip
def test_millionths_are_exact_decimals(millionths: int, text: str) -> None:
    assert _exact(millionths) == Decimal(text)
    assert _exact(None) is None


def test_rows_are_given_on_in_pieces_of_a_million(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frames = [polars.DataFrame({"code": [str(at)] * size}) for at, size in enumerate((2, 3, 1))]
    monkeypatch.setattr(panel_file, "ROWS", 5)
    monkeypatch.setattr(panel_file, "_frames", lambda panel, origins: iter(frames))
    monkeypatch.setattr(panel_file, "Engine", lambda *_, **__: None)
    monkeypatch.setattr(panel_file.CompiledCells, "of", lambda register: None)

    class Families:
        rate_columns = ("ad_valorem",)

        def __init__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(panel_file, "Panel", Families)
    made: list[Any] = []
    monkeypatch.setattr(
        "polars.io.plugins.register_io_source", lambda source, schema: made.append((source, schema))
    )
    nothing: Any = None
    panel_file.panel_of(nothing, nothing, SPAN)
    ((source, schema),) = made
    assert [len(frame) for frame in source()] == [5, 1]
    assert list(schema) == ["code", "origin", "from", "until", "ad_valorem"]
