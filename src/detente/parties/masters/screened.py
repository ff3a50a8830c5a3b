"""A table of partners screened, with decisions applied, sorted by what follows from each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.lists.announced import heard_clause
from detente.parties.lists.keys import key_of
from detente.parties.lists.standing import rank_of
from detente.parties.masters.columns import (
    ADDED,
    COLUMNS,
    FIRST_ROW,
    OF_DECISION,
    OF_PARTY,
    ColumnPlaces,
)
from detente.parties.masters.decisions import (
    CLEARED,
    LAPSED,
    OPEN,
    TRUE_MATCH,
    Decisions,
    HitStanding,
    ReviewedParty,
    mark_of,
    party_of,
)
from detente.parties.masters.following import following, in_short, listings_of
from detente.parties.screening.answer import as_of
from detente.parties.screening.list_coverage import HIT
from detente.parties.screening.listed.addresses import CALLED
from detente.parties.screening.queries import FurtherName, NameQuery, query_of
from detente.parties.screening.related import NameHits
from detente.parties.screening.rows import OF_HIT, OF_ROW, noted, own_columns, values_of

if TYPE_CHECKING:
    from typing import TypeGuard

    from detente.parties.lists.model import ListedEntry
    from detente.parties.lists.standing import Strictness
    from detente.parties.masters.following import PartyListing, Rules
    from detente.parties.masters.further_columns import FurtherColumns
    from detente.parties.screening.list_coverage import ListsCoverage
    from detente.parties.screening.store import Screen

SHOWN = 50
"""Parties of one name that decisions are looked up for; behind as many there may be more."""

UNSEEN = f"{SHOWN} listed parties were decided on, and more may come close to the name"
"""Why a row is not cleared though every party that is told of it was."""

SCORE, RELATED, REASON = (
    COLUMNS.index(each) - len(OF_DECISION) for each in ("score", "related", "reason")
)
"""Places in the values of a row."""

BY_NAME = 0.97
"""Score from which a party has the name that is asked, and does not only come close."""

TRULY, BESIDE = 0, 3.5
"""What rows are sorted by where a decision says who they are, and where a party is only related."""


class RawHit(NamedTuple):
    """A hit as it comes out of a process that screens.

    Attributes:
        order: what the party is sorted by: whether it is listed, then how strict its lists are.
        values: under ``OF_ROW`` and ``OF_HIT``.
        listing: under ``OF_PARTY`` without the last.
        party: who it is.
        listings: what each of its lists says.
        standings: how each of its entries stands; see ``entry_standings``.
        asked: see ``NameHit``.
    """

    order: tuple[int, ...]
    values: list[str | float]
    listing: tuple[str, ...]
    party: ReviewedParty
    listings: list[PartyListing]
    standings: dict[str, str]
    asked: tuple[str, ...] = ()


class RowHits(NamedTuple):
    """The hits of a row as they were found: whatever was decided of them is applied later.

    Attributes:
        at: place of the row in its file; see ``ScreenedRow``.
        name, country: as they were asked.
        hits: the best first; at least one.
        address: by which it is decided where it has no name; "" where it has one.
    """

    at: int
    name: str
    country: str
    hits: list[RawHit]
    address: str = ""

    @property
    def names(self) -> list[str]:
        """Every name of the row that is decided on, its own first."""
        return list(dict.fromkeys((self.name, *(name for hit in self.hits for name in hit.asked))))


class ScreenedRow(NamedTuple):
    """A row with its answer.

    Attributes:
        at: place of the row in its file: 0 is the second row, and blank ones count.
        name, country: as they were asked.
        status: ``hit``, ``cleared``, ``true_match`` or a status of screening.
        standing: how the hit that is shown stands.
        values: under ``OF_ROW`` and ``OF_HIT``.
        listing: under ``OF_PARTY``.
        others: further parties that nobody cleared.
        parties: key and name of every party that came close.
        keys: of all entries of those parties, since another may become the strictest of one.
        full: whether there may be more parties than are told.
        rank: what rows are sorted by.
        note: that its country was not understood; its reason says so too.
        listings: what each list of the party says.
        standings: how the entries of every party stand that nobody cleared; see
            ``entry_standings``.
        address: by which it is decided where it has no name; "" where it has one.
        decides: the name by which the party that is shown is decided on: that of the row, or
            another name in the row that found it.
        further: all other names in the row that found a party.
    """

    at: int
    name: str
    country: str
    status: str
    standing: HitStanding
    values: list[str | float]
    listing: tuple[str, ...]
    others: int
    parties: tuple[str, ...]
    rank: tuple[float, ...]
    note: str = ""
    keys: tuple[str, ...] = ()
    full: bool = False
    listings: Sequence[PartyListing] = ()
    standings: Mapping[str, str] = MappingProxyType({})
    address: str = ""
    decides: str = ""
    further: tuple[str, ...] = ()

    @property
    def row(self) -> int:
        """Its row in the file, as a spreadsheet counts them."""
        return self.at + FIRST_ROW

    @property
    def related(self) -> str:
        """The listed parties that the name is related to, in short."""
        return str(self.values[RELATED])

    @property
    def reason(self) -> str:
        """Why its status is not settled."""
        return str(self.values[REASON])

    def cells(self) -> list[str | float]:
        """The cells under ``COLUMNS``."""
        described = self.standing.decision
        decided: list[str | float] = ["", "", "", "", ""]
        if described is not None and self.standing.state:
            state = self.standing.state
            because = f" ({self.standing.because})" if self.standing.because else ""
            decided = [
                f"{state}{because}",
                described.why,
                described.by,
                described.decided,
                described.until,
            ]
        width = len(OF_ROW) + len(OF_HIT)
        blank = [""] * (width - len(self.values))
        listing = self.listing or ("",) * len(OF_PARTY)
        return [*decided, *self.values, *blank, *listing]

    def by_column(self) -> dict[str, object]:
        """What a page shows of the row: its cells by column, and where it stands in the table."""
        return {
            **dict(zip(COLUMNS, self.cells(), strict=True)),
            "row": self.row,
            "name": self.name,
            "country": self.country,
            "address": self.address,
            "decides": self.decides,
            "status": self.status,  # with what was decided, which the column leaves apart
            "others": self.others,
            "seen": mark_of(self.standing.decision),
        }


def screen_master(
    screen: Screen,
    columns: ColumnPlaces,
    rows: Mapping[int, Sequence[str]],
    rules: Rules,
    decisions: Decisions,
    today: str,
    country: str = "",
    tell: Callable[[int], None] | None = None,
    keep: Callable[[RowHits, ScreenedRow], object] | None = None,
    processes: int | None = None,
    unread: Mapping[int, str] = MappingProxyType({}),
    misfits: Mapping[int, str] = MappingProxyType({}),
    further: FurtherColumns | None = None,
) -> list[ScreenedRow]:
    """Screen a table; the rows come back by consequence, the gravest first.

    Args:
        screen: the lists.
        columns: which of the table are read.
        rows: its cells, by their place in the file; see ``ScreenedRow``.
        rules: what follows of the lists; see ``following.rules_of``.
        decisions: what was decided so far.
        today: ISO day on which decisions count.
        country: where partners are whose row does not say.
        tell: is told how many rows are done.
        keep: takes the hits of each row that has any, and the row as decisions leave it.
        processes: how many work; None for one a core.
        unread: why there is no name in the cell of some rows, by their place.
        misfits: why the cells of some rows may stand under other columns: nothing is read of them.
        further: the columns of further names; None for none.
    """
    from detente.parties.screening.crowd import screen_all
    from detente.parties.screening.list_coverage import screened

    read = screened(screen)
    queries = [
        query_of("", "", "", unread=misfits[at])
        if at in misfits
        else query_of_row(
            columns, cells, country, unread.get(at, ""), further.of(cells) if further else ()
        )
        for at, cells in rows.items()
    ]
    show = partial(_seen, read, read.in_short(), screen.strictness, rules)
    found = []
    answers = screen_all(screen, queries, SHOWN, show, processes)
    for done, (at, query, seen) in enumerate(zip(rows, queries, answers, strict=True), 1):
        if _is_hits(seen):
            for hit in seen:
                noted(hit.values, query.note)
            # Whoever has no name is found by an address alone.
            found_there = all(
                CALLED.fullmatch(each.party.entry)
                for each in seen
                if query.name in _asked(query, each)
            )
            address = query.address if found_there and no_name(screen, query.name) else ""
            hits = RowHits(at, query.name, query.country or "", seen, address)
            row = decided(hits, decisions, today)._replace(note=query.note)
            found.append(row)
            if keep is not None:
                keep(hits, row)
        else:
            found.append(_without_hit(at, query, seen))
        if tell is not None:
            tell(done)
    return sorted(found, key=lambda each: (each.rank, each.at))


def _asked(query: NameQuery, hit: RawHit) -> Sequence[str]:
    """The names of its row by which a hit was found."""
    return hit.asked or (query.name,)


def query_of_row(
    columns: ColumnPlaces,
    cells: Sequence[str],
    country: str,
    unread: str = "",
    further: Iterable[FurtherName] = (),
) -> NameQuery:
    """What a row of a table asks.

    Args:
        columns: of the table.
        cells: of the row.
        country: where partners are whose row does not say.
        unread: why there is no name in its cell; "" where that is not known.
        further: other names in the row.
    """
    place = cells[columns.country] if columns.country is not None else ""
    city = cells[columns.city] if columns.city is not None else ""
    name, address = columns.name_of(cells), columns.address_of(cells)
    return query_of(
        name, place, city, country or None, address=address, unread=unread, further=further
    )


def no_name(screen: Screen, name: str) -> str:
    """Why what stands in place of a name is none, such as `n/a`; "" of a name.

    Rows without one are told apart by their addresses: a clearance of one must not cover all.

    Args:
        screen: the lists, which may print a name that is a number.
        name: as the row has it.
    """
    try:
        screen.parties(name, None, 1)
    except ValueError as error:
        return str(error)
    return ""


def _seen(
    read: ListsCoverage, short: str, strictness: Strictness, rules: Rules, hits: NameHits | str
) -> list[RawHit] | list[str | float]:
    """What a process says of a name: its hits, or the values of a row without any."""
    from detente.parties.screening.store import others_beside

    if isinstance(hits, str) or not hits:
        return values_of(read, short, hits)
    seen = []
    for hit in hits:
        standing = read.standing(hit.entry)
        entry = as_of(hit.entry, read.day)
        listings = listings_of(hit.entries, read)
        follows = in_short(following(listings, rules))
        listing = (entry.requirement, entry.policy, entry.programme, follows)
        order = (rank_of(standing), *strictness.of(entry))
        others = list(others_beside([hit], hits))
        values = values_of(read, short, NameHits([hit], hits.related, others))
        standings = entry_standings(hit.entries, read)
        party = party_of(hit)
        seen.append(RawHit(order, values, listing, party, listings, standings, hit.asked))
    return seen


def entry_standings(entries: Iterable[ListedEntry], read: ListsCoverage) -> dict[str, str]:
    """How each entry of a party stands, by its key and its name: "EL-1a2b3c4d Acme Ltd".

    Behind a comma it is told how it stands by what was only announced, where that is otherwise.
    Of several entries with one key the one counts whose consequence is nearest. The key is the
    entry's own, since the strictest entry of a party is another one where a listing is suspended.
    """
    stand: dict[str, str] = {}
    for entry in entries:
        key, standing = f"{key_of(entry)} {entry.names[0].text}", read.standing(entry)
        if key in stand and rank_of(stand[key].partition(",")[0]) <= rank_of(standing):
            continue
        heard = read.heard(entry)
        told = f", {heard_clause(heard['suspended_until'])}" if heard is not None else ""
        stand[key] = f"{standing}{told}"
    return stand


def _is_hits(
    seen: list[RawHit] | list[str | float],
) -> TypeGuard[list[RawHit]]:
    return isinstance(seen[0], RawHit)


def _without_hit(at: int, query: NameQuery, seen: list[RawHit] | list[str | float]) -> ScreenedRow:
    """A row that no listed party comes close to."""
    values = noted([each for each in seen if not isinstance(each, RawHit)], query.note)
    status = str(values[0])
    place = {"unresolved": 4.0, "not_screened": 5.0, "partly": 6.0}.get(status, 8.0)
    place = BESIDE if values[RELATED] else place
    return ScreenedRow(
        at, query.name, query.country or "", status, HitStanding(""), values, (), 0, (), (place,),
        query.note,
    )  # fmt: skip


def decided(row: RowHits, decisions: Decisions, today: str) -> ScreenedRow:
    """A row with decisions applied: what nobody cleared is shown first."""
    at, name, country, hits, address = row
    found = [_standing_of(row, each, decisions, today) for each in hits]
    stood = [(standing, hit) for standing, hit, _ in found]
    standing, first, decides = min(found, key=lambda each: _place(each[:2]))
    strictest = min(each.order for found, each in stood if _urgent(found) == _urgent(standing))
    full, values = len(hits) == SHOWN, first.values
    if full and standing.state == CLEARED:
        standing, values = OPEN, noted(list(values), UNSEEN)
    status = str(values[0])
    if standing.state in (CLEARED, TRUE_MATCH):
        status = standing.state
    others = sum(each.state != CLEARED for each, _ in stood) - (standing.state != CLEARED)
    rank = (
        _urgent(standing) if status in (HIT, CLEARED, TRUE_MATCH) else 3,
        *strictest,
        -float(first.values[SCORE]),
    )
    return ScreenedRow(
        at, name, country, status, standing, values,
        (*first.listing, first.party.key), others,
        tuple(f"{each.party.key} {each.party.entry}" for each in hits), tuple(map(float, rank)),
        keys=tuple(key for each in hits for key in each.party.keys), full=full,
        listings=first.listings,
        standings={
            key: stands
            for found, each in stood
            if found.state != CLEARED
            for key, stands in each.standings.items()
        },
        address="" if decides != name else address, decides=decides,
        further=tuple(each for each in row.names if each != name),
    )  # fmt: skip


def _standing_of(
    row: RowHits, hit: RawHit, decisions: Decisions, today: str
) -> tuple[HitStanding, RawHit, str]:
    """How a hit of a row stands, and by which name: it is settled once every name that found it is.

    A decision is about one name, so that another trading name of the row is another question.
    """
    stood = []
    for name in hit.asked or (row.name,):
        address = row.address if name == row.name else ""
        stood.append((decisions.standing(name, row.country, hit.party, today, address), hit, name))
    return min(stood, key=lambda each: _urgent(each[0]))


def _place(found: tuple[HitStanding, RawHit]) -> tuple[int, bool, bool, tuple[int, ...], float]:
    """What the hits of a row are ordered by: whoever is listed on the day comes first.

    Of these whoever has the name, then the strictest.
    """
    standing, hit = found
    score = float(hit.values[SCORE])
    return _urgent(standing), hit.values[0] != HIT, score < BY_NAME, hit.order, -score


def _urgent(standing: HitStanding) -> int:
    """Which of two hits is shown first: truly listed, open or lapsed, cleared."""
    return {TRUE_MATCH: TRULY, LAPSED: 1, "": 1}.get(standing.state, 7)


def counted(found: Iterable[ScreenedRow]) -> dict[str, int]:
    """How many rows there are of each status."""
    counts: dict[str, int] = {}
    for each in found:
        counts[each.status] = counts.get(each.status, 0) + 1
    return counts


def table_of(
    headings: Sequence[str], rows: Mapping[int, Sequence[str]], found: Iterable[ScreenedRow]
) -> tuple[list[str], Iterable[tuple[str | float, ...]]]:
    """Columns and rows of a file: what follows first, then the table's own columns."""
    return (
        [*ADDED, *own_columns(headings, ADDED)],
        ((each.row, *each.cells(), *rows[each.at]) for each in found),
    )


def parties_of(found: Iterable[ScreenedRow]) -> dict[int, tuple[str, ...]]:
    """Parties that came close, by place of the row; rows without any are left out."""
    return {each.at: each.parties for each in found if each.parties}
