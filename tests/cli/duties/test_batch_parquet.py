"""``detente batch`` from and to Parquet: the contract of its columns, and nothing half written."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import numpy
import polars
import pytest

from detente.batch import files as batch_files
from detente.batch.columns import FAMILIES, OUTPUT
from tests.cli.conftest import Run
from tests.small_register import write_register

ENTRIES = polars.DataFrame(
    {
        "id": [1, 2, 3, 4],
        "code": ["8507.60.00.10", "8507.60.00.10", "nothing", "9503.00.00"],
        "origin": ["CN", "CN", "CN", "JP"],
        "on": ["2025-05-01", "2025-02-03", "2025-05-01", "2025-05-01"],
        "value": ["1000", "1000", "1000", None],
    }
)


class Desk:
    """A folder with a register and a table, and the command over them."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self.run_it = folder, run
        self.register = str(write_register(folder))
        self.source = folder / "in.parquet"
        ENTRIES.write_parquet(self.source)

    def batch(self, source: str, target: str) -> tuple[int, str]:
        words = ("batch", str(self.folder / source), "-o", str(self.folder / target))
        ran = self.run_it(*words, "--register", self.register)
        return ran.code, ran.err


@pytest.fixture
def service(tmp_path: Path, run: Run) -> Desk:
    return Desk(tmp_path, run)


def test_types_are_exact_and_texts_are_stored_once(service: Desk) -> None:
    assert service.batch("in.parquet", "out.parquet") == (0, "4 rows: 3 ok, 1 unresolved\n")
    found = polars.read_parquet(service.folder / "out.parquet")
    assert found.columns == [*ENTRIES.columns, *OUTPUT]
    assert found.select(ENTRIES.columns).equals(ENTRIES)
    assert found.schema["total_ad_valorem"] == polars.Decimal(12, 6)
    for name in ("total_amount", "refundable_amount", *FAMILIES):
        assert found.schema[name] == polars.Decimal(18, 2)
    assert found.schema["headings"] == polars.String
    for name in ("status", "reason", "layers"):
        assert found.schema[name] == polars.Categorical
    # 3.4 + 10 of 1000; 3.4 alone the day before; no such code; toys of Japan, without a value.
    amounts = [Decimal("134.00"), Decimal("34.00"), None, None]
    assert found["total_amount"].to_list() == amounts
    assert found["duty_232"].to_list() == [Decimal("0.00"), Decimal("0.00"), None, None]


def test_csv_and_parquet_say_the_same(service: Desk) -> None:
    service.batch("in.parquet", "out.csv")
    service.batch("in.parquet", "out.parquet")
    service.batch("out.csv", "again.csv")
    with open(service.folder / "out.csv", encoding="utf-8", newline="") as file:
        texts = list(csv.DictReader(file))
    found = polars.read_parquet(service.folder / "out.parquet").to_dicts()
    for text, row in zip(texts, found, strict=True):
        for name in ("status", "reason", "headings", "layers", "id"):
            assert text[name] == str(row[name])
        for name in ("total_ad_valorem", "total_amount", *FAMILIES):
            assert (Decimal(text[name]) if text[name] else None) == row[name]


def test_rows_stay_in_order_over_many_chunks(
    service: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_files, "GROUP", 7)
    many = polars.concat([ENTRIES] * 25).with_columns(id=polars.int_range(100))
    many.write_parquet(service.source, row_group_size=30)
    assert service.batch("in.parquet", "out.parquet")[0] == 0
    found = polars.read_parquet(service.folder / "out.parquet")
    assert found["id"].to_list() == list(range(100))
    assert found["total_amount"].to_list()[:100:4] == [Decimal("134.00")] * 25


ODD = {
    "list": polars.Series([[1, 2], None, [], [3]]),
    "struct": polars.Series([{"a": 1}, None, {"a": 2}, {"a": 3}]),
    "bytes": polars.Series([b"\xff\x00", None, b"", b"ab"]),
    "time": polars.Series([timedelta(days=1), None, timedelta(0), timedelta(hours=2)]),
}


@pytest.mark.parametrize("kind", list(ODD))
@pytest.mark.parametrize("target", ["out.parquet", "out.csv"])
def test_a_column_of_any_type_is_kept_beside_rows_that_are_answered_alone(
    service: Desk, kind: str, target: str
) -> None:
    odd = ENTRIES.with_columns(ODD[kind].alias("odd"), value=polars.lit("x"))
    odd.write_parquet(service.source)
    assert service.batch("in.parquet", target) == (0, "4 rows: 4 unresolved\n")
    if target == "out.parquet":
        found = polars.read_parquet(service.folder / target)
        assert found["odd"].equals(odd["odd"])
    else:
        assert polars.read_csv(service.folder / target).height == 4


def test_a_column_that_is_asked_by_but_holds_no_texts_is_refused(service: Desk) -> None:
    ENTRIES.with_columns(code=polars.Series([["a"]] * 4)).write_parquet(service.source)
    code, error = service.batch("in.parquet", "out.parquet")
    assert code == 2
    assert "the column code is List(String): texts, numbers, days or true and false" in error


