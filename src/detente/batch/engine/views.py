"""A measure narrowed to one cell: the provisions that can still apply, for any entry facts.

A *rest* is the measure narrowed to goods, place and minute: its provisions in order, each with what
it charges. Cells with the same rest get the same from the measure under any facts. An *outcome* is
what comes of a rest under the facts of one sign; many rests share one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.changepoints import void_changepoints
from detente.applicability.partition import lists_of
from detente.applicability.scope import (
    MeasureInScope,
    Scope,
    ScopedProvision,
    changepoints,
    ends_unclear,
)
from detente.applicability.stack import AsOf, Fit, Term, Uncertainty, fit
from detente.batch.engine.fact_patterns import FactPatterns, facts_of
from detente.batch.engine.law import BatchLaw, places_of
from detente.register.model import EffectivePeriod, Measure, Test
from detente.register.periods import period_at

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

NOTHING = 0
"""The rest, and the outcome, of a measure that does not touch a cell."""

UNMET = -1
"""The rest of a cell that was not met yet."""

ALL = 2**64 - 1
"""The bits of all facts."""

EMPTY = 0
"""The number of a fit that comes to nothing: no term, and nothing in doubt."""


class Rest(NamedTuple):
    """A measure narrowed to what can still apply in a cell, and a minute of that cell."""

    candidate: MeasureInScope
    listed: tuple[str, ...]
    minute: int


class Fits:
    """The fits that measures came to, by number; those that mean the same have one number.

    What was kept out is left away: no column of a batch tells of it.
    """

    def __init__(self) -> None:
        self.fits: list[Fit] = [Fit(None, (), ())]
        self.outcome: list[int] = [NOTHING]
        self.doubt_bits: list[int] = [0]
        self.faults: dict[int, ValueError] = {}
        self._numbers: dict[object, int] = {}

    def number(self, meaning: object, found: Fit) -> int:
        """The number of a fit by its meaning; -1 - number where it is new."""
        number = self._numbers.get(meaning)
        if number is None:
            number = self._numbers[meaning] = len(self.fits)
            self.fits.append(found)
            # Number 0 is the empty fit, so a new one is never its own negative.
            return -number
        return number


class MeasureView:
    """One measure's rests and outcomes, by number, as far as they were met."""

    def __init__(self, law: BatchLaw, patterns: FactPatterns, measure: Measure, fits: Fits) -> None:
        import numpy

        self.fits = fits
        self.law = law
        self.patterns = patterns
        self.measure = measure
        self.facts = facts_of(measure)
        self.bits = 0
        for key in self.facts:
            self.bits |= patterns.bit(key)
        parts = {
            law.register.bases[name].fact
            for provision in measure.provisions
            for name in provision.base
        }
        self.reads = self.facts | (parts - {""})
        known = law.register.facts
        defaults = {each.list for key in self.facts for each in known[key].goods}
        self.lists = sorted(lists_of(measure) | defaults)
        self.defaults = sorted(defaults)
        self._lines: dict[object, int] = {}
        self._patterns: dict[object, int] = {}
        self._pattern_of: list[int] = []
        self._place_of = _places(law, measure)
        self._inside: Column = numpy.zeros(len(law.places), bool)
        for name in measure.places:
            self._inside |= law.inside(name)
        self._scopes: dict[tuple[int, int], Scope] = {}
        self._line_kinds: Column = numpy.zeros(0, numpy.int32)
        self._place_count = int(self._place_of.max(initial=-1)) + 1
        self._rest_of = numpy.zeros(0, numpy.int32)
        self._rests: dict[object, int] = {None: NOTHING}
        self._left: list[Rest | None] = [None]
        self._read = tuple(sorted(self.facts))
        self._turning = {id(provision) for provision in measure.provisions}
        self._turning |= {
            id(period) for provision in measure.provisions for period in provision.periods
        }
        self._edges: dict[tuple[int, int], list[int]] = {}
        self._rest_at: dict[tuple[int, int, int], int] = {}
        self._fit_of: dict[object, int] = {}
        self._outcomes: dict[object, int] = {None: NOTHING}

    @cached_property
    def marks(self) -> list[int]:
        """Minutes at which the measure or its lists change."""
        return sorted(self.law.changepoints.of_measure(self.measure))

    @cached_property
    def _regime_of(self) -> Column:
        return _regimes(self.law, self.marks)

    def rest(self, line: int, place: int, regime: int) -> int:
        """The rest of the measure in one cell."""
        if not self._inside[place]:
            return NOTHING
        return self._rest_in(line, place, regime)

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
            # Line kinds are the slowest of the three to vary, so new ones only lengthen the table.
            more = numpy.full(size - len(self._rest_of), UNMET, numpy.int32)
            self._rest_of = numpy.concatenate([self._rest_of, more])
        key = lines[line].astype(numpy.int64) * self._place_count
        key = (key + self._place_of[place]) * regimes + self._regime_of[regime]
        found = self._rest_of[key]
        unmet = (found == UNMET).nonzero()[0]
        if len(unmet):
            distinct, first = numpy.unique(key[unmet], return_index=True)
            for each, at in zip(distinct.tolist(), unmet[first].tolist(), strict=True):
                self._rest_of[each] = self._rest_in(int(line[at]), int(place[at]), int(regime[at]))
            found = self._rest_of[key]
        return found

    def inside(self, place: int) -> bool:
        """Whether the measure names goods of a place class at all."""
        return bool(self._inside[place])

    def outcomes(self, rest: Column, pattern: Column) -> tuple[Column, Column]:
        """What comes of each rest under the facts of a pattern, and bits of the facts in doubt."""
        import numpy

        # Both numbers in one, so that a sort finds the pairs that are distinct.
        key = (rest.astype(numpy.int64) << 32) + self._patterns_so_far()[pattern]
        distinct, first, where = numpy.unique(key, return_index=True, return_inverse=True)
        found = numpy.zeros(len(distinct), numpy.int32)
        doubts = numpy.zeros(len(distinct), numpy.uint64)
        for number, each in enumerate(distinct.tolist()):
            # Where the measure reads no facts this is also a key of `fit`, and means the same
            # there.
            pair = (each >> 32, each & 0xFFFFFFFF)
            if pair not in self._fit_of:
                facts = self.patterns.facts[int(pattern[first[number]])]
                self._fit_of[pair] = self.fit(pair[0], AsOf(0, None, facts))
            fitted = self._fit_of[pair]
            found[number] = self.fits.outcome[fitted]
            doubts[number] = self.fits.doubt_bits[fitted]
        where = where.reshape(-1)
        return found[where], doubts[where]

    def table(self, place: int, regimes: Column, whole: bool) -> tuple[Column, Column, Column]:
        """What a place gets without facts, by the measure's own lines and segments.

        Args:
            place: a place class.
            regimes: regimes, by number.
            whole: whether to give rests, which tell open questions apart, and not outcomes.

        Returns:
            The rest or outcome of each kind of line in each segment; the kind of each line class;
            and the segment of each regime.
        """
        import numpy

        line_of = self._lines_so_far()
        kinds, line = numpy.unique(line_of, return_index=True)
        segments, regime, segment_of = numpy.unique(
            self._regime_of[regimes], return_index=True, return_inverse=True
        )
        lines, at = numpy.repeat(line, len(segments)), numpy.tile(regimes[regime], len(kinds))
        found = self.rests(lines, numpy.full(len(lines), place), at)
        if not whole:
            found, _ = self.outcomes(found, numpy.zeros(len(found), numpy.int64))
        return found.reshape(len(kinds), len(segments)), line_of, segment_of.reshape(-1)

    def scope(self, line: int, place: int) -> Scope:
        """The measure alone, narrowed to a line class and a place class."""
        key = (self._kind(line), int(self._place_of[place]))
        if key not in self._scopes:
            self._scopes[key] = self.law.narrow([self.measure], line, place)
        return self._scopes[key]

    def fit(self, rest: int, as_of: AsOf) -> int:
        """The number of what a rest comes to with some facts, or with one doubt turned over.

        The minute is that of a cell in which the rest was met: within a rest it does not matter.
        """
        texts = as_of.facts.texts
        # A doubt of another measure leaves this one as it was.
        flipped = id(as_of.flipped) if self.turns(as_of.flipped) else 0
        key = (rest, flipped, *[texts.get(name) for name in self._read])
        number = self._fit_of.get(key)
        if number is None:
            number = self._fit_of[key] = self._new_fit(rest, as_of)
        return number

    def turns(self, doubted: object) -> bool:
        """Whether a doubt is about a provision of the measure, or a period of one."""
        return id(doubted) in self._turning

    def _new_fit(self, rest: int, as_of: AsOf) -> int:
        left = self._left[rest]
        if left is None:
            return EMPTY
        as_of = as_of._replace(minute=left.minute)
        try:
            found = fit(left.candidate, left.listed, as_of)
        except ValueError as error:
            return self._fault(error)
        if found.term is None and not found.doubts:
            return EMPTY
        outcome = _outcome(found.term, left.minute)
        doubts = [
            (each.kind, each.provision.id if each.provision else "", each.holds, doubted(each))
            for each in found.doubts
        ]
        meaning = (self.measure.id, outcome, tuple(doubts))
        number = self.fits.number(meaning, found._replace(not_applied=()))
        if number < 0:
            self.fits.outcome.append(self._outcomes.setdefault(outcome, len(self._outcomes)))
            self.fits.doubt_bits.append(self._bits(found.doubts))
        return abs(number)

    def _fault(self, error: ValueError) -> int:
        """A fit that cannot be found, since a fact cannot be read as the law needs it."""
        number = self.fits.number((self.measure.id, str(error)), self.fits.fits[EMPTY])
        if number < 0:
            self.fits.faults[-number] = error
            self.fits.outcome.append(self._outcomes.setdefault("unreadable", len(self._outcomes)))
            self.fits.doubt_bits.append(ALL)
        return abs(number)

    def _rest_in(self, line: int, place: int, regime: int) -> int:
        """The rest in a cell: found once for each segment in which nothing of its scope changes."""
        here = (self._kind(line), int(self._place_of[place]))
        if here not in self._edges:
            self._edges[here] = _changepoints(self.scope(line, place))
        minute = self.law.minute(regime)
        key = (*here, bisect_right(self._edges[here], minute))
        if key not in self._rest_at:
            self._rest_at[key] = self._rest(self.scope(line, place), minute)
        return self._rest_at[key]

    def _rest(self, scope: Scope, minute: int) -> int:
        """The provisions that can come to apply, up to the first that nothing can keep out."""
        left: list[object] = []
        provisions: list[ScopedProvision] = []
        for candidate in scope.candidates:
            for scoped in candidate.provisions:
                listed = scoped.listed(minute, None).listed
                if listed is False:
                    continue
                period = period_at(scoped.provision.periods, minute)
                disputed = tuple(
                    id(each)
                    for each in scoped.provision.periods
                    if each.readings and covers(each, minute)
                )
                if period is None and not disputed:
                    continue
                provisions.append(scoped)
                left.append(
                    (scoped.provision.id, listed, *_shown(scoped, period, minute), disputed)
                )
                if _is_certain(scoped, period, minute, listed) and not disputed:
                    break
            voids = [void for void in candidate.measure.voids if covers(void, minute)]
            if left:
                listed_defaults = tuple(name for name in self.defaults if name in scope.listed)
                void_provisions = tuple(
                    sorted({provision for void in voids for provision in void.provisions})
                )
                key = (tuple(left), void_provisions, listed_defaults)
                if key not in self._rests:
                    self._rests[key] = len(self._rests)
                    remaining = MeasureInScope(candidate.measure, tuple(provisions))
                    self._left.append(Rest(remaining, scope.listed, minute))
                return self._rests[key]
        return NOTHING

    def _bits(self, doubts: Iterable[Uncertainty]) -> int:
        """The facts that settling a doubt may turn over; ALL where it is about the law itself."""
        bits = 0
        for doubt in doubts:
            if not isinstance(doubt.what, Test) or doubt.provision is None:
                return ALL
            for test in (doubt.what, *doubt.provision.when):
                bits |= self.patterns.bit(test.fact)
        return bits

    def _lines_so_far(self) -> Column:
        """A number for each line class: those of one number are alike to the measure."""
        import numpy

        known = len(self._line_kinds)
        if known != self.law.line_count:
            seen = self.law.classes.seen(self.lists, known)
            kinds = [
                self._lines.setdefault(seen.get(line, ()), len(self._lines))
                for line in range(known, self.law.line_count)
            ]
            self._line_kinds = numpy.append(self._line_kinds, numpy.array(kinds, numpy.int32))
        return self._line_kinds

    def _kind(self, line: int) -> int:
        """The number of one line class, without a look at all others."""
        if line < len(self._line_kinds):
            return int(self._line_kinds[line])
        seen = self.law.classes.seen_in(line, self.lists)
        return self._lines.setdefault(seen, len(self._lines))

    def _patterns_so_far(self) -> Column:
        import numpy

        for pattern in self.patterns.patterns[len(self._pattern_of) :]:
            seen = tuple(each for each in pattern if each.key in self.facts)
            self._pattern_of.append(self._patterns.setdefault(seen, len(self._patterns)))
        return numpy.array(self._pattern_of, numpy.int64)


