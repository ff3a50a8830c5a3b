"""A day on which nothing is known is a gap in a chart, and never a zero or the figure before it."""

from __future__ import annotations

from detente.chart.steps import ChartText, RateStep, known_parts, step_chart

WORDS = ChartText("t", "s", "d", "source", "axis", "legend")


def test_a_chart_without_gaps_has_one_run() -> None:
    spec = step_chart([RateStep("2025-01-01", "a", 0.1)], WORDS, "2025-03-01", {"a": "#000000"})
    areas = spec["vconcat"][0]["layer"][0]
    assert "detail" not in areas["encoding"]
    assert [row["on"] for row in areas["data"]["values"]] == ["2025-01-01", "2025-03-01"]


def test_areas_close_at_a_gap_and_begin_again_after_it() -> None:
    steps = [RateStep("2025-01-01", "a", 0.1), RateStep("2025-03-01", "a", 0.3)]
    colors, gap = {"a": "#000000"}, ["2025-02-01"]
    spec = step_chart(steps, WORDS, "2025-04-01", colors, gaps=gap)
    areas = spec["vconcat"][0]["layer"][0]
    rows = [(row["on"], row["rate"], row.get("part", 0)) for row in areas["data"]["values"]]
    assert rows == [
        ("2025-01-01", 0.1, 0),
        ("2025-02-01", 0.1, 0),
        ("2025-03-01", 0.3, 1),
        ("2025-04-01", 0.3, 1),
    ]
    assert areas["encoding"]["detail"] == {"field": "part"}


def test_a_gap_at_the_end_is_not_drawn_to_the_edge() -> None:
    steps = [RateStep("2025-01-01", "a", 0.1), RateStep("2025-02-01", "a", None)]
    assert known_parts(steps, "2025-04-01") == [
        [RateStep("2025-01-01", "a", 0.1), RateStep("2025-02-01", "a", 0.1)]
    ]


def test_nothing_known_is_nothing_drawn() -> None:
    assert known_parts([RateStep("2025-01-01", "a", None)], "2025-04-01") == []
