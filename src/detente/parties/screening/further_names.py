"""Rows that name their party more than once: every name is asked, and one answer told of the row.

A table of partners has trading names, names in English and owners beside the name of each party.
Whoever is listed under one of them is a hit of the row, which says in which column it was found.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.parties.names.kinds import BRAND
from detente.parties.screening.related import TOP, NameHits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from detente.parties.screening.hits import NameHit
    from detente.parties.screening.queries import FurtherName, NameQuery
    from detente.parties.screening.related import Related
    from detente.parties.screening.store import Screen

    Found = NameHits | str
    Asking = Callable[[Sequence[NameQuery], int], Sequence[Found]]
    Named = tuple[FurtherName | None, NameHit]


def rows_answered(
    screen: Screen, queries: Sequence[NameQuery], top: int, answers: Asking
) -> list[Found]:
    """What is found of rows, each by all of its names.

    Args:
        screen: the lists.
        queries: the rows.
        top: hits of a row, at most.
        answers: what answers names that stand alone.
    """
    if not any(query.further for query in queries):  # as in nearly all files
        return list(answers(queries, top))
    asked = [_asked(screen, query) for query in queries]
    alone = (
        query._replace(name=each.name, row=(), address="", unread="", further=())
        for query, further in zip(queries, asked, strict=True)
        for each in further
    )
    found = answers([*queries, *alone], top)
    rest = iter(found[len(queries) :])
    return [
        _merged(screen, query, own, [(each, next(rest)) for each in further], top)
        for query, own, further in zip(queries, found, asked, strict=False)
    ]


def _asked(screen: Screen, query: NameQuery) -> list[FurtherName]:
    """The further names of a row that are names by themselves."""
    return [each for each in query.further if not each.is_part or _has_brand(screen, each.name)]


def _has_brand(screen: Screen, name: str) -> bool:
    """Whether a name has a word of its own, and does not only go on with another."""
    try:
        forms = screen.lists[0].forms(name)
    except ValueError:
        return False
    return any(part.kind == BRAND for part in forms[0][0])


def _merged(
    screen: Screen,
    query: NameQuery,
    own: Found,
    rest: Sequence[tuple[FurtherName, Found]],
    top: int,
) -> Found:
    """One answer of a row: each party once, by the name that came closest, best first."""
    several = [(each, found) for each, found in rest if not isinstance(found, str)]
    of_name = [] if isinstance(own, str) else [(None, own)]
    hits = [
        (column, hit) for column, found in (*of_name, *several) for hit in (*found, *found.others)
    ]
    if not hits and isinstance(own, str):
        columns = ", ".join(dict.fromkeys(each.column for each, _ in several))
        return f"{own}; nobody listed comes close to what stands in {columns}" if columns else own
    told = sorted(_each_party(query, hits), key=lambda hit: -hit.score)
    shown, others = screen.shown_of(told, top)
    related = list(_related((*of_name, *several), told))
    return NameHits(shown, related[:TOP], others)


def _each_party(query: NameQuery, hits: Iterable[Named]) -> Iterator[NameHit]:
    """Each party once, with the columns of the names that found it."""
    parties: dict[tuple[str, str], list[Named]] = {}
    for column, hit in hits:
        parties.setdefault((hit.entry.list, hit.entry.key), []).append((column, hit))
    for found in parties.values():
        best, hit = max(found, key=lambda each: each[1].score)  # of equal ones the first
        columns = [each for each, _ in found]
        if None in columns:
            # What is read as one name holds each of its parts.
            columns = [each for each in columns if each is None or not each.is_part]
        asked = dict.fromkeys(query.name if each is None else each.name for each in columns)
        others = [each for each in columns if each not in (best, None)]
        why = (*hit.why, *_columns(best, others, None in columns))
        yield hit._replace(why=why, asked=tuple(asked))


def _columns(
    best: FurtherName | None, others: Iterable[FurtherName | None], by_name: bool
) -> Iterator[str]:
    """Under which headings the names stand that found a party, where that is not the first."""
    if best is not None:
        yield f"in the column {best.column}: {best.name}"
        if by_name and not best.is_part:
            yield "the name of the row comes close, too"
    for each in others:
        if each is not None:
            yield f"also in the column {each.column}: {each.name}"


def _related(
    found: Iterable[tuple[FurtherName | None, NameHits]], hits: Iterable[NameHit]
) -> Iterator[Related]:
    """The parties that the names of a row are related to, each once, and none that is a hit."""
    told = {(each.list, each.key) for hit in hits for each in hit.entries}
    for column, some in found:
        for each in some.related:
            party = each.entry.list, each.entry.key
            if column is not None and party in told and each.relation is None:
                continue
            told.add(party)
            if column is None:
                yield each
            else:
                yield each._replace(
                    why=f"{each.why} (in the column {column.column}: {column.name})"
                )
