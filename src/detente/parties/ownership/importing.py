"""Holdings from formats of ownership data: BODS 0.4 statements, FollowTheMoney, GLEIF level 2.

Interests that are no share of equity or votes are not added up; a flag tells of each. An indirect
interest repeats what other statements say of the companies between, so it is told and not added.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import counted
from detente.parties.lists.listed_days import is_day, period_of
from detente.parties.lists.lists import guess_format, is_encoded, read_list
from detente.parties.lists.readers.bods import (
    StatementDates,
    person_of,
    record_of,
    share_text,
    statements,
)
from detente.parties.lists.readers.common import (
    NAME_ITS_FORMAT,
    MalformedError,
    object_in,
    objects_in,
    text_in,
)
from detente.parties.lists.readers.packed import unpacked
from detente.parties.ownership.model import Entity, Flag, Holding, Holdings
from detente.parties.ownership.shares import UNKNOWN, WHOLE, ZERO, Share, share_of, span_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from detente.parties.lists.model import ListReading

SUFFIXES = (".json", ".jsonl", ".ndjson")
"""Of files that are surely no plain table."""
WITH_HOLDINGS = ("ftm", "bods", "gleif", "gleif-xml")
"""Formats of lists that say who owns whom."""
WHAT_IS_READ = (
    "Holdings are a table (CSV, xlsx or Parquet with owner, owned and share, or JSON with objects "
    "of these keys), or BODS 0.4, FollowTheMoney or GLEIF relationships"
)
"""What to do about a file that says nothing of owners."""
EQUITY, VOTES = ("shareholding", "ownership"), ("votingRights",)
BRANCH = "IS_INTERNATIONAL_BRANCH_OF"
"""What GLEIF calls a branch: no company of its own, but a part of the other."""
CONSOLIDATED = ("IS_DIRECTLY_CONSOLIDATED_BY", "IS_ULTIMATELY_CONSOLIDATED_BY")
"""What GLEIF calls control by the rules of accounting, of which it states no share."""
NO_SHARE = "consolidated by accounting rules, no share stated"
NOT_A_SHARE = "consolidated by accounting rules, of which {} is stated, and no share"
READ_OF_STATEMENTS = {
    "statementId": (),
    "recordStatus": (),
    "recordDetails": ("subject", "interestedParty", "interests"),
    "source": ("assertedBy",),
}
"""Fields of a statement on a relationship of which something is read, and which fields in them."""
NEVER = "~"
"""Behind every day: the end of what has none."""
OPEN_END = Fraction(1, 10**12)
"""What is taken off a range whose upper end does not belong to it."""


class Interest(NamedTuple):
    """One interest of one statement."""

    owner: str
    owned: str
    kind: str
    share: Share
    since: str
    until: str
    indirect: bool
    statement: str
    source: str


def is_foreign(path: Path, encoding: str | None = None) -> bool:
    """Whether a file is in one of the formats that `lists import` takes, and not a plain table."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        return path.is_file() and guess_format(str(path), encoding) != "csv"
    except ValueError:
        return False


def _reading(path: Path, encoding: str | None) -> ListReading:
    """What a file says; the encoding is that of texts, and most formats say their own."""
    form = guess_format(str(path), encoding)
    return read_list(str(path), form, encoding if is_encoded(form) else None)


def read_foreign(path: Path, encoding: str | None = None) -> Holdings:
    """Holdings and entities from a file in one of the formats of ownership data.

    A share that is none counts as unknown, and a day that is none is left out; a flag tells of
    each. Within a year or a month that is all that is told of a day, the share may be held.

    Args:
        path: the file.
        encoding: of a text that does not say it; None for its mark, else UTF-8.

    Raises:
        ValueError: the file is of no known format, or says nothing of owners.
    """
    try:
        reading = _reading(path, encoding)
    except ValueError as error:
        # `owners` has no word for a format: it takes tables, and files that tell theirs.
        told = str(error).removesuffix(NAME_ITS_FORMAT).rstrip()
        if told == str(error):
            raise
        raise ValueError(f"{told} {WHAT_IS_READ}") from error
    if reading.format not in WITH_HOLDINGS:
        raise ValueError(
            f"{path} is a list of parties ({reading.format}), which says nothing of owners: name a "
            "file of holdings, and screen its names with --screen"
        )
    entities = _entities(reading)
    flags: list[Flag] = []
    if reading.format == "bods":
        interests = _bods(path, flags, entities)
    else:
        interests = []
        for held in reading.holdings:
            if held.kind == BRANCH:
                known = entities.get(held.owned, Entity(held.owned))
                days = held.since[:10], held.until[:10]
                entities[held.owned] = known._replace(
                    branches=(*known.branches, (held.owner, *days))
                )
                continue
            share = _share(held.share, held.owner, held.owned, flags)
            interests.append(
                Interest(
                    held.owner,
                    held.owned,
                    held.kind,
                    share,
                    held.since[:10],
                    held.until[:10],
                    False,
                    "",
                    reading.format,
                )
            )
    rows = [each for row in _holdings(interests, flags) for each in _by_certain_days(row, flags)]
    lost = reading.not_understood
    notes = [
        f"{path.name}: {counted(len(lost), 'row was', 'rows were')} not understood: {each}"
        for each in lost[:1]
    ]
    return Holdings(
        tuple(rows), (), entities, tuple(dict.fromkeys(flags)), tuple(notes),
        left_out=tuple(f"{path.name}, {each}" for each in lost), keyed=False,
    )  # fmt: skip


