"""The pictures of the pages as Vega-Lite dictionaries: layers of a duty, days of a record, months.

A page draws them by template, so that they fit its width and follow its colors; these are the same
rows, for whoever wants to draw them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente._shapes import TYPE_CHECKING
from detente.chart.steps import HEIGHT, PALETTE, SCHEMA, WIDTH

if TYPE_CHECKING:
    from detente.chart.vega import Chart

Rows = Sequence[Mapping[str, object]]


def waterfall_chart(rows: Rows, title: str, description: str, source: str) -> Chart:
    """Layers as bars, each from where the one before it ends.

    Args:
        rows: ``layer``, ``kind``, ``start`` and ``end`` as fractions of the customs value.
        title: what is drawn.
        description: the same in a sentence, for those who do not see it.
        source: the register that answered.
    """
    names = [row["layer"] for row in rows]
    kinds = list(dict.fromkeys(str(row["kind"]) for row in rows))
    spec = _frame(rows, title, description, source, len(rows) * 34)
    spec["mark"] = {"type": "bar", "height": 18}
    spec["encoding"] = {
        "y": {"field": "layer", "type": "nominal", "sort": names, "title": None},
        "x": {
            "field": "start",
            "type": "quantitative",
            "title": "Share of customs value",
            "axis": {"format": "~%"},
        },
        "x2": {"field": "end"},
        "color": _color("kind", kinds, "Layer"),
    }
    return spec


def days_chart(rows: Rows, title: str, description: str, source: str) -> Chart:
    """Provisions of a record as bars over their days, colored by state.

    Args:
        rows: ``provision``, ``from``, ``until``, ``state``, ``rate``; open ends are null.
        title: what is drawn.
        description: the same in a sentence, for those who do not see it.
        source: the register that answered.
    """
    provisions = list(dict.fromkeys(str(row["limb"]) for row in rows))
    states = list(dict.fromkeys(str(row["state"]) for row in rows))
    spec = _frame(rows, title, description, source, max(60, len(provisions) * 22))
    spec["mark"] = {"type": "bar", "height": 14, "tooltip": True}
    spec["encoding"] = {
        "y": {"field": "limb", "type": "nominal", "sort": provisions, "title": None},
        "x": {"field": "from", "type": "temporal", "title": None, "scale": {"type": "utc"}},
        "x2": {"field": "shown_until"},
        "color": _color("state", states, "State"),
    }
    return spec


def months_chart(rows: Rows, title: str, description: str, source: str) -> Chart:
    """Announcements of two sides by month, one side upward and the other downward.

    Args:
        rows: ``month``, ``side``, ``announcements``, and ``drawn``, which is negative downward.
        title: what is drawn.
        description: the same in a sentence, for those who do not see it.
        source: the register that answered.
    """
    sides = list(dict.fromkeys(str(row["side"]) for row in rows))
    spec = _frame(rows, title, description, source, HEIGHT)
    spec["mark"] = {"type": "bar", "tooltip": True}
    spec["encoding"] = {
        "x": {
            "field": "month",
            "type": "temporal",
            "timeUnit": "utcyearmonth",
            "title": None,
            "scale": {"type": "utc"},
        },
        "y": {
            "field": "drawn",
            "type": "quantitative",
            "title": "Announcements",
            "axis": {"labelExpr": "abs(datum.value)", "tickMinStep": 1},
        },
        "color": _color("side", sides, "Side"),
    }
    return spec


def _frame(rows: Rows, title: str, description: str, source: str, height: int) -> Chart:
    return {
        "$schema": SCHEMA,
        "title": {"text": title, "subtitle": source, "anchor": "start"},
        "description": description,
        "usermeta": {"source": source},
        "background": "white",
        "padding": 12,
        "width": WIDTH,
        "height": height,
        "data": {"values": [dict(row) for row in rows]},
        "config": {"view": {"stroke": None}, "font": "sans-serif"},
    }


def _color(field: str, names: Iterable[str], title: str) -> Chart:
    names = list(names)
    colors = [PALETTE[number % len(PALETTE)] for number in range(len(names))]
    return {
        "field": field,
        "type": "nominal",
        "title": title,
        "sort": names,
        "scale": {"domain": names, "range": colors},
    }
