"""Why a provision applies is told by the conditions that hold, its state last."""

from __future__ import annotations

from re import findall
from types import SimpleNamespace
from typing import Any

import pytest

from detente.controls import provisions
from detente.controls.model import Condition
from detente.controls.telling import rule
from detente.licence.answer import LicenceQuery, answer_licence
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


@pytest.mark.parametrize(
    ("to", "item", "said"),
    [
        ("IN", "3B001.a.4", "goes to IN, and not Country Group D:5 or MO"),
        ("CA", "5A002", "goes to CA, which has no mark under NS 1 in the Country Chart"),
        ("CA", "5A002", "goes to CA, and the rule is for every country but CA"),
        ("DE", "3A090.a", "goes to DE, and not CN or MO or Country Group D:5"),
    ],
)
def test_many_countries_of_a_rule_are_told_by_their_groups(to: str, item: str, said: str) -> None:
    query = LicenceQuery(start="US", to=to, item=item, on="2026-08-01")
    answer = answer_licence(Register.built_in(), query)
    told = [row["why"] for row in (*answer["rules"], *answer["nearly"])]
    assert any(said in each for each in told)
    # Never a page of two letters each.
    assert max(len(findall(r"\b[A-Z]{2}\b", each)) for each in told) <= 8
