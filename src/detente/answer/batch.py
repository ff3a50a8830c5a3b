"""A million entries: the answers of one question at a time, worked out once for all that are alike.

Entries of one situation share headings, layers and open questions; only arithmetic is done for
each. An entry whose figures the columns cannot hold, or whose open questions hang on its own
figures, is answered by the single path, and takes its place in the same order.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING
from detente.answer.batch_groups import Groups
from detente.answer.batch_readings import Heard
from detente.answer.batch_reasons import Reasons
from detente.answer.batch_rows import AREA, own_questions
from detente.answer.batch_said import KeptSaid
from detente.answer.batch_table import Answers, Table
from detente.answer.batch_texts import CaseMaker, Texts
from detente.answer.batch_unread import Unread
from detente.answer.batch_words import Read, Reader
from detente.answer.figures import dotted
from detente.answer.inheritance import inherit
from detente.duty.batch.distinct import Distinct
from detente.duty.batch.engine import Engine
from detente.duty.batch.kept import Kept
from detente.duty.batch.pairs import Pairs
from detente.duty.entry_facts import EntryFacts
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.clock import last_minute_of

if TYPE_CHECKING:
    import numpy
    import polars

    Column = numpy.ndarray


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

        Raises:
            FactError: a fact of every entry cannot be read.
        """
        import numpy
        import polars

        def inherited(code: str) -> dict[str, list[object]] | None:
            found = inherit(register, schedule, code)
            return None if found is None else found.members  # type: ignore[return-value]

        EntryFacts(register.facts, facts or {})  # a mistyped fact is no fault of the entries
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
        self.known = Distinct([""])
        self.groups = Groups(self.texts, self.engine.reckoner, self.engine.ordinary)
        self.reasons = Reasons(self.texts, self.groups, self.engine.ordinary, self.known)
        area = register.areas.get(AREA)
        self.unread = area and Unread(area, schedule, self.engine, self.known)
        self._layers = Pairs(self._layers_of)
        self._rates: list[str] = []
        self.heard = Heard(self.engine, schedule, self.facts)
        self._own: dict[tuple[int, ...], int] = {}
        self._line_texts = polars.Series([""], dtype=polars.String)
        self._longer = numpy.zeros(0, bool)
        self._late = numpy.zeros(0, bool)

    def answer(self, frame: polars.DataFrame) -> Answers:
        """The answers to a table; its columns are those of the interface."""
        return self.answer_read(frame, self.read(frame))

    def read(self, frame: polars.DataFrame) -> Read:
        """A table as numbers; one thread may read ahead while another answers what was read."""
        return self.reader.read(frame)

    def answer_read(self, frame: polars.DataFrame, read: Read) -> Answers:
        """The answers to a table that was read, in the order in which tables were."""
        return Table(self, frame, read).answers()

    def late(self) -> Column:
        """For each instant whether it lies after the day through which the law was read."""
        import numpy

        minutes = self.engine.minutes[:]
        if len(self._late) != len(minutes):
            area = self.register.areas.get(AREA)
            last = None if area is None else last_minute_of(area.reviewed_through)
            found = [last is not None and minute > last for minute in minutes[len(self._late) :]]
            self._late = numpy.append(self._late, numpy.array(found, bool))
        return self._late

    def line_texts(self) -> polars.Series:
        """Every code as the schedule prints it, by number, and last an empty text."""
        import polars

        codes = self.engine.codes[:]
        known = len(self._line_texts) - 1
        if known != len(codes):
            more = polars.Series([*map(dotted, codes[known:]), ""], dtype=polars.String)
            self._line_texts = self._line_texts.head(known).append(more).rechunk()
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

    def _layers_of(self, filed: Column, form: Column) -> list[int]:
        ways, forms = self.groups.filed, self.engine.ordinary.forms
        more = forms[len(self._rates) :]
        self._rates.extend(json.dumps(each.text, ensure_ascii=False) for each in more)
        rates, number = self._rates, self.known.number
        pairs = zip(filed.tolist(), form.tolist(), strict=True)
        return [number(ways[at][1].with_rate(rates[each])) for at, each in pairs]

    def own_reason(self, key: tuple[int, ...], row: Mapping[str, str]) -> int:
        """The number of the reason of an entry whose line asks a question of its own."""
        if key not in self._own:
            asked = own_questions(self.register, self.schedule, row, self.facts)
            self._own[key] = self.known.number(asked)
        return self._own[key]
