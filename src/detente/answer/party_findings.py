"""The parties of a shipment: each screened by name, and asked after through its owners."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.answer.licence_parties import classes_of
from detente.answer.listing_days import listing_of
from detente.answer.party_asking import SHOWN, Asking
from detente.answer.party_owners import owners_of
from detente.answer.screened import SAME, Consequence, consequences, shown, standing_of
from detente.answer.verdict_lines import PROHIBITED
from detente.register.clock import day_number

if TYPE_CHECKING:
    from typing import Any

    from detente.answer.shipment import Party
    from detente.parties.screening import Hit


WORDS = ("requirement", "requirement_normal", "policy", "policy_text")
"""What an entry requires, in the words of one version of its list."""


def find_party(asking: Asking, party: Party) -> dict[str, Any]:
    """What the lists and the ownership rules say of a party.

    Returns:
        ``name, role, country, status, hits, owners, unsure, notes``; status is ``listed`` (the same
        name stands on a list on that day), ``possible`` (a name that comes close, or an entry that
        does not say since when it stands there), ``suspended`` (listed, and the listing
        suspended), ``clear``, or ``unresolved`` with the reason in ``notes``. A hit has beside the
        keys of screening its ``standing`` and its ``consequences``. ``unsure`` names owners that
        may be listed, on which no rule was therefore asked.
    """
    hits, notes = _hits(asking, party.name, party.country)
    owners, unsure = owners_of(asking, party)
    return {
        "name": party.name,
        "role": party.role,
        "country": party.country or None,
        "status": "unresolved" if notes else _status(hits),
        "hits": hits,
        "owners": owners,
        "unsure": unsure,
        "notes": notes,
    }


def _hits(asking: Asking, name: str, country: str) -> tuple[list[dict[str, Any]], list[str]]:
    try:
        found = asking.lists.screen.hits(name, country or None, SHOWN)
    except ValueError as error:
        return [], [str(error)]
    return [_hit(asking, hit) for hit in found], []


def _hit(asking: Asking, hit: Hit) -> dict[str, Any]:
    listed = asking.lists.listed.get(hit.entry.list)
    held_from = listed.versions[0] if listed is not None else ""
    words = {hit.entry.list, *classes_of(asking.law, hit.entry)}
    means = consequences(asking.register, words, asking.on, asking.known_on)
    return {
        **_as_of(shown(hit), asking.day < held_from),
        "list_title": listed.title if listed is not None else hit.entry.list,
        "by": listed.by if listed is not None else "",
        "standing": _standing(asking, hit, held_from),
        "same_name": hit.score >= SAME,
        "consequences": [_told(asking, each, listed.by if listed else "") for each in means],
    }


def _standing(asking: Asking, hit: Hit, held_from: str) -> str:
    """How an entry stands on the day; ``unknown`` where it does not say since when it stands."""
    standing = standing_of(hit.entry, asking.day)
    if standing == "in_force" and asking.day < held_from:
        return listing_of(asking.law, hit.entry, held_from).standing(day_number(asking.day))
    return standing


def _as_of(row: dict[str, Any], younger: bool) -> dict[str, Any]:
    """A hit without the words of a version of its list that is younger than the day."""
    if younger:
        row.update(dict.fromkeys(WORDS))
    return row


def _told(asking: Asking, means: Consequence, by: str) -> dict[str, Any]:
    """A consequence; ``bears`` says whether it is about goods that go this way."""
    told: dict[str, Any] = {
        key: value or None for key, value in means._asdict().items() if key != "sources"
    }
    meets = bool(means.decision) and asking.meets(by, means.decision)
    told["everything"] = means.everything
    told["bears"] = meets and (means.everything or means.decision != PROHIBITED)
    told["sources"] = [
        asking.register.sources[key].citation for key in dict.fromkeys(means.sources)
    ]
    return told


def _status(hits: list[dict[str, Any]]) -> str:
    same = {hit["standing"] for hit in hits if hit["same_name"]}
    if "in_force" in same:
        return "listed"
    if "unknown" in same or any(
        not hit["same_name"] and hit["standing"] in ("in_force", "unknown") for hit in hits
    ):
        return "possible"
    return "suspended" if "suspended" in same else "clear"
