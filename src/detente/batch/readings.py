"""The total of a batch's entries by what was only announced, worked out where it can differ.

Most entries are of a day, a place or goods that nothing announced touches; they cost a look-up.
The others are few, and each is put to both readings by the single path.
"""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING
from detente.batch.columns import ANNOUNCED_COLUMNS
from detente.batch.named import NamedCodes
from detente.batch.rows import FACT, announced_cells, question_of
from detente.duty.alike import Memory
from detente.duty.case import build_case
from detente.duty.scope import fitting

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
    """Which entries something that was only announced may touch, and what it makes of them."""

    def __init__(self, engine: Engine, schedule: Schedule, facts: Mapping[str, str]) -> None:
        """Look for what was only announced in the law of an engine."""
        self._engine = engine
        self._register: Register = engine.law.register
        self._schedule = schedule
        self._facts = facts
        self._memory = Memory(self._register)
        limbs = self._limbs = [
            (measure.places, limb)
            for measure in engine.law.measures
            for limb in measure.limbs
            if limb.announced
        ]
        self._days = {(paint.start, paint.until) for _, limb in limbs for paint in limb.announced}
        self._places = [
            any(self._inside(of_measure, limb, country) for of_measure, limb in limbs)
            for country in engine.law.places
        ]
        self._named = NamedCodes(self._register, [limb for _, limb in limbs], engine.codes)
        self._fits: dict[tuple[int, int], bool] = {}
        self._cells: dict[tuple[object, ...], dict[str, str]] = {}

    def _inside(self, places: tuple[str, ...], limb: Provision, country: str) -> bool:
        inside = self._register.inside
        return inside(places, country) and (not limb.places or inside(limb.places, country))

    def rows(self, read: CodedTable, aside: Column) -> Column:
        """The rows of a table that something announced may touch, by their places in it."""
        import numpy

        if not self._days:
            return numpy.zeros(0, numpy.int64)
        days = numpy.array([self._on(minute) for minute in self._engine.minutes], bool)
        if not days.any():
            return numpy.zeros(0, numpy.int64)
        touched = days[read.instant] & ~aside
        touched &= numpy.array(self._places, bool)[read.place]
        rows: Column = touched.nonzero()[0]
        rows = rows[self._named.rows(read.code[rows])]
        pairs = zip(read.code[rows].tolist(), read.place[rows].tolist(), strict=True)
        return rows[numpy.array([self._is_reached(*pair) for pair in pairs], bool)]

    def _on(self, minute: int) -> bool:
        return any(
            start <= minute and (until is None or minute < until) for start, until in self._days
        )

    def _is_reached(self, code: int, place: int) -> bool:
        """Whether a provision with something announced may hold a code of the engine at a place."""
        if (code, place) not in self._fits:
            law = self._engine.law
            digits, country = self._engine.codes[code], law.places[place]
            own = self._named.is_begun(digits) or law.is_unseen(digits)
            self._fits[code, place] = own or self._holds(digits, country)
        return self._fits[code, place]

    def _holds(self, digits: str, country: str) -> bool:
        members = self._register.members(digits)
        return any(
            self._inside(places, limb, country)
            and fitting(self._register.lists, limb, members, digits) is not None
            for places, limb in self._limbs
        )

    def cells(self, row: Mapping[str, str], read: CodedTable, at: int) -> dict[str, str]:
        """The columns of what was announced, of one row; entries that are alike are asked once.

        Args:
            row: the row's cells.
            read: the table that it is from.
            at: its place there.
        """
        number = int(read.instant[at])
        alike = (
            int(read.code[at]),
            int(read.place[at]),
            *self._engine.stretch(number),
            *((name, text) for name, text in row.items() if name.startswith(FACT) and text),
        )
        if alike not in self._cells:
            self._cells[alike] = self._ask({**row, **dict.fromkeys(SIZES, "")})
        found = self._cells[alike]
        # What a share of the value cannot be told of without the value is asked of each entry.
        sized = found[BECAUSE] and not found[HEARD]
        return self._ask(row) if sized else found

    def _ask(self, row: Mapping[str, str]) -> dict[str, str]:
        try:
            asked = question_of(row, self._facts)
            return announced_cells(build_case(self._register, self._schedule, asked, self._memory))
        except ValueError:
            return dict.fromkeys(ANNOUNCED_COLUMNS, "")
