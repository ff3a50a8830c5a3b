"""Contents that share one value: which of them takes what is left of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.applicability import shared_value
from detente.applicability.shared_value import shared_out
from detente.applicability.stack import ContentPortion, Term
from detente.register.model import DutyRate

BASES: Any = {
    name: SimpleNamespace(fact=name, shares="metals" if name != "labor" else "")
    for name in ("aluminum", "copper", "labor", "steel")
}
REST, NOTHING = ContentPortion(True, ()), ContentPortion(False, ())


def term(name: str, percent: int, form: str = "add", base: str = "") -> Term:
    provision: Any = SimpleNamespace(base=(base or name,))
    measure: Any = SimpleNamespace(id=f"us-{name}", provisions=(provision,))
    anything: Any = None
    return Term(measure, provision, anything, DutyRate(form, "", percent * 10_000), None, anything)


def portions(*terms: Term, stated: str = "") -> dict[str, ContentPortion | None]:
    facts: Any = SimpleNamespace(is_stated=lambda fact: fact in stated.split())
    return {each.measure.id[3:]: each.portion for each in shared_out(terms, BASES, facts)}


def test_the_highest_duty_takes_the_rest_and_the_others_nothing() -> None:
    found = portions(term("aluminum", 25), term("steel", 50), term("copper", 49))
    assert found == {"aluminum": NOTHING, "steel": REST, "copper": NOTHING}


def test_of_equal_duties_the_first_by_name_takes_the_rest_in_any_order() -> None:
    both = term("steel", 50), term("aluminum", 50)
    assert portions(*both) == portions(*both[::-1]) == {"steel": NOTHING, "aluminum": REST}


def test_a_duty_that_is_not_known_takes_the_rest_before_any_that_is() -> None:
    found = portions(term("aluminum", 200), term("steel", 0, "unknown"))
    assert found == {"aluminum": NOTHING, "steel": REST}


def test_stated_contents_have_no_portion_and_are_taken_off_the_rest_in_order() -> None:
    terms = term("steel", 50), term("copper", 25), term("aluminum", 10)
    found = portions(*terms, stated="steel copper")
    assert found == {
        "steel": None, "copper": None, "aluminum": ContentPortion(True, ("copper", "steel")),
    }  # fmt: skip
    assert portions(*terms[:2], stated="steel copper") == {"steel": None, "copper": None}


def test_one_content_alone_a_free_one_and_another_base_share_nothing() -> None:
    assert portions(term("steel", 50)) == {"steel": None}
    assert portions(term("steel", 50), term("copper", 0, "free")) == {"steel": None, "copper": None}
    assert portions(term("steel", 50), term("labor", 60)) == {"steel": None, "labor": None}


def test_a_metal_charged_on_the_whole_article_leaves_nothing_to_the_others() -> None:
    whole = term("copper", 50)
    content = whole.provision
    article: Any = SimpleNamespace(base=())
    measure: Any = SimpleNamespace(id="us-copper", provisions=(content, article))
    whole = whole._replace(measure=measure, provision=article)
    assert portions(whole, term("steel", 60)) == {"copper": None, "steel": NOTHING}


def test_no_more_measures_are_kept_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_value, "MOST", 3)
    monkeypatch.setattr(shared_value, "_KNOWN", {})
    terms = [term(name, 1, base="steel") for name in ("a", "b", "c", "d")]
    counts = []
    for at in range(4):
        shared_out((terms[at],), BASES, SimpleNamespace(is_stated=lambda _: False))  # type: ignore[arg-type]
        counts.append(len(shared_value._KNOWN))
    assert counts == [1, 2, 3, 1]
