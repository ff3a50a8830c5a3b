"""How many parties were put on each list by year, as far as the lists print days."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.figures import counted
from detente.core.vocabulary import UnknownWordError, nearest
from detente.parties.screening.list_coverage import lists_beside, lists_read

if TYPE_CHECKING:
    from collections.abc import Collection

    from detente.answers.parties import Listings, ListSummary
    from detente.parties.lists.model import ListedEntry
    from detente.parties.screening.store import Screen

COMPANY = ("", "entity")
"""What is not a person, vessel or aircraft: what the list says, or that it does not say."""


def by_year(
    screen: Screen, lists: Collection[str] = (), country: str = "", companies: bool = False
) -> Listings:
    """Entries by list and year of their first day.

    Args:
        screen: the lists, opened for a day.
        lists: short names; all for none.
        country: of an address, ISO code; "" for all.
        companies: leave out people, vessels and aircraft.

    Returns:
        ``on, rows, lists, coverage``: ``rows`` are ``list, year, entries, still_listed``, of a year
        in which the day lies or ``null`` where no day is held; ``lists`` sum each list up, with
        what the count does not hold.

    Raises:
        UnknownWordError: a list is not at hand; the message offers near ones.
    """
    for name in lists:
        if name not in screen.counting:
            near = nearest(name, sorted(screen.counting))
            known = ", ".join(near or sorted(screen.counting))
            raise UnknownWordError(f"{name!r} is not a list at hand; known: {known}", "list")
    counts: dict[tuple[str, str], list[int]] = {}
    for file in screen.lists:
        for _, entry in file.bodies(lists):
            if _counts(entry, country, companies):
                count = counts.setdefault((entry.list, entry.since[:4]), [0, 0])
                count[0] += 1
                count[1] += not entry.until or screen.day < entry.until
    read = {**lists_read(screen), **lists_beside(screen)}
    names = sorted({name for name, _ in counts} | set(lists))
    return {
        "on": screen.day,
        "country": country or None,
        "companies": companies,
        "rows": [
            {"list": name, "year": year or None, "entries": count, "still_listed": still}
            for (name, year), (count, still) in sorted(counts.items())
        ],
        "lists": [_summed(screen, name, counts) for name in names],
        "coverage": [read[name].row() for name in names if name in read],
    }


def _counts(entry: ListedEntry, country: str, companies: bool) -> bool:
    return (not country or country in entry.countries) and (not companies or entry.kind in COMPANY)


_UNDATED = ("entry carries no day and stands", "entries carry no day and stand")


def _summed(screen: Screen, name: str, counts: dict[tuple[str, str], list[int]]) -> ListSummary:
    own = {year: count for (code, year), (count, _) in counts.items() if code == name}
    facts = screen.facts.get(name)
    undated = own.get("", 0)
    lacks = [f"{counted(undated, *_UNDATED)} under no year"] if undated else []
    lacks.append(
        "who was removed before the list's first version here is in no count, so a past year may "
        "have had more"
    )
    return {
        "list": name,
        "title": facts.title if facts else "",
        "entries": sum(own.values()),
        "undated": undated,
        "lacks": "; ".join(lacks),
    }
