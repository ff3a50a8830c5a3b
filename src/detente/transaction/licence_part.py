"""The licence question that a shipment asks, and its answer with the sources of each rule."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.controls.deciding import parameters
from detente.controls.model import POLICIES, PartyFinding
from detente.licence.answer import LicenceQuery, answer_licence
from detente.licence.parties import find_party
from detente.transaction.red_flags import red_flags
from detente.transaction.shipment import RECEIVING, SENDING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.answers.assess import AssessedParty, LicencePart
    from detente.controls.law import ControlLaw
    from detente.licence.lists import DayLists
    from detente.register.book import Register
    from detente.transaction.shipment import Party, Shipment


def licence_query(
    register: Register,
    law: ControlLaw,
    shipment: Shipment,
    found: Sequence[AssessedParty],
    on: str,
    known_on: str | None,
    lists: DayLists,
) -> LicenceQuery:
    """The licence question of a shipment whose countries are placed.

    The end user is the first party that receives the goods; others that receive them are asked
    about as well. Owners count where an ownership rule reaches the party.

    Args:
        register: the register asked.
        law: its controls.
        shipment: the shipment.
        found: what was found of each of its parties.
        on: the day on which the goods leave, or an instant.
        known_on: answer as known at the end of this day.
        lists: the lists of parties as of that day.
    """
    end_users = with_roles(shipment.parties, RECEIVING)
    senders = with_roles(shipment.parties, SENDING)
    others = [
        finding
        for party in end_users[1:]
        for finding in find_party(law, party.name, "end_user", lists).findings
    ]
    owned = [
        each for party in found if party["role"] in RECEIVING for each in _owned(register, party)
    ]
    usable = parameters(law)
    return LicenceQuery(
        start=shipment.leaves_from or "",
        to="" if shipment.deemed_to else shipment.destination,
        on=on,
        item=shipment.item,
        code=None if shipment.item else shipment.code,
        params={
            **{key: value for key, value in shipment.facts.items() if key in usable},
            **shipment.parameters,
        },
        end_user=end_users[0].name if end_users else "",
        end_use=(shipment.end_use,) if shipment.end_use else (),
        made_in=shipment.origin or "",
        content=shipment.content,
        exporter=senders[0].name if senders else "",
        parties=(*others, *owned),
        owners_known=bool(end_users) and all(party.owners for party in end_users),
        known_on=known_on,
        transfer=shipment.transfer or "",
        deemed_to=shipment.deemed_to or "",
    )


def licence_part(register: Register, query: LicenceQuery, lists: DayLists) -> LicencePart:
    """The licence answer, with the red flags to ask about.

    Args:
        register: the register asked.
        query: the transaction.
        lists: the lists of parties as of its day.

    Raises:
        ValueError: the item, the code or a parameter cannot be read; the message says what to do.
    """
    answer = answer_licence(register, query, lists)
    return {**answer, "red_flags": red_flags(answer, query)}


def with_roles(parties: Sequence[Party], roles: Sequence[str]) -> list[Party]:
    """The parties of some roles, in the order of the roles and then as given."""
    return sorted(
        (party for party in parties if party.role in roles), key=lambda each: roles.index(each.role)
    )


def _owned(register: Register, party: AssessedParty) -> Iterator[PartyFinding]:
    """That ownership rules reach a party, as the controls name such parties."""
    from detente.parties.ownership.requirement import policy_of

    for rule in party["owners"]:
        word = register.measure(rule["measure"]).provisions[0].control.get("parties")
        if rule["result"] == "not_covered" or not isinstance(word, str):
            continue
        policy = policy_of(rule["requirement"] or "")
        yield PartyFinding(
            name=party["name"],
            role="end_user",
            word=word,
            policy=policy if policy in POLICIES else "",
            entry="; ".join(" > ".join(path) for path in rule["paths"]),
            citation=rule["citation"] or "",
            likely=rule["result"] == "covered",
        )
