"""What may be said to need no licence, over all items: the whole list, and on what it rests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from detente.controls import LicenceQuestion, decide, law_of
from detente.controls.basis import read_day
from detente.controls.model import NONE
from detente.core.clock import last_minute_of
from detente.core.coverage import READ
from tests import in_yaml

if TYPE_CHECKING:
    from detente.controls.law import ControlLaw, SideControls
    from detente.register.book import Register

ROWS: list[dict[str, Any]] = in_yaml.texts(Path(__file__).with_name("cleared.yaml"))


@pytest.fixture(scope="module")
def law(register: Register) -> ControlLaw:
    return law_of(register)


def _question(law: ControlLaw, row: dict[str, Any], item: str) -> LicenceQuestion:
    minutes = {regime.by: last_minute_of(row["on"]) for regime in law.regimes}
    facts = {"end_use": row["use"]} if "use" in row else {}
    made_in = row.get("made_in")
    return LicenceQuestion(row["from"], row["to"], minutes, item=item, made_in=made_in, facts=facts)


def _within(side: SideControls, names: list[str]) -> set[str]:
    wanted = set(names)
    return {each for each in side.catalogue.items if wanted & side.catalogue.closure(each)}


def _name(row: dict[str, Any]) -> str:
    parts = (row["from"], row["to"], row.get("made_in", ""), row["on"], row.get("use", ""))
    return "-".join(part for part in parts if part)


@pytest.mark.parametrize("row", ROWS, ids=_name)
def test_no_other_item_is_cleared(law: ControlLaw, row: dict[str, Any]) -> None:
    by = row.get("made_in") or row["from"]
    side = next(each for each in law.regimes if each.by == by)
    firsts = dict(side.terms.read.items)
    cleared = set()
    for item in side.catalogue.items:
        answer = decide(_question(law, row, item), law, False)
        if answer.decision == NONE:
            cleared.add(item)
            rows = [each for regime in answer.regimes for each in regime.coverage]
            assert rows
            assert {each.state for each in rows} == {READ}
    assert cleared == _within(side, row["cleared"])
    for item in row["cleared"]:
        may_be = side.catalogue.items[item].may_be
        first = read_day(side.catalogue, firsts, may_be[0][0] if may_be else item)
        assert first is not None
        assert first <= row["on"]


@pytest.mark.parametrize(("start", "to"), [("US", "CN"), ("CN", "US")])
def test_no_item_of_the_other_side_is_cleared_but_by_the_lists_of_both(
    law: ControlLaw, start: str, to: str
) -> None:
    own = next(each for each in law.regimes if each.by == start)
    other = next(each for each in law.regimes if each.by == to)
    row = {"from": start, "to": to, "on": "2026-08-01"}
    for item in other.catalogue.items:
        if own.catalogue.exact(item) is None:
            assert decide(_question(law, row, item), law, False).decision != NONE, item


def test_before_its_first_day_a_rule_clears_only_what_was_read(law: ControlLaw) -> None:
    """An item that a rule names is not free on the day before the rule, unless it is held then."""
    for side in law.regimes:
        firsts = dict(side.terms.read.items)
        for item in side.catalogue.items:
            first = read_day(side.catalogue, firsts, item)
            if first is None or side.catalogue.items[item].may_be:
                continue
            day = f"{int(first[:4]) - 1}-12-31"
            row = {"from": side.by, "to": "DE", "on": day}
            assert decide(_question(law, row, item), law, False).decision != NONE, item
