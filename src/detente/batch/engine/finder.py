"""Finding the situation of a cell: by the single path, once for all cells that are alike in it.

Each measure looks at a few things of a cell. Where all measures find what they found in another
cell, and the same yields are in force, the stack is that other cell's; so the situations are far
fewer than the cells, and ``resolve`` runs once for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente._shapes import TYPE_CHECKING
from detente.applicability.entry_facts import EntryFacts
from detente.applicability.scope import Scope
from detente.applicability.stack import AsOf, Stack, together, void_measures
from detente.batch.engine.fact_patterns import FactPatterns
from detente.batch.engine.law import BatchLaw
from detente.batch.engine.situations import OutcomeCell, Situation
from detente.batch.engine.views import ALL, EMPTY, Fits, MeasureView, doubted
from detente.register.model import StackingRule

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

RATE_FACTS = frozenset({"quota", "price_certificate"})


MIXED = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))
STEP = 0x9E3779B97F4A7C15
"""The numbers of splitmix64: how far bits are moved, by what is multiplied; and what is added."""


def _multipliers(count: int) -> Column:
    """Odd numbers of 64 bits as good as drawn by lot, without the library for that: 15 ms."""
    import numpy

    found = numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(STEP)
    for moved, factor in MIXED:
        found ^= found >> numpy.uint64(moved)
        found *= numpy.uint64(factor)
    return found | numpy.uint64(1)


class Finder:
    """Finds situations; what was found once is remembered."""

    def __init__(
        self,
        law: BatchLaw,
        patterns: FactPatterns,
        situations: list[Situation | None],
        with_questions: bool,
    ) -> None:
        """Begin without any.

        Args:
            law: the law of a destination.
            patterns: the fact pattern met so far.
            situations: where situations are put; their places are their numbers.
            with_questions: whether open questions will be asked of situations; see `Cells`.
        """
        import numpy

        self.with_questions = with_questions
        self.law = law
        self.patterns = patterns
        self.situations = situations
        self._fits = Fits()
        self._views = [MeasureView(law, patterns, measure, self._fits) for measure in law.measures]
        self._listed: dict[int, tuple[str, ...]] = {}
        self._stacks: dict[tuple[object, ...], Stack] = {}
        self._meanings: dict[object, Stack] = {}
        regimes, self._active = law.stacking_rules_in_force()
        self._stacking_rules = numpy.array(regimes, numpy.int32)
        self._content = _yield_contents(law)
        self._disputed = self._disputed_rules()
        self._readers: dict[str, set[int]] = {}
        for number, view in enumerate(self._views):
            for name in view.facts:
                self._readers.setdefault(name, set()).add(number)
        # Of the situation that was asked last: its rests and facts, and what they come to.
        self._own: tuple[Sequence[object], EntryFacts, list[int]] | None = None
        self._numbers: dict[tuple[object, ...], int] = {}
        self._seen: dict[bytes, int] = {}
        # The same cells give the same order of situations in every run.
        self._mix = _multipliers(len(law.measures) + 3)

    def outcome_classes(self, place: int, regimes: Column) -> tuple[Column, Column, Column, Column]:
        """Line classes and regimes that every measure treats alike at one place, without facts.

        Returns:
            The first line class of each kind; the kind of each line class; the first regime of
            each kind, as a place in `regimes`; and the kind of each regime.
        """
        rows, columns = _EquivalenceClass(self.law.line_count), _EquivalenceClass(len(regimes))
        columns.add(self._stacking_rules[regimes])
        for view in self._views:
            if view.inside(place):
                table, line_of, segment_of = view.table(place, regimes, self.with_questions)
                rows.add(_same_rows(table)[line_of])
                columns.add(_same_rows(table.T)[segment_of])
        return (*rows.found(), *columns.found())

    def _disputed_rules(self) -> list[tuple[int, int, Column]]:
        """Yields whose text has several readings: both sides by place, regimes in force."""
        import numpy

        places = {view.measure.id: number for number, view in enumerate(self._views)}
        found = []
        for number, row in enumerate(self.law.register.stacking_rules):
            if row.readings and row.yielding in places and row.prevailing in places:
                active = numpy.array(
                    [number in self._active[each] for each in self._stacking_rules]
                )
                found.append((places[row.yielding], places[row.prevailing], active))
        return found

    def numbers(self, line: Column, place: Column, regime: Column, pattern: Column) -> Column:
        """The situations of cells, by number; those that are new are put with the others."""
        import numpy

        keys, rests = self._keys(line, place, regime, pattern)
        first, where = self._distinct(keys)
        found = numpy.empty(len(first), numpy.int32)
        for number, at in enumerate(first.tolist()):
            cell = OutcomeCell(int(line[at]), int(place[at]), int(regime[at]), int(pattern[at]))
            seen = keys[at].tobytes()
            # The bytes are quick to look up; their meaning then joins cells that differ in nothing
            # that counts.
            if seen not in self._seen:
                key = self._meaning(keys[at], cell)
                if key not in self._numbers:
                    self._numbers[key] = len(self.situations)
                    self.situations.append(self._situation(cell, rests[at].tolist()))
                self._seen[seen] = self._numbers[key]
            found[number] = self._seen[seen]
        return found[where]

    def _keys(
        self, line: Column, place: Column, regime: Column, pattern: Column
    ) -> tuple[Column, Column]:
        """For each cell what every measure finds, or what it may find where facts are in doubt.

        An open question turns facts over. So where a measure reads a fact that is in doubt in a
        cell, its rest counts there, and elsewhere its outcome does. The rests come second.
        """
        import numpy

        size = len(self._views)
        rests = numpy.zeros((len(line), size + 3), numpy.int32)
        keys = numpy.zeros_like(rests)
        doubts = numpy.zeros(len(line), numpy.uint64)
        for number, view in enumerate(self._views):
            rest = view.rests(line, place, regime)
            rests[:, number] = rest
            touched = rest.nonzero()[0]
            if len(touched):
                keys[touched, number], bits = view.outcomes(rest[touched], pattern[touched])
                doubts[touched] |= bits
        for yielding, prevailing, active in self._disputed:
            disputed = active[regime] & (keys[:, yielding] > 0) & (keys[:, prevailing] > 0)
            # Turning the rule over may change either side, whatever facts they read.
            doubts[disputed] = ALL
        if not self.with_questions:
            doubts[:] = 0
        for number, view in enumerate(self._views if self.with_questions else ()):
            read = (doubts & numpy.uint64(view.bits)) != 0
            read |= doubts == numpy.uint64(ALL)
            # Apart from every outcome, and nothing stays nothing.
            keys[read, number] = -rests[read, number]
        keys[:, size] = doubts != 0
        keys[:, size + 1] = self._stacking_rules[regime]
        keys[:, size + 2] = pattern
        return keys, rests

    def _distinct(self, keys: Column) -> tuple[Column, Column]:
        """The place of the first of each distinct row, and for each row which it is."""
        import numpy

        mixed = keys.astype(numpy.uint64) @ self._mix
        _, first, where = numpy.unique(mixed, return_index=True, return_inverse=True)
        where = where.reshape(-1)
        if not (keys == keys[first][where]).all():  # two rows mixed to one number: take them whole
            _, first, where = numpy.unique(keys, axis=0, return_index=True, return_inverse=True)
        return first, where.reshape(-1)

    def _meaning(self, key: Column, cell: OutcomeCell) -> tuple[object, ...]:
        """The key of a cell without the yields and the facts that do not matter in it."""
        size = len(self._views)
        present = [
            view for view, found in zip(self._views, key[:size].tolist(), strict=True) if found
        ]
        names = {view.measure.id for view in present}
        rows = self.law.register.stacking_rules
        stacking_rules = tuple(
            self._content[number]
            for number in self._active[int(self._stacking_rules[cell.regime])]
            if rows[number].yielding in names and rows[number].prevailing in names
        )
        pattern = self.patterns.patterns[cell.pattern]
        if pattern:
            read = RATE_FACTS.union(*(view.reads for view in present))
            # A fact that the register does not know is the value of a component, which printed
            # rates read.
            pattern = tuple(
                each for each in pattern if each.key in read or each.key not in self.patterns.known
            )
        # The last two columns of the key number rules and facts that may not matter in this cell.
        return key[: size + 1].tobytes(), stacking_rules, pattern

    def situation(self, cell: OutcomeCell) -> Situation:
        """The situation of one cell, whatever number it has."""
        rests = [view.rest(cell.line, cell.place, cell.regime) for view in self._views]
        return self._situation(cell, rests)

    def _situation(self, cell: OutcomeCell, rests: Sequence[int]) -> Situation:
        law = self.law
        if cell.line not in self._listed:
            self._listed[cell.line] = tuple(sorted(law.members(cell.line)))
        code, place = law.classes.codes[cell.line], law.places[cell.place]
        scope = Scope(code, place, law.destination, (), (), self._listed[cell.line])
        as_of = AsOf(law.minute(cell.regime), None, self.patterns.facts[cell.pattern])
        left = tuple((number, rest) for number, rest in enumerate(rests) if rest)
        found = Situation(cell, scope, as_of, None, frozenset(), left)
        try:
            stack = self.resolve(found, as_of)
        # Without a stack the row takes the single path, which says what is wrong with the fact.
        except ValueError:
            return found
        return found._replace(stack=stack, void=void_measures(stack, as_of))

    def resolve(self, situation: Situation, as_of: AsOf) -> Stack:
        """The stack of a situation with other facts, or with one doubt turned over.

        It is put together from what each measure comes to, by the functions of the single path;
        stacks that say the same are one object.

        Raises:
            ValueError: a fact cannot be read as the law needs it.
        """
        numbers = self._fits_of(situation, as_of)
        if self._fits.faults:
            for number in numbers:
                if number in self._fits.faults:
                    raise self._fits.faults[number]
        active = int(self._stacking_rules[situation.cell.regime])
        # Any other doubt is turned within a measure, and has changed the number of its fit.
        flipped = id(as_of.flipped) if isinstance(as_of.flipped, StackingRule) else 0
        key = (active, flipped, *filter(None, numbers))
        if key not in self._stacks:
            self._stacks[key] = self._together(numbers, active, as_of)
        return self._stacks[key]

    def _fits_of(self, situation: Situation, as_of: AsOf) -> list[int]:
        """What each rest comes to; only where something turned is read it is found anew."""
        own = self._own_fits(situation)
        facts, flipped = as_of.facts, as_of.flipped
        if facts is situation.as_of.facts and flipped is None:
            return own
        turned = facts.texts.items() ^ situation.as_of.facts.texts.items()
        reading: set[int] = set()
        for name, _ in turned:
            reading |= self._readers.get(name, set())
        views = self._views
        return [
            views[view].fit(rest, as_of)
            if view in reading or (flipped is not None and views[view].turns(flipped))
            else fitted
            for (view, rest), fitted in zip(situation.rests, own, strict=True)
        ]

    def _own_fits(self, situation: Situation) -> list[int]:
        """What each rest comes to with the situation's own facts: kept for all that is turned."""
        rests, as_of = situation.rests, situation.as_of
        if self._own is None or self._own[0] is not rests or self._own[1] is not as_of.facts:
            found = [self._views[number].fit(rest, as_of) for number, rest in rests]
            self._own = rests, as_of.facts, found
        return self._own[2]

    def _together(self, numbers: list[int], active: int, as_of: AsOf) -> Stack:
        fits = [self._fits.fits[number] for number in numbers if number != EMPTY]
        names = {
            each.term.measure.id: number
            for each, number in zip(fits, filter(None, numbers), strict=True)
            if each.term is not None
        }
        rows = self.law.register.stacking_rules
        chosen = [
            number
            for number in self._active[active]
            if rows[number].yielding in names and rows[number].prevailing in names
        ]
        stated = tuple(self._content[number] for number in chosen)
        flipped = id(as_of.flipped) if isinstance(as_of.flipped, StackingRule) else 0
        # Beside the key of `resolve`: rules in force that touch nothing here make no other stack.
        key = (stated, flipped, tuple(filter(None, numbers)))
        if key not in self._stacks:
            found = together(fits, [rows[each] for each in chosen], as_of)
            self._stacks[key] = self._meanings.setdefault(_stated(found, names), found)
        return self._stacks[key]


