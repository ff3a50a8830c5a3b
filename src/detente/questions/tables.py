"""Questions asked of a whole table in Python: frames of pandas, polars and Arrow, in and out.

A frame comes back as the kind that was given; rows given as mappings come back as a polars frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    import polars

    from detente.questions.result import Result
    from detente.register.book import Register


def batch(
    table: Any, *, facts: Mapping[str, object] | None = None, register: Register | None = None
) -> Any:
    """The duty on every row of a table; see `detente batch --help` for its columns.

    Args:
        table: a frame of pandas, polars or Arrow, or rows as mappings, with the columns ``code``,
            ``origin`` and ``on``, and those of the command that may be given.
        facts: entry facts that hold for every row.
        register: the register asked; the built-in one, with local records, where it is left out.

    Returns:
        The table with the output columns of the command beside its own, in the same order; rates
        are fractions and amounts dollars, as exact decimals.

    Raises:
        ValueError: a column is missing, or bears the name of an output column.
    """
    from detente.batch.frame import TextColumns, answer_columns
    from detente.batch.rows import check_columns
    from detente.batch.supposed import batch_of
    from detente.goods.schedule import Schedule

    frame = _as_texts(_polars(table))
    check_columns(frame.columns)
    given = {key: _word(value) for key, value in (facts or {}).items()}
    answers = batch_of(_register(register), Schedule(), given).answer(frame)
    found = answer_columns(answers, TextColumns())
    return _as_given(_polars(table).with_columns(found), table)


def audit(
    table: Any, *, facts: Mapping[str, object] | None = None, known_on: str | None = None
) -> Result:
    """Declared entries beside what they owed, with reasons; see `detente audit --help`.

    Args:
        table: a frame of pandas, polars or Arrow, or rows as mappings.
        facts: entry facts that hold for every entry.
        known_on: judge as known at the end of this day.

    Raises:
        ValueError: a column is missing or cannot be read.
    """
    from detente.audit.answer import Auditor
    from detente.audit.entries import entries_of
    from detente.audit.report import audit as judged
    from detente.goods.schedule import Schedule
    from detente.questions.result import Result

    rows = [
        {name: "" if cell is None else str(cell) for name, cell in row.items()}
        for row in _as_texts(_polars(table)).iter_rows(named=True)
    ]
    given = {key: _word(value) for key, value in (facts or {}).items()}
    auditor = Auditor(_register(None), Schedule(), known_on, given)
    return Result(judged(auditor, entries_of(rows, percent=False)), "rows")


def _register(register: Register | None) -> Register:
    from detente.register.book import Register as Book

    return Book.load() if register is None else register


def _polars(table: Any) -> polars.DataFrame:
    """A table as a frame of polars."""
    import polars

    if isinstance(table, polars.DataFrame):
        return table
    if isinstance(table, polars.LazyFrame):
        return table.collect()
    if hasattr(table, "columns") and hasattr(table, "to_dict") and not _is_arrow(table):
        return polars.DataFrame(
            {str(name): [_plain(each) for each in table[name]] for name in table.columns},
            strict=False,
        )
    if hasattr(table, "__arrow_c_stream__"):
        return polars.DataFrame(table)
    if isinstance(table, Iterable):
        return polars.DataFrame([dict(row) for row in table], infer_schema_length=None)
    raise TypeError("give a frame of pandas, polars or Arrow, or rows as mappings")


def _is_arrow(table: Any) -> bool:
    return type(table).__module__.startswith("pyarrow")


def _plain(value: Any) -> Any:
    """A cell of pandas; what stands for nothing there is nothing here, a time of day 0 is a day."""
    if value is None or value != value:  # not a number, not a time
        return None
    return value.date() if hasattr(value, "date") and callable(value.date) else value


def _as_texts(frame: polars.DataFrame) -> polars.DataFrame:
    """Every column as the text that a file would have."""
    import polars

    def text(name: str, kind: Any) -> polars.Expr:
        column = polars.col(name)
        if kind == polars.Boolean:
            return polars.when(column).then(polars.lit("true")).otherwise(polars.lit("false"))
        if kind == polars.Datetime:
            return column.dt.date().cast(polars.String)
        return column.cast(polars.String)

    return frame.select(
        polars.when(polars.col(name).is_not_null()).then(text(name, kind)).alias(name)
        for name, kind in frame.schema.items()
    )


def _as_given(frame: polars.DataFrame, table: Any) -> Any:
    """The frame as the kind of table that was given."""
    kind = type(table).__module__.partition(".")[0]
    if kind == "pandas":
        return frame.to_pandas()
    return frame.to_arrow() if kind == "pyarrow" else frame


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
