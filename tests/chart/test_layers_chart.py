"""Averages in layers or by kind as a chart: which lines are drawn, and what each is called."""

from __future__ import annotations

from typing import Any

import pytest

from detente.chart.layers import LAYERS, MOST, layers_chart
from detente.chart.steps import PALETTE


def answered(series: list[dict[str, Any]], by: str | None = None, **question: str) -> Any:
    return {
        "question": {
            "by": by, "origin": "CN", "destination": "US", "from": "2025-01-01",
            "to_date": "2025-01-03", **question,
        },
        "series": series,
        "register": {"version": "1.2", "sha256": "a" * 64, "reviewed_through": "2026-10-10"},
        "weights": "us-imports-2024",
        "weighting": {"title": "US imports of 2024"},
    }  # fmt: skip


def row(on: str, **rates: Any) -> dict[str, Any]:
    return {"on": on, **rates}


def lines_of(chart: Any) -> dict[str, Any]:
    found: dict[str, Any] = chart["vconcat"][0]["layer"][0]
    return found


@pytest.mark.parametrize(
    ("by", "title"), [("hs2", "Chapter"), ("origin", "Origin"), ("family", "Family")]
)
def test_lines_by_kind_are_ordered_by_their_last_value_and_named_by_it(by: str, title: str) -> None:
    chart = layers_chart(
        answered(
            [
                row("2025-01-01", average="0.3", **{by: "a"}),
                row("2025-01-01", average="0.1", **{by: "b"}),
                row("2025-01-01", average=None, **{by: "c"}),
                row("2025-01-02", average="0.1", **{by: "a"}),
                row("2025-01-02", average="0.2", **{by: "b"}),
            ],
            by,
        )
    )
    drawn = lines_of(chart)
    color = drawn["encoding"]["color"]
    assert color["title"] == title
    # c has no figure; b ends higher than a.
    assert color["sort"] == color["scale"]["domain"] == ["b", "a"]
    assert color["scale"]["range"] == list(PALETTE[:2])
    assert {(each["name"], each["on"], each["rate"]) for each in drawn["data"]["values"]} >= {
        ("a", "2025-01-01", 0.3), ("a", "2025-01-02", 0.1), ("b", "2025-01-01", 0.1),
        ("b", "2025-01-02", 0.2),
    }  # fmt: skip
    assert "detail" not in drawn["encoding"]
    assert chart["description"].startswith(
        "Average duty of US on goods of CN, 2025-01-01 to 2025-01-03: step lines of b, a."
    )


def test_layers_keep_the_order_of_their_names_and_unknown_ones_are_left_out() -> None:
    chart = layers_chart(
        answered(
            [row("2025-01-01", average="0.1", claimed="0.2", collected=None)], origin="all"
        )
    )  # fmt: skip
    color = lines_of(chart)["encoding"]["color"]
    assert color["title"] == "Layer"
    assert color["sort"] == [LAYERS["average"], LAYERS["claimed"]]
    assert "on goods of all partners" in chart["description"]


def test_a_line_that_is_not_known_for_a_while_is_drawn_in_parts() -> None:
    chart = layers_chart(
        answered(
            [
                row("2025-01-01", average="0.1", claimed="0.1"),
                row("2025-01-02", average=None, claimed="0.1"),
                row("2025-01-03", average="0.2", claimed="0.1"),
            ]
        )
    )
    drawn = lines_of(chart)
    assert drawn["encoding"]["detail"] == {"field": "part"}
    parts = {(each["name"], each.get("part", 0)) for each in drawn["data"]["values"]}
    assert parts == {(LAYERS["average"], 0), (LAYERS["average"], 1), (LAYERS["claimed"], 0)}


@pytest.mark.parametrize("more", [0, 1, 3])
def test_the_highest_are_drawn_and_the_rest_is_counted(more: int) -> None:
    every = range(MOST + more)
    series = [row("2025-01-01", average=f"0.{at:02}", origin=f"o{at:02}") for at in every]
    chart = layers_chart(answered(series, "origin"))
    names = lines_of(chart)["encoding"]["color"]["sort"]
    assert names == [f"o{at:02}" for at in range(MOST + more - 1, more - 1, -1)]
    source = str(chart["usermeta"]["source"])
    assert source.startswith(
        "Source: Détente 1.2, register aaaaaaaaaaaa, read through 2026-10-10; "
        "weights us-imports-2024."
    )
    assert source.endswith(f" {more} more are not drawn." if more else "us-imports-2024.")


def test_nothing_is_drawn_without_a_figure() -> None:
    with pytest.raises(ValueError, match="there is nothing to draw: no row has a figure"):
        layers_chart(answered([row("2025-01-01", average=None)]))
    with pytest.raises(ValueError, match="there is nothing to draw: no row has a figure"):
        layers_chart(answered([]))
