"""The uniform tariff that is best for a country, and the pair from which neither side would move.

    best(n)       = argmax over t of welfare(n; t on all goods of the partners)
    Nash(a, b)    = (s, t) with s best for a given t of b, and t best for b given s of a

Each side sets one additional tariff on all goods of the other; what the data have stays beneath.
Payoffs of such a game differ by a factor of ten between models and match no path that was seen: the
answer is a property of a world, not a forecast.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.impact.accounts.worlds import ModelWorld, open_world, world_block
from detente.impact.economy import Economy
from detente.impact.errors import ImpactError
from detente.impact.hat_algebra import Equilibrium, Shock, rebase, solve
from detente.impact.welfare import exact_welfare

if TYPE_CHECKING:
    from typing import Any

    from detente.answers import impact as typed

HIGHEST = 5.0
"""A tariff above 500 percent is not looked for: nothing is left to tax."""

CLOSE = 1e-5
GOLDEN = (5**0.5 - 1) / 2
ROUNDS = 60


class BestTariff(NamedTuple):
    """A tariff as a fraction, the welfare of its country over that without it, and solves."""

    tariff: float
    welfare: float
    solves: int


class Game:
    """Uniform tariffs of some countries on the goods of others, over one economy."""

    def __init__(self, economy: Economy, closure: str = "balanced") -> None:
        """Move the data onto an equilibrium."""
        self.economy, self.closure = rebase(economy, closure), closure
        self.solves = 0
        self._near: Equilibrium | None = None

    def welfare(self, tariffs: Sequence[tuple[int, Sequence[int], float]]) -> np.ndarray[Any, Any]:
        """(N,) welfare over that of the data, under tariffs of importers on exporters."""
        tau = self.economy.tau.copy()
        for importer, exporters, tariff in tariffs:
            for exporter in exporters:
                if exporter != importer:
                    tau[:, importer, exporter] += tariff
        # The last tariff tried lies close to this one, so its equilibrium saves most of the steps.
        found = solve(self.economy, Shock(tau), self.closure, start=self._near)
        self._near = found
        self.solves += 1
        return exact_welfare(found)

    def best(
        self,
        country: int,
        partners: Sequence[int],
        others: Sequence[tuple[int, Sequence[int], float]] = (),
    ) -> BestTariff:
        """The best tariff of a country on some partners, given those of others.

        Raises:
            ImpactError: welfare still rises at the highest tariff that is looked for.
        """
        begun = self.solves

        def payoff(tariff: float) -> float:
            return float(self.welfare((*others, (country, partners, tariff)))[country])

        tariff = highest(payoff)
        return BestTariff(tariff, payoff(tariff), self.solves - begun)


def highest(payoff: Callable[[float], float]) -> float:
    """Where a function with one hill on [0, `HIGHEST`] is highest, by golden section.

    Raises:
        ImpactError: it still rises at the end.
    """
    step = 0.25
    # Doubling brackets the hill first, so that the section does not look at tariffs far beyond it.
    while payoff(step) > payoff(step / 2) and step < HIGHEST:
        step *= 2
    low, high = 0.0, min(step, HIGHEST)
    first, second = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    left, right = payoff(first), payoff(second)
    while high - low > CLOSE:
        if left < right:
            low, first, left = first, second, right
            second = low + GOLDEN * (high - low)
            right = payoff(second)
        else:
            high, second, right = second, first, left
            first = high - GOLDEN * (high - low)
            left = payoff(first)
    found = (low + high) / 2
    if found > HIGHEST - 2 * CLOSE:
        raise ImpactError(f"welfare still rises at a tariff of {HIGHEST:.0%}: there is no best one")
    return found


def optimal(world: ModelWorld, country: str, partner: str) -> typed.BestInWorld:
    """The best uniform tariff of a country in one world.

    Raises:
        ImpactError: the world has no such country, or there is no best tariff.
    """
    game = Game(world.economy)
    own, others = _places(game.economy, country, partner)
    found = game.best(own, others)
    welfare = game.welfare(((own, others, found.tariff),))
    return {
        **world_block(world),
        "tariff": f"{found.tariff:.4f}",
        "answer": None,
        "welfare": _percents(game.economy, welfare),
        "solves": game.solves,
    }


def nash(world: ModelWorld, country: str, partner: str) -> typed.BestInWorld:
    """Tariffs of two countries on each other from which neither would move.

    Raises:
        ImpactError: the world lacks one of them, or the answers to each other do not settle.
    """
    game = Game(world.economy)
    a, b = game.economy.place(country), game.economy.place(partner)
    first = second = 0.0
    for _ in range(ROUNDS):
        before = first, second
        first = game.best(a, (b,), ((b, (a,), second),)).tariff
        second = game.best(b, (a,), ((a, (b,), first),)).tariff
        if abs(first - before[0]) + abs(second - before[1]) < 10 * CLOSE:
            break
    else:
        raise ImpactError(f"answers of {country} and {partner} do not settle in {ROUNDS} rounds")
    welfare = game.welfare(((a, (b,), first), (b, (a,), second)))
    return {
        **world_block(world),
        "tariff": f"{first:.4f}",
        "answer": f"{second:.4f}",
        "welfare": _percents(game.economy, welfare),
        "solves": game.solves,
    }


def answer_best(names: Sequence[str], country: str, partner: str, game: bool) -> typed.BestTariffs:
    """The best tariff, or the pair, in every world that is asked, and their range.

    Raises:
        ImpactError: no world can answer; the message says why each cannot.
    """
    if game and partner == EVERY:
        raise ImpactError("a game has two sides: name the partner, such as CHN")
    found: list[typed.BestInWorld] = []
    without: list[typed.NoAnswer] = []
    for name in names:
        try:
            found.append((nash if game else optimal)(open_world(name), country, partner))
        except ImpactError as error:
            without.append({"data": name, "why": str(error)})
    if not found:
        described = "; ".join(f"{each['data']}: {each['why']}" for each in without)
        raise ImpactError(f"no world at hand answers this: {described}")
    tariffs = [each["tariff"] for each in found]
    answers = [each["answer"] for each in found if each["answer"] is not None]
    return {
        "question": {"country": country, "partner": partner, "game": game},
        "tariff": [min(tariffs), max(tariffs)],
        "answer": [min(answers), max(answers)] if answers else None,
        "worlds": found,
        "without": without,
        "notes": NOTES,
    }


EVERY = "all"
NOTES = [
    "One additional tariff on all goods of the partner, on top of those of the data; deficits are "
    "balanced, welfare is exact.",
    "A property of each world, not a forecast: between models such tariffs differ by a factor of "
    "ten, and no government was seen to follow one.",
]


def _places(economy: Economy, country: str, partner: str) -> tuple[int, list[int]]:
    own = economy.place(country)
    if partner == EVERY:
        return own, [at for at in range(len(economy.countries)) if at != own]
    return own, [economy.place(partner)]


def _percents(economy: Economy, welfare: Any) -> dict[str, str]:
    return {
        name: f"{100 * (value - 1):z.4f}"
        for name, value in zip(economy.countries, welfare.tolist(), strict=True)
    }
