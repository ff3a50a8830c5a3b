"""Where the citations of an answer can be read: each with its title and address.

The address stands on record, or the table ``register/addresses.tsv`` makes it of the citation's
numbers. A citation of another kind has none here.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from detente.answers.shared import ArchivedCitation, NamedSource, Opened
    from detente.register.book import Register


def link_of(register: Register, citation: str) -> str | None:
    """Where a citation can be read, or None where no address is known."""
    source = register.cited(citation)
    if source is not None:
        return source.url or None
    found: str | None = register.addresses.of(citation)
    return found


def sources_of(register: Register, *parts: Any) -> list[NamedSource]:
    """Every citation that the answer names, with its title and address, in order of mention."""
    described: list[NamedSource] = []
    named = [each for part in parts for each in _cited(part)]
    # A citation on record may hold a semicolon itself, so a known one is never cut.
    single = [one for each in named for one in citations_in(register, each)]
    for citation in dict.fromkeys(single):
        source = register.cited(citation)
        link = link_of(register, citation)
        if source is None and link is None:
            continue
        described.append(
            {
                "citation": citation,
                "title": source.title if source is not None else None,
                "date": source.date or None if source is not None else None,
                "url": link,
            }
        )
    return described


def citations_in(register: Register, text: str) -> list[str]:
    """The citations that a text names, with semicolons between."""
    whole = "; " not in text or register.cited(text) is not None
    return [text] if whole else text.split("; ")


def addresses_of(register: Register, *parts: Any) -> list[ArchivedCitation]:
    """Every citation that has an address, with it, in order of mention; copies beside.

    Returns:
        Rows of ``citation``, ``url`` and ``archive``, a copy of a page that its publisher may move;
        None where no copy is looked for.
    """
    return [
        {**row, "archive": register.addresses.copy_of(row["url"])}
        for row in opened(register, *parts)
    ]


def opened(register: Register, *parts: Any) -> list[Opened]:
    """Every citation that has an address, with it, in order of mention."""
    return [
        {"citation": citation, "url": url}
        for each in sources_of(register, *parts)
        if (citation := each["citation"]) and (url := each["url"])
    ]


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
