"""Levies: charges of a situation and an ordinary rate together, folded once for all who have both.

    rate of a layer = the ordinary rate, or the rate as it stands, or what a cap leaves above it
    share of the value = sum of the layers' rates

Entries are many and levies few, so an entry reads its rates and does no more than multiply.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.duty.batch.charges import Charge, Charged
from detente.duty.batch.ordinary import LACKING, SINGLE, Form, OrdinaryRates

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

UNKNOWN = -1
"""The share of a levy of which a part is not known."""

UNMET = -1

TAKES_SINGLE, TAKES_PARTS, LACKS, REACHES, NEEDS_VALUE = 1, 2, 4, 8, 16
"""Marks of a levy: it takes the single path; it is on parts of the value; its ordinary rate needs
more than the value; column 1 is at the cap or above; without a value it takes the single path."""


class Layer(NamedTuple):
    """A place for one rate on the whole value: levies have at most one in each."""

    family: str
    void: bool
    number: int


class Levy(NamedTuple):
    """Marks, the share of the value, and the rate of each layer that is not nil, in millionths."""

    marks: int
    share: int
    rates: tuple[tuple[Layer, int], ...]


class Levies:
    """The levies met so far as columns, and which kind of charges has which with what form.

    Attributes:
        kinds: distinct charges of situations; None where only the single path has the figures.
        layers: the layers that some levy has.
        rates: millionths by levy, one column a layer.
        share: millionths of the value by levy, all layers together; UNKNOWN where it is not known.
        marks: marks by levy, one bit each.
    """

    def __init__(self, ordinary: OrdinaryRates) -> None:
        import numpy

        self.ordinary = ordinary
        self.kinds: list[Charged | None] = []
        self._kinds: dict[Charged | None, int] = {}
        self.layers: list[Layer] = []
        self.rates: list[Column] = []
        self.share = numpy.zeros(0, numpy.int64)
        self.marks = numpy.zeros(0, numpy.uint8)
        self._numbers: dict[Levy, int] = {}
        self._table = numpy.full((0, 0), UNMET, numpy.int32)
        self._families: dict[str, tuple[int, dict[str, tuple[Column, Column]]]] = {}

    def kind(self, charged: Charged | None) -> int:
        """The number of the charges of a situation."""
        number = self._kinds.get(charged)
        if number is None:
            number = self._kinds[charged] = len(self.kinds)
            self.kinds.append(charged)
        return number

    def numbers(self, kind: Column, form: Column) -> Column:
        """The levy of each entry, by the kind of its charges and the form of its ordinary rate."""
        import numpy

        self._grow()
        width = self._table.shape[1]
        flat = self._table.reshape(-1)
        key = numpy.multiply(kind, width, dtype=numpy.intp)
        key += form
        found = flat.take(key)
        if found.min(initial=0) == UNMET:
            new = numpy.unique(key[found == UNMET])
            flat[new] = self._meet([divmod(each, width) for each in new.tolist()])
            found = flat.take(key)
        return found.astype(numpy.intp)

    def families(self, form: str) -> dict[str, tuple[Column, Column]]:
        """Families of charges of a form: which kinds have one, and which on the whole value."""
        import numpy

        size, found = self._families.get(form, (0, {}))
        if size == len(self.kinds):
            return found
        size, found = len(self.kinds), {}
        for kind, charged in enumerate(self.kinds):
            for charge in charged.charges if charged else ():
                if charge.form == form:
                    none = numpy.zeros(size, bool), numpy.zeros(size, bool)
                    held, whole = found.setdefault(charge.family, none)
                    held[kind] = True
                    whole[kind] |= not charged.parted and charge.rate * charge.factors[0] > 0
        self._families[form] = size, found
        return found

    def _grow(self) -> None:
        import numpy

        rows, width = self._table.shape
        kinds, forms = len(self.kinds), len(self.ordinary.forms)
        if kinds <= rows and forms <= width:
            return
        wider = (rows if kinds <= rows else 2 * kinds, width if forms <= width else 2 * forms)
        table = numpy.full(wider, UNMET, numpy.int32)
        table[:rows, :width] = self._table
        self._table = table

    def _meet(self, pairs: list[tuple[int, int]]) -> list[int]:
        """The numbers of the levies of kinds with forms that were not met yet."""
        import numpy

        numbers = []
        before = len(self._numbers)
        for kind, form in pairs:
            levy = _folded(self.kinds[kind], self.ordinary.forms[form])
            numbers.append(self._numbers.setdefault(levy, len(self._numbers)))
        new = list(self._numbers)[before:]
        self.share = _longer(self.share, [levy.share for levy in new])
        self.marks = _longer(self.marks, [levy.marks for levy in new])
        for layer in [layer for levy in new for layer, _ in levy.rates]:
            if layer not in self.layers:
                self.layers.append(layer)
                self.rates.append(numpy.zeros(before, numpy.int64))
        by_levy = [dict(levy.rates) for levy in new]
        for number, layer in enumerate(self.layers):
            more = [rates.get(layer, 0) for rates in by_levy]
            self.rates[number] = _longer(self.rates[number], more)
        return numbers


def _longer(column: Column, more: list[int]) -> Column:
    import numpy

    return numpy.concatenate([column, numpy.array(more, column.dtype)])


def _folded(charged: Charged | None, form: Form) -> Levy:
    """The levy of some charges with a form of the ordinary rate."""
    if charged is None or form.kind == SINGLE:
        return Levy(TAKES_SINGLE, UNKNOWN, ())
    marks, lacks = 0, form.kind == LACKING
    if lacks:
        marks |= LACKS
    if charged.parted:
        marks |= TAKES_PARTS
    if lacks and charged.capped:
        # A cap over a rate that lacks a quantity: what is left of its base hangs on the value.
        marks |= TAKES_SINGLE if charged.parted else NEEDS_VALUE
    rates: dict[Layer, int] = {}
    for charge in () if charged.parted else charged.charges:
        if charge.form == "cap" and charge.factors[0] and 0 < charge.rate <= form.rate:
            marks |= REACHES
        rate = rate_of(charge, form.rate) * charge.factors[0]
        if rate < 0:
            return Levy(TAKES_SINGLE, UNKNOWN, ())
        if rate:
            rates[_free(rates, charge)] = rate
    share = UNKNOWN if lacks or charged.open else sum(rates.values())
    return Levy(marks, share, tuple(rates.items()))


def rate_of(charge: Charge, ordinary: int) -> int:
    """Millionths of its base that a charge comes to beside an ordinary rate."""
    if charge.form == "column":
        return ordinary
    return max(charge.rate - ordinary, 0) if charge.form == "cap" else charge.rate


def _free(taken: dict[Layer, int], charge: Charge) -> Layer:
    """The first layer of a charge's family that is not taken."""
    number = 0
    while (layer := Layer(charge.family, charge.void, number)) in taken:
        number += 1
    return layer
