"""The average of additional duties where the ordinary ones are not held: by subheading, two ends.

    average(day) = sum over subheadings of weight x (base + additional duties) / sum of weights

The base is what the question gives, alike for all goods, or nothing. Where the lines of a
subheading are known and a list names some of them, they share its weight alike. Where it is not
known whether goods are on a list, the lower end takes them as not listed, as the answer for a
single line does, the upper end as listed; both stand in every point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.cases import BASE, Load
from detente.average.classes import Classes
from detente.average.flow_coverage import of_gaps, of_law, of_weights, year_of
from detente.average.law import AverageLaw, law_days
from detente.average.left_out import (
    dollars_of,
    remedies_left_out,
    with_known_subheadings,
    without_subheading,
)
from detente.average.question import AverageQuestion, question_block
from detente.average.stacks import CaseSegment, CodeKind, Stacks
from detente.average.sums import Sums, average_of, point_of, same_figures, status_of
from detente.average.timelines import ClassTimelines
from detente.core.clock import day_number, day_text
from detente.core.coverage import PARTLY, READ, UNREAD, Coverage, vouched
from detente.core.figures import rate
from detente.duty.amounts import ColumnRates
from detente.duty.answer import horizon, local_notes, register_block
from detente.duty.question import DutyQuery, QuestionError
from detente.duty.rates.text import EmptyRateError, parse_rate
from detente.goods.partner_tariff import partner_tariff
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.model import Member
from detente.trade.flows import Flows
from detente.trade.weights import SUBHEADING, Weights, find_weights

if TYPE_CHECKING:
    from fractions import Fraction

    from detente.answers.average import AveragePoint, OneAverage
    from detente.answers.shared import Coverage as CoverageRow

FREE = "Free"

Listed = list[tuple[str, Member]]
"""Codes that the destination's lists name, each with its row, in order of list and code."""


class _Ends(NamedTuple):
    """Sums of the lower and the upper end, and units of weight for which they differ, by day."""

    low: Sums
    high: Sums
    mixed: list[int]


def answer_subheadings(
    register: Register,
    schedule: Schedule,
    flows: Flows,
    query: DutyQuery,
    question: AverageQuestion,
) -> OneAverage:
    """The average as a series of steps with two ends, under the keys of the interface.

    Args:
        register: the register asked.
        schedule: the goods schedule at hand, whose added editions the hash covers.
        flows: trade flows, for weights.
        query: the question in the engine's terms.
        question: the question as given.

    Raises:
        QuestionError: a band or a base is asked for that this destination cannot have.
        WeightError: the weights cannot be had or read.
    """
    from fractions import Fraction

    rates = _base(question)
    if question.band is not None:
        raise QuestionError(
            f"--band is for contents of metal, on which no duty of {query.destination} depends: "
            "leave it out; the two ends of what its lists leave open are always shown"
        )
    weighed = find_weights(flows, question.weights, query.origin, query.destination)
    weights = with_known_subheadings(weighed, schedule, flows)
    days = _days(register, query, question)
    classes = Classes(register, query.destination)
    listed = classes.rows.listed(_lists(register, query))
    weights = _by_line(weights, query.destination, listed)
    ends = _sum(classes, listed, query, weights, days, rates)
    series = _series(register, days, weights.total, ends)
    coverage = _coverage(register, flows, query, question, weights, ends)
    answer: OneAverage = {
        "question": question_block(query, question),
        "register": register_block(register, schedule, query),
        "status": status_of(series, coverage),
        "weights": weights.name,
        "averaged": _averaged(query, question),
        "weighting": {
            "title": weights.title,
            "rule": weights.rule,
            "value": dollars_of(weights.total, weights),
            "lines": len(weighed.lines),
            "remapped": {},
            "ad_valorem_equivalents": {"share": rate(Fraction(0)), "rule": ""},
        },
        "partners": [],
        "series": series,
        "unmatched": without_subheading(weights),
        "unresolved": [],
        "coverage": coverage,
        "notes": _notes(register, query, question, weights, listed),
    }
    return vouched(answer)


