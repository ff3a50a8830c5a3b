"""Charts of two sides: averages of both directions, and the timeline above and below."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from detente.chart.both_sides import BLUE, VERMILION, Mark, averages_chart
from detente.chart.picture import chart_csv, chart_svg
from detente.chart.timeline import BEGINS, LANES, OVER, STATED, Frame, TimelineMark, timeline_chart

REGISTER = {"version": "1", "sha256": "a" * 64, "reviewed_through": "2026-10-10"}


def _answer(destination: str, origin: str, series: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "question": {
            "origin": origin,
            "destination": destination,
            "from": "2025-01-01",
            "to_date": "2025-12-31",
            "known_on": None,
        },
        "register": REGISTER,
        "weights": f"weights-{destination}",
        "weighting": {"title": f"trade with {origin}"},
        "averaged": None,
        "series": [{"average_high": None, **point} for point in series],
    }


AMERICAN = _answer(
    "US",
    "CN",
    [{"on": "2025-01-01", "average": "0.1"}, {"on": "2025-04-10", "average": "1.2"}],
)
CHINESE = _answer(
    "CN",
    "US",
    [
        {"on": "2025-01-01", "average": "0.1", "average_high": "0.15"},
        {"on": "2025-04-12", "average": "1.3", "average_high": "1.35"},
    ],
) | {"averaged": "additional duties alone"}
MARKS = [Mark("2025-05-14", "Geneva"), Mark("2025-11-10", "Busan")]
FRAME = Frame("2025-01-01", "2025-12-31", "US", "CN", None, "Source: a test.")
TOLD = [
    TimelineMark("2025-04-10", "2025-04-09", "US", LANES[0], BEGINS, "measure", "us-duty", "125%"),
    TimelineMark("2025-05-14", "2025-05-12", "CN", LANES[0], OVER, "measure", "cn-duty", "10%"),
    TimelineMark(
        "2025-05-12", "2025-05-12", "both", LANES[4], STATED, "agreement", "geneva", "Geneva"
    ),
]


def _rows(spec: dict[str, Any]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(chart_csv(spec))))


def test_both_directions_stand_on_one_chart_in_steps_that_reach_the_last_day() -> None:
    spec = averages_chart(AMERICAN, CHINESE, MARKS)
    line = spec["vconcat"][0]["layer"][1]
    assert line["mark"]["interpolate"] == "step-after"
    assert line["encoding"]["color"]["scale"] == {
        "domain": ["US on goods of CN", "CN on goods of US"],
        "range": [BLUE, VERMILION],
    }
    last = [row for row in _rows(spec) if row["on"] == "2025-12-31"]
    assert {row["name"]: float(row["rate"]) for row in last} == {
        "US on goods of CN": 1.2,
        "CN on goods of US": 1.3,
    }


def test_the_band_between_the_ends_belongs_to_the_side_that_has_two() -> None:
    band = averages_chart(AMERICAN, CHINESE, [])["vconcat"][0]["layer"][0]
    assert {row["name"] for row in band["data"]["values"]} == {"CN on goods of US"}
    assert [row["high"] for row in band["data"]["values"]] == [0.15, 1.35, 1.35]


def test_turning_points_are_lines_with_numbers_and_words_below() -> None:
    spec = averages_chart(AMERICAN, CHINESE, MARKS)
    rule = next(each for each in spec["vconcat"][0]["layer"] if each["mark"].get("type") == "rule")
    assert [row["number"] for row in rule["data"]["values"]] == ["1", "2"]
    below = spec["vconcat"][1]["mark"]["text"]
    assert any("2025-05-14 Geneva" in line and line.startswith("1") for line in below)
    assert "Geneva" in spec["description"]


def test_what_each_line_measures_is_said_because_the_two_differ() -> None:
    subtitle = " ".join(averages_chart(AMERICAN, CHINESE, [])["title"]["subtitle"])
    assert "US on goods of CN: all duties; weighted by trade with CN" in subtitle
    assert "CN on goods of US: additional duties alone; weighted by trade with US" in subtitle
    assert "what the lists leave open" in subtitle


def test_each_side_has_a_rule_where_its_review_ends_and_one_day_has_one() -> None:
    for american, chinese, expected in (
        (
            "2025-10-10",
            "2025-08-07",
            ["US reviewed through 2025-10-10", "CN reviewed through 2025-08-07"],
        ),
        ("2025-10-10", "2025-10-10", ["US and CN reviewed through 2025-10-10"]),
    ):
        first = {**AMERICAN, "register": {**REGISTER, "reviewed_through": american}}
        second = {**CHINESE, "register": {**REGISTER, "reviewed_through": chinese}}
        layers = averages_chart(first, second, [])["vconcat"][0]["layer"]
        rules = [each["layer"] for each in layers if "layer" in each]
        assert [text["mark"]["text"] for _, text in rules] == expected


def test_two_answers_without_a_figure_cannot_be_drawn() -> None:
    empty = _answer("US", "CN", [{"on": "2025-01-01", "average": None}])
    with pytest.raises(ValueError, match="no day has an average"):
        averages_chart(empty, empty, [])


def test_the_timeline_has_one_side_above_and_the_other_below() -> None:
    parts = timeline_chart(TOLD, FRAME, [AMERICAN, CHINESE], MARKS)["vconcat"]
    titles = [part.get("encoding", {}).get("y", {}).get("title") for part in parts]
    # American lanes, averages (no lanes), both and others, Chinese lanes, words.
    assert titles == ["US", None, "both sides, others", "CN", None]
    assert "layer" in parts[1]


def test_lanes_near_the_middle_hold_the_law_on_both_sides() -> None:
    described = [*TOLD, *(each._replace(lane=LANES[5], state=STATED) for each in TOLD[:2])]
    upper, *_, lower, _ = timeline_chart(described, FRAME, [], [])["vconcat"]
    assert upper["encoding"]["y"]["sort"] == [LANES[5], LANES[0]]
    assert lower["encoding"]["y"]["sort"] == [LANES[0], LANES[5]]


def test_all_parts_of_the_timeline_share_its_days() -> None:
    parts = timeline_chart(TOLD, FRAME, [AMERICAN], MARKS)["vconcat"][:-1]
    layers = [layer for part in parts for layer in part.get("layer", [part])]
    assert {tuple(each["encoding"]["x"]["scale"]["domain"]) for each in layers} == {
        ("2025-01-01", "2025-12-31")
    }


def test_the_table_of_a_timeline_has_a_row_for_every_mark() -> None:
    rows = _rows(timeline_chart(TOLD, FRAME, [], []))
    assert [(row["on"], row["side"], row["name"], row["state"]) for row in rows] == [
        ("2025-04-10", "US", "us-duty", BEGINS),
        ("2025-05-12", "both", "geneva", STATED),
        ("2025-05-14", "CN", "cn-duty", OVER),
    ]


def test_a_timeline_of_one_side_has_one_side() -> None:
    parts = timeline_chart(TOLD[:1], FRAME, [], [])["vconcat"]
    assert len(parts) == 2


def test_an_empty_timeline_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="nothing was announced on these days"):
        timeline_chart([], FRAME, [], [])


def test_pictures_bear_title_and_description() -> None:
    pytest.importorskip("vl_convert")
    svg = chart_svg(timeline_chart(TOLD, FRAME, [AMERICAN, CHINESE], MARKS))
    assert "<title>What was announced, 2025-01-01 to 2025-12-31</title>" in svg
    assert "1 marks by US, 1 by CN, 1 by both or others" in svg
    assert 'role="img"' in svg