def foreign_entities(path: Path, encoding: str | None = None) -> dict[str, Entity]:
    """The parties of a file that `lists import` takes, such as GLEIF's names of legal entities."""
    reading = _reading(path, encoding)
    entities = _entities(reading, path.name)
    if reading.format == "bods":
        dates = StatementDates()
        for row in _statements(path):
            _keep_person(row, dates, entities, path.name)
    return entities


def _entities(reading: ListReading, place: str = "") -> dict[str, Entity]:
    """The parties of a file, each with all of its names."""
    return {
        entry.key: _entity(entry.key, [name.text for name in entry.names], entry.countries, place)
        for entry in reading.entries
    }


def _entity(key: str, names: Sequence[str], countries: Sequence[str], place: str) -> Entity:
    """A party with all of its names; of several countries it is open which one is its own."""
    first, *others = names or ("",)
    codes = tuple(each.upper() for each in countries)
    alone = codes[0] if len(codes) == 1 else ""
    return Entity(key, first, alone, "", place, tuple(others), () if alone else codes)


def _share(text: str, owner: str, owned: str, flags: list[Flag]) -> Share:
    """A share; unknown, and a flag, where the text is none."""
    try:
        return share_of(text)
    except ValueError:
        why = f"{owner} is said to hold {text!r} of it, which is not a share: counted as unknown"
        flags.append(Flag(owned, why))
        return UNKNOWN


class StatedSpan(NamedTuple):
    """Days on which a holding stands, over ``[since, until)``: ISO days, "" for open.

    ``sure`` is false where it is open whether it stands then.
    """

    since: str
    until: str
    sure: bool


def spans_between(began: tuple[str, str], ended: tuple[str, str]) -> list[StatedSpan]:
    """The days on which a holding stands, or may stand, in spans that follow on each other.

    Args:
        began: the first and the last day on which it may have begun; "" for open.
        ended: the same of the first day without it.
    """
    (first, last), (end, after) = began, ended
    if last and end and end <= last:
        # Both may fall into one period, so that no day is sure.
        return [StatedSpan(first, after, sure=False)]
    before = [StatedSpan(first, last, sure=False)] if first != last else []
    behind = [StatedSpan(end, after, sure=False)] if end != after else []
    return [*before, StatedSpan(last, end, sure=True), *behind]


def over_spans(row: Holding, spans: Iterable[StatedSpan]) -> Iterator[Holding]:
    """A holding over each of some spans; where it may stand alone, of nothing at the least."""
    for since, until, sure in spans:
        told = row if sure else _at_most(row)
        yield told._replace(since=since, until=until)


def _at_most(row: Holding) -> Holding:
    """A holding of which it is open whether it stands: of all that it may be nothing at the least.

    A contract that may not stand gives votes that nobody counted.
    """
    share, votes, board = (
        None if each is None else each._replace(lo=ZERO)
        for each in (row.share, UNKNOWN if row.contract else row.votes, row.board)
    )
    return row._replace(share=share or UNKNOWN, votes=votes, board=board, contract=False)


def _by_certain_days(row: Holding, flags: list[Flag]) -> Iterator[Holding]:
    """A holding from day to day; where a day is a year or a month, what is sure and what may be.

    A text that is no day at all is left out, with a flag, so that the holding counts.
    """
    since, until = (_period(text, row, flags) for text in (row.since, row.until))
    if since[0] and until[1] and until[1] <= since[0]:
        why = f"what {row.owner} holds of it would end on {row.until}, before {row.since}"
        flags.append(Flag(row.owned, f"{why}: that end is left out"))
        until = "", ""
    yield from over_spans(row, spans_between(since, until))


