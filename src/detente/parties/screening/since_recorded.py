"""What changed on the lists since a screening that was recorded, and whom of its names it touches.

A recorded screening tells which version of each list it read. A list of which nothing newer was
read since is named, and never counts as unchanged; the names are screened again, and what came,
went or stands otherwise of their hits is told by list and entry.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from detente._shapes import TYPE_CHECKING
from detente.parties.lists.keys import key_of_name
from detente.parties.lists.standing import otherwise
from detente.parties.lists.versions import state_of
from detente.parties.screening.answer import answer_screen
from detente.parties.screening.list_changes import UNHEARD, ListedChanges, news_since, ordered
from detente.parties.screening.store import Screen
from detente.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypedDict

    from detente.answers.parties import ListedChange
    from detente.answers.shared import Coverage
    from detente.store.ledger_chain import LedgerEntry

    class RecordedScreening(TypedDict):
        """The entry of the ledger: its number, instant and day, and how many names it has."""

        number: int
        at: str
        on: str
        names: int

    class ListBefore(TypedDict):
        """A list, the days of the versions read then and now, and what that says."""

        list: str
        then: str | None
        now: str | None
        state: str

    NameBefore = TypedDict(
        "NameBefore",
        {
            "name": str,
            "was": str,
            "is": str,
            "came": list[str],
            "went": list[str],
            "stands": list[str],
        },
    )
    """A name of which a listing came, went or stands otherwise: its status then and now, and which
    listings; of those that stand otherwise how they stand now and stood then."""

    class ScreeningChanges(TypedDict):
        """What changed since a recorded screening."""

        recorded: RecordedScreening
        to: str
        lists: list[ListBefore]
        changes: list[ListedChange]
        names: list[NameBefore]
        coverage: list[Coverage]


NOT_KEPT: Mapping[str, str] = MappingProxyType({})
"""Of a screening whose record does not say from which files its lists were read."""

CLOSE_NOW = "comes close now, and stood on the list then as well"
CLOSE_THEN = "came close then, and stands on the list still"
"""What is said of a listing that is what it was."""

TOP = 10
"""Hits of a name that are held against those that were recorded."""


def recorded_screening(ledger: Ledger, number: int | None = None) -> LedgerEntry:
    """A screening of the ledger, the last one where no number is named.

    Raises:
        ValueError: there is none, or the entry is of another question.
    """
    if number is not None:
        found = ledger.entry(number)
        if found.kind != "screen":
            raise ValueError(f"entry {number} of the ledger is of {found.kind}, not of screen")
        return found
    last = list(ledger.entries("screen", 1))
    if not last:
        raise ValueError("no screening was recorded: detente screen NAME… --record")
    return last[0]


def since_recorded(entry: LedgerEntry, today: str) -> ScreeningChanges:
    """What changed since a recorded screening.

    Args:
        entry: of the ledger; see ``recorded_screening``.
        today: ISO day.

    Returns:
        ``recorded, to, lists, changes, names``: ``lists`` say of each list which version was read
        then and is now, and whether that is newer, older, or of the same day from other files
        (``read_again``), of which who came or went is not held; ``names`` are those of which a hit
        came or went, or a listing stands otherwise, such as suspended.

    Raises:
        ValueError: the entry is older than the days of lists in the ledger.
    """
    question, answer = json.loads(entry.question), json.loads(entry.answer)
    read = answer.get("register", {})
    days, files = read.get("lists"), read.get("versions", {})
    if not isinstance(days, Mapping):
        raise ValueError(f"entry {entry.number} does not say which lists it read")
    now = Screen(None, today, answer.get("reading", ""))
    then = str(answer["on"])
    news = news_since(read, then, now)
    again = answer_screen(
        now, question["names"], question.get("country"), TOP, question.get("addresses", ())
    )
    return {
        "recorded": {"number": entry.number, "at": entry.recorded, "on": then,
                     "names": len(question["names"])},
        "to": today,
        "lists": list(_lists(days, now, files)),
        "changes": [each.row() for each in ordered(news.changes)],
        "names": list(_names(answer["results"], again["results"], news)),
        "coverage": again["coverage"],
    }  # fmt: skip


def _lists(
    days: Mapping[str, str], now: Screen, files: Mapping[str, str] = NOT_KEPT
) -> Iterable[ListBefore]:
    """Each list then and now; ``files`` say of each from which it was read, where that was kept."""
    for name in sorted({*days, *now.counting}):
        found = now.counting.get(name)
        day = found.day if found is not None else None
        before = days.get(name)
        state = (
            "not_read_then" if before is None
            else "not_at_hand" if found is None or day is None
            else "newer" if day > before
            else "older" if day < before
            else "read_again" if files.get(name) and files[name] != state_of(found.versions)
            else "nothing_newer_was_read"
        )  # fmt: skip
        yield {"list": name, "then": before, "now": day, "state": state}


def _names(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]], news: ListedChanges
) -> Iterable[NameBefore]:
    """Names of which a listing changed, in the order in which they were asked.

    A listing that comes close now, or no longer, and is what it was, neither came nor went: names
    are held against more others, or fewer, and that is told of it.
    """
    told = news.told()

    def tells(listing: tuple[str, str]) -> bool:
        return listing[0] not in news.compared or key_of_name(*listing) in told

    for old, new in zip(before, after, strict=True):
        then, now = _listings(old), _listings(new)
        before_heard, heard = _heard(old), _heard(new)
        was, is_ = then.keys(), now.keys()
        # A record of an earlier edition may not say how a listing stood.
        stands = [
            f"{name}: {entry}: {otherwise(then[name, entry], now[name, entry])}"
            f"{heard.get((name, entry), '')}"
            for name, entry in sorted(was & is_)
            if then[name, entry] not in ("", now[name, entry])
        ]
        stands += [
            f"{name}: {entry}: {UNHEARD.replace('_', ' ')}"
            for name, entry in sorted(was & is_ & (before_heard.keys() - heard.keys()))
            if then[name, entry] == now[name, entry]
        ]
        stands += [
            f"{name}: {entry}: {now[name, entry].replace('_', ' ')}{heard[name, entry]}"
            for name, entry in sorted(was & is_ & (heard.keys() - before_heard.keys()))
            if then[name, entry] == now[name, entry]
        ]
        came, went = sorted(is_ - was), sorted(was - is_)
        for some, how in ((came, CLOSE_NOW), (went, CLOSE_THEN)):
            stands += [
                f"{name}: {entry}: {how}" for name, entry in some if not tells((name, entry))
            ]
        if was != is_ or stands or old["status"] != new["status"]:
            yield {
                "name": new["name"],
                "was": old["status"],
                "is": new["status"],
                "came": [": ".join(each) for each in came if tells(each)],
                "went": [": ".join(each) for each in went if tells(each)],
                "stands": stands,
            }


def _heard(result: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """What stands behind the listings that stand otherwise by what was only announced."""
    return {
        (row["list"], row["entry"]): f". {row['announced']['text']}".removesuffix(".")
        for hit in result["hits"][:TOP]
        for row in hit["lists"]
        if row.get("announced")
    }


def _listings(result: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """How each listing of the hits stands, by list and entry; the strictest where several do."""
    rows = [row for hit in result["hits"][:TOP] for row in hit["lists"]]
    return {(row["list"], row["entry"]): row.get("standing", "") for row in reversed(rows)}