def _by_line(weights: Weights, destination: str, listed: Listed) -> Weights:
    """The same weights, those of subheadings listed in part shared alike by their lines.

    The lines are those of the day of which the destination's tariff is held most whole.
    """
    tariff = partner_tariff(destination)
    partial = {
        code[:SUBHEADING]
        for code, row in listed
        if (row.unknown if len(code) == SUBHEADING else not (row.excepted or row.unknown))
    }
    if tariff is None:
        return weights
    day = tariff.fullest_day()
    lines: dict[str, int] = {}
    shared = False
    for code, units in weights.lines.items():
        below = tariff.lines(code, day) if code in partial else []
        shared = shared or len(below) > 1
        rest = units
        for left, line in zip(range(len(below), 0, -1), below, strict=True):
            # What is left over the lines that are left: whole parts that add up to the weight.
            part = rest // left
            lines[line] = lines.get(line, 0) + part
            rest -= part
        if not below:
            lines[code] = lines.get(code, 0) + units
    rule = (
        f"{weights.rule}; the lines of a subheading listed in part share its weight alike"
        if shared
        else weights.rule
    )
    return weights._replace(lines=lines, rule=rule)


def _coverage(
    register: Register,
    flows: Flows,
    query: DutyQuery,
    question: AverageQuestion,
    weights: Weights,
    ends: _Ends,
) -> list[CoverageRow]:
    """What the average rests on: law, ordinary duties, lists at six digits, weights."""
    days, total = ends.low.days, weights.total
    mixed = max(ends.mixed[:days]) / total
    covered = min(ends.low.covered[:days]) / total
    span = (question.start, question.last)
    rows = [
        of_law(register, query.destination, *span),
        Coverage(
            "ordinary duty",
            None,
            None,
            _averaged(query, question),
            UNREAD if question.base is None else READ,
        ),
        of_weights(
            weights.name, year_of(flows, weights.name), weights.title, covered, weights.of_group
        ),
        *of_gaps(register, query.destination, (query.origin,), *span),
    ]
    if mixed:
        scope = f"they leave open up to {100 * mixed:.2f}% of the value"
        rows.append(Coverage("lists", None, None, scope, PARTLY))
    return [row.row() for row in rows]


def _base(question: AverageQuestion) -> ColumnRates:
    """The ordinary duty of the question; nothing where it gives none."""
    if question.base is None:
        return ColumnRates(FREE, "", "")
    try:
        exact: Fraction | None = parse_rate(question.base).ad_valorem()
    except EmptyRateError:
        exact = None
    if exact is None:
        raise QuestionError(
            f"--base {question.base!r} is not a share of the value: write it as 8%, for all goods",
            "base",
        )
    return ColumnRates(question.base, "", "")


def _averaged(query: DutyQuery, question: AverageQuestion) -> str:
    if question.base is None:
        return (
            "additional duties alone: no whole schedule of the ordinary duties of "
            f"{query.destination} is at hand"
        )
    return f"additional duties, and {question.base} as the ordinary duty of all goods, as given"


def _days(register: Register, query: DutyQuery, question: AverageQuestion) -> tuple[int, ...]:
    """The first day, and those after it on which the law can change."""
    first, last = day_number(question.start), day_number(question.last)
    changes = law_days(register, query.origin, query.destination)
    return tuple(sorted({first, *(day for day in changes if first < day <= last)}))


def _sum(
    classes: Classes,
    listed: Listed,
    question: DutyQuery,
    weights: Weights,
    days: tuple[int, ...],
    rates: ColumnRates,
) -> _Ends:
    """Both ends of every class of subheadings, by day."""
    law = AverageLaw(classes.register, question.destination, days, question.known_on)
    low = Stacks(ClassTimelines(law, classes)).of(question.origin, question.facts)
    high = Stacks(ClassTimelines(law, classes, doubtful=True)).of(question.origin, question.facts)
    longer = _longer(listed)
    names = [(code, *longer.get(code, ())) for code in weights.lines]
    listed_kinds = high.kinds((each, None) for group in names for each in group)
    unlisted_kinds = low.kinds((code, None) for code in weights.lines)
    pairs: dict[tuple[int, int], tuple[CodeKind, CodeKind, Load]] = {}
    for lower, group, units in zip(unlisted_kinds, names, weights.lines.values(), strict=True):
        # One iterator runs through all groups, and each takes as many kinds from it as it has
        # codes.
        upper = max(islice(listed_kinds, len(group)), key=lambda kind: _highest(kind, rates))
        key = (lower.number, upper.number)
        if key not in pairs:
            pairs[key] = (lower, upper, Load())
        pairs[key][2].add(rates, units)
    ends = _Ends(Sums(len(days)), Sums(len(days)), [0] * (len(days) + 1))
    for lower, upper, load in pairs.values():
        for first, until, below, above in _together(lower, upper, len(days)):
            ends.low.take(below.case.total(load), first, until)
            ends.high.take(above.case.total(load), first, until)
            if below.case.charge(rates) != above.case.charge(rates):
                units = load.units[rates]
                # As differences between days, summed up below: a segment costs two additions,
                # however long.
                ends.mixed[first] += units
                ends.mixed[until] -= units
    ends.low.close()
    ends.high.close()
    for at in range(1, len(days)):
        ends.mixed[at] += ends.mixed[at - 1]
    return ends


