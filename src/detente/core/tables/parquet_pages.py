"""Columns as the pages of a Parquet file: texts by number and whole numbers, as a batch has them.

A library that writes Parquet finds the distinct texts of a column before it writes them, and turns
each amount into a decimal and back. Who has the texts by number already writes those numbers as
they lie in memory: a page says how many bits each of them has, and here that is one, two or four
bytes.

See https://parquet.apache.org/docs/file-format/ for the format.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.tables.thrift import (
    BINARY,
    STRUCT,
    Field,
    Struct,
    int32,
    int64,
    struct_bytes,
    varint,
    zigzag,
)

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray
    Part = bytes | numpy.ndarray

BLOCK, QUARTERS = 128, 4
"""Steps that are written together, and the parts of them."""

INT32, INT64, BYTE_ARRAY = 1, 2, 6
"""Types of what is stored."""

PLAIN, RLE, BY_LENGTHS, BY_DICTIONARY = 0, 3, 6, 8
"""Encodings: as it is; runs of small numbers; all lengths and then all texts; numbers of texts."""

DATA_PAGE, DICTIONARY_PAGE = 0, 2
UNCOMPRESSED, ZSTD = 0, 6
"""How pages are packed."""

MISSING, MOST, LEAST = 3, 5, 6
"""What is told of a column's rows: how many are missing, and the last and the first value."""

LEVEL = 1
"""Of zstd: the default 3 takes a third longer and saves nothing, since texts stand once."""

QUICK = -3
"""Of zstd, for amounts: a third of the time less than 1, for a sixth more bytes."""


