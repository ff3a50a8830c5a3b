"""Addresses made from citations: a table of patterns, each with what its publisher makes of it."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

DOCUMENT, EDITION, SEARCH, ARCHIVE = KINDS = ("document", "edition", "search", "archive")
"""The text itself; the printed edition that holds it; a search for it; a copy of a page."""

_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~:/?=&%#")
"""Characters that an address takes as they are."""

UNSURE = "not verified"
"""What a citation says whose numbers were not checked: no address is made of them."""


class AddressForm(NamedTuple):
    """How one kind of citation becomes an address.

    Attributes:
        kind: one of ``KINDS``.
        pattern: a regular expression that is looked for in a citation.
        address: the address, ``{0}`` and ``{1}`` its groups, ``{0:x}`` a hexadecimal number.
        publisher: whose address it is.
        example: a citation.
        example_address: its address, by which the row is tested.
    """

    kind: str
    pattern: str
    address: str
    publisher: str
    example: str
    example_address: str


class Addresses:
    """The table, each pattern compiled when it is first asked for."""

    def __init__(self, forms: Iterable[AddressForm]) -> None:
        """Take the rows in their order: the first that is found in a citation is taken."""
        self.forms = tuple(forms)

    def of(self, *citations: str) -> str | None:
        """The address of the first of some words for one text that has one; None for none."""
        for citation in citations:
            if not citation or UNSURE in citation:
                continue
            for form in self.forms:
                found = _made(form, citation) if form.kind != ARCHIVE else None
                if found is not None:
                    return found
        return None

    def copy_of(self, address: str) -> str | None:
        """Where a copy of a page is kept that its publisher may move; None for other pages."""
        for form in self.forms:
            found = _made(form, address) if form.kind == ARCHIVE else None
            if found is not None:
                return found
        return None

    def is_search(self, address: str) -> bool:
        """Whether an address is a search for a text, and not the text."""
        begins = (form.address.partition("{")[0] for form in self.forms if form.kind == SEARCH)
        return any(address.startswith(begin) for begin in begins)


def _made(form: AddressForm, text: str) -> str | None:
    """The address that a row makes of a text; None where its pattern is not in it."""
    import re

    found = re.search(form.pattern, text)
    if found is None:
        return None
    return form.address.format(*(_part(each) for each in found.groups()))


def _part(group: str) -> str | int:
    """A group as an address has it: a number, or a text that is safe there."""
    if group.isascii() and group.isdigit():
        return int(group)
    if _PLAIN.issuperset(group):
        # Nothing to quote: the library, which is slow to load, is left alone.
        return group
    from urllib.parse import quote

    return quote(group, safe=":/?=&.-%#")
