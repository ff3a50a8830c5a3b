"""Why entries are open, in columns: questions, totals and readings of rates, small ones by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from detente.batch.engine.distinct import Distinct
from detente.batch.engine.ordinary import AD_VALOREM, LACKING, SINGLE
from detente.batch.engine.pairs import MetNumbers, NumberedPairs
from detente.batch.groups import _columns
from detente.batch.reasons import Readings, Reasons
from detente.batch.texts import Ask, Asks, LayerTexts, RateTotal, Wait
from detente.batch.ways import MOST_TOTALS, NO_TOTAL, NOT_KNOWN, WAY, _ends, _padded, _place
from detente.duty.rates.amount import Missing
from detente.register.model import DutyRate

SMALLEST, LARGEST = 0, 10_000_000
"""Millionths of an ordinary rate that is free, and of the highest."""

ORDINARY = DutyRate("column", "the ordinary rate", column="general")

PLAIN = RateTotal(ORDINARY, SMALLEST, LARGEST)
"""The ordinary duty alone."""

ADDED = RateTotal(ORDINARY, 250_000, LARGEST + 250_000)
"""25% beside the ordinary duty."""

TOPPED_UP = RateTotal(ORDINARY, 150_000, LARGEST)
"""15% in all, or the ordinary duty where that is more."""

ALONE = RateTotal(None, 150_000, 150_000)
"""15% and no ordinary duty."""

UNKNOWN = RateTotal(ORDINARY, None, None)


@pytest.mark.parametrize(
    ("total", "totals"),
    [
        # at an ordinary rate of 0%, 5%, 15%, 20%
        (PLAIN, [0, 50_000, 150_000, 200_000]),
        (ADDED, [250_000, 300_000, 400_000, 450_000]),
        (TOPPED_UP, [150_000, 150_000, 150_000, 200_000]),
        (ALONE, [150_000] * 4),
        (UNKNOWN, [None] * 4),
        (RateTotal(None, 0, None), [None] * 4),
        (RateTotal(None, None, 0), [None] * 4),
    ],
)
def test_a_total_is_flat_under_a_cap_and_grows_with_the_ordinary_rate_beyond(
    total: RateTotal, totals: list[int | None]
) -> None:
    assert [total.at(rate) for rate in (0, 50_000, 150_000, 200_000)] == totals


@pytest.mark.parametrize(
    ("total", "ends"),
    [
        (TOPPED_UP, (150_000, LARGEST)),
        (UNKNOWN, (NOT_KNOWN, 0)),
        (RateTotal(None, 5, None), (NOT_KNOWN, 0)),
        (RateTotal(None, None, 5), (NOT_KNOWN, 0)),
        (RateTotal(None, 0, 0), (0, 0)),
    ],
)
def test_the_ends_of_a_total_are_not_known_together(
    total: RateTotal, ends: tuple[int, int]
) -> None:
    assert _ends(total) == ends


def test_numbers_of_totals_fill_their_row_and_no_more() -> None:
    assert _padded([3, 4], NO_TOTAL) == [3, 4] + [NO_TOTAL] * (MOST_TOTALS - 2)
    assert _padded([*range(MOST_TOTALS + 3)], 0) == [*range(MOST_TOTALS)]
    assert _padded([], 7) == [7] * MOST_TOTALS


def test_the_place_of_a_column_comes_after_that_of_none() -> None:
    columns = np.array([[4, 7, -2], [2, 4, 9]])
    assert _place(columns, np.array([[7, -1, 4], [9, 2, -1]])).tolist() == [[2, 0, 1], [3, 1, 0]]
    # Column 0 is a column too.
    assert _place(np.array([[0, 3]]), np.array([[0, 3, -1]])).tolist() == [[1, 2, 0]]


def test_the_columns_that_a_way_reads_are_each_named_once_in_order() -> None:
    assert _columns(2, [0, -1, 2, 1]) == (0, 1, 2)
    assert _columns(-1, [3, 3]) == (3,)
    assert _columns(-1, [-1]) == _columns(-1, []) == ()


# --- questions -----------------------------------------------------------------------------------


def ask(words: str, there: int, *, holds: bool = False, all_: bool = False, about: str = "") -> Ask:
    return Ask(words, there, holds, all_, about)


@pytest.mark.parametrize(
    ("asks", "places", "words"),
    [
        # What no total decides is asked whatever the totals are.
        ([ask("a", 1), ask("b", 2)], [0, 0, 0], "a; b"),
        ([ask("a", 1), ask("b", 2)], [], "a; b"),
        # What is asked of every entry is asked where money hangs on it, or may.
        ([ask("a", 1, all_=True), ask("b", 2, all_=True)], [0, 0, 2], "b"),
        ([ask("a", 1, all_=True)], [-1, -1], "a"),
        ([ask("a", 1, all_=True)], [0, -1], "a"),
        ([ask("a", 1, all_=True)], [], "a"),
        # Two that are about one fact, and lead from one total to one other, are one question.
        ([ask("a", 1, about="f"), ask("b", 2, about="f")], [0, 1, 1], "a"),
        ([ask("a", 1, about="f"), ask("b", 2, about="f")], [0, 1, 2], "a; b"),
        ([ask("a", 1, about="f"), ask("b", 2, about="g")], [0, 1, 1], "a; b"),
        ([ask("a", 1), ask("b", 2)], [0, 1, 1], "a; b"),
        # One that holds leads the other way.
        ([ask("a", 1, about="f", holds=True), ask("b", 2, about="f")], [0, 1, 1], "a; b"),
        (
            [ask("a", 1, about="f", holds=True), ask("b", 2, about="f", holds=True)],
            [0, 1, 1],
            "a",
        ),
        ([ask("a", 1, about="f", holds=True), ask("b", 2, about="f")], [0, 0, 0], "a"),
        # The first is left out for its total: what it is about was not asked yet.
        ([ask("a", 1, about="f", all_=True), ask("b", 2, about="f")], [0, 0, 0], "b"),
    ],
)
def test_questions_are_asked_once_and_where_money_hangs_on_them(
    asks: list[Ask], places: list[int], words: str
) -> None:
    assert Asks(tuple(asks)).words(places) == words
    always = Asks(tuple(asks), ("Always.",)).words(places)
    assert always == "; ".join(filter(None, (words, "Always.")))


def test_a_layer_waits_for_its_own_lack_or_for_whatever_the_ordinary_duty_does() -> None:
    weight = Missing("quantity", "kg", "the weight")
    count = Missing("quantity", "No.", "the number")
    assert list(Wait(None, None).words("1¢/kg", [weight, count])) == [
        "1¢/kg: the weight", "1¢/kg: the number",
    ]  # fmt: skip
    assert list(Wait("15%", None).words("1¢/kg", [weight])) == ["15%: the weight"]
    assert list(Wait("2¢ each", count).words("1¢/kg", [weight])) == ["2¢ each: the number"]
    assert list(Wait(None, count).words("1¢/kg", [])) == ["1¢/kg: the number"]


def test_layers_that_are_open_take_the_ordinary_rate_between_their_parts() -> None:
    assert LayerTexts("[", "]", True).with_rate('"5%"') == '["5%"]'
    assert LayerTexts("[all]", "", False).with_rate('"5%"') == "[all]"


# --- reasons by the totals that are equal --------------------------------------------------------


def reasons(*, rates: list[int] | None = None, kinds: list[int] | None = None) -> Reasons:
    """Reasons over a few forms of ordinary rates, without a register."""
    by_form = np.array(rates or [0], np.int64), np.array(kinds or [0], np.int8)
    ordinary: Any = SimpleNamespace(by_form=lambda: by_form)
    groups: Any = SimpleNamespace(cached=None, count=0)
    texts: Any = SimpleNamespace()
    return Reasons(texts, groups, ordinary, Distinct(["", "a quantity"]))


def row_of(totals: list[RateTotal], reads: list[int]) -> np.ndarray:
    """A way to ask with some totals, each of which reads the column at a place."""
    row = np.zeros(1, list(WAY))
    ends = [_ends(each) for each in totals]
    row["reads"] = _padded(reads, 0)
    row["free"] = _padded([free for free, _ in ends], NO_TOTAL)
    row["dear"] = _padded([dear for _, dear in ends], 0)
    return row


FREE, FIVE, FIFTEEN, WEIGHED = 0, 1, 2, 3
HELD: dict[str, Any] = {
    "rates": [0, 50_000, 150_000, 0],
    "kinds": [AD_VALOREM, AD_VALOREM, AD_VALOREM, LACKING],
}
"""Forms of ordinary rates: free, 5%, 15%, and so much by weight."""


@pytest.mark.parametrize(
    ("totals", "reads", "forms", "first"),
    [
        ([PLAIN, ADDED, TOPPED_UP], [1, 1, 1], [FREE, FIVE], [0, 1, 2]),
        ([PLAIN, ADDED, TOPPED_UP], [1, 1, 1], [FREE, FIFTEEN], [0, 1, 0]),
        ([TOPPED_UP, ALONE, PLAIN], [1, 0, 1], [FREE, FIVE], [0, 0, 2]),
        # The second column has another rate: 15% with nothing added is 15% topped up.
        ([TOPPED_UP, PLAIN], [1, 2], [FREE, FIVE, FIFTEEN], [0, 0]),
        ([PLAIN, PLAIN], [1, 2], [FREE, FIVE, FIFTEEN], [0, 1]),
        # What is not known equals nothing, itself in another place included.
        ([UNKNOWN, ALONE, UNKNOWN, ALONE], [1, 0, 1, 0], [FREE, FIVE], [-1, 1, -1, 1]),
        ([PLAIN, PLAIN, ALONE], [1, 1, 0], [FREE, WEIGHED], [-1, -1, 2]),
        ([ADDED, UNKNOWN, PLAIN], [1, 1, 1], [FREE, FREE], [0, -1, 2]),
    ],
)
def test_the_first_total_that_is_equal_is_found_at_the_rates_of_a_line(
    totals: list[RateTotal], reads: list[int], forms: list[int], first: list[int]
) -> None:
    found = reasons(**HELD)._equal(row_of(totals, reads), np.array([forms]))
    assert found.shape == (1, MOST_TOTALS)
    assert found[0].tolist() == first + [NO_TOTAL] * (MOST_TOTALS - len(first))


@pytest.mark.parametrize(
    ("places", "lack", "text"),
    [
        ([0, 0], 0, ""),
        ([0, 1], 0, "Is it?"),
        ([-1, -1], 0, "Is it?"),
        ([0, -1], 0, "Is it?"),
        ([0, 1], 1, "Is it?; a quantity"),
        ([0, 0], 1, "a quantity"),
    ],
)
def test_a_reason_joins_questions_with_what_is_lacking(
    places: list[int], lack: int, text: str
) -> None:
    held = reasons()
    held._ways._asks.number(Asks((ask("Is it?", 1, all_=True),)))
    key = np.array(places + [NO_TOTAL] * (MOST_TOTALS - 2), "i1").tobytes()
    found = held._join(0, lack, key)
    assert held.stated.things[found] == text
    assert held._joined == {(0, lack, key): found}


# --- readings ------------------------------------------------------------------------------------


def test_readings_are_numbered_from_one_apart_for_each_set_of_columns() -> None:
    held = Readings()
    held.take([(0,), (0, 2)])
    assert held.columns.tolist() == [[-1, 0, -1], [-1, 0, 2]]

    # Lines 5, 6 and 7 of the first set, of which 5 and 7 have one form; then line 5 of the other.
    sets, lines = np.array([0, 0, 0, 1]), np.array([5, 6, 7, 5])
    forms = np.array([[0, 3, 0], [0, 4, 0], [0, 3, 0], [0, 3, 8]])
    plain = np.zeros(4, bool)
    found = held.numbers(sets, forms, lines, plain)
    assert sorted({*found[:3].tolist()}) == [1, 2]
    assert found[0] == found[2] != found[1]
    assert found[3] == 1
    assert held.most == 3
    assert held.forms(sets, found).tolist() == forms.tolist()
    assert [held.line(0, int(found[0])), held.line(0, int(found[1])), held.line(1, 1)] == [5, 6, 5]

    # The same again is known, and what is new takes the next number of its set.
    again = held.numbers(sets[[1, 0]], forms[[1, 0]], lines[[1, 0]], plain[:2])
    assert again.tolist() == [found[1], found[0]]
    assert held.numbers(np.array([1]), np.array([[0, 4, 8]]), np.array([9]), plain[:1]) == [2]
    assert held.most == 3

    # Exact rates of one form are told by their lines.
    exact = held.numbers(sets[:3], forms[:3], lines[:3], np.ones(3, bool))
    assert sorted(exact.tolist()) == [3, 4, 5]
    assert [held.line(0, each) for each in exact.tolist()] == [5, 6, 7]
    assert held.most == 6


def test_readings_are_kept_when_wider_sets_and_many_more_come() -> None:
    held = Readings()
    held.take([(1,)])
    one = np.zeros(1, np.int64)
    assert held.numbers(one, np.array([[0, 3]]), np.array([4]), one.astype(bool)) == [1]
    held.take([(1,), (0, 1, 2)])
    assert held.columns.tolist() == [[-1, 1, -1, -1], [-1, 0, 1, 2]]
    assert held.forms(one, np.array([1])).tolist() == [[0, 3, 0, 0]]
    held.take([(1,), (0, 1, 2)])  # nothing new
    assert len(held.columns) == 2

    count = 4000
    forms = np.zeros((count, 4), np.int64)
    forms[:, 1] = np.arange(count)
    found = held.numbers(np.zeros(count, int), forms, np.arange(count), np.zeros(count, bool))
    assert held.most == count + 1
    assert found[3] == 1
    assert held.line(0, 1) == 4
    assert held.forms(np.zeros(count, int), found).tolist() == forms.tolist()


def test_a_line_whose_rate_no_column_holds_is_read_by_itself() -> None:
    held: Any = reasons(rates=[0, 50_000, 0], kinds=[AD_VALOREM, AD_VALOREM, SINGLE])
    forms = {4: 1, 5: 1, 6: 2, 7: 2}
    held.ordinary.numbers = lambda column, line: np.array(
        [
            0 if one < 0 else forms[two]
            for one, two in zip(column.tolist(), line.tolist(), strict=True)
        ]
    )
    held.groups.columns_read = [(0,)]
    lines = np.array([4, 5, 6, 7])
    found = held._read(np.zeros(4, int), lines)
    assert found[0] == found[1]
    assert len({*found.tolist()}) == 3
    assert [held._readings.line(0, int(each)) for each in found[2:]] == [6, 7]


# --- pairs ---------------------------------------------------------------------------------------


def test_pairs_that_were_met_are_not_sought_again_however_large_the_table_grows() -> None:
    sought: list[tuple[int, int]] = []

    def find(first: np.ndarray, second: np.ndarray) -> Any:
        sought.extend(zip(first.tolist(), second.tolist(), strict=True))
        return 10 * first + second

    held = NumberedPairs(find, least=2)
    assert held.of(np.array([0, 1, 0]), np.array([0, 1, 0]), (2, 2)).tolist() == [0, 11, 0]
    assert held.of(np.array([1, 7]), np.array([1, 9]), (8, 10)).tolist() == [11, 79]
    assert held.of(np.array([0, 1, 7]), np.array([0, 1, 9]), (8, 10)).tolist() == [0, 11, 79]
    assert sought == [(0, 0), (1, 1), (7, 9)]
    # More of the first alone, and more of the second alone.
    assert held.of(np.array([20, 7]), np.array([9, 9]), (21, 10)).tolist() == [209, 79]
    assert held.of(np.array([20, 0]), np.array([9, 50]), (21, 51)).tolist() == [209, 50]
    assert sought[3:] == [(20, 9), (0, 50)]


def test_numbers_are_counted_in_the_order_of_the_tables_in_which_they_are_met() -> None:
    held = MetNumbers()
    assert held.of(np.array([5, 2, 5]), 6).tolist() == [1, 0, 1]
    assert held.of(np.array([9, 2, 0]), 10).tolist() == [3, 0, 2]
    assert held.met.tolist() == [2, 5, 0, 9]
    assert held.of(np.array([], int), 10).tolist() == []