def test_moments_without_an_offset_are_days_where_they_are_midnight(service: Desk) -> None:
    days = [datetime(2025, 5, 1), datetime(2025, 2, 3), None, datetime(2025, 5, 1, 9, 30)]
    good = ENTRIES.with_columns(on=polars.Series(days), code=polars.lit("8507.60.00.10"))
    good.write_parquet(service.source)
    service.batch("in.parquet", "out.parquet")
    found = polars.read_parquet(service.folder / "out.parquet")
    assert found["status"].to_list() == ["ok", "ok", "unresolved", "unresolved"]
    assert found["reason"][3].startswith("'2025-05-01T09:30:00' is neither a day nor an instant")
    assert found["on"].equals(good["on"])


def test_floats_are_the_numbers_that_were_meant(service: Desk) -> None:
    ENTRIES.with_columns(
        code=polars.Series([8507600010.0, 8507600010.0, None, 307430000.0]),
        value=polars.Series([1000.0, 0.1 + 0.2, 5.0, 5.0]),
    ).write_parquet(service.source)
    service.batch("in.parquet", "out.parquet")
    found = polars.read_parquet(service.folder / "out.parquet")
    assert found["status"].to_list() == ["ok", "ok", "unresolved", "unresolved"]
    # 13.4% of 1000; 3.4% of 0.30 is 0.0102
    assert found["total_amount"].to_list()[:2] == [Decimal("134.00"), Decimal("0.01")]
    assert "has 9 digits" in found["reason"][3]


def test_a_damaged_file_is_told_of_and_not_traced(service: Desk) -> None:
    polars.concat([ENTRIES] * 5_000).write_parquet(service.source, compression="uncompressed")
    content = bytearray(service.source.read_bytes())
    content[4:2_000] = bytes(1_996)
    service.source.write_bytes(content)
    code, error = service.batch("in.parquet", "out.parquet")
    assert code == 2
    assert "in.parquet is" in error
    assert not (service.folder / "out.parquet").exists()


def test_a_table_without_rows_gives_its_columns(service: Desk) -> None:
    ENTRIES.head(0).write_parquet(service.source)
    assert service.batch("in.parquet", "out.parquet") == (0, "0 rows: none\n")
    found = polars.read_parquet(service.folder / "out.parquet")
    assert (found.height, found.columns) == (0, [*ENTRIES.columns, *OUTPUT])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no table at all", "in.parquet is not a Parquet file"),
        (None, "in.parquet"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_old_output(
    service: Desk, content: bytes | None, message: str
) -> None:
    (service.folder / "out.parquet").write_bytes(b"yesterday")
    service.source.unlink()
    if content is not None:
        service.source.write_bytes(content)
    code, error = service.batch("in.parquet", "out.parquet")
    assert code == 2
    assert message in error
    assert (service.folder / "out.parquet").read_bytes() == b"yesterday"
    assert not list(service.folder.glob("*.part"))


def test_a_fault_in_the_middle_leaves_nothing_half_written(
    service: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.batch.answer import Batch
    from detente.batch.pages.entries import ColumnTable
    from detente.batch.words import CodedTable

    monkeypatch.setattr(batch_files, "GROUP", 2)
    answer = Batch.answer_read

    def stumbling(self: Batch, table: ColumnTable, read: CodedTable) -> object:
        if ("nothing",) in table.row_texts(numpy.arange(len(table)), ["code"]):
            raise ValueError("the third row is too much")
        return answer(self, table, read)

    monkeypatch.setattr(Batch, "answer_read", stumbling)
    code, error = service.batch("in.parquet", "out.parquet")
    assert (code, error) == (2, "detente batch: the third row is too much\n")
    assert not list(service.folder.glob("out*"))


def test_another_kind_of_file_is_refused(service: Desk) -> None:
    code, error = service.batch("in.parquet", "out.ods")
    assert code == 2
    assert "out.ods: a table is written as .csv, .tsv, .xlsx, .parquet or .arrow" in error


def test_without_the_extra_csv_is_answered_row_by_row_and_parquet_says_what_to_install(
    service: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.batch("in.parquet", "in.csv")
    text = (service.folder / "in.csv").read_text(encoding="utf-8")
    rows = [",".join(line.split(",")[:5]) for line in text.splitlines()]
    (service.folder / "in.csv").write_text("\n".join(rows), encoding="utf-8")
    service.batch("in.csv", "fast.csv")
    monkeypatch.setattr(
        "importlib.util.find_spec",
        lambda name, package=None: None if name == "polars" else find_spec(name, package),
    )
    assert service.batch("in.csv", "slow.csv") == (0, "4 rows: 3 ok, 1 unresolved\n")
    fast, slow = ((service.folder / name).read_bytes() for name in ("fast.csv", "slow.csv"))
    assert fast == slow
    code, error = service.batch("in.csv", "out.parquet")
    assert code == 2
    assert 'pip install "detente[batch]"' in error
