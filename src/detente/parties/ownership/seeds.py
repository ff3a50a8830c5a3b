"""Who begins under a rule: parties of its lists and programmes, entities of its countries."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import counted
from detente.parties.ownership.graph import Graph
from detente.parties.ownership.model import Flag, Holdings, Seed
from detente.parties.ownership.regimes import ALONE, PROGRAMMED_LIST, WITHIN, OwnershipRegime

if TYPE_CHECKING:
    from collections.abc import Collection

    from detente.parties.ownership.words import Vocabulary


class Start(NamedTuple):
    """Parties that begin for certain, and those of which that is open.

    Attributes:
        certain: id to the rows that say so; none for an entity that begins by its country.
        open: id to the reason why it is open.
        groups: whose holdings are added up with each other: ids for certain, and perhaps.
    """

    certain: dict[str, tuple[Seed, ...]]
    open: dict[str, str]
    groups: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    flags: tuple[Flag, ...]
    notes: tuple[str, ...]


def start(rule: OwnershipRegime, holdings: Holdings, graph: Graph, words: Vocabulary) -> Start:
    """The parties that a rule begins with.

    Args:
        rule: the rule.
        holdings: with lists, programs and countries in the words of the register.
        graph: the holdings of the day.
        words: which programs are known.
    """
    certain: dict[str, tuple[Seed, ...]] = {}
    doubt: dict[str, str] = {}
    others: dict[str, int] = {}
    for seed in holdings.seeds:
        if seed.list not in rule.seeds:
            others[seed.list] = others.get(seed.list, 0) + 1
        elif seed.doubt and takes(rule, seed.list, seed.programmes):
            doubt[seed.id] = seed.doubt
        elif not rule.programmes or seed.list != PROGRAMMED_LIST:
            certain[seed.id] = (*certain.get(seed.id, ()), seed)
        elif not seed.programmes:
            doubt[seed.id] = (
                f"on list {seed.list} with no programme given: the rule {rule.name} takes some "
                "programmes only"
            )
        elif set(seed.programmes) & set(rule.programmes):
            certain[seed.id] = (*certain.get(seed.id, ()), seed)
        elif unknown := [each for each in seed.programmes if not words.knows(each)]:
            doubt[seed.id] = (
                f"on list {seed.list} of the program {unknown[0]}, which is not known here"
                f"{words.near(unknown[0])}: whether the rule {rule.name} takes it is open"
            )
        else:
            place = "/".join((seed.list, *seed.programmes))
            others[place] = others.get(place, 0) + 1
    for entity in graph.entities.values():
        if entity.country in rule.seed_places and entity.id not in certain:
            certain[entity.id] = ()
        elif entity.country in rule.seed_doubt:
            doubt.setdefault(
                entity.id,
                f"of {entity.country}: whether the rule {rule.name} counts it as an owner is open",
            )
        elif {*rule.seed_places, *rule.seed_doubt}.intersection(entity.perhaps):
            places = " or ".join(entity.perhaps)
            doubt.setdefault(
                entity.id,
                f"of {places}: whether the rule {rule.name} counts it as an owner is open",
            )
    doubt = {each: why for each, why in doubt.items() if each not in certain}
    notes = [
        f"{count} listed of {place}: no owner under the rule {rule.name}"
        for place, count in sorted(others.items())
    ]
    absent = certain.keys() - graph.ties_of.keys() - graph.sole.keys()
    absent = absent - graph.several.keys() - graph.entities.keys()
    if absent:
        shown = ", ".join(sorted(absent)[:5])
        parties = counted(len(absent), "listed party holds", "listed parties hold")
        notes.append(f"{parties} nothing in the file ({shown})")
    flags = tuple(Flag(each, why) for each, why in doubt.items())
    return Start(certain, doubt, _groups(rule, certain, doubt, words), flags, tuple(notes))


def takes(rule: OwnershipRegime, code: str, programmes: Collection[str]) -> bool:
    """Whether a rule takes a party of a list of its own, as far as its programmes are given."""
    some = rule.programmes and code == PROGRAMMED_LIST and programmes
    return not some or bool(set(programmes) & set(rule.programmes))


def _groups(
    rule: OwnershipRegime,
    certain: dict[str, tuple[Seed, ...]],
    doubt: dict[str, str],
    words: Vocabulary,
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Whose holdings are added up: everybody's, those of one programme, or each alone.

    Of a party whose program is not known it is open with whom it goes.
    """
    everybody = (*certain, *doubt)
    if rule.aggregate == ALONE:
        return tuple(((each,), (each,)) for each in everybody)
    if rule.aggregate != WITHIN:
        return ((everybody, everybody),)
    by_programme: dict[str, dict[str, None]] = {}
    unsure: dict[str, None] = {}
    for each in everybody:
        programmes = {word for seed in certain.get(each, ()) for word in seed.programmes}
        if not programmes or not all(map(words.knows, programmes)):
            unsure[each] = None
        # In order, since a set has none and groups are told in theirs.
        for word in sorted(programmes) or ("",):
            by_programme.setdefault(word, {})[each] = None
    return tuple(
        (tuple(group), tuple(dict.fromkeys((*group, *unsure)))) for group in by_programme.values()
    )
