"""Why entries are open, as texts by number: found once for all that ask alike.

What a way to ask says hangs on which of its totals are equal, and on what its ordinary duty waits
for. Both are told by a *reading*: the forms that the ordinary rates of a line have in the columns
of the schedule that the way reads.
"""

from __future__ import annotations

from functools import partial

from detente._shapes import TYPE_CHECKING
from detente.batch.engine.charges import HIGHEST
from detente.batch.engine.distinct import Distinct
from detente.batch.engine.ordinary import AD_VALOREM, LACKING, SINGLE, OrdinaryRates, lacking
from detente.batch.engine.pairs import NumberedPairs
from detente.batch.groups import EntryGroups
from detente.batch.said import WORTHS
from detente.batch.texts import OutcomeTexts
from detente.batch.ways import MOST_TOTALS, NO_TOTAL, NOT_KNOWN, AskWays

if TYPE_CHECKING:
    import numpy

    from detente.duty.amounts import ColumnRates
    from detente.register.model import DutyRate

    Column = numpy.ndarray

ANY = 0
"""The reading of an entry whose reason hangs on no rate."""


class Readings:
    """What rates come to in some columns of the schedule, by number.

    Attributes:
        columns: the numbers of the columns.
        forms: the form of no column, and then that in each of the columns, by reading.
        lines: the number of the rates, or of the first of those that come to the same.
    """

    def __init__(self, columns: tuple[int, ...]) -> None:
        import numpy

        self.columns = columns
        self.forms = numpy.zeros((1, 1 + len(columns)), numpy.int64)
        self.lines = [0]
        self._known: dict[tuple[int, ...], int] = {}

    def numbers(self, forms: Column, lines: Column, exact: Column) -> Column:
        """The readings of rates by their forms; one that is exact is that of its rates alone."""
        import numpy

        keys = numpy.column_stack([forms, numpy.where(exact, lines, -1)])
        _, first, which = numpy.unique(
            keys.view(f"V{keys.itemsize * keys.shape[1]}")[:, 0],
            return_index=True,
            return_inverse=True,
        )
        first_of: dict[tuple[int, ...], int] = {}
        numbers = []
        for at, key in zip(first.tolist(), map(tuple, keys[first].tolist()), strict=True):
            number = self._known.setdefault(key, len(self.lines) + len(first_of))
            if number == len(self.lines) + len(first_of):
                first_of[key] = at
            numbers.append(number)
        new = list(first_of.values())
        self.lines.extend(lines[new].tolist())
        self.forms = numpy.concatenate([self.forms, forms[new]])
        found: Column = numpy.array(numbers, numpy.int32)[which]
        return found


