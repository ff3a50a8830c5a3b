"""Whether newer law still knows what older law knew: records, events, lists, documents, days.

Law is added to. A record, an event or a document that was known and is missing means an older or a
damaged bundle, or a correction that somebody must look at before it is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_text

if TYPE_CHECKING:
    from detente.register.book import Register
    from detente.register.model import Event

NAMED = 5
"""At most this many of one kind are named; more are counted."""


def forgotten(before: Register, after: Register) -> list[str]:
    """What the second register no longer knows of the first, a sentence for each kind."""
    return [sentence for sentence in _sentences(before, after) if sentence]


def _sentences(before: Register, after: Register) -> Iterator[str]:
    old = {measure.id: measure for measure in before.measures()}
    new = {measure.id: measure for measure in after.measures()}
    yield _missing("records", old.keys() - new.keys())
    events = []
    for name in sorted(old.keys() & new.keys()):
        lost = _counted(old[name].events) - _counted(new[name].events)
        events += [f"{name} of {day} ({', '.join(sources)})" for day, sources in sorted(lost)]
    yield _missing("events", events)
    yield _missing("lists of codes", before.lists.keys() - after.lists.keys())
    yield _missing("citations", before.sources.keys() - after.sources.keys())
    documents = {(each.source, each.id): each for each in after.documents()}
    gone, unread = [], []
    for each in before.documents():
        listed = documents.get((each.source, each.id))
        if listed is None:
            gone.append(f"{each.source} {each.id}")
        elif each.is_read and not listed.is_read:
            unread.append(f"{each.source} {each.id}")
    yield _missing("documents", gone)
    yield _missing("decisions about documents", unread)
    for name, area in sorted(before.areas.items()):
        held = after.areas.get(name)
        if held is None:
            yield f"the area {name} is missing"
        elif held.reviewed_through < area.reviewed_through:
            yield (
                f"{name} is read through {held.reviewed_through}, and was read through "
                f"{area.reviewed_through}"
            )


def _counted(events: Iterable[Event]) -> Counter[tuple[str, tuple[str, ...]]]:
    """Events by the day of announcement and their sources; two of one day may be alike."""
    return Counter((day_text(each.announced), each.sources) for each in events)


def _missing(what: str, names: Iterable[str]) -> str:
    rows = sorted(names)
    if not rows:
        return ""
    more = f" and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    return f"{len(rows)} {what} are missing: {'; '.join(rows[:NAMED])}{more}"
