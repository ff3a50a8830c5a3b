"""Numbers as people write them: exact, and of a size that arithmetic can bear.

A text such as ``1e-99999999`` is short, and a number of a hundred million digits.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente._exact import Fraction

LONGEST = 40
"""Characters of a number: more than any quantity or share needs."""

# Patterns are compiled when a number is first read: most answers read none.
_WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_DECIMAL = rf"[+-]?(?:{_WHOLE}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{{1,2}})?"
_RATIO = r"[0-9]+/[0-9]*[1-9][0-9]*"


def exact(text: str) -> Fraction:
    """The number that a text writes: "1,250.5", "0.5", "1/3", "2e-5".

    Raises:
        ValueError: the text is not a number, or too long for one.
    """
    from detente._exact import Fraction

    if len(text) <= LONGEST and is_plain(text):
        whole, _, part = text.partition(".")
        return Fraction(int(whole + part), 10 ** len(part))
    import re

    if len(text) > LONGEST or not (re.fullmatch(_DECIMAL, text) or re.fullmatch(_RATIO, text)):
        raise ValueError(f"{text[:LONGEST]!r} is not a number")
    return Fraction(text.replace(",", ""))


def is_plain(text: str) -> bool:
    """Whether a text is digits with at most one point before some of them: "25", "0.5", ".5".

    So most numbers are written, and no pattern need be compiled for them.
    """
    return text[-1:].isdecimal() and text.isascii() and text.replace(".", "", 1).isdecimal()


def ratio(parts: Iterable[Fraction]) -> tuple[int, int]:
    """A sum of fractions as numerator and denominator, exact and not reduced.

    Whole numbers over one denominator: most shares of a sum are in the same unit, and then
    nothing but numerators is added.
    """
    above, below = 0, 1
    for part in parts:
        numerator, denominator = part.as_integer_ratio()
        if denominator == below:
            above += numerator
        elif below % denominator == 0:
            above += numerator * (below // denominator)
        else:
            above, below = above * denominator + numerator * below, below * denominator
    return above, below


def total(parts: Iterable[Fraction]) -> Fraction:
    """The exact sum of fractions."""
    from detente._exact import Fraction

    return Fraction(*ratio(parts))
