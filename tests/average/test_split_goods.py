"""Goods run through the steps of claims in columns as they do one by one, to the last unit."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.average.layered.claim_steps import NOTHING, ClaimPortion, Facts, LineClaims
from detente.average.layered.split_goods import ClassifiedLine, FactNumbers, SplitGoods
from detente.trade.claims import WHOLE

CODES = ("8708", "8501", "0101")
LAST: Facts = (("claims", "yes"),)
SHARES = st.integers(0, WHOLE)

Taken = dict[str, dict[str, list[tuple[str, int]]]]
"""By step and code: the fact that each part gets, "" for none, with its share."""


@st.composite
def tables(draw: st.DrawFn) -> Taken:
    found: Taken = {}
    for step in ("first", "second"):
        found[step] = {}
        for code in draw(st.sets(st.sampled_from(CODES))):
            share = draw(SHARES)
            found[step][code] = [(step, share), ("", WHOLE - share)]
    return found


def steps_of(taken: Taken) -> Any:
    def taking(step: str) -> Any:
        def take(code: str, place: int, facts: Facts) -> list[ClaimPortion] | None:
            if code not in taken[step] or place:
                return None
            return [
                ClaimPortion(tuple(sorted((*facts, (fact, "1")))) if fact else facts, share)
                for fact, share in taken[step][code]
            ]

        return take

    return SimpleNamespace(
        common=tuple(taken), taking=taking,
        touching=lambda code: [step for step in taken if code in taken[step]],
    )  # fmt: skip


def one_by_one(
    taken: Taken, lines: list[ClassifiedLine], units: list[int], last: dict[str, list[int]]
) -> Counter[tuple[str, int, Facts, int]]:
    """Units that each step gives to facts and takes from them, by line and period."""
    found: Counter[tuple[str, int, Facts, int]] = Counter()
    for at, (line, own) in enumerate(zip(lines, units, strict=True)):
        goods = [(NOTHING, own)]
        for step in taken:
            after = []
            for facts, part in goods:
                portions = steps_of(taken).taking(step)(line.code, line.place, facts)
                for portion in portions or [ClaimPortion(facts, WHOLE)]:
                    share = part * portion.share // WHOLE
                    found[step, at, portion.facts, -1] += share if portions else 0
                    found[step, at, facts, -1] -= share if portions else 0
                    after.append((portion.facts, share if portions else part))
            goods = after
        for facts, part in goods:
            for period, share in enumerate(last.get(line.code, ())):
                moved = part * share // WHOLE
                found["last", at, tuple(sorted((*facts, *LAST))), period] += moved
                found["last", at, facts, period] -= moved
    return Counter({key: sum_ for key, sum_ in found.items() if sum_})


@settings(max_examples=60, deadline=None)
@given(
    tables(),
    st.lists(
        st.tuples(st.sampled_from(CODES), st.integers(0, 1), st.integers(0, 10**18)), max_size=5
    ),
    st.dictionaries(st.sampled_from(CODES), st.lists(SHARES, min_size=2, max_size=2)),
)
@pytest.mark.parametrize("exact", [numpy.int64, object])
def test_columns_move_what_lines_move_one_by_one(
    exact: Any, taken: Taken, rows: list[tuple[str, int, int]], last: dict[str, list[int]]
) -> None:
    lines = [ClassifiedLine(code, place) for code, place, _ in rows]
    units = [each for _, _, each in rows]
    numbers = FactNumbers()
    split = SplitGoods(steps_of(taken), lines, numbers)
    places = {code: place for place, code in enumerate(last)}
    claims = LineClaims(
        "last", LAST, True,
        numpy.array([places.get(line.code, -1) for line in lines], numpy.intp),
        numpy.array([*last.values()], numpy.int64).reshape(-1, 2),
    )  # fmt: skip
    found: Counter[tuple[str, int, Facts, int]] = Counter()
    for name, moves in split.moves(numpy.array(units, exact), claims):
        for line, before, after, period, moved in zip(
            *(column.tolist() for column in moves), strict=True
        ):
            found[name, line, numbers.facts[after], period] += moved
            found[name, line, numbers.facts[before], period] -= moved
    kept = Counter({key: sum_ for key, sum_ in found.items() if sum_})
    assert kept == one_by_one(taken, lines, units, last)