def _longer(listed: Listed) -> Mapping[str, list[str]]:
    """Longer codes that the destination's lists name, by their subheading."""
    found: dict[str, list[str]] = {}
    for code, _ in listed:
        if len(code) > SUBHEADING:
            found.setdefault(code[:SUBHEADING], []).append(code)
    return found


def _lists(register: Register, question: DutyQuery) -> set[str]:
    """Lists that the destination's measures name."""
    return {
        name
        for measure in register.measures(f"{question.destination.lower()}/tariff", "measure")
        for provision in measure.provisions
        for name in provision.goods
    }


def _highest(kind: CodeKind, rates: ColumnRates) -> int:
    """The most that a class is charged on any of the days."""
    return max(
        sum(share for _, share in segment.case.charge(rates).families) for segment in kind.segments
    )


def _together(
    lower: CodeKind, upper: CodeKind, days: int
) -> Iterator[tuple[int, int, CaseSegment, CaseSegment]]:
    """Days over which both classes stay in one case."""
    marks = sorted({each.first for kind in (lower, upper) for each in kind.segments})
    for first, until in zip(marks, [*marks[1:], days], strict=True):
        yield first, until, _at(lower.segments, first), _at(upper.segments, first)


def _at(segments: Iterable[CaseSegment], day: int) -> CaseSegment:
    return next(each for each in segments if each.first <= day < each.until)


def _series(
    register: Register, days: tuple[int, ...], total: int, ends: _Ends
) -> list[AveragePoint]:
    """A point on the first day and on every day on which a figure changes."""
    from fractions import Fraction

    families = [BASE, *(name for name in register.families if name != BASE)]
    low, high = ends.low, ends.high
    series: list[AveragePoint] = []
    for at, day in enumerate(days):
        shares = {name: low.families[name][at] for name in families if name in low.families}
        most = sum(row[at] for row in high.families.values())
        point = point_of(
            day_text(day),
            average_of(sum(shares.values()), low.covered[at]),
            {name: average_of(share, low.covered[at]) for name, share in shares.items() if share},
            rate(Fraction(low.covered[at], total)),
        )
        point["average_high"] = average_of(most, high.covered[at])
        point["refundable"] = average_of(low.refundable[at], low.covered[at])
        point["mixed_share"] = rate(Fraction(ends.mixed[at], total))
        if not series or not same_figures(series[-1], point):
            series.append(point)
    return series


def _notes(
    register: Register,
    query: DutyQuery,
    question: AverageQuestion,
    weights: Weights,
    listed: Listed,
) -> list[str]:
    """The horizon, what the lists rest on, and what they leave open."""
    area = register.areas[f"{query.destination.lower()}/tariff"]
    notes = []
    if question.last > area.reviewed_through:
        notes.append(horizon(area.reviewed_through, question.last))
    notes.extend(local_notes(register))
    notes.extend(weights.notes)
    notes.append(area.note)
    notes.append(remedies_left_out(register, query.destination, query.origin, weights))
    places = {register.lists[name] for name in _lists(register, query) & register.lists.keys()}
    known = sorted({each.place for each in places if each.place and each.grade != "primary"})
    notes.append(f"Where the announcements' own lists were not read: {'; '.join(known)}.")
    notes.extend(_unweighed(weights, listed))
    notes.append(
        "average counts goods of which the lists leave open whether they name them as not listed, "
        "average_high as listed; mixed_share is the part of the value for which the two differ."
    )
    notes.append(
        "Facts that are not given stand at their defaults: no exclusion and no preference is "
        "claimed."
    )
    return notes


def _unweighed(weights: Weights, listed: Listed) -> Iterator[str]:
    """How many subheadings of the lists have no weight, because they got their number later."""
    if any(len(code) != SUBHEADING for code in weights.lines):
        return
    codes = {code for code, row in listed if len(code) == SUBHEADING and not row.unknown}
    missing = len(codes - weights.lines.keys())
    if missing:
        yield (
            f"{missing} of {len(codes)} subheadings on the lists are not among those weighed, "
            "mostly numbers of a later year: goods under them count by their number in the weights."
        )
