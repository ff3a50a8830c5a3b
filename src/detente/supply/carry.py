"""A cut carried down the graph: what is left at each stage once the stages before it are cut too.

    own(s)      the share of the world's output of stage s outside the countries cut off there
    left(s)   = min( own(s), left(stage before s) )        left at the first stage = own

Shares, not tonnes: ore, oxide and metal are different weights. Between the two ends lies what is
not known: a stage without figures of its own may be made anywhere, so that nothing or everything of
what reaches it is left, and every stage after it inherits that. What is left may be sent to
whoever still works it: the lower end is not lower for ore that goes another way today, and yields
are alike everywhere. Cutting nobody leaves everything; cutting more never leaves more.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from detente.supply.shares import Year
    from detente.supply.tables import Stage

NOTHING, ALL = Fraction(0), Fraction(1)


class Left(NamedTuple):
    """What is left at a stage: between ``low`` and ``high`` of what the world made.

    Attributes:
        stage: its key.
        low, high: fractions of one.
        limit: the stage that sets the upper end; the stage itself or one before it.
        unknown: the stages up to this one that have no figure of their own.
    """

    stage: str
    low: Fraction
    high: Fraction
    limit: str
    unknown: tuple[str, ...]


def own_left(latest: Year | None, cut: Collection[str]) -> tuple[Fraction, Fraction]:
    """What is left at one stage by its own figures; anything from nothing to all without any."""
    if not cut:
        return ALL, ALL
    return (NOTHING, ALL) if latest is None else latest.left_without(cut)


def carried(
    stages: Iterable[Stage], latest: dict[str, Year | None], cut: dict[str, tuple[str, ...]]
) -> dict[str, Left]:
    """What is left at every stage of a mineral.

    Args:
        stages: in order, from the ground on.
        latest: the figures of each stage; None where it has none.
        cut: by stage, the countries that are cut off there.
    """
    found: dict[str, Left] = {}
    for stage in stages:
        low, high = own_left(latest[stage.key], cut[stage.key])
        unknown = (stage.key,) if latest[stage.key] is None and cut[stage.key] else ()
        limit, before = stage.key, found.get(stage.after)
        if before is not None:
            limit = before.limit if before.high < high else limit
            low, high = min(low, before.low), min(high, before.high)
            unknown = (*before.unknown, *unknown)
        found[stage.key] = Left(stage.key, low, high, limit, unknown)
    return found
