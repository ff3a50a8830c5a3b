"""Every flow of a year, by line and origin, with its duty on two days or under two registers.

    rate(line, origin, day) = effective ad valorem of the line's stack, as `detente duty` answers it

Lines are followed through the editions, and rates that are not ad valorem counted as what was paid,
as an average does (`detente.average.answer`); so an average of these rates is that average.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.answer import HELD
from detente.average.cases import BASE
from detente.average.classes import classes_of
from detente.average.flow_reader import FlowGoods, FlowReader, SideLaws, edition_of
from detente.average.followed import LineFollower
from detente.core.collector import without_collector
from detente.duty.question import QuestionError
from detente.goods.codes import RATE_LINE
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.trade.flows import Flows, Partner

if TYPE_CHECKING:
    import numpy

    from detente.register.model import Measure

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
        claimed_after: the same on the second side, where it differs from the first.
        ordinary: whether the ordinary duty counts; else additional duties alone.
    """

    origins: Sequence[str] = ()
    codes: Sequence[str] = ()
    facts: Mapping[str, str] = {}
    known_on: str | None = None
    claimed: Mapping[str, float] = {}
    ordinary: bool = True
    claimed_after: Mapping[str, float] = {}


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


class PartnerLines(NamedTuple):
    """The lines of a partner with trade.

    Attributes:
        number: the partner's place.
        partner: whose goods they are.
        line: places of the lines.
        value: dollars of each.
        named: whether the second side is asked about this partner.
    """

    number: int
    partner: Partner
    line: Column
    value: Column
    named: bool


Duties = tuple["Column", "Column"]
"""The duty of each line of a partner on the first side and on the second."""


@without_collector()
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
    found = [_lines(flows, each, choice.codes) for each in partners]
    imported = numpy.zeros(len(flows.codes), bool)
    for places, _ in found:
        imported[places] = True
    codes = tuple(flows.codes[each] for each in numpy.flatnonzero(imported).tolist())
    readers = _readers(schedule, flows, sides, choice, codes)
    if not codes:
        raise QuestionError("no imports at hand have such a code: shorten it, or leave it out")
    line_of = numpy.cumsum(imported) - 1
    asked = [
        PartnerLines(number, partner, line_of[places], value, partner.id in named)
        for number, (partner, (places, value)) in enumerate(zip(partners, found, strict=True))
    ]
    differing = _differing(sides)
    duties = _by_halves(asked, lambda some: _duties(some, readers, sides, choice, differing))
    columns = [
        (each.line, numpy.full(len(each.line), each.number, numpy.intp), each.value, *duty)
        for each, duty in zip(asked, duties, strict=True)
    ]
    joined = [numpy.concatenate([column[at] for column in columns]) for at in range(5)]
    # Stable, so that within a line the partners keep their order.
    order = numpy.argsort(joined[0], kind="stable")
    return FlowRates(codes, partners, *(column[order] for column in joined))


def _by_halves(
    asked: Sequence[PartnerLines], work: Callable[[Sequence[PartnerLines]], Iterator[Duties]]
) -> list[Duties]:
    """The duties of all partners, half of them by a copy of this process where there can be one."""
    from detente.core.apart import halves, made_apart

    dealt = halves({each.number: float(each.value.sum()) for each in asked})
    if dealt is None:
        return [*work(asked)]
    own, others = dealt
    with made_apart(work([asked[number] for number in others])) as coming:
        found = dict(zip(own, work([asked[number] for number in own]), strict=True))
        found |= zip(others, coming, strict=True)
    return [found[each.number] for each in asked]


def _duties(
    asked: Sequence[PartnerLines],
    readers: Sequence[FlowReader],
    sides: tuple[Side, Side],
    choice: Choice,
    differing: Sequence[Measure] | None,
) -> Iterator[Duties]:
    """The duties of some partners, one after the other."""
    first, second = readers
    for _, partner, line, _, named in asked:
        share = choice.claimed.get(partner.id, 0.0)
        later = choice.claimed_after.get(partner.id, share)
        before = after = _rates(first, sides[0].register, partner, choice, share, line)
        touched = later != share or _touched(sides[1].register, partner, differing)
        if named and touched:
            after = _rates(second, sides[1].register, partner, choice, later, line)
        yield before, after


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
        for provision in measure.provisions:
            tests = [test for test in provision.when if test.operator == "is"]
            special = any(
                period.duty and period.duty.column == "special" for period in provision.periods
            )
            if special and provision.places and tests and register.inside(provision.places, origin):
                value = tests[0].value
                return tests[0].fact, value if isinstance(value, str) else str(value).lower()
    return None


def _lines(flows: Flows, partner: Partner, codes: Sequence[str]) -> tuple[Column, Column]:
    """The lines of a partner with trade, of the codes asked about, and their dollars."""
    import numpy

    places, values, _ = flows.columns(partner.id)
    place, value = numpy.array(places, numpy.intp), numpy.array(values, numpy.float64)
    wanted = value != 0
    if codes:
        begins = tuple(codes)
        wanted &= [flows.codes[each].startswith(begins) for each in places]
    return place[wanted], value[wanted]


def _readers(
    schedule: Schedule, flows: Flows, sides: Sequence[Side], choice: Choice, codes: Sequence[str]
) -> list[FlowReader]:
    classes = classes_of([each.register for each in sides], HELD, schedule)
    follower = LineFollower(schedule, flows)
    editions = {day: edition_of(schedule, day) for day in _days(sides)}
    parts = {day: follower.over(codes, each, each + 1) for day, each in editions.items()}
    laws = SideLaws(parts)
    goods: dict[tuple[int, str], FlowGoods] = {}
    readers = []
    for side, own in zip(sides, classes, strict=True):
        key = id(own), side.day
        if key not in goods:
            goods[key] = FlowGoods(parts[side.day], own)
        readers.append(
            FlowReader(
                side.register,
                side.day,
                goods[key],
                laws,
                known_on=choice.known_on,
                ordinary=choice.ordinary,
            )
        )
    return readers


def _days(sides: Iterable[Side]) -> dict[str, None]:
    return dict.fromkeys(side.day for side in sides)


def _rates(
    reader: FlowReader,
    register: Register,
    partner: Partner,
    choice: Choice,
    claimed: float,
    lines: Column,
) -> Column:
    """The rate of each line of a partner, of whose goods a share may claim their preference."""
    origin = partner.countries[0]
    plain = reader.rates(origin, choice.facts, lines)
    claim = claim_of(register, origin)
    if not claimed or claim is None:
        return plain
    with_claim = reader.rates(origin, {**choice.facts, claim[0]: claim[1]}, lines)
    return (1 - claimed) * plain + claimed * with_claim


def read_codes(texts: Iterable[str]) -> tuple[str, ...]:
    """Digits that codes begin with.

    Raises:
        QuestionError: one is not a beginning of a code.
    """
    found = []
    for text in texts:
        digits = text.strip().replace(".", "")
        if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= RATE_LINE + 2):
            raise QuestionError(f"{text!r} is not a beginning of a code: write 2 to 10 digits")
        found.append(digits)
    return tuple(found)
