"""The ordinary rates of lines as numbers: each text of the schedule read once."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.batch.engine.charges import HIGHEST
from detente.batch.engine.distinct import Distinct
from detente.batch.engine.pairs import Pairs
from detente.duty.amounts import MILLION, ColumnRates, column_form
from detente.duty.rate_amount import amount_of
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
    """The forms met so far, and which a line has in a column of the schedule.

    Attributes:
        rates: the distinct rates of lines.
        forms: the distinct forms.
    """

    def __init__(self) -> None:
        import numpy

        self._rates: Distinct[ColumnRates] = Distinct()
        self.rates = self._rates.things
        # Form 0 is that of a situation without an ordinary duty.
        self._forms = Distinct([Form(AD_VALOREM, 0, "")])
        self.forms = self._forms.things
        self._columns: Distinct[tuple[str, tuple[str, ...]]] = Distinct()
        self._duties: list[Duty] = []
        self._by_reading: dict[int, tuple[RateForm, int]] = {}
        self._form_of = Pairs(self._read_all)
        self._by_form = (numpy.zeros(0, numpy.int64), numpy.zeros(0, numpy.int8))
        self._line_with: dict[tuple[int, int], int] = {}

    def rates_number(self, rates: ColumnRates) -> int:
        """The number of the rates of a line."""
        return self._rates.number(rates)

    def column_number(self, duty: Duty | None) -> int:
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

    def numbers(self, column: Column, rates: Column) -> Column:
        """The form of each entry, by the column of its situation and the rates of its line."""
        # The first row is that of no column.
        return self._form_of.of(column + 1, rates, (1 + len(self._duties), len(self.rates)))

    def line_with(self, column: int, form: int) -> int:
        """The number of the first rates that have a form in a column."""
        return self._line_with[column, form]

    def by_form(self) -> tuple[Column, Column]:
        """Millionths and kind of each form."""
        import numpy

        if len(self._by_form[0]) != len(self.forms):
            self._by_form = (
                numpy.array([form.rate for form in self.forms], numpy.int64),
                numpy.array([form.kind for form in self.forms], numpy.int8),
            )
        return self._by_form

    def _read_all(self, row: Column, rates: Column) -> list[int]:
        found = []
        for first, number in zip(row.tolist(), rates.tolist(), strict=True):
            form = self._read(first - 1, number) if first else 0
            self._line_with.setdefault((first - 1, form), number)
            found.append(form)
        return found

    def _read(self, column: int, rates: int) -> int:
        try:
            printed = column_form(self._duties[column], self.rates[rates])
        except ValueError:
            return self._forms.number(Form(SINGLE, 0, ""))
        # Many lines have one rate, and one reading of it: known by itself, it costs no comparing.
        known = self._by_reading.get(id(printed))
        if known is None:
            known = self._by_reading[id(printed)] = (printed, self._forms.number(_form(printed)))
        return known[1]


def _form(form: RateForm) -> Form:
    """The form of a rate: single where it is no whole number of millionths."""
    share = form.ad_valorem()
    if share is not None:
        millionths = share * MILLION
        if millionths.denominator == 1 and millionths <= HIGHEST:
            return Form(AD_VALOREM, int(millionths), form.text())
        return Form(SINGLE, 0, form.text())
    lacks = any(each.kind != "value" for each in amount_of(form, 10_000, {}, {}).missing)
    return Form(LACKING if lacks else SINGLE, 0, form.text())
