"""What standing on lists leads to: one reading of it for the shell, the files and the page.

The entry's own licence requirement comes first. Where it states none, the register says what
follows of the list. An entry that did not stand on the day leads to nothing, and a list of which
neither says anything is told as such: silence would read as harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.lists.announced import heard_clause
from detente.parties.lists.standing import (
    ENDED,
    IN_FORCE,
    NOT_LISTED,
    NOT_YET,
    SUSPENDED,
    UNKNOWN,
)
from detente.parties.screening.answer import as_of, consequences

if TYPE_CHECKING:
    from detente.parties.lists.model import ListedEntry
    from detente.parties.screening.answer import Consequence
    from detente.parties.screening.hits import NameHit
    from detente.parties.screening.list_coverage import ListsCoverage
    from detente.register.book import Register

    Rules = Mapping[str, Sequence[Consequence]]

STANDING = {
    NOT_YET: "not yet listed",
    ENDED: "no longer listed",
    SUSPENDED: "suspended",
    UNKNOWN: "not known whether listed then",
}
"""What is said of an entry that is not in force."""

UNTOLD = "what follows is not held"
"""What is said of a list of which neither its entry nor the register says what follows."""


class PartyListing(NamedTuple):
    """What one list says of a party on a day.

    Attributes:
        list: its short name.
        standing: how the entry stands.
        requirement, policy: of the entry as it reads on the day, in normal words; "" for none.
        heard: first day on which it is no longer suspended by what was only announced, where by
            its notice it is in force; "" for none.
    """

    list: str
    standing: str
    requirement: str
    policy: str
    heard: str = ""


class ListingOutcome(NamedTuple):
    """What follows of one listing.

    Attributes:
        listing: what the list says.
        rules: of the register, each with a decision; none where the entry states a requirement,
            or did not stand on the day.
    """

    listing: PartyListing
    rules: tuple[Consequence, ...]

    @property
    def heard(self) -> str:
        """How the party stands by what was only announced; "" where that is no otherwise."""
        return heard_clause(self.listing.heard) if self.listing.heard else ""

    @property
    def stands(self) -> bool:
        """Whether the party is listed, or may be."""
        return self.listing.standing not in NOT_LISTED

    @property
    def untold(self) -> bool:
        """Whether nothing says what follows of an entry that stands, or may."""
        return self.stands and not self.rules and not self.listing.requirement


def rules_of(register: Register, lists: Iterable[str], day: str) -> Rules:
    """What the register decides of parties on some lists on a day, by list.

    Args:
        register: the register.
        lists: short names.
        day: ISO.
    """
    return {
        code: [each for each in consequences(register, {code}, day) if each.decision]
        for code in lists
    }


def listings_of(entries: Iterable[ListedEntry], read: ListsCoverage) -> list[PartyListing]:
    """What each list says of a party, each list once.

    Args:
        entries: of the party, the strictest first.
        read: how the lists were read, for the day.
    """
    found: dict[str, PartyListing] = {}
    for each in entries:
        entry, heard = as_of(each, read.day), read.heard(each)
        row = PartyListing(
            entry.list, read.standing(entry), entry.requirement, entry.policy,
            heard["suspended_until"] if heard is not None else "",
        )  # fmt: skip
        found.setdefault(entry.list, row)
    return list(found.values())


def following(listings: Iterable[PartyListing], rules: Rules) -> list[ListingOutcome]:
    """What follows of each listing of a party.

    Args:
        listings: see ``listings_of``.
        rules: see ``rules_of``, of the same day.
    """
    made = []
    for each in listings:
        bare = ListingOutcome(each, ())
        asked = bare.stands and not each.requirement
        made.append(bare._replace(rules=tuple(rules.get(each.list, ()))) if asked else bare)
    return made


def in_short(follows: Iterable[ListingOutcome]) -> str:
    """What follows of every list of a party in one cell.

    Such as "EL: licence for all_items, case_by_case; SDN: prohibited".
    """
    return "; ".join(map(_clause, follows))


def of_hit(read: ListsCoverage, rules: Rules, hit: NameHit) -> str:
    """What follows of every list of a party that a name may be; other processes can call it."""
    return in_short(following(listings_of(hit.entries, read), rules))


def _clause(one: ListingOutcome) -> str:
    code, standing, requirement, policy, heard = one.listing
    if not one.stands:
        return f"{code}: {STANDING[standing]}"
    if requirement:
        what = f"licence for {', '.join(filter(None, (requirement, policy)))}"
    else:
        what = ", ".join(dict.fromkeys(each.decision for each in one.rules)) or UNTOLD
    if heard:
        return f"{code}: {what} ({heard_clause(heard)})"
    return f"{code}: {what}" + (f" ({STANDING[standing]})" if standing != IN_FORCE else "")
