"""FollowTheMoney entities, one JSON object a line: companies, sanctions, ownership.

The format has no name for a list, so a file is the list of its own name: `eu_fsf.json` is `EU_FSF`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from detente._shapes import NamedTuple
from detente.core.tables.reading import marked_encoding
from detente.core.watched import open_text
from detente.parties.lists.listed_days import is_day, period_of
from detente.parties.lists.model import ALSO, MAIN, ListedEntry, ListedHolding, ListReading, Name
from detente.parties.lists.readers.common import (
    BREAKS_OFF,
    LARGEST_STREAMED,
    MOST_ROWS,
    MalformedError,
    check_size,
    name_fault,
    one_line,
    texts_in,
    wrong_file,
)
from detente.parties.lists.readers.encoded import Decoding, half_a_character
from detente.parties.lists.readers.printed_names import each_of, names_of

WHAT = "file of FollowTheMoney entities"
MOST_ABOVE = 100
"""Broken lines that may stand above the first entity."""
UNNAMED = "FTM"
"""The list of a file without a name."""
BESIDE = frozenset((
    "Associate", "CallForTenders", "Contract", "ContractAward", "Debt", "Directorship", "Document",
    "Documentation", "EconomicActivity", "Employment", "Event", "Family", "Identification",
    "Membership", "Note", "Occupancy", "Passport", "Payment", "Position", "ProjectParticipant",
    "Representation", "Similar", "Succession", "TaxRoll", "UnknownLink",
))  # fmt: skip
"""Schemata of what is no party, no holding and no sanction; they say nothing that is kept."""
COUNTRIES = ("country", "mainCountry", "jurisdiction", "nationality", "citizenship")
NAMES = ("name", "alias", "weakAlias", "previousName", "abbreviation")
"""Properties of names; the first name is that of the entity."""
SANCTION = ("program", "programId", "startDate", "listingDate", "endDate", "sourceUrl", "reason")
"""Properties of a sanction that are read."""
DAYS = ("startDate", "listingDate", "endDate")
"""Those of them that are days."""
WITHIN = {"sanctions": "entity", "ownershipOwner": "owner", "ownershipAsset": "asset"}
"""Properties of a party in which other entities stand whole, and theirs that names the party."""
NAMED_WITHIN = ("addressEntity", "owner", "asset")
"""Properties that name another entity, which may stand there whole."""
RESTRICTING = (
    "sanction", "debarment", "export", "reg", "wanted", "asset", "crime", "forced", "invest",
)  # fmt: skip
"""How the topics begin that say of a party why dealings with it are restricted or a risk; others
say what it is, such as a bank, an owner that is a state, or an office."""
KINDS = {
    "Company": "entity",
    "Organization": "entity",
    "LegalEntity": "entity",
    "PublicBody": "entity",
    "Person": "individual",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}


class _Read(NamedTuple):
    """What the lines gave so far."""

    entries: dict[str, ListedEntry]
    """What all lines of an entity say of it; one that none of them names has no main name."""
    first_lines: dict[str, tuple[int, str]]
    """Line and schema of what is not named yet."""
    holdings: list[ListedHolding]
    sanctions: dict[str, list[Mapping[str, list[str]]]]
    """What is said of the sanctions on an entity, by its key."""
    places: dict[str, str]
    """The text of an address by the key of its entity."""
    programmes: dict[str, list[str]]
    """Identifiers of the programmes of a party, by its key."""
    located: list[tuple[str, list[str]]]
    """Keys of parties, each with those of its addresses."""
    beside: set[str]
    """Keys of parties that are no targets, and of whom nothing is said that restricts them."""
    lines: dict[str, int]
    """The first line of each party, by its key."""
    faults: list[tuple[int, str]]
    """What was left out, each with its line."""


def read_ftm(path: str) -> ListReading:
    """Read the entities; lines of one entity are one party, with all sanctions that name it.

    Raises:
        ValueError: the file is something else.
    """
    check_size(path, LARGEST_STREAMED)
    want = "line 1 is not an object with `schema`, `properties`, nor is one behind it"
    rows, unread = 0, 0
    read = _Read({}, {}, [], {}, {}, {}, [], set(), {}, [])
    latest = ""
    decoding = Decoding(path, "utf-8")
    with open_text(path, marked_encoding(Path(path)), "surrogateescape") as file:
        for line, text in enumerate(file, 1):
            if not text.strip():
                continue
            rows += 1
            if rows > MOST_ROWS:
                raise ValueError(f"{path} has more than {MOST_ROWS} lines: split it")
            row = _row(text)
            fault = decoding.fault(text, line) or half_a_character(text, row)
            if row is None or fault:
                unread += 1
                if unread == rows > MOST_ABOVE:
                    raise wrong_file(path, WHAT, want)
                cut = not text.endswith("\n") and text.lstrip().startswith("{")
                broken = f": {BREAKS_OFF}" if cut else ""
                read.faults.append((line, fault or f"no entity{broken}"))
                continue
            latest = max(latest, str(row.get("last_seen") or row.get("last_change") or "")[:10])
            try:
                _keep(row, read, line)
            except MalformedError as error:
                read.faults.append((line, str(error)))
    decoding.check(rows)
    if 0 < unread == rows:
        raise wrong_file(path, WHAT, want)
    entries = _entries(read, os.path.basename(path).partition(".")[0].upper() or UNNAMED)
    faults = tuple(f"line {line}: {fault}" for line, fault in sorted(read.faults))
    return ListReading(
        "ftm", latest, entries, rows, tuple(read.holdings), faults,
        places=tuple(f"line {read.lines[entry.key]}" for entry in entries),
        unlisted=frozenset(read.beside),
    )  # fmt: skip


def _entries(read: _Read, name: str) -> tuple[ListedEntry, ...]:
    """The parties of a list, with the sanctions and addresses that other lines say of them."""
    for key, (line, schema) in read.first_lines.items():
        del read.entries[key]
        read.beside.discard(key)
        read.faults.append((line, f"{schema} without a name"))
    found = {key: entry._replace(list=name) for key, entry in read.entries.items()}
    for key, sanctions in read.sanctions.items():
        if key in found:
            found[key] = _sanctioned(found[key], sanctions)
            read.beside.discard(key)
    for key, identifiers in read.programmes.items():
        if key in found:
            told = [text for each in read.sanctions.get(key, ()) for text in _programmes(each)]
            found[key] = found[key]._replace(programme=_joined((*sorted(told), *identifiers)))
    for key, places in read.located:
        if key in found:
            more = [read.places[each] for each in places if read.places.get(each)]
            entry = found[key]
            found[key] = entry._replace(addresses=tuple(dict.fromkeys((*entry.addresses, *more))))
    return tuple(found.values())


def _keep(row: Mapping[str, Any], read: _Read, line: int) -> None:
    """Sort one entity into what was read.

    Raises:
        MalformedError: it is not what its schema says, or of a schema that is not read.
    """
    schema = row["schema"]
    if not isinstance(schema, str):
        raise MalformedError("`schema` is not text")
    row = _unnested(row, read, line)
    properties = row["properties"]
    if schema in KINDS:
        _keep_party(row, read, line)
    elif schema == "Address":
        read.places[str(row["id"])] = one_line(next(iter(texts_in(properties, "full")), ""))
    elif schema == "Sanction":
        kept = {field: texts_in(properties, field) for field in SANCTION}
        for field in DAYS:
            kept[field] = _days(kept[field], field, line, read.faults)
        for target in texts_in(properties, "entity"):
            read.sanctions.setdefault(target, []).append(kept)
    elif schema == "Ownership":
        read.holdings.extend(_holdings(properties))
    elif schema not in BESIDE:
        raise MalformedError(f"schema {schema!r}")


def _unnested(row: Mapping[str, Any], read: _Read, line: int) -> Mapping[str, Any]:
    """An entity that names others, where these stand whole in it; they are sorted in, too.

    One that is not what its schema says is told, and the entity around it is kept.
    """
    properties = row["properties"]
    nested = {
        field: values
        for field in (*WITHIN, *NAMED_WITHIN)
        if isinstance(values := properties.get(field), list)
        and any(isinstance(each, Mapping) for each in values)
    }
    named: dict[str, list[object]] = {}
    for field, values in nested.items():
        named[field] = [each for each in values if not isinstance(each, Mapping)]
        for entity in map(_entity, (each for each in values if isinstance(each, Mapping))):
            try:
                if entity is None:
                    raise MalformedError("what is no entity")
                if field in WITHIN:
                    own = {**entity["properties"], WITHIN[field]: [str(row["id"])]}
                    entity = {**entity, "properties": own}
                # Whom a target names is none by that.
                _keep({"target": False, **entity}, read, line)
                named[field].append(str(entity["id"]))
            except MalformedError as error:
                read.faults.append((line, f"`{field}` holds {error}"))
    return {**row, "properties": {**properties, **named}} if nested else row


def _keep_party(row: Mapping[str, Any], read: _Read, line: int) -> None:
    """Lay what a line says of a party on what was said of it before."""
    entry, properties = _entry(row), row["properties"]
    places = texts_in(properties, "addressEntity")
    key = entry.key
    before = read.entries.get(key)
    read.lines.setdefault(key, line)
    # One line that calls it a target, or does not say, is enough.
    if row.get("target") is not False or any(map(_restricts, texts_in(properties, "topics"))):
        read.beside.discard(key)
    elif before is None:
        read.beside.add(key)
    read.entries[key] = entry if before is None else _merged(before, entry)
    if identifiers := texts_in(properties, "programId"):
        read.programmes.setdefault(key, []).extend(identifiers)
    if _is_named(read.entries[key]):
        read.first_lines.pop(key, None)
    else:
        read.first_lines.setdefault(key, (line, row["schema"]))
    if places:
        read.located.append((key, places))


def _restricts(topic: str) -> bool:
    return topic.partition(".")[0] in RESTRICTING


def _row(text: str) -> dict[str, Any] | None:
    try:
        return _entity(json.loads(text))
    except (json.JSONDecodeError, RecursionError):
        return None


def _entity(row: object) -> dict[str, Any] | None:
    """An entity; None for what is none."""
    if not isinstance(row, dict) or "id" not in row or "schema" not in row:
        return None
    return row if isinstance(row.get("properties"), dict) else None


def _entry(row: Mapping[str, Any]) -> ListedEntry:
    """What one line says of a party; its main name is none of another kind, if it has one."""
    properties = row["properties"]
    return ListedEntry(
        list=UNNAMED,
        key=str(row["id"]),
        names=_names(row),
        kind=KINDS[row["schema"]],
        countries=tuple(
            dict.fromkeys(
                code.upper() for field in COUNTRIES for code in texts_in(properties, field)
            )
        ),
        addresses=tuple(map(one_line, texts_in(properties, "address"))),
        programme=JOINED.join(texts_in(properties, "topics")),
        source=next(iter(texts_in(properties, "sourceUrl")), ""),
    )


def _names(row: Mapping[str, Any]) -> tuple[Name, ...]:
    """The names in a line, the one first by which it is called.

    Where it has no `name`, and is called by none of the others, none of them is the main one.
    """
    properties, caption = row["properties"], row.get("caption")
    stated = [text for field in NAMES for text in texts_in(properties, field)]
    # In other letters than ours a semicolon is of no name: a source put several into one.
    names = [*stated, *each_of(text for text in stated if not text.isascii())]
    if caption in names and not name_fault(caption):
        return names_of([caption, *names])
    if all(map(name_fault, texts_in(properties, NAMES[0]))):
        return tuple(Name(one_line(text), ALSO) for text in names if not name_fault(text))
    return names_of(names)


def _is_named(entry: ListedEntry) -> bool:
    return any(name.kind == MAIN for name in entry.names)


def _merged(one: ListedEntry, two: ListedEntry) -> ListedEntry:
    """What two lines say of one party."""
    first, second = (one, two) if _is_named(one) else (two, one)
    names = (*first.names, *second.names)
    return one._replace(
        names=names_of(name.text for name in names) if _is_named(first) else names,
        # A legal entity of one line may be told as a person by another.
        kind=next((each.kind for each in (one, two) if each.kind != "entity"), one.kind),
        countries=tuple(dict.fromkeys((*one.countries, *two.countries))),
        addresses=tuple(dict.fromkeys((*one.addresses, *two.addresses))),
        programme=_joined(f"{one.programme}{JOINED}{two.programme}".split(JOINED)),
        source=one.source or two.source,
    )


JOINED = "; "
"""What stands between several programmes or reasons."""


def _joined(texts: Iterable[str]) -> str:
    """Some texts, each once."""
    return JOINED.join(dict.fromkeys(filter(None, texts)))


def _days(texts: list[str], field: str, line: int, faults: list[tuple[int, str]]) -> list[str]:
    """The days among some texts, years and months too; what is none is told and left out."""
    # A property of a day may state the hour too.
    days = [text.partition("T")[0] for text in texts]
    odd = [day for day in days if not is_day(day) and period_of(day) is None]
    told = "`{}` {!r} is not a day; the sanction is kept without"
    faults += [(line, told.format(field, day)) for day in odd]
    return [day for day in days if day not in odd]


def _sanctioned(entry: ListedEntry, sanctions: Collection[Mapping[str, list[str]]]) -> ListedEntry:
    """An entry with all that is said of the sanctions on it: it is listed as long as one of them.

    The order in which the file has them says nothing.
    """
    rows = sorted(sanctions, key=lambda row: (_begins(row) or [""], *row.values()))
    begins = [day for row in rows for day in _begins(row)]
    ends = [day for row in rows for day in row["endDate"]]
    ended = all(row["endDate"] for row in rows)

    def all_of(field: str) -> list[str]:
        return [text for row in rows for text in row[field]]

    since = min(begins, key=_behind, default=entry.since)
    maybe = min(map(_first, begins), default=since)
    return entry._replace(
        programme=_joined(text for row in rows for text in _programmes(row)) or entry.programme,
        since=since,
        # Of a year alone it is told with the other days of lists.
        maybe_since=maybe if is_day(since) and maybe < since else "",
        until=max(ends, key=_behind) if ended and ends else "",
        source=next(iter(all_of("sourceUrl")), entry.source),
        note=_joined(all_of("reason")) or entry.note,
    )


def _programmes(sanction: Mapping[str, list[str]]) -> list[str]:
    return [*sanction["program"], *sanction["programId"]]


def _begins(sanction: Mapping[str, list[str]]) -> list[str]:
    return sanction["startDate"] or sanction["listingDate"]


def _first(day: str) -> str:
    """The day itself, or the first one of a year or a month."""
    period = period_of(day)
    return day if period is None else period[0]


def _behind(day: str) -> str:
    """The day itself, or the one behind a year or a month."""
    period = period_of(day)
    return day if period is None else period[1]


def _holdings(properties: Mapping[str, Any]) -> list[ListedHolding]:
    """Who holds what, by one entity, over all days that it states.

    Raises:
        MalformedError: it does not say who, or of what.
    """
    owners, assets = (texts_in(properties, end) for end in ("owner", "asset"))
    if not (owners and assets):
        raise MalformedError(f"an ownership without `{'asset' if owners else 'owner'}`")
    share = _share(texts_in(properties, "percentage"))
    begins, ends = (texts_in(properties, field) for field in ("startDate", "endDate"))
    since, until = min(begins, key=_behind, default=""), max(ends, key=_behind, default="")
    return [
        ListedHolding(owner, asset, share, since, until, "ownership")
        for owner in owners
        for asset in assets
    ]


def _share(percentages: Collection[str]) -> str:
    """The share that an ownership states; of several a range, since no order says which holds."""
    told = [text.strip().rstrip("% ") for text in percentages if text.strip()]
    if len(set(told)) <= 1:
        return told[0] if told else next(iter(percentages), "unknown")
    try:
        ranked = sorted(told, key=Decimal)
    except InvalidOperation:
        return " or ".join(dict.fromkeys(told))
    return f"{ranked[0]}-{ranked[-1]}"
