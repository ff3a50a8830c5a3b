"""The rate of every line from every origin over a span of days, each run of equal rates once.

A line has rows on the days on which the edition in use prints its number and nothing below it: an
edition without statistical numbers has its rate lines, one with them its statistical lines. Around
a change of numbers a single question is also answered for one that the edition beside it prints;
here the same goods would then stand twice.

Lines of one class with the same ordinary rates are worked out together, and so are origins that
every measure treats alike; the rows are written out at the end. No fact is given, no value and no
quantity: a rate is what an entry of which nothing is known would be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from hashlib import sha256

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.batch.engine.amounts import PLAIN
from detente.batch.engine.engine import Engine
from detente.batch.engine.ordinary import LACKING, SINGLE
from detente.batch.engine.pairs import MetNumbers
from detente.batch.engine.sparse_table import sparse_table
from detente.core.clock import MINUTES, day_number, day_text
from detente.duty.amounts import MILLION, EntryValue, amounts
from detente.goods.codes import RATE_LINE

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

NO_LINE = -1
"""A day on which the schedule does not have a line."""

NO_SHARE = -(2**63)
"""In place of a rate that has no share of the value."""

Rates = tuple[int | None, ...]
"""Millionths of the value: all duties together, then each family; None where there is no share."""


class PanelBlock(NamedTuple):
    """Rows of one origin, in order of code and day.

    Attributes:
        origin: ISO country.
        code: place of each row's code in `Panel.codes`.
        start: first day of each row, as days since 1970.
        until: the day after its last.
        rates: place of each row's rates in `Panel.rates`.
    """

    origin: str
    code: Column
    start: Column
    until: Column
    rates: Column


class Panel:
    """A panel on its way: its codes and days, and the rates met so far."""

    def __init__(self, engine: Engine, first: str, until: str) -> None:
        """Choose the lines and the days.

        Args:
            engine: the law and the schedule.
            first: the first day.
            until: the day after the last.

        Raises:
            ValueError: a day cannot be read, or the span is empty.
            NoEdition: the first day lies before the schedule at hand.
        """
        import numpy

        self.engine = engine
        self.first, self.until = day_number(first), day_number(until)
        if self.first >= self.until:
            raise ValueError(f"the days from {first} until {until} are none: give a later end")
        # Days before the first edition have no line, and are no zero.
        engine.schedule.edition_on(date.fromisoformat(day_text(self.first)))
        self.days = self._cuts()
        self.codes, self._own = self._lines()
        self.families = list(engine.law.register.families)
        self.rates: list[Rates] = []
        self._rates: dict[bytes, int] = {}
        self._situations = MetNumbers()
        # The place of the rates and one more, so that a table of zeros says that none was met.
        self._known = numpy.empty((0, 0), numpy.int32)
        self._alone_at: dict[int, int] = {}

    @property
    def rate_columns(self) -> list[str]:
        """The columns of `Rates`, by name."""
        return ["ad_valorem", *(f"rate_{name}" for name in self.families)]

    def blocks(self, origins: Sequence[str]) -> Iterator[PanelBlock]:
        """The rows of each origin, in the order given within those treated alike.

        Before the first is given, the rates of all were met.
        """
        by_class: dict[int, list[str]] = {}
        for origin in origins:
            by_class.setdefault(self.engine.law.place_class[origin], []).append(origin)
        line, steps, where = self._kinds()
        by_cells: dict[bytes, Column] = {}
        by_values: dict[bytes, tuple[Column, list[str]]] = {}
        for place, countries in by_class.items():
            cells = self._cells(line, place)
            key = _digest(cells)
            if key not in by_cells:
                by_cells[key] = self._values(cells, steps)
            # Other situations may have the same rates.
            values = by_cells[key]
            by_values.setdefault(_digest(values), (values, []))[1].extend(countries)
        return self._blocks(by_values.values(), where)

    def _blocks(
        self, alike: Iterable[tuple[Column, list[str]]], where: Column
    ) -> Iterator[PanelBlock]:
        for values, countries in alike:
            rows = self._runs(values, where)
            for country in countries:
                yield PanelBlock(country, *rows)

    def alone(self, places: Iterable[int]) -> Mapping[tuple[int, int], Rates]:
        """What only the single path has, of all lines: by situation and rates, both by number.

        The build keeps it, since to find a stack again takes longer than all other rates.

        Args:
            places: place classes.
        """
        line, steps, _ = self._kinds()
        printed = steps != NO_LINE
        for place in places:
            situation = self._cells(line, place)
            rates, _, rare = self._rare(situation, steps, printed)
            self._single(situation[rare], rates[rare])
        return {
            (key >> 32, key & 0xFFFFFFFF): self.rates[number]
            for key, number in self._alone_at.items()
        }

    def _cuts(self) -> list[int]:
        """The first day, and every day on which the law or the edition may be another."""
        cuts = {mark // MINUTES for mark in self.engine.law.marks}
        cuts |= {day_number(each.start.isoformat()) for each in self.engine.schedule.editions}
        return sorted({self.first, *(day for day in cuts if self.first < day < self.until)})

    def _lines(self) -> tuple[list[str], Column]:
        """The codes that are a line in some edition in use, and where, ``[code, edition]``.

        A line is a statistical line, or a rate line that has none below it in the same edition:
        the editions of some years print statistical numbers and those of others do not.
        """
        import numpy

        table = self.engine.table
        own = (table.steps != NO_LINE) & ~table.stand_in
        rows = [
            (row, table.index[code[:RATE_LINE]])
            for code, row in table.index.items()
            if len(code) > RATE_LINE and code[:RATE_LINE] in table.index
        ]
        below, above = numpy.array(rows, int).reshape(-1, 2).T
        divided = numpy.zeros_like(own)
        # `at`, since many lines stand below one: plain indexing would keep only the last of them.
        numpy.logical_or.at(divided, above, own[below])
        own &= ~divided
        used = own[:, sorted(set(self._editions()) - {NO_LINE})].any(axis=1)
        codes = sorted(code for code, row in table.index.items() if used[row])
        return codes, own[numpy.array([table.index[code] for code in codes], int)]

    def _editions(self) -> list[int]:
        calendar = self.engine.calendar
        return [calendar.edition(date.fromisoformat(day_text(day))) for day in self.days]

    def _kinds(self) -> tuple[Column, Column, Column]:
        """Line class and rates by day of each kind of line, and the kind of each code."""
        import numpy

        table = self.engine.table
        rows = numpy.array([table.index[code] for code in self.codes])
        steps = numpy.where(self._own, table.steps[rows], NO_LINE)
        # Many days have one edition, so what is alike is found by edition.
        editions, edition_of = numpy.unique(self._editions(), return_inverse=True)
        # A day before the first edition is -1, which as an index would read the last edition.
        steps = numpy.where(editions < 0, NO_LINE, steps[:, editions])
        line = numpy.array(self.engine.law.line_classes(self.codes))
        both = numpy.concatenate([line[:, None], steps], axis=1)
        _, first, where = numpy.unique(both, axis=0, return_index=True, return_inverse=True)
        return line[first], steps[first][:, edition_of], where.reshape(-1)

    def _cells(self, line: Column, place: int) -> Column:
        """For each kind of line and each segment of days its situation in a place class."""
        import numpy

        # As in every answer, a day stands for its last instant.
        instants = (day * MINUTES + MINUTES - 1 for day in self.days)
        regimes = numpy.array([*map(self.engine.law.regime, instants)])
        grid, row_of, column_of = self.engine.cells.grid(place, regimes)
        found: Column = grid[row_of[line][:, None], column_of]
        return found

    def _values(self, situation: Column, steps: Column) -> Column:
        """For each kind of line and each segment of days the place of its rates."""
        import numpy

        printed = steps != NO_LINE
        rates, form, rare = self._rare(situation, steps, printed)
        found = self._met(situation, form)
        new = (printed & ~rare & (found == NO_LINE)).nonzero()
        if len(new[0]):
            self._meet(situation[new], form[new], rates[new])
            found = self._met(situation, form)
        found[rare] = self._single(situation[rare], rates[rare])
        return numpy.where(printed, found, NO_LINE)

    def _rare(
        self, situation: Column, steps: Column, printed: Column
    ) -> tuple[Column, Column, Column]:
        """Rates and forms by number, and which lines have figures from the single path alone."""
        import numpy

        reckoner, ordinary = self.engine.reckoner, self.engine.ordinary
        reckoner.extend()
        rates = numpy.maximum(steps, 0)
        form = ordinary.numbers(reckoner.column.take(situation), rates)
        alone = ((reckoner.need != PLAIN) | reckoner.open).take(situation)
        alone |= (ordinary.by_form()[1] == SINGLE).take(form)
        return rates, form, alone & printed

    def _met(self, situation: Column, form: Column) -> Column:
        """The place of the rates of situations with a form of the ordinary rate, if met before."""
        import numpy

        row = self._situations.of(situation, len(self.engine.cells.situations))
        rows, width = self._known.shape
        size = len(self._situations.met), len(self.engine.ordinary.forms)
        if rows < size[0] or width < size[1]:
            wider = (max(rows, 2 * size[0]), max(width, size[1] + 256))
            known = sparse_table(wider)
            known[:rows, :width] = self._known
            self._known = known
        key = row.astype(numpy.int64) * self._known.shape[1] + form
        found: Column = self._known.reshape(-1).take(key)
        return found - 1

    def _meet(self, situation: Column, form: Column, rates: Column) -> None:
        """Take up situations with forms that were not met before."""
        import numpy

        key = situation.astype(numpy.int64) << 32 | form
        _, first = numpy.unique(key, return_index=True)
        situation, form, rates = situation[first], form[first], rates[first]
        reckoner = self.engine.reckoner
        by_family = reckoner.rates_by_family(situation, rates)
        # All duties together, and then each family.
        table = numpy.zeros((len(first), 1 + len(self.families)), numpy.int64)
        for place, name in enumerate(self.families, 1):
            table[:, place] = by_family.get(name, 0)
        table[:, 0] = table.sum(axis=1)
        unknown = numpy.zeros(table.shape, bool)
        unknown[:, 0] = True
        for name in reckoner.ordinary_families():
            unknown[:, 1 + self.families.index(name)] = True
        for name, capped, _ in reckoner.cap_families(situation):
            unknown[capped, 1 + self.families.index(name)] = True
        lacking = self.engine.ordinary.by_form()[1][form] == LACKING
        table[unknown & lacking[:, None]] = NO_SHARE
        row = self._situations.of(situation, len(self.engine.cells.situations))
        self._known[row, form] = numpy.add(self._numbers(table), 1)

    def _single(self, situation: Column, rates: Column) -> Column:
        """The place of the rates of situations whose figures only the single path has."""
        import numpy

        key = situation.astype(numpy.int64) << 32 | rates
        distinct, where = numpy.unique(key, return_inverse=True)
        found = numpy.empty(len(distinct), numpy.int32)
        for place, each in enumerate(distinct.tolist()):
            if each not in self._alone_at:
                alone = self._known_alone(each >> 32, each & 0xFFFFFFFF)
                shares = [NO_SHARE if share is None else share for share in alone]
                (self._alone_at[each],) = self._numbers(numpy.array([shares], numpy.int64))
            found[place] = self._alone_at[each]
        return found[where.reshape(-1)]

    def _numbers(self, table: Column) -> list[int]:
        """The places of rows of rates, `NO_SHARE` where there is none."""
        # Rows as bytes: to number them is much faster than to compare what they hold.
        rows = table.view(f"V{table.itemsize * table.shape[1]}")[:, 0].tolist()
        found = []
        for at, row in enumerate(rows):
            number = self._rates.get(row)
            if number is None:
                number = self._rates[row] = len(self.rates)
                shares = table[at].tolist()
                self.rates.append(tuple(None if each == NO_SHARE else each for each in shares))
            found.append(number)
        return found

    def _known_alone(self, number: int, rates: int) -> Rates:
        """The rates of a situation as the build keeps them, or by the single path."""
        compiled = self.engine.compiled
        found = None if compiled is None else compiled.alone.get((number, rates))
        return self._alone(number, rates) if found is None else found

    def _alone(self, number: int, rates: int) -> Rates:
        """The rates of a situation by the single path."""
        situation = self.engine.situation(number)
        if situation.stack is None:
            raise AssertionError("without facts every stack can be read")
        facts, bases = situation.as_of.facts, self.engine.law.register.bases
        column_rates = self.engine.ordinary.rates[rates]
        try:
            found = amounts(situation.stack, column_rates, EntryValue(None, {}), facts, bases)
        except ValueError:
            return tuple(None for _ in range(1 + len(self.families)))
        families = []
        for name in self.families:
            shares = [each.share for each in found.layers if each.term.measure.family == name]
            known = [share for share in shares if share is not None]
            families.append(_millionths(sum(known, Fraction(0)) if known == shares else None))
        return (_millionths(found.share), *families)

    def _runs(self, values: Column, where: Column) -> tuple[Column, Column, Column, Column]:
        """Code, first day, end and rates of each run of equal rates."""
        import numpy

        begins = numpy.ones(values.shape, bool)
        begins[:, 1:] = values[:, 1:] != values[:, :-1]
        kinds, at = begins.nonzero()
        days = numpy.array([*self.days, self.until], numpy.int32)
        start, rates = days[at], values[kinds, at]
        until = numpy.append(start[1:], self.until)
        # The last run of a kind ends with the span, and not where the first of the next kind
        # begins.
        until[numpy.append(kinds[1:] != kinds[:-1], True)] = self.until
        charged = rates != NO_LINE
        kinds, start, until, rates = kinds[charged], start[charged], until[charged], rates[charged]
        count = numpy.bincount(kinds, minlength=len(values))
        before = numpy.cumsum(count) - count
        sizes = count[where]
        code = numpy.repeat(numpy.arange(len(where)), sizes)
        offset = numpy.arange(len(code)) - numpy.repeat(numpy.cumsum(sizes) - sizes, sizes)
        row = before[where][code] + offset
        return code, start[row], until[row], rates[row]


def _digest(table: Column) -> bytes:
    return sha256(table.tobytes()).digest()


def _millionths(share: Fraction | None) -> int | None:
    """Six places, half even, as an answer writes a rate."""
    return None if share is None else round(share * MILLION)
