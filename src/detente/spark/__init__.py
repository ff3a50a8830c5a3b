"""Batches, screening and the ownership closure on a Spark session: the same answers.

Reach for this where the entries already lie in a cluster. There is no engine of its own here: each
worker reads the law and the lists that its installed package holds, and answers one Arrow batch
after the other. Workers need ``pip install "detente[batch,parties,spark]"`` and Java 17.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from detente._shapes import TYPE_CHECKING
from detente.spark.ownership import covered
from detente.spark.screening import mapped, screen

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

    from detente.batch.frame import FrameAnswers

    Batches = Iterator[pyarrow.RecordBatch]

__all__ = ["batch", "covered", "screen"]

_READY: dict[tuple[tuple[str, str], ...], FrameAnswers] = {}
"""What this process has worked out so far, by the facts of every row."""


def batch(entries: DataFrame, facts: Mapping[str, str] | None = None) -> DataFrame:
    """The duty of every row of a Spark table, under the columns of ``detente batch``.

    Args:
        entries: columns ``code, origin, on`` and the optional ones of ``detente batch``; any
            others are kept as they are.
        facts: entry facts of every row; a row's own fact goes before.

    Returns:
        The same rows with the output columns of ``detente batch``: texts as strings, rates as
        decimal(12,6), amounts as decimal(18,2). Spark keeps no order of rows: give them an ``id``.

    Raises:
        QuestionError: a column is missing, doubled, or has the name of an output column.

    Example:
        >>> from pyspark.sql import SparkSession
        >>> from detente.spark import batch
        >>> session = SparkSession.builder.getOrCreate()  # doctest: +SKIP
        >>> batch(session.read.parquet("entries")).write.parquet("duties")  # doctest: +SKIP
    """
    from pyspark.sql.types import DecimalType, StringType, StructType

    from detente.batch.columns import DIGITS_OF, OUTPUT, check_columns

    check_columns(entries.columns)
    schema = StructType(list(entries.schema.fields))
    for name in OUTPUT:
        schema.add(name, DecimalType(*DIGITS_OF[name]) if name in DIGITS_OF else StringType())
    return mapped(entries, arrow_batches(facts or {}), schema)


def arrow_batches(facts: Mapping[str, str]) -> Callable[[Batches], Batches]:
    """A pure function over Arrow batches of entries: each comes back with its answers."""
    key = tuple(sorted(facts.items()))

    def answered(batches: Batches) -> Batches:
        for each in batches:
            yield from _answer(each, key)

    return answered


def _answer(entries: pyarrow.RecordBatch, facts: tuple[tuple[str, str], ...]) -> Batches:
    """One Arrow batch with its answers; an empty one comes back empty."""
    import polars
    import pyarrow

    frame = polars.DataFrame(polars.from_arrow(pyarrow.Table.from_batches([entries])))
    # Categories would leave as dictionaries, and the schema promises plain texts.
    found = [
        column.cast(polars.String) if column.dtype == polars.Categorical else column
        for column in _ready(facts).columns(frame)
    ]
    columns = [*entries.columns, *(_as_arrow(column) for column in found)]
    names = [*entries.schema.names, *(column.name for column in found)]
    yield pyarrow.RecordBatch.from_arrays(columns, names=names)


def _as_arrow(column: object) -> pyarrow.Array:
    """A column as one Arrow array, texts in the type that Spark reads."""
    import pyarrow

    array = column.to_arrow()  # type: ignore[attr-defined]
    return array.cast(pyarrow.string()) if pyarrow.types.is_large_string(array.type) else array


def _ready(facts: tuple[tuple[str, str], ...]) -> FrameAnswers:
    if facts not in _READY:
        from detente.batch.frame import FrameAnswers
        from detente.goods.schedule import Schedule
        from detente.register.book import Register

        _READY[facts] = FrameAnswers(Register.load(), Schedule(), dict(facts))
    return _READY[facts]
