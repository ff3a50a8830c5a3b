"""Screening on a Spark session: the same hits, on many machines.

Each worker opens the lists that its installed package and its user's folder hold, and answers one
Arrow batch after the other with the compiled loops. A worker whose lists are not those of the
driver refuses: two lists would answer one table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

    import pyarrow
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

    from detente.parties.screening.many import Answers
    from detente.parties.screening.related import NameHits

    Values = Callable[[NameHits | str], list[str | float]]
    Batches = Iterator[pyarrow.RecordBatch]

BESIDE = ("country", "city", "address")
"""Columns beside the names that are read where a table has them."""

_READY: dict[tuple[str | None, str, str], tuple[Answers, Values]] = {}
"""What this process answers with, and what it makes of hits, by the days and the lists asked."""


class ScreeningBroadcast(NamedTuple):
    """What is asked of every batch.

    Attributes:
        column: where the names stand.
        country: where the parties are whose row does not say.
        top: hits of a row, at most.
        on: the day as of which the lists count, ISO, or None for the newest.
        day: the day that is asked about, ISO.
        lists: which lists the driver has; see `Screen.identity`.
    """

    column: str
    country: str | None
    top: int
    on: str | None
    day: str
    lists: str


def screen(
    df: DataFrame,
    column: str = "name",
    country: str | None = None,
    top: int = 1,
    on: str | None = None,
) -> DataFrame:
    """The hits of every row of a Spark table, under the columns of ``detente screen --file``.

    Args:
        df: a column of names, and optionally ``country`` (ISO 3166 alpha-2), ``city`` and
            ``address`` of the party; any others are kept as they are, one that is called as one of
            the output as ``own_status``.
        column: where the names stand.
        country: where the parties are whose row does not say; it only explains and orders.
        top: hits of a row, at most; from the second on as ``score_2``, ``entry_2`` and so on.
        on: the day as of which the lists count, ISO; None for the newest of each.

    Returns:
        The same rows with ``status`` (``hit``, ``clear``, ``partly``, ``not_screened``,
        ``unresolved``), ``reason``, ``screened`` (each list with its day and state), ``related``,
        ``others``, ``score`` (double, 0 to 1), ``entry``, ``list``, ``listed_name``, ``why``,
        ``lists``, ``standing``, ``listed_on``; null where there is no hit. Spark keeps no order of
        rows: give them an ``id``.

    Raises:
        ValueError: a column is missing or no text; `top` is less than 1. While the table is
            worked out: a worker's lists are not the driver's.
    """
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    from detente.core.vocabulary import refuse_slips
    from detente.parties.screening.queries import known_country
    from detente.parties.screening.rows import SCORE, output_columns, own_columns
    from detente.parties.screening.store import Screen

    if column not in df.columns:
        raise ValueError(f"no column {column!r}, but {', '.join(df.columns[:8])}")
    for name in (column, *BESIDE):
        if name in df.columns and not isinstance(df.schema[name].dataType, StringType):
            raise ValueError(f"column {name!r} is {df.schema[name].dataType.simpleString()}: "
                             "screening needs texts")  # fmt: skip
    if top < 1:
        raise ValueError(f"top is {top}: ask for at least 1")
    refuse_slips(df.columns, (column, *BESIDE))
    country = known_country(country)
    added = output_columns(top)
    own = zip(own_columns(df.columns, added), df.schema.fields, strict=True)
    schema = StructType(
        [StructField(name, each.dataType, each.nullable, each.metadata) for name, each in own]
    )
    for name in added:
        schema.add(name, DoubleType() if name.startswith(SCORE) else StringType())
    lists = Screen(on)
    broadcast = ScreeningBroadcast(column, country, top, on, lists.day, lists.identity())
    return mapped(df, arrow_batches(broadcast), schema)


def mapped(df: DataFrame, function: Callable[[Batches], Batches], schema: StructType) -> DataFrame:
    """A table through a function over Arrow batches, whatever its columns are called.

    Spark takes the dot in the name of a column for a part of it, so columns go by number on the
    way to the function and back, which gets and gives them under their names.

    Args:
        df: the table.
        function: gets its columns, and gives those of the schema.
        schema: names and types of what comes back.
    """
    from pyspark.sql.types import StructField, StructType

    names = df.columns
    by_number = [f"column{number}" for number in range(len(schema.fields))]

    def named(batches: Batches) -> Batches:
        for each in batches:
            for answer in function(iter([each.rename_columns(names)])):
                yield answer.rename_columns(by_number)

    fields = [
        StructField(name, field.dataType, field.nullable)
        for name, field in zip(by_number, schema.fields, strict=True)
    ]
    numbered = df.toDF(*by_number[: len(names)])
    return numbered.mapInArrow(named, StructType(fields)).toDF(*schema.names)


def arrow_batches(broadcast: ScreeningBroadcast) -> Callable[[Batches], Batches]:
    """A pure function over Arrow batches of names: each comes back with its hits."""

    def answered(batches: Batches) -> Batches:
        for each in batches:
            yield _answer(each, broadcast)

    return answered


def _answer(rows: pyarrow.RecordBatch, broadcast: ScreeningBroadcast) -> pyarrow.RecordBatch:
    """One Arrow batch with its hits; a name that comes again is answered once."""
    import pyarrow

    from detente.parties.screening.queries import query_of
    from detente.parties.screening.rows import SCORE, noted, output_columns

    def texts(name: str) -> Sequence[Any]:
        held: list[Any] = rows.column(name).to_pylist() if name in rows.schema.names else []
        return held or [None] * rows.num_rows

    questions = [
        query_of(name, place, city, broadcast.country, address=address)
        for name, place, city, address in zip(
            texts(broadcast.column), *map(texts, BESIDE), strict=True
        )
    ]
    distinct = list(dict.fromkeys(questions))
    answers, values_of = _ready(broadcast)
    found = answers(distinct, broadcast.top)
    values = {
        query: noted(values_of(answer), query.note)
        for query, answer in zip(distinct, found, strict=True)
    }
    names = output_columns(broadcast.top)
    columns = [
        pyarrow.array(
            [each[at] if at < len(each) else None for each in map(values.__getitem__, questions)],
            pyarrow.float64() if name.startswith(SCORE) else pyarrow.string(),
        )
        for at, name in enumerate(names)
    ]
    return pyarrow.RecordBatch.from_arrays(
        [*rows.columns, *columns], names=[*rows.schema.names, *names]
    )


def _ready(broadcast: ScreeningBroadcast) -> tuple[Answers, Values]:
    """What answers in this process, and what makes the values of a row; made once.

    Raises:
        ValueError: the lists here are not those of the driver.
    """
    key = broadcast.on, broadcast.day, broadcast.lists
    if key not in _READY:
        from detente.parties.screening.crowd import answers_of
        from detente.parties.screening.list_coverage import screened
        from detente.parties.screening.rows import as_values
        from detente.parties.screening.store import Screen

        screen = Screen(broadcast.on, broadcast.day)
        if screen.identity() != broadcast.lists:
            raise ValueError(
                "the lists of this worker are not those of the driver: give both the same package "
                "and the same folder of the user's lists (DETENTE_HOME)"
            )
        _READY[key] = answers_of(screen), as_values(screened(screen))
    return _READY[key]
