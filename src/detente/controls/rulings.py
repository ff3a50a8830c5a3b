"""What one side rules in one world: which provisions fire, and what they decide together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente._shapes import NamedTuple
from detente.controls.items import ItemReading, is_code
from detente.controls.law import SideControls
from detente.controls.model import LICENCE, NONE, POLICIES, RANKED, Condition
from detente.controls.provisions import Tested, names, word

OVER = ("lapsed", "ended", "expired", "announced", "never_operated")
"""States of a provision that is not a near miss: it is over, or was never law."""

DENIED = ("presumption_of_denial", "policy_of_denial")
"""Policies beside which one that was not read changes nothing for who asks."""

Outcome = tuple[str, str]
"""A decision and a policy."""


def rank(decision: str) -> int:
    """How strict a decision is."""
    return RANKED.index(decision)


def strictest(policies: Iterable[str]) -> str:
    """The strictest of some review policies; empty where none is stated."""
    known = [policy for policy in policies if policy in POLICIES]
    return max(known, key=POLICIES.index, default="")


class Ruling(NamedTuple):
    """What one side decides in one world: the provisions that fire, may fire, and nearly fired."""

    world: ItemReading
    outcomes: tuple[Outcome, ...]
    fired: tuple[Tested, ...]
    perhaps: tuple[Tested, ...]
    nearly: tuple[tuple[Tested, Condition], ...]


def ruling_of(regime: SideControls, world: ItemReading, provisions: Sequence[Tested]) -> Ruling:
    """What one side rules of goods that are what a world says.

    Provisions that wait for a parameter are taken both ways, each alone and all together.
    """
    licensed = _licensed(world, provisions)
    fired: list[Tested] = []
    perhaps: list[Tested] = []
    nearly: list[tuple[Tested, Condition]] = []
    for provision in provisions:
        if not reaches(provision, world, licensed):
            continue
        each = _under_own(provision, fired, perhaps)
        failed, unknown = each.false, each.unknown
        if not failed and "decision" in each.provision.control:
            (perhaps if unknown else fired).append(each)
        elif len(failed) == 1 and _is_near(regime, each, failed[0]):
            nearly.append((each, failed[0]))
    outcomes = {outcome(regime, fired)}
    outcomes.update(outcome(regime, [*fired, each]) for each in perhaps)
    if len(perhaps) > 1:
        outcomes.add(outcome(regime, [*fired, *perhaps]))
    return Ruling(world, tuple(sorted(outcomes)), tuple(fired), tuple(perhaps), tuple(nearly))


def _under_own(each: Tested, fired: Sequence[Tested], perhaps: Sequence[Tested]) -> Tested:
    """A provision that stands under earlier ones of its own measure, with that condition added."""
    under = each.scope.under_own
    if not under:
        return each

    def among(some: Sequence[Tested]) -> bool:
        return any(one.measure.id == each.measure.id and one.provision.id in under for one in some)

    holds = True if among(fired) else None if among(perhaps) else False
    waiting = [
        condition.fact
        for one in perhaps
        if one.measure.id == each.measure.id and one.provision.id in under
        for condition in one.unknown
    ]
    text = f"reached by {' or '.join(under)}"
    added = Condition("under", holds, text if holds else f"not {text}", "".join(waiting[:1]))
    return each._replace(conditions=(*each.conditions, added))


def reaches(each: Tested, world: ItemReading, licensed: bool) -> bool:
    """Whether a provision's items hold the goods; ``licensed``: they need a licence already."""
    scope = each.scope
    if not world.items.isdisjoint(scope.but_not):
        return False
    if not world.items.isdisjoint(scope.items):
        return True
    return bool(scope.wide) and any(_within_reach(each, world, licensed) for each in scope.wide)


def _within_reach(reach: str, world: ItemReading, licensed: bool) -> bool:
    """Whether goods are what an item that is no list reaches; see ``REACHES``."""
    if reach in ("everything", "licensed"):
        return licensed or reach == "everything"
    numbers = (name for name in world.items if is_code(name))
    return any(reach == "listed" or name[:2] in reach.split() for name in numbers)


def _licensed(world: ItemReading, provisions: Sequence[Tested]) -> bool:
    """Whether some provision in force asks a licence for these goods to every destination."""
    return any(
        each.provision.control.get("decision") == LICENCE
        and each.standing.state == "in_force"
        and names(each.provision, "from")
        and names(each.provision, "to") == ("all",)
        and not world.items.isdisjoint(each.scope.items)
        and world.items.isdisjoint(each.scope.but_not)
        for each in provisions
    )


def _is_near(regime: SideControls, each: Tested, failed: Condition) -> bool:
    """Whether a provision that one condition kept out is worth telling of."""
    if failed.kind == "state":
        return each.standing.state not in OVER
    if each.standing.state != "in_force":
        return False
    if failed.kind == "party":
        return any(map(regime.raised, names(each.provision, "parties")))
    if each.scope.wide and "licensed" not in each.scope.wide:
        return failed.kind in ("fact", "content", "headquarters")
    return True


def outcome(regime: SideControls, fired: Sequence[Tested]) -> Outcome:
    """The decision and policy of provisions that fire together."""
    left = standing_back(fired)
    deciding = [each for each in left if each.provision.control["decision"] != NONE]
    if not deciding:
        return NONE, ""
    decision = max((word(each.provision, "decision") for each in deciding), key=rank)
    same = [each for each in deciding if word(each.provision, "decision") == decision]
    policy = strictest(policy_of(each) for each in same)
    # A reason whose review was not read may be reviewed by a stricter one, unless it is denied.
    unread = any("reviews" in each.provision.control and not policy_of(each) for each in same)
    return decision, policy if not unread or policy in DENIED else ""


def standing_back(fired: Sequence[Tested]) -> list[Tested]:
    """The provisions that are left when those named by ``instead_of`` have stood back."""
    named = {
        (each.measure.id, other) for each in fired for other in names(each.provision, "instead_of")
    }
    return [each for each in fired if (each.measure.id, each.provision.id) not in named]


def policy_of(each: Tested) -> str:
    """The review policy of a provision.

    That of the party's entry where the provision points to it.
    """
    policy = word(each.provision, "policy")
    if policy in POLICIES or not policy:
        return policy
    found = [
        condition.fact
        for condition in each.conditions
        if condition.kind == "party" and condition.holds
    ]
    return found[0] if found and found[0] in POLICIES else ""
