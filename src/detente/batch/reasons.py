"""Why entries are open, as texts by number: found once for all that ask alike.

What a way to ask says hangs on which of its totals are equal, and on what its ordinary duty waits
for. Both are told by a *reading*: the forms that the ordinary rates of a line have in the columns
of the schedule that the way reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from detente._shapes import TYPE_CHECKING
from detente.batch.engine.charges import HIGHEST
from detente.batch.engine.distinct import Distinct
from detente.batch.engine.ordinary import AD_VALOREM, LACKING, SINGLE, OrdinaryRates, lacking
from detente.batch.engine.pairs import LEAST, MetNumbers, NumberedPairs
from detente.batch.groups import EntryGroups
from detente.batch.stated import ENTRY_VALUES
from detente.batch.texts import OutcomeTexts
from detente.batch.ways import MOST_TOTALS, NO_TOTAL, NOT_KNOWN, AskWays

if TYPE_CHECKING:
    import numpy

    from detente.duty.rates.amount import Missing

    Column = numpy.ndarray


class Readings:
    """What rates come to in columns of the schedule, numbered apart for each set of columns.

    Attributes:
        columns: by set, that of no column, -1, and then its columns; -1 again for no more.
        most: one more than the largest number of a reading.
    """

    def __init__(self) -> None:
        import numpy

        self.columns = numpy.zeros((0, 1), numpy.int64)
        self.most = 1
        # The readings of a set begin with 1: 0 is that of a reason that hangs on no rate.
        self._known: list[dict[bytes, int]] = []
        self._forms = numpy.zeros((1, 1), numpy.int64)
        self._lines = numpy.zeros(1, numpy.int64)
        self._rows = numpy.zeros((0, LEAST), numpy.int32)

    def take(self, sets: Sequence[tuple[int, ...]]) -> None:
        """Take up the sets of columns that came after those known."""
        new = range(len(self._known), len(sets))
        if not new:
            return
        self.columns = _wider(self.columns, len(sets), 1 + max(map(len, sets)), -1)
        for number in new:
            self._known.append({})
            self.columns[number, 1 : 1 + len(sets[number])] = sets[number]
        self._forms = _wider(self._forms, len(self._forms), self.columns.shape[1], 0)
        self._rows = _wider(self._rows, len(sets), self._rows.shape[1], 0)

    def numbers(self, sets: Column, forms: Column, lines: Column, exact: Column) -> Column:
        """The readings of rates by their forms; one that is exact is that of its rates alone.

        Args:
            sets: the set of columns of each.
            forms: the form in each of its columns.
            lines: the number of the rates.
            exact: whether no column of figures can hold the rate.
        """
        import numpy

        # Where there is no column the form is 0, as in what is not written of a key.
        keys = numpy.column_stack([numpy.where(exact, 1 + lines, 0), sets, forms])
        _, first, which = numpy.unique(
            keys.view(f"V{keys.itemsize * keys.shape[1]}")[:, 0],
            return_index=True,
            return_inverse=True,
        )
        numbers, new = [], []
        for at, key in zip(first.tolist(), keys[first], strict=True):
            known, stated = self._known[key[1]], key.tobytes().rstrip(b"\0")
            number = known.get(stated)
            if number is None:
                number = known[stated] = 1 + len(known)
                new.append((at, number))
            numbers.append(number)
        if new:
            self._add(sets, forms, lines, *numpy.array(new).T)
        found: Column = numpy.array(numbers, numpy.int32)[which]
        return found

    def forms(self, sets: Column, readings: Column) -> Column:
        """The form of no column, and then that in each column of the set, of each reading."""
        found: Column = self._forms[self._rows[sets, readings]]
        return found

    def line(self, of: int, reading: int) -> int:
        """The number of the rates of a reading, or of the first of those that come to the same."""
        return int(self._lines[self._rows[of, reading]])

    def _add(self, sets: Column, forms: Column, lines: Column, at: Column, numbers: Column) -> None:
        """Give numbers to readings that are new in their set, by their places."""
        import numpy

        rows = numpy.arange(len(self._lines), len(self._lines) + len(at))
        self._forms = numpy.concatenate([self._forms, forms[at]])
        self._lines = numpy.concatenate([self._lines, lines[at]])
        self.most = max(self.most, 1 + int(numbers.max()))
        if self.most > self._rows.shape[1]:
            self._rows = _wider(self._rows, len(self._rows), 2 * self.most, 0)
        self._rows[sets[at], numbers] = rows


def _wider(table: Column, rows: int, width: int, rest: int) -> Column:
    """A table with room for more."""
    import numpy

    found = numpy.full((rows, max(width, table.shape[1])), rest, table.dtype)
    found[: len(table), : table.shape[1]] = table
    return found


class Reasons:
    """The reasons met so far."""

    def __init__(
        self,
        texts: OutcomeTexts,
        groups: EntryGroups,
        ordinary: OrdinaryRates,
        stated: Distinct[str],
    ) -> None:
        """Begin with none.

        Args:
            texts: what is said of situations.
            groups: the ways to ask.
            ordinary: the forms of ordinary rates.
            stated: texts by number; 0 is that of an entry of which nothing is open.
        """
        self.texts = texts
        self.groups = groups
        self.ordinary = ordinary
        self.stated = stated
        # Most tables have a value in every row: the others would leave holes in one table.
        self._found = tuple(NumberedPairs(partial(self._find_met, valued)) for valued in (0, 1))
        # A reason that hangs on no rate is that of reading 0: known by the way, in little room.
        self._plain = NumberedPairs(partial(self._find, 1), least=1)
        self._met = MetNumbers()
        self._reading = NumberedPairs(self._read)
        self._lacking = NumberedPairs(self._lack)
        self._readings = Readings()
        self._ways = AskWays(groups, stated)
        self._asked: dict[tuple[int, bytes], str] = {}
        self._joined: dict[tuple[int, int, bytes], int] = {}
        self._lacked: dict[tuple[int, int, int], tuple[tuple[Missing, ...], str]] = {}

    def of(self, way: Column, rates: Column, has_value: Column, plain: Column) -> Column:
        """The number of the reason of each entry.

        Args:
            way: the way to ask.
            rates: the rates of the line.
            has_value: whether the entry has a value.
            plain: entries whose reason hangs on nothing but the way to ask.
        """
        import numpy

        found = numpy.empty(len(way), numpy.int32)
        rows = plain.nonzero()[0]
        ways = way.take(rows)
        found[rows] = self._plain.of(ways, numpy.zeros_like(ways), (self.groups.count, 1))
        rows = (~plain).nonzero()[0]
        has = has_value.take(rows)
        if has.all():
            found[rows] = self._of_rates(1, way.take(rows), rates.take(rows))
            return found
        for valued, held in enumerate((~has, has)):
            part = rows[held]
            found[part] = self._of_rates(valued, way[part], rates[part])
        return found

    def _of_rates(self, valued: int, way: Column, rates: Column) -> Column:
        """The reasons that hang on the rates of lines, of entries with a value or without."""
        groups = self.groups
        read = groups.columns().read.take(way)
        size = len(groups.columns_read), len(self.ordinary.rates)
        reading = self._reading.of(read, rates, size)
        met = self._met.of(way, groups.count)
        return self._found[valued].of(met, reading, (len(self._met.met), self._readings.most))

    def _read(self, sets: Column, rates: Column) -> Column:
        """The readings of rates, numbered apart for each set of columns that is read."""
        readings = self._readings
        readings.take(self.groups.columns_read)
        columns = readings.columns[sets]
        lines = rates.repeat(columns.shape[1])
        forms = self.ordinary.numbers(columns.reshape(-1), lines).reshape(columns.shape)
        # A rate that no column of figures can hold is told by itself.
        exact = (self.ordinary.by_form()[1][forms] == SINGLE).any(axis=1)
        return readings.numbers(sets, forms, rates, exact)

    def _find_met(self, valued: int, met: Column, reading: Column) -> list[int]:
        """The reasons of ways by the order in which they were met."""
        return self._find(valued, self._met.met[met], reading)

    def _find(self, valued: int, way: Column, reading: Column) -> list[int]:
        """The reasons of ways to ask at readings, of entries with a value or without."""
        import numpy

        ways = self._ways.rows(way)
        read = self.groups.columns().read[way]
        self._readings.take(self.groups.columns_read)
        forms = self._readings.forms(read, reading)
        kind = self.ordinary.by_form()[1]
        lacks = ways["lacks"][:, valued]
        filed = forms[numpy.arange(len(way)), ways["filed"]]
        wait = (kind[filed] != AD_VALOREM).nonzero()[0]
        if len(wait):
            waits_of = 2 * ways["waits"][wait] + valued
            size = 2 * len(self._ways.waiting), len(self.ordinary.forms)
            lacks[wait] = self._lacking.of(waits_of, filed[wait], size)
        equal = self._equal(ways, forms).astype("i1").view(f"V{MOST_TOTALS}").reshape(-1)
        keys = zip(ways["asks"].tolist(), lacks.tolist(), equal.tolist(), strict=True)
        known = self._joined
        found = [known[key] if key in known else self._join(*key) for key in keys]
        alone = (kind[forms] == SINGLE).any(axis=1) | ways["many"]
        for row in alone.nonzero()[0].tolist():
            line = self._readings.line(int(read[row]), int(reading[row]))
            situation = self.groups.way(int(way[row])).situation
            words = self.texts.doubts(situation, self.ordinary.rates[line], ENTRY_VALUES[valued])
            found[row] = self._number(words, int(lacks[row]))
        return found

    def _join(self, asks: int, lack: int, equal: bytes) -> int:
        """The reason where a total is equal to the one at each place."""
        words = self._asked.get((asks, equal))
        if words is None:
            # The key holds signed bytes, and bytes that are iterated over come out unsigned.
            places = [each - 256 if each > 127 else each for each in equal]
            if NO_TOTAL in places:
                places = places[: places.index(NO_TOTAL)]
            words = self._asked[asks, equal] = self._ways.asks(asks).words(places)
        found = self._joined[asks, lack, equal] = self._number(words, lack)
        return found

    def _number(self, words: str, lack: int) -> int:
        return self.stated.number("; ".join(filter(None, (words, self.stated.things[lack]))))

    def _equal(self, ways: Column, forms: Column) -> Column:
        """For each total of each way the place of the first that is equal to it.

        A total that is not known is equal to none.
        """
        import numpy

        rate, kind = self.ordinary.by_form()
        # Most ways have few totals, and each is compared with all.
        most = int((ways["free"] != NO_TOTAL).sum(axis=1).max(initial=0))
        free, dear, reads = (ways[name][:, :most] for name in ("free", "dear", "reads"))
        form = forms[numpy.arange(len(ways))[:, None], reads]
        total = numpy.maximum(free, dear - HIGHEST + rate[form])
        unknown = (free < 0) | (kind[form] != AD_VALOREM)
        # A number of its own for each unknown total, so that no two of them are equal.
        total = numpy.where(unknown, NOT_KNOWN - numpy.arange(most), total)
        first = (total[:, :, None] == total[:, None, :]).argmax(axis=2) if most else total
        found = numpy.full((len(ways), MOST_TOTALS), NO_TOTAL)
        found[:, :most] = numpy.where(
            free == NO_TOTAL, NO_TOTAL, numpy.where(unknown, NOT_KNOWN, first)
        )
        return found

    def _lack(self, waits_of: Column, form: Column) -> list[int]:
        """What the duties of ways wait for, by what they hang on, the value, and the form filed."""
        found = []
        for each, number in zip(waits_of.tolist(), form.tolist(), strict=True):
            way = self._ways.waiting[each >> 1]
            line = self.ordinary.rates[self.ordinary.line_with(way.column, number)]
            if self.ordinary.forms[number].kind == LACKING:
                key = (way.column, number, each & 1)
                if key not in self._lacked:
                    duty = self.ordinary.duty(way.column)
                    self._lacked[key] = lacking(duty, line, ENTRY_VALUES[each & 1])
                missing = self._lack_quantity(each, *self._lacked[key])
            else:
                missing = self.texts.missing(way.situation, line, ENTRY_VALUES[each & 1])
            found.append(self.stated.number(missing))
        return found

    def _lack_quantity(self, wait_of: int, lacks: tuple[Missing, ...], form: str) -> str:
        """What duties wait for where the ordinary one needs quantities alone."""
        waits = self._ways.waiting[wait_of >> 1].stated.waits[wait_of & 1]
        return "; ".join(each for wait in waits for each in wait.words(form, lacks))
