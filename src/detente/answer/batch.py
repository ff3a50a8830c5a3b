"""A million entries: the answers of one question at a time, worked out once for all that are alike.

Entries of one situation share headings, layers and open questions; only arithmetic is done for
each. An entry whose figures the columns cannot hold, or whose open questions hang on its own
figures, is answered by the single path, and takes its place in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.answer.batch_rows import FAMILIES, OUTPUT, answer_case, answer_rows, question_of
from detente.answer.batch_texts import (
    BY_ENTRY,
    BY_RATES,
    MIDDLE,
    ONE_REASON,
    CaseMaker,
    Dependence,
    RateIn,
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
from detente.register.model import Duty

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

MOST_COLUMNS = 64
"""Of columns of the schedule that lines with equal rates are told together by."""

OWN = -1
"""Begins the keys of reasons that are of one code alone."""

TOO_LARGE = "the value is too large for a table: an amount has at most 16 digits before the point"


class Known:
    """Whole numbers by key, each found once by a function; kept in order of key."""

    def __init__(self, find: Callable[[int], tuple[int, ...]], width: int) -> None:
        import numpy

        self._find = find
        self._keys = numpy.zeros(0, numpy.int64)
        self._found = numpy.zeros((0, width), numpy.int64)

    def of(self, keys: Column) -> Column:
        """A row of numbers for each key."""
        import numpy

        distinct, where = numpy.unique(keys, return_inverse=True)
        at = numpy.searchsorted(self._keys, distinct)
        new = numpy.ones(len(distinct), bool)
        inside = at < len(self._keys)
        new[inside] = self._keys[at[inside]] != distinct[inside]
        if new.any():
            found = [self._find(key) for key in distinct[new].tolist()]
            self._keys = numpy.insert(self._keys, at[new], distinct[new])
            self._found = numpy.insert(self._found, at[new], found, axis=0)
            at = numpy.searchsorted(self._keys, distinct)
        return self._found[at[where.reshape(-1)]]


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
        import numpy

        def inherited(code: str) -> dict[str, list[object]] | None:
            found = inherit(register, schedule, code)
            return None if found is None else found.members  # type: ignore[return-value]

        self.register = register
        self.schedule = schedule
        self.facts = dict(facts or {})
        inheriting = inherited if schedule.imported_sha256 else None
        self.engine = Engine(register, schedule, inheriting)  # type: ignore[arg-type]
        self.reader = Reader(self.engine, self.facts)
        self.maker = CaseMaker(register, "US", self.engine.cells.resolve)
        self.texts = Texts(self.maker, self.engine.situation, self.engine.reckoner.parts)
        self.known: list[str] = [""]
        self._numbers: dict[str, int] = {"": 0}
        self.findings = Known(self._finding, 3)
        self._prefixes: list[str] = []
        self._prefix_numbers: dict[str, int] = {}
        self._reasons: dict[tuple[int, ...], int] = {}
        self.reasons = Known(self._reason, 1)
        self._dotted: list[str] = []
        self._longer: list[bool] = []
        self._before: dict[tuple[int, ...], str] = {}
        self._lacks: dict[tuple[int, int, int], str] = {}
        self._groups: list[int] = []
        self._depends: list[Dependence] = []
        self._one_column: list[int] = []
        self._like = numpy.full((MOST_COLUMNS, 0), -1, numpy.int64)
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

    def _finding(self, key: int) -> tuple[int, ...]:
        """Numbers of the layers, the headings and the reason of a group with a rate."""
        group, form, reached = key >> 32, (key & 0xFFFFFFFF) >> 1, key & 1
        rate = self.engine.ordinary.forms[form].text
        headings, texts = self.texts.filed(self.texts.first[group], bool(reached))
        layers, before = self.text(texts.with_rate(rate)), self.prefix(headings)
        reason = -1
        if self._depends[group].mode == ONE_REASON:
            reason = self._group_reason(group)
        return layers, before, reason

    def groups(self) -> tuple[Column, ...]:
        """The group of each situation; and of each group on what its questions depend.

        Third is whether anything is in doubt in a group.
        """
        import numpy

        situations = self.engine.cells.situations
        if self._modes and len(self._groups) == len(situations):
            return self._modes
        for number in range(len(self._groups), len(situations)):
            self._groups.append(self.texts.group(number) if number else 0)
        for first in self.texts.first[len(self._depends) :]:
            self._depends.append(self.texts.depends(first))
            self._one_column.append(self._column_of(first, self._depends[-1]))
        self._modes = (
            numpy.array(self._groups, numpy.int64),
            numpy.array([each.mode for each in self._depends], numpy.int8),
            numpy.array([each.asking for each in self._depends], bool),
        )
        return self._modes

    def like_rates(self, group: Column, form: Column, rates: Column) -> Column:
        """Rates that lead to the same reasons, one for all that agree in the columns that count.

        Where a group reads one column of the schedule, the form in that column tells it all.
        """
        import numpy

        _, width = self._like.shape
        forms = len(self.engine.ordinary.forms)
        if width < forms:
            wider = numpy.full((self._like.shape[0], forms + 256), -1, numpy.int64)
            wider[:, :width] = self._like
            self._like = wider
        column = numpy.array(self._one_column, numpy.int64)[group]
        one = (column >= 0).nonzero()[0]
        if len(one):
            at = (column[one], form[one])
            new = self._like[at] < 0
            self._like[at[0][new], at[1][new]] = rates[one][new]
            rates = rates.copy()
            rates[one] = self._like[at]
        return rates

    def _reason(self, at: int) -> tuple[int, ...]:
        """The number of the reason of a group where the rates of the line matter to it."""
        group, rates, has_value = at >> 32, (at & 0xFFFFFFFF) >> 1, at & 1
        situation = self.texts.first[group]
        equal = self._equal_totals(group, rates)
        key = (group, has_value, *equal)
        filed = self._filed(situation, rates)
        worth = Worth(10**9 if has_value else None, {})
        found = self.engine.ordinary.rates[rates]
        if key not in self._before:
            rate_in = None if equal[0] else self._rate_in(rates)
            self._before[key] = self.texts.doubts(situation, found, worth, rate_in)
        plain = self.engine.ordinary.forms[filed].kind == AD_VALOREM
        # A cap lacks what the ordinary duty lacks, and says so in the words of its situation.
        own = plain or bool(self.engine.reckoner.capped[situation])
        lack = (0 if plain else filed, group if own else 0, has_value)
        if lack not in self._lacks:
            self._lacks[lack] = self.texts.missing(situation, None if plain else found, worth)
        return (self.text("; ".join(filter(None, (self._before[key], self._lacks[lack])))),)

    def _rate_in(self, rates: int) -> RateIn:
        """The rates of a line by column."""
        ordinary = self.engine.ordinary

        def rate_in(column: Duty | None) -> int | None:
            if column is None:
                return 0
            form = ordinary.forms[ordinary.number(ordinary.column_number(column), rates)]
            return form.rate if form.kind == AD_VALOREM else None

        return rate_in

    def _column_of(self, situation: int, depends: Dependence) -> int:
        """The one column of the schedule that the totals of a situation read; -1 for several."""
        own = int(self.engine.reckoner.column[situation])
        number = self.engine.ordinary.column_number
        others = {number(total.column) for total in depends.totals} - {-1}
        return own if others <= {own} and own < len(self._like) else -1

    def _filed(self, situation: int, rates: int) -> int:
        """The form of the ordinary rate that is filed."""
        column = int(self.engine.reckoner.column[situation])
        return self.engine.ordinary.number(column, rates) if column >= 0 else 0

    def _equal_totals(self, group: int, rates: int) -> tuple[int, ...]:
        """Which totals of a group are equal at the rates of a line, as places of the first.

        A total that is not known is equal to none, and stands as -1.
        The rates themselves are named first where one of them has no exact form.
        """
        ordinary = self.engine.ordinary
        found: list[object] = []
        exact = True
        for total in self._depends[group].totals:
            form = ordinary.forms[0]
            if total.column is not None:
                form = ordinary.forms[ordinary.number(ordinary.column_number(total.column), rates)]
            exact = exact and form.kind != SINGLE
            found.append(total.at(form.rate) if form.kind == AD_VALOREM else None)
        places = (-1 if each is None else found.index(each) for each in found)
        return (0 if exact else 1 + rates, *places)

    def own_reason(self, key: tuple[int, ...], row: Mapping[str, str]) -> int:
        """The number of the reason of an entry whose line asks a question of its own."""
        if key not in self._reasons:
            (answer,) = answer_rows(self.register, self.schedule, [row], self.facts)
            self._reasons[key] = self.text(answer["reason"])
        return self._reasons[key]

    def _group_reason(self, group: int) -> int:
        key = (group,)
        if key not in self._reasons:
            first = self.texts.first[group]
            worth = Worth(10**9, {})
            parts = (
                self.texts.doubts(first, MIDDLE, worth, lambda column: None),
                self.texts.missing(first, None, worth),
            )
            self._reasons[key] = self.text("; ".join(filter(None, parts)))
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
