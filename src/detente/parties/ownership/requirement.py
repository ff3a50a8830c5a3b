"""What an affiliate must do: the most restrictive of what its listed owners must.

Requirements are a lattice, not a ladder: a stricter policy on fewer items is neither above nor
below a milder one on more. Of those that compare the strictest is kept, of the others all.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.parties.ownership.graph import Graph
from detente.parties.ownership.model import Seed
from detente.parties.ownership.regimes import Regime

EVERY_ITEM = ("", "all", "all items", "all items subject to the ear")
"""Ways to write that a requirement speaks of every item."""


def requirement_of(seed: Seed) -> str:
    """What a listing requires, as the file says, or a reference to the listing."""
    if seed.requirement:
        return seed.requirement
    programmes = f" {', '.join(seed.programmes)}" if seed.programmes else ""
    return f"what the listing of {seed.id} requires ({seed.list}{programmes})"


def strictest(requirements: Iterable[str], strictness: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some requirements that no other one covers.

    Args:
        requirements: a policy, or items and a policy: ``listed items: case_by_case``.
        strictness: policies, the strictest first. Other words compare with nothing.
    """
    kept = sorted(set(requirements))
    return tuple(
        each
        for each in kept
        if not any(_covers(other, each, strictness) for other in kept if other != each)
    )


def _covers(other: str, each: str, strictness: tuple[str, ...]) -> bool:
    """Whether one requirement asks for everything that another asks for."""
    other_items, other_policy = _parts(other)
    items, policy = _parts(each)
    if policy not in strictness or other_policy not in strictness:
        return False
    wider = other_items == items or other_items in EVERY_ITEM
    return wider and strictness.index(other_policy) <= strictness.index(policy)


def _parts(requirement: str) -> tuple[str, str]:
    items, _, policy = requirement.rpartition(":")
    return items.strip().lower(), policy.strip().lower().replace(" ", "_")


def requirements(
    rule: Regime, graph: Graph, covered: set[str], seeds: dict[str, tuple[Seed, ...]]
) -> dict[str, str]:
    """What each covered company must do; every covered owner's requirement comes down to it."""
    if not rule.strictness:
        return dict.fromkeys(covered, rule.consequence)
    found = {
        each: strictest(map(requirement_of, rows), rule.strictness) for each, rows in seeds.items()
    }
    todo = list(found)
    while todo:
        owner = todo.pop()
        for tie in graph.by_owner.get(owner, ()):
            if tie.owned not in covered or tie.shares[0] is None or not tie.shares[0].hi:
                continue
            before = found.get(tie.owned, ())
            after = strictest((*before, *found[owner]), rule.strictness)
            if after != before:
                found[tie.owned] = after
                todo.append(tie.owned)
    return {each: _words(found.get(each, ()), rule.consequence) for each in covered}


def _words(requirement: tuple[str, ...], otherwise: str) -> str:
    if len(requirement) > 1:
        return f"the most restrictive of: {'; '.join(requirement)}"
    return requirement[0] if requirement else otherwise
