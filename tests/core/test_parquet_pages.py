"""Parquet that is written page by page is read as what was given, by whoever reads it."""

from __future__ import annotations

import base64
import io
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import numpy
import polars
import pytest

from detente.core.tables.arrow_footer import CATEGORY, DAY, DECIMAL, footer_of
from detente.core.tables.parquet import ParquetWriter, by_polars
from detente.core.tables.parquet_pages import (
    BYTE_ARRAY,
    INT32,
    INT64,
    CodedTexts,
    ColumnPages,
    LooseTexts,
    PackedColumn,
    PackedDictionary,
    Packing,
    WholeNumbers,
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


DICTIONARIES = {
    "line": polars.Categorical(),
    "day": polars.Date(),
    "rate": polars.Decimal(12, 6),
}


def by_dictionary(packed: Packing, parts: int) -> tuple[dict[str, PackedColumn], dict[str, Any]]:
    """Columns of parts that come again, and what a reader must find in them."""
    lines = [f"{number:04}" for number in range(300)]  # a number of each takes two bytes
    days = [date(1969, 12, 31), date(2026, 1, 1)]
    rates = [-5, 0, 10**11]
    bodies = {
        "line": (BYTE_ARRAY, [line.encode() for line in lines]),
        "day": (INT32, [each.to_bytes(4, "little", signed=True) for each in (-1, 20_454)]),
        "rate": (INT64, [each.to_bytes(8, "little", signed=True) for each in rates]),
    }
    columns, expected = {}, {}
    for name, picks in {
        "line": [[0, 299, 7] * 5, [3] * 9],
        "day": [[1] * 15, [0, 1, 0] * 3],
        "rate": [[-1, 2, 1] * 5, [-1] * 9],  # of the second none is given
    }.items():
        kind, body = bodies[name]
        dictionary = PackedDictionary(kind, body, packed)
        first, second = (dictionary.part(numpy.array(each, numpy.int32)) for each in picks)
        columns[name] = dictionary.column([first, second, first][:parts])
        values: list[Any] = {"line": lines, "day": days, "rate": rates}[name]
        expected[name] = [
            None if place < 0 else values[place]
            for part in [*picks, picks[0]][:parts]
            for place in part
        ]
    return columns, expected


@pytest.mark.once
@pytest.mark.parametrize("packed", packings(), ids=lambda each: each.name)
def test_parts_of_a_column_by_dictionary_are_read_as_often_as_they_were_written(
    packed: Packing,
) -> None:
    arrow = pytest.importorskip("pyarrow.parquet")
    target = io.BytesIO()
    writer = begun(target, DICTIONARIES, packed)
    expected: dict[str, list[Any]] = {name: [] for name in DICTIONARIES}
    for parts, rows in ((3, 39), (1, 15)):
        columns, values = by_dictionary(packed, parts)
        for name, column in values.items():
            expected[name] += column
        writer.add(rows, {}, columns)
    writer.close()
    found = read(target)
    assert found.schema == polars.Schema(DICTIONARIES)
    millionths = polars.col("rate") * 1_000_000
    cast = found.with_columns(polars.col("line").cast(polars.String), millionths.cast(polars.Int64))
    assert cast.to_dict(as_series=False) == expected
    other = arrow.read_table(io.BytesIO(target.getvalue()))
    assert other["line"].cast("string").to_pylist() == expected["line"]
    assert other["day"].to_pylist() == expected["day"]
    assert other["rate"].to_pylist() == found["rate"].to_list()


@pytest.mark.once
def test_a_reader_is_told_what_is_least_and_most_in_a_group_and_what_is_missing() -> None:
    arrow = pytest.importorskip("pyarrow.parquet")
    target = io.BytesIO()
    writer = begun(target, DICTIONARIES, packings()[0])
    writer.add(39, {}, by_dictionary(packings()[0], 3)[0])
    writer.close()
    group = arrow.ParquetFile(io.BytesIO(target.getvalue())).metadata.row_group(0)
    told = [group.column(place).statistics for place in range(3)]
    assert [(each.min, each.max, each.null_count) for each in told] == [
        ("0000", "0299", 0),
        (date(1969, 12, 31), date(2026, 1, 1), 0),
        (Decimal("0"), Decimal("100000"), 19),
    ]
    # Rows of a rate that no row has are passed over, and those that have it are found.
    scanned = polars.scan_parquet(io.BytesIO(target.getvalue()))
    assert scanned.filter(polars.col("day") == date(1969, 12, 31)).collect().height == 6
    assert scanned.filter(polars.col("day") > date(2026, 1, 1)).collect().height == 0


@pytest.mark.once
def test_a_footer_of_our_own_says_of_columns_what_that_of_polars_does() -> None:
    arrow = pytest.importorskip("pyarrow")
    kinds = {"line": CATEGORY, "day": DAY, "rate": DECIMAL}
    own = read_struct(footer_of(kinds))
    theirs = read_struct(by_polars(polars.DataFrame(schema=DICTIONARIES), packings()[0]).footer)
    assert own[2] == theirs[2]
    assert own[7] == theirs[7]
    schemas = []
    for footer in (own, theirs):
        (stated,) = footer[5].value.items
        body = base64.b64decode(stated[2].value)
        schemas.append(arrow.ipc.read_schema(arrow.py_buffer(body)))
    assert stated[1].value == b"ARROW:schema"
    assert schemas[0].equals(schemas[1], check_metadata=True)


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
