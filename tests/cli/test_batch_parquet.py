"""``detente batch`` from and to Parquet: the contract of its columns, and nothing half written."""

from __future__ import annotations

import csv
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import polars
import pytest

from detente.answer import batch_files
from detente.answer.batch_rows import FAMILIES, OUTPUT
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
def desk(tmp_path: Path, run: Run) -> Desk:
    return Desk(tmp_path, run)


def test_types_are_exact_and_texts_are_stored_once(desk: Desk) -> None:
    assert desk.batch("in.parquet", "out.parquet") == (0, "4 rows: 3 ok, 1 unresolved\n")
    found = polars.read_parquet(desk.folder / "out.parquet")
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


def test_csv_and_parquet_say_the_same(desk: Desk) -> None:
    desk.batch("in.parquet", "out.csv")
    desk.batch("in.parquet", "out.parquet")
    desk.batch("out.csv", "again.csv")
    with open(desk.folder / "out.csv", encoding="utf-8", newline="") as file:
        texts = list(csv.DictReader(file))
    found = polars.read_parquet(desk.folder / "out.parquet").to_dicts()
    for text, row in zip(texts, found, strict=True):
        for name in ("status", "reason", "headings", "layers", "id"):
            assert text[name] == str(row[name])
        for name in ("total_ad_valorem", "total_amount", *FAMILIES):
            assert (Decimal(text[name]) if text[name] else None) == row[name]


def test_rows_stay_in_order_over_many_chunks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_files, "CHUNK", 7)
    many = polars.concat([ENTRIES] * 25).with_columns(id=polars.int_range(100))
    many.write_parquet(desk.source, row_group_size=30)
    assert desk.batch("in.parquet", "out.parquet")[0] == 0
    found = polars.read_parquet(desk.folder / "out.parquet")
    assert found["id"].to_list() == list(range(100))
    assert found["total_amount"].to_list()[:100:4] == [Decimal("134.00")] * 25


def test_a_table_without_rows_gives_its_columns(desk: Desk) -> None:
    ENTRIES.head(0).write_parquet(desk.source)
    assert desk.batch("in.parquet", "out.parquet") == (0, "0 rows: none\n")
    found = polars.read_parquet(desk.folder / "out.parquet")
    assert (found.height, found.columns) == (0, [*ENTRIES.columns, *OUTPUT])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no table at all", "in.parquet is no Parquet file"),
        (None, "in.parquet is not there"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_old_output(
    desk: Desk, content: bytes | None, message: str
) -> None:
    (desk.folder / "out.parquet").write_bytes(b"yesterday")
    desk.source.unlink()
    if content is not None:
        desk.source.write_bytes(content)
    code, error = desk.batch("in.parquet", "out.parquet")
    assert code == 2
    assert message in error
    assert (desk.folder / "out.parquet").read_bytes() == b"yesterday"
    assert not list(desk.folder.glob("*.part"))


def test_a_fault_in_the_middle_leaves_nothing_half_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.answer.batch import Batch
    from detente.answer.batch_words import Read

    monkeypatch.setattr(batch_files, "CHUNK", 2)
    answer = Batch.answer_read

    def stumbling(self: Batch, frame: polars.DataFrame, read: Read) -> object:
        if 3 in frame["id"].to_list():
            raise ValueError("the third row is too much")
        return answer(self, frame, read)

    monkeypatch.setattr(Batch, "answer_read", stumbling)
    code, error = desk.batch("in.parquet", "out.parquet")
    assert (code, error) == (2, "detente batch: the third row is too much\n")
    assert not list(desk.folder.glob("out*"))


def test_another_kind_of_file_is_refused(desk: Desk) -> None:
    code, error = desk.batch("in.parquet", "out.xlsx")
    assert code == 2
    assert "out.xlsx: a table is a .csv or a .parquet file" in error


def test_without_the_extra_csv_is_answered_row_by_row_and_parquet_says_what_to_install(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.batch("in.parquet", "in.csv")
    text = (desk.folder / "in.csv").read_text(encoding="utf-8")
    rows = [",".join(line.split(",")[:5]) for line in text.splitlines()]
    (desk.folder / "in.csv").write_text("\n".join(rows), encoding="utf-8")
    desk.batch("in.csv", "fast.csv")
    monkeypatch.setattr(
        "importlib.util.find_spec",
        lambda name, package=None: None if name == "polars" else find_spec(name, package),
    )
    assert desk.batch("in.csv", "slow.csv") == (0, "4 rows: 3 ok, 1 unresolved\n")
    fast, slow = ((desk.folder / name).read_bytes() for name in ("fast.csv", "slow.csv"))
    assert fast == slow
    code, error = desk.batch("in.csv", "out.parquet")
    assert code == 2
    assert 'pip install "detente[batch]"' in error
