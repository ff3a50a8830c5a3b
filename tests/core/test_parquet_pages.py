"""Parquet that is written page by page is read as what was given, by whoever reads it."""

from __future__ import annotations

import io
from datetime import date
from random import Random
from typing import Any

import numpy
import polars
import pytest

from detente.core.tables.parquet import (
    CodedTexts,
    ColumnPages,
    LooseTexts,
    Packing,
    ParquetWriter,
    WholeNumbers,
    by_polars,
    packed_column,
    packing,
    text_bytes,
)
from detente.core.tables.thrift import (
    BINARY,
    BYTE,
    DOUBLE,
    I16,
    LIST,
    STRUCT,
    TRUE,
    Field,
    FieldItems,
    Struct,
    int32,
    int64,
    read_struct,
    struct_bytes,
)

MISSING = -(2**63)
SCHEMA = {
    "few": polars.Categorical(),
    "many": polars.String(),
    "loose": polars.String(),
    "cents": polars.Decimal(18, 2),
    "rate": polars.Decimal(12, 6),
}
OTHERS = {
    "day": polars.Date(),
    "nested": polars.Struct({"a": polars.Int8(), "b": polars.List(polars.String())}),
    "maybe": polars.String(),
}


def packings() -> list[Packing]:
    found = [packing(name) for name in ("zstd", "uncompressed")]
    return [each for each in found if each is not None]


def begun(target: io.BytesIO, schema: dict[str, Any], packed: Packing) -> ParquetWriter:
    """A file that has these columns, as polars has them."""
    footer = by_polars(polars.DataFrame(schema=schema), packed).footer
    return ParquetWriter(target, [*schema], footer, packed)


def read(target: io.BytesIO) -> polars.DataFrame:
    return polars.read_parquet(io.BytesIO(target.getvalue()))


def drawn(rows: int, seed: int) -> tuple[dict[str, ColumnPages], dict[str, list[Any]]]:
    """Columns of pages, and what a reader must find."""
    draw = Random(seed)
    few, many = ["", "ä", "long " * 90], [f"text {number}" for number in range(rows // 2 + 1)]
    picked = [draw.randrange(3) for _ in range(rows)]
    chosen = [draw.randrange(len(many)) for _ in range(rows)]
    loose = ["x" * draw.choice([0, 1, 7, 300]) + str(draw.random()) for _ in range(rows)]
    cents = [draw.choice([None, 0, 17, -5, 10**17]) for _ in range(rows)]
    missing = [MISSING if each is None else each for each in cents]
    pages: dict[str, ColumnPages] = {
        "few": CodedTexts(numpy.array(picked), 3, b"".join(map(text_bytes, few))),
        "many": CodedTexts(numpy.array(chosen), len(many), b"".join(map(text_bytes, many))),
        "loose": LooseTexts(
            numpy.array([len(each.encode()) for each in loose]), "".join(loose).encode()
        ),
        "cents": WholeNumbers(numpy.array(missing), MISSING, True),
        "rate": WholeNumbers(numpy.full(rows, 250_000), MISSING),
    }
    expected: dict[str, list[Any]] = {
        "few": [few[each] for each in picked],
        "many": [many[each] for each in chosen],
        "loose": loose,
        "cents": [None if each is None else each / 100 for each in cents],
        "rate": [0.25] * rows,
    }
    return pages, expected


def others(rows: int) -> polars.DataFrame:
    return polars.DataFrame(
        {
            "day": [date(2026, 1, 1 + number % 28) for number in range(rows)],
            "nested": [{"a": number % 100, "b": ["x"] * (number % 3)} for number in range(rows)],
            "maybe": [None if number % 2 else str(number) for number in range(rows)],
        },
        schema=OTHERS,
    )


@pytest.mark.parametrize("packed", packings(), ids=lambda each: each.name)
@pytest.mark.parametrize("groups", [[1], [7, 8, 9], [33, 128, 129, 130], [1_000, 70_000]])
def test_columns_are_read_as_they_were_given(packed: Packing, groups: list[int]) -> None:
    target = io.BytesIO()
    schema = {"day": OTHERS["day"], **SCHEMA, **OTHERS}  # in another order than they are written
    writer = begun(target, schema, packed)
    expected: dict[str, list[Any]] = {name: [] for name in SCHEMA}
    for seed, rows in enumerate(groups):
        pages, values = drawn(rows, seed)
        for name, column in values.items():
            expected[name] += column
        # Some are packed before, by whoever read them.
        before = {name: packed_column(pages.pop(name), packed) for name in ("few", "loose")}
        writer.add(rows, pages, before, by_polars(others(rows), packed))
    writer.close()
    found = read(target)
    assert found.schema == polars.Schema(schema)
    cast = found.with_columns(
        polars.col("few").cast(polars.String), polars.col("cents", "rate").cast(polars.Float64)
    )
    assert {name: cast[name].to_list() for name in SCHEMA} == expected
    assert cast.select([*OTHERS]).equals(polars.concat(map(others, groups)).select([*OTHERS]))


@pytest.mark.once
def test_another_library_reads_the_same() -> None:
    arrow = pytest.importorskip("pyarrow.parquet")
    target = io.BytesIO()
    writer = begun(target, SCHEMA, packings()[0])
    for seed in range(2):
        pages, _ = drawn(1_000, seed)
        writer.add(1_000, pages, {})
    writer.close()
    found = arrow.read_table(io.BytesIO(target.getvalue()))
    expected = read(target)
    for name in ("many", "loose", "cents", "rate"):
        assert found[name].to_pylist() == expected[name].to_list()
    assert found["few"].cast("string").to_pylist() == expected["few"].cast(polars.String).to_list()


def test_a_file_without_rows_has_its_columns() -> None:
    target = io.BytesIO()
    begun(target, SCHEMA, packings()[0]).close()
    assert read(target).schema == polars.Schema(SCHEMA)


def test_a_way_to_pack_that_is_not_known_is_left_to_polars() -> None:
    assert packing("lz4") is None


def test_a_struct_is_written_as_it_was_read() -> None:
    struct: Struct = {
        1: int32(-7),
        3: int64(2**40),
        4: Field(BINARY, b"text"),
        5: Field(TRUE, True),
        6: Field(TRUE, False),
        40: Field(I16, 300),  # further from the last than a half byte says
        41: Field(BYTE, 9),
        42: Field(DOUBLE, b"8 bytes."),
        43: Field(LIST, FieldItems(STRUCT, [{1: int32(each)} for each in range(20)])),
        44: Field(LIST, FieldItems(TRUE, [1, 2])),
    }
    read = read_struct(struct_bytes(struct))
    assert struct_bytes(read) == struct_bytes(struct)
    assert {number: field.value for number, field in read.items()} == {
        number: field.value for number, field in struct.items()
    }


def test_a_kind_that_parquet_does_not_use_is_refused() -> None:
    with pytest.raises(ValueError, match="kind 11"):
        read_struct(b"\x1b\x00")