class _EquivalenceClass:
    """Things that agree in every respect so far."""

    def __init__(self, count: int) -> None:
        import numpy

        self._number = numpy.zeros(count, numpy.int64)
        self._first = numpy.zeros(min(count, 1), numpy.int64)

    def add(self, respect: Column) -> None:
        """Tell apart things that differ in one more respect."""
        import numpy

        if len(respect) and (respect != respect[0]).any():
            # Numbered anew each time, so that the product stays small however many respects there
            # are.
            both = self._number * (int(respect.max()) + 1) + respect
            _, self._first, where = numpy.unique(both, return_index=True, return_inverse=True)
            self._number = where.reshape(-1)

    def found(self) -> tuple[Column, Column]:
        """The first of each kind, and the kind of each thing."""
        return self._first, self._number


def _same_rows(table: Column) -> Column:
    """For each row of a table the number of those that are equal to it."""
    import numpy

    return numpy.unique(table, axis=0, return_inverse=True)[1].reshape(-1)


def _stated(stack: Stack, fit_of: Mapping[str, int]) -> object:
    """What a stack says: the fit of each term and to what it gives way, headings, and doubts."""
    terms = tuple(
        (fit_of[term.measure.id], *(less.measure.id for less in term.less), *term.less_headings)
        for term in stack.terms
    )
    headings = tuple((each.measure.id, each.heading) for each in stack.not_applied)
    doubts = tuple(
        (each.kind, each.provision.id if each.provision else "", each.holds, doubted(each))
        for each in stack.doubts
    )
    return (terms, headings, doubts)


def _yield_contents(law: BatchLaw) -> list[int]:
    """For each yield a number: those of one number say the same, each of its own days."""
    numbers: dict[object, int] = {}
    found = []
    for place, row in enumerate(law.register.stacking_rules):
        stated: object = (
            row.yielding,
            row.yielding_provisions,
            row.prevailing,
            row.prevailing_provisions,
            row.basis,
        )
        # A rule with several readings can be turned over by itself, so it counts as itself.
        stated = place if row.readings else (stated, row.heading)
        found.append(numbers.setdefault(stated, len(numbers)))
    return found
