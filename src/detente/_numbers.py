"""Numbers as people write them: exact, and of a size that arithmetic can bear.

A text such as ``1e-99999999`` is short, and a number of a hundred million digits.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction

LONGEST = 40
"""Characters of a number: more than any quantity or share needs."""

_WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_DECIMAL = re.compile(rf"[+-]?(?:{_WHOLE}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{{1,2}})?")
_RATIO = re.compile(r"[0-9]+/[0-9]*[1-9][0-9]*")


def exact(text: str) -> Fraction:
    """The number that a text writes: "1,250.5", "0.5", "1/3", "2e-5".

    Raises:
        ValueError: the text is no number, or too long for one.
    """
    from fractions import Fraction

    if len(text) > LONGEST or not (_DECIMAL.fullmatch(text) or _RATIO.fullmatch(text)):
        raise ValueError(f"{text[:LONGEST]!r} is no number")
    return Fraction(text.replace(",", ""))
