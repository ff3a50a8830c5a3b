"""Sums of shares, exact however many there are and whatever they are parts of.

    n grains <= sum < n + k grains, of k parts rounded down to whole grains

Two hundred thousand shares, each a fraction of another number of parts, add up to a fraction of
millions of digits. So parts are counted in grains, and all digits are worked out only where the
sum comes closer to what it is compared with than grains can say.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd, lcm

from detente._numbers import ratio

GRAIN: int = 10**78
"""Grains of one; every decimal of a file is a whole number of them."""

LONGEST = 4096
"""Bits of the longest denominator of a sum that is told as it is: what takes longer to read tells
nobody more."""

REDUCED = 8192
"""Bits up to which a common divisor is looked for, which in longer numbers takes longest of all."""

FEW = 8
"""Parts that are added one after the other; of more, halves are, so that most numbers are short."""


def grains(part: Fraction) -> tuple[int, int]:
    """A part in whole grains, rounded down, and whether it was rounded: 0 or 1."""
    above, below = part.as_integer_ratio()
    whole, rest = divmod(above * GRAIN, below)
    return whole, 1 if rest else 0


def in_grains(parts: Iterable[Fraction]) -> tuple[int, int]:
    """Parts in whole grains, each rounded down, and how many were rounded."""
    found = rounded = whole = rest = 0
    last = None
    for part in parts:
        # Owners with the same text in a file have one object, and often stand together.
        if part is not last:
            last = part
            whole, rest = grains(part)
        found += whole
        rounded += rest
    return found, rounded


def sign_of(low: int, rounded: int, to: Fraction) -> int | None:
    """Whether a sum in grains is less (-1), the same (0) or more (1); None where they cannot say.

    Args:
        low: whole grains.
        rounded: parts that were rounded down, each by more than nothing and less than a grain.
        to: what the sum is compared with.
    """
    above, below = to.as_integer_ratio()
    sought, least = above * GRAIN, low * below
    if not rounded:
        return (least > sought) - (least < sought)
    if least >= sought:
        return 1
    return -1 if least + rounded * below <= sought else None


def compared(parts: Iterable[Fraction], to: Fraction) -> int:
    """Whether parts add up to less than a fraction (-1), to it (0) or to more (1)."""
    parts = list(parts)
    sign = sign_of(*in_grains(parts), to)
    if sign is None:
        above, below = _exact(parts)
        here, there = above * to.denominator, to.numerator * below
        sign = (here > there) - (here < there)
    return sign


def summed(parts: Iterable[Fraction], beside: Fraction | None = None) -> tuple[Fraction, Fraction]:
    """The sum of parts: twice the same where its digits are few, else ends that enclose it.

    Args:
        parts: fractions.
        beside: a number on one side of which both ends lie, like the sum: at or above it, or below.
    """
    parts = list(parts)
    below = 1
    for denominator in {part.denominator for part in parts}:
        below = lcm(below, denominator)
        if below.bit_length() > LONGEST:
            break
    else:
        ratios = (part.as_integer_ratio() for part in parts)
        exact = Fraction(sum(one * (below // of) for one, of in ratios), below)
        return exact, exact
    low, rounded = in_grains(parts)
    lo, hi = Fraction(low, GRAIN), Fraction(low + rounded, GRAIN)
    if beside is None or not lo < beside <= hi:
        return lo, hi
    if compared(parts, beside) >= 0:
        return beside, hi
    return lo, _below(beside, parts)


def _below(beside: Fraction, parts: list[Fraction]) -> Fraction:
    """A number between a sum and one above it."""
    above, below = _exact(parts)
    grain = GRAIN
    while True:
        grain *= GRAIN
        found = Fraction(-(-above * grain // below), grain)
        if found < beside:
            return found


def _exact(parts: list[Fraction]) -> tuple[int, int]:
    """The sum of many parts as numerator and denominator."""
    if len(parts) <= FEW:
        return ratio(parts)
    half = len(parts) // 2
    (one, of), (other, of_other) = _exact(parts[:half]), _exact(parts[half:])
    above, below = one * of_other + other * of, of * of_other
    if below.bit_length() <= REDUCED:
        divisor = gcd(above, below)
        return above // divisor, below // divisor
    return above, below
