"""Entries of a list that numbers nobody, told by what is held of the list.

A publisher spells a name as it comes, and names and addresses may run together: a cell that reads
``Name, Part, Street, City`` does not say where the name ends. Where a name that is held begins the
cell, it ends there. A party that the text prints under each of its countries is one entry, as it is
held. Words that differ in spelling alone stay as they are held, so that a comparison tells what
changed and not who typed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from detente.parties.lists.model import OFFICIAL, ListedEntry, Name, notices_in
from detente.parties.lists.readers.common import unlike
from detente.parties.lists.readers.entity_cell import parted

_UNSAID = re.compile(r"\b[af]\.?\s?k\.?\s?a\b|[\W_]+")
"""What two spellings of one text may differ in: marks, and what stands before another name."""

_CITED = re.compile(r"(\d+) ?FR (\d+)")
LONGEST_NOTICE = 100
"""Pages within which two citations of one volume are of one notice."""


def as_held(old: Iterable[ListedEntry], new: Sequence[ListedEntry], day: str) -> list[ListedEntry]:
    """Entries as they are called in the version that is held.

    Args:
        old: the entries that are held of the list, of whatever day.
        new: entries of the list as a text has them, each with its first address behind its name.
        day: ISO day of the text.

    Returns:
        The new entries, those of one party as one; a party that is held has its main name and its
        key of there.
    """
    held: dict[str, list[ListedEntry]] = {}
    for entry in old:
        held.setdefault(_said(entry.names[0].text), []).append(entry)
    by_name: dict[str, list[ListedEntry]] = {}
    for entry in (_named_as(each, held) for each in new):
        by_name.setdefault(_said(entry.names[0].text), []).append(entry)
    found: list[ListedEntry] = []
    for name, entries in by_name.items():
        found += _parties(held.get(name, []), entries)
    return [_since_then(entry, day) for entry in unlike(found)]


def _parties(held: Sequence[ListedEntry], entries: Sequence[ListedEntry]) -> Iterator[ListedEntry]:
    """The parties of one name: each entry is the held one that it is most like, or a new one.

    Every held entry takes one first, since a party may be held twice, as two rules listed it.
    """
    if not held:
        same: dict[tuple[str, str], list[ListedEntry]] = {}
        for entry in entries:
            same.setdefault((entry.changes, entry.policy_text), []).append(entry)
        yield from (_joined(each) for each in same.values())
        return
    pairs = sorted(
        product(range(len(held)), range(len(entries))),
        key=lambda pair: _likeness(held[pair[0]], entries[pair[1]]),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for every in (False, True):
        for at, number in pairs:
            if number not in taken and (every or at not in taken.values()):
                taken[number] = at
    for at, known in enumerate(held):
        own = [_worded_as(known, entries[number]) for number in taken if taken[number] == at]
        if own:
            yield _joined(own)


def _said(text: str) -> str:
    return _UNSAID.sub("", text.casefold())


def _named_as(entry: ListedEntry, held: Mapping[str, object]) -> ListedEntry:
    """An entry with the longest name that is held and begins its cell, if there is one."""
    main, *others = entry.names
    behind = [each.text for each in others] or entry.addresses[:1]
    for name, rest in reversed(parted(", ".join((main.text, *behind)))):
        if _said(name) not in held:
            continue
        if others:
            return entry._replace(names=(Name(name), *others))
        return entry._replace(
            names=(Name(name),), addresses=(*filter(None, [rest]), *entry.addresses[1:])
        )
    return entry


def _likeness(held: ListedEntry, entry: ListedEntry) -> tuple[int, int]:
    """How alike two entries of one name are: by their days, then by their countries."""
    days, own = set(_days(held)), set(_days(entry))
    places = set(held.countries) & set(entry.countries)
    return (len(days & own) - len(days ^ own), len(places))


def _days(entry: ListedEntry) -> Iterator[str]:
    """The days of the notices of an entry."""
    yield from (day for _, day in notices_in(entry.changes) if day)


def _worded_as(held: ListedEntry, entry: ListedEntry) -> ListedEntry:
    """An entry in the words of the held one, wherever both say the same."""
    own = [each for each in held.names if each.grade == OFFICIAL]
    spelled = {_said(each.text): each for each in reversed(own)}
    names = own
    if spelled.keys() != {_said(each.text) for each in entry.names}:
        spelled |= {each.text: each for each in own}
        told = (spelled.get(each.text) or spelled.get(_said(each.text), each)
                for each in entry.names[1:])  # fmt: skip
        names = [own[0], *dict.fromkeys(each for each in told if each != own[0])]
    places = dict.fromkeys((*held.countries, *entry.countries))
    same: dict[str, Any] = {"key": held.key, "kind": entry.kind or held.kind}
    for text, normal in (("requirement_text", "requirement"), ("policy_text", "policy")):
        printed = getattr(entry, text)
        if not printed or _said(printed) == _said(getattr(held, text)):
            same |= {text: getattr(held, text), normal: getattr(held, normal)}
    if not held.changes and _are_same_notices(held.citation, entry.citation):
        same |= {"citation": held.citation}
    elif list(_days(held)) == list(_days(entry)):
        same |= {
            "citation": held.citation, "changes": held.changes, "changed": held.changed,
        }  # fmt: skip
    return entry._replace(names=tuple(names), countries=tuple(places), **same)


def _are_same_notices(one: str, other: str) -> bool:
    """Whether two citations are of the same notices, though each of another page of them."""
    cited = [[(int(volume), int(page)) for volume, page in _CITED.findall(text)]
             for text in (one, other)]  # fmt: skip
    return len(cited[0]) == len(cited[1]) and all(
        volume == other_volume and abs(page - other_page) <= LONGEST_NOTICE
        for (volume, page), (other_volume, other_page) in zip(*cited, strict=True)
    )


def _since_then(entry: ListedEntry, day: str) -> ListedEntry:
    """An entry as listed on the day of a text that has it, though its notice came out later."""
    if entry.since <= day:
        return entry
    maybe = entry.maybe_since if entry.maybe_since < day else ""
    return entry._replace(since=day, maybe_since=maybe)


def _joined(entries: Sequence[ListedEntry]) -> ListedEntry:
    """One party that the text prints under several countries."""

    def all_of(field: str) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(each for entry in entries for each in getattr(entry, field)))

    return entries[0]._replace(
        names=all_of("names"), countries=all_of("countries"), addresses=all_of("addresses")
    )
