"""What thousands of codes meet over many days is what each of them meets on each day."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from detente.applicability.entry_facts import EntryFacts
from detente.applicability.scope import narrow
from detente.applicability.stack import AsOf, Stack, resolve
from detente.average.cases import Entered, Load, RateCharge, charge
from detente.average.classes import Classes
from detente.average.law import CLAIM, AverageLaw, law_days
from detente.average.stacks import CodeKind, OriginGoods, Stacks
from detente.average.timelines import ClassTimelines, changepoints_in
from detente.core.clock import MINUTES, day_number
from detente.duty.amounts import ColumnRates
from detente.goods.schedule import Schedule
from detente.register.book import Register

FIRST, LAST = day_number("2018-01-01"), day_number("2027-12-31")
RATES = (
    ColumnRates("3.4%", "40%", "Free (A*,AU,BH,CL,CO,IL,JO,KR,MA,OM,P,PA,PE,S,SG)"),
    ColumnRates("Free", "Free", ""),
    ColumnRates("22.5%", "35%", "5% (KR)"),
    ColumnRates("1.5¢/kg", "6.6¢/kg", "Free (KR)"),
    ColumnRates("6%", "", ""),
)
ASKED: list[tuple[str, str, dict[str, str], str | None]] = [
    ("CN", "US", {}, None),
    ("CN", "US", {"steel_value": "25%", "aluminum_value": "25%", "copper_value": "25%"}, None),
    ("CN", "US", {}, "2025-04-08"),
    ("CN", "US", {"loaded_on": "2025-04-04", "us_content": "20%"}, None),
    ("KR", "US", {"preference": "KR"}, None),
    ("DE", "US", {}, None),
    ("CA", "US", {"usmca": "true"}, "2025-08-15"),
    ("RU", "US", {}, None),
    ("US", "CN", {}, None),
    ("US", "CN", {}, "2019-08-30"),
]


@pytest.fixture(scope="module")
def codes(schedule: Schedule) -> list[str]:
    lines = [each.code for each in schedule.base_lines(date(2025, 11, 12)) if len(each.code) == 10]
    drawn = Random(3).sample(lines, 90)
    return [code for code in drawn if not code.startswith("99")]


def goods_of(law: AverageLaw, to: str, origin: str, facts: EntryFacts) -> OriginGoods:
    return Stacks(ClassTimelines(law, Classes(law.register, to))).of(origin, facts)


def never_owed(stack: Stack, as_of: AsOf) -> frozenset[str]:
    """Measures of which a later finding, known at the moment, says that they were never owed."""
    return frozenset(
        term.measure.id
        for term in stack.terms
        for void in term.measure.voids
        if (as_of.known_on is None or void.announced <= as_of.known_on)
        and void.start <= as_of.minute
        and (void.until is None or as_of.minute < void.until)
        and term.provision.id in void.provisions
    )


def alone(register: Register, code: str, places: tuple[str, str], as_of: AsOf) -> list[RateCharge]:
    """What the stack of one code on one day charges on each of the rates, all terms at once."""
    stack = resolve(narrow(register, code, *places), as_of)
    entered = Entered(as_of.facts, register.bases, code.startswith("98"))
    void = never_owed(stack, as_of)
    return [charge(stack.terms, void, entered, rates) for rates in RATES]


def met(kind: CodeKind, day: int) -> list[RateCharge]:
    """What a kind of codes is charged on a day."""
    (case,) = [each.case for each in kind.segments if each.first <= day < each.until]
    return [case.charge(rates) for rates in RATES]


def stated(charge: RateCharge) -> object:
    """The shares of a charge; where it is not resolved there are none, and it says for whom."""
    return sorted(charge.unresolved) or (charge.families, charge.refundable)


@pytest.mark.parametrize(("origin", "to", "given", "known_on"), ASKED)
def test_a_case_charges_what_the_stack_of_each_code_charges_on_each_day(
    register: Register,
    codes: list[str],
    origin: str,
    to: str,
    given: dict[str, str],
    known_on: str | None,
) -> None:
    days = sorted(day for day in law_days(register, origin, to) if FIRST <= day <= LAST)
    known = None if known_on is None else day_number(known_on)
    facts = EntryFacts(register.facts, given)
    goods = goods_of(AverageLaw(register, to, days, known), to, origin, facts)
    draw = Random(f"{origin}{to}{known_on}")
    charged = 0
    for code, kind in zip(codes, goods.kinds((code, None) for code in codes), strict=True):
        for at in draw.sample(range(len(days)), 4):
            entered = facts
            if code.startswith("98"):
                words, dotted = register.facts[CLAIM].words, f"{code[:4]}.{code[4:6]}.{code[6:8]}"
                entered = facts.with_value(CLAIM, dotted if dotted in words else "other")
            as_of = AsOf(days[at] * MINUTES + MINUTES - 1, known, entered)
            found, expected = met(kind, at), alone(register, code, (origin, to), as_of)
            assert list(map(stated, found)) == list(map(stated, expected)), (code, at)
            charged += any(each.families for each in found)
    assert charged > 100


def test_stretches_of_a_kind_tile_the_days(register: Register, codes: list[str]) -> None:
    days = sorted(day for day in law_days(register, "CN", "US") if FIRST <= day <= LAST)
    facts = EntryFacts(register.facts, {})
    goods = goods_of(AverageLaw(register, "US", days), "US", "CN", facts)
    for kind in goods.kinds((code, None) for code in codes):
        edges = [kind.segments[0].first, *(each.until for each in kind.segments)]
        assert edges == sorted(set(edges))
        assert (edges[0], edges[-1]) == (0, len(days))


@pytest.mark.parametrize("origin", ["CN", "DE"])
def test_codes_that_come_later_meet_the_same(
    register: Register, codes: list[str], origin: str
) -> None:
    law = AverageLaw(register, "US", [day_number("2025-04-20"), day_number("2025-11-12")])
    facts = EntryFacts(register.facts, {})
    goods = goods_of(law, "US", origin, facts)
    one_by_one = [next(goods.kinds([(code, None)])) for code in codes]
    together = goods_of(law, "US", origin, facts).kinds((code, None) for code in codes)
    for first, kind in zip(one_by_one, together, strict=True):
        assert [met(first, day) for day in (0, 1)] == [met(kind, day) for day in (0, 1)]


def test_a_load_is_charged_what_its_parts_are(register: Register, codes: list[str]) -> None:
    days = [day_number("2025-11-12")]
    facts = EntryFacts(register.facts, {})
    for origin in ("CN", "DE", "RU"):
        goods = goods_of(AverageLaw(register, "US", days), "US", origin, facts)
        for kind in goods.kinds((code, None) for code in codes):
            case = kind.segments[0].case
            load = Load()
            for units, rates in enumerate(RATES, 7):
                load.add(rates, units)
            families: dict[str, int] = {}
            covered = refundable = 0
            for units, rates in enumerate(RATES, 7):
                part = case.charge(rates)
                if not part.unresolved:
                    covered += units
                    refundable += units * part.refundable
                    for name, share in part.families:
                        families[name] = families.get(name, 0) + units * share
            total = case.total(load)
            assert (total.covered, total.refundable) == (covered, refundable)
            assert {name: sum_ for name, sum_ in total.families.items() if sum_} == {
                name: sum_ for name, sum_ in families.items() if sum_
            }
            unresolved = sum(load.units.values()) - covered
            assert max(total.unresolved.values(), default=0) == unresolved


def test_days_that_differ_from_the_day_before() -> None:
    assert changepoints_in([]) == changepoints_in([4]) == changepoints_in([4, 4, 4]) == ()
    assert changepoints_in([4, 4, 0, 0, 4]) == (2, 4)
