"""What an affiliate must do: the most restrictive of what its listed owners must.

Requirements are a lattice, not a ladder: a stricter policy on fewer items is neither above nor
below a milder one on more. Of those that compare the strictest is kept, of the others all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain

from detente.parties.ownership.graph import Graph
from detente.parties.ownership.model import Seed
from detente.parties.ownership.regimes import OwnershipRegime

EVERY_ITEM = ("", "all", "all items", "all items subject to the ear")
"""Ways to write that a requirement speaks of every item."""


SHOWN = 50
"""Requirements that do not compare and are told of one company; the rest is counted."""


def requirement_of(seed: Seed) -> str:
    """What a listing requires, as the file says, or a reference to the listing."""
    if seed.requirement:
        return seed.requirement
    programmes = f" {', '.join(seed.programmes)}" if seed.programmes else ""
    return f"what the listing of {seed.id} requires ({seed.list}{programmes})"


def strictest(requirements: Iterable[str], strictness: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some requirements that no other one covers, in order of their text.

    A requirement covers another of the same items, or of fewer where it speaks of every item, if
    its policy is at least as strict; of two that cover each other the first stands.

    Args:
        requirements: a policy, or items and a policy: ``listed items: case_by_case``.
        strictness: policies, the strictest first. Other words compare with nothing.
    """
    described = set(requirements)
    if len(described) == 1:
        return tuple(described)
    rank = {policy: place for place, policy in enumerate(strictness)}
    chosen: list[str] = []
    best: dict[str, tuple[int, str]] = {}
    for each in sorted(described):
        items, policy = _parts(each)
        if policy not in rank:
            chosen.append(each)
            continue
        over = "" if items in EVERY_ITEM else items
        if over not in best or rank[policy] < best[over][0]:
            best[over] = rank[policy], each
    whole = best.pop("", None)
    chosen.extend(each for at, each in best.values() if whole is None or at < whole[0])
    if whole is not None:
        chosen.append(whole[1])
    return tuple(sorted(chosen))


def _parts(requirement: str) -> tuple[str, str]:
    items, _, policy = requirement.rpartition(":")
    return items.strip().lower(), policy.strip().lower().replace(" ", "_")


def requirements(
    rule: OwnershipRegime,
    graph: Graph,
    covered: Collection[str],
    seeds: dict[str, tuple[Seed, ...]],
) -> dict[str, str]:
    """What each covered company must do; every covered owner's requirement comes down to it."""
    if not rule.strictness or not covered:
        return dict.fromkeys(covered, rule.consequence)
    found = {
        each: strictest(map(requirement_of, rows), rule.strictness) for each, rows in seeds.items()
    }
    by_owner, changed = graph.by_owner, dict.fromkeys(found)
    while changed:
        arriving: dict[str, tuple[str, ...]] = {}
        differing: dict[str, set[tuple[str, ...]]] = {}
        for owner in changed:
            required = found[owner]
            for tie in by_owner.get(owner, ()):
                owned, share = tie.owned, tie.shares[0]
                if owned in covered and share is not None and share.hi:
                    first = arriving.setdefault(owned, required)
                    if first is not required and first != required:
                        differing.setdefault(owned, {first}).add(required)
        changed = {}
        for owned, first in arriving.items():
            before = found.get(owned, ())
            after, sets = first, differing.get(owned) if differing else None
            if before and (before != first or sets):
                sets = {before, first, *(sets or ())}
            if sets:
                after = strictest(chain.from_iterable(sets), rule.strictness)
            if after != before:
                found[owned] = after
                if owned in by_owner:
                    changed[owned] = None
    described = {each: _words(each, rule.consequence) for each in {(), *found.values()}}
    return {each: described[found.get(each, ())] for each in covered}


def _words(requirement: tuple[str, ...], otherwise: str) -> str:
    if len(requirement) > 1:
        more = len(requirement) - SHOWN
        rest = f"; and {more} more, each as its listing says" if more > 0 else ""
        return f"the most restrictive of: {'; '.join(requirement[:SHOWN])}{rest}"
    return requirement[0] if requirement else otherwise
