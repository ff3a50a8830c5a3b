"""What an answer about owners rests on, and whether it settles that nobody is covered.

``none`` stands only where everything that could change it was read: the law through the day, the
holdings with all owners named and every share known, and listed parties that stand in them.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.coverage import LISTS, PARTLY, READ, UNREAD, Coverage, state_on, verdict
from detente.core.figures import counted
from detente.core.vocabulary import nearest
from detente.parties.ownership.found import CoveredCompany
from detente.parties.ownership.graph import Graph
from detente.parties.ownership.model import HoldingRows, Holdings
from detente.parties.ownership.regimes import OwnershipRegime, RuleStanding
from detente.parties.ownership.seeds import Start
from detente.parties.ownership.shares import WHOLE
from detente.parties.ownership.sums import compared

if TYPE_CHECKING:
    from collections.abc import Collection

    from detente.answers.owners import OwnedCompany, OwnersFound, UnmatchedIds
    from detente.answers.shared import Coverage as CoverageRow

COVERED, POSSIBLY, NONE, OPEN, NOT_IN_FORCE = "covered", "possibly", "none", "open", "not_in_force"
"""Verdicts: somebody is; somebody may be; nobody is; it is open; the rule reaches nobody then."""

SHOWN = 5
"""As many ids are named in a sentence."""

FEW, MANY = 20, 5_000
"""Up to so many unmatched ids, and ids of the holdings, the nearest are looked for."""


class Unmatched(NamedTuple):
    """Ids that stand nowhere in the holdings: of listed parties, and of companies described.

    ``likely`` are the nearest ids of such a one; ``alike`` are ids of any file that look the same,
    and are read as those of several companies.
    """

    seeds: tuple[str, ...]
    entities: tuple[str, ...]
    likely: dict[str, list[str]]
    alike: tuple[tuple[str, ...], ...] = ()

    def row(self) -> UnmatchedIds:
        """Under the keys of the interface."""
        return {
            "seeds": list(self.seeds),
            "entities": list(self.entities),
            "perhaps": dict(self.likely),
        }

    def notes(self) -> list[str]:
        """Warnings for a person."""
        kinds = (("listed parties", self.seeds), ("companies described", self.entities))
        groups = "; ".join(" and ".join(map(repr, each)) for each in self.alike[:SHOWN])
        looking_alike = [
            f"ids that differ in case, width, spaces or unseen signs alone are read as several "
            f"companies ({groups}{'; …' if len(self.alike) > SHOWN else ''}): write each company "
            "one way"
        ]
        return (looking_alike if self.alike else []) + [
            f"{counted(len(ids), 'id')} of {what} {'stands' if len(ids) == 1 else 'stand'} nowhere "
            "in the holdings; nothing follows from that: "
            f"{', '.join(map(self._described, ids[:SHOWN]))}{', …' if len(ids) > SHOWN else ''}"
            for what, ids in kinds
            if ids
        ]

    def _described(self, name: str) -> str:
        near = self.likely.get(name)
        return f"{name} (is it {' or '.join(near)}?)" if near else name


def unmatched_notes(row: UnmatchedIds) -> list[str]:
    """Warnings for a person, from the keys of the interface."""
    return Unmatched(tuple(row["seeds"]), tuple(row["entities"]), row["perhaps"]).notes()


def unmatched(holdings: Holdings) -> Unmatched:
    """The ids of seeds and entities that no row of the holdings, as given, knows on any day."""
    rows = HoldingRows.of(holdings.rows)
    named = {*rows.owner, *rows.owned, *holdings.renamed}
    described = holdings.entities.values()
    parents = {each.branch_of for each in described if each.branch_of}
    known = {*parents, *(each.id for each in described if each.branch_of)}
    known = named | known if known else named
    seeds = tuple(sorted({each.id for each in holdings.seeds if each.id not in known}))
    placed = {each.id for each in described if each.place and each.id not in known}
    begins = {each.id for each in holdings.seeds}
    lost = parents - named - begins - holdings.entities.keys()
    entities = tuple(sorted(placed | lost))
    likely: dict[str, list[str]] = {}
    if len(named) <= MANY:
        for each in (*seeds[:FEW], *entities[:FEW]):
            if near := nearest(each, sorted(named), 2, 0.75):
                likely[each] = near
    others = begins.union(holdings.entities).difference(known)
    every = known | others if others else known
    return Unmatched(seeds, entities, likely, looking_alike(every))


def looking_alike(ids: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Ids that look the same but for case, width, spaces and unseen signs, in groups."""
    joined = "".join(ids)
    # Of ids of ASCII without a blank nothing but the case can differ, of those of one case nothing.
    plain = joined.isascii() and joined.split() == [joined]
    if plain and (joined == joined.upper() or joined == joined.lower()):
        return ()
    looks = map(str.casefold if plain else _look, ids)
    if len(set(looks)) == len(ids):
        return ()
    groups: dict[str, list[str]] = {}
    for each in sorted(ids):
        groups.setdefault(_look(each), []).append(each)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _look(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(text.casefold().split())


def coverage(
    rule: OwnershipRegime,
    standing: RuleStanding,
    day: str,
    holdings: Holdings,
    graph: Graph,
    begin: Start,
    found: CoveredCompany,
    odd: Collection[str],
    lost: Unmatched,
) -> list[CoverageRow]:
    """What the answer rests on, under the keys of the interface.

    Args:
        rule: the rule that was asked about.
        standing: whether it is in force.
        day: the day, ISO.
        holdings: as given.
        graph: the holdings of the day.
        begin: who begins.
        found: who is reached.
        odd: in words, what else in the holdings could be otherwise.
        lost: ids that stand nowhere.
    """
    rows = [
        _law(rule, standing, day),
        _holdings(rule, holdings, graph, begin, found, odd),
        _listed(rule, holdings, begin, lost),
        *_screened(holdings),
        _countries(rule, graph),
    ]
    return [row.row() for row in rows if row is not None]


def _law(rule: OwnershipRegime, standing: RuleStanding, day: str) -> Coverage | None:
    if not rule.measure:
        return None
    through = standing.register["reviewed_through"]
    state = PARTLY if standing.unclear else state_on(day, None, through)
    words = f"; whether {day} still belongs to its state is open" if standing.unclear else ""
    return Coverage(rule.measure, None, through, f"{rule.title}: {standing.state}{words}", state)


def _holdings(
    rule: OwnershipRegime,
    holdings: Holdings,
    graph: Graph,
    begin: Start,
    found: CoveredCompany,
    odd: Collection[str],
) -> Coverage:
    partial = _named_in_part(rule, graph, begin, found)
    if len(graph.ties) < len(holdings.rows):
        # Of a company whose rows are all of other days nobody is named who holds it on this one.
        begun = found.covered.tiers.keys() | begin.certain.keys()
        held = {*HoldingRows.of(holdings.rows).owned} - begun
        partial = sorted({*partial, *(held - graph.sole.keys() - graph.several.keys())})
    missing = [*odd]
    if partial:
        shown = ", ".join(partial[:SHOWN])
        whose = counted(len(partial), "company", "companies")
        missing.append(
            f"the owners of {whose} are named in part ({shown}"
            f"{', …' if len(partial) > SHOWN else ''})"
        )
    if graph.flags:
        odd_holdings = counted(len(graph.flags), "odd holding is", "odd holdings are")
        missing.append(f"{odd_holdings} told in red_flags")
    if holdings.left_out:
        rows = counted(len(holdings.left_out), "row was", "rows were")
        missing.append(f"{rows} left out ({holdings.left_out[0]})")
    if not holdings.rows:
        missing.append("there are none")
    state = UNREAD if not holdings.rows else PARTLY if missing else READ
    scope = "; ".join((f"as given: {counted(len(holdings.rows), 'holding')}", *missing))
    return Coverage("holdings", None, None, scope, state)


def _named_in_part(
    rule: OwnershipRegime, graph: Graph, begin: Start, found: CoveredCompany
) -> list[str]:
    """Companies whose unnamed owners, with the counting ones, could hold what suffices."""
    partial: list[str] = []
    counting, ties, shares = found.owners, graph.ties, graph.shares
    most = WHOLE - rule.threshold
    # A branch is a part of its owner, and nothing that its owner holds.
    branches = {at for at in ties.odd() if ties[at].branch}
    for owned in chain(graph.sole, graph.several):
        if owned in found.covered.tiers or owned in begin.certain:
            continue
        within = graph.ties_in(owned)
        others = [
            ties.share[tie] for tie in within if ties.owner[tie] not in counting or tie in branches
        ]
        if len(others) == 1:
            partial.extend([owned] if shares.is_at_most(others[0], most) else ())
        elif compared((shares.share(each).lo for each in others), most) <= 0:
            partial.append(owned)
    return sorted(partial)


def _listed(
    rule: OwnershipRegime, holdings: Holdings, begin: Start, lost: Unmatched
) -> Coverage | None:
    if not rule.seeds:
        return None
    screened = {each.read.what.removeprefix(LISTS): each.found for each in holdings.screened}
    counts = Counter(seed.list for seed in holdings.seeds)
    counts.subtract(screened)  # the file of listed parties alone
    counts = +counts
    if not counts and not screened:
        return Coverage("listed parties", None, None, "none were given", UNREAD)
    if counts.keys().isdisjoint(rule.seeds) and not screened:
        scope = f"as given: nobody of {', '.join(rule.seeds)}"
        return Coverage("listed parties", None, None, scope, UNREAD)
    parts = []
    if counts:
        given = ", ".join(f"{number} of {name}" for name, number in sorted(counts.items()))
        parts.append(f"as given: {given}")
    if screened:
        found = ", ".join(f"{number} of {name}" for name, number in screened.items())
        parts.append(f"by their names, screened: {found}")
    listed = {seed.id for seed in holdings.seeds}
    unsure = sorted(each for each in begin.open if each in listed)
    if unsure:
        parts.append(f"whether {', '.join(unsure[:SHOWN])} count is open")
    if lost.seeds:
        parts.append(f"{len(lost.seeds)} stand nowhere in the holdings")
    if holdings.unscreened:
        without = counted(len(holdings.unscreened), "company has", "companies have")
        parts.append(f"{without} no name that can be screened")
    unread = [name for name in rule.seeds if name not in counts and name not in screened]
    if unread:
        parts.append(f"nobody was given of {', '.join(unread)}")
    state = PARTLY if unsure or lost.seeds or holdings.unscreened else READ
    return Coverage("listed parties", None, None, "; ".join(parts), state)


def _screened(holdings: Holdings) -> Iterator[Coverage]:
    """The lists that names were screened against, as they were read for the day."""
    for each in holdings.screened:
        found = counted(each.found, "company has", "companies have")
        scope = f"{found} the name of a party on it; {each.read.scope}"
        yield each.read._replace(scope=scope)


def _countries(rule: OwnershipRegime, graph: Graph) -> Coverage | None:
    """Where a country alone makes an owner count: how many owners have none that is given."""
    if not rule.seed_places:
        return None
    entities = graph.entities
    bare = [each for each in graph.by_owner if each not in entities or not entities[each].country]
    places = ", ".join(rule.seed_places)
    if not bare:
        return Coverage("countries", None, None, f"owners of {places} begin: as given", READ)
    shown = ", ".join(sorted(bare)[:SHOWN])
    owners = counted(len(bare), "owner")
    scope = f"owners of {places} begin; the country of {owners} is not given ({shown})"
    return Coverage("countries", None, None, scope, PARTLY)


def status_of(
    standing: RuleStanding,
    covered: Collection[str],
    possible: Collection[str],
    rows: list[CoverageRow],
) -> str:
    """The verdict of an answer."""
    if standing.in_force is False and not standing.unclear:
        return NOT_IN_FORCE
    if standing.in_force is False and (covered or possible):
        return OPEN  # whether the rule stands is
    if covered:
        return COVERED
    return POSSIBLY if possible else verdict(NONE, OPEN, rows)


def standings(*, lapsed: bool) -> tuple[str, str]:
    """What companies are that a rule covers and those that it may cover, if it were in force."""
    if lapsed:
        return "would be covered", "would perhaps be covered"
    return "covered", "possibly covered"


def by_standing(answer: OwnersFound) -> dict[str, list[OwnedCompany]]:
    """The companies of an answer by what the rule makes of them on the day, in words."""
    companies = answer["covered"], answer["possibly_covered"]
    return dict(zip(standings(lapsed=answer["in_force"] is False), companies, strict=True))


def finding(answer: OwnersFound, standing: RuleStanding) -> str:
    """The verdict as a sentence that says what it rests on."""
    rule, on = answer["regime"], answer["on"]
    covered, possible = len(answer["covered"]), len(answer["possibly_covered"])
    status = answer["status"]
    if status == NOT_IN_FORCE or (standing.in_force is False and (covered or possible)):
        more = f" and perhaps {possible} more" if possible else ""
        would = f"it would cover {covered}{more}."
        if status == NOT_IN_FORCE:
            return (
                f"The rule {rule} is not in force on {on} ({standing.state}): it covers nobody "
                f"then. In force, {would}"
            )
        return (
            f"Whether the rule {rule} is in force on {on} is open ({standing.state}): if not, it "
            f"covers nobody then; in force, {would}"
        )
    if status == COVERED:
        more = f", and {possible} more may be" if possible else ""
        return f"Covered through owners by the rule {rule} on {on}: {covered}{more}."
    if status == POSSIBLY:
        return f"Perhaps covered through owners by the rule {rule} on {on}: {possible}."
    rests = "; ".join(
        f"{row['what']}: {row['scope']}" for row in _described(answer["coverage"], status)
    )
    if status == NONE:
        return f"By the rule {rule}, these holdings cover nobody on {on}. It rests on {rests}."
    return f"Whether the rule {rule} covers anybody on {on} is open. Not read in full: {rests}."


def _described(rows: Iterable[CoverageRow], status: str) -> list[CoverageRow]:
    return [row for row in rows if status == NONE or row["state"] != READ]