def _outcome(term: Term | None, minute: int) -> object:
    """What matters of a term: two that agree in it charge the same under the same heading."""
    if term is None:
        return None
    void = any(
        covers(each, minute) and term.provision.id in each.provisions for each in term.measure.voids
    )
    return (term.provision.id, term.duty, term.heading, void)


def _changepoints(scope: Scope) -> list[int]:
    """Minutes at which something of a narrowed measure begins, ends, or comes to be in doubt."""
    found = changepoints(scope.candidates, unclear_ends=True)
    return sorted(found.union(*(void_changepoints(each.measure) for each in scope.candidates)))


def doubted(doubt: Uncertainty) -> object:
    """What is in doubt, as a key: a test by what it says, anything else by itself."""
    return doubt.what if isinstance(doubt.what, Test) else id(doubt.what)


def covers(segment: object, minute: int) -> bool:
    """Whether a segment of days, from its start until the minute before its end, holds a minute."""
    start, until = segment.start, segment.until  # type: ignore[attr-defined]
    return bool(start <= minute and (until is None or minute < until))


def _shown(
    scoped: ScopedProvision, period: EffectivePeriod | None, minute: int
) -> tuple[object, ...]:
    """What a provision charges at a minute; a period whose end is in doubt counts by itself."""
    if period is None:
        return (None, None, None)
    unclear = id(period) if ends_unclear(period, minute) else None
    return (period.duty, period.heading or scoped.provision.heading, unclear)


def _is_certain(
    scoped: ScopedProvision, period: EffectivePeriod | None, minute: int, listed: bool | None
) -> bool:
    """Whether a provision applies whatever the facts are, so that none after it is reached."""
    if period is None or period.duty is None or scoped.provision.when or listed is not True:
        return False
    if scoped.provision.possible:
        return False
    return not ends_unclear(period, minute)


def _places(law: BatchLaw, measure: Measure) -> Column:
    """A number for each place class: those of one number are alike to the measure."""
    import numpy

    inside = [law.inside(name).tolist() for name in sorted(places_of(measure))]
    keys = zip(*inside, strict=True) if inside else [()] * len(law.places)
    numbers: dict[tuple[bool, ...], int] = {}
    found = [numbers.setdefault(key, len(numbers)) for key in keys]
    return numpy.array(found, numpy.int32)


def _regimes(law: BatchLaw, marks: list[int]) -> Column:
    """The segment between a measure's own marks in which each regime of the law lies."""
    import numpy

    minutes = [law.minute(regime) for regime in range(len(law.marks) + 1)]
    return numpy.array([bisect_right(marks, minute) for minute in minutes], numpy.int32)
