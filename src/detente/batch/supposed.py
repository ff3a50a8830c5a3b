"""A batch by a register in which something is supposed: the law answers, but where that reaches.

The build has worked out the law, and nothing that is supposed. So every row is answered by the
register beneath, which takes no time to speak of, and the rows that what is supposed may touch
are answered once more, by the register with it; see `reach`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from detente._shapes import TYPE_CHECKING
from detente.batch.answer import Batch
from detente.batch.engine.compiled import CompiledCells
from detente.batch.named import NamedCodes
from detente.batch.reach import ALWAYS, RecordChange, record_changes
from detente.batch.rows import AREA
from detente.batch.table import Answers, ReadTable
from detente.batch.tables import table_of
from detente.batch.words import CodedTable
from detente.goods.schedule import Schedule
from detente.register.book import Register

if TYPE_CHECKING:
    import numpy
    import polars

    from detente.batch.tables import EntryTable

    Column = numpy.ndarray


class Supposed:
    """Answers tables of entries by a register in which records were changed."""

    def __init__(
        self,
        register: Register,
        beneath: Register,
        changed: Sequence[RecordChange],
        schedule: Schedule,
        facts: Mapping[str, str] | None,
    ) -> None:
        """Read the law beneath; that with the changes is read when a row needs it.

        Args:
            register: the register with changed records.
            beneath: the one in which nothing is changed.
            changed: what the changes are.
            schedule: the goods schedule.
            facts: entry facts of every entry.
        """
        self._register = register
        self._schedule = schedule
        self._facts = facts
        self._beneath = Batch(beneath, schedule, facts)
        codes = self._beneath.engine.codes
        self._reach = [(each, NamedCodes(register, each.provisions, codes)) for each in changed]
        self._numbers: list[int] = []

    def answer(self, table: EntryTable | polars.DataFrame) -> Answers:
        """The answers to a table."""
        table = table_of(table)
        return self.answer_read(table, self.read(table))

    def make_ready(self, finding: bool = False) -> None:
        """Make what every table needs, before the first is there; see `Engine.make_ready`."""
        self._beneath.make_ready(finding)

    def read(self, table: EntryTable) -> ReadTable:
        """A table as numbers; one thread may read ahead while another answers what was read."""
        return self._beneath.read(table)

    def answer_read(self, table: EntryTable, read: ReadTable) -> Answers:
        """The answers to a table that was read, in the order in which tables were."""
        found = self._beneath.answer_read(table, read)
        rows = self._reached(read.coded)
        return self._laid_over(found, rows, table) if len(rows) else found

    @cached_property
    def _above(self) -> Batch:
        engine = self._beneath.engine
        return Batch(self._register, self._schedule, self._facts, compiled=False, beneath=engine)

    @cached_property
    def _places(self) -> list[Column]:
        """By change, for each place class whether one of its countries is reached."""
        import numpy

        law, inside = self._beneath.engine.law, self._register.inside
        found = []
        for change, _ in self._reach:
            places = {
                place
                for country, place in law.place_class.items()
                if inside(change.places, country)
            }
            found.append(numpy.isin(numpy.arange(len(law.places)), [*places]))
        return found

    def _reached(self, read: CodedTable) -> Column:
        """The rows that what is supposed may touch, by their places in the table."""
        import numpy

        minutes = numpy.array(self._beneath.engine.minutes or [ALWAYS], numpy.int64)
        touched = read.bad.copy()
        for (change, named), places in zip(self._reach, self._places, strict=True):
            # Codes are dear to look up: rows that an earlier change reached are not looked at
            # again.
            here = places[read.place] & (minutes >= change.start)[read.instant] & ~touched
            rows = here.nonzero()[0]
            touched[rows[named.rows(read.code[rows])]] = True
        found: Column = touched.nonzero()[0]
        return found

    def _laid_over(self, under: Answers, rows: Column, table: EntryTable) -> Answers:
        """Answers of which those of some rows are by the register with the changes."""
        import numpy

        over = self._above.answer(table.part(rows))
        known = self._beneath.known
        # Texts only ever grow at the end, so those of earlier tables keep their numbers.
        self._numbers += [known.number(text) for text in over.texts[len(self._numbers) :]]
        number = numpy.array(self._numbers, numpy.int32)
        for name in ("reason", "layers", "because"):
            getattr(under, name)[rows] = number[getattr(over, name)]
        under.status[rows] = over.status
        for name, column in over.numbers.items():
            under.numbers[name][rows] = column
        under.before[rows] = over.before + len(under.filed)
        under.last[rows] = over.last + len(under.lines)
        return under._replace(
            filed=under.filed + over.filed,
            lines=under.lines + over.lines,
            single=under.single + over.single,
        )


def batch_of(
    register: Register, schedule: Schedule, facts: Mapping[str, str] | None = None
) -> Batch | Supposed:
    """What answers tables by a register, in the least time.

    Raises:
        FactError: a fact of every entry cannot be read.
    """
    beneath = register.beneath
    if beneath is None or schedule.imported_sha256 or CompiledCells.of(beneath) is None:
        return Batch(register, schedule, facts)
    return Supposed(register, beneath, record_changes(register, beneath, AREA), schedule, facts)
