"""Averages: equal to single answers, in the band around published figures, nothing dropped."""

from __future__ import annotations

import csv
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from detente.applicability.entry_facts import FactError
from detente.average.answer import AverageQuestion, answer_average
from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion, QuestionError
from detente.goods.codes import CodeError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.trade.flows import Flows
from tools import averages_table

MILLIONTH = Fraction(1, 10**6)
# Days and percent of the Yale Budget Lab's series on goods of China, imports of 2024, MFN included.
BUDGET_LAB = {
    "2025-01-01": "11.87",
    "2025-03-04": "31.70",
    "2025-04-10": "116.66",
    "2025-05-14": "40.60",
    "2025-11-01": "44.50",
    "2025-11-10": "34.62",
    "2026-01-01": "35.83",
}
TOLERANCE = Fraction(3, 2)


class Asker:
    """Asks for averages of goods of China."""

    def __init__(self, register: Register, schedule: Schedule, flows: Flows) -> None:
        self.register, self.schedule, self.flows = register, schedule, flows

    def __call__(self, start: str, last: str | None = None, **more: Any) -> dict[str, Any]:
        asked = AverageQuestion(more.pop("origin", "CN"), start, last or start, **more)
        return answer_average(self.register, self.schedule, self.flows, asked)


@pytest.fixture(scope="module")
def ask(register: Register, schedule: Schedule, flows: Flows) -> Asker:
    return Asker(register, schedule, flows)


@pytest.fixture(scope="module")
def series(ask: Asker) -> list[dict[str, Any]]:
    """The whole series, with the band that a metal content of 25% and of 100% spans."""
    found: list[dict[str, Any]] = ask("2018-01-01", "2026-11-10", band="25%")["series"]
    return found


def at(series: list[dict[str, Any]], day: str) -> dict[str, Any]:
    return [point for point in series if point["on"] <= day][-1]


def weigh(path: Path, values: dict[str, int]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("code", "value"))
        writer.writerows(values.items())
    return str(path)


@pytest.mark.parametrize(
    ("origin", "day"),
    [
        ("CN", "2025-04-20"),
        ("CN", "2026-09-10"),
        ("CN", "2018-10-01"),
        ("CA", "2025-11-12"),
        ("JP", "2025-11-12"),  # duties that top the ordinary one up to 15 percent
        ("RU", "2025-11-12"),  # column 2, and on some lines 35 or 70 percent in its place
    ],
)
def test_an_average_is_the_weighted_mean_of_single_answers(
    ask: Asker, flows: Flows, tmp_path: Path, origin: str, day: str
) -> None:
    lines = [flow for flow in flows.lines(origin) if flow.code < "98" and flow.value]
    values: dict[str, int] = {}
    charged = Fraction(0)
    for flow in random.Random(7).sample(lines, 80):
        try:
            # An average takes the exclusion of a whole number as claimed.
            claimed = {"exclusion_claimed": "true"}
            question = DutyQuestion(code=flow.code, origin=origin, on=day, facts=claimed)
            rate = answer_duty(ask.register, ask.schedule, question)["total"]["ad_valorem"]
        except CodeError:
            continue  # the edition of the day does not print the code
        if rate is not None:  # a specific rate has no share of the value in a single answer
            values[flow.code] = flow.value
            charged += flow.value * Fraction(rate)
    assert len(values) > 50
    answer = ask(day, origin=origin, weights=weigh(tmp_path / "w.csv", values))
    (point,) = answer["series"]
    assert point["covered_share"] == "1"
    assert abs(Fraction(point["average"]) - charged / sum(values.values())) <= 2 * MILLIONTH


def test_a_series_says_on_each_day_what_a_single_average_says(
    ask: Asker, series: list[dict[str, Any]]
) -> None:
    for day in ("2019-05-10", "2025-11-12"):
        (single,) = ask(day, band="25%")["series"]
        assert {**at(series, day), "on": day} == single


def test_the_ends_of_a_band_stand_in_rising_order_and_name_their_contents(
    series: list[dict[str, Any]],
) -> None:
    # On 10 April 2025 125 percent were charged on what is no metal: more content was less duty.
    for day, lower in (("2025-04-10", "100%"), ("2025-11-12", "25%")):
        point = at(series, day)
        averages = {"100%": point["average"], "25%": point["average_low"]}
        assert point["band"][0]["contents"] == lower
        for end in point["band"]:
            assert end["average"] == averages[end["contents"]]
            assert end["covered_share"] == point["covered_share"]
    for point in series:
        low, high = (Fraction(end["average"]) for end in point["band"])
        assert low <= high


def test_the_series_lies_in_the_band_around_the_budget_lab_on_its_days(
    series: list[dict[str, Any]],
) -> None:
    for day, published in BUDGET_LAB.items():
        point = at(series, day)
        ends = sorted(Fraction(point[name]) * 100 for name in ("average", "average_low"))
        assert ends[0] - TOLERANCE <= Fraction(published) <= ends[1] + TOLERANCE, (day, point)


