"""Parquet written page by page: texts by number and whole numbers, as a batch has them.

A library that writes Parquet finds the distinct texts of a column before it writes them, and turns
each amount into a decimal and back. Who has the texts by number already writes those numbers as
they lie in memory: a page says how many bits each of them has, and here that is one, two or four
bytes. Columns of any other kind are written by polars, and their bytes are taken over.

See https://parquet.apache.org/docs/file-format/ for the format.
"""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
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
    varint,
    zigzag,
)

if TYPE_CHECKING:
    from typing import BinaryIO

    import numpy
    import polars

    Column = numpy.ndarray

MAGIC = b"PAR1"
BLOCK, QUARTERS = 128, 4
"""Steps that are written together, and the parts of them."""

TAIL = 8
"""Bytes after the footer: its length and the mark."""

INT64, BYTE_ARRAY = 2, 6
"""Types of what is stored."""

PLAIN, RLE, BY_LENGTHS, BY_DICTIONARY = 0, 3, 6, 8
"""Encodings: as it is; runs of small numbers; all lengths and then all texts; numbers of texts."""

DATA_PAGE, DICTIONARY_PAGE = 0, 2
UNCOMPRESSED, ZSTD = 0, 6
"""How pages are packed."""

LEVEL = 1
"""Of zstd: the default 3 takes a third longer and saves nothing, since texts stand once."""

QUICK = -3
"""Of zstd, for amounts: a third of the time less than 1, for a sixth more bytes."""

THREADS = 2
"""Columns that are packed at the same time."""

META = 3
"""The field of a column chunk that tells of it."""

NUM_ROWS, ROW_GROUPS = 3, 4
"""Fields of the footer that are not known before the end."""


class CodedTexts(NamedTuple):
    """A column of texts by number, none of them missing.

    Attributes:
        numbers: by row.
        distinct: how many texts there are.
        texts: one after the other, each with its length in four bytes before it.
    """

    numbers: Column
    distinct: int
    texts: bytes


class LooseTexts(NamedTuple):
    """A column of texts that hardly ever come twice, none of them missing.

    Attributes:
        sizes: the bytes of each.
        body: all of them, one after the other.
    """

    sizes: Column
    body: bytes


class WholeNumbers(NamedTuple):
    """A column of whole numbers of 64 bits, or of decimals by their digits.

    Attributes:
        numbers: by row.
        missing: the number that stands where there is none.
        varied: whether hardly any comes twice, so that little is gained by looking for it.
    """

    numbers: Column
    missing: int
    varied: bool = False


ColumnPages = CodedTexts | LooseTexts | WholeNumbers


class PackedPage(NamedTuple):
    """A page as it is written.

    Attributes:
        header: what tells of it.
        body: what it holds, packed.
        plain: the bytes of both, were it not packed.
    """

    header: bytes
    body: bytes
    plain: int


class PackedColumn(NamedTuple):
    """A column as it is written, but for where it lies.

    Attributes:
        kind: the number of its type in the format.
        encodings: the numbers of those of its pages.
        pages: that of its dictionary first, if it has one.
    """

    kind: int
    encodings: list[int]
    pages: list[PackedPage]


class PolarsFile(NamedTuple):
    """A file of one group of rows as polars writes it.

    Attributes:
        body: all before the footer.
        footer: where its columns lie, and their types.
    """

    body: bytes
    footer: bytes


class Packing(NamedTuple):
    """How pages are packed.

    Attributes:
        codec: its number in the format.
        name: its name for polars.
        level: its level for polars.
        pack: packs the bytes of a page, in any thread; in less time and more room where the
            second says that they are varied.
    """

    codec: int
    name: str
    level: int | None
    pack: Callable[[bytes, bool], bytes]


def packing(name: str) -> Packing | None:
    """How pages are packed by a name; None where no library that is installed does it.

    Args:
        name: "zstd", "uncompressed", or nothing for the first.
    """
    if name == "uncompressed":
        return Packing(UNCOMPRESSED, name, None, lambda body, varied: body)
    if name not in ("", "zstd"):
        return None
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        return None
    # Each thread has one of its own: to make one takes longer than to pack a small page.
    own = threading.local()

    def pack(body: bytes, varied: bool) -> bytes:
        name = "quick" if varied else "close"
        packer = getattr(own, name, None)
        if packer is None:
            packer = zstd.ZstdCompressor(level=QUICK if varied else LEVEL)
            setattr(own, name, packer)
        return bytes(packer.compress(body, packer.FLUSH_FRAME))

    return Packing(ZSTD, "zstd", LEVEL, pack)


def text_bytes(text: str) -> bytes:
    """A text as a dictionary holds it."""
    body = text.encode()
    return len(body).to_bytes(4, "little") + body


