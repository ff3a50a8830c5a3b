"""Companies that an answer about owners tells of, a row each: as a dictionary, or as its JSON.

There may be hundreds of thousands. Written as JSON no dictionary is made, since most rows differ
in nothing but ids: what follows the ids is made once for all holdings that are alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, islice
from json.encoder import JSONEncoder
from json.encoder import encode_basestring as _quoted
from operator import itemgetter

from detente._shapes import TYPE_CHECKING
from detente.parties.ownership.found import Coverings
from detente.parties.ownership.graph import KINDS, Graph, Tie, sources_of
from detente.parties.ownership.model import Entity
from detente.parties.ownership.paths import OwnerPaths
from detente.parties.ownership.shares import WHOLE, Share, decimal_text, is_decimal

if TYPE_CHECKING:
    from typing import Any

    from detente.answers.owners import Counted, OwnedCompany, Step

UNNAMED = Entity("")
"""What is known of a company that no file of entities names."""

MOST_TEXTS = 20_000
"""Texts of holdings that are kept while rows are written."""

MANY_OWNERS = 1_000
"""Owners of one company beyond which its text is written piece by piece."""

PIECE = 1_000
"""Members of a list in such a piece."""

_CUT, _COMPANY, _SHARE, _OWNER, _TIER = "\0\1\2\3\4"
"""What stands in a text for such pieces, and for what differs from company to company: signs that
JSON writes another way."""

_NO_SHARE = ', "share": "unknown", "share_to": null'
"""How the JSON of a holding tells of its share where nothing is known."""

_encode = JSONEncoder(ensure_ascii=False).encode


class OwnedRows(Sequence["OwnedCompany"]):
    """Companies under the keys of the interface, each made when it is read."""

    def __init__(
        self,
        ways: OwnerPaths,
        graph: Graph,
        found: list[Coverings],
        required: dict[str, str],
        on_demand: bool,
    ) -> None:
        """Put the companies in order, and say of which the ways are written out.

        Args:
            ways: down to each of them.
            graph: the holdings of the day.
            found: the companies, in order of their ids.
            required: what is required of each, by id.
            on_demand: whether rows are made as they are read, and none is kept.
        """
        self._found = sorted(found, key=itemgetter(1))  # by tier
        self._ways, self._graph, self._required = ways, graph, required
        self._on_demand = on_demand
        ways.choose(self._found)

    def as_list(self) -> list[OwnedCompany]:
        """The rows as a list; on demand these very ones, which are read as a list is."""
        return self if self._on_demand and self._found else list(self)  # type: ignore[return-value]

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, at: Any) -> Any:
        """A company by its place, or a list of those of a slice."""
        if isinstance(at, slice):
            return list(map(self._row, self._found[at]))
        return self._row(self._found[at])

    def __iter__(self) -> Iterator[OwnedCompany]:
        return map(self._row, self._found)

    def _row(self, row: Coverings) -> OwnedCompany:
        return _row(self._ways, self._graph, row, self._required[row.id])

    def json_lines(self) -> Iterator[Iterable[str]]:
        """The rows as JSON, each the pieces of its text, made as they are read.

        No row is built to be written, and of a company that hundreds of thousands own no text.
        """
        texts = _RowTexts(self._ways, self._graph)
        for row in self._found:
            yield texts.pieces(row, self._required[row.id])


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
        "holdings": [[_step(tie) for tie in way] for way in ways],
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
    kind = {"votes_share": 1, "board_share": 2}.get(decisive, 0)
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


def _step(tie: Tie) -> Step:
    """One holding on a path."""
    share, to = _share(tie.shares[0])
    return {
        "owner": tie.owner,
        "owned": tie.owned,
        "share": share,
        "share_to": to,
        "sources": sources_of(tie.rows),
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
        self._told: dict[int, str] = {}
        self._steps: dict[int, str] = {}
        self._required = self._required_text = self._decided_text = ""
        self._owner, self._owner_text = "", _quoted("")
        self._decided: Fraction | None = None
        self._last: Tie | None = None
        self._behind_last = "", ""
        self._held_alone: dict[tuple[str | bool, ...], str] = {}

    def pieces(self, row: Coverings, required: str) -> Iterable[str]:
        """The text of a company, in pieces where many owners count; see `_row`."""
        quoted, ways = _quoted(row.id), self._ways.of(row)
        if self._is_held_alone(row, ways):
            return (self._alone(row, quoted, required, ways),)
        because = [] if len(row.ties) > MANY_OWNERS else list(self._all_because(row))
        if because or not row.ties:
            texts = (", ".join(because), *self._written(ways, quoted))
            return (self._text(row, quoted, str(row.tier), required, *texts),)
        parts = self._text(row, quoted, str(row.tier), required, *[_CUT] * 3).split(_CUT)
        paths, holdings = map(_path, ways), map(self._way, ways)
        lists = map(_separated, (self._all_because(row), paths, holdings))
        between = chain.from_iterable(zip(([part] for part in parts), lists, strict=False))
        return chain(chain.from_iterable(between), parts[-1:])

    def _is_held_alone(self, row: Coverings, ways: list[list[Tie]]) -> bool:
        """Whether one row of a file says all of a company: who owns it, and by what decimal."""
        each, _, lo, hi, kind, ties = row
        if len(ties) != 1 or lo is not hi or kind != KINDS[0]:
            return False
        tie, counted = ties[0]
        share = tie.shares[0]
        return (
            share is not None
            and share[0] is lo
            and share[1] is lo
            and counted is WHOLE
            and len(tie.rows) == 1
            and is_decimal(lo)
            and (not ways or len(ways[0]) == 1)
            and self._ways.link(each) is tie
            and each not in self._graph.entities
        )

    def _alone(self, row: Coverings, quoted: str, required: str, ways: list[list[Tie]]) -> str:
        """The text of such a company: as of all that are alike, but for ids, share and tier."""
        tie = row.ties[0][0]
        told = tie.rows[0]
        alike = required, told.since, told.until, told.source, tie.contract, bool(ways)
        text = self._held_alone.get(alike)
        if text is None:
            _make_room(self._held_alone)
            text = self._held_alone[alike] = self._alone_text(row, required, ways)
        text = text.replace(_COMPANY, quoted).replace(_SHARE, self._decimal(row.lo))
        return text.replace(_OWNER, self._quoted(tie.owner)).replace(_TIER, str(row.tier))

    def _alone_text(self, row: Coverings, required: str, ways: list[list[Tie]]) -> str:
        """What such companies have in common, made of one with signs for the rest."""
        tie = row.ties[0][0]
        self._last, self._owner, self._owner_text = None, tie.owner, _OWNER
        self._decided, self._decided_text = row.lo, _SHARE
        because = self._because(row.kind, tie, WHOLE)
        paths, holdings = self._written(ways, _COMPANY)
        text = self._text(row, _COMPANY, _TIER, required, because, paths, holdings)
        self._last = self._decided = None
        self._owner, self._owner_text = "", _quoted("")
        return text

    def _text(
        self,
        row: Coverings,
        quoted: str,
        tier: str,
        required: str,
        because: str,
        paths: str,
        holdings: str,
    ) -> str:
        each, _, lo, hi, kind, _ = row
        entity, link = self._graph.entities.get(each, UNNAMED), self._ways.link(each)
        share, exact = self._share(lo, hi)
        if required is not self._required:
            self._required, self._required_text = required, _quoted(required)
        named, branch = _ENTITY if entity is UNNAMED else _entity(entity)
        return (
            f'{{"id": {quoted}, {named}, "tier": {tier}, '
            f'"share": {share}, "kind": "{kind}", "because": [{because}], '
            f'"via": {self._quoted(link.owner) if link is not None else "null"}, '
            f'"paths": [{paths}], "holdings": [{holdings}], '
            f'"requirement": {self._required_text}, "share_exact": {exact}, '
            f'"branch_of": {branch}}}'
        )

    def _quoted(self, owner: str) -> str:
        """The id of an owner, who is likely to own the next company too."""
        if owner is not self._owner:
            self._owner, self._owner_text = owner, _quoted(owner)
        return self._owner_text

    def _share(self, lo: Fraction, hi: Fraction) -> tuple[str, str]:
        """What is held as decimals, and as fractions where those are not exact."""
        if lo is hi and is_decimal(lo):
            low = self._decimal(lo)
            return f'["{low}", "{low}"]', "null"
        ends = id(lo), id(hi)
        texts = self._shares.get(ends)
        if texts is None:
            _make_room(self._shares)
            low, high = self._decimal(lo), decimal_text(hi, up=True)
            exact = _exact_ends(lo, hi)
            told = "null" if exact is None else _encode(exact)
            texts = self._shares[ends] = f'["{low}", "{high}"]', told
        return texts

    def _decimal(self, share: Fraction) -> str:
        """A share rounded down, made once where what is held is what one owner holds."""
        if share is not self._decided:
            self._decided, self._decided_text = share, decimal_text(share)
        return self._decided_text

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
        if len(ways) == 1 and len(ways[0]) == 1 and len(ways[0][0].rows) == 1:
            (tie,) = ways[0]
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

    def _step(self, tie: Tie) -> str:
        if len(tie.rows) != 1:
            return _encode(_step(tie))
        ids = f'"owner": {_quoted(tie.owner)}, "owned": {_quoted(tie.owned)}'
        return f"{{{ids}{self._behind(tie)[1]}"

    def _behind(self, tie: Tie) -> tuple[str, str]:
        """What stands behind the ids of a holding of one row: of an owner, and on a way."""
        if tie is self._last:
            return self._behind_last
        row = tie.rows[0]
        alike = row.since, row.until, row.source, tie.contract
        texts = self._alike.get(alike)
        if texts is None:
            _make_room(self._alike)
            nobody = tie._replace(owner="", owned="", shares=(None, None, None))
            texts = self._alike[alike] = (
                _encode(_because(KINDS[0], nobody, WHOLE)).partition(_NO_SHARE)[2],
                _encode(_step(nobody)).partition(_NO_SHARE)[2],
            )
        stated = self._stated(tie.shares[0])
        self._last, self._behind_last = tie, (stated + texts[0], stated + texts[1])
        return self._behind_last

    def _stated(self, share: Share | None) -> str:
        """What a holding gives, as its JSON tells of it."""
        if share is not None and share.lo is share.hi and share.lo:
            return f', "share": "{self._decimal(share.lo)}", "share_to": null'
        text = self._told.get(id(share))
        if text is None:
            _make_room(self._told)
            low, high = _share(share)
            text = f', "share": "{low}", "share_to": {"null" if high is None else _quoted(high)}'
            self._told[id(share)] = text
        return text


def _path(way: list[Tie]) -> str:
    """A way as the ids on it."""
    return f"[{', '.join(map(_quoted, (way[0].owner, *[tie.owned for tie in way])))}]"


def _separated(texts: Iterable[str]) -> Iterator[str]:
    """Members of a list, many at a time, with what stands between them."""
    texts, comma = iter(texts), ""
    while some := ", ".join(islice(texts, PIECE)):
        yield comma + some
        comma = ", "


def _entity(entity: Entity) -> tuple[str, str]:
    """What is known of a company: its name and country, and of what it is a branch."""
    branch = _quoted(entity.branch_of) if entity.branch_of else "null"
    return f'"name": {_quoted(entity.name)}, "country": {_quoted(entity.country)}', branch


_ENTITY = _entity(UNNAMED)


def _make_room(texts: dict[Any, Any]) -> None:
    if len(texts) >= MOST_TEXTS:
        texts.clear()
