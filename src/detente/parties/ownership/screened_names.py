"""Names in an ownership file screened, so that its listed parties are known without a file of them.

A name that is the same as a listed one makes its party one that the rule begins with, or may begin
with where its listing on the day is open, or where something had to be cut away from the name. One
that only comes close is not a beginning: it is told, to be looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import copy
from fractions import Fraction
from itertools import chain

from detente._shapes import TYPE_CHECKING
from detente.core.coverage import LISTS
from detente.core.figures import counted
from detente.parties.lists.standing import IN_FORCE, UNKNOWN
from detente.parties.names.names import letters_written
from detente.parties.names.reading.cuts import is_cut
from detente.parties.ownership.file import NO_SEEDS, programmes_of
from detente.parties.ownership.model import Entity, Flag, HoldingRows, Holdings, ScreenedList, Seed
from detente.parties.ownership.requirement import stated_requirement
from detente.parties.ownership.shares import ZERO, Share
from detente.parties.screening.answer import SAME
from detente.parties.screening.crowd import screen_all
from detente.parties.screening.hits import NameHit
from detente.parties.screening.list_coverage import lists_beside, lists_read
from detente.parties.screening.queries import NameQuery

if TYPE_CHECKING:
    from detente.parties.lists.model import ListedEntry
    from detente.parties.names.names import NameTables
    from detente.parties.screening.store import Screen

STANDING = IN_FORCE, UNKNOWN
"""How an entry stands on the day that counts, or may count."""

TOP = 5
"""Hits of a name that are looked at."""

NO_LIST = "the rule begins from no list that names can be screened against: none was screened"

LEI = re.compile("[0-9A-Z]{18}[0-9]{2}")
"""An identifier of a legal entity (ISO 17442), by which no list calls its parties."""

FEWEST_LETTERS = 4
"""Letters of the shortest id that is screened as a name where nobody gives the name."""

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
        holdings: what the files say; a party is screened by each of its names, and one of a table
            that has none by its id.
        screen: the lists as of the day.
        lists: short names of those from which the rule begins.
        called: what the company of an id is called in notes; as it is where ids are the user's own.

    Returns:
        The holdings with these parties among their seeds, and with ``screened``: each of the lists,
        how it was read for the day, and how many companies have the name of one of its parties.
    """
    rows = HoldingRows.of(holdings.rows)
    ids = {*rows.owner, *rows.owned, *holdings.entities}
    described = {each: holdings.entities.get(each) or Entity(each) for each in sorted(ids)}
    numbers = [each for each, entity in described.items() if LEI.fullmatch(_name(entity))]
    # Of other formats than tables an id is made by a machine, and never a name.
    codes = [
        each
        for each, entity in described.items()
        if not entity.name and (not holdings.keyed or _is_code(each))
    ]
    for each in (*numbers, *codes):
        del described[each]
    names = [
        (each, name)
        for each, entity in described.items()
        for name in dict.fromkeys((_name(entity), *entity.others))
    ]
    found = _SeedsFound(holdings, screen, lists)
    answers = screen_all(screen, [NameQuery(name) for _, name in names], TOP, as_found)
    for (each, name), hits in zip(names, answers, strict=True):
        found.take(each, name, hits)
    added, flags = found.seeds, [*holdings.flags, *found.told()]
    given = rows
    rows, of_one = with_one_owner(rows, added)
    renamed = {*given.owner}.difference(rows.owner, rows.owned) if of_one else ()
    screened = tuple(_screened(screen, lists, added))
    # Parties that begin are sought in the lists, and no longer in a file alone.
    notes = [note for note in holdings.notes if not screened or note != NO_SEEDS]
    return holdings._replace(
        rows=rows,
        seeds=(*holdings.seeds, *(_still_named(rows, added) if of_one else added)),
        flags=tuple(dict.fromkeys((*flags, *of_one))),
        notes=(
            *notes,
            *_taken(added, called),
            *_unnamed(numbers),
            *_coded(codes, holdings.keyed),
            *([] if screened else [NO_LIST]),
        ),
        screened=screened,
        unscreened=(*numbers, *codes) if screened else (),
        renamed=(*holdings.renamed, *sorted(renamed)),
    )


class _SeedsFound:
    """The listed parties that names are taken for.

    Attributes:
        seeds: these parties.
    """

    def __init__(self, holdings: Holdings, screen: Screen, lists: Collection[str]) -> None:
        self.seeds: list[Seed] = []
        self._entities, self._screen, self._lists = holdings.entities, screen, lists
        self._given = {(seed.id, seed.list) for seed in holdings.seeds}
        self._known, self._doubted = set(self._given), set(self._given)
        self._unread: list[Flag] = []
        self._perhaps: list[tuple[str, Flag]] = []

    def take(self, each: str, name: str, hits: list[NameHit] | str) -> None:
        """Take what one name of a party may be."""
        if isinstance(hits, str):
            self._unread.append(Flag(each, "has no name that can be screened, and was not"))
            return
        tables = self._screen.lists[0].tables
        # What is certain comes first: a list that has the name as it stands needs no other reading.
        cut = [(_cut_away(name, hit, tables), hit) for hit in hits]
        for how, hit in sorted(cut, key=lambda one: bool(one[0])):
            by_list: dict[str, list[ListedEntry]] = {}
            for entry in hit.entries:
                if entry.list in self._lists and self._screen.standing(entry) in STANDING:
                    by_list.setdefault(entry.list, []).append(entry)
            for entries in by_list.values():
                self._add(each, name, hit, entries, how)

    def _add(
        self, each: str, name: str, hit: NameHit, entries: list[ListedEntry], cut: str
    ) -> None:
        """Take what one list has of a party as which a name was read."""
        entry, standing = entries[0], self._screen.standing(entries[0])
        place = each, entry.list
        if not hit.is_close(SAME):
            if place not in self._doubted:
                why = _may_be(hit, entry.names[0].text, entry.list, standing)
                self._perhaps.append((entry.list, Flag(each, why)))
            return
        doubt = _doubt(entry, standing, cut)
        if place in self._known or (doubt and place in self._doubted):
            return
        self._doubted.add(place)
        if not doubt:
            self._known.add(place)
        entity = self._entities.get(each)
        programmes = (word for one in entries for word in programmes_of(one.programme))
        self.seeds.append(
            Seed(
                each,
                entry.list,
                tuple(dict.fromkeys(programmes)),
                entity.country if entity is not None else "",
                stated_requirement(entry, self._screen.day),
                _screened_as(name, entity, entry),
                doubt,
                f"{hit.entry.list}\t{hit.entry.key}",
                tuple(one.key for one in entries),
            )
        )

    def told(self) -> Iterator[Flag]:
        """What was not screened, and what may be a listed party and was not counted as one.

        What one name leaves open, another may have settled.
        """
        yield from self._unread
        yield from (flag for code, flag in self._perhaps if (flag.id, code) not in self._doubted)


