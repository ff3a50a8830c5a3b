"""Sums of an average, weights times shares by day, and what is read off them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.average.cases import SCALE, LoadTotal
from detente.core.coverage import verdict
from detente.core.figures import rate

if TYPE_CHECKING:
    from detente.answers.average import AveragePoint
    from detente.answers.shared import Coverage

LoadKey = tuple[int, int, int]
"""A kind by its number, and the days ``[first, until)`` of what weighs under it."""


class Sums:
    """Weights times shares, summed by day: differences from one day to the next.

    Attributes:
        open: loads of which a part has no share of the value on some of the days.
    """

    def __init__(self, days: int) -> None:
        self.days = days
        self.families: dict[str, list[int]] = {}
        self.covered = [0] * (days + 1)
        self.refundable = [0] * (days + 1)
        self.unresolved: dict[str, list[int]] = {}
        self.doubtful: dict[str, list[int]] = {}
        self.open: set[LoadKey] = set()

    def add(self, name: str, into: dict[str, list[int]], first: int, until: int, sum_: int) -> None:
        """Add a sum to days ``[first, until)`` under a name."""
        row = into.setdefault(name, [0] * (self.days + 1))
        row[first] += sum_
        row[until] -= sum_

    def doubt(self, names: Iterable[str], first: int, until: int, units: int) -> None:
        """Add units to days ``[first, until)`` for lists of which it is not known if they hold."""
        for name in names:
            self.add(name, self.doubtful, first, until, units)

    def take(self, total: LoadTotal, first: int, until: int) -> None:
        """Add what is charged over days ``[first, until)``."""
        for name, units in total.unresolved.items():
            self.add(name, self.unresolved, first, until, units)
        self.covered[first] += total.covered
        self.covered[until] -= total.covered
        self.refundable[first] += total.refundable
        self.refundable[until] -= total.refundable
        for family, sum_ in total.families.items():
            if sum_:
                self.add(family, self.families, first, until, sum_)

    def plus(self, other: Sums) -> Sums:
        """The sums of both over the same days, each closed."""
        found = Sums(self.days)
        found.covered = _added(self.covered, other.covered)
        found.refundable = _added(self.refundable, other.refundable)
        found.open = self.open | other.open
        for name in ("families", "unresolved", "doubtful"):
            into: dict[str, list[int]] = getattr(found, name)
            for row, by_day in (*getattr(self, name).items(), *getattr(other, name).items()):
                into[row] = _added(into[row], by_day) if row in into else [*by_day]
        return found

    def close(self) -> None:
        """Turn the differences into the sums of each day."""
        tables = (self.families, self.unresolved, self.doubtful)
        rows = [row for table in tables for row in table.values()]
        for row in (self.covered, self.refundable, *rows):
            for at in range(1, self.days):
                row[at] += row[at - 1]


def _added(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [first + second for first, second in zip(one, other, strict=True)]


def point_of(
    on: str, average: str | None, by_family: dict[str, str | None] | None, covered: str
) -> AveragePoint:
    """A point with what every average tells; null stands for all else.

    Args:
        on: the day.
        average: the average as a rate.
        by_family: what each family adds.
        covered: the part of the weight that has a rate.
    """
    return {
        "on": on,
        "through": None,
        "origin": None,
        "hs2": None,
        "family": None,
        "average": average,
        "average_low": None,
        "average_high": None,
        "band": None,
        "by_family": by_family,
        "refundable": None,
        "covered_share": covered,
        "mixed_share": None,
        "unresolved": None,
        "claimed": None,
        "claimed_by_family": None,
        "claimed_covered_share": None,
        "steps": None,
        "collected": None,
        "collected_of": None,
        "tracker": None,
        "gap": None,
    }


def same_figures(first: AveragePoint, second: AveragePoint) -> bool:
    """Whether two points differ by their days alone."""
    return {**first, "on": ""} == {**second, "on": ""}


def average_of(sum_: int, covered: int) -> str | None:
    """An average as a rate; None where nothing is covered."""
    return rate(Fraction(sum_, SCALE * covered)) if covered else None


def status_of(series: Iterable[AveragePoint], coverage: Sequence[Coverage]) -> str:
    """``ok`` over everything read, ``unknown`` where no day has a figure, else ``partly``."""
    if all(point["average"] is None for point in series):
        return "unknown"
    return verdict("ok", "partly", coverage)
