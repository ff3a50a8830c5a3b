"""A million entries: the answers of one question at a time, worked out once for all that are alike.

Entries of one situation share headings, layers and open questions; only arithmetic is done for
each. An entry whose figures the columns cannot hold, or whose open questions hang on its own
figures, is answered by the single path, and takes its place in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.answer.batch_rows import FAMILIES, OUTPUT, answer_case, answer_rows, question_of
from detente.answer.batch_texts import (
    BY_ENTRY,
    BY_RATES,
    ONE_REASON,
    CaseMaker,
    Dependence,
    Texts,
)
from detente.answer.batch_words import Read, Reader, as_text
from detente.answer.figures import dotted
from detente.answer.inheritance import inherit
from detente.duty.amounts import Worth
from detente.duty.batch.engine import Engine, Entries
from detente.duty.batch.ordinary import AD_VALOREM, SINGLE
from detente.duty.batch.reckon import NO_VALUE, PARTED, UNKNOWN, Figures
from detente.duty.entry_facts import EntryFacts
from detente.goods.schedule import Schedule
from detente.register.book import Register

if TYPE_CHECKING:
    import numpy
    import polars

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


class Batch:
    """Answers tables of entries, one after the other, by one register."""

    def __init__(
        self, register: Register, schedule: Schedule, facts: Mapping[str, str] | None = None
    ) -> None:
        """Read the law.

        Args:
            register: the register asked.
            schedule: the goods schedule.
            facts: entry facts of every entry; an entry's own fact goes before.
        """

        def inherited(code: str) -> dict[str, list[object]] | None:
            found = inherit(register, schedule, code)
            return None if found is None else found.members  # type: ignore[return-value]

        self.register = register
        self.schedule = schedule
        self.facts = dict(facts or {})
        inheriting = inherited if schedule.imported_sha256 else None
        self.engine = Engine(register, schedule, inheriting)  # type: ignore[arg-type]
        self.reader = Reader(self.engine, self.facts)
        self.maker = CaseMaker(register, "US")
        self.texts = Texts(self.maker, self.engine.situation, self.engine.reckoner.parts)
        self.known: list[str] = [""]
        self._numbers: dict[str, int] = {"": 0}
        self._findings: dict[int, tuple[int, int, int]] = {}
        self._prefixes: list[str] = []
        self._prefix_numbers: dict[str, int] = {}
        self._reasons: dict[tuple[int, ...], int] = {}
        self.known_reasons: dict[int, int] = {}
        self._dotted: list[str] = []
        self._longer: list[bool] = []
        self._before: dict[tuple[int, ...], str] = {}
        self._lacks: dict[tuple[int, int], str] = {}
        self._depends: list[Dependence] = []
        self._modes: tuple[Column, ...] = ()

    def answer(self, frame: polars.DataFrame) -> Answers:
        """The answers to a table; its columns are those of the interface."""
        return _Table(self, frame).answers()

    def text(self, text: str) -> int:
        """The number of a text."""
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self.known)
            self.known.append(text)
        return number

    def prefix(self, text: str) -> int:
        """The number of the headings that stand before a line's own."""
        number = self._prefix_numbers.get(text)
        if number is None:
            number = self._prefix_numbers[text] = len(self._prefixes)
            self._prefixes.append(text)
        return number

    def dotted(self) -> list[str]:
        """Every code as the schedule prints it, by number."""
        self._dotted.extend(map(dotted, self.engine.codes[len(self._dotted) :]))
        return self._dotted

    def longer(self) -> list[bool]:
        """For each code whether the law names longer ones under it."""
        new = self.engine.codes[len(self._longer) :]
        self._longer.extend(bool(self.engine.law.longer(code)) for code in new)
        return self._longer

    def prefixes(self) -> list[str]:
        """The headings before a line's own, by number."""
        return self._prefixes

    def finding(self, situation: int, form: int, reached: int) -> tuple[int, int, int]:
        """Numbers of the layers, the headings and the reason of a situation with a rate."""
        key = (situation << 32) | (form << 1) | reached
        if key not in self._findings:
            rate = self.engine.ordinary.forms[form].text
            headings, texts = self.texts.filed(situation, bool(reached))
            layers, before = self.text(texts.with_rate(rate)), self.prefix(headings)
            reason = -1
            if self._depends[situation].mode == ONE_REASON:
                reason = self._situation_reason(situation)
            self._findings[key] = (layers, before, reason)
        return self._findings[key]

    def dependences(self) -> tuple[Column, ...]:
        """For each situation on what its open questions depend, and whether it has doubts."""
        import numpy

        for number in range(len(self._depends), len(self.engine.cells.situations)):
            found = self.texts.depends(number) if number else Dependence(BY_ENTRY)
            self._depends.append(found)
        if not self._modes or len(self._modes[0]) != len(self._depends):
            self._modes = (
                numpy.array([each.mode for each in self._depends], numpy.int8),
                numpy.array([each.asking for each in self._depends], bool),
            )
        return self._modes

    def reason(self, situation: int, rates: int, has_value: int) -> int:
        """The number of the reason of a situation where the rates of the line matter to it."""
        key = (situation, has_value, *self._equal_totals(situation, rates))
        filed = self._filed(situation, rates)
        worth = Worth(10**9 if has_value else None, {})
        found = self.engine.ordinary.rates[rates]
        if self.engine.ordinary.forms[filed].kind == AD_VALOREM:
            if key not in self._reasons:
                self._reasons[key] = self.text(self.texts.reason(situation, found, worth))
            return self._reasons[key]
        # A cap lacks what the ordinary duty lacks, and says so in the words of its situation.
        lack = (filed, situation if self.engine.reckoner.capped[situation] else 0)
        if key not in self._before or lack not in self._lacks:
            self._before[key], self._lacks[lack] = self.texts.lacking_reason(
                situation, found, worth
            )
        return self.text(self._before[key] + self._lacks[lack])

    def _filed(self, situation: int, rates: int) -> int:
        """The form of the ordinary rate that is filed."""
        column = int(self.engine.reckoner.column[situation])
        return self.engine.ordinary.number(column, rates) if column >= 0 else 0

    def _equal_totals(self, situation: int, rates: int) -> tuple[int, ...]:
        """Which totals of a situation are equal at the rates of a line, as places of the first.

        The rates themselves are named first where one of them has no exact form.
        """
        ordinary = self.engine.ordinary
        found: list[object] = []
        exact = True
        for total in self._depends[situation].totals:
            form = ordinary.forms[0]
            if total.column is not None:
                form = ordinary.forms[ordinary.number(ordinary.column_number(total.column), rates)]
            exact = exact and form.kind != SINGLE
            found.append(total.at(form.rate) if form.kind == AD_VALOREM else None)
        return (0 if exact else 1 + rates, *map(found.index, found))

    def own_reason(self, key: tuple[int, ...], row: Mapping[str, str]) -> int:
        """The number of the reason of an entry whose line asks a question of its own."""
        if key not in self._reasons:
            (answer,) = answer_rows(self.register, self.schedule, [row], self.facts)
            self._reasons[key] = self.text(answer["reason"])
        return self._reasons[key]

    def _situation_reason(self, situation: int) -> int:
        key = (situation,)
        if key not in self._reasons:
            self._reasons[key] = self.text(self.texts.reason(situation, None, Worth(10**9, {})))
        return self._reasons[key]


