"""From the border to households: deciles, price level, and the duty of a calendar year."""

from __future__ import annotations

from fractions import Fraction

import pytest

from detente.goods.schedule import Schedule
from detente.impact.errors import ImpactError
from detente.impact.household_costs import answer_households, answer_revenue, table
from detente.register.book import Register
from detente.trade.flows import Flows

DAYS = ("2025-01-01", "2025-09-03")


def test_deciles_bear_their_content_times_the_rise_of_the_average(
    register: Register, schedule: Schedule, flows: Flows
) -> None:
    answer = answer_households(register, schedule, flows, DAYS, Fraction(1))
    china, others = (Fraction(answer["rise"][name]) for name in ("CN", "others"))
    first = table("deciles")[0]
    # 152 dollars of Chinese content, 1,107 of others' in the first decile
    cost = Fraction(first["chinese"]) * china
    cost += (Fraction(first["imported"]) - Fraction(first["chinese"])) * others
    assert abs(float(cost) - float(answer["deciles"][0]["cost"])) < 0.01
    assert float(answer["regressivity"]) > 1.5
    assert answer["status"] == "partly"


def test_pass_through_scales_the_cost_and_no_change_costs_nothing(
    register: Register, schedule: Schedule, flows: Flows
) -> None:
    fifth = answer_households(register, schedule, flows, DAYS, Fraction(1, 5))
    assert abs(Fraction(fifth["price_level_at_border"]) / 5 - Fraction(fifth["price_level"])) < 1e-6
    same = ("2025-09-03", "2025-09-03")
    still = answer_households(register, schedule, flows, same, Fraction(1))
    assert {row["cost"] for row in still["deciles"]} == {"0.00"}


def test_a_year_is_a_mix_of_its_days_and_stands_beside_what_was_collected(
    register: Register, schedule: Schedule, flows: Flows
) -> None:
    answer = answer_revenue(register, schedule, flows, "2025", Fraction(1, 4))
    (year,) = answer["years"]
    # Census: 260.8 billion dollars of calculated duty on 3,394 of imports.
    assert 260.5e9 < float(year["collected"]) < 261.1e9
    assert 3.39e12 < float(year["imports"]) < 3.4e12
    assert float(year["statutory"]) > float(year["claimed"]) > float(year["collected"])
    assert abs(float(year["net_of_offset"]) - 0.75 * float(year["collected"])) < 1


def test_shares_out_of_range_are_refused(
    register: Register, schedule: Schedule, flows: Flows
) -> None:
    with pytest.raises(ImpactError, match="a pass-through is a share from 0 to 1"):
        answer_households(register, schedule, flows, DAYS, Fraction(2))
    with pytest.raises(ImpactError, match="an offset is a share"):
        answer_revenue(register, schedule, flows, "2025", Fraction(1))
    with pytest.raises(ImpactError, match="no claims are in hand for 2019-01-01"):
        answer_households(register, schedule, flows, ("2019-01-01", "2025-09-03"), Fraction(1))
