"""From a stack to dollars and cents: exact rates on exact parts of the value.

    layer = round half up(rate x base)        total = sum of the layers
    part  = round half up(share x value)      rest of the value = value - part

so layers add up to the total and parts add up to the value. What cannot be computed is listed,
and then there is no amount; nothing missing counts as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from detente._exact import Fraction
from detente._numbers import total
from detente._shapes import NamedTuple
from detente.applicability.entry_facts import COMPONENT, EntryFacts, FactError, ValuePart
from detente.applicability.shared_value import shared_out
from detente.applicability.stack import ContentPortion, Stack, Term
from detente.core.figures import percent
from detente.duty.rates.amount import Missing, amount_of, round_half_up
from detente.duty.rates.form import RateForm
from detente.duty.rates.text import parse_rate, rates_by_program
from detente.register.model import Base, DutyRate

MILLION = 1_000_000
NOTHING, WHOLE = Fraction(0), Fraction(1)
"""Shares of the value."""

QUOTA, CERTIFICATE = "quota", "price_certificate"
"""Facts by which an amount is chosen, beside those that are parts of the value."""

CENTS_OF_PRICE = 10_000_000
"""Billionths of a dollar to the cent."""

UNPRINTED = RateForm(
    words="no rate printed",
    reason="the schedule prints no rate beside this number, which opens a quota or a preference: "
    "ask by the number of the goods in chapters 1 to 97",
)
"""The rate of a line whose column is empty."""


class EntryValue(NamedTuple):
    """What is known of the size of an entry: value in cents, quantities by unit."""

    cents: int | None
    quantities: Mapping[str, str]


class ColumnRates(NamedTuple):
    """The rates of a line as the schedule prints them.

    ``unprinted`` is the form of a column that is empty, with the reason why.
    """

    general: str
    other: str
    special: str
    unprinted: RateForm = UNPRINTED


class DutyLayer(NamedTuple):
    """One term in figures.

    Attributes:
        form: the form of the rate: ``ad_valorem, specific, compound, cap, free, unknown, …``.
        rate: the rate as people write it.
        share: exact ad valorem equivalent on the whole value; None where there is none.
        base: cents that the rate is charged on; None without a value.
        cents: the amount; None without a value, or where something is missing.
        missing: what the amount waits for.
    """

    term: Term
    form: str
    rate: str
    share: Fraction | None
    base: int | None
    cents: int | None
    missing: tuple[Missing, ...]


class Amounts(NamedTuple):
    """All layers of an entry, and their totals.

    ``share`` is the effective ad valorem of all layers and ``cents`` their sum; each is None
    where a layer has none. ``extra_share`` leaves out the ordinary duty.
    """

    layers: tuple[DutyLayer, ...]
    share: Fraction | None
    extra_share: Fraction | None
    cents: int | None


def facts_of_figures(facts: EntryFacts, bases: Mapping[str, Base]) -> EntryFacts:
    """The entry facts that figures are computed from; all others decide only which terms apply.

    Args:
        facts: entry facts.
        bases: named parts of the value, from the register.
    """
    read = {QUOTA, CERTIFICATE, *(base.fact for base in bases.values())}
    texts = {
        key: text for key, text in facts.texts.items() if key in read or key.startswith(COMPONENT)
    }
    return EntryFacts(facts.known, texts)


def amounts(
    stack: Stack,
    rates: ColumnRates,
    entry_value: EntryValue,
    facts: EntryFacts,
    bases: Mapping[str, Base],
) -> Amounts:
    """The layers and totals of a stack.

    Args:
        stack: the terms that apply.
        rates: the line's ordinary rates.
        entry_value: the value in cents and the quantities, as far as known.
        facts: entry facts; some are parts of the value.
        bases: named parts of the value, from the register.

    Raises:
        FactError: a part exceeds the value, or a quantity cannot be read.
    """
    reckoner = _EntryCalculator(rates, entry_value, facts, bases)
    stack = stack._replace(terms=shared_out(stack.terms, bases, facts))
    layers = {term.measure.id: reckoner.ordinary(term) for term in stack.terms if _column(term)}
    # A provision may set the ordinary duty itself: free, or a rate of its own.
    rest = sorted((term for term in stack.terms if not _column(term)), key=_is_additional)
    base = next(iter(layers.values()), None)
    for term in rest:
        layers[term.measure.id] = layer = reckoner.additional(term, base)
        base = base if base or _is_additional(term) else layer
    ordered = tuple(layers[term.measure.id] for term in stack.terms)
    extra = tuple(layer for layer in ordered if layer.term.measure.family != "base")
    return Amounts(
        ordered,
        _share(ordered, entry_value),
        _share(extra, entry_value),
        _sum([each.cents for each in ordered]),
    )


class TotalShare(NamedTuple):
    """The total of a stack as a share of the value.

    Attributes:
        share: the share; None where a layer has none and the amount is not known either.
        exact: whether every layer has a share of its own, whatever the value is.
    """

    share: Fraction | None
    exact: bool


def total_share(
    stack: Stack,
    rates: ColumnRates,
    entry_value: EntryValue,
    facts: EntryFacts,
    bases: Mapping[str, Base],
) -> TotalShare:
    """The share that `amounts` gives, without its layers where each has a share of its own.

    Arguments and errors are those of `amounts`.
    """
    reckoner = _EntryCalculator(rates, entry_value, facts, bases)
    shares = reckoner.shares(shared_out(stack.terms, bases, facts))
    if shares is not None:
        return TotalShare(total(shares), True)
    found = amounts(stack, rates, entry_value, facts, bases)
    return TotalShare(found.share, all(layer.share is not None for layer in found.layers))


class OrdinaryShares:
    """An ordinary duty and the caps that top it up, as shares of the value at one rate and another.

    What `amounts` gives of these terms without a value, where the ordinary rate is ad valorem.
    """

    def __init__(
        self, terms: tuple[Term, ...], facts: EntryFacts, bases: Mapping[str, Base]
    ) -> None:
        """Take the terms.

        Args:
            terms: an ordinary duty, and caps.
            facts: entry facts; some are parts of the value.
            bases: named parts of the value, from the register.

        Raises:
            FactError: a part exceeds the value.
        """
        reckoner = _EntryCalculator(ColumnRates("", "", ""), EntryValue(None, {}), facts, bases)
        self._parts = [(term, reckoner.part(term)) for term in shared_out(terms, bases, facts)]
        self.duty, self._on = next((term.duty, on) for term, on in self._parts if _column(term))

    @property
    def alike(self) -> tuple[object, ...]:
        """All that the shares hang on beside the rate; terms of other programs may be alike."""
        return tuple(
            (term.measure.id, term.measure.family, term.duty.form, term.duty.rate, on)
            for term, on in self._parts
        )

    @staticmethod
    def fits(terms: Iterable[Term]) -> bool:
        """Whether terms are an ordinary duty, with caps or without."""
        forms = [term.duty.form for term in terms]
        return "column" in forms and {"column", "cap"}.issuperset(forms)

    def at(self, rate: Fraction) -> list[tuple[Term, Fraction | None]]:
        """The terms, each with its share of the value.

        Args:
            rate: the ordinary rate, a share of what it is charged on.
        """
        found = []
        for term, on in self._parts:
            if on is None:
                share = None
            elif _column(term):
                share = _of(rate, on)
            else:
                share = _lift(term.duty, rate, on) if self._on else None
            found.append((term, share))
        return found


def column_form(duty: DutyRate, rates: ColumnRates) -> RateForm:
    """The rate of a duty's column; the special one only where one of its programs has it.

    A provision of chapter 98 that opens a quota or a preference prints no rate of its own.
    """
    if not (rates.other if duty.column == "other" else rates.general):
        return rates.unprinted
    if duty.column == "other":
        return parse_rate(rates.other)
    return special_form(duty, rates.special) or parse_rate(rates.general)


def special_form(duty: DutyRate, special: str) -> RateForm | None:
    """The rate that a text of the column "special" has for a program of a duty, if it has one."""
    if duty.column != "special" or not special:
        return None
    by_program = rates_by_program(special)
    printed = [by_program[each] for each in duty.programs if each in by_program]
    return min(printed, key=lambda each: each[0])[1] if printed else None


@lru_cache(maxsize=1024)
def _printed(rate: int) -> str:
    """A rate in millionths as people write it; the law has few."""
    return percent(Fraction(rate, MILLION))


@lru_cache(maxsize=1024)
def _millionths(rate: int) -> Fraction:
    """A rate in millionths as an exact share."""
    return Fraction(rate, MILLION)


def _lift(duty: DutyRate, owed: Fraction, on: Fraction) -> Fraction:
    """What lifts an ordinary rate to a cap, as a share of the value; nothing where it is there."""
    return max(NOTHING, _millionths(duty.rate) - owed) * on


def _of(rate: Fraction, share: Fraction) -> Fraction:
    """A rate on a share of the value; the share is the whole value more often than not."""
    return rate if share is WHOLE else rate * share


def _is_below(share: Fraction | None, cents: int | None) -> bool:
    """Whether less than nothing is left, by the exact share where there is one."""
    return share < 0 if share is not None else cents is not None and cents < 0


def _column(term: Term) -> bool:
    return term.duty.form == "column"


def _is_additional(term: Term) -> bool:
    return term.measure.family != "base"


def _sum(cents: list[int | None]) -> int | None:
    known = [each for each in cents if each is not None]
    return sum(known) if len(known) == len(cents) else None


def _share(layers: tuple[DutyLayer, ...], entry_value: EntryValue) -> Fraction | None:
    """Exact where every layer has an exact share, else the amount over the value."""
    shares = [layer.share for layer in layers]
    exact = [share for share in shares if share is not None]
    if len(exact) == len(shares):
        return total(exact)
    cents = _sum([layer.cents for layer in layers])
    if cents is None or not entry_value.cents:
        return None
    return Fraction(cents, entry_value.cents)


class _EntryCalculator:
    """One entry's figures."""

    def __init__(
        self,
        rates: ColumnRates,
        entry_value: EntryValue,
        facts: EntryFacts,
        bases: Mapping[str, Base],
    ) -> None:
        self.rates = rates
        self.entry_value = entry_value
        self.facts = facts
        self.bases = bases

    def part(self, term: Term) -> Fraction | None:
        """The share of the value that a term is charged on."""
        return self._base(term)[0]

    def shares(self, terms: Iterable[Term]) -> list[Fraction] | None:
        """The shares of terms, in any order; None where one has none or is no plain share."""
        found: list[Fraction] = []
        owed: tuple[Fraction, Fraction] | None = None
        others = []
        for term in terms:
            if not _column(term):
                others.append(term)
                continue
            on, rate = self._base(term)[0], column_form(term.duty, self.rates).ad_valorem()
            if on is None or rate is None:
                return None
            found.append(_of(rate, on))
            owed = owed or (found[0], on)
        for term in others:
            on, form = self._base(term)[0], term.duty.form
            if form == "free":
                found.append(NOTHING)
            elif on is not None and form == "add":
                found.append(_of(_millionths(term.duty.rate), on))
            elif on is not None and form == "cap" and owed is not None and owed[1]:
                found.append(_lift(term.duty, owed[0] / owed[1], on))
            else:
                return None
        return found

    def ordinary(self, term: Term) -> DutyLayer:
        """The layer of a column of the schedule, on the base of its provision."""
        share, cents = self._base(term)
        form = column_form(term.duty, self.rates)
        found = amount_of(form, cents, self.entry_value.quantities, self.facts.components())
        missing = tuple(each for each in found.missing if each.kind != "value")
        ad_valorem = form.ad_valorem()
        exact = None if ad_valorem is None or share is None else _of(ad_valorem, share)
        amount = None if cents is None or missing else found.cents
        return DutyLayer(term, form.kind, form.text(), exact, cents, amount, missing)

    def additional(self, term: Term, base: DutyLayer | None) -> DutyLayer:
        """The layer of a duty beside the ordinary one."""
        duty = term.duty
        share, cents = self._base(term)
        if duty.form == "free":
            return DutyLayer(
                term, "free", "free", NOTHING, cents, 0 if cents is not None else None, ()
            )
        if duty.form == "add":
            return self._ad_valorem(term, duty.rate, "ad_valorem", share, cents)
        if duty.form == "cap":
            return self._cap(term, base, share, cents)
        if duty.form == "quota":
            return self._quota(term, share, cents)
        if duty.form in ("specific", "flat"):
            return self._specific(term, cents)
        if duty.form == "minimum_price":
            return self._minimum_price(term, cents)
        why = term.provision.note or "the law sets a rate that is not known yet"
        return DutyLayer(
            term, "unknown", "unknown", None, cents, None, (Missing("rate", duty.text, why),)
        )

    def _ad_valorem(
        self, term: Term, rate: int, form: str, share: Fraction | None, cents: int | None
    ) -> DutyLayer:
        exact = None if share is None else _of(_millionths(rate), share)
        amount = None if cents is None else (rate * cents + MILLION // 2) // MILLION
        return DutyLayer(term, form, _printed(rate), exact, cents, amount, ())

    def _cap(
        self, term: Term, base: DutyLayer | None, share: Fraction | None, cents: int | None
    ) -> DutyLayer:
        """Whatever lifts column 1 to the cap; nothing where column 1 is there already.

        The rate is the cap less the rate of column 1; it is charged on the term's own part.
        """
        if base is None:
            raise FactError(f"{term.measure.id} caps an ordinary duty that is not known")
        base_share, base_cents = self._base(base.term)
        exact = None
        if base.share is not None and share is not None and base_share:
            exact = _lift(term.duty, base.share / base_share, share)
        amount = 0 if cents == 0 else None
        if cents and base.cents is not None and base_cents:
            owed = Fraction(base.cents, base_cents)
            if base.share is not None and base_share:
                # The exact share where there is one: rounded cents would carry their error into the
                # cap.
                owed = base.share / base_share
            amount = round_half_up(_lift(term.duty, owed, Fraction(cents)))
        missing = base.missing if amount is None and exact is None else ()
        return DutyLayer(term, "cap", term.duty.text, exact, cents, amount, missing)

    def _quota(self, term: Term, share: Fraction | None, cents: int | None) -> DutyLayer:
        """Inside or over the quota, as the importer says."""
        place = self.facts.value(QUOTA)
        if place is None:
            why = "say whether the entry is in or over the quota"
            return DutyLayer(
                term, "quota", term.duty.text, None, cents, None, (Missing("rate", "quota", why),)
            )
        rate = term.duty.rate if place == "in" else term.duty.over
        return self._ad_valorem(term, rate, "quota", share, cents)

    def _specific(self, term: Term, cents: int | None) -> DutyLayer:
        """Dollars a unit."""
        quantity, missing = self._quantity(term)
        amount = None
        if quantity is not None:
            amount = round_half_up(quantity * term.duty.price / CENTS_OF_PRICE)
        return DutyLayer(term, term.duty.form, term.duty.text, None, cents, amount, missing)

    def _minimum_price(self, term: Term, cents: int | None) -> DutyLayer:
        """What lifts the price to the minimum; all of it where no certificate shows the price."""
        quantity, missing = self._quantity(term)
        amount = None
        if quantity is not None:
            floor = round_half_up(quantity * term.duty.price / CENTS_OF_PRICE)
            certified = self.facts.value(CERTIFICATE) is True
            if not certified:
                amount = floor
            elif cents is not None:
                amount = max(0, floor - cents)
        return DutyLayer(term, "minimum_price", term.duty.text, None, cents, amount, missing)

    def _quantity(self, term: Term) -> tuple[Fraction | None, tuple[Missing, ...]]:
        from detente.duty.rates.units import find_quantity

        quantity = find_quantity(self.entry_value.quantities, term.duty.unit)
        if quantity is not None:
            return quantity, ()
        why = f"{term.duty.text} needs the quantity in {term.duty.unit}"
        return None, (Missing("quantity", term.duty.unit, why),)

    def _base(self, term: Term) -> tuple[Fraction | None, int | None]:
        """The share of the value and the cents that a term is charged on.

        A term that gives way on content leaves the parts that the stronger terms are charged on.
        """
        share, cents = self._parts(term.provision.base or ("value",), term.portion)
        for prevailing in term.less:
            taken_share, taken_cents = self._base(prevailing)
            share = None if share is None or taken_share is None else share - taken_share
            cents = None if cents is None or taken_cents is None else cents - taken_cents
        if _is_below(share, cents):
            if all(self._known(prevailing) for prevailing in term.less):
                raise FactError("the parts of the value add up to more than the value")
            # Two unknown contents, each taken as the whole value, leave nothing and not less.
            share = None if share is None else max(share, NOTHING)
        # Two halves of an odd number of cents round to one cent more than the whole.
        return share, None if cents is None else max(cents, 0)

    def _known(self, term: Term) -> bool:
        """Whether the parts that a term is charged on were given."""
        facts = [self.bases[name].fact for name in term.provision.base]
        return all(self.facts.is_stated(fact) for fact in facts if fact)

    def _parts(
        self, names: tuple[str, ...], portion: ContentPortion | None
    ) -> tuple[Fraction | None, int | None]:
        """The sum of named parts."""
        if len(names) == 1:
            base = self.bases[names[0]]
            if portion is not None and base.shares and not self.facts.is_stated(base.fact):
                return self._portion(portion)
            return self._part(base)
        share: Fraction | None = NOTHING
        cents: int | None = 0 if self.entry_value.cents is not None else None
        for name in names:
            part_share, part_cents = self._part(self.bases[name])
            share = None if share is None or part_share is None else share + part_share
            cents = None if cents is None or part_cents is None else cents + part_cents
        return share, cents

    def _portion(self, portion: ContentPortion) -> tuple[Fraction | None, int | None]:
        """What an unstated content is taken as: the value less what is stated, or nothing."""
        value = self.entry_value.cents
        if not portion.rest:
            return NOTHING, None if value is None else 0
        share: Fraction | None = WHOLE
        cents = value
        for name in portion.stated:
            taken_share, taken_cents = self._part(Base(name, name, False))
            share = None if share is None or taken_share is None else share - taken_share
            cents = None if cents is None or taken_cents is None else cents - taken_cents
        if _is_below(share, cents):
            raise FactError("the parts of the value add up to more than the value")
        return share, None if cents is None else max(cents, 0)

    def _part(self, base: Base) -> tuple[Fraction | None, int | None]:
        """One named part: rounded to the cent first; the rest is what remains of the value."""
        value = self.entry_value.cents
        if not base.fact:
            return WHOLE, value
        part = self.facts.value(base.fact)
        if not isinstance(part, ValuePart):
            # Unknown content counts as the whole value, and then nothing is left for the rest.
            part = ValuePart(None, WHOLE)
        share, cents = part.share, part.cents
        if share is None and cents is not None and value is not None:
            if cents > value:
                raise FactError(
                    f"{base.fact} is {cents / 100:.2f}, more than the value of {value / 100:.2f}"
                )
            share = Fraction(cents, value) if value else NOTHING
        elif share is not None and value is not None:
            cents = round_half_up(share * value)
        if base.rest:
            share = None if share is None else 1 - share
            cents = None if value is None or cents is None else value - cents
        return share, cents if value is not None else None
