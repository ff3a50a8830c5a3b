"""Taxes on imports beside the duty, each on its own base, and what the goods cost landed.

    consumption tax = (value + duty) / (1 - rate) x rate        value added tax = (value + duty +
    consumption tax) x rate        duty = every layer, additional duties included

The code decides a rate only where all goods under it pay the same; where others pay another rate,
the row says which. A tax whose rate the code does not decide leaves the landed total open.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import money, rate
from detente.duty.rates.amount import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.answers.duty import Tax
    from detente.goods.partner_tariff import TaxRule

NAMES = {"consumption": "Consumption tax", "vat": "Value-added tax"}
GRADE = "background"
"""How well the rates are known: no text of them was read."""


class LandedCost(NamedTuple):
    """The taxes of an entry, and value, duty and taxes together.

    Attributes:
        taxes: rows under the keys of the interface.
        cents: value, duty and taxes; None where one of them is not known.
        share: the same as a share of the value.
    """

    taxes: list[Tax]
    cents: int | None
    share: Fraction | None


def landed(
    rules: Iterable[TaxRule], value: int | None, duty: int | None, duty_share: Fraction | None
) -> LandedCost:
    """The taxes by their rules, in the order in which they are charged.

    Args:
        rules: the tax rules of the goods, the consumption tax before the value added tax.
        value: customs value in cents.
        duty: all duties in cents.
        duty_share: all duties as a share of the value.
    """
    cents = None if value is None or duty is None else value + duty
    share = None if duty_share is None else 1 + duty_share
    rows = []
    for rule in rules:
        charged = Fraction(rule.percent) / 100 if rule.percent else None
        factor = None if charged is None else _factor(rule.tax, charged)
        base = cents
        if rule.tax == "consumption" and charged is not None:
            # The base of this tax holds the tax itself.
            base = None if cents is None else round_half_up(cents / (1 - charged))
        amount = None if cents is None or factor is None else round_half_up(cents * factor)
        part = None if share is None or factor is None else share * factor
        rows.append(_row(rule, base if factor is not None else None, amount, part))
        cents = None if cents is None or amount is None else cents + amount
        share = None if share is None or part is None else share + part
    return LandedCost(rows, cents, share)


def _factor(tax: str, charged: Fraction) -> Fraction:
    """What a tax comes to for each unit of value and duty."""
    return charged / (1 - charged) if tax == "consumption" else charged


def _row(rule: TaxRule, base: int | None, amount: int | None, share: Fraction | None) -> Tax:
    return {
        "name": NAMES[rule.tax],
        "rate": f"{rule.percent}%" if rule.percent else None,
        "base": money(base),
        "amount": money(amount),
        "ad_valorem": rate(share),
        "or_rate": f"{rule.or_rate}%" if rule.or_rate else None,
        "grade": GRADE,
        "why": _why(rule),
    }


def _why(rule: TaxRule) -> str:
    """Which goods a rate is for, and the other one that goods of the code may pay."""
    if not rule.or_rate:
        return rule.note
    if Fraction(rule.or_rate) < Fraction(rule.percent):
        return f"{rule.note}: {rule.or_rate}%"
    return f"{rule.note}; goods of this code that are outside of it pay {rule.or_rate}%"
