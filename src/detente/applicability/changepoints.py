"""Minutes at which the law may come to say something else: of whole measures, and of an area.

Between two of them nothing turns, so what was found for one minute holds for all. Those of goods
that a measure was narrowed to stand in `scope`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from detente._shapes import TYPE_CHECKING
from detente.applicability.scope import known_edges, provision_changepoints, stacking_changepoints

if TYPE_CHECKING:
    from detente.register.book import Register
    from detente.register.model import Measure, StackingRule


class Changepoints:
    """The changepoints of whole measures, with all goods that their lists name."""

    def __init__(self, register: Register, *, unclear_ends: bool = False) -> None:
        """Begin; the lists are read on use.

        Args:
            register: the register asked.
            unclear_ends: whether a last day in doubt counts.
        """
        self._register = register
        self._unclear_ends = unclear_ends

    def of_measure(self, measure: Measure) -> set[int]:
        """Where a measure or one of its lists changes."""
        found = void_changepoints(measure)
        for provision in measure.provisions:
            found |= provision_changepoints(provision, unclear_ends=self._unclear_ends)
            for name in (*provision.goods, *provision.not_goods):
                found |= self._by_list.get(name, set())
        return found

    def of_law(self, measures: Iterable[Measure]) -> set[int]:
        """Where one of some measures changes, or who gives way to whom."""
        return stacking_changepoints(self._register.stacking_rules).union(
            *map(self.of_measure, measures)
        )

    @cached_property
    def _by_list(self) -> dict[str, set[int]]:
        found: dict[str, set[int | None]] = {}
        for name, start, until in self._register.list_days():
            found.setdefault(name, set()).update((start, until))
        for name, windows in self._register.unread.items():
            for start, until, _ in windows:
                found.setdefault(name, set()).update((start, until))
        return {name: known_edges(edges) for name, edges in found.items()}


def void_changepoints(measure: Measure) -> set[int]:
    """Where a finding that something was never owed begins or ends."""
    return known_edges(edge for void in measure.voids for edge in (void.start, void.until))


def stacking_rules_in_force(
    stacking_rules: Sequence[StackingRule], minutes: Iterable[int]
) -> tuple[list[int], list[tuple[int, ...]]]:
    """Which yields are in force at each of some minutes.

    Returns:
        For each minute a number, and for each number the yields in force, by their places.
    """
    numbers: dict[tuple[int, ...], int] = {}
    found = []
    for minute in minutes:
        active = tuple(
            number
            for number, row in enumerate(stacking_rules)
            if row.start <= minute and (row.until is None or minute < row.until)
        )
        found.append(numbers.setdefault(active, len(numbers)))
    return found, list(numbers)
