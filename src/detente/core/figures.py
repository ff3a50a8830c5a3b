"""Exact numbers as the interface writes them: strings, never floats."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.clock import long_day as long_day

if TYPE_CHECKING:
    from typing import overload

    from detente._exact import Fraction


def without_stop(text: str) -> str:
    """A text as it stands in brackets, or before a stop that its sentence sets."""
    return text.rstrip(". ")


PLACES, CUT = 6, 4
"""Places of a rate in the interface, and of a percentage that people read."""


def money(cents: int | None) -> str | None:
    """Dollars with two decimals."""
    if cents is None:
        return None
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


if TYPE_CHECKING:

    @overload
    def rate(share: Fraction) -> str: ...
    @overload
    def rate(share: None) -> None: ...
    @overload
    def rate(share: Fraction | None) -> str | None: ...


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


def percent(share: str | float | Fraction | None, decimals: int | None = None) -> str:
    """A share as people say it: "0.484" is "48.4%".

    Args:
        share: a fraction of one; a rate of the interface is one as text.
        decimals: rounded to so many, for a column or a picture; without, up to four stand, and
            "about" stands before a share that was cut there.
    """
    if share is None:
        return "not known"
    # Loaded here: most answers about licences have no share to show.
    from detente._exact import Fraction
    from detente._numbers import LONGEST, exact

    if isinstance(share, str) and len(share) <= LONGEST:
        of_one = exact(share)
    else:
        of_one = share if isinstance(share, Fraction) else Fraction(share)
    if decimals is not None:
        return f"{float(of_one * 100):.{decimals}f}%"
    scaled, rest = divmod(abs(of_one.numerator) * 100 * 10**CUT, of_one.denominator)
    whole, part = divmod(scaled, 10**CUT)
    text = f"{whole}.{part:0{CUT}d}".rstrip("0").rstrip(".")
    sign = "-" if of_one.numerator < 0 and scaled else ""
    return f"{'about ' if rest else ''}{sign}{text}%"


def millionths_of(text: str) -> int | None:
    """Millionths of a rate such as "7.5%" (75,000); None when the text is not such a rate."""
    import re

    found = re.fullmatch(r"([0-9]{1,4})(?:\.([0-9]{1,4}))?%", text)
    if found is None:
        return None
    whole, part = found.group(1), (found.group(2) or "").ljust(4, "0")
    return int(whole) * 10_000 + int(part)


def counted(number: int, one: str, many: str = "") -> str:
    """A count with its noun: ``1 row``, ``2,300 rows``, ``2 entries`` where `many` is said."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def dollars(amount: str) -> str:
    """An amount of the interface as people write it: "4840.00" is "$4,840.00"."""
    whole, _, cents = amount.partition(".")
    return f"${int(whole):,}.{cents}"


def without_fraction(code: str) -> str:
    """A code without the ``.0`` that it has where a table took it for a number."""
    digits = code.strip().removesuffix(".0")
    return digits if digits.isdecimal() else code


def digits_of(code: str) -> str:
    """The digits of a code, however it is parted."""
    return "".join(sign for sign in without_fraction(code) if sign.isdigit())


def dotted(code: str) -> str:
    """A code's digits as the schedule prints them."""
    if len(code) == 10:  # nearly all of a large table
        return f"{code[:4]}.{code[4:6]}.{code[6:8]}.{code[8:]}"
    return ".".join((code[:4], *(code[at : at + 2] for at in range(4, len(code), 2))))


def with_article(country: str) -> str:
    """The name of a country as it stands in a sentence."""
    return f"the {country}" if country.startswith("United") else country
