"""The law that a decision reads: measures of both sides, the words they use, places and facts."""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.controls.items import Catalogue

if TYPE_CHECKING:
    from detente.register.book import Register
    from detente.register.control_terms import ControlTerms
    from detente.register.model import EntryFact, Limb, Measure

ROOMS = ("control", "ownership")


class Regime(NamedTuple):
    """The law of one side: its measures and words.

    ``named`` are the items that some limb names, ``counting`` the limbs by which one place counts
    as another.
    """

    by: str
    measures: tuple[Measure, ...]
    terms: ControlTerms
    catalogue: Catalogue
    named: frozenset[str]
    counting: tuple[Limb, ...]


class Law(NamedTuple):
    """Both sides' controls, with the register's places and facts."""

    regimes: tuple[Regime, ...]
    facts: Mapping[str, EntryFact]
    countries: Mapping[str, str]
    register: Register

    def inside(self, places: tuple[str, ...], country: str) -> bool:
        """Whether a country lies in one of the named places."""
        return self.register.inside(places, country)


def law_of(register: Register) -> Law:
    """The controls of a register, of every side that has words for them."""
    regimes = []
    for by, terms in sorted(register.controls.items()):
        measures = tuple(
            measure
            for room in ROOMS
            for measure in register.measures(area=f"{by.lower()}/{room}", kind="measure")
        )
        named: set[str] = set()
        counting = tuple(
            limb for each in measures for limb in each.limbs if "counts_as" in limb.control
        )
        for measure in measures:
            for limb in measure.limbs:
                for key in ("items", "but_not", "content"):
                    items = limb.control.get(key, ())
                    named.update(items if isinstance(items, (list, tuple)) else [str(items)])
        regimes.append(Regime(by, measures, terms, Catalogue(terms), frozenset(named), counting))
    return Law(tuple(regimes), register.facts, register.countries, register)
