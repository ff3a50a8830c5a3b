"""The law that a decision reads: measures of both sides, the words they use, places and facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.controls.items import Catalogue, is_code, normal, plain_name

if TYPE_CHECKING:
    from detente.controls.control_list import ControlList
    from detente.register.book import Register
    from detente.register.control_terms import ControlTerms, PartyClass
    from detente.register.model import EntryFact, Measure, Provision

ROOMS = ("control", "ownership")

LAWS_CACHED = 8
"""Of how many registers, items and days the law is kept for the next question."""


class ListEntry(NamedTuple):
    """The entry of an item in a control list: the item as the list writes it, and the list."""

    item: str
    control_list: ControlList


class NamedScope(NamedTuple):
    """What a provision names, read once for the many times a question is decided.

    Attributes:
        items, but_not: the items that it reaches and leaves out.
        named: its items, and those whose share it counts.
        wide: what its items reach that are no lists.
        under_own: provisions of its own measure under which it stands.
        to: its destinations, where its items are no lists; empty for all.
    """

    items: frozenset[str]
    but_not: frozenset[str]
    named: frozenset[str]
    wide: frozenset[str]
    under_own: tuple[str, ...]
    to: tuple[str, ...]


NO_SCOPE = NamedScope(frozenset(), frozenset(), frozenset(), frozenset(), (), ())
"""That of a provision which names no items."""


class Reaching(NamedTuple):
    """A provision that names items, with what it names."""

    measure: Measure
    provision: Provision
    scope: NamedScope


class SideControls(NamedTuple):
    """The law of one side: its measures and words.

    ``parties`` are its classes of parties by name, ``named`` the items that some provision names,
    ``counting`` the provisions by which one place counts as another, ``doors`` the laws under which
    provisions stand, ``reaching`` the provisions that name items, ``entry`` that of the item asked
    about in a whole control list.
    """

    by: str
    measures: tuple[Measure, ...]
    terms: ControlTerms
    catalogue: Catalogue
    parties: Mapping[str, PartyClass]
    named: frozenset[str]
    counting: tuple[Provision, ...]
    doors: frozenset[str]
    reaching: tuple[Reaching, ...] = ()
    entry: ListEntry | None = None

    def measure(self, name: str) -> Measure:
        """One of its measures, by its id."""
        return next(each for each in self.measures if each.id == name)

    def raised(self, name: str) -> bool:
        """Whether an answer asks if a party is of a class, where none is known to be."""
        found = self.parties.get(name)
        return found is not None and found.raised


class ControlLaw(NamedTuple):
    """Both sides' controls, with the register's places and facts."""

    regimes: tuple[SideControls, ...]
    facts: Mapping[str, EntryFact]
    countries: Mapping[str, str]
    register: Register

    def inside(self, places: tuple[str, ...], country: str) -> bool:
        """Whether a country lies in one of the named places."""
        return self.register.inside(places, country)


def law_of(register: Register, item: str = "", day: str = "") -> ControlLaw:
    """The controls of a register, of every side that has words for them; the last are kept.

    Args:
        register: the register.
        item: a control number that is asked about; where a side has a whole control list beside
            the register, its entry becomes part of the law.
        day: ISO day that is asked about; before that of the list its controls are not law yet
            that was read.
    """
    # Any other item, and its day, leave the law as it is.
    number = _number(register, item)
    return _law(register, number, day) if number else _law(register, "", "")


def _number(register: Register, item: str) -> str:
    """The control number that an item is, or that it is another name for; empty for none."""
    if not item or is_code(normal(item)):
        return item
    text = plain_name(item)
    for terms in register.controls.values():
        if terms.read.control_list:
            for each in terms.items:
                if is_code(each.name) and text in map(plain_name, each.also):
                    return each.name
    return ""


@lru_cache(maxsize=LAWS_CACHED)
def _law(register: Register, item: str, day: str) -> ControlLaw:
    regimes = tuple(
        _side_of_item(register, by, item, day)
        if item and terms.read.control_list
        else _side(register, by)
        for by, terms in sorted(register.controls.items())
    )
    return ControlLaw(regimes, register.facts, register.countries, register)


@lru_cache(maxsize=LAWS_CACHED)
def _side(register: Register, by: str) -> SideControls:
    """A side without an entry of a control list: the same for every item, so it is kept."""
    return _regime(by, register.controls[by], _measures(register, by), None)


def _side_of_item(register: Register, by: str, item: str, day: str) -> SideControls:
    terms, measures = register.controls[by], _measures(register, by)
    return _regime(by, *_with_entry(register, terms, measures, item, day))


def _measures(register: Register, by: str) -> tuple[Measure, ...]:
    return tuple(
        measure
        for room in ROOMS
        for measure in register.measures(area=f"{by.lower()}/{room}", kind="measure")
    )


def _regime(
    by: str, terms: ControlTerms, measures: tuple[Measure, ...], entry: ListEntry | None
) -> SideControls:
    named: set[str] = set()
    counting = tuple(
        provision
        for each in measures
        for provision in each.provisions
        if "counts_as" in provision.control
    )
    for measure in measures:
        for provision in measure.provisions:
            for key in ("items", "but_not", "content"):
                named.update(names(provision, key))
    catalogue = Catalogue(terms)
    return SideControls(
        by,
        measures,
        terms,
        catalogue,
        {each.name: each for each in terms.parties},
        frozenset(named),
        counting,
        doors_of(measures),
        reaching_of(measures, catalogue),
        entry,
    )


def doors_of(measures: Iterable[Measure]) -> frozenset[str]:
    """The laws under which some provision stands; they decide on goods that they do not name."""
    provisions = (provision for each in measures for provision in each.provisions)
    return frozenset(name for provision in provisions for name in names(provision, "under"))


def with_measures(regime: SideControls, measures: tuple[Measure, ...]) -> SideControls:
    """The same side by other periods of its measures, such as those of the other reading."""
    scopes = {(each.measure.id, each.provision.id): each.scope for each in regime.reaching}
    reaching = tuple(
        Reaching(measure, provision, scopes[measure.id, provision.id])
        for measure in measures
        for provision in measure.provisions
        if (measure.id, provision.id) in scopes
    )
    return regime._replace(measures=measures, reaching=reaching)


def reaching_of(measures: tuple[Measure, ...], catalogue: Catalogue) -> tuple[Reaching, ...]:
    """The provisions that name items, found once for the many times a question is decided."""
    return tuple(
        Reaching(measure, provision, _scope(measure, provision, catalogue))
        for measure in measures
        for provision in measure.provisions
        if "items" in provision.control
    )


def _scope(measure: Measure, provision: Provision, catalogue: Catalogue) -> NamedScope:
    items = frozenset(names(provision, "items"))
    above = names(provision, "under")
    own = {other.id for other in measure.provisions} if above else ()
    wide = frozenset(catalogue.wide[name] for name in items if name in catalogue.wide)
    return NamedScope(
        items,
        frozenset(names(provision, "but_not")),
        items.union(names(provision, "content")),
        wide,
        tuple(name for name in above if name in own),
        names(provision, "to") if wide and "licensed" not in wide else (),
    )


def names(provision: Provision, key: str) -> tuple[str, ...]:
    """The words under a key of a provision's control, one or many."""
    value = provision.control.get(key)
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (str(value),)


@lru_cache(maxsize=1)
def _control_list() -> ControlList:
    """The list, opened once: entry after entry is read of the same edition and chart."""
    from detente.controls.control_list import ControlList

    return ControlList()


def _with_entry(
    register: Register, terms: ControlTerms, measures: tuple[Measure, ...], item: str, day: str
) -> tuple[ControlTerms, tuple[Measure, ...], ListEntry | None]:
    """The words and measures of one side with the entry of an item of its control list."""
    from detente.controls.listed import listed, with_listed

    under = terms.read.control_list
    base = next((each for each in measures if each.id == under), None)
    if base is None:
        return terms, measures, None
    control_list = _control_list()
    known = {each.name: each for each in terms.items}
    found = listed(control_list, item, base, register.countries, known)
    if found is None:
        return terms, measures, None
    terms = with_listed(terms, found)
    # The list is held of one day: before it the words of the entry serve, and its controls do not.
    if day >= control_list.day:
        with_provisions = base._replace(provisions=(*base.provisions, *found.provisions))
        measures = tuple(with_provisions if each.id == under else each for each in measures)
    return terms, measures, ListEntry(found.item, control_list)
