"""The answer about owners: covered, possibly covered, what to look at, and why.

It never says that somebody controls somebody: it gives percentages, the path, the source, the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.core.coverage import vouched
from detente.core.figures import counted
from detente.parties.ownership.coverage import coverage, finding, status_of, unmatched
from detente.parties.ownership.found import Coverings, find
from detente.parties.ownership.graph import Graph, Tie, graph_on, sources_of
from detente.parties.ownership.model import Entity, Flag, Holdings
from detente.parties.ownership.paths import FULL, WRITTEN, OwnerPaths
from detente.parties.ownership.regimes import OwnershipRegime, regime, standing_on
from detente.parties.ownership.requirement import requirements
from detente.parties.ownership.seeds import start
from detente.parties.ownership.shares import Share, decimal_text, is_decimal
from detente.parties.ownership.warnings import ambiguous, red_flags, rounding
from detente.parties.ownership.words import Vocabulary, in_known_words

if TYPE_CHECKING:
    from detente.answers.owners import Counted, OwnedCompany, Owners, OwnersFound, Step
    from detente.register.book import Register


def owners(
    register: Register,
    holdings: Holdings,
    name: str,
    on: str,
    known_on: int | None = None,
    written: str = FULL,
    on_demand: bool = False,
) -> Owners:
    """Who is covered through owners, under the keys of the interface.

    Every company has ``via``, the owner through which it was reached, so that a way to it can be
    walked up whether it is written out or not.

    Args:
        register: where the rule stands.
        holdings: what the files say.
        name: the rule, such as ``bis``.
        on: a day or an instant; holdings are those of its day.
        known_on: the rule as known at the end of this day number; None for all that is known.
        written: which ways are written out: ``full``, ``first`` or ``none``.
        on_demand: companies are sequences whose rows are made as they are read, and not lists:
            for who writes hundreds of thousands of them and keeps none.

    Raises:
        ValueError: no such rule or word for ways; a list or a country that is not known, with the
            nearest; or ``on`` is neither a day nor an instant.
    """
    if written not in WRITTEN:
        raise ValueError(f"paths are {', '.join(WRITTEN)}, not {written!r}")
    rule = regime(register, name)
    standing = standing_on(register, rule, on, known_on)
    words = Vocabulary(register)
    holdings = in_known_words(holdings, words)
    lost = unmatched(holdings)
    graph = graph_on(holdings, on[:10])
    begin = start(rule, holdings, graph, words)
    found = find(rule, graph, begin)
    unsure = ambiguous(rule, graph, found)
    flags = [*graph.flags, *begin.flags, *red_flags(rule, graph, begin, found)]
    reached, outside = _in_scope(rule, graph, found.covered)
    perhaps, _ = _in_scope(rule, graph, found.possible)
    required = requirements(rule, graph, {*found.covered, *found.possible}, begin.certain)
    near = rounding(rule, found, begin, graph)
    notes = [*standing.notes, *lost.notes(), *graph.notes, *begin.notes, *near]
    notes.extend(_scope_notes(rule, graph, reached, outside))
    if unsure:
        notes.append(
            f"ambiguous: {counted(len(unsure), 'company', 'companies')} hold each other up; "
            "the least set leaves them out, the greatest would cover them"
        )
    odd = [
        f"{len(rows)} {what}"
        for what, rows in (
            ("sums lie within rounding of the threshold", near),
            ("companies hold each other up", unsure),
        )
        if rows
    ]
    rests = coverage(rule, standing, on[:10], holdings, graph, begin, found, odd, lost)
    ways = OwnerPaths(graph, found, written)
    covered, possibly = (
        OwnedRows(ways, graph, rows, required, on_demand) for rows in (reached, perhaps)
    )
    if ways.cut:
        notes.append(
            f"the ways to {ways.cut} companies are too long to be written out: each has the owner "
            "it was reached through under `via`"
        )
    answer: OwnersFound = {
        "regime": name,
        "status": status_of(standing, reached, perhaps, rests),
        "title": rule.title,
        "in_force": standing.in_force,
        "on": on,
        "threshold": decimal_text(rule.threshold),
        "covered": covered.as_list(),
        "possibly_covered": possibly.as_list(),
        "red_flags": [{"id": flag.id, "why": flag.why} for flag in _each_once(flags)],
        "ambiguous": sorted(unsure),
        "unmatched": lost.row(),
        "coverage": rests,
        "notes": list(dict.fromkeys(notes)),
        "register": standing.register,
    }
    described: Owners = {**answer, "finding": finding(answer, standing)}
    return vouched(described)


UNNAMED = Entity("")
"""What is known of a company that no file of entities names."""


def _in_scope(
    rule: OwnershipRegime, graph: Graph, rows: dict[str, Coverings]
) -> tuple[list[Coverings], list[Coverings]]:
    """Findings that the rule reaches, and those of countries that it leaves out.

    A branch is not a company of its own: it goes with its owner, and has no interest held in it.
    """
    reached: list[Coverings] = []
    outside: list[Coverings] = []
    for each in sorted(rows):
        entity = graph.entities.get(each, UNNAMED)
        if entity.branch_of and not rule.measure:
            continue
        left_out = entity.country in rule.leaves_out and not entity.branch_of
        (outside if left_out else reached).append(rows[each])
    return reached, outside


def _scope_notes(
    rule: OwnershipRegime, graph: Graph, reached: list[Coverings], outside: list[Coverings]
) -> list[str]:
    notes = [
        f"{row.id} is of {graph.entities[row.id].country}: the rule does not reach it, and what "
        "it holds counts as held by a covered owner"
        for row in outside
    ]
    if rule.leaves_out:
        unplaced = sum(row.id not in graph.entities for row in reached)
        if unplaced:
            places = ", ".join(rule.leaves_out)
            companies = counted(unplaced, "covered company", "covered companies")
            notes.append(
                f"the country of {companies} is not given; the rule does not reach companies "
                f"of {places}"
            )
    if rule.scope and not rule.leaves_out:
        notes.append(f"the rule is about {rule.scope}")
    return notes


class OwnedRows(Sequence["OwnedCompany"]):
    """Companies under the keys of the interface, each made when it is read."""

    def __init__(
        self,
        ways: OwnerPaths,
        graph: Graph,
        found: list[Coverings],
        required: dict[str, str],
        on_demand: bool,
    ) -> None:
        """Put the companies in order, and say of which the ways are written out.

        Args:
            ways: down to each of them.
            graph: the holdings of the day.
            found: the companies.
            required: what is required of each, by id.
            on_demand: whether rows are made as they are read, and none is kept.
        """
        self._found = sorted(found, key=lambda row: (row.tier, row.id))
        self._ways, self._graph, self._required = ways, graph, required
        self._on_demand = on_demand
        ways.choose(self._found)

    def as_list(self) -> list[OwnedCompany]:
        """The rows as a list; on demand these very ones, which are read as a list is."""
        return self if self._on_demand and self._found else list(self)  # type: ignore[return-value]

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, at: int) -> OwnedCompany:  # type: ignore[override]
        row = self._found[at]
        return _row(self._ways, self._graph, row, self._required[row.id])

    def __iter__(self) -> Iterator[OwnedCompany]:
        return map(self.__getitem__, range(len(self._found)))


def _row(walked: OwnerPaths, graph: Graph, row: Coverings, required: str) -> OwnedCompany:
    """One company, under the keys of the interface and some more."""
    entity = graph.entities.get(row.id)
    ways, link = walked.of(row), walked.link(row.id)
    exact = is_decimal(row.lo) and is_decimal(row.hi)
    return {
        "id": row.id,
        "name": entity.name if entity is not None else "",
        "country": entity.country if entity is not None else "",
        "tier": row.tier,
        "share": [decimal_text(row.lo), decimal_text(row.hi, up=True)],
        "kind": row.kind,
        "because": [_because(row, tie, counted) for tie, counted in row.ties],
        "via": link.owner if link is not None else None,
        "paths": [[way[0].owner, *(tie.owned for tie in way)] for way in ways],
        "holdings": [[_step(tie) for tie in way] for way in ways],
        "requirement": required,
        "share_exact": None if exact else [str(row.lo), str(row.hi)],
        "branch_of": entity.branch_of or None if entity is not None else None,
    }


def _because(row: Coverings, tie: Tie, counted: Fraction) -> Counted:
    """One owner that counts: what it holds, who says so, since when."""
    kind = {"votes_share": 1, "board_share": 2}.get(row.kind, 0)
    share, to = _share(tie.shares[kind])
    since, until = _days(tie)
    return {
        "owner": tie.owner,
        "share": share,
        "share_to": to,
        "sources": sources_of(tie.rows),
        "from": since,
        "until": until,
        "counted": None if counted == 1 else decimal_text(counted),
        "branch": bool(tie.branch),
        "contract_control": bool(tie.contract),
    }


def _days(tie: Tie) -> tuple[str | None, str | None]:
    """The day from which all rows of a holding say it, and the first on which one ends."""
    if len(tie.rows) == 1:
        return tie.rows[0].since or None, tie.rows[0].until or None
    since = max([each.since for each in tie.rows], default="") or None
    return since, min([each.until for each in tie.rows if each.until], default=None)


def _step(tie: Tie) -> Step:
    """One holding on a path."""
    share, to = _share(tie.shares[0])
    return {
        "owner": tie.owner,
        "owned": tie.owned,
        "share": share,
        "share_to": to,
        "sources": sources_of(tie.rows),
    }


def _share(share: Share | None) -> tuple[str, str | None]:
    """A share as text; an unknown one says so, a range has its upper end beside it."""
    if share is None or (not share.lo and share.hi):
        return "unknown", None if share is None else _up(share)
    same = share.lo is share.hi or share.lo == share.hi
    return decimal_text(share.lo), None if same else _up(share)


def _up(share: Share) -> str:
    return decimal_text(share.hi, up=True)


def _each_once(flags: list[Flag]) -> list[Flag]:
    return sorted(dict.fromkeys(flags))
