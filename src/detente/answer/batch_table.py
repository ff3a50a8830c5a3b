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

OWN = -1
"""Begins the keys of reasons that are of one code alone."""

TOO_LARGE = "the value is too large for a table: an amount has at most 16 digits before the point"


class Answers(NamedTuple):
    """The answers to a table of entries, in its order.

    Attributes:
        status: place in `STATUSES`.
        reason: place of each entry's reason in `texts`.
        layers: place of each entry's layers in `texts`.
        headings: the headings of each entry.
        numbers: millionths of `total_ad_valorem` and cents of the amounts, by output column;
            MISSING where there is none.
        texts: the distinct texts so far, of this table and of those before it.
        single: how many entries took the single path.
    """

    status: Column
    reason: Column
    layers: Column
    headings: polars.Series
    numbers: dict[str, Column]
    texts: list[str]
    single: int


class Table:
    """One table on its way to answers."""

    def __init__(self, batch: Batch, frame: polars.DataFrame) -> None:
        import numpy

        self.batch = batch
        self.engine = batch.engine
        self.frame = frame
        self.size = len(frame)
        self.status = numpy.zeros(self.size, numpy.int8)
        self.reason = numpy.zeros(self.size, numpy.int64)
        self.layers = numpy.zeros(self.size, numpy.int64)
        self.prefix = numpy.full(self.size, -1, numpy.int64)
        self.numbers = {
            name: numpy.full(self.size, MISSING, numpy.int64) for name in (*OUTPUT[2:5], *FAMILIES)
        }
        self.headings: dict[int, str] = {}
        self.single = 0

    def answers(self) -> Answers:
        """The answers, in the order of the table."""
        read = self.batch.reader.read(self.frame)
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
            self._heading_texts(read),
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
        groups, by_group, in_doubt = self.batch.groups()
        group = groups[situation]
        modes, asking = by_group[group], in_doubt[group]
        measured = read.measured[rows]
        numeric = (self.engine.reckoner.need[situation] == PARTED) | measured
        own = self._own(entries, situation)
        single = figures.single | (modes == BY_ENTRY) | (numeric & (asking | own))
        is_open = self.engine.reckoner.open[situation]
        single |= (figures.lacking | is_open) & (measured | own)
        unseen = self._unseen(entries)
        single |= unseen
        plain = (~single).nonzero()[0]
        self._figures(figures, plain, rows, entries.value, situation)
        self._texts(figures, plain, rows, group)
        by_rates = plain[(modes[plain] == BY_RATES) | figures.lacking[plain]]
        alike = self.batch.like_rates(group[by_rates], figures.form[by_rates], rates[by_rates])
        self._by_rates(rows[by_rates], group[by_rates], alike, entries.value[by_rates])
        asking_own = plain[own[plain]]
        for at, (_, cells) in zip(asking_own.tolist(), self._cells(rows[asking_own]), strict=True):
            self._own_reason(at, cells, rows, rates, entries)
        self.status[rows[plain]] = (self.reason[rows[plain]] != 0).astype("int8")
        by_itself = unseen | self._longer()[entries.code]
        alone = single.nonzero()[0]
        for at, (row, cells) in zip(alone.tolist(), self._cells(rows[alone]), strict=True):
            if by_itself[at]:
                self._alone(row, cells)
            else:
                self._by_case(row, cells, int(situation[at]), int(rates[at]), read)

    def _own(self, entries: Entries, situation: Column) -> Column:
        """Entries of eight digits whose longer codes are in another situation."""
        import numpy

        own = numpy.zeros(len(situation), bool)
        law = self.engine.law
        asked = self._longer()[entries.code]
        for code in numpy.unique(entries.code[asked]).tolist():
            at = (entries.code == code).nonzero()[0]
            place, regime = entries.place[at], self.engine.regime_of(entries.instant[at])
            sign = None if entries.sign is None else entries.sign[at]
            for digits in law.longer(self.engine.codes[code]):
                line = numpy.full(len(at), law.line_class(digits))
                own[at] |= self.engine.cells.numbers(line, place, regime, sign) != situation[at]
        return own

    def _longer(self) -> Column:
        """For each code, whether the law names longer ones under it."""
        import numpy

        return numpy.array(self.batch.longer(), bool)

    def _unseen(self, entries: Entries) -> Column:
        import numpy

        law = self.engine.law
        if law.inherit is None:
            return numpy.zeros(len(entries.code), bool)
        by_code = numpy.array([law.is_unseen(code) for code in self.engine.codes], bool)
        unseen: Column = by_code[entries.code]
        return unseen

    def _figures(
        self, figures: Figures, plain: Column, rows: Column, value: Column, situation: Column
    ) -> None:
        """Write the amounts; what is not known stays missing."""
        import numpy

        at = rows[plain]
        share = figures.share[plain]
        self.numbers["total_ad_valorem"][at] = numpy.where(share == UNKNOWN, MISSING, share)
        valued = value[plain] != NO_VALUE
        at, plain = at[valued], plain[valued]
        for name in FAMILIES:
            family = figures.family.get(name.removeprefix("duty_"))
            self.numbers[name][at] = 0 if family is None else family[plain]
        for name, is_open in self.engine.reckoner.open_families(situation[plain]):
            self.numbers[f"duty_{name}"][at[is_open]] = MISSING
        whole = ~figures.lacking[plain]
        for name in self.engine.reckoner.ordinary_families():
            self.numbers[f"duty_{name}"][at[~whole]] = MISSING
        # What lifts an ordinary duty to a cap is not known either.
        for name, _, capped in self.engine.reckoner.cap_families(situation[plain[~whole]]):
            self.numbers[f"duty_{name}"][at[~whole][capped]] = MISSING
        whole &= ~self.engine.reckoner.open[situation[plain]]
        self.numbers["total_amount"][at[whole]] = figures.total[plain[whole]]
        self.numbers["refundable_amount"][at[whole]] = figures.refundable[plain[whole]]

    def _texts(self, figures: Figures, plain: Column, rows: Column, group: Column) -> None:
        """Write layers, headings, and the reasons that depend on the group alone."""
        key = group[plain] << 32
        key |= figures.form[plain].astype("int64") << 1
        key |= figures.reached[plain]
        found = self.batch.findings.of(key)
        at = rows[plain]
        self.layers[at], self.prefix[at], self.reason[at] = found[:, 0], found[:, 1], found[:, 2]

    def _by_rates(self, rows: Column, group: Column, rates: Column, value: Column) -> None:
        """Write the reasons that depend on the rates of the line."""
        if len(rows):
            key = (group << 32) | (rates.astype("int64") << 1) | (value != NO_VALUE)
            self.reason[rows] = self.batch.reasons.of(key)[:, 0]

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

    def _by_case(
        self, row: int, cells: Mapping[str, str], situation: int, rates: int, read: Read
    ) -> None:
        """Answer one row by the single path, from its situation."""
        asked = question_of(cells, self.batch.facts)
        cents = int(read.value[row])
        try:
            case = self.batch.maker.case(
                self.engine.situation(situation),
                self.engine.ordinary.rates[rates],
                Worth(None if cents == NO_VALUE else cents, asked.quantities),
                self.engine.codes[int(read.code[row])],
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

    def _heading_texts(self, read: Read) -> polars.Series:
        """The headings of each row: those of its situation, and the line itself."""
        import numpy
        import polars

        prefixes = polars.Series([*self.batch.prefixes(), ""], dtype=polars.String)
        codes = polars.Series([*self.batch.dotted(), ""], dtype=polars.String)
        last = len(self.engine.codes)
        code = numpy.where(self.prefix < 0, last, read.code)
        prefix = numpy.where(self.prefix < 0, len(prefixes) - 1, self.prefix)
        texts = prefixes.gather(prefix) + codes.gather(code)
        if self.headings:
            at = polars.Series(list(self.headings), dtype=polars.UInt32)
            texts = texts.scatter(
                at, polars.Series(list(self.headings.values()), dtype=polars.String)
            )
        return texts


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
