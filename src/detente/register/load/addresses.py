"""Sources without an address on record get one: of the document that was read, or by pattern."""

from __future__ import annotations

from datetime import date

from detente.register.addresses import DOCUMENT, Addresses
from detente.register.load.contents import Contents

NEAR = 60
"""Days between the day of a source and the publication of the document that it is."""


def add_addresses(contents: Contents) -> None:
    """Give every source of a register the best address that is known.

    An address on record goes first; then the permanent one that its numbers make; then that of a
    document of which the log of what was read says that it is this source, if its day agrees; then
    the edition that holds it, or a search at the publisher.
    """
    of_documents: dict[str, list[tuple[str, str]]] = {}
    for document in contents.read_log.documents:
        address = document.address
        if address.startswith("http") and " " not in address and document.kind == "source":
            for key in document.keys:
                of_documents.setdefault(key, []).append((document.published, address))
    table = Addresses(contents.addresses)
    permanent = Addresses(form for form in contents.addresses if form.kind == DOCUMENT)
    for key, source in contents.sources.items():
        if source.url:
            continue
        words = (source.citation, source.citation_zh)
        read = [
            address
            for published, address in of_documents.get(key, ())
            if _is_near(source.date, published)
        ]
        url = permanent.of(*words) or (read[0] if len(set(read)) == 1 else table.of(*words))
        if url:
            contents.sources[key] = source._replace(url=url)


def _is_near(day: str, published: str) -> bool:
    """Whether two ISO days lie so near that they can be of one document; whole days alone count."""
    try:
        apart = date.fromisoformat(day) - date.fromisoformat(published)
    except ValueError:
        return False
    return abs(apart.days) <= NEAR
