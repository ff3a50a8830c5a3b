"""The total of a batch's entries by what was only announced, worked out where it can differ.

Most entries are of a day, a place or goods that nothing announced touches; they cost a look-up.
The others are few, and each is put to both readings by the single path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from detente._shapes import TYPE_CHECKING
from detente.answer.batch_rows import ANNOUNCED_COLUMNS, announced_cells, question_of
from detente.answer.duty_answer import build_case
from detente.register.lists import prefixes

if TYPE_CHECKING:
    import numpy

    from detente.answer.batch_words import Read
    from detente.duty.batch.engine import Engine
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.register.model import Limb

    Column = numpy.ndarray


class Heard:
    """Which entries something that was only announced may touch, and what it makes of them."""

    def __init__(self, engine: Engine, schedule: Schedule, facts: Mapping[str, str]) -> None:
        """Look for what was only announced in the law of an engine."""
        self._engine = engine
        self._register: Register = engine.law.register
        self._schedule = schedule
        self._facts = facts
        limbs = [
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
        self._named = self._goods(limb for _, limb in limbs)
        self._codes: dict[int, bool] = {}
        self._cells: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}

    def _inside(self, places: tuple[str, ...], limb: Limb, country: str) -> bool:
        inside = self._register.inside
        return inside(places, country) and (not limb.places or inside(limb.places, country))

    def _goods(self, limbs: Iterable[Limb]) -> frozenset[str] | None:
        """The codes that limbs name, or prefixes of them; None for all codes."""
        lists: set[str] = set()
        codes: set[str] = set()
        for limb in limbs:
            if not limb.goods:
                return None
            for name in limb.goods:
                if name[0].isdigit():
                    codes.add(name)
                elif self._register.lists[name].unknown:
                    return None
                else:
                    lists.add(name)
        if lists:
            codes.update(self._register.kinds_of_rows(sorted(lists))[1])
        return frozenset(codes)

    def rows(self, read: Read, aside: Column) -> Column:
        """The rows of a table that something announced may touch, by their places in it."""
        import numpy

        if not self._days:
            return numpy.zeros(0, numpy.int64)
        days = numpy.array([self._on(minute) for minute in self._engine.minutes], bool)
        if not days.any():
            return numpy.zeros(0, numpy.int64)
        at = numpy.nonzero(days[read.instant] & ~aside)[0]
        places = numpy.array(self._places, bool)
        at = at[places[read.place[at]]]
        codes = read.code[at]
        known = {int(code): self._names(int(code)) for code in numpy.unique(codes)}
        found: Column = at[numpy.array([known[code] for code in codes.tolist()], bool)]
        return found

    def _on(self, minute: int) -> bool:
        return any(
            start <= minute and (until is None or minute < until) for start, until in self._days
        )

    def _names(self, code: int) -> bool:
        found = self._codes.get(code)
        if found is None:
            digits = self._engine.codes[code]
            named = self._named
            found = named is None or any(each in named for each in prefixes(digits))
            # An entry of eight digits may be of a longer code that is named.
            found = found or any(each.startswith(digits) for each in named or ())
            self._codes[code] = found
        return found

    def cells(self, row: Mapping[str, str]) -> dict[str, str]:
        """The columns of what was announced, of one row; entries that are alike are asked once."""
        key = tuple(sorted((name, text) for name, text in row.items() if name != "id"))
        if key not in self._cells:
            try:
                case = build_case(self._register, self._schedule, question_of(row, self._facts))
                self._cells[key] = announced_cells(case)
            except ValueError:
                self._cells[key] = dict.fromkeys(ANNOUNCED_COLUMNS, "")
        return self._cells[key]