def with_one_owner(rows: HoldingRows, seeds: Iterable[Seed]) -> tuple[HoldingRows, list[Flag]]:
    """Rows in which ids that were screened as one listed party are one owner of a company.

    Of shares that differ the largest counts, so the owner is called by the id that has it.

    Args:
        rows: the holdings.
        seeds: the parties that names were taken for.

    Returns:
        The rows, and a flag for each company that several such ids own.
    """
    party_of = {seed.id: seed.party for seed in seeds if not seed.doubt}
    if len(set(party_of.values())) == len(party_of):
        return rows, []
    held: dict[tuple[str, str], dict[str, list[int]]] = {}
    for at, owner in enumerate(rows.owner):
        if party := party_of.get(owner):
            held.setdefault((rows.owned[at], party), {}).setdefault(owner, []).append(at)
    owners, flags = list(rows.owner), []
    for (owned, _), ids in held.items():
        if len(ids) > 1:
            first = max(ids, key=lambda each: max(_ends(rows[at].share) for at in ids[each]))
            for at in chain.from_iterable(ids.values()):
                owners[at] = first
            named = " and ".join(ids)
            flags.append(
                Flag(
                    owned,
                    f"{named} are names of one listed party: they count as one owner, here called "
                    f"{first}",
                )
            )
    found = copy(rows)
    found.owner = owners
    return found, flags


def _ends(share: Share) -> tuple[Fraction, Fraction]:
    """What a share is compared by; one that nobody knows is the least."""
    return (share.lo, share.hi) if share.known else (ZERO, ZERO)


def _still_named(rows: HoldingRows, seeds: Sequence[Seed]) -> Iterator[Seed]:
    """The seeds but those that are another name of one owner, by which no row tells any more."""
    named, parties = {*rows.owner, *rows.owned}, Counter(seed.party for seed in seeds)
    return (seed for seed in seeds if seed.id in named or parties[seed.party] == 1)


def _screened(
    screen: Screen, lists: Collection[str], added: Sequence[Seed]
) -> Iterator[ScreenedList]:
    """The lists that names were screened against, in the order of the rule.

    A rule may begin from classes that no list names, such as the citizens of a country.
    """
    found = Counter(code for _, code in {(seed.id, seed.list) for seed in added})
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


def _coded(codes: Sequence[str], table: bool) -> Iterator[str]:
    """That some ids are signs and no names, in a table or in a file of another format."""
    if not codes:
        return
    if table:
        have = counted(len(codes), "company has", "companies have")
        without = f"a short id such as {codes[0]} and no name"
    else:
        have = counted(len(codes), "party has", "parties have")
        without = f"no name in the file, such as {codes[0]}"
    yield f"{have} {without}, and nothing was screened of it: give names with --entities"


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


def _doubt(entry: ListedEntry, standing: str, cut: str) -> str:
    """Why it is open whether a party counts as listed; "" where it is not.

    Args:
        entry: as which it was screened.
        standing: how that stands on the day.
        cut: how its name was read where something was cut away.
    """
    name = entry.names[0].text
    if cut:
        return f"may be {name} on list {entry.list}, if its name is read {cut}: look at it"
    if standing == IN_FORCE:
        return ""
    return f"is {name} on list {entry.list} by its name: whether that was listed on the day is open"


def _cut_away(name: str, hit: NameHit, tables: NameTables) -> str:
    """How a name was read where something was cut away that may tell another company; else "".

    A name that a list prints letter for letter is that, however it was read.
    """
    cut = ", ".join(filter(is_cut, hit.why))
    if not cut:
        return ""
    letters = letters_written(name, tables)
    printed = (each.text for entry in hit.entries for each in entry.names)
    return "" if any(letters_written(each, tables) == letters for each in printed) else cut


def _is_code(id_: str) -> bool:
    """Whether an id is a number or a short sign, and no name that could be screened."""
    return id_.isascii() and sum(map(str.isalpha, id_)) < FEWEST_LETTERS


def _may_be(hit: NameHit, name: str, code: str, standing: str) -> str:
    open_ = ", whose listing on the day is open" if standing == UNKNOWN else ""
    return f"may be {name} on list {code}{open_} (score {hit.score}): it was not counted as listed"


def _name(entity: Entity) -> str:
    return entity.name or entity.id


def as_found(hits: list[NameHit] | str) -> list[NameHit] | str:
    """The hits as they are; other processes call it."""
    return hits
