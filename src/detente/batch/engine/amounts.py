"""Amounts of many entries at once, in exact 64-bit integers.

    part = round half up(share x value)        amount = round half up(rate x base / million)
    effective rate = sum of rate x base over the value, to six places half even

What is not sure to fit, or to be plain, is left to the single path; nothing is approximated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.batch.columns import NO_VALUE
from detente.batch.engine.charges import (
    ChargeNumbers,
    NotPlainError,
    OutcomeCharges,
    charged,
    parts_of,
)
from detente.batch.engine.distinct import distinct_numbers
from detente.batch.engine.ordinary import OrdinaryRates
from detente.batch.engine.rate_vectors import (
    CHARGES_AGAIN,
    LACKS,
    NEEDS_VALUE,
    REACHES,
    TAKES_PARTS,
    TAKES_SINGLE,
    UNKNOWN,
    RateSlot,
    RateVectors,
)
from detente.batch.engine.situations import Situation
from detente.duty.amounts import MILLION
from detente.register.model import Base

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

PLAIN, PARTED, SINGLE_PATH = 0, 1, 2
"""What a situation needs: one base, parts of the value, or the single path."""

LARGEST = 10**11
"""Cents: a larger value takes the single path, since rate times value must fit in 64 bits."""


class StatedPart(NamedTuple):
    """A part of the value as the importers gave it, by entry.

    Attributes:
        cents: cents, where it was given in money; else -1.
        millionths: millionths of the value, where it was given as a share; else -1.
    """

    cents: Column
    millionths: Column


class CompiledCharges(NamedTuple):
    """What the build says that situations charge.

    Attributes:
        charges: the distinct charges; None where only the single path has the figures.
        numbers: by situation, from number 1 on, the place in `charges`.
    """

    charges: Sequence[OutcomeCharges | None]
    numbers: Column


class EntryAmounts(NamedTuple):
    """What entries owe.

    Attributes:
        single: entries that take the single path; their figures here mean nothing.
        lacking: entries whose ordinary duty needs more than the value; it and the totals are open.
        form: number of the ordinary rate's form.
        reached: entries whose column 1 is at the cap or above.
        share: millionths of the value, all duties together; -1 where it is not known.
        family: cents by family; only families that some entry has.
        total: cents of all duties.
        refundable: cents of those that were never owed.
    """

    single: Column
    lacking: Column
    form: Column
    reached: Column
    share: Column
    family: dict[str, Column]
    total: Column
    refundable: Column


class AmountCalculator:
    """Situations as columns, and the arithmetic over them."""

    def __init__(
        self,
        situations: Sequence[Situation | None],
        bases: Mapping[str, Base],
        ordinary: OrdinaryRates,
        compiled: CompiledCharges | None = None,
    ) -> None:
        import numpy

        self.situations = situations
        self.bases = bases
        self.parts = parts_of(bases)
        self.ordinary = ordinary
        self.rate_vectors = RateVectors(ordinary)
        self._compiled = compiled
        self.charged: list[OutcomeCharges | None] = []
        self._kinds: dict[tuple[int, int], int] = {}
        self.size = 1024
        self.kind = numpy.zeros(self.size, numpy.int32)
        self.need = numpy.full(self.size, SINGLE_PATH, numpy.int8)
        self.column = numpy.full(self.size, -1, numpy.int32)
        self.capped = numpy.zeros(self.size, bool)
        self.open = numpy.zeros(self.size, bool)

    def figures(
        self, situation: Column, rates: Column, value: Column, parts: Mapping[str, StatedPart]
    ) -> EntryAmounts:
        """What each entry owes.

        Args:
            situation: number of the situation of each entry.
            rates: number of the rates of each entry's line.
            value: cents of each entry; -1 where it has none.
            parts: parts of the value by entry fact.
        """
        import numpy

        self.extend()
        situation = situation.astype(numpy.intp, copy=False)
        kind = self.kind.take(situation)
        form = self.ordinary.numbers(self.column.take(situation), rates)
        rate_vector = self.rate_vectors.numbers(kind, form)
        marks = self.rate_vectors.marks.take(rate_vector)
        single = (marks & TAKES_SINGLE) != 0
        # Rates of value zero have no share, and a larger product would not fit sixty-three bits.
        single |= (value > LARGEST) | (value == 0)
        lacking = (marks & LACKS) != 0
        single |= ((marks & NEEDS_VALUE) != 0) & (value == NO_VALUE)
        sums = _CallSums(self.parts, self.rate_vectors, value, rate_vector, marks)
        parted = ((marks & TAKES_PARTS) != 0) & ~single
        if parted.any():
            rows = parted.nonzero()[0]
            ordinary = self.ordinary.by_form()[0][form[rows]]
            single[rows] = sums.add_parted(rows, kind[rows], ordinary, parts)
            # The parts wrote a share over these rows too, whose ordinary duty is still open.
            sums.share[lacking] = UNKNOWN
        return EntryAmounts(
            single,
            lacking,
            form,
            sums.reached,
            sums.share,
            sums.family,
            sums.total,
            sums.refundable,
        )

    def rates_by_family(self, situation: Column, rates: Column) -> dict[str, Column]:
        """Millionths of the value by family, for plain situations with a share of the value."""
        self.extend()
        form = self.ordinary.numbers(self.column[situation], rates)
        rate_vector = self.rate_vectors.numbers(self.kind[situation], form)
        found: dict[str, Column] = {}
        for some in (self.rate_vectors.first, self.rate_vectors.further):
            for layer, by_rate_vector in zip(some.layers, some.rates, strict=True):
                found[layer.family] = found.get(layer.family, 0) + by_rate_vector[rate_vector]
        return found

    def cap_families(self, situation: Column) -> list[tuple[str, Column, Column]]:
        """Families of caps: the entries that have one, and those where it is on the whole value."""
        kind = self.kind[situation]
        return [
            (family, held[kind], whole[kind])
            for family, (held, whole) in self.rate_vectors.families("cap").items()
        ]

    def open_families(self, situation: Column) -> list[tuple[str, Column]]:
        """Families of duties that need more than a value, and the entries that have one."""
        kind = self.kind[situation]
        return [
            (family, held[kind]) for family, (held, _) in self.rate_vectors.families("open").items()
        ]

    def ordinary_families(self) -> set[str]:
        """The families of ordinary duties."""
        return set(self.rate_vectors.families("column"))

    def extend(self) -> None:
        """Take up the situations that were met since the last time."""
        known, count = len(self.charged), len(self.situations)
        # Doubled, so that situations which are met one by one do not copy the columns each time.
        while count > self.size:
            self._double()
        if known == count:
            return
        new = slice(known, count)
        kinds = self.kind[new] = self._kinds_of(known, count)
        self.charged += map(self.rate_vectors.kinds.__getitem__, kinds.tolist())
        need, column, capped, is_open = self._traits(distinct_numbers(kinds))
        self.need[new], self.column[new] = need[kinds], column[kinds]
        self.capped[new], self.open[new] = capped[kinds], is_open[kinds]

    def _kinds_of(self, known: int, count: int) -> Column:
        """The kinds of the charges of situations; of those that the build has at one stroke."""
        import numpy

        described = numpy.zeros(0, numpy.int64)
        if known == 0:
            none = self.rate_vectors.kind(None)
            if self._compiled is not None:
                kinds = numpy.array([*map(self.rate_vectors.kind, self._compiled.charges)])
                described = kinds[self._compiled.numbers]
            # Number 0 is a cell that was not met: it must never pass for one that owes nothing.
            described = numpy.append(none, described)
        rest = [self._kind_of(number) for number in range(known + len(described), count)]
        return numpy.append(described, numpy.array(rest, numpy.int64))

    def _kind_of(self, number: int) -> int:
        situation = self.situations[number]
        return self.rate_vectors.kind(None) if situation is None else self._kind(situation)

    def _traits(self, kinds: Column) -> tuple[Column, Column, Column, Column]:
        """By kind what its situations need, the column they pay, and whether capped or open."""
        import numpy

        size = len(self.rate_vectors.kinds)
        need, column = numpy.full(size, SINGLE_PATH, numpy.int8), numpy.full(size, -1, numpy.int32)
        capped, is_open = numpy.zeros(size, bool), numpy.zeros(size, bool)
        for kind in kinds.tolist():
            found = self.rate_vectors.kinds[kind]
            if found is not None:
                need[kind] = PARTED if found.parted else PLAIN
                column[kind] = self.ordinary.column_number(found.column)
                capped[kind], is_open[kind] = found.capped, found.open
        return need, column, capped, is_open

    def _kind(self, situation: Situation) -> int:
        """The kind of a situation's charges: one for all of its stack and its facts."""
        # Stacks that say the same are one object, and its situation keeps it alive: no id comes
        # twice.
        key = (id(situation.stack), situation.cell.pattern)
        if key not in self._kinds:
            self._kinds[key] = self.rate_vectors.kind(_charged(situation, self.bases))
        return self._kinds[key]

    def _double(self) -> None:
        import numpy

        def twice(column: Column, rest: int) -> Column:
            return numpy.concatenate([column, numpy.full(self.size, rest, column.dtype)])

        self.kind = twice(self.kind, 0)
        self.need = twice(self.need, SINGLE_PATH)
        self.column = twice(self.column, -1)
        self.capped = twice(self.capped, 0)
        self.open = twice(self.open, 0)
        self.size *= 2


