"""Shares of a company, exact: a fraction, a range of fractions, or not known.

One third and one sixth are one half, and six times 8.333333 percent are not, so shares are
fractions of whole numbers and never decimals of a machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import compress, count, repeat
from operator import gt, is_, mul

from detente._shapes import NamedTuple
from detente.core.figures import percent
from detente.parties.ownership.sums import GRAIN

# Patterns are compiled when a text is first read with them: most files need none.
DASHES = "[\u2010-\u2015\u2212]| to "
"""What is written between the ends of a range beside a hyphen."""

PERCENT = r"\s*(?:%|percent|per cent|pct)$"
DECIMAL_COMMA = r"[0-9]{1,3},(?![0-9]{3}$)[0-9]+"
THOUSANDS = r"[0-9]{1,3},[0-9]{3}\s*%?"
BOUNDS = ("<", ">", "\u2264", "\u2265", "~", "over", "more than", "at least", "up to", "about")
"""How a text begins that gives one end of a range, or none that is exact."""

TINY = r"[0-9]+(?:\.[0-9]+)?e-[0-9]{1,3}"
"""How a number far below one percent comes out of Parquet, JSON and frames: ``5e-05``."""

ZERO, WHOLE = Fraction(0), Fraction(1)
PLACES = 12
UNIT: int = 10**PLACES
ROUNDED_PLACES = 2
"""A percentage with at least so many decimals is taken for a rounded one."""

MOST_TEXTS = 20_000
"""Texts of shares that are known again while a file is read."""


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
    plain = _plain(text) or _plain_fraction(text)
    if plain is not None:
        # As nearly all are written: one number and nothing to it.
        above, below, rounded = plain
        if above > below:
            raise ValueError(_above_the_whole(text))
        return _of_number(above, below, rounded)
    # Loaded here: few files write shares in any of the ways that follow.
    import unicodedata

    word = unicodedata.normalize("NFKC", text).strip().lower()
    if word == "unknown":
        return UNKNOWN
    if re.fullmatch(TINY, word):
        tiny = Fraction(word) / 100
        return Share(tiny, tiny)
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
        share = _of_number(*plain)
        return share.lo, share.slack
    # `Fraction` would also take 1e2 and 1_0.
    if not word or word[0] not in "0123456789." or "e" in word or "_" in word:
        raise ValueError
    above, slash, below = word.partition("/")
    if slash:
        if word != text.strip() or not (above + below).isdecimal():
            raise ValueError
        return Fraction(int(above), int(below)), ZERO
    places = len(word.partition(".")[2])
    return Fraction(word) / 100, _slack(*_digits(places))


def _plain(text: str) -> tuple[int, int, bool] | None:
    """A percentage of digits with at most one point before some of them; None for another text.

    Returns:
        The share of one as digits, what they are parts of, and whether the last is rounded.
    """
    digits = text.replace(".", "", 1)
    if not (digits.isdecimal() and digits.isascii()) or text[-1] == ".":
        return None
    return int(digits), *_digits(len(text) - text.find(".") - 1 if len(digits) < len(text) else 0)


def _plain_fraction(text: str) -> tuple[int, int, bool] | None:
    """The same of a fraction of one, of digits; None for another text."""
    above, slash, below = text.partition("/")
    if not (slash and above.isdecimal() and below.isdecimal() and text.isascii()):
        return None
    try:
        return (int(above), of, False) if (of := int(below)) else None
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _digits(places: int) -> tuple[int, bool]:
    """What the digits of percentages with so many decimals are parts of; whether any is rounded."""
    return 100 * 10**places, places >= ROUNDED_PLACES


def _slack(below: int, rounded: bool) -> Fraction:
    """Half of the last digit of a rounded share."""
    return _half_of(below) if rounded else ZERO


@lru_cache(maxsize=64)
def _half_of(below: int) -> Fraction:
    return Fraction(1, 2 * below)


def _of_number(above: int, below: int, rounded: bool) -> Share:
    lo = Fraction(above, below)
    # All fields are given, so the tuple is made as it is: there are hundreds of thousands.
    return tuple.__new__(Share, (lo, lo, _slack(below, rounded)))


class ShareTable:
    """Shares of many holdings, each by its number, in whole numbers; few stand in it twice.

    Most shares of a large file are compared with a threshold and written, and never added up, so
    fractions are made of those alone that are asked for.

    Attributes:
        above, below: the lower end of each is ``above / below``, not reduced.
        ranges: numbers of those whose ends differ.
    """

    def __init__(self) -> None:
        self.above: list[int] = []
        self.below: list[int] = []
        self.ranges: set[int] = set()
        self._rounded: list[bool] = []
        self._made: dict[int, Share] = {}
        self._of_text: dict[str, int] = {}
        self._of_share: dict[int, int] = {}
        self._reaching: dict[tuple[Fraction, bool, int], list[bool]] = {}
        self._last: tuple[int, bool] | None = None
        self._in_grains = 0, 0

    def read(self, text: str) -> int:
        """The number of a share as files write it; see `share_of`.

        Raises:
            ValueError: the text is not a share.
        """
        number = self._of_text.get(text)
        if number is None:
            plain = _plain(text) or _plain_fraction(text)
            if plain is not None and plain[0] <= plain[1]:
                number = self._add(*plain)
            else:
                number = self.number(share_of(text))
            self._of_text[text] = number
        return number

    def read_all(self, texts: Sequence[str]) -> list[int]:
        """The numbers of shares as files write them.

        Raises:
            ValueError: one of the texts is not a share.
        """
        known = self._of_text
        numbers = list(map(known.get, texts))
        if None in numbers:
            absent = map(is_, numbers, repeat(None))
            new = list(dict.fromkeys(compress(texts, absent)))
            if not self._read_numbers(new):
                for text in new:
                    self.read(text)
            numbers = list(map(known.get, texts))
        if len(known) > MOST_TEXTS:
            known.clear()  # one that is met again has another number
        return numbers  # type: ignore[return-value]

    def _read_numbers(self, texts: Sequence[str]) -> bool:
        """Read texts that are all one number and nothing to it; False if one is not, and none is.

        The same as `_plain`, a step at a time for all of them.
        """
        written = "\n".join(texts)
        digits = written.replace(".", "").split("\n")
        points = list(map(str.find, texts, repeat(".")))
        lengths = list(map(len, texts))
        pointed = [length - (at >= 0) for length, at in zip(lengths, points, strict=True)]
        if (
            not (written.isascii() and all(map(str.isdecimal, digits)))
            # More than one point, or the end of a line within a text.
            or pointed != list(map(len, digits))
        ):
            return False
        places = [
            length - at - 1 if at >= 0 else 0 for length, at in zip(lengths, points, strict=True)
        ]
        if any(at >= 0 and not each for at, each in zip(points, places, strict=True)):
            return False
        above = list(map(int, digits))
        forms = {each: _digits(each) for each in set(places)}
        below, rounded = [forms[each][0] for each in places], [forms[each][1] for each in places]
        if any(map(gt, above, below)):
            return False
        self._of_text.update(zip(texts, count(len(self.above)), strict=False))
        self.above += above
        self.below += below
        self._rounded += rounded
        return True

    def forget_texts(self) -> None:
        """Give back the room of the texts, when all were read."""
        self._of_text = {}

    def number(self, share: Share) -> int:
        """The number of a share; the same object has one."""
        number = self._of_share.get(id(share))
        if number is None:
            above, below = share.lo.as_integer_ratio()
            number = self._of_share[id(share)] = self._add(above, below, bool(share.slack))
            self._made[number] = share  # which keeps it alive, and its identity with it
            if share.lo != share.hi:
                self.ranges.add(number)
        return number

    def _add(self, above: int, below: int, rounded: bool) -> int:
        self.above.append(above)
        self.below.append(below)
        self._rounded.append(rounded)
        return len(self.above) - 1

    def share(self, number: int) -> Share:
        """A share as fractions; one object, however often it is asked for."""
        made = self._made.get(number)
        if made is None:
            numbers = self.above[number], self.below[number], self._rounded[number]
            made = self._made[number] = _of_number(*numbers)
        return made

    def end(self, number: int, high: bool) -> Fraction:
        """The lower or upper end of a share, of which no more is made and nothing is kept."""
        made = self._made.get(number)
        if made is not None:
            return made.hi if high else made.lo
        return Fraction(self.above[number], self.below[number])

    def decimals(self, numbers: Sequence[int]) -> tuple[list[str], list[str], list[str]]:
        """Lower ends as decimals, rounded down and up, and as fractions; "" if a decimal is."""
        scaled = map(mul, map(self.above.__getitem__, numbers), repeat(UNIT))
        units = list(map(divmod, scaled, map(self.below.__getitem__, numbers)))
        low = list(map(_units_text, [whole for whole, _ in units]))
        high, exact = list(low), [""] * len(low)
        for at, (whole, rest) in enumerate(units):
            if rest:
                high[at] = _units_text(whole + 1)
                exact[at] = str(Fraction(self.above[numbers[at]], self.below[numbers[at]]))
        return low, high, exact

    def is_rounded(self, number: int) -> bool:
        """Whether the last digit of a share may have been rounded."""
        return self._rounded[number]

    def held(self) -> list[bool]:
        """Whether each share is, or may be, more than nothing."""
        found = list(map(bool, self.above))
        for number in self.ranges:
            found[number] = True
        return found

    def within(self, number: int, most: Fraction) -> bool:
        """Whether a share is, by its upper end, no more than this."""
        if number in self.ranges:
            return self._made[number].hi <= most
        return self.is_at_most(number, most)

    def is_at_most(self, number: int, most: Fraction) -> bool:
        """Whether a share is, by its lower end, no more than this."""
        above, below = most.as_integer_ratio()
        return self.above[number] * below <= above * self.below[number]

    def grains(self, number: int, high: bool) -> tuple[int, int]:
        """The lower or upper end in whole grains, and whether it was rounded; see `sums.grains`."""
        # Owners with the same text in a file often stand one by one.
        if (number, high) != self._last:
            self._last = number, high
            if high and number in self.ranges:
                above, below = self._made[number].hi.as_integer_ratio()
            else:
                above, below = self.above[number], self.below[number]
            whole, rest = divmod(above * GRAIN, below)
            self._in_grains = whole, 1 if rest else 0
        return self._in_grains

    def reaching(self, least: Fraction, high: bool) -> list[bool]:
        """Whether each share by itself is as large as a threshold: by its lower or upper end."""
        key = least, high, len(self.above)
        found = self._reaching.get(key)
        if found is None:
            above, below = least.as_integer_ratio()
            pairs = zip(self.above, self.below, strict=True)
            found = [one * below >= above * of for one, of in pairs]
            for number in self.ranges if high else ():
                found[number] = self._made[number].hi >= least
            self._reaching[key] = found
        return found


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
    return _units_text(-(-scaled // below) if up else scaled // below)


def _units_text(units: int) -> str:
    """So many of the smallest part that is told, as a decimal."""
    digits = str(units).zfill(PLACES + 1)
    part = digits[-PLACES:].rstrip("0")
    return f"{digits[:-PLACES]}.{part}" if part else digits[:-PLACES]


def span_text(lo: Fraction, hi: Fraction) -> str:
    """A share or a range of shares for a person."""
    if (lo, hi) == (ZERO, WHOLE):
        return "an unknown share"
    return percent(lo) if lo == hi else f"{percent(lo)} to {percent(hi)}"
