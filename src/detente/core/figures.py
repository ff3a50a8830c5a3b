"""Exact numbers as the interface writes them: strings, never floats."""

from __future__ import annotations

from fractions import Fraction

from detente.core.clock import long_day as long_day

PLACES = 6


def money(cents: int | None) -> str | None:
    """Dollars with two decimals."""
    if cents is None:
        return None
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def rate(share: Fraction | None) -> str | None:
    """A rate as a fraction of one, to six places half even, without trailing zeros."""
    if share is None:
        return None
    scaled, rest = divmod(share.numerator * 10**PLACES, share.denominator)
    twice = 2 * rest - share.denominator
    scaled += twice > 0 or (twice == 0 and scaled % 2 == 1)
    sign = "-" if scaled < 0 else ""
    whole, part = divmod(abs(scaled), 10**PLACES)
    text = f"{whole}.{part:06d}".rstrip("0").rstrip(".")
    return sign + text


def percent(text: str | None) -> str:
    """A rate of the interface as people say it: "0.484" is "48.4%"."""
    if text is None:
        return "not known"
    share = Fraction(text) * 100
    scaled = round(share * 10**4)
    whole, part = divmod(abs(scaled), 10**4)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole}.{part:04d}".rstrip("0").rstrip(".") + "%"


def dollars(amount: str) -> str:
    """An amount of the interface as people write it: "4840.00" is "$4,840.00"."""
    whole, _, cents = amount.partition(".")
    return f"${int(whole):,}.{cents}"


def dotted(code: str) -> str:
    """A code's digits as the schedule prints them."""
    return ".".join((code[:4], *(code[at : at + 2] for at in range(4, len(code), 2))))
