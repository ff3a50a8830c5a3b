"""The ordinary rates of every line in every edition at once: for batches, panels and averages.

One pass over the schedule, where ``Schedule.line`` asks for one line on one day. It holds what an
edition prints by its own number, and the eight digits for which a single statistical line stands
in; a code that needs another edition, or a number that cannot be checked, is asked one by one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.goods.codes import RATE_LINE
from detente.goods.schedule import Schedule

if TYPE_CHECKING:
    import numpy

NOTHING = -1


class PrintedRates(NamedTuple):
    """The rates of a line as the schedule prints them; all "" where it prints none."""

    general: str
    special: str
    other: str


NO_RATES = PrintedRates("", "", "")


class RateRun(NamedTuple):
    """Editions, ``first <= number < until``, over which a code has the same rates."""

    first: int
    until: int
    rates: PrintedRates


class RateTable(NamedTuple):
    """Rates by line and edition.

    Attributes:
        index: the row of each code in `steps`.
        rates: the distinct rates that lines have.
        steps: ``[code, edition]``, the place in `rates`; NOTHING where the edition does not print
            the code.
        stand_in: ``[code]``, whether the code is eight digits for which a longer line stands in.
    """

    index: Mapping[str, int]  # type: ignore[assignment]  # hides tuple.index, which nobody asks
    rates: list[PrintedRates]
    steps: numpy.ndarray
    stand_in: numpy.ndarray


def rate_table(schedule: Schedule) -> RateTable:
    """The rates of every code of eight digits or more in every edition at hand."""
    import numpy

    segments = _Segments(schedule)
    own = {code: segments.of(code) for code in segments.rows if len(code) >= RATE_LINE}
    singles = {
        code[:RATE_LINE]: code for code in own if code.endswith("00") and len(code) > RATE_LINE
    }
    index = {code: number for number, code in enumerate(own)}
    for code in singles:
        index.setdefault(code, len(index))
    known: dict[PrintedRates, int] = {}
    steps = numpy.full((len(index), len(schedule.editions)), NOTHING, numpy.int32)
    stand_in = numpy.zeros(steps.shape, bool)
    for code, spans in own.items():
        for first, until, rates in spans:
            steps[index[code], first:until] = known.setdefault(rates, len(known))
    for code, longer in singles.items():
        row, other = steps[index[code]], steps[index[longer]]
        stand_in[index[code]] = (row == NOTHING) & (other != NOTHING)
        row[stand_in[index[code]]] = other[stand_in[index[code]]]
    return RateTable(index, list(known), steps, stand_in)


def rate_runs(schedule: Schedule) -> dict[str, list[RateRun]]:
    """The runs of every code of eight digits or more, oldest first, each as long as can be."""
    segments, last = _Segments(schedule), len(schedule.editions)
    return {
        code: _joined(segments.of(code), last) for code in segments.rows if len(code) >= RATE_LINE
    }


def _joined(spans: list[RateRun], last: int) -> list[RateRun]:
    """Runs, up to the last edition, of which no two that touch have the same rates."""
    found: list[RateRun] = []
    for first, until, rates in spans:
        if found and found[-1].until == first and found[-1].rates == rates:
            first = found.pop().first
        found.append(RateRun(first, min(until, last), rates))
    return found


class Calendar:
    """Days by the editions that answer on them."""

    def __init__(self, schedule: Schedule) -> None:
        self.editions = schedule.editions
        marks: set[date] = set()
        for edition in schedule.editions:
            days = (edition.accepted_from, edition.accepted_until)
            marks.update(day for day in (*days, edition.exact_from, edition.exact_until) if day)
            marks.add(edition.start)
        self.marks = sorted(marks)
        self._starts = [edition.start for edition in schedule.editions]

    def span(self, day: date) -> int:
        """The number of the span of days that a day lies in: on all of them codes answer alike."""
        return bisect_right(self.marks, day)

    def edition(self, day: date) -> int:
        """The number of the edition in use; -1 before the first."""
        return bisect_right(self._starts, day) - 1

    def alone(self, day: date) -> bool:
        """Whether no other edition is accepted beside the one in use."""
        for edition in self.editions:
            if edition.accepted_from and edition.accepted_from <= day < edition.start:
                return False
            if edition.accepted_until and edition.start <= day < edition.accepted_until:
                return False
        return True


class _Row(NamedTuple):
    first: int
    until: int
    parent: str
    rates: PrintedRates


class _Segments:
    """The schedule's rows in memory, each climbing to the row that has its rates."""

    def __init__(self, schedule: Schedule) -> None:
        self.rows: dict[str, list[_Row]] = {}
        for code, first, until, parent, *rates in schedule.database.execute(
            "SELECT code, first, until, parent, general, special, other FROM lines ORDER BY code"
        ):
            self.rows.setdefault(code, []).append(_Row(first, until, parent, PrintedRates(*rates)))
        self.groups = dict(schedule.database.execute("SELECT id, parent FROM groups"))
        self.found: dict[str, list[RateRun]] = {}

    def of(self, code: str) -> list[RateRun]:
        """The rates of a code over the editions that print it, in order of edition."""
        if code not in self.found:
            self.found[code] = [span for row in self.rows[code] for span in self._row(row)]
        return self.found[code]

    def _row(self, row: _Row) -> list[RateRun]:
        if row.rates[0]:
            return [RateRun(row.first, row.until, row.rates)]
        parent = row.parent
        while ":" in parent:
            parent = self.groups.get(parent, "")
        spans: list[RateRun] = []
        at = row.first
        for first, until, rates in self.of(parent) if parent in self.rows else ():
            start, end = max(first, row.first), min(until, row.until)
            if start < end:
                if at < start:
                    spans.append(RateRun(at, start, NO_RATES))
                spans.append(RateRun(start, end, rates))
                at = end
        if at < row.until:
            spans.append(RateRun(at, row.until, NO_RATES))
        return spans
