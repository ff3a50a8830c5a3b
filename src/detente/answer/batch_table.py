"""One table of entries on its way to answers: what a batch knows, laid over its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.answer.batch_rows import FAMILIES, OUTPUT, answer_case, answer_rows, question_of
from detente.answer.batch_texts import BY_ENTRY, BY_RATES
from detente.answer.batch_words import Read, as_text
from detente.duty.amounts import Worth
from detente.duty.batch.engine import Entries
from detente.duty.batch.levies import UNKNOWN
from detente.duty.batch.reckon import NO_VALUE, PARTED, Figures
from detente.duty.batch.situations import Cell, Situation
from detente.duty.entry_facts import EntryFacts

if TYPE_CHECKING:
    import numpy
    import polars

    from detente.answer.batch import Batch

    Column = numpy.ndarray

OK, OPEN, UNRESOLVED = 0, 1, 2
STATUSES = ("ok", "open", "unresolved")

MISSING = -(2**63)
"""A number that is not known, or not asked."""

LARGEST = 10**18
"""Cents: the largest amount that a column of 18 digits holds is one less."""

NOT_FILED = -1
"""A row whose headings are its own."""

OWN = -1
"""Begins the keys of reasons that are of one code alone."""

TOO_LARGE = "the value is too large for a table: an amount has at most 16 digits before the point"


class Answers(NamedTuple):
    """The answers to a table of entries, in its order.

    Attributes:
        status: place in `STATUSES`.
        reason: place of each entry's reason in `texts`.
        layers: place of each entry's layers in `texts`.
        before: the headings of each entry but for the last.
        last: the last heading, that of the line itself.
        numbers: millionths of `total_ad_valorem` and cents of the amounts, by output column;
            MISSING where there is none.
        texts: the distinct texts so far, of this table and of those before it.
        single: how many entries took the single path.
    """

    status: Column
    reason: Column
    layers: Column
    before: polars.Series
    last: polars.Series
    numbers: dict[str, Column]
    texts: list[str]
    single: int

    @property
    def headings(self) -> polars.Series:
        """All headings of each entry."""
        return self.before + self.last


class Table:
    """One table on its way to answers."""

    def __init__(self, batch: Batch, frame: polars.DataFrame, read: Read) -> None:
        import numpy

        self.batch = batch
        self.engine = batch.engine
        self.frame = frame
        self.read = read
        self.size = len(frame)
        self.status = numpy.zeros(self.size, numpy.int8)
        self.reason = numpy.zeros(self.size, numpy.int32)
        self.layers = numpy.zeros(self.size, numpy.int32)
        self.filed = numpy.full(self.size, NOT_FILED, numpy.int32)
        self.numbers = {
            name: numpy.full(self.size, MISSING, numpy.int64) for name in (*OUTPUT[2:5], *FAMILIES)
        }
        self.headings: dict[int, str] = {}
        self.single = 0

    def answers(self) -> Answers:
        """The answers, in the order of the table."""
        read = self.read
        self._misread(read)
        rows, rates = self._answered(read)
        if len(rows):
            self._fill(read, rows, rates)
        bad = read.bad.nonzero()[0]
        for row, cells in self._cells(bad):
            self._alone(row, cells)
        return Answers(
            self.status,
            self.reason,
            self.layers,
            *self._heading_texts(read),
            self.numbers,
            self.batch.known,
            self.single,
        )

    def _misread(self, read: Read) -> None:
        for row in read.misread.nonzero()[0].tolist():
            self._unresolved(row, self.batch.reader.reasons[read.code[row] - 1])

    def _unresolved(self, row: int, reason: str) -> None:
        self.status[row] = UNRESOLVED
        self.reason[row] = self.batch.text(reason)
        self.headings[row] = ""

    def _answered(self, read: Read) -> tuple[Column, Column]:
        """The rows whose line the schedule has on their day, and its rates."""
        rows = (~(read.bad | read.misread)).nonzero()[0]
        rates = self.engine.rates(read.code[rows], read.instant[rows])
        missing = rates < 0
        for row in rows[missing].tolist():
            error = self.engine.error(int(read.code[row]), int(read.instant[row]))
            self._unresolved(row, error)
        return rows[~missing], rates[~missing]

    def _fill(self, read: Read, rows: Column, rates: Column) -> None:
        """Answer the rows that stand in the schedule."""
        entries = _entries(read, rows)
        situation = self.engine.situations(entries)
        figures = self.engine.figures(situation, rates, entries)
        groups = self.batch.groups.columns()
        group = groups.group[situation]
        modes, asking = groups.mode[group], groups.asking[group]
        measured = read.measured[rows]
        numeric = (self.engine.reckoner.need[situation] == PARTED) | measured
        own = self._own(entries, situation)
        single = figures.single | (modes == BY_ENTRY) | (numeric & (asking | own))
        is_open = self.engine.reckoner.open[situation]
        single |= (figures.lacking | is_open) & (measured | own)
        unseen = self._unseen(entries)
        single |= unseen
        plain = (~single).nonzero()[0]
        told = rows[plain]
        self._figures(figures, plain, told, entries.value[plain], situation[plain])
        form, group = figures.form[plain], group[plain]
        filed = groups.filed[group, figures.reached[plain].astype("int8")]
        self.filed[told] = filed
        self.layers[told] = self.batch.layers(filed, form)
        way, value = groups.way[group], entries.value[plain]
        self.reason[told] = self.batch.one_reason(way)
        by_rates = ((modes[plain] == BY_RATES) | figures.lacking[plain]).nonzero()[0]
        self.reason[told[by_rates]] = self.batch.reasons_by_rates(
            way[by_rates], form[by_rates], rates[plain[by_rates]], value[by_rates] != NO_VALUE
        )
        asking_own = plain[own[plain]]
        for at, (_, cells) in zip(asking_own.tolist(), self._cells(rows[asking_own]), strict=True):
            self._own_reason(at, cells, rows, rates, entries)
        self.status[told] = self.reason[told] != 0
        by_itself = unseen | self.batch.longer()[entries.code]
        alone = single.nonzero()[0]
        for at, (row, cells) in zip(alone.tolist(), self._cells(rows[alone]), strict=True):
            if by_itself[at]:
                self._alone(row, cells)
            else:
                whole = self._situation(at, entries, int(situation[at]))
                self._by_case(row, cells, whole, int(rates[at]))

    def _own(self, entries: Entries, situation: Column) -> Column:
        """Entries of eight digits whose longer codes are in another situation."""
        import numpy

        own = numpy.zeros(len(situation), bool)
        law = self.engine.law
        asked = self.batch.longer()[entries.code]
        for code in numpy.unique(entries.code[asked]).tolist():
            at = (entries.code == code).nonzero()[0]
            place, regime = entries.place[at], self.engine.regime_of(entries.instant[at])
            sign = None if entries.sign is None else entries.sign[at]
            for digits in law.longer(self.engine.codes[code]):
                line = numpy.full(len(at), law.line_class(digits))
                own[at] |= self.engine.cells.numbers(line, place, regime, sign) != situation[at]
        return own

    def _unseen(self, entries: Entries) -> Column:
        import numpy

        law = self.engine.law
        if law.inherit is None:
            return numpy.zeros(len(entries.code), bool)
        by_code = numpy.array([law.is_unseen(code) for code in self.engine.codes], bool)
        unseen: Column = by_code[entries.code]
        return unseen

    def _figures(
        self, figures: Figures, plain: Column, at: Column, value: Column, situation: Column
    ) -> None:
        """Write the amounts of some entries in their rows; what is not known stays missing."""
        import numpy

        share = figures.share[plain]
        self.numbers["total_ad_valorem"][at] = numpy.where(share == UNKNOWN, MISSING, share)
        valued = (value != NO_VALUE).nonzero()[0]
        if len(valued) < len(value):
            at, plain, situation = at[valued], plain[valued], situation[valued]
        for name in FAMILIES:
            family = figures.family.get(name.removeprefix("duty_"))
            self.numbers[name][at] = 0 if family is None else family[plain]
        reckoner = self.engine.reckoner
        for name, is_open in reckoner.open_families(situation):
            self.numbers[f"duty_{name}"][at[is_open]] = MISSING
        whole = ~figures.lacking[plain]
        lacking = (~whole).nonzero()[0]
        for name in reckoner.ordinary_families():
            self.numbers[f"duty_{name}"][at[lacking]] = MISSING
        # What lifts an ordinary duty to a cap is not known either.
        for name, _, capped in reckoner.cap_families(situation[lacking]):
            self.numbers[f"duty_{name}"][at[lacking][capped]] = MISSING
        whole &= ~reckoner.open[situation]
        self.numbers["total_amount"][at[whole]] = figures.total[plain[whole]]
        self.numbers["refundable_amount"][at[whole]] = figures.refundable[plain[whole]]

    def _own_reason(
        self,
        at: int,
        cells: Mapping[str, str],
        rows: Column,
        rates: Column,
        entries: Entries,
    ) -> None:
        key = (
            OWN,
            int(entries.code[at]),
            int(entries.place[at]),
            int(self.engine.regime_of(entries.instant[at : at + 1])[0]),
            0 if entries.sign is None else int(entries.sign[at]),
            int(rates[at]),
            int(entries.value[at] != NO_VALUE),
        )
        self.reason[int(rows[at])] = self.batch.own_reason(key, cells)

    def _alone(self, row: int, cells: Mapping[str, str]) -> None:
        """Answer one row by the single path, from its cells."""
        (answer,) = answer_rows(self.batch.register, self.batch.schedule, [cells], self.batch.facts)
        self._take(row, answer)

    def _situation(self, at: int, entries: Entries, number: int) -> Situation:
        """The situation of one entry, in its own cell."""
        code, instant = entries.code[at : at + 1], entries.instant[at : at + 1]
        line, regime = int(self.engine.line_of(code)[0]), int(self.engine.regime_of(instant)[0])
        sign = 0 if entries.sign is None else int(entries.sign[at])
        cell = Cell(line, int(entries.place[at]), regime, sign)
        return self.engine.cells.situation_in(cell, number)

    def _by_case(
        self, row: int, cells: Mapping[str, str], situation: Situation, rates: int
    ) -> None:
        """Answer one row by the single path, from its situation."""
        asked = question_of(cells, self.batch.facts)
        cents = int(self.read.value[row])
        try:
            case = self.batch.maker.case(
                situation,
                self.engine.ordinary.rates[rates],
                Worth(None if cents == NO_VALUE else cents, asked.quantities),
                self.engine.codes[int(self.read.code[row])],
                EntryFacts(self.batch.register.facts, asked.facts),
            )
            self._take(row, answer_case(case))
        except ValueError:
            self._alone(row, cells)

    def _take(self, row: int, answer: Mapping[str, str]) -> None:
        """Write an answer of the single path in its row."""
        self.single += 1
        numbers = {name: _number(name, answer[name]) for name in self.numbers}
        if any(abs(each) >= LARGEST for each in numbers.values() if each != MISSING):
            self._unresolved(row, TOO_LARGE)
            return
        for name, number in numbers.items():
            self.numbers[name][row] = number
        self.status[row] = STATUSES.index(answer["status"])
        self.reason[row] = self.batch.text(answer["reason"])
        self.layers[row] = self.batch.text(answer["layers"])
        self.headings[row] = answer["headings"]

    def _cells(self, rows: Column) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows with their cells as text."""
        import polars

        some = self.frame[rows]
        texts = polars.DataFrame([as_text(column).alias(column.name) for column in some])
        for row, cells in zip(rows.tolist(), texts.iter_rows(), strict=True):
            yield row, dict(zip(some.columns, cells, strict=True))

    def _heading_texts(self, read: Read) -> tuple[polars.Series, polars.Series]:
        """The headings of each row: those of its situation, and the line itself."""
        import numpy
        import polars

        own = polars.Series(list(self.headings.values()), dtype=polars.String)
        known = [text for text, _ in self.batch.groups.filed]
        texts = polars.Series([*known, ""], dtype=polars.String).append(own)
        codes = self.batch.line_texts()
        none = self.filed == NOT_FILED
        code = numpy.where(none, len(codes) - 1, read.code)
        filed = numpy.where(none, len(known), self.filed)
        filed[list(self.headings)] = numpy.arange(len(known) + 1, len(texts))
        return texts.gather(filed), codes.gather(code)


def _entries(read: Read, rows: Column) -> Entries:
    return Entries(
        read.code[rows],
        read.instant[rows],
        read.place[rows],
        None if read.sign is None else read.sign[rows],
        read.value[rows],
        {
            key: each._replace(cents=each.cents[rows], millionths=each.millionths[rows])
            for key, each in read.given.items()
        },
    )


def _number(name: str, text: str) -> int:
    """Cents, or millionths of a rate, of an answer in text."""
    if not text:
        return MISSING
    places = 6 if name == "total_ad_valorem" else 2
    whole, _, part = text.partition(".")
    return int(whole + part.ljust(places, "0"))
