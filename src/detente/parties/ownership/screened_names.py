"""Names in an ownership file screened, so that its listed parties are known without a file of them.

A name that is the same as a listed one makes its party one that the rule begins with, or may begin
with where its listing on the day is open. One that only comes close is not a beginning: it is told,
to be looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from detente._shapes import TYPE_CHECKING
from detente.core.coverage import LISTS
from detente.core.figures import counted
from detente.parties.lists.standing import IN_FORCE, UNKNOWN
from detente.parties.ownership.file import NO_SEEDS, programmes_of
from detente.parties.ownership.model import Entity, Flag, HoldingRows, Holdings, ScreenedList, Seed
from detente.parties.screening.answer import SAME
from detente.parties.screening.crowd import screen_all
from detente.parties.screening.hits import NameHit
from detente.parties.screening.list_coverage import lists_beside, lists_read
from detente.parties.screening.queries import NameQuery

if TYPE_CHECKING:
    from detente.parties.lists.model import ListedEntry
    from detente.parties.screening.store import Screen

TOP = 5
"""Hits of a name that are looked at."""

NO_LIST = "the rule begins from no list that names can be screened against: none was screened"

LEI = re.compile("[0-9A-Z]{18}[0-9]{2}")
"""An identifier of a legal entity (ISO 17442), by which no list calls its parties."""

CODE = 2
"""Letters of the code of a country."""

TOLD = 20
"""Names taken for listed parties that are told, each with the party."""


def with_listed(
    holdings: Holdings,
    screen: Screen,
    lists: Collection[str],
    called: Callable[[str], str] = str,
) -> Holdings:
    """Holdings with the parties that stand on some lists, by their names.

    Args:
        holdings: what the files say; a party is screened by each of its names, and one without a
            name by its id.
        screen: the lists as of the day.
        lists: short names of those from which the rule begins.
        called: what the company of an id is called in notes; as it is where ids are the user's own.

    Returns:
        The holdings with these parties among their seeds, and with ``screened``: each of the lists,
        how it was read for the day, and how many companies have the name of one of its parties.
    """
    rows = HoldingRows.of(holdings.rows)
    ids = {*rows.owner, *rows.owned, *holdings.entities}
    known = {(seed.id, seed.list) for seed in holdings.seeds}
    seeds, flags = list(holdings.seeds), list(holdings.flags)
    described = {each: holdings.entities.get(each) or Entity(each) for each in sorted(ids)}
    numbers = [each for each, entity in described.items() if LEI.fullmatch(_name(entity))]
    for each in numbers:
        del described[each]
    names = [
        (each, name)
        for each, entity in described.items()
        for name in dict.fromkeys((_name(entity), *entity.others))
    ]
    perhaps: list[tuple[str, Flag]] = []
    answers = screen_all(screen, [NameQuery(name) for _, name in names], TOP, as_found)
    for (each, name), found in zip(names, answers, strict=True):
        if isinstance(found, str):
            flags.append(Flag(each, "has no name that can be screened, and was not"))
            continue
        for hit in found:
            for entry in hit.entries:
                standing = screen.standing(entry)
                if entry.list not in lists or standing not in (IN_FORCE, UNKNOWN):
                    continue
                if (each, entry.list) in known:
                    continue
                if hit.is_close(SAME):
                    known.add((each, entry.list))
                    entity = holdings.entities.get(each)
                    seeds.append(
                        Seed(
                            each,
                            entry.list,
                            programmes_of(entry.programme),
                            entity.country if entity is not None else "",
                            entry.policy or entry.requirement,
                            _screened_as(name, entity, entry),
                            "" if standing == IN_FORCE else _was_perhaps(entry),
                        )
                    )
                else:
                    why = _may_be(hit, entry.names[0].text, entry.list, standing)
                    perhaps.append((entry.list, Flag(each, why)))
    # What one name leaves open, another may have settled.
    flags += [flag for code, flag in perhaps if (flag.id, code) not in known]
    added = seeds[len(holdings.seeds) :]
    screened = tuple(_screened(screen, lists, added))
    # Parties that begin are sought in the lists, and no longer in a file alone.
    notes = [note for note in holdings.notes if not screened or note != NO_SEEDS]
    return holdings._replace(
        seeds=tuple(seeds),
        flags=tuple(dict.fromkeys(flags)),
        notes=(
            *notes,
            *_taken(added, called),
            *_unnamed(numbers),
            *([] if screened else [NO_LIST]),
        ),
        screened=screened,
    )


def _screened(
    screen: Screen, lists: Collection[str], added: Sequence[Seed]
) -> Iterator[ScreenedList]:
    """The lists that names were screened against, in the order of the rule.

    A rule may begin from classes that no list names, such as the citizens of a country.
    """
    found = Counter(seed.list for seed in added)
    read = {**lists_read(screen), **lists_beside(screen)}
    for name in filter(read.__contains__, lists):
        yield ScreenedList(read[name]._replace(what=f"{LISTS}{name}"), found[name])


def _taken(seeds: Sequence[Seed], called: Callable[[str], str]) -> Iterator[str]:
    """As which listed parties names were taken."""
    seeds = [seed for seed in seeds if not seed.doubt]
    for seed in seeds[:TOLD]:
        yield f"{called(seed.id)} was {seed.place} ({seed.list})"
    if len(seeds) > TOLD:
        yield f"taken for listed parties besides: {counted(len(seeds) - TOLD, 'name')}"


def _unnamed(numbers: Sequence[str]) -> Iterator[str]:
    """That some companies are known by number alone, so that no list can name them."""
    if numbers:
        known = counted(len(numbers), "company is", "companies are")
        yield (
            f"{known} known by LEI alone, such as {numbers[0]}, and not screened: GLEIF's file of "
            "level 1 has the names"
        )


def _screened_as(name: str, entity: Entity | None, entry: ListedEntry) -> str:
    """As whom a party was screened, by which of its names, and whether both are elsewhere."""
    listed = entry.names[0].text
    if entity is None or name in ("", entity.name):
        found = f"screened by name as {listed}"
    else:
        found = f"screened by its name {name} as {listed}"
    # A country in words is not compared: files may write one in many ways.
    coded = entity is not None and len(entity.country) == CODE and bool(entry.countries)
    if entity is None or not coded or entity.country in entry.countries:
        return found
    return f"{found}, which the list has in {', '.join(entry.countries)} and not {entity.country}"


def _was_perhaps(entry: ListedEntry) -> str:
    name = entry.names[0].text
    return f"is {name} on list {entry.list} by its name: whether that was listed on the day is open"


def _may_be(hit: NameHit, name: str, code: str, standing: str) -> str:
    open_ = ", whose listing on the day is open" if standing == UNKNOWN else ""
    return f"may be {name} on list {code}{open_} (score {hit.score}): it was not counted as listed"


def _name(entity: Entity) -> str:
    return entity.name or entity.id


def as_found(hits: list[NameHit] | str) -> list[NameHit] | str:
    """The hits as they are; other processes call it."""
    return hits
