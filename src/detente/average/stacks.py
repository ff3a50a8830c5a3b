"""Stacks for thousands of codes over many days, each distinct one put together once.

Codes under whose timelines every measure comes to the same are one kind. On a day, the fits of a
kind and the stacking rules decide: where they were met before, the case is known. Fits and stacks
come from `detente.applicability.stack`, so an average and a single answer cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import EntryFacts
from detente.applicability.shared_value import shared_out
from detente.applicability.stack import AsOf, Fit, Term, together
from detente.average.cases import (
    Entered,
    Ordinary,
    RateCharge,
    StackCase,
    Varying,
    charge,
    varies,
)
from detente.average.classes import ClassPlace
from detente.average.law import CLAIM, AverageLaw
from detente.average.timelines import ClassTimelines, Fitted
from detente.duty.amounts import facts_of_figures
from detente.register.model import StackingRule

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray


class CaseSegment(NamedTuple):
    """Days ``[first, until)`` over which a kind meets one case.

    ``doubtful`` names lists of which it is not known whether they hold the goods.
    """

    first: int
    until: int
    case: StackCase
    doubtful: tuple[str, ...]


class CodeKind(NamedTuple):
    """A kind of codes: the cases that they meet over the days asked, in order."""

    number: int
    segments: tuple[CaseSegment, ...]

    def case_on(self, day: int) -> StackCase:
        """The case on a day, by its place among the days asked."""
        return next(each.case for each in self.segments if day < each.until)


class PlacesByClaim:
    """Classes of codes, those entered under one claim together: what all origins ask alike.

    Attributes:
        size: how many there are.
        by_claim: their places in order, and their numbers among the classes of the claim.
    """

    def __init__(self, places: Sequence[ClassPlace]) -> None:
        import numpy

        self.size = len(places)
        grouped: dict[str, list[int]] = {}
        for at, place in enumerate(places):
            grouped.setdefault(place.claim, []).append(at)
        self.by_claim = {
            claim: (
                numpy.array(rows_of_claim),
                numpy.array([places[at].number for at in rows_of_claim]),
            )
            for claim, rows_of_claim in grouped.items()
        }


class Stacks:
    """Cases and kinds of codes, shared by all origins and facts."""

    def __init__(self, timelines: ClassTimelines, law: AverageLaw | None = None) -> None:
        """Begin without any; the timelines know the law, the days and the codes.

        Args:
            timelines: what measures come to.
            law: the law of another register, beside that of the timelines.
        """
        self.law = law or timelines.law
        self.classes = timelines.classes
        self.timelines = timelines
        self._ordinary = Ordinary()
        # Counted for all facts together, so that no two kinds bear one number.
        self._numbers = count()
        self._under: dict[object, Under] = {}
        self._goods: dict[object, OriginGoods] = {}
        self._rows: dict[tuple[int, ...], list[tuple[int, tuple[int, ...]]]] = {}
        self._arrays: dict[int, tuple[list[int], Column]] = {}

    def of(self, origin: str, facts: EntryFacts) -> OriginGoods:
        """The goods of an origin, under some facts."""
        origin = self.law.alike(origin)
        stated = (origin, tuple(sorted(facts.texts.items())))
        if stated not in self._goods:
            self._goods[stated] = OriginGoods(self, origin, facts)
        return self._goods[stated]

    def array(self, timelines: list[int]) -> Column:
        """The timelines of every class under one measure, as numbers to compute with."""
        import numpy

        held, found = self._arrays.get(id(timelines), (None, None))
        # The list is held beside its array: the identity of one that is gone may come again.
        if held is not timelines or found is None:
            found = numpy.array(timelines, numpy.intp)
            self._arrays[id(timelines)] = timelines, found
        return found

    def rows(self, timelines: tuple[int, ...]) -> list[tuple[int, tuple[int, ...]]]:
        """What timelines come to from each day on which that changes: yields and then fits."""
        found = self._rows.get(timelines)
        if found is None:
            known, stacking = self.timelines, self.law.stacking
            by_day, changes = stacking.days(_among(known.stacking[each] for each in timelines))
            marks = {0, *changes}.union(*[known.changes[each] for each in timelines])
            columns = (by_day, *[known.timelines[each] for each in timelines])
            found = self._rows[timelines] = [
                (at, tuple([column[at] for column in columns])) for at in sorted(marks)
            ]
        return found

    def under(self, facts: EntryFacts, claimed: bool) -> Under:
        """Cases and kinds under some facts."""
        bases = self.law.register.bases
        # Of what charges alike whatever else is stated there is one.
        facts = facts_of_figures(facts, bases)
        stated = (tuple(sorted(facts.texts.items())), claimed)
        if stated not in self._under:
            entered = Entered(facts, bases, claimed)
            self._under[stated] = Under(self, entered, self._ordinary, self._numbers)
        return self._under[stated]


class OriginGoods:
    """Goods of one origin under some facts, by their codes."""

    def __init__(self, stacks: Stacks, origin: str, facts: EntryFacts) -> None:
        self._stacks = stacks
        self._facts = facts
        self._measures = stacks.law.touching(origin)
        self._kinds: dict[tuple[str, int], CodeKind] = {}
        self._columns: dict[str, tuple[int, Under, list[list[int]]]] = {}
        self._rows: dict[str, tuple[list[list[int]], list[tuple[int, ...]]]] = {}

    def kinds(self, codes: Iterable[tuple[str, int | None]]) -> Iterator[CodeKind]:
        """The kind of each code, with the minute that `Classes.place` asks for, or None."""
        for place in [self._stacks.classes.place(*each) for each in codes]:
            yield self.kind_at((place.claim, place.number))

    def kinds_at(self, places: PlacesByClaim, selected: Column) -> tuple[list[CodeKind], Column]:
        """The distinct kinds of classes of codes, all at once, and the one of each class.

        Alike columns of timelines are one kind.

        Args:
            places: classes of codes.
            selected: which of them are asked about, by place; the others get no kind.
        """
        import numpy

        kinds: list[CodeKind] = []
        which = numpy.zeros(places.size, numpy.intp)
        wanted = numpy.zeros(places.size, bool)
        wanted[selected] = True
        for claim, (rows_of_claim, numbers) in places.by_claim.items():
            chosen = wanted[rows_of_claim]
            rows_of_claim, numbers = rows_of_claim[chosen], numbers[chosen]
            if not len(rows_of_claim):
                continue
            under, columns = self._under(claim)
            if not columns:
                which[rows_of_claim] = len(kinds)
                kinds.append(under.kind(()))
                continue
            own = [self._stacks.array(each)[numbers] for each in columns]
            timelines = numpy.stack(own, axis=1)
            # Rows as bytes: to number them is much faster than to sort them.
            rows = timelines.view(f"V{timelines.itemsize * timelines.shape[1]}")[:, 0].tolist()
            number_of: dict[bytes, int] = {}
            known = len(kinds)
            which[rows_of_claim] = [
                number_of.setdefault(row, known + len(number_of)) for row in rows
            ]
            for row in number_of:
                kinds.append(
                    under.kind(tuple(filter(None, numpy.frombuffer(row, timelines.dtype).tolist())))
                )
        return kinds, which

    def _under(self, claim: str) -> tuple[Under, list[list[int]]]:
        """Kinds under a claim and timelines of its classes, worked out again as classes come."""
        size = len(self._stacks.classes.groups[claim].codes)
        if self._columns.get(claim, (0,))[0] != size:
            self._columns[claim] = (size, *self._touching(claim))
        return self._columns[claim][1:]

    def kind_at(self, place: tuple[str, int]) -> CodeKind:
        """The kind of a class of codes, which is entered under a claim."""
        found = self._kinds.get(place)
        if found is None:
            claim, number = place
            under, columns = self._under(claim)
            held, rows = self._rows.get(claim, ([], []))
            if held is not columns:
                rows = list(zip(*columns, strict=True))
                self._rows[claim] = columns, rows
            found = self._kinds[place] = under.kind_of(rows[number] if columns else ())
        return found

    def _touching(self, claim: str) -> tuple[Under, list[list[int]]]:
        """Kinds under a claim, and timelines of every class under each measure that touches it."""
        stacks, group, facts = self._stacks, self._stacks.classes.groups[claim], self._facts
        # What the question states of chapter 98 goes before what the line itself says.
        claimed = bool(claim) and not facts.is_stated(CLAIM)
        if claimed:
            facts = facts.with_value(CLAIM, claim)
        columns = [stacks.timelines.column(each, facts, group) for each in self._measures]
        return stacks.under(facts, claimed), [each for each in columns if each is not None]


class Under:
    """Cases and kinds under the same facts."""

    def __init__(
        self, stacks: Stacks, entered: Entered, ordinary: Ordinary, numbers: Iterator[int]
    ) -> None:
        self._stacks = stacks
        self._law, self._timelines = stacks.law, stacks.timelines
        self._entered = entered
        self._ordinary = ordinary
        self._numbers = numbers
        self._kinds: dict[tuple[int, ...], CodeKind] = {}
        self._by_row: dict[tuple[int, ...], CodeKind] = {}
        self._met: dict[tuple[int, ...], tuple[StackCase, tuple[str, ...]]] = {}
        self._cases: dict[object, StackCase] = {}
        self._by_meaning: dict[object, StackCase] = {}
        self._fixed: dict[object, RateCharge] = {}
        self._varying: dict[object, Varying] = {}

    def kind_of(self, row: tuple[int, ...]) -> CodeKind:
        """The kind of codes by the timelines of all measures, those that do not touch them too."""
        found = self._by_row.get(row)
        if found is None:
            found = self._by_row[row] = self.kind(tuple(filter(None, row)))
        return found

    def kind(self, timelines: tuple[int, ...]) -> CodeKind:
        """The kind of codes by the timelines of all measures that touch them."""
        found = self._kinds.get(timelines)
        if found is None:
            segments = tuple(self._segments(timelines))
            found = self._kinds[timelines] = CodeKind(next(self._numbers), segments)
        return found

    def _segments(self, timelines: tuple[int, ...]) -> Iterator[CaseSegment]:
        """Walk over the days on which a measure comes to something else, or a yield does."""
        met = self._met
        first, last = 0, None
        for at, row in self._stacks.rows(timelines):
            case = met.get(row)
            if case is None:
                case = met[row] = self._meet(tuple(filter(None, row[1:])), row[0], at)
            if last is not None and case is not last and case != last:
                yield CaseSegment(first, at, *last)
                first = at
            last = case
        if last is not None:
            yield CaseSegment(first, len(self._law.minutes), *last)

    def _meet(
        self, numbers: tuple[int, ...], stacking: int, at: int
    ) -> tuple[StackCase, tuple[str, ...]]:
        """The case of some fits with the yields of a day, and the lists in doubt."""
        fits = [self._timelines.fits[number] for number in numbers]
        doubt = tuple(dict.fromkeys(name for each in fits for name in each.doubtful))
        stacking &= _among(each.stacking for each in fits)
        key = (numbers, stacking)
        if key not in self._cases:
            terms = {each.term.measure.id: each for each in fits if each.term is not None}
            self._cases[key] = self._case(terms, self._law.stacking.rules(stacking), at)
        return self._cases[key], doubt

    def _case(
        self, terms: Mapping[str, Fitted], stacking_rules: Iterable[StackingRule], at: int
    ) -> StackCase:
        """The case of the terms of some measures, by id, of which some give way to others."""
        as_of = AsOf(self._law.minutes[at], self._law.known_on, self._entered.facts)
        fits = (Fit(each.term, (), ()) for each in terms.values())
        stack = together(fits, stacking_rules, as_of)
        shared = shared_out(stack.terms, self._entered.bases, self._entered.facts)
        parts = [(each, _meaning(each, terms)) for each in shared]
        key = tuple(meaning for _, meaning in parts)
        if key not in self._by_meaning:
            void = frozenset(name for name, each in terms.items() if each.void)
            fixed = [self._charge(*part, void) for part in parts if not varies(part[0])]
            varying = [part for part in parts if varies(part[0])]
            self._by_meaning[key] = StackCase(fixed, self._together(varying, void))
        return self._by_meaning[key]

    def _charge(self, term: Term, meaning: object, void: frozenset[str]) -> RateCharge:
        """What a term charges whatever the ordinary rate is."""
        if meaning not in self._fixed:
            self._fixed[meaning] = charge((term,), void, self._entered)
        return self._fixed[meaning]

    def _together(self, parts: Iterable[tuple[Term, object]], void: frozenset[str]) -> Varying:
        """Terms that hang on the ordinary rate."""
        key = tuple(meaning for _, meaning in parts)
        if key not in self._varying:
            terms = tuple(term for term, _ in parts)
            self._varying[key] = Varying(terms, void, self._entered, self._ordinary)
        return self._varying[key]


def _among(stacking: Iterable[tuple[int, int]]) -> int:
    """The yields of which both measures are among some."""
    yielding = prevailing = 0
    for gives_way, stands in stacking:
        yielding |= gives_way
        prevailing |= stands
    return yielding & prevailing


def _meaning(term: Term, terms: Mapping[str, Fitted]) -> tuple[object, ...]:
    """All that a term charges by: its own number, its portion, and to which it gives way."""
    own = (terms[term.measure.id].number, term.portion)
    return (*own, *(_meaning(each, terms) for each in term.less))
