"""Columns of text as numbers: each distinct text is read once, by the rules of one question."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import COMPONENT, FactError, ValuePart, dollars
from detente.batch.engine.amounts import NO_VALUE, StatedPart
from detente.batch.engine.distinct import Distinct
from detente.batch.engine.engine import Engine
from detente.batch.engine.fact_patterns import FactPattern
from detente.batch.rows import FACT
from detente.core.tables.column_texts import as_text
from detente.core.tables.written import written_day
from detente.duty.amounts import MILLION
from detente.duty.quantity_units import is_unit
from detente.duty.question import country_of, entry_minute
from detente.goods.codes import CodeError, TariffCode

if TYPE_CHECKING:
    import numpy
    import polars

    Column = numpy.ndarray

BAD = -1
"""A cell that cannot be read: its row is answered by itself, with the reason."""

NO_FAULT = -1
NOT_STATED = 0
PLAIN_DOLLARS = r"^[0-9]{1,13}(\.[0-9]{1,2})?$"
PLAIN_QUANTITY = r"^[0-9]{0,15}[1-9][0-9]{0,15}(\.[0-9]{1,15})?$"
MOST_CENTS = 2**62


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


class DistinctTexts(NamedTuple):
    """A column as distinct texts, stripped, and for each row which it is."""

    texts: list[str]
    ids: Column

    def numbers(self, read: Callable[[str], int]) -> Column:
        """What each row's text reads as."""
        import numpy

        return numpy.array([read(text) for text in self.texts], numpy.int64)[self.ids]


class Dictionary:
    """The distinct texts of one column over all tables, each read once."""

    def __init__(self, read: Callable[[str], int]) -> None:
        import numpy
        import polars

        self._read = read
        # Categories of its own: shared ones would number the texts of all columns together.
        self._kind = polars.Categorical(polars.Categories.random())
        # The numbers of texts last as long as some series has them.
        self._categories = polars.Series([""], dtype=polars.String).cast(self._kind)
        self._numbers = numpy.zeros(0, numpy.int32)

    def numbers(self, column: polars.Series) -> Column:
        """What the text of each row reads as."""
        import numpy
        import polars

        coded = as_text(column).cast(self._kind)
        places = coded.to_physical().to_numpy()
        known = len(self._numbers)
        unknown = (places >= known).nonzero()[0]
        if len(unknown):
            new = coded.gather(unknown).unique()
            read = numpy.full(int(places.max()) + 1 - known, BAD, numpy.int32)
            at = new.to_physical().to_numpy() - known
            read[at] = [self._read(text.strip()) for text in new.cast(polars.String).to_list()]
            self._numbers = numpy.concatenate([self._numbers, read])
        found: Column = self._numbers.take(places)
        return found


def words_of(column: polars.Series) -> DistinctTexts:
    """The distinct texts of a column; an empty cell is an empty text."""
    import numpy
    import polars

    texts = as_text(column)
    coded = texts.cast(polars.Categorical(polars.Categories.random()))
    ids = coded.to_physical().to_numpy()
    distinct = coded.unique()
    places = distinct.to_physical().to_list()
    found = [""] * (max(places, default=-1) + 1)
    for place, text in zip(places, distinct.cast(polars.String).to_list(), strict=True):
        found[place] = text.strip()
    return DistinctTexts(found, ids.astype(numpy.int64))


