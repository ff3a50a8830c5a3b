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
    pattern: int


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
