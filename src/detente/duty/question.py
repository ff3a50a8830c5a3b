"""A question about duty, checked before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import NamedTuple
from detente.applicability.entry_facts import EntryFacts, FactError, dollars
from detente.core.clock import MINUTES, day_text, last_minute_of, minute_of
from detente.duty.amounts import EntryValue
from detente.register.book import Register
from detente.register.country_words import QuestionError as QuestionError
from detente.register.country_words import country_of as country_of
from detente.register.country_words import stated_day


class DutyQuestion(NamedTuple):
    """What is asked about one line of an entry, as given.

    Attributes:
        code: 8 or 10 digits, with dots or without.
        origin: ISO country of origin.
        on: the entry day, or an instant with its offset.
        destination: ISO country of import.
        known_on: answer as known at the end of this day; None for everything known.
        value: customs value in dollars.
        quantities: quantities by unit, as text.
        facts: entry facts by key, as text.
        base: a column 1 rate that the register does not hold.
        reading: ``law`` or ``announced``; None for the reading of the register that is asked.
    """

    code: str
    origin: str
    on: str
    destination: str = "US"
    known_on: str | None = None
    value: str | None = None
    quantities: Mapping[str, str] = {}
    facts: Mapping[str, str] = {}
    base: str | None = None
    reading: str | None = None


class DutyQuery(NamedTuple):
    """The same question in the terms of the engine."""

    question: DutyQuestion
    origin: str
    destination: str
    zone: str
    minute: int
    day: str
    known_on: int | None
    entry_value: EntryValue
    facts: EntryFacts


def check(register: Register, question: DutyQuestion) -> DutyQuery:
    """The question in the engine's terms.

    Raises:
        QuestionError: the origin, the destination or a day cannot be read.
        FactError: a value or an entry fact cannot be read.
    """
    destination = question.destination.strip().upper()
    if destination not in register.countries:
        destination = register.country_words.find(destination) or destination
    if f"{destination.lower()}/tariff" not in register.areas:
        known = sorted(
            area.split("/")[0].upper() for area in register.areas if area.endswith("/tariff")
        )
        raise QuestionError(
            f"no duties of {question.destination!r} are in the register: "
            f"--to takes {' or '.join(known)}",
            "to",
        )
    origin = country_of(register, question.origin)
    if origin == destination:
        raise QuestionError(
            f"goods of {register.countries[origin]} are not imports into it: "
            "check the origin and the country of import",
            "origin",
        )
    zone = register.zones[destination]
    minute = entry_minute(question.on, zone)
    known_on = None if question.known_on is None else stated_day(question.known_on, "known_on")
    if known_on is not None:
        _check_knowledge(register, destination, known_on)
    value = None if question.value is None else _value(question.value)
    return DutyQuery(
        question=question,
        origin=origin,
        destination=destination,
        zone=zone,
        minute=minute,
        day=day_text(minute // MINUTES),
        known_on=known_on,
        entry_value=checked_entry_value(value, question.quantities),
        facts=EntryFacts(register.facts, question.facts),
    )


def _value(text: str) -> int:
    try:
        return dollars(text, "the value")
    except FactError as error:
        error.where = "value"
        raise


def _check_knowledge(register: Register, destination: str, known_on: int) -> None:
    """Refuse a day of knowledge before the ordinary duties, which would be told as none.

    Raises:
        QuestionError: it lies before them.
    """
    periods = (
        period
        for measure in register.measures(f"{destination.lower()}/tariff", "measure")
        if measure.family == "base"
        for provision in measure.provisions
        for period in provision.periods
    )
    begins = min((period.announced for period in periods), default=known_on)
    if known_on < begins:
        raise QuestionError(
            f"the register holds nothing that was known before {day_text(begins)}: ask as known "
            "on that day or later",
            "known_on",
        )


def checked_entry_value(cents: int | None, quantities: Mapping[str, str]) -> EntryValue:
    """The size of an entry, each quantity being a number, and nothing only of goods worth nothing.

    Raises:
        QuestionError: one is not; it is refused even where no rate of the goods asks for it.
    """
    from detente._numbers import LONGEST, exact

    for unit, text in quantities.items():
        try:
            number = exact(text)
        except ValueError:
            raise QuestionError(
                f"the quantity in {unit} is a number such as 1200 or 0.5, not {text[:LONGEST]!r}",
                "quantity",
            ) from None
        if number < 0 or (number == 0 and cents != 0):
            raise QuestionError(f"the quantity in {unit} is {text}: it must be above 0", "quantity")
    return EntryValue(cents, quantities)


def entry_minute(text: str, zone: str) -> int:
    """The minute that a day or an instant asks for, on the wall clock of a zone.

    Raises:
        QuestionError: the text is neither.
    """
    if len(text) <= len("2025-11-10"):
        stated_day(text, "on")
        # A day stands for its last instant, so whatever takes effect within it counts.
        return last_minute_of(text)
    try:
        return minute_of(text, zone)
    except ValueError:
        from detente.core.stated_days import neither_words

        raise QuestionError(neither_words(text), "on") from None
