"""Averages over all partners and in layers: sums that agree, claims that only lower, gaps told."""

from __future__ import annotations

import csv
import gzip
import os
import random
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from detente.average.answer import AverageQuestion, answer_average
from detente.average.followed import PARTS
from detente.average.layered.claim_steps import Shares
from detente.average.layered.field import find_field
from detente.average.layered.layered_question import LayeredQuestion
from detente.average.layered.layers import LayerSums, answer_layers
from detente.average.spans import find_spans
from detente.core.clock import day_number
from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion, QuestionError
from detente.goods.codes import CodeError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.trade.flows import Flows
from detente.trade.weights import WeightError

MILLIONTH = Fraction(1, 10**6)


class Asker:
    """Asks for averages in layers."""

    def __init__(self, register: Register, schedule: Schedule, flows: Flows) -> None:
        self.register, self.schedule, self.flows = register, schedule, flows

    def __call__(self, origins: str, start: str, last: str = "", **more: Any) -> dict[str, Any]:
        asked = LayeredQuestion(origins, start, last or start, **more)
        return answer_layers(self.register, self.schedule, self.flows, asked)

    def single(self, origin: str, day: str) -> dict[str, Any]:
        asked = AverageQuestion(origin, day, day)
        answer = answer_average(self.register, self.schedule, self.flows, asked)
        found: dict[str, Any] = answer["series"][0]
        return found


@pytest.fixture(scope="module")
def ask(register: Register, schedule: Schedule, flows: Flows) -> Asker:
    return Asker(register, schedule, flows)


@pytest.fixture(scope="module")
def reference() -> Path:
    named = os.environ.get("DETENTE_REFERENCE")
    if not named or not Path(named).is_dir():
        pytest.skip("DETENTE_REFERENCE names no folder of official publications")
    return Path(named)


@pytest.fixture(scope="module")
def december(ask: Asker) -> dict[str, Any]:
    """Every partner on one day, each in its own row, with its claims."""
    return ask("all", "2025-12-10", layer="all", by="origin")


def test_one_partner_among_several_has_the_average_that_it_has_alone(
    ask: Asker, december: dict[str, Any]
) -> None:
    rows = {row["origin"]: row for row in december["series"]}
    for origin in ("CA", "CN", "JP", "RU", "VN"):
        alone = ask.single(origin, "2025-12-10")
        assert abs(Fraction(rows[origin]["average"]) - Fraction(alone["average"])) <= MILLIONTH
        assert rows[origin]["covered_share"] == alone["covered_share"]


def test_the_average_of_all_partners_is_the_weighted_mean_of_theirs(
    ask: Asker, december: dict[str, Any]
) -> None:
    (whole,) = ask("all", "2025-12-10", layer="all")["series"]
    values = {each["origin"]: int(each["value"]) for each in december["partners"]}
    for layer, covered in (("average", "covered_share"), ("claimed", "claimed_covered_share")):
        weights = {
            row["origin"]: values[row["origin"]] * Fraction(row[covered])
            for row in december["series"]
        }
        mean = sum(
            weights[row["origin"]] * Fraction(row[layer])
            for row in december["series"]
            if row[layer] is not None
        ) / sum(weights.values())
        # Shares and rates are told to six places.
        assert abs(mean - Fraction(whole[layer])) < 3 * MILLIONTH, layer


def test_chapters_together_are_the_whole(ask: Asker) -> None:
    (whole,) = ask("CN", "2025-12-10", layer="claimed")["series"]
    rows = ask("CN", "2025-12-10", layer="claimed", by="hs2")["series"]
    values: dict[str, int] = {}
    for code, value in ask.flows.values("CN").items():
        values[code[:2]] = values.get(code[:2], 0) + value
    rated = [row for row in rows if row["average"] is not None]
    for layer, covered in (("average", "covered_share"), ("claimed", "claimed_covered_share")):
        units = sum(values[row["hs2"]] * Fraction(row[covered]) for row in rated)
        charged = sum(
            values[row["hs2"]] * Fraction(row[covered]) * Fraction(row[layer]) for row in rated
        )
        assert abs(charged / units - Fraction(whole[layer])) < 10 * MILLIONTH


def test_exclusions_and_preferences_raise_the_duty_of_no_partner_and_no_chapter(
    ask: Asker, december: dict[str, Any]
) -> None:
    rows = [*december["series"], *ask("CA,MX", "2026-01-15", layer="claimed", by="hs2")["series"]]
    steps = [step for row in rows for step in row["steps"] or ()]
    lowering = [step for step in steps if step["step"] in ("exclusion", "preference", "usmca")]
    assert len(lowering) > 50
    # Where the ordinary duty falls, one that tops it up to a cap rises, and no further.
    assert all(Fraction(step["change"]) <= MILLIONTH for step in lowering)


