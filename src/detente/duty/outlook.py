"""The same entry on every day on which something changes: behind an answer and ahead of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from detente._shapes import NamedTuple
from detente.applicability.scope import Scope, changepoints, edges
from detente.applicability.stack import AsOf, Fit, Stack, Term, fit, resolve, together
from detente.core.clock import MINUTES


class Snapshot(NamedTuple):
    """The stack from a minute on, until the next snapshot."""

    minute: int
    stack: Stack


def charges(stack: Stack) -> dict[str, tuple[str, str | None, str]]:
    """What each measure charges: provision, heading and duty; the ground for saying "changed"."""
    return {
        term.measure.id: (term.provision.id, term.heading, term.duty.text)
        for term in stack.terms
        if term.duty.form != "free" or term.heading
    }


def stack_of(scope: Scope, as_of: AsOf) -> Stack:
    """The stack of a scope, from memory where one is kept: for what it charges alone."""
    return (
        resolve(scope, as_of)
        if scope.equivalence is None
        else scope.equivalence.stack(scope, as_of)
    )


def _by_day(scope: Scope, as_of: AsOf) -> Callable[[int], Stack]:
    """The stack of a scope at one minute after another.

    Where no memory is kept, each measure is fitted once between two of its own changes: of all that
    change from day to day most stand still.
    """
    if scope.equivalence is not None:
        return lambda minute: stack_of(scope, as_of._replace(minute=minute))
    marks = [sorted(changepoints((each,), unclear_ends=True)) for each in scope.candidates]
    fits: dict[tuple[int, int], Fit] = {}

    def stack(minute: int) -> Stack:
        then = as_of._replace(minute=minute)
        found = []
        for number, candidate in enumerate(scope.candidates):
            gap = number, bisect_right(marks[number], minute)
            if gap not in fits:
                fits[gap] = fit(candidate, scope.listed, then)
            found.append(fits[gap])
        return together(found, scope.stacking_rules, then)

    return stack


def ahead(scope: Scope, as_of: AsOf, now: Stack) -> Iterable[Snapshot]:
    """The days after a moment on which the stack becomes another one."""
    if scope.equivalence is None:
        return _ahead(scope, as_of, now)
    return scope.equivalence.once("ahead", as_of, lambda: tuple(_ahead(scope, as_of, now)))


def _ahead(scope: Scope, as_of: AsOf, now: Stack) -> Iterator[Snapshot]:
    before = charges(now)
    later = sorted({edge // MINUTES for edge in edges(scope) if edge > as_of.minute})
    stack_at = _by_day(scope, as_of)
    for day in later:
        # What turns within the day itself is told by `within_day`.
        if day == as_of.minute // MINUTES:
            continue
        stack = stack_at(day * MINUTES + MINUTES - 1)
        if charges(stack) != before:
            before = charges(stack)
            yield Snapshot(day * MINUTES, stack)


def within_day(scope: Scope, as_of: AsOf) -> list[int]:
    """Minutes inside the day of a moment, after its start, at which the stack changes."""
    if scope.equivalence is None:
        return _within_day(scope, as_of)
    return scope.equivalence.once("within day", as_of, lambda: _within_day(scope, as_of))


def _within_day(scope: Scope, as_of: AsOf) -> list[int]:
    day = as_of.minute // MINUTES
    changes = []
    before = charges(stack_of(scope, as_of._replace(minute=day * MINUTES)))
    for edge in edges(scope):
        # An edge at midnight opens the day and is no change within it.
        if edge // MINUTES == day and edge % MINUTES:
            after = charges(stack_of(scope, as_of._replace(minute=edge)))
            if after != before:
                changes.append(edge)
            before = after
    return changes


def tenures(scope: Scope, as_of: AsOf, now: Stack) -> dict[str, tuple[int | None, int | None]]:
    """For each measure that applies: the days around the moment over which it keeps its rate."""
    return {term.measure.id: _tenure_of_rate(scope, as_of, term) for term in now.terms}


def _tenure_of_rate(scope: Scope, as_of: AsOf, term: Term) -> tuple[int | None, int | None]:
    """The tenure of a term, from memory where it is held: of these goods or their class."""
    if scope.equivalence is None:
        return _tenure(_with_winners(scope, term.measure.id), as_of, term)
    what = f"tenure {term.measure.id}"

    def of_class() -> tuple[int | None, int | None]:
        own = _with_winners(scope, term.measure.id)
        assert own.equivalence is not None
        return own.equivalence.once(what, as_of, lambda: _tenure(own, as_of, term))

    return scope.equivalence.once(what, as_of, of_class)


def _tenure(own: Scope, as_of: AsOf, term: Term) -> tuple[int | None, int | None]:
    """The first and the end minute of one term, walking outward from the moment.

    Args:
        own: the scope of the term's measure and of all to whom it may give way.
        as_of: the moment at which the term applies.
        term: the term.
    """
    marks, stack_at = edges(own), _by_day(own, as_of)
    start = until = None
    for mark in reversed([mark for mark in marks if mark <= as_of.minute]):
        if not _has_same_rate(term, stack_at(mark - 1)):
            start = mark
            break
    for mark in [mark for mark in marks if mark > as_of.minute]:
        if not _has_same_rate(term, stack_at(mark)):
            until = mark
            break
    return start, until


def _with_winners(scope: Scope, name: str) -> Scope:
    """The scope of one measure and of all to whom it may give way, and nobody else."""
    names = {name}
    while True:
        wider = names | {row.prevailing for row in scope.stacking_rules if row.yielding in names}
        if wider == names:
            break
        names = wider
    part = scope._replace(
        candidates=tuple(each for each in scope.candidates if each.measure.id in names),
        stacking_rules=tuple(row for row in scope.stacking_rules if row.yielding in names),
        equivalence=None,
    )
    return part if scope.equivalence is None else scope.equivalence.part(part)


def _has_same_rate(term: Term, stack: Stack) -> bool:
    """Whether a measure charges the same duty on the same parts of the value."""
    for other in stack.terms:
        if other.measure.id == term.measure.id:
            taken = [each.measure.id for each in other.less]
            return (
                other.duty == term.duty
                and other.provision.base == term.provision.base
                and taken == [each.measure.id for each in term.less]
            )
    return False
