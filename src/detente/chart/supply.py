"""Charts of a mineral: bars of shares by stage, those that are cut first."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.chart.steps import CONFIG, PALETTE, WIDTH, titled, words_below, wrapped

if TYPE_CHECKING:
    from typing import Any

    from detente.answers.supply import MineralAnswer, MineralStage
    from detente.chart.vega import Chart, ChartRow

SHOWN = 6
"""Countries that are told apart; smaller ones are drawn as others."""

OTHERS = "others"
NOT_NAMED = "not named"
BAR = 36
GREY = "#BBBBBB"


def supply_chart(answer: MineralAnswer | Any) -> Chart:
    """A Vega-Lite dictionary of the latest shares of every stage, with what is not known.

    Raises:
        ValueError: no stage has a share.
    """
    known = [stage for stage in answer["stages"] if stage["known"]]
    if not known:
        raise ValueError(f"no share of {answer['name']} is known at any stage: nothing to draw")
    rows, order = _bars(answer["stages"], answer["cut"].split(","))
    unknown = [stage["title"] for stage in answer["stages"] if not stage["known"]]
    cited = dict.fromkeys(each for stage in known for each in stage["years"][-1]["sources"])
    words = [f"Sources: {'; '.join(cited)}."]
    if unknown:
        words.append(f"Not known: {', '.join(unknown)}.")
    colors = [*PALETTE[: len(order) - 1], GREY]
    return {
        **titled(
            _described(known, answer),
            f"{answer['name'].capitalize()}: shares of the world by stage",
            "the latest year at hand of each stage",
            "; ".join(cited),
        ),
        "vconcat": [
            {
                "width": WIDTH,
                "height": BAR * len(answer["stages"]),
                "data": {"name": "shares", "values": rows},
                "mark": {"type": "bar"},
                "encoding": {
                    "y": {
                        "field": "stage",
                        "type": "nominal",
                        "title": None,
                        "sort": None,
                        # Stages of which nothing is known keep their place, with no bar.
                        "scale": {"domain": list(dict.fromkeys(row["stage"] for row in rows))},
                        "axis": {"labelLimit": 260},
                    },
                    "x": {
                        "field": "rate",
                        "type": "quantitative",
                        "title": "share of the world",
                        "axis": {"format": "~%"},
                        "scale": {"domain": [0, 1]},
                    },
                    "color": {
                        "field": "name",
                        "type": "nominal",
                        "title": "country",
                        "sort": order,
                        "scale": {"domain": order, "range": colors},
                    },
                    "order": {"field": "order", "type": "quantitative"},
                },
            },
            words_below([line for each in words for line in wrapped(each)]),
        ],
        "config": CONFIG,
    }


def _bars(stages: list[MineralStage], cut: list[str]) -> tuple[list[ChartRow], list[str]]:
    sizes: dict[str, float] = {}
    for stage in stages:
        for country, share in (stage["years"][-1]["shares"] if stage["known"] else {}).items():
            sizes[country] = max(sizes.get(country, 0.0), float(share))
    largest = sorted(sizes, key=lambda each: (each not in cut, -sizes[each], each))[:SHOWN]
    order = [*largest, OTHERS, NOT_NAMED] if len(sizes) > SHOWN else [*largest, NOT_NAMED]
    rows: list[ChartRow] = []
    for stage in stages:
        label = stage["title"]
        if not stage["known"]:
            rows.append({"on": "", "stage": f"{label} (not known)", "name": NOT_NAMED, "rate": None,
                         "order": len(order)})  # fmt: skip
            continue
        year = stage["years"][-1]
        parts = dict.fromkeys(order, 0.0)
        for country, share in year["shares"].items():
            parts[country if country in largest else OTHERS] += float(share)
        parts[NOT_NAMED] += float(year["rest"])
        for number, (name, size) in enumerate(parts.items()):
            if size:
                rows.append({"on": year["year"], "stage": f"{label} ({year['year']})",
                             "name": name, "rate": size, "order": number})  # fmt: skip
    return rows, order


def _described(known: list[MineralStage], answer: MineralAnswer) -> str:
    parts = []
    for stage in known:
        if concentration := stage["concentration"]:
            largest = concentration["largest"]
            parts.append(
                f"{stage['title']} {concentration['year']}: {largest['country']} "
                f"{round(100 * float(largest['share']))} percent"
            )
    return f"Bars of the shares of countries in {answer['name']}. " + "; ".join(parts) + "."
