"""Forms of a duty rate: what is charged, on what, and what must be known to compute it.

    duty = sum of terms, held between a floor and a ceiling where the rate has them
    term = share of a value | money a unit | less money a unit for each degree

Reach for this to ask a rate what it needs and what it costs; `rate_text` reads the forms from the
schedule's words. Everything is exact: shares are integers in millionths (over a divisor, since the
schedule has 33 1/3%), money a unit is an integer in billionths of a dollar.
"""

from __future__ import annotations

from detente._numbers import total
from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Literal

    from detente._exact import Fraction

    RateKind = Literal[
        "free",
        "free_conditional",
        "ad_valorem",
        "specific",
        "compound",
        "component",
        "degrees",
        "minimum",
        "maximum",
        "capped",
        "derived",
        "unparsed",
    ]

# Names of a part that is the whole: an ad valorem rate on it is one on the customs value.
WHOLE_VALUE = frozenset({"", "value", "entire set"})


class AdValorem(NamedTuple):
    """A share of the customs value, or of the part of it named `on`.

    `millionths / divisor` millionths: 6.4% is 64000, 33 1/3% is 1000000 over 3.
    """

    millionths: int
    divisor: int = 1
    on: str = ""

    def text(self) -> str:
        """As the schedule writes it: `6.4%`, `33 1/3%`, `5.3% on the battery`."""
        percent = _percent_text(self.millionths, self.divisor)
        return f"{percent} on the {self.on}" if self.on else percent


class Specific(NamedTuple):
    """Money a unit: billionths of a dollar, and the unit's one spelling."""

    billionths: int
    unit: str

    def text(self) -> str:
        """As the schedule writes it: `3.3¢/kg`, `$1.50 each`."""
        return f"{_money_text(self.billionths)}{_per_text(self.unit)}"


class PerDegree(NamedTuple):
    """What a rate loses on each unit for each degree, and part of one, under `under`."""

    billionths: int
    unit: str
    under: int

    def text(self) -> str:
        """As the schedule writes it, without the "less" before it."""
        return (
            f"{_money_text(self.billionths)}{_per_text(self.unit)} for each degree under "
            f"{self.under} degrees (and fractions of a degree in proportion)"
        )


Term = AdValorem | Specific | PerDegree


class Limit(NamedTuple):
    """A ceiling that another duty sets, for goods that contain any of `when` (a unit)."""

    when: str
    by: str


class RateForm(NamedTuple):
    """A duty rate.

    Attributes:
        terms: what is added up; empty for a free, derived or unparsed rate.
        floor: terms whose sum the duty is not less than.
        ceiling: terms whose sum the duty does not exceed.
        limit: a ceiling set by another duty under a condition.
        free: nothing is charged.
        words: the condition of a free rate, or the text of a derived or unparsed one.
        facts: for a derived rate, what settles it: an entry fact, values of parts, other duties.
        reason: why a derived or unparsed rate has no amount of its own, and what to do.
    """

    terms: tuple[Term, ...] = ()
    floor: tuple[Term, ...] = ()
    ceiling: tuple[Term, ...] = ()
    limit: Limit | None = None
    free: bool = False
    words: str = ""
    facts: tuple[str, ...] = ()
    reason: str = ""

    @property
    def kind(self) -> RateKind:
        """The form by its most particular feature; a conditional ceiling counts as `capped`."""
        if self.free:
            return "free_conditional" if self.words else "free"
        if not self.terms:
            return "derived" if self.facts else "unparsed"
        if self.limit is not None:
            return "capped"
        if any(isinstance(term, PerDegree) for term in self.terms):
            return "degrees"
        if self.floor or self.ceiling:
            return "minimum" if self.floor else "maximum"
        shares = [term for term in self.terms if isinstance(term, AdValorem)]
        if any(term.on not in WHOLE_VALUE for term in shares):
            return "component"
        if len(shares) == len(self.terms):
            return "ad_valorem"
        return "compound" if shares else "specific"

    def text(self) -> str:
        """The canonical text: reading it gives this form again."""
        if self.free:
            return f"Free, {self.words}" if self.words else "Free"
        if not self.terms:
            return self.words
        text = sum_text(self.terms)
        if self.floor:
            text += f" but not less than {sum_text(self.floor)}"
        if self.ceiling:
            text += f" but not more than {sum_text(self.ceiling)}"
        if self.limit is not None:
            text += f", but if consisting in part of a {self.limit.when}"
            text += f" not more than the {self.limit.by}"
        return text

    def needs(self) -> tuple[str, ...]:
        """Names of the units, value parts and facts that the amount needs, each once, in order."""
        names = list(self.facts)
        for term in (*self.terms, *self.floor, *self.ceiling):
            if isinstance(term, PerDegree):
                names += [term.unit, "degree"]
            elif isinstance(term, Specific):
                names.append(term.unit)
            elif term.on not in WHOLE_VALUE:
                names.append(term.on)
        if self.limit is not None:
            names += [self.limit.when, self.limit.by]
        return tuple(dict.fromkeys(names))

    def ad_valorem(self) -> Fraction | None:
        """The rate as an exact share of the customs value (0.064 for 6.4%), or None."""
        from detente._exact import Fraction

        if self.free:
            return Fraction(0)
        if self.kind != "ad_valorem":
            return None
        return total(
            Fraction(term.millionths, 10**6 * term.divisor)
            for term in self.terms
            if isinstance(term, AdValorem)
        )


def _decimal_text(number: int, places: int) -> str:
    whole, part = divmod(number, 10**places)
    return f"{whole}.{part:0{places}d}".rstrip("0").rstrip(".")


def _percent_text(millionths: int, divisor: int) -> str:
    if divisor == 1:
        return f"{_decimal_text(millionths, 4)}%"
    whole, rest = divmod(millionths, 10_000 * divisor)
    from detente._exact import Fraction

    part = Fraction(rest, 10_000 * divisor)
    return f"{whole} {part}%" if whole else f"{part}%"


def _money_text(billionths: int) -> str:
    if billionths < 10**9:
        return f"{_decimal_text(billionths, 7)}¢"
    if billionths % 10**9 and billionths % 10**8 == 0:
        return f"${_decimal_text(billionths, 9)}0"  # dollars and ten cents are written $1.10
    return f"${_decimal_text(billionths, 9)}"


def _per_text(unit: str) -> str:
    return " each" if unit == "No." else f"/{unit}"


def sum_text(terms: tuple[Term, ...]) -> str:
    """The terms joined as the schedule joins them."""
    text = ""
    for term in terms:
        joint = " less " if isinstance(term, PerDegree) else " + "
        text += f"{joint if text else ''}{term.text()}"
    return text
