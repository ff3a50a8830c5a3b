"""The flow diagram of a mineral: countries at each stage, and ribbons where a weight is known.

A column is a stage, a block a country's share of what the world makes there, and a ribbon a flow in
tonnes over the world's tonnes of the stage that sends. What no source traces has no ribbon; a stage
without figures is an empty frame. A second diagram has the sources of one country's imports, which
are shares of those imports and not of the world.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.chart.drawn import WIDTH, Picture, cells, rect, ribbon, text
from detente.core.figures import percent

if TYPE_CHECKING:
    from detente.answers.supply import Ends, MakersOfYear, MineralAnswer, MineralFlowRow

TOP, TALL, BLOCK, FOOT = 34, 300, 18, 16
"""Units: above the columns, a column's height, a block's width, and under the columns."""
SHOWN = 6
"""Countries of a stage that have a block of their own."""
OTHERS, REST = "others", "not named"
LOOKS = 7
GAP = 1.5
LEAST = 9
"""A block of fewer units has no words beside it."""
COLUMNS = ("kind", "stage", "year", "from", "to", "amount", "unit", "share", "source")


class StageBlock(NamedTuple):
    """A country at a stage: its place, and how much of its height ribbons took on either side."""

    country: str
    share: float
    x: float
    y: float
    height: float


def flow_picture(answer: MineralAnswer) -> Picture | None:
    """The diagram of an answer that was asked with its route; None where no share is known."""
    stages = answer["stages"]
    if not any(each["known"] for each in stages):
        return None
    looks = colors(answer)
    step = (WIDTH - 130) / max(len(stages) - 1, 1)
    parts: list[str] = []
    blocks: dict[tuple[str, str], StageBlock] = {}
    rows: list[tuple[str, ...]] = []
    for number, stage in enumerate(stages):
        x = number * step
        last = number == len(stages) - 1 and number > 0
        parts.append(text(WIDTH if last else x, 12, stage["title"], "title",
                          "end" if last else "start"))  # fmt: skip
        if not stage["known"]:
            parts += [rect(x, TOP, BLOCK, TALL, "unknown"),
                      text(x + BLOCK + 4, TOP + TALL / 2, "not known", "small")]  # fmt: skip
            continue
        year = stage["years"][-1]
        parts.append(text(x, 26, _of_year(year), "small"))
        for block in _column(year, x):
            blocks[stage["stage"], block.country] = block
            words = f"{block.country} {percent(str(round(block.share, 3)))}"
            rows.append(cells(("share", stage["stage"], year["year"], block.country, "", "", "",
                               f"{block.share:.4f}", "; ".join(year["sources"]))))  # fmt: skip
            look = f"c{looks[block.country]}" if block.country in looks else "rest"
            parts.append(rect(x, block.y, BLOCK, block.height, look, words))
            if block.height >= LEAST:
                parts.append(text(x + BLOCK + 4, block.y + block.height / 2 + 4, words, "small"))
    drawn, bands = _ribbons(answer, blocks, looks)
    rows += drawn
    described = f"{len(drawn)} flow{'s' * (len(drawn) != 1)} with a weight"
    return Picture(
        "flow",
        f"{answer['name'].capitalize()}: who makes it, stage by stage, and where it goes",
        f"Columns are stages, blocks the shares of countries in the latest year at hand of each; "
        f"{described}. What is not traced has no ribbon.",
        TOP + TALL + FOOT,
        "".join(bands + parts),
        COLUMNS,
        tuple(rows),
        _sources(answer),
    )


def colors(answer: MineralAnswer) -> dict[str, int]:
    """A look for each of the largest countries, the same in all pictures of a mineral."""
    sizes: dict[str, float] = {}
    for stage in answer["stages"]:
        for year in stage["years"][-1:]:
            for country, share in year["shares"].items():
                sizes[country] = max(sizes.get(country, 0.0), float(share))
    cut = answer["cut"].split(",")
    order = sorted(sizes, key=lambda each: (each not in cut, -sizes[each], each))
    return {country: number for number, country in enumerate(order[:LOOKS])}


def lower(ends: Ends) -> float:
    """The lower end of a figure.

    Raises:
        ValueError: it is open.
    """
    if ends[0] is None:
        raise ValueError("there is nothing to draw: a figure has no lower end")
    return float(ends[0])


def _of_year(year: MakersOfYear) -> str:
    if year["total"] is None:
        return str(year["year"])
    return f"{year['year']}: {round(float(year['total'])):,} {year['unit']}"


def _column(year: MakersOfYear, x: float) -> list[StageBlock]:
    """The blocks of a stage, the largest first, smaller ones together, what is unnamed last."""
    named = [(country, float(share)) for country, share in year["shares"].items()]
    shown = named[:SHOWN]
    smaller = sum(share for _, share in named[SHOWN:])
    sizes = [*shown, (OTHERS, smaller), (REST, float(year["rest"]))]
    found, y = [], float(TOP)
    for country, share in sizes:
        if share > 0:
            found.append(StageBlock(country, share, x, y, max(share * TALL - GAP, 0.5)))
            y += share * TALL
    return found


def _ribbons(
    answer: MineralAnswer, blocks: dict[tuple[str, str], StageBlock], looks: dict[str, int]
) -> tuple[list[tuple[str, ...]], list[str]]:
    """A band for the latest weight of each pair, over the world's weight of the sending stage."""
    latest: dict[tuple[str, str, str], MineralFlowRow] = {}
    for each in answer["flows"] or ():
        if each["measure"] == "quantity" and len(each["year"] or "") == len("2024"):
            latest[each["stage"], each["from"], each["to"]] = each
    totals = {
        stage["stage"]: {year["year"]: year for year in stage["years"]}
        for stage in answer["stages"]
    }
    left: dict[tuple[str, str], float] = {}
    came: dict[tuple[str, str], float] = {}
    rows, bands = [], []
    for each in latest.values():
        year = totals.get(each["stage"], {}).get(each["year"] or "")
        start = blocks.get((each["stage"], each["from"])) or blocks.get((each["stage"], OTHERS))
        end = blocks.get((each["into"], each["to"])) or blocks.get((each["into"], OTHERS))
        end = end or blocks.get((each["into"], REST))
        if year is None or year["total"] is None or year["unit"] != each["unit"]:
            continue
        if each["tonnes"] is None:
            continue
        share = float(Fraction(each["tonnes"]) / Fraction(year["total"]))
        words = f"{each['from']} to {each['to']}, {each['year']}: {each['tonnes']} {each['unit']}"
        rows.append(cells(("flow", each["stage"], each["year"], each["from"], each["to"],
                           each["tonnes"], each["unit"], f"{share:.4f}",
                           each["source"])))  # fmt: skip
        if start is None or end is None:
            continue
        height = share * TALL
        out_key, in_key = (each["stage"], start.country), (each["into"], end.country)
        out, into = left.get(out_key, 0.0), came.get(in_key, 0.0)
        left[out_key], came[in_key] = out + height, into + height
        look = f"r{looks[each['from']]}" if each["from"] in looks else "faint"
        bands.append(
            ribbon(
                (start.x + BLOCK, start.y + min(out, start.height), height),
                (end.x, end.y + min(into, max(end.height - height, 0)), height),
                look,
                words,
            )
        )
    return rows, bands


