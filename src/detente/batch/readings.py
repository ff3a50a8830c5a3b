"""The total of a batch's entries by what was only announced, worked out where it can differ.

Most entries are of a day, a place or goods that nothing announced touches; they cost a look-up.
The others are few, and each is put to both readings by the single path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from detente._shapes import TYPE_CHECKING
from detente.applicability.equivalence import Memory
from detente.applicability.scope import narrow
from detente.batch.columns import ANNOUNCED_COLUMNS, FACT
from detente.batch.engine.distinct import Distinct
from detente.batch.named import NamedCodes
from detente.batch.rows import announced_cells, question_of
from detente.duty.case import build_case

if TYPE_CHECKING:
    import numpy

    from detente.batch.engine.engine import Engine
    from detente.batch.words import CodedTable
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.register.model import Provision

    Column = numpy.ndarray

HEARD, BECAUSE = ANNOUNCED_COLUMNS
SIZES = ("value", "quantity", "unit", "quantity2", "unit2")
"""Columns that say how much is entered; a rate that is a share of the value asks for none."""


class AnnouncedReading:
    """Which entries something that was only announced may touch, and what it makes of them.

    Attributes:
        codes: those that what was announced names.
    """

    def __init__(
        self,
        engine: Engine,
        schedule: Schedule,
        facts: Mapping[str, str],
        stored: Callable[[], list[str] | None] | None = None,
    ) -> None:
        """Look for what was only announced in the law of an engine; `stored` as in `NamedCodes`."""
        import numpy

        self._engine = engine
        self._register: Register = engine.law.register
        self._schedule = schedule
        self._facts = facts
        self._memory = Memory(self._register)
        self._measures = engine.law.announcing
        provisions = self._provisions = [
            (measure.places, provision)
            for measure in self._measures
            for provision in measure.provisions
            if provision.announced
        ]
        # Which provisions have something announced on a day, by their places, most days none; and
        # the first minute that was met of each such cover.
        self._covers: Distinct[tuple[int, ...]] = Distinct([()])
        self._first: dict[int, int] = {}
        self._cover = numpy.zeros(0, numpy.int32)
        self.codes = NamedCodes(
            self._register, [provision for _, provision in provisions], engine.codes, stored
        )
        self._reached: dict[tuple[int, int, int], bool] = {}
        self._cells: dict[tuple[object, ...], dict[str, str]] = {}

    @cached_property
    def _places(self) -> Column:
        """For each place class whether something announced names goods of it."""
        import numpy

        return numpy.array(
            [
                any(
                    self._inside(of_measure, provision, country)
                    for of_measure, provision in self._provisions
                )
                for country in self._engine.law.places
            ],
            bool,
        )

    def _inside(self, places: tuple[str, ...], provision: Provision, country: str) -> bool:
        inside = self._register.inside
        return inside(places, country) and (
            not provision.places or inside(provision.places, country)
        )

    def rows(self, read: CodedTable, aside: Column) -> Column:
        """The rows of a table that something announced may touch, by their places in it."""
        import numpy

        cover = self._covering()
        if not self._provisions or not cover.any():
            return numpy.zeros(0, numpy.int64)
        rows: Column = ((cover != 0).take(read.instant) & ~aside).nonzero()[0]
        rows = rows[self._places[read.place[rows]]]
        rows = rows[self.codes.rows(read.code[rows])]
        columns = (read.code[rows], read.place[rows], cover[read.instant[rows]])
        keys = zip(*(each.tolist() for each in columns), strict=True)
        return rows[numpy.array([self._is_reached(*each) for each in keys], bool)]

    def _covering(self) -> Column:
        """For each instant of the engine the number of its cover; 0 where nothing is announced."""
        import numpy

        new = self._engine.minutes[len(self._cover) :]
        if new:
            found = [self._covers.number(self._announced_at(minute)) for minute in new]
            for minute, number in zip(new, found, strict=True):
                self._first.setdefault(number, minute)
            self._cover = numpy.append(self._cover, numpy.array(found, numpy.int32))
        return self._cover

    def _announced_at(self, minute: int) -> tuple[int, ...]:
        return tuple(
            at
            for at, (_, provision) in enumerate(self._provisions)
            if any(
                each.start <= minute and (each.until is None or minute < each.until)
                for each in provision.announced
            )
        )

    def _is_reached(self, code: int, place: int, cover: int) -> bool:
        """Whether something announced of a cover may touch a code of the engine at a place."""
        key = (code, place, cover)
        if key not in self._reached:
            law, digits = self._engine.law, self._engine.codes[code]
            own = self.codes.is_begun(digits) or law.classes.rows.is_unseen(digits)
            self._reached[key] = own or self._touches(digits, law.places[place], cover)
        return self._reached[key]

    def _touches(self, digits: str, country: str, cover: int) -> bool:
        destination = self._engine.law.destination
        scope = narrow(self._register, digits, country, destination, measures=self._measures)
        return scope.is_announced_at(self._first[cover], None)

    def cells(self, row: Mapping[str, str], read: CodedTable, at: int) -> dict[str, str]:
        """The columns of what was announced, of one row; entries that are alike are asked once.

        Args:
            row: the row's cells.
            read: the table that it is from.
            at: its place there.
        """
        number = int(read.instant[at])
        key = (
            int(read.code[at]),
            int(read.place[at]),
            *self._engine.days_of_span(number),
            *((name, text) for name, text in row.items() if name.startswith(FACT) and text),
        )
        if key not in self._cells:
            # Without the sizes, so that entries which differ in nothing else are asked once.
            self._cells[key] = self._ask({**row, **dict.fromkeys(SIZES, "")})
        found = self._cells[key]
        # What a share of the value cannot be told of without the value is asked of each entry.
        sized = found[BECAUSE] and not found[HEARD]
        return self._ask(row) if sized else found

    def _ask(self, row: Mapping[str, str]) -> dict[str, str]:
        try:
            question = question_of(row, self._facts)
            return announced_cells(
                build_case(self._register, self._schedule, question, self._memory)
            )
        except ValueError:
            return dict.fromkeys(ANNOUNCED_COLUMNS, "")
