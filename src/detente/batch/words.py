"""Columns of text as numbers: each distinct text is read once, by the rules of one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import COMPONENT, FactError, ValuePart
from detente.batch.columns import FACT, NO_VALUE
from detente.batch.engine.amounts import StatedPart
from detente.batch.engine.distinct import Distinct
from detente.batch.engine.engine import Engine
from detente.batch.engine.fact_patterns import FactPattern
from detente.batch.tables import BAD, MOST_CENTS, PLAIN_QUANTITY, Dictionary, DistinctTexts
from detente.core.tables.written import written_day
from detente.duty.amounts import MILLION
from detente.duty.quantity_units import is_unit
from detente.duty.question import country_of, entry_minute
from detente.goods.codes import CodeError, TariffCode

if TYPE_CHECKING:
    import numpy

    from detente.batch.tables import EntryTable

    Column = numpy.ndarray

NO_FAULT = -1
NOT_STATED = 0


class CodedTable(NamedTuple):
    """A table of entries as numbers.

    Attributes:
        bad: rows that only the single path can answer.
        misread: where a row's only fault is a code that is none, the place of why in
            `Reader.reasons`; else NO_FAULT.
        code: code number; here and below, what stands in a bad or a misread row means nothing.
        instant: instant number.
        place: place class.
        pattern: fact pattern, None where no row has facts.
        value: cents, -1 for none.
        given: parts of the value.
        measured: rows with a quantity.
    """

    bad: Column
    misread: Column
    code: Column
    instant: Column
    place: Column
    pattern: Column | None
    value: Column
    stated_parts: dict[str, StatedPart]
    measured: Column


class TableReader:
    """Reads tables for one engine; what was read once is remembered."""

    def __init__(self, engine: Engine, facts: Mapping[str, str]) -> None:
        self.engine = engine
        self.register = engine.law.register
        self.facts = facts
        self.reasons: list[str] = []
        self._code = Dictionary(self._read_code, self._read_codes)
        self._instant = Dictionary(self._read_instant)
        self._place = Dictionary(self._read_place)
        self._destination = Dictionary(_destination)
        self._units: dict[str, int] = {}
        self._patterns_of_facts: Distinct[FactPattern | None] = Distinct([None])

    def read(self, table: EntryTable) -> CodedTable:
        """A table as numbers."""
        import numpy

        code = table.numbers("code", self._code)
        instant = table.numbers("on", self._instant)
        place = table.numbers("origin", self._place)
        bad = (instant == BAD) | (place == BAD) | (code == BAD)
        if "destination" in table.columns:
            bad |= table.numbers("destination", self._destination) == BAD
        value = numpy.full(len(table), NO_VALUE, numpy.int64)
        if "value" in table.columns:
            value, unread = table.cents("value")
            bad |= unread
        if "base_rate" in table.columns:
            bad |= table.is_stated("base_rate")
        measured, unread = self._measured(table)
        bad |= unread
        pattern, parts, unread = self._patterns(table)
        bad |= unread
        misread = numpy.where(bad, NO_FAULT, numpy.maximum(BAD - 1 - code, NO_FAULT))
        return CodedTable(bad, misread, code, instant, place, pattern, value, parts, measured)

    def _measured(self, table: EntryTable) -> tuple[Column, Column]:
        """The rows with a quantity, and those of them that only the single path can read."""
        import numpy

        measured, unread = numpy.zeros(len(table), bool), numpy.zeros(len(table), bool)
        measures: list[tuple[Column, Column]] = []
        for number, unit in (("quantity", "unit"), ("quantity2", "unit2")):
            if number in table.columns:
                has = table.is_stated(number)
                measured |= has
                units = numpy.full(len(table), BAD, numpy.int64)
                if unit in table.columns:
                    units = table.words(unit).numbers(self._unit)
                unread |= has & (~table.matches(number, PLAIN_QUANTITY) | (units == BAD))
                measures.append((has, units))
        if len(measures) > 1:
            (first, units), (second, others) = measures
            unread |= first & second & (units == others)
        return measured, unread

    def _unit(self, text: str) -> int:
        """The number of a unit of quantity; BAD for a text that is none."""
        if text not in self._units:
            known = bool(text) and is_unit(self.engine.schedule, text)
            self._units[text] = len(self._units) if known else BAD
        return self._units[text]

    def _read_code(self, text: str) -> int:
        """The number of a code; for a text that is none, BAD - 1 less the place of its reason."""
        if not text:
            return BAD
        try:
            return self.engine.code(TariffCode.parse(text).digits)
        except CodeError as error:
            self.reasons.append(str(error))
            return BAD - len(self.reasons)

    def _read_codes(self, texts: Sequence[str]) -> list[int]:
        """The numbers of codes; most are digits that the schedule has, and need no reading."""
        known = self.engine.take_codes(texts)
        return [known[text] if text in known else self._read_code(text) for text in texts]

    def _read_instant(self, text: str) -> int:
        zone = self.register.zones[self.engine.law.destination]
        try:
            return self.engine.instant(entry_minute(written_day(text), zone)) if text else BAD
        except ValueError:
            return BAD

    def _read_place(self, text: str) -> int:
        try:
            country = country_of(self.register, text) if text else ""
        except ValueError:
            country = ""
        return self.engine.law.place_class.get(country, BAD)

    def _patterns(self, table: EntryTable) -> tuple[Column | None, dict[str, StatedPart], Column]:
        """Fact signs, parts of the value, and the rows with a fact that only one answer can read.

        A fact of every row stands where a row has none of its own.
        """
        import numpy

        own = {name.removeprefix(FACT): name for name in table.columns if name.startswith(FACT)}
        unread = numpy.zeros(len(table), bool)
        columns: list[tuple[str, Column, DistinctTexts]] = []
        parts: dict[str, StatedPart] = {}
        for key in sorted({*own, *self.facts}):
            words = self._fact_words(table, key, own.get(key))
            if not any(words.texts):
                continue
            numbers = words.numbers(lambda text, key=key: self._fact(key, text))  # type: ignore[misc]
            unread |= numbers == BAD
            columns.append((key, numpy.maximum(numbers, NOT_STATED), words))
            if key in self.engine.patterns.parts:
                parts[key], odd = _stated_part(words, key, self.engine)
                unread |= odd
        if not columns:
            return None, parts, unread
        return self._combined(columns), parts, unread

    def _fact_words(self, table: EntryTable, key: str, column: str | None) -> DistinctTexts:
        import numpy

        general = self.facts.get(key, "").strip()
        if column is None:
            return DistinctTexts([general], numpy.zeros(len(table), numpy.int64))
        words = table.words(column)
        return words._replace(texts=[text or general for text in words.texts])

    def _fact(self, key: str, text: str) -> int:
        if not text:
            return NOT_STATED
        # A rate on a named component is charged by the single path alone.
        if key.startswith(COMPONENT):
            return BAD
        try:
            pattern = self.engine.patterns.pattern_of(key, text)
        except FactError:
            return BAD
        return self._patterns_of_facts.number(pattern)

    def _combined(self, columns: list[tuple[str, Column, DistinctTexts]]) -> Column:
        """One sign for the facts of a row together."""
        import numpy

        table = numpy.stack([numbers for _, numbers, _ in columns], axis=1).astype(numpy.int32)
        distinct, first, where = numpy.unique(table, axis=0, return_index=True, return_inverse=True)
        patterns = numpy.empty(len(distinct), numpy.int64)
        for place, (row, at) in enumerate(zip(distinct.tolist(), first.tolist(), strict=True)):
            found = [self._patterns_of_facts.things[number] for number in row]
            texts = {
                key: words.texts[words.ids[at]]
                for (key, _, words), number in zip(columns, row, strict=True)
                if number
            }
            pattern = tuple(each for each in found if each is not None)
            patterns[place] = self.engine.patterns.number(pattern, texts)
        return patterns[where.reshape(-1)]


def _destination(text: str) -> int:
    return NOT_STATED if text.upper() in ("", "US") else BAD


def _stated_part(words: DistinctTexts, key: str, engine: Engine) -> tuple[StatedPart, Column]:
    """A part of the value in numbers, and the rows where it is not a whole number of them."""
    import numpy

    from detente.applicability.entry_facts import EntryFacts

    cents = numpy.full(len(words.texts), BAD, numpy.int64)
    millionths = numpy.full(len(words.texts), BAD, numpy.int64)
    odd = numpy.zeros(len(words.texts), bool)
    for place, text in enumerate(words.texts):
        if not text:
            continue
        try:
            part = EntryFacts(engine.patterns.known, {key: text}).value(key)
        except FactError:
            continue
        if isinstance(part, ValuePart) and part.cents is not None:
            # Above every value, so its row takes the single path; more would not fit the column.
            cents[place] = min(part.cents, MOST_CENTS)
        elif isinstance(part, ValuePart) and part.share is not None:
            scaled = part.share * MILLION
            odd[place] = scaled.denominator != 1
            millionths[place] = int(scaled)
    return StatedPart(cents[words.ids], millionths[words.ids]), odd[words.ids]
