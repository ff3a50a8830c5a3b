"""A question about a licence as it is given, before its words are read."""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import NamedTuple
from detente.controls.model import PartyFinding


class LicenceQuery(NamedTuple):
    """What is asked, as given.

    Attributes:
        start: country that the goods leave, by code or name.
        to: country that they go to.
        on: a day, or an instant with its offset.
        item: a control code or a plain name; or
        code: a tariff code of four to ten digits, with dots or without.
        params: parameters and other facts, by entry fact.
        end_user: a name, a word such as ``military``, or a class of parties such as ``EL-FN5``.
        end_use: words of end use.
        made_in: country of origin; empty for the country that the goods leave.
        content: shares of the value that are Chinese items, by item.
        exporter: a name; a general licence may belong to it.
        parties: findings about owners and others that the caller has made already.
        known_on: answer as known at the end of this day.
        owners_known: whether the caller asked about the owners of the end user.
        transfer: ``export``, ``reexport`` or ``deemed``; empty for what the countries make it.
        deemed_to: for a deemed export, the citizenship of the person to whom it is released.
    """

    start: str
    to: str
    on: str
    item: str | None = None
    code: str | None = None
    params: Mapping[str, str] = {}
    end_user: str = ""
    end_use: tuple[str, ...] = ()
    made_in: str = ""
    content: Mapping[str, str] = {}
    exporter: str = ""
    parties: tuple[PartyFinding, ...] = ()
    known_on: str | None = None
    owners_known: bool = False
    transfer: str = ""
    deemed_to: str = ""
