"""What one measure sees of a cell: the limbs that are left of it there, whatever the facts are.

A *rest* is the measure narrowed to goods, place and minute: its limbs in order, each with what it
charges. Cells with the same rest get the same from the measure under any facts. An *outcome* is
what comes of a rest under the facts of one sign; many rests share one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from detente._shapes import TYPE_CHECKING
from detente.duty.batch.law import Law, alike, lists_of, marks_of, places_of
from detente.duty.batch.signs import Signs, facts_of
from detente.duty.scope import Scope, ScopedLimb
from detente.duty.stack import Doubt, Moment, resolve
from detente.register.clock import MINUTES
from detente.register.model import Measure, Paint, Test
from detente.register.painting import paint_at

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

NOTHING = 0
"""The rest, and the outcome, of a measure that does not touch a cell."""

UNMET = -1
"""The rest of a cell that was not met yet."""

ALL = 2**64 - 1
"""The bits of all facts."""


class View:
    """One measure's rests and outcomes, by number, as far as they were met."""

    def __init__(self, law: Law, signs: Signs, measure: Measure) -> None:
        import numpy

        self.law = law
        self.signs = signs
        self.measure = measure
        self.facts = facts_of(measure)
        self.bits = 0
        for key in self.facts:
            self.bits |= signs.bit(key)
        parts = {law.register.bases[name].fact for limb in measure.limbs for name in limb.base}
        self.reads = self.facts | (parts - {""})
        known = law.register.facts
        defaults = {known[key].default_goods for key in self.facts} - {""}
        self.lists = sorted(lists_of(measure) | defaults)
        self.defaults = sorted(defaults)
        self.marks = sorted(marks_of(measure) | law.list_marks(measure))
        self._lines: dict[object, int] = {}
        self._line_of: list[int] = []
        self._signs: dict[object, int] = {}
        self._sign_of: list[int] = []
        self._place_of = _places(law, measure)
        self._inside = numpy.array(
            [law.register.inside(measure.places, country) for country in law.places], bool
        )
        self._regime_of = _regimes(law, self.marks)
        self._scopes: dict[tuple[int, int], Scope] = {}
        self._line_numbers: Column | None = None
        self._place_count = int(self._place_of.max(initial=-1)) + 1
        self._rest_of = numpy.zeros(0, numpy.int32)
        self._rests: dict[object, int] = {None: NOTHING}
        self._left = [measure]
        self._outcome_of: dict[tuple[int, int], tuple[int, int]] = {}
        self._outcomes: dict[object, int] = {None: NOTHING}

    def rests(self, line: Column, place: Column, regime: Column) -> Column:
        """The rest of the measure in each cell."""
        import numpy

        inside = self._inside[place]
        if not inside.all():
            found = numpy.zeros(len(line), numpy.int32)
            some = inside.nonzero()[0]
            if len(some):
                found[some] = self.rests(line[some], place[some], regime[some])
            return found
        lines, regimes = self._lines_so_far(), len(self.marks) + 1
        size = len(self._lines) * self._place_count * regimes
        if size > len(self._rest_of):
            more = numpy.full(size - len(self._rest_of), UNMET, numpy.int32)
            self._rest_of = numpy.concatenate([self._rest_of, more])
        key = lines[line].astype(numpy.int64) * self._place_count
        key = (key + self._place_of[place]) * regimes + self._regime_of[regime]
        found = self._rest_of[key]
        unmet = (found == UNMET).nonzero()[0]
        if len(unmet):
            distinct, first = numpy.unique(key[unmet], return_index=True)
            for each, at in zip(distinct.tolist(), unmet[first].tolist(), strict=True):
                scope = self.scope(int(line[at]), int(place[at]))
                self._rest_of[each] = self._rest(scope, self.law.minute(int(regime[at])))
            found = self._rest_of[key]
        return found

    def outcomes(
        self, rest: Column, line: Column, place: Column, regime: Column, sign: Column
    ) -> tuple[Column, Column]:
        """What comes of each rest under the facts of a sign, and bits of the facts in doubt."""
        import numpy

        key = (rest.astype(numpy.int64) << 32) + self._signs_so_far()[sign]
        distinct, first, where = numpy.unique(key, return_index=True, return_inverse=True)
        found = numpy.zeros(len(distinct), numpy.int32)
        doubts = numpy.zeros(len(distinct), numpy.uint64)
        for number, each in enumerate(distinct.tolist()):
            pair = (each >> 32, each & 0xFFFFFFFF)
            if pair not in self._outcome_of:
                at = first[number]
                moment = Moment(
                    self.law.minute(int(regime[at])), None, self.signs.facts[int(sign[at])]
                )
                scope = self.law.narrow([self._left[pair[0]]], int(line[at]), int(place[at]))
                self._outcome_of[pair] = self._outcome(scope, moment)
            found[number], doubts[number] = self._outcome_of[pair]
        where = where.reshape(-1)
        return found[where], doubts[where]

    def scope(self, line: int, place: int) -> Scope:
        """The measure alone, narrowed to a line class and a place class."""
        key = (int(self._lines_so_far()[line]), int(self._place_of[place]))
        if key not in self._scopes:
            self._scopes[key] = self.law.narrow([self.measure], line, place)
        return self._scopes[key]

    def touching(self, rest: int) -> Measure:
        """The measure with the limbs of a rest alone: the others come to nothing there."""
        return self._left[rest]

    def _rest(self, scope: Scope, minute: int) -> int:
        """The limbs that can come to apply, up to the first that nothing can keep out."""
        left, limbs = [], []
        for candidate in scope.candidates:
            for scoped in candidate.limbs:
                listed = scoped.listed(minute, None).listed
                if listed is False:
                    continue
                paint = paint_at(scoped.limb.paints, minute)
                disputed = tuple(
                    id(each)
                    for each in scoped.limb.paints
                    if each.readings and _covers(each, minute)
                )
                if paint is None and not disputed:
                    continue
                limbs.append(scoped.limb)
                left.append((scoped.limb.id, listed, *_shown(scoped, paint, minute), disputed))
                if _is_certain(scoped, paint, minute, listed) and not disputed:
                    break
            voids = [void for void in candidate.measure.voids if _covers(void, minute)]
            if left:
                listed_defaults = tuple(name for name in self.defaults if name in scope.listed)
                void_limbs = tuple(sorted({limb for void in voids for limb in void.limbs}))
                key = (tuple(left), void_limbs, listed_defaults)
                if key not in self._rests:
                    self._rests[key] = len(self._rests)
                    self._left.append(candidate.measure._replace(limbs=tuple(limbs)))
                return self._rests[key]
        return NOTHING

    def _outcome(self, scope: Scope, moment: Moment) -> tuple[int, int]:
        try:
            stack = resolve(scope, moment)
        except ValueError:
            return self._outcomes.setdefault("unreadable", len(self._outcomes)), ALL
        found: object = None
        for term in stack.terms:
            void = any(
                _covers(each, moment.minute) and term.limb.id in each.limbs
                for each in term.measure.voids
            )
            found = (term.limb.id, term.duty, term.heading, void)
        return self._outcomes.setdefault(found, len(self._outcomes)), self._bits(stack.doubts)

    def _bits(self, doubts: Iterable[Doubt]) -> int:
        """The facts that settling a doubt may turn over; ALL where it is about the law itself."""
        bits = 0
        for doubt in doubts:
            if not isinstance(doubt.what, Test) or doubt.limb is None:
                return ALL
            for test in (doubt.what, *doubt.limb.when):
                bits |= self.signs.bit(test.fact)
        return bits

    def _lines_so_far(self) -> Column:
        import numpy

        if self._line_numbers is not None and len(self._line_numbers) == len(self.law.lines):
            return self._line_numbers
        for line in self.law.lines[len(self._line_of) :]:
            rows = tuple(
                tuple(alike(row) for row in line.members[name])
                for name in self.lists
                if name in line.members
            )
            written = tuple(
                name for name in self.lists if name[0].isdigit() and line.code.startswith(name)
            )
            self._line_of.append(self._lines.setdefault((rows, written), len(self._lines)))
        self._line_numbers = numpy.array(self._line_of, numpy.int32)
        return self._line_numbers

    def _signs_so_far(self) -> Column:
        import numpy

        for sign in self.signs.signs[len(self._sign_of) :]:
            seen = tuple(each for each in sign if each.key in self.facts)
            self._sign_of.append(self._signs.setdefault(seen, len(self._signs)))
        return numpy.array(self._sign_of, numpy.int64)


