"""Taking a decision on a name and a listed party, as both stand today."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.parties.masters.decisions import Decision, Decisions, party_of
from detente.parties.masters.screened import SHOWN

if TYPE_CHECKING:
    from detente.parties.screening.store import Screen


def decide(
    screen: Screen,
    name: str,
    country: str,
    party: str,
    verdict: str,
    why: str,
    by: str,
    today: str,
    until: str = "",
) -> Decision:
    """Keep a decision in the user's folder.

    Args:
        screen: the lists of the day.
        name: as the table writes it.
        country: of its row, ISO code or "".
        party: the key of a listed party that the name comes close to, such as EL-1a2b3c4d.
        verdict: see ``decisions.VERDICTS``.
        why: what it rests on.
        by: who decides.
        today: ISO day.
        until: first day on which it no longer counts; "" for none.

    Raises:
        ValueError: the name does not come close to the party, or see ``Decisions.add``.
    """
    hits = [party_of(hit) for hit in screen.parties(name, country or None, SHOWN)]
    found = next((each for each in hits if party in (each.key, *each.keys)), None)
    if found is None:
        near = ", ".join(f"{each.key} ({each.entry})" for each in hits) or "no listed party"
        raise ValueError(f"{name!r} does not come close to {party!r}, but to {near}")
    made = Decision(name, country, found, verdict, why, by, today, until)
    Decisions().add(made)
    return made
