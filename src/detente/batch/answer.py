"""A million entries: the answers of one question at a time, worked out once for all that are alike.

Entries of one situation share headings, layers and open questions; only arithmetic is done for
each. An entry whose figures the columns cannot hold, or whose open questions hang on its own
figures, is answered by the single path, and takes its place in the same order.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.batch.table import Answers, BatchTable, ReadTable, looked_up
from detente.batch.tables import table_of
from detente.batch.workings import BatchWorkings

if TYPE_CHECKING:
    import polars

    from detente.batch.tables import EntryTable


class Batch(BatchWorkings):
    """Answers tables of entries, one after the other, by one register."""

    def answer(self, table: EntryTable | polars.DataFrame) -> Answers:
        """The answers to a table; its columns are those of the interface."""
        table = table_of(table)
        return self.answer_read(table, self.read(table))

    def make_ready(self, finding: bool = False) -> None:
        """Make what every table needs, before the first is there; see `Engine.make_ready`."""
        self.engine.make_ready(finding)

    def read(self, table: EntryTable) -> ReadTable:
        """A table as numbers; one thread may read ahead while another answers what was read."""
        return looked_up(self.engine, self.reader.read(table))

    def answer_read(self, table: EntryTable, read: ReadTable) -> Answers:
        """The answers to a table that was read, in the order in which tables were."""
        return BatchTable(self, table, read).answers()
