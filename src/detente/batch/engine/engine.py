"""Entries as numbers in, what each owes out: the way that a batch, a panel and Spark share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.batch.engine.amounts import AmountCalculator, EntryAmounts, StatedPart
from detente.batch.engine.cells import OutcomeCells
from detente.batch.engine.compiled import CompiledCells
from detente.batch.engine.fact_patterns import FactPatterns
from detente.batch.engine.law import BatchLaw
from detente.batch.engine.ordinary import OrdinaryRates, column_rates
from detente.batch.engine.printed import Printed
from detente.batch.engine.situations import Situation
from detente.core.clock import MINUTES, day_text
from detente.duty.amounts import ColumnRates
from detente.goods.codes import CodeError, TariffCode
from detente.goods.rate_table import NOTHING, Calendar, RateTable, rate_table
from detente.goods.schedule import Schedule
from detente.register.book import Register

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

UNANSWERED = -1
"""Rates of a code that the schedule of its day does not answer: this, or less by its error."""


class CodedEntries(NamedTuple):
    """Entries by the numbers of their codes, instants, place classes and fact pattern.

    ``pattern`` is None where no entry has facts; ``value`` is in cents, -1 where there is none.
    """

    code: Column
    instant: Column
    place: Column
    pattern: Column | None
    value: Column
    stated_parts: Mapping[str, StatedPart]


class Engine:
    """The law of the United States, its schedule and all that was worked out so far.

    Threads may share one for entries whose codes, cells and rates were met before; what is new must
    be met by one thread alone.

    Attributes:
        compiled: what the build worked out, where it numbers situations and rates as they are
            numbered here; else None.
    """

    def __init__(
        self,
        register: Register,
        schedule: Schedule,
        *,
        with_questions: bool = True,
        compiled: CompiledCells | None = None,
        beneath: Engine | None = None,
    ) -> None:
        """Read the law and the schedule.

        Args:
            register: the register asked, with a scenario or local records or without.
            schedule: the goods schedule, with imported editions or without.
            with_questions: whether open questions will be asked; see `OutcomeCells`.
            compiled: what the build worked out for this register, if for this one it did.
            beneath: the engine of the register of which this one changes some records.
        """
        self.schedule = schedule
        below = None if beneath is None else beneath.law
        self.law: BatchLaw = BatchLaw(register, "US", schedule, compiled, below)
        self.patterns = FactPatterns(register.facts, register.bases, self.law.each_measure())
        self.cells = OutcomeCells(self.law, self.patterns, with_questions, compiled)
        table = None if compiled is None else compiled.rate_table(schedule)
        self.compiled = None if table is None else compiled
        read = self.compiled
        # A scenario changes the law and never the schedule, so the table below serves.
        if beneath is not None:
            table, read = beneath.table, beneath.compiled
        self.table: RateTable = table or rate_table(schedule)
        # In the order of the table: its numbers and those of the ordinary rates must be the same.
        self.ordinary = (
            OrdinaryRates(map(column_rates, self.table.rates))
            if read is None
            else OrdinaryRates(compiled=read.forms())
        )
        charges = None if compiled is None else compiled.charges()
        self.reckoner = AmountCalculator(
            self.cells.situations, register.bases, self.ordinary, charges
        )
        self.calendar = Calendar(schedule)
        self.codes: list[str] = []
        self._codes: dict[str, int] = {}
        self._line = _Growing()
        self._row = _Growing()
        self.minutes: list[int] = []
        self._minutes: dict[int, int] = {}
        self._regime = _Growing()
        self._edition = _Growing()
        self._alone = _Growing()
        self._span = _Growing()
        self._known_lines: dict[tuple[int, int], int] = {}
        self.errors: list[str] = []

    def make_ready(self, finding: bool = False) -> None:
        """Make the tables that every entry is looked up in, before there are any.

        Args:
            finding: also what the situations of few entries are found by.
        """
        self._printed  # noqa: B018 - made on first use
        if self.cells.compiled is not None:
            self.cells.compiled.make_ready()
            if finding:
                self.cells.make_ready()

    def code(self, digits: str) -> int:
        """The number of a code."""
        number = self._codes.get(digits)
        if number is None:
            number = self._codes[digits] = len(self.codes)
            self.codes.append(digits)
            self._line.append(self.law.line_class(digits))
            self._row.extend(self.table.rows([digits]))
        return number

    def take_codes(self, digits: Iterable[str]) -> Mapping[str, int]:
        """Take up those codes that the schedule has; returns the numbers of all codes so far."""
        unmet = [each for each in dict.fromkeys(digits) if each not in self._codes]
        rows = [row for row in zip(self.table.rows(unmet), unmet, strict=True) if row[0] != NOTHING]
        new = [each for _, each in rows]
        known = len(self.codes)
        self.codes += new
        self._line.extend(self.law.line_classes(new))
        self._row.extend(row for row, _ in rows)
        self._codes.update(zip(new, range(known, known + len(new)), strict=True))
        return self._codes

    def instant(self, minute: int) -> int:
        """The number of a minute."""
        number = self._minutes.get(minute)
        if number is None:
            number = self._minutes[minute] = len(self.minutes)
            self.minutes.append(minute)
            day = date.fromisoformat(day_text(minute // MINUTES))
            self._regime.append(self.law.regime(minute))
            self._edition.append(self.calendar.edition(day))
            self._alone.append(int(self.calendar.alone(day)))
            # What the schedule tells apart: a span of days, and each day before the first edition.
            self._span.append(self.calendar.span(day) or -1 - abs(minute // MINUTES))
        return number

    def line_of(self, code: Column) -> Column:
        """The line class of each code."""
        return self._line.column().take(code)

    def regime_of(self, instant: Column) -> Column:
        """The regime of each instant."""
        return self._regime.column().take(instant)

    def days_of_span(self, number: int) -> tuple[int, int]:
        """Over what days, of the law and of the schedule, an instant is like others."""
        return int(self._regime.column()[number]), int(self._span.column()[number])

    def situation(self, number: int) -> Situation:
        """A situation that was met."""
        return self.cells.situation(number)

    def rates(self, code: Column, instant: Column) -> Column:
        """The number of each line's ordinary rates.

        Where the schedule has no answer it is UNANSWERED less the place of why in `errors`.
        """
        row, edition = self._row.column(), self._edition.column()
        found = self._printed.rates(row, edition, code, instant)
        if found.min(initial=0) == NOTHING:
            doubtful = (found == NOTHING).nonzero()[0]
            found[doubtful] = self._doubtful(code[doubtful], instant[doubtful])
        return found

    @cached_property
    def _printed(self) -> Printed:
        return Printed(self.table)

    def _doubtful(self, code: Column, instant: Column) -> Column:
        """Rates of codes that have none of their own, or a number that another may stand in for."""
        row, edition = self._row.column()[code], self._edition.column()[instant]
        # Where one edition alone is accepted, the longer line stands in.
        found = self.table.step(row, edition)
        settled = self._alone.column()[instant] != 0
        settled &= (row >= 0) & (edition >= 0) & (found != NOTHING)
        unsettled = (~settled).nonzero()[0]
        if len(unsettled):
            found[unsettled] = self._ask(code[unsettled], instant[unsettled])
        return found

    def situations(self, entries: CodedEntries) -> Column:
        """The situation of each entry."""
        line, regime = self.line_of(entries.code), self.regime_of(entries.instant)
        return self.cells.numbers(line, entries.place, regime, entries.pattern)

    def known_situations(self, entries: CodedEntries) -> Column | None:
        """The situation of each entry, by a look-up alone; None where some are to be found.

        While one thread looks up, another may find what is new.
        """
        line, regime = self.line_of(entries.code), self.regime_of(entries.instant)
        return self.cells.known(line, entries.place, regime, entries.pattern)

    def figures(self, situation: Column, rates: Column, entries: CodedEntries) -> EntryAmounts:
        """What each entry owes, by its situation and the ordinary rates of its line."""
        return self.reckoner.figures(situation, rates, entries.value, entries.stated_parts)

    def _ask(self, code: Column, instant: Column) -> Column:
        """Rates asked one by one from the schedule: codes that the table does not settle."""
        import numpy

        span = self._span.column()[instant]
        # A span may be negative, and read as signed its upper bits would run over the code.
        key = code.astype(numpy.int64) << 32 | span.view(numpy.uint32)
        _, first, where = numpy.unique(key, return_index=True, return_inverse=True)
        found = numpy.empty(len(first), numpy.int32)
        for place, at in enumerate(first.tolist()):
            pair = (int(code[at]), int(span[at]))
            if pair not in self._known_lines:
                minute = self.minutes[int(instant[at])]
                self._known_lines[pair] = self._line_rates(self.codes[pair[0]], minute)
            found[place] = self._known_lines[pair]
        return found[where.reshape(-1)]

    def _line_rates(self, digits: str, minute: int) -> int:
        try:
            day = date.fromisoformat(day_text(minute // MINUTES))
            line = self.schedule.line(TariffCode(digits), day)
        except CodeError as error:
            self.errors.append(str(error))
            return UNANSWERED - (len(self.errors) - 1)
        return self.ordinary.rates_number(ColumnRates(line.general, line.other, line.special))


class _Growing:
    """A column that is appended to one by one and read as a whole."""

    def __init__(self) -> None:
        self._list: list[int] = []
        self._column: Column | None = None

    def append(self, number: int) -> None:
        self._list.append(number)

    def extend(self, numbers: Iterable[int]) -> None:
        self._list.extend(numbers)

    def column(self) -> Column:
        import numpy

        # By a name of its own: another thread may put an older column in its place meanwhile.
        found = self._column
        if found is None or len(found) != len(self._list):
            found = self._column = numpy.array(self._list, numpy.int32)
        return found
