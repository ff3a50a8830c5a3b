"""Columns of a table as the texts that a person would write, of whatever type they are."""

from __future__ import annotations

import re

from detente._shapes import TYPE_CHECKING
from detente.core.tables.cells import FORMULA, csv_safe

if TYPE_CHECKING:
    import polars

MOST_WHOLE, DIGITS_OF_FLOATS = 10**15, 15
"""Up to where a float is surely the whole number that was meant, and the digits it surely has."""


def as_text(column: polars.Series) -> polars.Series:
    """A column as the text that a person would write; a null is an empty text.

    A moment without an offset is a day where it is midnight, whatever stands in other rows.

    Raises:
        ValueError: the column holds no texts, numbers, days or truths.
    """
    import polars

    kind = column.dtype
    if _is_odd(kind):
        raise ValueError(
            f"the column {column.name} is {kind}: texts, numbers, days or true and false are read"
        )
    if isinstance(kind, polars.Datetime) and kind.time_zone is None:
        midnight = column.dt.truncate("1d") == column
        days, moments = column.dt.strftime("%Y-%m-%d"), column.dt.strftime("%Y-%m-%dT%H:%M:%S")
        column = days.zip_with(midnight.fill_null(True), moments)
    elif kind.is_float():
        # Whole numbers that became floats because one of them is missing, and sums a hair off.
        small = column.abs() < MOST_WHOLE
        whole = small & (column == column.round())
        rounded = column.round_sig_figs(DIGITS_OF_FLOATS)
        texts = rounded.zip_with(small.fill_null(True), column).cast(polars.String)
        numbers = column.cast(polars.Int64, strict=False).cast(polars.String)
        column = numbers.zip_with(whole.fill_null(False), texts)
    if column.dtype != polars.String:
        column = column.cast(polars.String)
    return column.fill_null("") if column.null_count() else column


def as_cells(column: polars.Series) -> polars.Series:
    """A column as cells of a CSV file, of whatever type it is; a null is an empty cell."""
    import json

    import polars

    if not _is_odd(column.dtype):
        if isinstance(column.dtype, polars.Datetime):
            column = as_text(column)
        return column.cast(polars.String).fill_null("")
    cells = [
        "" if each is None else each if isinstance(each, str) else json.dumps(each, default=str)
        for each in column.to_list()
    ]
    return polars.Series(column.name, cells, dtype=polars.String)


def safe_cells(column: polars.Series) -> polars.Series:
    """A column of texts as a spreadsheet shows and does not run them; see ``csv_safe``."""
    import polars

    start = "^[" + "".join(map(re.escape, FORMULA)) + "]"
    texts = column.filter(column.str.contains(start)).unique().to_list()
    if not texts:
        return column
    safe = list(map(csv_safe, texts))
    return column.replace_strict(texts, safe, default=column, return_dtype=polars.String)


def _is_odd(kind: polars.DataType) -> bool:
    """Whether a type has no one text for what it holds."""
    import polars

    return kind.is_nested() or kind in (polars.Binary, polars.Object, polars.Duration)
