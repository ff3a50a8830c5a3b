"""Weighed lines through the editions: what each is called on a day, and its ordinary rate.

A line of the weights keeps its weight while its code changes. Where an edition does not print the
code, its value follows the moves (in equal parts where there are several successors); failing that
it stays with its rate line, or goes back to its predecessor, or keeps the rate of the nearest
edition that prints it. What cannot be placed in any of these ways is left unmatched, with what it
weighs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente._shapes import NamedTuple
from detente.goods.codes import RATE_LINE
from detente.goods.lines import Move
from detente.goods.rate_table import PrintedRates, RateRun, rate_runs
from detente.goods.schedule import Schedule

PRINTED = "printed"
MOVED = "by moves between editions"
RATE_LINE_ONLY = "by its rate line"
PREDECESSOR = "by the predecessor"
NEAREST = "by the nearest edition"


class Piece(NamedTuple):
    """Units of weight under one code with one rate over editions ``first <= number < until``.

    ``asked`` is the code of the weights, ``code`` the one of these editions; ``how`` says by which
    way it was found, and ``rates`` is None where it was not. ``later`` is the edition that first
    prints a code which stands for goods of earlier editions.
    """

    asked: str
    code: str
    units: int
    first: int
    until: int
    rates: PrintedRates | None
    how: str
    later: int | None = None


class Lines:
    """The schedule as an average reads it."""

    def __init__(self, schedule: Schedule) -> None:
        """Read every rate and every move once."""
        self._runs = rate_runs(schedule)
        self._numbers = {edition.id: edition.number for edition in schedule.editions}
        self._after: dict[str, list[Move]] = {}
        self._before: dict[str, list[Move]] = {}
        for edition in schedule.editions:
            for move in schedule.moves_into(edition):
                if move.from_code and move.to_code:
                    self._after.setdefault(move.from_code, []).append(move)
                    self._before.setdefault(move.to_code, []).append(move)

    def pieces(self, weights: Mapping[str, int], first: int, until: int) -> Iterator[Piece]:
        """Every line of the weights over editions ``first <= number < until``."""
        for code, units in weights.items():
            yield from self._pieces(code, code, units, first, until, PRINTED, -1)

    def _pieces(
        self, asked: str, code: str, units: int, first: int, until: int, how: str, moved: int
    ) -> Iterator[Piece]:
        """A code's own runs, and between them what stands in for it.

        ``moved`` is the edition by whose move the code was reached, so that moves run forward.
        """
        at = first
        for run in self._runs.get(code, ()):
            begin, end = max(at, run.first), min(until, run.until)
            if begin >= end:
                continue
            if at < begin:
                yield from self._stand_in(asked, code, units, at, begin, moved)
            yield Piece(asked, code, units, begin, end, run.rates, how)
            at = end
        if at < until:
            yield from self._stand_in(asked, code, units, at, until, moved)

    def _stand_in(
        self, asked: str, code: str, units: int, first: int, until: int, moved: int
    ) -> Iterator[Piece]:
        """A code over editions that do not print it."""
        moves = [
            move
            for move in self._after.get(code, ())
            if moved < self._numbers[move.to_edition] <= first
        ]
        if moves:
            newest = max(self._numbers[move.to_edition] for move in moves)
            ends = [m.to_code for m in moves if self._numbers[m.to_edition] == newest]
            ends = [end for end in dict.fromkeys(ends) if end != code]
            for end, part in zip(ends, _parts(units, len(ends)), strict=True):
                yield from self._pieces(asked, end, part, first, until, MOVED, newest)
            if ends:
                return
        at = first
        for begin, until_run, digits, rates, how in self._rates(code, first, until):
            yield Piece(asked, digits, units, begin, until_run, rates, how)
            at = until_run
        if at < until:
            run = self._nearest(code, at)
            later = run.first if run is not None and run.first > at else None
            rates_of = None if run is None else run.rates
            yield Piece(asked, code, units, at, until, rates_of, NEAREST, later)

    def _rates(
        self, code: str, first: int, until: int
    ) -> Iterator[tuple[int, int, str, PrintedRates, str]]:
        """Rates of the rate line, or of what it was before, over the editions that print them."""
        line = code[:RATE_LINE]
        at = first
        for run in self._runs.get(line, ()) if len(code) > RATE_LINE else ():
            begin, end = max(at, run.first), min(until, run.until)
            if begin < end and begin == at:
                yield begin, end, code, run.rates, RATE_LINE_ONLY
                at = end
        for digits in dict.fromkeys((code, line)):
            for move in self._before.get(digits, ()):
                for run in self._runs.get(move.from_code, ()):
                    begin, end = max(at, run.first), min(until, run.until)
                    if begin < end and begin == at:
                        yield begin, end, move.from_code, run.rates, PREDECESSOR
                        at = end

    def _nearest(self, code: str, edition: int) -> RateRun | None:
        """The run nearest to an edition that prints the code or its rate line."""
        for digits in (code, code[:RATE_LINE], f"{code[:RATE_LINE]}00"):
            runs: Sequence[RateRun] = self._runs.get(digits, ())
            if runs:
                return min(runs, key=lambda run: max(run.first - edition, edition - run.until))
        return None


def _parts(units: int, count: int) -> list[int]:
    """Equal whole parts that add up to the units."""
    return [units * (at + 1) // count - units * at // count for at in range(count)]
