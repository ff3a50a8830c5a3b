"""The ordinary rates of lines as numbers: each text of the schedule read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.batch.engine.charges import HIGHEST
from detente.batch.engine.distinct import Distinct, distinct_numbers
from detente.batch.engine.pairs import NumberedPairs
from detente.batch.engine.stored_list import StoredDistinct
from detente.duty.amounts import (
    MILLION,
    UNPRINTED,
    ColumnRates,
    EntryValue,
    column_form,
    special_form,
)
from detente.duty.rates.amount import Missing, amount_of
from detente.duty.rates.form import RateForm
from detente.duty.rates.text import parse_rate
from detente.register.model import DutyRate

if TYPE_CHECKING:
    import numpy

    from detente.batch.engine.stored_list import StoredList
    from detente.goods.rate_table import PrintedRates

    Column = numpy.ndarray

NO_TEXT = 0
"""The number of a text that is empty."""

NOT_PRINTED = -1
"""In place of a form: the column "special" has none for the programs of a duty."""

AD_VALOREM, LACKING, SINGLE = 0, 1, 2
"""A share of the value; something that needs more than a value; whatever takes the single path."""


class OrdinaryForm(NamedTuple):
    """One ordinary rate: how it is computed, its millionths, and how it is written."""

    kind: int
    rate: int
    text: str


class CompiledForms(NamedTuple):
    """The forms that the build found.

    Attributes:
        rates: the distinct rates of lines.
        duties: the ordinary duty that reads each column.
        forms: the distinct forms.
        numbers: by column, that of none first, and rates: the place in `forms`.
    """

    rates: StoredList[ColumnRates]
    duties: Sequence[DutyRate]
    forms: Sequence[OrdinaryForm]
    numbers: Column


class OrdinaryRates:
    """The forms met so far, and which a line has in a column of the schedule.

    Attributes:
        rates: the distinct rates of lines.
        forms: the distinct forms.
    """

    def __init__(
        self, rates: Iterable[ColumnRates] = (), compiled: CompiledForms | None = None
    ) -> None:
        """Begin.

        Args:
            rates: distinct rates of lines.
            compiled: others with their forms, if the build worked them out.
        """
        import numpy

        self._rates = StoredDistinct(compiled.rates) if compiled else Distinct(rates)
        self.rates = self._rates.things
        # Form 0 is that of a situation without an ordinary duty.
        self._forms = Distinct(compiled.forms if compiled else [OrdinaryForm(AD_VALOREM, 0, "")])
        self.forms = self._forms.things
        self._duties: list[DutyRate] = [*compiled.duties] if compiled else []
        self._columns: Distinct[tuple[str, tuple[str, ...]]] = Distinct(
            (duty.column, duty.programs) for duty in self._duties
        )
        # The form is held beside its number: the identity of one that is gone may come again.
        self._by_reading: dict[int, tuple[RateForm, int]] = {}
        self._generals: dict[str, int] = {}
        self._specials: dict[tuple[int, str], int] = {}
        self._form_of = NumberedPairs(self._read_all, known=compiled.numbers if compiled else None)
        self._by_form = (numpy.zeros(0, numpy.int64), numpy.zeros(0, numpy.int8))
        self._line_with: dict[tuple[int, int], int] = {}
        self._texts: Distinct[str] = Distinct([""])
        self._lines = numpy.zeros((0, 3), numpy.int32)

    def rates_number(self, rates: ColumnRates) -> int:
        """The number of the rates of a line."""
        return self._rates.number(rates)

    def column_number(self, duty: DutyRate | None) -> int:
        """The number of a column of the schedule; -1 for none."""
        if duty is None:
            return -1
        number = self._columns.number((duty.column, duty.programs))
        if number == len(self._duties):
            self._duties.append(duty)
        return number

    def column_name(self, number: int) -> str:
        """The name of a column by its number; "" for none."""
        return self._duties[number].column if number >= 0 else ""

    def duty(self, column: int) -> DutyRate:
        """The ordinary duty that reads a column, by its number."""
        return self._duties[column]

    def numbers(self, column: Column, rates: Column) -> Column:
        """The form of each entry, by the column of its situation and the rates of its line."""
        # The first row is that of no column.
        return self._form_of.of(column + 1, rates, (1 + len(self._duties), len(self.rates)))

    def line_with(self, column: int, form: int) -> int:
        """The number of the first rates that have a form in a column."""
        if (column, form) not in self._line_with:
            self._line_with[column, form] = self._form_of.second(column + 1, form)
        return self._line_with[column, form]

    def compiled(self) -> tuple[Sequence[DutyRate], Sequence[OrdinaryForm], Column]:
        """The forms of all rates in all columns so far, for the build to keep."""
        import numpy

        columns, lines = 1 + len(self._duties), len(self.rates)
        column = numpy.arange(-1, columns - 1).repeat(lines)
        found = self.numbers(column, numpy.tile(numpy.arange(lines), columns))
        return self._duties, self.forms, found.reshape(columns, lines)

    def by_form(self) -> tuple[Column, Column]:
        """Millionths and kind of each form."""
        import numpy

        if len(self._by_form[0]) != len(self.forms):
            self._by_form = (
                numpy.array([form.rate for form in self.forms], numpy.int64),
                numpy.array([form.kind for form in self.forms], numpy.int8),
            )
        return self._by_form

    def _read_all(self, row: Column, rates: Column) -> Column:
        import numpy

        found = numpy.zeros(len(row), numpy.int64)
        for first in distinct_numbers(row).tolist():
            at = (row == first).nonzero()[0]
            if first:
                found[at] = self._read_column(first - 1, rates[at])
            forms, where = numpy.unique(found[at], return_index=True)
            for form, place in zip(forms.tolist(), where.tolist(), strict=True):
                self._line_with.setdefault((first - 1, form), int(rates[at[place]]))
        return found

    def _read_column(self, column: int, rates: Column) -> Column:
        """The forms of rates in one column: texts are far fewer than lines."""
        import numpy

        general, special, other = self._printed()[rates].T
        text = other if self._duties[column].column == "other" else general
        form = _by_text(special, lambda each: self._special(column, self._texts.things[each]))
        rest = (text == NO_TEXT) | (form == NOT_PRINTED)
        form[rest] = _by_text(text[rest], lambda each: self._general(self._texts.things[each]))
        return numpy.asarray(form)

    def _printed(self) -> Column:
        """The numbers of the texts of all rates: general, special, other."""
        import numpy

        if len(self._lines) < len(self.rates):
            number = self._texts.number
            new = [
                (number(line.general), number(line.special), number(line.other))
                for line in self.rates[len(self._lines) :]
            ]
            self._lines = numpy.concatenate([self._lines, numpy.array(new, numpy.int32)])
        return self._lines

    def _special(self, column: int, text: str) -> int:
        """The form of a text of the column "special" for a duty, or NOT_PRINTED."""
        if (column, text) not in self._specials:
            self._specials[column, text] = self._number(
                lambda: special_form(self._duties[column], text)
            )
        return self._specials[column, text]

    def _general(self, text: str) -> int:
        if text not in self._generals:
            self._generals[text] = self._number(lambda: parse_rate(text) if text else UNPRINTED)
        return self._generals[text]

    def _number(self, read: Callable[[], RateForm | None]) -> int:
        """The number of the form of a rate; of one that cannot be read the single path tells."""
        try:
            printed = read()
        except ValueError:
            return self._forms.number(OrdinaryForm(SINGLE, 0, ""))
        if printed is None:
            return NOT_PRINTED
        # Many texts have one rate, and one reading of it: known by itself, it costs no comparing.
        known = self._by_reading.get(id(printed))
        if known is None:
            known = self._by_reading[id(printed)] = (printed, self._forms.number(_form(printed)))
        return known[1]


def column_rates(rates: PrintedRates) -> ColumnRates:
    """The rates of a line by the columns that a duty may read."""
    return ColumnRates(rates.general, rates.other, rates.special)


def _by_text(texts: Column, read: Callable[[int], int]) -> Column:
    """What each text reads as, by its number; each distinct one is read once."""
    import numpy

    distinct, places = numpy.unique(texts, return_inverse=True)
    found: Column = numpy.array([read(each) for each in distinct.tolist()], numpy.int64)[places]
    return found


def _form(form: RateForm) -> OrdinaryForm:
    """The form of a rate: single where it is not a whole number of millionths."""
    share = form.ad_valorem()
    if share is not None:
        millionths = share * MILLION
        if millionths.denominator == 1 and millionths <= HIGHEST:
            return OrdinaryForm(AD_VALOREM, int(millionths), form.text())
        return OrdinaryForm(SINGLE, 0, form.text())
    # Tried with some value and nothing else: what is missing then is a quantity or a component.
    lacks = any(each.kind != "value" for each in amount_of(form, 10_000, {}, {}).missing)
    return OrdinaryForm(LACKING if lacks else SINGLE, 0, form.text())


def lacking(
    duty: DutyRate, rates: ColumnRates, entry_value: EntryValue
) -> tuple[tuple[Missing, ...], str]:
    """What an ordinary duty waits for beside a value, and its rate as people write it."""
    form = column_form(duty, rates)
    found = amount_of(form, entry_value.cents, entry_value.quantities, {})
    return tuple(each for each in found.missing if each.kind != "value"), form.text()
