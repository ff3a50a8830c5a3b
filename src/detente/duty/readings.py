"""A duty by the other reading of the register."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.applicability.stack import AsOf, Stack, resolve
from detente.core.clock import MINUTES, minute_text, start_of
from detente.core.figures import money, percent, rate
from detente.duty.amounts import Amounts, amounts
from detente.duty.outlook import charges
from detente.register.model import ANNOUNCED, LAW
from detente.register.reading import provision_by_reading
from detente.register.views.announced import heard, showing

if TYPE_CHECKING:
    from detente.answers.duty import ChangeAhead, HeardTotal
    from detente.applicability.scope import Scope
    from detente.duty.case import DutyCase
    from detente.register.events import Occurrence


def announced(case: DutyCase) -> HeardTotal | None:
    """The total by the reading ``announced``, where it differs for these goods at this moment.

    Ask only where `can_differ` says so.
    """
    mine, other = case.stack, resolve(_otherwise(case), case.as_of)
    figures, theirs = case.figures(mine), _figures(case, other, case.as_of)
    same = charges(mine) == charges(other) and figures.share == theirs.share
    if same and _in_waiting(mine) == _in_waiting(other):
        return None
    acts = _because(case, mine, other)
    if not acts:
        return None
    law, stated = (figures, theirs) if case.register.reading == LAW else (theirs, figures)
    until = min((act.until for act in acts if act.until is not None), default=None)
    words = [f"the total is {percent(rate(each.share))}" for each in (law, stated)]
    if same:
        words[1] += ", and the facts asked for decide otherwise"
    elif words[0] == words[1]:
        stacks = (mine, other) if law is figures else (other, mine)
        words = [_duties(*stacks), _duties(*stacks[::-1])]
    return {
        "total_ad_valorem": rate(stated.share),
        "amount": money(stated.cents),
        "until": None if until is None else minute_text(until, case.query.zone),
        **heard(acts, words[0], words[1], case.register.reading),
    }


def mark_ahead(case: DutyCase, rows: list[ChangeAhead]) -> None:
    """Say of each change ahead what the total of its day is by the other reading, if another."""
    scope = _otherwise(case)
    for row in rows:
        minute = start_of(row["on"]) + MINUTES - 1
        as_of = case.as_of._replace(minute=minute)
        total = rate(_figures(case, resolve(scope, as_of), as_of).share)
        if total != row["total_ad_valorem"]:
            row["by_other_reading"] = {"total_ad_valorem": total}


def _otherwise(case: DutyCase) -> Scope:
    """The scope of a case by the other reading of its register."""
    wanted = ANNOUNCED if case.register.reading == LAW else LAW
    candidates = tuple(
        each._replace(
            provisions=tuple(
                one._replace(provision=provision_by_reading(one.provision, wanted))
                if one.provision.announced
                else one
                for one in each.provisions
            )
        )
        for each in case.scope.candidates
    )
    # What is remembered for goods that are alike is of the register's own reading.
    return case.scope._replace(candidates=candidates, equivalence=None)


def _figures(case: DutyCase, stack: Stack, as_of: AsOf) -> Amounts:
    return amounts(stack, case.rates, case.query.entry_value, as_of.facts, case.register.bases)


def _because(case: DutyCase, mine: Stack, other: Stack) -> list[Occurrence]:
    """What was only announced of provisions that are filed, or ask for a fact, by one reading."""
    one, two = charges(mine), charges(other)
    filed = {
        (name, row[0])
        for each in (one, two)
        for name, row in each.items()
        if one.get(name) != two.get(name)
    }
    for provisions in (filed, _in_waiting(mine) ^ _in_waiting(other)):
        acts = []
        for candidate in case.scope.candidates:
            names = [
                provision for measure, provision in provisions if measure == candidate.measure.id
            ]
            if names and any(each.provision.announced for each in candidate.provisions):
                measure = case.register.measure(candidate.measure.id)
                as_of = case.as_of
                acts += showing(case.register, measure, as_of.minute, as_of.known_on, names)
        if acts:
            return acts
    return []


def _in_waiting(stack: Stack) -> set[tuple[str, str]]:
    """The provisions that a fact not given, or given otherwise, keeps out."""
    return {
        (each.measure.id, each.provision.id) for each in stack.not_applied if each.test is not None
    }


def _duties(stack: Stack, other: Stack) -> str:
    """What one reading charges and the other does not, or otherwise: by heading, else by title."""
    one, two = charges(stack), charges(other)
    found = [
        f"{term.duty.text} ({term.heading or term.measure.title})"
        for term in stack.terms
        if (name := term.measure.id) in one and one[name] != two.get(name)
    ]
    return f"the duties include {', '.join(found)}" if found else "they do not"
