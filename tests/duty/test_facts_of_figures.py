"""Figures are computed from the entry facts that are named, and from no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from detente.applicability.entry_facts import EntryFacts, FactError, Value
from detente.applicability.scope import Membership
from detente.applicability.stack import Stack, Term
from detente.duty.amounts import (
    CERTIFICATE,
    QUOTA,
    ColumnRates,
    EntryValue,
    amounts,
    facts_of_figures,
)
from detente.register.book import Register

REGISTER = Register.built_in()
RATES = ColumnRates("5%", "20%", "Free (AU, CA)")


class WatchedFacts(EntryFacts):
    """Facts that note which of them are read."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__(REGISTER.facts, texts)
        self.read: set[str] = set()

    def is_stated(self, key: str) -> bool:
        self.read.add(key)
        return super().is_stated(key)

    def value(self, key: str, listed: Iterable[str] = ()) -> Value:
        self.read.add(key)
        return super().value(key, listed)


def terms() -> Iterator[Term]:
    """One term of each duty of the register."""
    for measure in REGISTER.measures(kind="measure"):
        for provision in measure.provisions:
            for period in provision.periods:
                if period.duty is not None:
                    goods = Membership(True, ())
                    yield Term(measure, provision, period, period.duty, None, goods)


@pytest.mark.parametrize("stated", [{}, {"steel_value": "30%", "quota": "over"}])
def test_no_duty_of_the_register_reads_another_fact(stated: dict[str, str]) -> None:
    known = {QUOTA, CERTIFICATE, *(base.fact for base in REGISTER.bases.values())}
    read: set[str] = set()
    for term in terms():
        facts = WatchedFacts(stated)
        try:
            amounts(Stack((term,), (), ()), RATES, EntryValue(100_000, {}), facts, REGISTER.bases)
        except FactError:
            continue  # a cap by itself
        read |= facts.read
    assert "steel_value" in read
    assert read <= known


def test_facts_of_figures_are_those_that_are_stated() -> None:
    texts = {"steel_value": "30%", "usmca": "true", "quota": "in", "component.case": "2.50"}
    found = facts_of_figures(EntryFacts(REGISTER.facts, texts), REGISTER.bases)
    assert found.texts == {name: texts[name] for name in texts if name != "usmca"}
