"""Companies that an answer about owners tells of, a row each: as a dictionary, or as its JSON.

There may be hundreds of thousands. Written as JSON no dictionary is made, since most rows differ
in nothing but ids: what follows the ids is made once for all holdings that are alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, groupby, islice, repeat
from json import loads
from json.encoder import JSONEncoder
from json.encoder import encode_basestring as _quoted
from operator import itemgetter

from detente._shapes import TYPE_CHECKING
from detente.parties.ownership.found import Coverings, Findings, WholeTies
from detente.parties.ownership.graph import KINDS, Graph, Tie, sources_of
from detente.parties.ownership.model import Entity, Holding
from detente.parties.ownership.paths import OwnerPaths
from detente.parties.ownership.requirement import Requirements
from detente.parties.ownership.shares import UNKNOWN, WHOLE, Share, decimal_text, is_decimal

if TYPE_CHECKING:
    from typing import Any

    from detente.answers.owners import Counted, OwnedCompany, Step

    Alike = tuple[str, tuple[str, str, bool], int]
    """What rows have in common: requirement; days and control by contract; steps of the way."""

UNNAMED = Entity("")
"""What is known of a company that no file of entities names."""

MOST_TEXTS = 20_000
"""Texts of holdings that are kept while rows are written."""

MANY_OWNERS = 1_000
"""Owners of one company beyond which its text is written piece by piece."""

PIECE = 1_000
"""Members of a list in such a piece."""

_CUT = "\0"
"""What stands in a text for such pieces, a sign that JSON writes another way."""

_COMPANY, _NAME, _COUNTRY, _OWNER, _TIER, _LOW, _HIGH, _EXACT, _SOURCES = (
    f"\0{each}\0" for each in "cnpotlhes"
)
"""What stands for that in which companies differ that are alike otherwise."""

_NO_SHARE = ', "share": "unknown", "share_to": null'
"""How the JSON of a holding tells of its share where nothing is known."""

_encode = JSONEncoder(ensure_ascii=False).encode


class OwnedRows(Sequence["OwnedCompany"]):
    """Companies under the keys of the interface, each made when it is read."""

    def __init__(
        self,
        ways: OwnerPaths,
        graph: Graph,
        found: Findings,
        ids: list[str],
        required: Requirements,
        on_demand: bool,
    ) -> None:
        """Put the companies in order, and say of which the ways are written out.

        Args:
            ways: down to each of them.
            graph: the holdings of the day.
            found: what is held in the companies.
            ids: of these that are told, in order.
            required: what is required of each, by id.
            on_demand: whether rows are made as they are read, and none is kept.
        """
        tiers = found.tiers
        self._ids = sorted(ids, key=tiers.__getitem__) if len(set(map(tiers.get, ids))) > 1 else ids
        self._found, self._ways, self._graph, self._required = found, ways, graph, required
        self._on_demand = on_demand
        self._alike = _CompanyRows(ways, graph, found, required)
        ways.choose(found.counting(self._ids))

    def as_list(self) -> list[OwnedCompany]:
        """The rows as a list; on demand these very ones, which are read as a list is."""
        return self if self._on_demand and self._ids else list(self)  # type: ignore[return-value]

    def brief(self, companies: int, owners: int) -> list[tuple[OwnedCompany, int]]:
        """The first companies, each with its first owners and their ways, and how many it has.

        Of one that hundreds of thousands own no more is made than a person reads.
        """
        found = ((each, self._found[each]) for each in self._ids[:companies])
        return [
            (
                _row(self._ways, self._graph, row._replace(ties=row.ties[:owners]),
                     self._required[each]),
                len(row.ties),
            )
            for each, row in found
        ]  # fmt: skip

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, at: Any) -> Any:
        """A company by its place, or a list of those of a slice."""
        if isinstance(at, slice):
            return list(map(self._row, self._ids[at]))
        return self._row(self._ids[at])

    def __iter__(self) -> Iterator[OwnedCompany]:
        return map(self._row, self._ids)

    def _row(self, each: str) -> OwnedCompany:
        return _row(self._ways, self._graph, self._found[each], self._required[each])

    def cells(self, names: Sequence[str]) -> Iterator[Iterable[object]]:
        """The rows as cells of a table; lists of objects may be their JSON already.

        Args:
            names: keys of the interface, a column each.
        """
        for key, ids in self._runs():
            if key is None:
                rows = map(self._row, ids)
                yield from ([row[name] for name in names] for row in rows)  # type: ignore[literal-required]
            else:
                columns = self._alike.cells(key, ids)
                yield from zip(*map(columns.__getitem__, names), strict=True)

    def json_texts(self, between: str) -> Iterator[str]:
        """The rows as JSON, in pieces, with what stands between two of them.

        No row is built to be written, and of a company that hundreds of thousands own no text.
        """
        texts, before = _RowTexts(self._ways, self._graph), ""
        for key, ids in self._runs():
            if key is not None:
                yield before + between.join(self._alike.texts(key, ids))
                before = between
                continue
            for each in ids:
                yield before
                yield from texts.pieces(self._found[each], self._required[each])
                before = between

    def _runs(self) -> Iterator[tuple[Alike | None, list[str]]]:
        """Some rows at a time that are alike, with what they have in common."""
        rows = zip(self._alike.keys(self._ids), self._ids, strict=True)
        for key, run in groupby(rows, key=itemgetter(0)):
            ids = map(itemgetter(1), run)
            while some := list(islice(ids, PIECE)):
                yield key, some


def _row(walked: OwnerPaths, graph: Graph, row: Coverings, required: str) -> OwnedCompany:
    """One company, under the keys of the interface and some more."""
    entity = graph.entities.get(row.id)
    ways, link = walked.of(row), walked.link(row.id)
    return {
        "id": row.id,
        "name": entity.name if entity is not None else "",
        "country": entity.country if entity is not None else "",
        "tier": row.tier,
        "share": _ends(row.lo, row.hi),
        "kind": row.kind,
        "because": [_because(row.kind, tie, counted) for tie, counted in row.ties],
        "via": link.owner if link is not None else None,
        "paths": [[way[0].owner, *(tie.owned for tie in way)] for way in ways],
        "holdings": [[_step(tie, walked.kind_of(tie)) for tie in way] for way in ways],
        "requirement": required,
        "share_exact": _exact_ends(row.lo, row.hi),
        "branch_of": entity.branch_of or None if entity is not None else None,
    }


def _ends(lo: Fraction, hi: Fraction) -> list[str]:
    return [decimal_text(lo), decimal_text(hi, up=True)]


def _exact_ends(lo: Fraction, hi: Fraction) -> list[str] | None:
    return None if is_decimal(lo) and is_decimal(hi) else [str(lo), str(hi)]


def _because(decisive: str, tie: Tie, counted: Fraction) -> Counted:
    """One owner that counts: what it holds of the decisive kind, who says so, since when."""
    kind = KINDS.index(decisive) if decisive in KINDS else 0
    share, to = _share(tie.shares[kind])
    since, until = _days(tie)
    return {
        "owner": tie.owner,
        "share": share,
        "share_to": to,
        "sources": sources_of(tie.rows),
        "from": since,
        "until": until,
        "counted": None if counted == 1 else decimal_text(counted),
        "branch": bool(tie.branch),
        "contract_control": bool(tie.contract),
    }


def _days(tie: Tie) -> tuple[str | None, str | None]:
    """The day from which all rows of a holding say it, and the first on which one ends."""
    if len(tie.rows) == 1:
        return tie.rows[0].since or None, tie.rows[0].until or None
    since = max([each.since for each in tie.rows], default="") or None
    return since, min([each.until for each in tie.rows if each.until], default=None)


def _step(tie: Tie, kind: str) -> Step:
    """One holding on a path, by the kind that leads down."""
    share, to = _share(tie.shares[KINDS.index(kind)])
    return {
        "owner": tie.owner,
        "owned": tie.owned,
        "share": share,
        "share_to": to,
        "sources": sources_of(tie.rows),
        "kind": kind,
    }


def _share(share: Share | None) -> tuple[str, str | None]:
    """A share as text; an unknown one says so, a range has its upper end beside it."""
    if share is None or (not share.lo and share.hi):
        return "unknown", None if share is None else _up(share)
    same = share.lo is share.hi or share.lo == share.hi
    return decimal_text(share.lo), None if same else _up(share)


def _up(share: Share) -> str:
    return decimal_text(share.hi, up=True)


class _RowTexts:
    """The JSON of rows, letter for letter what encoding their dictionaries would give.

    Fractions and shares are known by identity: what holds the rows keeps them alive. Of what
    differs in most rows the last text alone is kept, which stands in one row several times.
    """

    def __init__(self, ways: OwnerPaths, graph: Graph) -> None:
        self._ways, self._graph = ways, graph
        self._shares: dict[tuple[int, int], tuple[str, str]] = {}
        self._alike: dict[tuple[str, str, str, bool], tuple[str, str]] = {}
        self._by_number: dict[tuple[int, int], tuple[str, str]] = {}
        self._told: dict[int, str] = {}
        self._steps: dict[int, str] = {}
        self._owner, self._owner_text = "", _quoted("")
        self._last: Tie | None = None
        self._behind_last = "", ""

    def pieces(self, row: Coverings, required: str) -> Iterable[str]:
        """The text of a company, in pieces where many owners count; see `_row`."""
        quoted, share = _quoted(row.id), self._share(row.lo, row.hi)
        if len(row.ties) <= MANY_OWNERS:
            because = ", ".join(self._all_because(row))
            texts = (because, *self._written(self._ways.of(row), quoted))
            return (self._text(row, quoted, required, share, *texts),)
        parts = self._text(row, quoted, required, share, *[_CUT] * 3).split(_CUT)
        lists = map(_separated, self._of_many(row, quoted))
        between = chain.from_iterable(zip(([part] for part in parts), lists, strict=False))
        return chain(chain.from_iterable(between), parts[-1:])

    def _of_many(self, row: Coverings, company: str) -> tuple[Iterable[str], ...]:
        """Owners that count, ways as ids and ways as holdings, of a company of very many."""
        if not isinstance(row.ties, WholeTies):
            of_row = self._ways.of(row)
            return self._all_because(row), map(_path, of_row), map(self._way, of_row)
        numbers, ties, through = row.ties.numbers, self._graph.ties, self._ways.through
        owner = ties.owner
        because = (
            f'{{"owner": {_quoted(owner[at])}{behind[0]}'
            if behind
            else _encode(_because(row.kind, ties[at], WHOLE))
            for at, behind in self._numbered(numbers)
        )
        paths = (
            f"[{_quoted(owner[way])}, {company}]" if isinstance(way, int) else _path(way)
            for way in through(row.id, numbers)
        )
        ways = (
            f'[{{"owner": {_quoted(owner[at])}, "owned": {company}{behind[1]}]'
            if behind
            else self._way([ties[at]] if isinstance(at, int) else at)
            for at, behind in self._numbered(through(row.id, numbers))
        )
        return because, paths, ways

    def _numbered(
        self, ways: Iterable[int | list[Tie]]
    ) -> Iterator[tuple[Any, tuple[str, str] | None]]:
        """Ties by their numbers, or ways, each with what `_behind` gives of a tie; None of others.

        No tie is made; ranges, odd ties and ways are left to others.
        """
        ties, ranges, ways = self._graph.ties, self._graph.shares.ranges, iter(ways)
        share, row, said = ties.share, ties.row, ties.rows.said
        last, texts = None, ("", "")
        for way in ways:
            if not isinstance(way, int) or row[way] < 0 or share[way] in ranges:
                yield way, None
                continue
            alike = share[way], said[row[way]]
            if alike != last:
                last, texts = alike, self._of_numbers(*alike)
            yield way, texts

    def _of_numbers(self, number: int, said: int) -> tuple[str, str]:
        """What `_behind` gives of a holding, by the numbers of its share and of what it says."""
        texts = self._by_number.get((number, said))
        if texts is None:
            _make_room(self._by_number)
            saying = self._graph.ties.rows.sayings[said]
            alike = self._said_alike(Holding("", "", UNKNOWN, *saying), saying[-1])
            (low,), _, _ = self._graph.shares.decimals((number,))
            stated = f', "share": "{low}", "share_to": null'
            texts = self._by_number[number, said] = stated + alike[0], stated + alike[1]
        return texts

    def _text(
        self,
        row: Coverings,
        quoted: str,
        required: str,
        share: tuple[str, str],
        because: str,
        paths: str,
        holdings: str,
    ) -> str:
        entity, link = self._graph.entities.get(row.id, UNNAMED), self._ways.link(row.id)
        via = self._quoted(link.owner) if link is not None else "null"
        branch = _quoted(entity.branch_of) if entity.branch_of else "null"
        known = _quoted(entity.name), _quoted(entity.country), branch
        return _row_text(
            quoted, known, str(row.tier), share, row.kind, because, via, paths, holdings, required
        )

    def _quoted(self, owner: str) -> str:
        """The id of an owner, who is likely to own the next company too."""
        if owner is not self._owner:
            self._owner, self._owner_text = owner, _quoted(owner)
        return self._owner_text

    def _share(self, lo: Fraction, hi: Fraction) -> tuple[str, str]:
        """What is held as decimals, and as fractions where those are not exact."""
        ends = id(lo), id(hi)
        texts = self._shares.get(ends)
        if texts is None:
            _make_room(self._shares)
            exact = _exact_ends(lo, hi)
            told = "null" if exact is None else _encode(exact)
            texts = self._shares[ends] = _encode(_ends(lo, hi)), told
        return texts

    def _all_because(self, row: Coverings) -> Iterator[str]:
        return (self._because(row.kind, tie, counted) for tie, counted in row.ties)

    def _because(self, kind: str, tie: Tie, counted: Fraction) -> str:
        if len(tie.rows) != 1 or counted is not WHOLE or kind != KINDS[0]:
            return _encode(_because(kind, tie, counted))
        return f'{{"owner": {self._quoted(tie.owner)}{self._behind(tie)[0]}'

    def _written(self, ways: list[list[Tie]], company: str) -> tuple[str, str]:
        """Ways to a company as ids, and as holdings."""
        if not ways:
            return "", ""
        if len(ways) == 1 and len(ways[0]) == 1 and self._is_plain(tie := ways[0][0]):
            owner, behind = self._quoted(tie.owner), self._behind(tie)[1]
            step = f'{{"owner": {owner}, "owned": {company}{behind}'
            return f"[{owner}, {company}]", f"[{step}]"
        return ", ".join(map(_path, ways)), ", ".join(map(self._way, ways))

    def _way(self, way: list[Tie]) -> str:
        if len(way) == 1:
            return f"[{self._step(way[0])}]"
        return f"[{', '.join(map(self._step_again, way))}]"

    def _step_again(self, tie: Tie) -> str:
        """A holding of a long way, which is likely to stand on the next one too."""
        text = self._steps.get(id(tie))
        if text is None:
            _make_room(self._steps)
            text = self._steps[id(tie)] = self._step(tie)
        return text

    def _is_plain(self, tie: Tie) -> bool:
        """Whether one row tells of a holding, and its equity leads down."""
        return len(tie.rows) == 1 and self._ways.kind_of(tie) == KINDS[0]

    def _step(self, tie: Tie) -> str:
        if not self._is_plain(tie):
            return _encode(_step(tie, self._ways.kind_of(tie)))
        ids = f'"owner": {_quoted(tie.owner)}, "owned": {_quoted(tie.owned)}'
        return f"{{{ids}{self._behind(tie)[1]}"

    def _behind(self, tie: Tie) -> tuple[str, str]:
        """What stands behind the ids of a holding of one row: of an owner, and on a way."""
        if tie is self._last:
            return self._behind_last
        texts = self._said_alike(tie.rows[0], tie.contract)
        stated = self._stated(tie.shares[0])
        self._last, self._behind_last = tie, (stated + texts[0], stated + texts[1])
        return self._behind_last

    def _said_alike(self, row: Holding, contract: bool) -> tuple[str, str]:
        """What follows on the share in the JSON of an owner, and of a holding on a way."""
        alike = row.since, row.until, row.source, contract
        texts = self._alike.get(alike)
        if texts is None:
            _make_room(self._alike)
            nobody = Tie("", "", (None, None, None), contract, (row,))
            texts = self._alike[alike] = (
                _encode(_because(KINDS[0], nobody, WHOLE)).partition(_NO_SHARE)[2],
                _encode(_step(nobody, KINDS[0])).partition(_NO_SHARE)[2],
            )
        return texts

    def _stated(self, share: Share | None) -> str:
        """What a holding gives, as its JSON tells of it."""
        text = self._told.get(id(share))
        if text is None:
            _make_room(self._told)
            low, high = _share(share)
            text = f', "share": "{low}", "share_to": {"null" if high is None else _quoted(high)}'
            self._told[id(share)] = text
        return text


class _CompanyRows:
    """The JSON of companies of which one row of a file says all: who holds how much of them.

    Such rows differ in ids, tier, share and source alone: what stands between these is made once
    for all that are alike, and texts are put together a column at a time.
    """

    def __init__(
        self, ways: OwnerPaths, graph: Graph, found: Findings, required: Requirements
    ) -> None:
        self._ways, self._graph, self._found, self._required = ways, graph, found, required
        self._sources: dict[int, str] = {}
        self._parts: dict[Alike, tuple[list[str], ...]] = {}

    def keys(self, ids: Sequence[str]) -> Iterator[Alike | None]:
        """What each row has in common with others; None if it is not one row of a file."""
        graph, ties, others = self._graph, self._graph.ties, self._found.others
        sole, ranges = graph.sole, graph.shares.ranges
        share, rows, said, required = ties.share, ties.row, ties.rows.said, self._required
        days = [(since, until, sure) for since, until, _, _, _, _, sure in ties.rows.sayings]
        # The last tie for none, which is passed over.
        numbers = [-1 if each in others else sole[each] for each in ids]
        owners = list(map(ties.owner.__getitem__, numbers))
        last, text = None, ""
        for owner, tie, step in zip(owners, numbers, self._ways.steps(owners, ids), strict=True):
            row = rows[tie]
            if tie < 0 or row < 0 or not 0 <= step <= 1 or share[tie] in ranges:
                yield None
                continue
            if owner is not last:
                last, text = owner, required.through(owner)
            yield text, days[said[row]], step

    def texts(self, key: Alike, ids: list[str]) -> Iterator[str]:
        """The rows of companies with one key, as JSON."""
        return _filled(self._made(key)[0], self._columns(ids))

    def cells(self, key: Alike, ids: list[str]) -> dict[str, Iterable[object]]:
        """The same as columns of a table, lists of objects as their JSON."""
        columns, entities = self._columns(ids), self._graph.entities
        required, _, steps = key
        because, paths, holdings = (_filled(parts, columns) for parts in self._made(key)[1:])
        numbers = map(self._graph.sole.__getitem__, ids)
        ends = zip(columns[_LOW], columns[_HIGH], strict=True)
        exact = columns[_EXACT]
        return {
            "id": ids,
            "name": [entities.get(each, UNNAMED).name for each in ids],
            "country": [entities.get(each, UNNAMED).country for each in ids],
            "tier": map(self._found.tiers.__getitem__, ids),
            "share": map(list, ends),
            "kind": repeat(KINDS[0], len(ids)),
            "because": because,
            "via": map(self._graph.ties.owner.__getitem__, numbers),
            "paths": paths if steps else ([] for _ in ids),
            "holdings": holdings if steps else ([] for _ in ids),
            "requirement": repeat(required, len(ids)),
            "share_exact": (None if each == "null" else loads(each) for each in exact),
            "branch_of": repeat(None, len(ids)),
        }

    def _columns(self, ids: list[str]) -> dict[str, list[str]]:
        """What differs in rows, by the sign that stands for it."""
        ties, shares = self._graph.ties, self._graph.shares
        numbers = list(map(self._graph.sole.__getitem__, ids))
        low, high, exact = shares.decimals(list(map(ties.share.__getitem__, numbers)))
        said = map(ties.rows.said.__getitem__, map(ties.row.__getitem__, numbers))
        known = [self._graph.entities.get(each, UNNAMED) for each in ids]
        return {
            _COMPANY: list(map(_quoted, ids)),
            _NAME: [_quoted(each.name) for each in known],
            _COUNTRY: [_quoted(each.country) for each in known],
            _OWNER: list(map(_quoted, map(ties.owner.__getitem__, numbers))),
            _TIER: list(map(str, map(self._found.tiers.__getitem__, ids))),
            _LOW: low,
            _HIGH: high,
            _EXACT: [_encode([each, each]) if each else "null" for each in exact],
            _SOURCES: list(map(self._of_sources, said)),
        }

    def _made(self, key: Alike) -> tuple[list[str], ...]:
        """The parts of rows with one key, and of the lists in them."""
        parts = self._parts.get(key)
        if parts is None:
            _make_room(self._parts)
            parts = self._parts[key] = tuple(map(_in_parts, _texts_alike(key)))
        return parts

    def _of_sources(self, said: int) -> str:
        text = self._sources.get(said)
        if text is None:
            _make_room(self._sources)
            source = self._graph.ties.rows.sayings[said][2]
            text = self._sources[said] = _encode([source] if source else [])
        return text


def _filled(parts: list[str], columns: dict[str, list[str]]) -> Iterator[str]:
    """Texts of parts that are the same in each, and of what a sign stands for."""
    return map("".join, zip(*[columns.get(part, repeat(part)) for part in parts], strict=False))


def _in_parts(text: str) -> list[str]:
    """A text in parts: what differs stands between two signs, so it is every other one."""
    pieces = text.split(_CUT)
    pieces[1::2] = [f"{_CUT}{each}{_CUT}" for each in pieces[1::2]]
    return pieces


def _texts_alike(key: Alike) -> tuple[str, str, str, str]:
    """The row of a company of which one row says all, with signs for what differs.

    And its lists: the owners that count, and the ways as ids and as holdings.
    """
    required, (since, until, contract), steps = key
    share = f'"share": "{_LOW}", "share_to": null, "sources": {_SOURCES}'
    said = _encode({"from": since or None, "until": until or None, "counted": None})[1:-1]
    because = (
        f'{{"owner": {_OWNER}, {share}, {said}, "branch": false, '
        f'"contract_control": {_encode(contract)}}}'
    )
    step = f'[{{"owner": {_OWNER}, "owned": {_COMPANY}, {share}, "kind": "{KINDS[0]}"}}]'
    path, way = (f"[{_OWNER}, {_COMPANY}]", step) if steps else ("", "")
    ends = f'["{_LOW}", "{_HIGH}"]', _EXACT
    # A branch of another company is no row of a file.
    known = _NAME, _COUNTRY, "null"
    text = _row_text(_COMPANY, known, _TIER, ends, KINDS[0], because, _OWNER, path, way, required)
    return text, f"[{because}]", f"[{path}]", f"[{way}]"


def _row_text(
    quoted: str,
    known: tuple[str, str, str],
    tier: str,
    share: tuple[str, str],
    kind: str,
    because: str,
    via: str,
    paths: str,
    holdings: str,
    required: str,
) -> str:
    """The JSON of a company, of the JSON of its parts; lists without their brackets.

    What is ``known`` of it is its name, its country, and the company that it is a branch of.
    """
    (ends, exact), (name, country, branch) = share, known
    return (
        f'{{"id": {quoted}, "name": {name}, "country": {country}, '
        f'"tier": {tier}, "share": {ends}, "kind": "{kind}", "because": [{because}], '
        f'"via": {via}, "paths": [{paths}], "holdings": [{holdings}], '
        f'"requirement": {_quoted(required)}, "share_exact": {exact}, "branch_of": {branch}}}'
    )


def _path(way: list[Tie]) -> str:
    """A way as the ids on it."""
    return f"[{', '.join(map(_quoted, (way[0].owner, *[tie.owned for tie in way])))}]"


def _separated(texts: Iterable[str]) -> Iterator[str]:
    """Members of a list, many at a time, with what stands between them."""
    texts, comma = iter(texts), ""
    while some := ", ".join(islice(texts, PIECE)):
        yield comma + some
        comma = ", "


def _make_room(texts: dict[Any, Any]) -> None:
    if len(texts) >= MOST_TEXTS:
        texts.clear()
