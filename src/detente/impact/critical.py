"""Inputs that are cheap and hard to replace: bounds, never one number.

    left(t)   = the part of use that arrives, over `months`, after stocks
    lower     = V ( 1 - ( (1 - c) + c left^((s-1)/s) )^(s/(s-1)) )      CES, substitution s
    upper     = V ( 1 - left )                                         Leontief: output falls alike

V is the value added of the users over the restriction, c the share of the input in their cost, s
the elasticity of substitution, low in the short run. The stock covers the shortfall first: an
effect begins after stock / cut months.
"""

from __future__ import annotations

import math
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.impact.errors import ImpactError

if TYPE_CHECKING:
    from typing import Any

MONTHS_OF_YEAR = 12


class Use(NamedTuple):
    """A user of an input.

    Attributes:
        name: who uses it.
        value_added: its value added in a year, any unit of money.
        cost_share: share of the input in its cost, above 0 and below 1.
        exposed: share of its value added that cannot do without the input, 0 to 1.
    """

    name: str
    value_added: float
    cost_share: float
    exposed: float = 1.0


class Bounds(NamedTuple):
    """What a restriction costs a user, between two extremes.

    Attributes:
        name: who uses it.
        begins: months until stocks are gone; None where they outlast the restriction.
        lower: loss of value added with substitution.
        upper: loss of value added without any.
    """

    name: str
    begins: float | None
    lower: float
    upper: float


def ces_loss(cost_share: float, left: float, substitution: float) -> float:
    """Share of output lost when an input falls to ``left`` of what it was."""
    if substitution == 1:
        return float(1 - left**cost_share)
    power = (substitution - 1) / substitution
    if left == 0:
        # Below one, nothing can be made without the input.
        return 1.0 if substitution < 1 else 1 - float((1 - cost_share) ** (1 / power))
    return 1 - float((1 - cost_share + cost_share * left**power) ** (1 / power))


def bounds(use: Use, cut: float, months: float, stock: float, substitution: float) -> Bounds:
    """What a cut of supply costs a user.

    Args:
        use: the user.
        cut: part of supply that stops, above 0 up to 1.
        months: how long.
        stock: months of whole use on hand.
        substitution: elasticity between the input and the rest, above 0.

    Raises:
        ImpactError: a number is out of range.
    """
    _within("cut", cut, 0, 1)
    _within("months", months, 0, math.inf)
    _within("substitution", substitution, 0, math.inf)
    if not (math.isfinite(stock) and stock >= 0):
        raise ImpactError(f"stock is {stock:g}: write 0 or more months of use")
    _within(f"value_added of {use.name}", use.value_added, 0, math.inf)
    _within(f"cost_share of {use.name}", use.cost_share, 0, 0.999999)
    _within(f"exposed of {use.name}", use.exposed, 0, 1)
    begins = stock / cut
    if begins >= months:
        return Bounds(use.name, None, 0.0, 0.0)
    base = use.value_added * use.exposed * (months - begins) / MONTHS_OF_YEAR
    lower = base * ces_loss(use.cost_share, 1 - cut, substitution)
    # With much substitution CES may lose less than nothing by rounding; Leontief is the ceiling.
    upper = base * cut
    return Bounds(use.name, begins, min(max(lower, 0.0), upper), upper)


def _within(name: str, number: float, low: float, high: float) -> None:
    if not (math.isfinite(number) and low < number <= high):
        top = "" if high == math.inf else f" and at most {high:g}"
        raise ImpactError(f"{name} is {number:g}: it must be above {low:g}{top}")


KEYS = ("input", "cut", "months", "stock_months", "substitution", "unit", "users")
USER_KEYS = ("name", "value_added", "cost_share", "exposed")


def read_critical(path: Path) -> dict[str, Any]:
    """The answer to a file: what a restriction costs its users, between bounds.

    Raises:
        ImpactError: a key is missing, unknown or no number.
        FileNotFoundError: there is no such file.
    """
    import yaml

    if not path.is_file():
        raise FileNotFoundError(f"no file {path}: see docs/impact.md for what it holds")
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ImpactError(f"{path} is no YAML: {error}") from None
    _keys(path.name, read, KEYS, ("unit",))
    cut, months, stock, substitution = (_number(path.name, read, key) for key in KEYS[1:5])
    users = read["users"]
    if not isinstance(users, list) or not users:
        raise ImpactError(f"{path.name}: users must be a list with at least one user")
    found = []
    for place, each in enumerate(users):
        where = f"{path.name}, user {place + 1}"
        _keys(where, each, USER_KEYS, ("exposed",))
        each = {"exposed": 1, **each}
        use = Use(str(each["name"]), *(_number(where, each, key) for key in USER_KEYS[1:]))
        found.append(bounds(use, cut, months, stock, substitution))
    return {
        "input": str(read["input"]),
        "unit": str(read.get("unit", "")),
        "months_to_impact": None if found[0].begins is None else f"{found[0].begins:.2f}",
        "lower": f"{sum(each.lower for each in found):.4f}",
        "upper": f"{sum(each.upper for each in found):.4f}",
        "users": [
            {"name": each.name, "lower": f"{each.lower:.4f}", "upper": f"{each.upper:.4f}"}
            for each in found
        ],
        "notes": [
            "lower: users substitute with the elasticity given (CES); upper: their output falls "
            "with the input (Leontief). The truth lies between; neither is a forecast."
        ],
    }


def _keys(where: str, read: Any, keys: tuple[str, ...], optional: tuple[str, ...]) -> None:
    if not isinstance(read, dict):
        raise ImpactError(f"{where}: needs the keys {', '.join(keys)}")
    for key in keys:
        if key not in read and key not in optional:
            raise ImpactError(f"{where}: the key {key} is missing")
    for key in read:
        if key not in keys:
            raise ImpactError(f"{where}: {key!r} is no key; write {', '.join(keys)}")


def _number(where: str, read: dict[str, Any], key: str) -> float:
    number = read[key]
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise ImpactError(f"{where}: {key} is {number!r}, and a number is needed")
    return float(number)
