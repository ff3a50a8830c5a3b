"""Holdings on a day as a graph: rows of other days left out, one holding counted once, sums seen.

A row that is left out of a sum is never lost: a flag or a note tells of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from detente._numbers import total
from detente._shapes import NamedTuple
from detente.core.figures import counted, percent
from detente.parties.ownership.model import Entity, Flag, Holding, Holdings
from detente.parties.ownership.shares import WHOLE, Share, span_text
from detente.parties.ownership.sums import compared, summed

KINDS = ("share", "votes_share", "board_share")
"""Ways to hold: equity, voting rights, seats of the board."""

ADD_UP = "give each block of shares a key of its own if they add up"
"""What to do where one holding may be several."""


class Tie(NamedTuple):
    """All that one owner holds of one company on the day.

    Attributes:
        shares: by kind, in the order of ``KINDS``; None where the files say nothing.
        rows: the rows that say so.
        branch: the owned is not a company of its own but a part of the owner.
    """

    owner: str
    owned: str
    shares: tuple[Share | None, Share | None, Share | None]
    contract: bool
    rows: tuple[Holding, ...]
    branch: bool = False


class Graph(NamedTuple):
    """Ties by owner and by owned, and what was odd."""

    by_owner: dict[str, list[Tie]]
    by_owned: dict[str, list[Tie]]
    entities: dict[str, Entity]
    flags: tuple[Flag, ...]
    notes: tuple[str, ...]


def graph_on(holdings: Holdings, day: str) -> Graph:
    """The graph of holdings on an ISO day."""
    flags, notes = list(holdings.flags), list(holdings.notes)
    by_company: dict[str, list[Holding]] = {}
    left_out = 0
    for row in holdings.rows:
        owner, owned, _, since, until = row[:5]
        if (since and day < since) or (until and until <= day):
            left_out += 1
        elif owner == owned:
            flags.append(Flag(owner, _own_shares(row)))
        else:
            rows = by_company.get(owned)
            if rows is None:
                by_company[owned] = [row]
            else:
                rows.append(row)
    if left_out:
        whole = counted(len(holdings.rows), "holding")
        notes.append(
            f"{left_out} of {whole} {'is' if left_out == 1 else 'are'} not of {day}: left out"
        )
    by_owned = {
        owned: [_lone(rows[0])] if len(rows) == 1 else _ties(rows, flags)
        for owned, rows in by_company.items()
    }
    del by_company  # room for what follows
    for entity in holdings.entities.values():
        if entity.branch_of:
            by_owned.setdefault(entity.id, []).append(_branch(entity))
    for owned, group in by_owned.items():
        if len(group) > 1 or group[0].shares[0] is None:
            by_owned[owned] = _within_the_whole(owned, group, flags)
    by_owner: dict[str, list[Tie]] = {}
    for tie in chain.from_iterable(by_owned.values()):
        ties = by_owner.get(tie.owner)
        if ties is None:
            by_owner[tie.owner] = [tie]
        else:
            ties.append(tie)
    return Graph(by_owner, by_owned, holdings.entities, tuple(flags), tuple(notes))


def _own_shares(row: Holding) -> str:
    share = span_text(row.share.lo, row.share.hi)
    return (
        f"holds {share} of itself: left out of the sums; if these shares do not count in the "
        "whole, the shares of the others are larger than the file says"
    )


def _branch(entity: Entity) -> Tie:
    share = Share(WHOLE, WHOLE)
    return Tie(entity.branch_of, entity.id, (share, share, share), False, (), branch=True)


def _ties(rows: Sequence[Holding], flags: list[Flag]) -> list[Tie]:
    """What each owner holds of one company, from the rows that tell of it."""
    by_owner: dict[str, list[Holding]] = {}
    for row in rows:
        by_owner.setdefault(row.owner, []).append(row)
    return [_lone(told[0]) if len(told) == 1 else _tie(told, flags) for told in by_owner.values()]


def _lone(row: Holding) -> Tie:
    """The tie of which one row tells."""
    owner, owned, share, _, _, _, _, board, votes, contract = row
    # All fields are given, so the tuple is made as it is: there are hundreds of thousands.
    return tuple.__new__(Tie, (owner, owned, (share, votes, board), contract, (row,), False))


def _tie(rows: list[Holding], flags: list[Flag]) -> Tie:
    """The tie of several rows."""
    first = rows[0]
    by_key: dict[str, list[Holding]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    if len(set(rows)) < len(rows):
        what = f"what {first.owner} holds stands in several rows that are the same: counted once"
        flags.append(Flag(first.owned, f"{what}; {ADD_UP}"))
    summed = tuple(_summed(by_key, kind, flags) for kind in range(len(KINDS)))
    contract = any(row.contract for row in rows)
    return Tie(first.owner, first.owned, (summed[0], summed[1], summed[2]), contract, tuple(rows))


def _summed(by_key: dict[str, list[Holding]], kind: int, flags: list[Flag]) -> Share | None:
    """Holdings of different keys added; rows without a key may be the whole of them."""
    parts: dict[str, Share] = {}
    for key, rows in by_key.items():
        shares = [(row.share, row.votes, row.board)[kind] for row in rows]
        known = [share for share in shares if share is not None]
        if known:
            parts[key] = _once(known, rows[0], flags)
    if not parts:
        return None
    keyed = [share for key, share in parts.items() if key]
    bare = parts.get("")
    if not keyed:
        return bare
    added = Share(
        total(share.lo for share in keyed),
        min(WHOLE, total(share.hi for share in keyed)),
        total(share.slack for share in keyed),
    )
    if added.lo > WHOLE:
        added = Share(WHOLE, WHOLE)
        rows = next(iter(by_key.values()))
        flags.append(Flag(rows[0].owned, f"the holdings of {rows[0].owner} in it exceed 100%"))
    return added if bare is None else max(added, bare, key=lambda share: (share.lo, share.hi))


def _once(shares: list[Share], row: Holding, flags: list[Flag]) -> Share:
    """One holding told by several rows: what they agree on, else the largest, with a flag."""
    known = [share for share in shares if share.known]
    if not known:
        return shares[0]
    lo, hi = max(share.lo for share in known), min(share.hi for share in known)
    if lo <= hi:
        return Share(lo, hi, min(share.slack for share in known))
    described = ", ".join(sorted({span_text(share.lo, share.hi) for share in known}))
    flags.append(
        Flag(
            row.owned,
            f"the sources differ on what {row.owner} holds ({described}): the largest is taken, "
            f"and nothing is added; {ADD_UP}",
        )
    )
    return max(known, key=lambda share: (share.lo, share.hi))


def _within_the_whole(owned: str, ties: list[Tie], flags: list[Flag]) -> list[Tie]:
    """Nobody can hold more than what the others leave: upper ends of ranges are cut to that."""
    for kind, name in enumerate(KINDS):
        known = [
            (place, share)
            for place, tie in enumerate(ties)
            if (share := tie.shares[kind]) is not None and not tie.branch
        ]
        if not known:
            continue
        if compared((share.lo for _, share in known), WHOLE) > 0:
            what = {"share": "holdings", "votes_share": "votes", "board_share": "seats"}[name]
            added = percent(summed(share.lo for _, share in known)[0])
            flags.append(Flag(owned, f"the {what} in it add up to {added}, above 100%"))
            continue
        ranges = [
            (place, share)
            for place, share in known
            if share.lo is not share.hi and share.lo != share.hi
        ]
        if not ranges:
            continue
        ties = list(ties)
        least, _ = summed(share.lo for _, share in known)
        for place, share in ranges:
            hi = min(share.hi, WHOLE - (least - share.lo))
            if hi != share.hi:
                shares = list(ties[place].shares)
                shares[kind] = share._replace(hi=hi)
                ties[place] = ties[place]._replace(shares=(shares[0], shares[1], shares[2]))
    return ties


def sources_of(rows: Sequence[Holding]) -> list[str]:
    """Who says so, each once."""
    if len(rows) == 1:
        return [rows[0].source] if rows[0].source else []
    return list(dict.fromkeys(row.source for row in rows if row.source))