class _Table:
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
        by_situation, in_doubt = self.batch.dependences()
        modes, asking = by_situation[situation], in_doubt[situation]
        measured = read.measured[rows]
        numeric = (self.engine.reckoner.need[situation] == PARTED) | measured
        own = self._own(entries, situation)
        single = figures.single | (modes == BY_ENTRY) | (numeric & (asking | own))
        single |= figures.lacking & (measured | own)
        unseen = self._unseen(entries)
        single |= unseen
        plain = (~single).nonzero()[0]
        self._figures(figures, plain, rows, entries.value, situation)
        self._texts(figures, plain, rows, situation)
        by_rates = plain[(modes[plain] == BY_RATES) | figures.lacking[plain]]
        self._by_rates(by_rates, rows, situation, rates, entries.value)
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
        return numpy.array([law.is_unseen(code) for code in self.engine.codes], bool)[entries.code]

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
        whole = ~figures.lacking[plain]
        for name in self.engine.reckoner.ordinary_families():
            self.numbers[f"duty_{name}"][at[~whole]] = MISSING
        # What lifts an ordinary duty to a cap is not known either.
        for name, _, capped in self.engine.reckoner.cap_families(situation[plain[~whole]]):
            self.numbers[f"duty_{name}"][at[~whole][capped]] = MISSING
        self.numbers["total_amount"][at[whole]] = figures.total[plain[whole]]
        self.numbers["refundable_amount"][at[whole]] = figures.refundable[plain[whole]]

    def _texts(self, figures: Figures, plain: Column, rows: Column, situation: Column) -> None:
        """Write layers, headings, and the reasons that depend on the situation alone."""
        import numpy

        key = situation[plain].astype(numpy.int64) << 32
        key |= figures.form[plain].astype(numpy.int64) << 1
        key |= figures.reached[plain]
        distinct, where = numpy.unique(key, return_inverse=True)
        found = numpy.array(
            [
                self.batch.finding(each >> 32, (each & 0xFFFFFFFF) >> 1, each & 1)
                for each in distinct.tolist()
            ],
            numpy.int64,
        ).reshape(-1, 3)[where.reshape(-1)]
        at = rows[plain]
        self.layers[at], self.prefix[at], self.reason[at] = found[:, 0], found[:, 1], found[:, 2]

    def _by_rates(
        self, by_rates: Column, rows: Column, situation: Column, rates: Column, value: Column
    ) -> None:
        """Write the reasons that depend on the rates of the line."""
        import numpy

        if not len(by_rates):
            return
        key = (situation[by_rates].astype(numpy.int64) << 32) | (rates[by_rates] << 1)
        key |= value[by_rates] != NO_VALUE
        distinct, where = numpy.unique(key, return_inverse=True)
        known = self.batch.known_reasons
        found = []
        for each in distinct.tolist():
            number = known.get(each)
            if number is None:
                number = self.batch.reason(each >> 32, (each & 0xFFFFFFFF) >> 1, each & 1)
                known[each] = number
            found.append(number)
        self.reason[rows[by_rates]] = numpy.array(found)[where.reshape(-1)]

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
