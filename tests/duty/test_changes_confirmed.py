"""How far the law behind a layer or a step was read: by record, and not by its area alone."""

from __future__ import annotations

import pytest

from detente.duty.answer import answer_duty
from detente.duty.history import answer_history
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register

FACTS = {"cn_remedy": "true", "cn_exclusion": "true"}
READ = "2025-04-30"


@pytest.fixture(scope="module")
def short() -> Register:
    """The register, with the tariffs of China read through 30 April 2025 alone."""
    register = Register.load()
    area = register.areas["cn/tariff"]
    register.areas["cn/tariff"] = area._replace(reviewed_through=READ)
    return register


def test_a_layer_is_confirmed_through_the_day_of_the_act_that_began_it(short: Register) -> None:
    asked = DutyQuestion("39071010", "US", "2025-06-02", "CN", base="6.5%", facts=FACTS)
    layers = answer_duty(short, Schedule(), asked)["layers"]
    told = {row["measure"]: (row["confirmed"], row["confirmed_through"]) for row in layers}
    assert told["cn-mfn"] == (True, READ)
    assert told["cn-reciprocal-answer"] == (False, "2025-05-13")
    assert told["cn-antidumping-pom"] == (False, "2025-05-18")


def test_a_step_of_a_history_is_confirmed_through_the_acts_that_made_it(short: Register) -> None:
    asked = DutyQuestion("39071010", "US", "2025-12-01", "CN", base="6.5%", facts=FACTS)
    answer = answer_history(short, Schedule(), asked, "2025-04-01", ("US",))
    told = {row["from"]: (row["confirmed"], row["confirmed_through"]) for row in answer["segments"]}
    assert told["2025-04-12"] == (True, READ)
    assert told["2025-05-14"] == (False, "2025-05-13")
    assert told["2025-05-19"] == (False, "2025-05-18")
