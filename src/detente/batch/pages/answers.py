"""Answers as the pages of a Parquet file: texts by their numbers, amounts by their digits."""

from __future__ import annotations

from collections.abc import Container

from detente._shapes import TYPE_CHECKING
from detente.batch.columns import AMOUNTS, BECAUSE, OUTPUT
from detente.batch.table import MISSING, STATUSES
from detente.core.tables.parquet_pages import CodedTexts, WholeNumbers, text_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy

    from detente.batch.pages.entries import EntryPages
    from detente.batch.table import Answers
    from detente.core.tables.parquet import ParquetWriter

    Column = numpy.ndarray

LENGTH = 4
"""Bytes before a text in a dictionary, which say how long it is."""


class AnswerPages:
    """Tables with their answers as groups of rows; each text is turned into bytes once."""

    def __init__(self, writer: ParquetWriter, columns: Container[str]) -> None:
        """Begin.

        Args:
            writer: the file.
            columns: those to write, of the table and of the answers.
        """
        self._writer = writer
        self._columns = columns
        self._statuses = b"".join(map(text_bytes, STATUSES))
        self._texts: list[bytes] = []
        self._filed: dict[str, bytes] = {}
        self._lines = _LineBytes([])

    def add(self, entries: EntryPages, answers: Answers) -> None:
        """Write a table, by its own pages, and its answers."""
        own = {name: self._column(name, answers) for name in OUTPUT if name in self._columns}
        self._writer.add(len(answers.status), own, entries.packed, entries.others)

    def _column(self, name: str, answers: Answers) -> CodedTexts | WholeNumbers:
        if name == "status":
            return CodedTexts(answers.status, len(STATUSES), self._statuses)
        if name == "headings":
            return self._headings(answers)
        if name in answers.numbers:
            return WholeNumbers(answers.numbers[name], MISSING, name in AMOUNTS)
        places = {"reason": answers.reason, "layers": answers.layers, BECAUSE: answers.because}
        self._texts.extend(map(text_bytes, answers.texts[len(self._texts) :]))
        return _used(places[name], self._texts)

    def _headings(self, answers: Answers) -> CodedTexts:
        """The headings of entries, which are those before the line's own, and that."""
        import numpy

        if self._lines.texts is not answers.lines:
            self._lines = _LineBytes(answers.lines)
        lines, rows = self._lines, len(answers.before)
        # The row stands in the lower bits: one sort of whole numbers then finds what is equal, and
        # tells where it was.
        bits = rows.bit_length()
        key = answers.before.astype(numpy.int64)
        key *= len(lines.texts)
        key += lines.rank.take(answers.last)
        key <<= bits
        key |= numpy.arange(rows)
        key.sort()
        pair = key >> bits
        first = numpy.ones(rows, bool)
        numpy.not_equal(pair[1:], pair[:-1], out=first[1:])
        distinct = pair[first]
        number = numpy.cumsum(first, dtype=numpy.uint32)
        number -= 1
        numbers = numpy.empty(rows, numpy.min_scalar_type(len(distinct) - 1))
        key &= (1 << bits) - 1
        numbers[key] = number
        return CodedTexts(numbers, len(distinct), self._joined(answers.filed, distinct))

    def _joined(self, filed: Sequence[str], pairs: Column) -> bytes:
        """The texts of pairs in order, of what is filed before and the rank of a line."""
        import numpy

        lines = self._lines
        before, rank = numpy.divmod(pairs, len(lines.texts))
        size = lines.sizes.take(rank)
        # Whatever is filed alike before lines of one length has the same bytes before each line.
        begins = numpy.ones(len(pairs), bool)
        begins[1:] = (before[1:] != before[:-1]) | (size[1:] != size[:-1])
        starts = begins.nonzero()[0]
        bodies = [*map(lines.bodies.__getitem__, rank.tolist())]
        ends = [*starts[1:].tolist(), len(pairs)]
        found: list[bytes] = []
        for start, end, at, length in zip(
            starts.tolist(), ends, before[starts].tolist(), size[starts].tolist(), strict=True
        ):
            body = self._filed.get(filed[at])
            if body is None:
                body = self._filed[filed[at]] = filed[at].encode()
            head = (len(body) + length).to_bytes(LENGTH, "little") + body
            found += (head, head.join(bodies[start:end]))
        return b"".join(found)


class _LineBytes:
    """Lines as bytes, by length: those of one length stand together.

    Attributes:
        texts: as the answers have them.
        rank: the place of each in the order of lengths.
        sizes: the bytes of each, by rank.
        bodies: each as bytes, by rank.
    """

    def __init__(self, texts: list[str]) -> None:
        import numpy

        self.texts = texts
        bodies = [text.encode() for text in texts]
        size = numpy.array([*map(len, bodies)], numpy.int64)
        order = numpy.argsort(size, kind="stable")
        self.rank = numpy.empty(len(order), numpy.int64)
        self.rank[order] = numpy.arange(len(order))
        self.sizes = size[order]
        self.bodies = [*map(bodies.__getitem__, order.tolist())]


def _used(places: Column, texts: Sequence[bytes]) -> CodedTexts:
    """Texts by place, of which those that no row has are left out."""
    import numpy

    has = numpy.zeros(len(texts), bool)
    has[places] = True
    used = has.nonzero()[0]
    if len(used) == len(texts):
        kind = numpy.min_scalar_type(max(len(texts) - 1, 0))
        return CodedTexts(places.astype(kind), len(texts), b"".join(texts))
    number = numpy.zeros(len(texts), numpy.min_scalar_type(max(len(used) - 1, 0)))
    number[used] = numpy.arange(len(used))
    body = b"".join(map(texts.__getitem__, used.tolist()))
    return CodedTexts(number.take(places), len(used), body)
