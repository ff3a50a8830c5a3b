"""The timeline as an Atom feed, RFC 4287: one entry an event, with an id that lasts.

The time of an entry is the day of announcement; the feed's own is that of its newest entry, so the
same register always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid5
from xml.etree import ElementTree

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_text
from detente.register.book import Register
from detente.register.events import Query, acts
from detente.register.views.act_rows import act_row

if TYPE_CHECKING:
    from detente.answers.events import Act as ActRow

NAMESPACE = "http://www.w3.org/2005/Atom"
SPACE = UUID("236cfb5d-46dd-50bd-a883-5255d6b6330b")
"""The space in which names are hashed to ids (RFC 9562, version 5). It must never change.

It is itself made from the word detente, in the space of object identifiers.

An id is only a name: it claims no domain, and nothing is to be found under it.
"""

TITLE = "Détente: what was announced"

NAMED = 3
"""At most this many provisions are named in an entry; more are counted."""


def feed(register: Register, query: Query) -> bytes:
    """The events that a question asks for, the newest first, as the bytes of an Atom document."""
    entries = list(_events(register, query))
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    _add(root, "id", id_of("timeline"))
    _add(root, "title", TITLE)
    newest = max((rows[0]["announced"] for _, rows in entries), default="1970-01-01")
    _add(root, "updated", _instant(newest))
    _add(_add(root, "author", ""), "name", "Détente")
    for name, rows in reversed(entries):
        _entry(root, name, rows)
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def id_of(name: str) -> str:
    """The lasting id of the feed or of an entry, from its name."""
    return uuid5(SPACE, name).urn


def event_names(register: Register) -> list[str]:
    """The name of every event of the register, from which its id is made, in order of the feed."""
    return [name for name, _ in _events(register, Query())]


def _events(register: Register, query: Query) -> Iterator[tuple[str, list[ActRow]]]:
    """What each event did, provision by provision, under a name of its record and day.

    Events of one record and day are numbered in the order in which the record tells them.
    """
    described: dict[tuple[str, int, object], list[ActRow]] = {}
    for act in acts(register, query):
        key = (act.measure.id, act.announced, act.event or act.sources)
        described.setdefault(key, []).append(act_row(register, act))
    count: dict[str, int] = {}
    for (measure, announced, _), rows in described.items():
        name = f"{measure}.{day_text(announced)}"
        number = count[name] = count.get(name, 0) + 1
        yield name if number == 1 else f"{name}.{number}", rows


def _entry(root: ElementTree.Element, name: str, rows: list[ActRow]) -> None:
    first = rows[0]
    titles = {row["title"] for row in rows}
    shared = min(titles, key=len) if len(titles) == 1 else min(titles, key=len).partition(": ")[0]
    entry = _add(root, "entry", "")
    _add(entry, "id", id_of(f"event/{name}"))
    _add(entry, "title", shared)
    _add(entry, "updated", _instant(first["announced"]))
    _add(entry, "published", _instant(first["announced"]))
    for term in (first["by"], first["kind"]):
        _add(entry, "category", "").set("term", term)
    # Content and not a summary: an entry without content would need a link to a page.
    _add(entry, "content", _described(rows)).set("type", "text")


def _described(rows: list[ActRow]) -> str:
    """What an event does, and who says so; provisions that it treats alike stand together."""
    first = rows[0]
    deeds: dict[str, list[str]] = {}
    for row in rows:
        deeds.setdefault(_deed(row), []).append(row["limb"] or "")
    parts = []
    for deed, provisions in deeds.items():
        named = [provision for provision in provisions if provision]
        shown = ", ".join(named[:NAMED]) + (
            f" and {len(named) - NAMED} more" * (len(named) > NAMED)
        )
        parts.append(f"{deed} ({shown})" if named else deed)
    stated = ""
    if first["announced_only"]:
        stated = f"Announced by {first['speaker']}; no instrument of it was read"
    described = [
        f"{first['measure']}: {'; '.join(parts)}",
        stated,
        first["note"],
        "; ".join(first["sources"]),
    ]
    return ". ".join(part.rstrip(".") for part in described if part) + "."


def _deed(row: ActRow) -> str:
    words = [row["state"].replace("_", " ")]
    stated = row["announced_state"]
    if stated is not None:
        words = [f"announced only: would be {stated.replace('_', ' ')}"]
    if row["value"]:
        words.append(row["value"])
    if row["effective"]:
        words.append(f"from {row['effective']}")
    if row["until"]:
        words.append(f"until {row['until']}")
    return ", ".join(words)


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name)
    if text:
        child.text = text
    return child


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"