class Reasons:
    """The reasons met so far."""

    def __init__(
        self, texts: OutcomeTexts, groups: EntryGroups, ordinary: OrdinaryRates, said: Distinct[str]
    ) -> None:
        """Begin with none.

        Args:
            texts: what is said of situations.
            groups: the ways to ask.
            ordinary: the forms of ordinary rates.
            said: texts by number; 0 is that of an entry of which nothing is open.
        """
        self.texts = texts
        self.groups = groups
        self.ordinary = ordinary
        self.said = said
        # Most tables have a value in every row: the others would leave holes in one table.
        self._found = tuple(NumberedPairs(partial(self._find, valued)) for valued in (0, 1))
        self._reading = NumberedPairs(self._read)
        self._lacking = NumberedPairs(self._lack)
        self._readings: list[Readings] = []
        self._ways = AskWays(groups, said)
        self._joined: dict[tuple[int, int, bytes], int] = {}

    def of(self, way: Column, rates: Column, has_value: Column, plain: Column) -> Column:
        """The number of the reason of each entry.

        Args:
            way: the way to ask.
            rates: the rates of the line.
            has_value: whether the entry has a value.
            plain: entries whose reason hangs on nothing but the way to ask.
        """
        groups = self.groups
        read = groups.columns().read[way]
        size = len(groups.columns_read), len(self.ordinary.rates)
        reading = self._reading.of(read, rates, size)
        reading[plain] = ANY
        size = groups.count, max(len(each.lines) for each in self._readings)
        valued = has_value | plain
        if valued.all():
            return self._found[1].of(way, reading, size)
        import numpy

        found = numpy.empty(len(way), numpy.int32)
        for kind, pairs in enumerate(self._found):
            rows = (valued == kind).nonzero()[0]
            found[rows] = pairs.of(way[rows], reading[rows], size)
        return found

    def _read(self, read: Column, rates: Column) -> Column:
        """The readings of rates, numbered apart for each set of columns that is read."""
        import numpy

        for columns in self.groups.columns_read[len(self._readings) :]:
            self._readings.append(Readings(columns))
        found = numpy.empty(len(read), numpy.int32)
        for which in numpy.unique(read).tolist():
            at = (read == which).nonzero()[0]
            readings, lines = self._readings[which], rates[at]
            filled = [numpy.full(len(at), column) for column in (-1, *readings.columns)]
            forms = numpy.stack([self.ordinary.numbers(each, lines) for each in filled], axis=1)
            # A rate that no column of figures can hold is told by itself.
            exact = (self.ordinary.by_form()[1][forms] == SINGLE).any(axis=1)
            found[at] = readings.numbers(forms, lines, exact)
        return found

    def _find(self, valued: int, way: Column, reading: Column) -> Column:
        """The reasons of ways to ask at readings, of entries with a value or without."""
        import numpy

        ways = self._ways.rows(way)
        read = self.groups.columns().read[way]
        found = numpy.empty(len(way), numpy.int32)
        for which in numpy.unique(read).tolist():
            at = (read == which).nonzero()[0]
            found[at] = self._at(self._readings[which], way[at], ways[at], valued, reading[at])
        return found

    def _at(
        self,
        readings: Readings,
        way: Column,
        ways: Column,
        valued: int,
        reading: Column,
    ) -> list[int]:
        """The reasons of ways that read the same columns."""
        import numpy

        forms = readings.forms[reading]
        kind = self.ordinary.by_form()[1]
        lacks = ways["lacks"][:, valued]
        filed = forms[numpy.arange(len(way)), ways["filed"]]
        wait = (kind[filed] != AD_VALOREM).nonzero()[0]
        if len(wait):
            asked = 2 * ways["waits"][wait] + valued
            size = 2 * len(self._ways.waiting), len(self.ordinary.forms)
            lacks[wait] = self._lacking.of(asked, filed[wait], size)
        equal = self._equal(ways, forms).astype("i1").view(f"V{MOST_TOTALS}").reshape(-1)
        keys = zip(ways["asks"].tolist(), lacks.tolist(), equal.tolist(), strict=True)
        known = self._joined
        found = [known[key] if key in known else self._join(*key) for key in keys]
        alone = (kind[forms] == SINGLE).any(axis=1) | ways["many"]
        for row in alone.nonzero()[0].tolist():
            line = self.ordinary.rates[readings.lines[int(reading[row])]]
            situation = self.groups.way(int(way[row])).situation
            words = self.texts.doubts(situation, line, WORTHS[valued])
            found[row] = self._number(words, int(lacks[row]))
        return found

    def _join(self, asks: int, lack: int, equal: bytes) -> int:
        """The reason where a total is equal to the one at each place."""
        places = [each - 256 if each > 127 else each for each in equal]
        if NO_TOTAL in places:
            places = places[: places.index(NO_TOTAL)]
        words = self._ways.asks(asks).words(places)
        found = self._joined[asks, lack, equal] = self._number(words, lack)
        return found

    def _number(self, words: str, lack: int) -> int:
        return self.said.number("; ".join(filter(None, (words, self.said.things[lack]))))

    def _equal(self, ways: Column, forms: Column) -> Column:
        """For each total of each way the place of the first that is equal to it.

        A total that is not known is equal to none.
        """
        import numpy

        rate, kind = self.ordinary.by_form()
        free = ways["free"]
        form = forms[numpy.arange(len(ways))[:, None], ways["reads"]]
        total = numpy.maximum(free, ways["dear"] - HIGHEST + rate[form])
        unknown = (free < 0) | (kind[form] != AD_VALOREM)
        total = numpy.where(unknown, NOT_KNOWN - numpy.arange(MOST_TOTALS), total)
        first = (total[:, :, None] == total[:, None, :]).argmax(axis=2)
        return numpy.where(free == NO_TOTAL, NO_TOTAL, numpy.where(unknown, NOT_KNOWN, first))

    def _lack(self, asked: Column, form: Column) -> list[int]:
        """What the duties of ways wait for, by what they hang on, the value, and the form filed."""
        found = []
        for each, number in zip(asked.tolist(), form.tolist(), strict=True):
            way = self._ways.waiting[each >> 1]
            line = self.ordinary.rates[self.ordinary.line_with(way.column, number)]
            if self.ordinary.forms[number].kind == LACKING:
                missing = self._lack_quantity(each, line, self.ordinary.duty(way.column))
            else:
                missing = self.texts.missing(way.situation, line, WORTHS[each & 1])
            found.append(self.said.number(missing))
        return found

    def _lack_quantity(self, asked: int, rates: ColumnRates, duty: DutyRate) -> str:
        """What duties wait for where the ordinary one needs quantities alone."""
        lacks, form = lacking(duty, rates, WORTHS[asked & 1])
        waits = self._ways.waiting[asked >> 1].said.waits[asked & 1]
        return "; ".join(each for wait in waits for each in wait.words(form, lacks))