class TableReader:
    """Reads tables for one engine; what was read once is remembered."""

    def __init__(self, engine: Engine, facts: Mapping[str, str]) -> None:
        self.engine = engine
        self.register = engine.law.register
        self.facts = facts
        self.reasons: list[str] = []
        self._code = Dictionary(self._read_code)
        self._instant = Dictionary(self._read_instant)
        self._place = Dictionary(self._read_place)
        self._destination = Dictionary(_destination)
        self._units: dict[str, bool] = {}
        self._patterns_of_facts: Distinct[FactPattern | None] = Distinct([None])

    def read(self, frame: polars.DataFrame) -> CodedTable:
        """A table as numbers."""
        import numpy

        code = self._code.numbers(frame["code"])
        instant = self._instant.numbers(frame["on"])
        place = self._place.numbers(frame["origin"])
        bad = (instant == BAD) | (place == BAD) | (code == BAD)
        if "destination" in frame.columns:
            bad |= self._destination.numbers(frame["destination"]) == BAD
        value = numpy.full(len(frame), NO_VALUE, numpy.int64)
        if "value" in frame.columns:
            value, unread = cents_of(frame["value"])
            bad |= unread
        if "base_rate" in frame.columns:
            bad |= _is_stated(frame["base_rate"])
        measured, unread = self._measured(frame)
        bad |= unread
        pattern, parts, unread = self._patterns(frame)
        bad |= unread
        misread = numpy.where(bad, NO_FAULT, numpy.maximum(BAD - 1 - code, NO_FAULT))
        return CodedTable(bad, misread, code, instant, place, pattern, value, parts, measured)

    def _measured(self, frame: polars.DataFrame) -> tuple[Column, Column]:
        """The rows with a quantity, and those of them that only the single path can read."""
        import polars

        none = polars.repeat("", len(frame), eager=True)
        measured = unread = none != ""
        measures: list[tuple[polars.Series, polars.Series]] = []
        for number, unit in (("quantity", "unit"), ("quantity2", "unit2")):
            if number in frame.columns:
                texts = _stripped(frame[number])
                units = _stripped(frame[unit]) if unit in frame.columns else none
                has = texts != ""
                measured |= has
                strange = ~texts.str.contains(PLAIN_QUANTITY) | ~self._are_units(units)
                unread |= has & strange
                measures.append((has, units))
        if len(measures) > 1:
            (first, units), (second, others) = measures
            unread |= first & second & (units == others)
        return measured.to_numpy(), unread.to_numpy()

    def _are_units(self, column: polars.Series) -> polars.Series:
        """Whether each text of a column names a unit of quantity."""
        for text in column.unique().to_list():
            if text not in self._units:
                self._units[text] = bool(text) and is_unit(self.engine.schedule, text)
        return column.is_in([text for text, known in self._units.items() if known])

    def _read_code(self, text: str) -> int:
        """The number of a code; for a text that is none, BAD - 1 less the place of its reason."""
        if not text:
            return BAD
        try:
            return self.engine.code(TariffCode.parse(text).digits)
        except CodeError as error:
            self.reasons.append(str(error))
            return BAD - len(self.reasons)

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

    def _patterns(
        self, frame: polars.DataFrame
    ) -> tuple[Column | None, dict[str, StatedPart], Column]:
        """Fact signs, parts of the value, and the rows with a fact that only one answer can read.

        A fact of every row stands where a row has none of its own.
        """
        import numpy

        own = {name.removeprefix(FACT): name for name in frame.columns if name.startswith(FACT)}
        unread = numpy.zeros(len(frame), bool)
        columns: list[tuple[str, Column, DistinctTexts]] = []
        parts: dict[str, StatedPart] = {}
        for key in sorted({*own, *self.facts}):
            words = self._fact_words(frame, key, own.get(key))
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

    def _fact_words(self, frame: polars.DataFrame, key: str, column: str | None) -> DistinctTexts:
        import numpy

        general = self.facts.get(key, "").strip()
        if column is None:
            return DistinctTexts([general], numpy.zeros(len(frame), numpy.int64))
        words = words_of(frame[column])
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


def _is_stated(column: polars.Series) -> Column:
    return (_stripped(column) != "").to_numpy()


def _stripped(column: polars.Series) -> polars.Series:
    return as_text(column).str.strip_chars()


def cents_of(column: polars.Series) -> tuple[Column, Column]:
    """Cents of a column of dollars, -1 where empty; and the rows that cannot be read."""
    import numpy
    import polars

    texts = as_text(column)
    plain = texts.str.contains(PLAIN_DOLLARS)
    if not plain.all():
        texts = texts.str.strip_chars()
        plain = texts.str.contains(PLAIN_DOLLARS)
    # Below 10^13 dollars a cent is far wider than the steps between two floats: this is exact.
    number = texts.cast(polars.Float64, strict=False).to_numpy()
    unread = numpy.zeros(len(texts), bool)
    if plain.all():
        return numpy.rint(number * 100).astype(numpy.int64), unread
    number = numpy.where(plain.to_numpy(), number, 0.0)
    cents = numpy.where(plain.to_numpy(), numpy.rint(number * 100), NO_VALUE).astype(numpy.int64)
    for at in (~plain & (texts != "")).arg_true().to_list():
        cents[at], unread[at] = _cents(texts[at])
    return cents, unread


def _cents(text: str) -> tuple[int, bool]:
    try:
        cents = dollars(text, "the value")
    except FactError:
        return NO_VALUE, True
    return (cents, False) if cents < MOST_CENTS else (NO_VALUE, True)


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
