"""Shares of the world by country, how concentrated they are, and what is left without some.

Where a table names only some countries, the rest is one number: concentration then has two ends,
for a rest made by very many and for a rest made by one.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.supply.tables import REST, WORLD, PublishedFigure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

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
        others: the same year by other editions or agencies, which say something else.
        none_made: countries of which the source says that they make nothing.
    """

    year: str
    shares: dict[str, Fraction]
    rest: Fraction
    total: Fraction | None
    unit: str
    figures: tuple[PublishedFigure, ...]
    others: tuple[Year, ...] = ()
    none_made: tuple[str, ...] = ()

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
        known = {*self.shares, *self.none_made}
        return [country for country in cut if self.rest and country not in known]

    def made_by(self, country: str) -> Fraction | None:
        """What a country makes by this edition; None where it tells no quantity of it."""
        if self.total is None or country not in (*self.shares, *self.none_made):
            return None
        return self.shares.get(country, Fraction(0)) * self.total


def years_of(
    figures: Iterable[PublishedFigure], dates: Mapping[str, str] | None = None
) -> list[Year]:
    """Shares by year, from quantities where a world total is given, else as published.

    Where several publications have a year, the newest that names the most countries leads, and the
    rest stand among its ``others``: no number is made of two editions.

    Args:
        figures: of one mineral and stage.
        dates: the day of each source; without it the first that is met leads.
    """
    by_year: dict[str, dict[str, list[PublishedFigure]]] = {}
    for figure in figures:
        if figure.what in ("production", "share") and figure.of == WORLD:
            by_year.setdefault(figure.year, {}).setdefault(figure.source, []).append(figure)
    found = []
    for year in sorted(by_year):
        editions = []
        for source, rows in by_year[year].items():
            one = _from_quantities(year, rows) or _from_shares(year, rows)
            if one is not None:
                day = (dates or {}).get(source, "")
                editions.append(((one.total is not None, day), one))
        if editions:
            # Of equal days the first: sorting is stable, also in reverse.
            ordered = [one for _, one in sorted(editions, key=lambda row: row[0], reverse=True)]
            found.append(ordered[0]._replace(others=tuple(ordered[1:])))
    return found


def _from_quantities(year: str, figures: list[PublishedFigure]) -> Year | None:
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
    nothing = tuple(country for country, amount in named.items() if not amount)
    return Year(
        year, _largest_first(shares), rest, total, world.unit, tuple(made), none_made=nothing
    )


def _from_shares(year: str, figures: list[PublishedFigure]) -> Year | None:
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