def packed_column(column: ColumnPages, packing: Packing) -> PackedColumn:
    """The pages of a column."""
    if isinstance(column, LooseTexts):
        page = _page(packing, DATA_PAGE, len(column.sizes), BY_LENGTHS, _loose(column))
        return PackedColumn(BYTE_ARRAY, [PLAIN, RLE, BY_LENGTHS], [page])
    rows = len(column.numbers)
    if isinstance(column, WholeNumbers):
        page = _page(packing, DATA_PAGE, rows, PLAIN, _numbered(column), column.varied)
        return PackedColumn(INT64, [PLAIN, RLE], [page])
    pages = [
        _page(packing, DICTIONARY_PAGE, column.distinct, PLAIN, [column.texts]),
        _page(packing, DATA_PAGE, rows, BY_DICTIONARY, _coded(column)),
    ]
    return PackedColumn(BYTE_ARRAY, [PLAIN, RLE, BY_DICTIONARY], pages)


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
        from concurrent.futures import ThreadPoolExecutor

        self._file = file
        self._packing = packing
        self._names = columns
        self._footer = read_struct(footer)
        self._threads = ThreadPoolExecutor(THREADS)
        self._at = 0
        self._write(MAGIC)
        self._groups: list[Struct] = []
        self._rows = 0

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
        # Where the data is, and where the dictionary before it.
        for number, page in zip((11, 9) if len(pages) > 1 else (9,), pages, strict=True):
            meta[number] = int64(self._at)
            self._write(page.header)
            self._write(page.body)
        return {2: int64(start), META: Field(STRUCT, meta)}

    def _write(self, body: bytes) -> None:
        self._file.write(body)
        self._at += len(body)


def _page(
    packing: Packing,
    kind: int,
    count: int,
    encoding: int,
    parts: Sequence[bytes],
    varied: bool = False,
) -> PackedPage:
    body = b"".join(parts)
    packed = packing.pack(body, varied)
    head: Struct = {1: int32(count), 2: int32(encoding)}
    if kind == DATA_PAGE:
        head |= {3: int32(RLE), 4: int32(RLE)}
    header = struct_bytes(
        {
            1: int32(kind),
            2: int32(len(body)),
            3: int32(len(packed)),
            5 if kind == DATA_PAGE else 7: Field(STRUCT, head),
        }
    )
    return PackedPage(header, packed, len(header) + len(body))


def _move(struct: Struct, fields: Iterable[int], by: int) -> None:
    for number in fields:
        if number in struct and struct[number].value:
            struct[number] = int64(struct[number].value + by)


def _coded(column: CodedTexts) -> list[bytes]:
    """A page of numbers of texts, in as many whole bytes as the largest needs."""
    import numpy

    rows = len(column.numbers)
    kind = numpy.min_scalar_type(max(column.distinct - 1, 0))
    body = column.numbers.astype(kind, copy=False).tobytes()
    # A run is of eights; readers drop what is beyond the rows.
    fill = bytes(-rows % 8 * kind.itemsize)
    head = bytes([8 * kind.itemsize]) + varint((rows + 7) // 8 << 1 | 1)
    return [_all_given(rows), head, body, fill]


def _numbered(column: WholeNumbers) -> list[bytes]:
    """A page of whole numbers, which holds those alone that are given."""
    import numpy

    rows = len(column.numbers)
    given = column.numbers != column.missing
    if given.all():
        return [_all_given(rows), column.numbers.tobytes()]
    bits = numpy.packbits(given, bitorder="little").tobytes()
    levels = varint(len(bits) << 1 | 1) + bits
    body = column.numbers[given].tobytes()
    return [len(levels).to_bytes(4, "little"), levels, body]


def _loose(column: LooseTexts) -> list[bytes]:
    """A page of texts: their lengths, and then all of them."""
    return [_all_given(len(column.sizes)), *_steps(column.sizes), column.body]


def _steps(numbers: Column) -> list[bytes]:
    """Whole numbers by the steps from one to the next, each in as many whole bytes as the largest.

    In blocks of 128, each of which tells its least step and the bits of each quarter.
    """
    import numpy

    steps = numpy.diff(numbers.astype(numpy.int64))
    least = int(steps.min(initial=0))
    kind = numpy.min_scalar_type(int(steps.max(initial=0)) - least)
    head = varint(BLOCK) + varint(QUARTERS) + varint(len(numbers)) + zigzag(int(numbers[0]))
    begin = zigzag(least) + bytes([8 * kind.itemsize] * QUARTERS)
    blocks = -(-len(steps) // BLOCK)
    body = numpy.zeros((blocks, len(begin) + BLOCK * kind.itemsize), "u1")
    body[:, : len(begin)] = numpy.frombuffer(begin, "u1")
    filled = numpy.zeros(blocks * BLOCK, kind)
    filled[: len(steps)] = steps - least
    body[:, len(begin) :] = filled.view("u1").reshape(blocks, BLOCK * kind.itemsize)
    # Quarters of the last block that hold nothing are not written.
    empty = (blocks * BLOCK - len(steps)) // (BLOCK // QUARTERS) * (BLOCK // QUARTERS)
    return [head, body.tobytes()[: body.size - empty * kind.itemsize]]


def _all_given(rows: int) -> bytes:
    """The levels of a page in which no row is missing: one run."""
    levels = varint(rows << 1) + b"\1"
    return len(levels).to_bytes(4, "little") + levels
