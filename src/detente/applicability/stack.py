"""The stack: which terms apply to an entry on a day, pure law without values.

``resolve`` asks each measure for the first of its provisions that fits, then lets measures give way
to one another, the strongest first. A measure that has itself given way displaces nobody, and a
provision that charges nothing displaces only where the register names it.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import NamedTuple
from detente.applicability.entry_facts import EntryFacts
from detente.applicability.scope import MeasureInScope, Scope, ScopedProvision, ends_unclear
from detente.register.lists import Membership
from detente.register.model import DutyRate, EffectivePeriod, Measure, Provision, StackingRule, Test


class ContentPortion(NamedTuple):
    """How the unstated content that a term is charged on is taken.

    Attributes:
        rest: whether it is what is left of the value; else it is nothing.
        stated: entry facts of the contents that are stated, and taken off the rest.
    """

    rest: bool
    stated: tuple[str, ...]


class Term(NamedTuple):
    """A provision that applies: what it charges, under which heading, on which parts of the value.

    ``less`` are the stronger terms whose parts of the value this term does not reach, and
    ``less_headings`` the headings that say so on those parts. ``portion`` is set where several
    terms share the value; see ``shared_value``.
    """

    measure: Measure
    provision: Provision
    period: EffectivePeriod
    duty: DutyRate
    heading: str | None
    goods: Membership
    less: tuple[Term, ...] = ()
    less_headings: tuple[str, ...] = ()
    portion: ContentPortion | None = None


class NotApplied(NamedTuple):
    """A provision that matched goods and place and still does not apply, and why."""

    measure: Measure
    provision: Provision
    heading: str | None
    reason: str
    test: Test | None = None
    prevailing: Term | None = None
    state: str = ""


class Uncertainty(NamedTuple):
    """Something that could change the stack: a fact, a reading, a list, a boundary.

    ``what`` is the test, the yield, the period or the provision that is in doubt; ``holds`` is what
    the answer takes it to be.
    """

    kind: str
    measure: Measure
    provision: Provision | None
    what: Test | StackingRule | EffectivePeriod | Provision
    holds: bool


class Stack(NamedTuple):
    """The terms that apply, what was kept out, and what is in doubt."""

    terms: tuple[Term, ...]
    not_applied: tuple[NotApplied, ...]
    doubts: tuple[Uncertainty, ...]


class Fit(NamedTuple):
    """What one measure comes to: its term if any, what was kept out, and what is in doubt."""

    term: Term | None
    not_applied: tuple[NotApplied, ...]
    doubts: tuple[Uncertainty, ...]


class AsOf(NamedTuple):
    """When is asked, as known when, with which facts; ``flipped`` reverses one doubt."""

    minute: int
    known_on: int | None
    facts: EntryFacts
    flipped: object | None = None


def resolve(scope: Scope, as_of: AsOf) -> Stack:
    """The stack of an entry.

    Args:
        scope: the register narrowed to the code, the origin and the destination.
        as_of: the minute asked for, what was known, the entry facts.
    """
    fits = [fit(candidate, scope.listed, as_of) for candidate in scope.candidates]
    return together(fits, scope.stacking_rules, as_of)


def fit(candidate: MeasureInScope, listed: tuple[str, ...], as_of: AsOf) -> Fit:
    """What one measure comes to by itself, before any gives way to another.

    Args:
        candidate: the measure with the provisions that can fit.
        listed: names of the lists that hold the code on some day.
        as_of: the minute asked for, what was known, the entry facts.
    """
    not_applied: list[NotApplied] = []
    doubts: list[Uncertainty] = []
    term = _first_fit(candidate, listed, as_of, not_applied, doubts)
    return Fit(term, tuple(not_applied), tuple(doubts))


def together(fits: Iterable[Fit], stacking_rules: Iterable[StackingRule], as_of: AsOf) -> Stack:
    """The stack of measures that were fitted one by one: the weaker give way to the stronger."""
    terms: list[Term] = []
    not_applied: list[NotApplied] = []
    doubts: list[Uncertainty] = []
    for each in fits:
        if each.term is not None:
            terms.append(each.term)
        not_applied.extend(each.not_applied)
        doubts.extend(each.doubts)
    return _give_way(terms, stacking_rules, as_of, not_applied, doubts)


def is_void(term: Term, as_of: AsOf) -> bool:
    """Whether a later finding, as far as known, says that the term was never owed."""
    for void in term.measure.voids:
        announced = as_of.known_on is None or void.announced <= as_of.known_on
        covers = void.start <= as_of.minute and (void.until is None or as_of.minute < void.until)
        if announced and covers and term.provision.id in void.provisions:
            return True
    return False


def void_measures(stack: Stack, as_of: AsOf) -> frozenset[str]:
    """Measures whose term was assessed and, as far as known, never owed."""
    return frozenset(term.measure.id for term in stack.terms if is_void(term, as_of))


def _first_fit(
    candidate: MeasureInScope,
    listed: tuple[str, ...],
    as_of: AsOf,
    not_applied: list[NotApplied],
    doubts: list[Uncertainty],
) -> Term | None:
    """The first provision of a measure that fits; what it passed over goes to the two lists."""
    measure = candidate.measure
    resting: NotApplied | None = None
    for scoped in candidate.provisions:
        provision = scoped.provision
        # Days before lists: most provisions have no period of the day, and a list costs more.
        period, in_doubt = _of_day(provision.periods, as_of)
        if period is None and not in_doubt:
            continue
        goods = scoped.listed(as_of.minute, as_of.known_on)
        if goods.listed is False:
            continue
        doubts.extend(
            Uncertainty("law", measure, provision, each, each.readings[0].holds)
            for each in in_doubt
        )
        if period is None:
            continue
        _doubt_boundary(measure, provision, period, as_of, doubts)
        if period.duty is None:
            # One with conditions might not have applied anyway, so its rest explains nothing.
            if not provision.when and resting is None:
                resting = NotApplied(
                    measure, provision, _heading(provision, period), "state", state=period.state
                )
            continue
        # Counted as not named, unless this is the doubt that is turned over.
        if goods.listed is None:
            doubts.append(Uncertainty("list", measure, provision, provision, False))
            if as_of.flipped is not provision:
                continue
        if provision.possible:
            if not _may_apply(provision, listed, as_of):
                continue
            doubts.append(Uncertainty("law", measure, provision, provision, False))
            if as_of.flipped is not provision:
                continue
            return Term(measure, provision, period, period.duty, _heading(provision, period), goods)
        failed = _failing(provision, listed, as_of)
        # It waits for a statement that nobody made: neither a question nor a reason.
        if failed is not None and failed.operator == "given":
            continue
        _doubt_tests(scoped, measure, failed, listed, as_of, doubts)
        if failed is not None:
            silent = as_of.facts.known[failed.fact].raised == "silent"
            if not silent or as_of.facts.is_stated(failed.fact):
                not_applied.append(
                    NotApplied(measure, provision, _heading(provision, period), "test", failed)
                )
            continue
        return Term(measure, provision, period, period.duty, _heading(provision, period), goods)
    if resting is not None:
        not_applied.append(resting)
    return None


def _of_day(
    periods: tuple[EffectivePeriod, ...], as_of: AsOf
) -> tuple[EffectivePeriod | None, list[EffectivePeriod]]:
    """The period that shows, leaving out one whose reading or boundary is turned.

    Beside it the periods of the day that have readings, in order, also one that by the first of
    them does not show.
    """
    shows = None
    in_doubt: list[EffectivePeriod] = []
    minute, known_on = as_of.minute, as_of.known_on
    # Later periods lie over earlier ones: the last that covers the minute shows.
    for period in periods:
        if known_on is not None and period.announced > known_on:
            continue
        if period.start <= minute and (period.until is None or minute < period.until):
            if period.readings:
                in_doubt.append(period)
            stands = not period.readings or period.readings[0].holds
            if stands is not (as_of.flipped is period):
                shows = period
    return shows, in_doubt


def _heading(provision: Provision, period: EffectivePeriod) -> str | None:
    return period.heading or provision.heading


def _may_apply(provision: Provision, listed: tuple[str, ...], as_of: AsOf) -> bool:
    """Whether the tests of a possible provision hold, or may hold by a fact that is asked."""
    for test in provision.when:
        asks = as_of.facts.known[test.fact].asks(
            listed, bool(provision.goods), bool(provision.places)
        )
        silent = asks and not as_of.facts.is_stated(test.fact)
        if not silent and not as_of.facts.holds(test, listed):
            return False
    return True


def _failing(provision: Provision, listed: tuple[str, ...], as_of: AsOf) -> Test | None:
    """The first test of a provision that does not hold; an unknown fact does not hold."""
    for test in provision.when:
        if not as_of.facts.holds(test, listed):
            return test
    return None


def _doubt_tests(
    scoped: ScopedProvision,
    measure: Measure,
    failed: Test | None,
    listed: tuple[str, ...],
    as_of: AsOf,
    doubts: list[Uncertainty],
) -> None:
    """A test on a fact that was not given is a doubt, where the law makes the fact a question."""
    for test in scoped.provision.when:
        if test.operator == "given":
            continue
        fact = as_of.facts.known[test.fact]
        provision = scoped.provision
        asks = fact.asks(listed, bool(provision.goods), bool(provision.places))
        if asks and not as_of.facts.is_stated(test.fact):
            if failed is None:
                doubts.append(Uncertainty("fact", measure, scoped.provision, test, True))
            # Once a test fails only that one is asked about: no other could let the provision in.
            elif test == failed:
                doubts.append(Uncertainty("fact", measure, scoped.provision, test, False))
                return


def _doubt_boundary(
    measure: Measure,
    provision: Provision,
    period: EffectivePeriod,
    as_of: AsOf,
    doubts: list[Uncertainty],
) -> None:
    """A period whose last day is unclear and has come."""
    if ends_unclear(period, as_of.minute):
        doubts.append(Uncertainty("boundary", measure, provision, period, True))


def _give_way(
    terms: list[Term],
    stacking_rules: Iterable[StackingRule],
    as_of: AsOf,
    not_applied: list[NotApplied],
    doubts: list[Uncertainty],
) -> Stack:
    """Let the weaker terms give way to the stronger ones, each after those it yields to."""
    active = [row for row in stacking_rules if _active(row, as_of)]
    by_measure = {term.measure.id: term for term in terms}
    settled: dict[str, Term | None] = {}

    def settle(name: str) -> Term | None:
        if name in settled:
            return settled[name]
        # Settled before others are asked, so that measures which yield to each other end.
        term = by_measure[name]
        settled[name] = term
        for row in active:
            if row.yielding != name or row.prevailing not in by_measure or not _loses(row, term):
                continue
            prevailing = settle(row.prevailing)
            if prevailing is None or not _displaces(row, prevailing):
                continue
            stands = not row.readings or row.readings[0].holds
            if row.readings:
                doubts.append(Uncertainty("law", term.measure, term.provision, row, stands))
            # It acts where it stands and is not turned over, or does not stand and is.
            if stands is (as_of.flipped is row):
                continue
            if row.basis == "article":
                settled[name] = None
                not_applied.append(
                    NotApplied(
                        term.measure, term.provision, row.heading, "yields", prevailing=prevailing
                    )
                )
                return None
            headings = (row.heading,) if row.heading else ()
            term = term._replace(
                less=(*term.less, prevailing), less_headings=(*term.less_headings, *headings)
            )
            settled[name] = term
        return settled[name]

    # In one order, whatever order the measures came in.
    for name in sorted(by_measure):
        settle(name)
    standing = tuple(term for name in sorted(by_measure) if (term := settled[name]) is not None)
    return Stack(standing, tuple(not_applied), tuple(doubts))


def _active(row: StackingRule, as_of: AsOf) -> bool:
    if as_of.known_on is not None and row.announced > as_of.known_on:
        return False
    return row.start <= as_of.minute and (row.until is None or as_of.minute < row.until)


def _loses(row: StackingRule, term: Term) -> bool:
    """Whether a row speaks of this term: of its provision, or of any that charges something."""
    if row.yielding_provisions:
        return term.provision.id in row.yielding_provisions
    return term.duty.form != "free"


def _displaces(row: StackingRule, prevailing: Term) -> bool:
    """Whether the prevailing term displaces: a nil provision only where the row names it."""
    if row.prevailing_provisions:
        return prevailing.provision.id in row.prevailing_provisions
    return prevailing.duty.form != "free"
