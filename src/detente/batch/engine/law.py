"""The law of one destination held in memory, and the classes of lines, places and minutes in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from detente._shapes import TYPE_CHECKING
from detente.applicability.changepoints import Changepoints, stacking_rules_in_force
from detente.applicability.partition import GoodsClasses, ListRows
from detente.applicability.scope import Scope, narrow
from detente.duty.coverage import PROHIBITED
from detente.goods.codes import RATE_LINE
from detente.register.book import Register
from detente.register.model import Measure, Member, Provision

if TYPE_CHECKING:
    import numpy

    from detente.batch.engine.compiled import CompiledCells
    from detente.goods.schedule import Schedule

    Column = numpy.ndarray


class BatchLaw:
    """What the lists, the places and the days of a destination's measures tell apart.

    Attributes:
        destination: ISO country of import.
        classes: classes of lines, by the rows of lists that name them.
        places: one country of each place class.
        place_class: place class by country; the destination itself has none.
        marks: minutes at which something begins or ends, ascending.
    """

    _compiled: CompiledCells | None = None

    def __init__(
        self,
        register: Register,
        destination: str,
        schedule: Schedule | None = None,
        compiled: CompiledCells | None = None,
        beneath: BatchLaw | None = None,
    ) -> None:
        """Read the law of a destination.

        Args:
            register: the register asked, with a scenario or local records or without.
            destination: ISO country of import.
            schedule: the goods schedule, where imported editions may have codes that the lists
                have not seen.
            compiled: what the build worked out for this law, if for this one it did.
            beneath: the law of which this one changes some measures.
        """
        self.register = register
        self.destination = destination
        self._compiled = compiled
        rows = ListRows(register, self.each_measure(), schedule)
        if compiled is not None:
            self.classes = GoodsClasses(rows, compiled.line_codes, compiled.classes)
        elif beneath is not None and rows.names <= beneath.classes.rows.names:
            # Nothing names goods that did not before, so lines are told apart no further.
            self.classes = beneath.classes.copy()
        else:
            self.classes = GoodsClasses(rows)
        self._longer: dict[str, tuple[str, ...]] = {}
        self._inside: dict[str, Column] = {}
        self.place_class = self._place_classes() if compiled is None else compiled.place_class
        self.places = [*_first_of_each(self.place_class)]
        # A last day in doubt opens a question, so its answers are not those of the day before.
        self.changepoints = Changepoints(register, unclear_ends=True)
        self.marks = (
            compiled.marks if compiled else sorted(self.changepoints.of_law(self.measures)) or [0]
        )

    @cached_property
    def measures(self) -> list[Measure]:
        """The destination's measures, in order of id: read where a stack has to be found."""
        return self.register.measures(f"{self.destination.lower()}/tariff", "measure")

    def each_measure(self) -> Iterator[Measure]:
        """The same, read when the first is asked for."""
        yield from self.measures

    def _named(self, key: str) -> Sequence[Measure]:
        """The measures that the build names under a key; all where there is no build."""
        if self._compiled is None:
            return self.measures
        return [*map(self.register.measure, self._compiled.texts(key))]

    @cached_property
    def announcing(self) -> list[Measure]:
        """The measures of which something was only announced."""
        named = self._named("announcing")
        return [each for each in named if any(one.announced for one in each.provisions)]

    @property
    def line_count(self) -> int:
        """How many line classes there are so far."""
        return len(self.classes.codes)

    def members(self, line: int) -> dict[str, list[Member]]:
        """The rows of each list that name the lines of a class."""
        return self.classes.rows.members(self.classes.of_class(line))

    def inside(self, name: str) -> Column:
        """For each place class whether it lies in a named set of places, or is the place named."""
        import numpy

        if name not in self._inside:
            self._inside[name] = numpy.array([name in sets for sets in self._sets], bool)
        return self._inside[name]

    @cached_property
    def _sets(self) -> list[frozenset[str]]:
        """The sets in which each place class lies, by name."""
        return [self.register.sets_with(country) for country in self.places]

    def line_class(self, code: str) -> int:
        """The class of a line, by its digits."""
        return self.classes.number(code)

    def line_classes(self, codes: Sequence[str]) -> list[int]:
        """The class of each of some lines."""
        return self.classes.numbers(codes)

    def longer(self, code: str) -> tuple[str, ...]:
        """The longer codes that the law names under an eight-digit code."""
        if len(code) != RATE_LINE:
            return ()
        if code not in self._longer:
            self._longer[code] = tuple(self.register.below(code))
        return self._longer[code]

    def regime(self, minute: int) -> int:
        """The number of the segment between two marks that a minute lies in."""
        return bisect_right(self.marks, minute)

    @cached_property
    def forbidding(self) -> list[tuple[Measure, Provision]]:
        """The provisions that forbid importation, each with its measure."""
        return [
            (measure, provision)
            for measure in self._named("forbidding")
            for provision in measure.provisions
            if provision.control.get("decision") == PROHIBITED
        ]

    @cached_property
    def barring(self) -> frozenset[tuple[int, int]]:
        """Place classes with the first regime in which importation from them is forbidden."""
        found = set()
        for measure, provision in self.forbidding:
            first = self.regime(min(period.start for period in provision.periods))
            for country, place in self.place_class.items():
                if self.register.inside(provision.places or measure.places, country):
                    found.add((place, first))
        return frozenset(found)

    def minute(self, regime: int) -> int:
        """The first minute of a regime."""
        # Before the first mark nothing has turned yet, so the minute before it stands for all.
        return self.marks[regime - 1] if regime else self.marks[0] - 1

    def stacking_rules_in_force(self) -> tuple[list[int], list[tuple[int, ...]]]:
        """For each regime a number, and for each number the yields in force, by their places."""
        minutes = map(self.minute, range(len(self.marks) + 1))
        return stacking_rules_in_force(self.register.stacking_rules, minutes)

    def narrow(self, measures: Iterable[Measure], line: int, place: int) -> Scope:
        """Some measures narrowed to a line class and a place class."""
        code, members = self.classes.codes[line], self.members(line)
        return narrow(self.register, code, self.places[place], self.destination, members, measures)

    def _place_classes(self) -> dict[str, int]:
        named = {name for measure in self.measures for name in places_of(measure)}
        classes: dict[frozenset[str], int] = {}
        found: dict[str, int] = {}
        for country in self.register.countries:
            if country == self.destination:
                continue
            key = self.register.sets_with(country) & named
            found[country] = classes.setdefault(key, len(classes))
        return found


def _first_of_each(classes: Mapping[str, int]) -> Iterator[str]:
    """The first country of each class; classes are numbered as they are met."""
    met = 0
    for country, number in classes.items():
        if number == met:
            met += 1
            yield country


def places_of(measure: Measure) -> set[str]:
    """Names of the places of a measure and of its provisions."""
    return {
        *measure.places,
        *(name for provision in measure.provisions for name in provision.places),
    }
