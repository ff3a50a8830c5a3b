"""The ordinary rates of every line in every edition at once: for batches, panels and averages.

One pass over the schedule, where ``Schedule.line`` asks for one line on one day. It holds what an
edition prints by its own number, and the eight digits for which a single statistical line stands
in; a code that needs another edition, or a number that cannot be checked, is asked one by one.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.goods.codes import RATE_LINE
from detente.goods.schedule import Schedule

if TYPE_CHECKING:
    from typing import Any

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


class RateTable:
    """Rates by line and edition.

    Attributes:
        index: the row of each code in `steps`.
        rates: the distinct rates that lines have.
        steps: ``[code, edition]``, the place in `rates`; NOTHING where the edition does not print
            the code.
        stand_in: ``[code, edition]``, whether the code is eight digits for which a longer line
            stands in.
    """

    def __init__(
        self,
        index: Mapping[str, int],
        rates: Sequence[PrintedRates],
        steps: numpy.ndarray,
        stand_in: numpy.ndarray,
    ) -> None:
        self.index = index
        self.rates = rates
        self.steps = steps
        self.stand_in = stand_in

    @property
    def editions(self) -> int:
        """How many editions there are."""
        return len(self.steps.T)

    def rows(self, codes: Iterable[str]) -> list[int]:
        """The row of each code; NOTHING for one that no edition prints."""
        return [self.index.get(code, NOTHING) for code in codes]

    def step(self, row: numpy.ndarray, edition: numpy.ndarray | int) -> numpy.ndarray:
        """What `steps` says of some rows, each in an edition."""
        found: numpy.ndarray = self.steps[row, edition]
        return found

    @cached_property
    def _own(self) -> numpy.ndarray:
        """`steps` without what only stands in."""
        import numpy

        return numpy.where(self.stand_in, NOTHING, self.steps)

    @cached_property
    def changes(self) -> numpy.ndarray:
        """The first edition, and each that does not print the same for every code as before it."""
        import numpy

        later = (self._own[:, 1:] != self._own[:, :-1]).any(axis=0).nonzero()[0] + 1
        return numpy.append(0, later)

    def own(self, row: numpy.ndarray) -> numpy.ndarray:
        """``[row, change]``: the rates of some rows from each of `changes` on.

        It is NOTHING where the edition does not print the code, or where another stands in for it.
        """
        import numpy

        found: numpy.ndarray = self._own[numpy.ix_(row, self.changes)]
        return found


class StoredRates(RateTable):
    """The same from what the build stored, of which little is read for a few codes."""

    def __init__(
        self, codes: numpy.ndarray, rates: Sequence[PrintedRates], alike: DistinctSteps
    ) -> None:
        """Take a table.

        Args:
            codes: the code of each row, as bytes, ascending.
            rates: the distinct rates that lines have.
            alike: the steps.
        """
        self._codes = codes
        self.rates = rates
        self._alike = alike

    @cached_property
    def index(self) -> Mapping[str, int]:  # type: ignore[override]  # made where it is asked for
        """The row of each code."""
        return {code: row for row, code in enumerate(self._codes.astype(str).tolist())}

    @cached_property
    def steps(self) -> numpy.ndarray:  # type: ignore[override]
        """``[code, edition]``, as in `RateTable`."""
        return self._alike.whole(self._alike.steps)

    @cached_property
    def stand_in(self) -> numpy.ndarray:  # type: ignore[override]
        """``[code, edition]``, as in `RateTable`."""
        return self._alike.whole(self._alike.stand_in)

    @property
    def editions(self) -> int:
        """How many editions there are."""
        return len(self._alike.column)

    def rows(self, codes: Iterable[str]) -> list[int]:
        """The row of each code; NOTHING for one that no edition prints."""
        import numpy

        width = self._codes.dtype.itemsize
        # What is longer would be cut to the width, and be found; what is not ASCII is no code.
        fit = [code if len(code) <= width and code.isascii() else "" for code in codes]
        wanted = numpy.array(fit, self._codes.dtype)
        at = numpy.searchsorted(self._codes, wanted)
        at[at == len(self._codes)] = 0
        found: list[int] = numpy.where(self._codes[at] == wanted, at, NOTHING).tolist()
        return found

    def step(self, row: numpy.ndarray, edition: numpy.ndarray | int) -> numpy.ndarray:
        """What `steps` says of some rows, each in an edition."""
        import numpy

        line, column = self._alike.line[row], self._alike.column[edition]
        found: numpy.ndarray = self._alike.steps[line, column].astype(numpy.int32)
        return found

    @cached_property
    def changes(self) -> numpy.ndarray:
        """The first edition, and each that does not print the same for every code as before it."""
        return self._alike.first

    def own(self, row: numpy.ndarray) -> numpy.ndarray:
        """``[row, change]``: the rates of some rows from each of `changes` on."""
        import numpy

        line = self._alike.line[row]
        return numpy.where(self._alike.stand_in[line], NOTHING, self._alike.steps[line])


class DistinctSteps(NamedTuple):
    """`RateTable.steps` and `stand_in`, of which rows and columns that are alike stand once.

    Attributes:
        line: by row of the table, the row of its like.
        first: the first edition of each column.
        column: by edition, the column of its like.
        steps: the distinct steps.
        stand_in: whether another code stands in, as in `RateTable`.
    """

    line: numpy.ndarray
    first: numpy.ndarray
    column: numpy.ndarray
    steps: numpy.ndarray
    stand_in: numpy.ndarray

    def whole(self, distinct: numpy.ndarray) -> numpy.ndarray:
        """``[code, edition]`` of what is distinct."""
        found: numpy.ndarray = distinct[:, self.column][self.line]
        return found


def distinct_steps(table: RateTable) -> DistinctSteps:
    """The steps of a table, of which rows and columns that are alike stand once."""
    import numpy

    # Both in one number: the lowest bit says whether another code stands in.
    both = table.steps.astype(numpy.int64) * 2 + table.stand_in
    first = numpy.append(0, (both[:, 1:] != both[:, :-1]).any(axis=0).nonzero()[0] + 1)
    column = numpy.searchsorted(first, numpy.arange(both.shape[1]), "right") - 1
    distinct, line = numpy.unique(both[:, first], axis=0, return_inverse=True)
    return DistinctSteps(
        line.reshape(-1), first, column, distinct >> 1, (distinct & 1).astype(bool)
    )


def rate_table(schedule: Schedule) -> RateTable:
    """The rates of every code of eight digits or more in every edition at hand."""
    import numpy

    runs = rate_runs(schedule)
    own = {code: runs.of(code) for code in runs.codes()}
    singles = {
        code[:RATE_LINE]: code for code in own if code.endswith("00") and len(code) > RATE_LINE
    }
    index = {code: number for number, code in enumerate(sorted({*own, *singles}))}
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


class RateRuns:
    """The runs of every code, worked out where they are asked for."""

    def __init__(self) -> None:
        self._known: dict[str, list[RateRun]] = {}

    def of(self, code: str) -> list[RateRun]:
        """The runs of a code, oldest first and each as long as can be; none for no code."""
        found = self._known.get(code)
        if found is None:
            found = self._known[code] = self._runs(code)
        return found

    def codes(self) -> list[str]:
        """Every code of eight digits or more, in order."""
        return [code for code in self.printed() if len(code) >= RATE_LINE]

    def _runs(self, code: str) -> list[RateRun]:
        raise NotImplementedError

    def printed(self) -> Iterable[str]:
        """Every code that an edition prints, of any length, in order."""
        raise NotImplementedError


def rate_runs(schedule: Schedule, *, general: bool = False) -> RateRuns:
    """The runs of every code: as the build stored them, or of the rows where some were imported.

    Args:
        schedule: the goods schedule.
        general: whether the general rates alone count; then the others are "".
    """
    if not schedule.imported_sha256:
        stored = schedule.database.execute("SELECT body FROM rate_runs").fetchone()
        if stored is not None:
            return _StoredRuns(stored[0], general=general)
    return RunsOfRows(schedule, general=general)


def runs_as_text(schedule: Schedule) -> str:
    """The runs of every code as one text, which is read at once."""
    runs = RunsOfRows(schedule)
    numbers: dict[PrintedRates, int] = {}
    found: dict[str, list[int]] = {}
    for code in runs.printed():
        row = found[code] = []
        for first, until, rates in runs.of(code):
            row += (first, until, numbers.setdefault(rates, len(numbers)))
    return json.dumps([[*numbers], found], ensure_ascii=False, separators=(",", ":"))


class _StoredRuns(RateRuns):
    """Runs from the text of `runs_as_text`."""

    def __init__(self, text: str, *, general: bool) -> None:
        super().__init__()
        stored: tuple[list[list[str]], dict[str, list[int]]] = json.loads(text)
        rates, self._rows = stored
        if general:
            alike = {each[0]: PrintedRates(each[0], "", "") for each in rates}
            self._rates = [alike[each[0]] for each in rates]
        else:
            self._rates = [PrintedRates(*each) for each in rates]
        self._general = general

    def printed(self) -> Iterable[str]:
        return self._rows

    def _runs(self, code: str) -> list[RateRun]:
        row, rates = self._rows.get(code, ()), self._rates
        # Past the constructor, which is a call of Python for every row of the schedule.
        found: list[RateRun] = [
            tuple.__new__(RateRun, (row[at], row[at + 1], rates[row[at + 2]]))
            for at in range(0, len(row), 3)
        ]
        return _joined(found) if self._general and len(found) > 1 else found


class RunsOfRows(RateRuns):
    """Runs from the schedule's rows in memory: a row without rates climbs to the row with them."""

    def __init__(self, schedule: Schedule, *, general: bool = False) -> None:
        """Read the schedule; `general` is as in `rate_runs`."""
        super().__init__()
        others = "'', ''" if general else "special, other"
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        for row in schedule.database.execute(
            f"SELECT code, first, min(until, ?), parent, general, {others} FROM lines"
            " ORDER BY code, first",
            (len(schedule.editions),),
        ):
            self._rows.setdefault(row[0], []).append(row)
        self._groups = dict(schedule.database.execute("SELECT id, parent FROM groups"))
        self._rates: dict[tuple[str, ...], PrintedRates] = {}

    def printed(self) -> Iterable[str]:
        """Every code that an edition prints, of any length, in order."""
        return self._rows

    def _runs(self, code: str) -> list[RateRun]:
        found: list[RateRun] = []
        for _, first, until, parent, *texts in self._rows.get(code, ()):
            if texts[0]:
                found.append(RateRun(first, until, self._printed(*texts)))
            elif ":" not in parent and (whole := self._alone(first, until, parent)):
                found.append(whole)
            else:
                found += self._above(first, until, parent)
        return _joined(found) if len(found) > 1 else found

    def _alone(self, first: int, until: int, parent: str) -> RateRun | None:
        """The one run that holds over all of some editions, as it does over most."""
        for begin, end, rates in self.of(parent):
            if begin <= first and until <= end:
                # Past the constructor, which is a call of Python for every row of the schedule.
                made: RateRun = tuple.__new__(RateRun, (first, until, rates))
                return made
        return None

    def _above(self, first: int, until: int, parent: str) -> Iterator[RateRun]:
        """The runs of what a row without rates stands under; without rates where that has none."""
        while ":" in parent:
            parent = self._groups.get(parent, "")
        at = first
        for run in self.of(parent):
            start, end = max(run.first, first), min(run.until, until)
            if start < end:
                if at < start:
                    yield RateRun(at, start, NO_RATES)
                yield RateRun(start, end, run.rates)
                at = end
        if at < until:
            yield RateRun(at, until, NO_RATES)

    def _printed(self, *texts: str) -> PrintedRates:
        """Rates that are written alike, as one object."""
        found = self._rates.get(texts)
        if found is None:
            found = self._rates[texts] = PrintedRates(*texts)
        return found


def _joined(runs: list[RateRun]) -> list[RateRun]:
    """Runs of which no two that touch have the same rates."""
    found: list[RateRun] = []
    for run in runs:
        if found and found[-1].until == run.first and found[-1].rates == run.rates:
            run = run._replace(first=found.pop().first)
        found.append(run)
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