def test_the_steps_lead_from_the_statutory_to_the_claimed_rate_family_by_family(
    december: dict[str, Any],
) -> None:
    for row in december["series"]:
        changes = sum(Fraction(step["change"]) for step in row["steps"])
        assert abs(Fraction(row["average"]) + changes - Fraction(row["claimed"])) < 8 * MILLIONTH
        for step in row["steps"]:
            by_family = sum(Fraction(part) for part in step["by_family"].values())
            assert abs(by_family - Fraction(step["change"])) < 8 * MILLIONTH


def test_canada_pays_a_fifth_of_its_statutory_rate_once_claims_are_counted(
    december: dict[str, Any],
) -> None:
    (canada,) = [row for row in december["series"] if row["origin"] == "CA"]
    assert Fraction("0.25") < Fraction(canada["average"]) < Fraction("0.30")
    # The Budget Lab has 9.17 with the claims of its own calibration.
    assert Fraction("0.05") < Fraction(canada["claimed"]) < Fraction("0.10")


def test_claims_of_a_month_count_in_that_month(ask: Asker) -> None:
    series = ask("CA", "2025-04-01", "2025-12-31", layer="claimed", every="month")["series"]
    left = {
        row["on"][:7]: Fraction(row["claimed_by_family"]["ieepa"])
        / Fraction(row["by_family"]["ieepa"])
        for row in series
    }
    # 57 percent of the value was entered under the USMCA in June, 86 in July, 90 in October: what
    # of the emergency duty is left falls with it.
    assert left["2025-06"] > Fraction("0.4") > Fraction("0.15") > left["2025-07"] > left["2025-10"]


def test_before_claims_are_in_hand_there_is_no_claimed_rate(ask: Asker, flows: Flows) -> None:
    start = Shares(flows.claims()).start
    series = ask("CA", "2023-12-01", "2024-01-31", layer="claimed", every="month")["series"]
    assert start == "2024-01-01"
    assert [row["claimed"] is None for row in series] == [True, False]


def test_a_month_is_the_mean_of_its_days(ask: Asker) -> None:
    (month,) = ask("CN", "2025-11-01", "2025-11-30", every="month")["series"]
    changes = ask("CN", "2025-11-01", "2025-11-30")["series"]
    days = [int(row["on"][-2:]) for row in changes] + [31]
    # The fentanyl duty was cut on the tenth, and farm goods were exempted on the thirteenth.
    assert days[:2] == [1, 10]
    mean = (
        sum(
            (until - first) * Fraction(row["average"])
            for row, (first, until) in zip(changes, pairwise(days), strict=True)
        )
        / 30
    )
    assert abs(Fraction(month["average"]) - mean) < 2 * MILLIONTH


def test_what_customs_collected_stands_beside_as_the_statistics_have_it(ask: Asker) -> None:
    # Census: 10.91 percent in October 2025 over all countries.
    (row,) = ask("all", "2025-10-01", "2025-10-31", layer="all", every="month")["series"]
    assert Fraction("0.109") < Fraction(row["collected"]) < Fraction("0.1095")
    assert row["collected_of"] == "2025-10"
    assert Fraction(row["gap"]) == Fraction(row["collected"]) - Fraction(row["claimed"])
    # China: 46.66 of 429.43 billion dollars of 2024.
    (year,) = ask("CN", "2024-01-01", "2024-12-31", layer="collected", every="year")["series"]
    assert abs(Fraction(year["collected"]) - Fraction("0.10866")) < Fraction("0.0001")
    (open_,) = ask("CN", "2025-10-01", "2025-10-31", layer="all", every="month")["series"]
    assert open_["collected"] is None


def test_the_trackers_average_stands_beside_where_it_knew_the_law(ask: Asker) -> None:
    series = ask("all", "2025-11-01", "2026-07-31", layer="all", every="month")["series"]
    tracker = {row["on"][:7]: row["tracker"] for row in series}
    # Four days at 17.3290 percent, and 27 at 17.1407 from 5 December 2025.
    mean = (4 * Fraction("0.173290") + 27 * Fraction("0.171407")) / 31
    assert abs(Fraction(tracker["2025-12"]) - mean) < MILLIONTH
    assert tracker["2026-07"] is None


@pytest.mark.parametrize("origin", ["CA", "MX"])
def test_a_claim_raises_the_duty_of_no_line(ask: Asker, origin: str) -> None:
    lines = [flow for flow in ask.flows.lines(origin) if flow.code < "98" and flow.value]
    compared = 0
    for flow in random.Random(11).sample(lines, 60):
        rates = []
        for facts in ({}, {"usmca": "true"}):
            question = DutyQuestion(code=flow.code, origin=origin, on="2025-12-10", facts=facts)
            try:
                answer = answer_duty(ask.register, ask.schedule, question)
            except CodeError:
                break  # the edition of the day does not print the code
            rates.append(answer["total"]["ad_valorem"])
        if len(rates) == 2 and None not in rates:
            compared += 1
            assert Fraction(rates[1]) <= Fraction(rates[0]), flow.code
    assert compared > 40


