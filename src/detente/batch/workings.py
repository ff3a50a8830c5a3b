"""What a batch has worked out so far: the law in columns, the texts of outcomes, reasons.

All of it is kept from one table to the next, so that each distinct outcome is described once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial

from detente._shapes import TYPE_CHECKING
from detente.applicability.entry_facts import EntryFacts
from detente.batch.documents import Documents
from detente.batch.engine.compiled import CompiledCells
from detente.batch.engine.distinct import Distinct, distinct_numbers
from detente.batch.engine.engine import Engine
from detente.batch.engine.pairs import MetNumbers, NumberedPairs
from detente.batch.groups import EntryGroups
from detente.batch.named import NamedCodes
from detente.batch.readings import AnnouncedReading
from detente.batch.reasons import Reasons
from detente.batch.rows import AREA, own_questions
from detente.batch.stated import CachedTexts
from detente.batch.texts import CaseMaker, OutcomeTexts
from detente.batch.unread import UnreadLaw
from detente.batch.words import TableReader
from detente.core.clock import last_minute_of
from detente.core.figures import dotted
from detente.duty.coverage import ban_words
from detente.goods.schedule import Schedule
from detente.register.book import Register

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray


class BatchWorkings:
    """The law in columns, and what it is described as, for the entries of one register."""

    def __init__(
        self,
        register: Register,
        schedule: Schedule,
        facts: Mapping[str, str] | None = None,
        *,
        compiled: bool = True,
        beneath: Engine | None = None,
    ) -> None:
        """Read the law.

        Args:
            register: the register asked.
            schedule: the goods schedule.
            facts: entry facts of every entry; an entry's own fact goes before.
            compiled: whether to take what the build worked out, where it did for this register.
            beneath: the engine of the register of which this one changes some records.

        Raises:
            FactError: a fact of every entry cannot be read.
        """
        import numpy

        EntryFacts(register.facts, facts or {})  # a mistyped fact is not a fault of the entries
        self.register = register
        self.schedule = schedule
        self.facts = dict(facts or {})
        cells = CompiledCells.of(register) if compiled else None
        self.engine = Engine(register, schedule, compiled=cells, beneath=beneath)
        self.reader = TableReader(self.engine, self.facts)
        self.maker = CaseMaker(register, "US", self.engine.cells.resolve)
        stated = () if cells is None else CachedTexts(cells)
        self.texts = OutcomeTexts(
            self.maker, self.engine.situation, self.engine.reckoner.parts, stated
        )
        self.known = Distinct([""])
        self.groups = EntryGroups(self.texts, self.engine.reckoner, self.engine.ordinary)
        self.reasons = Reasons(self.texts, self.groups, self.engine.ordinary, self.known)
        area = register.areas.get(AREA)
        self.unread = area and UnreadLaw(area, schedule, self.engine, self.known)
        self.documents = Documents(area.unread, self.engine, self.known) if area else None
        self._layers = NumberedPairs(self._layers_of)
        self._met = MetNumbers()
        self._rates: list[str] = []
        forbidding = [provision for _, provision in self.engine.law.forbidding]
        barred, heard = (
            None if cells is None else partial(cells.texts, name)
            for name in ("barred_codes", "heard_codes")
        )
        self.barred_codes = NamedCodes(register, forbidding, self.engine.codes, barred)
        self.heard = AnnouncedReading(self.engine, schedule, self.facts, heard)
        self._own: dict[tuple[int, ...], int] = {}
        self._forbidden: dict[int, tuple[str, ...]] = {}
        self._bars = () if cells is None else cells.numbers("bars")
        self._barring = [] if cells is None else [*map(tuple, cells.texts("barring"))]
        self._line_texts = [""]
        self._longer = numpy.zeros(0, bool)
        self._late = numpy.zeros(0, bool)

    def late(self) -> Column:
        """For each instant whether it lies after the day through which the law was read."""
        import numpy

        # A copy: the thread that reads the next table may add instants meanwhile.
        minutes = self.engine.minutes[:]
        if len(self._late) != len(minutes):
            area = self.register.areas.get(AREA)
            last = None if area is None else last_minute_of(area.reviewed_through)
            found = [last is not None and minute > last for minute in minutes[len(self._late) :]]
            self._late = numpy.append(self._late, numpy.array(found, bool))
        return self._late

    def line_texts(self) -> list[str]:
        """Every code as the schedule prints it, by number, and last an empty text."""
        codes = self.engine.codes[:]
        known = len(self._line_texts) - 1
        if known != len(codes):
            self._line_texts = [*self._line_texts[:known], *map(dotted, codes[known:]), ""]
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
        met = self._met.of(filed, len(self.groups.filed))
        size = len(self._met.met), len(self.engine.ordinary.forms)
        return self._layers.of(met, form, size)

    def _layers_of(self, met: Column, form: Column) -> list[int]:
        """The layers of ways to file by the order in which they were met."""
        ways, forms = self.groups.filed, self.engine.ordinary.forms
        filed = self._met.met[met]
        more = forms[len(self._rates) :]
        self._rates.extend(json.dumps(each.text, ensure_ascii=False) for each in more)
        rates, number = self._rates, self.known.number
        layers = {at: ways[at][1] for at in distinct_numbers(filed).tolist()}
        pairs = zip(filed.tolist(), form.tolist(), strict=True)
        return [number(layers[at].with_rate(rates[each])) for at, each in pairs]

    def own_reason(self, key: tuple[int, ...], row: Mapping[str, str]) -> int:
        """The number of the reason of an entry whose line asks a question of its own."""
        if key not in self._own:
            questions = own_questions(self.register, self.schedule, row, self.facts)
            self._own[key] = self.known.number(questions)
        return self._own[key]

    def forbidden(self, situation: int) -> tuple[str, ...]:
        """What the provisions of a situation say that forbid importation."""
        # To put a stack together for this takes longer than thousands of rows, so the build did.
        if 0 < situation <= len(self._bars):
            return self._barring[self._bars[situation - 1]]
        if situation not in self._forbidden:
            stack = self.engine.situation(situation).stack
            self._forbidden[situation] = () if stack is None else ban_words(stack)
        return self._forbidden[situation]
