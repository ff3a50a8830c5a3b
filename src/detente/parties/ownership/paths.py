"""Ways from a listed party down to a company, one for each owner that counts in it."""

from __future__ import annotations

from detente.parties.ownership.found import Finding, Found
from detente.parties.ownership.graph import Graph, Tie


def paths(graph: Graph, found: Found, finding: Finding) -> list[list[Tie]]:
    """For each owner that counts, the holdings from a listed party to the company.

    Each way goes up through the owner that was reached first and, of several, holds most; so it
    never turns in a ring.
    """
    ways = [[*_up(graph, found, tie.owner), tie] for tie, _ in finding.ties]
    # An owner that was reached only through the company itself is no way to it.
    return [way for way in ways if all(tie.owner != finding.id for tie in way)]


def _up(graph: Graph, found: Found, owned: str) -> list[Tie]:
    """The holdings from a listed party to an owner."""
    way: list[Tie] = []
    while found.owners[owned]:
        above = [
            tie
            for tie in graph.by_owned[owned]
            if tie.owner in found.owners
            and found.owners[tie.owner] < found.owners[owned]
            and any(share is not None and share.hi for share in tie.shares)
        ]
        tie = max(above, key=lambda each: (_size(each), each.owner))
        way.append(tie)
        owned = tie.owner
    return way[::-1]


def _size(tie: Tie) -> tuple[bool, object]:
    share = tie.shares[0]
    return (share is not None, share)