def imports_picture(answer: MineralAnswer, to: str = "US") -> Picture | None:
    """Where one country's imports of each stage came from, by quantity; None where none is told."""
    looks = colors(answer)
    stages = []
    for stage in answer["stages"]:
        shares = [
            each
            for each in answer["flows"] or ()
            if each["stage"] == stage["stage"] and each["measure"] == "share" and each["to"] == to
        ]
        if shares:
            stages.append((stage["title"], shares))
    if not stages:
        return None
    parts, rows, y = [], [], 0.0
    for title, shares in stages:
        tall = 130.0
        parts.append(text(0, y + 12, f"{title}, {shares[0]['year']}", "title"))
        top, at = y + 22, 0.0
        parts.append(rect(WIDTH - 120, top, BLOCK, tall, "rest", to))
        parts.append(text(WIDTH - 96, top + tall / 2 + 4, f"imports of {to}", "small"))
        for each in sorted(shares, key=lambda row: (row["from"] == "other", -lower(row["amount"]))):
            share = lower(each["amount"]) / 100
            height = share * tall
            country = each["from"]
            look = str(looks[country]) if country in looks else ""
            words = f"{country} {each['amount'][0]}%"
            spread = at * 1.12
            parts += [
                rect(150, top + spread, BLOCK, height - GAP, f"c{look}" if look else "rest", words),
                ribbon((150 + BLOCK, top + spread, height - GAP), (WIDTH - 120, top + at, height),
                       f"r{look}" if look else "faint", words),
            ]  # fmt: skip
            if height >= LEAST:
                parts.append(text(144, top + spread + height / 2 + 4, words, "small", "end"))
            rows.append(cells(("flow", each["stage"], each["year"], country, to,
                               each["amount"][0], each["unit"], f"{share:.2f}",
                               each["source"])))  # fmt: skip
            at += height
        y = top + tall * 1.14 + 14
    return Picture(
        "imports",
        f"{answer['name'].capitalize()}: where the imports of {to} came from",
        f"Shares of the imports of {to} by quantity over four years, by the country that sent, "
        "which need not be the one that mined them.",
        round(y),
        "".join(parts),
        COLUMNS,
        tuple(rows),
        "; ".join(dict.fromkeys(each["source"] for _, shares in stages for each in shares)),
    )


def _sources(answer: MineralAnswer) -> str:
    cited = [
        each
        for stage in answer["stages"]
        for year in stage["years"][-1:]
        for each in year["sources"]
    ]
    return "; ".join(dict.fromkeys(cited))
