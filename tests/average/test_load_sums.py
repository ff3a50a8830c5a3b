"""Loads summed as tables come to what each of them is charged by itself on every day."""

from __future__ import annotations

from typing import Any

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.average.cases import SCALE, RateCharge, StackCase
from detente.average.layered.load_sums import KindSegments, Loads, RateReadings, sums_of
from detente.average.stacks import CaseSegment, CodeKind
from detente.duty.amounts import ColumnRates

DAYS, RATES = 5, tuple(ColumnRates(f"{each}%", "", "") for each in range(4))
FAMILIES = st.dictionaries(st.sampled_from(["301", "232", "base"]), st.integers(0, 3 * SCALE))


class Terms:
    """Terms that hang on the ordinary rate."""

    def __init__(self, number: int, by_rate: dict[ColumnRates, RateCharge]) -> None:
        self.reading, self.read, self.charge = number, by_rate.get, by_rate.get


@st.composite
def charges(draw: st.DrawFn, name: str) -> RateCharge:
    if not draw(st.integers(0, 4)):
        return RateCharge((), 0, (name,))
    return RateCharge(tuple(sorted(draw(FAMILIES).items())), draw(st.integers(0, SCALE)), ())


@st.composite
def kinds(draw: st.DrawFn) -> list[CodeKind]:
    """Kinds of a few cases, some of which have the same varying terms."""
    varying: list[Any] = []
    for number in range(2):
        by_rate = dict(
            zip(RATES, draw(st.lists(charges("column"), min_size=4, max_size=4)), strict=True)
        )
        varying.append(Terms(number, by_rate))
    cases = [StackCase([draw(charges("quota"))], draw(st.sampled_from(varying))) for _ in range(4)]
    found = []
    for number in range(3):
        marks = [*sorted(draw(st.sets(st.integers(1, DAYS - 1)))), DAYS]
        segments, first = [], 0
        for until in marks:
            doubt = draw(st.sampled_from([(), ("list",), ("list", "other")]))
            segments.append(CaseSegment(first, until, draw(st.sampled_from(cases)), doubt))
            first = until
        found.append(CodeKind(number, tuple(segments)))
    return found


SPAN = st.sampled_from([(0, DAYS), (0, 2), (1, 4), (4, DAYS)])
ROWS = st.dictionaries(
    st.tuples(SPAN, st.integers(0, 2), st.integers(0, 3)), st.integers(-(10**17), 10**17),
    min_size=1, max_size=12,
)  # fmt: skip


def by_day(sums: dict[str, list[int]]) -> dict[str, list[int]]:
    return {name: row for name, row in sorted(sums.items()) if any(row)}


@settings(max_examples=80, deadline=None)
@given(kinds(), ROWS)
@pytest.mark.parametrize("exact", [numpy.int64, object])
def test_every_load_counts_on_its_days_at_its_rate(
    exact: Any, all_kinds: list[CodeKind], rows: dict[tuple[tuple[int, int], int, int], int]
) -> None:
    segments = KindSegments()
    segments.add(all_kinds)
    table = [(*span, kind, rate) for span, kind, rate in sorted(rows)]
    columns = numpy.array(table, numpy.intp).T
    units = numpy.array([rows[each] for each in sorted(rows)], exact)
    found = sums_of(Loads(*columns, units), segments, RateReadings(RATES), DAYS)
    covered, refundable = [0] * DAYS, [0] * DAYS
    tables: dict[str, dict[str, list[int]]] = {"families": {}, "unresolved": {}, "doubtful": {}}

    def add(where: str, name: str, day: int, sum_: int) -> None:
        tables[where].setdefault(name, [0] * DAYS)[day] += sum_

    for ((first, until), kind, rate), weight in rows.items():
        for day in range(first, until):
            segment = next(each for each in all_kinds[kind].segments if day < each.until)
            charge = segment.case.charge(RATES[rate])
            for name in segment.doubtful:
                add("doubtful", name, day, weight)
            for name in charge.unresolved:
                add("unresolved", name, day, weight)
            if not charge.unresolved:
                covered[day] += weight
                refundable[day] += weight * charge.refundable
                for name, share in charge.families:
                    add("families", name, day, weight * share)
    assert found.covered[:DAYS] == covered
    assert found.refundable[:DAYS] == refundable
    for where, expected in tables.items():
        own = {name: row[:DAYS] for name, row in getattr(found, where).items()}
        assert by_day(own) == by_day(expected), where
