"""Parties that a name has something to do with, without being them.

A subsidiary bears the brand of its parent and the name of another city; in the name of an institute
stands that of its academy; a list prints that one party is the subsidiary of another. None of these
makes a hit: it is told as *related*, with why, for a person to look at. Who owns whom, and how
much, is a question about owners.
"""

from __future__ import annotations

from itertools import chain

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.names.kinds import BRAND, FILLER, LEGAL, PLACE
from detente.parties.names.names import letters_written, squashed
from detente.parties.names.reading.cuts import CUT_ADDRESS, CUT_LEAD
from detente.parties.screening.listed.addresses import has_number, line_of
from detente.parties.screening.listed.bearers import ALONE, leading, whole_name, word_alone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from detente.answers.parties import RelatedParty
    from detente.parties.lists.model import ListedEntry
    from detente.parties.names.names import NameWord
    from detente.parties.screening.hits import NameHit
    from detente.parties.screening.listed.entries import Relation
    from detente.parties.screening.queries import NameQuery
    from detente.parties.screening.store import Screen

    Forms = Sequence[tuple[tuple[NameWord, ...], str]]

TOP = 5
"""Related parties that are told of a name."""

IN_HOUSE = "the line stands at the house of this listed address, and not surely in its room"
"""What is told of a line that may stand at an address that a list has, before that address."""

WHOLE_NAME = "a ship, an aircraft or a person is listed by this word alone"
"""What is told of a company that is called as one of these is."""


class Related(NamedTuple):
    """A listed party that a name has to do with.

    Attributes:
        entry: of the list with the strictest consequence.
        why: the brand that both bear, that the name stands in that of the party, or the relation
            that a list prints.
        citation: where the list prints it; empty for what names alone tell.
        relation: what a list prints; None for what names alone tell.
        above: whether the party is the parent in it.
    """

    entry: ListedEntry
    why: str
    citation: str = ""
    relation: Relation | None = None
    above: bool = False

    @property
    def printed(self) -> str:
        """How the party is called where it is told: as in a relation, where a list prints one."""
        if self.relation is None:
            return self.entry.names[0].text
        return self.relation.parent if self.above else self.relation.child

    def row(self) -> RelatedParty:
        """Under the keys of the interface."""
        return {
            "entry": self.printed,
            "list": self.entry.list,
            "why": self.why,
            "citation": self.citation or None,
            "url": self.entry.source if self.entry.source.startswith("http") else None,
        }


def letters_and_digits(name: str) -> str:
    """A name without what two readings of one list print otherwise: dots, blanks and capitals."""
    return "".join(filter(str.isalnum, name.casefold()))


def in_short(found: Iterable[Related]) -> str:
    """Related parties in one line: why, then the parties of which it holds."""
    told: dict[str, list[str]] = {}
    for each in found:
        told.setdefault(each.why, []).append(f"{each.printed} ({each.entry.list})")
    return " | ".join(f"{why}: {'; '.join(names)}" for why, names in told.items())


