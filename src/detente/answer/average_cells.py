"""Weighed lines with their ordinary rates made ad valorem, equal ones together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from detente._shapes import NamedTuple
from detente.answer.average_lines import PRINTED, Lines, Piece
from detente.answer.figures import percent, rate
from detente.duty.amounts import ColumnRates
from detente.duty.rate_text import parse_rate
from detente.goods.codes import RATE_LINE
from detente.goods.schedule import Schedule
from detente.trade.flows import Flows
from detente.trade.weights import Weights

NO_LINE = "no edition of the schedule prints this code"
NO_RATE = "the schedule prints no rate for this code"


class Cells(NamedTuple):
    """Units of weight by code, rates and days, and what became of the codes."""

    units: dict[tuple[str, int | None, ColumnRates, int, int], int]
    unmatched: dict[tuple[str, str], int]
    how: dict[str, int]
    equivalents: int


def find_cells(
    schedule: Schedule, flows: Flows, weights: Weights, edition_of: Sequence[int]
) -> Cells:
    """Lines with equal code, rates and days together, their rates made ad valorem."""
    equivalents = Equivalents(flows.equivalents())
    units: dict[tuple[str, int | None, ColumnRates, int, int], int] = {}
    unmatched: dict[tuple[str, str], int] = {}
    how: dict[str, int] = {}
    replaced = 0
    begins = {number: at for at, number in reversed(list(enumerate(edition_of)))}
    ends = {number: at + 1 for at, number in enumerate(edition_of)}
    for piece in Lines(schedule).pieces(weights.lines, edition_of[0], edition_of[-1] + 1):
        used = [number for number in range(piece.first, piece.until) if number in begins]
        if not used:
            continue
        first, until = begins[used[0]], ends[used[-1]]
        if piece.rates is None or not piece.rates.general:
            why = NO_LINE if piece.rates is None else NO_RATE
            key = (piece.asked, why)
            unmatched[key] = max(unmatched.get(key, 0), piece.units)
            continue
        if piece.how != PRINTED and until == len(edition_of):
            how[piece.how] = how.get(piece.how, 0) + piece.units
        rates, changed = equivalents.rates(piece)
        if changed and until == len(edition_of):
            replaced += piece.units
        cell = (piece.code, piece.later, rates, first, until)
        units[cell] = units.get(cell, 0) + piece.units
    return Cells(units, unmatched, how, replaced)


class Equivalents:
    """Ordinary rates that are not ad valorem, as what was paid on the line."""

    def __init__(self, paid: Mapping[str, tuple[int, int]]) -> None:
        self._paid = paid
        self._by_rate_line: dict[str, tuple[int, int]] = {}
        for code, (value, duty) in paid.items():
            line = code[:RATE_LINE]
            before = self._by_rate_line.get(line, (0, 0))
            self._by_rate_line[line] = (before[0] + value, before[1] + duty)
        self._plain: dict[str, bool] = {}

    def rates(self, piece: Piece) -> tuple[ColumnRates, bool]:
        """The rates of a piece, the general one ad valorem where it can be, and whether it was not.

        A line on which nothing was paid keeps its rate, and is then not resolved.
        """
        printed = piece.rates
        assert printed is not None
        rates = ColumnRates(printed.general, printed.other, printed.special)
        if self._ad_valorem(printed.general):
            return rates, False
        line = piece.asked[:RATE_LINE]
        paid = self._paid.get(piece.asked) or self._by_rate_line.get(line)
        if paid is None:
            return rates, False
        return rates._replace(general=percent(rate(Fraction(paid[1], paid[0])))), True

    def _ad_valorem(self, text: str) -> bool:
        if text not in self._plain:
            self._plain[text] = parse_rate(text).ad_valorem() is not None
        return self._plain[text]
