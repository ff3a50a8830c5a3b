"""Sets of countries in words: "China and Hong Kong", "every country but China"."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.register.book import Register

NAMED = 6
"""A set of more countries than this is told by its number and its name in the register."""


def place_words(register: Register, names: Sequence[str]) -> list[str]:
    """Places of a record in words, one for each.

    Args:
        register: where the sets and the names of countries stand.
        names: ISO 3166 alpha-2 codes, or names of sets.
    """
    return [_words(register, name) for name in names]


def _words(register: Register, name: str) -> str:
    place = register.places.get(name)
    if place is None:
        return register.countries.get(name, name)
    if place.everywhere and not place.countries:
        return "every country"
    named = [register.countries.get(each, each) for each in place.countries]
    if len(named) > NAMED:
        words = f"{len(named)} countries ({name})"
    else:
        words = " and ".join([*([", ".join(named[:-1])] if named[1:] else []), named[-1]])
    return f"every country but {words}" if place.everywhere else words
