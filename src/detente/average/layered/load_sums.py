"""What many loads are charged by day, summed over all of them at once.

    charged(day) = sum over loads of units x (fixed shares + shares that hang on the ordinary rate)

Loads whose varying terms are the same on a day are pooled by their ordinary rate, and those under
one case for what it charges whatever the rate is. Units by day are then one table, shares another,
and the sums are their product.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.rate_readings import RateReadings
from detente.average.sums import Sums
from detente.core.exact_product import exact_product

if TYPE_CHECKING:
    import numpy

    from detente.average.cases import RateCharge, StackCase, Varying
    from detente.average.stacks import CodeKind

    Column = numpy.ndarray


MARKED = 8
"""A table of marks is looked through as fast as this fraction of as many numbers is sorted."""


class Loads(NamedTuple):
    """Units of weight that pay one ordinary rate: columns of equal length.

    Rows of one kind and the same days stand together.

    Attributes:
        begin: the first day.
        end: the day after the last.
        kind: the kind by number.
        rate: the ordinary rate by number.
        units: units of weight.
    """

    begin: Column
    end: Column
    kind: Column
    rate: Column
    units: Column


class LoadRuns(NamedTuple):
    """Days ``[first, until)`` over which a load meets something, by number."""

    load: Column
    first: Column
    until: Column
    what: Column


class KindSegments:
    """The segments of kinds as columns, those of one kind together."""

    def __init__(self) -> None:
        self.cases: list[StackCase] = []
        self.varying: list[Varying] = []
        self.doubts: list[tuple[str, ...]] = []
        self._numbers: dict[object, int] = {}
        # First day, day after the last, case and doubt of each segment, one after the other.
        self._rows = array("q")
        self._varying_of: list[int] = []
        self._place: dict[int, tuple[int, int]] = {}

    def add(self, kinds: Iterable[CodeKind]) -> None:
        """Note the segments of kinds; those noted before stay as they are."""
        for kind in kinds:
            if kind.number in self._place:
                continue
            self._place[kind.number] = len(self._rows) // 4, len(kind.segments)
            for first, until, case, doubt in kind.segments:
                self._rows.extend((first, until, self._case(case), self._doubt(doubt)))

    def of(self, kinds: Column) -> tuple[Column, Column]:
        """Segments of kinds, one kind after the other: the place of its kind, and four columns.

        Those are the first day, the day after the last, the case and the lists in doubt, by number.
        """
        import numpy

        # A copy, since rows that are seen from elsewhere could not become more.
        rows = numpy.array(self._rows, numpy.int64).reshape(-1, 4).T
        begin, count = numpy.array([self._place[each] for each in kinds.tolist()]).reshape(-1, 2).T
        which = numpy.repeat(numpy.arange(len(kinds)), count)
        columns: Column = rows[:, within(begin, count)]
        return which, columns

    def varying_of(self, cases: Column) -> Column:
        """The terms of cases that hang on the ordinary rate, by number."""
        import numpy

        found: Column = numpy.array(self._varying_of, numpy.intp)[cases]
        return found

    def _case(self, case: StackCase) -> int:
        found = self._numbers.setdefault(case, len(self.cases))
        if found == len(self.cases):
            self.cases.append(case)
            number = self._numbers.setdefault(case.varying, len(self.varying))
            if number == len(self.varying):
                self.varying.append(case.varying)
            self._varying_of.append(number)
        return found

    def _doubt(self, names: tuple[str, ...]) -> int:
        found = self._numbers.setdefault(names, len(self.doubts))
        if found == len(self.doubts):
            self.doubts.append(names)
        return found


def within(begin: Column, count: Column) -> Column:
    """Places of several stretches of a table, one after the other.

    Args:
        begin: the first place of each.
        count: how many places each has.
    """
    import numpy

    ends = numpy.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    places: Column = numpy.arange(total) + numpy.repeat(begin - (ends - count), count)
    return places


def sums_of(loads: Loads, segments: KindSegments, rates: RateReadings, days: int) -> Sums:
    """What loads are charged by day.

    Args:
        loads: the loads.
        segments: of all their kinds.
        rates: the ordinary rates, and what is read of them.
        days: how many days there are.
    """
    return _LoadSums(loads, segments, rates, days).summed()


class _LoadSums:
    """One summation."""

    def __init__(
        self, loads: Loads, segments: KindSegments, rates: RateReadings, days: int
    ) -> None:
        import numpy

        self._rows, self._segments, self._days = loads, segments, days
        self._readings, self._rates = rates, rates.rates
        key = numpy.stack([loads.begin, loads.end, loads.kind])
        # One load is all rows of a kind over the same days.
        self._first = numpy.flatnonzero(
            numpy.concatenate(([True], (key[:, 1:] != key[:, :-1]).any(axis=0)))
        )
        self._count = numpy.diff(self._first, append=len(loads.units))
        self._units = numpy.add.reduceat(loads.units, self._first)
        self._sums = Sums(days)

    def summed(self) -> Sums:
        """The sums by day."""
        import numpy

        load, (first, until, case, doubt) = self._segments.of(self._rows.kind[self._first])
        first = numpy.maximum(first, self._rows.begin[self._first][load])
        until = numpy.minimum(until, self._rows.end[self._first][load])
        met = first < until
        load, first, until, case, doubt = (each[met] for each in (load, first, until, case, doubt))
        self._doubt(LoadRuns(load, first, until, doubt))
        fixed = [each.fixed for each in self._segments.cases]
        blocked = numpy.array([bool(each.unresolved) for each in fixed])[case]
        # One term without a share leaves the whole stack without a rate.
        self._block(LoadRuns(load, first, until, case), numpy.flatnonzero(blocked), fixed)
        covered = self._varying(
            LoadRuns(load, first, until, self._segments.varying_of(case)), blocked
        )
        self._fixed(LoadRuns(load, first, until, case), covered, fixed)
        return self._sums

    def _doubt(self, runs: LoadRuns) -> None:
        names = self._segments.doubts
        for number in set(runs.what.tolist()):
            if names[number]:
                own = runs.what == number
                by_day = self._by_day(runs, own, self._units[runs.load[own]])
                for name in names[number]:
                    _add(self._sums.doubtful, name, by_day)

    def _block(self, runs: LoadRuns, blocked: Column, fixed: Sequence[RateCharge]) -> None:
        """Count units of stacks without a rate by what has no share."""
        for case in set(runs.what[blocked].tolist()):
            own = blocked[runs.what[blocked] == case]
            by_day = self._by_day(runs, own, self._units[runs.load[own]])
            for name in fixed[case].unresolved:
                _add(self._sums.unresolved, name, by_day)

    def _varying(self, segments: LoadRuns, blocked: Column) -> Column:
        """Sum what hangs on the ordinary rate; returns the units of each segment with a rate."""
        import numpy

        # Neighbors that differ in what is fixed alone are one.
        load, what = segments.load, segments.what
        new = numpy.ones(len(load), bool)
        new[1:] = (load[1:] != load[:-1]) | (what[1:] != what[:-1]) | (blocked[1:] != blocked[:-1])
        first = numpy.flatnonzero(new)
        last = numpy.append(first[1:], len(load)) - 1
        runs = LoadRuns(load[first], segments.first[first], segments.until[last], what[first])
        # Each run with every rate of its load.
        count = self._count[runs.load]
        run = numpy.repeat(numpy.arange(len(count)), count)
        row = within(self._first[runs.load], count)
        pairs, pair = _numbered(runs.what[run] * len(self._rates) + self._rows.rate[row])
        charges, charge_of = self._charges(pairs)
        charge = charge_of[pair]
        resolved = numpy.array([not each.unresolved for each in charges])[charge]
        units = self._rows.units[row]
        for at in set(charge[~resolved].tolist()):
            own = charge == at
            by_day = self._by_day(runs, run[own], units[own])
            for name in charges[at].unresolved:
                _add(self._sums.unresolved, name, by_day)
        counts = resolved & ~blocked[first][run]
        met = run[counts]
        self._charge(
            charges,
            LoadRuns(runs.load[met], runs.first[met], runs.until[met], charge[counts]),
            units[counts],
        )
        counted = numpy.where(counts, units, 0)
        of_runs = numpy.add.reduceat(counted, numpy.cumsum(count) - count)
        covered: Column = of_runs[numpy.cumsum(new) - 1]
        return covered

    def _charges(self, pairs: Column) -> tuple[list[RateCharge], Column]:
        """What varying terms charge on ordinary rates, and which of it each pair of them comes to.

        Args:
            pairs: numbers of both as one, in order.
        """
        import numpy

        known: dict[RateCharge, int] = {}
        numbers, rates = numpy.divmod(pairs, len(self._rates))
        found = [numpy.empty(0, numpy.intp)]
        begins = numpy.flatnonzero(numpy.diff(numbers, prepend=-1)).tolist()
        for begin, end in pairwise((*begins, len(pairs))):
            varying = self._segments.varying[int(numbers[begin])]
            # Most rates differ in columns that the terms do not read.
            own = self._readings.of(varying, rates[begin:end])
            _, first, which = numpy.unique(own, return_index=True, return_inverse=True)
            charges = [
                varying.charge(self._rates[each]) for each in rates[begin:end][first].tolist()
            ]
            found.append(
                numpy.array([known.setdefault(each, len(known)) for each in charges])[which]
            )
        return [*known], numpy.concatenate(found)

    def _fixed(self, segments: LoadRuns, covered: Column, fixed: Sequence[RateCharge]) -> None:
        """Sum what is charged whatever the ordinary rate is, and what has a rate."""
        cases, case = _numbered(segments.what)
        table = self._charge([fixed[each] for each in cases.tolist()],
                             segments._replace(what=case), covered)  # fmt: skip
        self._sums.covered = table.sum(axis=0).tolist()

    def _charge(self, charges: Sequence[RateCharge], runs: LoadRuns, units: Column) -> Column:
        """Sum units times shares; returns the units of each charge by day."""
        import numpy

        table = numpy.zeros((len(charges), self._days + 1), units.dtype)
        numpy.add.at(table, (runs.what, runs.first), units)
        numpy.subtract.at(table, (runs.what, runs.until), units)
        table = numpy.cumsum(table, axis=1)[:, :-1]
        names = sorted({name for each in charges for name, _ in each.families})
        places = {name: place for place, name in enumerate(names)}
        shares = numpy.zeros((len(charges), len(names) + 1), object)
        for row, each in enumerate(charges):
            shares[row, -1] = each.refundable
            for name, share in each.families:
                shares[row, places[name]] = share
        if all(-(2**63) <= each < 2**63 for each in shares.flat):
            shares = shares.astype(numpy.int64)
        *families, refundable = exact_product(shares, table)
        for name, by_day in zip(names, families, strict=True):
            _add(self._sums.families, name, by_day)
        self._sums.refundable = [
            sum(pair) for pair in zip(self._sums.refundable, refundable, strict=False)
        ]
        return table

    def _by_day(self, runs: LoadRuns, own: Column, units: Column) -> list[int]:
        """Units over the days of some runs."""
        import numpy

        table = numpy.zeros(self._days + 1, units.dtype)
        numpy.add.at(table, runs.first[own], units)
        numpy.subtract.at(table, runs.until[own], units)
        by_day: list[int] = numpy.cumsum(table)[:-1].tolist()
        return by_day


def _add(into: dict[str, list[int]], name: str, by_day: Sequence[int]) -> None:
    before = into.get(name)
    into[name] = (
        [*by_day]
        if before is None
        else [one + other for one, other in zip(before, by_day, strict=True)]
    )


def _numbered(values: Column) -> tuple[Column, Column]:
    """The distinct ones of some numbers, in order, and the place of each among them."""
    import numpy

    size = int(values.max(initial=-1)) + 1
    if size > MARKED * len(values):
        found, places = numpy.unique(values, return_inverse=True)
        return found, places
    # Marks in a table, which is faster than to sort where the table is not much longer.
    known = numpy.zeros(size, bool)
    known[values] = True
    return numpy.flatnonzero(known), (numpy.cumsum(known) - 1)[values]
