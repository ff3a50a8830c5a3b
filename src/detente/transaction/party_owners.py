"""What the ownership rules say of a party whose owners are given."""

from __future__ import annotations

from collections import Counter

from detente._shapes import TYPE_CHECKING
from detente.parties.lists.standing import IN_FORCE, UNKNOWN
from detente.parties.screening.answer import SAME
from detente.parties.screening.hits import one_a_list
from detente.transaction.party_context import SHOWN, PartyContext
from detente.transaction.party_standing import standing_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from detente.answers.assess import OwnershipRule
    from detente.answers.owners import Owners
    from detente.parties.ownership.model import Holdings, Seed
    from detente.register.book import Register
    from detente.transaction.shipment import Owner, Party

STATES_RAISED = ("in_force", "suspended", "scheduled")
"""States of an ownership rule that is worth asking about on a day."""


def owners_of(context: PartyContext, party: Party) -> tuple[list[OwnershipRule], list[str]]:
    """The answer of every ownership rule that these goods meet, and owners that may be listed."""
    if not party.owners:
        return [], []
    from detente.parties.ownership.answer import owners
    from detente.parties.ownership.regimes import regime

    rules = dict(_rules(context))
    lists = {each for name in rules for each in regime(context.register, name).seeds}
    holdings, unsure = _holdings(context, party, lists)
    found = []
    for name, state in rules.items():
        answer = owners(context.register, holdings, name, context.on, context.known_on)
        found.append(_rule(context.register, answer, party.name, state))
    return found, unsure


def _rules(context: PartyContext) -> Iterator[tuple[str, str]]:
    """Ownership rules that these goods meet, with their state on the day."""
    from detente.parties.ownership.regimes import regime_names

    for name, record in regime_names(context.register).items():
        if not record:
            continue
        measure = context.register.measure(record)
        decision = str(measure.provisions[0].control.get("decision") or "")
        state = _state(context, record)
        if context.meets(measure.by, decision) and state in STATES_RAISED:
            yield name, state


def _state(context: PartyContext, name: str) -> str:
    from detente.register.runs import run_at
    from detente.register.views.law_by_day import as_of

    measure = context.register.measure(name)
    minute = as_of(context.register, context.on)[measure.by]
    return run_at(measure.provisions[0], minute, context.known_on).state


def _rule(register: Register, answer: Owners, name: str, state: str) -> OwnershipRule:
    """What one rule says of one company."""
    from detente.parties.ownership.regimes import regime, regime_names

    rule = regime(register, answer["regime"])
    measure = register.measure(regime_names(register)[answer["regime"]])
    found = [("covered", each) for each in answer["covered"] if each["id"] == name]
    found += [
        ("possibly_covered", each) for each in answer["possibly_covered"] if each["id"] == name
    ]
    result, row = found[0] if found else ("not_covered", None)
    flags = [each["why"] for each in answer["red_flags"] if each["id"] == name]
    sources = measure.provisions[0].periods[-1].sources
    return {
        "regime": answer["regime"],
        "measure": measure.id,
        "title": answer["title"],
        "by": measure.by,
        "state": state,
        "in_force": answer["in_force"],
        "decision": str(measure.provisions[0].control.get("decision") or "") or None,
        "consequence": rule.consequence,
        "result": result,
        "status": answer["status"],
        "share": row["share"] if row else None,
        "because": row["because"] if row else [],
        "paths": row["paths"] if row else [],
        "holdings": row["holdings"] if row else [],
        "requirement": row["requirement"] if row else None,
        "red_flags": flags,
        "citation": str(measure.provisions[0].control.get("citation") or "") or None,
        "sources": [register.citation(key) for key in (*sources, *measure.authority)],
        "notes": answer["notes"],
    }


def _holdings(
    context: PartyContext, party: Party, lists: Collection[str]
) -> tuple[Holdings, list[str]]:
    """The holdings of a party's owners, the listed ones among them, and who only may be listed."""
    from detente.parties.ownership.model import Entity, Holding, Holdings
    from detente.parties.ownership.shares import share_of

    rows: dict[tuple[Holding, int], Holding] = {}
    entities: dict[str, Entity] = {}
    seeds: dict[tuple[str, str], Seed] = {}
    unsure: list[str] = []
    for owned, owner, nth in _tiers(party.name, party.owners):
        row = Holding(owner.name, owned, share_of(owner.share), source=owner.source)
        # An owner of several may be written below each; twice below one it may hold two blocks.
        rows.setdefault((row, nth), row)
        entities.setdefault(owner.name, Entity(owner.name, owner.name, owner.country))
        for seed in _seeds(context, owner, lists, unsure):
            seeds.setdefault((seed.id, seed.list), seed)
    entities.setdefault(party.name, Entity(party.name, party.name, party.country))
    held = Holdings(tuple(rows.values()), tuple(seeds.values()), entities)
    return held, list(dict.fromkeys(unsure))


def _tiers(owned: str, owners: Iterable[Owner]) -> Iterator[tuple[str, Owner, int]]:
    """Of each owner who is owned, and which of its name it is there."""
    met: Counter[str] = Counter()
    for owner in owners:
        met[owner.name] += 1
        yield owned, owner, met[owner.name]
        yield from _tiers(owner.name, owner.owners)


def _seeds(
    context: PartyContext, owner: Owner, lists: Collection[str], unsure: list[str]
) -> Iterator[Seed]:
    """The lists on which an owner stands, as given and by the same name, of those that count."""
    from detente.parties.ownership.file import programmes_of
    from detente.parties.ownership.model import Seed
    from detente.parties.ownership.requirement import stated_requirement

    for each in owner.lists:
        yield Seed(owner.name, each, (), owner.country)
    try:
        found = context.lists.screen.parties(owner.name, owner.country or None, SHOWN)
    except ValueError as error:
        unsure.append(str(error))
        return
    hits = [(hit, standing_on(context, hit.entry)) for hit in one_a_list(found)
            if hit.entry.list in lists]  # fmt: skip
    hits = [(hit, standing) for hit, standing in hits if standing in (IN_FORCE, UNKNOWN)]
    same = {hit.entry.list for hit, standing in hits if hit.is_close(SAME) and standing == IN_FORCE}
    for hit, standing in hits:
        entry = hit.entry
        if hit.is_close(SAME) and standing == IN_FORCE:
            requirement = stated_requirement(entry, context.day)
            yield Seed(
                owner.name, entry.list, programmes_of(entry.programme), owner.country, requirement
            )
        elif entry.list not in {*owner.lists, *same}:
            then = f", held from a day after {context.day} on" if standing == UNKNOWN else ""
            unsure.append(
                f"the owner {owner.name} may be {entry.names[0].text}, on list {entry.list}{then} "
                f"(score {hit.score})"
            )