def _charged(situation: Situation, bases: Mapping[str, Base]) -> OutcomeCharges | None:
    """The charges of a situation; None where only the single path has its figures."""
    try:
        return charged(situation, bases)
    except NotPlainError:
        return None


class _CallSums:
    """Sums of one call: duties on the whole value, and then those on parts of it."""

    def __init__(
        self,
        parts: Sequence[str],
        rate_vectors: RateVectors,
        value: Column,
        rate_vector: Column,
        marks: Column,
    ) -> None:
        import numpy

        self.parts = parts
        self.rate_vectors = rate_vectors
        self.value = value
        self.share = rate_vectors.share.take(rate_vector)
        self.reached = (marks & REACHES) != 0
        # Clipped against overflow: entries beyond the largest value take the single path anyway.
        base = numpy.clip(value, 0, LARGEST)
        cents = rate_vectors.first.rates.take(rate_vector, axis=1)
        # In place, since `take` gave a copy: the rates of the rate vectors stay as they are.
        cents *= base
        _per_million(cents)
        # Before the rows become the columns of families, which later layers are added to in place.
        self.total = cents.sum(axis=0)
        self.refundable = numpy.zeros(len(value), numpy.int64)
        self.family: dict[str, Column] = {}
        for layer, row in zip(rate_vectors.first.layers, cents, strict=True):
            self._add(layer, row)
        again = ((marks & CHARGES_AGAIN) != 0).nonzero()[0]
        if len(again):
            cents = _per_million(
                rate_vectors.further.rates.take(rate_vector[again], axis=1) * base[again]
            )
            for layer, row in zip(rate_vectors.further.layers, cents, strict=True):
                self._add_some(layer, again, row)

    def _add(self, layer: RateSlot, cents: Column) -> None:
        """Add the amounts of a layer, which may become the column of its family."""
        if layer.void:
            self.refundable += cents
        if layer.family in self.family:
            self.family[layer.family] += cents
        else:
            self.family[layer.family] = cents

    def _add_some(self, layer: RateSlot | ChargeNumbers, rows: Column, cents: Column) -> None:
        """Add the amounts of a layer, or of a charge on a part of the value, to some rows."""
        import numpy

        if layer.family not in self.family:
            self.family[layer.family] = numpy.zeros(len(self.value), numpy.int64)
        self.family[layer.family][rows] += cents
        self.total[rows] += cents
        if layer.void:
            self.refundable[rows] += cents

    def add_parted(
        self, rows: Column, kind: Column, ordinary: Column, stated_parts: Mapping[str, StatedPart]
    ) -> Column:
        """Charge entries with parts of the value; returns which of them take the single path.

        Args:
            rows: the entries.
            kind: the kind of the charges of each.
            ordinary: the ordinary rate of each, in millionths.
            stated_parts: parts of the value of all entries.
        """
        import numpy

        single = numpy.zeros(len(rows), bool)
        kinds, where = numpy.unique(kind, return_inverse=True)
        # One sort puts the rows of a kind together; a mask for each kind would read all rows each
        # time.
        order = numpy.argsort(where.reshape(-1), kind="stable")
        ends = numpy.cumsum(numpy.bincount(where.reshape(-1), minlength=len(kinds)))
        for number, start, end in zip(
            kinds.tolist(), [0, *ends[:-1].tolist()], ends.tolist(), strict=True
        ):
            at = order[start:end]
            found = self.rate_vectors.kinds[number]
            if found is not None:
                single[at] = self._parted(rows[at], ordinary[at], found, stated_parts)
        return single

    def _parted(
        self,
        rows: Column,
        ordinary: Column,
        found: OutcomeCharges,
        stated_parts: Mapping[str, StatedPart],
    ) -> Column:
        """Entries of one kind: parts first, rounded; then each base and its amount."""
        import numpy

        value = numpy.maximum(self.value[rows], 0)
        parts = [value]
        shares = [numpy.full(len(rows), MILLION, numpy.int64)]
        in_money = in_shares = None
        single = value < 1
        used = {
            name
            for place, name in enumerate(self.parts, 1)
            if any(charge.factors[place] for charge in found.charges)
        }
        for name in self.parts:
            zero = numpy.zeros(len(rows), numpy.int64)
            if name not in used:
                parts.append(zero)
                shares.append(zero)
                continue
            cents, millionths = stated_parts[name].cents[rows], stated_parts[name].millionths[rows]
            money = cents >= 0
            single |= (cents > value) | (~money & (millionths < 0))
            in_money = money if in_money is None else in_money & money
            in_shares = ~money if in_shares is None else in_shares & ~money
            millionths = numpy.clip(millionths, 0, MILLION)
            parts.append(numpy.where(money, cents, _per_million(millionths * value)))
            shares.append(millionths)
        if in_money is None or in_shares is None:
            raise AssertionError("a parted situation has parts")
        # Cents beside shares in one row fit neither of the two quotients below.
        single |= ~(in_money | in_shares)
        weighted = numpy.zeros(len(rows), numpy.int64)
        weighted_shares = numpy.zeros(len(rows), numpy.int64)
        for charge in found.charges:
            base, share = _weigh(charge.factors, parts), _weigh(charge.factors, shares)
            # A base of nothing may change the headings to file.
            taken = any(charge.factors) and (charge.displaced or charge.form == "cap")
            if charge.floor:
                # Two unknown contents, each taken as the whole value, leave nothing and not less.
                base, share = numpy.maximum(base, 0), numpy.maximum(share, 0)
            single |= (base < 0) | (taken & (base == 0))
            single |= in_shares & ((share < 0) | (taken & (share == 0)))
            rate = self._rate(charge, rows, ordinary)
            weighted += rate * base
            weighted_shares += rate * share
            self._add_some(charge, rows, _per_million(rate * numpy.maximum(base, 0)))
        self.share[rows] = numpy.where(
            in_money,
            _half_even(weighted, numpy.maximum(value, 1)),
            _half_even(weighted_shares, MILLION),
        )
        return single

    def _rate(self, charge: ChargeNumbers, rows: Column, ordinary: Column) -> Column:
        import numpy

        if charge.form == "column":
            return ordinary
        rate = numpy.full(len(rows), charge.rate, numpy.int64)
        if charge.form == "cap":
            self.reached[rows] |= rate <= ordinary
            rate = numpy.maximum(rate - ordinary, 0)
        return rate


def _per_million(product: Column) -> Column:
    """A product of a rate and a base, at least 0, over a million: half up, in its own place."""
    product += MILLION // 2
    unsigned = product.view("uint64")  # which divides in half the time
    unsigned //= unsigned.dtype.type(MILLION)
    return product


def _weigh(factors: tuple[int, ...], columns: Sequence[Column]) -> Column:
    import numpy

    total = numpy.zeros(len(columns[0]), numpy.int64)
    for factor, column in zip(factors, columns, strict=True):
        if factor:
            total += factor * column
    return total


def _half_even(number: Column, divisor: Column | int) -> Column:
    """The whole number nearest to a quotient, the even one of two equally near."""
    import numpy

    quotient, rest = numpy.divmod(number, divisor)
    twice = 2 * rest - divisor
    return quotient + ((twice > 0) | ((twice == 0) & (quotient % 2 == 1)))
