"""The listed parties that a name may be: what is told of each, and which are the best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente._shapes import NamedTuple
from detente.parties.lists.model import ListedEntry
from detente.parties.names.reading.cut_fields import FIELD_ENDS
from detente.parties.names.reading.listed_wholes import KINDRED, is_elsewhere

OF_ITS_OWN = "it may be a separate company there, such as a subsidiary"
"""Why a name beside a place, or with a site behind it, is never the party for certain."""

END_UNSEEN = "its end is not seen"
"""Why a name whose field may have cut it off is never the party for certain."""

OTHER_TRADE = "another company may be called so"
"""Why a name with another word for its trade is never the party for certain."""

AT_MOST_ELSEWHERE = 0.97
"""The most that a name scores of which one of these is said."""

THRESHOLD = 0.82
"""Score from which a candidate is a hit; chosen on the tuning half of names as documents carry
them."""

COMPOSED = "the listed brand with the trade of another listed name of the party"
"""What a hit says of a name that no list prints so: it is put together of two that are printed."""

NOT_FOR_CERTAIN = frozenset((COMPOSED, OF_ITS_OWN, END_UNSEEN, OTHER_TRADE))
"""What a hit says that is never the party for certain."""


class NameHit(NamedTuple):
    """A listed party that a name may be.

    Attributes:
        entry: the entry of the list whose consequence is the strictest.
        name: the name of the party that came closest.
        score: 0 to 1.
        why: what agreed, what did not, and how well the name itself is known.
        others: its entries on further lists, the stricter ones first.
        asked: of a row with several names those that found it, as the row has them; empty where
            the row has one.
    """

    entry: ListedEntry
    name: str
    score: float
    why: tuple[str, ...]
    others: tuple[ListedEntry, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[ListedEntry, ...]:
        """All its entries, the strictest first."""
        return (self.entry, *self.others)

    def is_close(self, least: float) -> bool:
        """Whether a name that a list prints scores so much; one that is put together never does."""
        return self.score >= least and NOT_FOR_CERTAIN.isdisjoint(self.why)


def one_a_list(hits: Iterable[NameHit]) -> Iterator[NameHit]:
    """Hits of parties as hits of single entries, in their order."""
    for hit in hits:
        for entry in hit.entries:
            yield hit._replace(entry=entry, others=())


class BestNames:
    """The best name of each party: score, number of the name, place of the form."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: dict[int, tuple[float, int, int]] = {}

    def add(self, score: float, party: int, number: int, form: int) -> None:
        """Keep a name that is a hit, and better than what its party has so far."""
        if score >= THRESHOLD and (party not in self.found or score > self.found[party][0]):
            self.found[party] = (score, number, form)

    def keep_first(self, top: int) -> None:
        """Drop parties that cannot be among so many, whatever decides between equal scores."""
        if len(self.found) > top > 0:
            least = sorted((round(score, 3) for score, _, _ in self.found.values()), reverse=True)
            self.found = {
                party: each
                for party, each in self.found.items()
                if round(each[0], 3) >= least[top - 1]
            }


def doubt_of(how: str) -> str:
    """What is said of a name that was read so, and is never the party for certain; else empty."""
    if is_elsewhere(how):
        return OF_ITS_OWN
    if how == FIELD_ENDS:
        return END_UNSEEN
    return OTHER_TRADE if how.endswith(KINDRED) else ""


def most_of(how: str) -> float:
    """The most that a name scores where it was read so."""
    return AT_MOST_ELSEWHERE if doubt_of(how) else 1.0
