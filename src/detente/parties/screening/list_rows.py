"""The lists at hand as rows."""

from __future__ import annotations

from collections.abc import Collection

from detente._shapes import TYPE_CHECKING
from detente.parties.screening.list_coverage import lists_beside, lists_read
from detente.parties.screening.store import Screen, listed

if TYPE_CHECKING:
    from typing import TypedDict

    ListRow = TypedDict(
        "ListRow",
        {
            "list": str,
            "title": str,
            "by": str,
            "source_date": str,
            "entries": int,
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
    """A list: its days and scope as of a day, its entries, and where it is from."""


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
                "entries": each.entries if each is not None else 0,
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
