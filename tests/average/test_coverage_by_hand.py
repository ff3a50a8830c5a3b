"""What an average over flows rests on: days of the law, gaps of it, weights and worlds, by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.average.flow_coverage import of_gaps, of_law, of_weights, of_world, year_of
from detente.core.clock import start_of
from detente.register.model import Area


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        ("2018-01-01", "2026-10-10", "read"),
        ("2017-12-31", "2026-10-10", "unread"),
        ("2018-01-01", "2026-10-11", "beyond"),
        # Both before and after what was read: that it goes past the reading is told.
        ("2017-12-31", "2026-10-11", "beyond"),
    ],
)
def test_the_law_of_some_days_is_that_of_the_day_that_is_read_worst(
    first: str, last: str, state: str
) -> None:
    area = Area("us/tariff", "2026-10-10", "as read", "2018-01-01")
    register: Any = SimpleNamespace(areas={"us/tariff": area})
    assert of_law(register, "US", first, last).state == state


def provision(possible: str, *periods: tuple[str, str | None], places: tuple[str, ...] = ()) -> Any:
    made = [
        SimpleNamespace(start=start_of(a), until=None if b is None else start_of(b))
        for a, b in periods
    ]
    return SimpleNamespace(possible=possible, periods=made, places=places)


def gaps(*provisions: Any, first: str = "2026-03-01", last: str = "2026-03-31") -> list[str]:
    """The gaps that are told of goods of Viet Nam and Mexico in March."""
    asked: list[tuple[str, str]] = []

    def measures(area: str, kind: str) -> list[Any]:
        asked.append((area, kind))
        return [SimpleNamespace(places=("VN", "CN"), provisions=provisions)]

    register: Any = SimpleNamespace(
        measures=measures,
        inside=lambda places, origin: origin in places,
        gaps=[SimpleNamespace(id=each, what=f"{each}s", why="unread") for each in ("b", "a", "c")],
    )
    found = list(of_gaps(register, "US", ["MX", "VN"], first, last))
    assert asked == [("us/tariff", "measure")]
    assert all(row.scope.endswith("s: unread; counts as if it were not") for row in found)
    assert {row.state for row in found} <= {"unread"}
    return [row.what for row in found]


def test_a_gap_is_told_where_it_falls_on_some_day_and_reaches_some_origin() -> None:
    always = ("2026-01-01", None)
    # In the order of the register, each once.
    assert gaps(provision("a", always), provision("b", always), provision("a", always)) == [
        "b",
        "a",
    ]
    assert gaps() == gaps(provision("", always)) == []
    for period, falls in (
        (("2026-04-01", None), False), (("2026-03-31", None), True),
        (("2026-01-01", "2026-03-01"), False), (("2026-01-01", "2026-03-02"), True),
    ):  # fmt: skip
        assert gaps(provision("a", period)) == (["a"] if falls else [])
    # A second period counts as well, and so does a second provision of the same gap.
    assert gaps(provision("a", ("2020-01-01", "2021-01-01"), always)) == ["a"]
    assert gaps(provision("a", ("2027-01-01", None)), provision("a", always)) == ["a"]
    # Mexico is not among the places of the measure, China is not asked.
    assert gaps(provision("a", always, places=("VN",))) == ["a"]
    assert gaps(provision("a", always, places=("MX",))) == []
    assert gaps(provision("a", always, places=("CN",))) == []


@pytest.mark.parametrize(
    ("covered", "of_group", "state", "part"),
    [
        (1.0, "", "read", "all"),
        (1 - 4e-7, "", "read", "all"),  # told to six places it is the whole
        (1 - 6e-7, "", "partly", "100.00%"),
        (0.5, "", "partly", "50.00%"),
        (0.0, "", "unread", "0.00%"),
        (1.0, "CN", "partly", "all"),
    ],
)
def test_weights_are_whole_where_all_of_their_value_has_a_rate(
    covered: float, of_group: str, state: str, part: str
) -> None:
    found = of_weights("w", "2024", "Imports", covered, of_group)
    assert (found.what, found.start, found.through) == ("weights/w", "2024-01-01", "2024-12-31")
    assert (found.state, found.scope) == (
        state, f"Imports; {part} of the value has a line and a rate",
    )  # fmt: skip
    own = of_weights("mine", None, "Mine", covered)
    assert (own.start, own.through) == (None, None)


@pytest.mark.parametrize(
    ("year", "on", "whole", "state"),
    [
        (None, None, True, "read"), (None, "2019-05-01", False, "partly"),
        ("2019", None, True, "read"), ("2019", None, False, "partly"),
        ("2019", "2019-01-01", True, "read"), ("2019", "2019-12-31", False, "partly"),
        ("2019", "2020-01-01", True, "beyond"), ("2019", "2020-01-01", False, "beyond"),
        ("2019", "2018-12-31", True, "unread"),
    ],
)  # fmt: skip
def test_a_world_rests_on_its_year_and_on_what_is_left_out(
    year: str | None, on: str | None, whole: bool, state: str
) -> None:
    found = of_world("icio", year, "all", whole, on)
    days = (None, None) if year is None else ("2019-01-01", "2019-12-31")
    assert (found.what, found.scope, found.state) == ("world/icio", "all", state)
    assert (found.start, found.through) == days


def test_the_year_of_weights_is_told_by_their_name() -> None:
    known = [SimpleNamespace(name="a", year="2017"), SimpleNamespace(name="b", year="2024")]
    flows: Any = SimpleNamespace(weightings=lambda: known)
    assert [year_of(flows, name) for name in ("a", "b", "mine.csv")] == ["2017", "2024", None]
