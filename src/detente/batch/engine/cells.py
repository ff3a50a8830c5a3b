"""Which situation each cell of the law has: read where the build worked it out, else found."""

from __future__ import annotations

from functools import cached_property

from detente._shapes import TYPE_CHECKING
from detente.applicability.stack import AsOf, Stack
from detente.batch.engine.distinct import distinct_numbers
from detente.batch.engine.fact_patterns import FactPatterns
from detente.batch.engine.finder import Finder
from detente.batch.engine.law import BatchLaw
from detente.batch.engine.situations import NONE, OutcomeCell, Situation
from detente.batch.engine.sparse_table import sparse_table

if TYPE_CHECKING:
    import numpy

    from detente.batch.engine.compiled import CompiledCells

    Column = numpy.ndarray


class OutcomeCells:
    """The situations met so far, and which cell has which.

    Attributes:
        situations: by number; None where nobody has asked for one that the build worked out.
    """

    def __init__(
        self,
        law: BatchLaw,
        patterns: FactPatterns,
        with_questions: bool = True,
        compiled: CompiledCells | None = None,
    ) -> None:
        """Begin with what the build worked out.

        Args:
            law: the law of a destination.
            patterns: the fact pattern met so far.
            with_questions: whether open questions will be asked of situations; otherwise cells of
                one stack are one situation, whatever is in doubt in them.
            compiled: what the build worked out for this law, if for this one it did.
        """
        self.with_questions = with_questions
        self.law = law
        self.patterns = patterns
        self.compiled = compiled
        self.situations: list[Situation | None] = [None] * (1 + (compiled.count if compiled else 0))
        self._first = len(compiled.line_codes) if compiled else 0
        # One regime more than marks: before the first, between any two, and from the last on.
        shape = (law.line_count - self._first + 64, len(law.places), len(law.marks) + 1)
        self._plain = sparse_table(shape)
        self._signed: dict[int, int] = {}
        self._alone: dict[OutcomeCell, Situation] = {}

    @property
    def finding(self) -> bool:
        """Whether situations are found by now; to be ready for the first costs as thirty rows."""
        return "_finder" in vars(self)

    def make_ready(self) -> None:
        """Make what situations are found by, before the first is to be found."""
        self._finder  # noqa: B018 - made on first use
        self.law.members(0)  # reads the lists, whatever the line

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.law, self.patterns, self.situations, self.with_questions)

    def situation(self, number: int) -> Situation:
        """A situation that some cell has.

        Raises:
            LookupError: no cell has it.
        """
        found = self.situations[number]
        if found is None:
            if self.compiled is None or number == NONE:
                raise LookupError("no cell has this situation")
            found = self.situations[number] = self._finder.situation(self.compiled.cell(number))
        return found

    def situation_in(self, cell: OutcomeCell, number: int) -> Situation:
        """A situation with the goods and the minute of a cell.

        The build takes cells together that a table tells alike; an entry that is answered by
        itself may ask more, so it is asked of its own cell.

        Args:
            cell: the cell.
            number: its situation.
        """
        if self.compiled is None or number > self.compiled.count:
            return self.situation(number)
        if cell not in self._alone:
            self._alone[cell] = self._finder.situation(cell)
        return self._alone[cell]

    def resolve(self, situation: Situation, as_of: AsOf) -> Stack:
        """The stack of a situation with other facts, or with one doubt turned over.

        Raises:
            ValueError: a fact cannot be read as the law needs it.
        """
        return self._finder.resolve(situation, as_of)

    def numbers(
        self, line: Column, place: Column, regime: Column, pattern: Column | None
    ) -> Column:
        """The situation of each entry, as a number into `situations`.

        Args:
            line: line class of each entry.
            place: place class of each entry.
            regime: regime of each entry.
            pattern: fact pattern of each entry; None where none has facts.
        """
        import numpy

        if pattern is None or not pattern.any():
            return self._plain_numbers(line, place, regime)
        found = numpy.empty(len(line), numpy.int32)
        plain = pattern == 0
        found[plain] = self._plain_numbers(line[plain], place[plain], regime[plain])
        signed = ~plain
        found[signed] = self._signed_numbers(
            line[signed], place[signed], regime[signed], pattern[signed]
        )
        return found

    def known(
        self, line: Column, place: Column, regime: Column, pattern: Column | None
    ) -> Column | None:
        """The same of entries that the build knows; None where it does not know all of them."""
        if self.compiled is None or (pattern is not None and pattern.any()):
            return None
        if line.max(initial=0) >= self._first:
            return None
        return self.compiled.situations(line, place, regime)

    def grid(self, place: int, regimes: Column) -> tuple[Column, Column, Column]:
        """The situations of one place without facts: of all line classes, in some regimes.

        Lines that every measure treats alike there are one row, and so are regimes one column.

        Returns:
            Situations by row and column; the row of each line class; the column of each regime.
        """
        import numpy

        # The build has no row for line classes that were met since.
        if self.compiled is not None and self.law.line_count == self._first:
            known = self.compiled.grid(place)
            columns, column_of = numpy.unique(known.column[regimes], return_inverse=True)
            return known.situations[:, columns], known.row, column_of.reshape(-1)
        line, row_of, regime, column_of = self._finder.outcome_classes(place, regimes)
        lines = numpy.repeat(line, len(regime))
        at = numpy.tile(regimes[regime], len(line))
        found = self.numbers(lines, numpy.full(len(lines), place), at, None)
        return found.reshape(len(line), len(regime)), row_of, column_of

    def _plain_numbers(self, line: Column, place: Column, regime: Column) -> Column:
        """The situations of entries without facts."""
        import numpy

        if self.compiled is None:
            return self._met(line, place, regime)
        known = line < self._first
        if known.all():
            return self.compiled.situations(line, place, regime)
        found = numpy.empty(len(line), numpy.intp)
        found[known] = self.compiled.situations(line[known], place[known], regime[known])
        found[~known] = self._met(line[~known], place[~known], regime[~known])
        return found

    def _met(self, line: Column, place: Column, regime: Column) -> Column:
        """The situations of cells that the build does not have, each found when it is first met."""
        import numpy

        self._grow()
        _, places, regimes = self._plain.shape
        # A view: what is found below is written into the table itself.
        flat = self._plain.reshape(-1)
        # One number a cell, so that one index reads the table and one sort finds equal cells.
        key = (line - numpy.int64(self._first)) * places
        key += place
        key *= regimes
        key += regime
        found = flat.take(key)
        if found.min(initial=1) == NONE:
            new = distinct_numbers(key[found == NONE])
            rest, regime_of = numpy.divmod(new, regimes)
            line_of, place_of = numpy.divmod(rest, places)
            line_of += self._first
            flat[new] = self._finder.numbers(line_of, place_of, regime_of, numpy.zeros_like(new))
            found = flat.take(key)
        return found

    def _grow(self) -> None:
        """Make room for line classes that were met after the table was made."""
        rows = self._plain.shape[0]
        lines = self.law.line_count - self._first
        if lines > rows:
            # Room for more than is missing: classes are met one by one, and growing copies the
            # table.
            grown = sparse_table((lines + 256, *self._plain.shape[1:]))
            grown[:rows] = self._plain
            self._plain = grown

    def _signed_numbers(
        self, line: Column, place: Column, regime: Column, pattern: Column
    ) -> Column:
        import numpy

        _, places, regimes = self._plain.shape
        cell = (line.astype(numpy.int64) * places + place) * regimes + regime
        # The pattern stands above the cell in one number, which leaves the cell forty bits.
        distinct, where = numpy.unique(
            cell + (pattern.astype(numpy.int64) << 40), return_inverse=True
        )
        known = self._signed
        found = numpy.array([known.get(key, NONE) for key in distinct.tolist()], numpy.int32)
        missing = found == NONE
        if missing.any():
            new = distinct[missing]
            pattern_of, rest = new >> 40, new & ((1 << 40) - 1)
            rest, regime_of = numpy.divmod(rest, regimes)
            line_of, place_of = numpy.divmod(rest, places)
            found[missing] = self._finder.numbers(line_of, place_of, regime_of, pattern_of)
            known.update(zip(new.tolist(), found[missing].tolist(), strict=True))
        return found[where]
