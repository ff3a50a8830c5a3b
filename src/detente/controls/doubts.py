"""What is open: facts not given, parties not found for certain, days whose inclusion is unclear.

Each is asked alone: the question is decided once more with the other answer, and told where that
gives another decision or policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from detente._shapes import TYPE_CHECKING
from detente.controls.basis import reaches_goods
from detente.controls.model import (
    CANDIDATES,
    END_USER,
    EXPORTER,
    LICENCE,
    NONE,
    NOT_COVERED,
    RANKED,
    LicenceQuestion,
    OpenDecision,
    PartyFinding,
    RegimeAnswer,
)
from detente.controls.provisions import Tested, names, title_of, titles, word

if TYPE_CHECKING:
    from detente.controls.law import ControlLaw, SideControls
    from detente.controls.rulings import Ruling

DecideSide = Callable[[LicenceQuestion, "ControlLaw", "SideControls"], RegimeAnswer]


Sides = tuple[str, str, str]


def _sides(answer: RegimeAnswer) -> Sides:
    """Decision, policy and strictest decision."""
    decided = [each.decision for each in answer.candidates if each.decision in RANKED]
    if answer.decision in RANKED:
        decided = [answer.decision]
    elif any(each.decision == CANDIDATES for each in answer.candidates):
        decided.append(LICENCE)
    elif not decided:
        decided = [NOT_COVERED]
    return answer.decision, answer.policy, max(decided, key=RANKED.index, default=NONE)


def doubts(
    question: LicenceQuestion,
    law: ControlLaw,
    rulings: Sequence[Ruling],
    answer: RegimeAnswer,
    decide_side: DecideSide,
) -> tuple[OpenDecision, ...]:
    """The open questions of one side; the other answers are decided by its law alone."""
    regime = next(each for each in law.regimes if each.by == answer.by)
    here = _sides(answer)
    found: dict[tuple[str, str, str], OpenDecision] = {}
    described = (
        *_unlisted(question, regime, rulings),
        *_licensed(rulings, here),
        *_not_enforced(rulings, here),
    )
    for doubt in described:
        found[doubt.kind, doubt.fact, doubt.question] = doubt
    for kind, fact, text, other in _variants(question, law, regime, rulings):
        key = (kind, fact, text)
        if key in found:
            continue
        # The whole side is decided anew: one fact may open and close several provisions at once.
        there = decide_side(other, law, regime)
        if _sides(there) != here:
            found[key] = OpenDecision(kind, fact, text, _sides(there), here)
    return tuple(found.values())


def _unlisted(
    question: LicenceQuestion, regime: SideControls, rulings: Sequence[Ruling]
) -> Iterator[OpenDecision]:
    """Goods that leave a side, or were made there, and that no item of its own stands for."""
    if regime.by not in (question.start, question.made_in) or not regime.terms.unlisted:
        return
    if all(ruling.world.is_unknown for ruling in rulings):
        text = f"Is it an item that the register lacks? {regime.terms.unlisted}"
        yield OpenDecision("list", "", text, (CANDIDATES, "", LICENCE), (NONE, "", NONE))


def _licensed(rulings: Sequence[Ruling], here: Sides) -> Iterator[OpenDecision]:
    """A general licence that may hold: it belongs to an exporter and its customers."""
    if here[0] != LICENCE:
        return
    for each in (each for ruling in rulings for each in ruling.fired):
        if word(each.provision, "decision") == NONE and not names(each.provision, "instead_of"):
            shown = "; ".join(names(each.provision, "conditions"))
            question = f"Does one of these cover it: {each.measure.title} ({shown})?"
            yield OpenDecision("fact", "general_licence", question, (NONE, "", NONE), here)


def _not_enforced(rulings: Sequence[Ruling], here: Sides) -> Iterator[OpenDecision]:
    """Rules that stand in the text, and that the authority said it does not enforce."""
    for each, failed in (pair for ruling in rulings for pair in ruling.nearly):
        decision = word(each.provision, "decision")
        if failed.kind != "state" or each.standing.state != "not_enforced" or not decision:
            continue
        if RANKED.index(decision) > RANKED.index(here[2]):
            question = (
                f"The text of {each.measure.title} ({each.provision.title}) stands, and its "
                "authority said that it does not enforce it. Is the text followed?"
            )
            yield OpenDecision(
                "law", "", question, (decision, word(each.provision, "policy"), decision), here
            )


def _variants(
    question: LicenceQuestion, law: ControlLaw, regime: SideControls, rulings: Sequence[Ruling]
) -> Iterator[tuple[str, str, str, LicenceQuestion]]:
    """Other questions, each with one thing changed: kind, fact, what is asked, the question."""
    seen: set[tuple[str, str]] = set()
    # What tells apart what the goods may be is asked with that already, and has no default there.
    settling = {need for ruling in rulings for need in ruling.world.needs}
    for ruling in rulings:
        for each, failed in ruling.nearly:
            if failed.kind == "party":
                yield from _party(question, regime, each)
            for fact, value in failed.ways:
                if (fact, value) not in seen and fact not in settling:
                    seen.add((fact, value))
                    yield "fact", fact, _ask(law, fact, value), _with(question, law, fact, value)
    yield from _reaching(question, law, regime)
    yield from _doubtful(question, regime)
    yield from _boundary(question, rulings)


def _reaching(
    question: LicenceQuestion, law: ControlLaw, regime: SideControls
) -> Iterator[tuple[str, str, str, LicenceQuestion]]:
    """Facts not given that would bring goods that are no side's under this side's law."""
    if question.to == regime.by or any(reaches_goods(each, question) for each in law.regimes):
        return
    for fact in regime.terms.read.facts:
        if fact not in question.facts:
            value = "true" if law.facts[fact].type == "bool" else "100%"
            yield "fact", fact, _ask(law, fact, value), _with(question, law, fact, value)


def _ask(law: ControlLaw, fact: str, value: str) -> str:
    """The question whether a fact has a value."""
    if fact == "made_in":
        return f"Was it made in {law.countries[value]}?"
    if fact == "headquarters":
        return (
            "Has the end user, or its ultimate parent, its headquarters in a country such as "
            f"{law.countries[value]}?"
        )
    entry = law.facts[fact]
    described = f" ({value.replace('_', ' ')})" if entry.type == "word" else ""
    return entry.ask + described


def _with(question: LicenceQuestion, law: ControlLaw, fact: str, value: str) -> LicenceQuestion:
    if fact == "made_in":
        return question._replace(made_in=value)
    if fact == "headquarters":
        return question._replace(headquarters=value)
    return question._replace(facts={**question.facts, fact: value})


def _party(
    question: LicenceQuestion, regime: SideControls, each: Tested
) -> Iterator[tuple[str, str, str, LicenceQuestion]]:
    role = EXPORTER if word(each.provision, "role") == "exporter" else END_USER
    classes = names(each.provision, "parties")
    named = bool(question.exporter) if role == EXPORTER else question.end_user_known
    # Whom a party is owned by, no screening of its own name tells.
    if named and (question.owners_known or not _by_owners(regime, classes)):
        return
    who = role.replace("_", " ")
    found = PartyFinding(f"the {who}", role, classes[0])
    text = f"Is the {who} {titles(regime, classes)}?"
    yield "party", role, text, question._replace(parties=(*question.parties, found))


def _by_owners(regime: SideControls, classes: Sequence[str]) -> bool:
    """Whether a party belongs to one of these classes by its owners, and not by its name."""
    return any(
        each.raised and not each.list and not each.names
        for each in regime.terms.parties
        if each.name in classes
    )


def _doubtful(
    question: LicenceQuestion, regime: SideControls
) -> Iterator[tuple[str, str, str, LicenceQuestion]]:
    for found in question.parties:
        if found.likely:
            continue
        sure = tuple(
            each._replace(likely=True) if _same(each, found) else each for each in question.parties
        )
        text = f"Is {found.name} the {found.entry}, {title_of(regime, found.word)}?"
        yield "party", found.role, text, question._replace(parties=sure)


def _same(one: PartyFinding, other: PartyFinding) -> bool:
    return (one.role, one.name, one.entry) == (other.role, other.name, other.entry)


def _boundary(
    question: LicenceQuestion, rulings: Iterable[Ruling]
) -> Iterator[tuple[str, str, str, LicenceQuestion]]:
    if question.exclude_boundary:
        return
    open_today = dict.fromkeys(
        each.measure.title
        for ruling in rulings
        for each in (*ruling.fired, *ruling.perhaps, *(pair[0] for pair in ruling.nearly))
        if each.standing.boundary
    )
    for title in open_today:
        text = f"Is this day no longer within the suspension ({title})? The text leaves it open."
        yield "boundary", "", text, question._replace(exclude_boundary=True)
