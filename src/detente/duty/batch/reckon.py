"""Amounts of many entries at once, in exact 64-bit integers.

    part = round half up(share x value)        amount = round half up(rate x base / million)
    effective rate = sum of rate x base over the value, to six places half even

What is not sure to fit, or to be plain, is left to the single path; nothing is approximated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.duty.amounts import MILLION
from detente.duty.batch.cells import Situation
from detente.duty.batch.charges import Charge, Charged, NotPlainError, charged, parts_of
from detente.duty.batch.ordinary import LACKING, SINGLE, OrdinaryRates
from detente.register.model import Base

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

PLAIN, PARTED, SINGLE_PATH = 0, 1, 2
"""What a situation needs: one base, parts of the value, or the single path."""

LARGEST = 10**11
"""Cents: a larger value takes the single path, since rate times value must fit in 64 bits."""

FEW = 0.3
"""A duty that fewer entries than this share have is reckoned for them alone."""

NO_VALUE = -1
UNKNOWN = -1


class Given(NamedTuple):
    """A part of the value as the importers gave it, by entry.

    Attributes:
        cents: cents, where it was given in money; else -1.
        millionths: millionths of the value, where it was given as a share; else -1.
    """

    cents: Column
    millionths: Column


class Figures(NamedTuple):
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


class Slot(NamedTuple):
    """A place for one charge a situation: those of one family and form stand in one column."""

    family: str
    form: str
    number: int


class Reckoner:
    """Situations as columns, and the arithmetic over them."""

    def __init__(
        self,
        situations: Sequence[Situation | None],
        bases: Mapping[str, Base],
        ordinary: OrdinaryRates,
    ) -> None:
        import numpy

        self.situations = situations
        self.bases = bases
        self.parts = parts_of(bases)
        self.ordinary = ordinary
        self.charged: list[Charged | None] = []
        self._charged: dict[tuple[int, int], Charged | None] = {}
        self.slots: list[Slot] = []
        self.rate: list[Column] = []
        self.void: list[Column] = []
        self.held: list[Column] = []
        self.size = 1024
        self.need = numpy.full(self.size, SINGLE_PATH, numpy.int8)
        self.column = numpy.full(self.size, -1, numpy.int32)
        self.capped = numpy.zeros(self.size, bool)
        self.open = numpy.zeros(self.size, bool)

    def figures(
        self, situation: Column, rates: Column, value: Column, given: Mapping[str, Given]
    ) -> Figures:
        """What each entry owes.

        Args:
            situation: number of the situation of each entry.
            rates: number of the rates of each entry's line.
            value: cents of each entry; -1 where it has none.
            given: parts of the value by entry fact.
        """
        import numpy

        self.extend()
        situation = situation.astype(numpy.intp)
        need = self.need[situation]
        form = self.ordinary.numbers(self.column[situation], rates)
        form_rate, form_kind = self.ordinary.by_form()
        kind = form_kind[form]
        ordinary = form_rate[form]
        single = (need == SINGLE_PATH) | (kind == SINGLE) | (value > LARGEST) | (value == 0)
        lacking = kind == LACKING
        capped = self.capped[situation]
        # A cap over a rate that lacks a quantity: what is left of its base hangs on the value.
        single |= lacking & capped & ((need == PARTED) | (value == NO_VALUE))
        sums = _Sums(self, situation, ordinary, value, capped)
        sums.add_whole()
        parted = (need == PARTED) & ~single
        if parted.any():
            single[parted] = sums.add_parted(parted.nonzero()[0], given)
        share = sums.share
        share[lacking | self.open[situation]] = UNKNOWN
        return Figures(
            single, lacking, form, sums.reached, share, sums.family, sums.total, sums.refundable
        )

    def rates_by_family(self, situation: Column, rates: Column) -> dict[str, Column]:
        """Millionths of the value by family, for plain situations with a share of the value."""
        import numpy

        self.extend()
        form = self.ordinary.numbers(self.column[situation], rates)
        ordinary = self.ordinary.by_form()[0][form]
        found: dict[str, Column] = {}
        for slot, rates_of in zip(self.slots, self.rate, strict=True):
            rate = rates_of[situation]
            if slot.form == "column":
                rate *= ordinary
            elif slot.form == "cap":
                rate = numpy.maximum(rate - ordinary, 0)
            found[slot.family] = found.get(slot.family, 0) + rate
        return found

    def cap_families(self, situation: Column) -> list[tuple[str, Column, Column]]:
        """Families of caps: the entries that have one, and those where it is on the whole value."""
        return [
            (slot.family, held[situation], rates[situation] > 0)
            for slot, held, rates in zip(self.slots, self.held, self.rate, strict=True)
            if slot.form == "cap"
        ]

    def open_families(self, situation: Column) -> list[tuple[str, Column]]:
        """Families of duties that need more than a value, and the entries that have one."""
        return [
            (slot.family, held[situation])
            for slot, held in zip(self.slots, self.held, strict=True)
            if slot.form == "open"
        ]

    def ordinary_families(self) -> set[str]:
        """The families of ordinary duties."""
        return {slot.family for slot in self.slots if slot.form == "column"}

    def extend(self) -> None:
        """Take up the situations that were met since the last time."""
        for number in range(len(self.charged), len(self.situations)):
            situation = self.situations[number]
            found = None
            if situation is not None:
                key = (id(situation.stack), situation.cell.sign)
                if key not in self._charged:
                    self._charged[key] = _charged(situation, self.bases)
                found = self._charged[key]
            self.charged.append(found)
            if number >= self.size:
                self._double()
            if found is not None:
                self._place(number, found)

    def _double(self) -> None:
        import numpy

        def twice(column: Column, rest: int) -> Column:
            return numpy.concatenate([column, numpy.full(self.size, rest, column.dtype)])

        self.need = twice(self.need, SINGLE_PATH)
        self.column = twice(self.column, -1)
        self.capped = twice(self.capped, 0)
        self.open = twice(self.open, 0)
        self.rate = [twice(each, 0) for each in self.rate]
        self.void = [twice(each, 0) for each in self.void]
        self.held = [twice(each, 0) for each in self.held]
        self.size *= 2

    def _place(self, number: int, found: Charged) -> None:
        self.need[number] = PARTED if found.parted else PLAIN
        self.column[number] = self.ordinary.column_number(found.column)
        self.capped[number] = found.capped
        self.open[number] = found.open
        for slot, charge in self.placed(found.charges):
            # A base of nothing charges nothing; parted situations are not read from here.
            rate = 1 if charge.form == "column" else charge.rate
            self.rate[slot][number] = 0 if found.parted else rate * charge.factors[0]
            self.void[slot][number] = charge.void
            self.held[slot][number] = True

    def placed(self, charges: Sequence[Charge]) -> list[tuple[int, Charge]]:
        """Each charge with its slot."""
        import numpy

        found = []
        count: dict[tuple[str, str], int] = {}
        for charge in charges:
            kind = (charge.family, charge.form)
            slot = Slot(*kind, count.get(kind, 0))
            count[kind] = slot.number + 1
            if slot not in self.slots:
                self.slots.append(slot)
                self.rate.append(numpy.zeros(self.size, numpy.int64))
                self.void.append(numpy.zeros(self.size, bool))
                self.held.append(numpy.zeros(self.size, bool))
            found.append((self.slots.index(slot), charge))
        return found


def _charged(situation: Situation, bases: Mapping[str, Base]) -> Charged | None:
    """The charges of a situation; None where only the single path has its figures."""
    try:
        return charged(situation, bases)
    except NotPlainError:
        return None


class _Sums:
    """Sums of one call, added up charge by charge."""

    def __init__(
        self, book: Reckoner, situation: Column, ordinary: Column, value: Column, capped: Column
    ) -> None:
        import numpy

        self.book = book
        self.situation = situation
        self.ordinary = ordinary
        self.value = value
        self.family: dict[str, Column] = {}
        self.total = numpy.zeros(len(value), numpy.int64)
        self.refundable = numpy.zeros(len(value), numpy.int64)
        self.share = numpy.zeros(len(value), numpy.int64)
        self.reached = numpy.zeros(len(value), bool)
        self.capped = capped

    def add_whole(self) -> None:
        """Charge every plain situation's duties on the whole value."""
        import numpy

        base = numpy.clip(self.value, 0, LARGEST)
        any_capped = bool(self.capped.any())
        for slot, rates, void in zip(self.book.slots, self.book.rate, self.book.void, strict=True):
            if slot.form == "cap" and not any_capped:
                continue
            rate = rates[self.situation]
            if slot.form == "column":
                rate *= self.ordinary
            elif slot.form == "cap":
                rate = self._over(rate)
            charged = rate.nonzero()[0]
            if len(charged) > FEW * len(rate):
                cents = _per_million(rate, base)
                self._add(slot.family, cents, void[self.situation] if void.any() else None)
                self.share += rate
            elif len(charged):
                some = rate[charged]
                cents = _per_million(some, base[charged])
                never = void[self.situation[charged]] if void.any() else None
                self._add_some(slot.family, charged, cents, never)
                self.share[charged] += some

    def _over(self, cap: Column) -> Column:
        """What a cap leaves above the ordinary rate; an entry without the cap has a cap of 0."""
        import numpy

        self.reached |= (cap > 0) & (cap <= self.ordinary)
        return numpy.maximum(cap - self.ordinary, 0)

    def _add(self, family: str, cents: Column, void: Column | None) -> None:
        import numpy

        if family not in self.family:
            self.family[family] = numpy.zeros(len(self.value), numpy.int64)
        self.family[family] += cents
        self.total += cents
        if void is not None:
            self.refundable += cents * void

    def _add_some(self, family: str, rows: Column, cents: Column, void: Column | None) -> None:
        """Add amounts to some rows."""
        import numpy

        if family not in self.family:
            self.family[family] = numpy.zeros(len(self.value), numpy.int64)
        self.family[family][rows] += cents
        self.total[rows] += cents
        if void is not None:
            self.refundable[rows] += cents * void

    def add_parted(self, rows: Column, given: Mapping[str, Given]) -> Column:
        """Charge situations with parts of the value; returns which rows take the single path."""
        import numpy

        single = numpy.zeros(len(rows), bool)
        numbers, where = numpy.unique(self.situation[rows], return_inverse=True)
        order = numpy.argsort(where.reshape(-1), kind="stable")
        ends = numpy.cumsum(numpy.bincount(where.reshape(-1), minlength=len(numbers)))
        for number, start, end in zip(
            numbers.tolist(), [0, *ends[:-1].tolist()], ends.tolist(), strict=True
        ):
            at = order[start:end]
            found = self.book.charged[number]
            if found is not None:
                single[at] = self._parted(rows[at], found, given)
        return single

    def _parted(self, rows: Column, found: Charged, given: Mapping[str, Given]) -> Column:
        """One situation's entries: parts first, rounded; then each base and its amount."""
        import numpy

        value = self.value[rows]
        parts = [value]
        shares = [numpy.full(len(rows), MILLION, numpy.int64)]
        in_money = in_shares = None
        single = value < 1
        used = {
            name
            for place, name in enumerate(self.book.parts, 1)
            if any(charge.factors[place] for charge in found.charges)
        }
        for name in self.book.parts:
            zero = numpy.zeros(len(rows), numpy.int64)
            if name not in used:
                parts.append(zero)
                shares.append(zero)
                continue
            cents, millionths = given[name].cents[rows], given[name].millionths[rows]
            money = cents >= 0
            single |= (cents > value) | (~money & (millionths < 0))
            in_money = money if in_money is None else in_money & money
            in_shares = ~money if in_shares is None else in_shares & ~money
            millionths = numpy.clip(millionths, 0, MILLION)
            parts.append(numpy.where(money, cents, _per_million(millionths, value)))
            shares.append(millionths)
        if in_money is None or in_shares is None:
            raise AssertionError("a parted situation has parts")
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
            rate = self._rate(charge, rows)
            weighted += rate * base
            weighted_shares += rate * share
            cents = _per_million(rate, numpy.maximum(base, 0))
            self._add_some(charge.family, rows, cents, numpy.full(len(rows), charge.void))
        self.share[rows] = numpy.where(
            in_money,
            _half_even(weighted, numpy.maximum(value, 1)),
            _half_even(weighted_shares, MILLION),
        )
        return single

    def _rate(self, charge: Charge, rows: Column) -> Column:
        import numpy

        if charge.form == "column":
            return self.ordinary[rows]
        rate = numpy.full(len(rows), charge.rate, numpy.int64)
        if charge.form == "cap":
            ordinary = self.ordinary[rows]
            self.reached[rows] |= rate <= ordinary
            rate = numpy.maximum(rate - ordinary, 0)
        return rate


def _per_million(rate: Column, base: Column) -> Column:
    """Round half up of rate times base over a million."""
    product = rate * base
    product += MILLION // 2
    product //= MILLION
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
