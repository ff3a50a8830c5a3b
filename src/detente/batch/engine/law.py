"""The law of one destination held in memory, and the classes of lines, places and minutes in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.scope import Scope, narrow
from detente.core.clock import MINUTES
from detente.duty.coverage import PROHIBITED
from detente.goods.codes import RATE_LINE
from detente.register.book import Register
from detente.register.lists import prefixes
from detente.register.model import Measure, Member, Provision

if TYPE_CHECKING:
    import numpy

    from detente.batch.engine.kept import CompiledCells

    Column = numpy.ndarray

Members = dict[str, list[Member]]
Inherit = Callable[[str], Members | None]
"""The list rows of a code that the lists have not seen; None for every other code."""


class LineClass(NamedTuple):
    """Lines that every list treats alike, by one of them."""

    code: str
    members: Members


class BatchLaw:
    """What the lists, the places and the days of a destination's measures tell apart.

    Attributes:
        destination: ISO country of import.
        measures: its measures, in order of id.
        places: one country of each place class.
        place_class: place class by country; the destination itself has none.
        marks: minutes at which something begins or ends, ascending.
    """

    def __init__(
        self,
        register: Register,
        destination: str,
        inherit: Inherit | None = None,
        kept: CompiledCells | None = None,
        beneath: BatchLaw | None = None,
    ) -> None:
        """Read the law of a destination.

        Args:
            register: the register asked, with a scenario or local records or without.
            destination: ISO country of import.
            inherit: the rows of codes that the lists have not seen, where editions were imported.
            kept: what the build worked out for this law, if for this one it did.
            beneath: the law of which this one changes some measures.
        """
        self.register = register
        self.destination = destination
        self.inherit = inherit
        self.measures = register.measures(f"{destination.lower()}/tariff", "measure")
        self._rows: dict[tuple[object, ...], int] = {}
        self._row_numbers: dict[int, int] = {}
        self._codes = list(kept.line_codes) if kept else []
        self._lines: list[LineClass | None] = [None] * len(self._codes)
        self._classes: dict[tuple[object, ...], int] = {}
        self._class_of = dict(kept.class_of) if kept else {}
        self._longer: dict[str, tuple[str, ...]] = {}
        self._inside: dict[str, Column] = {}
        self.places: list[str] = []
        self.place_class = self._place_classes()
        self.marks = kept.marks if kept else sorted(_marks(self)) or [0]
        if beneath is not None and self._written <= beneath._written:
            # No code is written out that was not before, so lines are told apart no further.
            self._codes, self._lines = beneath._codes[:], [*beneath._lines]
            self._class_of = dict(beneath._class_of)
            self._classes, self._rows = dict(beneath._classes), dict(beneath._rows)

    @property
    def line_count(self) -> int:
        """How many line classes there are so far."""
        return len(self._lines)

    def line(self, number: int) -> LineClass:
        """A line class by its number."""
        found = self._lines[number]
        if found is None:
            code = self._codes[number]
            found = self._lines[number] = LineClass(code, self.register.members(code))
        return found

    def inside(self, name: str) -> Column:
        """For each place class whether it lies in a named set of places, or is the place named."""
        import numpy

        if name not in self._inside:
            found = [self.register.inside((name,), country) for country in self.places]
            self._inside[name] = numpy.array(found, bool)
        return self._inside[name]

    @cached_property
    def _members(self) -> Members:
        return _by_code(self.register)

    @cached_property
    def _written(self) -> set[str]:
        return {name for name in self._lists() if name[0].isdigit()}

    @cached_property
    def _list_marks(self) -> dict[str, set[int | None]]:
        return self._marks_by_list()

    def line_class(self, code: str) -> int:
        """The class of a line, by its digits."""
        found = self._class_of.get(code)
        if found is None:
            found = self._class_of[code] = self._new_line(code)
        return found

    def longer(self, code: str) -> tuple[str, ...]:
        """The longer codes that the law names under an eight-digit code."""
        if len(code) != RATE_LINE:
            return ()
        if code not in self._longer:
            self._longer[code] = tuple(self.register.below(code))
        return self._longer[code]

    def is_unseen(self, code: str) -> bool:
        """Whether the lists have not seen the code, so that its questions are its own."""
        return self.inherit is not None and self.inherit(code) is not None

    def _new_line(self, code: str) -> int:
        inherited = None if self.inherit is None else self.inherit(code)
        if inherited is None:
            rows = [row for each in prefixes(code) for row in self._members.get(each, ())]
        else:
            rows = [row for name in sorted(inherited) for row in inherited[name]]
        key = (
            tuple(map(self._row_number if inherited is None else self._number_alike, rows)),
            tuple(name for name in prefixes(code) if name in self._written),
            inherited is None,
        )
        if key not in self._classes:
            self._classes[key] = len(self._codes)
            self._codes.append(code)
            self._lines.append(None if inherited is None else LineClass(code, inherited))
        return self._classes[key]

    def _row_number(self, row: Member) -> int:
        """The number of a row of the register, which lasts: rows that are alike have one."""
        number = self._row_numbers.get(id(row))
        if number is None:
            number = self._row_numbers[id(row)] = self._number_alike(row)
        return number

    def _number_alike(self, row: Member) -> int:
        return self._rows.setdefault(alike(row), len(self._rows))

    def regime(self, minute: int) -> int:
        """The number of the stretch between two marks that a minute lies in."""
        return bisect_right(self.marks, minute)

    @cached_property
    def forbidding(self) -> list[tuple[Measure, Provision]]:
        """The provisions that forbid importation, each with its measure."""
        return [
            (measure, provision)
            for measure in self.measures
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
        return self.marks[regime - 1] if regime else self.marks[0] - 1

    def narrow(self, measures: Iterable[Measure], line: int, place: int) -> Scope:
        """Some measures narrowed to a line class and a place class."""
        code, members = self.line(line)
        return narrow(self.register, code, self.places[place], self.destination, members, measures)

    def list_marks(self, measure: Measure) -> set[int]:
        """Minutes at which the lists of a measure change."""
        found: set[int | None] = set()
        for name in lists_of(measure):
            found |= self._list_marks.get(name, set())
            for start, until, _ in self.register.lists[name].unknown if name[0].isalpha() else ():
                found.update((start, until))
        return {mark for mark in found if mark is not None}

    def _lists(self) -> set[str]:
        return {name for measure in self.measures for name in lists_of(measure)}

    def _marks_by_list(self) -> dict[str, set[int | None]]:
        found: dict[str, set[int | None]] = {}
        for name, start, until in self.register.list_days():
            found.setdefault(name, set()).update((start, until))
        return found

    def _place_classes(self) -> dict[str, int]:
        named = {name for measure in self.measures for name in places_of(measure)}
        classes: dict[frozenset[str], int] = {}
        found: dict[str, int] = {}
        for country in self.register.countries:
            if country == self.destination:
                continue
            key = self.register.sets_with(country) & named
            if key not in classes:
                classes[key] = len(self.places)
                self.places.append(country)
            found[country] = classes[key]
        return found


def lists_of(measure: Measure) -> set[str]:
    """Names of the lists, and codes written out, by which a measure names goods."""
    return {
        name
        for provision in measure.provisions
        for name in (*provision.goods, *provision.not_goods)
    }


def places_of(measure: Measure) -> set[str]:
    """Names of the places of a measure and of its provisions."""
    return {
        *measure.places,
        *(name for provision in measure.provisions for name in provision.places),
    }


def _by_code(register: Register) -> Members:
    """The rows of all lists by the code that they name."""
    found: Members = {}
    for row in register.all_members():
        found.setdefault(row.code, []).append(row)
    return found


def alike(row: Member) -> tuple[object, ...]:
    """All that membership reads of a row, when everything known counts."""
    size, known = len(row.code), row.announced
    return (row.list, size, row.start, row.until, known, row.excepted, row.unknown)


def marks_of(measure: Measure) -> set[int]:
    """Minutes at which a provision may come to apply in another way, its lists aside."""
    found: set[int | None] = set()
    for provision in measure.provisions:
        found.update(provision_marks(provision))
    for void in measure.voids:
        found.update((void.start, void.until))
    return {mark for mark in found if mark is not None}


def provision_marks(provision: Provision) -> Iterable[int | None]:
    """Minutes at which what shows of a provision may turn, and last days that are in doubt."""
    for period in provision.periods:
        yield period.start
        yield period.until
        if period.boundary and period.until is not None:
            yield period.until - MINUTES  # from here on the day before the end is in doubt


def _marks(law: BatchLaw) -> set[int]:
    """Every minute at which the law of the destination may become another."""
    found: set[int] = set()
    for measure in law.measures:
        found |= marks_of(measure) | law.list_marks(measure)
    for row in law.register.yields:
        found.update(mark for mark in (row.start, row.until) if mark is not None)
    return found
