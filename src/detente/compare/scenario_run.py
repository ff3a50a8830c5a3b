"""A scenario told: what it supposes, which days of which provisions change, what that does.

The effect is shown on the basket of goods that comes with the register, on the days on which the
scenario differs from the law, and on the board of the truce.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente._shapes import TYPE_CHECKING
from detente.core.clock import minute_text
from detente.core.figures import rate
from detente.duty.effect import effects
from detente.register.book import Register
from detente.register.runs import Run, run_words
from detente.register.views.truce import truce
from detente.scenario.changes import NOTHING, ProvisionChange, changes, days_of_change
from detente.scenario.scenario import Scenario, shipped, touched, with_scenario

if TYPE_CHECKING:
    from typing import Any

    from detente.answers.comparisons import (
        BasketEffect,
        InstrumentCompared,
        ScenarioChange,
        ScenarioDescribed,
        ScenarioRun,
        Scenarios,
        ScenarioShown,
        TruceCompared,
    )
    from detente.answers.truce import Part
    from detente.goods.schedule import Schedule


def list_scenarios(register: Register) -> Scenarios:
    """The scenarios that come with the register."""
    found = [shipped(register, name) for name in register.scenarios]
    return {
        "scenarios": [
            {"name": each.name, "note": each.note, "events": len(each.events)} for each in found
        ],
        "register": {"sha256": register.sha256},
    }


def show_scenario(register: Register, scenario: Scenario) -> ScenarioShown:
    """What a scenario supposes, and the days of provisions that it changes.

    Raises:
        RegisterError: an event names no record or provision, or says something that cannot be.
    """
    after = with_scenario(register, scenario)
    found = changes(register, after, touched(register, scenario))
    return {**_described(register, scenario, found), "register": {"sha256": after.sha256}}


def run_scenario(
    register: Register, schedule: Schedule, scenario: Scenario, on: str | None = None
) -> ScenarioRun:
    """What a scenario does to the basket of goods and to the truce.

    Args:
        register: the law in force.
        schedule: the goods schedule.
        scenario: the scenario.
        on: the day of the truce's board; None for the one on which the last change has begun.

    Raises:
        RegisterError: an event names no record or provision, or says something that cannot be.
        ValueError: ``on`` is not a day.
    """
    after = with_scenario(register, scenario)
    found = changes(register, after, touched(register, scenario))
    days = days_of_change(found)
    begun = days_of_change(each._replace(until=None) for each in found)
    board = on or (begun[-1] if begun else None)
    return {
        **_described(register, scenario, found),
        "days": days,
        "basket": {
            "goods": len(after.basket),
            "effects": _effects(register, after, schedule, days),
        },
        "truce": None if board is None else _board(register, after, board),
        "register": {"sha256": after.sha256},
    }


def _described(
    register: Register, scenario: Scenario, found: Sequence[ProvisionChange]
) -> ScenarioDescribed:
    sources = register.sources
    return {
        "name": scenario.name,
        "note": scenario.note,
        "assumes": list(scenario.assumes),
        "builds_on": [item.text() for item in scenario.builds_on],
        "sources": [sources[key].citation if key in sources else key for key in scenario.sources],
        "events": [_event(item.entries()) for item in scenario.events],
        "changes": [_change(register, each) for each in found],
    }


def _event(entries: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """An event as written, its plain values alone; a whole event names what it periods."""
    row: dict[str, str | list[str]] = {}
    for key, item in entries.items():
        if item.is_mapping or (item.is_sequence and any(not _plain(each) for each in item.items())):
            row[key] = "…"
        elif item.is_sequence:
            row[key] = [each.raw for each in item.items()]
        else:
            row[key] = item.raw
    return row


def _plain(item: Any) -> bool:
    return not item.is_mapping and not item.is_sequence


def _change(register: Register, change: ProvisionChange) -> ScenarioChange:
    zone = register.zones[change.measure.by]
    return {
        "measure": change.measure.id,
        "limb": change.provision.id,
        "by": change.measure.by,
        "title": change.provision.title or change.measure.title,
        "from": minute_text(change.start, zone),
        "until": None if change.until is None else minute_text(change.until, zone),
        "before": _words(change.before),
        "after": _words(change.after),
    }


def _words(run: Run) -> str | None:
    return None if run.state in NOTHING else run_words(run)


def _effects(
    before: Register, after: Register, schedule: Schedule, days: Iterable[str]
) -> list[BasketEffect]:
    rows: list[BasketEffect] = []
    for each in effects(before, after, schedule, days):
        from fractions import Fraction

        known = each.before is not None and each.after is not None
        gap = Fraction(each.after or 0) - Fraction(each.before or 0)
        rows.append(
            {
                "on": each.on,
                "code": each.good.code,
                "origin": each.good.origin,
                "what": each.good.what,
                "before": each.before,
                "after": each.after,
                "difference": rate(gap) if known else None,
                "filing_before": list(each.filing_before),
                "filing_after": list(each.filing_after),
            }
        )
    return rows


def _board(before: Register, after: Register, on: str) -> TruceCompared:
    """The instruments of the truce on a day, by the law and in the scenario, those beside too."""
    sides = [_flat(truce(register, None, on)["instruments"]) for register in (before, after)]
    rows: list[InstrumentCompared] = []
    for old, new in zip(*sides, strict=True):
        rows.append(
            {
                "measure": new["measure"],
                "limb": new["limb"],
                "by": new["by"],
                "what": new["what"],
                "state_before": old["state"],
                "state_after": new["state"],
                "value_before": old["value"],
                "value_after": new["value"],
                "returns_on_before": old["returns_on"],
                "returns_on_after": new["returns_on"],
            }
        )
    return {"on": on, "instruments": rows}


def _flat(rows: Iterable[Part]) -> list[Part]:
    return [each for row in rows for each in (row, *row["also"])]
