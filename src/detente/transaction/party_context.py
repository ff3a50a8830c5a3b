"""What the parties of a shipment are asked with, and which rules their goods meet."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.transaction.verdict_lines import LICENCE, PROHIBITED

if TYPE_CHECKING:
    from detente.controls.law import ControlLaw
    from detente.licence.lists_used import ListsUsed
    from detente.parties.screening.related import RelatedParties
    from detente.register.book import Register

SHOWN = 5
"""At most this many hits of a name are told."""


class PartyContext(NamedTuple):
    """What the parties are asked with.

    Attributes:
        register: the register.
        law: its controls, with the classes of parties that they name.
        lists: the lists.
        on: a day or an instant.
        known_on: the register as known at the end of this day number.
        leaving: countries that the goods leave, come from, or have a part from.
        destination: country that they come into.
        beside: what the lists tell of parties that names are related to; None where nobody asks.
    """

    register: Register
    law: ControlLaw
    lists: ListsUsed
    on: str
    known_on: int | None
    leaving: tuple[str, ...]
    destination: str
    beside: RelatedParties | None = None

    @property
    def day(self) -> str:
        """The day alone."""
        return self.on[:10]

    def meets(self, by: str, decision: str) -> bool:
        """Whether a rule of a country is about goods that go this way.

        A licence is asked of goods that leave; a prohibition holds both ways; a rule that decides
        nothing is about duty, and so about goods that come in.
        """
        if decision == LICENCE:
            return by in self.leaving
        return by == self.destination or (decision == PROHIBITED and by in self.leaving)