def _period(text: str, row: Holding, flags: list[Flag]) -> tuple[str, str]:
    """The first day and the day behind a period; a day twice; none, and a flag, for other texts."""
    if not text or is_day(text):
        return text, text
    if (period := period_of(text)) is None:
        why = f"the day {text!r} of what {row.owner} holds of it is not a day: left out"
        flags.append(Flag(row.owned, why))
        return "", ""
    return period


def _holdings(interests: Sequence[Interest], flags: list[Flag]) -> list[Holding]:
    """Interests as holdings; equity and votes of one statement are one holding, and no two."""
    rows: list[Holding] = []
    by_statement: dict[tuple[str, ...], int] = {}
    several = _several_of_a_kind(interests)
    for each in interests:
        row = _holding(each, flags)
        if row is None:
            continue
        key: tuple[str, ...] = (each.statement, each.owner, each.owned)
        if key in several:
            # Which of them go together, their days alone can tell.
            key = (*key, each.since, each.until)
        at = by_statement.get(key) if each.statement else None
        if at is not None and (rows[at].votes is None) != (row.votes is None):
            equity, votes = (rows[at], row) if row.votes is not None else (row, rows[at])
            rows[at], *others = _together(equity, votes)
            rows += others
            del by_statement[key]  # a further one stands by itself
            continue
        by_statement[key] = len(rows)
        rows.append(row)
    return rows


def _several_of_a_kind(interests: Sequence[Interest]) -> set[tuple[str, ...]]:
    """Statement, owner and owned of interests of which one kind stands there more than once."""
    counts = Counter(
        (each.statement, each.owner, each.owned, str(each.kind in VOTES)) for each in interests
    )
    return {key[:-1] for key, count in counts.items() if count > 1}


def _together(equity: Holding, votes: Holding) -> list[Holding]:
    """Equity and votes as holdings that follow on each other, from the days of both."""
    own = equity.since, equity.until
    if own == (votes.since, votes.until):
        return [equity._replace(votes=votes.votes)]
    if not all(is_day(day) for day in (*own, votes.since, votes.until) if day):
        return [equity, votes]
    spans = [(each, each.since, each.until or NEVER) for each in (equity, votes)]
    found = []
    for since, until in pairwise(sorted({day for _, *days in spans for day in days})):
        held = [each for each, begins, ends in spans if begins <= since and until <= ends]
        if held:
            row = held[0] if len(held) == 1 else equity._replace(votes=votes.votes)
            found.append(row._replace(since=since, until="" if until == NEVER else until))
    return found


def _holding(interest: Interest, flags: list[Flag]) -> Holding | None:
    """An interest as a holding; None, and a flag, where it is not to be added up."""
    held = span_text(interest.share.lo, interest.share.hi)
    if interest.indirect:
        why = f"{interest.owner} is said to hold {held} indirectly: not added to direct holdings"
        flags.append(Flag(interest.owned, why))
        return None
    row = Holding(
        interest.owner,
        interest.owned,
        interest.share,
        interest.since,
        interest.until,
        interest.source,
    )
    if interest.kind in VOTES:
        return row._replace(share=Share(ZERO, ZERO), votes=interest.share)
    if interest.kind in EQUITY or not interest.kind:
        return row
    if interest.kind in CONSOLIDATED:
        # Who consolidates a company controls it in the books: how much of it is held is open.
        stated = NOT_A_SHARE.format(held) if interest.share.known else NO_SHARE
        return row._replace(share=UNKNOWN, source=f"{interest.source}: {stated}")
    why = f"{interest.owner} has an interest of the kind {interest.kind}: not added up"
    flags.append(Flag(interest.owned, why))
    return None


def _statements(path: Path) -> Iterator[Mapping[str, Any]]:
    """The statements of a file; odd ones were told as notes."""
    with unpacked(str(path)) as content:
        for _, row in statements(content):
            if isinstance(row, Mapping):
                yield row


def _keep_person(
    row: Mapping[str, Any], dates: StatementDates, entities: dict[str, Entity], place: str = ""
) -> None:
    """Lay the names and the nationality of a person on what is known, if a statement is of one.

    Of several statements on one person the latest counts. Lists of people in such a file are none
    of restricted ones, so only owners have names.
    """
    if row.get("recordType") != "person":
        return
    try:
        if dates.is_older(row):
            return
        person = person_of(row)
    except MalformedError:
        return  # told as a note
    key = record_of(row)
    entities[key] = _entity(key, person.names, person.nationalities, place)


