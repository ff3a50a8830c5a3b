"""A million entries: the answers of one question at a time, worked out once for all that are alike.

Entries of one situation share headings, layers and open questions; only arithmetic is done for
each. An entry whose figures the columns cannot hold, or whose open questions hang on its own
figures, is answered by the single path, and takes its place in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente._shapes import TYPE_CHECKING
from detente.answer.batch_groups import Groups, Way
from detente.answer.batch_pairs import Known
from detente.answer.batch_rows import answer_rows
from detente.answer.batch_said import KeptSaid
from detente.answer.batch_table import OWN, Answers, Table
from detente.answer.batch_texts import CaseMaker, Texts
from detente.answer.batch_words import Read, Reader
from detente.answer.figures import dotted
from detente.answer.inheritance import inherit
from detente.duty.amounts import Worth
from detente.duty.batch.engine import Engine
from detente.duty.batch.kept import Kept
from detente.duty.batch.ordinary import AD_VALOREM, SINGLE, Form
from detente.duty.batch.pairs import UNMET, Pairs
from detente.goods.schedule import Schedule
from detente.register.book import Register

if TYPE_CHECKING:
    import numpy
    import polars

    Column = numpy.ndarray

MOST_COLUMNS = 64
"""Of columns of the schedule that lines with equal rates are told together by."""


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
        import polars

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
        said = () if kept is None else KeptSaid(kept)
        self.texts = Texts(self.maker, self.engine.situation, self.engine.reckoner.parts, said)
        self.known: list[str] = [""]
        self._numbers: dict[str, int] = {"": 0}
        self.groups = Groups(self.texts, self.engine.reckoner, self.engine.ordinary)
        self._layers = Pairs(self._layers_of)
        self._one_reason = numpy.zeros(0, numpy.int64)
        self._by_rates = Known(self._reasons_of)
        self._reasons: dict[tuple[int, ...], int] = {}
        self._lacks: dict[tuple[object, int, bool], str] = {}
        self._like = numpy.full((MOST_COLUMNS, 0), -1, numpy.int64)
        self._line_texts = polars.Series([""], dtype=polars.String)
        self._longer = numpy.zeros(0, bool)

    def answer(self, frame: polars.DataFrame) -> Answers:
        """The answers to a table; its columns are those of the interface."""
        return self.answer_read(frame, self.read(frame))

    def read(self, frame: polars.DataFrame) -> Read:
        """A table as numbers; one thread may read ahead while another answers what was read."""
        return self.reader.read(frame)

    def answer_read(self, frame: polars.DataFrame, read: Read) -> Answers:
        """The answers to a table that was read, in the order in which tables were."""
        return Table(self, frame, read).answers()

    def text(self, text: str) -> int:
        """The number of a text."""
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self.known)
            self.known.append(text)
        return number

    def line_texts(self) -> polars.Series:
        """Every code as the schedule prints it, by number, and last an empty text."""
        import polars

        codes = self.engine.codes[:]
        if len(self._line_texts) != len(codes) + 1:
            texts = [*map(dotted, codes), ""]
            self._line_texts = polars.Series(texts, dtype=polars.String)
        return self._line_texts

    def longer(self) -> Column:
        """For each code whether the law names longer ones under it."""
        import numpy

        codes = self.engine.codes[:]
        if len(self._longer) != len(codes):
            found = [bool(self.engine.law.longer(code)) for code in codes[len(self._longer) :]]
            self._longer = numpy.append(self._longer, numpy.array(found, bool))
        return self._longer

    def layers(self, filed: Column, form: Column) -> Column:
        """The text of the layers of each entry, by how it is filed and its ordinary rate."""
        size = len(self.groups.filed), len(self.engine.ordinary.forms)
        return self._layers.of(filed, form, size)

    def _layers_of(self, pairs: list[tuple[int, int]]) -> list[int]:
        filed, forms = self.groups.filed, self.engine.ordinary.forms
        return [self.text(filed[at][1].with_rate(forms[form].text)) for at, form in pairs]

    def one_reason(self, way: Column) -> Column:
        """The reason of each entry whose way to ask has but one."""
        import numpy

        more = self.groups.count - len(self._one_reason)
        if more:
            self._one_reason = numpy.append(self._one_reason, numpy.full(more, UNMET))
        found = self._one_reason[way]
        if found.min(initial=0) == UNMET:
            for new in numpy.unique(way[found == UNMET]).tolist():
                self._one_reason[new] = self._reason_of(self.groups.way(new))
            found = self._one_reason[way]
        return found

    def _reason_of(self, way: Way) -> int:
        parts = (way.said.asks.words(()), way.said.lacks[True])
        return self.text("; ".join(filter(None, parts)))

    def reasons_by_rates(
        self, way: Column, form: Column, rates: Column, has_value: Column
    ) -> Column:
        """The reason of each entry where the rates of its line matter to it."""
        key = way.astype("int64") << 32 | self._like_rates(way, form, rates) << 1 | has_value
        return self._by_rates.of(key)

    def _like_rates(self, way: Column, form: Column, rates: Column) -> Column:
        """Rates that lead to the same reasons, one for all that agree in the columns that count.

        Where totals read one column of the schedule, the form in that column tells it all.
        """
        import numpy

        _, width = self._like.shape
        forms = len(self.engine.ordinary.forms)
        if width < forms:
            wider = numpy.full((self._like.shape[0], forms + 256), -1, numpy.int64)
            wider[:, :width] = self._like
            self._like = wider
        column = self.groups.columns().one_column[way]
        one = ((column >= 0) & (column < MOST_COLUMNS)).nonzero()[0]
        found = rates.astype(numpy.int64)
        if len(one):
            at = (column[one], form[one])
            new = self._like[at] < 0
            self._like[at[0][new], at[1][new]] = found[one][new]
            found[one] = self._like[at]
        return found

    def _reasons_of(self, keys: Column) -> list[int]:
        """The numbers of the reasons of ways to ask at some rates."""
        import numpy

        numbers, rates, has_value = keys >> 32, (keys & 0xFFFFFFFF) >> 1, keys & 1
        ways = [self.groups.way(number) for number in numbers.tolist()]
        most = max(len(way.columns) for way in ways)
        columns = numpy.array([(*way.columns, *[-1] * (most - len(way.columns))) for way in ways])
        forms = [self.engine.ordinary.numbers(column, rates) for column in columns.T]
        asked = numpy.column_stack([numbers, has_value, *forms]).tolist()
        return [
            self._reason(way, tuple(key), each)
            for way, key, each in zip(ways, asked, rates.tolist(), strict=True)
        ]

    def _reason(self, way: Way, key: tuple[int, ...], rates: int) -> int:
        """The number of the reason of a way to ask, by its number, the value, and its forms."""
        number, has_value, *numbers = key
        forms = [self.engine.ordinary.forms[each] for each in numbers]
        if any(form.kind == SINGLE for form in forms):
            key = (*key, OWN, rates)
        found = self._reasons.get(key)
        if found is None:
            worth = Worth(10**9 if has_value else None, {})
            if len(key) == 2 + len(forms):
                asked = way.said.asks.words(_equal_totals(way, forms))
            else:
                asked = self.texts.doubts(way.situation, self.engine.ordinary.rates[rates], worth)
            filed = numbers[way.columns.index(way.column)] if way.column >= 0 else 0
            lacks = self._lacking(number, filed, rates, worth)
            found = self._reasons[key] = self.text("; ".join(filter(None, (asked, lacks))))
        return found

    def _lacking(self, number: int, filed: int, rates: int, worth: Worth) -> str:
        """What the duties of a way to ask wait for, with the form of the ordinary rate filed."""
        way, ordinary = self.groups.way(number), self.engine.ordinary
        lacks = way.said.lacks[worth.cents is not None]
        if ordinary.forms[filed].kind == AD_VALOREM:
            return lacks
        # Where nothing else lacks anything, the ordinary duty tells it all; a cap over it is told
        # by its layer, and what the build took together lacks the same.
        whose: object = number if way.capped or lacks else None
        if whose is not None and way.situation <= len(self.texts.kept):
            whose = way.said.filed, way.said.lacks
        key = (whose, filed, worth.cents is not None)
        if key not in self._lacks:
            self._lacks[key] = self.texts.missing(way.situation, ordinary.rates[rates], worth)
        return self._lacks[key]

    def own_reason(self, key: tuple[int, ...], row: Mapping[str, str]) -> int:
        """The number of the reason of an entry whose line asks a question of its own."""
        if key not in self._reasons:
            (answer,) = answer_rows(self.register, self.schedule, [row], self.facts)
            self._reasons[key] = self.text(answer["reason"])
        return self._reasons[key]


def _equal_totals(way: Way, forms: Sequence[Form]) -> list[int]:
    """Which totals of a way to ask are equal with some forms, as places of the first.

    A total that is not known is equal to none, and stands as -1.
    """
    found: list[int | None] = []
    for total, read in zip(way.said.depends.totals, way.reads, strict=True):
        form = forms[read] if read >= 0 else None
        if form is None:
            found.append(total.at(0))
        else:
            found.append(total.at(form.rate) if form.kind == AD_VALOREM else None)
    return [-1 if each is None else found.index(each) for each in found]
