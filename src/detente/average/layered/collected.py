"""What customs collected: calculated duty over customs value, for the months and years in hand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.clock import day_number
from detente.trade.flows import Flows

if TYPE_CHECKING:
    from detente.average.spans import WeighedSpan
    from detente.trade.claims import Collected

MONTHS = 12
YEAR_DIGITS = 4


class Tracked:
    """The average of an independent tracker over all countries, by day."""

    def __init__(self, flows: Flows) -> None:
        """Read it."""
        self._rows = [
            (day_number(day), Fraction(rate) if rate else None)
            for day, rate in flows.claims().tracker()
        ]

    def of(self, span: WeighedSpan) -> Fraction | None:
        """The mean over the days of a span; None where one of them is not known."""
        total = Fraction(0)
        ends = [day for day, _ in self._rows[1:]]
        known = 0
        for (first, rate), until in zip(self._rows, ends, strict=False):
            days = min(until, span.until) - max(first, span.first)
            if days > 0 and rate is not None:
                total += days * rate
                known += days
        whole = span.until - span.first
        return total / whole if known == whole else None


class CollectedDuty(NamedTuple):
    """Dollars of value and duty, and the month or year that they are of."""

    value: int
    duty: int
    period: str


class Collections:
    """Collected duties by partner, chapter and period."""

    def __init__(self, flows: Flows) -> None:
        """Read from flows."""
        self._flows = flows
        self._claims = flows.claims()
        self._months: dict[tuple[str, str], dict[str, Collected]] = {}
        self._years = {
            each.year
            for each in flows.weightings()
            if each.kind == "lines" and each.flow == "imports"
        }
        self._lines: dict[tuple[str, str], tuple[int, int]] = {}

    def of(self, span: WeighedSpan, partners: Sequence[str], chapter: str) -> CollectedDuty | None:
        """Of a span: its month or year, or the month in which it begins; None if not in hand.

        Args:
            span: the days.
            partners: partners whose goods are added; ``all`` for everybody's.
            chapter: two digits, or "" for all goods.
        """
        period = span.period or span.on[:7]
        if len(period) == YEAR_DIGITS and period in self._years and "all" not in partners:
            rows = [self._of_lines(each, chapter) for each in partners]
            return CollectedDuty(sum(row[0] for row in rows), sum(row[1] for row in rows), period)
        value = duty = 0
        for partner in partners:
            months = self._of(partner, chapter)
            own = [each for name, each in months.items() if name.startswith(period)]
            # A year of which a month is missing is not in hand.
            if len(own) != (MONTHS if len(period) == YEAR_DIGITS else 1):
                return None
            value += sum(each.value for each in own)
            duty += sum(each.duty for each in own)
        return CollectedDuty(value, duty, period) if value else None

    def _of(self, partner: str, chapter: str) -> dict[str, Collected]:
        key = (partner, chapter)
        if key not in self._months:
            rows = self._claims.collected(partner, chapter)
            self._months[key] = {each.month: each for each in rows}
        return self._months[key]

    def _of_lines(self, partner: str, chapter: str) -> tuple[int, int]:
        """Value and duty of the year by line."""
        key = (partner, chapter)
        if key not in self._lines:
            flows = [each for each in self._flows.lines(partner) if each.code.startswith(chapter)]
            self._lines[key] = sum(each.value for each in flows), sum(each.duty for each in flows)
        return self._lines[key]
