"""What holds for every question: stricter facts never give a milder answer, and halves agree."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.controls import LicenceAnswer, LicenceQuestion, PartyFinding, decide, law_of
from detente.controls.facts import compare, holds, ratio, satisfying
from detente.controls.law import ControlLaw
from detente.controls.model import CANDIDATES, DECISIONS, POLICIES, RANKED
from detente.core.clock import day_number, last_minute_of
from detente.register import model
from detente.register.book import Register

QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FIRST, LAST = day_number("2017-01-01"), day_number("2027-06-01")
DAYS = st.integers(FIRST, LAST)
ROUTES = st.sampled_from(
    [tuple(pair.split()) for pair in (
        "CN US", "CN DE", "CN JP", "US CN", "US HK", "US AE", "US DE", "JP US", "TW CN", "SG CN"
    )]
)  # fmt: skip
ITEMS = st.sampled_from(
    [
        "gallium",
        "graphite-natural",
        "antimony-metal",
        "1C905",
        "dysprosium-magnet",
        "holmium",
        "3A001",
        "1E902",
        "h20",
        "h200",
        "b200",
        "3A090.b.1",
        "3A090.c",
        "4A090.a",
        "3B001.c",
        "3B993",
        "3A991",
        "EAR99",
        "logs",
    ]
)
END_USES = st.sampled_from(
    [
        "military",
        "military_intelligence",
        "weapons_of_mass_destruction",
        "supercomputer",
        "advanced_fab",
    ]
)
LISTS = st.sampled_from(
    [
        "EL",
        "EL-FN1",
        "EL-FN4",
        "EL-FN5",
        "MEU",
        "CN-CONTROL",
        "CN-WATCH",
        "CN-UEL",
        "CN-61-AFFILIATE",
        "LISTED-AFFILIATE",
        "CN-CONTROL-21-2025",
    ]
)


@pytest.fixture(scope="module")
def law(register: Register) -> ControlLaw:
    return law_of(register)


def question(law: ControlLaw, route: tuple[str, str], day: int, **more: object) -> LicenceQuestion:
    minutes = {regime.by: day * 1440 + 1439 for regime in law.regimes}
    return LicenceQuestion(*route, minutes)._replace(**more)


def severity(answer: LicenceAnswer, by: str) -> tuple[int, int]:
    """How strict the rules of one side are: by decision, then by policy.

    Candidates count as what may be. What is not covered counts as no licence: no rule asks one.
    """
    side = next(each for each in answer.regimes if each.by == by)
    decisions = (
        [DECISIONS.index(each.decision) for each in side.candidates if each.decision in DECISIONS]
        if side.decision not in DECISIONS
        else [DECISIONS.index(side.decision)]
    )
    policy = POLICIES.index(side.policy) if side.policy else -1
    decision = max(decisions, default=0)
    # Beside a prohibition no policy counts.
    return decision, policy if decision < DECISIONS.index("prohibited") else 0


def no_milder(law: ControlLaw, before: LicenceQuestion, after: LicenceQuestion) -> None:
    mild, strict = decide(before, law, False), decide(after, law, False)
    for regime in law.regimes:
        assert severity(strict, regime.by) >= severity(mild, regime.by)


@given(ROUTES, ITEMS, DAYS, END_USES)
@QUICK
def test_a_worse_end_use_is_never_milder(
    law: ControlLaw, route: tuple[str, str], item: str, day: int, use: str
) -> None:
    civil = question(law, route, day, item=item)
    no_milder(law, civil, civil._replace(facts={"end_use": use}))


@given(ROUTES, ITEMS, DAYS, LISTS)
@QUICK
def test_a_listed_end_user_is_never_milder(
    law: ControlLaw, route: tuple[str, str], item: str, day: int, word: str
) -> None:
    unlisted = question(law, route, day, item=item)
    listed = unlisted._replace(parties=(PartyFinding("a party", "end_user", word),))
    no_milder(law, unlisted, listed)


@given(ROUTES, ITEMS, DAYS, st.sampled_from(["us_technology", "chinese_technology"]))
@QUICK
def test_technology_of_a_side_is_never_milder(
    law: ControlLaw, route: tuple[str, str], item: str, day: int, fact: str
) -> None:
    without = question(law, route, day, item=item)
    no_milder(law, without, without._replace(facts={fact: "true"}))


@given(
    st.sampled_from(["US", "SG", "TW"]),
    st.sampled_from(["CN", "HK", "AE", "DE"]),
    DAYS,
    st.integers(0, 40000),
    st.integers(0, 40000),
    st.integers(0, 10),
    st.integers(0, 9000),
)
@QUICK
def test_a_faster_chip_is_never_milder(
    law: ControlLaw,
    start: str,
    to: str,
    day: int,
    one: int,
    other: int,
    density: int,
    bandwidth: int,
) -> None:
    def chip(tpp: int) -> LicenceQuestion:
        facts = {
            "tpp": str(tpp),
            "performance_density": str(density),
            "dram_bandwidth": str(bandwidth),
            "io_bandwidth": "600",
        }
        return question(law, (start, to), day, item="chip", facts=facts, made_in="US")

    no_milder(law, chip(min(one, other)), chip(max(one, other)))


@given(DAYS, st.integers(0, 500), st.integers(0, 500))
@QUICK
def test_more_chinese_content_is_never_milder(
    law: ControlLaw, day: int, one: int, other: int
) -> None:
    def magnet(hundredths: int) -> LicenceQuestion:
        content = {"dysprosium": f"{hundredths / 100}%"}
        return question(law, ("JP", "US"), day, item="dysprosium-magnet", content=content)

    no_milder(law, magnet(min(one, other)), magnet(max(one, other)))


@given(ROUTES, ITEMS, DAYS)
@QUICK
def test_every_decision_prints_the_limbs_that_made_it(
    law: ControlLaw, route: tuple[str, str], item: str, day: int
) -> None:
    answer = decide(question(law, route, day, item=item), law, False)
    for side in answer.regimes:
        made = [each for each in side.rules if not each.displaced_by and each.decision != "none"]
        if side.decision in ("licence", "prohibited"):
            assert side.decision in {each.decision for each in made}
        if side.decision == "none":
            assert not made
        assert all(each.state == "in_force" for each in side.rules)
        assert all(each.failed is not None for each in side.nearly)


@given(ROUTES, ITEMS, DAYS)
@QUICK
def test_the_answer_is_the_stricter_of_both_sides(
    law: ControlLaw, route: tuple[str, str], item: str, day: int
) -> None:
    answer = decide(question(law, route, day, item=item), law, False)
    if answer.decision != CANDIDATES and all(s.decision != CANDIDATES for s in answer.regimes):
        order = [RANKED.index(side.decision) for side in answer.regimes]
        assert RANKED.index(answer.decision) == max(order)


@given(ITEMS, DAYS, st.integers(0, 400))
@QUICK
def test_law_announced_later_never_shows_in_what_was_known_before(
    law: ControlLaw, item: str, day: int, later: int
) -> None:
    asked = question(law, ("CN", "US"), day, item=item, known_on=day)
    answer = decide(asked, law, False)
    for side in answer.regimes:
        for each in side.rules:
            provision = law.register.measure(each.measure).provision(each.provision)
            assert any(period.announced <= day for period in provision.periods)


@given(
    st.fractions(0, 100, max_denominator=10_000),
    st.sampled_from(["at_least", "more_than", "at_most", "below"]),
)
@settings(max_examples=200)
def test_a_value_made_to_satisfy_a_test_does(bound: object, operator: str) -> None:
    test = model.Test("tpp", operator, str(bound))
    if operator == "below" and compare(ratio(str(bound)), (0, 1)) == 0:
        return  # nothing from 0 on lies below 0
    assert holds(test, satisfying(test)) is True


@pytest.mark.parametrize("on", ["2025-11-08", "2026-08-01", "2026-11-28"])
def test_a_decision_does_not_depend_on_the_order_of_facts(law: ControlLaw, on: str) -> None:
    facts = {"tpp": "15832", "dram_bandwidth": "4800", "end_use": "civil"}
    answers = set()
    for order in itertools.permutations(facts):
        asked = question(
            law, ("US", "CN"), last_minute_of(on) // 1440, item="3A090",
            facts={key: facts[key] for key in order},
        )  # fmt: skip
        answer = decide(asked, law, False)
        answers.add((answer.decision, answer.policy))
    assert len(answers) == 1
