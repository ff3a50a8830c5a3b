"""Shares of a company, exact: a fraction, a range of fractions, or not known.

One third and one sixth are one half, and six times 8.333333 percent are not, so shares are
fractions of whole numbers and never decimals of a machine.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from detente._shapes import NamedTuple
from detente.core.figures import percent

# Patterns are compiled when a text is first read with them: most files need none.
DASHES = "[\u2010-\u2015\u2212]| to "
"""What is written between the ends of a range beside a hyphen."""

PERCENT = r"\s*(?:%|percent|per cent|pct)$"
DECIMAL_COMMA = r"[0-9]{1,3},(?![0-9]{3}$)[0-9]+"
THOUSANDS = r"[0-9]{1,3},[0-9]{3}\s*%?"
BOUNDS = ("<", ">", "\u2264", "\u2265", "~", "over", "more than", "at least", "up to", "about")
"""How a text begins that gives one end of a range, or none that is exact."""

ZERO, WHOLE = Fraction(0), Fraction(1)
PLACES = 12
UNIT: int = 10**PLACES
ROUNDED_PLACES = 2
"""A percentage with at least so many decimals is taken for a rounded one."""


class Share(NamedTuple):
    """A share between ``lo`` and ``hi``, fractions of one; ``slack`` is half its last digit."""

    lo: Fraction
    hi: Fraction
    slack: Fraction = ZERO

    @property
    def known(self) -> bool:
        """Whether the source says anything about how large it is."""
        return bool(self.lo) or self.hi != WHOLE


UNKNOWN = Share(ZERO, WHOLE)


def share_of(text: str) -> Share:
    """A share as files write it.

    Args:
        text: ``50``, ``50%``, ``50,5`` or ``50 percent``, ``1/3`` (a fraction of one),
            ``33.33-49.99`` or ``33.33 to 49.99`` (a range in percent), ``unknown``; digits and
            signs may be of full width.

    Raises:
        ValueError: the text is none of these, below nothing or above the whole.
    """
    plain = _plain(text)
    if plain is not None:
        # As nearly all are written: one number and nothing to it.
        lo, slack = plain
        # A percentage below a hundred has two digits at most before its point.
        if len(text) > 2 and text.find(".", 0, 3) < 0 and lo > WHOLE:
            raise ValueError(_above_the_whole(text))
        # All fields are given, so the tuple is made as it is: there are hundreds of thousands.
        return tuple.__new__(Share, (lo, lo, slack))
    # Loaded here: few files write shares in any of the ways that follow.
    import unicodedata

    word = unicodedata.normalize("NFKC", text).strip().lower()
    if word == "unknown":
        return UNKNOWN
    low, dash, high = re.sub(DASHES, "-", word).partition("-")
    try:
        lo, slack = _one(low)
        hi, _ = _one(high) if dash else (lo, ZERO)
    except (ValueError, ZeroDivisionError):
        raise ValueError(_not_a_share(text.strip(), word)) from None
    if hi < lo:
        raise ValueError(f"the range {text.strip()} runs backward: write the smaller share first")
    if hi > WHOLE:
        raise ValueError(_above_the_whole(text))
    return Share(lo, hi, ZERO if dash else slack)


def _not_a_share(text: str, word: str) -> str:
    """Why a text is not a share, and how it is written."""
    if not word:
        return "the share is empty: write unknown where nobody says how much is held"
    if re.fullmatch(THOUSANDS, word):
        return f"{text!r} may be a share or thousands: write its decimals after a point"
    if word.startswith(BOUNDS):
        return (
            f"{text!r} is not a share: write what is more than half as 50-100, a range in percent"
        )
    return (
        f"{text!r} is not a share: write a percentage (50 or 50%), a fraction of one "
        "(1/3), a range in percent (33.33-49.99), or unknown"
    )


def _above_the_whole(text: str) -> str:
    return (
        f"the share {text.strip()} is above 100 percent: a plain number is a percentage, and "
        "nobody holds more than the whole"
    )


def _one(text: str) -> tuple[Fraction, Fraction]:
    """A percentage or a fraction as a fraction of one, with half of its last digit."""
    word = re.sub(PERCENT, "", text.strip())
    if re.fullmatch(DECIMAL_COMMA, word):
        word = word.replace(",", ".")
    plain = _plain(word)
    if plain is not None:
        return plain
    # `Fraction` would also take 1e2 and 1_0.
    if not word or word[0] not in "0123456789." or "e" in word or "_" in word:
        raise ValueError
    above, slash, below = word.partition("/")
    if slash:
        if word != text.strip() or not (above + below).isdecimal():
            raise ValueError
        return Fraction(int(above), int(below)), ZERO
    return Fraction(word) / 100, _digits(len(word.partition(".")[2]))[1]


def _plain(text: str) -> tuple[Fraction, Fraction] | None:
    """A percentage of digits with at most one point before some of them; None for another text.

    A fraction that reads its own text costs five times as much.
    """
    digits = text.replace(".", "", 1)
    if not (digits.isdecimal() and digits.isascii()) or text[-1] == ".":
        return None
    below, slack = _digits(len(text) - text.find(".") - 1 if len(digits) < len(text) else 0)
    return Fraction(int(digits), below), slack


@lru_cache(maxsize=64)
def _digits(places: int) -> tuple[int, Fraction]:
    """Of percentages with so many decimals: what their digits are parts of, and the slack.

    That is half of the last digit, of those that are taken for rounded.
    """
    below = 100 * 10**places
    return below, Fraction(1, 2 * below) if places >= ROUNDED_PLACES else ZERO


def is_decimal(share: Fraction) -> bool:
    """Whether a fraction ends within the places that are told, so that its text says it all."""
    return UNIT % share.denominator == 0


def decimal_text(share: Fraction, up: bool = False) -> str:
    """A decimal fraction of one with up to twelve places, rounded down, or ``up``."""
    # What needs no rounding is one text, whichever way is asked.
    return _decimal(*share.as_integer_ratio(), up and not is_decimal(share))


@lru_cache(maxsize=4096)
def _decimal(above: int, below: int, up: bool) -> str:
    """Kept, since the same few shares stand in most rows of a file."""
    scaled = above * UNIT
    units = -(-scaled // below) if up else scaled // below
    whole, part = divmod(units, UNIT)
    digits = str(part).rjust(PLACES, "0").rstrip("0")
    return f"{whole}.{digits}" if digits else str(whole)


def span_text(lo: Fraction, hi: Fraction) -> str:
    """A share or a range of shares for a person."""
    if (lo, hi) == (ZERO, WHOLE):
        return "an unknown share"
    return percent(lo) if lo == hi else f"{percent(lo)} to {percent(hi)}"
