"""What an average is asked, checked before anything is computed.

An average has no value of an entry. So a content of metal is a share of the value or nothing:
dollars, which one entry may be asked with, would leave its lines without a rate.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import (
    COMPONENT,
    EntryFacts,
    FactError,
    fraction,
    with_claims,
)
from detente.core.figures import percent, rate
from detente.duty.question import DutyQuery, DutyQuestion, QuestionError, check, country_of
from detente.register.book import Register
from detente.register.country_words import stated_day

if TYPE_CHECKING:
    from detente.answers.average import AverageQuestionRow

HELD = "US"
"""The country of import whose schedule, with its ordinary duties, is at hand."""


class AverageQuestion(NamedTuple):
    """What is asked about an average, as given.

    Attributes:
        origin: ISO country of origin.
        start: the first day.
        last: the last day; the same as ``start`` for one day.
        destination: ISO country of import.
        weights: a weighting or a CSV file; None for the destination's own.
        facts: entry facts that hold for every line, as text.
        known_on: answer as known at the end of this day; None for everything known.
        band: a share such as "25%" at which the metal contents that are not given stand in a second
            average beside the first, where they are the whole value; None for no second average.
        base: an ordinary duty for all goods, such as "8%", where the register does not hold those
            of the destination; None to average additional duties alone.
    """

    origin: str
    start: str
    last: str
    destination: str = "US"
    weights: str | None = None
    facts: Mapping[str, str] = {}
    known_on: str | None = None
    band: str | None = None
    base: str | None = None


def question_block(query: DutyQuery, question: AverageQuestion) -> AverageQuestionRow:
    """The question as an answer repeats it."""
    return {
        "origin": query.origin,
        "destination": query.destination,
        "from": question.start,
        "to_date": question.last,
        "known_on": question.known_on,
        "facts": dict(question.facts),
        "band": question.band,
        "base": question.base,
        "layer": None,
        "every": None,
        "by": None,
    }


def other_side(register: Register, question: AverageQuestion, base: str | None) -> AverageQuestion:
    """The same days in the other direction, by the weights of that direction.

    Facts and the band belong to the entries first asked about and are not carried over.

    Args:
        register: the register asked.
        question: the question of the first direction.
        base: the ordinary duty of the other direction, where its tariff is not held.

    Raises:
        QuestionError: the register has no duties of the country of origin, or does not know it.
    """
    origin = country_of(register, question.origin)
    if f"{origin.lower()}/tariff" not in register.areas:
        raise QuestionError(
            f"there is no other direction: no duties of {register.countries[origin]} are in the "
            "register; leave --both out",
            "both",
        )
    return AverageQuestion(
        origin=country_of(register, question.destination, "to"),
        start=question.start,
        last=question.last,
        destination=origin,
        known_on=question.known_on,
        base=None if origin == HELD else base,
    )


def check_average(register: Register, question: AverageQuestion) -> DutyQuery:
    """The question in the engine's terms; the code is not looked at.

    Raises:
        QuestionError: a day, a country or a content cannot be read, or the days are turned round.
        FactError: another fact cannot be read.
    """
    _check_contents(register, question)
    query = check(
        register,
        DutyQuestion(
            code="",
            origin=question.origin,
            on=question.start,
            destination=question.destination,
            known_on=question.known_on,
            facts=with_claims(register.facts, question.facts),
        ),
    )
    if query.destination == HELD and question.base is not None:
        raise QuestionError(
            f"the schedule has the ordinary duties of {HELD}: leave --base out, which is for a "
            "destination whose tariff is not held here",
            "base",
        )
    for text in (question.start, question.last):
        stated_day(text)
    if question.last < question.start:
        raise QuestionError(
            f"the last day, {question.last}, lies before the first, {question.start}: turn them "
            "round"
        )
    return query


def _check_contents(register: Register, question: AverageQuestion) -> None:
    """Refuse contents that are no share of the value.

    Raises:
        QuestionError: a content in dollars, or one that cannot be read as a share.
    """
    for key, text in question.facts.items():
        if key.startswith(COMPONENT):
            raise QuestionError(
                f"{key}={text} is dollars of one entry: an average has no entry; leave it out",
                f"fact {key}",
            )
        if key in register.facts and register.facts[key].type == "money_or_share":
            _check_share(f"{key}={text}", text, f"fact {key}")
    if question.band is not None:
        _check_share(f"--band {question.band}", question.band, "band")


def _check_share(named: str, text: str, where: str) -> None:
    """Refuse a text that is not a percentage of the value; the message says what was given.

    Raises:
        QuestionError: it is none.
    """
    # A minus in front is a negative share, which is refused below in other words.
    if "-" in text.strip()[1:]:
        raise QuestionError(
            f"{named} is a range: give one share; --band 25% shows the average with contents "
            "that are not given at 25% beside the one with them as the whole value",
            where,
        )
    try:
        share = fraction(text.strip(), named)
    except FactError:
        share = None
    if share is None or not text.strip().endswith("%"):
        # Both 25 and 0.25 are mostly meant as 25%, so the hint offers that.
        meant = share if share is None or share < 1 else share / 100
        hint = percent(rate(meant)) if meant is not None and 0 < meant <= 1 else "25%"
        raise QuestionError(
            f"{named} is not a percentage: an average has no entry whose dollars a content could "
            f"be, so write a share of the value, such as {hint}",
            where,
        )
    if not 0 <= share <= 1:
        raise QuestionError(f"{named} is not from 0% to 100%: write a share such as 25%", where)


def contents_not_stated(register: Register, facts: EntryFacts) -> tuple[str, ...]:
    """Parts of the value that count as the whole where they are not given."""
    return tuple(
        key
        for key, fact in register.facts.items()
        if fact.unknown_means == "value" and fact.raised != "never" and not facts.is_stated(key)
    )


def at_band(facts: EntryFacts, contents: Collection[str], band: str) -> EntryFacts:
    """The facts with contents that are not given at the share of the band.

    Raises:
        QuestionError: every content is given.
    """
    if not contents:
        raise QuestionError(
            f"--band {band} is for metal contents that are not given, and all are: leave it out",
            "band",
        )
    for name in contents:
        facts = facts.with_value(name, band)
    return facts
