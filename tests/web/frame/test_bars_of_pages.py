"""The bars of a duty and of a change, and the axis beneath: places worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from detente.chart.bars import Bar, BarPicture
from detente.web.frame.waterfall import (
    BAR,
    GAP,
    LABEL,
    LOW_ROW,
    MOST,
    ROW,
    TOP,
    _ticks,
    change_bars,
    draw,
    layer_rows,
)


def layer(**more: Any) -> dict[str, Any]:
    return {
        "family": "added", "refundable": False, "heading": "9903.01.24", "measure": "us-x",
        "name": "X", "rate": "25%", "ad_valorem": "0.25", "amount": "250.00", **more,
    }  # fmt: skip


BASE = layer(family="base", heading=None, measure="us-mfn", name="Ordinary duty", rate="5%",
             ad_valorem="0.05", amount="50.00")  # fmt: skip
BACK = layer(refundable=True, heading=None, rate="20%", ad_valorem="0.2", amount="200.00")


def answered(*layers: dict[str, Any], share: str | None = "0.5", amount: str | None = "500.00"):
    return {"layers": list(layers), "total": {"ad_valorem": share, "amount": amount}}


def test_each_layer_begins_where_the_one_before_ends() -> None:
    drawn = draw(answered(BASE, layer(), BACK))
    assert drawn is not None
    # 5, 25 and 20 of 50 points: 10%, 50% and 40% of the width.
    assert [(bar.label, bar.kind, bar.x, bar.width, bar.joint) for bar in drawn.bars] == [
        ("Column 1", "base", "0.000%", "10.000%", "10.000%"),
        ("9903.01.24", "added", "10.000%", "50.000%", "60.000%"),
        ("us-x", "refundable", "60.000%", "40.000%", ""),
        ("Total", "total", "0.000%", "100.000%", ""),
    ]
    assert [bar.figure for bar in drawn.bars] == [
        "5%  $50.00", "25%  $250.00", "20%  $200.00", "50%  $500.00",
    ]  # fmt: skip
    assert [bar.label_y for bar in drawn.bars] == [TOP + ROW * at + LABEL for at in range(4)]
    assert [bar.bar_y - bar.label_y for bar in drawn.bars] == [GAP] * 4
    # The last row ends with its bar.
    assert drawn.height == drawn.bars[-1].bar_y + BAR
    assert drawn.hatched
    assert drawn.bar_height == BAR


def test_amounts_are_compared_where_a_layer_has_no_share() -> None:
    drawn = draw(answered(BASE, layer(ad_valorem=None, rate="$2/kg", amount="150.00"), share=None))
    assert drawn is not None
    assert [bar.width for bar in drawn.bars] == ["25.000%", "75.000%", "100.000%"]
    assert [bar.figure for bar in drawn.bars] == ["5%  $50.00", "$2/kg  $150.00", "$500.00"]
    assert not drawn.hatched


@pytest.mark.parametrize(
    "layers",
    [
        [],
        [layer(ad_valorem="0", amount="0.00")],
        [BASE, layer(ad_valorem=None, amount=None)],
        [layer(ad_valorem=None), layer(amount=None)],
    ],
)
def test_nothing_is_drawn_where_nothing_is_charged_or_known(layers: list[dict[str, Any]]) -> None:
    assert draw(answered(*layers)) is None


def test_the_rows_of_a_chart_know_no_place_behind_an_unknown_share() -> None:
    rows = layer_rows(answered(BASE, layer(ad_valorem=None, heading=None), BACK))
    assert rows == [
        {"layer": "Ordinary duty", "measure": "us-mfn", "kind": "ordinary duty", "rate": "5%",
         "start": 0.0, "end": 0.05, "amount": "50.00"},
        {"layer": "X", "measure": "us-x", "kind": "additional duty", "rate": "25%",
         "start": 0.05, "end": None, "amount": "250.00"},
        {"layer": "X", "measure": "us-x", "kind": "refundable", "rate": "20%",
         "start": None, "end": None, "amount": "200.00"},
    ]  # fmt: skip


def picture(*bars: Bar) -> BarPicture:
    return BarPicture("Change", "what is drawn", "Percent", tuple(bars))


def test_bars_on_both_sides_of_zero_share_one_scale() -> None:
    bars = Bar("A", 0.0, -1.0, "−1%"), Bar("B", 0.0, 3.0, "+3%"), Bar("C", 1.0, 2.0, "1 to 2%")
    drawn = change_bars(picture(*bars), "Source.")
    assert drawn is not None
    # From -1 to 3: zero stands at a quarter.
    assert [(bar.label, bar.kind, bar.x, bar.width, bar.joint) for bar in drawn.bars] == [
        ("A", "added", "0.000%", "25.000%", "25.000%"),
        ("B", "base", "25.000%", "75.000%", "25.000%"),
        ("C", "base", "50.000%", "25.000%", "25.000%"),
    ]
    assert [bar.label_y for bar in drawn.bars] == [TOP + LOW_ROW * at + LABEL for at in range(3)]
    assert [bar.bar_y - bar.label_y for bar in drawn.bars] == [GAP] * 3
    assert drawn.height == TOP + LOW_ROW * 3
    assert drawn.description == "what is drawn. A −1%; B +3%; C 1 to 2%. Source."
    assert drawn.note == "What is drawn."
    assert drawn.unit == "Percent"
    assert not drawn.hatched


def test_bars_on_one_side_have_no_line_at_zero_and_none_are_no_drawing() -> None:
    drawn = change_bars(picture(Bar("A", 0.0, 2.0, "2"), Bar("B", 0.0, 0.0, "0")), "S")
    assert drawn is not None
    assert [(bar.kind, bar.x, bar.width, bar.joint) for bar in drawn.bars] == [
        ("base", "0.000%", "100.000%", ""), ("base", "0.000%", "0.000%", ""),
    ]  # fmt: skip
    assert change_bars(picture(), "S") is None
    still = change_bars(picture(Bar("A", 0.0, 0.0, "0")), "S")
    assert still is not None
    assert still.bars[0].width == "0.000%"


def test_the_largest_are_drawn_in_their_order_and_the_rest_is_counted() -> None:
    bars = [Bar(f"n{at}", 0.0, float(at), str(at)) for at in range(MOST + 2)]
    drawn = change_bars(picture(*bars), "S")
    assert drawn is not None
    assert [bar.label for bar in drawn.bars] == [f"n{at}" for at in range(2, MOST + 2)]
    assert drawn.note == "What is drawn. 2 smaller ones stand in the files."
    alike = change_bars(picture(*[Bar(f"n{at}", 0.0, 1.0, "1") for at in range(MOST + 1)]), "S")
    assert alike is not None
    assert len(alike.bars) == MOST
    assert alike.note.endswith(" 1 smaller one stands in the files.")


@pytest.mark.parametrize(
    ("low", "span", "ticks"),
    [
        (0, 68, ["0", "20", "40", "60"]),
        (-1, 4, ["−1", "0", "1", "2", "3"]),
        (0, 1, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ("-0.05", "0.05", ["−0.05", "−0.04", "−0.03", "−0.02", "−0.01", "0"]),
        (0, 4000, ["0", "1,000", "2,000", "3,000", "4,000"]),
    ],
)
def test_an_axis_has_round_values_and_zero_among_them(
    low: Any, span: Any, ticks: list[str]
) -> None:
    found = list(_ticks(Fraction(low), Fraction(span)))
    assert [words for _, words in found] == ticks
    places = [float(place.rstrip("%")) for place, _ in found]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] <= 100
    zero = {words: place for place, words in found}.get("0")
    if zero:
        assert zero == f"{float(-Fraction(low) / Fraction(span)) * 100:.3f}%"
