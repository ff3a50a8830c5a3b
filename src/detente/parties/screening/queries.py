"""Names as they are asked: each with what its row says of the party."""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import NamedTuple
from detente.core.vocabulary import UnknownWordError


class FurtherName(NamedTuple):
    """Another name in the row of a party.

    Attributes:
        column: the heading under which it stands.
        name: as written.
        is_part: whether it is one of the cells that are read as one name, too; one without a word
            of its own (`Technology`) is no name by itself.
    """

    column: str
    name: str
    is_part: bool = False


class NameQuery(NamedTuple):
    """One name that is asked.

    Attributes:
        name: as written.
        country: where the party is, ISO 3166 alpha-2, or None.
        city: where the party is, or None.
        note: that its country was not understood and what was done, or empty.
        row: the cells of its row, for whoever writes the table.
        address: where the party is, as written; empty where it is not said.
        unread: why there is no name, where more is known than that there is none.
        further: other names in its row, each of which is asked, too.
    """

    name: str
    country: str | None = None
    city: str | None = None
    note: str = ""
    row: tuple[str, ...] = ()
    address: str = ""
    unread: str = ""
    further: tuple[FurtherName, ...] = ()


def query_of(
    name: str | None,
    country: str | None,
    city: str | None,
    otherwise: str | None = None,
    row: tuple[str, ...] = (),
    address: str | None = None,
    unread: str = "",
    further: Iterable[FurtherName] = (),
) -> NameQuery:
    """A name as a row of a table asks it: blanks around place names dropped, empty ones None.

    A country only explains and orders hits: where it is not understood, the name is asked without
    one, and its note says so.

    Args:
        name: as written; None is not a name.
        country: where the party is: a code or a name.
        city: where the party is.
        otherwise: the country where the row has none.
        row: its cells, for whoever writes the table.
        address: where the party is.
        unread: why there is no name, where more is known than that there is none.
        further: other names in its row.
    """
    place = (country or "").strip() or (otherwise or "").strip()
    note = ""
    try:
        place = known_country(place) or ""
    except UnknownWordError as error:
        place, note = "", f"{error}; the name was screened without a country"
    town = (city or "").strip() or None
    where = (address or "").strip()
    others = tuple(further)
    return NameQuery(name or "", place or None, town, note, row, where, unread, others)


def known_country(text: str | None) -> str | None:
    """The ISO code of the country that a party is in; None where none is given.

    Raises:
        UnknownWordError: the text names no country; the message offers near ones.
    """
    if not text or not text.strip():
        return None
    from detente.register.book import built_in_countries

    return built_in_countries().code(text.strip(), "country")
