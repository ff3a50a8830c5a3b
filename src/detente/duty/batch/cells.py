"""Cells of the law and the situation in each: resolved once, by the single path.

Each measure looks at a few things of a cell. Where all measures find what they found in another
cell, and the same yields are in force, the stack is that other cell's; so the situations are far
fewer than the cells, and ``resolve`` runs once for each.
"""

from __future__ import annotations

from bisect import bisect_right

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.duty.batch.law import Law, lists_of, marks_of, places_of
from detente.duty.batch.signs import Signs, facts_of
from detente.duty.scope import Scope
from detente.duty.stack import Moment, Stack, resolve
from detente.register.book import Register
from detente.register.model import Measure

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

NONE = 0
"""The number of a cell that was not met yet; the first situation has number 1."""


class Cell(NamedTuple):
    """A line class, a place class, a regime and a sign, by number."""

    line: int
    place: int
    regime: int
    sign: int


class Situation(NamedTuple):
    """What the law says in one or many cells.

    Attributes:
        cell: one of them.
        scope: the register narrowed to it.
        moment: its minute, with the facts of its sign.
        stack: the terms that apply; None where the facts cannot be read as the law needs them.
        void: ids of measures that a later finding says were never owed.
    """

    cell: Cell
    scope: Scope
    moment: Moment
    stack: Stack | None
    void: frozenset[str]


class Cells:
    """The situations met so far, and which cell has which."""

    def __init__(self, law: Law, signs: Signs) -> None:
        import numpy

        self.law = law
        self.signs = signs
        self.situations: list[Situation | None] = [None]
        self._views = [_View(law, signs, measure) for measure in law.measures]
        self._yields = _yield_regimes(law)
        self._numbers: dict[bytes, int] = {}
        shape = (len(law.lines) + 64, len(law.places), len(law.marks) + 1)
        self._plain = numpy.zeros(shape, numpy.int32)
        self._signed: dict[int, int] = {}
        # Fixed odd multipliers: the same cells give the same order of situations in every run.
        self._mix = numpy.random.default_rng(1).integers(
            1, 2**62, 2 * len(law.measures) + 1, dtype=numpy.uint64
        ) * numpy.uint64(2) + numpy.uint64(1)

    def numbers(self, line: Column, place: Column, regime: Column, sign: Column | None) -> Column:
        """The situation of each entry, as a number into `situations`.

        Args:
            line: line class of each entry.
            place: place class of each entry.
            regime: regime of each entry.
            sign: fact sign of each entry; None where none has facts.
        """
        import numpy

        self._grow()
        if sign is None or not sign.any():
            return self._plain_numbers(line, place, regime)
        found = numpy.empty(len(line), numpy.int32)
        plain = sign == 0
        found[plain] = self._plain_numbers(line[plain], place[plain], regime[plain])
        signed = ~plain
        found[signed] = self._signed_numbers(
            line[signed], place[signed], regime[signed], sign[signed]
        )
        return found

    def _grow(self) -> None:
        """Make room for line classes that were met after the table was made."""
        import numpy

        missing = len(self.law.lines) - self._plain.shape[0]
        if missing > 0:
            more = numpy.zeros((missing + 256, *self._plain.shape[1:]), numpy.int32)
            self._plain = numpy.concatenate([self._plain, more])

    def _plain_numbers(self, line: Column, place: Column, regime: Column) -> Column:
        import numpy

        _, places, regimes = self._plain.shape
        flat = self._plain.reshape(-1)
        key = (line.astype(numpy.int64) * places + place) * regimes + regime
        found = flat[key]
        if not found.all():
            new = numpy.unique(key[found == NONE])
            rest, regime_of = numpy.divmod(new, regimes)
            line_of, place_of = numpy.divmod(rest, places)
            flat[new] = self._fill(line_of, place_of, regime_of, numpy.zeros_like(new))
            found = flat[key]
        return found

    def _signed_numbers(self, line: Column, place: Column, regime: Column, sign: Column) -> Column:
        import numpy

        _, places, regimes = self._plain.shape
        cell = (line.astype(numpy.int64) * places + place) * regimes + regime
        distinct, where = numpy.unique(cell + (sign.astype(numpy.int64) << 40), return_inverse=True)
        known = self._signed
        found = numpy.array([known.get(key, NONE) for key in distinct.tolist()], numpy.int32)
        missing = found == NONE
        if missing.any():
            new = distinct[missing]
            sign_of, rest = new >> 40, new & ((1 << 40) - 1)
            rest, regime_of = numpy.divmod(rest, regimes)
            line_of, place_of = numpy.divmod(rest, places)
            found[missing] = self._fill(line_of, place_of, regime_of, sign_of)
            known.update(zip(new.tolist(), found[missing].tolist(), strict=True))
        return found[where]

    def _fill(self, line: Column, place: Column, regime: Column, sign: Column) -> Column:
        """The situations of cells that were not met yet."""
        import numpy

        size = len(self._views)
        keys = numpy.zeros((len(line), size + 1), numpy.int32)
        keys[:, size] = self._yields[regime]
        for number, view in enumerate(self._views):
            keys[:, number] = view.outcomes(line, place, regime, sign)
        mixed = (keys.astype(numpy.uint64) * self._mix[: size + 1]).sum(axis=1, dtype=numpy.uint64)
        _, first, where = numpy.unique(mixed, return_index=True, return_inverse=True)
        where = where.reshape(-1)
        if not (keys == keys[first][where]).all():  # two keys mixed to one number: take them whole
            _, first, where = numpy.unique(keys, axis=0, return_index=True, return_inverse=True)
            where = where.reshape(-1)
        found = numpy.empty(len(first), numpy.int32)
        for number, at in enumerate(first.tolist()):
            key = keys[at].tobytes()
            if key not in self._numbers:
                self._numbers[key] = len(self.situations)
                cell = Cell(int(line[at]), int(place[at]), int(regime[at]), int(sign[at]))
                self.situations.append(self._situation(cell))
            found[number] = self._numbers[key]
        return found[where]

    def _situation(self, cell: Cell) -> Situation:
        law = self.law
        scope = law.scope(cell.line, cell.place)
        moment = Moment(law.minute(cell.regime), None, self.signs.facts[cell.sign])
        try:
            stack: Stack | None = resolve(scope, moment)
        except ValueError:
            stack = None
        void = frozenset() if stack is None else void_measures(stack, moment)
        return Situation(cell, scope, moment, stack, void)