def _bods(path: Path, flags: list[Flag], entities: dict[str, Entity]) -> list[Interest]:
    """Interests of the statements on each relationship; persons are laid on the other parties."""
    told: dict[str, list[tuple[str, str]]] = {}
    dates = StatementDates()
    for row in _statements(path):
        _keep_person(row, dates, entities)
        if row.get("recordType") == "relationship":
            try:
                day = dates.counted_from(row)
            except MalformedError:
                continue  # told as a note
            key = str(row.get("recordId") or row.get("statementId"))
            told.setdefault(key, []).append((day, _packed(row)))
    found = []
    for key, texts in told.items():
        texts.sort(key=lambda each: each[0])  # of one day in the order of the file
        rows = [(day, json.loads(text)) for day, text in texts]
        try:
            found += _by_day(key, rows, flags)
        except MalformedError as error:
            flags.append(Flag(key, f"the statement on it was not understood: {error}"))
    return found


def _packed(row: Mapping[str, Any]) -> str:
    """What is read of a statement, as a text: a tenth of the room that the objects of all take."""
    kept = {field: row.get(field) for field in READ_OF_STATEMENTS}
    for field, within in READ_OF_STATEMENTS.items():
        value = kept[field]
        if within and isinstance(value, Mapping):
            kept[field] = {each: value[each] for each in within if each in value}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _by_day(
    key: str, rows: Sequence[tuple[str, Mapping[str, Any]]], flags: list[Flag]
) -> list[Interest]:
    """Interests of a relationship, each until the day of the next statement on it.

    What a statement says of the days before it counts where none came before. One that closes the
    relationship ends it, on the day that it states, else on its own.
    """
    (day, last), found = rows[-1], []
    end = ""
    if last.get("recordStatus") == "closed":
        ends = [each.until for each in _interests(key, last, flags)]
        end = max(ends) if all(ends) and ends else day
        if not end:
            return []
    for at, (since, row) in enumerate(rows):
        until = rows[at + 1][0] if at + 1 < len(rows) else ""
        replaced = at + 1 < len(rows) and until <= since
        if replaced or (at and row.get("recordStatus") == "closed"):
            continue  # it says nothing new, or another of its day took its place
        odd: list[Flag] = []
        for each in _interests(key, row, odd):
            from_day = max(each.since, since) if at else each.since
            to_day = min(filter(None, (each.until, until, end)), default="")
            if not to_day or from_day < (period_of(to_day) or ("", to_day))[1]:
                found.append(each._replace(since=from_day, until=to_day))
        if at + 1 == len(rows):
            flags.extend(odd)
    return found


def _interests(key: str, row: Mapping[str, Any], flags: list[Flag]) -> list[Interest]:
    details = object_in(row, "recordDetails")
    owned, owner = details.get("subject"), details.get("interestedParty")
    if not isinstance(owned, str):
        flags.append(Flag(key, f"the statement names no company that is owned: {_reason(owned)}"))
        return []
    if not isinstance(owner, str):
        flags.append(Flag(owned, f"an owner is not named: {_reason(owner)}"))
        owner = f"unnamed owner of {owned} ({key})"
    asserted = objects_in(object_in(row, "source"), "assertedBy") or [{}]
    source = text_in(asserted[0], "name")
    return [
        Interest(
            owner,
            owned,
            text_in(interest, "type"),
            _bods_share(object_in(interest, "share"), owner, owned, flags),
            text_in(interest, "startDate")[:10],
            text_in(interest, "endDate")[:10],
            interest.get("directOrIndirect") == "indirect",
            str(row.get("statementId")),
            source,
        )
        for interest in objects_in(details, "interests") or [{}]
    ]


def _reason(party: object) -> str:
    """Why a party is not named, in the words of the statement."""
    if isinstance(party, Mapping):
        words = [str(party[name]) for name in ("reason", "description") if party.get(name)]
        return ", ".join(words) or "no reason given"
    return "no reason given"


def _bods_share(share: Mapping[str, Any], owner: str, owned: str, flags: list[Flag]) -> Share:
    found = _share(share_text(share), owner, owned, flags)
    if share.get("exact") is None and "maximum" not in share and "exclusiveMaximum" in share:
        return found._replace(hi=min(WHOLE, found.hi) - OPEN_END)
    return found
