"""A mineral over time: shares as lines, prices inside and outside, projects against need.

All three have time on one kind of axis, with the days of controls above it. A line joins figures of
two years and says nothing of the days between; projections of an agency are dashed.
"""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.chart.drawn import WIDTH, Picture, cells, dot, legend, line, rect, text, trail
from detente.chart.mineral_flow import colors, lower
from detente.core.figures import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from detente.answers.supply import (
        CapacityOutside,
        CountedProject,
        MineralAnswer,
        MineralFigure,
        MineralStage,
        NeedTested,
    )

LEFT, TALL, UNDER = 46, 190, 34
"""Units: beside the axis, a plot's height, and under it."""
ABOVE = 26
"""Units above a plot, for the numbers of controls."""
LINES = 5
YEAR, MONTH = 4, 7
DAYS = 365.25


class ControlMark(NamedTuple):
    """A control on its day: a number above the plots, and words under them."""

    number: int
    day: str
    words: str


class Axis(NamedTuple):
    """Time from the first day of one year to the last of another, right of ``left``."""

    first: int
    last: int
    left: int = LEFT

    def x(self, year: float) -> float:
        """The place of a moment, as a year and its part."""
        wide = WIDTH - self.left - 8
        return self.left + wide * (year - self.first) / (self.last + 1 - self.first)


def as_of(text_: str) -> float:
    """The middle of a year or a month, or a day, as a year and its part."""
    if len(text_) == YEAR:
        return int(text_) + 0.5
    day = f"{text_}-15" if len(text_) == MONTH else text_[:10]
    at = date.fromisoformat(day)
    return at.year + (at - date(at.year, 1, 1)).days / DAYS


def frame(axis: Axis, top: float, marks: Iterable[tuple[float, str]]) -> str:
    """The grid of a plot: years below, heights with their words beside."""
    parts = []
    for y, words in marks:
        parts += [line(LEFT, y, WIDTH - 8, y, "grid"), text(LEFT - 6, y + 4, words, "small", "end")]
    bottom = top + TALL
    parts.append(line(LEFT, bottom, WIDTH - 8, bottom, "axis"))
    years = range(axis.first, axis.last + 1)
    every = max(1, math.ceil(len(years) / 12))
    for year in years:
        if (year - axis.first) % every == 0:
            x = axis.x(year)
            parts += [line(x, bottom, x, bottom + 5, "axis"), text(x + 2, bottom + 16, str(year))]
    return "".join(parts)


def control_marks(
    axis: Axis, top: float, events: Sequence[ControlMark], bottom: float | None = None
) -> str:
    """The days of controls as lines over a plot, with their numbers above it.

    Args:
        axis: the years.
        top: where the plot begins.
        events: days of controls.
        bottom: where the plot ends; at the height of all plots where it is left out.
    """
    bottom = top + TALL if bottom is None else bottom
    parts, last = [], -99.0
    level = 0
    for event in events:
        at = as_of(event.day)
        if not axis.first <= at < axis.last + 1:
            continue
        x = axis.x(at)
        # Numbers too near each other stand by turns on two heights.
        level = level + 1 if x - last < 12 and level == 0 else 0
        last = x
        parts += [line(x, top, x, bottom, "rule"),
                  text(x, top - 3 - 10 * level, str(event.number), "small", "middle")]  # fmt: skip
    return "".join(parts)


