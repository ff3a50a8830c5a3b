"""Levies: charges of a situation and an ordinary rate together, folded once for all who have both.

    rate of a layer = the ordinary rate, or the rate as it stands, or what a cap leaves above it
    share of the value = sum of the layers' rates

Entries are many and levies few, so an entry reads its rates and does no more than multiply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.batch.engine.charges import ChargeNumbers, OutcomeCharges
from detente.batch.engine.distinct import Distinct, distinct_numbers
from detente.batch.engine.ordinary import LACKING, SINGLE, OrdinaryRates
from detente.batch.engine.pairs import NumberedPairs

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

UNKNOWN = -1
"""The share of a levy of which a part is not known."""

TAKES_SINGLE, TAKES_PARTS, LACKS, REACHES, NEEDS_VALUE, CHARGES_AGAIN = 1, 2, 4, 8, 16, 32
"""Marks of a levy: it takes the single path; it is on parts of the value; its ordinary rate needs
more than the value; column 1 is at the cap or above; without a value it takes the single path;
it has a further layer."""


FORMS = ("", "column", "add", "cap", "open")
"""Forms of a charge; "" where there is none."""


class RateSlot(NamedTuple):
    """A place for one rate on the whole value: levies have at most one in each."""

    family: str
    void: bool
    number: int


class Layers:
    """Some layers, and the rates that levies have in them: ``[layer, levy]``, in millionths."""

    def __init__(self) -> None:
        import numpy

        self.layers: list[RateSlot] = []
        self.rates = numpy.zeros((0, 0), numpy.int64)

    def extend(self, size: int, rates: Mapping[RateSlot, Column]) -> None:
        """Add as many levies as `size` says, with their rates by layer; nil in all others."""
        import numpy

        rows = {layer: row for row, layer in enumerate(self.layers)}
        for layer in rates:
            rows.setdefault(layer, len(rows))
        known = self.rates.shape[1]
        found = numpy.zeros((len(rows), known + size), numpy.int64)
        found[: len(self.layers), :known] = self.rates
        for layer, column in rates.items():
            found[rows[layer], known:] = column
        self.rates, self.layers = found, list(rows)


class Slots:
    """The charges of all kinds as columns, one place for each charge of a kind: ``[slot, kind]``.

    Attributes:
        form: the place in `FORMS`; 0 where a kind has no further charge.
        rate: millionths.
        factor: of the whole value.
        family: the number of its family and of whether it is void.
        families: family and void by number.
    """

    def __init__(self, kinds: Sequence[OutcomeCharges | None]) -> None:
        import numpy

        families: Distinct[tuple[str, bool]] = Distinct()
        rows = [
            [
                (FORMS.index(each.form), each.rate, each.factors[0], families.number(family(each)))
                for each in (() if kind is None or kind.parted else kind.charges)
            ]
            for kind in kinds
        ]
        slots = list(zip_longest(*rows, fillvalue=(0, 0, 0, 0)))
        table = numpy.array(slots, numpy.int64).reshape(len(slots), len(kinds), 4)
        self.form, self.rate, self.factor, self.family = numpy.moveaxis(table, 2, 0).copy()
        self.families = families.things


class RateVectors:
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
        self._kinds: Distinct[OutcomeCharges | None] = Distinct()
        self.kinds = self._kinds.things
        self.first = Layers()
        self.further = Layers()
        self.share = numpy.zeros(0, numpy.int64)
        self.marks = numpy.zeros(0, numpy.uint8)
        self._slots: Slots | None = None
        self._rate_vector_of = NumberedPairs(self._meet)
        self._families: dict[str, tuple[int, dict[str, tuple[Column, Column]]]] = {}

    def kind(self, charged: OutcomeCharges | None) -> int:
        """The number of the charges of a situation."""
        return self._kinds.number(charged)

    def numbers(self, kind: Column, form: Column) -> Column:
        """The levy of each entry, by the kind of its charges and the form of its ordinary rate."""
        import numpy

        size = len(self.kinds), len(self.ordinary.forms)
        return self._rate_vector_of.of(kind, form, size).astype(numpy.intp)

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

    def _meet(self, kinds: Column, forms: Column) -> Column:
        """The numbers of the levies of kinds with forms that were not met yet."""
        import numpy

        rates, of_form = (each[forms] for each in self.ordinary.by_form())
        none, parted, capped, opened = self._traits()[:, kinds]
        lacks = of_form == LACKING
        marks = numpy.where(lacks, LACKS, 0) | numpy.where(parted, TAKES_PARTS, 0)
        # A cap over a rate that lacks a quantity: what is left of its base hangs on the value.
        waits = numpy.where(parted, TAKES_SINGLE, NEEDS_VALUE)
        marks |= numpy.where(lacks & capped, waits, 0)
        found, reaches, refused = self._fold(kinds, rates)
        marks |= numpy.where(reaches, REACHES, 0)
        single = none | (of_form == SINGLE) | refused
        for column in found.values():
            # They may be below nothing, which the unsigned division of amounts cannot take.
            column[single] = 0
        further = {layer: each for layer, each in found.items() if layer.number}
        for column in further.values():
            marks |= numpy.where(column != 0, CHARGES_AGAIN, 0)
        share = sum(found.values(), numpy.zeros(len(kinds), numpy.int64))
        share[single | lacks | opened] = UNKNOWN
        known = len(self.share)
        self.share = numpy.append(self.share, share)
        marks = numpy.where(single, TAKES_SINGLE, marks).astype(numpy.uint8)
        self.marks = numpy.append(self.marks, marks)
        first = {layer: each for layer, each in found.items() if not layer.number}
        self.first.extend(len(kinds), first)
        self.further.extend(len(kinds), further)
        return numpy.arange(known, known + len(kinds))

    def _fold(
        self, kinds: Column, ordinary: Column
    ) -> tuple[dict[RateSlot, Column], Column, Column]:
        """Rates by layer; where a cap is reached; where a rate is below nothing.

        A charge takes the first layer of its family that no charge before it has taken; a nil
        rate takes none.
        """
        import numpy

        slots = self._of_kinds()
        found: dict[RateSlot, Column] = {}
        reaches, refused = numpy.zeros(len(kinds), bool), numpy.zeros(len(kinds), bool)
        taken = numpy.zeros((len(slots.families), len(kinds)), numpy.int8)
        entries = numpy.arange(len(kinds))
        for form, rate, factor, family in zip(
            *(each[:, kinds] for each in (slots.form, slots.rate, slots.factor, slots.family)),
            strict=True,
        ):
            capped = form == FORMS.index("cap")
            reaches |= capped & (factor != 0) & (rate > 0) & (rate <= ordinary)
            rate = numpy.where(capped, numpy.maximum(rate - ordinary, 0), rate)
            rate = numpy.where(form == FORMS.index("column"), ordinary, rate) * factor
            refused |= rate < 0
            number = taken[family, entries]
            some = rate != 0
            taken[family, entries] += some
            layers = family * len(slots.form) + number
            for each in distinct_numbers(layers[some]).tolist():
                which, at = divmod(each, len(slots.form))
                name, void = slots.families[which]
                layer = RateSlot(name, void, at)
                column = found.setdefault(layer, numpy.zeros(len(kinds), numpy.int64))
                column += numpy.where(layers == each, rate, 0)
        return found, reaches, refused

    def _of_kinds(self) -> Slots:
        if self._slots is None or self._slots.form.shape[1] != len(self.kinds):
            self._slots = Slots(self.kinds)
        return self._slots

    def _traits(self) -> Column:
        """Of each kind: whether the single path has it, its parts, its caps, and what it needs."""
        import numpy

        rows = [
            (True, False, False, False) if each is None else (False, *each[2:])
            for each in self.kinds
        ]
        return numpy.array(rows, bool).T


def family(charge: ChargeNumbers) -> tuple[str, bool]:
    """What the layers of a charge are told apart by, but for their number."""
    return charge.family, charge.void
