"""Shares of the world by country, how concentrated they are, and what is left without some.

Where a table names only some countries, the rest is one number: concentration then has two ends,
for a rest made by very many and for a rest made by one.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.supply.tables import REST, WORLD, Figure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

SQUARES = 10_000
"""Concentration of a world with one maker, on the scale of the Herfindahl-Hirschman index."""


class Year(NamedTuple):
    """Shares of one year.

    Attributes:
        year: as the source writes it.
        shares: fractions of one by country, those that are known.
        rest: the fraction that no country is named for.
        total: the world's quantity, where the source gives quantities.
        unit: of the quantity.
        figures: what the shares were read from.
    """

    year: str
    shares: dict[str, Fraction]
    rest: Fraction
    total: Fraction | None
    unit: str
    figures: tuple[Figure, ...]

    def concentration(self) -> tuple[Fraction, Fraction]:
        """Herfindahl-Hirschman index, 0 to 10,000: its lower and its upper end."""
        known = sum((share * share for share in self.shares.values()), Fraction(0))
        return SQUARES * known, SQUARES * (known + self.rest * self.rest)

    def left_without(self, cut: Collection[str]) -> tuple[Fraction, Fraction]:
        """The fraction of the world that is left when countries are cut off together.

        A country that the source does not name makes something between nothing and the rest.
        """
        known = sum((self.shares.get(country, Fraction(0)) for country in set(cut)), Fraction(0))
        return (1 - known - (self.rest if self.unnamed(cut) else 0)), 1 - known

    def unnamed(self, cut: Iterable[str]) -> list[str]:
        """Those of some countries whose share nothing tells, where some is nobody's."""
        return [country for country in cut if self.rest and country not in self.shares]


def years_of(figures: Iterable[Figure]) -> list[Year]:
    """Shares by year, from quantities where a world total is given, else as published."""
    by_year: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.what in ("production", "share") and figure.of == WORLD:
            by_year.setdefault(figure.year, []).append(figure)
    found = []
    for year in sorted(by_year):
        one = _from_quantities(year, by_year[year]) or _from_shares(year, by_year[year])
        if one is not None:
            found.append(one)
    return found


def _from_quantities(year: str, figures: list[Figure]) -> Year | None:
    made = [figure for figure in figures if figure.what == "production"]
    world = next((figure for figure in made if figure.country == WORLD), None)
    if world is None or world.low != world.high or len(made) < 2:
        return None
    named = {figure.country: Fraction(figure.low) for figure in made}
    total = named.pop(WORLD)
    named.pop(REST, None)
    # A published total is rounded: the parts may come to more.
    total = max(total, sum(named.values(), Fraction(0)))
    shares = {country: amount / total for country, amount in named.items() if amount}
    rest = 1 - sum(shares.values(), Fraction(0))
    return Year(year, _largest_first(shares), rest, total, world.unit, tuple(made))


def _from_shares(year: str, figures: list[Figure]) -> Year | None:
    named = {
        figure.country: Fraction(figure.low) / 100
        for figure in figures
        if figure.what == "share" and figure.low == figure.high
    }
    if not named:
        return None
    rest = 1 - sum(named.values(), Fraction(0))
    if rest < 0:
        raise ValueError(f"the shares of {year} come to more than the whole")
    used = tuple(figure for figure in figures if figure.what == "share")
    return Year(year, _largest_first(named), rest, None, "", used)


def _largest_first(shares: dict[str, Fraction]) -> dict[str, Fraction]:
    return dict(sorted(shares.items(), key=lambda row: (-row[1], row[0])))
