"""The ordinary rates of lines as numbers: each text of the schedule read once."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.duty.amounts import MILLION, ColumnRates, column_form
from detente.duty.batch.charges import HIGHEST
from detente.duty.batch.pairs import Pairs
from detente.duty.rate_form import RateForm
from detente.register.model import Duty

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

AD_VALOREM, LACKING, SINGLE = 0, 1, 2
"""A share of the value; something that needs more than a value; whatever takes the single path."""


class Form(NamedTuple):
    """One ordinary rate: how it is computed, its millionths, and how it is written."""

    kind: int
    rate: int
    text: str


class OrdinaryRates:
    """The forms met so far, and which a line has in a column of the schedule."""

    def __init__(self) -> None:
        import numpy

        self.rates: list[ColumnRates] = []
        self.forms: list[Form] = [Form(AD_VALOREM, 0, "")]
        """Form 0 is that of a situation without an ordinary duty."""
        self._columns: dict[tuple[object, ...], int] = {}
        self._duties: list[Duty] = []
        self._numbers: dict[Form, int] = {}
        self._by_reading: dict[int, tuple[RateForm, int]] = {}
        self._rates: dict[ColumnRates, int] = {}
        self._form_of = Pairs(self._read_all)
        self._by_form = (numpy.zeros(0, numpy.int64), numpy.zeros(0, numpy.int8))

    def rates_number(self, rates: ColumnRates) -> int:
        """The number of the rates of a line."""
        number = self._rates.get(rates)
        if number is None:
            number = self._rates[rates] = len(self.rates)
            self.rates.append(rates)
        return number

    def column_number(self, duty: Duty | None) -> int:
        """The number of a column of the schedule; -1 for none."""
        if duty is None:
            return -1
        key = (duty.column, duty.programs)
        if key not in self._columns:
            self._columns[key] = len(self._duties)
            self._duties.append(duty)
        return self._columns[key]

    def numbers(self, column: Column, rates: Column) -> Column:
        """The form of each entry, by the column of its situation and the rates of its line."""
        # The first row is that of no column.
        return self._form_of.of(column + 1, rates, (1 + len(self._duties), len(self.rates)))

    def by_form(self) -> tuple[Column, Column]:
        """Millionths and kind of each form."""
        import numpy

        if len(self._by_form[0]) != len(self.forms):
            self._by_form = (
                numpy.array([form.rate for form in self.forms], numpy.int64),
                numpy.array([form.kind for form in self.forms], numpy.int8),
            )
        return self._by_form

    def _read_all(self, pairs: list[tuple[int, int]]) -> list[int]:
        return [self._read(row - 1, rates) if row else 0 for row, rates in pairs]

    def _read(self, column: int, rates: int) -> int:
        try:
            printed = column_form(self._duties[column], self.rates[rates])
        except ValueError:
            return self._number(Form(SINGLE, 0, ""))
        # Many lines have one rate, and one reading of it: known by itself, it costs no comparing.
        known = self._by_reading.get(id(printed))
        if known is None:
            known = self._by_reading[id(printed)] = (printed, self._number(_form(printed)))
        return known[1]

    def _number(self, form: Form) -> int:
        if form not in self._numbers:
            self._numbers[form] = len(self.forms)
            self.forms.append(form)
        return self._numbers[form]


def _form(form: RateForm) -> Form:
    """The form of a rate: single where it is no whole number of millionths."""
    share = form.ad_valorem()
    if share is not None:
        millionths = share * MILLION
        if millionths.denominator == 1 and millionths <= HIGHEST:
            return Form(AD_VALOREM, int(millionths), form.text())
        return Form(SINGLE, 0, form.text())
    lacks = any(each.kind != "value" for each in form.amount(10_000, {}, {}).missing)
    return Form(LACKING if lacks else SINGLE, 0, form.text())
