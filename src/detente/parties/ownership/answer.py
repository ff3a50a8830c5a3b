"""The answer about owners: covered, possibly covered, what to look at, and why.

It never says that somebody controls somebody: it gives percentages, the path, the source, the day.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.coverage import vouched
from detente.core.figures import counted
from detente.parties.ownership.coverage import coverage, finding, status_of, unmatched
from detente.parties.ownership.found import find
from detente.parties.ownership.graph import Graph, graph_on
from detente.parties.ownership.model import Entity, Flag, HoldingRows, Holdings
from detente.parties.ownership.owned_rows import UNNAMED, OwnedRows
from detente.parties.ownership.paths import FULL, WRITTEN, OwnerPaths
from detente.parties.ownership.regimes import OwnershipRegime, regime, standing_on
from detente.parties.ownership.requirement import requirements
from detente.parties.ownership.seeds import start
from detente.parties.ownership.shares import decimal_text
from detente.parties.ownership.warnings import ambiguous, red_flags, rounding
from detente.parties.ownership.words import Vocabulary, in_known_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from detente.answers.owners import Owners, OwnersFound
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
    holdings = in_known_words(holdings.with_branches_of(on[:10]), words)
    holdings = holdings._replace(rows=HoldingRows.of(holdings.rows))
    lost = unmatched(holdings)
    graph = graph_on(holdings, on[:10])
    begin = start(rule, holdings, graph, words)
    found = find(rule, graph, begin)
    unsure = ambiguous(rule, graph, found)
    flags = [*graph.flags, *begin.flags, *red_flags(rule, graph, begin, found)]
    reached, outside, unplaced = _in_scope(rule, graph, found.covered)
    perhaps, _, unplaced_perhaps = _in_scope(rule, graph, found.possible)
    perhaps = sorted([*perhaps, *unplaced_perhaps])
    # Most files say all for certain, and then no second set is made.
    covered_or_perhaps: Collection[str] = found.covered.tiers
    if found.possible:
        covered_or_perhaps = {**found.covered.tiers, **found.possible.tiers}
    required = requirements(rule, graph, covered_or_perhaps, begin.certain)
    near = rounding(rule, found, begin, graph)
    notes = [*standing.notes, *lost.notes(), *graph.notes, *begin.notes, *near]
    notes.extend(_scope_notes(rule, graph, reached, outside, unplaced))
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
    if lost.alike:
        odd.append(f"{counted(len(lost.alike), 'id')} written in several ways")
    rests = coverage(rule, standing, on[:10], holdings, graph, begin, found, odd, lost)
    ways = OwnerPaths(graph, found, written)
    covered, possibly, of_open_country = (
        OwnedRows(ways, graph, findings, ids, required, on_demand)
        for findings, ids in (
            (found.covered, reached), (found.possible, perhaps), (found.covered, unplaced),
        )
    )  # fmt: skip
    if ways.cut:
        notes.append(
            f"the ways to {ways.cut} companies are too long to be written out: each has the owner "
            "it was reached through under `via`"
        )
    answer: OwnersFound = {
        "regime": name,
        "status": status_of(standing, reached, [*perhaps, *unplaced], rests),
        "title": rule.title,
        "in_force": standing.in_force,
        "on": on,
        "threshold": decimal_text(rule.threshold),
        "covered": covered.as_list(),
        "possibly_covered": ([*of_open_country, *possibly] if unplaced else possibly.as_list()),
        "red_flags": [{"id": flag.id, "why": flag.why} for flag in _each_once(flags)],
        "ambiguous": sorted(unsure),
        "unmatched": lost.row(),
        "coverage": rests,
        "notes": list(dict.fromkeys(notes)),
        "register": standing.register,
    }
    described: Owners = {**answer, "finding": finding(answer, standing)}
    return vouched(described)


def _in_scope(
    rule: OwnershipRegime, graph: Graph, companies: Iterable[str]
) -> tuple[list[str], list[str], list[str]]:
    """Companies that the rule reaches, those of countries that it leaves out, and of both perhaps.

    A branch is not a company of its own: it goes with its owner, and has no interest held in it.
    """
    reached: list[str] = []
    outside: list[str] = []
    open_: list[str] = []
    for each in sorted(companies):
        entity = graph.entities.get(each, UNNAMED)
        if entity.branch_of and not rule.measure:
            continue
        places = (entity.country,) if entity.country else entity.perhaps
        left_out = [place in rule.leaves_out for place in places]
        if entity.branch_of or not any(left_out):
            reached.append(each)
        else:
            (outside if all(left_out) else open_).append(each)
    return reached, outside, open_


def _scope_notes(
    rule: OwnershipRegime,
    graph: Graph,
    reached: list[str],
    outside: list[str],
    open_: list[str],
) -> list[str]:
    notes = [
        f"{each} is of {_country(graph.entities[each])}: the rule does not reach it, and what "
        "it holds counts as held by a covered owner"
        for each in outside
    ]
    notes.extend(
        f"{each} is of {_country(graph.entities[each])}: it is possibly covered at most, since "
        f"the rule does not reach companies of {', '.join(rule.leaves_out)}"
        for each in open_
    )
    if rule.leaves_out:
        unplaced = sum(not graph.entities.get(each, UNNAMED).country for each in reached)
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


def _country(entity: Entity) -> str:
    return entity.country or " or ".join(entity.perhaps)


def _each_once(flags: list[Flag]) -> list[Flag]:
    return sorted(dict.fromkeys(flags))
