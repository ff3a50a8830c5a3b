"""Cases: what one distinct stack charges, asked for many ordinary rates.

Shares come from `detente.duty.amounts`. Where nothing but the ordinary duty depends on the ordinary
rate, they are asked for once and that duty alone is scaled.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from detente._shapes import NamedTuple
from detente.duty.amounts import ColumnRates, Layer, Worth, amounts
from detente.duty.rate_text import EmptyRateError, parse_rate
from detente.duty.stack import Moment, Stack, Term
from detente.register.book import Register

SCALE = 10**12
"""Shares of the value are whole trillionths, so that millions of them add up exactly."""

GENERAL = "general"
BASE = "base"
WHOLE = ColumnRates("100%", "", "")
NO_WORTH = Worth(None, {})


class Charge(NamedTuple):
    """What a stack charges on a rate: shares of the value by family, and the part never owed.

    Shares are in units of `SCALE`. ``unresolved`` names the measures whose duty has no share of
    the value; then there is no rate.
    """

    families: tuple[tuple[str, int], ...]
    refundable: int
    unresolved: tuple[str, ...]


class Ordinary:
    """Ordinary rates as shares of the value, each text read once."""

    def __init__(self) -> None:
        self._known: dict[str, int | None] = {}

    def share(self, text: str) -> int | None:
        """The share in units of `SCALE`; None where the rate is not ad valorem."""
        if text not in self._known:
            exact = parse_rate(text).ad_valorem()
            self._known[text] = None if exact is None else round(exact * SCALE)
        return self._known[text]


class Case:
    """One distinct stack, asked for many ordinary rates."""

    def __init__(
        self, register: Register, stack: Stack, moment: Moment, claimed: bool, rates: Ordinary
    ) -> None:
        """Take a resolved stack; ``claimed`` lines of chapter 98 have the rate that they print."""
        self._ordinary = rates
        self._register = register
        self._stack = stack
        self._facts = moment.facts
        self._claimed = claimed
        self._void = _void(stack, moment)
        self._known: dict[ColumnRates, Charge] = {}
        plain = self._reckon(WHOLE)
        general = all(t.duty.column == GENERAL for t in stack.terms if t.duty.form == "column")
        capped = any(term.duty.form == "cap" for term in stack.terms)
        self._plain = plain if general and not capped and not plain.unresolved else None

    @property
    def only_general(self) -> bool:
        """Whether no other column than the general one counts."""
        return self._plain is not None

    def charge(self, rates: ColumnRates) -> Charge:
        """The shares of the value that an ordinary rate and the rest of the stack come to."""
        if rates not in self._known:
            self._known[rates] = self._compute(rates)
        return self._known[rates]

    def _compute(self, rates: ColumnRates) -> Charge:
        ordinary = self._ordinary.share(rates.general) if self._plain else None
        if self._plain is None or ordinary is None:
            return self._reckon(rates)
        # Additional duties do not depend on the rate here, so only the ordinary duty is scaled.
        families = tuple(
            (name, share * ordinary // SCALE if name == BASE else share)
            for name, share in self._plain.families
        )
        return Charge(families, self._plain.refundable, ())

    def _reckon(self, rates: ColumnRates) -> Charge:
        try:
            figures = amounts(self._stack, rates, NO_WORTH, self._facts, self._register.bases)
        except EmptyRateError:
            # The line prints nothing in the column that counts.
            names = [t.measure.id for t in self._stack.terms if t.duty.form == "column"]
            return Charge((), 0, tuple(names))
        families: dict[str, int] = {}
        refundable = 0
        unresolved = []
        for layer in figures.layers:
            name, exact = layer.term.measure.id, self._share(layer, rates)
            if exact is None:
                unresolved.append(name)
                continue
            family, share = layer.term.measure.family, round(exact * SCALE)
            families[family] = families.get(family, 0) + share
            if name in self._void:
                refundable += share
        return Charge(tuple(sorted(families.items())), refundable, tuple(unresolved))

    def _share(self, layer: Layer, rates: ColumnRates) -> Fraction | None:
        if layer.share is None and self._claimed and layer.term.measure.family == BASE:
            return parse_rate(rates.general).ad_valorem()
        return layer.share


def _void(stack: Stack, moment: Moment) -> frozenset[str]:
    """Measures whose term was never owed, as far as known."""
    return frozenset(
        term.measure.id
        for term in stack.terms
        for void in term.measure.voids
        if _holds(term, moment, void.announced, void.start, void.until, void.limbs)
    )


def _holds(
    term: Term, moment: Moment, announced: int, start: int, until: int | None, limbs: Iterable[str]
) -> bool:
    known = moment.known_on is None or announced <= moment.known_on
    covers = start <= moment.minute and (until is None or moment.minute < until)
    return known and covers and term.limb.id in limbs
