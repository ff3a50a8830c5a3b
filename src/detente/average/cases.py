"""Cases: what one distinct stack charges, for many ordinary rates and what weighs under them.

Shares come from `detente.duty.amounts`. Only the ordinary duty, and what tops it up to a cap, hang
on the ordinary rate. So every other term is asked for once, and these by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from detente._shapes import NamedTuple
from detente.applicability.entry_facts import EntryFacts
from detente.applicability.stack import Stack, Term
from detente.duty.amounts import (
    ColumnRates,
    DutyLayer,
    EntryValue,
    OrdinaryShares,
    amounts,
    column_form,
)
from detente.duty.rates.form import RateForm
from detente.duty.rates.text import EmptyRateError, parse_rate
from detente.register.model import Base, DutyRate

SCALE = 10**12
"""Shares of the value are whole trillionths, so that millions of them add up exactly."""

GENERAL = "general"
BASE = "base"
WHOLE = ColumnRates("100%", "", "")
NO_WORTH = EntryValue(None, {})


class RateCharge(NamedTuple):
    """What terms charge on a rate: shares of the value by family, and the part never owed.

    Shares are in units of `SCALE`. ``unresolved`` names the measures whose duty has no share of
    the value; then there is no rate.
    """

    families: tuple[tuple[str, int], ...]
    refundable: int
    unresolved: tuple[str, ...]


class LoadTotal(NamedTuple):
    """What terms charge on a load.

    Attributes:
        covered: units whose rate is resolved.
        families: sums of their units times the shares of each family.
        refundable: the same of what was never owed.
        unresolved: the other units, by the measures whose duty has no share of the value.
    """

    covered: int
    families: Mapping[str, int]
    refundable: int
    unresolved: Mapping[str, int]


class Entered(NamedTuple):
    """How goods are entered.

    Attributes:
        facts: entry facts.
        bases: named parts of the value.
        claimed: whether lines of chapter 98 have the rate that they print.
    """

    facts: EntryFacts
    bases: Mapping[str, Base]
    claimed: bool


def charge(
    terms: tuple[Term, ...], void: frozenset[str], entered: Entered, rates: ColumnRates = WHOLE
) -> RateCharge:
    """What some terms of a stack charge; each cap with the ordinary duty that it tops up.

    Args:
        terms: the terms.
        void: measures whose term was never owed.
        entered: how the goods are entered.
        rates: their ordinary rates.
    """
    try:
        stack = Stack(terms, (), ())
        figures = amounts(stack, rates, NO_WORTH, entered.facts, entered.bases)
    except EmptyRateError:
        # The line prints nothing in the column that counts.
        names = [each.measure.id for each in terms if each.duty.form == "column"]
        return RateCharge((), 0, tuple(names))
    return _charged(((layer.term, _share(layer, rates, entered)) for layer in figures.layers), void)


def _charged(shares: Iterable[tuple[Term, Fraction | None]], void: frozenset[str]) -> RateCharge:
    """What terms charge by their shares of the value."""
    families: dict[str, int] = {}
    refundable = 0
    unresolved = []
    for term, exact in shares:
        name = term.measure.id
        if exact is None:
            unresolved.append(name)
            continue
        family, share = term.measure.family, round(exact * SCALE)
        families[family] = families.get(family, 0) + share
        if name in void:
            refundable += share
    return RateCharge(tuple(sorted(families.items())), refundable, tuple(unresolved))


def varies(term: Term) -> bool:
    """Whether the share of a term hangs on the ordinary rate.

    So does an ordinary duty that the law leaves to the line: what a line of chapter 98 prints.
    """
    form = term.duty.form
    return form in ("column", "cap") or (form == "unknown" and term.measure.family == BASE)


def _share(layer: DutyLayer, rates: ColumnRates, entered: Entered) -> Fraction | None:
    if layer.share is None and entered.claimed and layer.term.measure.family == BASE:
        return parse_rate(rates.general).ad_valorem()
    return layer.share


class Ordinary:
    """Ordinary rates as forms and as shares of the value, each text read once."""

    def __init__(self) -> None:
        self._known: dict[str, int | None] = {}
        self._forms: dict[object, RateForm | None] = {}
        self._rates: dict[int, tuple[Fraction, int] | None] = {}
        self._numbers: dict[object, int] = {}
        self.charges: dict[tuple[int, int], RateCharge] = {}

    def form(self, duty: DutyRate, rates: ColumnRates) -> RateForm | None:
        """The rate of a duty's column; None where nothing is printed in it."""
        key = (duty.column, duty.programs, rates)
        if key not in self._forms:
            try:
                self._forms[key] = column_form(duty, rates)
            except EmptyRateError:
                self._forms[key] = None
        return self._forms[key]

    def rate(self, duty: DutyRate, rates: ColumnRates) -> tuple[Fraction, int] | None:
        """The rate of a duty's column as an exact share, and its number; None for others."""
        form = self.form(duty, rates)
        if form is None:
            return None
        # By identity: a form costs more to compare than to read, and those asked for stay.
        if id(form) not in self._rates:
            exact = form.ad_valorem()
            self._rates[id(form)] = None if exact is None else (exact, self.number(exact))
        return self._rates[id(form)]

    def number(self, alike: object) -> int:
        """A number for all that is equal: a rate, or terms that charge alike at every rate."""
        return self._numbers.setdefault(alike, len(self._numbers))

    def share(self, text: str) -> int | None:
        """The share in units of `SCALE`; None where the rate is not ad valorem."""
        if text not in self._known:
            exact = parse_rate(text).ad_valorem()
            self._known[text] = None if exact is None else round(exact * SCALE)
        return self._known[text]


