"""Sums of an average: weights times shares, by day."""

from __future__ import annotations

from detente.answer.average_cases import Charge
from detente.answer.average_stacks import Stretch


class Sums:
    """Weights times shares, summed by day: differences from one day to the next."""

    def __init__(self, days: int) -> None:
        self.days = days
        self.families: dict[str, list[int]] = {}
        self.covered = [0] * (days + 1)
        self.refundable = [0] * (days + 1)
        self.unresolved: dict[str, list[int]] = {}
        self.doubtful: dict[str, list[int]] = {}

    def add(self, name: str, into: dict[str, list[int]], first: int, until: int, sum_: int) -> None:
        """Add a sum to days ``[first, until)`` under a name."""
        row = into.setdefault(name, [0] * (self.days + 1))
        row[first] += sum_
        row[until] -= sum_

    def take(self, stretch: Stretch, charge: Charge, first: int, until: int, units: int) -> None:
        """Add what a class of lines is charged over days ``[first, until)``."""
        for name in stretch.doubtful:
            self.add(name, self.doubtful, first, until, units)
        if charge.unresolved:
            for name in charge.unresolved:
                self.add(name, self.unresolved, first, until, units)
            return
        self.covered[first] += units
        self.covered[until] -= units
        self.refundable[first] += units * charge.refundable
        self.refundable[until] -= units * charge.refundable
        for family, share in charge.families:
            if share:
                self.add(family, self.families, first, until, units * share)

    def close(self) -> None:
        """Turn the differences into the sums of each day."""
        tables = (self.families, self.unresolved, self.doubtful)
        rows = [row for table in tables for row in table.values()]
        for row in (self.covered, self.refundable, *rows):
            for at in range(1, self.days):
                row[at] += row[at - 1]