def test_where_that_series_is_dated_by_revisions_ours_follows_the_law(
    series: list[dict[str, Any]],
) -> None:
    # 5 to 8 April 2025: the reciprocal duty was 10 percent, and the 34 of 9 April never applied.
    before, during, after = (at(series, day) for day in ("2025-04-04", "2025-04-08", "2025-04-09"))
    step = Fraction(during["by_family"]["ieepa"]) - Fraction(before["by_family"]["ieepa"])
    assert Fraction("0.055") < step < Fraction("0.10")
    assert Fraction(after["average"]) - Fraction(during["average"]) > Fraction("0.4")
    # The fentanyl duty was 20 percent through 9 November 2025, and 10 from the tenth.
    cut = Fraction(at(series, "2025-11-09")["average"]) - Fraction(
        at(series, "2025-11-10")["average"]
    )
    # Ten points on all but informational materials, donations and lines of chapter 98 (1.5%).
    assert Fraction("0.097") < cut < Fraction("0.10")
    # Aluminum stood at 10 percent until 12 March 2025.
    assert (
        at(series, "2025-03-11")["by_family"]["232"] == at(series, "2025-03-04")["by_family"]["232"]
    )


def test_the_series_changes_on_the_days_of_the_law_and_has_a_point_on_its_first(
    series: list[dict[str, Any]],
) -> None:
    days = [point["on"] for point in series]
    assert days[0] == "2018-01-01"
    assert days == sorted(set(days))
    # Lists 1 and 2, list 3, its increase, list 4A, and its cut.
    assert {
        "2018-07-06",
        "2018-08-23",
        "2018-09-24",
        "2019-05-10",
        "2019-09-01",
        "2020-02-14",
    } <= set(days)


def test_families_add_up_to_the_average(series: list[dict[str, Any]]) -> None:
    for point in series:
        total = sum(Fraction(share) for share in point["by_family"].values())
        assert abs(total - Fraction(point["average"])) <= len(point["by_family"]) * MILLIONTH


def test_what_was_voided_is_the_ieepa_part_and_ends_with_it(series: list[dict[str, Any]]) -> None:
    assert at(series, "2025-11-12")["refundable"] == at(series, "2025-11-12")["by_family"]["ieepa"]
    assert at(series, "2026-03-01")["refundable"] == "0"


def test_a_renumbered_nomenclature_moves_no_goods_off_a_list(series: list[dict[str, Any]]) -> None:
    # On 27 January 2022 codes changed and the duty of Section 301 did not.
    before, after = at(series, "2022-01-26"), at(series, "2022-01-27")
    step = Fraction(after["by_family"]["301"]) - Fraction(before["by_family"]["301"])
    assert abs(step) < Fraction("0.0005")


def test_what_has_no_line_is_listed_with_its_value(ask: Asker) -> None:
    answer = ask("2025-11-12")
    assert answer["unmatched"] == [
        {
            "code": "9999950000",
            "value": "5135973063",
            "why": "no edition of the schedule prints this code",
        }
    ]
    # 1 - 5.136 / 429.426 = 98.804%, less lines whose specific rate nobody paid
    assert Fraction("0.987") < Fraction(answer["series"][0]["covered_share"]) < Fraction("0.98804")


def test_a_code_that_was_renumbered_is_followed_and_said_to_be(ask: Asker, tmp_path: Path) -> None:
    # 8507.60.00.20 gave way to new numbers in the edition of February 2026.
    weights = weigh(tmp_path / "w.csv", {"8507600020": 100})
    answer = ask("2026-03-01", weights=weights)
    assert answer["series"][0]["covered_share"] == "1"
    assert answer["weighting"]["remapped"] == {"by moves between editions": "1"}


def test_a_specific_rate_counts_as_what_was_paid_and_never_as_zero(
    ask: Asker, flows: Flows, tmp_path: Path
) -> None:
    # 0402.10.50: 86.5 cents a kilogram.
    code = "0402105000"
    value, duty = flows.equivalents()[code]
    answer = ask("2025-01-20", weights=weigh(tmp_path / "w.csv", {code: 100}), origin="NZ")
    assert answer["weighting"]["ad_valorem_equivalents"]["share"] == "1"
    assert Fraction(answer["series"][0]["average"]) == round(Fraction(duty, value), 6)
    assert duty > 0


def test_a_rate_that_nobody_paid_leaves_its_line_uncovered(ask: Asker, tmp_path: Path) -> None:
    # 1701.12.10 in quota: a rate for each degree of polarization, which no such partner paid.
    values = {"1701121000": 300, "9503000073": 100}
    answer = ask("2025-01-20", weights=weigh(tmp_path / "w.csv", values))
    (point,) = answer["series"]
    assert point["covered_share"] == "0.25"
    assert point["unresolved"] == {"us-mfn": "0.75"}
    assert point["average"] == "0"  # toys, free
    (left,) = answer["unresolved"]
    assert (left["code"], left["value"], left["on"]) == ("1701121000", "300.00", "2025-01-20")
    assert left["why"].startswith(
        "its ordinary duty, '3.6606¢/kg less 0.020668¢/kg for each degree"
    )
    assert left["why"].endswith("is not known as a share of the value")


