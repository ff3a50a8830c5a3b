"""Antidumping and countervailing duties, which an average leaves out: the value they may touch.

An order describes goods, and its rate is that of a producer: no table of trade tells either. So
the fact that an order describes the goods stands at its default, and what is said is the share of
the value on lines that orders name.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.core.figures import rate
from detente.register.lists import prefixes

if TYPE_CHECKING:
    from detente.register.book import Register
    from detente.trade.weights import Weights

REMEDIES = frozenset(("us_remedy", "cn_remedy"))
"""The facts that say whether an order describes the goods."""


def left_out(register: Register, destination: str, origin: str, weights: Weights) -> str:
    """A note on the value that orders may touch, in percent of the weights.

    Args:
        register: the register asked.
        destination: the side into which the goods come.
        origin: where they come from.
        weights: units of weight by code.
    """
    named = {
        name
        for measure in register.measures(f"{destination.lower()}/tariff")
        if register.inside(measure.places, origin)
        for provision in measure.provisions
        if not REMEDIES.isdisjoint(test.fact for test in provision.when)
        for name in provision.goods
    }
    written = {name for name in named if name[0].isdigit()}
    codes = {name.replace(".", "") for name in written}
    codes.update(row.code for name in named - written for row in register.codes_of(name))
    touched = sum(
        units for code, units in weights.lines.items() if not codes.isdisjoint(prefixes(code))
    )
    said = "Antidumping and countervailing duties are not counted"
    if not touched:
        return f"{said}."
    share = rate(Fraction(touched, weights.total) * 100)
    return f"{said}: {share}% of the value lies on lines that orders name, some of it theirs."
