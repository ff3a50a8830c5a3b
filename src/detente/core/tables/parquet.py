"""Parquet written group by group, each column as pages that were packed before.

Columns whose pages nobody has are written by polars, and their bytes are taken over.
See https://parquet.apache.org/docs/file-format/ for the format.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.tables.parquet_pages import (
    BY_DICTIONARY,
    ColumnPages,
    PackedColumn,
    Packing,
    packed_column,
)
from detente.core.tables.thrift import (
    BINARY,
    I32,
    LIST,
    STRUCT,
    Field,
    FieldItems,
    Struct,
    int32,
    int64,
    read_struct,
    struct_bytes,
)

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor
    from typing import BinaryIO

    import polars

MAGIC = b"PAR1"

TAIL = 8
"""Bytes after the footer: its length and the mark."""

THREADS = 2
"""Columns that are packed at the same time."""

META = 3
"""The field of a column chunk that tells of it."""

NUM_ROWS, ROW_GROUPS = 3, 4
"""Fields of the footer that are not known before the end."""


class PolarsFile(NamedTuple):
    """A file of one group of rows as polars writes it.

    Attributes:
        body: all before the footer.
        footer: where its columns lie, and their types.
    """

    body: bytes
    footer: bytes


def by_polars(frame: polars.DataFrame, packing: Packing) -> PolarsFile:
    """A frame as polars writes it."""
    target = io.BytesIO()
    frame.write_parquet(
        target,
        compression=packing.name,  # type: ignore[arg-type]
        compression_level=packing.level,
        statistics=False,
        row_group_size=max(len(frame), 1),
    )
    whole = target.getvalue()
    size = TAIL + int.from_bytes(whole[-TAIL:-4], "little")
    return PolarsFile(whole[:-size], whole[-size:-TAIL])


class ParquetWriter:
    """A file, row group by row group."""

    def __init__(
        self, file: BinaryIO, columns: Sequence[str], footer: bytes, packing: Packing
    ) -> None:
        """Begin.

        Args:
            file: where to write, from its beginning.
            columns: their names, in order.
            footer: that of a file of polars with these columns, so that polars reads them as such.
            packing: how pages are packed.
        """
        self._file = file
        self._packing = packing
        self._names = columns
        self._footer = read_struct(footer)
        self._at = 0
        self._write(MAGIC)
        self._groups: list[Struct] = []
        self._rows = 0

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(THREADS)

    def add(
        self,
        rows: int,
        columns: Mapping[str, ColumnPages],
        packed: Mapping[str, PackedColumn],
        taken: PolarsFile | None = None,
    ) -> None:
        """Write a group of rows.

        Args:
            rows: how many.
            columns: those that are packed here, by name.
            packed: those that are packed already.
            taken: all others.
        """
        coming = [
            (name, self._threads.submit(packed_column, each, self._packing))
            for name, each in columns.items()
        ]
        chunks: dict[str, list[Struct]] = {}
        for name, each in packed.items():
            chunks[name] = [self._place(name, rows, each)]
        for chunk in [] if taken is None else self._take(taken):
            path = chunk[META].value[3].value.items
            chunks.setdefault(path[0].decode(), []).append(chunk)
        for name, found in coming:
            chunks[name] = [self._place(name, rows, found.result())]
        ordered = [chunk for name in self._names for chunk in chunks[name]]
        size = sum(chunk[META].value[6].value for chunk in ordered)
        group = {1: Field(LIST, FieldItems(STRUCT, ordered)), 2: int64(size), 3: int64(rows)}
        self._groups.append(group)
        self._rows += rows

    def close(self) -> None:
        """Write the footer."""
        footer = dict(self._footer)
        footer[NUM_ROWS] = int64(self._rows)
        footer[ROW_GROUPS] = Field(LIST, FieldItems(STRUCT, self._groups))
        body = struct_bytes(footer)
        self._write(body + len(body).to_bytes(4, "little") + MAGIC)
        if "_threads" in vars(self):
            self._threads.shutdown()

    def _take(self, file: PolarsFile) -> list[Struct]:
        """Write columns as polars did; returns what tells where they lie in this file."""
        (group,) = read_struct(file.footer)[ROW_GROUPS].value.items
        moved = self._at - len(MAGIC)
        self._write(file.body[len(MAGIC) :])
        chunks: list[Struct] = group[1].value.items
        for chunk in chunks:
            _move(chunk, (2,), moved)
            # Of data pages, of an index and of the dictionary.
            _move(chunk[META].value, (9, 10, 11), moved)
        return chunks

    def _place(self, name: str, rows: int, column: PackedColumn) -> Struct:
        """Write the pages of a column; returns what tells where they lie."""
        start, pages = self._at, column.pages
        meta: Struct = {
            1: int32(column.kind),
            2: Field(LIST, FieldItems(I32, column.encodings)),
            3: Field(LIST, FieldItems(BINARY, [name.encode()])),
            4: int32(self._packing.codec),
            5: int64(rows),
            6: int64(sum(page.plain for page in pages)),
            7: int64(sum(len(page.header) + len(page.body) for page in pages)),
        }
        if column.statistics is not None:
            meta[12] = Field(STRUCT, column.statistics)
        if BY_DICTIONARY in column.encodings:
            meta[11] = int64(start)
            first = pages[0]
            meta[9] = int64(start + len(first.header) + len(first.body))
        else:
            meta[9] = int64(start)
        for page in pages:
            self._write(page.header)
            self._write(page.body)
        return {2: int64(start), META: Field(STRUCT, meta)}

    def _write(self, body: bytes) -> None:
        self._file.write(body)
        self._at += len(body)


def _move(struct: Struct, fields: Iterable[int], by: int) -> None:
    for number in fields:
        if number in struct and struct[number].value:
            struct[number] = int64(struct[number].value + by)
