"""Levies: charges of a situation and an ordinary rate together, folded once for all who have both.

    rate of a layer = the ordinary rate, or the rate as it stands, or what a cap leaves above it
    share of the value = sum of the layers' rates

Entries are many and levies few, so an entry reads its rates and does no more than multiply.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.batch.engine.charges import Charge, Charged
from detente.batch.engine.distinct import Distinct
from detente.batch.engine.ordinary import LACKING, SINGLE, Form, OrdinaryRates
from detente.batch.engine.pairs import Pairs

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

UNKNOWN = -1
"""The share of a levy of which a part is not known."""

TAKES_SINGLE, TAKES_PARTS, LACKS, REACHES, NEEDS_VALUE, CHARGES_AGAIN = 1, 2, 4, 8, 16, 32
"""Marks of a levy: it takes the single path; it is on parts of the value; its ordinary rate needs
more than the value; column 1 is at the cap or above; without a value it takes the single path;
it has a further layer."""


class Layer(NamedTuple):
    """A place for one rate on the whole value: levies have at most one in each."""

    family: str
    void: bool
    number: int


LayerRates = tuple[tuple[Layer, int], ...]


class Levy(NamedTuple):
    """Marks, the share of the value, and the rates that are not nil, in millionths.

    Rates in first layers of families stand apart from further ones, which few levies have.
    """

    marks: int
    share: int
    first: LayerRates
    further: LayerRates


class Layers:
    """Some layers, and the rates that levies have in them: ``[layer, levy]``, in millionths."""

    def __init__(self) -> None:
        import numpy

        self.layers: list[Layer] = []
        self.rates = numpy.zeros((0, 0), numpy.int64)

    def extend(self, levies: list[LayerRates]) -> None:
        """Add levies."""
        import numpy

        rows = {layer: row for row, layer in enumerate(self.layers)}
        for rates in levies:
            for layer, _ in rates:
                rows.setdefault(layer, len(rows))
        more = numpy.zeros((len(rows), len(levies)), numpy.int64)
        for number, rates in enumerate(levies):
            for layer, rate in rates:
                more[rows[layer], number] = rate
        before = numpy.zeros((len(rows), self.rates.shape[1]), numpy.int64)
        before[: len(self.layers)] = self.rates
        self.rates = numpy.concatenate([before, more], axis=1)
        self.layers = list(rows)


class Levies:
    """The levies met so far as columns, and which kind of charges has which with what form.

    Attributes:
        kinds: distinct charges of situations; None where only the single path has the figures.
        first: the first layers of families.
        further: those beside a first, which few levies have.
        share: millionths of the value by levy, all layers together; UNKNOWN where it is not known.
        marks: marks by levy, one bit each.
    """

    def __init__(self, ordinary: OrdinaryRates) -> None:
        import numpy

        self.ordinary = ordinary
        self._kinds: Distinct[Charged | None] = Distinct()
        self.kinds = self._kinds.things
        self.first = Layers()
        self.further = Layers()
        self.share = numpy.zeros(0, numpy.int64)
        self.marks = numpy.zeros(0, numpy.uint8)
        self._levies: Distinct[Levy] = Distinct()
        self._levy_of = Pairs(self._meet)
        self._families: dict[str, tuple[int, dict[str, tuple[Column, Column]]]] = {}

    def kind(self, charged: Charged | None) -> int:
        """The number of the charges of a situation."""
        return self._kinds.number(charged)

    def numbers(self, kind: Column, form: Column) -> Column:
        """The levy of each entry, by the kind of its charges and the form of its ordinary rate."""
        import numpy

        size = len(self.kinds), len(self.ordinary.forms)
        return self._levy_of.of(kind, form, size).astype(numpy.intp)

    def families(self, form: str) -> dict[str, tuple[Column, Column]]:
        """Families of charges of a form: which kinds have one, and which on the whole value."""
        import numpy

        size, found = self._families.get(form, (0, {}))
        if size == len(self.kinds):
            return found
        size, found = len(self.kinds), {}
        for kind, charged in enumerate(self.kinds):
            parted = charged is not None and charged.parted
            for charge in charged.charges if charged else ():
                if charge.form == form:
                    none = numpy.zeros(size, bool), numpy.zeros(size, bool)
                    held, whole = found.setdefault(charge.family, none)
                    held[kind] = True
                    whole[kind] |= not parted and charge.rate * charge.factors[0] > 0
        self._families[form] = size, found
        return found

    def _meet(self, kinds: Column, forms: Column) -> list[int]:
        """The numbers of the levies of kinds with forms that were not met yet."""
        import numpy

        known = len(self._levies)
        numbers = [
            self._levies.number(_folded(self.kinds[kind], self.ordinary.forms[form]))
            for kind, form in zip(kinds.tolist(), forms.tolist(), strict=True)
        ]
        new = self._levies.things[known:]
        share, marks = [levy.share for levy in new], [levy.marks for levy in new]
        self.share = numpy.append(self.share, numpy.array(share, numpy.int64))
        self.marks = numpy.append(self.marks, numpy.array(marks, numpy.uint8))
        self.first.extend([levy.first for levy in new])
        self.further.extend([levy.further for levy in new])
        return numbers


def _folded(charged: Charged | None, form: Form) -> Levy:
    """The levy of some charges with a form of the ordinary rate."""
    if charged is None or form.kind == SINGLE:
        return Levy(TAKES_SINGLE, UNKNOWN, (), ())
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
            return Levy(TAKES_SINGLE, UNKNOWN, (), ())
        if rate:
            rates[_free(rates, charge)] = rate
    share = UNKNOWN if lacks or charged.open else sum(rates.values())
    first = tuple(each for each in rates.items() if each[0].number == 0)
    further = tuple(each for each in rates.items() if each[0].number > 0)
    if further:
        marks |= CHARGES_AGAIN
    return Levy(marks, share, first, further)


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
