"""Ways from a listed party down to a company, kept as one link a company and written out on demand.

A chain of tiers has as many steps as all its tiers together, so ways are not kept: every company
has a link to the owner through which it was reached, and a way is walked up link by link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente._shapes import TYPE_CHECKING
from detente.parties.ownership.graph import KINDS, Graph, Tie

if TYPE_CHECKING:
    from detente.parties.ownership.found import CoveredCompany, Coverings

FULL, FIRST, NO_PATHS = "full", "first", "none"
"""What is written out: every way of a company, the first one alone, or the links alone."""

WRITTEN = (FULL, FIRST, NO_PATHS)

MOST_STEPS = 300_000
"""Holdings on all the ways that are written out of one answer; beyond, the links stand alone."""


class OwnerPaths:
    """The ways of one answer, by links that are found once a company."""

    def __init__(self, graph: Graph, found: CoveredCompany, written: str = FULL) -> None:
        """Begin with no link.

        Args:
            graph: holdings on a day.
            found: who was reached, and through how many holdings.
            written: one of `WRITTEN`.
        """
        self._graph = graph
        self._rows = found.covered.others, found.possible.others
        self._owners = found.owners
        self._above: dict[str, Tie] = {}
        self._written = written
        self._left = MOST_STEPS
        self._cut: set[str] = set()

    @property
    def cut(self) -> int:
        """Companies of which ways were to be written out, and there were too many steps."""
        return len(self._cut)

    def choose(self, companies: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Take companies in order, and say of which there is room to write the ways out.

        Args:
            companies: each with the owners that count in it.
        """
        if self._written == NO_PATHS:
            return
        tiers = self._owners
        for each, owners in companies:
            steps = 0
            for owner in owners:
                steps += tiers.get(owner, 0) + 1
            if steps > self._left:
                self._cut.add(each)
            else:
                self._left -= steps

    def steps(self, owners: Iterable[str], companies: Iterable[str]) -> Iterator[int]:
        """Holdings on the way of each company through an owner; 0 if it is not written out.

        -1 for a listed party.
        """
        tiers, cut, none = self._owners, self._cut, self._written == NO_PATHS
        listed = {each for each, tier in tiers.items() if not tier}
        for owner, each in zip(owners, companies, strict=True):
            if each in listed:
                yield -1
            else:
                yield 0 if none or each in cut else tiers.get(owner, 0) + 1

    def link(self, owned: str) -> Tie | None:
        """The holding through which a company was reached; None for a listed party.

        It is of the owner that was reached first and, of several, holds most.
        """
        if not self._owners.get(owned):
            return None
        sole = self._graph.sole.get(owned)
        if sole is not None:
            return self._graph.ties[sole]
        if owned not in self._above:
            ties, tiers = self._graph.ties, self._owners
            # Only owners of a lower tier, so that no way runs in a circle.
            above = [
                at
                for at in self._graph.ties_in(owned)
                if ties.owner[at] in tiers
                and tiers[ties.owner[at]] < tiers[owned]
                and self._leads(at)
            ]
            # The name decides between equal shares: every run shows the same way.
            end = self._graph.shares.end
            ends = {
                one: (end(one, False), end(one, True)) for one in map(ties.share.__getitem__, above)
            }
            most = max(ends.values())
            largest = (at for at in above if ends[ties.share[at]] == most)
            self._above[owned] = ties[max(largest, key=ties.owner.__getitem__)]
        return self._above[owned]

    def _leads(self, at: int) -> bool:
        """Whether a tie is one by which a company may be reached: of anything, or by contract."""
        if self._graph.held[self._graph.ties.share[at]]:
            return True
        tie = self._graph.ties[at]
        return tie.contract or any(share is not None and share.hi for share in tie.shares)

    def of(self, finding: Coverings) -> list[list[Tie]]:
        """The ways that are written out: for each owner that counts, the holdings down to it.

        An owner that was reached only through the company itself is not a way to it.
        """
        if self._written == NO_PATHS or finding.id in self._cut:
            return []
        found = []
        for tie, _ in finding.ties:
            way = self._down(finding.id, tie.owner)
            if way is not None:
                found.append([*way, tie])
                if self._written == FIRST:
                    break
        return found

    def through(self, company: str, numbers: Iterable[int]) -> Iterator[int | list[Tie]]:
        """The same one by one, of ties by their numbers; of a listed party's own the number alone.

        Of a company that hundreds of thousands own neither ways nor ties are made to be kept.
        """
        if self._written == NO_PATHS or company in self._cut:
            return
        ties, tiers, first = self._graph.ties, self._owners, self._written == FIRST
        owners = ties.owner
        for at in numbers:
            owner = owners[at]
            if not tiers.get(owner):
                yield at
            elif (way := self._down(company, owner)) is not None:
                yield [*way, ties[at]]
            else:
                continue
            if first:
                return

    def _down(self, company: str, owner: str) -> list[Tie] | None:
        """The holdings down to an owner of a company; None if they lead through the company."""
        above = self._owners.get(owner, 0)
        way = self._up(owner) if above else []
        # Up a way tiers only fall: the company itself is on none of an owner above it.
        if above <= self._owners.get(company, 0) or all(each.owner != company for each in way):
            return way
        return None

    def kind_of(self, tie: Tie) -> str:
        """The kind of holding by which a step leads down: the one that decides in the company.

        Equity, where the owner has nothing of that kind.
        """
        for rows in self._rows:
            row = rows.get(tie.owned)
            if row is not None and row.kind in KINDS and tie.shares[KINDS.index(row.kind)]:
                return row.kind
        return KINDS[0]

    def _up(self, owned: str) -> list[Tie]:
        """The holdings from a listed party to an owner."""
        walked = []
        tie = self.link(owned)
        while tie is not None:
            walked.append(tie)
            tie = self.link(tie.owner)
        walked.reverse()
        return walked