class CodedTexts(NamedTuple):
    """A column of texts by number, none of them missing.

    Attributes:
        numbers: by row.
        distinct: how many texts there are.
        texts: one after the other, each with its length in four bytes before it.
    """

    numbers: Column
    distinct: int
    texts: Part


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
        statistics: what is known of its rows, by which a reader passes over a group.
    """

    kind: int
    encodings: list[int]
    pages: list[PackedPage]
    statistics: Struct | None = None


class PackedPart(NamedTuple):
    """Some rows of a column whose values stand in a dictionary.

    Attributes:
        page: the rows, packed.
        used: for each value of the dictionary whether a row has it.
        missing: how many rows have none.
    """

    page: PackedPage
    used: Column
    missing: int


class PackedDictionary:
    """The distinct values of a column, ascending; parts of it are packed once and written often.

    Rows that come again, column by column, need not be packed again: the pages of a group lie one
    after the other, and the same page may lie there more than once.
    """

    def __init__(self, kind: int, values: Sequence[bytes], packing: Packing) -> None:
        """Pack the values.

        Args:
            kind: the number of their type in the format.
            values: each as bytes, ascending by what they mean.
            packing: how pages are packed.
        """
        self._kind = kind
        self._values = values
        self._packing = packing
        body = [len(each).to_bytes(4, "little") + each for each in values]
        plain = b"".join(body if kind == BYTE_ARRAY else values)
        self._page = _page(packing, DICTIONARY_PAGE, len(values), PLAIN, [plain])

    def part(self, numbers: Column) -> PackedPart:
        """Pack some rows.

        Args:
            numbers: the place of each row's value; -1 where it has none.
        """
        import numpy

        count = numpy.bincount(numpy.add(numbers, 1), minlength=1 + len(self._values))
        missing, used = int(count[0]), count[1:] > 0
        levels = _all_given(len(numbers))
        if missing:
            given = numbers >= 0
            levels, numbers = _some_given(given), numbers[given]
        runs = _run if used.sum() == 1 else _numbers
        body = [levels, *runs(numbers, len(self._values))]
        rows = missing + len(numbers)
        return PackedPart(_page(self._packing, DATA_PAGE, rows, BY_DICTIONARY, body), used, missing)

    def column(self, parts: Sequence[PackedPart]) -> PackedColumn:
        """The column of a group of rows.

        Args:
            parts: its rows, some or all of which may come more than once.
        """
        import numpy

        statistics: Struct = {MISSING: int64(sum(part.missing for part in parts))}
        distinct = {id(part): part.used for part in parts}
        used = numpy.any([*distinct.values()], axis=0).nonzero()[0]
        if len(used):
            statistics[MOST] = Field(BINARY, self._values[used[-1]])
            statistics[LEAST] = Field(BINARY, self._values[used[0]])
        pages = [self._page, *(part.page for part in parts)]
        return PackedColumn(self._kind, [PLAIN, RLE, BY_DICTIONARY], pages, statistics)


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
    pack: Callable[[bytes | memoryview, bool], bytes]


def packing(name: str) -> Packing | None:
    """How pages are packed by a name; None where no library that is installed does it.

    Args:
        name: "zstd", "uncompressed", or nothing for the first.
    """
    if name == "uncompressed":
        return Packing(UNCOMPRESSED, name, None, lambda body, varied: bytes(body))
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

    def pack(body: bytes | memoryview, varied: bool) -> bytes:
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


def _page(
    packing: Packing,
    kind: int,
    count: int,
    encoding: int,
    parts: Sequence[Part],
    varied: bool = False,
) -> PackedPage:
    body = _together(parts)
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


class _PackingRoom(threading.local):
    """Room of one thread for a page before it is packed, which is used for the next one too."""

    _bytes: Column | None = None

    def together(self, parts: Sequence[Part]) -> memoryview:
        """Parts one after the other, until this thread asks for others."""
        import numpy

        columns = [numpy.frombuffer(part, "u1") for part in parts if len(part)]
        size = sum(map(len, columns))
        room = self._bytes
        if room is None or size > len(room):
            room = self._bytes = numpy.empty(size + size // 4, "u1")
        at = 0
        for column in columns:
            # Unlike joining bytes, which are copied first, this leaves the interpreter to others.
            room[at : at + len(column)] = column
            at += len(column)
        return room[:size].data


_room = _PackingRoom()


def _together(parts: Sequence[Part]) -> bytes | memoryview:
    """The parts of a page as one, until this thread packs another."""
    if len(parts) == 1:
        return parts[0] if isinstance(parts[0], bytes) else parts[0].data
    return _room.together(parts)


def _coded(column: CodedTexts) -> list[Part]:
    """A page of numbers of texts, in as many whole bytes as the largest needs."""
    return [_all_given(len(column.numbers)), *_numbers(column.numbers, column.distinct)]


def _numbers(numbers: Column, distinct: int) -> list[Part]:
    """The numbers of values, in as many whole bytes as the largest needs."""
    import numpy

    rows = len(numbers)
    kind = numpy.min_scalar_type(max(distinct - 1, 0))
    body = numpy.ascontiguousarray(numbers, kind)
    # A run is of eights; readers drop what is beyond the rows.
    fill = bytes(-rows % 8 * kind.itemsize)
    head = bytes([8 * kind.itemsize]) + varint((rows + 7) // 8 << 1 | 1)
    return [head, body, fill]


def _run(numbers: Column, distinct: int) -> list[Part]:
    """One number that all rows have."""
    size = -(-max(distinct - 1, 1).bit_length() // 8)
    return [
        bytes([8 * size]),
        varint(len(numbers) << 1),
        int(numbers[0]).to_bytes(size, "little"),
    ]


def _numbered(column: WholeNumbers) -> list[Part]:
    """A page of whole numbers, which holds those alone that are given."""
    import numpy

    numbers = numpy.ascontiguousarray(column.numbers)
    given = numbers != column.missing
    if given.all():
        return [_all_given(len(numbers)), numbers]
    return [_some_given(given), numbers[given]]


def _loose(column: LooseTexts) -> list[Part]:
    """A page of texts: their lengths, and then all of them."""
    return [_all_given(len(column.sizes)), *_steps(column.sizes), column.body]


def _steps(numbers: Column) -> list[Part]:
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
    return [head, body.reshape(-1)[: body.size - empty * kind.itemsize]]


def _all_given(rows: int) -> bytes:
    """The levels of a page in which no row is missing: one run."""
    levels = varint(rows << 1) + b"\1"
    return len(levels).to_bytes(4, "little") + levels


def _some_given(given: Column) -> bytes:
    """The levels of a page of which some rows are missing: a bit for each."""
    import numpy

    bits = numpy.packbits(given, bitorder="little").tobytes()
    levels = varint(len(bits) << 1 | 1) + bits
    return len(levels).to_bytes(4, "little") + levels
