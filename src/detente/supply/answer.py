"""A mineral, stage by stage, as an answer: shares, what is left without some countries, who builds.

Every figure carries its source, its year and its grade, and is the mineral's own. Those of the
groups that it is counted within (dysprosium within the heavy rare earths) stand apart.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.core.coverage import verdict, vouched
from detente.core.figures import counted, rate
from detente.supply import needs
from detente.supply.carry import Left, carried
from detente.supply.controlled import Buyer, controls_on
from detente.supply.elements import by_element
from detente.supply.question import (
    SupplyQuestion,
    check_year,
    chosen_stages,
    read_cut,
)
from detente.supply.route import RouteQuery, route
from detente.supply.rows import cited, figure_row, plain
from detente.supply.shares import Year, years_of
from detente.supply.stage import StageQuery, stage_row, stated_unit
from detente.supply.tables import PublishedFigure
from detente.supply.tested import verdict_of
from detente.supply.uses import uses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.answers import supply as typed
    from detente.register.book import Register
    from detente.supply.tables import Mineral, Minerals, Stage

__all__ = ["SupplyQuestion", "answer_supply"]

MONTHS = 12
LISTS = {
    "reliance": ("reliance",),
    "import_shares": ("import-share", "import-share-value"),
    "stocks": ("stock",),
    "prices": ("price", "price-ask", "price-floor", "price-ratio"),
    "recycling": ("recycling",),
    "capacities": ("capacity",),
    "projections": ("projection",),
    "demand": ("demand",),
    "lead_times": ("lead-time",),
}
"""Figures beside those of the stages, by the kinds that each list has."""
OF_GROUPS = ("reliance", "import_shares", "stocks", "prices", "lead_times", "recycling")
"""The lists that are shown of the groups too."""
NO_WAYS: typed.Routes = {
    "flows": None,
    "not_traced": None,
    "flows_of_groups": None,
    "flows_unknown": None,
}
NO_CONTROLS: typed.MineralControls = {
    "controls": None,
    "under_controls": None,
    "exposed": None,
    "controls_note": None,
}


def answer_supply(
    register: Register, tables: Minerals, question: SupplyQuestion
) -> typed.MineralAnswer:
    """The answer about a mineral; shares are fractions of one, quantities as printed.

    Args:
        register: knows the countries.
        tables: the figures.
        question: the question.

    Raises:
        ValueError: there is no such mineral, stage, year or country; the message says which.
    """
    if question.known_on:
        tables = tables.as_known(question.known_on)
    mineral = tables.named(question.mineral)
    stages = chosen_stages(tables, mineral, question.stage)
    check_year(tables, mineral, question.year)
    cut = read_cut(register, tables, mineral, question.cut)
    understood = StageQuery(tables, tables.lineage(mineral), cut, question)
    left = _carried(understood)
    elements = by_element(
        tables, mineral, [(each, stated_unit(understood, each)) for each in stages], cut, question
    )
    rows = [stage_row(understood, stage, left[stage.key], elements) for stage in stages]
    coverage = [each for row in rows for each in row["coverage"]]
    known = any(row["known"] for row in rows)
    ways = _ways(register, understood, [each.key for each in stages]) if question.route else NO_WAYS
    controls = _controls(register, understood, stages) if question.controls else NO_CONTROLS
    answer: typed.MineralAnswer = {
        "mineral": mineral.key,
        "name": mineral.name,
        "name_zh": mineral.name_zh,
        "within": [each.key for each in understood.lineage[1:]],
        "on": question.on,
        "known_on": question.known_on or None,
        "cut": ",".join(cut.countries),
        "cut_at": {country: stage or None for country, stage in cut.at},
        "status": verdict("ok", "partly" if known else "unknown", coverage),
        "verdict": _verdict(rows, question),
        "stages": rows,
        "by_element": elements,
        **ways,
        **controls,
        "reliance": _lists(understood, [mineral], "reliance"),
        "import_shares": _lists(understood, [mineral], "import_shares"),
        "stocks": [_stock(tables, each) for each in _figures(understood, [mineral], "stocks")],
        "prices": _lists(understood, [mineral], "prices"),
        "recycling": _lists(understood, [mineral], "recycling"),
        "capacities": _lists(understood, [mineral], "capacities"),
        "projections": _lists(understood, [mineral], "projections"),
        "demand": _lists(understood, [mineral], "demand"),
        "lead_times": _lists(understood, [mineral], "lead_times"),
        "exports": _exports(understood),
        "uses": uses(tables, mineral.key),
        "inside_outside": _inside_outside(understood, mineral),
        "of_groups": [
            row for key in OF_GROUPS for row in _lists(understood, understood.lineage[1:], key)
        ],
        "coverage": coverage,
        "notes": _notes(understood),
    }
    return vouched(answer)


def _carried(query: StageQuery) -> dict[str, Left]:
    """What the cut leaves at every stage of the mineral, those before the ones asked about too."""
    tables, mineral, year = query.tables, query.lineage[0], query.question.year
    stages = tables.stages[mineral.key]
    latest: dict[str, Year | None] = {}
    for stage in stages:
        held = years_of(tables.about(mineral.key, stage.key), tables.days)
        of_year = [each for each in held if year in ("", each.year)]
        latest[stage.key] = of_year[-1] if of_year else None
    return carried(stages, latest, {each.key: query.cut.of_stage(each.key) for each in stages})


def _controls(
    register: Register, query: StageQuery, stages: Iterable[Stage]
) -> typed.MineralControls:
    """The controls of both sides on what the mineral's stages send to a country."""
    from detente.core.clock import day_number
    from detente.register.country_words import country_of

    question = query.question
    known_on = day_number(question.known_on) if question.known_on else None
    buyer = Buyer(country_of(register, question.buyer, "to"), question.on, known_on)
    keys = tuple(each.key for each in stages)
    return controls_on(register, query.tables, query.lineage[0], keys, buyer)