def shares_picture(answer: MineralAnswer, events: Sequence[ControlMark] = ()) -> Picture | None:
    """Shares of the world over years, a plot a stage; None where no stage has two years."""
    looks = colors(answer)
    stages = [each for each in answer["stages"] if len(_points(answer, each)) > 1]
    if not stages:
        return None
    parts, rows, y = [], [], 0.0
    for stage in stages:
        points = _points(answer, stage)
        axis = Axis(min(year for year, _, _ in points), max(year for year, _, _ in points))
        top = y + 20 + ABOVE
        parts.append(text(0, y + 12, stage["title"], "title"))
        heights = [(top + TALL * (1 - part / 4), f"{25 * part}%") for part in range(5)]
        parts += [frame(axis, top, heights), control_marks(axis, top, events)]
        latest = [each for each in points if not each[2]][-1:] or points[-1:]
        order = sorted(latest[0][1], key=lambda each: -latest[0][1][each])[:LINES]
        for country in order:
            look = f"l{looks[country]}" if country in looks else "axis"
            for ahead in (False, True):
                trailed = [
                    (axis.x(year + 0.5), top + TALL * (1 - shares[country]))
                    for year, shares, later in points
                    # The dashed line begins at the last figure, so that it goes on from the other.
                    if country in shares and (later == ahead or (ahead and year == _last(points)))
                ]
                if len(trailed) > 1:
                    parts.append(trail(trailed, f"{look} ahead" if ahead else look))
            for year, shares, later in points:
                if country in shares:
                    words = f"{country} {year}: {percent(str(round(shares[country], 3)))}"
                    fill = f"c{looks[country]}" if country in looks else "rest"
                    parts.append(dot(axis.x(year + 0.5), top + TALL * (1 - shares[country]),
                                     f"hollow {look}" if later else fill, words, 2.5))  # fmt: skip
        for year, shares, later in points:
            rows += [cells((stage["stage"], year, country, f"{share:.4f}",
                            "projection" if later else "figure"))
                     for country, share in shares.items()]  # fmt: skip
        names = [(each, f"c{looks[each]}" if each in looks else "rest") for each in order]
        shown, y = legend(names, top + TALL + UNDER)
        parts.append(shown)
        y += 10
    return Picture(
        "shares",
        f"{answer['name'].capitalize()}: shares of the world over years",
        "Lines of the largest countries' shares by stage, in percent of the world; projections are "
        "dashed. Each point is a year's figure; nothing is known of the days between.",
        round(y),
        "".join(parts),
        ("stage", "year", "country", "share", "kind"),
        tuple(rows),
        "; ".join(dict.fromkeys(s for each in stages for year in each["years"]
                                for s in year["sources"])),
    )  # fmt: skip


Point = tuple[int, dict[str, float], bool]


def _points(answer: MineralAnswer, stage: MineralStage) -> list[Point]:
    """A stage's shares by year, and after them those of a projection of the same stage."""
    found: list[Point] = [
        (int(year["year"][-YEAR:]), {c: float(share) for c, share in year["shares"].items()}, False)
        for year in stage["years"]
    ]
    ahead: dict[int, dict[str, float]] = {}
    for each in answer["projections"]:
        if each["stage"] == stage["stage"]:
            ahead.setdefault(int(each["year"]), {})[each["country"]] = lower(each["value"])
    for year, amounts in sorted(ahead.items()):
        total = amounts.get("world") or 0.0
        if total:
            shares = {c: a / total for c, a in amounts.items() if c not in ("world", "other")}
            found.append((year, shares, True))
    return found


def _last(points: list[Point]) -> int:
    return max((year for year, _, later in points if not later), default=0)


