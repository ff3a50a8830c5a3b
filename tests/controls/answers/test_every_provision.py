"""Every provision of a control that decides something fires for some question, on some day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from detente.controls import LicenceQuestion, PartyFinding, decide, law_of
from detente.core.clock import MINUTES, day_number, day_text, last_minute_of
from detente.register.periods import operative_from
from tests import in_yaml

if TYPE_CHECKING:
    from detente.controls.law import ControlLaw
    from detente.register.book import Register

CASES: dict[str, dict[str, Any]] = in_yaml.texts(Path(__file__).with_name("every_limb.yaml"))
NEVER = {"us-advanced-computing/worldwide"}
"""In the text, and not one day in force: what announced it away came before its first day."""

ROLES = {"end_users": "end_user", "exporters": "exporter"}


@pytest.fixture(scope="module")
def law(register: Register) -> ControlLaw:
    return law_of(register)


def _fired(law: ControlLaw, case: dict[str, Any], on: str) -> set[str]:
    given = dict(case)
    minutes = {regime.by: last_minute_of(on) for regime in law.regimes}
    asked = LicenceQuestion(
        start=given.pop("from"),
        to=given.pop("to"),
        minutes=minutes,
        parties=tuple(
            PartyFinding("a party", role, word)
            for key, role in ROLES.items()
            for word in given.pop(key, [])
        ),
    )
    del given["on"]
    answer = decide(asked._replace(**given), law, questions=False)
    return {f"{each.measure}/{each.provision}" for side in answer.regimes for each in side.rules}


@pytest.mark.parametrize("name", CASES)
def test_the_limb_fires_on_its_first_day_and_not_on_the_day_before(
    law: ControlLaw, name: str
) -> None:
    case = CASES[name]
    assert name in _fired(law, case, case["on"])
    measure, provision = name.split("/")
    first = law.register.measure(measure).provision(provision).periods[0].start
    if first // MINUTES == day_number(case["on"]):
        assert name not in _fired(law, case, day_text(first // MINUTES - 1))


def test_every_limb_that_decides_is_among_the_cases(register: Register) -> None:
    provisions = {
        f"{measure.id}/{provision.id}"
        for area in ("cn/control", "us/control")
        for measure in register.measures(area=area, kind="measure")
        for provision in measure.provisions
        if "decision" in provision.control
    }
    assert provisions == CASES.keys() | NEVER


@pytest.mark.parametrize("name", sorted(NEVER))
def test_what_never_fires_was_never_in_force(register: Register, name: str) -> None:
    measure, provision = name.split("/")
    assert operative_from(register.measure(measure).provision(provision)) is None
