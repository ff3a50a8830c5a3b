"""Amounts of a duty rate: exact parts in fractions of a cent, rounded once a layer.

Reach for `amount_of`. A base rate with several terms is one layer, so its terms
are added exactly and only the sum is rounded. Whatever is not known is listed, and then there is
no total: nothing missing ever counts as zero.
"""

from __future__ import annotations

from detente._numbers import total
from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.duty.rates.form import WHOLE_VALUE, AdValorem, PerDegree, sum_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal
    from typing import Literal

    from detente._exact import Fraction
    from detente.duty.rates.form import Limit, RateForm, Term

    Quantities = Mapping[str, int | str | Decimal | Fraction]


class Missing(NamedTuple):
    """What an amount waits for: its kind, its name, and why it is needed."""

    kind: Literal["value", "quantity", "component", "rate"]
    name: str
    why: str


class RateAmount(NamedTuple):
    """A computed duty: labelled parts in exact cents, or what is missing (then `total` is None)."""

    parts: tuple[tuple[str, Fraction], ...]
    missing: tuple[Missing, ...] = ()

    @property
    def total(self) -> Fraction | None:
        """The exact sum of the parts in cents; None while anything is missing."""
        return None if self.missing else total(part for _, part in self.parts)

    @property
    def cents(self) -> int | None:
        """The duty in whole cents, rounded half up once; None while anything is missing."""
        total = self.total
        return None if total is None else round_half_up(total)


def round_half_up(amount: Fraction) -> int:
    """The whole number nearest to an amount, the greater of two equally near."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def amount_of(
    form: RateForm,
    value_cents: int | None,
    quantities: Quantities | None = None,
    components: Mapping[str, int] | None = None,
) -> RateAmount:
    """The duty, exact and unrounded, or everything that is missing for it.

    Args:
        form: the rate.
        value_cents: the customs value in cents; None if it is not known.
        quantities: exact amounts by unit ("kg", "clean kg", "degree"), converted where exact.
        components: values in cents by the name of the part ("battery"), and the duty of
            another article where that is the limit.

    Raises:
        ValueError: if a value or quantity is negative, quantities disagree, or the parts of
            the value exceed it.
    """
    reckoning = _Reckoning(value_cents, quantities or {}, components or {})
    if form.free:
        reckoning.add(form.text(), 0, 1)
    elif not form.terms:
        for fact in form.facts or (form.words,):
            reckoning.lack("rate", fact, form.reason)
    reckoning.charge(form.terms)
    reckoning.hold_between(form.floor, form.ceiling)
    if form.limit is not None:
        reckoning.hold_under(form.limit)
    reckoning.check_parts({term.on for term in form.terms if isinstance(term, AdValorem)})
    return reckoning.result()


class _Reckoning:
    """One computation of a duty: parts as they are found, and what was missing."""

    def __init__(
        self, value_cents: int | None, quantities: Quantities, components: Mapping[str, int]
    ) -> None:
        self.value_cents = value_cents
        self.quantities = quantities
        self.components = components
        self.parts: list[tuple[str, Fraction]] = []
        self.missing: list[Missing] = []

    def add(self, label: str, numerator: int | Fraction, denominator: int) -> None:
        from detente._exact import Fraction

        self.parts.append((label, Fraction(numerator, denominator)))

    def lack(
        self, kind: Literal["value", "quantity", "component", "rate"], name: str, why: str
    ) -> None:
        self.missing.append(Missing(kind, name, why))

    def charge(self, terms: Iterable[Term]) -> None:
        """Add each term's amount in cents: a dollar's billionths are ten millions to the cent."""
        for term in terms:
            label = term.text()
            if isinstance(term, AdValorem):
                base = self.value_of(term.on, label)
                if base is not None:
                    self.add(label, base * term.millionths, 10**6 * term.divisor)
                continue
            quantity = self.quantity_of(term.unit, label)
            if isinstance(term, PerDegree):
                degrees = self.quantity_of("degree", label)
                if quantity is None or degrees is None:
                    continue
                below = term.under - degrees
                quantity *= -below if below > 0 else 0
                label = f"less {label}"
            if quantity is not None:
                self.add(label, quantity * term.billionths, 10**7)

    def value_of(self, part: str, label: str) -> int | None:
        whole = part in WHOLE_VALUE
        value = self.value_cents if whole else self.components.get(part)
        if value is None:
            kind: Literal["value", "component"] = "value" if whole else "component"
            self.lack(kind, part or "value", f"{label} needs it in cents (0 if there is none)")
        elif value < 0:
            raise ValueError(f"the {part or 'customs value'} is {value} cents: it is not negative")
        return value

    def quantity_of(self, unit: str, label: str) -> Fraction | None:
        from detente.duty.rates.units import find_quantity

        quantity = find_quantity(self.quantities, unit)
        if quantity is None:
            have = ", ".join(self.quantities) or "none"
            self.lack("quantity", unit, f"{label} needs the quantity in {unit}; given: {have}")
        return quantity

    def hold_between(self, floor: tuple[Term, ...], ceiling: tuple[Term, ...]) -> None:
        for bound, word in ((floor, "not less than"), (ceiling, "not more than")):
            if bound:
                # Apart, since what a bound adds up to is no part of the duty; what it lacks is
                # lacking all the same.
                side = _Reckoning(self.value_cents, self.quantities, self.components)
                side.charge(bound)
                self.missing += side.missing
                self.hold(side.sum(), f"{word} {sum_text(bound)}", lower=bound is floor)

    def hold_under(self, limit: Limit) -> None:
        plates = self.quantity_of(limit.when, f"the {limit.by} is the ceiling if there is any")
        if plates:
            ceiling = self.value_of(limit.by, f"not more than the {limit.by}")
            if ceiling is not None:
                self.hold(ceiling, f"not more than the {limit.by}", lower=False)

    def hold(self, bound: Fraction | int, label: str, *, lower: bool) -> None:
        gap = bound - self.sum()
        # While anything is missing the sum is not the duty, so no bound can be held to it.
        if not self.missing and (gap > 0 if lower else gap < 0):
            self.add(label, gap, 1)

    def sum(self) -> Fraction | int:
        return sum(part for _, part in self.parts)

    def result(self) -> RateAmount:
        """The parts, and each missing thing once with the first reason for it."""
        missing: dict[tuple[str, str], Missing] = {}
        for lack in self.missing:
            missing.setdefault((lack.kind, lack.name), lack)
        return RateAmount(tuple(self.parts), tuple(missing.values()))

    def check_parts(self, names: set[str]) -> None:
        """Refuse parts that exceed the value; a retail value or a cost is not a part of it."""
        named = [
            name
            for name in names - WHOLE_VALUE
            if name in self.components and not name.startswith(("fair ", "cost "))
        ]
        together = sum(self.components[name] for name in named)
        if self.value_cents is not None and together > self.value_cents:
            raise ValueError(
                f"the values of {', '.join(sorted(named))} add up to {together} cents, more than "
                f"the customs value of {self.value_cents} cents"
            )
