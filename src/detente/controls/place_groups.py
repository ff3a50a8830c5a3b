"""Many countries of a rule in few words: by the groups of the export regulations, or by number."""

from __future__ import annotations

from functools import lru_cache

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detente.controls.law import ControlLaw
    from detente.register.model import Provision

FEW = 6
"""As many places are named each; more are said by their groups."""


def not_in(law: ControlLaw, places: Sequence[str], provision: Provision | None = None) -> str:
    """How a sentence goes on that a country is in none of some places: ", and not D:5 or MO".

    Args:
        law: where the sets of countries stand.
        places: ISO 3166 alpha-2 codes, or names of sets.
        provision: the provision that names them, where it takes them from a column.
    """
    column = provision.control.get("column") if provision is not None else None
    if column:
        return f", which has no mark under {column} in the Country Chart"
    if len(places) <= FEW:
        return f", and not {' or '.join(_named(law, each) for each in places)}"
    groups = _groups()
    named = _cover(places, groups)
    if len(named) <= FEW:
        return f", and not {' or '.join(named)}"
    left = _cover(sorted(set(law.countries) - set(places)), groups)
    if len(left) <= FEW:
        return f", and the rule is for every country but {' and '.join(left)}"
    return f", and not one of the {len(places)} places that it names"


def _named(law: ControlLaw, place: str) -> str:
    """A country by its code, a group by its name, another set by how many it has."""
    held = law.register.places.get(place)
    if held is None or place in law.countries:
        return place
    if ":" in place:
        return f"Country Group {place}"
    if held.everywhere or len(held.countries) <= FEW:
        return place.replace("-", " ")
    return f"one of {len(held.countries)} countries ({place.replace('-', ' ')})"


def _cover(countries: Iterable[str], groups: Mapping[str, frozenset[str]]) -> list[str]:
    """Countries by groups that lie whole among them, the largest first, then by themselves."""
    rest, found = set(countries), list[str]()
    whole = frozenset(rest)
    for name, members in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0])):
        if members <= whole and members & rest:
            found.append(name)
            rest -= members
    return [*found, *sorted(rest)]


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    """The country groups of the export regulations, as the control list has them."""
    from detente.controls.control_list import ControlList

    found: dict[str, set[str]] = {}
    for each in ControlList().destinations():
        for group in each.groups:
            found.setdefault(f"Country Group {group}", set()).add(each.country)
    return {name: frozenset(members) for name, members in found.items()}
