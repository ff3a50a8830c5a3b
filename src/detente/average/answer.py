"""The average duty on a country's goods, on every day on which it changes.

    average(day) = sum over lines of weight(line) x rate(line, day) / sum of weights
    rate(line, day) = effective ad valorem of the line's stack, as `detente duty` answers it

over the lines whose rate on the day is resolved; ``covered_share`` is their part of all weights.
Goods into a country whose schedule is not held are averaged by `average_subheadings`. A
rate that is not ad valorem counts as what goods at general rates paid on the line in the year of
the weights by line: calculated duty over value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.applicability.entry_facts import FactError
from detente.average.cases import GENERAL, Load
from detente.average.cells import CodeEquivalents, WeighedCells, find_cells
from detente.average.classes import Classes
from detente.average.flow_coverage import (
    of_editions,
    of_gaps,
    of_law,
    of_lists,
    of_weights,
    year_of,
)
from detente.average.law import AverageLaw, law_days
from detente.average.left_out import dollars_of, load_of, remedies_left_out, unmatched, unresolved
from detente.average.lines import NEAREST, ScheduleLines
from detente.average.question import HELD as HELD
from detente.average.question import AverageQuestion as AverageQuestion
from detente.average.question import at_band, contents_not_stated, question_block
from detente.average.question import check_average as check_average
from detente.average.question import other_side as other_side
from detente.average.stacks import CodeKind, OriginGoods, Stacks
from detente.average.sums import LoadKey, Sums, average_of, point_of, same_figures, status_of
from detente.average.timelines import ClassTimelines
from detente.core.clock import day_number, day_text
from detente.core.collector import without_collector
from detente.core.coverage import vouched
from detente.core.figures import rate
from detente.duty.answer import horizon, local_notes, register_block
from detente.duty.question import DutyQuery, QuestionError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.trade.flows import Flows
from detente.trade.weights import Weights, find_weights

if TYPE_CHECKING:
    from detente.answers.average import AverageEnd, AveragePoint, OneAverage, Weighting
    from detente.answers.shared import Coverage as CoverageRow


WHOLE = "100%"
"""Metal contents that are not given, as customs takes them."""


@without_collector()
def answer_average(
    register: Register, schedule: Schedule, flows: Flows, question: AverageQuestion
) -> OneAverage:
    """The average duty as a series of steps, under the keys of the interface.

    Args:
        register: the register asked.
        schedule: the goods schedule of the destination.
        flows: trade flows, for weights.
        question: the question.

    Raises:
        QuestionError: the question cannot be understood, or the contents given do not fit together.
        WeightError: the weights cannot be had or read.
        FactError: a fact cannot be read.
    """
    query = check_average(register, question)
    if query.destination != HELD:
        from detente.average.subheadings import answer_subheadings

        return answer_subheadings(register, schedule, flows, query, question)
    weights = find_weights(flows, question.weights, query.origin, query.destination)
    days = _days(register, schedule, query, question)
    edition_of = [schedule.edition_on(date.fromisoformat(day_text(day))).number for day in days]
    law = AverageLaw(register, HELD, days, query.known_on)
    columns = law.columns(query.origin, query.facts)
    lines = ScheduleLines(schedule, general=columns <= {GENERAL})
    cells = find_cells(lines, CodeEquivalents(flows.equivalents()), weights, edition_of)
    stacks = Stacks(ClassTimelines(law, Classes(register, HELD, schedule)))
    contents = contents_not_stated(register, query.facts)
    goods = stacks.of(query.origin, query.facts)
    sums = _sum(goods, cells, len(days))
    low = None
    if question.band is not None:
        facts = at_band(query.facts, contents, question.band)
        low = _sum(stacks.of(query.origin, facts), cells, len(days), f"at --band {question.band}, ")
    series = _series(register, days, weights.total, sums, low, question.band or "")
    coverage = _coverage(register, schedule, flows, query, question, weights, len(days), sums)
    answer: OneAverage = {
        "question": question_block(query, question),
        "register": register_block(register, schedule, query),
        "status": status_of(series, coverage),
        "weights": weights.name,
        "averaged": None,
        "weighting": _weighting(weights, cells),
        "partners": [],
        "series": series,
        "unmatched": unmatched(weights, cells),
        "unresolved": unresolved(register, weights, cells, goods, sums, days),
        "coverage": coverage,
        "notes": _notes(register, question, query, weights, cells, sums, contents),
    }
    return vouched(answer)


def _coverage(
    register: Register,
    schedule: Schedule,
    flows: Flows,
    query: DutyQuery,
    question: AverageQuestion,
    weights: Weights,
    days: int,
    sums: Sums,
) -> list[CoverageRow]:
    """What the average rests on: law, schedule, weights, and what of them stands open."""
    covered = min(sums.covered[:days]) / weights.total
    span = (question.start, question.last)
    rows = [
        of_law(register, query.destination, *span),
        of_editions(schedule, register.areas[f"{HELD.lower()}/tariff"], *span),
        of_weights(
            weights.name, year_of(flows, weights.name), weights.title, covered, weights.of_group
        ),
        *of_lists(register, sorted(sums.doubtful)),
        *of_gaps(register, query.destination, (query.origin,), *span),
    ]
    return [row.row() for row in rows]


def _days(
    register: Register, schedule: Schedule, query: DutyQuery, question: AverageQuestion
) -> tuple[int, ...]:
    """The first day, and those after it on which the law or the schedule can change."""
    first, last = day_number(question.start), day_number(question.last)
    if first == last:
        return (first,)
    changes = law_days(register, query.origin, query.destination)
    changes |= {day_number(edition.start.isoformat()) for edition in schedule.editions}
    return tuple(sorted({first, *(day for day in changes if first < day <= last)}))


def _sum(goods: OriginGoods, cells: WeighedCells, days: int, prefix: str = "") -> Sums:
    """Every cell's weight times what its stacks charge, by day.

    Raises:
        QuestionError: contents given come to more than the value; it begins with what was asked.
    """
    try:
        return _summed(_loads(goods, cells), days)
    except FactError as error:
        raise QuestionError(
            f"{prefix}{error}: some lines are on the lists of several metals, and each content "
            "given counts on all of them; give lower shares"
        ) from error


def _loads(goods: OriginGoods, cells: WeighedCells) -> dict[LoadKey, tuple[CodeKind, Load]]:
    """Cells of one kind and the same days together."""
    loads: dict[LoadKey, tuple[CodeKind, Load]] = {}
    kinds = goods.kinds((each.code, each.later) for each in cells.cells)
    for kind, cell in zip(kinds, cells.cells, strict=True):
        key = load_of(kind, cell)
        if key not in loads:
            loads[key] = (kind, Load())
        loads[key][1].add(cell.rates, cell.units)
    return loads


def _summed(loads: Mapping[LoadKey, tuple[CodeKind, Load]], days: int) -> Sums:
    """What is charged on loads, by day."""
    sums = Sums(days)
    for key, (kind, load) in loads.items():
        _, begin, end = key
        for segment in kind.segments:
            first, until = max(begin, segment.first), min(end, segment.until)
            if first < until:
                total = segment.case.total(load)
                sums.take(total, first, until)
                if total.unresolved:
                    sums.open.add(key)
                if segment.doubtful:
                    sums.doubt(segment.doubtful, first, until, sum(load.units.values()))
    sums.close()
    return sums


def _series(
    register: Register, days: tuple[int, ...], total: int, sums: Sums, low: Sums | None, band: str
) -> list[AveragePoint]:
    """A point on the first day and on every day on which a figure changes."""
    families = sorted(register.families, key=lambda name: register.families[name][1])
    # Stable: the ordinary duty comes first and the rest stays in the order of filing.
    families.sort(key=lambda name: name != "base")
    series: list[AveragePoint] = []
    for at, day in enumerate(days):
        whole = _figure(sums, at, total, WHOLE)
        shares = {name: sums.families[name][at] for name in families if name in sums.families}
        by_family = {
            name: average_of(share, sums.covered[at]) for name, share in shares.items() if share
        }
        point = point_of(day_text(day), whole["average"], by_family, whole["covered_share"])
        if low is not None:
            part = _figure(low, at, total, band)
            point["average_low"] = part["average"]
            point["band"] = sorted((part, whole), key=lambda end: Fraction(end["average"] or 0))
        point["refundable"] = average_of(sums.refundable[at], sums.covered[at])
        open_ = {name: row[at] for name, row in sorted(sums.unresolved.items()) if row[at]}
        if open_:
            point["unresolved"] = {
                name: rate(Fraction(units, total)) for name, units in open_.items()
            }
        if not series or not same_figures(series[-1], point):
            series.append(point)
    return series


def _figure(sums: Sums, at: int, total: int, contents: str) -> AverageEnd:
    """The average on a day by metal contents, and the part of the weight that has a rate."""
    charged = sum(row[at] for row in sums.families.values())
    return {
        "contents": contents,
        "average": average_of(charged, sums.covered[at]),
        "covered_share": rate(Fraction(sums.covered[at], total)),
    }


def _weighting(weights: Weights, cells: WeighedCells) -> Weighting:
    """What is weighed, by which rule, and how codes and rates were brought to the days asked."""
    return {
        "title": weights.title,
        "rule": weights.rule,
        "value": dollars_of(weights.total, weights),
        "lines": len(weights.lines),
        "remapped": {
            name: rate(Fraction(units, weights.total)) for name, units in sorted(cells.how.items())
        },
        "ad_valorem_equivalents": {
            "share": rate(Fraction(cells.equivalents, weights.total)),
            "rule": "a specific or compound rate counts as calculated duty over value on the line, "
            "over partners whose goods pay the general rates",
        },
    }


def _notes(
    register: Register,
    question: AverageQuestion,
    query: DutyQuery,
    weights: Weights,
    cells: WeighedCells,
    sums: Sums,
    contents: Iterable[str],
) -> list[str]:
    notes = []
    area = register.areas[f"{query.destination.lower()}/tariff"]
    if question.last > area.reviewed_through:
        notes.append(horizon(area.reviewed_through, question.last))
    notes.extend(local_notes(register))
    notes.extend(weights.notes)
    if cells.how.get(NEAREST):
        notes.append(
            "Some codes are not printed by the editions of some days: there they have the ordinary "
            "rate of the nearest edition at hand, and the lists on which they stand in it."
        )
    for name, row in sorted(sums.doubtful.items()):
        # The place after the last day only takes what ends there.
        share = rate(Fraction(max(row[: sums.days]), weights.total) * 100)
        notes.append(
            f"{share}% of the value may be on a list whose state is not in hand and counts as not "
            f"on it: {register.lists[name].title}."
        )
    if any(register.bases[name].fact in contents for name in register.bases):
        beside = (
            f"The second average (average_low) has them at {question.band}: it is the higher "
            "figure where what is charged on the rest of the value exceeds the duty on the metal"
            if question.band
            else "--fact gives a share; --band 25% shows the average at that share beside this one"
        )
        notes.append(f"Not given, and so the whole value: {', '.join(contents)}. {beside}.")
    notes.append(remedies_left_out(register, query.destination, query.origin, weights))
    notes.append(
        "Facts that are not given stand at their defaults: no exclusion, no part of a vehicle, no "
        "claim of a preference. What was or will be assessed is averaged; refundable is the part "
        "voided from the start."
    )
    return notes
