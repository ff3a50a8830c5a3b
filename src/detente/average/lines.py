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
from detente.core.clock import start_of
from detente.goods.codes import RATE_LINE
from detente.goods.lines import Move
from detente.goods.rate_table import PrintedRates, RateRun, rate_runs
from detente.goods.schedule import Schedule

PRINTED = "printed"
MOVED = "by moves between editions"
RATE_LINE_ONLY = "by its rate line"
PREDECESSOR = "by the predecessor"
NEAREST = "by the nearest edition"


class RatePiece(NamedTuple):
    """Units of weight under one code with one rate over editions ``first <= number < until``.

    ``asked`` is the code of the weights, ``code`` the one of these editions; ``how`` says by which
    way it was found, and ``rates`` is None where it was not. ``later`` is the minute from which the
    schedule prints a code that stands for goods of earlier editions.
    """

    requested: str
    code: str
    units: int
    first: int
    until: int
    rates: PrintedRates | None
    how: str
    later: int | None = None


class ScheduleLines:
    """The schedule as an average reads it."""

    def __init__(self, schedule: Schedule, *, general: bool = False) -> None:
        """Read every rate and every move once.

        Args:
            schedule: the goods schedule.
            general: whether the general rates alone count; then the others are "".
        """
        self._runs = rate_runs(schedule, general=general)
        self._starts = [start_of(edition.start.isoformat()) for edition in schedule.editions]
        self._numbers = {edition.id: edition.number for edition in schedule.editions}
        self._after: dict[str, list[Move]] = {}
        self._before: dict[str, list[Move]] = {}
        for move in schedule.moves():
            if move.from_code and move.to_code:
                self._after.setdefault(move.from_code, []).append(move)
                self._before.setdefault(move.to_code, []).append(move)

    def pieces(self, weights: Mapping[str, int], first: int, until: int) -> Iterator[RatePiece]:
        """Every line of the weights over editions ``first <= number < until``."""
        runs_of = self._runs.of
        for code, units in weights.items():
            for begin, end, rates in runs_of(code):
                if begin <= first and until <= end:
                    # Most codes are printed alike over all of them.
                    found = (code, code, units, first, until, rates, PRINTED, None)
                    # Past the constructor of the named tuple, which is a Python call for each line.
                    yield tuple.__new__(RatePiece, found)
                    break
            else:
                yield from self._pieces(code, code, units, first, until)

    def gaps(self, code: str, until: int) -> list[tuple[int, int]]:
        """The runs of editions before ``until`` that do not print a code."""
        runs = self._runs.of(code)
        begins = [0, *(run.until for run in runs)]
        ends = [*(run.first for run in runs), until]
        return [(begin, end) for begin, end in zip(begins, ends, strict=True) if begin < end]

    def _pieces(
        self,
        requested: str,
        code: str,
        units: int,
        first: int,
        until: int,
        how: str = PRINTED,
        moved: int = -1,
    ) -> list[RatePiece]:
        """A code's own runs, and between them what stands in for it.

        ``moved`` is the edition by whose move the code was reached, so that moves run forward.
        """
        found: list[RatePiece] = []
        at = first
        for run_first, run_until, rates in self._runs.of(code):
            begin = run_first if run_first > at else at
            end = run_until if run_until < until else until
            if begin < end:
                if at < begin:
                    found += self._stand_in(requested, code, units, at, begin, moved)
                found.append(RatePiece(requested, code, units, begin, end, rates, how, None))
                at = end
        if at < until:
            found += self._stand_in(requested, code, units, at, until, moved)
        return found

    def _stand_in(
        self, requested: str, code: str, units: int, first: int, until: int, moved: int
    ) -> list[RatePiece]:
        """A code over editions that do not print it."""
        if code in self._after:
            ends, newest = self._successors(code, first, moved)
            parts = zip(ends, _parts(units, len(ends)), strict=True)
            if ends:
                return [
                    piece
                    for end, part in parts
                    for piece in self._pieces(requested, end, part, first, until, MOVED, newest)
                ]
        at = first
        found: list[RatePiece] = []
        for begin, end, digits, rates, how in self._rates(code, first, until):
            found.append(RatePiece(requested, digits, units, begin, end, rates, how, None))
            at = end
        if at < until:
            run = self._nearest(code, at)
            later = self._starts[run.first] if run is not None and run.first > at else None
            rates_of = None if run is None else run.rates
            found.append(RatePiece(requested, code, units, at, until, rates_of, NEAREST, later))
        return found

    def _successors(self, code: str, edition: int, moved: int) -> tuple[list[str], int]:
        """What a code became by the newest moves up to an edition, and the edition of these."""
        moves = [
            move for move in self._after[code] if moved < self._numbers[move.to_edition] <= edition
        ]
        newest = max((self._numbers[move.to_edition] for move in moves), default=-1)
        ends = (move.to_code for move in moves if self._numbers[move.to_edition] == newest)
        return [end for end in dict.fromkeys(ends) if end != code], newest

    def _rates(
        self, code: str, first: int, until: int
    ) -> list[tuple[int, int, str, PrintedRates, str]]:
        """Rates of the rate line, or of what it was before, over the editions that print them."""
        line = code[:RATE_LINE]
        ways = [(code, line, RATE_LINE_ONLY)] if len(code) > RATE_LINE else []
        for digits in (code, line) if code != line else (code,):
            for move in self._before.get(digits, ()):
                ways.append((move.from_code, move.from_code, PREDECESSOR))
        found: list[tuple[int, int, str, PrintedRates, str]] = []
        at = first
        for digits, rated, how in ways:
            for run in self._runs.of(rated):
                begin, end = max(at, run.first), min(until, run.until)
                if begin < end and begin == at:
                    found.append((begin, end, digits, run.rates, how))
                    at = end
        return found

    def _nearest(self, code: str, edition: int) -> RateRun | None:
        """The run nearest to an edition that prints the code or its rate line."""
        for digits in (code, code[:RATE_LINE], f"{code[:RATE_LINE]}00"):
            runs: Sequence[RateRun] = self._runs.of(digits)
            if runs:
                return min(runs, key=lambda run: max(run.first - edition, edition - run.until))
        return None


def _parts(units: int, count: int) -> list[int]:
    """Equal whole parts that add up to the units."""
    return [units * (at + 1) // count - units * at // count for at in range(count)]
