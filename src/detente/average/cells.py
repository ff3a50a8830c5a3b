"""Weighed lines with their ordinary rates made ad valorem, equal ones together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from fractions import Fraction

from detente._shapes import NamedTuple
from detente.average.cases import WHOLE
from detente.average.lines import PRINTED, RatePiece, ScheduleLines
from detente.core.figures import percent, rate
from detente.duty.amounts import ColumnRates
from detente.duty.rates.text import parse_rate
from detente.goods.codes import RATE_LINE
from detente.goods.rate_table import PrintedRates
from detente.trade.weights import Weights

NO_LINE = "no edition of the schedule prints this code"
NO_RATE = "the schedule prints no rate for this code"


class WeighedCell(NamedTuple):
    """Units of weight under one code with one rate over days ``[first, until)``.

    ``later`` is the minute from which the schedule prints a code that stands for goods of earlier
    editions.
    """

    code: str
    later: int | None
    rates: ColumnRates
    first: int
    until: int
    units: int


class WeighedCells(NamedTuple):
    """Weighed lines, and what became of their codes."""

    cells: list[WeighedCell]
    unmatched: dict[tuple[str, str], int]
    how: dict[str, int]
    equivalents: int


def find_cells(
    lines: ScheduleLines, equivalents: CodeEquivalents, weights: Weights, edition_of: Sequence[int]
) -> WeighedCells:
    """Lines by the days on which they have one code and one rate, their rates made ad valorem.

    Args:
        lines: the schedule.
        equivalents: what was paid where a rate is not ad valorem.
        weights: units of weight by code.
        edition_of: the number of the edition of each day.
    """
    cells: list[WeighedCell] = []
    unmatched: dict[tuple[str, str], int] = {}
    how: dict[str, int] = {}
    replaced = 0
    days = len(edition_of)
    day_of = [bisect_left(edition_of, number) for number in range(edition_of[-1] + 2)]
    last = WeighedCell("", None, WHOLE, 0, 0, 0)
    for piece in lines.pieces(weights.lines, edition_of[0], edition_of[-1] + 1):
        requested, code, units, begin, end, printed, found, later = piece
        first, until = day_of[begin], day_of[end]
        if first == until:
            continue
        if printed is None or not printed.general:
            key = (requested, NO_LINE if printed is None else NO_RATE)
            unmatched[key] = max(unmatched.get(key, 0), units)
            continue
        # Told of the last day alone: a line would else count once for each of its pieces.
        if found != PRINTED and until == days:
            how[found] = how.get(found, 0) + units
        rates, changed = equivalents.rates(piece)
        if changed and until == days:
            replaced += units
        # Pieces that differ in their editions alone are one cell.
        if first == last.until and (code, later, rates, units) == (*last[:3], last.units):
            first = cells.pop().first
        last = WeighedCell(code, later, rates, first, until, units)
        cells.append(last)
    return WeighedCells(cells, unmatched, how, replaced)


class CodeEquivalents:
    """Ordinary rates that are not ad valorem, as what was paid on the line."""

    def __init__(self, paid: Mapping[str, tuple[int, int]]) -> None:
        self._paid = paid
        self._by_rate_line: dict[str, tuple[int, int]] = {}
        for code, (value, duty) in paid.items():
            line = code[:RATE_LINE]
            before = self._by_rate_line.get(line, (0, 0))
            self._by_rate_line[line] = (before[0] + value, before[1] + duty)
        self._plain: dict[PrintedRates, ColumnRates | None] = {}

    def rates(self, piece: RatePiece) -> tuple[ColumnRates, bool]:
        """The rates of a piece, the general one ad valorem where it can be, and whether it was not.

        A line on which nothing was paid keeps its rate, and is then not resolved.
        """
        printed = piece.rates
        assert printed is not None
        plain = self._plain.get(printed)
        if plain is None and printed not in self._plain:
            plain = self._plain[printed] = _ad_valorem(printed)
        if plain is not None:
            return plain, False
        rates = ColumnRates(printed.general, printed.other, printed.special)
        line = piece.requested[:RATE_LINE]
        paid = self._paid.get(piece.requested) or self._by_rate_line.get(line)
        if paid is None:
            return rates, False
        return rates._replace(general=percent(rate(Fraction(paid[1], paid[0])))), True


def _ad_valorem(printed: PrintedRates) -> ColumnRates | None:
    """The rates where the general one is ad valorem."""
    if parse_rate(printed.general).ad_valorem() is None:
        return None
    return ColumnRates(printed.general, printed.other, printed.special)
