"""A licence answer under the keys of the interface; faces only render it."""

from __future__ import annotations

from collections.abc import Iterator

from detente._shapes import TYPE_CHECKING
from detente.applicability.incoming import ImportedGoods, beside_item, touching
from detente.controls.facts import holds
from detente.controls.law import ControlLaw, SideControls
from detente.controls.model import (
    NONE,
    FiredProvision,
    ItemCandidate,
    LicenceAnswer,
    LicenceQuestion,
    OpenDecision,
    RegimeAnswer,
)
from detente.core.clock import MINUTES, day_text, minute_text
from detente.core.figures import long_day
from detente.licence.ahead import within_day
from detente.licence.classified import classified, offers, quoted
from detente.licence.words import need_words
from detente.register.confirmed import confirmed_row, unconfirmed_words
from detente.register.events import is_known
from detente.register.views.act_rows import title_of
from detente.register.views.chinese_titles import is_own_rendering
from detente.register.views.law_by_day import about, claim_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detente.answers.licence import (
        ExceptionRow,
        LicenceCandidate,
        LicenceClaim,
        LicenceDecision,
        LicenceOpenQuestion,
        LicenceOutcome,
        LicenceRule,
        NearRule,
        PartyFound,
        ProvisionDecision,
    )
    from detente.answers.shared import ImportMeasure
    from detente.register.book import Register
    from detente.register.model import Measure


def tell(
    register: Register, law: ControlLaw, question: LicenceQuestion, found: LicenceAnswer
) -> LicenceDecision:
    """An answer under the keys of the interface, but for what lies ahead, parties and notes."""
    sides = list(zip(law.regimes, found.regimes, strict=True))
    consulted = [
        measure
        for side, answer in sides
        for measure in side.measures
        if measure.id in answer.measures
    ]
    held = offers(law, question, found)
    needs = dict.fromkeys(need for each in found.regimes for need in each.needs)
    shut = {code: why for each in held for code, why in each.shut().items()}
    told = {(rule.measure, rule.provision) for each in found.regimes for rule in each.rules}
    return {
        "decision": found.decision,
        "policy": found.policy or None,
        "regimes": [
            {"by": each.by, "decision": each.decision, "policy": each.policy or None}
            for each in found.regimes
        ],
        "rules": [
            _rule(register, side, rule)
            for side, answer in sides
            for rule in answer.rules
            if rule.decision != NONE
        ],
        "nearly": [_near(register, side, rule) for side, answer in sides for rule in answer.nearly],
        **classified(law, question),
        "exceptions": [
            *(
                _shut(each, shut)
                for side, answer in sides
                for each in _exceptions(register, side, answer)
            ),
            *(row for each in held for row in each.rows()),
        ],
        "quoted": quoted(law, question, found),
        "needs": list(needs),
        "needs_in_words": [need_words(register, need) for need in needs],
        "candidates": [_candidate(each) for answer in found.regimes for each in answer.candidates],
        "claims": list(_claims(register, law, question, found)),
        "open_questions": _questions(found),
        "touches": [
            each
            for side in law.regimes
            if side.by == question.to
            for each in _touches(register, side, question)
            if (each["measure"], each["limb"]) not in told
        ],
        "coverage": [
            row.row()
            for row in dict.fromkeys(row for each in found.regimes for row in each.coverage)
        ],
        "register": about(register, consulted),
    }


def _touches(
    register: Register, side: SideControls, question: LicenceQuestion
) -> list[ImportMeasure]:
    """What the law of the side that goods come into says of them, beside its rules."""
    goods = ImportedGoods(
        question.code or "",
        question.made_in or question.start,
        question.start,
        question.to,
        question.minutes[side.by],
        question.known_on,
    )
    if question.code is not None:
        return touching(register, goods, lambda test: holds(test, question.facts.get(test.fact)))
    item = side.catalogue.find(question.item or "")
    if item is None:
        return []
    within = side.catalogue.closure(item)
    naming = (each for each in side.reaching if not within.isdisjoint(each.scope.items))
    named = ((each.measure, each.provision) for each in naming)
    return beside_item(register, goods, named)


