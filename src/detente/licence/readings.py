"""A decision on licences by the other reading, and what of it the law only scheduled."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.controls.deciding import decide
from detente.controls.law import ControlLaw, with_measures
from detente.controls.model import LicenceAnswer, LicenceQuestion
from detente.core.clock import MINUTES, last_minute_of, long_day, start_of
from detente.licence.words import outcome
from detente.register.confirmed import confirmed_row, read_through, unconfirmed_words
from detente.register.model import ANNOUNCED, LAW
from detente.register.reading import by_reading
from detente.register.views.announced import heard, showing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Literal

    from detente.answers.licence import DecisionAhead, HeardDecision, ScheduledDecision
    from detente.register.book import Register
    from detente.register.events import Occurrence


def announced(
    register: Register, law: ControlLaw, question: LicenceQuestion, found: LicenceAnswer
) -> HeardDecision | None:
    """The decision by the reading ``announced``, where it or its rules differ at this moment."""
    if not _can_differ(law, found):
        return None
    theirs = decide(question, _otherwise(register, law), False)
    if _rules(found) == _rules(theirs) and _outcome(found) == _outcome(theirs):
        return None
    acts = _because(register, law, question, found, theirs)
    if not acts:
        return None
    by_law, stated = (found, theirs) if register.reading == LAW else (theirs, found)
    words = [_words(each) for each in (by_law, stated)]
    if words[0] == words[1]:
        words = [f"{_words(each)} ({_named(each, by_law, stated)})" for each in (by_law, stated)]
    return {
        "decision": stated.decision,
        "policy": stated.policy or None,
        **heard(acts, words[0], words[1], register.reading),
    }


def mark_ahead(
    register: Register, law: ControlLaw, question: LicenceQuestion, rows: list[DecisionAhead]
) -> None:
    """Say of each change ahead whether it is confirmed, and what the other reading decides then."""
    other = _otherwise(register, law) if rows and register.announced_only else None
    for row in rows:
        minute = start_of(row["on"])
        touched = [register.measure(name) for name in row["measures"]]
        # A change that no measure of its own makes rests on all the law that was read.
        whole = touched or [measure for side in law.regimes for measure in side.measures]
        held = [day for each in whole if (day := read_through(register, each, minute))]
        row["confirmed_through"] = min(held, default=None)
        within = not held or row["on"] <= min(held)
        row["confirmed"] = within and (bool(touched) or row["confirmed"])
        if other is not None:
            minutes = dict.fromkeys(question.minutes, start_of(row["on"]) + MINUTES - 1)
            later = question._replace(minutes=minutes, scheduled=True)
            theirs = decide(later, other, False)
            if (theirs.decision, theirs.policy or None) != (row["decision"], row["policy"]):
                row["by_other_reading"] = {
                    "decision": theirs.decision,
                    "policy": theirs.policy or None,
                }


def scheduled(
    register: Register, law: ControlLaw, question: LicenceQuestion, through: str | None
) -> ScheduledDecision | None:
    """What the law itself changed since the last day that was read; None where it changed nothing.

    Args:
        register: the register.
        law: its controls.
        question: the transaction.
        through: the last day through which all the controls consulted were read.
    """
    if through is None or all(
        minute <= last_minute_of(through) for minute in question.minutes.values()
    ):
        return None
    # By the dates of the law alone: that nothing later was read is not a change of it.
    dated = question._replace(scheduled=True)
    now = decide(dated, law, False)
    before = _decided_at(dated, law, through)
    if _rules(before) == _rules(now) and _outcome(before) == _outcome(now):
        return None
    one, two = _rules(before), _rules(now)
    begun, ended = sorted(two - one), sorted(one - two)
    days = [
        *_unconfirmed(register, now, begun, "start"),
        *_unconfirmed(register, before, ended, "until"),
    ]
    if (begun or ended) and not days:
        return None  # each was read itself, though not all areas so far
    sure = {rule for rule in (*begun, *ended) if rule not in {name for name, _ in days}}
    if days and (later := min(day for _, day in days)) > through:
        through, before = later, _decided_at(dated, law, later)
    parts = [f"{_title(register, *rule)} applies" for rule in begun if rule not in sure]
    parts += [f"{_title(register, *rule)} no longer applies" for rule in ended if rule not in sure]
    words = "; ".join(parts) or "another rule decides"
    text = (
        f"By the law's own dates, {unconfirmed_words(through)}: {words}. On {long_day(through)} "
        f"the decision was {_words(before)}."
    )
    return {"through": through, "decision_then": before.decision, "text": text}


def _decided_at(question: LicenceQuestion, law: ControlLaw, day: str) -> LicenceAnswer:
    """The same transaction at the end of another day."""
    minutes = dict.fromkeys(question.minutes, last_minute_of(day))
    return decide(question._replace(minutes=minutes), law, False)


def _unconfirmed(
    register: Register,
    answer: LicenceAnswer,
    rules: Iterable[tuple[str, str]],
    edge: Literal["start", "until"],
) -> Iterator[tuple[tuple[str, str], str]]:
    """Of rules that began or ended, those that nothing read confirms, and how far each was read."""
    fired = {(rule.measure, rule.provision): rule for side in answer.regimes for rule in side.rules}
    for name in rules:
        measure = register.measure(name[0])
        provisions = [each for each in measure.provisions if each.id == name[1]]
        row = confirmed_row(register, measure, getattr(fired[name], edge), provisions)
        if not row["confirmed"] and row["confirmed_through"]:
            yield name, row["confirmed_through"]


def _title(register: Register, measure: str, provision: str) -> str:
    """A rule by the titles of its measure and its provision."""
    found = register.measure(measure)
    titles = [each.title for each in found.provisions if each.id == provision and each.title]
    return ": ".join([found.title, *titles])


def _can_differ(law: ControlLaw, found: LicenceAnswer) -> bool:
    """Whether something that was only announced touches a provision that reaches the goods."""
    for side, answer in zip(law.regimes, found.regimes, strict=True):
        wanted = set(answer.reached)
        for measure in side.measures:
            for provision in measure.provisions:
                # A rule under which others stand decides about goods that it does not name itself.
                door = measure.id in side.doors or "counts_as" in provision.control
                if provision.announced and (door or (measure.id, provision.id) in wanted):
                    return True
    return False


def _otherwise(register: Register, law: ControlLaw) -> ControlLaw:
    """The same law by the other reading."""
    wanted = ANNOUNCED if register.reading == LAW else LAW
    regimes = tuple(
        with_measures(side, tuple(by_reading(each, wanted) for each in side.measures))
        for side in law.regimes
    )
    return law._replace(regimes=regimes)


def _because(
    register: Register,
    law: ControlLaw,
    question: LicenceQuestion,
    found: LicenceAnswer,
    theirs: LicenceAnswer,
) -> list[Occurrence]:
    """What was only announced of provisions that fire by one reading alone, or reach at all."""
    fired = _rules(found) ^ _rules(theirs)
    reached = {each for answer in (*found.regimes, *theirs.regimes) for each in answer.reached}
    for provisions in (fired, reached):
        acts = [
            act
            for side in law.regimes
            for measure in side.measures
            if (names := [provision for name, provision in provisions if name == measure.id])
            for act in showing(
                register, measure, question.minutes[side.by], question.known_on, names
            )
        ]
        if acts:
            return acts
    return [
        act
        for side in law.regimes
        for measure in side.measures
        if any(provision.announced for provision in measure.provisions)
        for act in showing(register, measure, question.minutes[side.by], question.known_on)
        if measure.ownership
    ]


def _rules(answer: LicenceAnswer) -> set[tuple[str, str]]:
    return {
        (rule.measure, rule.provision)
        for side in answer.regimes
        for rule in side.rules
        if not rule.displaced_by
    }


def _outcome(answer: LicenceAnswer) -> tuple[str, str]:
    return answer.decision, answer.policy or ""


def _words(answer: LicenceAnswer) -> str:
    if not _rules(answer) and not answer.policy:
        return "no rule read asks a licence"
    return outcome({"decision": answer.decision, "policy": answer.policy or None})


def _named(answer: LicenceAnswer, *both: LicenceAnswer) -> str:
    """The rules that one reading has and the other has not."""
    shared = set.intersection(*(_rules(each) for each in both))
    own = sorted(f"{measure}/{provision}" for measure, provision in _rules(answer) - shared)
    return f"with {', '.join(own)}" if own else "without more"