def prices_picture(answer: MineralAnswer, events: Sequence[ControlMark] = ()) -> Picture | None:
    """Prices inside and outside, of the unit that most are told in; None where fewer than two."""
    described = [each for each in answer["prices"] if each["what"] in ("price", "price-ask")]
    units = [each["unit"] for each in described]
    if len(units) < 2:
        return None
    # Over the order of telling: a set would decide between equal counts at random.
    unit = max(dict.fromkeys(units), key=units.count)
    described = [each for each in described if each["unit"] == unit]
    lows = [lower(each["value"]) for each in described]
    highs = [_upper(each) for each in described]
    # A price of just a power of ten must not lie on the upper edge.
    bottom, peak = math.floor(math.log10(min(lows))), math.ceil(math.log10(max(highs) * 1.01))
    peak = max(peak, bottom + 1)
    axis = Axis(
        min(int(each["year"][:YEAR]) for each in described),
        max(int(each["year"][:YEAR]) for each in described),
    )
    top = 14.0 + ABOVE

    def y(amount: float) -> float:
        return top + TALL * (peak - math.log10(amount)) / (peak - bottom)

    marks = [(y(10.0**power), f"{10.0**power:g}") for power in range(bottom, peak + 1)]
    parts = [text(0, 12, f"{unit}, each step ten times", "small"), frame(axis, top, marks),
             control_marks(axis, top, events)]  # fmt: skip
    series: dict[tuple[str, str], list[MineralFigure]] = {}
    for each in described:
        series.setdefault((each["country"], each["of"]), []).append(each)
    names, rows = [], []
    for number, ((country, of), points) in enumerate(series.items()):
        color = number % 7
        names.append((f"{PLACES.get(country, country)}: {of}", f"c{color}"))
        whole = [each for each in points if each["value"][1] and each["what"] == "price"]
        trailed = [
            (axis.x(as_of(each["year"])), y(_middle(each)))
            for each in sorted(whole, key=lambda row: as_of(row["year"]))
        ]
        if len(trailed) > 1:
            parts.append(trail(trailed, f"l{color}"))
        for each in points:
            x = axis.x(as_of(each["year"]))
            low, high = each["value"][0], each["value"][1]
            words = f"{of}, {PLACES.get(country, country)}, {each['year']}: {low}"
            words += f" to {high} {unit}" if high and high != low else f" {unit}"
            if high and high != low:
                parts.append(line(x, y(lower(each["value"])), x, y(float(high)), f"l{color}"))
            look = f"hollow l{color}" if each["what"] == "price-ask" or not high else f"c{color}"
            parts.append(dot(x, y(_middle(each)), look, words))
            rows.append(cells((each["year"], country, of, each["what"], low, high, unit,
                               each["source"], each["grade"], each["note"])))  # fmt: skip
    shown, end = legend(names, top + TALL + UNDER)
    return Picture(
        "prices",
        f"{answer['name'].capitalize()}: prices inside China and outside",
        "Prices by product and market, each step of the axis ten times the one below. Hollow ones "
        "were only asked, or are lower bounds; filled ones were paid or averaged.",
        round(end),
        "".join([*parts, shown]),
        ("when", "market", "product", "what", "low", "high", "unit", "source", "grade", "note"),
        tuple(rows),
        "; ".join(dict.fromkeys(each["source"] for each in described)),
    )


PLACES = {"CN": "China", "US": "United States", "outside": "outside China", "world": "world"}


def _middle(each: MineralFigure) -> float:
    # The geometric mean, which is the middle on an axis of powers.
    return math.sqrt(lower(each["value"]) * _upper(each))


def _upper(each: MineralFigure) -> float:
    """The upper end of a figure; the lower one where it is open."""
    high = each["value"][1]
    return float(high) if high else lower(each["value"])


def _there(row: CountedProject, year: int) -> Fraction:
    """What a counted project gives by the end of a year, on its way to the full rate."""
    start, full = int(row["counts_from"]), int(row["full_from"])
    if year < start:
        return Fraction(0)
    return Fraction(row["capacity"] or 0) * min(
        Fraction(1), Fraction(year - start + 1, full - start + 1)
    )


