"""Two states that are compared, and published estimates beside ours, on rows written here."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.core.clock import start_of
from detente.duty.question import QuestionError
from detente.impact import estimates_beside as beside
from detente.impact.critical import InputCut, NamedInput, Use, answer_input, bounds
from detente.impact.errors import ImpactError
from detente.impact.estimates_beside import Ours, compute, gap, measured_rows, ours_text, scoreboard
from detente.impact.lines.sides import beside_scenario, last_change, two_days

# --- sides ---------------------------------------------------------------------------------------


def measure(name: str, *days: str, title: str = "") -> Any:
    provisions = [SimpleNamespace(periods=[_Period(start_of(day)) for day in days])]
    return _Measure(name, tuple(days), title, provisions)


class _Period:
    """A period that is equal to one of the same start."""

    def __init__(self, start: int) -> None:
        self.start = start

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Period) and self.start == other.start

    def __hash__(self) -> int:
        return self.start


class _Measure:
    """A measure that is equal to one that says the same."""

    def __init__(self, name: str, days: tuple[str, ...], title: str, provisions: Any) -> None:
        self.id, self.provisions, self._what = name, provisions, (name, days, title)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Measure) and self._what == other._what

    def __hash__(self) -> int:
        return hash(self._what)


def register(*measures: Any) -> Any:
    return SimpleNamespace(measures=lambda: measures)


OLD = register(measure("a", "2025-01-01"), measure("b", "2025-02-01", "2025-06-01"))


@pytest.mark.parametrize(
    ("changed", "day"),
    [
        (OLD, None),
        # a state that begins later; of several the last
        (register(measure("a", "2025-01-01", "2026-03-01"), measure("c", "2026-01-01")),
         "2026-03-01"),
        # a new measure
        (register(measure("c", "2025-03-01")), "2025-03-01"),
        # one that is taken away
        (register(measure("b", "2025-02-01")), "2025-06-01"),
        # another title changes no state
        (register(measure("a", "2025-01-01", title="other")), None),
    ],
)  # fmt: skip
def test_the_last_change_is_the_last_state_that_begins_in_one_of_the_two(
    changed: Any, day: str | None
) -> None:
    assert last_change(OLD, changed) == day


def test_a_scenario_is_compared_on_the_day_of_its_last_change_unless_days_are_named() -> None:
    new = register(measure("c", "2026-03-01"))
    for days, expected in (
        ((None, None), ("2026-03-01", "2026-03-01")),
        (("2025-01-01", None), ("2025-01-01", "2026-03-01")),
        ((None, "2026-05-01"), ("2026-05-01", "2026-05-01")),
        (("2025-01-01", "2026-05-01"), ("2025-01-01", "2026-05-01")),
    ):
        sides = beside_scenario(OLD, new, *days)
        assert tuple(side.day for side in sides) == expected
        assert [side.register for side in sides] == [OLD, new]
    with pytest.raises(QuestionError, match="changes no measure"):
        beside_scenario(OLD, OLD, None, None)
    assert [side.day for side in two_days(OLD, "2025-01-01", "2026-01-01")] == [
        "2025-01-01", "2026-01-01",
    ]  # fmt: skip
    for days in ((None, "2026-01-01"), ("2026-01-01", None)):
        with pytest.raises(QuestionError, match="name two days"):
            two_days(OLD, *days)


# --- estimates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "low", "high", "expected"),
    [
        (2.0, 1.0, 3.0, 0.0), (1.0, 1.0, 3.0, 0.0), (3.0, 1.0, 3.0, 0.0),
        (0.5, 1.0, 3.0, 0.5), (3.5, 1.0, 3.0, -0.5), (2.0, 1.5, 1.5, -0.5), (-2.0, -1.0, 1.0, 1.0),
    ],
)  # fmt: skip
def test_a_gap_is_ours_less_theirs_from_the_nearer_end_of_a_range(
    published: float, low: float, high: float, expected: float
) -> None:
    assert gap(published, Ours(low, high)) == expected


def test_a_range_is_told_by_both_ends_and_a_figure_by_one() -> None:
    assert (ours_text(Ours(1.2345, 1.2345)), ours_text(Ours(-1, 1234.5))) == (
        "1.23", "-1 to 1.23e+03",
    )  # fmt: skip


ANSWERS: dict[str, Any] = {
    "one": {"a": {"b": "2"}, "series": [{"origin": "CN", "x": "3"}, {"origin": None, "x": "5"}]},
    "two": {"band": ["1", "4"]},
}


@pytest.mark.parametrize(
    ("take", "low", "high"),
    [
        ("1@1:a.b", 2.0, 2.0),
        ("10@1:series.0.x", 30.0, 30.0),
        ("1@1:series.1.x", 5.0, 5.0),
        ("1@1:series.CN.x", 3.0, 3.0),
        ("1@2:band", 1.0, 4.0),
        ("-1@2:band", -4.0, -1.0),  # a factor below nothing turns the ends
        ("1@1:a.b|2:band", 1.0, 4.0),
        ("1@1:a.b -1@2:band 0.5@1:a.b", -1.0, 2.0),  # 2 - 4 + 1 and 2 - 1 + 1
    ],
)
def test_what_a_row_comes_to_is_the_sum_of_its_terms(take: str, low: float, high: float) -> None:
    own = {"commands": "one ;; two", "take": take}
    assert compute(own, ANSWERS.__getitem__) == Ours(low, high)


@pytest.mark.parametrize("path", ["a.c", "series.US.x", "c"])
def test_a_path_that_leads_to_nothing_is_refused_with_its_step(path: str) -> None:
    with pytest.raises(ImpactError, match=f"1:{path}: the answer has nothing at"):
        compute({"commands": "one", "take": f"1@1:{path}"}, ANSWERS.__getitem__)


def rows_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def row(name: str) -> dict[str, str]:
        return {"id": name, "value": "2", "unit": "percent"} | {
            key: f"{key} of {name}" for key in ("study", "day", "figure", "definition", "window",
                                                "source", "grade")
        }  # fmt: skip

    tables = {
        "scoreboard": [row("a"), row("b"), row("c")],
        "scoreboard-asked": [
            {"id": "a", "value": "", "unit": "points", "why": "because", "commands": "x ;; y z"},
            {"id": "b", "value": "5", "unit": "points", "why": "since", "commands": "x"},
        ],
        "scoreboard-ours": [
            {"id": "a", "low": "2.5", "high": "3"}, {"id": "a/2", "low": "1", "high": "1"},
        ],
        "scoreboard-measured": [
            {"id": "a", "what": "first", "commands": "p"},
            {"id": "b", "what": "third", "commands": "r"},
            {"id": "a", "what": "second", "commands": "q ;; s"},
        ],
    }  # fmt: skip
    monkeypatch.setattr(beside, "built_in_rows", tables.__getitem__)


def test_parts_of_causes_are_numbered_within_their_row(monkeypatch: pytest.MonkeyPatch) -> None:
    rows_of(monkeypatch)
    assert [row["key"] for row in measured_rows()] == ["a/1", "b/1", "a/2"]


def test_an_estimate_stands_beside_ours_with_gap_cause_and_commands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows_of(monkeypatch)
    found = scoreboard()
    assert [row["id"] for row in found["rows"]] == ["a", "b"]
    assert found["beside"] == 1
    first, second = found["rows"]
    assert (first["published"], first["unit"], first["ours"], first["gap"]) == (
        "2", "points", "2.5 to 3", "0.5",
    )  # fmt: skip
    assert (first["why"], first["cause"]) == ("because", "measured in part")
    assert first["commands"] == ["detente x", "detente y z"]
    # Only what was run is told.
    assert first["measured"] == [
        {"what": "second", "commands": ["detente q", "detente s"], "gap": "-1", "ours": "1"}
    ]
    assert (second["published"], second["ours"], second["gap"]) == ("5", None, None)
    assert (second["cause"], second["measured"]) == ("reasoning", [])
    third = scoreboard(all_=True)["rows"][2]
    assert (third["id"], third["unit"], third["published"]) == ("c", "percent", "2")
    assert (third["why"], third["cause"], third["commands"]) == (
        "nothing in hand answers this", None, [],
    )  # fmt: skip
    for key in ("study", "day", "figure", "definition", "window", "source", "grade"):
        assert third[key] == f"{key} of c"  # type: ignore[literal-required]


# --- a critical input ----------------------------------------------------------------------------


def test_a_loss_lies_between_what_perfect_and_no_substitution_leave() -> None:
    # Half stops for twelve months, with two months of use on hand: stocks last four months, so
    # eight of twelve count; 1,200 x 0.5 exposed x 8 / 12 = 400, of which half is lost at most.
    found = bounds(Use("chips", 1200.0, 0.1, 0.5), 0.5, 12.0, 2.0, 1.0)
    assert (found.begins, found.upper) == (4.0, pytest.approx(200.0))
    assert found.floor == pytest.approx(20.0)
    assert found.lower == pytest.approx(400 * (1 - 0.5**0.1))
    assert bounds(Use("chips", 1200.0, 0.1), 0.5, 4.0, 2.0, 1.0)[1:] == (None, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"cut": 0.0}, "cut is 0: it must be above 0 and at most 1"),
        ({"cut": 1.01}, "cut is 1.01"), ({"months": 0.0}, "months is 0: it must be above 0$"),
        ({"substitution": 0.0}, "substitution is 0"), ({"stock": -1.0}, "stock is -1"),
        ({"stock": float("inf")}, "stock is inf"), ({"months": float("inf")}, "months is inf"),
    ],
)  # fmt: skip
def test_a_number_out_of_range_is_refused(change: dict[str, float], refusal: str) -> None:
    query = {"cut": 0.5, "months": 12.0, "stock": 0.0, "substitution": 0.2} | change
    with pytest.raises(ImpactError, match=refusal):
        bounds(Use("chips", 1.0, 0.1), **query)


@pytest.mark.parametrize(
    ("use", "refusal"),
    [
        (Use("x", 0.0, 0.1), "value_added of x is 0"), (Use("x", 1.0, 0.0), "cost_share of x is 0"),
        (Use("x", 1.0, 1.0), "cost_share of x is 1"),
        (Use("x", 1.0, 0.1, 0.0), "exposed of x is 0"),
        (Use("x", 1.0, 0.1, 1.5), "exposed of x is 1.5"),
    ],
)  # fmt: skip
def test_a_user_out_of_range_is_refused_by_its_name(use: Use, refusal: str) -> None:
    with pytest.raises(ImpactError, match=refusal):
        bounds(use, 0.5, 12.0, 0.0, 0.2)


def test_losses_of_all_users_add_and_a_whole_cut_has_no_lower_end() -> None:
    named = NamedInput("gallium", "bn", [Use("chips", 1200.0, 0.1, 0.5), Use("radar", 600.0, 0.2)])
    found = answer_input(named, InputCut(0.5, 12.0, 2.0, 1.0))
    # 200 as above; 600 x 8 / 12 x 0.5 = 200 more; floors of a tenth and of a fifth.
    assert (found["upper"], found["floor"]) == ("400.0000", "60.0000")
    lower = 400 * (1 - 0.5**0.1) + 400 * (1 - 0.5**0.2)
    assert found["lower"] == f"{lower:.4f}"
    assert found["months_to_impact"] == "4.00"
    assert [each["upper"] for each in found["users"]] == ["200.0000", "200.0000"]
    assert [each["floor"] for each in found["users"]] == ["20.0000", "40.0000"]
    assert [each["cut"] for each in found["by_cut"]] == ["0.5", "0.8", "0.9", "0.95", "0.98"]
    assert found["by_cut"][0]["lower"] == found["lower"]
    assert [each["upper"] for each in found["band"]] == ["400.0000"] * 5
    ends = [float(each["lower"] or "nan") for each in found["band"]]
    assert found["lower_band"] == [f"{min(ends):.4f}", f"{max(ends):.4f}"]
    assert ends == sorted(ends, reverse=True)  # the easier to replace, the smaller the loss
    whole = answer_input(named, InputCut(1.0, 12.0, 2.0, 1.0))
    # Stocks of two months last two: 10 of 12 months, all of it: 500 and 500.
    assert (whole["lower"], whole["upper"]) == (None, "1000.0000")
    assert whole["lower_band"] == [None, None]
    assert whole["notes"][0].startswith("All supply stops, and the elasticity is 1:")
    lasting = answer_input(named, InputCut(0.5, 4.0, 2.0, 1.0))
    assert (lasting["months_to_impact"], lasting["upper"]) == (None, "0.0000")
