"""The one shape that every list is read into."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN, ALSO, CHINESE, KNOWN = "name", "aka", "zh", "known"
"""What a name is: the one that the list prints first, another that it prints, a Chinese one, and
one by which the party is known though the list does not print it."""

OFFICIAL, SECONDARY, BACKGROUND = "official", "secondary", "background"
"""Where a name was read: on the list, at a place that is named, or nowhere that is named."""


class Name(NamedTuple):
    """One name of an entry.

    Attributes:
        text: as printed.
        kind: `name`, `aka`, `zh` or `known`.
        grade: `official`, `secondary` or `background`.
        place: where a name that is not official was read; empty when nowhere is named.
    """

    text: str
    kind: str = MAIN
    grade: str = OFFICIAL
    place: str = ""


class ListedEntry(NamedTuple):
    """One party of one list.

    Attributes:
        list: short name of the list, such as `EL` or `CN-CONTROL`.
        key: the list's own number of the entry, or one made from its name and citation.
        names: its names, the main one first.
        kind: `entity`, `individual`, `vessel`, `aircraft`, or empty where the list does not say and
            no table here does.
        countries: of its addresses, ISO 3166 alpha-2, or as the list writes what is no such code.
        programme: sanctions programmes as the list writes them, `; ` between.
        requirement: licence requirement in normal words; empty where the list states none.
        requirement_text: the list's own words.
        policy: review policy in normal words; `mixed` where it differs by item.
        policy_text: the list's own words.
        citation: Federal Register notice or announcement.
        source: address of the official list.
        since: day from which it is listed, or empty.
        until: first day on which it no longer is, or empty.
        suspended_from: day from which the measure is suspended, or empty.
        suspended_until: first day on which the suspension no longer runs; empty if open.
        note: what else must be known.
        grade: how well it is known: `official`, `secondary` or `background`.
        maybe_since: day from which it may be listed already, before ``since``, or where that is
            not known; empty where ``since`` is the legal day itself, or no such day is held.
        changed: day of the last change of the entry; requirement and policy are told from then on
            only. Empty where it never changed.
        changes: the notices that listed and changed it, each with its day, ``; `` between.
        doubt: why it is not known whether it stands; empty where that is known.
        doubt_before: day from which the doubt no longer holds; empty for no such day.
        addresses: as printed.
    """

    list: str
    key: str
    names: tuple[Name, ...]
    kind: str = ""
    countries: tuple[str, ...] = ()
    programme: str = ""
    requirement: str = ""
    requirement_text: str = ""
    policy: str = ""
    policy_text: str = ""
    citation: str = ""
    source: str = ""
    since: str = ""
    until: str = ""
    suspended_from: str = ""
    suspended_until: str = ""
    note: str = ""
    grade: str = OFFICIAL
    maybe_since: str = ""
    changed: str = ""
    changes: str = ""
    doubt: str = ""
    doubt_before: str = ""
    addresses: tuple[str, ...] = ()


def notices_in(changes: str) -> Iterator[tuple[str, str]]:
    """The notices that listed and changed an entry, each with its day; "" for a day not held.

    Args:
        changes: as `ListedEntry.changes` has them.
    """
    for each in filter(str.strip, changes.split(";")):
        notice, _, day = each.partition("=")
        yield notice.strip(), day.strip()


class ListedHolding(NamedTuple):
    """One owner's share in one owned party, as a file of owners states it.

    Attributes:
        owner: identifier of the owner.
        owned: identifier of what is owned.
        share: percent as text: `50`, `25-50`, or `unknown`.
        since: first day, or empty.
        until: first day on which it no longer holds, or empty.
        kind: what the file calls the interest.
    """

    owner: str
    owned: str
    share: str
    since: str = ""
    until: str = ""
    kind: str = ""


class ListReading(NamedTuple):
    """What a reader made of a file.

    Attributes:
        format: which reader read it.
        source_date: the day that the file says it is of, or empty.
        entries: what was read.
        holdings: who owns what, where the format has it.
        rows: rows or statements that the file holds.
        not_understood: what was left out, each with its place and why.
        notes: what else must be told of it.
        places: where each entry stands in the file, such as ``line 5``, in the order of the
            entries; empty where the reader does not say.
        unlisted: keys of the entries of whom the file says that they are no targets: owners, and
            what targets own.
    """

    format: str
    source_date: str
    entries: tuple[ListedEntry, ...]
    rows: int
    holdings: tuple[ListedHolding, ...] = ()
    not_understood: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    unlisted: frozenset[str] = frozenset()