def projects_picture(answer: MineralAnswer, events: Sequence[ControlMark] = ()) -> Picture | None:
    """Capacity that is announced outside, by year, against the needs that are in hand.

    The stage is the one with the most projects that count. None where none counts.
    """
    stages = [
        (each, outside)
        for each in answer["stages"]
        if (outside := each["capacity_outside"]) and outside["projects"]
    ]
    if not stages:
        return None
    stage, outside = max(stages, key=lambda pair: len(pair[1]["projects"]))
    years = [(int(row["year"]), float(row["announced"])) for row in outside["years"]]
    needs = [row for row in stage["tests"] if row["unit"] == outside["unit"]]
    needs = [row for row in needs if row["whose"] in ("world", "US")]
    counted = sorted(outside["projects"], key=lambda row: (row["counts_from"], row["project"]))
    starts = [int(row["counts_from"]) for row in counted]
    axis = Axis(min(min(starts), years[0][0]), years[-1][0])
    most = max([amount for _, amount in years] + [float(row["need"]) for row in needs]) * 1.08
    top = 14.0 + ABOVE

    def y(amount: float) -> float:
        return top + TALL * (1 - amount / most)

    step = 10 ** math.floor(math.log10(most)) / 2
    marks = [(y(step * part), f"{step * part:,.0f}") for part in range(int(most / step) + 1)]
    marks = marks[:: max(1, len(marks) // 6)]
    parts = [text(0, 12, f"{stage['title']}, {outside['unit']} a year", "small"),
             frame(axis, top, marks), control_marks(axis, top, events)]  # fmt: skip
    stairs: list[tuple[float, float]] = []
    total = Fraction(0)
    for year in range(axis.first, axis.last + 1):
        total = sum((_there(row, year) for row in counted), Fraction(0))
        stairs += [(axis.x(year), y(float(total))), (axis.x(year + 1), y(float(total)))]
    parts.append(trail(stairs, "l0"))
    parts += _needs_drawn(needs, y)
    under = top + TALL + UNDER
    parts += _plants_drawn(counted, axis, under)
    return Picture(
        "projects",
        f"{answer['name'].capitalize()}: announced outside, against need",
        f"{stage['title']}: capacity that owners announced outside {answer['cut']}, added up from "
        "each first year to the full rate, with the needs in hand as dashed lines. Announced is "
        "no forecast.",
        round(under + 14 * len(counted) + 6),
        "".join(parts),
        ("kind", "name", "country", "from", "amount", "unit", "state", "source"),
        tuple(_project_rows(counted, outside, needs)),
        "; ".join(dict.fromkeys(row["source"] for row in counted)),
    )


def _needs_drawn(needs: Iterable[NeedTested], y: Callable[[float], float]) -> Iterator[str]:
    """A line at each need, with its words."""
    stated = 0.0
    for row in sorted(needs, key=lambda each: float(each["need"])):
        at = y(float(row["need"]))
        whose = "the world" if row["whose"] == "world" else row["whose"]
        words = f"need: {whose}, {row['of']}, {row['need_year']}"
        # Words of needs that are nearly alike stand one above the other.
        stated = at - 4 if not stated or stated - at > 8 else stated - 11
        yield line(LEFT, at, WIDTH - 8, at, "need")
        yield text(WIDTH - 10, stated, words, "small", "end")


def _plants_drawn(counted: Iterable[CountedProject], axis: Axis, under: float) -> Iterator[str]:
    """A bar for each project from the year on in which it counts, below the axis."""
    for number, plant in enumerate(counted):
        x, at = axis.x(int(plant["counts_from"])), under + 14 * number
        words = f"{plant['project']} ({plant['country']}), {plant['capacity']}, {plant['status']}"
        yield rect(x, at - 7, WIDTH - 8 - x, 8, "r0", words)
        end = x > WIDTH / 2
        yield text(x - 4 if end else x + 4, at, words, "small", "end" if end else "start")


def _project_rows(
    counted: Iterable[CountedProject], outside: CapacityOutside, needs: Iterable[NeedTested]
) -> Iterator[tuple[str, ...]]:
    """The table below the picture: projects that count, those that do not, and needs."""
    for row in counted:
        yield cells(("project", row["project"], row["country"], row["counts_from"], row["capacity"],
                     outside["unit"], row["status"], row["source"]))  # fmt: skip
    for left in outside["not_counted"]:
        yield cells(("not counted", left["project"], left["country"], left["first_output"],
                     left["capacity"], left["unit"], f"{left['status']}: {left['why']}",
                     left["source"]))  # fmt: skip
    for need in needs:
        yield cells(("need", need["of"], need["whose"], need["need_year"], need["need"],
                     need["unit"], need["verdict"], need["source"]))  # fmt: skip
