"""One table of entries on its way to answers: what a batch knows, laid over its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import EntryFacts
from detente.batch.columns import (
    AMOUNTS,
    BECAUSE,
    FACT,
    FAMILIES,
    FAMILY,
    HEARD,
    NO_VALUE,
    NUMBERS,
    OPTIONAL,
    RATES,
    REQUIRED,
)
from detente.batch.engine.amounts import PARTED, EntryAmounts
from detente.batch.engine.distinct import distinct_numbers
from detente.batch.engine.engine import UNANSWERED, CodedEntries, Engine
from detente.batch.engine.rate_vectors import UNKNOWN
from detente.batch.engine.situations import OutcomeCell, Situation
from detente.batch.rows import AREA, answer_case, answer_rows, late_areas, question_of
from detente.batch.texts import BY_ENTRY, BY_RATES
from detente.batch.words import NO_FAULT, CodedTable
from detente.core.tables.columns import DIGITS, MONEY, RATE
from detente.duty.question import checked_entry_value

if TYPE_CHECKING:
    import numpy

    from detente.batch.tables import EntryTable
    from detente.batch.workings import BatchWorkings

    Column = numpy.ndarray

OK, OPEN, UNRESOLVED, BARRED = 0, 1, 2, 3
STATUSES = ("ok", "open", "unresolved", "barred")

MISSING = -(2**63)
"""A number that is not known, or not asked."""

PLACES, CENTS = DIGITS[RATE][1], DIGITS[MONEY][1]
"""Places after the point of a rate and of an amount."""

LARGEST = 10**18
"""Cents: the largest amount that a column of 18 digits holds is one less."""

FEW = 8
"""Rows that are answered each by itself before what finds their situations is made ready."""

NOT_FILED = -1
"""A row whose headings are its own."""

TOO_LARGE = "the value is too large for a table: an amount has at most 16 digits before the point"


class Answers(NamedTuple):
    """The answers to a table of entries, in its order.

    Attributes:
        status: place in `STATUSES`.
        reason: place of each entry's reason in `texts`.
        layers: place of each entry's layers in `texts`.
        before: place in `filed` of the headings of each entry but for the last.
        last: place in `lines` of the last heading, that of the line itself.
        filed: the headings that entries of this table are filed under before that of their line.
        lines: every line as the schedule prints it, of this table and of those before it, and
            last an empty text.
        numbers: millionths of `total_ad_valorem` and cents of the amounts, by output column;
            MISSING where there is none.
        texts: the distinct texts so far, of this table and of those before it.
        single: how many entries took the single path.
        late: how many lie after the day through which an area of the law was read, by area.
        because: place of what each entry's announced total is because of, in `texts`.
    """

    status: Column
    reason: Column
    layers: Column
    before: Column
    last: Column
    filed: list[str]
    lines: list[str]
    numbers: dict[str, Column]
    texts: list[str]
    single: int
    late: Counter[str]
    because: Column

    @property
    def headings(self) -> list[str]:
        """All headings of each entry."""
        pairs = zip(self.before.tolist(), self.last.tolist(), strict=True)
        return [self.filed[before] + self.lines[last] for before, last in pairs]


class ReadTable(NamedTuple):
    """A table as it was read, with what is looked up for its rows before they are answered.

    Attributes:
        coded: its columns as numbers.
        aside: rows that are answered by themselves, or not at all.
        entries: the rows as entries, of which those set aside stand in for others; None where all
            are set aside.
        rates: the rates of the line of each, as `Engine.rates` gives them.
        situation: the situation of each; None where some may have to be found.
    """

    coded: CodedTable
    aside: Column
    entries: CodedEntries | None
    rates: Column | None
    situation: Column | None


def looked_up(engine: Engine, coded: CodedTable) -> ReadTable:
    """A table with what is looked up for its rows."""
    aside = coded.bad | (coded.misread != NO_FAULT)
    if aside.all():
        return ReadTable(coded, aside, None, None, None)
    entries = _entries(coded, aside)
    rates = engine.rates(entries.code, entries.instant)
    return ReadTable(coded, aside, entries, rates, engine.known_situations(entries))


class BatchTable:
    """One table on its way to answers.

    Columns stay whole: every row is reckoned, and one that cannot be stands in for another until
    it is blanked and answered by itself.
    """

    def __init__(self, batch: BatchWorkings, table: EntryTable, read: ReadTable) -> None:
        import numpy

        self.batch = batch
        self.engine = batch.engine
        self.table = table
        self.found = read
        self.read = read.coded
        self.size = len(table)
        self.status = numpy.zeros(self.size, numpy.int8)
        self.reason = numpy.zeros(self.size, numpy.int32)
        self.layers = numpy.zeros(self.size, numpy.int32)
        self.because = numpy.zeros(self.size, numpy.int32)
        self.filed = numpy.full(self.size, NOT_FILED, numpy.int32)
        self.numbers: dict[str, Column] = {}
        self.headings: dict[int, str] = {}
        self.single = 0
        self.whole: list[int] = []
        self.late: Counter[str] = Counter()

    def answers(self) -> Answers:
        """The answers, in the order of the table."""
        import numpy

        read, aside, entries, rates, _ = self.found
        if entries is None or rates is None:
            for name in NUMBERS:
                self.numbers[name] = numpy.full(self.size, MISSING, numpy.int64)
        else:
            unanswered = (rates < 0) & ~aside
            self._fill(entries, numpy.maximum(rates, 0), aside | unanswered)
            faults = (UNANSWERED - rates[unanswered]).tolist()
            self._unresolved(unanswered, [self.engine.errors[each] for each in faults])
            late = int(self.batch.late()[entries.instant[~aside]].sum())
            self.late.update({AREA: late} if late else {})
        misread = read.misread != NO_FAULT
        faults = read.misread[misread].tolist()
        self._unresolved(misread, [self.batch.reader.reasons[each] for each in faults])
        for row, cells in self._cells(read.bad.nonzero()[0]):
            self._alone(row, cells)
            self.late.update(late_areas(self.batch.register, cells))
        self._hear(aside)
        return Answers(
            self.status,
            self.reason,
            self.layers,
            *self._headings(read),
            self.numbers,
            self.batch.known.things,
            self.single,
            self.late,
            self.because,
        )

    def _hear(self, aside: Column) -> None:
        """Add the totals by what was only announced, where they differ."""
        for row, cells in self._cells(self.batch.heard.rows(self.read, aside)):
            if STATUSES[self.status[row]] != "unresolved":
                self._take_heard(row, self.batch.heard.cells(cells, self.read, row))

    def _take_heard(self, row: int, cells: Mapping[str, str]) -> None:
        self.numbers[HEARD][row] = _number(HEARD, cells[HEARD])
        self.because[row] = self.batch.known.number(cells[BECAUSE])

    def _unresolved(self, rows: Column, reasons: Sequence[str]) -> None:
        """Say why some rows have no answer."""
        self.status[rows] = UNRESOLVED
        self.reason[rows] = [self.batch.known.number(each) for each in reasons]

    def _fill(self, entries: CodedEntries, rates: Column, aside: Column) -> None:
        """Answer the rows, but for those that are set aside."""
        reckoner, measured = self.engine.reckoner, self.read.measured
        known = self.found.situation
        situation = self.engine.situations(entries) if known is None else known
        figures = self.engine.figures(situation, rates, entries)
        groups = self.batch.groups.columns()
        # A look-up by `take` costs half of one by brackets, and by two columns a quarter.
        group = groups.group.take(situation)
        mode, doubtful = groups.mode.take(group), groups.doubtful.take(group)
        numeric = (reckoner.need.take(situation) == PARTED) | measured
        own = self._own(entries, situation)
        unseen = self._unseen(entries)
        if self.batch.documents is not None:
            unseen |= self.batch.documents.alone(entries, situation)
        single = figures.single | (mode == BY_ENTRY) | (numeric & (doubtful | own)) | unseen
        single |= (figures.lacking | reckoner.open.take(situation)) & (measured | own)
        single &= ~aside
        self._figures(figures, entries.value, situation)
        self.filed = groups.filed.reshape(-1).take(2 * group + figures.reached)
        self.layers = self.batch.layers(self.filed, figures.form)
        plain = (mode != BY_RATES) & ~figures.lacking | single | aside
        has_value = entries.value != NO_VALUE
        self.reason = self.batch.reasons.of(groups.way.take(group), rates, has_value, plain)
        described = (own & ~(single | aside)).nonzero()[0]
        for row, cells in self._cells(described):
            self._own_reason(row, cells, int(rates[row]), entries)
        # OK is 0 and OPEN is 1, so the comparison is the status already.
        self.status = (self.reason != 0).view("int8")
        self._blank((single | aside).nonzero()[0])
        by_itself = unseen | self.batch.longer().take(entries.code)
        if single.sum() <= FEW and not self.engine.cells.finding:
            by_itself |= single
        for row, cells in self._cells(single.nonzero()[0]):
            if by_itself[row]:
                self._alone(row, cells)
            else:
                whole = self._situation(row, entries, int(situation[row]))
                self._by_case(row, cells, whole, int(rates[row]))
        self._add_unread(entries, situation, aside)
        # After what was not read, which sets the status anew and would open a forbidden row.
        self._forbid(entries, situation, aside)

    def _forbid(self, entries: CodedEntries, situation: Column, aside: Column) -> None:
        """Mark the rows whose importation the law forbids."""
        import numpy

        law = self.engine.law
        if not law.barring:
            return
        # Few places, goods and days are touched: only their situations are looked at.
        barred = numpy.zeros(len(law.places), bool)
        barred[[place for place, _ in law.barring]] = True
        rows = (barred.take(entries.place) & ~aside & (self.status != UNRESOLVED)).nonzero()[0]
        place, regime = entries.place[rows], self.engine.regime_of(entries.instant[rows])
        touched = numpy.zeros(len(rows), bool)
        for each, first in law.barring:
            touched |= (place == each) & (regime >= first)
        rows = rows[touched]
        rows = rows[self.batch.barred_codes.rows(entries.code[rows])]
        alone = set(self.whole)
        rows = numpy.array([row for row in rows.tolist() if row not in alone], int)
        known = self.batch.known
        for number in distinct_numbers(situation[rows]).tolist():
            forbidden = self.batch.forbidden(number)
            if forbidden:
                found = rows[situation[rows] == number]
                self.status[found] = BARRED
                self.reason[found] = [
                    known.number("; ".join(filter(None, (*forbidden, known.things[each]))))
                    for each in self.reason[found].tolist()
                ]

    def _add_unread(self, entries: CodedEntries, situation: Column, aside: Column) -> None:
        """Open the rows that rest on something that was not read, and say so in their reason."""
        import numpy

        if self.batch.unread is None:
            return
        late = self.batch.late()
        # Most entries rest on what was read, as their day tells.
        left = self.batch.unread.concerns(late).take(entries.instant)
        left &= ~aside & (self.status != UNRESOLVED)
        left[self.whole] = False
        rows = left.nonzero()[0]
        column = self.engine.reckoner.column[situation[rows]]
        described = self.batch.unread.added(
            self.reason[rows], entries.code[rows], entries.instant[rows], column, late
        )
        self.reason[rows] = described
        self.status[rows] = numpy.where(described != 0, OPEN, OK)
        if self.batch.documents is not None:
            left = ~aside & (self.status != UNRESOLVED)
            left[self.whole] = False
            for at, described in self.batch.documents.added(self.reason, entries, situation, left):
                self.reason[at] = described
                self.status[at] = OPEN

    def _blank(self, rows: Column) -> None:
        """Take back what was told of rows that are answered otherwise."""
        self.status[rows] = self.reason[rows] = self.layers[rows] = 0
        self.filed[rows] = NOT_FILED
        for name in NUMBERS:
            self.numbers[name][rows] = MISSING

    def _own(self, entries: CodedEntries, situation: Column) -> Column:
        """Entries of eight digits whose longer codes are in another situation."""
        import numpy

        own = numpy.zeros(len(situation), bool)
        law = self.engine.law
        selected = self.batch.longer().take(entries.code)
        for code in distinct_numbers(entries.code[selected]).tolist():
            at = (entries.code == code).nonzero()[0]
            place, regime = entries.place[at], self.engine.regime_of(entries.instant[at])
            pattern = None if entries.pattern is None else entries.pattern[at]
            for digits in law.longer(self.engine.codes[code]):
                line = numpy.full(len(at), law.line_class(digits))
                own[at] |= self.engine.cells.numbers(line, place, regime, pattern) != situation[at]
        return own

    def _unseen(self, entries: CodedEntries) -> Column:
        import numpy

        if not self.engine.schedule.imported_sha256:
            return numpy.zeros(len(entries.code), bool)
        unseen_code = self.engine.law.classes.rows.is_unseen
        by_code = numpy.array([unseen_code(code) for code in self.engine.codes], bool)
        unseen: Column = by_code[entries.code]
        return unseen

    def _figures(self, figures: EntryAmounts, value: Column, situation: Column) -> None:
        """Take the figures as columns; what is not known is missing."""
        import numpy

        numbers, reckoner = self.numbers, self.engine.reckoner
        figures.share[figures.share == UNKNOWN] = MISSING
        numbers["total_ad_valorem"] = figures.share
        numbers["total_amount"] = figures.total
        numbers["refundable_amount"] = figures.refundable
        for name in FAMILIES:
            family = figures.family.get(name.removeprefix(FAMILY))
            numbers[name] = numpy.zeros(self.size, numpy.int64) if family is None else family
        numbers[HEARD] = numpy.full(self.size, MISSING, numpy.int64)
        is_open = reckoner.open.take(situation)
        rows = is_open.nonzero()[0]
        for name, held in reckoner.open_families(situation[rows]):
            numbers[f"duty_{name}"][rows[held]] = MISSING
        lacking = figures.lacking.nonzero()[0]
        for name in reckoner.ordinary_families():
            numbers[f"duty_{name}"][lacking] = MISSING
        # What lifts an ordinary duty to a cap is not known either.
        for name, _, capped in reckoner.cap_families(situation[lacking]):
            numbers[f"duty_{name}"][lacking[capped]] = MISSING
        for rows in (is_open, figures.lacking):
            numbers["total_amount"][rows] = numbers["refundable_amount"][rows] = MISSING
        valueless = (value == NO_VALUE).nonzero()[0]
        for name in AMOUNTS:
            numbers[name][valueless] = MISSING

    def _own_reason(
        self, row: int, cells: Mapping[str, str], rates: int, entries: CodedEntries
    ) -> None:
        key = (
            int(entries.code[row]),
            int(entries.place[row]),
            int(self.engine.regime_of(entries.instant[row : row + 1])[0]),
            0 if entries.pattern is None else int(entries.pattern[row]),
            rates,
            int(entries.value[row] != NO_VALUE),
        )
        self.reason[row] = self.batch.own_reason(key, cells)

    def _alone(self, row: int, cells: Mapping[str, str]) -> None:
        """Answer one row by the single path, from its cells."""
        (answer,) = answer_rows(self.batch.register, self.batch.schedule, [cells], self.batch.facts)
        self.whole.append(row)
        self._take(row, answer)

    def _situation(self, at: int, entries: CodedEntries, number: int) -> Situation:
        """The situation of one entry, in its own cell."""
        code, instant = entries.code[at : at + 1], entries.instant[at : at + 1]
        line, regime = int(self.engine.line_of(code)[0]), int(self.engine.regime_of(instant)[0])
        pattern = 0 if entries.pattern is None else int(entries.pattern[at])
        cell = OutcomeCell(line, int(entries.place[at]), regime, pattern)
        return self.engine.cells.situation_in(cell, number)

    def _by_case(
        self, row: int, cells: Mapping[str, str], situation: Situation, rates: int
    ) -> None:
        """Answer one row by the single path, from its situation."""
        question = question_of(cells, self.batch.facts)
        cents = int(self.read.value[row])
        try:
            case = self.batch.maker.case(
                situation,
                self.engine.ordinary.rates[rates],
                checked_entry_value(None if cents == NO_VALUE else cents, question.quantities),
                self.engine.codes[int(self.read.code[row])],
                EntryFacts(self.batch.register.facts, question.facts),
            )
            self._take(row, answer_case(case))
        except ValueError:
            self._alone(row, cells)

    def _take(self, row: int, answer: Mapping[str, str]) -> None:
        """Write an answer of the single path in its row."""
        self.single += 1
        numbers = {name: _number(name, answer.get(name, "")) for name in self.numbers}
        if any(abs(each) >= LARGEST for each in numbers.values() if each != MISSING):
            self.status[row] = UNRESOLVED
            self.reason[row] = self.batch.known.number(TOO_LARGE)
            return
        for name, number in numbers.items():
            self.numbers[name][row] = number
        self.status[row] = STATUSES.index(answer["status"])
        self.reason[row] = self.batch.known.number(answer["reason"])
        self.layers[row] = self.batch.known.number(answer["layers"])
        self.headings[row] = answer["headings"]
        self.because[row] = self.batch.known.number(answer.get(BECAUSE, ""))

    def _cells(self, rows: Column) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows with the cells that they ask by, as text."""
        if not len(rows):
            return
        names = [name for name in self.table.columns if is_parameter(name)]
        for row, cells in zip(rows.tolist(), self.table.row_texts(rows, names), strict=True):
            yield row, dict(zip(names, cells, strict=True))

    def _headings(self, read: CodedTable) -> tuple[Column, Column, list[str], list[str]]:
        """The headings of each row, those of its situation and the line itself, and their texts."""
        import numpy

        ways = self.batch.groups.filed
        # Of thousands of ways to file a table meets few, and only those are read.
        met = distinct_numbers(self.filed[self.filed != NOT_FILED], len(ways))
        place = numpy.zeros(1 + len(ways), numpy.int64)
        place[met] = numpy.arange(len(met))
        texts = [*(ways[each][0] for each in met.tolist()), "", *self.headings.values()]
        lines = self.batch.line_texts()
        none = self.filed == NOT_FILED
        code = numpy.where(none, len(lines) - 1, read.code)
        filed = numpy.where(none, len(met), place.take(self.filed))
        filed[list(self.headings)] = numpy.arange(len(met) + 1, len(texts))
        return filed, code, texts, lines


def is_parameter(column: str) -> bool:
    """Whether rows ask by a column of their table."""
    return column in REQUIRED or column in OPTIONAL or column.startswith(FACT)


def _entries(read: CodedTable, aside: Column) -> CodedEntries:
    """A table as entries; rows set aside stand in for the first that is not."""
    rows = aside.nonzero()[0]

    def whole(column: Column) -> Column:
        if len(rows):
            column = column.copy()
            column[rows] = column[aside.argmin()]
        return column

    pattern = None if read.pattern is None else whole(read.pattern)
    code, instant, place, value = map(whole, (read.code, read.instant, read.place, read.value))
    return CodedEntries(code, instant, place, pattern, value, read.stated_parts)


def _number(name: str, text: str) -> int:
    """Cents, or millionths of a rate, of an answer in text."""
    if not text:
        return MISSING
    places = PLACES if name in RATES else CENTS
    whole, _, part = text.partition(".")
    return int(whole + part.ljust(places, "0"))
