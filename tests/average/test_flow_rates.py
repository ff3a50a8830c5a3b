"""Duties of flows: equal to single answers, and an average of them is the average."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy
import pytest

from detente.average.answer import AverageQuestion, answer_average
from detente.average.flow_rates import Choice, FlowRates, Side, claim_of, flow_rates
from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion, QuestionError
from detente.goods.codes import CodeError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.trade.flows import Flows

DAYS = ("2025-04-20", "2026-09-10")
MILLIONTH = 1e-6


class Asker:
    """Asks for flows and for single answers."""

    def __init__(self, register: Register, schedule: Schedule, flows: Flows) -> None:
        self.register, self.schedule, self.flows = register, schedule, flows
        self.sides = Side(register, DAYS[0]), Side(register, DAYS[1])

    def rates(self, **more: Any) -> FlowRates:
        return flow_rates(self.schedule, self.flows, self.sides, Choice(**more))

    def single(
        self, code: str, origin: str, on: str, facts: Mapping[str, str] | None = None
    ) -> dict[str, Any] | None:
        """The totals of one line; None where its edition or its rate has no share to compare."""
        try:
            question = DutyQuestion(code=code, origin=origin, on=on, facts=facts or {})
            total = answer_duty(self.register, self.schedule, question)["total"]
        except CodeError:
            return None
        return None if total["ad_valorem"] is None else dict(total)


@pytest.fixture(scope="module")
def ask(register: Register, schedule: Schedule, flows: Flows) -> Asker:
    return Asker(register, schedule, flows)


@pytest.fixture(scope="module")
def found(ask: Asker) -> FlowRates:
    return ask.rates()


def drawn(found: FlowRates, count: int, partner: str = "") -> Iterator[tuple[str, str, int]]:
    """Code and country of some flows, with their place."""
    ids = [each.id for each in found.partners]
    places = range(len(found.line))
    if partner:
        places = numpy.nonzero(found.partner == ids.index(partner))[0].tolist()
    for at in Random(5).sample(places, count):
        code, origin = found.codes[found.line[at]], found.partners[found.partner[at]]
        if code < "98":
            yield code, origin.countries[0], at


def test_the_rate_of_a_flow_is_the_answer_for_its_line_and_origin(
    ask: Asker, found: FlowRates
) -> None:
    compared = 0
    for code, origin, at in drawn(found, 120):
        for column, day in zip((found.before, found.after), DAYS, strict=True):
            total = ask.single(code, origin, day)
            if total is not None:
                assert column[at] == pytest.approx(float(total["ad_valorem"]), abs=MILLIONTH), code
                compared += 1
    assert compared > 150


def test_additional_duties_alone_leave_the_ordinary_one_out(ask: Asker) -> None:
    found = ask.rates(ordinary=False, codes=("85",))
    compared = 0
    for code, origin, at in drawn(found, 60):
        total = ask.single(code, origin, DAYS[1])
        if total is not None:
            assert found.after[at] == pytest.approx(
                float(total["additional_ad_valorem"]), abs=MILLIONTH
            )
            compared += 1
    assert compared > 30


def test_a_share_of_goods_claims_its_preference(ask: Asker, register: Register) -> None:
    found = ask.rates(claimed={"CA": 0.25}, codes=("61", "84"))
    claim = claim_of(register, "CA")
    assert claim is not None
    compared = 0
    for code, origin, at in drawn(found, 40, "CA"):
        plain = ask.single(code, origin, DAYS[0])
        claimed = ask.single(code, origin, DAYS[0], {claim[0]: claim[1]})
        if plain is not None and claimed is not None:
            expected = 0.75 * float(plain["ad_valorem"]) + 0.25 * float(claimed["ad_valorem"])
            assert found.before[at] == pytest.approx(expected, abs=MILLIONTH), code
            compared += 1
    assert compared > 20


def test_an_average_of_the_rates_is_the_average(ask: Asker, found: FlowRates) -> None:
    ids = [each.id for each in found.partners]
    for origin in ("CN", "KR", "RU"):
        own = found.partner == ids.index(origin)
        for column, day in zip((found.before, found.after), DAYS, strict=True):
            known = own & ~numpy.isnan(column)
            mean = numpy.average(column[known], weights=found.value[known])
            asked = AverageQuestion(origin, day, day)
            (point,) = answer_average(ask.register, ask.schedule, ask.flows, asked)["series"]
            assert mean == pytest.approx(float(point["average"]), abs=MILLIONTH)
            covered = found.value[known].sum() / found.value[own].sum()
            assert covered == pytest.approx(float(Fraction(point["covered_share"])), abs=MILLIONTH)


def test_a_line_without_a_resolved_rate_has_none_and_not_zero(found: FlowRates) -> None:
    unknown = {found.codes[line] for line in found.line[numpy.isnan(found.before)].tolist()}
    assert "9999950000" in unknown  # no edition prints it
    assert not any(value < 0 for value in found.before[~numpy.isnan(found.before)])


def test_origins_that_are_not_asked_about_keep_the_duties_of_the_first_side(ask: Asker) -> None:
    found = ask.rates(origins=("VN",), codes=("6109",))
    ids = [each.id for each in found.partners]
    others = found.partner != ids.index("VN")
    assert numpy.array_equal(found.before[others], found.after[others], equal_nan=True)
    assert (found.before[~others] != found.after[~others]).any()


def test_a_partner_that_sells_no_such_goods_has_no_flows(ask: Asker, found: FlowRates) -> None:
    some = ask.rates(codes=("9802",))
    sellers = set(some.partner.tolist())
    assert 0 < len(sellers) < len(some.partners)
    same = [found.codes[at].startswith("9802") for at in found.line]
    for one, other in ((some.value, found.value), (some.after, found.after)):
        assert numpy.array_equal(one, other[same], equal_nan=True)


def test_registers_on_one_file_share_what_they_hold_alike(ask: Asker) -> None:
    mine = next(each for each in ask.register.measures() if each.family == "301")
    other = ask.register.with_measures([mine._replace(title="changed")], "test")
    pairs = zip(ask.register.measures(), other.measures(), strict=True)
    assert [one.id for one, same in pairs if one is not same] == [mine.id]
    sides = Side(ask.register, DAYS[1]), Side(other, DAYS[1])
    rates = flow_rates(ask.schedule, ask.flows, sides, Choice(codes=("8501", "9802")))
    assert numpy.array_equal(rates.before, rates.after, equal_nan=True)


@pytest.mark.parametrize(
    ("side", "message"),
    [("2025-13-01", "no day|not a day"), ("2016-01-01", "no edition")],
)
def test_a_day_that_cannot_be_asked_is_refused(ask: Asker, side: str, message: str) -> None:
    sides = Side(ask.register, DAYS[0]), Side(ask.register, side)
    with pytest.raises((QuestionError, ValueError), match=message):
        flow_rates(ask.schedule, ask.flows, sides, Choice(codes=("6109",)))
