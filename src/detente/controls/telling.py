"""A ruling told: rules, near misses, candidates, what is needed, what must be known beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.controls.items import SUBHEADING
from detente.controls.law import SideControls
from detente.controls.model import (
    CANDIDATES,
    NONE,
    POLICIES,
    Condition,
    FiredProvision,
    ItemCandidate,
    LicenceQuestion,
)
from detente.controls.provisions import Tested, names, word
from detente.controls.rulings import Ruling, policy_of, rank, reaches, standing_back


def needs_of(rulings: Sequence[Ruling]) -> tuple[str, ...]:
    """What would settle it: what tells the worlds apart, and the facts that provisions wait for."""
    settled = {ruling.outcomes for ruling in rulings}
    needs: list[str] = []
    if len(settled) > 1:
        needs.extend(need for ruling in rulings for need in ruling.world.needs)
    for ruling in rulings:
        if len(ruling.outcomes) > 1:
            needs.extend(condition.fact for each in ruling.perhaps for condition in each.unknown)
    return tuple(dict.fromkeys(needs))


def notes_of(
    regime: SideControls, question: LicenceQuestion, rulings: Sequence[Ruling]
) -> Iterable[str]:
    """What must be known of the code or the item beside the decision."""
    if question.code is None:
        if len(rulings) == 1 and rulings[0].world.item is None and not rulings[0].world.is_unknown:
            yield f"{question.item}: {rulings[0].world.title}."
        named = regime.catalogue.find(question.item or "")
        items = [regime.catalogue.items[named]] if named else []
        yield from (f"{item.title}: {item.note}" for item in items if item.note)
        return
    if question.to == regime.by:
        # What the law says of goods that come in is told with the records themselves.
        return
    rows = regime.catalogue.rows(question.code)
    for row in rows:
        if row.meant:
            yield f"Misprint: {row.note}."
    schedules = {row.schedule for row in rows}
    if (
        len({row.item for row in rows}) > 1
        and len(schedules) > 1
        and len(question.code) > SUBHEADING
    ):
        yield (
            "The digits stand for different goods in the tariffs of China and of the United "
            "States: both were taken."
        )
    plain = dict.fromkeys(row.note for row in rows if row.note and not row.meant)
    yield from (f"Of this code: {note}." for note in plain)


def candidates_of(regime: SideControls, rulings: Sequence[Ruling]) -> Iterable[ItemCandidate]:
    """What the goods may be, each with the strictest that may be decided then."""
    for ruling in rulings:
        decision, policy = max(
            ruling.outcomes,
            key=lambda each: (rank(each[0]), POLICIES.index(each[1]) if each[1] else -1),
        )
        if len({decided for decided, _ in ruling.outcomes}) > 1:
            decision = CANDIDATES
        world = ruling.world
        waiting = [condition.fact for each in ruling.perhaps for condition in each.unknown]
        needs = tuple(dict.fromkeys((*world.needs, *waiting)))
        yield ItemCandidate(
            regime.by, world.item, world.title, decision, policy, needs, world.code, world.grade
        )


def reached_by(
    regime: SideControls, rulings: Sequence[Ruling], provisions: Sequence[Tested]
) -> Iterable[tuple[str, str]]:
    """The provisions that may fire on another day: nothing but their days is against it."""
    for each in provisions:
        against = [failed for failed in each.false if failed.kind not in ("state", "under")]
        if not against and any(reaches(each, ruling.world, True) for ruling in rulings):
            yield each.measure.id, each.provision.id


def rules_of(regime: SideControls, rulings: Sequence[Ruling]) -> Iterable[FiredProvision]:
    """The provisions that fire in some world, each once; those that stand back are marked."""
    seen: set[tuple[str, str]] = set()
    for ruling in rulings:
        standing = {(each.measure.id, each.provision.id) for each in standing_back(ruling.fired)}
        for each in ruling.fired:
            key = (each.measure.id, each.provision.id)
            if key not in seen:
                seen.add(key)
                by = "" if key in standing else _instead(each, ruling.fired)
                always = all(
                    key in {(one.measure.id, one.provision.id) for one in other.fired}
                    for other in rulings
                )
                yield rule(regime, each, displaced_by=by)._replace(always=always)


def _instead(each: Tested, fired: Sequence[Tested]) -> str:
    return next(
        (
            other.provision.id
            for other in fired
            if other.measure.id == each.measure.id
            and each.provision.id in names(other.provision, "instead_of")
        ),
        "",
    )


def near_rules_of(regime: SideControls, rulings: Sequence[Ruling]) -> Iterable[FiredProvision]:
    """Provisions that fired nowhere: one condition kept them out, or they wait for a parameter."""
    fired = {(each.measure.id, each.provision.id) for ruling in rulings for each in ruling.fired}
    seen: set[tuple[str, str]] = set()
    for ruling in rulings:
        waiting = [(each, each.unknown[0]) for each in ruling.perhaps]
        for each, failed in (*waiting, *ruling.nearly):
            key = (each.measure.id, each.provision.id)
            if key not in fired and key not in seen:
                seen.add(key)
                yield rule(regime, each, failed=failed)


def rule(
    regime: SideControls, each: Tested, displaced_by: str = "", failed: Condition | None = None
) -> FiredProvision:
    """A provision as it is told."""
    held = [condition for condition in each.conditions if condition.holds and condition.text]
    # The state is told last; the sort is stable, so the rest keeps the order of the tests.
    order = sorted(held, key=lambda condition: condition.kind == "state")
    why = failed.text if failed is not None else "; ".join(condition.text for condition in order)
    return FiredProvision(
        by=regime.by,
        measure=each.measure.id,
        provision=each.provision.id,
        decision=word(each.provision, "decision") or NONE,
        policy=policy_of(each),
        why=why,
        state=each.standing.state,
        start=each.standing.start,
        until=each.standing.until,
        conditions=names(each.provision, "conditions"),
        exceptions=names(each.provision, "exceptions"),
        displaced_by=displaced_by,
        revived=each.standing.revived,
        failed=failed,
        reviewed_by=word(each.provision, "reviewed_by"),
        review=word(each.provision, "review"),
        review_grade=word(each.provision, "review_grade"),
    )
