"""The stack: which terms apply to an entry on a day, pure law without values.

``resolve`` asks each measure for the first of its limbs that fits, then lets measures give way
to one another, the strongest first. A measure that has itself given way displaces nobody, and a
limb that charges nothing displaces only where the register names it.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import NamedTuple
from detente.applicability.entry_facts import EntryFacts
from detente.applicability.scope import MeasureInScope, Scope, ScopedProvision, ends_unclear
from detente.register.lists import Membership
from detente.register.model import DutyRate, EffectivePeriod, Measure, Provision, Test, Yield


class ContentPortion(NamedTuple):
    """How the unstated content that a term is charged on is taken.

    Attributes:
        rest: whether it is what is left of the value; else it is nothing.
        stated: entry facts of the contents that are stated, and taken off the rest.
    """

    rest: bool
    stated: tuple[str, ...]


class Term(NamedTuple):
    """One limb that applies: what it charges, under which heading, on which parts of the value.

    ``less`` are the stronger terms whose parts of the value this term does not reach, and
    ``less_headings`` the headings that say so on those parts. ``portion`` is set where several
    terms share the value; see ``shared_value``.
    """

    measure: Measure
    limb: Provision
    paint: EffectivePeriod
    duty: DutyRate
    heading: str | None
    goods: Membership
    less: tuple[Term, ...] = ()
    less_headings: tuple[str, ...] = ()
    portion: ContentPortion | None = None


class NotApplied(NamedTuple):
    """A limb that matched goods and place and still does not apply, and why."""

    measure: Measure
    limb: Provision
    heading: str | None
    reason: str
    test: Test | None = None
    winner: Term | None = None
    state: str = ""


class Uncertainty(NamedTuple):
    """Something that could change the stack: a fact, a reading, a list, a boundary.

    ``what`` is the test, the yield, the paint or the limb that is in doubt; ``holds`` is what the
    answer takes it to be.
    """

    kind: str
    measure: Measure
    limb: Provision | None
    what: Test | Yield | EffectivePeriod | Provision
    holds: bool


class Stack(NamedTuple):
    """The terms that apply, what was kept out, and what is in doubt."""

    terms: tuple[Term, ...]
    kept_out: tuple[NotApplied, ...]
    doubts: tuple[Uncertainty, ...]


class Fit(NamedTuple):
    """What one measure comes to: its term if any, what was kept out, and what is in doubt."""

    term: Term | None
    kept_out: tuple[NotApplied, ...]
    doubts: tuple[Uncertainty, ...]


class AsOf(NamedTuple):
    """When is asked, as known when, with which facts; ``turned`` reverses one doubt."""

    minute: int
    known_on: int | None
    facts: EntryFacts
    turned: object | None = None


def resolve(scope: Scope, moment: AsOf) -> Stack:
    """The stack of an entry.

    Args:
        scope: the register narrowed to the code, the origin and the destination.
        moment: the minute asked for, what was known, the entry facts.
    """
    fits = [fit(candidate, scope.listed, moment) for candidate in scope.candidates]
    return together(fits, scope.yields, moment)


def fit(candidate: MeasureInScope, listed: tuple[str, ...], moment: AsOf) -> Fit:
    """What one measure comes to by itself, before any gives way to another.

    Args:
        candidate: the measure with the limbs that can fit.
        listed: names of the lists that hold the code on some day.
        moment: the minute asked for, what was known, the entry facts.
    """
    kept_out: list[NotApplied] = []
    doubts: list[Uncertainty] = []
    term = _first_fit(candidate, listed, moment, kept_out, doubts)
    return Fit(term, tuple(kept_out), tuple(doubts))


def together(fits: Iterable[Fit], yields: Iterable[Yield], moment: AsOf) -> Stack:
    """The stack of measures that were fitted one by one: the weaker give way to the stronger."""
    terms: list[Term] = []
    kept_out: list[NotApplied] = []
    doubts: list[Uncertainty] = []
    for each in fits:
        if each.term is not None:
            terms.append(each.term)
        kept_out.extend(each.kept_out)
        doubts.extend(each.doubts)
    return _give_way(terms, yields, moment, kept_out, doubts)


def is_void(term: Term, moment: AsOf) -> bool:
    """Whether a later finding, as far as known, says that the term was never owed."""
    for void in term.measure.voids:
        announced = moment.known_on is None or void.announced <= moment.known_on
        covers = void.start <= moment.minute and (void.until is None or moment.minute < void.until)
        if announced and covers and term.limb.id in void.limbs:
            return True
    return False


def void_measures(stack: Stack, moment: AsOf) -> frozenset[str]:
    """Measures whose term was assessed and, as far as known, never owed."""
    return frozenset(term.measure.id for term in stack.terms if is_void(term, moment))


def _first_fit(
    candidate: MeasureInScope,
    listed: tuple[str, ...],
    moment: AsOf,
    kept_out: list[NotApplied],
    doubts: list[Uncertainty],
) -> Term | None:
    """The first limb of a measure that fits; what it passed over goes to the two lists."""
    measure = candidate.measure
    resting: NotApplied | None = None
    for scoped in candidate.limbs:
        limb = scoped.limb
        goods = scoped.listed(moment.minute, moment.known_on)
        if goods.listed is False:
            continue
        _doubt_readings(measure, limb, moment, doubts)
        paint = _showing(limb.paints, moment)
        if paint is None:
            continue
        _doubt_boundary(measure, limb, paint, moment, doubts)
        if paint.duty is None:
            if not limb.when and resting is None:
                resting = NotApplied(
                    measure, limb, _heading(limb, paint), "state", state=paint.state
                )
            continue
        if goods.listed is None:
            doubts.append(Uncertainty("list", measure, limb, limb, False))
            if moment.turned is not limb:
                continue
        if limb.possible:
            if not _may_apply(limb, listed, moment):
                continue
            doubts.append(Uncertainty("law", measure, limb, limb, False))
            if moment.turned is not limb:
                continue
            return Term(measure, limb, paint, paint.duty, _heading(limb, paint), goods)
        failed = _failing(limb, listed, moment)
        if failed is not None and failed.operator == "given":
            continue
        _doubt_tests(scoped, measure, failed, listed, moment, doubts)
        if failed is not None:
            silent = moment.facts.known[failed.fact].raised == "silent"
            if not silent or moment.facts.given(failed.fact):
                kept_out.append(NotApplied(measure, limb, _heading(limb, paint), "test", failed))
            continue
        return Term(measure, limb, paint, paint.duty, _heading(limb, paint), goods)
    if resting is not None:
        kept_out.append(resting)
    return None


def _showing(paints: tuple[EffectivePeriod, ...], moment: AsOf) -> EffectivePeriod | None:
    """The paint that shows, leaving out one whose reading or boundary is turned."""
    for paint in reversed(paints):
        if moment.known_on is not None and paint.announced > moment.known_on:
            continue
        if paint.start <= moment.minute and (paint.until is None or moment.minute < paint.until):
            stands = not paint.readings or paint.readings[0].holds
            if stands is not (moment.turned is paint):
                return paint
    return None


def _heading(limb: Provision, paint: EffectivePeriod) -> str | None:
    return paint.heading or limb.heading


def _may_apply(limb: Provision, listed: tuple[str, ...], moment: AsOf) -> bool:
    """Whether the tests of a possible limb hold, or may hold by a fact that is asked."""
    for test in limb.when:
        asked = moment.facts.known[test.fact].asks(listed, bool(limb.goods), bool(limb.places))
        silent = asked and not moment.facts.given(test.fact)
        if not silent and not moment.facts.holds(test, listed):
            return False
    return True


def _failing(limb: Provision, listed: tuple[str, ...], moment: AsOf) -> Test | None:
    """The first test of a limb that does not hold; an unknown fact does not hold."""
    for test in limb.when:
        if not moment.facts.holds(test, listed):
            return test
    return None


def _doubt_tests(
    scoped: ScopedProvision,
    measure: Measure,
    failed: Test | None,
    listed: tuple[str, ...],
    moment: AsOf,
    doubts: list[Uncertainty],
) -> None:
    """A test on a fact that was not given is a doubt, where the law makes the fact a question."""
    for test in scoped.limb.when:
        if test.operator == "given":
            continue
        fact = moment.facts.known[test.fact]
        limb = scoped.limb
        asked = fact.asks(listed, bool(limb.goods), bool(limb.places))
        if asked and not moment.facts.given(test.fact):
            if failed is None:
                doubts.append(Uncertainty("fact", measure, scoped.limb, test, True))
            elif test == failed:
                doubts.append(Uncertainty("fact", measure, scoped.limb, test, False))
                return


def _doubt_readings(
    measure: Measure, limb: Provision, moment: AsOf, doubts: list[Uncertainty]
) -> None:
    """A known paint of the day with readings, also one that by the first of them does not show."""
    for paint in limb.paints:
        known = moment.known_on is None or paint.announced <= moment.known_on
        covers = paint.start <= moment.minute and (
            paint.until is None or moment.minute < paint.until
        )
        if paint.readings and covers and known:
            doubts.append(Uncertainty("law", measure, limb, paint, paint.readings[0].holds))


def _doubt_boundary(
    measure: Measure,
    limb: Provision,
    paint: EffectivePeriod,
    moment: AsOf,
    doubts: list[Uncertainty],
) -> None:
    """A paint whose last day is unclear and has come."""
    if ends_unclear(paint, moment.minute):
        doubts.append(Uncertainty("boundary", measure, limb, paint, True))


def _give_way(
    terms: list[Term],
    yields: Iterable[Yield],
    moment: AsOf,
    kept_out: list[NotApplied],
    doubts: list[Uncertainty],
) -> Stack:
    """Let the weaker terms give way to the stronger ones, each after its own winners."""
    active = [row for row in yields if _active(row, moment)]
    by_measure = {term.measure.id: term for term in terms}
    settled: dict[str, Term | None] = {}

    def settle(name: str) -> Term | None:
        if name in settled:
            return settled[name]
        term = by_measure[name]
        settled[name] = term
        for row in active:
            if row.loser != name or row.winner not in by_measure or not _loses(row, term):
                continue
            winner = settle(row.winner)
            if winner is None or not _displaces(row, winner):
                continue
            stands = not row.readings or row.readings[0].holds
            if row.readings:
                doubts.append(Uncertainty("law", term.measure, term.limb, row, stands))
            if stands is (moment.turned is row):
                continue
            if row.basis == "article":
                settled[name] = None
                kept_out.append(
                    NotApplied(term.measure, term.limb, row.heading, "yields", winner=winner)
                )
                return None
            headings = (row.heading,) if row.heading else ()
            term = term._replace(
                less=(*term.less, winner), less_headings=(*term.less_headings, *headings)
            )
            settled[name] = term
        return settled[name]

    for name in sorted(by_measure):
        settle(name)
    standing = tuple(term for name in sorted(by_measure) if (term := settled[name]) is not None)
    return Stack(standing, tuple(kept_out), tuple(doubts))


def _active(row: Yield, moment: AsOf) -> bool:
    if moment.known_on is not None and row.announced > moment.known_on:
        return False
    return row.start <= moment.minute and (row.until is None or moment.minute < row.until)


def _loses(row: Yield, term: Term) -> bool:
    """Whether a row speaks of this term: of its limb, or of any limb that charges something."""
    if row.loser_limbs:
        return term.limb.id in row.loser_limbs
    return term.duty.form != "free"


def _displaces(row: Yield, winner: Term) -> bool:
    """Whether the winner displaces: a nil limb only where the row names it."""
    if row.winner_limbs:
        return winner.limb.id in row.winner_limbs
    return winner.duty.form != "free"