def test_a_line_without_a_rate_on_some_days_is_told_with_the_first_and_its_measure(
    ask: Asker, tmp_path: Path
) -> None:
    # Soybeans of Russia: free until 8 April 2022, then column 2: 4.4 cents a kilogram.
    weights = weigh(tmp_path / "w.csv", {"1201900010": 300, "9503000073": 100})
    answer = ask("2022-04-01", "2022-05-01", origin="RU", weights=weights)
    (left,) = answer["unresolved"]
    assert (left["code"], left["value"], left["on"]) == ("1201900010", "300.00", "2022-04-09")
    assert left["why"].startswith("its ordinary duty, '4.4¢/kg',")
    assert [point["covered_share"] for point in answer["series"]] == ["1", "0.25"]


def test_goods_of_chapter_98_are_taken_as_claimed(ask: Asker, tmp_path: Path) -> None:
    # 9801.00.10: US goods returned, free, and no additional duty of that day reaches them.
    weights = weigh(tmp_path / "w.csv", {"9801001055": 100})
    (point,) = ask("2025-04-20", weights=weights)["series"]
    assert (point["average"], point["covered_share"]) == ("0", "1")


def test_a_given_content_lies_between_the_ends_of_the_band(ask: Asker) -> None:
    day = "2025-11-12"
    (ends,) = ask(day, band="25%")["series"]
    facts = {"steel_value": "60%", "aluminum_value": "60%", "copper_value": "60%"}
    with pytest.raises(QuestionError, match="more than the value: some lines are on the lists of"):
        ask(day, facts=facts)
    facts = {"steel_value": "40%", "aluminum_value": "40%", "copper_value": "20%"}
    (point,) = ask(day, facts=facts)["series"]
    assert Fraction(ends["average_low"]) < Fraction(point["average"]) < Fraction(ends["average"])


def test_what_was_not_known_yet_is_left_out(ask: Asker) -> None:
    # On 8 April 2025 the 125 percent of 10 April was not announced: 84 percent was to begin.
    (known,) = ask("2025-04-10", known_on="2025-04-08")["series"]
    (later,) = ask("2025-04-10")["series"]
    assert Fraction(known["average"]) < Fraction(later["average"])
    assert known["refundable"] == "0"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"last": "2025-01-01"}, "lies before the first"),
        ({"last": "2025-13-01"}, "'2025-13-01' is not a day of the calendar"),
        ({"base": "8%"}, "leave --base out"),
        ({"facts": {"no_such_fact": "1"}}, "unknown fact 'no_such_fact'"),
        ({"known_on": "2015-01-01"}, "nothing that was known before 2017-01-01"),
        ({"band": "150%"}, "--band 150% is not from 0% to 100%: write a share such as 25%"),
        ({"band": "0.25"}, r"--band 0\.25 is not a percentage: .* such as 25%"),
        ({"band": "40"}, "--band 40 is not a percentage: .* such as 40%"),
        ({"band": "5000"}, "--band 5000 is not a percentage: .* such as 25%"),
        ({"band": "abc"}, "--band abc is not a percentage"),
        ({"band": "25%-100%"}, "--band 25%-100% is a range: give one share"),
        ({"band": "60%"}, "at --band 60%, the parts of the value add up to more than the value"),
        (
            {"facts": {"steel_value": "0.5"}},
            r"steel_value=0\.5 is not a percentage: .* such as 50%",
        ),
        ({"facts": {"steel_value": "800"}}, "steel_value=800 is not a percentage"),
        ({"facts": {"steel_value": "120%"}}, "steel_value=120% is not from 0% to 100%"),
        ({"facts": {"steel_value": "25%-100%"}}, "is a range: give one share; --band 25% shows"),
        ({"facts": {"component.battery": "50"}}, "component.battery=50 is dollars of one entry"),
    ],
)
def test_a_question_that_cannot_be_understood_says_what_to_do(
    ask: Asker, more: dict[str, Any], message: str
) -> None:
    with pytest.raises((QuestionError, FactError), match=message):
        ask("2025-11-12", **more)


def test_a_band_has_nothing_to_stand_for_where_every_content_is_given(ask: Asker) -> None:
    facts = {"steel_value": "40%", "aluminum_value": "40%", "copper_value": "20%"}
    with pytest.raises(QuestionError, match="--band 25% is for metal contents that are not given"):
        ask("2025-11-12", facts=facts, band="25%")


def test_the_table_of_the_documents_is_current() -> None:
    page = averages_table.PAGE.read_text(encoding="utf-8")
    assert averages_table.renewed(page) == page