class Load:
    """Units of weight by the ordinary rates that they pay."""

    def __init__(self) -> None:
        self.units: dict[ColumnRates, int] = {}
        self._shares: tuple[dict[int, int], dict[ColumnRates, int]] | None = None
        self._totals: dict[Varying, LoadTotal] = {}

    def add(self, rates: ColumnRates, units: int) -> None:
        """More units; not after the load was charged."""
        self.units[rates] = self.units.get(rates, 0) + units

    def shares(self, ordinary: Ordinary) -> tuple[dict[int, int], dict[ColumnRates, int]]:
        """Units by the general rate as a share, and those of rates that are not ad valorem."""
        if self._shares is None:
            known: dict[int, int] = {}
            others: dict[ColumnRates, int] = {}
            for rates, units in self.units.items():
                share = ordinary.share(rates.general)
                if share is None:
                    others[rates] = units
                else:
                    known[share] = known.get(share, 0) + units
            self._shares = known, others
        return self._shares

    def total(self, varying: Varying) -> LoadTotal:
        """What terms that hang on the ordinary rate charge on the load."""
        found = self._totals.get(varying)
        if found is None:
            found = self._totals[varying] = varying.total(self)
        return found


class Varying:
    """The terms of a stack that hang on the ordinary rate.

    Attributes:
        general: whether they read the general rate alone.
    """

    def __init__(
        self, terms: tuple[Term, ...], void: frozenset[str], entered: Entered, ordinary: Ordinary
    ) -> None:
        """Take the terms.

        Args:
            terms: the ordinary duty, and what tops it up.
            void: measures whose term was never owed.
            entered: how the goods are entered.
            ordinary: ordinary rates read before.
        """
        self._terms = terms
        self._void = void
        self._entered = entered
        self._ordinary = ordinary
        self._known: dict[object, RateCharge] = {}
        self._whole: RateCharge | None = None
        self._columns = [each.duty for each in terms if each.duty.form == "column"]
        self.general = all(each.duty.column in ("", GENERAL) for each in terms)
        if self.general and all(each.duty.form != "cap" for each in terms):
            # Of a rate of 100%; any other takes its part of it.
            whole = charge(terms, void, entered)
            self._whole = None if whole.unresolved else whole
        self._shares: OrdinaryShares | None = None
        if self._whole is None and not entered.claimed and OrdinaryShares.fits(terms):
            self._shares = OrdinaryShares(terms, entered.facts, entered.bases)
            names = frozenset(each.measure.id for each in terms)
            # Of what is void only these terms count: another's refund changes nothing here.
            self._alike = ordinary.number((self._shares.alike, void & names))

    def printed(self, rates: ColumnRates) -> str:
        """The ordinary rate as the schedule prints it, in the column that is charged."""
        of_others = any(each.duty.column == "other" for each in self._terms)
        return rates.other if of_others else rates.general

    def charge(self, rates: ColumnRates) -> RateCharge:
        """The shares of the value that the terms come to."""
        if self._shares is not None:
            rate = self._ordinary.rate(self._shares.duty, rates)
            if rate is not None:
                return self._at(self._shares, *rate)
        key = self._stated(rates)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._compute(rates)
        return found

    def _at(self, shares: OrdinaryShares, rate: Fraction, number: int) -> RateCharge:
        """What the terms come to at an ad valorem rate; terms that charge alike are asked once."""
        key = (self._alike, number)
        known = self._ordinary.charges
        if key not in known:
            known[key] = _charged(shares.at(rate), self._void)
        return known[key]

    def _stated(self, rates: ColumnRates) -> object:
        """All of the rates that the terms look at."""
        if self.general:
            return rates.general
        if self._entered.claimed:
            return rates
        return tuple([self._ordinary.form(each, rates) for each in self._columns])

    @property
    def reading(self) -> object:
        """Equal for terms that read the same of all ordinary rates."""
        if self.general:
            return GENERAL
        if self._entered.claimed:
            return None
        return tuple([(each.column, each.programs) for each in self._columns])

    def read(self, rates: ColumnRates) -> object:
        """What the terms read of ordinary rates: where it is equal, they charge alike."""
        if self.general or self._entered.claimed:
            return self._stated(rates)
        # By identity, as in `Ordinary`.
        return tuple([id(self._ordinary.form(each, rates)) for each in self._columns])

    def _compute(self, rates: ColumnRates) -> RateCharge:
        if self._whole is not None:
            ordinary = self._ordinary.share(rates.general)
            if ordinary is not None:
                whole = self._whole
                parts = tuple((name, share * ordinary // SCALE) for name, share in whole.families)
                return RateCharge(parts, whole.refundable * ordinary // SCALE, ())
        return charge(self._terms, self._void, self._entered, rates)

    def total(self, load: Load) -> LoadTotal:
        """What the terms charge on all units of a load."""
        if self._whole is None:
            return self._one_by_one(load.units)
        shares, others = load.shares(self._ordinary)

        def charged(whole: int) -> int:
            if whole == SCALE:
                return sum(units * ordinary for ordinary, units in shares.items())
            return sum(units * (whole * ordinary // SCALE) for ordinary, units in shares.items())

        families = {name: charged(share) for name, share in self._whole.families}
        refundable = charged(self._whole.refundable) if self._whole.refundable else 0
        total = LoadTotal(sum(shares.values()), families, refundable, {})
        return _together(total, self._one_by_one(others)) if others else total

    def _one_by_one(self, by_rates: Mapping[ColumnRates, int]) -> LoadTotal:
        """The same, each rate by itself."""
        covered = refundable = 0
        families: dict[str, int] = {}
        unresolved: dict[str, int] = {}
        for rates, units in by_rates.items():
            found = self.charge(rates)
            for name in found.unresolved:
                unresolved[name] = unresolved.get(name, 0) + units
            if not found.unresolved:
                covered += units
                refundable += units * found.refundable
                for name, share in found.families:
                    families[name] = families.get(name, 0) + units * share
        return LoadTotal(covered, families, refundable, unresolved)


class StackCase:
    """One distinct stack, asked for many ordinary rates.

    Attributes:
        fixed: what all other terms charge, whatever the ordinary rate is.
        varying: the terms that hang on it.
    """

    def __init__(self, fixed: Iterable[RateCharge], varying: Varying) -> None:
        """Take the stack in parts."""
        self.fixed = _joined(fixed)
        self.varying = varying

    def charge(self, rates: ColumnRates) -> RateCharge:
        """The shares of the value that an ordinary rate and the rest of the stack come to."""
        return _joined((self.fixed, self.varying.charge(rates)))

    def printed(self, rates: ColumnRates) -> str:
        """The ordinary rate as the schedule prints it, in the column that is charged."""
        return self.varying.printed(rates)

    def unresolved(self, rates: ColumnRates) -> tuple[str, ...]:
        """The measures whose duty is not a share of the value, as `charge` tells them."""
        return tuple(sorted((*self.fixed.unresolved, *self.varying.charge(rates).unresolved)))

    def total(self, load: Load) -> LoadTotal:
        """What the stack charges on all units of a load."""
        fixed, total = self.fixed, load.total(self.varying)
        # One term without a share leaves the whole stack without a rate.
        if fixed.unresolved:
            units = sum(load.units.values())
            return LoadTotal(
                0, {}, 0, {**total.unresolved, **dict.fromkeys(fixed.unresolved, units)}
            )
        covered, families = total.covered, dict(total.families)
        for name, share in fixed.families:
            families[name] = families.get(name, 0) + share * covered
        refundable = total.refundable + fixed.refundable * covered
        return LoadTotal(covered, families, refundable, total.unresolved)


def _joined(charges: Iterable[RateCharge]) -> RateCharge:
    """What several terms charge together."""
    families: dict[str, int] = {}
    refundable = 0
    unresolved: list[str] = []
    for each in charges:
        refundable += each.refundable
        unresolved.extend(each.unresolved)
        for name, share in each.families:
            families[name] = families.get(name, 0) + share
    return RateCharge(tuple(sorted(families.items())), refundable, tuple(sorted(unresolved)))


def _together(first: LoadTotal, second: LoadTotal) -> LoadTotal:
    """What is charged on two loads."""
    families = dict(first.families)
    for name, sum_ in second.families.items():
        families[name] = families.get(name, 0) + sum_
    return LoadTotal(
        first.covered + second.covered,
        families,
        first.refundable + second.refundable,
        {**first.unresolved, **second.unresolved},
    )
