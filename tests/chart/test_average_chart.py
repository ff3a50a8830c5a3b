"""The chart of an average: stacked families, the sum over them, words that tell it."""

from __future__ import annotations

from typing import Any

import pytest

from detente.chart.average import LOW, TOTAL, average_chart

ANSWER: dict[str, Any] = {
    "question": {
        "origin": "CN",
        "destination": "US",
        "from": "2025-01-01",
        "to_date": "2025-12-31",
        "known_on": "2025-11-02",
    },
    "register": {"version": "1", "sha256": "a" * 64, "reviewed_through": "2026-10-10"},
    "weights": "some-weights",
    "weighting": {"title": "imports of a year"},
    "series": [
        {
            "on": "2025-01-01",
            "average": "0.1",
            "average_low": "0.09",
            "by_family": {"base": "0.1"},
        },
        {
            "on": "2025-03-01",
            "average": "0.3",
            "average_low": "0.2",
            "by_family": {"base": "0.1", "extra": "0.2"},
        },
    ],
}
FAMILIES = {"base": "Ordinary duty", "unused": "Not charged", "extra": "Additional duty"}


def test_families_that_charge_are_stacked_in_the_order_given() -> None:
    areas, *_ = average_chart(ANSWER, FAMILIES)["vconcat"][0]["layer"]
    assert areas["encoding"]["color"]["scale"]["domain"] == ["Ordinary duty", "Additional duty"]


def test_the_sum_and_the_lower_end_of_the_band_are_lines_over_them() -> None:
    _, total, low = average_chart(ANSWER, FAMILIES)["vconcat"][0]["layer"]
    assert [row["rate"] for row in total["data"]["values"]] == [0.1, 0.3, 0.3]
    assert {row["name"] for row in total["data"]["values"]} == {TOTAL}
    assert {row["name"] for row in low["data"]["values"]} == {LOW}
    assert "strokeDash" in low["mark"]
    assert "strokeDash" not in total["mark"]


def test_the_words_tell_what_is_seen_and_where_it_is_from() -> None:
    spec = average_chart(ANSWER, FAMILIES)
    assert spec["description"].endswith(
        "It begins at 10.0% on 2025-01-01; highest 30.0% on 2025-03-01; "
        "ends at 30.0% on 2025-03-01."
    )
    assert "as known on 2025-11-02" in " ".join(spec["title"]["subtitle"])
    assert "read through 2026-10-10; weights some-weights" in spec["usermeta"]["source"]


def test_an_answer_without_a_figure_cannot_be_drawn() -> None:
    empty = {**ANSWER, "series": [{"on": "2025-01-01", "average": None, "by_family": {}}]}
    with pytest.raises(ValueError, match="nothing to draw"):
        average_chart(empty, FAMILIES)
