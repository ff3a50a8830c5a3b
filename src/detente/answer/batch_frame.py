"""Answers as a table: exact decimals, and texts that each stand once."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.answer.batch_rows import FAMILIES, OUTPUT
from detente.answer.batch_table import MISSING, STATUSES, Answers

if TYPE_CHECKING:
    import numpy
    import polars

RATE, AMOUNTS = OUTPUT[2], (*OUTPUT[3:5], *FAMILIES)
DIGITS = {RATE: (12, 6), **dict.fromkeys(AMOUNTS, (18, 2))}
"""Digits in all, and after the point, of each column of numbers."""


def schema() -> dict[str, polars.DataType]:
    """Types of the output columns."""
    import polars

    types: dict[str, polars.DataType] = {}
    for name in OUTPUT:
        types[name] = polars.Decimal(*DIGITS[name]) if name in DIGITS else polars.Categorical()
    return types


def answer_columns(answers: Answers) -> list[polars.Series]:
    """The output columns of a table of answers, in the order of the interface."""
    import polars

    statuses = polars.Series(STATUSES).cast(polars.Categorical)
    columns = {
        "status": statuses.gather(answers.status),
        "reason": _distinct(answers.reason, answers.texts),
        "headings": answers.headings.cast(polars.Categorical),
        "layers": _distinct(answers.layers, answers.texts),
    }
    for name, numbers in answers.numbers.items():
        columns[name] = _decimals(numbers, *DIGITS[name])
    return [columns[name].alias(name) for name in OUTPUT]


def _distinct(places: numpy.ndarray, texts: list[str]) -> polars.Series:
    """Texts by their places, each stored once."""
    import numpy
    import polars

    used = numpy.zeros(len(texts), bool)
    used[places] = True
    found = used.nonzero()[0]
    renumbered = numpy.cumsum(used) - 1
    some = polars.Series([texts[place] for place in found.tolist()], dtype=polars.String)
    return some.cast(polars.Categorical).gather(renumbered[places])


def _decimals(numbers: numpy.ndarray, digits: int, places: int) -> polars.Series:
    """Whole numbers of the last place as decimals; a missing one is null."""
    import decimal

    import numpy
    import polars

    missing = numbers == MISSING
    whole = polars.Series(numpy.where(missing, 0, numbers)).cast(polars.Decimal(18, 0))
    step = polars.Series([decimal.Decimal(1).scaleb(-places)])
    found = (whole * step).cast(polars.Decimal(digits, places))
    if not missing.any():
        return found
    nothing = polars.Series([None], dtype=found.dtype).new_from_index(0, len(found))
    return nothing.zip_with(polars.Series(missing), found)
