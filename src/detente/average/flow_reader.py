"""The duty of every line of the flows on one day, origin by origin, as columns of numbers.

    rate(line) = sum over what the line is called on the day of units x charge / sum of units

Lines are followed through the editions as in an average; one that was split has several parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from detente._shapes import TYPE_CHECKING
from detente.average.answer import HELD, AverageQuestion, check_average
from detente.average.cases import BASE, SCALE, RateCharge, Varying
from detente.average.classes import Classes, numbered_places
from detente.average.law import AverageLaw
from detente.average.rate_readings import RateReadings
from detente.average.stacks import PlacesByClaim, Stacks
from detente.average.timelines import ClassTimelines
from detente.core.clock import day_number
from detente.duty.question import DutyQuery, QuestionError
from detente.goods.schedule import Schedule
from detente.register.book import Register

if TYPE_CHECKING:
    import numpy

    from detente.average.followed import FollowedLines

    Column = numpy.ndarray

UNRESOLVED, UNMET = -1, -2
"""In place of a charge, which is never below zero: it has no share of the value; not asked yet."""


def edition_of(schedule: Schedule, day: str) -> int:
    """The number of the edition of a day.

    Args:
        schedule: the goods schedule.
        day: ISO day.

    Raises:
        QuestionError: the day cannot be read.
    """
    try:
        day_number(day)
    except ValueError:
        raise QuestionError(
            f"{day!r} is not a day of the calendar: write it as YYYY-MM-DD"
        ) from None
    return schedule.edition_on(date.fromisoformat(day)).number


class FlowGoods:
    """Lines as they are called on a day, whoever sells them.

    Attributes:
        classes: the classes of codes.
        lines: how many there are.
        weight: units of each line, in all its parts.
        line: the line of each part.
        units: units of the line that each part has.
        ordinary: the distinct ordinary rates.
        rates: the ordinary rates of each part, by number.
        readings: what terms read of the ordinary rates.
        places: the distinct places among the classes.
        of_class: the place of each part, by number.
    """

    def __init__(self, parts: FollowedLines, classes: Classes) -> None:
        """Take the lines.

        Args:
            parts: what the lines are called on the day, and pay.
            classes: the classes of codes.
        """
        import numpy

        self.classes = classes
        self.line, self.units = parts.line, parts.parts.astype(numpy.float64)
        self.lines = 1 + int(self.line.max(initial=-1))
        self.weight = numpy.bincount(self.line, self.units, self.lines)
        rates, self.rates = numpy.unique(numpy.maximum(parts.rate, -1), return_inverse=True)
        self.ordinary = [parts.rates[each] if each >= 0 else None for each in rates.tolist()]
        self.readings = RateReadings(self.ordinary)
        places, place_of = numbered_places(classes, parts.goods, parts.good)
        self.of_class = place_of[parts.good]
        self.places = PlacesByClaim(places)

    def some(self, lines: Column) -> Column:
        """The places of the parts of some lines."""
        import numpy

        wanted = numpy.zeros(self.lines, bool)
        wanted[lines] = True
        return numpy.flatnonzero(wanted[self.line])

    def no_charges(self, terms: int) -> Column:
        """A table of charges by terms and ordinary rates, of which none was asked yet."""
        import numpy

        return numpy.full((terms, len(self.ordinary)), UNMET, numpy.int64)


class SideLaws:
    """The law of all sides on all their days; what registers share is worked out once."""

    def __init__(self, days: Iterable[str]) -> None:
        """Begin.

        Args:
            days: ISO days of the sides.
        """
        self._days = sorted({day_number(day) for day in days})
        self._timelines: dict[int, ClassTimelines] = {}
        self._stacks: dict[int, Stacks] = {}

    def place(self, day: str) -> int:
        """The place of a day among those of all sides."""
        return self._days.index(day_number(day))

    def stacks(self, register: Register, classes: Classes, known_on: int | None) -> Stacks:
        """The stacks of a register; its classes may be those of another with the same lists."""
        found = self._stacks.get(id(register))
        if found is None:
            timelines = self._timelines.get(id(classes))
            beside = timelines.law if timelines else None
            law = AverageLaw(register, HELD, self._days, known_on, beside)
            timelines = timelines or self._timelines.setdefault(
                id(classes), ClassTimelines(law, classes)
            )
            found = self._stacks[id(register)] = Stacks(timelines, law)
        return found


class FlowReader:
    """Rates of lines under one register on one day."""

    def __init__(
        self,
        register: Register,
        day: str,
        goods: FlowGoods,
        laws: SideLaws,
        *,
        known_on: str | None = None,
        ordinary: bool = True,
    ) -> None:
        """Take the lines.

        Args:
            register: the register asked.
            day: ISO day, one of those of the laws.
            goods: the lines as they are called on the day.
            laws: the law of all sides.
            known_on: as known at the end of this day; None for everything known.
            ordinary: whether the ordinary duty counts; else additional duties alone.
        """
        self._register, self._day = register, day
        self._goods, self._laws = goods, laws
        self._known_on = known_on
        self._counts_ordinary = ordinary
        self._varying: dict[Varying, int] = {}
        self._charges = goods.no_charges(0)

    def rates(self, origin: str, facts: Mapping[str, str], lines: Column) -> Column:
        """The rate of each of some lines, a fraction; NaN where it is not resolved.

        Args:
            origin: ISO country.
            facts: entry facts, as text.
            lines: places of the lines, each once.

        Raises:
            QuestionError: the origin or a day cannot be understood.
            FactError: a fact cannot be read.
        """
        question = AverageQuestion(
            origin, self._day, self._day, facts=facts, known_on=self._known_on
        )
        query = check_average(self._register, question)
        stacks = self._laws.stacks(self._register, self._goods.classes, query.known_on)
        found: Column = self._of_origin(stacks, query, self._goods.some(lines))[lines]
        return found

    def _of_origin(self, stacks: Stacks, question: DutyQuery, parts: Column) -> Column:
        """The rates of all lines, of which some parts are asked; zero or NaN for the others."""
        import numpy

        found, goods = stacks.of(question.origin, question.facts), self._goods
        of_class = goods.of_class[parts]
        kinds, which = found.kinds_at(goods.places, of_class)
        at = self._laws.place(self._day)
        cases = [kind.case_on(at) for kind in kinds]
        kind = which[of_class]
        fixed = numpy.array([self._charged(case.fixed) for case in cases], numpy.int64)[kind]
        varying = numpy.array(
            [self._varying.setdefault(case.varying, len(self._varying)) for case in cases],
            numpy.intp,
        )
        added = self._charged_on_rates(varying[kind], goods.rates[parts])
        charged = (fixed + added).astype(numpy.float64)
        charged[(fixed == UNRESOLVED) | (added == UNRESOLVED)] = numpy.nan
        line, units = goods.line[parts], goods.units[parts]
        weighed = numpy.bincount(line, units * (charged / SCALE), goods.lines)
        return weighed / goods.weight

    def _charged_on_rates(self, varying: Column, rates: Column) -> Column:
        """What the terms that hang on the ordinary rate charge on each part, by its rates."""
        import numpy

        missing = len(self._varying) - len(self._charges)
        if missing:
            more = self._goods.no_charges(missing)
            self._charges = numpy.concatenate([self._charges, more])
        # A view: what is met below is written into the table itself.
        flat = self._charges.reshape(-1)
        count = len(self._goods.ordinary)
        key = varying * count + rates
        found: Column = flat[key]
        if (found == UNMET).any():
            terms = list(self._varying)
            new = numpy.unique(key[found == UNMET])
            rows, columns = numpy.divmod(new, count)
            for number in numpy.unique(rows).tolist():
                selected = columns[rows == number]
                flat[number * count + selected] = self._charges_of(terms[number], selected)
            found = flat[key]
        return found

    def _charges_of(self, varying: Varying, rates: Column) -> Column:
        """What terms charge at rates by their numbers; those read alike are asked once."""
        import numpy

        # Most rates differ in columns that the terms do not read.
        read = self._goods.readings.of(varying, rates)
        _, first, which = numpy.unique(read, return_index=True, return_inverse=True)
        found = numpy.array([self._charge(varying, each) for each in rates[first].tolist()])
        charges: Column = found[which]
        return charges

    def _charge(self, varying: Varying, number: int) -> int:
        rates = self._goods.ordinary[number]
        return UNRESOLVED if rates is None else self._charged(varying.charge(rates))

    def _charged(self, charge: RateCharge) -> int:
        """All that is charged, in units of `SCALE`; UNRESOLVED where it has no share."""
        if charge.unresolved:
            return UNRESOLVED
        return sum(
            share for family, share in charge.families if self._counts_ordinary or family != BASE
        )
