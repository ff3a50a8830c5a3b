"""The average of China's additional duties on American goods: by subheading, with two ends."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from detente.average.answer import AverageQuestion, answer_average, other_side
from detente.duty.question import QuestionError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.trade.flows import Flows
from detente.trade.weights import WeightError

FIRST, LAST = "2018-01-01", "2026-11-12"

RISES = {
    # Whole percent in the announcements: 34 announced for 10 April 2025 became 84 before its hour,
    # 125 from 12 April, 10 from 14 May, 34 again from 10 November 2026.
    ("2025-04-09", "2025-04-10"): 84,
    ("2025-04-10", "2025-04-12"): 125 - 84,
    ("2025-04-12", "2025-05-14"): 10 - 125,
    ("2026-11-09", "2026-11-10"): 34 - 10,
}


class Asker:
    """Average questions to the built-in register about goods of the United States into China."""

    def __init__(self, schedule: Schedule) -> None:
        self.register, self.schedule, self.flows = Register.built_in(), schedule, Flows()

    def __call__(self, first: str, last: str = "", **more: Any) -> dict[str, Any]:
        asked = AverageQuestion("US", first, last or first, destination="CN", **more)
        return answer_average(self.register, self.schedule, self.flows, asked)


@pytest.fixture(scope="module")
def ask(schedule: Schedule) -> Asker:
    return Asker(schedule)


@pytest.fixture(scope="module")
def path(ask: Asker) -> list[dict[str, Any]]:
    series: list[dict[str, Any]] = ask(FIRST, LAST)["series"]
    return series


def _at(path: list[dict[str, Any]], day: str) -> dict[str, Any]:
    return [point for point in path if point["on"] <= day][-1]


@pytest.fixture
def soybeans(tmp_path: Path) -> str:
    """Soybeans of the United States alone, by their subheading."""
    file = tmp_path / "soybeans.csv"
    file.write_text("code,value\n1201.90,100\n", encoding="utf-8")
    return str(file)


def test_without_a_base_rate_additional_duties_alone_are_averaged_and_said_so(ask: Asker) -> None:
    answer = ask("2018-01-01")
    assert answer["averaged"].startswith("additional duties alone")
    assert answer["series"][0]["average"] == "0"
    assert answer["series"][0]["by_family"] == {}


@pytest.mark.parametrize(
    ("day", "points"),
    [
        # The rounds on soybeans: list 1 at 25; 5 more, halved; March 2025 at 10; 84, 125, then 10.
        ("2018-07-05", "0"),
        ("2018-07-06", "0.25"),
        ("2019-09-01", "0.3"),
        ("2020-02-14", "0.275"),
        ("2025-03-10", "0.375"),
        ("2025-04-10", "1.215"),
        ("2025-04-12", "1.625"),
        ("2025-05-14", "0.475"),
        ("2025-11-10", "0.375"),
        ("2026-11-10", "0.615"),
    ],
)
def test_one_subheading_is_averaged_as_a_single_answer_has_it(
    ask: Asker, soybeans: str, day: str, points: str
) -> None:
    point = ask(day, weights=soybeans)["series"][0]
    assert (point["average"], point["average_high"], point["mixed_share"]) == (points, points, "0")


def test_a_base_rate_is_added_to_every_subheading(ask: Asker, soybeans: str) -> None:
    answer = ask("2018-07-06", weights=soybeans, base="3%")
    assert answer["series"][0]["by_family"] == {"base": "0.03", "other": "0.25"}
    assert "3% as the ordinary duty of all goods" in answer["averaged"]


def test_an_exclusion_takes_the_lists_away_and_not_the_duty_on_all_goods(
    ask: Asker, soybeans: str
) -> None:
    point = ask("2026-08-01", weights=soybeans, facts={"cn_exclusion": "true"})["series"][0]
    assert point["average"] == "0.1"


def test_lines_of_a_subheading_listed_in_part_share_its_weight_alike(
    ask: Asker, tmp_path: Path
) -> None:
    file = tmp_path / "fish.csv"
    file.write_text("code,value\n0305.41,50\n1201.90,50\n", encoding="utf-8")
    answer = ask("2019-07-01", weights=str(file))
    point = answer["series"][0]
    # One of two lines of salmon is on list 3, at 25 since June 2019; soybeans are on list 1 at 25.
    assert (point["average"], point["average_high"]) == ("0.1875", "0.1875")
    assert point["mixed_share"] == "0"
    assert "share its weight alike" in answer["weighting"]["rule"]


def test_a_subheading_that_a_list_may_name_has_two_ends(ask: Asker, tmp_path: Path) -> None:
    file = tmp_path / "fish.csv"
    file.write_text("code,value\n0309.10,50\n1201.90,50\n", encoding="utf-8")
    point = ask("2024-06-01", weights=str(file))["series"][0]
    # Fish meal got its number in 2022: no list of 2018 says whether it is on it. Soybeans pay 27.5.
    assert point["average"] == "0.1375"
    assert float(point["average_high"]) > 0.1375
    assert point["mixed_share"] == "0.5"


def test_a_longer_number_that_a_list_names_counts_by_its_share_of_the_lines(
    ask: Asker, tmp_path: Path
) -> None:
    file = tmp_path / "nuts.csv"
    file.write_text("code,value\n0801.12,100\n", encoding="utf-8")
    point = ask("2018-05-01", weights=str(file))["series"][0]
    # The notice of April 2018 names 0801.12.00, the one line of the subheading, at 15 percent.
    assert (point["average"], point["average_high"]) == ("0.15", "0.15")
    file.write_text("code,value\n0801.12.00,100\n", encoding="utf-8")
    point = ask("2018-05-01", weights=str(file))["series"][0]
    assert (point["average"], point["average_high"]) == ("0.15", "0.15")


@pytest.mark.parametrize(("days", "points"), RISES.items())
def test_duties_on_all_goods_move_the_average_by_their_own_points(
    path: list[dict[str, Any]], days: tuple[str, str], points: int
) -> None:
    before, after = (_at(path, day) for day in days)
    for end in ("average", "average_high"):
        assert round((float(after[end]) - float(before[end])) * 100, 4) == points


def test_the_first_batch_of_2019_is_halved_in_february_2020(path: list[dict[str, Any]]) -> None:
    before, begun, whole, halved = (
        float(_at(path, day)["average"])
        for day in ("2019-08-31", "2019-09-01", "2020-02-13", "2020-02-14")
    )
    # The exclusions of 17 September 2019 took some codes of the batch away in between.
    assert begun - before == pytest.approx(2 * (whole - halved), abs=0.0001)


def test_the_upper_end_is_never_below_the_lower(path: list[dict[str, Any]]) -> None:
    for point in path:
        assert float(point["average"]) <= float(point["average_high"])


def test_chapters_weigh_their_exports_and_what_has_no_subheading_is_shown(ask: Asker) -> None:
    answer = ask("2025-11-10", weights="us-exports-2017-chapters")
    assert "every subheading of six digits the same" in answer["weighting"]["rule"]
    # Chapter 98 of the exports, special provisions, has no subheading.
    assert [row["code"] for row in answer["unmatched"]] == ["98"]


def test_notes_say_what_the_lists_rest_on(ask: Asker) -> None:
    notes = " ".join(ask("2025-11-10")["notes"])
    assert "table of tariff lines of 2018 and 2019" in notes
    assert "ordinary duties are held for 2018 and 2019 by line" in notes


def test_as_known_before_the_truce_the_24_points_come_back(ask: Asker) -> None:
    known = ask("2025-11-09", "2025-11-10", known_on="2025-11-02")["series"]
    now = ask("2025-11-09", "2025-11-10")["series"]
    # Then: 24 points more, and the duties of March 2025 go on; now those of March cease.
    assert round(float(known[-1]["average"]) - float(known[0]["average"]), 6) == 0.24
    assert float(now[-1]["average"]) < float(now[0]["average"])


def test_the_other_side_is_asked_for_the_same_days_by_its_own_weights(
    register: Register,
) -> None:
    asked = AverageQuestion("china", FIRST, LAST, weights="mine.csv", band="25%", known_on=LAST)
    back = other_side(register, asked, "8%")
    assert (back.origin, back.destination, back.base) == ("US", "CN", "8%")
    assert (back.start, back.last, back.known_on) == (FIRST, LAST, LAST)
    assert (back.weights, back.band) == (None, None)
    assert other_side(register, back, "8%").base is None


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"base": "8"}, "--base '8' is not a share of the value"),
        ({"base": ""}, "is not a share of the value"),
        ({"base": "$1/kg"}, "is not a share of the value"),
        ({"band": "25%"}, "--band is for contents of metal"),
    ],
)
def test_what_cannot_be_averaged_into_china_says_what_to_do(
    ask: Asker, more: dict[str, str], message: str
) -> None:
    with pytest.raises(QuestionError, match=message.replace("$", r"\$")):
        ask("2025-11-10", **more)


def test_a_code_under_no_subheading_is_not_averaged_as_if_it_were_free(
    ask: Asker, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("code,value\n1201.90,100\n9999.99,300\n", encoding="utf-8")
    answer = ask("2025-11-12", weights=str(file))
    why = "the Harmonized System has no such subheading in the years at hand"
    assert answer["unmatched"] == [{"code": "999999", "value": "300.00", "why": why}]
    (point,) = answer["series"]
    # Soybeans alone: list 1 25, first batch 5 halved 2.5, 10 kept; 100 / 400 are covered.
    assert (point["average"], point["covered_share"]) == ("0.375", "0.25")


def test_a_file_for_china_takes_six_digits_and_one_for_the_united_states_does_not(
    ask: Asker, soybeans: str
) -> None:
    asked = AverageQuestion("CN", LAST, LAST, weights=soybeans)
    with pytest.raises(WeightError, match="is not a code of 8 or 10 digits"):
        answer_average(ask.register, ask.schedule, ask.flows, asked)


STEPS = {
    # Day: what the published series, weighted by what all the world buys, rose by in percent; ours
    # by the default weights; ours by what China bought. Of that soybeans, on list 1, are a ninth:
    # July rises by more, September and June by less.
    "2018-04-02": (0.38, 0.70, 0.47),
    "2018-07-06": (2.88, 2.99, 5.34),
    "2018-08-23": (4.25, 3.98, 3.50),
    "2018-09-24": (3.97, 3.90, 3.13),
    "2019-01-01": (-1.65, -1.98, -2.40),
    "2019-06-01": (4.23, 4.18, 3.17),
}


def _steps(path: list[dict[str, Any]]) -> dict[str, float]:
    pairs = pairwise(path)
    return {
        now["on"]: 100 * (float(now["average"]) - float(before["average"])) for before, now in pairs
    }


def test_steps_by_what_the_world_buys_are_within_half_a_point_of_the_published_ones(
    ask: Asker,
) -> None:
    answer = ask("2018-01-01", "2019-06-15")
    assert answer["weights"] == "us-exports-world-2017"
    steps = _steps(answer["series"])
    assert list(steps) == list(STEPS)
    for day, (published, ours, _) in STEPS.items():
        assert steps[day] == pytest.approx(ours, abs=0.02), day
        assert abs(steps[day] - published) < 0.5, day


def test_levels_after_the_steps_are_within_half_a_point_of_the_published_ones(ask: Asker) -> None:
    level = 0.0
    for point, (published, _, _) in zip(
        ask("2018-01-01", "2019-06-15")["series"][1:], STEPS.values(), strict=True
    ):
        level += published
        assert abs(100 * float(point["average"]) - level) < 0.5, point["on"]


def test_steps_of_the_rounds_by_product_stand_beside_the_published_ones(ask: Asker) -> None:
    steps = _steps(ask("2018-01-01", "2019-06-15", weights="us-exports-2017")["series"])
    for day, (published, _, ours) in STEPS.items():
        assert steps[day] == pytest.approx(ours, abs=0.02), day
        assert steps[day] * published > 0


def test_weights_of_the_world_say_what_they_take_from_where_and_what_they_leave_out(
    ask: Asker,
) -> None:
    answer = ask("2025-11-10")
    rule = answer["weighting"]["rule"]
    assert "a chapter weighs its exports to all the world" in rule
    assert "its share of those to CN: by product they are not at hand" in rule
    assert "chapter 27 is first divided as published (7% coal, 16% crude oil" in rule
    assert any("weights us-exports-2017 or us-exports-2017-chapters" in x for x in answer["notes"])
    # Civil aircraft by their one number, and numbers of chapter 98.
    left = {row["code"]: int(row["value"]) for row in answer["unmatched"]}
    assert max(left, key=left.__getitem__) == "880000"
    (point,) = answer["series"]
    matched = 1 - sum(left.values()) / int(answer["weighting"]["value"])
    assert float(point["covered_share"]) == pytest.approx(matched, abs=1e-6)


@pytest.mark.parametrize("weights", ["us-exports-2017", "us-exports-2017-chapters", None])
def test_goods_of_another_country_have_no_weights_here(ask: Asker, weights: str | None) -> None:
    asked = AverageQuestion("DE", FIRST, FIRST, destination="CN", weights=weights)
    with pytest.raises(WeightError, match="weighs goods of the United States"):
        answer_average(ask.register, ask.schedule, ask.flows, asked)
