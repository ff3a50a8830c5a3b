"""Parts of an average by hand: spans of days, sums, what was collected, lines and their rates."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.average import kept as keeping
from detente.average.cases import SCALE
from detente.average.cells import NO_LINE, NO_RATE, CodeEquivalents, find_cells
from detente.average.classes import ClassPlace
from detente.average.followed import PARTS
from detente.average.law import changes_of
from detente.average.layered.collected import CollectedDuty, Collections, Tracked
from detente.average.layered.field import find_field
from detente.average.left_out import dollars_of, unmatched, without_subheading
from detente.average.lines import MOVED, NEAREST, PRINTED, RatePiece, _parts
from detente.average.spans import EVERY, WeighedSpan, find_spans
from detente.average.sums import Sums, average_of, point_of, same_figures, status_of
from detente.core.clock import day_number
from detente.duty.amounts import ColumnRates
from detente.goods.rate_table import PrintedRates
from detente.trade.claims import Collected
from detente.trade.flows import TradeFlow
from detente.trade.weights import Weights

# --- spans ---------------------------------------------------------------------------------------

FIRST = day_number("2023-12-20")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(EVERY), st.sets(st.integers(0, 800), min_size=1, max_size=6),
    st.integers(0, 60),
)  # fmt: skip
def test_spans_tile_the_days_and_weigh_each_by_the_law_of_its_day(
    every: str, offsets: set[int], more: int
) -> None:
    days = sorted(FIRST + each for each in offsets)
    last = days[-1] + more
    spans = find_spans(every, days, last)
    assert [span.first for span in spans] == [days[0], *(span.until for span in spans[:-1])]
    assert spans[-1].until == last + 1
    for span in spans:
        counted: dict[int, int] = {}
        for day in range(span.first, span.until):
            at = max(place for place, begin in enumerate(days) if begin <= day)
            counted[at] = counted.get(at, 0) + 1
        assert span.days == tuple(sorted(counted.items()))
        one = date(1970, 1, 1) + timedelta(span.first)
        after = date(1970, 1, 1) + timedelta(span.until)
        if every == "month":
            assert one == max(one.replace(day=1), date(1970, 1, 1) + timedelta(days[0]))
            assert after.day == 1 or span.until == last + 1
            assert span.period == (one.isoformat()[:7] if one.day == after.day == 1 else "")
        if every == "year":
            whole = (one.month, one.day) == (after.month, after.day) == (1, 1)
            assert span.period == (one.isoformat()[:4] if whole else "")
        if every == "change":
            assert span.period == ""
            assert span.first in days
        assert (span.on, span.through) == (
            one.isoformat(), (after - timedelta(1)).isoformat(),
        )  # fmt: skip


def span(first: str, until: str, period: str = "") -> WeighedSpan:
    return WeighedSpan(day_number(first), day_number(until), (), period)


# --- what was collected --------------------------------------------------------------------------


def flows(**claims: Any) -> Any:
    return SimpleNamespace(
        claims=lambda: SimpleNamespace(
            tracker=lambda: claims.get("tracker", ()),
            collected=lambda partner, chapter: claims.get("rows", {}).get((partner, chapter), ()),
        ),
        weightings=lambda: [
            SimpleNamespace(kind="lines", flow="imports", year="2024"),
            SimpleNamespace(kind="lines", flow="exports", year="2023"),
            SimpleNamespace(kind="chapters", flow="imports", year="2022"),
        ],
        lines=lambda partner: claims["lines"][partner],
    )


@pytest.mark.parametrize(
    ("first", "until", "mean"),
    [
        ("2025-01-01", "2025-01-11", Fraction(1, 10)),
        ("2025-01-06", "2025-01-16", Fraction(3, 20)),  # 5 days of 0.1 and 5 of 0.2
        ("2025-01-11", "2025-01-21", Fraction(1, 5)),
        ("2025-01-11", "2025-01-22", None),  # from the 21st on nothing is known
        ("2024-12-31", "2025-01-02", None),
    ],
)
def test_the_tracker_is_the_mean_of_its_days_where_all_are_known(
    first: str, until: str, mean: Fraction | None
) -> None:
    tracked = Tracked(
        flows(tracker=(("2025-01-01", "0.1"), ("2025-01-11", "0.2"), ("2025-01-21", "")))
    )
    assert tracked.of(span(first, until)) == mean


def test_collections_are_of_a_month_a_whole_year_or_the_lines_of_one() -> None:
    months = [Collected(f"2025-{month:02}", 10 * month, month) for month in range(1, 13)]
    some = [Collected("2025-01", 5, 1), Collected("2026-01", 7, 2)]
    found = Collections(
        flows(
            rows={("CN", ""): months, ("VN", ""): some, ("CN", "85"): some},
            lines={"CN": [TradeFlow("8501", 100, 9), TradeFlow("9501", 50, 1)],
                   "VN": [TradeFlow("8502", 30, 3)]},
        )
    )  # fmt: skip
    year = span("2025-01-01", "2026-01-01", "2025")
    assert found.of(year, ["CN"], "") == CollectedDuty(780, 78, "2025")
    assert found.of(year, ["VN"], "") is None  # months are missing
    assert found.of(year, ["CN", "VN"], "") is None
    march = span("2025-03-01", "2025-04-01", "2025-03")
    assert found.of(march, ["CN"], "") == CollectedDuty(30, 3, "2025-03")
    # of days within a month, that month
    assert found.of(span("2025-01-30", "2025-03-05"), ["CN", "VN"], "") == CollectedDuty(
        15, 2, "2025-01"
    )
    assert found.of(march, ["CN"], "85") is None
    # a year of which lines are in hand is taken of them
    lines = span("2024-01-01", "2025-01-01", "2024")
    assert found.of(lines, ["CN", "VN"], "") == CollectedDuty(180, 13, "2024")
    assert found.of(lines, ["CN"], "85") == CollectedDuty(100, 9, "2024")
    assert found.of(lines, ["all"], "") is None
    assert found.of(span("2023-01-01", "2024-01-01", "2023"), ["CN"], "") is None
    assert found.of(span("2022-01-01", "2023-01-01", "2022"), ["CN"], "") is None


# --- sums ----------------------------------------------------------------------------------------


def test_sums_hold_over_the_days_that_they_were_added_for() -> None:
    sums = Sums(4)
    total: Any = SimpleNamespace(
        unresolved={"u": 5}, covered=10, refundable=3, families={"301": 7, "232": 0}
    )
    sums.take(total, 1, 3)
    sums.take(total, 2, 4)
    sums.doubt(["list"], 0, 1, 9)
    sums.close()
    assert sums.covered[:4] == [0, 10, 20, 10]
    assert sums.refundable[:4] == [0, 3, 6, 3]
    assert {name: row[:4] for name, row in sums.families.items()} == {"301": [0, 7, 14, 7]}
    assert sums.unresolved["u"][:4] == [0, 5, 10, 5]
    assert sums.doubtful["list"][:4] == [9, 0, 0, 0]


def test_an_average_is_a_rate_where_something_is_covered() -> None:
    assert average_of(3 * SCALE, 12) == "0.25"
    assert average_of(0, 12) == "0"
    assert average_of(0, 0) is None
    one = point_of("2025-01-01", "0.25", None, "1")
    assert same_figures(one, {**one, "on": "2025-01-02"})
    assert not same_figures(one, {**one, "average": "0.26"})
    nothing = point_of("2025-01-01", None, None, "0")
    assert status_of([nothing, nothing], []) == "unknown"
    assert status_of([nothing, one], []) != "unknown"


# --- what is left out ----------------------------------------------------------------------------


def weights(
    lines: dict[str, int], units: int = 1, without: dict[str, int] | None = None
) -> Weights:
    return Weights("w", "t", "r", lines, units, without or {}, ())


def test_dollars_are_whole_or_with_cents_as_the_weights_are() -> None:
    assert dollars_of(1250, weights({})) == "1250"
    assert dollars_of(1250, weights({}, 100)) == "12.50"
    assert dollars_of(1205, weights({}, 100)) == "12.05"


def test_what_has_no_line_stands_with_the_heaviest_first_and_equal_ones_by_code() -> None:
    cells: Any = SimpleNamespace(
        unmatched={("8507", NO_LINE): 5, ("0101", NO_RATE): 9, ("0102", NO_LINE): 5}
    )
    found = unmatched(weights({}, without={"99": 7}), cells)
    assert [(row["code"], row["value"], row["why"]) for row in found] == [
        ("0101", "9", NO_RATE), ("99", "7", "no line of this chapter is at hand"),
        ("0102", "5", NO_LINE), ("8507", "5", NO_LINE),
    ]  # fmt: skip
    rows = without_subheading(weights({}, without={"99": 7, "85076": 8, "880000": 9}))
    assert [(row["code"], row["why"].split()[0]) for row in rows] == [
        ("880000", "the"), ("85076", "no"), ("99", "no"),
    ]  # fmt: skip


# --- lines and their rates -----------------------------------------------------------------------

PLAIN, OTHER, SPECIFIC = (PrintedRates(text, "", "40%") for text in ("3%", "5%", "2¢/kg"))


def rates(text: str) -> ColumnRates:
    return ColumnRates(text, "40%", "")


class Lines:
    """Pieces of codes by code, each ``first, until, rates, how``."""

    def __init__(self, pieces: dict[str, list[tuple[int, int, PrintedRates | None, str]]]) -> None:
        self.by_code = pieces

    def pieces(self, weights: dict[str, int], first: int, until: int) -> Any:
        assert (first, until) == (0, 3)
        for code, units in weights.items():
            for begin, end, printed, how in self.by_code[code]:
                yield RatePiece(code, code, units, begin, end, printed, how, None)


# five days: two of edition 0, none of edition 1, three of edition 2
EDITIONS = [0, 0, 2, 2, 2]
PIECES = {
    "8507600010": [(0, 1, PLAIN, PRINTED), (1, 3, PLAIN, PRINTED)],
    "8507600020": [(0, 2, PLAIN, PRINTED), (2, 3, OTHER, MOVED)],
    "8507600030": [(1, 2, OTHER, NEAREST), (0, 3, SPECIFIC, NEAREST)],
    "0101210000": [(0, 1, None, PRINTED), (1, 3, PrintedRates("", "", ""), PRINTED)],
}


def test_lines_become_cells_by_the_days_of_one_rate() -> None:
    values = {"8507600010": 10, "8507600020": 20, "8507600030": 30, "0101210000": 40}
    paid = {"8507600030": (100, 7), "8507600099": (100, 3)}
    found = find_cells(
        Lines(PIECES), CodeEquivalents(paid), weights(values), EDITIONS  # type: ignore[arg-type]
    )  # fmt: skip
    assert [(each.code, each.rates.general, each.first, each.until, each.units)
            for each in found.cells] == [
        ("8507600010", "3%", 0, 5, 10),  # pieces that differ in their editions alone are one
        ("8507600020", "3%", 0, 2, 20),
        ("8507600020", "5%", 2, 5, 20),
        ("8507600030", "7%", 0, 5, 30),  # what was paid: 7 of 100
    ]  # fmt: skip
    assert found.unmatched == {("0101210000", NO_LINE): 40, ("0101210000", NO_RATE): 40}
    # told of the last day alone
    assert found.how == {MOVED: 20, NEAREST: 30}
    assert found.equivalents == 30


def test_a_rate_that_is_not_ad_valorem_is_what_was_paid_on_the_line_or_beside_it() -> None:
    paid = {"8507600010": (200, 5), "8507600020": (100, 4)}
    equivalents = CodeEquivalents(paid)

    def of(code: str, printed: PrintedRates = SPECIFIC) -> tuple[ColumnRates, bool]:
        return equivalents.rates(RatePiece(code, code, 1, 0, 1, printed, PRINTED, None))

    assert of("8507600010") == (rates("2.5%"), True)
    assert of("8507600030") == (rates("3%"), True)  # 9 of 300 on the rate line
    assert of("0101210000") == (rates("2¢/kg"), False)
    assert of("8507600010", PLAIN) == (rates("3%"), False)


def test_codes_are_groups_of_equal_goods_in_equal_parts() -> None:
    classes: Any = SimpleNamespace(place=lambda code, later: ClassPlace("", 1))
    codes = ["8507600010", "8507600020", "0101210000"]
    found = find_field(
        Lines(PIECES), CodeEquivalents({}), classes, codes, EDITIONS, chapters=True  # type: ignore[arg-type]
    )  # fmt: skip
    assert [(each.rates.general, each.first, each.until, each.chapter)
            for each in found.groups] == [
        ("3%", 0, 2, "85"), ("3%", 2, 5, "85"), ("5%", 2, 5, "85"),
    ]  # fmt: skip
    assert found.parts == {
        "8507600010": ((0, PARTS), (1, PARTS)), "8507600020": ((0, PARTS), (2, PARTS)),
        "0101210000": (),
    }  # fmt: skip
    assert found.lost == {"0101210000": NO_RATE}
    assert found.units({"8507600010": 2, "8507600020": 3}) == {
        0: 5 * PARTS, 1: 2 * PARTS, 2: 3 * PARTS,
    }  # fmt: skip


@pytest.mark.parametrize(("units", "count", "parts"), [
    (10, 3, [3, 3, 4]), (2, 3, [0, 1, 1]), (0, 2, [0, 0]), (7, 1, [7]),
])  # fmt: skip
def test_parts_add_up_to_the_whole(units: int, count: int, parts: list[int]) -> None:
    assert _parts(units, count) == parts
    assert sum(parts) == units


def test_days_that_change_are_those_that_differ_from_the_day_before() -> None:
    # days 1, 2 and 4 of a set; changes on 1, 3, 4 and 5
    assert changes_of(0b10110) == 0b111010


# --- answers that are kept -----------------------------------------------------------------------


def test_an_answer_is_given_again_as_the_callers_own_and_the_oldest_goes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(keeping, "_kept", {})
    monkeypatch.setattr(keeping, "MOST", 2)
    path = tmp_path / "flows"
    path.write_text("x")
    asked: list[Any] = []

    def answer(register: Any, schedule: Any, flows: Any, question: Any) -> dict[str, Any]:
        asked.append(question.name)
        return {"rows": [question.name]}

    def ask(name: str, own: str | None = None, law: str = "r", reading: str = "x") -> Any:
        class Question(SimpleNamespace):
            pass

        return keeping.kept(
            answer,
            SimpleNamespace(sha256=law, reading=reading),  # type: ignore[arg-type]
            SimpleNamespace(tables_sha256="t", imported_sha256=""),  # type: ignore[arg-type]
            SimpleNamespace(path=str(path)),  # type: ignore[arg-type]
            Question(name=name, weights=own),  # type: ignore[type-var]
        )

    first = ask("a")
    first["rows"].append("changed by the caller")
    assert ask("a") == {"rows": ["a"]}
    assert asked == ["a"]
    ask("b")
    ask("a")  # asked last, so that b goes before it
    ask("c")
    ask("a")
    assert asked == ["a", "b", "c"]
    ask("b")
    assert asked == ["a", "b", "c", "b"]
    # weights of one's own are answered anew; another law or reading is another answer
    ask("b", "mine.csv")
    ask("b", law="s")
    ask("b", reading="y")
    assert asked[4:] == ["b", "b", "b"]
    path.write_text("other flows")
    ask("b", reading="y")
    assert len(asked) == 8
