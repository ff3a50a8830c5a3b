"""How a listed party stands on a day, and the one verdict on a party of a shipment."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_number
from detente.licence.listing_days import listing_of
from detente.parties.lists.announced import heard_of
from detente.parties.lists.standing import UNKNOWN
from detente.register.model import ANNOUNCED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from detente.answers.assess import DutyPart, OwnershipRule, PartyHit
    from detente.parties.lists.announced import AnnouncedSuspension
    from detente.parties.lists.model import ListedEntry
    from detente.transaction.party_context import PartyContext

LISTED, COVERED, POSSIBLE, UNRESOLVED, SUSPENDED = (
    "listed", "covered", "possible", "unresolved", "suspended",
)  # fmt: skip
"""Verdicts on a party that something was found of; see ``find_party``."""

CLEAR = "clear"
UNSETTLED_RULES = ("open", "possibly")
"""What an ownership rule says of holdings that are named in part, or on a day that was not read."""


def standing_on(context: PartyContext, entry: ListedEntry) -> str:
    """How an entry stands on the day.

    A list that begins later says nothing of the day, but an entry may cite when it was listed.
    """
    screen = context.lists.screen
    standing = screen.standing(entry)
    if context.register.reading == ANNOUNCED and heard_on(context, entry) is not None:
        return SUSPENDED
    if standing == UNKNOWN and (entry.doubt_before or not entry.doubt):
        listing = listing_of(context.law, entry, screen.firsts[entry.list])
        return listing.standing(day_number(context.day))
    return standing


def heard_on(context: PartyContext, entry: ListedEntry) -> AnnouncedSuspension | None:
    """What was only announced of an entry that is in force by its notice, as far as it is known."""
    known_on = context.known_on
    known = (
        each
        for each in context.lists.screen.pauses
        if known_on is None or day_number(each.announced) <= known_on
    )
    return heard_of(entry, context.day, known)


def headings_of(duty: DutyPart) -> set[str]:
    """Headings of duties that these goods owe, or may owe once a question is answered."""
    if not duty["applies"]:
        return set()
    named = [row["heading"] for row in duty["layers"]]
    named += [row["heading"] for row in duty["not_applied"]]
    return {each for each in named if each}


def bears(rule: OwnershipRule, headings: Collection[str]) -> bool:
    """Whether an ownership rule is about goods such as these: it decides, or they may owe by it."""
    return bool(rule["decision"]) or any(each in rule["consequence"] for each in headings)


def leaves_open(rule: OwnershipRule) -> bool:
    """Whether a rule in force reaches the party by none of its owners, and cannot rule it out."""
    return (
        bool(rule["in_force"])
        and rule["result"] == "not_covered"
        and rule["status"] in UNSETTLED_RULES
    )


def status_of(
    hits: Sequence[PartyHit],
    rules: Iterable[OwnershipRule],
    unsure: bool,
    unread: bool,
    otherwise: str,
) -> str:
    """The one verdict on a party, by its name and by its owners: the worst of what was found.

    Args:
        hits: the listed parties that it may be.
        rules: what the ownership rules say that bear on the goods.
        unsure: whether an owner may be listed.
        unread: whether its name could not be screened.
        otherwise: the verdict on a name that nothing was found of.
    """
    same = {hit["standing"] for hit in hits if hit["same_name"]}
    others = {hit["standing"] for hit in hits if not hit["same_name"]}
    rules = list(rules)
    in_force = {rule["result"] for rule in rules if rule["in_force"]}
    returning = {rule["result"] for rule in rules if not rule["in_force"]} - {"not_covered"}
    flags = any(rule["red_flags"] for rule in rules)
    if "in_force" in same:
        return LISTED
    if "covered" in in_force:
        return COVERED
    if UNKNOWN in same or others & {"in_force", UNKNOWN}:
        return POSSIBLE
    if "possibly_covered" in in_force or unsure or flags:
        return POSSIBLE
    if unread:
        return UNRESOLVED
    if SUSPENDED in same | others or returning:
        return SUSPENDED
    if otherwise == CLEAR and any(map(leaves_open, rules)):
        return UNRESOLVED
    return otherwise
