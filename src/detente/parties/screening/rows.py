"""What is said of a row whose name was screened: columns and their values, for files and tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.coverage import vouched
from detente.core.tables.writing import CsvTexts
from detente.parties.lists.keys import lists_cell
from detente.parties.lists.standing import UNKNOWN
from detente.parties.screening.list_coverage import HIT
from detente.parties.screening.related import in_short as related_in_short

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TypeVar

    from detente.parties.screening.hits import NameHit
    from detente.parties.screening.list_coverage import ListsCoverage
    from detente.parties.screening.queries import NameQuery
    from detente.parties.screening.related import NameHits

    Values = TypeVar("Values", list[str], list[str | float])

OF_ROW = ("status", "reason", "screened", "related", "others")
OF_HIT = (
    "score", "entry", "list", "listed_name", "why", "lists", "standing", "listed_on",
)  # fmt: skip
"""Columns said once of a row, and of each of its hits. ``screened`` names each list with its day
and state; ``related`` the listed parties that a name has to do with without being them; ``others``
those that come as close as the ones shown, each with its lists and score; ``lists`` is every list
of the party, the strictest first; ``list``, ``standing`` and ``listed_on`` are those of the
strictest."""

FOLLOWS = "follows"
"""Column of a hit that is written where it is asked for, after all others: what standing on the
lists of the party leads to."""

SCORE = "score"
"""The one column of a hit that is a number."""

SCORE_AT = len(OF_ROW) + OF_HIT.index(SCORE)
"""Where the score of the first hit stands in the values of a row."""


STANDING_AT = len(OF_ROW) + OF_HIT.index("standing")
"""Where it stands how that hit stands."""


def output_columns(top: int, follows: bool = False) -> tuple[str, ...]:
    """The columns that come after those of the table, for so many hits of a row."""
    more = (f"{column}_{at}" for at in range(2, top + 1) for column in OF_HIT)
    last = (FOLLOWS, *(f"{FOLLOWS}_{at}" for at in range(2, top + 1))) if follows else ()
    return (*OF_ROW, *OF_HIT, *more, *last)


def own_columns(columns: Sequence[str], added: Collection[str]) -> list[str]:
    """The columns of a table as they are called beside those that are added.

    Args:
        columns: of the table; one without a name gets one.
        added: columns that stand beside them.

    Returns:
        Their names in order: `own_status` for `status` where a column of that name is added.
    """
    taken = {*columns, *added}
    names = []
    for each in columns:
        name = each
        while not name or (name in taken if name != each else name in added):
            name = f"own_{name}"
        taken.add(name)
        names.append(name)
    return names


def values_of(read: ListsCoverage, in_short: str, hits: NameHits | str) -> list[str | float]:
    """The values of a row: its status and reason, and of each hit what `OF_HIT` names.

    Args:
        read: how the lists were read.
        in_short: the same in one line.
        hits: the hits of its name, best first, or why it is not a name.
    """
    if isinstance(hits, str):
        return ["unresolved", hits, in_short, "", ""]
    status = read.status_of(hits)
    heard = dict.fromkeys(
        f"{entry.list}: {told['text']}"
        for hit in hits
        for entry in hit.entries
        if (told := read.heard(entry)) is not None
    )
    beside = related_in_short(hits.related) if hits.related else ""
    others = "; ".join(map(_told_in_short, hits.others)) if hits.others else ""
    reason = "; ".join(filter(None, (read.reason_of(status, hits), *heard)))
    values: list[str | float] = [status, reason, in_short, beside, others]
    for hit in hits:
        entry = hit.entry
        lists = lists_cell(hit.entries) if hit.others else entry.list
        values += [
            hit.score,
            entry.names[0].text,
            entry.list,
            hit.name,
            "; ".join(hit.why),
            lists,
            read.standing(entry),
            entry.since,
        ]
    return values


def _told_in_short(hit: NameHit) -> str:
    """One of the others of a row: its lists, the strictest first, its name and its score."""
    return f"{lists_cell(hit.entries)} {hit.name} {hit.score}"


def noted(values: Values, note: str) -> Values:
    """The values of a row, its reason followed by what is noted of it."""
    if note:
        at = OF_ROW.index("reason")
        values[at] = "; ".join(filter(None, (str(values[at]), note)))
    return values


class WrittenRows(NamedTuple):
    """Rows of a table with what was found.

    Attributes:
        text: as lines of CSV; empty where cells are wanted.
        rows: as cells; empty where the text is wanted.
        statuses: rows of each status.
        noted: rows whose country was not understood.
        unsure: rows without a hit that may be a listed party of which it is not known how it
            stands.
        named: those of them that have its very name.
    """

    text: str
    rows: list[Sequence[str]]
    statuses: dict[str, int]
    noted: int
    unsure: int = 0
    named: int = 0


class RowsWriter:
    """What writes the rows of a table where its names are screened."""

    def __init__(
        self,
        read: ListsCoverage,
        top: int,
        picked: Callable[[Sequence[str]], Sequence[str]],
        delimiter: str,
        follows: Callable[[NameHit], str] | None = None,
    ) -> None:
        """Take what all rows share.

        Args:
            read: how the lists were read.
            top: hits of a row.
            picked: the columns that are wanted of all cells of a row.
            delimiter: between cells of a line; empty where cells are wanted.
            follows: says what follows of a hit, where that is asked for.
        """
        self._cells, self._picked = as_cells(read), picked
        self._top, self._follows = top, follows
        self._texts = CsvTexts(delimiter) if delimiter else None
        self._blank = [""] * len(output_columns(top))

    def __call__(
        self, queries: Sequence[NameQuery], answers: Iterable[NameHits | str]
    ) -> WrittenRows:
        """The rows of some names and what was found."""
        rows: list[Sequence[str]] = []
        lines: list[str] = []
        count: dict[str, int] = {}
        unsure = named = 0
        for query, answer in zip(queries, answers, strict=True):
            cells = self._cells(answer)
            if query.note:
                cells = noted(cells, query.note)
            count[cells[0]] = count.get(cells[0], 0) + 1
            if len(cells) > STANDING_AT and cells[0] != HIT and cells[STANDING_AT] == UNKNOWN:
                unsure += 1
                named += float(cells[SCORE_AT]) == 1
            rest = self._blank[len(cells) :]
            if self._follows is not None:
                rest += self._following(answer)
            row = self._picked((*query.row, *cells, *rest))
            if self._texts is None:
                rows.append(row)
            else:
                lines.append(self._texts.line(row))
        noted_rows = sum(bool(each.note) for each in queries)
        return WrittenRows("".join(lines), rows, count, noted_rows, unsure, named)

    def _following(self, answer: NameHits | str) -> list[str]:
        """What follows of each hit of a row, a cell for as many as are shown."""
        assert self._follows is not None
        told = [] if isinstance(answer, str) else list(map(self._follows, answer[: self._top]))
        return [*told, *[""] * (self._top - len(told))]


def cells_of(read: ListsCoverage, in_short: str, hits: NameHits | str) -> list[str]:
    """The values of a row as texts."""
    cells: list[Any] = values_of(read, in_short, hits)
    for at in range(SCORE_AT, len(cells), len(OF_HIT)):
        cells[at] = str(cells[at])
    return cells


def as_values(read: ListsCoverage) -> Callable[[NameHits | str], list[str | float]]:
    """What makes the values of a row over lists that were read so; see `values_of`."""
    return partial(values_of, _checked(read), read.in_short())


def as_cells(read: ListsCoverage) -> Callable[[NameHits | str], list[str]]:
    """What makes the texts of a row over lists that were read so; other processes can call it."""
    return partial(cells_of, _checked(read), read.in_short())


def _checked(read: ListsCoverage) -> ListsCoverage:
    """The reading, if what it says of a name without a hit is borne by it: once for all rows."""
    vouched({"status": read.status, "coverage": read.rows})
    return read
