"""The duties of one shipment along every way through a tree, by day of arrival."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.compare.answer import total
from detente.compare.goods import Good
from detente.duty.question import check
from detente.register.book import Register
from detente.scenario.forks import Leaf, Tree

if TYPE_CHECKING:
    from detente.goods.schedule import Schedule


class Duties(NamedTuple):
    """Duties of a shipment on one day: a figure for each way, None where it is not known.

    Attributes:
        arrive: the day.
        duty: by way, in dollars or as a share of the value.
        shares: by way, the shares of the goods' values.
    """

    arrive: str
    duty: tuple[Fraction | None, ...]
    shares: tuple[tuple[Fraction | None, ...], ...]


class TreeShipment(NamedTuple):
    """What arrives.

    Attributes:
        goods: the goods.
        values: their values in dollars; one where a share alone is asked for.
        entry_value: the value of all; None where a share alone is asked for.
    """

    goods: tuple[Good, ...]
    values: tuple[Fraction, ...]
    entry_value: Fraction | None


def shipment_of(register: Register, goods: Sequence[Good], tree: Tree, day: str) -> TreeShipment:
    """The goods with their values; without any, alike in value."""
    if not goods:
        raise ValueError("the basket is empty: write a row for each good")
    cents = [check(register, good.question._replace(on=day)).entry_value.cents for good in goods]
    values = tuple(Fraction(each, 100) for each in cents if each is not None)
    if len(values) == len(goods):
        return TreeShipment(tuple(goods), values, sum(values, Fraction(0)))
    if len(goods) > 1:
        raise ValueError("the duties of a basket are added up: give every good a value")
    if tree.dollars_a_day:
        raise ValueError(
            f"the tree `{tree.name}` has a cost in dollars a day: give the goods a --value"
        )
    return TreeShipment(tuple(goods), (Fraction(1),), None)


def duties_of(schedule: Schedule, ways: Sequence[Leaf], shipment: TreeShipment, day: str) -> Duties:
    """The duties of a shipment that arrives on a day, by every way through the tree."""
    duty: list[Fraction | None] = []
    shares = []
    seen: dict[str, tuple[Fraction | None, tuple[Fraction | None, ...]]] = {}
    for way in ways:
        key = way.register.sha256
        if key not in seen:
            seen[key] = _duty(way.register, schedule, shipment, day)
        duty.append(seen[key][0])
        shares.append(seen[key][1])
    return Duties(day, tuple(duty), tuple(shares))


def _duty(
    register: Register, schedule: Schedule, shipment: TreeShipment, day: str
) -> tuple[Fraction | None, tuple[Fraction | None, ...]]:
    """The duty of the whole shipment, and each good's share of its value."""
    figures: list[Fraction | None] = []
    shares = []
    for good in shipment.goods:
        share, amount = total(register, schedule, good.question._replace(on=day))
        known = share if shipment.entry_value is None else amount
        figures.append(None if known is None else Fraction(known))
        shares.append(None if share is None else Fraction(share))
    if None in figures:
        return None, tuple(shares)
    return sum((each for each in figures if each is not None), Fraction(0)), tuple(shares)
