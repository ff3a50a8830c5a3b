"""What each mark of the pages' charts stands for: fields, types and scales, one by one."""

from __future__ import annotations

from typing import Any

import pytest

from detente.chart.of_pages import days_chart, months_chart, waterfall_chart

TOLD = ("A title", "A sentence.", "register abc")

LAYERS = [
    {"layer": "column 1", "kind": "base", "start": 0.0, "end": 0.034},
    {"layer": "9903.91.01", "kind": "duty", "start": 0.034, "end": 0.284},
]
DAYS = [
    {"limb": "main", "from": "2025-02-04", "until": None, "shown_until": "2026-01-01",
     "state": "in_force", "rate": "10%"},
    {"limb": "transit", "from": "2025-02-01", "until": "2025-03-07", "shown_until": "2025-03-07",
     "state": "free", "rate": "free"},
]  # fmt: skip
MONTHS = [
    {"month": "2025-02", "side": "US", "announcements": 3, "drawn": 3},
    {"month": "2025-02", "side": "CN", "announcements": 2, "drawn": -2},
]


def channels(spec: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Field and type of each channel."""
    return {name: (each["field"], each.get("type")) for name, each in spec["encoding"].items()}


def test_a_waterfall_goes_from_where_the_layer_before_ends_to_its_own_end() -> None:
    spec = waterfall_chart(LAYERS, *TOLD)
    assert channels(spec) == {
        "y": ("layer", "nominal"),
        "x": ("start", "quantitative"),
        "x2": ("end", None),
        "color": ("kind", "nominal"),
    }
    assert spec["mark"]["type"] == "bar"
    assert spec["encoding"]["y"]["sort"] == ["column 1", "9903.91.01"]
    assert spec["encoding"]["x"]["axis"]["format"] == "~%"
    assert spec["encoding"]["x"]["title"] == "Share of customs value"
    assert spec["encoding"]["color"]["scale"]["domain"] == ["base", "duty"]
    assert spec["height"] == 2 * 34


def test_days_of_a_record_are_bars_from_their_first_day_to_their_last() -> None:
    spec = days_chart(DAYS, *TOLD)
    assert channels(spec) == {
        "y": ("limb", "nominal"),
        "x": ("from", "temporal"),
        "x2": ("shown_until", None),
        "color": ("state", "nominal"),
    }
    assert spec["encoding"]["y"]["sort"] == ["main", "transit"]
    assert spec["encoding"]["x"]["scale"] == {"type": "utc"}
    assert spec["encoding"]["color"]["scale"]["domain"] == ["in_force", "free"]
    assert spec["height"] == 60  # two provisions need 44, and no chart is lower than 60
    assert days_chart(DAYS * 1 + [{**DAYS[0], "limb": f"l{n}"} for n in range(3)], *TOLD)[
        "height"
    ] == 5 * 22  # fmt: skip


def test_months_go_up_for_one_side_and_down_for_the_other_with_positive_labels() -> None:
    spec = months_chart(MONTHS, *TOLD)
    assert channels(spec) == {
        "x": ("month", "temporal"),
        "y": ("drawn", "quantitative"),
        "color": ("side", "nominal"),
    }
    assert spec["encoding"]["x"]["timeUnit"] == "utcyearmonth"
    assert spec["encoding"]["x"]["scale"] == {"type": "utc"}
    assert spec["encoding"]["y"]["axis"]["labelExpr"] == "abs(datum.value)"
    assert spec["encoding"]["color"]["scale"]["domain"] == ["US", "CN"]


@pytest.mark.parametrize(
    ("make", "rows"), [(waterfall_chart, LAYERS), (days_chart, DAYS), (months_chart, MONTHS)]
)
def test_a_chart_carries_its_data_its_words_and_its_source(make: Any, rows: Any) -> None:
    spec = make(rows, *TOLD)
    assert spec["data"]["values"] == rows
    assert (spec["title"]["text"], spec["title"]["subtitle"]) == ("A title", "register abc")
    assert spec["description"] == "A sentence."
    assert spec["usermeta"]["source"] == "register abc"
    fields = {each["field"] for each in spec["encoding"].values()}
    assert all(fields <= row.keys() for row in rows)
    colors = spec["encoding"]["color"]["scale"]
    assert len(set(colors["range"][: len(colors["domain"])])) == len(colors["domain"])
