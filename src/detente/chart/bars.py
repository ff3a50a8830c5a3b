"""Bars of any answer: a name, a figure or a range of figures, one scale and one unit."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.chart.steps import CONFIG, PALETTE, SCHEMA, WIDTH, words_below, wrapped

if TYPE_CHECKING:
    from detente.chart.vega import Chart

BAR = 18
FALLS, RISES = PALETTE[5], PALETTE[0]


class Bar(NamedTuple):
    """One bar.

    Attributes:
        name: what it is of.
        start: where it begins, in the unit of the picture: zero, or the lower end of a range.
        end: where it ends.
        words: its figure in words.
    """

    name: str
    start: float
    end: float
    words: str


class BarPicture(NamedTuple):
    """Bars in one scale, from top to bottom.

    Attributes:
        title: what is drawn.
        what: of which days, law and data.
        unit: of the figures.
        bars: the bars, in their order.
        figure: what the file calls the end of a bar.
    """

    title: str
    what: str
    unit: str
    bars: tuple[Bar, ...]
    figure: str = "change"


def bars_chart(picture: BarPicture, source: str) -> Chart:
    """A Vega-Lite dictionary of bars.

    Args:
        picture: what is drawn.
        source: where the figures are from, in a sentence.

    Raises:
        ValueError: there is no bar.
    """
    if not picture.bars:
        raise ValueError("there is nothing to draw: no bar has a value")
    most = max(picture.bars, key=lambda bar: max(abs(bar.start), abs(bar.end)))
    rows = [
        {"name": bar.name, "start": bar.start, picture.figure: bar.end, "words": bar.words}
        for bar in picture.bars
    ]
    across = {"field": "start", "type": "quantitative", "title": picture.unit}
    down = {
        "field": "name",
        "type": "nominal",
        "sort": [bar.name for bar in picture.bars],
        "title": None,
    }
    color = {
        "condition": {"test": f"datum.start + datum.{picture.figure} < 0", "value": FALLS},
        "value": RISES,
    }
    return {
        "$schema": SCHEMA,
        "description": f"{picture.title}: {picture.what}. The largest is {most.name}, "
        f"{most.words}.",
        "title": {
            "text": picture.title,
            "subtitle": wrapped(f"{picture.unit}; {picture.what}"),
            "anchor": "start",
        },
        "padding": 12,
        "background": "white",
        "usermeta": {"source": source},
        "vconcat": [
            {
                "width": WIDTH,
                "height": BAR * len(picture.bars),
                "layer": [
                    {
                        "data": {"values": rows},
                        "mark": {"type": "bar", "minSize": 2},
                        "encoding": {
                            "x": across,
                            "x2": {"field": picture.figure},
                            "y": down,
                            "color": color,
                            "tooltip": [{"field": "name"}, {"field": "words"}],
                        },
                    },
                    {"mark": {"type": "rule", "color": "#555555"}, "encoding": {"x": {"datum": 0}}},
                ],
            },
            words_below(wrapped(source)),
        ],
        "config": CONFIG,
    }