def _candidate(each: ItemCandidate) -> LicenceCandidate:
    return {
        "by": each.by,
        "item": each.item,
        "title": each.title,
        "decision": each.decision,
        "policy": each.policy or None,
        "needs": list(each.needs),
        "code": each.code,
        "grade": each.grade,
    }


def _rule(register: Register, side: SideControls, rule: FiredProvision) -> LicenceRule:
    return {
        **_decided(register, side, rule),
        "stands_back_for": rule.displaced_by or None,
        "revived": rule.revived,
        "always": rule.always,
    }


def _near(register: Register, side: SideControls, rule: FiredProvision) -> NearRule:
    assert rule.failed is not None  # that is what nearly applying means
    return {**_decided(register, side, rule), "failed": rule.failed.kind}


def _decided(register: Register, side: SideControls, rule: FiredProvision) -> ProvisionDecision:
    """What a provision decides, whether it applies or nearly does."""
    zone = register.zones[side.by]
    measure = side.measure(rule.measure)
    provision = measure.provision(rule.provision)
    return {
        "by": rule.by,
        "measure": rule.measure,
        "limb": rule.provision,
        "citation": _citation(register, measure, provision.control.get("citation")),
        "title": title_of(measure, provision, None),
        "title_zh": measure.title_zh,
        "title_zh_own": is_own_rendering(register, measure.title_zh),
        "decision": rule.decision,
        "policy": rule.policy or None,
        "reviewed_by": rule.reviewed_by or None,
        "review": rule.review or None,
        "review_grade": rule.review_grade or None,
        "state": rule.state,
        "from": None if rule.start is None else minute_text(rule.start, zone),
        "until": None if rule.until is None else minute_text(rule.until, zone),
        **confirmed_row(register, measure, rule.start, (provision,)),
        "why": rule.why,
        "conditions": list(rule.conditions),
        "grade": measure.verified[1],
        "sources": [register.citation(key) for key in measure.authority],
    }


def _citation(register: Register, measure: Measure, own: object) -> str:
    """The provision's own citation, or those of the measure's authority."""
    if own:
        return str(own)
    sources = [register.sources[key] for key in measure.authority]
    return "; ".join(dict.fromkeys(source.citation for source in sources))


def _exceptions(
    register: Register, side: SideControls, answer: RegimeAnswer
) -> Iterator[ExceptionRow]:
    """Licence exceptions that rules name, exemptions that hold, general licences that may."""
    known = {each.name: each for each in side.terms.exceptions}
    named = dict.fromkeys(
        name for rule in answer.rules if not rule.displaced_by for name in rule.exceptions
    )
    for name in named:
        each = known[name]
        yield {
            "code": each.name,
            "name": each.name,
            "title": each.title,
            "citation": each.citation,
            "available": None,
            "why": each.note,
            "holds": "possibly",
            "conditions": [],
        }
    for rule in _freeing(answer.rules):
        yield _exempting(_decided(register, side, rule), "yes")
    for rule in _freeing(answer.nearly) if answer.decision != NONE else ():
        row = _near(register, side, rule)
        if row["failed"] == "party" and row["conditions"]:
            yield _exempting(row, "possibly")


def _shut(row: ExceptionRow, shut: Mapping[str, str]) -> ExceptionRow:
    """An exception that a rule names, where the law says that it does not serve these goods."""
    if row["code"] not in shut:
        return row
    return {**row, "available": False, "why": shut[row["code"]], "holds": "no", "conditions": []}


def _freeing(rules: Iterable[FiredProvision]) -> Iterator[FiredProvision]:
    """Rules in force by which no licence is needed."""
    return (rule for rule in rules if rule.decision == NONE and rule.state == "in_force")


def _exempting(row: ProvisionDecision, holds: str) -> ExceptionRow:
    return {
        "code": f"{row['measure']}/{row['limb']}",
        "available": True if holds == "yes" and not row["conditions"] else None,
        "name": f"{row['measure']}/{row['limb']}",
        "title": row["title"],
        "citation": row["citation"],
        "why": row["why"],
        "holds": "possibly" if row["conditions"] else holds,
        "conditions": row["conditions"],
    }


