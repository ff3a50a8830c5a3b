"""Costs of households and duties of sectors, worked by hand on a handful of figures."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from detente.average.cases import BASE
from detente.average.flow_rates import FlowRates
from detente.core.coverage import READ, Coverage
from detente.duty.question import QuestionError
from detente.impact import household_costs, sector_duties
from detente.impact.accounts.layout import DataLayout
from detente.impact.errors import ImpactError
from detente.impact.household_costs import answer_households, answer_revenue
from detente.impact.sector_duties import OtherSide, SectorDuty, _CellSums, _own, _share

NAN = float("nan")
TABLES: dict[str, list[dict[str, str]]] = {
    "households-content": [
        {
            "year": "2024", "spending": "10000", "imported": "300", "chinese": "100",
            "households": "1000",
        }
    ],
    "households-deciles": [
        {
            "decile": "1", "income": "1000", "spending": "2000", "imported": "60",
            "chinese": "20",
        },
        {
            "decile": "10", "income": "8000", "spending": "5000", "imported": "120",
            "chinese": "40",
        },
    ],
    "households-passthrough": [
        {name: name for name in ("stage", "study", "day", "share", "low", "high", "what", "source",
                                 "grade")},
    ],
    "households-industries": [
        {"industry": "A", "name": "Toys", "chinese_inputs": "1", "output": "100"},
        {"industry": "B", "name": "Bikes", "chinese_inputs": "8", "output": "100"},
    ],
}  # fmt: skip
"""Two deciles, the second with twice the imports and eight times the income."""


def row(what: str = "lines") -> dict[str, Any]:
    return Coverage(what, "2024-01-01", "2024-12-31", "", READ).row() | {}


def averages(
    claimed: dict[str | None, str | None], coverage: tuple[str, ...] = ("lines",)
) -> dict[str, Any]:
    return {
        "coverage": [row(each) for each in coverage],
        "partners": [
            {"origin": origin, "value": value}
            for origin, value in (("CN", "400"), ("VN", "300"), ("MX", "100"))
        ],
        "series": [{"origin": origin, "claimed": share} for origin, share in claimed.items()],
    }


Asked = Callable[..., dict[str, Any]]


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """What averages say on a day, by the day."""
    said: dict[str, dict[str, Any]] = {
        # Vietnam weighs three times what Mexico does: 0.04 and 0, so 0.03 for all but China.
        "before": averages({"CN": "0.1", "VN": "0.04", "MX": "0", None: "0.5"}),
        "after": averages({"CN": "0.35", "VN": "0.2", "MX": "0.08", None: "0.9"}, ("lines", "new")),
    }

    def kept(_: Any, register: Any, schedule: Any, flows: Any, question: Any) -> dict[str, Any]:
        assert (question.origins, question.last, question.by) == ("all", question.start, "origin")
        assert (question.layer, question.known_on) == ("claimed", "2026-01-01")
        return said[question.start]

    monkeypatch.setattr(household_costs, "kept", kept)
    monkeypatch.setattr(household_costs, "built_in_rows", TABLES.__getitem__)
    return said


def households(passes: str = "1") -> dict[str, Any]:
    asked: Any = None
    return dict(
        answer_households(
            asked, asked, asked, ("before", "after"), Fraction(passes), known_on="2026-01-01"
        )
    )


def test_the_rise_is_that_of_china_and_that_of_all_others_by_their_weights(
    days: dict[str, dict[str, Any]],
) -> None:
    # China 0.35 - 0.1; the others (3 x 0.2 + 0.08) / 4 = 0.17, less 0.03.
    assert households()["rise"] == {"CN": "0.25", "others": "0.14"}


def test_a_partner_without_claims_weighs_nothing(days: dict[str, dict[str, Any]]) -> None:
    days["after"] = averages({"CN": "0.35", "VN": "0.2", "MX": None})
    # Vietnam alone: 0.2 less the 0.03 of both before.
    assert households()["rise"] == {"CN": "0.25", "others": "0.17"}


def test_a_day_without_any_claim_is_refused_and_named(days: dict[str, dict[str, Any]]) -> None:
    days["after"] = averages({None: "0.9", "CN": None})
    with pytest.raises(ImpactError, match="no claims are in hand for after, so"):
        households()


def test_every_decile_bears_its_content_and_the_first_more_of_its_income(
    days: dict[str, dict[str, Any]],
) -> None:
    answer = households()
    # 20 x 0.25 + 40 x 0.14 = 10.6 of 1,000 and of 2,000; 40 x 0.25 + 80 x 0.14 = 21.2
    assert answer["deciles"] == [
        {
            "decile": "1", "cost": "10.60", "share_of_income": "0.0106",
            "share_of_spending": "0.0053",
        },
        {
            "decile": "10", "cost": "21.20", "share_of_income": "0.00265",
            "share_of_spending": "0.00424",
        },
    ]  # fmt: skip
    # 100 x 0.25 + 200 x 0.14 = 53 of 10,000 spent; 0.0106 is four times 0.00265
    assert (answer["price_level"], answer["price_level_at_border"]) == ("0.0053", "0.0053")
    assert answer["regressivity"] == "4.00"
    assert answer["status"] == "partly"
    assert [each["what"] for each in answer["coverage"]] == ["lines", "new", "households/content"]
    assert answer["question"] == {
        "from": "before", "to_date": "after", "known_on": "2026-01-01", "pass_through": "1",
    }  # fmt: skip


def test_half_a_pass_through_halves_what_reaches_retail_and_not_the_border(
    days: dict[str, dict[str, Any]],
) -> None:
    answer = households("1/2")
    assert (answer["price_level"], answer["price_level_at_border"]) == ("0.00265", "0.0053")
    assert [each["cost"] for each in answer["deciles"]] == ["5.30", "10.60"]
    assert answer["question"]["pass_through"] == "0.5"
    # What nothing reaches has no ratio.
    assert households("0")["regressivity"] is None


@pytest.mark.parametrize("passes", ["-1/100", "101/100"])
def test_a_pass_through_beyond_nothing_and_all_is_refused(
    days: dict[str, dict[str, Any]], passes: str
) -> None:
    with pytest.raises(ImpactError, match="a pass-through is a share"):
        households(passes)


def test_industries_stand_by_what_china_puts_in(days: dict[str, dict[str, Any]]) -> None:
    assert households()["industries"] == [
        {"industry": "B", "name": "Bikes", "chinese_inputs": "0.08", "cost_of_output": "0.02"},
        {"industry": "A", "name": "Toys", "chinese_inputs": "0.01", "cost_of_output": "0.0025"},
    ]
    assert [set(each) == set(each.values()) for each in households()["pass_through"]] == [True]


# --- duty of a year ------------------------------------------------------------------------------


def revenue(
    monkeypatch: pytest.MonkeyPatch,
    months: int,
    offset: Fraction | None = None,
    claimed: str | None = "0.09",
    statutory: str | None = "0.1",
) -> dict[str, Any]:
    said = {
        "status": "ok",
        "coverage": [row()],
        "weighting": {"value": "5000"},
        "series": [{"average": statutory, "claimed": claimed, "collected": "0.08"}],
    }

    def kept(_: Any, register: Any, schedule: Any, flows: Any, question: Any) -> dict[str, Any]:
        assert (question.start, question.last) == ("2025-01-01", "2025-12-31")
        assert (question.origins, question.layer, question.every) == ("all", "all", "year")
        return said

    monkeypatch.setattr(household_costs, "kept", kept)
    monkeypatch.setattr(household_costs, "built_in_rows", TABLES.__getitem__)
    rows = [SimpleNamespace(month=f"2025-{at:02}", value=1000, duty=80) for at in range(1, 13)]
    rows = [*rows[:months], SimpleNamespace(month="2024-12", value=7, duty=7)]
    claims = SimpleNamespace(collected=lambda which: rows if which == "all" else [])
    flows: Any = SimpleNamespace(claims=lambda: claims)
    asked: Any = None
    answer = answer_revenue(asked, asked, flows, "2025", offset)
    assert answer["status"] == "ok"
    return dict(answer["years"][0])


def test_a_whole_year_is_the_sum_of_its_months(monkeypatch: pytest.MonkeyPatch) -> None:
    assert revenue(monkeypatch, 12, Fraction(1, 4)) == {
        "year": "2025",
        "imports": "12000",
        "imports_of": "2025",
        "collected": "960",
        "rates": {"average": "0.1", "claimed": "0.09", "collected": "0.08"},
        "statutory": "1200",
        "claimed": "1080",
        "per_household": "1",  # 960 over a thousand households
        "net_of_offset": "720",
    }


@pytest.mark.parametrize(
    ("claimed", "statutory", "best"),
    # the best that is known: what was claimed, else the law, else nothing
    [("0.09", "0.1", "450"), (None, "0.1", "500"), (None, None, "0")],
)
def test_a_year_with_a_month_missing_stands_on_the_weights(
    monkeypatch: pytest.MonkeyPatch, claimed: str | None, statutory: str | None, best: str
) -> None:
    year = revenue(monkeypatch, 11, Fraction(0), claimed, statutory)
    assert (year["imports"], year["imports_of"]) == ("5000", "the weights")
    assert year["collected"] is None
    assert year["net_of_offset"] == best
    assert revenue(monkeypatch, 11)["net_of_offset"] is None


@pytest.mark.parametrize("offset", [Fraction(-1, 100), Fraction(1)])
def test_an_offset_is_a_share_below_one(monkeypatch: pytest.MonkeyPatch, offset: Fraction) -> None:
    with pytest.raises(ImpactError, match="an offset is a share"):
        revenue(monkeypatch, 12, offset)


# --- duties of sectors ---------------------------------------------------------------------------


def test_flows_one_by_one_and_all_at_once_give_the_same_cells() -> None:
    sectors: list[Any] = ["steel", None, "toys", "steel"]
    exporters: list[tuple[str, ...]] = [("CHN",), (), ("MEX", "ROW")]
    flows = [  # line, partner, value, before, after
        (0, 0, 100.0, 0.10, 0.50),
        (3, 0, 300.0, 0.30, 0.10),
        (0, 1, 40.0, 0.20, 0.20),
        (2, 2, 10.0, 0.00, 0.25),
        (1, 0, 7.0, 0.10, 0.10),
        (0, 0, 5.0, NAN, 0.10),
        (2, 0, 6.0, 0.10, NAN),
        (1, 1, 2.0, NAN, NAN),
    ]
    one, many = _CellSums(), _CellSums()
    for line, partner, value, before, after in flows:
        one.add(sectors[line], "USA", exporters[partner], SectorDuty(before, after, value))
    columns = list(zip(*flows, strict=True))
    rates = FlowRates(
        (), (), np.array(columns[0]), np.array(columns[1]),
        *(np.array(each) for each in columns[2:]),
    )  # fmt: skip
    many.add_all(sectors, "USA", exporters, rates)
    for sums in (one, many):
        found = sums.close()
        # Steel of China: (10 + 90) / 400 before, (50 + 30) / 400 after.
        expected = {
            ("steel", "USA", "CHN"): (0.25, 0.2, 400.0),
            ("toys", "USA", "MEX"): (0.0, 0.25, 10.0),
            ("toys", "USA", "ROW"): (0.0, 0.25, 10.0),
        }
        assert found.cells.keys() == expected.keys()
        for cell, duty in expected.items():
            assert found.cells[cell] == pytest.approx(duty)
        assert found.left_out == {"USA": 9.0}  # 7 and 2, resolved or not
        assert found.unresolved == {"USA": 11.0}  # 5 and 6
        assert found.outside == {"USA": 40.0}
        assert found.total == {"USA": 470.0}


def test_nothing_left_out_leaves_no_row_and_a_second_call_adds() -> None:
    sums = _CellSums()
    row = FlowRates(
        (), (), np.array([0]), np.array([0]), np.array([50.0]), np.array([0.1]), np.array([0.2])
    )
    for _ in range(2):
        sums.add_all(["steel"], "USA", [("CHN",)], row)
    found = sums.close()
    assert (found.left_out, found.unresolved, found.outside) == ({}, {}, {})
    assert found.total == {"USA": 100.0}
    assert found.cells == {("steel", "USA", "CHN"): pytest.approx((0.1, 0.2, 100.0))}
    sums.add("free", "USA", ("CHN",), SectorDuty(0.1, 0.1, 0.0))
    assert ("free", "USA", "CHN") not in sums.close().cells


def layout_of(**countries: tuple[str, ...]) -> DataLayout:
    fields = dict.fromkeys(DataLayout._fields, "")
    return DataLayout(**{**fields, "title": "a world", "countries": countries})  # type: ignore[arg-type]


def test_a_party_needs_a_country_of_the_world_of_its_own() -> None:
    world = layout_of(USA=("US",), NAM=("US", "CA"), CHN=("CN",))
    assert (_own(world, "US"), _own(world, "CN")) == ("USA", "CHN")
    for lacking in (layout_of(NAM=("US", "CA")), layout_of(MEX=("MX",))):
        with pytest.raises(QuestionError, match="a world has no country for US alone"):
            _own(lacking, "US")


def test_units_of_the_other_side_are_brought_to_dollars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sector_duties, "crosswalk", dict)
    world = SimpleNamespace(
        title="a world",
        countries={"USA": ("US",), "CHN": ("CN",)},
        sectors_of=lambda codes, table: [{"1": "steel", "2": None}[each[0]] for each in codes],
        country_of=lambda countries: ("CHN",) if "CN" in countries else (),
    )
    rates = FlowRates(
        ("10",), (SimpleNamespace(countries=("CN",)),), np.array([0]), np.array([0]),  # type: ignore[arg-type]
        np.array([50.0]), np.array([0.1]), np.array([0.2]),
    )  # fmt: skip
    other = OtherSide(
        "CN", {"11": 3000, "12": 1000, "20": 500}, 100, [0.1, 0.5, 0.1], [0.2, NAN, 1]
    )
    found = sector_duties.sector_duties(
        sector_duties.LineDuties(rates, (other,)),
        world,  # type: ignore[arg-type]
    )
    assert found.cells == {
        ("steel", "USA", "CHN"): pytest.approx((0.1, 0.2, 50.0)),
        ("steel", "CHN", "USA"): pytest.approx((0.1, 0.2, 30.0)),
    }
    assert found.unresolved == {"CHN": 10.0}
    assert found.left_out == {"CHN": 5.0}
    assert found.total == {"USA": 50.0, "CHN": 45.0}


def test_a_share_is_the_additional_duties_alone_and_none_where_one_is_not_known() -> None:
    scale = sector_duties.SCALE

    def case(unresolved: object, *families: tuple[str, int]) -> Any:
        charge = SimpleNamespace(unresolved=unresolved, families=families)
        return SimpleNamespace(charge=lambda rates: charge if rates.general == "Free" else None)

    rows = ((BASE, scale), ("301", scale // 4), ("fentanyl", scale // 10))
    assert _share(case((), *rows)) == 0.35
    assert _share(case((), (BASE, scale))) == 0.0
    assert np.isnan(_share(case(("a rate",), *rows)))
