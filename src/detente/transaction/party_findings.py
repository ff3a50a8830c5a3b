"""The parties of a shipment: each screened by name, and asked after through its owners."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.coverage import vouched
from detente.licence.parties import classes_of
from detente.parties.lists.announced import heard_row
from detente.parties.screening.answer import SAME, Consequence, consequences, strictest
from detente.parties.screening.hits import one_a_list
from detente.register.model import ANNOUNCED
from detente.transaction.party_context import SHOWN, PartyContext
from detente.transaction.party_owners import owners_of
from detente.transaction.party_standing import bears, heard_on, standing_on, status_of
from detente.transaction.verdict_lines import PROHIBITED

if TYPE_CHECKING:
    from collections.abc import Collection

    from detente.answers.assess import AssessedParty, ListingConsequence, PartyHit
    from detente.answers.parties import HeardListing, ListedParty, RelatedParty
    from detente.parties.lists.model import ListedEntry
    from detente.parties.screening.hits import NameHit
    from detente.transaction.shipment import Party


def find_party(
    context: PartyContext, party: Party, headings: Collection[str] = ()
) -> AssessedParty:
    """What the lists and the ownership rules say of a party.

    Args:
        context: what the parties are asked with.
        party: one of them.
        headings: of duties that the goods owe or may owe, on which an ownership rule may bear.

    Returns:
        ``name, role, country, status, reason, hits, related, owners, unsure, notes``. The status is
        one, the worst of what was found by name and by owners: ``listed`` (the same name stands on
        a list on that day), ``covered`` (an ownership rule in force reaches it), ``possible`` (a
        name that comes close, an entry that does not say since when it stands there, or owners that
        may suffice), ``unresolved`` with the reason in ``notes``, ``suspended`` (listed or reached
        by what is suspended). Where nothing was found it is that of screening, ``clear``,
        ``partly`` or ``not_screened``, with what was not read under ``reason``. A hit has beside
        the keys of screening its ``standing`` and its ``consequences``; each list of a party is a
        hit. ``related`` are parties that it has to do with without being them, as `screen` tells
        them; they settle nothing. ``unsure`` names owners that may be listed, on which no rule was
        therefore asked.
    """
    found, notes = _found(context, party)
    hits = [_hit(context, hit) for hit in one_a_list(found)]
    owners, unsure = owners_of(context, party)
    rules = [rule for rule in owners if bears(rule, headings)]
    read = context.lists.read
    status = status_of(hits, rules, bool(unsure), bool(notes), read.status)
    vouched({"status": status, "coverage": read.rows})
    return {
        "name": party.name,
        "role": party.role,
        "country": party.country or None,
        "status": status,
        "reason": read.reason_of(status) or None,
        "hits": hits,
        "related": _related(context, party, found),
        "owners": owners,
        "unsure": unsure,
        "notes": notes,
    }


def _found(context: PartyContext, party: Party) -> tuple[list[NameHit], list[str]]:
    """The listed parties that a party may be, and why it could not be screened."""
    screen = context.lists.screen
    try:
        found = screen.parties(party.name, party.country or None, SHOWN, None, party.address)
    except ValueError as error:
        return [], [str(error)]
    return found, []


def _related(context: PartyContext, party: Party, found: list[NameHit]) -> list[RelatedParty]:
    """The listed parties that it has to do with, such as whoever stands in another room."""
    if context.beside is None:
        return []
    try:
        forms = context.lists.screen.lists[0].forms(party.name)
    except ValueError:
        forms = []
    return [each.row() for each in context.beside.of(forms, found, party.name, party.address)]


def _hit(context: PartyContext, hit: NameHit) -> PartyHit:
    listed = context.lists.listed.get(hit.entry.list)
    words = {hit.entry.list, *classes_of(context.law, hit.entry)}
    means = consequences(context.register, words, context.on, context.known_on)
    row = _as_of(
        strictest(hit, lambda entry: standing_on(context, entry)), _is_younger(context, hit.entry)
    )
    row["announced"] = _heard(context, row, hit.entry)
    return {
        **row,
        "list_title": listed.title if listed is not None else hit.entry.list,
        "by": listed.by if listed is not None else "",
        "same_name": hit.is_close(SAME),
        "consequences": [_described(context, each, listed.by if listed else "") for each in means],
    }


def _heard(context: PartyContext, row: ListedParty, entry: ListedEntry) -> HeardListing | None:
    """What was only announced of an entry; by that reading the suspension of its row goes on."""
    pause = heard_on(context, entry)
    if pause is not None and context.register.reading == ANNOUNCED:
        row["suspended_until"] = pause.until
    return heard_row(entry, pause, context.register.reading)


def _is_younger(context: PartyContext, entry: ListedEntry) -> bool:
    """Whether what an entry says is younger than the day: its list, or its last change."""
    return entry.list in context.lists.screen.later or context.day < entry.changed


def _as_of(row: ListedParty, younger: bool) -> ListedParty:
    """A hit without the words of a version of its list that is younger than the day."""
    if younger:
        row["requirement"] = row["requirement_normal"] = None
        row["policy"] = row["policy_text"] = None
    return row


def _described(context: PartyContext, means: Consequence, by: str) -> ListingConsequence:
    """A consequence; ``bears`` says whether it is about goods that go this way."""
    meets = bool(means.decision) and context.meets(by, means.decision)
    return {
        "measure": means.measure,
        "title": means.title,
        "limb": means.provision,
        "what": means.what or None,
        "decision": means.decision or None,
        "policy": means.policy or None,
        "everything": means.everything,
        "citation": means.citation or None,
        "bears": meets and (means.everything or means.decision != PROHIBITED),
        "sources": [context.register.citation(key) for key in dict.fromkeys(means.sources)],
    }
