"""Why a provision applies is told by the conditions that hold, its state last."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from detente.controls import provisions
from detente.controls.model import Condition
from detente.controls.telling import rule
from detente.register.book import Register


def test_only_conditions_that_hold_and_have_words_say_why() -> None:
    measure = next(each for each in Register.built_in().measures("us/control") if each.provisions)
    standing: Any = SimpleNamespace(state="in_force", start=None, until=None, revived=False)
    given = (
        Condition("state", True, "in force"),
        Condition("to", True, "to China"),
        Condition("party", False, "a listed party takes part"),
        Condition("fact", None, "the end use is not known"),
        Condition("item", True, ""),
    )
    regime: Any = SimpleNamespace(by="US")
    described = rule(regime, provisions.Tested(measure, measure.provisions[0], standing, given))
    assert described.why == "to China; in force"
    assert (described.by, described.measure, described.provision) == (
        "US",
        measure.id,
        measure.provisions[0].id,
    )
    failed = rule(
        regime, provisions.Tested(measure, measure.provisions[0], standing, given), failed=given[3]
    )
    assert failed.why == "the end use is not known"
