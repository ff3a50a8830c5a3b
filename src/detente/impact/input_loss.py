"""The loss of a critical input as a cost shock in a world economy.

    lost(j)    = GDP of the world's data  x  sum over users of j: loss / GDP of that year
    cost(j)    = 1 / (1 - lost(j) / output(j))          on all it sells of j, at home too

A user that loses value added with all else given makes less from the same outlay, so that a unit
costs more: the same as a trade cost on whoever buys it, the country itself too. Users are those
of the United States; their loss is a share of its product of their year, and is taken of the
product of the world's own year, so that no prices of two years are mixed.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.impact.errors import ImpactError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from detente.answers.impact import InputLost
    from detente.impact.accounts.layout import DataLayout
    from detente.impact.economy import Array, Economy
    from detente.supply.tables import Amount, Minerals

HOME = "US"
BOUNDS = ("lower", "upper")
YEAR_MONTHS, SUBSTITUTION = 12, 0.2
"""A year without stocks, and the short-run elasticity that `impact critical` has by default."""


class Loss(NamedTuple):
    """An input that is cut, and what each of its users loses in billions of dollars a year.

    ``product`` is that of the country in the year whose money the losses count.
    """

    input: str
    cut: str
    bound: str
    users: Mapping[str, float]
    product: Amount


def read_losses(tables: Minerals, cut_by_input: Mapping[str, str], bound: str) -> list[Loss]:
    """What was asked for as INPUT=CUT, with the losses of its users.

    Args:
        tables: the inputs that ship.
        cut_by_input: the cut by input, as 0.8 or 80%.
        bound: whether users substitute (``lower``) or not (``upper``).

    Raises:
        ImpactError: a cut or bound is none that can be used.
        UnknownWordError: no such input ships.
    """
    from detente.impact.critical import InputCut
    from detente.impact.critical_inputs import answer_critical, find_input

    if bound not in BOUNDS:
        raise ImpactError(f"{bound!r} is not an end of a loss: write {' or '.join(BOUNDS)}")
    found = []
    for word, text in cut_by_input.items():
        name = find_input(tables, word)
        if not _cut(text):  # A cut of nothing costs nothing, and has no day on which it begins.
            users = {each.code: 0.0 for each in tables.users if each.input == name}
            found.append(Loss(name, text, bound, users, tables.product))
            continue
        asked_cut = InputCut(_cut(text), YEAR_MONTHS, 0, SUBSTITUTION)
        answer = answer_critical(tables, name, asked_cut)
        low = bound == BOUNDS[0]
        losses = {row["code"]: row["lower"] if low else row["upper"] for row in answer["users"]}
        known = {code: float(each) for code, each in losses.items() if each is not None}
        # A sum without the users whose lower end is not defined would look like a smaller loss.
        if len(known) < len(losses):
            raise ImpactError(
                f"a whole cut of {name} has no lower end with substitution: write a cut below 1, "
                "or the upper end"
            )
        found.append(Loss(name, text, bound, known, tables.product))
    return found


def _cut(text: str) -> float:
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        raise ImpactError(f"{text!r} is not a cut: write a part of supply such as 0.8") from None


def sector_losses(tables: Minerals, layout: DataLayout, losses: Iterable[Loss]) -> dict[str, float]:
    """By sector of a world, the users' loss as a share of the country's product.

    Raises:
        ImpactError: an industry has no sector in the layout.
    """
    found: dict[str, float] = {}
    for loss in losses:
        for code, amount in loss.users.items():
            division = tables.industries[code][layout.classification]
            sector = next(
                (name for name, members in layout.sectors.items() if division in members), None
            )
            if sector is None:
                raise ImpactError(
                    f"industry {code} is of division {division} of {layout.classification}, and no "
                    "sector of the layout has it"
                )
            found[sector] = found.get(sector, 0.0) + amount / float(loss.product.value)
    return found


def cost_rise(economy: Economy, layout: DataLayout, shares: Mapping[str, float]) -> Array:
    """(J, N, N) ratio of costs on what the country sells, one elsewhere.

    Raises:
        ImpactError: a sector would lose all that it makes, or the country is not one of the world.
    """
    import numpy as np

    (name,) = layout.country_of([HOME])
    if HOME not in layout.countries[name]:
        raise ImpactError(f"the world has no country {HOME}: users of inputs are its industries")
    home = economy.place(name)
    rise = np.ones_like(economy.tau)
    for sector, share in shares.items():
        row = economy.sector(sector)
        output = float(economy.exports[row, :, home].sum())
        lost = share * float(economy.income[home])
        if lost >= output:
            raise ImpactError(f"{sector} would lose all that it makes: ask for a smaller cut")
        rise[row, :, home] = 1 / (1 - lost / output)
    return rise


def loss_rows(losses: Iterable[Loss]) -> list[InputLost]:
    """What was cut, as rows of an answer."""
    return [
        {
            "input": each.input,
            "cut": each.cut,
            "bound": each.bound,
            "loss": f"{sum(each.users.values()):.4f}",
            "unit": each.product.unit,
        }
        for each in losses
    ]


NOTE = (
    "A cut of {inputs} enters as a cost on what the industries of the United States sell that use "
    "it ({bound} end; shares of use and exposed parts are assumptions): their loss of value added "
    "as a share of the product of {year}, on the product of the world's own year."
)


def loss_note(losses: Iterable[Loss]) -> str:
    """What the shock stands for, in words."""
    held = list(losses)
    inputs = ", ".join(f"{each.input} ({each.cut})" for each in held)
    return NOTE.format(inputs=inputs, bound=held[0].bound, year=held[0].product.year)
