"""The same transaction on every later day on which some control that touches it changes."""

from __future__ import annotations

from collections.abc import Iterator

from detente._shapes import TYPE_CHECKING
from detente.controls.deciding import decide
from detente.controls.law import ControlLaw
from detente.controls.model import FiredProvision, LicenceAnswer, LicenceQuestion
from detente.core.clock import MINUTES, day_text
from detente.core.coverage import BEYOND
from detente.register.periods import edges, known

if TYPE_CHECKING:
    from detente.answers.licence import DecisionAhead


def changes_ahead(
    question: LicenceQuestion, law: ControlLaw, now: LicenceAnswer
) -> list[DecisionAhead]:
    """The days after the moment on which the answer becomes another one.

    What is confirmed of them, and the other reading, is filled in by ``mark_ahead``.

    Args:
        question: the transaction.
        law: the controls.
        now: the answer at the moment itself.
    """
    days = _days(question, law, now)
    if not days:
        return []
    rows = []
    # Else the day through which the law was read would itself look like a change.
    question = question._replace(scheduled=True)
    # Decided anew and not taken from `now`, which may be open by what is beyond the day read.
    before = decide(question, law, False)
    for day in days:
        # The last minute of the day, by when every change within it has happened.
        minutes = dict.fromkeys(question.minutes, day * MINUTES + MINUTES - 1)
        after = decide(question._replace(minutes=minutes), law, False)
        if _shown(after) != _shown(before):
            rows.append(_row(law, day, before, after))
            before = after
    return rows


def within_day(
    question: LicenceQuestion, law: ControlLaw, now: LicenceAnswer
) -> Iterator[tuple[str, int]]:
    """Side and minute of changes inside the day of the moment, after its start."""
    for by, minute in _edges(question, law, now):
        day = question.minutes[by] // MINUTES
        if minute // MINUTES == day and minute % MINUTES:
            yield by, minute


def _days(question: LicenceQuestion, law: ControlLaw, now: LicenceAnswer) -> list[int]:
    later = {
        minute // MINUTES
        for by, minute in _edges(question, law, now)
        if minute // MINUTES > question.minutes[by] // MINUTES
    }
    return sorted(later)


def _edges(
    question: LicenceQuestion, law: ControlLaw, now: LicenceAnswer
) -> Iterator[tuple[str, int]]:
    """Minutes at which a provision that reaches the goods, or the standing of a party, changes."""
    for found in question.parties:
        for day in (found.since, found.certain, found.until):
            if day is not None and found.likely:
                yield from ((side.by, day * MINUTES) for side in law.regimes)
    for side, answer in zip(law.regimes, now.regimes, strict=True):
        wanted = set(answer.reached)
        for measure in side.measures:
            for provision in measure.provisions:
                door = measure.id in side.doors or "counts_as" in provision.control
                if door or (measure.id, provision.id) in wanted:
                    for minute in edges(known(provision.periods, question.known_on)):
                        yield side.by, minute


def _shown(answer: LicenceAnswer) -> tuple[object, ...]:
    rules = [
        (each.measure, each.provision, each.displaced_by)
        for side in answer.regimes
        for each in side.rules
    ]
    return answer.decision, answer.policy, tuple(sorted(rules))


def _row(law: ControlLaw, day: int, before: LicenceAnswer, after: LicenceAnswer) -> DecisionAhead:
    old, new = _rules(before), _rules(after)
    begun = [rule for key, rule in new.items() if key not in old]
    ended = [rule for key, rule in old.items() if key not in new]
    touched = begun + ended or [
        rule for key, rule in new.items() if old[key].displaced_by != rule.displaced_by
    ]
    titles = {
        (side.by, measure.id): measure.title for side in law.regimes for measure in side.measures
    }
    parts = [f"{titles[rule.by, rule.measure]} ({rule.provision}) applies" for rule in begun]
    parts += [
        f"{titles[rule.by, rule.measure]} ({rule.provision}) no longer applies" for rule in ended
    ]
    return {
        "on": day_text(day),
        "measures": list(dict.fromkeys(rule.measure for rule in touched)),
        "what": "; ".join(parts) or "a party may stand on a list from then, or no longer",
        "decision": after.decision,
        "policy": after.policy or None,
        "confirmed": not any(
            row.state == BEYOND for side in after.regimes for row in side.coverage
        ),
        "confirmed_through": None,
        "by_other_reading": None,
    }


def _rules(answer: LicenceAnswer) -> dict[tuple[str, str], FiredProvision]:
    return {(rule.measure, rule.provision): rule for side in answer.regimes for rule in side.rules}