class RelatedParties:
    """What the lists of a day tell of parties that names are related to.

    It looks up a brand in a table that was made with the lists, and a name among those of which a
    list prints a relation; what it found of a brand or of a listed name it remembers.
    """

    def __init__(self, screen: Screen, for_many: bool = False, most: int | None = TOP) -> None:
        """Open the tables.

        Args:
            screen: the lists as of the day.
            for_many: read which brands there are at once, as it pays for many names.
            most: parties that are told of a name; None for all.
        """
        self._screen = screen
        self._most = most
        self._addressed = [lists for lists in screen.lists if lists.addresses]
        # The built-in file, which alone has the relations that lists print.
        self._printed_in = screen.lists[0]
        self._keys = self._printed_in.related_keys()
        # A name whose first word no key begins with need not be squashed.
        self._begins = {key[:size] for key in self._keys for size in range(1, len(key) + 1)}
        every = (lists.borne() for lists in screen.lists)
        self._borne = frozenset(chain.from_iterable(every)) if for_many else None
        # A name whose first word is no ship's or person's whole name need not be counted.
        self._alone = self._borne and {each[1:] for each in self._borne if each[0] == ALONE}
        # A name whose first word is in that of no body need not be put together.
        self._of_bodies = self._borne and {
            word for each in self._borne if " " in each for word in each.split()
        }
        self._bearing: dict[str, tuple[Related, ...]] = {}
        self._printed: dict[str, tuple[Related, ...]] = {}
        # Printed names of the parties that relations name, so that no hit's need be squashed. Two
        # names squashed alike may be of two parties: China Communications Group, China Telecom.
        named = {letters_and_digits(each) for each in self._printed_in.related_names()}
        self._stated = {
            text: key
            for lists in screen.lists
            for text, key in lists.texts_of(self._keys)
            if letters_and_digits(text) in named
        }

    def of(
        self, forms: Forms, hits: Sequence[NameHit], name: str = "", address: str = ""
    ) -> list[Related]:
        """The listed parties that a name is related to, beside those it may be.

        Args:
            forms: its words as written and as they may be read, with how.
            hits: what it may be.
            name: as written, where an address may stand in it.
            address: where the party is, as written.
        """
        brands, bodies, keys = self._asked(forms)
        asked = frozenset(keys)
        stated = self._stated
        entries: list[ListedEntry] = []
        for hit in hits:
            entries += (hit.entry, *hit.others)
        names = (each.text for entry in entries for each in entry.names)
        keys += [stated[each] for each in names if each in stated]
        line = line_of(name, address)
        houses = list(self._houses(line)) if has_number(line) else []  # which few have
        if not (brands or bodies or keys or houses):
            return []
        own = {(entry.list, entry.key) for entry in entries}
        relations = chain.from_iterable(map(self._relations, sorted(set(keys))))
        told: set[Relation] = set()
        found: dict[tuple[str, str], Related] = {}
        for each in chain(
            houses,
            # Parents first: a party has many children, and few parents.
            sorted(relations, key=lambda each: not each.above),
            *map(self._bearers, dict.fromkeys(bodies)),
            *map(self._bearers, self._leading(forms) if brands else ()),
        ):
            party = each.entry.list, each.entry.key
            if party in found or (party in own and not self._within_one(each, hits)):
                continue
            if each.relation is not None:
                if each.relation in told or self._is_asked(each, name, asked):
                    continue
                told.add(each.relation)
            found[party] = each
            if len(found) == self._most:
                break
        return list(found.values())

    def told(self, query: NameQuery, forms: Forms, found: list[NameHit], top: int) -> NameHits:
        """The hits of a name that are shown, with the others and those that it is related to.

        Args:
            query: what is asked.
            forms: see `of`.
            found: see `Screen.shown_of`.
            top: how many are shown.
        """
        shown, others = self._screen.shown_of(found, top)
        hits = [*shown, *others] if others else shown
        return NameHits(shown, self.of(forms, hits, query.name, query.address), others)

    def _asked(self, forms: Forms) -> tuple[bool, list[str], list[str]]:
        """Whether a form may begin with a brand that is borne, bodies and keys of relations."""
        known, begins, of_bodies, alone = self._borne, self._begins, self._of_bodies, self._alone
        bodies: list[str] = []
        brands, keys = False, []
        for form, _ in forms:
            first = True
            for kind, text in form:
                if kind in (LEGAL, FILLER):
                    continue
                if first:
                    first = False
                    if text in begins and (key := squashed(form)) in self._keys:
                        keys.append(key)
                    if of_bodies is None or text in of_bodies:
                        body = whole_name(form)
                        if " " in body and (known is None or body in known):
                            bodies.append(body)
                    if (alone is None or text in alone) and any(
                        part.kind == LEGAL for part in form
                    ):
                        bodies += filter(None, [word_alone(form)])
                if kind != PLACE:
                    brands = brands or (kind == BRAND and (known is None or text in known))
                    break
        return brands, bodies, keys

    def _houses(self, line: str) -> Iterator[Related]:
        """The listed addresses in whose house a line stands, and not surely in their room."""
        for lists in self._addressed:
            for each in lists.in_house(line):
                yield Related(each, f"{IN_HOUSE}: {'; '.join(each.addresses)}")

    def _leading(self, forms: Forms) -> Iterable[str]:
        """The brands that a name begins with."""
        # Of a line with an address the names that were cut out of it, not its streets.
        cut = [form for form, how in forms if how.startswith((CUT_LEAD, CUT_ADDRESS))]
        houses = self._printed_in.tables.documents.houses
        found = (leading(form, houses) for form in cut or (form for form, _ in forms))
        return dict.fromkeys(filter(None, found))

    def _bearers(self, brand: str) -> tuple[Related, ...]:
        """Parties whose only brand or whose body it is, the strictest first."""
        found = self._bearing.get(brand)
        if found is None:
            files = self._screen.lists
            every = (each for lists in files for each in lists.bearers_of(brand))
            # A party that stands in several files is told by each.
            bearers = sorted(dict.fromkeys(every), key=self._printed_in.order_of_bearers)
            why = f"bears the brand {brand} too"
            if brand.startswith(ALONE):
                why = WHOLE_NAME
            elif " " in brand:
                why = f"one of {len(bearers)} listed parties in whose names this whole name stands"
            found = self._bearing[brand] = tuple(Related(entry, why) for entry in bearers)
        return found

    def _relations(self, key: str) -> tuple[Related, ...]:
        """Parties that a list prints as the parent of the one with a key, or under it."""
        found = self._printed.get(key)
        if found is None:
            found = self._printed[key] = tuple(self._read_relations(key))
        return found

    def _read_relations(self, key: str) -> Iterator[Related]:
        for row in self._printed_in.relations(key):
            parent, child = (row.parent, row.parent_key), (row.child, row.child_key)
            above = row.child_key == key
            one, other = (parent, child) if above else (child, parent)
            # A party that a list names in a relation alone is told with the entry of the other.
            entry = self._named(*one, row.list) or self._named(*other, row.list)
            if entry is not None:
                under = f"{row.child} under it" if above else f"it under {row.parent}"
                why = f"the {row.list} list prints {under}: {row.relation}"
                yield Related(entry, why, row.citation, row, above)

    def _within_one(self, each: Related, hits: Iterable[NameHit]) -> bool:
        """Whether a list prints a relation between two entries that are told as one party."""
        if each.relation is None:
            return False
        tables = self._printed_in.tables
        other = each.relation.child if each.above else each.relation.parent
        letters = letters_written(other, tables)
        party = next((hit.entries for hit in hits if each.entry in hit.entries), ())
        names = (name.text for entry in party for name in entry.names)
        return any(letters_written(name, tables) == letters for name in names)

    def _is_asked(self, each: Related, name: str, asked: Collection[str]) -> bool:
        """Whether the party of a relation is the one that is asked, and not what it is related to.

        Args:
            each: the party, and the relation.
            name: what is asked.
            asked: the same squashed, in its forms.
        """
        assert each.relation is not None
        _, parent, child, _, _, *keys = each.relation
        one, other = reversed(keys) if not each.above else keys
        if (one in asked) != (other in asked):
            return one in asked
        tables = self._printed_in.tables
        printed = parent if each.above else child
        return letters_written(printed, tables) == letters_written(name, tables)

    def _named(self, name: str, key: str, code: str) -> ListedEntry | None:
        """The first entry of any file that is called so; see `ListedEntries.named`."""
        files = self._screen.lists
        return next(filter(None, (lists.named(name, key, code) for lists in files)), None)


class NameHits(list["NameHit"]):
    """What a name may be, best first; others that come as close; and what it is only related to."""

    def __init__(
        self,
        hits: Iterable[NameHit] = (),
        related: Sequence[Related] = (),
        others: Sequence[NameHit] = (),
    ) -> None:
        """Keep all of them."""
        super().__init__(hits)
        self.related, self.others = related, others


def without_name(screen: Screen, query: NameQuery, wrong: str, top: int) -> NameHits | str:
    """What is said of a row that has no name: who stands at its address, else why it is unresolved.

    Args:
        screen: the lists.
        query: what the row asks.
        wrong: why its name is none.
        top: hits, at most.
    """
    wrong = query.unread or wrong
    if not query.address:
        return wrong
    hits = screen.with_addresses([], "", query.address, top)
    return NameHits(hits) if hits else f"{wrong}; its address is none that is listed"


def related(
    screen: Screen, name: str, hits: Sequence[NameHit], most: int | None = TOP
) -> list[Related]:
    """The listed parties that one name is related to; see `RelatedParties`."""
    return RelatedParties(screen, most=most).of(screen.lists[0].forms(name), hits, name)