def _ways(register: Register, query: StageQuery, stages: list[str]) -> typed.Routes:
    """The flows from country to country, of all or of one country."""
    from detente.register.country_words import country_of

    question = query.question
    place = country_of(register, question.place, "place") if question.place else ""
    return route(query.tables, query.lineage, RouteQuery(place, question.year, tuple(stages)))


def _verdict(rows: Iterable[typed.MineralStage], question: SupplyQuestion) -> str | None:
    """Whether the need is met at every stage asked about; None where none is stated or in hand."""
    if question.need is None:
        tested = [test for row in rows for test in row["tests"]]
        return verdict_of(tested) if tested else None
    found = {row["covers"]["verdict"] for row in rows if row["covers"]}
    if needs.NOT_MET in found:
        return needs.NOT_MET
    return needs.MET if found == {needs.MET} else needs.UNKNOWN


def _lists(query: StageQuery, minerals: Iterable[Mineral], key: str) -> list[typed.MineralFigure]:
    """The rows of a list, of some minerals."""
    row = _stock if key == "stocks" else figure_row
    return [row(query.tables, each) for each in _figures(query, minerals, key)]


def _figures(query: StageQuery, minerals: Iterable[Mineral], key: str) -> list[PublishedFigure]:
    """The figures of a list, of some minerals."""
    question = query.question
    return [
        figure
        for mineral in minerals
        for figure in query.tables.about(mineral.key)
        if figure.what in LISTS[key]
        and question.year in ("", figure.year)
        and (not question.stage or figure.stage in ("", question.stage))
    ]


def _exports(query: StageQuery) -> list[typed.MineralFigure]:
    """Flows in tonnes as figures of the country that sends; ``of`` is the one that receives."""
    question, key = query.question, query.lineage[0].key
    return [
        figure_row(
            query.tables,
            PublishedFigure(key, each.stage, "exports", each.start, each.end, each.year, each.low,
                   each.high, each.unit, False, each.source, each.grade, each.note),
        )
        for each in query.tables.sent(key)
        if each.measure == "quantity"
        and question.year in ("", each.year)
        and question.stage in ("", each.stage)
    ]  # fmt: skip


def _stock(tables: Minerals, figure: PublishedFigure) -> typed.StockFigure:
    """A stock, and how many months of the country's use it is where that use is known."""
    use = [
        each
        for each in tables.about(figure.mineral, figure.stage)
        if each.what == "consumption"
        and each.country == figure.country
        and each.unit == figure.unit
    ]
    months = None
    if use and Fraction(use[-1].low):
        months = rate(Fraction(figure.low) / Fraction(use[-1].low) * MONTHS)
    return {**figure_row(tables, figure), "months": months}


def _inside_outside(query: StageQuery, mineral: Mineral) -> list[typed.InsideOutside]:
    """Prices of a year inside a country that is cut and outside it, and their ratio."""
    prices = [
        each
        for each in query.tables.about(mineral.key)
        if each.what == "price" and query.question.year in ("", each.year)
    ]
    inside = [each for each in prices if each.country in query.cut.countries]
    outside = [each for each in prices if each.country == "outside"]
    # One source's two prices of a product belong together; what is left is of the same year alone.
    pairs = [(a, b) for a in inside for b in outside if a.of == b.of and a.source == b.source]
    paired = {id(each) for pair in pairs for each in pair}
    pairs += [(a, b) for a in inside for b in outside if not {id(a), id(b)} & paired]
    return [
        {
            "year": a.year,
            "inside": [a.low, a.high],
            "outside": [b.low, b.high],
            "unit": a.unit,
            "product": [a.of, b.of],
            "ratio": [plain(round(each, 1)) for each in _ratio(a, b)],
            "sources": cited(query.tables, (a, b)),
        }
        for a, b in pairs
        if (a.year, a.unit) == (b.year, b.unit) and a.high and b.high
    ]


def _ratio(inside: PublishedFigure, outside: PublishedFigure) -> tuple[Fraction, Fraction]:
    """How many times the price inside that outside is, at least and at most."""
    low = Fraction(outside.low) / Fraction(inside.high)
    return low, Fraction(outside.high) / Fraction(inside.low)


def _notes(query: StageQuery) -> list[str]:
    mineral, question = query.lineage[0], query.question
    notes = [mineral.note] if mineral.note else []
    notes.append(
        "A stage without a figure of its own is not known here; nothing is drawn between years, "
        "stages or minerals."
    )
    notes.append(
        "Announced capacity is what owners said; it is not a forecast. Capacity of one stage needs "
        "the stages before it too."
    )
    if question.delay or question.success != 1 or question.ramp:
        late, ramp = counted(question.delay, "year"), counted(question.ramp, "year")
        notes.append(
            f"As asked: projects that do not produce yet come {late} late, "
            f"{rate(question.success)} of them come, and they take {ramp} from the "
            "first output to the full rate where no source tells it."
        )
    notes.append("A planning aid, not legal advice.")
    return notes
