"""A whole transaction: what is owed, who takes part, what needs permission, and what follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from hashlib import sha256
from typing import Any

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import EntryFacts
from detente.controls.law import ControlLaw, law_of
from detente.core.clock import day_number
from detente.core.recent import cached
from detente.duty.answer import answer_duty, local_notes, register_sha256
from detente.duty.question import DutyQuestion, QuestionError, country_of, entry_minute
from detente.goods.schedule import Schedule
from detente.licence.lists import DayLists
from detente.licence.lists_used import ListsUsed, lists_held, open_lists
from detente.parties.screening.related import RelatedParties
from detente.parties.screening.store import user_state
from detente.register.book import Register
from detente.register.source_links import sources_of
from detente.store.ledger import canonical
from detente.transaction.licence_part import licence_part, licence_query
from detente.transaction.party_context import PartyContext
from detente.transaction.party_findings import find_party
from detente.transaction.party_standing import headings_of
from detente.transaction.shipment import Shipment, shipment_row_of
from detente.transaction.shipment_words import in_known_words
from detente.transaction.verdict import verdict_of

if TYPE_CHECKING:
    from detente.answers.assess import (
        Assessed,
        AssessedBy,
        AssessedParty,
        DutyPart,
        HeardAssessment,
        LicencePart,
        NoDuty,
    )
    from detente.answers.shared import Coverage as CoverageRow
    from detente.answers.shared import Heard
    from detente.applicability.equivalence import Memory

CONTENT_OF = "CN"
"""The side whose items the content of a shipment names."""

DAYS_CACHED, LICENCES_CACHED = 16, 512
"""How many days of lists, and how many licence answers, an assessor keeps."""

NOBODY = "No party was named, so nobody was screened."

EXPORTED_ON = "exported_on"
"""The entry fact that names the day on which the goods left."""


class Answer(dict[str, Any]):
    """An answer whose keys, those of the JSON, read as attributes: ``duty.total.amount``."""

    def __getattr__(self, name: str) -> Any:
        try:
            value = self[name]
        except KeyError:
            known = ", ".join(self)
            raise AttributeError(f"the answer has no {name!r}; it has {known}") from None
        return _readable(value)


class Assessment(Answer):
    """What was found of a shipment, under the keys of the interface.

    ``question, duty, parties, licence, verdict, coverage, sources, notes, register, sha256``.
    """


class Placed(NamedTuple):
    """A shipment with its countries as ISO codes."""

    shipment: Shipment
    origin: str
    start: str
    destination: str
    on: str
    known_on: str | None


class Assessor:
    """Assesses one shipment after the other, and keeps what they have in common.

    Attributes:
        register: the register asked.
        schedule: the goods schedule of the United States.
        memory: what the register was asked lately, where duties are asked of it often.
    """

    def __init__(
        self, register: Register, schedule: Schedule, memory: Memory | None = None
    ) -> None:
        """Take a register and a schedule.

        Args:
            register: the register to ask.
            schedule: the goods schedule of the United States.
            memory: what the register was asked lately, where duties are asked of it often.
        """
        self.register = register
        self.schedule = schedule
        self.memory = memory
        self._asks = {key: fact.ask for key, fact in register.facts.items()}
        self._state = user_state()
        self._law = law_of(register)
        self._lists: dict[str, ListsUsed] = {}
        self._beside: dict[str, RelatedParties] = {}
        self._day_lists: dict[str, DayLists] = {}
        self._licences: dict[str, LicencePart] = {}

    def assess(self, shipment: Shipment, on: str, known_on: str | None = None) -> Assessment:
        """What a shipment owes, who takes part in it, and what needs permission, on a day.

        Args:
            shipment: the goods, their way and their parties.
            on: the day of the entry, or an instant with its offset.
            known_on: as known at the end of this day.

        Raises:
            ValueError: the question cannot be understood; the message says what to do.
        """
        register = self.register
        placed = _placed(register, shipment, on, known_on)
        self._follow_lists()
        lists = self._lists_on(placed)
        duty = _duty(register, self.schedule, placed, self.memory)
        headings = headings_of(duty)
        beside = self._beside_of(lists)
        parties = _parties(register, self._law, placed, lists, beside, headings)
        licence = self._licence(placed, parties)
        answer: Assessed = {
            "question": shipment_row_of(placed.shipment, on, known_on),
            "reading": register.reading,
            "announced": _announced(duty, licence),
            "duty": duty,
            "parties": parties,
            "licence": licence,
            "verdict": verdict_of(duty, headings, parties, licence, self._asks),
            "coverage": _coverage(duty, licence, lists),
            "sources": sources_of(register, duty, parties, licence),
            "notes": [*(lists.notes if lists else [NOBODY]), *local_notes(register)],
            "register": _register_block(register, self.schedule, duty, licence, lists),
        }
        return Assessment({**answer, "sha256": answer_sha256(answer)})

    def _follow_lists(self) -> None:
        """Let go of what was found by lists of the user that have changed since."""
        state = user_state()
        if state != self._state:
            self._state = state
            for store in (self._lists, self._beside, self._day_lists, self._licences):
                store.clear()

    def _lists_on(self, placed: Placed) -> ListsUsed | None:
        """The lists of parties for a day; None where no party is named."""
        if not placed.shipment.parties:
            return None
        day = placed.on[:10]
        return cached(self._lists, day, lambda: open_lists(day), DAYS_CACHED)

    def _beside_of(self, lists: ListsUsed | None) -> RelatedParties | None:
        """What the lists of a day tell of parties that names are related to."""
        if lists is None:
            return None
        screen = lists.screen
        return cached(self._beside, screen.day, lambda: RelatedParties(screen), DAYS_CACHED)

    def _licence(self, placed: Placed, parties: list[AssessedParty]) -> LicencePart:
        """The licence answer; the same question is answered once."""
        shipment, day = placed.shipment, _left_on(placed)
        lists = cached(self._day_lists, day[:10], lambda: DayLists(day[:10]), DAYS_CACHED)
        known_on = placed.known_on
        query = licence_query(self.register, self._law, shipment, parties, day, known_on, lists)
        answer = partial(licence_part, self.register, query, lists)
        # Its text is the key, since the mappings that a query holds cannot be one.
        return cached(self._licences, repr(query), answer, LICENCES_CACHED)


def _announced(duty: DutyPart, licence: LicencePart) -> HeardAssessment | None:
    """What was announced beside the law of the duty and of the licence; None where neither is."""
    of_duty = duty["announced"] if duty["applies"] else None
    of_licence = licence["announced"]
    described: list[Heard] = [each for each in (of_duty, of_licence) if each]
    if not described:
        return None
    return {
        "total_ad_valorem": of_duty["total_ad_valorem"] if of_duty else None,
        "decision": of_licence["decision"] if of_licence else None,
        "because": list(dict.fromkeys(name for each in described for name in each["because"])),
        "text": " ".join(each["text"] for each in described),
    }


def answer_sha256(answer: Mapping[str, Any]) -> str:
    """SHA-256 of an assessment without its own hash, as canonical JSON."""
    body = {key: value for key, value in answer.items() if key != "sha256"}
    # Names may hold halves of characters, which UTF-8 by itself refuses.
    return sha256(canonical(body).encode("utf-8", "surrogatepass")).hexdigest()


def _placed(register: Register, shipment: Shipment, on: str, known_on: str | None) -> Placed:
    if not shipment.code and not shipment.item:
        raise QuestionError(
            "the shipment names neither goods nor item: give the tariff code, such as "
            "8507.60.00.10, or the controlled item, such as 3A090",
            "code",
        )
    if not shipment.origin and not shipment.leaves_from:
        raise QuestionError(
            "the shipment does not say where the goods come from: give the country of origin, or "
            "the country that they are sent from",
            "origin",
        )
    if shipment.deemed_to:
        if shipment.code:
            raise QuestionError(
                "a deemed export is a release of technology and enters nowhere: leave the code of "
                "the tariff out and name the item",
                "code",
            )
        # The law takes a release to a person as an export to the country of citizenship.
        shipment = shipment._replace(destination=shipment.deemed_to)
    if not shipment.destination:
        raise QuestionError(
            "the shipment does not say where it goes: give the country of destination",
            "destination",
        )
    shipment = in_known_words(register, shipment)
    EntryFacts(register.facts, shipment.facts)  # refuses an unknown one, whatever is asked of them
    start = country_of(register, shipment.leaves_from or shipment.origin or "", "from")
    origin = country_of(register, shipment.origin or start)
    destination = country_of(register, shipment.destination, "destination")
    if start == destination:
        raise QuestionError(
            f"the goods leave {register.countries[start]} and go there too: check `from` and "
            "`destination`",
            "destination",
        )
    # Refuses what is not a day before anything is asked of it; any zone will do for that.
    entry_minute(on, next(iter(register.zones.values())))
    known = shipment._replace(origin=origin, leaves_from=start, destination=destination)
    return Placed(known, origin, start, destination, on, known_on)


def _duty(
    register: Register, schedule: Schedule, placed: Placed, memory: Memory | None
) -> DutyPart:
    """The duty on arrival, or why the register answers none."""
    shipment = placed.shipment
    name = register.countries[placed.destination]
    if shipment.deemed_to:
        return _no_duty("Technology released to a person enters nowhere.", is_open=False)
    if f"{placed.destination.lower()}/tariff" not in register.areas:
        return _no_duty(f"The register holds no duties of {name}.", is_open=False)
    if placed.origin == placed.destination:
        return _no_duty(f"Goods of {name} come back: what they owe is not modelled.", is_open=True)
    if not shipment.code:
        return _no_duty(f"Without the code of the tariff of {name} no duty is known.", is_open=True)
    question = DutyQuestion(
        code=shipment.code,
        origin=placed.origin,
        on=placed.on,
        destination=placed.destination,
        known_on=placed.known_on,
        value=shipment.value,
        quantities=shipment.quantities,
        facts={**_entry_facts(register, shipment), **shipment.facts},
        base=shipment.base,
    )
    return {"applies": True, **answer_duty(register, schedule, question, memory)}


def _entry_facts(register: Register, shipment: Shipment) -> dict[str, str]:
    """Technical parameters that are entry facts too: some duties depend on them."""
    return {key: value for key, value in shipment.parameters.items() if key in register.facts}


def _no_duty(why: str, is_open: bool) -> NoDuty:
    """No duty told; ``open`` says whether one is owed that is not known."""
    return {"applies": False, "open": is_open, "why": why}


def _left_on(placed: Placed) -> str:
    """The day on which the goods left, which decides the licence: as given, or that of entry."""
    return placed.shipment.facts.get(EXPORTED_ON) or placed.on


def _parties(
    register: Register,
    law: ControlLaw,
    placed: Placed,
    lists: ListsUsed | None,
    beside: RelatedParties | None,
    headings: Collection[str],
) -> list[AssessedParty]:
    """What is known of the parties."""
    if lists is None:
        return []
    known_on = None if placed.known_on is None else day_number(placed.known_on)
    leaving = tuple(
        side
        for side in register.zones
        if side in (placed.start, placed.origin) or _has_part_from(placed.shipment, side)
    )
    context = PartyContext(
        register, law, lists, placed.on, known_on, leaving, placed.destination, beside
    )
    return [find_party(context, party, headings) for party in placed.shipment.parties]


def _coverage(duty: DutyPart, licence: LicencePart, lists: ListsUsed | None) -> list[CoverageRow]:
    """What the parts of the answer rest on, each thing once; lists as licence answers name them."""
    rows = [*(duty["coverage"] if duty["applies"] else []), *licence["coverage"]]
    if lists is not None:
        rows += [each.row() for each in lists_held(lists.screen).values()]
    return list({(row["what"], row["scope"]): row for row in rows}.values())


def _has_part_from(shipment: Shipment, side: str) -> bool:
    """Whether a part of the goods comes from a side, as far as the shipment says."""
    if side == CONTENT_OF:
        return bool(shipment.content)
    share = shipment.facts.get(f"{side.lower()}_content", "")
    # Shares such as 0% and 0.00 are no part.
    return any(digit in share for digit in "123456789")


def _register_block(
    register: Register,
    schedule: Schedule,
    duty: DutyPart,
    licence: LicencePart,
    lists: ListsUsed | None,
) -> AssessedBy:
    """Which register answered, and how far what it consulted was read."""
    from detente._version import __version__

    areas = dict(duty["register"]["areas"]) if duty["applies"] else {}
    areas |= licence["register"]["areas"]
    return {
        "version": __version__,
        "sha256": _sha256(register, schedule, lists),
        "bundle": register.bundle or None,
        "reviewed_through": min(areas.values(), default=None),
        "areas": areas,
        "lists": {} if lists is None else lists.days,
        "local_records": len(register.local),
        "imported_editions": [each.id for each in schedule.editions if each.imported],
    }


def _sha256(register: Register, schedule: Schedule, lists: ListsUsed | None) -> str:
    """The hash over all that was asked: register, schedule, and lists of parties if they were."""
    goods = register_sha256(register, schedule)
    return goods if lists is None else sha256(f"{goods}\0{lists.sha256}".encode()).hexdigest()


def _readable(value: Any) -> Any:
    if isinstance(value, dict):
        return Answer(value)
    if isinstance(value, list):
        return [_readable(each) for each in value]
    return value
