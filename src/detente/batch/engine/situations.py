"""What the law says in a cell: the shapes that cells, charges and texts share."""

from __future__ import annotations

from detente._shapes import NamedTuple
from detente.applicability.scope import Scope
from detente.applicability.stack import AsOf, Stack

NONE = 0
"""The number of a cell that was not met yet; the first situation has number 1."""


class OutcomeCell(NamedTuple):
    """A line class, a place class, a regime and a sign, by number."""

    line: int
    place: int
    regime: int
    sign: int


class Situation(NamedTuple):
    """What the law says in one or many cells.

    Attributes:
        cell: one of them.
        scope: its goods and its place, without the measures: these are in `rests`.
        as_of: its minute, with the facts of its sign.
        stack: the terms that apply; None where the facts cannot be read as the law needs them.
        void: ids of measures that a later finding says were never owed.
        rests: what is left of each measure that touches it, by the place of the measure.
    """

    cell: OutcomeCell
    scope: Scope
    as_of: AsOf
    stack: Stack | None
    void: frozenset[str]
    rests: tuple[tuple[int, int], ...]


def void_measures(stack: Stack, as_of: AsOf) -> frozenset[str]:
    """Measures whose term was assessed and, as far as known, never owed."""
    found = set()
    for term in stack.terms:
        for void in term.measure.voids:
            announced = as_of.known_on is None or void.announced <= as_of.known_on
            covers = void.start <= as_of.minute
            covers = covers and (void.until is None or as_of.minute < void.until)
            if announced and covers and term.provision.id in void.provisions:
                found.add(term.measure.id)
    return frozenset(found)
