"""Parties that a name has something to do with, without being them.

A subsidiary bears the brand of its parent and the name of another city; a list prints that one
party is the subsidiary of another. Neither makes a hit: it is told as *related*, with why, for a
person to look at. Who owns whom, and how much, is a question about owners.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.names.documents import CUT_ADDRESS, CUT_LEAD
from detente.parties.names.kinds import BRAND, FILLER, LEGAL, PLACE
from detente.parties.names.names import is_han, parts, squashed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.answers.parties import RelatedParty
    from detente.parties.lists.model import ListedEntry
    from detente.parties.names.names import NameWord
    from detente.parties.screening.screening import NameHit
    from detente.parties.screening.store import Screen

SHORTEST, SHORTEST_HAN = 4, 2
"""Letters, or characters, of the shortest brand that is looked for."""

MOST_BORNE = 300
"""Listed names that may bear a brand; a word of more of them tells nobody."""

TOP = 5
"""Related parties that are told of a name."""


class Related(NamedTuple):
    """A listed party that a name has to do with.

    Attributes:
        entry: of the list with the strictest consequence.
        why: the brand that both bear, or the relation that a list prints.
        citation: where the list prints it; empty for a shared brand.
    """

    entry: ListedEntry
    why: str
    citation: str = ""

    def row(self) -> RelatedParty:
        """Under the keys of the interface."""
        return {
            "entry": self.entry.names[0].text,
            "list": self.entry.list,
            "why": self.why,
            "citation": self.citation or None,
            "url": self.entry.source if self.entry.source.startswith("http") else None,
        }


def related(screen: Screen, name: str, hits: Sequence[NameHit]) -> list[Related]:
    """The listed parties that a name is related to, beside those it may be.

    Args:
        screen: the lists as of the day.
        name: as written.
        hits: what it may be.
    """
    own = {(entry.list, entry.key) for hit in hits for entry in hit.entries}
    found: dict[tuple[str, str], Related] = {}
    for each in (*_printed(screen, name, hits), *_of_brand(screen, name)):
        key = each.entry.list, each.entry.key
        if key not in own:
            found.setdefault(key, each)
    return list(found.values())[:TOP]


def _printed(screen: Screen, name: str, hits: Sequence[NameHit]) -> Iterator[Related]:
    """Parties that a list prints as the parent of one, or under it."""
    # The built-in file, which alone has the relations that lists print.
    lists = screen.lists[0]
    keys = {squashed(form) for form, _ in lists.forms(name)}
    keys |= {
        squashed(parts(each.text, lists.tables))
        for hit in hits
        for entry in hit.entries
        for each in entry.names[:1]
    }
    for row in lists.relations(keys):
        other, stated = (row.parent, "of") if row.key == row.child_key else (row.child, "to")
        for hit in screen.parties(other, None, 1):
            if hit.score >= SAME:
                where = f"the {row.list} list prints it as {row.relation}"
                yield Related(hit.entry, f"{where}, {stated} this party", row.citation)


SAME = 0.98
"""Score from which a name is that of the party that a relation names."""


def _of_brand(screen: Screen, name: str) -> Iterator[Related]:
    """Parties whose only brand is one of the name's."""
    for lists in screen.lists:
        forms = lists.forms(name)
        # Of a line with an address the names that were cut out of it, not its streets.
        cut = [form for form, how in forms if how.startswith((CUT_LEAD, CUT_ADDRESS))]
        leading = dict.fromkeys(_leading(form) for form in (cut or [form for form, _ in forms]))
        for brand in leading:
            if brand and lists.borne_by(brand) <= MOST_BORNE:
                for entry in lists.of_brand(brand):
                    yield Related(entry, f"bears the brand {brand} too")


def _leading(form: Sequence[NameWord]) -> str:
    """The brand that a name begins with, after places; "" for none that is long enough."""
    first = next((part for part in form if part.kind not in (PLACE, FILLER, LEGAL)), None)
    if first is None or first.kind != BRAND:
        return ""
    least = SHORTEST_HAN if is_han(first.text[0]) else SHORTEST
    return first.text if len(first.text) >= least else ""