def void_measures(stack: Stack, moment: Moment) -> frozenset[str]:
    """Measures whose term was assessed and, as far as known, never owed."""
    found = set()
    for term in stack.terms:
        for void in term.measure.voids:
            announced = moment.known_on is None or void.announced <= moment.known_on
            covers = void.start <= moment.minute
            covers = covers and (void.until is None or moment.minute < void.until)
            if announced and covers and term.limb.id in void.limbs:
                found.add(term.measure.id)
    return frozenset(found)


def _yield_regimes(law: Law) -> Column:
    """For each regime a number: regimes of one number have the same yields in force."""
    import numpy

    numbers: dict[tuple[int, ...], int] = {}
    found = []
    for regime in range(len(law.marks) + 1):
        minute = law.minute(regime)
        active = tuple(
            number
            for number, row in enumerate(law.register.yields)
            if row.start <= minute and (row.until is None or minute < row.until)
        )
        found.append(numbers.setdefault(active, len(numbers)))
    return numpy.array(found, numpy.int32)


class _View:
    """What one measure sees of a cell, and what it finds there by itself."""

    def __init__(self, law: Law, signs: Signs, measure: Measure) -> None:
        from detente.duty.batch.law import Held

        self.law = law
        self.signs = signs
        self.measure = measure
        self.register = Held(law.register, [measure])
        self.facts = facts_of(measure)
        known = law.register.facts
        defaults = {known[key].default_goods for key in self.facts} - {""}
        self.lists = sorted(lists_of(measure) | defaults)
        self.marks = sorted(marks_of(measure) | law.list_marks(measure))
        self._lines: dict[object, int] = {}
        self._line_of: list[int] = []
        self._signs: dict[object, int] = {}
        self._sign_of: list[int] = []
        self._place_of = self._places()
        self._regime_of = self._regimes()
        self._found: dict[int, int] = {}
        self._outcomes: dict[object, int] = {}

    def outcomes(self, line: Column, place: Column, regime: Column, sign: Column) -> Column:
        """A number for each cell: cells of one number get the same from this measure."""
        import numpy

        lines, signs = self._lines_so_far(), self._signs_so_far()
        key = lines[line].astype(numpy.int64)
        for part, size in (
            (self._place_of[place], len(self.law.places)),
            (self._regime_of[regime], len(self.marks) + 1),
            (signs[sign], 1 << 24),
        ):
            key = key * size + part
        distinct, first, where = numpy.unique(key, return_index=True, return_inverse=True)
        found = numpy.empty(len(distinct), numpy.int32)
        for number, each in enumerate(distinct.tolist()):
            if each not in self._found:
                at = first[number]
                cell = Cell(int(line[at]), int(place[at]), int(regime[at]), int(sign[at]))
                self._found[each] = self._outcome(cell)
            found[number] = self._found[each]
        return found[where.reshape(-1)]

    def _outcome(self, cell: Cell) -> int:
        """What the measure finds in a cell; where it is in doubt, no two views are the same."""
        scope = self.law.narrow(self.register, cell.line, cell.place)
        if not scope.candidates:
            return self._number(None)
        moment = Moment(self.law.minute(cell.regime), None, self.signs.facts[cell.sign])
        try:
            stack = resolve(scope, moment)
        except ValueError:
            return self._number("unreadable")
        void = void_measures(stack, moment)
        terms = tuple((term.limb.id, id(term.paint)) for term in stack.terms)
        doubts = (len(self._outcomes),) if stack.doubts else ()
        return self._number((terms, bool(void), doubts))

    def _number(self, outcome: object) -> int:
        return self._outcomes.setdefault(outcome, len(self._outcomes))

    def _lines_so_far(self) -> Column:
        import numpy

        for line in self.law.lines[len(self._line_of) :]:
            rows = tuple(
                (name, tuple((len(row.code), *row[2:7]) for row in line.members[name]))
                for name in self.lists
                if name in line.members
            )
            written = tuple(
                name for name in self.lists if name[0].isdigit() and line.code.startswith(name)
            )
            self._line_of.append(self._lines.setdefault((rows, written), len(self._lines)))
        return numpy.array(self._line_of, numpy.int32)

    def _signs_so_far(self) -> Column:
        import numpy

        for sign in self.signs.signs[len(self._sign_of) :]:
            seen = tuple(each for each in sign if each.key in self.facts)
            self._sign_of.append(self._signs.setdefault(seen, len(self._signs)))
        return numpy.array(self._sign_of, numpy.int32)

    def _places(self) -> Column:
        import numpy

        named = sorted(places_of(self.measure))
        numbers: dict[tuple[bool, ...], int] = {}
        found = []
        for country in self.law.places:
            key = tuple(self.law.register.inside((name,), country) for name in named)
            found.append(numbers.setdefault(key, len(numbers)))
        return numpy.array(found, numpy.int32)

    def _regimes(self) -> Column:
        import numpy

        minutes = [self.law.minute(regime) for regime in range(len(self.law.marks) + 1)]
        return numpy.array([bisect_right(self.marks, minute) for minute in minutes], numpy.int32)
