"""Where a citation can be read: the address on record, or the publisher's permanent link to it.

The Federal Register and the Code of Federal Regulations have a link for every citation, made of its
numbers. A citation of another kind without an address on record has none here.
"""

from __future__ import annotations

import re

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from detente.register.book import Register
    from detente.register.model import Source

_LINKS = (
    (
        re.compile(r"(\d+) (?:Fed\. Reg\.|FR) (\d+)"),
        "https://www.federalregister.gov/citation/{0}-FR-{1}",
    ),
    (re.compile(r"Executive Order (\d+)"), "https://www.federalregister.gov/executive-order/{0}"),
    (re.compile(r"(\d+) CFR part (\d+)"), "https://www.ecfr.gov/current/title-{0}/part-{1}"),
    (re.compile(r"(\d+) CFR (\d+\.\d+)"), "https://www.ecfr.gov/current/title-{0}/section-{1}"),
)
UNSURE = "not verified"
"""What a citation says whose numbers were not checked: it gets no link made of them."""


def link_of(citation: str) -> str | None:
    """The publisher's link for a citation, or None."""
    if UNSURE in citation:
        return None
    for form, link in _LINKS:
        found = form.match(citation)
        if found is not None:
            return link.format(*found.groups())
    return None


def address_of(source: Source) -> str | None:
    """Where a source can be read, or None where no address is known."""
    return source.url or link_of(source.citation)


def sources_of(register: Register, *parts: Any) -> list[dict[str, str | None]]:
    """Every citation that the answer names, with its title and address, in order of mention."""
    known = {each.citation: each for each in register.sources.values()}
    told = []
    named = [each for part in parts for each in _cited(part)]
    single = [one for each in named for one in ([each] if each in known else each.split("; "))]
    for citation in dict.fromkeys(single):
        source = known.get(citation)
        link = link_of(citation) if source is None else address_of(source)
        if source is None and link is None:
            continue
        told.append(
            {
                "citation": citation,
                "title": source.title if source is not None else None,
                "date": source.date or None if source is not None else None,
                "url": link,
            }
        )
    return told


def _cited(part: Any) -> Iterable[str]:
    """Texts under `sources`, `source` and `citation`, however deep."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("sources", "source", "citation") and value:
                yield from (value if isinstance(value, list) else [value])
            else:
                yield from _cited(value)
    elif isinstance(part, list):
        for each in part:
            yield from _cited(each)
