"""The same entry on every day on which something changes: behind an answer and ahead of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

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
    marks = edges(scope)
    starts: dict[str, int | None] = {}
    open_terms = {term.measure.id: term for term in now.terms}
    earlier = [mark for mark in marks if mark <= moment.minute]
    for mark in reversed(earlier):
        stack = resolve(scope, moment._replace(minute=mark - 1))
        for name in _ended(open_terms, stack):
            starts[name] = mark
            del open_terms[name]
        if not open_terms:
            break
    untils: dict[str, int | None] = {}
    open_terms = {term.measure.id: term for term in now.terms}
    for mark in [mark for mark in marks if mark > moment.minute]:
        stack = resolve(scope, moment._replace(minute=mark))
        for name in _ended(open_terms, stack):
            untils[name] = mark
            del open_terms[name]
        if not open_terms:
            break
    return {
        term.measure.id: (starts.get(term.measure.id), untils.get(term.measure.id))
        for term in now.terms
    }


def _ended(open_terms: dict[str, Term], stack: Stack) -> list[str]:
    """The measures whose duty is another one in this stack."""
    there = {term.measure.id: term for term in stack.terms}
    return [
        name
        for name, term in open_terms.items()
        if name not in there
        or there[name].duty != term.duty
        or there[name].limb.base != term.limb.base
        or [each.measure.id for each in there[name].less] != [each.measure.id for each in term.less]
    ]
