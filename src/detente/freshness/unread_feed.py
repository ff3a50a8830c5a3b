"""What is unread, as an Atom feed: one entry a document, with an id that lasts."""

from __future__ import annotations

from xml.etree import ElementTree

from detente._shapes import TYPE_CHECKING
from detente.register.views.feed import NAMESPACE, id_of

if TYPE_CHECKING:
    from detente.freshness.watch_answer import UnreadRow, WatchingAnswer

TITLE = "Détente: documents that nobody has read"


def unread_feed(described: WatchingAnswer) -> bytes:
    """The unread documents of a look as the bytes of an Atom document, the newest first."""
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    days = [row["published"] for row in described["unread"] if row["published"]]
    _add(root, "id", id_of("unread"))
    _add(root, "title", TITLE)
    _add(root, "updated", _instant(max(days, default="1970-01-01")))
    _add(_add(root, "author", ""), "name", "Détente")
    for row in described["unread"]:
        entry = _add(root, "entry", "")
        _add(entry, "id", id_of(f"unread {row['source']} {row['document']}"))
        _add(entry, "title", f"{row['document']}: {row['title']}")
        _add(entry, "updated", _instant(row["published"] or "1970-01-01"))
        if row["url"]:
            ElementTree.SubElement(entry, "link", {"href": row["url"]})
        _add(entry, "summary", _summary(row))
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _summary(row: UnreadRow) -> str:
    named = [f"{each['kind']} {each['name']}" for each in row["touches"]]
    areas = ", ".join(row["areas"]) or "no area of law"
    touched = f" It names {', '.join(named[:20])}." if named else ""
    return f"Listed by {row['source']}; bears on {areas}.{touched}"


def _instant(day: str) -> str:
    return f"{day:0<10}T00:00:00Z" if len(day) == 10 else f"{day[:7]}-01T00:00:00Z"


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    if text:
        element.text = text
    return element
