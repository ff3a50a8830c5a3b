"""The lists at hand as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from detente._shapes import TYPE_CHECKING
from detente.parties.lists.standing import NOT_LISTED
from detente.parties.screening.list_coverage import lists_beside, lists_read
from detente.parties.screening.store import Screen, listed

if TYPE_CHECKING:
    from typing import TypedDict

    from detente.parties.screening.store import ListAtHand

    ListRow = TypedDict(
        "ListRow",
        {
            "list": str,
            "title": str,
            "by": str,
            "source_date": str,
            "entries": int | None,
            "built_in": bool,
            "versions": list[str],
            "from": str | None,
            "through": str | None,
            "scope": str,
            "state": str,
            "rests": bool,
            "sources": list[str],
            "citation": str | None,
            "url": str | None,
        },
    )
    """A list: its days and scope as of a day, where it is from, and its entries: of a day those
    that stand on it or may, null where it is not held for the day; else all that are held.
    """


def check_lists(names: Collection[str], today: str) -> None:
    """Refuse short names of lists that nobody knows.

    Args:
        names: the names, in capitals.
        today: the clock's day.

    Raises:
        UnknownWordError: one is not a list; the message offers near ones.
    """
    from detente.core.vocabulary import refuse

    known = [row["list"] for row in list_rows(None, today)] if names else []
    for name in sorted(set(names) - set(known)):
        raise refuse(name, known, "a list", "list")


def list_rows(on: str | None, today: str) -> list[ListRow]:
    """Each list at hand with its days, scope, entries and source, and each that is known of.

    Args:
        on: as of a day; the newest where None.
        today: the clock's day.
    """
    screen = Screen(on, today)
    standing = _standing(screen) if on is not None else None
    at_hand = {each.list: each for each in listed(on)}
    rows: list[ListRow] = []
    for name, read in {**lists_read(screen), **lists_beside(screen)}.items():
        facts, each = screen.facts.get(name), at_hand.get(name)
        held = read.row()
        rows.append(
            {
                "list": name,
                "title": each.title if each is not None else facts.title if facts else "",
                "by": facts.by if facts is not None else "",
                "source_date": each.source_date if each is not None else "",
                "entries": _entries(name, each, standing),
                "built_in": each.built_in if each is not None else False,
                "versions": list(each.versions) if each is not None else [],
                "from": held["from"],
                "through": held["through"],
                "scope": held["scope"],
                "state": held["state"],
                "rests": facts is None or facts.rests == "yes",
                "sources": list(each.sources) if each is not None else [],
                "citation": facts.citation if facts is not None else None,
                "url": (facts.url or None) if facts is not None else None,
            }
        )
    return rows


def _entries(name: str, held: ListAtHand | None, standing: Mapping[str, int] | None) -> int | None:
    """How many entries a list has: by what stands on a day, or all that are held."""
    if standing is None:
        return held.entries if held is not None else 0
    return standing.get(name)


def _standing(screen: Screen) -> dict[str, int]:
    """How many entries stand on each list on the day, or may, where it is held for the day."""
    return {
        name: sum(screen.standing(entry) not in NOT_LISTED for entry in screen.entries(found))
        for name, found in screen.counting.items()
        if not found.is_later
    }