def _covers(stretch: object, minute: int) -> bool:
    start, until = stretch.start, stretch.until  # type: ignore[attr-defined]
    return bool(start <= minute and (until is None or minute < until))


def _shown(scoped: ScopedLimb, paint: Paint | None, minute: int) -> tuple[object, ...]:
    """What a limb charges at a minute; a paint whose end is in doubt counts by itself."""
    if paint is None:
        return (None, None, None)
    unclear = id(paint) if _ends_unclear(paint, minute) else None
    return (paint.duty, paint.heading or scoped.limb.heading, unclear)


def _ends_unclear(paint: Paint, minute: int) -> bool:
    if not paint.boundary or paint.until is None:
        return False
    return minute >= paint.until - MINUTES


def _is_certain(scoped: ScopedLimb, paint: Paint | None, minute: int, listed: bool | None) -> bool:
    """Whether a limb applies whatever the facts are, so that none after it is reached."""
    if paint is None or paint.duty is None or scoped.limb.when or listed is not True:
        return False
    return not _ends_unclear(paint, minute)


def _places(law: Law, measure: Measure) -> Column:
    """A number for each place class: those of one number are alike to the measure."""
    import numpy

    named = sorted(places_of(measure))
    numbers: dict[tuple[bool, ...], int] = {}
    found = []
    for country in law.places:
        key = tuple(law.register.inside((name,), country) for name in named)
        found.append(numbers.setdefault(key, len(numbers)))
    return numpy.array(found, numpy.int32)


def _regimes(law: Law, marks: list[int]) -> Column:
    """The stretch between a measure's own marks in which each regime of the law lies."""
    import numpy

    minutes = [law.minute(regime) for regime in range(len(law.marks) + 1)]
    return numpy.array([bisect_right(marks, minute) for minute in minutes], numpy.int32)
