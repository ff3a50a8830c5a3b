"""Every flow of a year, by line and origin, with its duty on two days or under two registers.

    rate(line, origin, day) = effective ad valorem of the line's stack, as `detente duty` answers it

Lines are followed through the editions, and rates that are not ad valorem counted as what was paid,
as an average does (`detente.answer.average`); so an average of these rates is that average.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.answer.average import HELD, AverageQuestion, check_average
from detente.answer.average_cases import BASE, SCALE
from detente.answer.average_cells import Equivalents
from detente.answer.average_law import Asked, Law
from detente.answer.average_lines import Lines
from detente.answer.average_stacks import Stacks, rows_by_code
from detente.answer.question import QuestionError
from detente.duty.amounts import ColumnRates
from detente.goods.codes import RATE_LINE
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.clock import MINUTES, day_number
from detente.trade.flows import Flows, Partner

if TYPE_CHECKING:
    import numpy

    from detente.register.model import Measure, Member

    Column = numpy.ndarray


class Side(NamedTuple):
    """One of the two states that are compared: a register, asked for a day."""

    register: Register
    day: str


class Choice(NamedTuple):
    """Which flows are asked about, and under which facts.

    Attributes:
        origins: partners by id or ISO country whose duties change; empty for all. The others stay
            in the market with the duties of the first side.
        codes: digits that codes begin with; empty for all.
        facts: entry facts of every entry, as text.
        known_on: as known at the end of this day; None for everything known.
        claimed: share of the goods that claim their preference, by partner; see `claim_of`.
        ordinary: whether the ordinary duty counts; else additional duties alone.
    """

    origins: Sequence[str] = ()
    codes: Sequence[str] = ()
    facts: Mapping[str, str] = {}
    known_on: str | None = None
    claimed: Mapping[str, float] = {}
    ordinary: bool = True


class FlowRates(NamedTuple):
    """Flows as cells (C), one for each line (L) and partner (N) with trade, in order of line.

    Attributes:
        codes: digits of the lines.
        partners: the partners.
        line: (C,) place of the line.
        partner: (C,) place of the partner.
        value: (C,) dollars.
        before: (C,) duty on the first side, a fraction; NaN where it is not resolved.
        after: (C,) duty on the second side.
    """

    codes: tuple[str, ...]
    partners: tuple[Partner, ...]
    line: Column
    partner: Column
    value: Column
    before: Column
    after: Column


def flow_rates(
    schedule: Schedule, flows: Flows, sides: tuple[Side, Side], choice: Choice
) -> FlowRates:
    """The flows asked about, with their duties on both sides.

    Raises:
        QuestionError: an origin, a code, a day or a fact cannot be understood.
    """
    import numpy

    partners = market(flows)
    named = {each.id for each in chosen_partners(flows, choice.origins)}
    first, second = _readers(schedule, flows, sides, choice)
    differing = _differing(sides)
    lines = [_lines(flows, each, choice.codes) for each in partners]
    codes = tuple(sorted(set().union(*lines)))
    if not codes:
        raise QuestionError("no imports at hand have such a code: shorten it, or leave it out")
    place = {code: number for number, code in enumerate(codes)}
    columns: list[tuple[list[int], list[int], list[int], list[float], list[float]]] = []
    for number, (partner, weights) in enumerate(zip(partners, lines, strict=True)):
        before = after = first.rates(partner, weights)
        if partner.id in named and _touched(sides[1].register, partner, differing):
            after = second.rates(partner, weights)
        columns.append(
            (
                [place[code] for code in weights],
                [number] * len(weights),
                list(weights.values()),
                [before[code] for code in weights],
                [after[code] for code in weights],
            )
        )
    joined = [numpy.concatenate([column[at] for column in columns]) for at in range(5)]
    order = numpy.argsort(joined[0], kind="stable")
    line, origin, value, low, high = (column[order] for column in joined)
    return FlowRates(
        codes,
        partners,
        line.astype(numpy.intp),
        origin.astype(numpy.intp),
        value.astype(numpy.float64),
        low.astype(numpy.float64),
        high.astype(numpy.float64),
    )


def market(flows: Flows) -> tuple[Partner, ...]:
    """Every partner, none inside another."""
    return tuple(each for each in flows.partners() if not each.within)


def chosen_partners(flows: Flows, origins: Sequence[str]) -> tuple[Partner, ...]:
    """The partners asked about; all where none is named.

    Raises:
        QuestionError: the statistics do not have an origin.
    """
    partners = market(flows)
    if not origins:
        return partners
    found: dict[str, Partner] = {}
    for origin in origins:
        name = origin.strip().upper()
        one = next((each for each in partners if each.id == name), None)
        one = one or next((each for each in partners if name in each.countries), None)
        if one is None:
            ids = ", ".join(each.id for each in partners)
            raise QuestionError(f"there are no imports from {origin!r} at hand: write one of {ids}")
        found[one.id] = one
    return tuple(found.values())


def _differing(sides: tuple[Side, Side]) -> list[Measure] | None:
    """Measures that two registers hold differently on one day; None where the days differ."""
    if sides[0].day != sides[1].day:
        return None
    before = {measure.id: measure for measure in sides[0].register.measures()}
    return [each for each in sides[1].register.measures() if before.get(each.id) != each]


def _touched(register: Register, partner: Partner, differing: Sequence[Measure] | None) -> bool:
    """Whether goods of a partner may be charged differently on the second side."""
    if differing is None:
        return True
    country = partner.countries[0]
    return any(register.inside(each.places, country) for each in differing)


def claim_of(register: Register, origin: str) -> tuple[str, str] | None:
    """The fact, and its text, that claims the ordinary duty's preference for goods of an origin.

    None where the register has no preference that an importer of such goods may claim.
    """
    for measure in register.measures(f"{HELD.lower()}/tariff", "measure"):
        if measure.family != BASE:
            continue
        for limb in measure.limbs:
            tests = [test for test in limb.when if test.operator == "is"]
            if limb.places and tests and register.inside(limb.places, origin):
                value = tests[0].value
                return tests[0].fact, value if isinstance(value, str) else str(value).lower()
    return None


def _lines(flows: Flows, partner: Partner, codes: Sequence[str]) -> dict[str, int]:
    """Dollars by line of a partner, of the codes asked about."""
    begins = tuple(codes)
    return {
        flow.code: flow.value
        for flow in flows.lines(partner.id)
        if flow.value and (not begins or flow.code.startswith(begins))
    }


def _readers(
    schedule: Schedule, flows: Flows, sides: Sequence[Side], choice: Choice
) -> list[_Reader]:
    lines, equivalents = Lines(schedule), Equivalents(flows.equivalents())
    rows: dict[int, Mapping[str, list[Member]]] = {}
    readers = []
    for side in sides:
        key = id(side.register)
        if key not in rows:
            rows[key] = rows_by_code(side.register)
        readers.append(_Reader(schedule, side, choice, (lines, equivalents), rows[key]))
    return readers


WHOLE = 720_720
"""Units of a line that is followed through the editions: a number with many divisors."""


class _Part(NamedTuple):
    """What a line is called on a day: digits, since when, ordinary rates, units of the line."""

    code: str
    later: int | None
    rates: ColumnRates | None
    units: int


class _Reader:
    """Rates of one side."""

    def __init__(
        self,
        schedule: Schedule,
        side: Side,
        choice: Choice,
        tables: tuple[Lines, Equivalents],
        rows: Mapping[str, list[Member]],
    ) -> None:
        self._schedule, self._side, self._choice = schedule, side, choice
        self._lines, self._equivalents = tables
        self._rows = rows
        self._stacks: dict[object, tuple[Stacks, dict[str, float]]] = {}
        self._parts: dict[str, list[_Part]] = {}
        try:
            self._day = day_number(side.day)
        except ValueError:
            raise QuestionError(
                f"{side.day!r} is not a day of the calendar: write it as YYYY-MM-DD"
            ) from None
        edition = schedule.edition_on(date.fromisoformat(side.day))
        self._edition = edition.number
        self._starts = [day_number(each.start.isoformat()) * MINUTES for each in schedule.editions]

    def rates(self, partner: Partner, weights: Mapping[str, int]) -> dict[str, float]:
        """The rate of each line; NaN where it is not resolved."""
        plain = self._of_facts(partner, weights, self._choice.facts)
        claimed = self._choice.claimed.get(partner.id, 0.0)
        claim = claim_of(self._side.register, partner.countries[0])
        if not claimed or claim is None:
            return plain
        facts = {**self._choice.facts, claim[0]: claim[1]}
        with_claim = self._of_facts(partner, weights, facts)
        return {
            code: (1 - claimed) * rate + claimed * with_claim[code] for code, rate in plain.items()
        }

    def _of_facts(
        self, partner: Partner, weights: Mapping[str, int], facts: Mapping[str, str]
    ) -> dict[str, float]:
        side, origin = self._side, partner.countries[0]
        question = check_average(
            side.register,
            AverageQuestion(
                origin, side.day, side.day, facts=facts, known_on=self._choice.known_on
            ),
        )
        asked = Asked(origin, HELD, question.facts, question.known_on, (self._day,))
        stacks, known = self._stacks_of(asked, tuple(sorted(facts.items())))
        for code in weights:
            if code not in known:
                known[code] = self._rate(stacks, code)
        return {code: known[code] for code in weights}

    def _rate(self, stacks: Stacks, code: str) -> float:
        """The rate of a line; NaN where a part of it has none, since zero would be a rate."""
        total, share = 0, 0.0
        for part in self._parts_of(code):
            if part.rates is None:
                return math.nan
            charge = stacks.kind(part.code, part.later).stretches[0].case.charge(part.rates)
            if charge.unresolved:
                return math.nan
            charged = sum(
                duty for family, duty in charge.families if self._choice.ordinary or family != BASE
            )
            share += part.units * (charged / SCALE)
            total += part.units
        return share / total if total else math.nan

    def _parts_of(self, code: str) -> list[_Part]:
        """What a line of the flows is called on the day, in parts where it was split."""
        if code not in self._parts:
            self._parts[code] = [
                _Part(
                    piece.code,
                    None if piece.later is None else self._starts[piece.later],
                    self._equivalents.rates(piece)[0]
                    if piece.rates is not None and piece.rates.general
                    else None,
                    piece.units,
                )
                for piece in self._lines.pieces({code: WHOLE}, self._edition, self._edition + 1)
            ]
        return self._parts[code]

    def _stacks_of(
        self, asked: Asked, facts: tuple[tuple[str, str], ...]
    ) -> tuple[Stacks, dict[str, float]]:
        """Stacks and rates met of an origin; origins that the same limbs reach share them."""
        law = Law(self._side.register, asked, asked.facts)
        limbs = tuple((each.id, tuple(limb.id for limb in each.limbs)) for each in law.measures)
        key = (facts, limbs)
        if key not in self._stacks:
            stacks = Stacks(self._side.register, self._schedule, asked, self._rows)
            self._stacks[key] = stacks, {}
        return self._stacks[key]


def read_codes(given: Iterable[str]) -> tuple[str, ...]:
    """Digits that codes begin with.

    Raises:
        QuestionError: one is no beginning of a code.
    """
    found = []
    for text in given:
        digits = text.strip().replace(".", "")
        if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= RATE_LINE + 2):
            raise QuestionError(f"{text!r} is no beginning of a code: write 2 to 10 digits")
        found.append(digits)
    return tuple(found)
