"""Companies of several files under one id each, joined by number or by name without legal form.

Names that differ in their legal forms alone are one company, unless they are said to be of
different countries. A join of names that are not the same letters is told, and so are names that
screening would take for one and that are not joined: a word of a trade may be another company's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import counted
from detente.parties.ownership.counted.company_names import JoiningNames, folded
from detente.parties.ownership.model import Entity, Flag, Holding, Holdings
from detente.parties.ownership.shares import UNKNOWN, ZERO, span_text

if TYPE_CHECKING:
    from detente.parties.names.names import NameTables
    from detente.parties.ownership.counted.open_sources import OwnerSource

TOLD = 20
"""Joins, and names that are alike and not joined, that are told one by one."""


def together(sources: Sequence[OwnerSource], tables: NameTables) -> Holdings:
    """All files as one set of holdings, joined by number or by name without legal form.

    Names that differ in their legal forms alone are kept apart where they are of different
    countries. Where a row says nothing of the country, the name as it is printed decides; where
    that does not either, each may be meant, so the row makes a company possibly covered at most.
    One printed name is one company, and a flag tells where it is said to be of several countries.

    Args:
        sources: the files.
        tables: what names are read with.
    """
    companies = _CompanyIds(sources, tables)
    rows: list[Holding] = []
    as_of: dict[tuple[str, str, str, str], list[int]] = {}
    flags: dict[Flag, None] = dict.fromkeys(companies.moved())
    for source in sources:
        for row in source.holdings.rows:
            owners, owned = companies.meant(row.owner), companies.meant(row.owned)
            if len(owners) == len(owned) == 1:
                if source.as_of and row.since:
                    told = source.sha256, owners[0], owned[0], row.key
                    as_of.setdefault(told, []).append(len(rows))
                rows.append(row._replace(owner=owners[0], owned=owned[0]))
                continue
            share = row.share._replace(lo=ZERO)
            for one, other in product(owners, owned):
                rows.append(row._replace(owner=one, owned=other, share=share))
                doubt = companies.doubt(row.owner if len(owners) > 1 else row.owned)
                flags[Flag(other, f"{row.source or source.name}: {doubt}")] = None
        for flag in source.holdings.flags:
            for each in companies.meant(flag.id):
                flags[flag._replace(id=each)] = None
    for places in as_of.values():
        flags.update(dict.fromkeys(_newer_instead(rows, places)))
    for branch, whose in companies.branches:
        flags[Flag(branch, f"is a branch of one of {', '.join(whose)}: each may be its owner")] = (
            None
        )
        rows.extend(Holding(each, branch, UNKNOWN) for each in whose)
    return Holdings(
        tuple(rows),
        (),
        companies.entities,
        tuple(flags),
        (
            *(note for source in sources for note in source.holdings.notes),
            *companies.notes,
            *companies.on_names(),
        ),
        left_out=tuple(each for source in sources for each in source.left_out),
        keyed=any(source.holdings.keyed for source in sources if source.holdings.rows),
    )


def _newer_instead(rows: list[Holding], places: list[int]) -> Iterator[Flag]:
    """End what one source tells of a holding on the day as of which it tells it anew.

    Args:
        rows: of all files; the older ones get their ends here.
        places: of the rows of one source on what one owner holds of one company, under one key.
    """
    days = sorted({rows[at].since for at in places})
    next_day = dict(pairwise(days))
    ends = {
        at: end
        for at in places
        if (end := next_day.get(rows[at].since, "")) and not "" < rows[at].until <= end
    }
    if not ends:
        return
    told = [
        f"{span_text(rows[at].share.lo, rows[at].share.hi)} as of {rows[at].since}"
        for at in sorted(places, key=lambda at: rows[at].since)
        if at in ends or rows[at].since == days[-1]
    ]
    for at, end in ends.items():
        rows[at] = rows[at]._replace(until=end)
    row = rows[places[0]]
    yield Flag(
        row.owned,
        f"what {row.owner} holds is told as of several days by one source ({', '.join(told)}): "
        "from each day on the newer row counts, and no older one",
    )


class _Company(NamedTuple):
    """One of the companies that have a name: their countries, and the name as it is printed."""

    places: list[str]
    printed: set[str]
    name: str

    @property
    def place(self) -> str:
        """The country by which it is told apart."""
        return self.places[0]


def _of_country(company: _Company) -> str:
    """The id of a company that others have the name of, without the legal form."""
    return f"{company.name} ({company.place})"


class _CompanyIds:
    """The companies of several files, each under one id: the name as it is first printed.

    Attributes:
        entities: those that the files tell of, by their ids; a company keeps the first name.
        branches: those of which it is open whose branch they are, with whose they may be.
        notes: on what was not joined.
    """

    def __init__(self, sources: Sequence[OwnerSource], tables: NameTables) -> None:
        self.notes: list[str] = []
        self._names = JoiningNames(tables)
        self._said = self._described(sources)
        self._keys: dict[str, str] = {}
        for source in sources:
            self._keys.update(source.keys or {})
            self._keys.update(self._numbered(source))
        self._of_key: dict[str, list[_Company]] = {}
        self._first: dict[str, str] = {}
        for each, key in self._keys.items():
            entity = self._said[each]
            self._first.setdefault(key, entity.name)
            self._add(self._of_key.setdefault(key, []), entity.country, entity.name)
        self._meant: dict[str, tuple[str, ...]] = {}
        self.entities: dict[str, Entity] = {}
        for each, entity in self._said.items():
            for found in self.meant(each):
                known = self.entities.setdefault(found, entity._replace(id=found))
                self.entities[found] = known.filled_from(entity)
        # Whose branch one is, by the ids of here.
        self.branches: list[tuple[str, tuple[str, ...]]] = []
        for each, entity in self.entities.items():
            if entity.branch_of:
                whose = tuple(one for one in self.meant(entity.branch_of) if one != each)
                self.entities[each] = entity._replace(branch_of=whose[0] if len(whose) == 1 else "")
                if len(whose) > 1:
                    self.branches.append((each, whose))

    def meant(self, each: str) -> tuple[str, ...]:
        """The ids of the companies that an id of a file may mean."""
        if each not in self._meant:
            key = self._keys.get(each)
            self._meant[each] = (each,) if key is None else tuple(self._candidates(each, key))
        return self._meant[each]

    def doubt(self, each: str) -> str:
        """Why an id of a file may mean several companies."""
        places = ", ".join(sorted(found.place for found in self._of_key[self._keys[each]]))
        return (
            f"companies of several countries are called {self._said[each].name} ({places}), and "
            "the row does not say which is meant: each may be"
        )

    def moved(self) -> Iterator[Flag]:
        """What is taken for one company though it is said to be of several countries."""
        for key, found in self._of_key.items():
            for each in found:
                if len(each.places) > 1:
                    id_ = self._first[key] if len(found) == 1 else _of_country(each)
                    told = ", ".join(each.places)
                    of_country = self.entities[id_].country
                    why = f"is said to be of {told}: taken for one company, of {of_country}"
                    yield Flag(id_, why)

    def on_names(self) -> Iterator[str]:
        """Names of other letters that were joined, and names that are alike and were not."""
        joined: dict[str, dict[str, str]] = {}
        families: dict[str, dict[str, str]] = {}
        for each, key in self._keys.items():
            name = self._said[each].name
            families.setdefault(self._names.family(name), {}).setdefault(key, name)
            for found in self.meant(each):
                joined.setdefault(found, {}).setdefault(self._names.letters(name), name)
        several = [" and ".join(names.values()) for names in joined.values() if len(names) > 1]
        yield from _some(
            [
                f"taken for one company by their names without legal forms: {each}"
                for each in several
            ],
            "taken for one company by their names besides",
        )
        alike = [" and ".join(names.values()) for names in families.values() if len(names) > 1]
        yield from _some(
            [
                f"may be one company, and are not joined: {each}; write one name in all rows if "
                "they are"
                for each in alike
            ],
            "alike and not joined besides",
        )

    @staticmethod
    def _add(known: list[_Company], country: str, name: str) -> None:
        """Add a name of a key to the companies that have it; they share no country and no name."""
        if not country:
            return
        printed = folded(name)
        same = [each for each in known if country in each.places or printed in each.printed]
        if not same:
            known.append(_Company([country], {printed}, name))
            return
        first, *others = same
        for each in (*others, _Company([country], {printed}, name)):
            first.places.extend(place for place in each.places if place not in first.places)
            first.printed.update(each.printed)
        known[:] = [each for each in known if each not in others]

    def _candidates(self, each: str, key: str) -> Iterator[str]:
        told, entity = self._of_key[key], self._said[each]
        if len(told) > 1:
            printed = folded(entity.name)
            found = [one for one in told if entity.country in one.places or printed in one.printed]
            for one in found if len(found) == 1 else told:
                yield _of_country(one)
        else:
            yield self._first[key]

    @staticmethod
    def _described(sources: Sequence[OwnerSource]) -> dict[str, Entity]:
        """What the files say of companies; of names alone those of companies in other files."""
        found: dict[str, Entity] = {}
        for source in sources:
            if source.names_only:
                continue
            for each, entity in source.holdings.entities.items():
                known = found.setdefault(each, entity)
                if known.name in ("", each):
                    known = known._replace(name=entity.name, others=entity.others)
                found[each] = known.filled_from(entity)
                if entity.branch_of:
                    found.setdefault(entity.branch_of, Entity(entity.branch_of))
        for source in sources:
            if source.names_only:
                named = source.holdings.entities
                for each in found.keys() & named.keys():
                    found[each] = named[each].filled_from(found[each])
        return found

    def _numbered(self, source: OwnerSource) -> Iterator[tuple[str, str]]:
        """Ids of a file that are numbers, each with the name by which it is joined with others.

        Companies that have one name under several numbers are joined by none.
        """
        keys = {
            each: self._names.key(entity.name)
            for each in source.holdings.entities
            if each not in (source.keys or ())
            and (entity := self._said.get(each)) is not None
            and entity.name not in ("", each)
        }
        known = Counter(keys.values())
        alone = [each for each, key in keys.items() if known[key] > 1]
        if alone:
            have = counted(len(alone), "company has", "companies have")
            self.notes.append(
                f"{source.name}: {have} a name that stands under several numbers, such as "
                f"{self._said[alone[0]].name}: joined with none of another file"
            )
        for each, key in keys.items():
            if key and known[key] == 1:
                yield each, key


def _some(told: Sequence[str], besides: str) -> Iterator[str]:
    """The first of what is told, and how many there are besides."""
    yield from told[:TOLD]
    if len(told) > TOLD:
        yield f"{besides}: {len(told) - TOLD:,}"
