"""Holdings on a day as a graph: rows of other days left out, one holding counted once, sums seen.

A row that is left out of a sum is never lost: a flag or a note tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from operator import eq

from detente._numbers import total
from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import counted, percent
from detente.parties.ownership.model import Entity, Flag, Holding, HoldingRows, Holdings
from detente.parties.ownership.shares import WHOLE, ZERO, Share, span_text
from detente.parties.ownership.sums import compared, summed

if TYPE_CHECKING:
    from typing import Any

KINDS = ("share", "votes_share", "board_share")
"""Ways to hold: equity, voting rights, seats of the board."""

OF_KIND = {"share": "", "votes_share": " of the votes", "board_share": " of the seats"}
"""What a share of each kind is of, in words; nothing for the equity."""

ADD_UP = "give each block of shares a key of its own if they add up"
"""What to do where one holding may be several."""

ONE_KEY = "give the rows one key if they tell of one holding"
"""What to do where several holdings may be one."""

LINE = re.compile(r", line [0-9]+(?=:|$)")
"""What tells rows of one source apart, and no sources."""

SHOWN = 5
"""As many holdings are named in a sentence."""


class Odd(NamedTuple):
    """What is told of the rows of a day.

    Attributes:
        flags: of what may be otherwise than it was taken.
        agreed: in words, holdings that several sources tell alike, each taken for one.
        keyed: whether rows may have keys, so that it can be said what to do with them.
    """

    flags: list[Flag]
    agreed: list[str]
    keyed: bool = True

    def advised(self, what: str, advice: str, mark: str = ";") -> str:
        """What is told, with what to do about it where that can be done."""
        return f"{what}{mark} {advice}" if self.keyed else what

    def notes(self) -> list[str]:
        """A warning of holdings that sources tell alike."""
        if not self.agreed:
            return []
        held = counted(len(self.agreed), "holding stands", "holdings stand")
        times = "counts once" if len(self.agreed) == 1 else "count once each"
        more = "; …" if len(self.agreed) > SHOWN else ""
        return [
            f"{held} in rows of several sources that agree, and {times}: "
            + self.advised(f"{'; '.join(self.agreed[:SHOWN])}{more}", ADD_UP, ":")
        ]


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


class Ties:
    """Ties as columns, each by its number: most are only compared and written, and never read.

    Attributes:
        owner, owned: ids.
        share: number of the equity among the shares of ``rows``.
        row: place of the row that tells of it; -1 where that is not one row as it stands.
        rows: the holdings.
    """

    def __init__(self, rows: HoldingRows, row: Sequence[int], odd: dict[int, Tie]) -> None:
        """Take ties.

        Args:
            rows: the holdings.
            row: of each tie the place of its row, -1 for an odd one.
            odd: these by number.
        """
        self.rows, self.row = rows, row
        if row == range(len(rows)):
            self.owner, self.owned, self.share = rows.owner, rows.owned, rows.share
        else:
            # What stands last is taken for -1, and replaced.
            self.owner, self.owned = (
                list(map([*column, ""].__getitem__, row)) for column in (rows.owner, rows.owned)
            )
            self.share = list(map([*rows.share, 0].__getitem__, row))
        for at, tie in odd.items():
            self.owner[at], self.owned[at] = tie.owner, tie.owned
            self.share[at] = rows.shares.number(equity(tie))
        self._odd = odd
        self._made: list[Tie | None] = [None] * len(row)
        for at, tie in odd.items():
            self._made[at] = tie

    def __getitem__(self, number: int) -> Tie:
        """A tie, made when it is first read."""
        tie = self._made[number]
        if tie is None:
            tie = self._made[number] = _lone(self.rows[self.row[number]])
        return tie

    def odd(self) -> Collection[int]:
        """Numbers of the ties that are not one row as it stands."""
        return self._odd

    def __len__(self) -> int:
        return len(self.row)


class TiesBy(Mapping[str, "list[Tie]"]):
    """Ties by the id of their owner, or of what is owned, each made when it is first read."""

    def __init__(
        self, ties: Ties, numbers: Callable[[str], Sequence[int]], *ids: Collection[str]
    ) -> None:
        """Take ties.

        Args:
            ties: all of them.
            numbers: those of an id, none if it has none.
            ids: of which there are any.
        """
        self._ties, self._numbers, self._ids = ties, numbers, ids

    def __getitem__(self, each: str) -> list[Tie]:
        if numbers := self._numbers(each):
            return list(map(self._ties.__getitem__, numbers))
        raise KeyError(each)

    def get(self, each: str, default: Any = None) -> Any:
        """The ties of an id, or else the default: without an error, since most own nobody."""
        numbers = self._numbers(each)
        return list(map(self._ties.__getitem__, numbers)) if numbers else default

    def __contains__(self, each: object) -> bool:
        return any(each in some for some in self._ids)

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._ids)

    def __len__(self) -> int:
        return sum(map(len, self._ids))


class Graph:
    """Ties by owner and by owned, and what was odd.

    Attributes:
        ties: as columns.
        shares: what is held, by the numbers in the columns.
        sole: the number of the tie in each company in which there is one.
        several: numbers of the ties in each other company.
        ties_of: numbers of the ties of each owner, by its id.
        held: of each share whether it is, or may be, more than nothing.
        by_owned, by_owner: the same as ties.
    """

    def __init__(
        self,
        ties: Ties,
        sole: dict[str, int],
        several: dict[str, Sequence[int]],
        entities: dict[str, Entity],
        flags: Iterable[Flag],
        notes: Iterable[str],
    ) -> None:
        self.ties, self.shares, self.held = ties, ties.rows.shares, ties.rows.shares.held()
        self.sole, self.several = sole, several
        self.ties_of: dict[str, list[int]] = {}
        ties_of = self.ties_of
        for number, owner in enumerate(ties.owner):
            numbers = ties_of.get(owner)
            if numbers is None:
                ties_of[owner] = [number]
            else:
                numbers.append(number)
        self.by_owned = TiesBy(ties, self.ties_in, sole, several)
        self.by_owner = TiesBy(ties, lambda owner: ties_of.get(owner, ()), ties_of)
        self.entities, self.flags, self.notes = entities, tuple(flags), tuple(notes)

    def ties_in(self, owned: str) -> Sequence[int]:
        """Numbers of the ties in a company."""
        tie = self.sole.get(owned)
        return self.several.get(owned, ()) if tie is None else (tie,)


def graph_on(holdings: Holdings, day: str) -> Graph:
    """The graph of holdings on an ISO day."""
    odd, notes = Odd(list(holdings.flags), [], holdings.keyed), list(holdings.notes)
    rows = HoldingRows.of(holdings.rows)
    kept = _of_day(rows, day)
    if left_out := len(rows) - len(kept):
        whole = counted(len(rows), "holding")
        notes.append(
            f"{left_out} of {whole} {'is' if left_out == 1 else 'are'} not of {day}: left out"
        )
    kept = _of_others(rows, kept, odd.flags)
    owned = list(map(rows.owned.__getitem__, kept)) if len(kept) < len(rows) else rows.owned
    sole = dict(zip(owned, range(len(owned)), strict=True))
    branches = [each for each in holdings.entities.values() if each.branch_of]
    if branches or len(sole) < len(owned):
        groups = _groups(rows, kept, branches, odd)
        return _of_groups(rows, groups, holdings, odd.flags, [*notes, *odd.notes()])
    # Each company is in one row, as in most large files.
    return Graph(Ties(rows, kept, {}), sole, {}, holdings.entities, odd.flags, notes)


def _of_groups(
    rows: HoldingRows,
    groups: dict[str, list[int | Tie]],
    holdings: Holdings,
    flags: list[Flag],
    notes: list[str],
) -> Graph:
    """The graph of what is held in each company, as `_groups` has it."""
    sole: dict[str, int] = {}
    several: dict[str, Sequence[int]] = {}
    placed: list[int] = []
    odd: dict[int, Tie] = {}
    for owned, group in groups.items():
        start = len(placed)
        for member in group:
            if isinstance(member, Tie):
                odd[len(placed)] = member
                placed.append(-1)
            else:
                placed.append(member)
        if len(group) == 1:
            sole[owned] = start
        else:
            several[owned] = range(start, len(placed))
    return Graph(Ties(rows, placed, odd), sole, several, holdings.entities, flags, notes)


def _of_day(rows: HoldingRows, day: str) -> Sequence[int]:
    """Places of the rows that say something of a day."""
    days = [(since, until) for since, until, *_ in rows.sayings]
    stand = [not ((since and day < since) or (until and until <= day)) for since, until in days]
    if all(stand):
        return range(len(rows))
    return [at for at, said in enumerate(rows.said) if stand[said]]


def _of_others(rows: HoldingRows, kept: Sequence[int], flags: list[Flag]) -> Sequence[int]:
    """Places of rows without those in which a company holds itself, which are told."""
    same = {at for at, own in enumerate(map(eq, rows.owner, rows.owned)) if own}
    if not same:
        return kept
    flags.extend(Flag(rows.owner[at], _own_shares(rows[at])) for at in kept if at in same)
    return [at for at in kept if at not in same]


def _groups(
    rows: HoldingRows, kept: Sequence[int], branches: Sequence[Entity], odd: Odd
) -> dict[str, list[int | Tie]]:
    """Of each company what is held in it: places of rows, or ties where no row is one."""
    by_company: dict[str, list[int]] = {}
    for at in kept:
        owned = rows.owned[at]
        places = by_company.get(owned)
        if places is None:
            by_company[owned] = [at]
        else:
            places.append(at)
    groups: dict[str, list[int | Tie]] = {
        owned: [*places] if len(places) == 1 else _each_owner(rows, places, odd)
        for owned, places in by_company.items()
    }
    del by_company  # room for what follows
    for entity in branches:
        groups[entity.id] = _of_branch(rows, entity, groups.get(entity.id, []), odd.flags)
    for owned, group in groups.items():
        if len(group) > 1:
            groups[owned] = _within_the_whole(rows, owned, group, odd.flags)
    return groups


def _own_shares(row: Holding) -> str:
    share = span_text(row.share.lo, row.share.hi)
    return (
        f"holds {share} of itself: left out of the sums; if these shares do not count in the "
        "whole, the shares of the others are larger than the file says"
    )


def _of_branch(
    rows: HoldingRows, entity: Entity, held: list[int | Tie], flags: list[Flag]
) -> list[int | Tie]:
    """A branch is its company: what rows say that this one holds of it is not added to that."""
    others: list[int | Tie] = []
    of_company = False
    for each in held:
        owner = each.owner if isinstance(each, Tie) else rows.owner[each]
        if owner == entity.branch_of:
            of_company = True
        else:
            others.append(each)
    if held:
        own = [f"those of {entity.branch_of} are left out"] if of_company else []
        told = " and ".join([*own, *(["those of others count"] if others else [])])
        flags.append(
            Flag(
                entity.id,
                f"is given as a branch of {entity.branch_of}, and nobody holds shares of a branch, "
                f"but rows tell of some: {told}",
            )
        )
    share = Share(WHOLE, WHOLE)
    branch = Tie(entity.branch_of, entity.id, (share, share, share), False, (), branch=True)
    return [*others, branch]


def _each_owner(rows: HoldingRows, places: list[int], odd: Odd) -> list[int | Tie]:
    """What each owner holds of one company, from the rows that tell of it."""
    by_owner: dict[str, list[int]] = {}
    for at in places:
        by_owner.setdefault(rows.owner[at], []).append(at)
    return [
        told[0] if len(told) == 1 else _tie(list(map(rows.__getitem__, told)), odd)
        for told in by_owner.values()
    ]


def _lone(row: Holding) -> Tie:
    """The tie of which one row tells."""
    owner, owned, share, _, _, _, _, board, votes, contract = row
    # All fields are given, so the tuple is made as it is: there are hundreds of thousands.
    return tuple.__new__(Tie, (owner, owned, (share, votes, board), contract, (row,), False))


def _tie(rows: list[Holding], odd: Odd) -> Tie:
    """The tie of several rows."""
    first = rows[0]
    by_key = _by_key(rows)
    if len(set(rows)) < len(rows):
        what = f"what {first.owner} holds stands in several rows that are the same: counted once"
        odd.flags.append(Flag(first.owned, odd.advised(what, ADD_UP)))
    summed = tuple(_summed(by_key, kind, odd) for kind in range(len(KINDS)))
    contract = any(row.contract for row in rows)
    return Tie(first.owner, first.owned, (summed[0], summed[1], summed[2]), contract, tuple(rows))


def _by_key(rows: Iterable[Holding]) -> dict[str, list[Holding]]:
    """Rows of one holding together, those without a key too."""
    found: dict[str, list[Holding]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def _summed(
    by_key: dict[str, list[Holding]], kind: int, odd: Odd, least: bool = False
) -> Share | None:
    """Holdings of different keys added; rows without a key may be the whole of them.

    Where sources differ the largest counts, or the ``least``.
    """
    told = {
        key: pairs
        for key, rows in by_key.items()
        if (pairs := [(row, share) for row in rows if (share := _kinds(row)[kind]) is not None])
    }
    if not told:
        return None
    parts = {key: _once(pairs, odd, least) for key, pairs in told.items()}
    keyed = [share for key, share in parts.items() if key]
    bare = parts.get("")
    if not keyed:
        return bare
    added = Share(
        total(share.lo for share in keyed),
        min(WHOLE, total(share.hi for share in keyed)),
        total(share.slack for share in keyed),
    )
    every = [pair for pairs in told.values() for pair in pairs]
    if added.lo > WHOLE:
        added = Share(WHOLE, WHOLE)
        row, _ = every[0]
        odd.flags.append(Flag(row.owned, f"the holdings of {row.owner} in it exceed 100%"))
    if bare is None:
        return added
    if added.lo > bare.hi:
        odd.flags.append(_differing(every, added, bare, odd))
        return _farthest((added, bare), least)
    if bare.known:
        _tell_one(every, odd)
    elif added.lo and added.lo < WHOLE:
        odd.flags.append(_at_least(every, added.lo, odd))
    # What is told of the whole holds for the blocks that are named and for any others.
    slack = bare.slack if bare.lo >= added.lo else added.slack
    return Share(max(added.lo, bare.lo), bare.hi, slack)


def _kinds(row: Holding) -> tuple[Share | None, Share | None, Share | None]:
    """What a row says of each kind of holding, in the order of ``KINDS``."""
    return row.share, row.votes, row.board


def _once(told: list[tuple[Holding, Share]], odd: Odd, least: bool) -> Share:
    """One holding told by several rows: what they agree on, else the largest, with a flag.

    Of rows without a key one may tell of more than another, so that an unknown share is added to
    what is known: at the least nothing. A key says that they tell of one.
    """
    known = [share for _, share in told if share.known]
    if not known:
        return told[0][1]
    row, _ = told[0]
    lo, hi = max(share.lo for share in known), min(share.hi for share in known)
    if lo <= hi:
        found = Share(lo, hi, min(share.slack for share in known))
        if not row.key:
            _tell_one([each for each in told if each[1].known], odd)
    else:
        described = ", ".join(sorted({span_text(share.lo, share.hi) for share in known}))
        what = (
            f"the sources differ on what {row.owner} holds ({described}): the largest is taken, "
            "and nothing is added"
        )
        odd.flags.append(Flag(row.owned, odd.advised(what, ADD_UP)))
        found = _farthest(known, least)
    if row.key or len(known) == len(told) or found.lo == WHOLE:
        return found
    odd.flags.append(_at_least(told, found.lo, odd))
    return found._replace(hi=WHOLE)


def _tell_one(told: list[tuple[Holding, Share]], odd: Odd) -> None:
    """Tell that rows which agree are taken for one holding, where they could be several.

    One source that tells a holding twice may mean two; of several each may tell of it.
    """
    rows = dict.fromkeys(row for row, _ in told)
    if len(rows) < 2 or not any(share.hi for _, share in told):
        return
    (first, *_), tellers = rows, {LINE.sub("", row.source) for row in rows}
    if len(tellers) == len(rows):
        odd.agreed.append(f"{first.owner} in {first.owned} ({_in_words(told)})")
        return
    why = f"what {first.owner} holds stands in several rows that agree ({_in_words(told)})"
    odd.flags.append(Flag(first.owned, odd.advised(f"{why}: taken for one holding", ADD_UP)))


def _at_least(told: list[tuple[Holding, Share]], least: Fraction, odd: Odd) -> Flag:
    row, _ = told[0]
    what = (
        f"what {row.owner} holds is known in one row and unknown in another ({_in_words(told)}): "
        f"at least {percent(least)} is counted, and the unknown share may come on top"
    )
    return Flag(row.owned, odd.advised(what, ONE_KEY))


def _differing(told: list[tuple[Holding, Share]], added: Share, bare: Share, odd: Odd) -> Flag:
    row, _ = told[0]
    blocks, whole = span_text(added.lo, added.hi), span_text(bare.lo, bare.hi)
    what = (
        f"the blocks that {row.owner} holds add up to {blocks}, and a row without a key says "
        f"{whole} ({_in_words(told)}): the larger is taken, and nothing is added"
    )
    return Flag(row.owned, odd.advised(what, ADD_UP))


def _in_words(told: Iterable[tuple[Holding, Share]]) -> str:
    """The rows of a holding, each by its share and by what tells it from the others."""
    return ", ".join(
        " ".join(
            each
            for each in (
                span_text(share.lo, share.hi),
                row.source and f"by {row.source}",
                row.key and f"under key {row.key}",
                row.since and f"from {row.since}",
                row.until and f"until {row.until}",
            )
            if each
        )
        for row, share in dict.fromkeys(told)
    )


def _farthest(shares: Iterable[Share], least: bool) -> Share:
    return (min if least else max)(shares, key=lambda share: (share.lo, share.hi))


def _left_by(tie: Tie, kind: int) -> Fraction:
    """What an owner has at the least by any source: what it may not have, others may."""
    share = tie.shares[kind]
    if share is None:
        return ZERO
    if len(tie.rows) < 2:
        return share.lo
    told = _summed(_by_key(tie.rows), kind, Odd([], []), least=True)
    return min(share.lo, told.lo) if told else share.lo


def equity(tie: Tie) -> Share:
    """What a tie gives of the equity, of which every row of a file tells."""
    share = tie.shares[0]
    assert share is not None, tie
    return share


def _within_the_whole(
    rows: HoldingRows, owned: str, group: list[int | Tie], flags: list[Flag]
) -> list[int | Tie]:
    """Nobody can hold more than what the others leave: upper ends of ranges are cut to that."""
    places = [each for each in group if isinstance(each, int)]
    shares, sayings = rows.shares, rows.sayings
    held = [rows.share[at] for at in places]
    if (
        len(places) == len(group)
        and shares.ranges.isdisjoint(held)
        and all(sayings[said][4:6] == (None, None) for said in {rows.said[at] for at in places})
    ):
        # As most are: numbers, of the equity alone.
        known = [shares.share(each).lo for each in held]
        if compared(known, WHOLE) > 0:
            flags.append(_too_much(owned, KINDS[0], known))
        return group
    ties = [each if isinstance(each, Tie) else _lone(rows[each]) for each in group]
    cut = _cut(owned, ties, flags)
    return [
        place if tie is before else tie for place, before, tie in zip(group, ties, cut, strict=True)
    ]


def _too_much(owned: str, kind: str, held: list[Fraction]) -> Flag:
    what = {"share": "holdings", "votes_share": "votes", "board_share": "seats"}[kind]
    return Flag(owned, f"the {what} in it add up to {percent(summed(held)[0])}, above 100%")


def _cut(owned: str, ties: list[Tie], flags: list[Flag]) -> list[Tie]:
    """Ties with the upper ends of their ranges cut, each kind of holding by itself."""
    for kind, name in enumerate(KINDS):
        known = [
            (place, share)
            for place, tie in enumerate(ties)
            if (share := tie.shares[kind]) is not None and not tie.branch
        ]
        if not known:
            continue
        held = [share.lo for _, share in known]
        if compared(held, WHOLE) > 0:
            flags.append(_too_much(owned, name, held))
            continue
        ranges = [
            (place, share)
            for place, share in known
            if share.lo is not share.hi and share.lo != share.hi
        ]
        if not ranges:
            continue
        ties = list(ties)
        least = {place: _left_by(ties[place], kind) for place, _ in known}
        others, _ = summed(least.values())
        for place, share in ranges:
            hi = min(share.hi, WHOLE - (others - least[place]))
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