def _claims(
    register: Register, law: ControlLaw, question: LicenceQuestion, found: LicenceAnswer
) -> Iterator[LicenceClaim]:
    """What was said about the measures that touch these goods; it decides nothing."""
    touched = {rule.measure for answer in found.regimes for rule in (*answer.rules, *answer.nearly)}
    described = {claim.id: claim for claim in register.measures(kind="claim")}
    for side in law.regimes:
        for name, measures in side.terms.claims:
            # A register that was cut down may lack the claims beside the law.
            claim = described.get(name)
            if claim is None or not touched & set(measures):
                continue
            if is_known(claim, question.known_on):
                row = claim_row(register, claim, question.known_on)
                yield {**row, "source": "; ".join(row["sources"])}


def _questions(found: LicenceAnswer) -> list[LicenceOpenQuestion]:
    """Open questions of both sides; the same one asked by both is told once a side."""
    return [_question(answer.by, each) for answer in found.regimes for each in answer.doubts]


def _question(by: str, doubt: OpenDecision) -> LicenceOpenQuestion:
    return {
        "kind": doubt.kind,
        "by": by,
        "fact": doubt.fact or None,
        "question": doubt.question,
        "if_true": _outcome(doubt.if_true),
        "if_false": _outcome(doubt.if_false),
    }


def _outcome(outcome: tuple[str, str, str]) -> LicenceOutcome:
    decision, policy, strictest = outcome
    return {
        "decision": decision,
        "policy": policy or None,
        "at_most": None if strictest == decision else strictest,
    }


def _read_days(register: Register, law: ControlLaw) -> str:
    """How far the controls were read, in words: a day, or the first and the last by area."""
    areas = {measure.area for side in law.regimes for measure in side.measures}
    days = sorted({register.areas[name].reviewed_through for name in areas & register.areas.keys()})
    first, last = long_day(days[0]), long_day(days[-1])
    return first if first == last else f"{first} to {last}, by the area of law"


def notes(
    register: Register,
    law: ControlLaw,
    question: LicenceQuestion,
    found: LicenceAnswer,
    parties: Sequence[PartyFound],
    through: str | None,
) -> Iterator[str]:
    """What must be known beside the decision: what came back by date, lists, how far was read.

    Args:
        register: the register asked.
        law: its controls.
        question: the transaction.
        found: what was decided.
        parties: listed parties that were found.
        through: the last day through which the controls consulted were read.
    """
    if question.start not in {side.by for side in law.regimes}:
        name = register.countries[question.start]
        yield f"The export controls of {name} itself are not held here: ask there too."
    for side in law.regimes:
        if side.by == question.start and side.terms.read.apart:
            yield side.terms.read.apart
    for side, answer in zip(law.regimes, found.regimes, strict=True):
        yield from answer.notes
        for rule in answer.rules:
            if rule.revived and not rule.displaced_by:
                measure = side.measure(rule.measure)
                provision = measure.provision(rule.provision)
                row = confirmed_row(register, measure, rule.start, (provision,))
                doubt = "" if row["confirmed"] else unconfirmed_words(row["confirmed_through"])
                title = title_of(measure, provision, None)
                yield (
                    f"“{title}” is in force again because its suspension "
                    f"ends by its date; no later text was read{doubt and f': {doubt}'}."
                )
    for by, minute in within_day(question, law, found):
        when = minute_text(minute, register.zones[by])
        yield f"A rule of {by} changes within this day, at {when}."
    if parties:
        yield (
            "Lists of parties are those at hand (`detente lists`), and a hit is a reason to look: "
            "the entry itself says when it was listed and what it requires."
        )
    day = day_text(max(question.minutes.values()) // MINUTES)
    if through and day > through:
        yield (
            f"The controls were read through {_read_days(register, law)}: for this day the answer "
            "assumes that nothing was ordered since that the register does not hold."
        )
    yield "Planning aid, not legal advice: the authorities classify, and decide on licences."
