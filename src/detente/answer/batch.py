"""A million entries: the answers of one question at a time, worked out once for all that are alike.

Entries of one situation share headings, layers and open questions; only arithmetic is done for
each. An entry whose figures the columns cannot hold, or whose open questions hang on its own
figures, is answered by the single path, and takes its place in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente._shapes import TYPE_CHECKING
from detente.answer.batch_rows import answer_rows
from detente.answer.batch_said import read_said
from detente.answer.batch_table import Answers, Table
from detente.answer.batch_texts import ONE_REASON, CaseMaker, Dependence, Texts
from detente.answer.batch_words import Reader
from detente.answer.figures import dotted
from detente.answer.inheritance import inherit
from detente.duty.amounts import Worth
from detente.duty.batch.engine import Engine
from detente.duty.batch.kept import Kept
from detente.duty.batch.ordinary import AD_VALOREM, SINGLE
from detente.goods.schedule import Schedule
from detente.register.book import Register

if TYPE_CHECKING:
    import numpy
    import polars

    Column = numpy.ndarray

MOST_COLUMNS = 64
"""Of columns of the schedule that lines with equal rates are told together by."""


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


class Batch:
    """Answers tables of entries, one after the other, by one register."""

    def __init__(
        self,
        register: Register,
        schedule: Schedule,
        facts: Mapping[str, str] | None = None,
        *,
        compiled: bool = True,
    ) -> None:
        """Read the law.

        Args:
            register: the register asked.
            schedule: the goods schedule.
            facts: entry facts of every entry; an entry's own fact goes before.
            compiled: whether to take what the build worked out, where it did for this register.
        """
        import numpy

        def inherited(code: str) -> dict[str, list[object]] | None:
            found = inherit(register, schedule, code)
            return None if found is None else found.members  # type: ignore[return-value]

        self.register = register
        self.schedule = schedule
        self.facts = dict(facts or {})
        inheriting = inherited if schedule.imported_sha256 else None
        kept = Kept.of(register) if compiled else None
        self.engine = Engine(register, schedule, inheriting, kept=kept)  # type: ignore[arg-type]
        self.reader = Reader(self.engine, self.facts)
        self.maker = CaseMaker(register, "US", self.engine.cells.resolve)
        said = [] if kept is None else read_said(kept)
        self.texts = Texts(self.maker, self.engine.situation, self.engine.reckoner.parts, said)
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
        return Table(self, frame).answers()

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
            inexact, *places = equal
            asks = self.texts.asks(situation)
            words = self.texts.doubts(situation, found, worth) if inexact else asks.words(places)
            self._before[key] = words
        plain = self.engine.ordinary.forms[filed].kind == AD_VALOREM
        # A cap lacks what the ordinary duty lacks, and says so in the words of its situation.
        own = plain or bool(self.engine.reckoner.capped[situation])
        lack = (0 if plain else filed, group if own else 0, has_value)
        if lack not in self._lacks:
            self._lacks[lack] = self.texts.missing(situation, None if plain else found, worth)
        return (self.text("; ".join(filter(None, (self._before[key], self._lacks[lack])))),)

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
            parts = (
                self.texts.asks(first).words(()),
                self.texts.missing(first, None, Worth(10**9, {})),
            )
            self._reasons[key] = self.text("; ".join(filter(None, parts)))
        return self._reasons[key]
