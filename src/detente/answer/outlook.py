"""The same entry on every day on which something changes: behind an answer and ahead of it."""

from __future__ import annotations

from collections.abc import Iterator

from detente._shapes import NamedTuple
from detente.duty.scope import Scope
from detente.duty.stack import Moment, Stack, Term, resolve
from detente.register.clock import MINUTES


class Snapshot(NamedTuple):
    """The stack from a minute on, until the next snapshot."""

    minute: int
    stack: Stack


def edges(scope: Scope) -> list[int]:
    """Every minute at which something that can touch the scope starts or ends, ascending."""
    found: set[int | None] = set()
    for candidate in scope.candidates:
        for scoped in candidate.limbs:
            for paint in scoped.limb.paints:
                found.update((paint.start, paint.until))
            for rows in (*scoped.goods, *scoped.not_goods):
                for row in rows:
                    found.update((row.start, row.until))
            for start, until, _ in scoped.unknown:
                found.update((start, until))
    for row_of_yield in scope.yields:
        found.update((row_of_yield.start, row_of_yield.until))
    return sorted(edge for edge in found if edge is not None)


def charges(stack: Stack) -> dict[str, tuple[str, str | None, str]]:
    """What each measure charges: limb, heading and duty; the ground for saying "changed"."""
    return {
        term.measure.id: (term.limb.id, term.heading, term.duty.text)
        for term in stack.terms
        if term.duty.form != "free" or term.heading
    }


def ahead(scope: Scope, moment: Moment, now: Stack) -> Iterator[Snapshot]:
    """The days after a moment on which the stack becomes another one."""
    before = charges(now)
    later = sorted({edge // MINUTES for edge in edges(scope) if edge > moment.minute})
    for day in later:
        if day == moment.minute // MINUTES:
            continue
        minute = day * MINUTES + MINUTES - 1
        stack = resolve(scope, moment._replace(minute=minute))
        if charges(stack) != before:
            before = charges(stack)
            yield Snapshot(day * MINUTES, stack)


def within_day(scope: Scope, moment: Moment) -> list[int]:
    """Minutes inside the day of a moment, after its start, at which the stack changes."""
    day = moment.minute // MINUTES
    changes = []
    before = charges(resolve(scope, moment._replace(minute=day * MINUTES)))
    for edge in edges(scope):
        if edge // MINUTES == day and edge % MINUTES:
            after = charges(resolve(scope, moment._replace(minute=edge)))
            if after != before:
                changes.append(edge)
            before = after
    return changes


def tenures(scope: Scope, moment: Moment, now: Stack) -> dict[str, tuple[int | None, int | None]]:
    """For each measure that applies: the days around the moment over which it keeps its rate."""
    return {term.measure.id: _tenure(scope, moment, term) for term in now.terms}


def _tenure(scope: Scope, moment: Moment, term: Term) -> tuple[int | None, int | None]:
    """The first and the end minute of one term, walking outward from the moment."""
    own = _with_winners(scope, term.measure.id)
    marks = edges(own)
    start = until = None
    for mark in reversed([mark for mark in marks if mark <= moment.minute]):
        if not _keeps(term, resolve(own, moment._replace(minute=mark - 1))):
            start = mark
            break
    for mark in [mark for mark in marks if mark > moment.minute]:
        if not _keeps(term, resolve(own, moment._replace(minute=mark))):
            until = mark
            break
    return start, until


def _with_winners(scope: Scope, name: str) -> Scope:
    """The scope of one measure and of all to whom it may give way, and nobody else."""
    names = {name}
    while True:
        wider = names | {row.winner for row in scope.yields if row.loser in names}
        if wider == names:
            break
        names = wider
    return scope._replace(
        candidates=tuple(each for each in scope.candidates if each.measure.id in names),
        yields=tuple(row for row in scope.yields if row.loser in names),
    )


def _keeps(term: Term, stack: Stack) -> bool:
    """Whether a measure charges the same duty on the same parts of the value."""
    for other in stack.terms:
        if other.measure.id == term.measure.id:
            taken = [each.measure.id for each in other.less]
            return (
                other.duty == term.duty
                and other.limb.base == term.limb.base
                and taken == [each.measure.id for each in term.less]
            )
    return False
