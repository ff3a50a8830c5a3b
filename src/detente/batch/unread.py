"""Why entries of a table are open beside their questions: days and schedules that were not read.

The same sentences as for one entry (see ``duty_coverage``), found for columns of entries at once.
"""

from __future__ import annotations

from datetime import date

from detente._shapes import TYPE_CHECKING
from detente.batch.engine.distinct import distinct_numbers
from detente.batch.engine.engine import Engine
from detente.core.clock import MINUTES, day_text
from detente.duty.coverage import GENERAL, SCHEDULE, area_reason, unread_words
from detente.goods.codes import RATE_LINE
from detente.goods.schedule import STEADY, Schedule

if TYPE_CHECKING:
    import numpy

    from detente.batch.engine.distinct import Distinct
    from detente.register.model import Area

    Column = numpy.ndarray

EXACT = -1
"""In place of an edition: that of the day is at hand, or its rates are known to stand."""


class UnreadLaw:
    """What was not read, by code, instant and column of the schedule."""

    def __init__(
        self, area: Area, schedule: Schedule, engine: Engine, stated: Distinct[str]
    ) -> None:
        """Begin.

        Args:
            area: the area of law.
            schedule: the goods schedule.
            engine: codes and instants by number.
            stated: texts by number; 0 is that of an entry of which nothing is open.
        """
        self.area = area
        self.schedule = schedule
        self.engine = engine
        self.stated = stated
        self._nearest: list[int] = []
        self._unsteady = schedule.unsteady_lines()
        self._marks: dict[tuple[int, str], Column] = {}
        self._print: dict[int, set[str]] = {}
        self._joined: dict[tuple[int, int], int] = {}

    def concerns(self, late: Column) -> Column:
        """For each instant whether entries of it may rest on something that was not read.

        Args:
            late: for each instant whether it lies after what was read of the area.
        """
        found: Column = late | (self._editions() != EXACT)
        return found

    def added(
        self, reason: Column, code: Column, instant: Column, column: Column, late: Column
    ) -> Column:
        """The reasons of entries with what was not read for them.

        Args:
            reason: the number of the text of each entry so far.
            code: code number of each.
            instant: instant number of each.
            column: number of the column of the schedule that each pays, -1 for none.
            late: for each instant whether it lies after what was read of the area.
        """
        import numpy

        edition = self._editions()[instant]
        # Both reasons in one number: odd where the day lies past the reading, the edition above
        # that bit.
        more = late[instant].astype(numpy.int64)
        for at in distinct_numbers(edition[edition != EXACT]).tolist():
            rows = (edition == at).nonzero()[0]
            doubtful = self._in_doubt(at, code[rows], column[rows])
            more[rows[doubtful]] += 2 * (at + 1)
        rows = more.nonzero()[0]
        found = reason.copy()
        if len(rows):
            # Few pairs are met, and a table of all texts would be large: they are sorted.
            width = 2 * (len(self.schedule.editions) + 1)
            keys, places = numpy.unique(reason[rows] * width + more[rows], return_inverse=True)
            found[rows] = numpy.array([self._join(*divmod(key, width)) for key in keys.tolist()])[
                places
            ]
        return found

    def _editions(self) -> Column:
        """For each instant the edition that is only the nearest, or imported; else EXACT."""
        import numpy

        for minute in self.engine.minutes[len(self._nearest) :]:
            day = day_text(minute // MINUTES)
            number = self.engine.calendar.edition(date.fromisoformat(day))
            self._nearest.append(number if number >= 0 and self._asks(number, day) else EXACT)
        return numpy.array(self._nearest, numpy.int64)

    def _asks(self, number: int, day: str) -> bool:
        """Whether the rates of an edition are in doubt for some line on a day."""
        edition = self.schedule.editions[number]
        if edition.imported:
            return True
        stand = self.area.rates
        if stand is not None and stand[0] == edition.id and day <= stand[1]:
            return False
        return not edition.is_exact(date.fromisoformat(day))

    def _in_doubt(self, number: int, code: Column, column: Column) -> Column:
        """Whether the rate of each line in its column is in doubt, of one edition."""
        import numpy

        if self.schedule.editions[number].imported:
            return numpy.ones(len(code), bool)
        found = numpy.zeros(len(code), bool)
        for each in distinct_numbers(column).tolist():
            rows = (column == each).nonzero()[0]
            name = self.engine.ordinary.column_name(each) or GENERAL
            found[rows] = self._lines(number, name)[code[rows]]
        return found

    def _lines(self, number: int, column: str) -> Column:
        """For each code whether its rate in a column is in doubt, of one edition."""
        import numpy

        # No later edition can agree with the last one.
        if column not in STEADY or number == self.schedule.editions[-1].number:
            return numpy.ones(len(self.engine.codes), bool)
        doubtful = ~self._marked((number, ""), self._printed(number))
        changed = self._unsteady.get((number, column))
        if changed:
            doubtful |= self._marked((number, column), changed)
        return doubtful

    def _marked(self, key: tuple[int, str], lines: set[str]) -> Column:
        """For each code whether its first eight digits are among some, which have a key."""
        import numpy

        known = self._marks.get(key, numpy.zeros(0, bool))
        codes = self.engine.codes[len(known) :]
        if codes:
            more = numpy.array([code[:RATE_LINE] in lines for code in codes], bool)
            known = self._marks[key] = numpy.append(known, more)
        return known

    def _printed(self, number: int) -> set[str]:
        """The eight-digit numbers that an edition prints."""
        if number not in self._print:
            table = self.engine.table
            rows = (table.steps[:, number] >= 0).tolist()
            self._print[number] = {
                code[:RATE_LINE] for code, row in table.index.items() if rows[row]
            }
        return self._print[number]

    def _join(self, reason: int, more: int) -> int:
        """The number of a text with what was not read: of the area, if odd, and of an edition."""
        if (reason, more) not in self._joined:
            words = [self.stated.things[reason]]
            if more % 2:
                words.append(area_reason(self.area))
            if more // 2:
                words.append(self._edition_reason(more // 2 - 1))
            self._joined[reason, more] = self.stated.number("; ".join(filter(None, words)))
        return self._joined[reason, more]

    def _edition_reason(self, number: int) -> str:
        return f"{SCHEDULE}: {unread_words(self.schedule.editions[number])}"
