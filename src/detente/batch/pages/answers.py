"""Answers as the pages of a Parquet file: texts by their numbers, amounts by their digits."""

from __future__ import annotations

from collections.abc import Container
from itertools import pairwise

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
        import numpy

        self._writer = writer
        self._columns = columns
        self._statuses = b"".join(map(text_bytes, STATUSES))
        self._texts: list[bytes] = []
        self._lines = _SizedTexts([""])
        self._room = numpy.empty(0, "u1")

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
            self._lines = _SizedTexts(answers.lines)
        lines, filed, rows = self._lines, _SizedTexts(answers.filed), len(answers.before)
        # By the length of the line, what is filed before it, and the line: so texts of one length
        # follow each other. The row stands in the lower bits: one sort of whole numbers then finds
        # what is equal, and tells where it was.
        width, pairs = len(lines.texts), len(lines.texts) * len(filed.texts)
        bits = rows.bit_length()
        key = (filed.rank * width).take(answers.before)
        key += (lines.kind * pairs + lines.rank).take(answers.last)
        key <<= bits
        key |= numpy.arange(rows)
        key.sort()
        pair = key >> bits
        first = numpy.ones(rows, bool)
        numpy.not_equal(pair[1:], pair[:-1], out=first[1:])
        key &= (1 << bits) - 1
        one_of = key.take(first.nonzero()[0])
        number = numpy.cumsum(first, dtype=numpy.uint32)
        number -= 1
        numbers = numpy.empty(rows, numpy.min_scalar_type(len(one_of) - 1))
        numbers[key] = number
        heads, tails = (
            texts.rank.take(column.take(one_of))
            for texts, column in ((filed, answers.before), (lines, answers.last))
        )
        return CodedTexts(numbers, len(one_of), self._joined(filed, heads, lines, tails))

    def _joined(
        self, filed: _SizedTexts, heads: Column, lines: _SizedTexts, tails: Column
    ) -> Column:
        """Pairs of texts as a dictionary holds them, until the next are asked for.

        Args:
            filed: what the texts begin with.
            heads: the rank of each, in an order in which the lengths of pairs change seldom.
            lines: what they end with.
            tails: the rank of each.
        """
        import numpy

        kinds = filed.kinds.take(heads), lines.kinds.take(tails)
        changes = numpy.ones(len(heads), bool)
        changes[1:] = (kinds[0][1:] != kinds[0][:-1]) | (kinds[1][1:] != kinds[1][:-1])
        starts = changes.nonzero()[0]
        ends = [*starts[1:].tolist(), len(heads)]
        spans = [
            *zip(starts.tolist(), ends, *(kind[starts].tolist() for kind in kinds), strict=True)
        ]
        sizes = [
            filed.rows[kind].shape[1] + lines.rows[last].shape[1] for _, _, kind, last in spans
        ]
        total = sum(
            (LENGTH + size) * (end - start)
            for size, (start, end, _, _) in zip(sizes, spans, strict=True)
        )
        if total > len(self._room):
            self._room = numpy.empty(total + total // 4, "u1")
        at = 0
        for size, (start, end, kind, last) in zip(sizes, spans, strict=True):
            rows, middle = end - start, LENGTH + filed.rows[kind].shape[1]
            block = self._room[at : at + rows * (LENGTH + size)].reshape(rows, -1)
            block[:, :LENGTH] = numpy.frombuffer(size.to_bytes(LENGTH, "little"), "u1")
            block[:, LENGTH:middle] = filed.rows[kind].take(heads[start:end] - filed.first[kind], 0)
            block[:, middle:] = lines.rows[last].take(tails[start:end] - lines.first[last], 0)
            at += block.size
        return self._room[:total]


class _SizedTexts:
    """Texts as bytes, in the order of their lengths: those of one length are rows of one array.

    Attributes:
        texts: as they were given.
        rank: the place of each in that order.
        kind: which of the lengths each has.
        kinds: the same by rank.
        first: the first rank of each length, and last how many texts there are.
        rows: for each length the texts of that length, in order.
    """

    def __init__(self, texts: list[str]) -> None:
        import numpy

        self.texts = texts
        bodies = [text.encode() for text in texts]
        size = numpy.array([*map(len, bodies)], numpy.int64)
        # By their beginnings too: what is alike is packed in less time, and in less room.
        begins = numpy.array(bodies, "S16").view(">u8").reshape(-1, 2)
        order = numpy.lexsort((begins[:, 1], begins[:, 0], size))
        self.rank = numpy.empty(len(order), numpy.int64)
        self.rank[order] = numpy.arange(len(order))
        _, kind = numpy.unique(size, return_inverse=True)
        self.kind: Column = kind.reshape(-1)
        self.kinds: Column = self.kind[order]
        counts = numpy.bincount(self.kind)
        self.first = [0, *counts.cumsum().tolist()]
        ordered = [*map(bodies.__getitem__, order.tolist())]
        self.rows: list[Column] = []
        for start, end in pairwise(self.first):
            body = bytearray(b"".join(ordered[start:end]))
            self.rows.append(numpy.array(body, "u1").reshape(end - start, -1))


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
