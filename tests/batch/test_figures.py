"""Figures of many entries at once are those of each, worked out in fractions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import floor
from random import Random

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.batch.columns import NO_VALUE
from detente.batch.engine.amounts import LARGEST, AmountCalculator, CompiledCharges
from detente.batch.engine.charges import HIGHEST, ChargeNumbers, OutcomeCharges
from detente.batch.engine.engine import UNANSWERED, Engine
from detente.batch.engine.ordinary import OrdinaryRates
from detente.batch.engine.rate_vectors import UNKNOWN
from detente.core.clock import MINUTES, day_number, day_text
from detente.duty.amounts import MILLION, ColumnRates
from detente.goods.codes import CodeError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.model import DutyRate

GENERAL = DutyRate("column", "general", column="general")
PRINTED = {"Free": 0, "0.1%": 1_000, "2.5%": 25_000, "6.4%": 64_000, "90%": 900_000}
LACKING = "3.4¢/kg"
WHOLE = (1,)

rates = st.one_of(st.integers(0, 2_000_000), st.sampled_from([0, 15_000, 100_000, 250_000]))
added = st.builds(
    ChargeNumbers,
    st.sampled_from(["one", "two", "three"]),
    st.just("add"),
    rates,
    st.just(""),
    st.just(WHOLE),
    st.just(False),
    st.booleans(),
    st.booleans(),
)
values = st.one_of(
    st.integers(1, LARGEST),
    st.integers(1, 100_000),
    st.sampled_from([NO_VALUE, 0, 1, LARGEST, LARGEST + 1]),
)


@st.composite
def charges(draw: st.DrawFn) -> OutcomeCharges | None:
    """Charges on the whole value: an ordinary duty or none, added ones, a cap, an open duty."""
    found = draw(st.lists(added, max_size=4))
    ordinary = draw(st.booleans())
    capped = ordinary and draw(st.booleans())
    is_open = draw(st.integers(0, 5)) == 0
    if ordinary:
        found.append(ChargeNumbers("base", "column", 0, "", WHOLE, False, False, False))
    if capped:
        found.append(
            ChargeNumbers("two", "cap", draw(rates), "", WHOLE, False, False, draw(st.booleans()))
        )
    if is_open:
        found.append(ChargeNumbers("three", "open", 0, "", WHOLE, False, False, False))
    if sum(each.rate for each in found) > HIGHEST or draw(st.integers(0, 9)) == 0:
        return None
    column = GENERAL if ordinary else None
    return OutcomeCharges(column, tuple(draw(st.permutations(found))), False, capped, is_open)


def half_up(rate: int, value: int) -> int:
    return floor(Fraction(rate * value, MILLION) + Fraction(1, 2))


def rate_over(charge: ChargeNumbers, ordinary: int) -> int:
    if charge.form == "column":
        return ordinary
    return max(charge.rate - ordinary, 0) if charge.form == "cap" else charge.rate


@settings(max_examples=60, deadline=None)
@given(
    st.lists(charges(), min_size=1, max_size=6),
    st.lists(values, min_size=1, max_size=40),
    st.integers(0, 1000),
)
def test_every_layer_is_rounded_half_up_and_the_total_is_their_sum(
    situations: list[OutcomeCharges | None], cents: list[int], seed: int
) -> None:
    random, ordinary = Random(seed), OrdinaryRates()
    printed = [*PRINTED, LACKING]
    for text in printed:
        ordinary.rates_number(ColumnRates(text, "", ""))
    compiled = CompiledCharges(situations, numpy.arange(len(situations)))
    reckoner = AmountCalculator([None] * (1 + len(situations)), {}, ordinary, compiled)
    at = numpy.array([random.randrange(len(situations)) for _ in cents])
    line = numpy.array([random.randrange(len(printed)) for _ in cents], numpy.int32)
    value = numpy.array(cents, numpy.int64)
    half = len(cents) // 2
    reckoner.figures(1 + at[:half], line[:half], value[:half], {})
    figures = reckoner.figures(1 + at, line, value, {})
    for row, entry_value in enumerate(cents):
        charged, text = situations[at[row]], printed[line[row]]
        lacks = charged is not None and charged.column is not None and text == LACKING
        alone = charged is None or entry_value > LARGEST or entry_value == 0
        alone |= lacks and charged is not None and charged.capped and entry_value == NO_VALUE
        assert figures.single[row] == alone
        if alone or charged is None:
            continue
        assert figures.lacking[row] == lacks
        if lacks:
            assert figures.share[row] == UNKNOWN
            continue
        rate = PRINTED.get(text, 0)
        owed = [
            (each, half_up(rate_over(each, rate), max(entry_value, 0))) for each in charged.charges
        ]
        whole = sum(rate_over(each, rate) for each in charged.charges)
        assert figures.share[row] == (UNKNOWN if charged.open else whole)
        assert figures.total[row] == sum(amount for _, amount in owed)
        assert figures.refundable[row] == sum(amount for each, amount in owed if each.void)
        for family in {"one", "two", "three", "base", *figures.family}:
            expected = sum(amount for each, amount in owed if each.family == family)
            column = figures.family.get(family)
            assert (0 if column is None else column[row]) == expected
        caps = [each.rate for each in charged.charges if each.form == "cap"]
        assert figures.reached[row] == any(0 < cap <= rate for cap in caps)


@pytest.fixture(scope="module")
def schedule() -> Iterator[Schedule]:
    opened = Schedule()
    yield opened
    opened.close()


def test_rates_of_codes_and_days_are_those_of_the_schedule_asked_one_by_one(
    schedule: Schedule,
) -> None:
    engine, draw = Engine(Register.built_in(), schedule), Random(9)
    editions = schedule.editions
    first, last = (day_number(editions[at].start.isoformat()) for at in (0, -1))
    codes = [*draw.sample(sorted(engine.table.index), 300), "0000000000", "01012100"]
    edges = [day_number(each.start.isoformat()) + by for each in editions for by in (-1, 0)]
    for count in (100, len(codes)):  # later codes come to a table that has some
        code = [engine.code(draw.choice(codes[:count])) for _ in range(1_500)]
        days = [draw.choice([*edges, draw.randrange(first - 9, last + 400)]) for _ in code]
        instant = [engine.instant(day * MINUTES + MINUTES - 1) for day in days]
        found = engine.rates(numpy.array(code), numpy.array(instant))
        for number, day, rate in zip(code, days, found.tolist(), strict=True):
            expected: ColumnRates | None = None
            try:
                line = schedule.line(engine.codes[number], date.fromisoformat(day_text(day)))
                expected = ColumnRates(line.general, line.other, line.special)
            except CodeError:
                pass
            got = None if rate <= UNANSWERED else engine.ordinary.rates[rate]
            assert got == expected, (engine.codes[number], day)
