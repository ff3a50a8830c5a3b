"""The parties of a shipment in the words of the register: countries, roles, lists of owners."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.vocabulary import UnknownWordError
from detente.duty.question import QuestionError, country_of
from detente.transaction.shipment import Owner, Party, Shipment, role_of

if TYPE_CHECKING:
    from detente.register.book import Register


def in_known_words(register: Register, shipment: Shipment) -> Shipment:
    """A shipment whose parties are told in the register's words; goods and way are left alone.

    Raises:
        QuestionError: a word is unknown; the message says of whom, and the nearest words.
    """
    parties = tuple(_party(register, each) for each in shipment.parties)
    return shipment._replace(parties=parties)


def _party(register: Register, party: Party) -> Party:
    return party._replace(
        role=role_of(party.role, party.name),
        country=_country(register, party.country, party.name),
        owners=tuple(_owner(register, each) for each in party.owners),
    )


def _owner(register: Register, owner: Owner) -> Owner:
    return owner._replace(
        country=_country(register, owner.country, owner.name),
        lists=tuple(dict.fromkeys(_list(register, each, owner.name) for each in owner.lists)),
        owners=tuple(_owner(register, each) for each in owner.owners),
    )


def _country(register: Register, text: str, whose: str) -> str:
    if not text:
        return ""
    try:
        return country_of(register, text, "country")
    except QuestionError as error:
        raise QuestionError(f"{whose}: {error}", "country") from None


def _list(register: Register, text: str, whose: str) -> str:
    from detente.parties.ownership.words import known_list

    try:
        return known_list(register, text)
    except UnknownWordError as error:
        raise QuestionError(f"{whose}: {error}", "list") from None
