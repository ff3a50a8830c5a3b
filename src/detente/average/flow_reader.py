"""The duty of every line of the flows on one day, origin by origin, as columns of numbers.

    rate(line) = sum over what the line is called on the day of units x charge / sum of units

Lines are followed through the editions as in an average; one that was split has several parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.answer import HELD, AverageQuestion, check_average
from detente.average.cases import BASE, SCALE, RateCharge, Varying
from detente.average.cells import CodeEquivalents
from detente.average.classes import Classes
from detente.average.law import AverageLaw
from detente.average.lines import ScheduleLines
from detente.average.stacks import Stacks
from detente.average.timelines import ClassTimelines
from detente.core.clock import day_number
from detente.duty.amounts import ColumnRates
from detente.duty.question import DutyQuery, QuestionError
from detente.goods.schedule import Schedule
from detente.register.book import Register

if TYPE_CHECKING:
    from typing import TypeVar

    import numpy

    Column = numpy.ndarray
    Item = TypeVar("Item")

WHOLE = 720_720
"""Units of a line that is followed through the editions: a number with many divisors."""

UNRESOLVED, UNMET = -1, -2
"""In place of a charge, which is never below zero: it has no share of the value; not asked yet."""


class DayPart(NamedTuple):
    """What a line is called on a day.

    Attributes:
        line: place of the line.
        code: digits of that day.
        later: the minute since which the schedule prints them; see `Classes.place`.
        rates: ordinary rates; None where there are none.
        units: units of the line, of which each part of a line that was split has some.
    """

    line: int
    code: str
    later: int | None
    rates: ColumnRates | None
    units: int


def parts_of(
    schedule: Schedule,
    day: str,
    lines: ScheduleLines,
    equivalents: CodeEquivalents,
    codes: Sequence[str],
) -> list[DayPart]:
    """What lines are called on a day, in order of line.

    Args:
        schedule: the goods schedule.
        day: ISO day.
        lines: the schedule's lines.
        equivalents: what was paid where a rate is not ad valorem.
        codes: digits of the lines.

    Raises:
        QuestionError: the day cannot be read.
    """
    try:
        day_number(day)
    except ValueError:
        raise QuestionError(
            f"{day!r} is not a day of the calendar: write it as YYYY-MM-DD"
        ) from None
    edition = schedule.edition_on(date.fromisoformat(day)).number
    places = {code: number for number, code in enumerate(codes)}
    return [
        DayPart(
            places[piece.requested],
            piece.code,
            piece.later,
            equivalents.rates(piece)[0] if piece.rates and piece.rates.general else None,
            piece.units,
        )
        for piece in lines.pieces(dict.fromkeys(codes, WHOLE), edition, edition + 1)
    ]


class FlowReader:
    """Rates of lines under one register on one day."""

    def __init__(
        self,
        register: Register,
        day: str,
        parts: Sequence[DayPart],
        classes: Classes,
        *,
        known_on: str | None = None,
        ordinary: bool = True,
    ) -> None:
        """Take the lines.

        Args:
            register: the register asked.
            day: ISO day.
            parts: what the lines are called on the day, in order of line.
            classes: the lists of the register.
            known_on: as known at the end of this day; None for everything known.
            ordinary: whether the ordinary duty counts; else additional duties alone.
        """
        import numpy

        self._register, self._day = register, day
        self._classes, self._known_on = classes, known_on
        self._counts_ordinary = ordinary
        self._line = numpy.array([each.line for each in parts], numpy.intp)
        self._units = numpy.array([each.units for each in parts], numpy.float64)
        rates, self._rates = _numbered(each.rates for each in parts)
        self._ordinary = list(rates)
        _, self._general = _numbered(each and each.general for each in self._ordinary)
        places, self._class = _numbered(classes.place(each.code, each.later) for each in parts)
        self._places = list(places)
        self._stacks: Stacks | None = None
        self._varying: dict[Varying, int] = {}
        self._charges = numpy.full((0, len(rates)), UNMET, numpy.int64)
        self._known: dict[object, Column] = {}

    def rates(self, origin: str, facts: Mapping[str, str]) -> Column:
        """The rate of each line, a fraction; NaN where it is not resolved.

        Raises:
            QuestionError: the origin or a day cannot be understood.
            FactError: a fact cannot be read.
        """
        question = AverageQuestion(
            origin, self._day, self._day, facts=facts, known_on=self._known_on
        )
        query = check_average(self._register, question)
        stacks = self._stacks_of(query)
        key = (tuple(sorted(facts.items())), *map(id, stacks.law.touching(origin)))
        if key not in self._known:
            self._known[key] = self._of_origin(stacks, query)
        return self._known[key]

    def _stacks_of(self, question: DutyQuery) -> Stacks:
        if self._stacks is None:
            days = (day_number(self._day),)
            law = AverageLaw(self._register, HELD, days, question.known_on)
            self._stacks = Stacks(ClassTimelines(law, self._classes))
        return self._stacks

    def _of_origin(self, stacks: Stacks, question: DutyQuery) -> Column:
        """The rates of origins that every measure treats alike."""
        import numpy

        goods = stacks.of(question.origin, question.facts)
        kinds, which = goods.kinds_at(self._places)
        cases = [kind.segments[0].case for kind in kinds]
        kind = which[self._class]
        fixed = numpy.array([self._charged(case.fixed) for case in cases], numpy.int64)[kind]
        varying = numpy.array(
            [self._varying.setdefault(case.varying, len(self._varying)) for case in cases],
            numpy.intp,
        )
        added = self._charged_on_rates(varying[kind])
        charged = (fixed + added).astype(numpy.float64)
        charged[(fixed == UNRESOLVED) | (added == UNRESOLVED)] = numpy.nan
        size = 1 + int(self._line.max(initial=-1))
        weighed = numpy.bincount(self._line, self._units * (charged / SCALE), size)
        return weighed / numpy.bincount(self._line, self._units, size)

    def _charged_on_rates(self, varying: Column) -> Column:
        """What the terms that hang on the ordinary rate charge on each part."""
        import numpy

        missing = len(self._varying) - len(self._charges)
        if missing:
            more = numpy.full((missing, len(self._ordinary)), UNMET, numpy.int64)
            self._charges = numpy.concatenate([self._charges, more])
        flat = self._charges.reshape(-1)
        key = varying * len(self._ordinary) + self._rates
        found: Column = flat[key]
        if (found == UNMET).any():
            terms = list(self._varying)
            new = numpy.unique(key[found == UNMET])
            rows, columns = numpy.divmod(new, len(self._ordinary))
            for number in numpy.unique(rows).tolist():
                selected = columns[rows == number]
                flat[number * len(self._ordinary) + selected] = self._charges_of(
                    terms[number], selected
                )
            found = flat[key]
        return found

    def _charges_of(self, varying: Varying, rates: Column) -> Column:
        """What terms charge at rates by their numbers; those read alike are asked once."""
        import numpy

        if not varying.general:
            return numpy.array([self._charge(varying, each) for each in rates.tolist()])
        _, first, which = numpy.unique(self._general[rates], return_index=True, return_inverse=True)
        found = numpy.array([self._charge(varying, each) for each in rates[first].tolist()])
        charges: Column = found[which]
        return charges

    def _charge(self, varying: Varying, number: int) -> int:
        rates = self._ordinary[number]
        return UNRESOLVED if rates is None else self._charged(varying.charge(rates))

    def _charged(self, charge: RateCharge) -> int:
        """All that is charged, in units of `SCALE`; UNRESOLVED where it has no share."""
        if charge.unresolved:
            return UNRESOLVED
        return sum(
            share for family, share in charge.families if self._counts_ordinary or family != BASE
        )


def _numbered(items: Iterable[Item]) -> tuple[dict[Item, int], Column]:
    """A number for each distinct item, and the number of each item."""
    import numpy

    numbers: dict[Item, int] = {}
    found = [numbers.setdefault(item, len(numbers)) for item in items]
    return numbers, numpy.array(found, numpy.intp)
