"""The line-by-line response from duties that were paid, in another year, with claims that move."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detente.average.flow_rates import Choice
from detente.duty.question import QuestionError
from detente.goods.schedule import Schedule
from detente.impact.lines.elasticities import find_elasticities
from detente.impact.lines.partial_answer import (
    Demand,
    RespondingImports,
    Worked,
    answer_partial,
    read_claimed,
)
from detente.impact.lines.sides import two_days
from detente.register.book import Register
from detente.trade.flows import Flows

YEARS = "us-imports-2017-chapters"


class Asker:
    """Asks what a change between two days does."""

    def __init__(self, register: Register, schedule: Schedule, flows: Flows) -> None:
        self.register, self.schedule, self.flows = register, schedule, flows

    def __call__(
        self, first: str, last: str, basis: RespondingImports | None = None, **choice: Any
    ) -> Worked:
        demand = Demand(find_elasticities(None), 1.2, 1.0, 1.0)
        sides = two_days(self.register, first, last)
        return answer_partial(self.schedule, self.flows, sides, Choice(**choice), demand, basis)


@pytest.fixture(scope="module")
def ask(register: Register, schedule: Schedule, flows: Flows) -> Asker:
    return Asker(register, schedule, flows)


def test_duty_paid_before_is_what_customs_calculated(ask: Asker, flows: Flows) -> None:
    worked = ask("2025-01-01", "2025-11-12", RespondingImports("paid"), codes=("8507",))
    resolved = worked.flows
    duties = sum(
        flow.duty
        for each in resolved.partners
        for flow in flows.lines(each.id)
        if flow.code.startswith("8507")
    )
    assert abs(float(worked.answer["totals"]["duty_before"]) - duties) < 2
    # The change of duty is that of the law, put on what was paid.
    law = ask("2025-01-01", "2025-11-12", codes=("8507",)).flows
    assert np.allclose(resolved.after - resolved.before, law.after - law.before, atol=1e-9)


def test_no_change_of_duty_moves_nothing_from_any_base(ask: Asker) -> None:
    for basis in (
        RespondingImports(),
        RespondingImports("paid"),
        RespondingImports("statutory", YEARS),
    ):
        totals = ask("2025-11-12", "2025-11-12", basis, codes=("85",)).answer["totals"]
        assert totals["value_before"] == totals["value_after"]
        assert totals["buyers_lose"] == "0"


def test_chapters_of_2017_weigh_as_they_did(ask: Asker, flows: Flows) -> None:
    worked = ask("2018-01-01", "2018-12-31", RespondingImports("statutory", YEARS), codes=("95",))
    cells = worked.flows
    chinese = cells.value[cells.partner == [each.id for each in cells.partners].index("CN")]
    assert abs(chinese.sum() / flows.chapters("imports", "2017", "CN")["95"] - 1) < 0.01


def test_the_war_of_2018_on_imports_of_2017_targets_goods_at_the_published_rate(ask: Asker) -> None:
    # Fajgelbaum and others (2020): from 2.6 to 16.6 percent on targeted goods.
    targeted = ask("2018-01-01", "2018-12-31", RespondingImports("statutory", YEARS)).answer[
        "targeted"
    ]
    assert 0.015 < float(targeted["average_before"]) < 0.03
    assert 0.15 < float(targeted["average_static"]) < 0.19
    assert -0.35 < float(targeted["change"]) < -0.2


def test_claims_may_differ_between_the_two_days(
    ask: Asker, register: Register, flows: Flows
) -> None:
    before, after = read_claimed(register, flows, {"CA": "35%..85%", "MX": "0.5"})
    assert (before, after) == ({"CA": 0.35, "MX": 0.5}, {"CA": 0.85, "MX": 0.5})
    still = {"origins": ("CA",), "codes": ("84",)}
    moved = ask("2025-12-10", "2025-12-10", claimed=before, claimed_after=after, **still)
    # More claims on the same day: duty falls, and imports rise with it.
    totals = moved.answer["totals"]
    assert float(totals["duty_static"]) < float(totals["duty_before"])
    assert float(totals["value_after"]) > float(totals["value_before"])


@pytest.mark.parametrize("text", ["85", "35%..", "..85%x", "a..b"])
def test_a_claimed_share_that_is_none_says_what_to_write(
    register: Register, flows: Flows, text: str
) -> None:
    if text == "35%..":
        assert read_claimed(register, flows, {"CA": text}) == ({"CA": 0.35}, {"CA": 0.35})
        return
    with pytest.raises(QuestionError, match=r"write a share, such as 85% or 0.85, or one before"):
        read_claimed(register, flows, {"CA": text})


def test_flows_that_are_not_at_hand_are_refused_with_those_that_are(ask: Asker) -> None:
    with pytest.raises(
        QuestionError, match="no imports 'us-imports-2016' at hand: write us-imports"
    ):
        ask("2018-01-01", "2018-12-31", RespondingImports("statutory", "us-imports-2016"))
