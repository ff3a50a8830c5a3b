"""A whole transaction asked from Python: a shipment in, an assessment out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from detente._shapes import NamedTuple
from detente.answer.duty_answer import answer_duty
from detente.answer.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register


class Shipment(NamedTuple):
    """One line of an entry.

    Attributes:
        code: 8 or 10 digits of the tariff, with dots or without.
        origin: ISO 3166 country of origin.
        value: customs value in dollars, as text ("10000.00"); None if it is not asked.
        destination: ISO country of import.
        quantities: quantities by unit, as text ({"kg": "500"}).
        facts: entry facts by key, as text ({"exclusion": "true"}).
    """

    code: str
    origin: str
    value: str | None = None
    destination: str = "US"
    quantities: Mapping[str, str] = {}
    facts: Mapping[str, str] = {}


class Answer(dict[str, Any]):
    """An answer whose keys, those of the JSON, read as attributes: ``duty.total.amount``."""

    def __getattr__(self, name: str) -> Any:
        try:
            value = self[name]
        except KeyError:
            known = ", ".join(self)
            raise AttributeError(f"the answer has no {name!r}; it has {known}") from None
        return _readable(value)


class Assessment(NamedTuple):
    """What was found of a shipment."""

    duty: Answer


def assess(
    shipment: Shipment,
    register: Register | None = None,
    *,
    on: date | str,
    known_on: date | str | None = None,
) -> Assessment:
    """What a shipment owes on a day.

    Args:
        shipment: the line asked about.
        register: the register to ask; the built-in one by default.
        on: the entry day, or an instant as text with its offset.
        known_on: answer as known at the end of this day.

    Raises:
        ValueError: the question cannot be understood; the message says what to do.

    Example:
        >>> a = assess(Shipment("8507.60.00.10", "CN", "10000"), on=date(2025, 11, 12))
        >>> a.duty.total.amount
        '4840.00'
    """
    asked = DutyQuestion(
        code=shipment.code,
        origin=shipment.origin,
        on=str(on),
        destination=shipment.destination,
        known_on=None if known_on is None else str(known_on),
        value=shipment.value,
        quantities=shipment.quantities,
        facts=shipment.facts,
    )
    return Assessment(Answer(answer_duty(register or Register.load(), Schedule(), asked)))


def _readable(value: Any) -> Any:
    if isinstance(value, dict):
        return Answer(value)
    if isinstance(value, list):
        return [_readable(each) for each in value]
    return value
