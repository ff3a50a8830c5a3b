"""Two registers beside each other: the same question put to both, row by row.

    difference = after - before, exact, in the unit of the row

A row is a figure on a day: ``what, on, unit, before, after, difference``. A side that is not known
is null, and so is its difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.answer import AverageQuestion, answer_average
from detente.average.law import law_days
from detente.compare.goods import Good
from detente.core.clock import day_number, day_text, last_minute_of
from detente.core.figures import money, rate
from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion, check
from detente.goods.codes import CodeError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.model import ANNOUNCED
from detente.register.reading import read
from detente.register.views.two_readings import of_area
from detente.trade.flows import Flows

if TYPE_CHECKING:
    from typing import Any

    from detente.answers.average import AveragePoint
    from detente.answers.comparisons import ComparedRow, Comparison, HeardCompared
    from detente.answers.duty import Duty, HeardTotal
    from detente.answers.shared import Heard

SHARE, DOLLARS = "share of value", "dollars"
PERCENT = "percent"


class RegisterPair(NamedTuple):
    """The two registers of a comparison, with their names."""

    base: str
    before: Register
    scenario: str
    after: Register


LAW = ("law", "none")
"""Words for the register as it is, beside the names of scenarios."""


def shipped_pair(register: Register, base: str, scenario: str) -> RegisterPair:
    """Two registers to compare: the law, or scenarios that come with it, by name.

    Raises:
        ValueError: there is no such scenario; the message names those there are.
    """
    return RegisterPair(
        base, named_register(register, base), scenario, named_register(register, scenario)
    )


def named_register(register: Register, name: str) -> Register:
    """The register that a word stands for: the law, what was announced, or a shipped scenario.

    Raises:
        ValueError: there is no such scenario; the message names those there are.
    """
    from detente.scenario.scenario import shipped, with_scenario

    if name in LAW:
        return register
    if name == ANNOUNCED:
        return read(register, ANNOUNCED)
    if name not in register.scenarios:
        names = ", ".join((LAW[0], ANNOUNCED, *register.scenarios))
        raise ValueError(f"no scenario {name!r} is shipped: write one of {names}")
    return with_scenario(register, shipped(register, name))


def compared(
    what: str, on: str | None, unit: str, before: str | None, after: str | None
) -> ComparedRow:
    """One row: a figure on both sides and the difference of the two."""
    difference = None
    if before is not None and after is not None:
        gap = Fraction(after) - Fraction(before)
        if unit == DOLLARS:
            difference = money(round(gap * 100))
        elif unit == PERCENT:
            difference = f"{float(gap):.4f}"
        else:
            difference = rate(gap)
    return {
        "what": what,
        "on": on,
        "unit": unit,
        "before": before,
        "after": after,
        "difference": difference,
    }


def compare_good(
    pair: RegisterPair, schedule: Schedule, question: DutyQuestion, last: str | None = None
) -> Comparison:
    """One good: its total and its layers on a day, or its totals over days.

    Args:
        pair: the registers.
        schedule: the goods schedule of the destination.
        question: the question; its day is the first.
        last: the last day of a series; None for one day with its layers.

    Raises:
        QuestionError: the question cannot be understood.
        FactError: a value or a fact cannot be read.
        CodeError: the code is none, or is not in the edition of the day.
    """
    if last is not None:
        rows = _good_over_days(pair, schedule, question, last)
        days = [*_days(rows), last[:10]]
        described = _of_days(pair, question.destination, days)
        return _answer(pair, rows, _notes(pair, schedule, question._replace(on=last)), described)
    sides = [answer_duty(register, schedule, question) for register in (pair.before, pair.after)]
    on = question.on
    first, second = (side["total"] for side in sides)
    rows = [compared("total duty", on, SHARE, first["ad_valorem"], second["ad_valorem"])]
    if question.value is not None:
        rows += [
            compared("duty", on, DOLLARS, first["amount"], second["amount"]),
            compared(
                "of it refundable",
                on,
                DOLLARS,
                first["refundable_amount"],
                second["refundable_amount"],
            ),
        ]
    rows += _layers(sides, on)
    notes = list(dict.fromkeys(note for side in reversed(sides) for note in side["notes"]))
    for name, side in zip((pair.base, pair.scenario), sides, strict=True):
        if side["open_questions"]:
            count = len(side["open_questions"])
            words = "1 open question" if count == 1 else f"{count} open questions"
            notes.insert(0, f"{name}: {words}, which the duty alone shows.")
    heard = [side["announced"] if _follows_law(pair, at) else None for at, side in enumerate(sides)]
    return _answer(pair, rows, notes, _described(pair, heard))


def _follows_law(pair: RegisterPair, at: int) -> bool:
    """Whether a side is a reading of the law, and not the other one of its neighbor."""
    registers = (pair.before, pair.after)
    return registers[0].reading == registers[1].reading or at == 0


def _described(
    pair: RegisterPair, heard: Sequence[Heard | HeardTotal | None]
) -> HeardCompared | None:
    """The ``announced`` blocks of both sides as one; None where neither side differs."""
    named = [
        (name, each) for name, each in zip((pair.base, pair.scenario), heard, strict=True) if each
    ]
    if not named:
        return None
    return {
        "because": list(dict.fromkeys(key for _, each in named for key in each["because"])),
        "text": " ".join(dict.fromkeys(f"{name}: {each['text']}" for name, each in named)),
        "total_ad_valorem": _total_heard(named[0][1]),
    }


def _days(rows: Iterable[ComparedRow]) -> list[str]:
    """The days of rows."""
    return [row["on"] for row in rows if row["on"] is not None]


def _total_heard(heard: Heard | HeardTotal) -> str | None:
    """The total that was announced, where one good was asked about."""
    total = heard.get("total_ad_valorem")
    return total if isinstance(total, str) else None


def _of_days(pair: RegisterPair, destination: str, days: Iterable[str]) -> HeardCompared | None:
    """That what was announced touches the duties of a place on one of some days."""
    if pair.before.reading != pair.after.reading:
        return None
    area, days = f"{destination.lower()}/tariff", list(days)
    heard = []
    for register in (pair.before, pair.after):
        found = (of_area(register, area, last_minute_of(day[:10])) for day in days)
        heard.append(next((each for each in found if each), None))
    return _described(pair, heard)


def _layers(sides: Sequence[Duty], on: str) -> list[ComparedRow]:
    """A row for every measure that charges on a side; zero where the other side knows none."""
    names: dict[str, None] = {}
    shares: list[dict[str, str | None]] = []
    for side in sides:
        by_measure = {each["measure"]: each["ad_valorem"] for each in side["layers"]}
        names.update(dict.fromkeys(by_measure))
        shares.append(by_measure)
    first, second = shares
    return [
        compared(f"  {name}", on, SHARE, first.get(name, "0"), second.get(name, "0"))
        for name in names
    ]


def _good_over_days(
    pair: RegisterPair, schedule: Schedule, question: DutyQuestion, last: str
) -> list[ComparedRow]:
    name = f"{question.code} from {question.origin.upper()}"
    rows: list[ComparedRow] = []
    for day in days_between(pair, question, last):
        first, second = (
            total(register, schedule, question._replace(on=day))
            for register in (pair.before, pair.after)
        )
        row = compared(name, day, SHARE, first[0], second[0])
        if not rows or (rows[-1]["before"], rows[-1]["after"]) != (row["before"], row["after"]):
            rows.append(row)
    return rows


def days_between(pair: RegisterPair, question: DutyQuestion, last: str) -> list[str]:
    """The first day, and those up to the last on which the duties of either side can change.

    Raises:
        QuestionError: a day, the origin or the destination cannot be read.
        ValueError: the days are turned round.
    """
    query = check(pair.before, question)
    end = check(pair.before, question._replace(on=last))
    if end.minute < query.minute:
        raise ValueError(f"the last day, {last}, lies before the first, {question.on}: turn them")
    first, until = day_number(query.day), day_number(end.day)
    found = {first}
    for register in dict.fromkeys((pair.before, pair.after)):
        days = law_days(register, query.origin, query.destination)
        found.update(day for day in days if first < day <= until)
    return [day_text(day) for day in sorted(found)]


def total(
    register: Register, schedule: Schedule, question: DutyQuestion
) -> tuple[str | None, str | None]:
    """The total of a good, as a share of the value and in dollars; None where not known."""
    from detente.duty.case import build_case

    case = build_case(register, schedule, question)
    figures = case.figures(case.stack)
    return rate(figures.share), money(figures.cents)


def compare_basket(
    pair: RegisterPair, schedule: Schedule, goods: Sequence[Good], days: Iterable[str]
) -> Comparison:
    """Every good of a basket on some days; and their sum in dollars where all have a value.

    A good that has no line on a day is named in a note.
    """
    rows, notes = [], []
    for day in days:
        sums: list[Fraction | None] = [Fraction(0), Fraction(0)]
        for good in goods:
            query = good.question._replace(on=day)
            try:
                sides = [total(each, schedule, query) for each in (pair.before, pair.after)]
            except CodeError as error:
                notes.append(f"{good.name} on {day}: {error}")
                # Without one of its goods the basket has no sum.
                sums = [None, None]
                continue
            (first, _), (second, _) = sides
            rows.append(compared(good.name, day, SHARE, first, second))
            for at, (_, amount) in enumerate(sides):
                known = sums[at]
                sums[at] = None if known is None or amount is None else known + Fraction(amount)
        if all(good.question.value is not None for good in goods):
            ends = [None if each is None else money(round(each * 100)) for each in sums]
            rows.append(compared("all, duty", day, DOLLARS, *ends))
    if not goods:
        raise ValueError("the basket is empty: write a row for each good")
    notes += _notes(pair, schedule, goods[0].question._replace(on=[day, *_days(rows)][-1]))
    described = _of_days(pair, goods[0].question.destination, _days(rows))
    return _answer(pair, rows, notes, described)


def compare_average(
    pair: RegisterPair, schedule: Schedule, flows: Flows, question: AverageQuestion
) -> Comparison:
    """The average duty on a country's goods, in total and by family, on every day of change.

    Raises:
        QuestionError: see ``answer_average``.
        WeightError: the weights cannot be had or read.
    """
    sides = [
        answer_average(register, schedule, flows, question)
        for register in (pair.before, pair.after)
    ]
    points = [{point["on"]: point for point in side["series"]} for side in sides]
    rows = []
    for day in sorted(points[0].keys() | points[1].keys()):
        first, second = (_at(each, day) for each in points)
        rows.append(compared("average duty", day, SHARE, first["average"], second["average"]))
        if first["average_high"] is not None:
            rows.append(
                compared(
                    "average duty, high end",
                    day,
                    SHARE,
                    first["average_high"],
                    second["average_high"],
                )
            )
        by_first, by_second = first["by_family"] or {}, second["by_family"] or {}
        names = dict.fromkeys([*by_first, *by_second])
        rows += [
            compared(
                f"  {name}",
                day,
                SHARE,
                by_first.get(name, "0"),
                by_second.get(name, "0"),
            )
            for name in names
        ]
    notes = [f"Weighted by {sides[0]['weighting']['title']}; trade stays as it was."]
    notes += dict.fromkeys(note for side in reversed(sides) for note in side["notes"])
    described = _of_days(pair, question.destination, [*_days(rows), question.last])
    return _answer(pair, rows, notes, described)


def _at(points: dict[str, AveragePoint], day: str) -> AveragePoint:
    """The point that holds on a day: the last one up to it."""
    return points[max(each for each in points if each <= day)]


def compare_equilibrium(
    pair: RegisterPair, found: Mapping[str, Any], parties: Sequence[str], closely: Sequence[str]
) -> Comparison:
    """Welfare of every country, and more of the two parties, as changes from the base.

    Args:
        pair: the registers.
        found: the model's answer about the change from the one to the other, in percent.
        parties: countries that are shown first, with all of ``closely``.
        closely: figures of the answer by country; the first of them is shown for every country.
    """
    main = closely[0]
    names = [*parties, *(name for name in found[main] if name not in parties)]
    rows = [
        compared(f"{figure.replace('_', ' ')}, {name}", None, PERCENT, "0.0000", value)
        for name in names
        for figure in (closely if name in parties else (main,))
        for value in (found[figure][name],)
    ]
    notes = [
        f"Figures are changes from {pair.base}, in percent, by the model {found['data']}: its own "
        "side is zero.",
        *found["notes"],
    ]
    answer = _answer(pair, rows, notes)
    answer["model"] = {"data": found["data"]}
    return answer


def _answer(
    pair: RegisterPair,
    rows: list[ComparedRow],
    notes: list[str],
    announced: HeardCompared | None = None,
) -> Comparison:
    return {
        "base": pair.base,
        "scenario": pair.scenario,
        "reading": pair.before.reading,
        "announced": announced,
        "rows": rows,
        "registers": {"before": pair.before.sha256, "after": pair.after.sha256},
        "notes": notes,
        "model": None,
    }


def _notes(pair: RegisterPair, schedule: Schedule, question: DutyQuestion) -> list[str]:
    """What an answer about the last day would say besides, once."""
    from detente.duty.answer import horizon, local_notes

    query = check(pair.after, question)
    area = pair.after.areas[f"{query.destination.lower()}/tariff"]
    notes = [*local_notes(pair.after)]
    if query.day > area.reviewed_through:
        notes.append(horizon(area.reviewed_through, query.day))
    notes.append("Facts that are not given stand at their defaults.")
    return notes
