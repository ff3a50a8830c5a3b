"""What a shipment costs by its day of arrival, over the branches of a tree.

    expected(day) = sum over ways of probability(way) x duty(day, way)
    p90(day)      = the least duty that is enough in ways of together at least 90 percent
    cost(before)  = duty(before) + holding x days;   cost(after) = expected(after)
    break-even q  : q x duty(after | branch) + (1 - q) x duty(after | the others) = cost(before)

all exact, in fractions, from the user's probabilities. Between the branches other than the one
asked about, the user's proportions stay. Draws, where asked for, are in ``tree_draws``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.compare.answer import RegisterPair, days_between
from detente.compare.goods import Good
from detente.compare.tree_duties import Duties, TreeShipment, duties_of, shipment_of
from detente.core.clock import MINUTES, day_number, day_text
from detente.core.figures import money, rate
from detente.duty.answer import horizon
from detente.duty.question import QuestionError, check
from detente.register.book import Register
from detente.register.runs import runs
from detente.scenario.forks import Fork, Leaf, Tree, leaves

if TYPE_CHECKING:
    from detente.answers import comparisons as typed
    from detente.goods.schedule import Schedule

AHEAD = 60
"""Days after the last fork up to which changes are looked for, where no arrival is given."""

QUANTILE = Fraction(9, 10)


def answer_tree(
    register: Register,
    schedule: Schedule,
    tree: Tree,
    goods: Sequence[Good],
    arrive: Sequence[str],
    draws: int = 0,
    seed: int | None = None,
) -> typed.TreeAnswer:
    """The distribution of a shipment's duty by day of arrival, under the keys of the interface.

    Args:
        register: the law in force.
        schedule: the goods schedule.
        tree: the tree.
        goods: the shipment.
        arrive: ISO days; none for the day before the first fork and every day of change after.
        draws: Monte Carlo draws, 0 for none.
        seed: of the draws.

    Raises:
        RegisterError: a branch cannot be.
        QuestionError: a good or a day cannot be understood.
        ValueError: goods of a basket have no value, or a cost in dollars meets no value.
    """
    before = day_text(day_number(tree.fork.at) - 1)
    shipment = shipment_of(register, goods, tree, before)
    ways = leaves(register, tree.fork)
    arrivals = sorted({_day(each) for each in arrive})
    days = arrivals or _days(schedule, tree, ways, shipment, before)
    table = [duties_of(schedule, ways, shipment, day) for day in days]
    base = next((row for row in reversed(table) if row.arrive < tree.fork.at), None)
    base = base or duties_of(schedule, ways, shipment, before)
    answer: typed.TreeAnswer = {
        "name": tree.name,
        "note": tree.note,
        "shipment": [good.name for good in goods],
        "value": None if shipment.entry_value is None else money(round(shipment.entry_value * 100)),
        "unit": "share of value" if shipment.entry_value is None else "dollars",
        "branches": _branches(tree.fork),
        "ways": [" / ".join(way.path) for way in ways],
        "distribution": [_row(row, ways, shipment) for row in table],
        "break_even": [
            _break_even(tree, ways, shipment, base, row)
            for row in table
            if row.arrive > base.arrive and row.arrive >= tree.fork.at
        ],
        "probabilities": {
            "from": "the user's file",
            "ways": [
                {
                    "way": " / ".join(way.path),
                    "given": list(way.odds),
                    "joint": rate(way.probability),
                    "exact": str(way.probability),
                }
                for way in ways
            ],
        },
        "draws": None,
        "registers": {" / ".join(way.path): way.register.sha256 for way in ways},
        "notes": _notes(register, tree, ways, shipment, table),
    }
    if draws:
        from detente.compare.tree_draws import draw

        answer["draws"] = draw(tree, ways, shipment, base, table, draws, seed or 0)
    return answer


def _day(text: str) -> str:
    try:
        return day_text(day_number(text))
    except ValueError:
        raise QuestionError(f"--arrive {text!r} is not a day: write it as YYYY-MM-DD") from None


def _days(
    schedule: Schedule,
    tree: Tree,
    ways: Sequence[Leaf],
    shipment: TreeShipment,
    before: str,
) -> list[str]:
    """The day before the first fork, and those on which the duty in some way becomes another."""
    last = day_text(day_number(max(_forks(tree.fork))) + AHEAD)
    found = {before, *_forks(tree.fork)}
    lanes = {
        (good.question.origin, good.question.destination): good.question for good in shipment.goods
    }
    # Ways that come to the same law change on the same days.
    for each in {way.register.sha256: way.register for way in ways}.values():
        for question in lanes.values():
            alone = RegisterPair("", each, "", each)
            found.update(days_between(alone, question._replace(on=before), last))
    chosen: list[str] = []
    shown: tuple[object, ...] = ()
    for day in sorted(found):
        duty = duties_of(schedule, ways, shipment, day).duty
        if duty != shown or day in _forks(tree.fork):
            chosen.append(day)
        shown = duty
    return chosen


def _forks(fork: Fork) -> set[str]:
    """The days of a fork and of those after it."""
    found = {fork.at}
    for branch in fork.branches:
        if branch.then is not None:
            found |= _forks(branch.then)
    return found


def _branches(fork: Fork) -> list[typed.TreeBranch]:
    return [
        {
            "at": fork.at,
            "name": branch.name,
            "probability": branch.odds,
            "scenario": "law" if branch.scenario is None else branch.scenario.name,
            "then": [] if branch.then is None else _branches(branch.then),
        }
        for branch in fork.branches
    ]


def expected(values: Iterable[Fraction | None], odds: Iterable[Fraction]) -> Fraction | None:
    """The mean of some values under probabilities; None where one that can happen is not known."""
    found = Fraction(0)
    for value, probability in zip(values, odds, strict=True):
        if probability == 0:
            continue
        if value is None:
            return None
        found += value * probability
    return found


def quantile(
    values: Iterable[Fraction | None], odds: Iterable[Fraction], part: Fraction
) -> Fraction | None:
    """The least value that is enough with a probability; None where a value is not known."""
    likely = [(value, each) for value, each in zip(values, odds, strict=True) if each]
    if any(value is None for value, _ in likely):
        return None
    reached = Fraction(0)
    ordered = sorted((value, each) for value, each in likely if value is not None)
    for value, each in ordered:
        reached += each
        if reached >= part:
            return value
    return ordered[-1][0]


def break_even(cost: Fraction, there: Fraction, elsewhere: Fraction) -> Fraction | None:
    """The probability q at which q x there + (1 - q) x elsewhere = cost.

    None where there is none from 0 to 1, or every one is.
    """
    if there == elsewhere:
        return None
    q = (cost - elsewhere) / (there - elsewhere)
    return q if 0 <= q <= 1 else None


def _row(row: Duties, ways: Sequence[Leaf], shipment: TreeShipment) -> typed.DutyByArrival:
    odds = [way.probability for way in ways]
    known = [
        value for value, each in zip(row.duty, odds, strict=True) if each and value is not None
    ]
    mean = expected(row.duty, odds)
    return {
        "arrive": row.arrive,
        "expected": _figure(mean, shipment),
        "p90": _figure(quantile(row.duty, odds, QUANTILE), shipment),
        "lowest": None if mean is None else _figure(min(known), shipment),
        "highest": None if mean is None else _figure(max(known), shipment),
        "by_way": [_figure(value, shipment) for value in row.duty],
    }


def _figure(value: Fraction | None, shipment: TreeShipment) -> str | None:
    if value is None:
        return None
    return rate(value) if shipment.entry_value is None else money(round(value * 100))


def _break_even(
    tree: Tree, ways: Sequence[Leaf], shipment: TreeShipment, base: Duties, row: Duties
) -> typed.BreakEven:
    """Arriving before the first fork beside arriving on a later day."""
    odds = [way.probability for way in ways]
    held = day_number(row.arrive) - day_number(base.arrive)
    entry_value = Fraction(1) if shipment.entry_value is None else shipment.entry_value
    holding = held * (tree.share_a_day * entry_value + tree.dollars_a_day)
    first, later = expected(base.duty, odds), expected(row.duty, odds)
    cost = None if first is None else first + holding
    gain = None if cost is None or later is None else later - cost
    return {
        "before": base.arrive,
        "after": row.arrive,
        "days_held": held,
        "holding": _figure(holding, shipment),
        "cost_before": _figure(cost, shipment),
        "cost_after": _figure(later, shipment),
        "value_of_before": _figure(gain, shipment),
        "branches": [
            {
                "branch": branch.name,
                "probability": branch.odds,
                **_even(branch.name, ways, row, cost),
            }
            for branch in tree.fork.branches
        ],
    }


def _even(name: str, ways: Sequence[Leaf], row: Duties, cost: Fraction | None) -> typed.BranchEven:
    """The probability of a branch of the first fork at which both days cost the same."""
    sides: list[Fraction | None] = []
    for inside in (True, False):
        here = [
            (value, way.probability)
            for value, way in zip(row.duty, ways, strict=True)
            if (way.path[0] == name) == inside
        ]
        weight = sum((each for _, each in here), Fraction(0))
        if weight == 0:
            why = "has no weight" if inside else "leaves no weight to the others"
            return _never(f"the branch {why} in this file")
        sides.append(expected([value for value, _ in here], [each / weight for _, each in here]))
    there, elsewhere = sides
    if cost is None or there is None or elsewhere is None:
        return _never("a duty is not known")
    even = break_even(cost, there, elsewhere)
    if even is not None:
        return {"break_even": rate(even), "exact": str(even), "why": None}
    if there == elsewhere:
        return _never("the duty is the same in this branch and in the others")
    cheap = "before" if cost < min(there, elsewhere) else "after"
    return _never(f"arriving {cheap} is cheaper at any probability")


def _never(why: str) -> typed.BranchEven:
    """No probability at which both days cost the same, and why."""
    return {"break_even": None, "exact": None, "why": why}


def _notes(
    register: Register,
    tree: Tree,
    ways: Sequence[Leaf],
    shipment: TreeShipment,
    table: Sequence[Duties],
) -> list[str]:
    notes = ["The probabilities are those of the file; none is of this project."]
    for day in sorted(_forks(tree.fork)):
        if not any(_turns(each, day) for each in (register, *(way.register for way in ways))):
            notes.append(f"Nothing in the register turns on {day}, the day of a fork.")
    last = max(row.arrive for row in table)
    question = check(register, shipment.goods[0].question._replace(on=last))
    area = register.areas[f"{question.destination.lower()}/tariff"]
    if last > area.reviewed_through:
        notes.append(horizon(area.reviewed_through, last))
    if tree.share_a_day == tree.dollars_a_day == 0:
        notes.append("The file gives no cost of holding goods, and none is counted.")
    if any(value is None for row in table for value in row.duty):
        notes.append(
            "Some duty is not known (a rate not set, or a specific rate without a quantity): "
            "`detente duty` on the day says why."
        )
    return notes


def _turns(register: Register, day: str) -> bool:
    """Whether some record shows something else from a day on."""
    number = day_number(day)
    for measure in register.measures():
        for provision in measure.provisions:
            if any(
                run.start is not None and run.start // MINUTES == number for run in runs(provision)
            ):
                return True
        for event in measure.events:
            if number * MINUTES in (event.start, event.until):
                return True
    return False
