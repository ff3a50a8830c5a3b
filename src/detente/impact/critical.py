"""Inputs that are cheap and hard to replace: bounds, never one number.

    left(t)   = the part of use that arrives, over `months`, after stocks
    lower     = V ( 1 - ( (1 - c) + c left^((s-1)/s) )^(s/(s-1)) )      CES, substitution s
    upper     = V ( 1 - left )                                         Leontief: output falls alike
    floor     = V c ( 1 - left )                            s without limit: all else replaces it

V is the value added of the users over the restriction, c the share of the input in their cost, s
the elasticity of substitution, low in the short run. The stock covers the shortfall first: an
effect begins after stock / cut months.

Where all supply stops and s is at most one, the CES form has no output at all without the input,
however small its share: the limit of ``lower`` is ``upper``. That is the form's doing and no
finding, so there the lower bound is not defined; the loss lies between floor and upper.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path

from detente._callable import ask_by_name
from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.missing_files import no_file
from detente.impact.errors import ImpactError

if TYPE_CHECKING:
    from typing import Any

    from detente.answers import impact as typed

ask_by_name(__name__)

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


class LossBounds(NamedTuple):
    """What a restriction costs a user, between two extremes.

    Attributes:
        name: who uses it.
        begins: months until stocks are gone; None where they outlast the restriction.
        lower: loss of value added with substitution; None where the form has no such bound.
        upper: loss of value added without any.
        floor: loss of value added with perfect substitution, which no elasticity falls below.
    """

    name: str
    begins: float | None
    lower: float | None
    upper: float
    floor: float = 0.0


def ces_loss(cost_share: float, left: float, substitution: float) -> float | None:
    """Share of output lost when an input falls to ``left`` of what it was.

    None where nothing is left and the elasticity is at most one: the form's limit is 1 whatever the
    input's share of cost, and says nothing of the users.
    """
    if left == 0:
        if substitution <= 1:
            return None
        return 1 - float((1 - cost_share) ** (substitution / (substitution - 1)))
    if substitution == 1:
        return float(1 - left**cost_share)
    power = (substitution - 1) / substitution
    # In logarithms: a small part left to a large negative power leaves the range of numbers.
    rest, own = math.log1p(-cost_share), math.log(cost_share) + power * math.log(left)
    high, low = max(rest, own), min(rest, own)
    return -math.expm1((high + math.log1p(math.exp(low - high))) / power)


def bounds(use: Use, cut: float, months: float, stock: float, substitution: float) -> LossBounds:
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
        return LossBounds(use.name, None, 0.0, 0.0)
    base = use.value_added * use.exposed * (months - begins) / MONTHS_OF_YEAR
    upper = base * cut
    floor = upper * use.cost_share
    loss = ces_loss(use.cost_share, 1 - cut, substitution)
    # By rounding, CES may fall out of what perfect substitution and Leontief leave.
    lower = None if loss is None else min(max(base * loss, floor), upper)
    return LossBounds(use.name, begins, lower, upper, floor)


def _within(name: str, number: float, low: float, high: float) -> None:
    if not (math.isfinite(number) and low < number <= high):
        top = "" if high == math.inf else f" and at most {high:g}"
        raise ImpactError(f"{name} is {number:g}: it must be above {low:g}{top}")


KEYS = ("input", "cut", "months", "stock_months", "substitution", "unit", "users")
USER_KEYS = ("name", "value_added", "cost_share", "exposed")


def read_critical(path: Path) -> typed.FileInput:
    """The answer to a file: what a restriction costs its users, between bounds.

    Raises:
        ImpactError: a key is missing, unknown or no number.
        FileNotFoundError: there is no such file.
    """
    import yaml

    if not path.is_file():
        raise FileNotFoundError(no_file(path, "see docs/impact.md for what it holds"))
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ImpactError(f"{path} is not YAML: {' '.join(str(error).split())}") from None
    except UnicodeDecodeError:
        raise ImpactError(f"{path} is not UTF-8: save it as text in UTF-8") from None
    if read is None:
        raise ImpactError(f"{path.name} is empty: needs the keys {', '.join(KEYS)}")
    _keys(path.name, read, KEYS, ("unit",))
    cut, months, stock, substitution = (_number(path.name, read, key) for key in KEYS[1:5])
    users = read["users"]
    if not isinstance(users, list) or not users:
        raise ImpactError(f"{path.name}: users must be a list with at least one user")
    uses: list[Use] = []
    for place, each in enumerate(users):
        where = f"{path.name}, user {place + 1}"
        _keys(where, each, USER_KEYS, ("exposed",))
        each = {"exposed": 1, **each}
        use = Use(str(each["name"]), *(_number(where, each, key) for key in USER_KEYS[1:]))
        if any(other.name == use.name for other in uses):
            raise ImpactError(f"{where}: the user {use.name} stands twice")
        uses.append(use)
    named = NamedInput(str(read["input"]), str(read.get("unit", "")), uses)
    return answer_input(named, InputCut(cut, months, stock, substitution))


class NamedInput(NamedTuple):
    """An input: its name, the unit of money, and its users."""

    name: str
    unit: str
    uses: list[Use]


class InputCut(NamedTuple):
    """What is asked: the part that stops, for how many months, the stock, and the elasticity."""

    cut: float
    months: float
    stock: float
    substitution: float


def answer_input(named: NamedInput, query: InputCut) -> typed.FileInput:
    """What a restriction costs the users of an input: its ends, and how they move.

    ``band`` has the lower end over elasticities, ``by_cut`` both ends over cuts: near a whole cut
    the lower turns into the upper, by the form and not by a finding, and a note says so.

    Raises:
        ImpactError: a number is out of range.
    """
    found = [bounds(use, *query) for use in named.uses]
    band = [(sigma, _sums(named, query._replace(substitution=sigma))) for sigma in SUBSTITUTIONS]
    cuts = [(cut, _sums(named, query._replace(cut=cut))) for cut in CUTS]
    known = [lower for _, (lower, _) in band if lower is not None]
    return {
        "input": named.name,
        "unit": named.unit,
        "cut": f"{query.cut:g}",
        "months": f"{query.months:g}",
        "stock_months": f"{query.stock:g}",
        "substitution": f"{query.substitution:g}",
        "months_to_impact": None if found[0].begins is None else f"{found[0].begins:.2f}",
        "lower": _total(each.lower for each in found),
        "upper": _total(each.upper for each in found),
        "floor": _total(each.floor for each in found),
        "lower_band": [_amount(min(known)), _amount(max(known))] if known else [None, None],
        "band": [
            {"substitution": f"{sigma:g}", "lower": _amount(lower), "upper": _amount(upper)}
            for sigma, (lower, upper) in band
        ],
        "by_cut": [
            {"cut": f"{cut:g}", "lower": _amount(lower), "upper": _amount(upper)}
            for cut, (lower, upper) in cuts
        ],
        "users": [
            {
                "name": each.name,
                "lower": _amount(each.lower),
                "upper": _amount(each.upper),
                "floor": _amount(each.floor),
            }
            for each in found
        ],
        "notes": [*_limit(found, query.substitution), *_near(named, query, cuts), NOTE],
    }


SUBSTITUTIONS = (0.05, 0.1, 0.2, 0.5, 0.9)
"""Elasticities of the band: from hardly any substitution to nearly that of equal shares."""
CUTS = (0.5, 0.8, 0.9, 0.95, 0.98)
"""Cuts at which both ends are told, so that a reader sees where the lower end turns."""
NEAR = 0.5
"""From this part of the upper end on, the lower one says more of the form than of the users."""


def _sums(named: NamedInput, query: InputCut) -> tuple[float | None, float]:
    """Both ends over all users."""
    found = [bounds(use, *query) for use in named.uses]
    lowers = [each.lower for each in found]
    low = None if None in lowers else sum(each for each in lowers if each is not None)
    return low, sum(each.upper for each in found)


def _near(
    named: NamedInput, query: InputCut, cuts: list[tuple[float, tuple[float | None, float]]]
) -> list[str]:
    """What is said where the lower end is nearly the upper one."""
    low, high = _sums(named, query)
    if low is None or not high or low / high < NEAR:
        return []
    described = "; ".join(
        f"{_amount(lower)} at a cut of {cut:.0%}" for cut, (lower, _) in cuts if lower is not None
    )
    return [
        f"Near a whole cut the lower end turns into the upper by the form (CES with an "
        f"elasticity of {query.substitution:g}), and is not a lower bound to lean on: {described}, "
        f"of an upper end of {_amount(high)} here. Over elasticities from {SUBSTITUTIONS[0]:g} to "
        f"{SUBSTITUTIONS[-1]:g} it lies where lower_band says."
    ]


NOTE = (
    "lower: users substitute with the elasticity given (CES); upper: their output falls with the "
    "input (Leontief); floor: all else replaces the input at its cost. The truth lies between "
    "lower and upper; none is a forecast."
)


def _limit(found: list[LossBounds], substitution: float) -> list[str]:
    """What is said where the lower bound is not defined."""
    if all(each.lower is not None for each in found):
        return []
    return [
        f"All supply stops, and the elasticity is {substitution:g}: a CES form with one of at most "
        "1 makes nothing without the input, whatever its share of cost, so that its loss is the "
        "upper bound by the form alone. There is no lower bound with such substitution; what holds "
        "is that the loss is at least floor and at most upper. State a cut below 1, or an "
        "elasticity above 1."
    ]


def _total(amounts: Iterable[float | None]) -> str | None:
    """The sum of amounts; None where one of them is not defined."""
    known = list(amounts)
    if any(each is None for each in known):
        return None
    return _amount(sum(each for each in known if each is not None))


def _amount(amount: float | None) -> str | None:
    return None if amount is None else f"{amount:.4f}"


def _keys(where: str, read: Any, keys: tuple[str, ...], optional: tuple[str, ...]) -> None:
    if not isinstance(read, dict):
        raise ImpactError(f"{where}: needs the keys {', '.join(keys)}")
    for key in keys:
        if key not in read and key not in optional:
            raise ImpactError(f"{where}: the key {key} is missing")
    for key in read:
        if key not in keys:
            raise ImpactError(f"{where}: {key!r} is not a key; write {', '.join(keys)}")


def _number(where: str, read: Mapping[str, object], key: str) -> float:
    number = read[key]
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise ImpactError(f"{where}: {key} is {number!r}, and a number is needed")
    return float(number)
