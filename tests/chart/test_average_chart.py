"""The chart of an average: stacked families, the sum over them, words that tell it."""

from __future__ import annotations

from typing import Any

import pytest

from detente.average.sums import point_of
from detente.chart.average import HIGH, TOTAL, average_chart
from detente.chart.picture import chart_csv
from detente.chart.steps import PALETTE


def point(on: str, average: str | None, by_family: dict[str, str | None], **more: Any) -> Any:
    return {**point_of(on, average, by_family, "1"), **more}


ANSWER: Any = {
    "question": {
        "origin": "CN",
        "destination": "US",
        "from": "2025-01-01",
        "to_date": "2025-12-31",
        "known_on": "2025-11-02",
        "band": "25%",
    },
    "register": {"version": "1", "sha256": "a" * 64, "reviewed_through": "2025-10-10"},
    "weights": "some-weights",
    "averaged": None,
    "weighting": {"title": "imports of a year"},
    "series": [
        point("2025-01-01", "0.1", {"base": "0.1"}, average_low="0.09"),
        point("2025-03-01", "0.3", {"base": "0.1", "extra": "0.2"}, average_low="0.2"),
    ],
}
FAMILIES = {"base": "Ordinary duty", "unused": "Not charged", "extra": "Additional duty"}


def test_families_that_charge_are_stacked_in_the_order_given() -> None:
    areas, *_ = average_chart(ANSWER, FAMILIES)["vconcat"][0]["layer"]
    assert areas["encoding"]["color"]["scale"]["domain"] == ["Ordinary duty", "Additional duty"]


def test_a_family_has_its_color_whichever_others_charge() -> None:
    areas, *_ = average_chart(ANSWER, FAMILIES)["vconcat"][0]["layer"]
    # From the top of the stack; "Not charged" stands between the two and keeps the second color.
    assert areas["encoding"]["color"]["scale"]["range"] == [PALETTE[2], PALETTE[0]]


def test_the_average_and_the_other_end_of_the_band_are_lines_named_in_a_legend() -> None:
    _, lines, _ = average_chart(ANSWER, FAMILIES)["vconcat"][0]["layer"]
    low = "average, metal contents at 25% in place of the whole value"
    rates: dict[str, list[float]] = {}
    for row in lines["data"]["values"]:
        rates.setdefault(row["name"], []).append(row["rate"])
    assert rates == {TOTAL: [0.1, 0.3, 0.3], low: [0.09, 0.2, 0.2]}
    dashes = lines["encoding"]["strokeDash"]
    assert dashes["scale"]["domain"] == [TOTAL, low]
    assert dashes["legend"]["labelLimit"] == 0


def test_what_the_lists_leave_open_is_a_line_and_what_is_averaged_is_said() -> None:
    series = [point("2025-01-01", "0.1", {"extra": "0.1"}, average_high="0.2")]
    spec = average_chart({**ANSWER, "series": series, "averaged": "extra duties alone"}, FAMILIES)
    lines = spec["vconcat"][0]["layer"][1]["data"]["values"]
    assert {row["name"]: row["rate"] for row in lines} == {TOTAL: 0.1, HIGH: 0.2}
    assert spec["title"]["subtitle"][0].startswith("Extra duties alone; weighted by imports")


def test_a_thin_rule_with_words_marks_where_the_review_ends() -> None:
    spec = average_chart(ANSWER, FAMILIES)
    rule, text = spec["vconcat"][0]["layer"][-1]["layer"]
    assert (rule["mark"]["type"], text["mark"]["text"]) == ("rule", "reviewed through 2025-10-10")
    assert "horizon" not in chart_csv(spec)
    # A series that ends before has no rule, and one that begins after says so in words.
    for reviewed, words in (("2026-01-01", False), ("2024-12-31", True)):
        register = {**ANSWER["register"], "reviewed_through": reviewed}
        other = average_chart({**ANSWER, "register": register}, FAMILIES)
        assert len(other["vconcat"][0]["layer"]) == 2
        assert ("all days lie after 2024-12-31" in " ".join(other["title"]["subtitle"])) is words


def test_the_words_tell_what_is_seen_and_where_it_is_from() -> None:
    spec = average_chart(ANSWER, FAMILIES)
    assert spec["description"].endswith(
        "It begins at 10.0% on 2025-01-01; highest 30.0% on 2025-03-01; "
        "ends at 30.0% on 2025-03-01."
    )
    assert "as known on 2025-11-02" in " ".join(spec["title"]["subtitle"])
    assert "read through 2025-10-10; weights some-weights" in spec["usermeta"]["source"]


def test_an_answer_without_a_figure_cannot_be_drawn() -> None:
    empty = {**ANSWER, "series": [point("2025-01-01", None, {})]}
    with pytest.raises(ValueError, match="nothing to draw"):
        average_chart(empty, FAMILIES)
