"""Whether a transaction needs permission: every provision of both sides, the strictest answer wins.

For each side: a provision fires when all its conditions hold. Provisions named by ``instead_of`` of
one that fires stand back. What is left gives the decision (prohibited before licence before none)
and the strictest of their review policies. Goods that may be several things are decided in every
world (``items``), with what is not known of the parameters taken both ways; where all agree, that
stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente._shapes import NamedTuple
from detente.controls.basis import basis_of, is_held, reaches_goods, weighed
from detente.controls.doubts import doubts
from detente.controls.facts import ParameterError, read, value_of
from detente.controls.items import (
    OTHER,
    UNKNOWN,
    ItemError,
    ItemReading,
    is_code,
    near_names,
    normal,
)
from detente.controls.law import ControlLaw, SideControls
from detente.controls.model import (
    CANDIDATES,
    RANKED,
    LicenceAnswer,
    LicenceQuestion,
    RegimeAnswer,
)
from detente.controls.provisions import Scopes, coming_in, counted_as, tested
from detente.controls.rulings import OVER, Ruling, rank, ruling_of, strictest
from detente.controls.telling import (
    candidates_of,
    near_rules_of,
    needs_of,
    notes_of,
    reached_by,
    rules_of,
)
from detente.core.clock import MINUTES, day_text
from detente.register.periods import state_at


def decide(question: LicenceQuestion, law: ControlLaw, questions: bool = True) -> LicenceAnswer:
    """What both sides decide about a transaction.

    Args:
        question: the transaction; see ``LicenceQuestion``.
        law: the controls of a register.
        questions: also ask what is open, which decides the question again a few times, and tell
            which provisions nearly apply.

    Raises:
        ItemError: the item or code is unknown, or contradicts the parameters.
        FactError: a parameter cannot be read.
    """
    understood = checked(question, law)
    sides = [_side(law, regime, understood, questions) for regime in law.regimes]
    found = {max(rank(decision) for decision in each) for each in _together(sides)}
    decision = RANKED[found.pop()] if len(found) == 1 else CANDIDATES
    answers = tuple(side.answer for side in sides)
    if questions:
        answers = tuple(
            answer._replace(doubts=doubts(understood, law, side.rulings, answer, decide_side))
            for side, answer in zip(sides, answers, strict=True)
        )
    policies = [each.policy for each in answers if decision in (each.decision, CANDIDATES)]
    return LicenceAnswer(decision, strictest(policies), answers, understood.facts)


def decide_side(question: LicenceQuestion, law: ControlLaw, regime: SideControls) -> RegimeAnswer:
    """What one side decides about a question that was checked; nothing is asked back."""
    return _side(law, regime, question, False).answer


class _Side(NamedTuple):
    """The answer of one side, with the rulings behind it."""

    answer: RegimeAnswer
    rulings: tuple[Ruling, ...]


def _together(sides: Sequence[_Side]) -> Iterable[tuple[str, ...]]:
    """Every combination of what the sides may decide."""
    combined: set[tuple[str, ...]] = {()}
    for side in sides:
        decisions = {each[0] for ruling in side.rulings for each in ruling.outcomes}
        combined = {(*before, decision) for before in combined for decision in decisions}
    return combined


def checked(question: LicenceQuestion, law: ControlLaw) -> LicenceQuestion:
    """The question with its facts read, and the parameters of a named product filled in.

    Raises:
        FactError: a fact is not one that controls ask for, or its value cannot be read.
        ItemError: the item or the content is unknown, or a parameter contradicts the product.
    """
    usable = parameters(law)
    facts = {}
    for key, text in question.facts.items():
        if key not in usable:
            raise ParameterError(
                f"unknown parameter {key!r}: the rules ask for {', '.join(usable)}"
            )
        facts[key] = read(law.facts[key], text)
    catalogues = [regime.catalogue for regime in law.regimes]
    for name in (*question.content, *([question.item] if question.item else [])):
        if all(catalogue.find(name) is None for catalogue in catalogues):
            near = ", ".join(near_names(catalogues, name))
            hint = f"perhaps {near}" if near else "write a control code, or a name such as gallium"
            if is_code(normal(name)):
                hint = (
                    "no list that is held has this number: it may be of another edition or lost "
                    f"in the copy, and nothing is said of it{f' (near: {near})' if near else ''}"
                )
            raise ItemError(f"the register has no item {name!r}: {hint}")
    for share in question.content.values():
        read(law.facts["chinese_content"], share)
    if question.item:
        for catalogue in catalogues:
            item = catalogue.exact(question.item)
            for key, known in catalogue.items[item].known if item else ():
                # What the question states stands, so the product's own parameters have to agree
                # with it.
                if facts.setdefault(key, known) != known:
                    raise ItemError(f"{question.item} has {key} {known}, not {facts[key]}")
    return question._replace(facts=facts)


def parameters(law: ControlLaw) -> list[str]:
    """The entry facts that some provision of a control, or some item, tests."""
    tests = {
        test.fact
        for regime in law.regimes
        for measure in regime.measures
        for provision in measure.provisions
        for test in provision.when
    }
    tests.update(
        test.fact
        for regime in law.regimes
        for item in regime.terms.items
        for alternative in item.when
        for test in alternative
    )
    # A limit on the value of an order decides an exception, and no provision.
    return sorted({*tests, *(name for name in ("order_value",) if name in law.facts)})


def _side(law: ControlLaw, regime: SideControls, question: LicenceQuestion, whole: bool) -> _Side:
    """The answer of one side; with near misses and notes where the whole of it is told."""
    day = day_text(question.minutes[regime.by] // MINUTES)
    reached = reaches_goods(regime, question)
    worlds = [
        world._replace(read=is_held(regime, world, day, reached))
        for world in worlds_of(law, regime, question)
    ]
    if len(worlds) > 1:
        worlds = distinct_worlds(regime, worlds, _alive(regime, question, _within(worlds)))
    scopes: Scopes = {}
    within = _within(worlds)
    to = counted_as(law, regime, question)
    provisions = [
        tested(law, regime, each.measure, each.provision, question, scopes, each.scope)
        for each in regime.reaching
        # One of every item that goes elsewhere neither fires nor nearly does.
        if (each.scope.wide and (not each.scope.to or law.inside(each.scope.to, to)))
        or not within.isdisjoint(each.scope.items)
    ]
    ruled = [ruling_of(regime, world, provisions) for world in worlds]
    bases = [basis_of(law, regime, question, ruling) for ruling in ruled]
    rulings = tuple(
        ruling._replace(outcomes=weighed(ruling.outcomes, basis, question.scheduled))
        for ruling, basis in zip(ruled, bases, strict=True)
    )
    outcomes = [each for ruling in rulings for each in ruling.outcomes]
    decisions = {decision for decision, _ in outcomes}
    decision = decisions.pop() if len(decisions) == 1 else CANDIDATES
    same = [policy for _, policy in outcomes]
    # Goods that are decided alike whatever they turn out to be leave nothing to settle of them.
    differ = len({ruling.outcomes for ruling in rulings}) > 1
    open_ = len(set(outcomes)) > 1 and (differ or any(each.outcomes[1:] for each in ruled))
    needs = needs_of(rulings) if open_ else ()
    answer = RegimeAnswer(
        by=regime.by,
        decision=decision,
        policy=strictest(same),
        rules=tuple(rules_of(regime, rulings)),
        nearly=tuple(near_rules_of(regime, rulings)) if whole else (),
        needs=needs,
        candidates=tuple(candidates_of(regime, rulings)) if open_ else (),
        doubts=(),
        notes=tuple(notes_of(regime, question, rulings)) if whole else (),
        measures=tuple(measure.id for measure in regime.measures),
        reached=tuple(reached_by(regime, rulings, provisions)),
        coverage=tuple(dict.fromkeys(row for basis in bases for row in basis.rows)),
    )
    return _Side(answer, rulings)


def worlds_of(
    law: ControlLaw, regime: SideControls, question: LicenceQuestion
) -> list[ItemReading]:
    """What the goods may be to one side."""
    if question.code is not None and question.to == regime.by:
        rows = coming_in(law, regime, question)
        return regime.catalogue.worlds_coming_in(rows, question.facts)
    values = {key: value_of(fact, question.facts) for key, fact in law.facts.items()}
    if question.code is not None:
        return regime.catalogue.worlds_of_code(question.code, values)
    item = named_item(law, regime, question.item or "")
    return [UNKNOWN] if item is None else regime.catalogue.worlds_of_item(item, values)


def named_item(law: ControlLaw, regime: SideControls, text: str) -> str | None:
    """The item of one side that a name means; a wider code only where no side has the code itself.

    Both sides number items alike and mean other things: 3A001.z is a chip to one of them, and no
    letter of the other's 3A001.
    """
    if any(side.catalogue.exact(text) for side in law.regimes):
        return regime.catalogue.exact(text)
    return regime.catalogue.find(text)


def _within(worlds: Sequence[ItemReading]) -> frozenset[str]:
    """Every item that the goods of some world are within."""
    return frozenset[str]().union(*(world.items for world in worlds))


def _alive(
    regime: SideControls, question: LicenceQuestion, within: frozenset[str]
) -> frozenset[str]:
    """Of some items, those that some provision names which is not over."""
    alive: set[str] = set()
    minute = question.minutes[regime.by]
    for _, provision, scope in regime.reaching:
        named = within & scope.named
        if not named <= alive and state_at(provision, minute, question.known_on) not in OVER:
            alive |= named
    return frozenset(alive)


def distinct_worlds(
    regime: SideControls, worlds: Sequence[ItemReading], alive: frozenset[str]
) -> list[ItemReading]:
    """The worlds that some provision tells apart.

    Of those that none does, the first stands for all.

    An item that only provisions name which are over is none beside others.
    """
    standing = [world for world in worlds if world.items & alive]
    needs = tuple(dict.fromkeys(need for world in standing for need in world.needs))
    for held in sorted({world.read for world in worlds if not world.items & alive}):
        standing.append(OTHER._replace(needs=needs, read=held))
    found: dict[tuple[bool, bool, frozenset[str]], ItemReading] = {}
    for world in standing:
        key = (world.read, world.item is None, world.items & regime.named)
        if key not in found:
            found[key] = world
        else:
            found[key] = _either(found[key], world)
    return list(found.values())


def _either(one: ItemReading, other: ItemReading) -> ItemReading:
    """Two worlds as one: what both are within names it."""
    if one.item is None or other.item is None:
        return one._replace(needs=tuple(dict.fromkeys((*one.needs, *other.needs))))
    if one.item in other.items:
        return one
    return other if other.item in one.items else one
