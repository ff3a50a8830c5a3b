"""A million entries: the answers of one question at a time, worked out once for all that are alike.

Entries of one situation share headings, layers and open questions; only arithmetic is done for
each. An entry whose figures the columns cannot hold, or whose open questions hang on its own
figures, is answered by the single path, and takes its place in the same order.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.batch.table import Answers, BatchTable
from detente.batch.words import CodedTable
from detente.batch.workings import BatchWorkings

if TYPE_CHECKING:
    import polars


class Batch(BatchWorkings):
    """Answers tables of entries, one after the other, by one register."""

    def answer(self, frame: polars.DataFrame) -> Answers:
        """The answers to a table; its columns are those of the interface."""
        return self.answer_read(frame, self.read(frame))

    def read(self, frame: polars.DataFrame) -> CodedTable:
        """A table as numbers; one thread may read ahead while another answers what was read."""
        return self.reader.read(frame)

    def answer_read(self, frame: polars.DataFrame, read: CodedTable) -> Answers:
        """The answers to a table that was read, in the order in which tables were."""
        return BatchTable(self, frame, read).answers()