@pytest.mark.parametrize(
    ("origins", "message"),
    [
        ("IE", "not in hand, only those of European Union together: ask for --origin EU"),
        ("CN,DE", "not in hand, only those of European Union"),
        ("FJ", "goods of FJ by line are not in hand, but those of AE"),
    ],
)
def test_goods_without_weights_of_their_own_are_refused(
    ask: Asker, origins: str, message: str
) -> None:
    with pytest.raises(WeightError, match=message):
        ask(origins, "2025-12-10")


@pytest.mark.parametrize(
    ("origins", "more", "message"),
    [
        ("EU,SK", {}, "SK is part of EU: its goods would weigh twice"),
        (
            "CN",
            {"layer": "paid"},
            "'paid' is not a word for layer: write one of statutory, claimed",
        ),
        ("CN", {"by": "hs4"}, "'hs4' is not a word for by: write one of origin, family, hs2"),
        (",", {}, "name an origin, such as CN, EU or all"),
    ],
)
def test_a_question_that_is_none_says_what_to_write(
    ask: Asker, origins: str, more: dict[str, str], message: str
) -> None:
    with pytest.raises(QuestionError, match=message):
        ask(origins, "2025-12-10", **more)


def test_members_of_a_group_that_pay_differently_are_told(ask: Asker) -> None:
    def open_(day: str) -> list[str]:
        coverage = ask("EU", day)["coverage"]
        return [row["scope"] for row in coverage if row["what"] == "weights/EU"]

    # The aircraft dispute charged goods of some members only, from October 2019.
    (scope,) = open_("2020-01-15")
    assert "us-301-aircraft" in scope
    assert not open_("2025-12-10")


def test_every_code_is_followed_whole_through_the_editions(
    ask: Asker, register: Register, schedule: Schedule, flows: Flows
) -> None:
    from detente.average.cells import CodeEquivalents
    from detente.average.classes import Classes
    from detente.average.lines import ScheduleLines

    codes = sorted(flows.values("VN"))
    edition = schedule.editions[-1].number
    field = find_field(
        ScheduleLines(schedule),
        CodeEquivalents(flows.equivalents()),
        Classes(register, "US", schedule),
        codes,
        [edition],
    )
    parts_of = field.parts
    for code in codes:
        placed = sum(parts for _, parts in parts_of[code])
        assert placed == PARTS or code in field.lost


def test_rows_by_month_cover_all_days_once() -> None:
    days = [day_number(day) for day in ("2025-01-20", "2025-02-04", "2025-03-04")]
    spans = find_spans("month", days, day_number("2025-03-10"))
    assert [(each.on, each.through, each.period) for each in spans] == [
        ("2025-01-20", "2025-01-31", ""),
        ("2025-02-01", "2025-02-28", "2025-02"),
        ("2025-03-01", "2025-03-10", ""),
    ]
    # February: three days under the law of 20 January, 25 under that of the fourth.
    assert spans[1].days == ((0, 3), (1, 25))


@pytest.mark.reference
def test_partners_lie_within_a_point_and_a_half_of_the_tracker_where_its_dates_are_law(
    ask: Asker, reference: Path
) -> None:
    """Ten partners on 10 April 2025, claimed beside the tracker of the Budget Lab.

    Canada and Mexico are not among them: the tracker counts claims of later months on that day.
    """
    numbers = {"2010": "MX", "5700": "CN", "5880": "JP", "5800": "KR", "5520": "VN", "4120": "GB",
               "5330": "IN", "5830": "TW", "4419": "CH", "3510": "BR"}  # fmt: skip
    path = reference / "econ/flows/yale_etr_by_country_authority_changes_2025_2026.csv.gz"
    tracker: dict[str, Fraction] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["country"] in numbers and row["date"] <= "2025-04-10":
                tracker[numbers[row["country"]]] = Fraction(row["weighted_etr"])
    rows = ask("CN,JP,KR,VN,GB,IN,TW,CH,BR", "2025-04-10", layer="claimed", by="origin")["series"]
    assert len(rows) == 9
    for row in rows:
        gap = Fraction(row["claimed"]) - tracker[row["origin"]]
        assert abs(gap) < Fraction("0.015"), (row["origin"], float(gap))


def test_sums_of_two_groups_are_added_name_by_name_and_nothing_is_kept_that_is_nothing() -> None:
    first = LayerSums({"301": 5, "base": -2}, 7, 1, {"no rate": 3})
    second = LayerSums({"232": 4, "base": 2}, 11, 2, {"no line": 6})
    assert first.plus(second) == LayerSums(
        {"301": 5, "232": 4}, 7 + 11, 1 + 2, {"no rate": 3, "no line": 6}
    )
